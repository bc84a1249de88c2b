-- Finding: what things say, word by word, for those who may see the team. Nothing in them tells in which order things
-- came: they are keyed by what they hold.

-- Things whose words have changed since they were last taken into the tables below. A search reads them as they are.
CREATE TABLE unread (
    subject TEXT NOT NULL CHECK (subject IN ('idea', 'promise', 'experiment', 'standard')),
    subject_id UUID NOT NULL,
    PRIMARY KEY (subject, subject_id)
);
INSERT INTO unread (subject, subject_id)
SELECT 'idea', id FROM idea
UNION ALL SELECT 'promise', id FROM promise
UNION ALL SELECT 'experiment', id FROM experiment
UNION ALL SELECT 'standard', id FROM standard;

-- The words of a thing, each once, folded, with blanks between; `at` is the second the thing was made.
CREATE TABLE found_thing (
    subject TEXT NOT NULL CHECK (subject IN ('idea', 'promise', 'experiment', 'standard')),
    subject_id UUID NOT NULL,
    team_id UUID NOT NULL REFERENCES team (id),
    at BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (subject, subject_id)
);

-- In which things of a team a word stands.
CREATE TABLE found_word (
    team_id UUID NOT NULL REFERENCES team (id),
    subject TEXT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    subject_id UUID NOT NULL,
    PRIMARY KEY (team_id, subject, word, at, subject_id)
);

-- The dictionary of a team: each word, and in how many of its things it stands.
CREATE TABLE team_word (
    team_id UUID NOT NULL REFERENCES team (id),
    word TEXT COLLATE "C" NOT NULL,
    things BIGINT NOT NULL CHECK (things > 0),
    PRIMARY KEY (team_id, word)
);
CREATE INDEX team_word_word ON team_word (word);

-- Words by what is left of them when one letter is left out: two that share a key are one typing mistake apart.
CREATE TABLE spelling (
    key TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (key, word)
);
CREATE INDEX spelling_word ON spelling (word);

-- A list of ideas reads, for each team and state, as many of the newest as one page holds.
DROP INDEX IF EXISTS idea_team;
CREATE INDEX idea_team ON idea (team_id, state, thrown_at, id);
DROP INDEX IF EXISTS idea_author;
CREATE INDEX idea_author ON idea (author_id, team_id, thrown_at, id);
DROP INDEX IF EXISTS throw_holder;
CREATE INDEX throw_holder ON throw (holder_id, team_id, subject, subject_id);
CREATE INDEX promise_received ON promise (receiver_id, team_id);
