-- The ball of an idea that another person waits for.
INSERT INTO ball (subject, subject_id, team_id, holder_id, owes, since, due_at, resting, waits_id) VALUES ('idea', x'00000000000000000000000000000130', x'00000000000000000000000000000002', x'00000000000000000000000000000004', 'catch', '2026-03-02T10:00:00+00:00', '2026-03-05T09:00:00+00:00', FALSE, x'00000000000000000000000000000005');
