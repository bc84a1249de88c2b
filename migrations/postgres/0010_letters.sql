-- Letters of authors whom nobody knows: the box of a team, what lies in it, and what is added by the code.

-- The whole company as a unit for nameless letters of small teams: the one who catches them; nobody for a team.
ALTER TABLE team ADD COLUMN wide_head_id UUID REFERENCES person (id);

-- Who may see a team: its people, its leader and everybody above, and the coach. The whole company as a unit is seen by
-- the one who catches its letters, everybody above, and the coach.
DROP VIEW sight;
CREATE VIEW sight AS
WITH RECURSIVE above (team_id, person_id) AS (
    SELECT team_id, person_id FROM role WHERE role = 'team_leader'
    UNION
    SELECT team.id, team.wide_head_id FROM team WHERE team.wide_head_id IS NOT NULL
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

-- The link of a team's letterbox. It names a team and nobody, and is shown again on its poster.
CREATE TABLE letterbox (
    team_id UUID PRIMARY KEY REFERENCES team (id),
    secret TEXT NOT NULL UNIQUE CHECK (length(secret) >= 24)
);

-- A letter: a chance number, the unit, the words, the Monday of its week, where it is, the hash of its return code.
-- No other time and no running number: those would tell when it came.
CREATE TABLE letter (
    id UUID PRIMARY KEY,
    team_id UUID NOT NULL REFERENCES team (id),
    hurt TEXT NOT NULL CHECK (length(hurt) <= 100000),
    why TEXT NOT NULL CHECK (length(why) <= 100000),
    better TEXT NOT NULL CHECK (length(better) <= 100000),
    needed_change TEXT NOT NULL CHECK (length(needed_change) <= 100000),
    small_try TEXT NOT NULL CHECK (length(small_try) <= 100000),
    benefit TEXT NOT NULL CHECK (length(benefit) <= 100000),
    week DATE NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('lying', 'delivered')),
    code_hash BYTEA NOT NULL UNIQUE CHECK (length(code_hash) = 32)
);

-- What an author adds or does by the code, until the next morning's post takes it.
CREATE TABLE letter_word (
    id UUID PRIMARY KEY,
    letter_id UUID NOT NULL REFERENCES letter (id),
    verb TEXT NOT NULL,
    words TEXT NOT NULL CHECK (length(words) <= 100000),
    week DATE NOT NULL
);
CREATE INDEX letter_word_letter ON letter_word (letter_id);

-- The day on which the morning post last went to a team, whether or not anything lay in its box.
CREATE TABLE letter_post (
    team_id UUID PRIMARY KEY REFERENCES team (id),
    last_on DATE NOT NULL
);
