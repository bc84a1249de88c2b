-- Whether the author of an idea that was put together with another may read that one: whoever put them together decides it
-- once, by what they may see themselves, and it stays when they change their place.
ALTER TABLE idea ADD COLUMN opened BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE idea SET opened = TRUE WHERE merged_into_id IS NOT NULL;

-- Ideas that were put together with others are few: whoever reads a list looks through theirs, and not through all of their
-- own.
CREATE INDEX idea_merged_author ON idea (author_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
