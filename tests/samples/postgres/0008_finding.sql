-- An idea that can be found, and one that was thrown just now.
INSERT INTO found_thing (subject, subject_id, team_id, at, words) VALUES ('idea', '00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-000000000002', 1772442000, 'hurts it');
INSERT INTO found_word (team_id, subject, word, at, subject_id) VALUES ('00000000-0000-0000-0000-000000000002', 'idea', 'hurts', 1772442000, '00000000-0000-0000-0000-00000000000a'), ('00000000-0000-0000-0000-000000000002', 'idea', 'it', 1772442000, '00000000-0000-0000-0000-00000000000a');
INSERT INTO team_word (team_id, word, things) VALUES ('00000000-0000-0000-0000-000000000002', 'hurts', 1), ('00000000-0000-0000-0000-000000000002', 'it', 1);
INSERT INTO spelling (key, word) VALUES ('hurts', 'hurts'), ('hurt', 'hurts');
INSERT INTO unread (subject, subject_id) VALUES ('idea', '00000000-0000-0000-0000-000000000aaa');
