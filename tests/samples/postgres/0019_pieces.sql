-- A piece of the letter that lies in its box.
INSERT INTO piece (key, whole_id, place, words) VALUES ('00000000-0000-0000-0000-000000000190', '00000000-0000-0000-0000-000000000101', 0, ' and goes on');
