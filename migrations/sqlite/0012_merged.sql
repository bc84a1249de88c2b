-- Ideas that were put together with others are few: whoever reads a list looks through theirs, and not through all of their
-- own.
CREATE INDEX idea_merged_author ON idea (author_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
