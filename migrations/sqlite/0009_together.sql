-- Together: who is hurt too, who would like to join, the conversation with its pictures, following, drafts.

-- One row for each who said so, never shown to anybody but themselves; the number stands in the idea.
CREATE TABLE hurt_too (
    idea_id BLOB NOT NULL REFERENCES idea (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (idea_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE volunteer (
    idea_id BLOB NOT NULL REFERENCES idea (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (idea_id, person_id)
) STRICT, WITHOUT ROWID;

-- The writer is a placeholder where the author of the idea is protected. A comment that was taken back is shown to nobody;
-- its words are erased when its undoing is over.
CREATE TABLE comment (
    id BLOB PRIMARY KEY NOT NULL,
    idea_id BLOB NOT NULL REFERENCES idea (id),
    writer_id BLOB NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    changed INTEGER NOT NULL CHECK (changed IN (0, 1)),
    taken_back_at TEXT,
    words TEXT NOT NULL CHECK (length(words) <= 100000)
) STRICT, WITHOUT ROWID;
CREATE INDEX comment_idea ON comment (idea_id, at);
CREATE INDEX comment_taken_back ON comment (taken_back_at) WHERE taken_back_at IS NOT NULL;

-- Drawn anew from what was sent: no byte of the file and nothing that was written into it. Without a comment it belongs to
-- the throw itself.
CREATE TABLE picture (
    id BLOB PRIMARY KEY NOT NULL,
    idea_id BLOB NOT NULL REFERENCES idea (id),
    comment_id BLOB REFERENCES comment (id),
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 6),
    kind TEXT NOT NULL CHECK (kind IN ('jpeg', 'png')),
    width INTEGER NOT NULL CHECK (width BETWEEN 1 AND 2000),
    height INTEGER NOT NULL CHECK (height BETWEEN 1 AND 2000),
    words TEXT NOT NULL CHECK (length(words) <= 500),
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 5000000)
) STRICT;
CREATE INDEX picture_idea ON picture (idea_id);
CREATE INDEX picture_comment ON picture (comment_id);

-- What somebody chose for themselves; without a row it follows from the part they play.
CREATE TABLE following (
    idea_id BLOB NOT NULL REFERENCES idea (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    follows INTEGER NOT NULL CHECK (follows IN (0, 1)),
    PRIMARY KEY (idea_id, person_id)
) STRICT, WITHOUT ROWID;

-- Private property of whoever writes: read only through their own session, gone when it is sent.
CREATE TABLE draft (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 100),
    address TEXT NOT NULL CHECK (length(address) BETWEEN 1 AND 200),
    fields TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    UNIQUE (person_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_saved ON draft (saved_at);

-- How many unread notices about the same thing this one stands for, and whether the last press on "seen" saw it.
ALTER TABLE notice ADD COLUMN more INTEGER NOT NULL DEFAULT 0 CHECK (more >= 0);
ALTER TABLE notice ADD COLUMN just_seen INTEGER NOT NULL DEFAULT 0 CHECK (just_seen IN (0, 1));
