-- Measures are found too, and words inside of longer ones.
ALTER TABLE unread DROP CONSTRAINT unread_subject_check;
ALTER TABLE unread ADD CONSTRAINT unread_subject_check
    CHECK (subject IN ('idea', 'promise', 'experiment', 'standard', 'measure'));
ALTER TABLE found_thing DROP CONSTRAINT found_thing_subject_check;
ALTER TABLE found_thing ADD CONSTRAINT found_thing_subject_check
    CHECK (subject IN ('idea', 'promise', 'experiment', 'standard', 'measure'));

-- Long words by each of their ends, so that a part of a compound finds it. Like the others keyed by what it holds.
CREATE TABLE word_part (
    part TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (part, word)
);
CREATE INDEX word_part_word ON word_part (word);

-- The clock takes the words of all that there is in once more: only what is new is written.
INSERT INTO unread (subject, subject_id)
SELECT 'idea', id FROM idea
UNION ALL SELECT 'promise', id FROM promise
UNION ALL SELECT 'experiment', id FROM experiment
UNION ALL SELECT 'standard', id FROM standard
UNION ALL SELECT 'measure', id FROM measure
ON CONFLICT DO NOTHING;
