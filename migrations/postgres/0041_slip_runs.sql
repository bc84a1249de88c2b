-- In how many runs of the program slips came into a box: each more of them asks for one slip more.
ALTER TABLE slip_box ADD COLUMN runs BIGINT NOT NULL DEFAULT 1 CHECK (runs > 0);
