-- Measures are found too, and words inside of longer ones.

-- The rules of a column can't be changed here, so the two tables are made anew around their rows.
CREATE TABLE unread_now (
    subject TEXT NOT NULL CHECK (subject IN ('idea', 'promise', 'experiment', 'standard', 'measure')),
    subject_id BLOB NOT NULL,
    PRIMARY KEY (subject, subject_id)
) WITHOUT ROWID, STRICT;
INSERT INTO unread_now (subject, subject_id) SELECT subject, subject_id FROM unread;
DROP TABLE unread;
ALTER TABLE unread_now RENAME TO unread;

CREATE TABLE found_thing_now (
    subject TEXT NOT NULL CHECK (subject IN ('idea', 'promise', 'experiment', 'standard', 'measure')),
    subject_id BLOB NOT NULL,
    team_id BLOB NOT NULL REFERENCES team (id),
    at INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (subject, subject_id)
) WITHOUT ROWID, STRICT;
INSERT INTO found_thing_now (subject, subject_id, team_id, at, words)
SELECT subject, subject_id, team_id, at, words FROM found_thing;
DROP TABLE found_thing;
ALTER TABLE found_thing_now RENAME TO found_thing;

-- Long words by each of their ends, so that a part of a compound finds it. Like the others sorted by what it holds.
CREATE TABLE word_part (
    part TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (part, word)
) WITHOUT ROWID, STRICT;
CREATE INDEX word_part_word ON word_part (word);

-- The clock takes the words of all that there is in once more: only what is new is written.
INSERT INTO unread (subject, subject_id)
SELECT 'idea', id FROM idea
UNION ALL SELECT 'promise', id FROM promise
UNION ALL SELECT 'experiment', id FROM experiment
UNION ALL SELECT 'standard', id FROM standard
UNION ALL SELECT 'measure', id FROM measure WHERE 1 = 1
ON CONFLICT DO NOTHING;
