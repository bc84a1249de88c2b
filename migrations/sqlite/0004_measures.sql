-- Measures in full: a state with a holder, kinds, cadences and versions of a definition, agreement tests, new limits that
-- a second person agrees to, notes and exclusions on points, signals that were thrown, nameless slips.

-- The rules of a column can't be changed here, so the table is made anew around its rows.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE measure_kept AS SELECT * FROM measure;
DROP TABLE measure;
CREATE TABLE measure (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'declined', 'defining', 'baseline', 'live', 'signal', 'rebaselining',
        'stale', 'redefining', 'paused', 'retired')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    question TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 500),
    how_counted TEXT NOT NULL CHECK (length(how_counted) <= 4000),
    kind TEXT NOT NULL CHECK (kind IN ('number', 'amount', 'duration', 'count', 'share', 'slips')),
    cadence TEXT NOT NULL CHECK (cadence IN ('day', 'working_day', 'week', 'month')),
    unit TEXT NOT NULL CHECK (length(unit) <= 40),
    better TEXT NOT NULL CHECK (better IN ('lower', 'higher', 'neither')),
    keeper_id BLOB NOT NULL REFERENCES person (id),
    source TEXT NOT NULL CHECK (length(source) <= 500),
    wish REAL,
    wish_by TEXT NOT NULL CHECK (length(wish_by) <= 60),
    wish_words TEXT NOT NULL CHECK (length(wish_words) <= 500),
    not_used_for TEXT NOT NULL CHECK (length(not_used_for) <= 1000),
    cost_minutes INTEGER CHECK (cost_minutes >= 0),
    floor REAL,
    ceiling REAL,
    least_slips INTEGER CHECK (least_slips >= 5),
    spread TEXT NOT NULL CHECK (spread IN ('mean', 'median')),
    rules TEXT NOT NULL CHECK (rules IN ('three', 'two', 'one', 'nhs')),
    limits TEXT NOT NULL CHECK (limits IN ('same', 'volume')),
    season TEXT NOT NULL CHECK (season IN ('none', 'weekday', 'month')),
    definition_version INTEGER NOT NULL CHECK (definition_version > 0),
    worth_on TEXT NOT NULL,
    paused_until TEXT,
    asked_from TEXT NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
INSERT INTO measure (id, team_id, state, name, question, how_counted, kind, cadence, unit, better, keeper_id, source, wish,
    wish_by, wish_words, not_used_for, cost_minutes, floor, ceiling, least_slips, spread, rules, limits, season,
    definition_version, worth_on, paused_until, asked_from, created_at, version)
SELECT kept.id, kept.team_id,
    CASE WHEN (SELECT COUNT(*) FROM measure_value WHERE measure_value.measure_id = kept.id
               AND measure_value.superseded_at IS NULL) >= 6 THEN 'live' ELSE 'baseline' END,
    kept.name, kept.question, kept.how_counted, kept.kind, 'week', kept.unit, kept.better, kept.keeper_id, kept.source,
    kept.wish, '', kept.wish_words, kept.not_used_for, kept.cost_minutes, kept.floor, kept.ceiling, NULL, 'mean', 'three',
    'same', 'none', 1, date(kept.created_at, '+1 year'), NULL, date(kept.created_at), kept.created_at, kept.version
FROM measure_kept AS kept;
DROP TABLE measure_kept;
CREATE INDEX measure_team ON measure (team_id);

-- Every open thing has a holder: the keeper owes the next value. Its day is computed when the clock turns next.
INSERT INTO ball (subject, subject_id, team_id, holder_id, owes, since, due_at, resting)
SELECT 'measure', measure.id, measure.team_id, measure.keeper_id, 'value', measure.created_at, NULL, 0 FROM measure;

-- How it was counted, version by version; the first one begins with the first value and has no day.
CREATE TABLE measure_version (
    measure_id BLOB NOT NULL REFERENCES measure (id),
    version INTEGER NOT NULL CHECK (version > 0),
    starts TEXT,
    how_counted TEXT NOT NULL CHECK (length(how_counted) BETWEEN 1 AND 4000),
    reason TEXT NOT NULL CHECK (length(reason) <= 500),
    by_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (measure_id, version)
) STRICT;
INSERT INTO measure_version (measure_id, version, starts, how_counted, reason, by_id, at)
SELECT measure.id, 1, NULL, measure.how_counted, '', measure.keeper_id, measure.created_at FROM measure;

