-- The chain: measure, idea, promise, experiment, standard, and the screen that shows it.

CREATE TABLE measure (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    question TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 500),
    how_counted TEXT NOT NULL CHECK (length(how_counted) BETWEEN 1 AND 4000),
    kind TEXT NOT NULL CHECK (kind IN ('number', 'share')),
    unit TEXT NOT NULL CHECK (length(unit) <= 40),
    better TEXT NOT NULL CHECK (better IN ('lower', 'higher', 'neither')),
    keeper_id BLOB NOT NULL REFERENCES person (id),
    source TEXT NOT NULL CHECK (length(source) <= 500),
    wish REAL,
    wish_words TEXT NOT NULL CHECK (length(wish_words) <= 500),
    not_used_for TEXT NOT NULL CHECK (length(not_used_for) BETWEEN 1 AND 1000),
    cost_minutes INTEGER CHECK (cost_minutes >= 0),
    floor REAL,
    ceiling REAL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX measure_team ON measure (team_id);

-- A correction is a new row; the one it replaces keeps its place with the time it was replaced.
CREATE TABLE measure_value (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    period TEXT NOT NULL,
    value REAL NOT NULL,
    numerator REAL,
    denominator REAL,
    entered_by BLOB NOT NULL REFERENCES person (id),
    entered_at TEXT NOT NULL,
    superseded_at TEXT,
    CHECK ((numerator IS NULL) = (denominator IS NULL))
) STRICT;
CREATE UNIQUE INDEX measure_value_current ON measure_value (measure_id, period) WHERE superseded_at IS NULL;

-- New limits from a chosen week. Without an end the baseline is the phase's own first values.
CREATE TABLE phase (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    starts TEXT NOT NULL,
    baseline_from TEXT NOT NULL,
    baseline_to TEXT,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    set_by BLOB NOT NULL REFERENCES person (id),
    set_at TEXT NOT NULL,
    UNIQUE (measure_id, starts)
) STRICT;

CREATE TABLE idea (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('new', 'caught', 'question', 'go', 'trying', 'helping', 'passed_up', 'parked',
        'declined', 'thrown_back', 'delivered', 'done', 'learned', 'closed_declined', 'withdrawn')),
    hurt TEXT NOT NULL CHECK (length(hurt) BETWEEN 1 AND 4000),
    why TEXT NOT NULL CHECK (length(why) <= 4000),
    better TEXT NOT NULL CHECK (length(better) <= 4000),
    needed_change TEXT NOT NULL CHECK (length(needed_change) <= 4000),
    small_try TEXT NOT NULL CHECK (length(small_try) <= 4000),
    benefit TEXT NOT NULL CHECK (length(benefit) <= 4000),
    authority TEXT NOT NULL CHECK (authority IN ('', 'did_it', 'would_do_it', 'need_ok', 'need_help', 'not_mine')),
    measure_id BLOB REFERENCES measure (id),
    catcher_id BLOB REFERENCES person (id),
    doer_id BLOB REFERENCES person (id),
    carrier_id BLOB REFERENCES person (id),
    thrown_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX idea_team ON idea (team_id, thrown_at);
CREATE INDEX idea_author ON idea (author_id);

CREATE TABLE experiment (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    idea_id BLOB REFERENCES idea (id),
    previous_id BLOB REFERENCES experiment (id),
    owner_id BLOB NOT NULL REFERENCES person (id),
    measure_id BLOB REFERENCES measure (id),
    state TEXT NOT NULL CHECK (state IN ('drafting', 'safe_check', 'ready', 'running', 'stopped', 'study', 'decide',
        'adopted', 'adapted', 'abandoned', 'dropped')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    doing TEXT NOT NULL CHECK (length(doing) <= 4000),
    cases TEXT NOT NULL CHECK (length(cases) <= 1000),
    expectation TEXT NOT NULL CHECK (length(expectation) <= 2000),
    from_about REAL,
    to_about REAL,
    because TEXT NOT NULL CHECK (length(because) <= 4000),
    starts_on TEXT,
    ends_on TEXT,
    with_whom TEXT NOT NULL CHECK (length(with_whom) <= 1000),
    stop_rule TEXT NOT NULL CHECK (length(stop_rule) <= 2000),
    must_not_worsen TEXT NOT NULL CHECK (length(must_not_worsen) <= 2000),
    benefit TEXT NOT NULL CHECK (length(benefit) <= 2000),
    keep_plan TEXT NOT NULL CHECK (length(keep_plan) <= 2000),
    next_plan TEXT NOT NULL CHECK (length(next_plan) <= 2000),
    locked_at TEXT,
    happened TEXT NOT NULL DEFAULT '' CHECK (length(happened) <= 4000),
    learned TEXT NOT NULL DEFAULT '' CHECK (length(learned) <= 2000),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX experiment_team ON experiment (team_id, state);
CREATE INDEX experiment_idea ON experiment (idea_id);
CREATE INDEX experiment_measure ON experiment (measure_id);

CREATE TABLE weekly_line (
    experiment_id BLOB NOT NULL REFERENCES experiment (id),
    week TEXT NOT NULL,
    as_planned INTEGER NOT NULL CHECK (as_planned IN (0, 1)),
    line TEXT NOT NULL CHECK (length(line) BETWEEN 1 AND 1000),
    by_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (experiment_id, week)
) STRICT;

CREATE TABLE promise (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    idea_id BLOB REFERENCES idea (id),
    promiser_id BLOB NOT NULL REFERENCES person (id),
    receiver_id BLOB NOT NULL REFERENCES person (id),
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 2000),
    due_at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('promised', 'delivered', 'kept', 'released', 'revoked')),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX promise_idea ON promise (idea_id);

CREATE TABLE standard (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    idea_id BLOB REFERENCES idea (id),
    experiment_id BLOB UNIQUE REFERENCES experiment (id),
    measure_id BLOB REFERENCES measure (id),
    owner_id BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('writing', 'teaching', 'holding', 'drifting', 'retired')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    how TEXT NOT NULL CHECK (length(how) <= 8000),
    why TEXT NOT NULL CHECK (length(why) <= 4000),
    exceptions TEXT NOT NULL CHECK (length(exceptions) <= 4000),
    next_check_on TEXT,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX standard_team ON standard (team_id, state);
CREATE INDEX standard_idea ON standard (idea_id);

CREATE TABLE standard_check (
    id BLOB PRIMARY KEY,
    standard_id BLOB NOT NULL REFERENCES standard (id),
    mark TEXT NOT NULL CHECK (mark IN ('as_it_should_be', 'put_right', 'needs_action')),
    line TEXT NOT NULL CHECK (length(line) BETWEEN 1 AND 1000),
    by_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX standard_check_of ON standard_check (standard_id, at);

-- A television: first a code to type, then a read-only key.
CREATE TABLE screen (
    id BLOB PRIMARY KEY,
    key_hash BLOB NOT NULL UNIQUE,
    code_hash BLOB UNIQUE,
    code_expires_at TEXT,
    name TEXT NOT NULL DEFAULT '' CHECK (length(name) <= 120),
    team_id BLOB REFERENCES team (id),
    paired_by BLOB REFERENCES person (id),
    paired_at TEXT,
    forgotten_by BLOB REFERENCES person (id),
    forgotten_at TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX screen_team ON screen (team_id);

-- Codes that no screen shows, typed within the last minute: who guesses is slowed down.
CREATE TABLE screen_try (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
) STRICT;
CREATE INDEX screen_try_person ON screen_try (person_id, at);
