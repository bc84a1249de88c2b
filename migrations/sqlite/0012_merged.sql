-- Whether the author of an idea that was put together with another may read that one: whoever put them together decides it
-- once, by what they may see themselves, and it stays when they change their place.
ALTER TABLE idea ADD COLUMN opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1));
UPDATE idea SET opened = 1 WHERE merged_into_id IS NOT NULL;

-- Ideas that were put together with others are few: whoever reads a list looks through theirs, and not through all of their
-- own.
CREATE INDEX idea_merged_author ON idea (author_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
