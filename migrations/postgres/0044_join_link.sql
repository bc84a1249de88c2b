-- A link by which anybody who has it adds themselves to a team, until its day. Its code is signed and stands nowhere.
CREATE TABLE join_link (
    id UUID PRIMARY KEY,
    team_id UUID NOT NULL REFERENCES team (id),
    role TEXT NOT NULL CHECK (role IN ('rep', 'team_leader')),
    last_day DATE NOT NULL,
    joined BIGINT NOT NULL DEFAULT 0,
    UNIQUE (team_id, role)
);
