-- Who is away and who stands in, without a reason and no longer than it is needed; for whom a ball is held, and how far
-- the end of its clock was told.

CREATE TABLE absence (
    id BLOB PRIMARY KEY NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,
    deputy_id BLOB REFERENCES person (id),
    version INTEGER NOT NULL,
    CHECK (from_on <= to_on),
    CHECK (deputy_id <> person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX absence_person ON absence (person_id, to_on);
CREATE INDEX absence_deputy ON absence (deputy_id);

ALTER TABLE ball ADD COLUMN for_id BLOB REFERENCES person (id);
ALTER TABLE ball ADD COLUMN told INTEGER NOT NULL DEFAULT 0 CHECK (told >= 0);
