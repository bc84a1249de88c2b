-- How a team sees the effect of its experiment: by a measure, by counted cases, by the dates of events, or in words. Of a case
-- only its answer is kept, in the order of counting: no person and no time, so that no figure about anybody can be made of it.
CREATE TABLE experiment_effect (
    experiment_id UUID PRIMARY KEY NOT NULL REFERENCES experiment (id),
    way TEXT NOT NULL CHECK (way IN ('measure', 'cases', 'dates', 'words')),
    what TEXT NOT NULL CHECK (length(what) <= 1000),
    before_yes BIGINT NOT NULL,
    before_of BIGINT NOT NULL CHECK (before_of BETWEEN 0 AND 1000),
    stated BOOLEAN NOT NULL,
    wanted BIGINT NOT NULL,
    planned BIGINT NOT NULL CHECK (planned BETWEEN 0 AND 1000),
    fewer BOOLEAN NOT NULL,
    alike BOOLEAN NOT NULL,
    balance_id UUID REFERENCES measure (id),
    answers TEXT NOT NULL CHECK (length(answers) <= planned),
    last_form BYTEA,
    CHECK (before_yes BETWEEN 0 AND before_of),
    CHECK (wanted BETWEEN 0 AND planned)
);

-- A day on which the event came that an experiment wants more or fewer of; before its start and since.
CREATE TABLE experiment_event (
    experiment_id UUID NOT NULL REFERENCES experiment (id),
    on_day DATE NOT NULL,
    PRIMARY KEY (experiment_id, on_day)
);
