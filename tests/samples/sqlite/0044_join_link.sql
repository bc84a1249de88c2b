-- A link by which reps join a team.
INSERT INTO join_link (id, team_id, role, last_day, joined) VALUES (x'00000000000000000000000000000081', x'00000000000000000000000000000002', 'rep', '2026-04-15', 2);
