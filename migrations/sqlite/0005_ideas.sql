-- Ideas in full: the whole table of states, three ways to throw, words that may be changed, and notices.

-- Placeholders that stand where a protected author would: nobody can sign in as one, and they are in no list of people.
ALTER TABLE person ADD COLUMN mask INTEGER NOT NULL DEFAULT 0 CHECK (mask IN (0, 1));
INSERT INTO person (id, name, email, email_key, created_at, mask) VALUES
    (x'00000000000040008000000000000001', 'A colleague', 'mask:colleague', 'mask:colleague', '2026-01-01T00:00:00+00:00', 1),
    (x'00000000000040008000000000000002', 'Somebody', 'mask:somebody', 'mask:somebody', '2026-01-01T00:00:00+00:00', 1);

-- The rules of a column can't be changed here, so tables are made anew around their rows. They lose their row numbers:
-- those would tell between which two named throws a nameless one came.
PRAGMA defer_foreign_keys = ON;
CREATE TEMP TABLE idea_kept AS SELECT * FROM idea;
DROP TABLE idea;
CREATE TABLE idea (
    id BLOB PRIMARY KEY NOT NULL,
    team_id BLOB NOT NULL REFERENCES team (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    way TEXT NOT NULL CHECK (way IN ('named', 'kept', 'nameless')),
    carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('new', 'caught', 'question', 'go', 'trying', 'helping', 'passed_up', 'parked',
        'declined', 'thrown_back', 'delivered', 'done', 'learned', 'closed_declined', 'merged', 'withdrawn')),
    headline TEXT NOT NULL CHECK (length(headline) BETWEEN 1 AND 200),
    measure_id BLOB REFERENCES measure (id),
    catcher_id BLOB REFERENCES person (id),
    doer_id BLOB REFERENCES person (id),
    carrier_id BLOB REFERENCES person (id),
    problem_id BLOB REFERENCES idea (id),
    merged_into_id BLOB REFERENCES idea (id),
    hurts INTEGER NOT NULL CHECK (hurts >= 0),
    thrown_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    authority TEXT NOT NULL CHECK (authority IN ('', 'did_it', 'would_do_it', 'need_ok', 'need_help', 'not_mine')),
    hurt TEXT NOT NULL CHECK (length(hurt) BETWEEN 1 AND 100000),
    why TEXT NOT NULL CHECK (length(why) <= 100000),
    better TEXT NOT NULL CHECK (length(better) <= 100000),
    needed_change TEXT NOT NULL CHECK (length(needed_change) <= 100000),
    small_try TEXT NOT NULL CHECK (length(small_try) <= 100000),
    benefit TEXT NOT NULL CHECK (length(benefit) <= 100000)
) STRICT, WITHOUT ROWID;
INSERT INTO idea (id, team_id, author_id, way, carried, state, headline, measure_id, catcher_id, doer_id, carrier_id,
    problem_id, merged_into_id, hurts, thrown_at, version, authority, hurt, why, better, needed_change, small_try, benefit)
SELECT id, team_id, author_id, 'named', 0, state,
    substr(CASE WHEN instr(trim(hurt), char(10)) > 1 THEN substr(trim(hurt), 1, instr(trim(hurt), char(10)) - 1)
                ELSE hurt END, 1, 140),
    measure_id, catcher_id, doer_id, carrier_id, NULL, NULL, 0, thrown_at, version, authority, hurt, why, better,
    needed_change, small_try, benefit
FROM idea_kept;
DROP TABLE idea_kept;
CREATE INDEX idea_team ON idea (team_id, thrown_at);
CREATE INDEX idea_author ON idea (author_id);
CREATE INDEX idea_problem ON idea (problem_id);
CREATE INDEX idea_merged ON idea (merged_into_id);

CREATE TEMP TABLE throw_kept AS SELECT * FROM throw;
DROP TABLE throw;
CREATE TABLE throw (
    id BLOB PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('measure', 'idea', 'promise', 'experiment', 'standard')),
    subject_id BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number > 0),
    team_id BLOB NOT NULL REFERENCES team (id),
    verb TEXT NOT NULL,
    by_id BLOB REFERENCES person (id),
    at TEXT NOT NULL,
    state TEXT NOT NULL,
    holder_id BLOB REFERENCES person (id),
    owes TEXT,
    due_at TEXT,
    words TEXT NOT NULL CHECK (length(words) <= 100000),
    UNIQUE (subject, subject_id, number),
    CHECK ((holder_id IS NULL) = (owes IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO throw (id, subject, subject_id, number, team_id, verb, by_id, at, state, holder_id, owes, due_at, words)
SELECT id, subject, subject_id, number, team_id, verb, by_id, at, state, holder_id, owes, due_at, words FROM throw_kept;
DROP TABLE throw_kept;
CREATE INDEX throw_holder ON throw (holder_id, subject, subject_id);
CREATE INDEX throw_team_verb ON throw (team_id, verb, at);

CREATE TEMP TABLE ball_kept AS SELECT * FROM ball;
DROP TABLE ball;
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
) STRICT, WITHOUT ROWID;
INSERT INTO ball (subject, subject_id, team_id, holder_id, owes, since, due_at, resting)
SELECT subject, subject_id, team_id, holder_id, owes, since, due_at, resting FROM ball_kept;
DROP TABLE ball_kept;
CREATE INDEX ball_holder ON ball (holder_id);
CREATE INDEX ball_team ON ball (team_id);
CREATE INDEX ball_due ON ball (due_at);

-- The name of an author that the coach keeps, apart from the idea; each reading of it is on record.
CREATE TABLE kept_name (
    idea_id BLOB PRIMARY KEY NOT NULL REFERENCES idea (id),
    person_id BLOB NOT NULL REFERENCES person (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_name_person ON kept_name (person_id);
CREATE TABLE name_reading (
    id BLOB PRIMARY KEY NOT NULL,
    idea_id BLOB NOT NULL REFERENCES idea (id),
    reader_id BLOB NOT NULL REFERENCES person (id),
    why TEXT NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX name_reading_idea ON name_reading (idea_id, at);

-- The words of an idea as they were before their author changed them.
CREATE TABLE idea_wording (
    idea_id BLOB NOT NULL REFERENCES idea (id),
    number INTEGER NOT NULL CHECK (number > 0),
    hurt TEXT NOT NULL,
    why TEXT NOT NULL,
    better TEXT NOT NULL,
    needed_change TEXT NOT NULL,
    small_try TEXT NOT NULL,
    benefit TEXT NOT NULL,
    PRIMARY KEY (idea_id, number)
) STRICT, WITHOUT ROWID;

-- What somebody should know: a ball that came or whose clock ran out, or news. Whether it was seen, never when.
CREATE TABLE notice (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('ball', 'news')),
    subject TEXT NOT NULL CHECK (subject IN ('measure', 'idea', 'promise', 'experiment', 'standard')),
    subject_id BLOB NOT NULL,
    words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
    at TEXT NOT NULL,
    unread INTEGER NOT NULL CHECK (unread IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_person ON notice (person_id, unread, at);
