-- Who waits for what the holder owes: the author, the receiver, the owner; nobody for a measure. With it, and with the
-- conditions of the lists, a start page reads its first rows from an index, however many balls are open.
ALTER TABLE ball ADD COLUMN waits_id BLOB REFERENCES person (id);
UPDATE ball SET waits_id = (
    SELECT author_id FROM idea WHERE id = ball.subject_id
    UNION ALL SELECT receiver_id FROM promise WHERE id = ball.subject_id
    UNION ALL SELECT owner_id FROM experiment WHERE id = ball.subject_id
    UNION ALL SELECT owner_id FROM standard WHERE id = ball.subject_id);
CREATE INDEX ball_waits ON ball (waits_id, due_at);
CREATE INDEX ball_awaited ON ball (holder_id, since)
    WHERE owes IN ('catch', 'answer', 'keep', 'safety', 'respond', 'renew');
CREATE INDEX ball_work ON ball (holder_id, due_at)
    WHERE owes NOT IN ('catch', 'answer', 'keep', 'safety', 'respond', 'renew', 'follow');
