-- The ball: who threw what to whom, in which words, due when (append-only), and who has it now.

CREATE TABLE throw (
    id BLOB PRIMARY KEY,
    subject TEXT NOT NULL CHECK (subject IN ('measure', 'idea', 'promise', 'experiment', 'standard')),
    subject_id BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    team_id BLOB NOT NULL REFERENCES team (id),
    verb TEXT NOT NULL,
    by_id BLOB REFERENCES person (id),
    words TEXT NOT NULL CHECK (length(words) <= 20000),
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    holder_id BLOB REFERENCES person (id),
    owes TEXT,
    due_at TEXT,
    UNIQUE (subject, subject_id, number),
    CHECK ((holder_id IS NULL) = (owes IS NULL))
) STRICT;
CREATE INDEX throw_holder ON throw (holder_id, subject, subject_id);
CREATE INDEX throw_team_verb ON throw (team_id, verb, at);

-- An open thing has exactly one row here, a closed one none.
CREATE TABLE ball (
    subject TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    team_id BLOB NOT NULL REFERENCES team (id),
    holder_id BLOB NOT NULL REFERENCES person (id),
    owes TEXT NOT NULL,
    since TEXT NOT NULL,
    due_at TEXT,
    resting INTEGER NOT NULL CHECK (resting IN (0, 1)),
    PRIMARY KEY (subject, subject_id)
) STRICT;
CREATE INDEX ball_holder ON ball (holder_id);
CREATE INDEX ball_team ON ball (team_id);
