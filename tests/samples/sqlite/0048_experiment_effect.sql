-- An experiment that counts cases, and a day of its event.
INSERT INTO experiment_effect (experiment_id, way, what, before_yes, before_of, stated, wanted, planned, fewer, alike, balance_id, answers, last_form) VALUES (x'0000000000000000000000000000001e', 'cases', 'a quote with an answer', 8, 20, TRUE, 12, 20, FALSE, FALSE, x'00000000000000000000000000000014', 'yny', x'80');
INSERT INTO experiment_event (experiment_id, on_day) VALUES (x'0000000000000000000000000000001e', '2026-03-02');
