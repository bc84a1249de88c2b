-- The index is filled from the ideas there are.
UPDATE idea SET version = version + 1;
