-- The ball of another idea, which rests until a day.
INSERT INTO ball (subject, subject_id, team_id, holder_id, owes, since, due_at, resting, waits_id) VALUES ('idea', x'00000000000000000000000000000170', x'00000000000000000000000000000002', x'00000000000000000000000000000004', 'wake', '2026-03-02T10:00:00+00:00', '2026-04-05T09:00:00+00:00', TRUE, x'00000000000000000000000000000005');
