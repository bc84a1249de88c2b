-- Standards in full: shown to all concerned, watched, changed with a reason, improved, retired by two; what came back to the
-- teams; what was learned, for the whole company.

-- The rules of a column can't be changed here, so the table is made anew around its rows.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE standard_kept AS SELECT * FROM standard;
DROP TABLE standard;
CREATE TABLE standard (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    idea_id BLOB REFERENCES idea (id),
    experiment_id BLOB UNIQUE REFERENCES experiment (id),
    measure_id BLOB REFERENCES measure (id),
    owner_id BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('writing', 'teaching', 'holding', 'check_due', 'drifting', 'improving', 'retiring',
        'retired')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    how TEXT NOT NULL CHECK (length(how) <= 8000),
    why TEXT NOT NULL CHECK (length(why) <= 4000),
    exceptions TEXT NOT NULL CHECK (length(exceptions) <= 4000),
    noticed_by TEXT NOT NULL CHECK (length(noticed_by) <= 1000),
    reacts TEXT NOT NULL CHECK (length(reacts) <= 1000),
    factors TEXT NOT NULL CHECK (length(factors) IN (0, 10)),
    plan TEXT NOT NULL CHECK (length(plan) <= 4000),
    benefit TEXT NOT NULL CHECK (length(benefit) <= 2000),
    next_check_on TEXT,
    in_use_since TEXT,
    round_from TEXT,
    turns INTEGER NOT NULL CHECK (turns >= 0),
    leader_looked INTEGER NOT NULL CHECK (leader_looked IN (0, 1)),
    missed INTEGER NOT NULL CHECK (missed >= 0),
    watched_from TEXT,
    watched_at TEXT,
    edition INTEGER NOT NULL CHECK (edition >= 1),
    improving_id BLOB REFERENCES experiment (id),
    proposer_id BLOB REFERENCES person (id),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
INSERT INTO standard (id, team_id, idea_id, experiment_id, measure_id, owner_id, state, name, how, why, exceptions,
    noticed_by, reacts, factors, plan, benefit, next_check_on, in_use_since, round_from, turns, leader_looked, missed,
    watched_from, watched_at, edition, created_at, version)
SELECT kept.id, kept.team_id, kept.idea_id, kept.experiment_id, kept.measure_id, kept.owner_id, kept.state, kept.name,
    kept.how, kept.why, kept.exceptions, '', '', '', '', '', kept.next_check_on,
    (SELECT MIN(throw.at) FROM throw WHERE throw.subject = 'standard' AND throw.subject_id = kept.id AND throw.verb = 'held'),
    (SELECT SUBSTR(MAX(throw.at), 1, 10) FROM throw WHERE throw.subject = 'standard' AND throw.subject_id = kept.id
     AND throw.verb IN ('held', 'brought_back')),
    (SELECT COUNT(*) FROM standard_check WHERE standard_check.standard_id = kept.id), 0, 0,
    -- From now on: what its measure showed before, somebody has seen.
    (SELECT SUBSTR(MAX(measure_value.entered_at), 1, 10) FROM measure_value WHERE measure_value.measure_id = kept.measure_id),
    NULL, 1, kept.created_at, kept.version
FROM standard_kept AS kept;
DROP TABLE standard_kept;
CREATE INDEX standard_team ON standard (team_id, state);
CREATE INDEX standard_idea ON standard (idea_id);
CREATE INDEX standard_improving ON standard (improving_id) WHERE improving_id IS NOT NULL;
CREATE INDEX standard_measure ON standard (measure_id);
CREATE INDEX standard_used ON standard (in_use_since, state);

-- What was improved since, and whether a leader looked in person. Neither is counted for anybody.
ALTER TABLE standard_check ADD COLUMN improved TEXT NOT NULL DEFAULT '' CHECK (length(improved) <= 1000);
ALTER TABLE standard_check ADD COLUMN by_leader INTEGER NOT NULL DEFAULT 0 CHECK (by_leader IN (0, 1));

-- Whose turn it was to be shown a standard, and what they said. No time, so that nobody's reading is a figure; what is shown
-- is how many, never who.
CREATE TABLE standard_shown (
    standard_id BLOB NOT NULL REFERENCES standard (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    answer TEXT NOT NULL CHECK (answer IN ('told', 'can', 'objects', 'answered')),
    words TEXT NOT NULL CHECK (length(words) <= 2000),
    PRIMARY KEY (standard_id, person_id)
) STRICT, WITHOUT ROWID;

-- What a standard said until it was changed, and why it was.
CREATE TABLE standard_edition (
    standard_id BLOB NOT NULL REFERENCES standard (id),
    edition INTEGER NOT NULL CHECK (edition >= 1),
    name TEXT NOT NULL,
    how TEXT NOT NULL,
    why TEXT NOT NULL,
    exceptions TEXT NOT NULL,
    changed TEXT NOT NULL CHECK (length(changed) BETWEEN 1 AND 2000),
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
    by_id BLOB REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (standard_id, edition)
) STRICT;

-- How many standards of the company held at the end of a month, of those in use for 90 days and for a year.
CREATE TABLE hold_count (
    month TEXT PRIMARY KEY,
    older INTEGER NOT NULL CHECK (older >= 0),
    holding INTEGER NOT NULL CHECK (holding BETWEEN 0 AND older),
    older_year INTEGER NOT NULL CHECK (older_year >= 0),
    holding_year INTEGER NOT NULL CHECK (holding_year BETWEEN 0 AND older_year)
) STRICT;

-- What a team, or everybody, got back.
CREATE TABLE give_back (
    id BLOB PRIMARY KEY,
    team_id BLOB REFERENCES team (id),
    received_on TEXT NOT NULL,
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 1000),
    by_id BLOB NOT NULL REFERENCES person (id),
    idea_id BLOB REFERENCES idea (id),
    experiment_id BLOB REFERENCES experiment (id),
    standard_id BLOB REFERENCES standard (id)
) STRICT;
CREATE INDEX give_back_day ON give_back (received_on, id);

-- How many minutes per person and week a change adds, or takes away; stated by whoever it concerns.
CREATE TABLE stated_minutes (
    subject TEXT NOT NULL CHECK (subject IN ('idea', 'experiment', 'standard')),
    subject_id BLOB NOT NULL,
    team_id BLOB NOT NULL REFERENCES team (id),
    title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN -2400 AND 2400),
    by_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (subject, subject_id)
) STRICT;

