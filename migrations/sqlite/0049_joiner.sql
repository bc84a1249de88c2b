-- Somebody who came by a link to join and waits until an admin lets them in. Until then they are nobody here.
CREATE TABLE joiner (
    id BLOB PRIMARY KEY,
    link_id BLOB NOT NULL,
    team_id BLOB NOT NULL REFERENCES team (id),
    role TEXT NOT NULL CHECK (role IN ('rep', 'team_leader')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_key TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL
) STRICT;
