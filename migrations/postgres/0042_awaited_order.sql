-- What people wait for from somebody is listed by need: what is over, or will be first, stands first.
DROP INDEX ball_awaited;
CREATE INDEX ball_awaited ON ball (holder_id, due_at, since, subject_id)
    WHERE owes IN ('catch', 'answer', 'keep', 'safety', 'respond', 'renew');
