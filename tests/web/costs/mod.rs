//! What pages and moves ask of the database: a handful of statements in a few trips, however many rows they show.
//!
//! `COSTS=1 cargo test --test web costs -- --nocapture` prints what was counted. Sign-in is counted, beginning and
//! ending a transaction are not. What asks more than the rule stands in `table`, with its number and a reason.

mod example;
mod moves;
mod pages;
mod rows;
mod table;

use crate::support::{Answer, TestApp, Visitor};
use catchball::db::Costs;

/// What one request cost.
struct Counted {
    /// Method and path, as the list of routes or the table names it.
    what: String,
    /// Who asked for which address.
    told: String,
    costs: Costs,
}

/// Open the page as if everything had just changed, so that nothing is taken from a cache.
async fn opens(app: &TestApp, who: &Visitor, path: &str) -> (Answer, Costs) {
    app.app.write().await.unwrap().commit().await.unwrap();
    let before = app.app.db.costs();
    let answer = who.get(path).await;
    (answer, app.app.db.costs() - before)
}

/// Send a form as if everything had just changed.
async fn sends(app: &TestApp, who: &Visitor, path: &str, fields: &[(&str, &str)]) -> (Answer, Costs) {
    app.app.write().await.unwrap().commit().await.unwrap();
    let before = app.app.db.costs();
    let answer = who.post(path, fields).await;
    (answer, app.app.db.costs() - before)
}

/// The dearest of each kind against the rule and the exceptions from it.
#[track_caller]
fn judge(counted: Vec<Counted>, most: Costs, exceptions: &[table::Exception]) {
    let mut dearest: Vec<Counted> = Vec::new();
    for one in counted {
        match dearest.iter_mut().find(|other| other.what == one.what) {
            Some(other) if (other.costs.statements, other.costs.trips) < (one.costs.statements, one.costs.trips) => {
                *other = Counted { costs: larger(other.costs, one.costs), ..one };
            }
            Some(other) => other.costs = larger(other.costs, one.costs),
            None => dearest.push(one),
        }
    }
    let mut wrong = Vec::new();
    for one in &dearest {
        let Costs { statements, trips } = one.costs;
        if std::env::var_os("COSTS").is_some() {
            println!("{statements:>4} statements {trips:>4} trips  {:<45} {}", one.what, one.told);
        }
        let exception = exceptions.iter().find(|(what, ..)| *what == one.what);
        let (statements_allowed, trips_allowed) =
            exception.map_or((most.statements, most.trips), |(_, statements, trips, _)| (*statements, *trips));
        if statements > statements_allowed || trips > trips_allowed {
            let allowed = format!("{statements_allowed} statements and {trips_allowed} trips are allowed");
            wrong.push(format!("{} asks {statements} in {trips} trips, {allowed} ({})", one.what, one.told));
        } else if exception.is_some() && statements <= most.statements && trips <= most.trips {
            wrong.push(format!("{} keeps to the rule: take it out of the table", one.what));
        }
    }
    for (what, ..) in exceptions {
        if !dearest.iter().any(|one| one.what == *what) {
            wrong.push(format!("{what} stands in the table and was not counted"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn larger(one: Costs, other: Costs) -> Costs {
    Costs { statements: one.statements.max(other.statements), trips: one.trips.max(other.trips) }
}
