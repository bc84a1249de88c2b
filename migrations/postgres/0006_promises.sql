-- Promises in full: asked for and countered, moved, missed with what got in the way, and standing ones without a day.

ALTER TABLE promise
    DROP CONSTRAINT promise_state_check,
    ALTER COLUMN receiver_id DROP NOT NULL,
    ALTER COLUMN due_at DROP NOT NULL,
    ADD COLUMN answers BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN stands BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN how TEXT NOT NULL DEFAULT '' CHECK (length(how) <= 1000),
    ADD COLUMN first_due_at TIMESTAMPTZ,
    ADD COLUMN moved BIGINT NOT NULL DEFAULT 0 CHECK (moved >= 0),
    ADD COLUMN missed_at TIMESTAMPTZ,
    ADD COLUMN unconfirmed BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN proposed_what TEXT CHECK (length(proposed_what) BETWEEN 1 AND 2000),
    ADD COLUMN proposed_due_at TIMESTAMPTZ,
    ADD COLUMN proposed_cause TEXT CHECK (proposed_cause IN ('one_person', 'no_deputy', 'other_department', 'too_fast',
        'not_told', 'more_urgent', 'other')),
    ADD COLUMN review_on DATE,
    ADD COLUMN ends_on DATE;
-- Every promise that came of an idea until now was given as its answer. The first day is that of the first throw.
UPDATE promise SET
    answers = idea_id IS NOT NULL,
    first_due_at = COALESCE((SELECT throw.due_at FROM throw WHERE throw.subject = 'promise'
                             AND throw.subject_id = promise.id AND throw.verb = 'promise'), due_at),
    moved = (SELECT COUNT(*) FROM throw WHERE throw.subject = 'promise' AND throw.subject_id = promise.id
             AND throw.verb = 'not_yet');
ALTER TABLE promise
    ALTER COLUMN answers DROP DEFAULT,
    ALTER COLUMN stands DROP DEFAULT,
    ALTER COLUMN how DROP DEFAULT,
    ALTER COLUMN moved DROP DEFAULT,
    ALTER COLUMN unconfirmed DROP DEFAULT,
    ADD CHECK (state IN ('requested', 'countered', 'promised', 'renegotiating', 'delivered', 'missed', 'kept', 'refused',
        'released', 'revoked', 'dropped', 'standing', 'pointed_at', 'ending')),
    ADD CHECK (stands = (receiver_id IS NULL)),
    ADD CHECK (stands = (due_at IS NULL)),
    ADD CHECK (stands = (review_on IS NOT NULL)),
    ADD CHECK (receiver_id <> promiser_id OR state <> 'requested');
CREATE INDEX promise_team ON promise (team_id, state);
CREATE INDEX promise_first_due ON promise (first_due_at);

-- What a throw of a promise named beside its words. Nothing here is ever changed: every old day stays readable.
CREATE TABLE promise_term (
    throw_id UUID PRIMARY KEY REFERENCES throw (id),
    promise_id UUID NOT NULL REFERENCES promise (id),
    due_at TIMESTAMPTZ,
    what TEXT CHECK (length(what) BETWEEN 1 AND 2000),
    cause TEXT CHECK (cause IN ('one_person', 'no_deputy', 'other_department', 'too_fast', 'not_told', 'more_urgent',
        'other')),
    idea_id UUID REFERENCES idea (id)
);
CREATE INDEX promise_term_of ON promise_term (promise_id);
