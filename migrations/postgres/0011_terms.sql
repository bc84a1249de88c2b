-- What a throw of a promise named. A nameless receiver names something too, and the place of a row tells between which
-- others it came: here the morning post lays the rows anew by their names, so the table stays as it is.

COMMENT ON TABLE promise_term IS 'laid anew by the morning post';
