-- What is tried too often is counted in memory, by who tries it; nothing of it is stored.
DROP TABLE sign_in_try;
DROP TABLE screen_try;

-- What this installation alone knows: it names its cookies and signs what they hold.
CREATE TABLE installation (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT;
INSERT INTO installation (id, secret) VALUES (1, randomblob(32));
