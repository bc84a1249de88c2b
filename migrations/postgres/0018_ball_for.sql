-- Balls that are held for somebody who is away are few: who may be asked further on their behalf is found by them alone.
CREATE INDEX ball_for ON ball (holder_id) WHERE for_id IS NOT NULL;
