-- The index is filled from the balls there are.
UPDATE ball SET told = told + 1;
