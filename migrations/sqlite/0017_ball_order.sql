-- The lists of a start page end where they are full: their whole order stands in the index, so that balls with the same
-- due time, however many, are not sorted. What rests until a day is few and is found by itself.
DROP INDEX ball_waits;
CREATE INDEX ball_waits ON ball (waits_id, due_at, since, subject_id);
DROP INDEX ball_work;
CREATE INDEX ball_work ON ball (holder_id, due_at, since, subject_id)
    WHERE owes NOT IN ('catch', 'answer', 'keep', 'safety', 'respond', 'renew', 'follow');
CREATE INDEX ball_wakes ON ball (holder_id, since, subject_id) WHERE owes = 'wake';
