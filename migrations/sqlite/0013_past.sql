-- Whether an idea was thrown past somebody. Who leads a team changes, so the chain of today does not tell it.
ALTER TABLE idea ADD COLUMN past INTEGER NOT NULL DEFAULT 0 CHECK (past IN (0, 1));

-- Of what was thrown before, whatever went to somebody else than the leader counts as thrown past them, as it did until now;
-- but for what the leader threw.
UPDATE idea SET past = TRUE
WHERE way <> 'nameless'
  AND EXISTS (SELECT 1 FROM throw
              WHERE throw.subject = 'idea' AND throw.subject_id = idea.id AND throw.number = 1
                AND NOT EXISTS (SELECT 1 FROM role
                                WHERE role.role = 'team_leader' AND role.team_id = idea.team_id
                                  AND role.person_id IN (throw.holder_id, idea.author_id)));
