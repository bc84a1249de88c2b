-- The organisation, its people, and what a request needs before it can be answered.

CREATE TABLE organisation (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    zone TEXT NOT NULL,
    example INTEGER NOT NULL CHECK (example IN (0, 1)),
    created_at TEXT NOT NULL
) STRICT;

-- Moved by every write in the same transaction; caches and live pages ask it.
CREATE TABLE change (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    counter INTEGER NOT NULL
) STRICT;
INSERT INTO change (id, counter) VALUES (1, 0);

-- The hash of the one-time link that is printed on the console.
CREATE TABLE set_up (
    token_hash BLOB PRIMARY KEY,
    expires_at TEXT NOT NULL
) STRICT;

-- The calendar of a team is text in the form people type it: "Mon Tue", "08:00-12:00, 13:00-17:00".
CREATE TABLE team (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    name_key TEXT NOT NULL UNIQUE,
    zone TEXT NOT NULL,
    days TEXT NOT NULL,
    hours TEXT NOT NULL,
    holidays TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL
) STRICT;

-- A person without a password has an invitation to accept.
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    email TEXT NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    email_key TEXT NOT NULL UNIQUE,
    password TEXT,
    next_level_id BLOB REFERENCES person (id),
    department TEXT NOT NULL DEFAULT '' CHECK (length(department) <= 120),
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE role (
    person_id BLOB NOT NULL REFERENCES person (id),
    role TEXT NOT NULL CHECK (role IN ('rep', 'team_leader', 'director', 'helper', 'coach', 'admin')),
    team_id BLOB REFERENCES team (id),
    PRIMARY KEY (person_id, role),
    CHECK ((role IN ('rep', 'team_leader')) = (team_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX role_one_leader ON role (team_id) WHERE role = 'team_leader';

-- Who may see a team: its people, its leader and everybody above, and the coach.
CREATE VIEW sight AS
WITH RECURSIVE above (team_id, person_id) AS (
    SELECT team_id, person_id FROM role WHERE role = 'team_leader'
    UNION
    SELECT above.team_id, person.next_level_id
    FROM above JOIN person ON person.id = above.person_id
    WHERE person.next_level_id IS NOT NULL
)
SELECT person_id, team_id FROM above
UNION
SELECT person_id, team_id FROM role WHERE team_id IS NOT NULL
UNION
SELECT role.person_id, team.id FROM role CROSS JOIN team WHERE role.role = 'coach';

-- No time of sign-in and no time of last use: nobody's presence is a figure.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person_id);

CREATE TABLE invitation (
    code_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL UNIQUE REFERENCES person (id),
    expires_at TEXT NOT NULL
) STRICT;

-- Tries to sign in by the hash of what was typed as e-mail address, known or not; a row lives three minutes.
CREATE TABLE sign_in_try (
    email_hash BLOB PRIMARY KEY,
    tries INTEGER NOT NULL,
    ends_at TEXT NOT NULL
) STRICT;
