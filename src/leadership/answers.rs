//! What came for somebody who threw an idea: the newest words of each answer they have not read yet.

use crate::balls::{Owes, Subject, Thrown};
use crate::calendar::Calendar;
use crate::db::{Ask, query_as};
use crate::ideas::sentences::sentence;
use crate::ids::{IdeaId, NoticeId, PersonId};
use crate::people::COLLEAGUE;
use chrono::{DateTime, Utc};

/// So many answers stand on the start page; the others are among the notices.
const MOST: i64 = 3;

// What somebody has not seen is few; the notice of an answer came in the moment of the answer. A name that the coach keeps is its author's own.
const NEWEST: &str = "
    SELECT idea.id, idea.headline, notice.id AS notice_id, ball.owes AS now_owes,
           COALESCE(ball.holder_id = $1 OR (ball.holder_id = $2 AND idea.author_id = $2), FALSE) AS mine,
           throw.number, throw.verb, throw.by_id, person.name AS by_name, throw.words, throw.at, throw.state,
           throw.holder_id,
           CASE WHEN throw.holder_id = idea.author_id THEN 'you' ELSE holder.name END AS holder_name, throw.due_at,
           team.zone, team.days, team.hours, team.holidays
    FROM (SELECT DISTINCT subject_id AS id FROM notice WHERE person_id = $1 AND unread AND subject = 'idea') AS news
    JOIN idea ON idea.id = news.id
             AND (idea.author_id = $1
                  OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = idea.id AND kept_name.person_id = $1))
    JOIN team ON team.id = idea.team_id
    JOIN throw ON throw.subject = 'idea' AND throw.subject_id = idea.id
              AND throw.number = (
                  SELECT MAX(said.number) FROM throw AS said
                  WHERE said.subject = 'idea' AND said.subject_id = idea.id AND said.words <> ''
                    AND said.verb IN ('ask', 'talk', 'go', 'try', 'help', 'pass_up', 'park', 'decline', 'merge', 'thank'))
    JOIN notice ON notice.person_id = $1 AND notice.unread AND notice.subject = 'idea' AND notice.subject_id = idea.id
              AND notice.at = throw.at
    JOIN person ON person.id = throw.by_id AND person.id <> $1
    LEFT JOIN person AS holder ON holder.id = throw.holder_id
    LEFT JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
    ORDER BY throw.at DESC, idea.id LIMIT $3";

/// The newest word of somebody else on an idea.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Said {
    id: IdeaId,
    headline: String,
    notice_id: NoticeId,
    now_owes: Option<Owes>,
    /// Whether its author has the ball.
    mine: bool,
    #[sqlx(flatten)]
    thrown: Thrown,
    #[sqlx(flatten)]
    calendar: Calendar,
}

/// What this person has not read yet on their own ideas, the newest first.
pub fn unread(person: PersonId) -> Ask<Vec<Said>> {
    query_as(NEWEST).bind(person).bind(COLLEAGUE).bind(MOST).all()
}

/// An answer on the start page.
pub struct Answer {
    /// "Tomas Berg answered: yes, do it".
    pub sentence: String,
    pub words: String,
    pub headline: String,
    pub address: String,
    /// Where it is marked as seen.
    pub seen: String,
    /// What its author can do now.
    pub deed: &'static str,
}

impl Said {
    /// As it stands on the start page.
    pub fn told(&self, now: DateTime<Utc>) -> Answer {
        let deed = self.now_owes.filter(|_| self.mine).map(|owes| owes.deed(Subject::Idea));
        Answer {
            sentence: sentence(&self.thrown, &self.calendar, now),
            words: self.thrown.words.clone(),
            headline: self.headline.clone(),
            address: format!("/ideas/{}", self.id),
            seen: format!("/notices/{}/seen", self.notice_id),
            deed: deed.map_or("Read the whole story", |deed| deed.trim_end_matches(',')),
        }
    }
}
