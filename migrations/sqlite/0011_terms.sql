-- What a throw of a promise named, without row numbers: a nameless receiver names something too, and a row number tells
-- between which others it came.

CREATE TEMP TABLE term_kept AS SELECT * FROM promise_term;
DROP TABLE promise_term;
CREATE TABLE promise_term (
    throw_id BLOB PRIMARY KEY NOT NULL REFERENCES throw (id),
    promise_id BLOB NOT NULL REFERENCES promise (id),
    due_at TEXT,
    what TEXT CHECK (length(what) BETWEEN 1 AND 2000),
    cause TEXT CHECK (cause IN ('one_person', 'no_deputy', 'other_department', 'too_fast', 'not_told', 'more_urgent',
        'other')),
    idea_id BLOB REFERENCES idea (id)
) STRICT, WITHOUT ROWID;
INSERT INTO promise_term (throw_id, promise_id, due_at, what, cause, idea_id)
SELECT throw_id, promise_id, due_at, what, cause, idea_id FROM term_kept ORDER BY throw_id;
DROP TABLE term_kept;
CREATE INDEX promise_term_of ON promise_term (promise_id);
