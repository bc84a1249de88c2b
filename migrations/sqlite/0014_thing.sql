-- Whatever a ball can lie on, under one name: its title, its team, the idea it comes from. Everything begins with a throw, so
-- the first throw says that there is such a thing, and its key leads to it on both engines.
CREATE VIEW thing AS
SELECT first.subject, first.subject_id AS id,
       COALESCE(idea.headline, promise.what, experiment.name, standard.name, measure.name, '') AS title,
       first.team_id,
       COALESCE(idea.id, promise.idea_id, experiment.idea_id, standard.idea_id) AS idea_id
FROM throw AS first
LEFT JOIN idea ON first.subject = 'idea' AND idea.id = first.subject_id
LEFT JOIN promise ON first.subject = 'promise' AND promise.id = first.subject_id
LEFT JOIN experiment ON first.subject = 'experiment' AND experiment.id = first.subject_id
LEFT JOIN standard ON first.subject = 'standard' AND standard.id = first.subject_id
LEFT JOIN measure ON first.subject = 'measure' AND measure.id = first.subject_id
WHERE first.number = 1;
