-- Who is away and who stands in, without a reason and no longer than it is needed; for whom a ball is held, and how far
-- the end of its clock was told.

CREATE TABLE absence (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    from_on DATE NOT NULL,
    to_on DATE NOT NULL,
    deputy_id UUID REFERENCES person (id),
    version BIGINT NOT NULL,
    CHECK (from_on <= to_on),
    CHECK (deputy_id <> person_id)
);
CREATE INDEX absence_person ON absence (person_id, to_on);
CREATE INDEX absence_deputy ON absence (deputy_id);

ALTER TABLE ball ADD COLUMN for_id UUID REFERENCES person (id);
ALTER TABLE ball ADD COLUMN told BIGINT NOT NULL DEFAULT 0 CHECK (told >= 0);
