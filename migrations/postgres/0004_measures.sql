-- Measures in full: a state with a holder, kinds, cadences and versions of a definition, agreement tests, new limits that
-- a second person agrees to, notes and exclusions on points, signals that were thrown, nameless slips.

ALTER TABLE measure
    DROP CONSTRAINT measure_how_counted_check,
    DROP CONSTRAINT measure_kind_check,
    DROP CONSTRAINT measure_not_used_for_check,
    ADD COLUMN state TEXT NOT NULL DEFAULT 'baseline',
    ADD COLUMN cadence TEXT NOT NULL DEFAULT 'week',
    ADD COLUMN wish_by TEXT NOT NULL DEFAULT '',
    ADD COLUMN least_slips BIGINT,
    ADD COLUMN spread TEXT NOT NULL DEFAULT 'mean',
    ADD COLUMN rules TEXT NOT NULL DEFAULT 'three',
    ADD COLUMN limits TEXT NOT NULL DEFAULT 'same',
    ADD COLUMN season TEXT NOT NULL DEFAULT 'none',
    ADD COLUMN definition_version BIGINT NOT NULL DEFAULT 1,
    ADD COLUMN worth_on DATE NOT NULL DEFAULT DATE '2000-01-01',
    ADD COLUMN paused_until DATE,
    ADD COLUMN asked_from DATE NOT NULL DEFAULT DATE '2000-01-01';
UPDATE measure SET
    state = CASE WHEN (SELECT COUNT(*) FROM measure_value WHERE measure_value.measure_id = measure.id
                       AND measure_value.superseded_at IS NULL) >= 6 THEN 'live' ELSE 'baseline' END,
    worth_on = (created_at AT TIME ZONE 'UTC')::date + INTERVAL '1 year',
    asked_from = (created_at AT TIME ZONE 'UTC')::date;
ALTER TABLE measure
    ALTER COLUMN state DROP DEFAULT,
    ALTER COLUMN cadence DROP DEFAULT,
    ALTER COLUMN wish_by DROP DEFAULT,
    ALTER COLUMN spread DROP DEFAULT,
    ALTER COLUMN rules DROP DEFAULT,
    ALTER COLUMN limits DROP DEFAULT,
    ALTER COLUMN season DROP DEFAULT,
    ALTER COLUMN definition_version DROP DEFAULT,
    ALTER COLUMN worth_on DROP DEFAULT,
    ALTER COLUMN asked_from DROP DEFAULT,
    ADD CHECK (state IN ('proposed', 'declined', 'defining', 'baseline', 'live', 'signal', 'rebaselining', 'stale',
        'redefining', 'paused', 'retired')),
    ADD CHECK (length(how_counted) <= 4000),
    ADD CHECK (kind IN ('number', 'amount', 'duration', 'count', 'share', 'slips')),
    ADD CHECK (cadence IN ('day', 'working_day', 'week', 'month')),
    ADD CHECK (length(wish_by) <= 60),
    ADD CHECK (length(not_used_for) <= 1000),
    ADD CHECK (least_slips >= 5),
    ADD CHECK (spread IN ('mean', 'median')),
    ADD CHECK (rules IN ('three', 'two', 'one', 'nhs')),
    ADD CHECK (limits IN ('same', 'volume')),
    ADD CHECK (season IN ('none', 'weekday', 'month')),
    ADD CHECK (definition_version > 0);


-- Every open thing has a holder: the keeper owes the next value. Its day is computed when the clock turns next.
INSERT INTO ball (subject, subject_id, team_id, holder_id, owes, since, due_at, resting)
SELECT 'measure', measure.id, measure.team_id, measure.keeper_id, 'value', measure.created_at, NULL, FALSE FROM measure;

-- How it was counted, version by version; the first one begins with the first value and has no day.
CREATE TABLE measure_version (
    measure_id UUID NOT NULL REFERENCES measure (id),
    version BIGINT NOT NULL CHECK (version > 0),
    starts DATE,
    how_counted TEXT NOT NULL CHECK (length(how_counted) BETWEEN 1 AND 4000),
    reason TEXT NOT NULL CHECK (length(reason) <= 500),
    by_id UUID NOT NULL REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (measure_id, version)
);
INSERT INTO measure_version (measure_id, version, starts, how_counted, reason, by_id, at)
SELECT measure.id, 1, NULL::date, measure.how_counted, '', measure.keeper_id, measure.created_at FROM measure;

