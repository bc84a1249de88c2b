-- A long word by two of its ends.
INSERT INTO word_part (part, word) VALUES ('zeit', 'lieferzeit'), ('rzeit', 'lieferzeit');
