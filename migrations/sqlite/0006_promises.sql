-- Promises in full: asked for and countered, moved, missed with what got in the way, and standing ones without a day.

-- The rules of a column can't be changed here, so the table is made anew around its rows.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE promise_kept AS SELECT * FROM promise;
DROP TABLE promise;
CREATE TABLE promise (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    idea_id BLOB REFERENCES idea (id),
    answers INTEGER NOT NULL CHECK (answers IN (0, 1)),
    stands INTEGER NOT NULL CHECK (stands IN (0, 1)),
    promiser_id BLOB NOT NULL REFERENCES person (id),
    receiver_id BLOB REFERENCES person (id),
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 2000),
    how TEXT NOT NULL CHECK (length(how) <= 1000),
    due_at TEXT,
    first_due_at TEXT,
    moved INTEGER NOT NULL CHECK (moved >= 0),
    missed_at TEXT,
    unconfirmed INTEGER NOT NULL CHECK (unconfirmed IN (0, 1)),
    proposed_what TEXT CHECK (length(proposed_what) BETWEEN 1 AND 2000),
    proposed_due_at TEXT,
    proposed_cause TEXT CHECK (proposed_cause IN ('one_person', 'no_deputy', 'other_department', 'too_fast', 'not_told',
        'more_urgent', 'other')),
    review_on TEXT,
    ends_on TEXT,
    state TEXT NOT NULL CHECK (state IN ('requested', 'countered', 'promised', 'renegotiating', 'delivered', 'missed',
        'kept', 'refused', 'released', 'revoked', 'dropped', 'standing', 'pointed_at', 'ending')),
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CHECK ((stands = 1) = (receiver_id IS NULL)),
    CHECK ((stands = 1) = (due_at IS NULL)),
    CHECK ((stands = 1) = (review_on IS NOT NULL)),
    CHECK (receiver_id <> promiser_id OR state <> 'requested')
) STRICT;
-- Every promise that came of an idea until now was given as its answer. The first day is that of the first throw.
INSERT INTO promise (id, team_id, idea_id, answers, stands, promiser_id, receiver_id, what, how, due_at, first_due_at,
    moved, missed_at, unconfirmed, state, created_at, version)
SELECT kept.id, kept.team_id, kept.idea_id, kept.idea_id IS NOT NULL, 0, kept.promiser_id, kept.receiver_id, kept.what, '',
    kept.due_at,
    COALESCE((SELECT throw.due_at FROM throw WHERE throw.subject = 'promise' AND throw.subject_id = kept.id
              AND throw.verb = 'promise'), kept.due_at),
    (SELECT COUNT(*) FROM throw WHERE throw.subject = 'promise' AND throw.subject_id = kept.id
     AND throw.verb = 'not_yet'),
    NULL, 0, kept.state, kept.created_at, kept.version
FROM promise_kept AS kept;
DROP TABLE promise_kept;
CREATE INDEX promise_idea ON promise (idea_id);
CREATE INDEX promise_team ON promise (team_id, state);
CREATE INDEX promise_first_due ON promise (first_due_at);

-- What a throw of a promise named beside its words. Nothing here is ever changed: every old day stays readable.
CREATE TABLE promise_term (
    throw_id BLOB PRIMARY KEY REFERENCES throw (id),
    promise_id BLOB NOT NULL REFERENCES promise (id),
    due_at TEXT,
    what TEXT CHECK (length(what) BETWEEN 1 AND 2000),
    cause TEXT CHECK (cause IN ('one_person', 'no_deputy', 'other_department', 'too_fast', 'not_told', 'more_urgent',
        'other')),
    idea_id BLOB REFERENCES idea (id)
) STRICT;
CREATE INDEX promise_term_of ON promise_term (promise_id);
