-- An unread notice takes in the next one about the same thing: it is found by the thing, however many others are unread.
CREATE INDEX notice_about ON notice (person_id, subject_id, kind);
