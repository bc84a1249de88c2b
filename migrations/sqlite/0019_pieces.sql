-- Words of letters that do not fit into their row, in pieces: each under a key of chance and too small ever to leave its
-- page, so that neither the place in the file nor the order of pages tells when a letter came. Gone with the post.
CREATE TABLE piece (
    key BLOB PRIMARY KEY NOT NULL CHECK (length(key) = 16),
    -- The letter, or what was added to one, that it is a piece of.
    whole_id BLOB NOT NULL CHECK (length(whole_id) = 16),
    place INTEGER NOT NULL,
    words TEXT NOT NULL CHECK (length(words) <= 700)
) STRICT, WITHOUT ROWID;
