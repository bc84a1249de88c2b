-- Somebody who waits to be let in.
INSERT INTO joiner (id, link_id, team_id, role, name, email, email_key, password) VALUES (x'00000000000000000000000000000082', x'00000000000000000000000000000081', x'00000000000000000000000000000002', 'rep', 'Eva', 'eva@example.com', 'eva@example.com', 'a hash');
