//! `GET /leadership`: how leadership works, on the charts that everybody is measured on; open to all, without a name.

use crate::App;
use crate::calendar::Calendar;
use crate::error::Result;
use crate::leadership::system::chart::{Climb, SystemChart, shares, times};
use crate::leadership::system::counts::{Experiments, Stalls, kept_share};
use crate::leadership::system::flow::{AFTER, Quarter, Sums, decided_here, quarters, sums};
use crate::leadership::system::places::{Level, pyramid};
use crate::leadership::system::store;
use crate::locale::form;
use crate::promises::counts::{self, Counts, PublicAnswers};
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::TimeDelta;

/// How leadership works.
#[derive(Template)]
#[template(path = "leadership/leadership.html")]
pub struct LeadershipPage {
    pub page: Layout,
    /// Time to a person, time to a real answer.
    pub times: [SystemChart; 2],
    pub stalls: Stalls,
    /// How many more were thrown than finished in the last months that are drawn.
    pub growth: i64,
    pub levels: Vec<Level>,
    pub sums: Option<Sums>,
    pub climb: Option<Climb>,
    /// The same as the picture, month by month, the newest first.
    pub months: Vec<(String, Sums)>,
    pub quarters: Vec<Quarter>,
    pub after: [i64; 3],
    pub decided: SystemChart,
    pub promises: Counts,
    pub causes: String,
    pub kept: SystemChart,
    pub answers: PublicAnswers,
    pub experiments: Experiments,
}

/// `GET /leadership`
pub async fn show(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let about_ideas = (store::latest(member.id), store::steps(), store::outcomes(now - YEAR));
    let about_all = (store::places(now), store::tallies(now));
    let about_promises = (counts::outcomes(now), counts::public_answers(now));
    let asked = tx.ask((about_ideas, about_all, about_promises)).await?;
    let ((latest, steps, outcomes), (held, tallies), (due, answers)) = asked;
    tx.commit().await?;
    let calendar = latest.last().map_or_else(|| Calendar::usual(chrono_tz::UTC), |idea| idea.calendar.clone());
    let today = calendar.date_of(now);
    let all = sums(&tallies, today);
    let named = |sums: &Sums| (sums.month.format(&form("%B %Y")).to_string(), *sums);
    let grown = |first: &Sums, last: &Sums| (last.thrown - first.thrown) - (last.finished - first.finished);
    html(&LeadershipPage {
        page: frame.layout("Leadership", "leadership"),
        times: times(&latest, &steps, now),
        stalls: tallies.stalls(),
        growth: all.first().zip(all.last()).map_or(0, |(first, last)| grown(first, last)),
        levels: pyramid(&held, &calendar, now),
        sums: all.last().copied(),
        climb: Climb::of(&all),
        months: all.iter().rev().map(named).collect(),
        quarters: quarters(&outcomes, now),
        after: AFTER,
        decided: shares("decided", "Decided where the work is", &decided_here(&outcomes, today)),
        promises: Counts::of(&due),
        causes: counts::told(&tallies.causes()),
        kept: shares("kept", "Promises kept as promised", &kept_share(&counts::by_four_weeks(&due, now))),
        answers,
        experiments: tallies.experiments(),
    })
}

/// What became of ideas is followed for so long.
const YEAR: TimeDelta = TimeDelta::days(366);
