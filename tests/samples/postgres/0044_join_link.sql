-- A link by which reps join a team.
INSERT INTO join_link (id, team_id, role, last_day, joined) VALUES ('00000000-0000-0000-0000-000000000081', '00000000-0000-0000-0000-000000000002', 'rep', '2026-04-15', 2);
