-- A link by which anybody who has it adds themselves to a team, until its day. Its code is signed and stands nowhere.
CREATE TABLE join_link (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    role TEXT NOT NULL CHECK (role IN ('rep', 'team_leader')),
    last_day TEXT NOT NULL,
    joined INTEGER NOT NULL DEFAULT 0,
    UNIQUE (team_id, role)
) STRICT;
