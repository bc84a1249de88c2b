-- An idea that can be found, and one that was thrown just now.
INSERT INTO found_thing (subject, subject_id, team_id, at, words) VALUES ('idea', x'0000000000000000000000000000000a', x'00000000000000000000000000000002', 1772442000, 'hurts it');
INSERT INTO found_word (team_id, subject, word, at, subject_id) VALUES (x'00000000000000000000000000000002', 'idea', 'hurts', 1772442000, x'0000000000000000000000000000000a'), (x'00000000000000000000000000000002', 'idea', 'it', 1772442000, x'0000000000000000000000000000000a');
INSERT INTO team_word (team_id, word, things) VALUES (x'00000000000000000000000000000002', 'hurts', 1), (x'00000000000000000000000000000002', 'it', 1);
INSERT INTO spelling (key, word) VALUES ('hurts', 'hurts'), ('hurt', 'hurts');
INSERT INTO unread (subject, subject_id) VALUES ('idea', x'00000000000000000000000000000aaa');
