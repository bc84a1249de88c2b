//! Take it home: an experiment of one's own team begins with another team's lesson in it, with a request for a go-see.

use super::{Lesson, store};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::{self, Origin, Plan};
use crate::ids::ExperimentId;
use crate::moves::{Move, MoveError, Moved, Refusal};
use crate::notices::{self, Notice, NoticeKind};
use crate::promises::PromiseRequest;
use crate::promises::verbs::request;
use crate::subject::Subject;
use chrono::Days;

/// By when the go-see is asked for, in calendar days.
const GO_SEE_DAYS: u64 = 14;

/// Begin an experiment in one's own team with this lesson in it, and ask its owner, or their leader, to show it.
///
/// # Errors
/// A sentence that says what is possible instead.
pub async fn take(tx: &mut Tx, lesson: &Lesson, this: Move<'_>) -> Moved<ExperimentId> {
    let person = this.person().ok_or(Error::NotFound)?;
    let Some(team) = person.team() else {
        return Err(Refusal::saying("You are in no team. Tell a team of it: they can take it home.").into());
    };
    if team == lesson.team_id {
        return Err(Refusal::saying("This is your own team\u{2019}s. Another team can take it home.").into());
    }
    let (Some(tried), whole) =
        tx.ask((experiments::store::find(lesson.experiment_id), crate::people::store::team(team))).await?
    else {
        return Err(Error::NotFound.into());
    };
    let plan = Plan {
        measure_id: None,
        from_about: None,
        to_about: None,
        starts_on: None,
        ends_on: None,
        with_whom: String::new(),
        ..tried.plan
    };
    let origin = Origin { team, idea: None, previous: None };
    let drafted = experiments::verbs::draft(tx, origin, Move { words: "", ..this }, &plan).await?;
    store::take_home(tx, drafted.id, lesson.experiment_id).await?;
    let today = whole.map_or_else(|| tx.now().date_naive(), |team| team.calendar.date_of(tx.now()));
    let what = format!("Show us how you do it, where you do it: {}", lesson.name);
    for of in [Some(lesson.owner_id), tx.ask(store::leader(lesson.team_id)).await?].into_iter().flatten() {
        let asked = PromiseRequest {
            of,
            what: what.clone(),
            how: String::new(),
            day: today + Days::new(GO_SEE_DAYS),
            idea: None,
            team: Some(team),
        };
        let go_see = Move { key: tx.new_id(), words: "", ..this };
        match request(tx, go_see, &asked).await {
            Ok(_) => break,
            Err(MoveError::Refused(_)) => {}
            Err(failed) => return Err(failed),
        }
    }
    let words = format!("{} takes this home and would like to see how you do it: {}", person.name, lesson.name);
    let (subject, id) = (Subject::Experiment, lesson.experiment_id.0);
    let notice = Notice { person: lesson.owner_id, kind: NoticeKind::News, subject, id, words };
    notices::store::tell(tx, &notice).await?;
    Ok(drafted.id)
}
