-- A second notice about the same thing that was seen.
INSERT INTO notice (id, person_id, kind, subject, subject_id, words, at, unread, more, just_seen) VALUES ('00000000-0000-0000-0000-000000000150', '00000000-0000-0000-0000-000000000005', 'ball', 'idea', '00000000-0000-0000-0000-00000000000a', 'It was with you.', '2026-03-01T09:00:00+00:00', FALSE, 0, FALSE);