-- New limits are proposed by one person and agreed to by a second; those taken back keep their row. The values that
-- give locked limits are kept as they were (JSON), so that a correction does not move them.
ALTER TABLE phase
    DROP CONSTRAINT phase_measure_id_starts_key,
    ADD COLUMN agreed_by UUID REFERENCES person (id),
    ADD COLUMN agreed_at TIMESTAMPTZ,
    ADD COLUMN ended_by UUID REFERENCES person (id),
    ADD COLUMN ended_at TIMESTAMPTZ,
    ADD COLUMN ended_words TEXT NOT NULL DEFAULT '' CHECK (length(ended_words) <= 500),
    ADD COLUMN locked TEXT,
    ADD COLUMN replaces UUID REFERENCES phase (id);
UPDATE phase SET agreed_by = set_by, agreed_at = set_at,
    locked = CASE WHEN baseline_to IS NOT NULL THEN (
        SELECT json_agg(json_build_object('period', period, 'value', value, 'numerator', numerator, 'denominator', denominator,
            'excluded', FALSE))::text
        FROM measure_value
        WHERE measure_value.measure_id = phase.measure_id AND superseded_at IS NULL
          AND period BETWEEN baseline_from AND baseline_to) END;
ALTER TABLE phase ALTER COLUMN ended_words DROP DEFAULT;
CREATE UNIQUE INDEX phase_current ON phase (measure_id, starts) WHERE ended_at IS NULL AND agreed_at IS NOT NULL;
CREATE UNIQUE INDEX phase_waiting ON phase (measure_id) WHERE ended_at IS NULL AND agreed_at IS NULL;

-- Two people count the same cases, by the same words, before a measure goes live. The second sees the first one's counts only afterwards.
CREATE TABLE agreement (
    id UUID PRIMARY KEY,
    measure_id UUID NOT NULL REFERENCES measure (id),
    how_counted TEXT NOT NULL,
    first_by UUID NOT NULL REFERENCES person (id),
    first_at TIMESTAMPTZ NOT NULL,
    second_by UUID REFERENCES person (id),
    second_at TIMESTAMPTZ
);
CREATE INDEX agreement_measure ON agreement (measure_id);
CREATE TABLE agreement_case (
    agreement_id UUID NOT NULL REFERENCES agreement (id),
    number BIGINT NOT NULL CHECK (number BETWEEN 1 AND 5),
    label TEXT NOT NULL CHECK (length(label) BETWEEN 1 AND 120),
    first TEXT NOT NULL CHECK (length(first) BETWEEN 1 AND 60),
    second TEXT CHECK (length(second) BETWEEN 1 AND 60),
    PRIMARY KEY (agreement_id, number)
);

-- What people know about a period: a note, an event, the voice of a customer.
CREATE TABLE measure_note (
    id UUID PRIMARY KEY,
    measure_id UUID NOT NULL REFERENCES measure (id),
    period DATE NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'event', 'customer')),
    words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
    by_id UUID NOT NULL REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,
    removed_by UUID REFERENCES person (id),
    removed_at TIMESTAMPTZ
);
CREATE INDEX measure_note_of ON measure_note (measure_id, period);

-- A value that is left out of averages and runs, with the reason; it stays visible.
CREATE TABLE measure_exclusion (
    id UUID PRIMARY KEY,
    measure_id UUID NOT NULL REFERENCES measure (id),
    period DATE NOT NULL,
    reason TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    by_id UUID NOT NULL REFERENCES person (id),
    at TIMESTAMPTZ NOT NULL,
    ended_by UUID REFERENCES person (id),
    ended_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX measure_exclusion_current ON measure_exclusion (measure_id, period) WHERE ended_at IS NULL;

-- A signal is thrown to the keeper once; the answer is kept with the point.
CREATE TABLE measure_signal (
    id UUID PRIMARY KEY,
    measure_id UUID NOT NULL REFERENCES measure (id),
    period DATE NOT NULL,
    since DATE NOT NULL,
    rule TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('above', 'below')),
    sustained BOOLEAN NOT NULL,
    thrown_at TIMESTAMPTZ NOT NULL,
    answer TEXT CHECK (answer IN ('known_cause', 'looking', 'our_change_worked', 'recording_error', 'gone')),
    words TEXT NOT NULL CHECK (length(words) <= 500),
    answered_by UUID REFERENCES person (id),
    answered_at TIMESTAMPTZ
);
CREATE INDEX measure_signal_of ON measure_signal (measure_id, period);

-- Nameless slips: only the sum and how many. When its period is over a box becomes a value, or nothing, and is gone.
CREATE TABLE slip_box (
    measure_id UUID NOT NULL REFERENCES measure (id),
    period DATE NOT NULL,
    total DOUBLE PRECISION NOT NULL,
    slips BIGINT NOT NULL CHECK (slips > 0),
    PRIMARY KEY (measure_id, period)
);

-- Keys of slip forms that have counted, so that a double click counts once; gone with their box. No order of arrival.
CREATE TABLE slip_key (
    key UUID PRIMARY KEY,
    measure_id UUID NOT NULL REFERENCES measure (id),
    period DATE NOT NULL
);
