-- Ideas in full: the whole table of states, three ways to throw, words that may be changed, and notices.

-- Placeholders that stand where a protected author would: nobody can sign in as one, and they are in no list of people.
ALTER TABLE person ADD COLUMN mask BOOLEAN NOT NULL DEFAULT FALSE;
INSERT INTO person (id, name, email, email_key, created_at, mask) VALUES
    ('00000000-0000-4000-8000-000000000001', 'A colleague', 'mask:colleague', 'mask:colleague', '2026-01-01T00:00:00+00:00', TRUE),
    ('00000000-0000-4000-8000-000000000002', 'Somebody', 'mask:somebody', 'mask:somebody', '2026-01-01T00:00:00+00:00', TRUE);

ALTER TABLE idea
    ADD COLUMN way TEXT NOT NULL DEFAULT 'named' CHECK (way IN ('named', 'kept', 'nameless')),
    ADD COLUMN carried BOOLEAN NOT NULL DEFAULT FALSE,
    ADD COLUMN headline TEXT NOT NULL DEFAULT '-' CHECK (length(headline) BETWEEN 1 AND 200),
    ADD COLUMN problem_id UUID REFERENCES idea (id),
    ADD COLUMN merged_into_id UUID REFERENCES idea (id),
    ADD COLUMN hurts BIGINT NOT NULL DEFAULT 0 CHECK (hurts >= 0),
    DROP CONSTRAINT idea_state_check,
    DROP CONSTRAINT idea_hurt_check,
    DROP CONSTRAINT idea_why_check,
    DROP CONSTRAINT idea_better_check,
    DROP CONSTRAINT idea_needed_change_check,
    DROP CONSTRAINT idea_small_try_check,
    DROP CONSTRAINT idea_benefit_check,
    ADD CONSTRAINT idea_state_check CHECK (state IN ('new', 'caught', 'question', 'go', 'trying', 'helping', 'passed_up',
        'parked', 'declined', 'thrown_back', 'delivered', 'done', 'learned', 'closed_declined', 'merged', 'withdrawn')),
    ADD CONSTRAINT idea_hurt_check CHECK (length(hurt) BETWEEN 1 AND 100000),
    ADD CONSTRAINT idea_why_check CHECK (length(why) <= 100000),
    ADD CONSTRAINT idea_better_check CHECK (length(better) <= 100000),
    ADD CONSTRAINT idea_needed_change_check CHECK (length(needed_change) <= 100000),
    ADD CONSTRAINT idea_small_try_check CHECK (length(small_try) <= 100000),
    ADD CONSTRAINT idea_benefit_check CHECK (length(benefit) <= 100000);
UPDATE idea SET headline = substr(CASE WHEN position(chr(10) IN trim(hurt)) > 1
    THEN substr(trim(hurt), 1, position(chr(10) IN trim(hurt)) - 1) ELSE hurt END, 1, 140);
ALTER TABLE idea
    ALTER COLUMN way DROP DEFAULT,
    ALTER COLUMN carried DROP DEFAULT,
    ALTER COLUMN headline DROP DEFAULT,
    ALTER COLUMN hurts DROP DEFAULT;
CREATE INDEX idea_problem ON idea (problem_id);
CREATE INDEX idea_merged ON idea (merged_into_id);

ALTER TABLE throw DROP CONSTRAINT throw_words_check;
ALTER TABLE throw ADD CONSTRAINT throw_words_check CHECK (length(words) <= 100000);
CREATE INDEX ball_due ON ball (due_at);

-- The name of an author that the coach keeps, apart from the idea; each reading of it is on record.
CREATE TABLE kept_name (
    idea_id UUID PRIMARY KEY REFERENCES idea (id),
    person_id UUID NOT NULL REFERENCES person (id)
);
CREATE INDEX kept_name_person ON kept_name (person_id);
CREATE TABLE name_reading (
    id UUID PRIMARY KEY,
    idea_id UUID NOT NULL REFERENCES idea (id),
    reader_id UUID NOT NULL REFERENCES person (id),
    why TEXT NOT NULL CHECK (length(why) BETWEEN 1 AND 500),
    at TIMESTAMPTZ NOT NULL
);
CREATE INDEX name_reading_idea ON name_reading (idea_id, at);

-- The words of an idea as they were before their author changed them.
CREATE TABLE idea_wording (
    idea_id UUID NOT NULL REFERENCES idea (id),
    number BIGINT NOT NULL CHECK (number > 0),
    hurt TEXT NOT NULL,
    why TEXT NOT NULL,
    better TEXT NOT NULL,
    needed_change TEXT NOT NULL,
    small_try TEXT NOT NULL,
    benefit TEXT NOT NULL,
    PRIMARY KEY (idea_id, number)
);

-- What somebody should know: a ball that came or whose clock ran out, or news. Whether it was seen, never when.
CREATE TABLE notice (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('ball', 'news')),
    subject TEXT NOT NULL CHECK (subject IN ('measure', 'idea', 'promise', 'experiment', 'standard')),
    subject_id UUID NOT NULL,
    words TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 500),
    at TIMESTAMPTZ NOT NULL,
    unread BOOLEAN NOT NULL
);
CREATE INDEX notice_person ON notice (person_id, unread, at);
