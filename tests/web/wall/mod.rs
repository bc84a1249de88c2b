//! The wall: televisions, the board they show, and what they hear.

mod board;
pub mod live;
mod pairing;
mod unseen;

use crate::support::{Answer, TestApp, Visitor};
use catchball::balls::{self, Hold, Owes, Subject, Throw};
use catchball::experiments::Experiment;
use catchball::experiments::Origin;
use catchball::experiments::{self, Plan, Verb};
use catchball::ideas::{self, NewIdea};
use catchball::ids::{PersonId, TeamId, ThrowId};
use catchball::moves::Move;
use catchball::people::Person;
use uuid::Uuid;

/// A television that shows its code.
async fn television(app: &TestApp) -> (Visitor, String) {
    let tv = app.stranger();
    assert_eq!(tv.get("/wall").await.is(200).attributes("form", "action"), ["/wall/pairing"]);
    tv.opens("/wall").sends("Show a code").await.goes_to("/wall");
    let code = tv.get("/wall").await.is(200).text(".wall-code");
    (tv, code)
}

/// Somebody pairs the screen that shows this code with the team.
async fn pairs(keeper: &Visitor, code: &str, team: TeamId) -> Answer {
    let fields = [("code", code), ("name", "North corner"), ("team", &team.to_string())];
    keeper.opens("/screens").fills(&fields).sends("Pair the screen").await
}

/// A television that shows the board of the team.
pub async fn paired(app: &TestApp, keeper: &Visitor, team: TeamId) -> Visitor {
    let (tv, code) = television(app).await;
    pairs(keeper, &code, team).await.goes_to("/screens");
    tv
}

/// A measure of the team with these values, the last one in the week before this.
async fn measured(app: &TestApp, team: TeamId, keeper: &Visitor, name: &str, values: &[f64]) {
    let id = app.measure(team, keeper, name).await;
    app.values(id, keeper, values).await;
}

/// Somebody throws an idea.
async fn throws(app: &TestApp, author: &Visitor, hurt: &str) {
    let mut tx = app.app.write().await.unwrap();
    let key = tx.new_id::<ThrowId>();
    let person = catchball::people::store::person(&mut tx, author.id).await.unwrap().unwrap();
    let new = NewIdea::saying(hurt);
    ideas::verbs::throw_idea(&mut tx, &person, key, &new).await.unwrap();
    tx.commit().await.unwrap();
}

/// A ball of the team with somebody.
async fn ball(app: &TestApp, team: TeamId, holder: PersonId, owes: Owes, due_in_hours: i64) {
    let due_at = Some(app.now() + chrono::TimeDelta::hours(due_in_hours));
    let mut tx = app.app.write().await.unwrap();
    let throw = Throw {
        key: tx.new_id::<ThrowId>(),
        subject: Subject::Promise,
        id: tx.new_id::<Uuid>(),
        team,
        verb: "promise",
        by: Some(holder),
        words: "canary-words-of-a-throw",
        state: "promised",
        hold: Some(Hold { holder, owes, due_at }),
    };
    balls::store::throw(&mut tx, &throw).await.unwrap();
    tx.commit().await.unwrap();
}

/// An experiment of the author that runs from yesterday for four weeks.
async fn experiment(app: &TestApp, team: TeamId, owner: &Visitor, plan: Plan) -> Experiment {
    let today = app.now().date_naive();
    let text = || String::from("canary-of-the-plan");
    let plan = Plan {
        starts_on: today.pred_opt(),
        ends_on: today.checked_add_days(chrono::Days::new(20)),
        doing: text(),
        stop_rule: text(),
        must_not_worsen: text(),
        benefit: text(),
        keep_plan: text(),
        ..plan
    };
    let mut tx = app.app.write().await.unwrap();
    let person = catchball::people::store::person(&mut tx, owner.id).await.unwrap().unwrap();
    let origin = Origin { team, idea: None, previous: None };
    let drafted = experiments::verbs::draft(&mut tx, origin, this(app, &person, ""), &plan).await.unwrap();
    let ready = experiments::verbs::act(&mut tx, &drafted, this(app, &person, ""), Verb::Declare).await.unwrap();
    let started = experiments::verbs::act(&mut tx, &ready, this(app, &person, ""), Verb::Start).await.unwrap();
    tx.commit().await.unwrap();
    started
}

fn this<'a>(app: &TestApp, by: &'a Person, words: &'a str) -> Move<'a> {
    Move::of(ThrowId(app.app.world.id()), by, words)
}
