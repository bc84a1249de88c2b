-- The ball: who threw what to whom, in which words, due when (append-only), and who has it now.

CREATE TABLE throw (
    id UUID PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('measure', 'idea', 'promise', 'experiment', 'standard')),
    subject_id UUID NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    team_id UUID NOT NULL REFERENCES team (id),
    verb TEXT NOT NULL,
    by_id UUID REFERENCES person (id),
    words TEXT NOT NULL CHECK (length(words) <= 20000),
    at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    holder_id UUID REFERENCES person (id),
    owes TEXT,
    due_at TIMESTAMPTZ,
    UNIQUE (subject, subject_id, number),
    CHECK ((holder_id IS NULL) = (owes IS NULL))
);
CREATE INDEX throw_holder ON throw (holder_id, subject, subject_id);
CREATE INDEX throw_team_verb ON throw (team_id, verb, at);

-- An open thing has exactly one row here, a closed one none.
CREATE TABLE ball (
    subject TEXT NOT NULL,
    subject_id UUID NOT NULL,
    team_id UUID NOT NULL REFERENCES team (id),
    holder_id UUID NOT NULL REFERENCES person (id),
    owes TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    due_at TIMESTAMPTZ,
    resting BOOLEAN NOT NULL,
    PRIMARY KEY (subject, subject_id)
);
CREATE INDEX ball_holder ON ball (holder_id);
CREATE INDEX ball_team ON ball (team_id);