-- New limits are proposed by one person and agreed to by a second; those taken back keep their row. The values that
-- give locked limits are kept as they were (JSON), so that a correction does not move them.
CREATE TEMP TABLE phase_kept AS SELECT * FROM phase;
DROP TABLE phase;
CREATE TABLE phase (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    starts TEXT NOT NULL,
    baseline_from TEXT NOT NULL,
    baseline_to TEXT,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    set_by BLOB NOT NULL REFERENCES person (id),
    set_at TEXT NOT NULL,
    agreed_by BLOB REFERENCES person (id),
    agreed_at TEXT,
    ended_by BLOB REFERENCES person (id),
    ended_at TEXT,
    ended_words TEXT NOT NULL CHECK (length(ended_words) <= 500),
    locked TEXT,
    replaces BLOB REFERENCES phase (id)
) STRICT;
INSERT INTO phase (id, measure_id, starts, baseline_from, baseline_to, reason, set_by, set_at, agreed_by, agreed_at,
    ended_by, ended_at, ended_words, locked, replaces)
SELECT id, measure_id, starts, baseline_from, baseline_to, reason, set_by, set_at, set_by, set_at, NULL, NULL, '',
    CASE WHEN baseline_to IS NOT NULL THEN (
        SELECT json_group_array(json_object('period', period, 'value', value, 'numerator', numerator, 'denominator', denominator,
            'excluded', json('false')))
        FROM measure_value
        WHERE measure_value.measure_id = phase_kept.measure_id AND superseded_at IS NULL
          AND period BETWEEN baseline_from AND baseline_to) END,
    NULL
FROM phase_kept;
DROP TABLE phase_kept;
CREATE UNIQUE INDEX phase_current ON phase (measure_id, starts) WHERE ended_at IS NULL AND agreed_at IS NOT NULL;
CREATE UNIQUE INDEX phase_waiting ON phase (measure_id) WHERE ended_at IS NULL AND agreed_at IS NULL;

-- Two people count the same cases, by the same words, before a measure goes live. The second sees the first one's counts only afterwards.
CREATE TABLE agreement (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    how_counted TEXT NOT NULL,
    first_by BLOB NOT NULL REFERENCES person (id),
    first_at TEXT NOT NULL,
    second_by BLOB REFERENCES person (id),
    second_at TEXT
) STRICT;
CREATE INDEX agreement_measure ON agreement (measure_id);
CREATE TABLE agreement_case (
    agreement_id BLOB NOT NULL REFERENCES agreement (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 5),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 120),
    first TEXT NOT NULL CHECK (length(first) BETWEEN 1 AND 60),
    second TEXT CHECK (length(second) BETWEEN 1 AND 60),
    PRIMARY KEY (agreement_id, number)
) STRICT;

-- What people know about a period: a note, an event, the voice of a customer.
CREATE TABLE measure_note (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    period TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'event', 'customer')),
    words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
    by_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    removed_by BLOB REFERENCES person (id),
    removed_at TEXT
) STRICT;
CREATE INDEX measure_note_of ON measure_note (measure_id, period);

-- A value that is left out of averages and runs, with the reason; it stays visible.
CREATE TABLE measure_exclusion (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    period TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    by_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    ended_by BLOB REFERENCES person (id),
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX measure_exclusion_current ON measure_exclusion (measure_id, period) WHERE ended_at IS NULL;

-- A signal is thrown to the keeper once; the answer is kept with the point.
CREATE TABLE measure_signal (
    id BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    period TEXT NOT NULL,
    since TEXT NOT NULL,
    rule TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('above', 'below')),
    sustained INTEGER NOT NULL CHECK (sustained IN (0, 1)),
    thrown_at TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('known_cause', 'looking', 'our_change_worked', 'recording_error', 'gone')),
    words TEXT NOT NULL CHECK (length(words) <= 500),
    answered_by BLOB REFERENCES person (id),
    answered_at TEXT
) STRICT;
CREATE INDEX measure_signal_of ON measure_signal (measure_id, period);

-- Nameless slips: only the sum and how many. When its period is over a box becomes a value, or nothing, and is gone.
CREATE TABLE slip_box (
    measure_id BLOB NOT NULL REFERENCES measure (id),
    period TEXT NOT NULL,
    total REAL NOT NULL,
    slips INTEGER NOT NULL CHECK (slips > 0),
    PRIMARY KEY (measure_id, period)
) WITHOUT ROWID, STRICT;

-- Keys of slip forms that have counted, so that a double click counts once; gone with their box. No order of arrival.
CREATE TABLE slip_key (
    key BLOB PRIMARY KEY,
    measure_id BLOB NOT NULL REFERENCES measure (id),
    period TEXT NOT NULL
) WITHOUT ROWID, STRICT;
