-- Standards in full: shown to all concerned, watched, changed with a reason, improved, retired by two; what came back to the
-- teams; what was learned, for the whole company.

ALTER TABLE standard
    DROP CONSTRAINT standard_state_check,
    ADD COLUMN noticed_by TEXT NOT NULL DEFAULT '' CHECK (length(noticed_by) <= 1000),
    ADD COLUMN reacts TEXT NOT NULL DEFAULT '' CHECK (length(reacts) <= 1000),
    ADD COLUMN factors TEXT NOT NULL DEFAULT '' CHECK (length(factors) IN (0, 10)),
    ADD COLUMN plan TEXT NOT NULL DEFAULT '' CHECK (length(plan) <= 4000),
    ADD COLUMN benefit TEXT NOT NULL DEFAULT '' CHECK (length(benefit) <= 2000),
    ADD COLUMN in_use_since TIMESTAMPTZ,
    ADD COLUMN round_from DATE,
    ADD COLUMN turns BIGINT NOT NULL DEFAULT 0 CHECK (turns >= 0),
    ADD COLUMN leader_looked BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN missed BIGINT NOT NULL DEFAULT 0 CHECK (missed >= 0),
    ADD COLUMN watched_from DATE,
    ADD COLUMN watched_at TIMESTAMPTZ,
    ADD COLUMN edition BIGINT NOT NULL DEFAULT 1 CHECK (edition >= 1),
    ADD COLUMN improving_id UUID REFERENCES experiment (id),
    ADD COLUMN proposer_id UUID REFERENCES person (id);
ALTER TABLE standard ADD CONSTRAINT standard_state_check CHECK (state IN ('writing', 'teaching', 'holding', 'check_due',
    'drifting', 'improving', 'retiring', 'retired'));
UPDATE standard SET
    in_use_since = (SELECT MIN(throw.at) FROM throw
                    WHERE throw.subject = 'standard' AND throw.subject_id = standard.id AND throw.verb = 'held'),
    round_from = (SELECT CAST(MAX(throw.at) AS DATE) FROM throw WHERE throw.subject = 'standard'
                  AND throw.subject_id = standard.id AND throw.verb IN ('held', 'brought_back')),
    turns = (SELECT COUNT(*) FROM standard_check WHERE standard_check.standard_id = standard.id),
    -- From now on: what its measure showed before, somebody has seen.
    watched_from = (SELECT CAST(MAX(measure_value.entered_at) AS DATE) FROM measure_value
                    WHERE measure_value.measure_id = standard.measure_id);
ALTER TABLE standard
    ALTER COLUMN noticed_by DROP DEFAULT, ALTER COLUMN reacts DROP DEFAULT, ALTER COLUMN factors DROP DEFAULT,
    ALTER COLUMN plan DROP DEFAULT, ALTER COLUMN benefit DROP DEFAULT, ALTER COLUMN turns DROP DEFAULT,
    ALTER COLUMN leader_looked DROP DEFAULT, ALTER COLUMN missed DROP DEFAULT, ALTER COLUMN edition DROP DEFAULT;
CREATE INDEX standard_improving ON standard (improving_id) WHERE improving_id IS NOT NULL;
CREATE INDEX standard_measure ON standard (measure_id);
CREATE INDEX standard_used ON standard (in_use_since, state);

-- What was improved since, and whether a leader looked in person. Neither is counted for anybody.
ALTER TABLE standard_check ADD COLUMN improved TEXT NOT NULL DEFAULT '' CHECK (length(improved) <= 1000);
ALTER TABLE standard_check ADD COLUMN by_leader BOOLEAN NOT NULL DEFAULT FALSE;

-- Whose turn it was to be shown a standard, and what they said. No time, so that nobody's reading is a figure; what is shown
-- is how many, never who.
CREATE TABLE standard_shown (
    standard_id UUID NOT NULL REFERENCES standard (id),
    person_id UUID NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL CHECK (answer IN ('told', 'can', 'objects', 'answered')),
    words TEXT NOT NULL CHECK (length(words) <= 2000),
    PRIMARY KEY (standard_id, person_id)
);

-- What a standard said until it was changed, and why it was.
CREATE TABLE standard_edition (
    standard_id UUID NOT NULL REFERENCES standard (id),
    edition BIGINT NOT NULL CHECK (edition >= 1),
    name TEXT NOT NULL,
    how TEXT NOT NULL,
    why TEXT NOT NULL,
    exceptions TEXT NOT NULL,
    changed TEXT NOT NULL CHECK (length(changed) BETWEEN 1 AND 2000),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
    by_id UUID REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (standard_id, edition)
);

-- How many standards of the company held at the end of a month, of those in use for 90 days and for a year.
CREATE TABLE hold_count (
    month DATE PRIMARY KEY,
    older BIGINT NOT NULL CHECK (older >= 0),
    holding BIGINT NOT NULL CHECK (holding BETWEEN 0 AND older),
    older_year BIGINT NOT NULL CHECK (older_year >= 0),
    holding_year BIGINT NOT NULL CHECK (holding_year BETWEEN 0 AND older_year)
);

-- What a team, or everybody, got back.
CREATE TABLE give_back (
    id UUID PRIMARY KEY,
    team_id UUID REFERENCES team (id),
    received_on DATE NOT NULL,
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 1000),
    by_id UUID NOT NULL REFERENCES person (id),
    idea_id UUID REFERENCES idea (id),
    experiment_id UUID REFERENCES experiment (id),
    standard_id UUID REFERENCES standard (id)
);
CREATE INDEX give_back_day ON give_back (received_on, id);

-- How many minutes per person and week a change adds, or takes away; stated by whoever it concerns.
CREATE TABLE stated_minutes (
    subject TEXT NOT NULL CHECK (subject IN ('idea', 'experiment', 'standard')),
    subject_id UUID NOT NULL,
    team_id UUID NOT NULL REFERENCES team (id),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    minutes BIGINT NOT NULL CHECK (minutes BETWEEN -2400 AND 2400),
    by_id UUID NOT NULL REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (subject, subject_id)
);

-- What was learned, for the whole company: one row for each experiment that was decided. Whether its prediction came true as
-- the chart told it; nothing where no chart could tell.
CREATE TABLE lesson (
    experiment_id UUID PRIMARY KEY REFERENCES experiment (id),
    decided_at TIMESTAMPTZ NOT NULL,
    came_true BOOLEAN,
    outcome TEXT NOT NULL CHECK (length(outcome) <= 1000)
);
CREATE INDEX lesson_decided ON lesson (decided_at, experiment_id, came_true);

-- In which lessons a word stands.
CREATE TABLE lesson_word (
    word TEXT NOT NULL,
    decided_at TIMESTAMPTZ NOT NULL,
    experiment_id UUID NOT NULL REFERENCES lesson (experiment_id),
    PRIMARY KEY (word, decided_at, experiment_id)
);

-- An experiment that was taken home from another team: from which one.
CREATE TABLE taken_home (
    experiment_id UUID PRIMARY KEY REFERENCES experiment (id),
    from_id UUID NOT NULL REFERENCES experiment (id)
);
CREATE INDEX taken_home_from ON taken_home (from_id);

-- The newest numbers of a measure, for the standards that watch it.
CREATE INDEX measure_value_entered ON measure_value (measure_id, entered_at);
