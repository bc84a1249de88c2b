-- What the page of leadership reads: the newest ideas of the whole company, how many were thrown in each month, and when
-- each lost its last ball.
CREATE INDEX idea_thrown ON idea (thrown_at, id);
CREATE INDEX throw_closing ON throw (subject_id, at, verb)
    WHERE subject = 'idea' AND holder_id IS NULL AND verb <> 'thank';
