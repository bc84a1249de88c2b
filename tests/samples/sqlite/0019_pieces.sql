-- A piece of the letter that lies in its box.
INSERT INTO piece (key, whole_id, place, words) VALUES (x'00000000000000000000000000000190', x'00000000000000000000000000000101', 0, ' and goes on');
