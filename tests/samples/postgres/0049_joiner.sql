-- Somebody who waits to be let in.
INSERT INTO joiner (id, link_id, team_id, role, name, email, email_key, password) VALUES ('00000000-0000-0000-0000-000000000082', '00000000-0000-0000-0000-000000000081', '00000000-0000-0000-0000-000000000002', 'rep', 'Eva', 'eva@example.com', 'eva@example.com', 'a hash');
