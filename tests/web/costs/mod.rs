//! What pages and moves ask of the database: a handful of statements in a few trips, however many rows they show.
//!
//! `COSTS=show cargo test --test web costs -- --nocapture` prints what was counted. Sign-in is counted, beginning and
//! ending a transaction are not. What asks more than the rule stands in a file beside this, with its numbers and a reason.

mod example;
mod moves;
mod pages;
mod rows;
mod table;

use crate::support::{Answer, TestApp, Visitor};
use catchball::db::Costs;
use catchball::measures::card_cache::CardCache;
use table::Exception;

/// What one request cost.
struct Counted {
    /// Method and path, as the list of routes or the table names it.
    what: String,
    /// Who asked for which address.
    told: String,
    costs: Costs,
}

/// Forget whatever was drawn or read before, as if everything had just changed.
async fn forget(app: &TestApp) {
    app.app.write().await.unwrap().commit().await.unwrap();
    app.app.memory::<CardCache>().forget();
}

/// Open the page with nothing taken from a cache.
async fn opens(app: &TestApp, who: &Visitor, path: &str) -> (Answer, Costs) {
    forget(app).await;
    let before = app.app.db.costs();
    let answer = who.get(path).await;
    (answer, app.app.db.costs() - before)
}

/// Send a form with nothing taken from a cache.
async fn sends(app: &TestApp, who: &Visitor, path: &str, fields: &[(&str, &str)]) -> (Answer, Costs) {
    forget(app).await;
    let before = app.app.db.costs();
    let answer = who.post(path, fields).await;
    (answer, app.app.db.costs() - before)
}

/// The dearest of each kind against the rule and the exceptions from it.
#[track_caller]
fn judge(counted: Vec<Counted>, most: Costs, file: &str) {
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
    let known = table::read(file);
    let keeps = |costs: Costs| costs.statements <= most.statements && costs.trips <= most.trips;
    let asked = std::env::var("COSTS").unwrap_or_default();
    if asked == "write" {
        let too_many = dearest.iter().filter(|one| !keeps(one.costs));
        return table::write(file, &known, too_many.map(|one| (one.what.as_str(), one.costs)));
    }
    let mut wrong = Vec::new();
    for Counted { what, told, costs } in &dearest {
        let Costs { statements, trips } = *costs;
        if asked == "show" {
            println!("{statements:>4} statements {trips:>4} trips  {what:<45} {told}");
        }
        let exception = known.iter().find(|known| known.what == *what);
        let allowed = exception.map_or(most, |known| known.costs);
        if statements > allowed.statements || trips > allowed.trips {
            wrong.push(format!("{what} asks {costs:?}, {allowed:?} are allowed ({told})"));
        } else if exception.is_some() && keeps(*costs) {
            wrong.push(format!("{what} keeps to the rule: take it out of {file}"));
        } else if exception.is_some_and(|known| statements < known.costs.statements || trips < known.costs.trips) {
            wrong.push(format!("{what} asks less now, {costs:?}: COSTS=write writes it into {file}"));
        }
    }
    for Exception { what, reason, .. } in &known {
        if !dearest.iter().any(|one| one.what == *what) {
            wrong.push(format!("{what} stands in {file} ({reason}) and was not counted"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn larger(one: Costs, other: Costs) -> Costs {
    Costs { statements: one.statements.max(other.statements), trips: one.trips.max(other.trips) }
}
