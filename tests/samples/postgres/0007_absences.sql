-- Somebody is away, and somebody else holds a ball for them.
INSERT INTO absence (id, person_id, from_on, to_on, deputy_id, version) VALUES ('00000000-0000-0000-0000-000000000080', '00000000-0000-0000-0000-000000000004', '2026-03-02', '2026-03-06', '00000000-0000-0000-0000-000000000005', 1);
UPDATE ball SET holder_id = '00000000-0000-0000-0000-000000000005', for_id = '00000000-0000-0000-0000-000000000004', told = 1 WHERE subject = 'idea' AND subject_id = '00000000-0000-0000-0000-00000000000a';