-- What was learned, for the whole company: one row for each experiment that was decided. Whether its prediction came true as
-- the chart told it; nothing where no chart could tell.
CREATE TABLE lesson (
    experiment_id BLOB PRIMARY KEY NOT NULL REFERENCES experiment (id),
    decided_at TEXT NOT NULL,
    came_true INTEGER CHECK (came_true IN (0, 1)),
    outcome TEXT NOT NULL CHECK (length(outcome) <= 1000)
) STRICT;
CREATE INDEX lesson_decided ON lesson (decided_at, experiment_id, came_true);

-- In which lessons a word stands.
CREATE TABLE lesson_word (
    word TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    experiment_id BLOB NOT NULL REFERENCES lesson (experiment_id),
    PRIMARY KEY (word, decided_at, experiment_id)
) STRICT, WITHOUT ROWID;

-- An experiment that was taken home from another team: from which one.
CREATE TABLE taken_home (
    experiment_id BLOB PRIMARY KEY NOT NULL REFERENCES experiment (id),
    from_id BLOB NOT NULL REFERENCES experiment (id)
) STRICT;
CREATE INDEX taken_home_from ON taken_home (from_id);

-- The newest numbers of a measure, for the standards that watch it.
CREATE INDEX measure_value_entered ON measure_value (measure_id, entered_at);
