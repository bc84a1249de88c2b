//! A walk over the list of routes: strangers, foreign origins, every role, and people of another team.

use crate::support::{TestApp, Visitor};
use axum::body::Body;
use axum::http::{Method, Request};
use catchball::balls::Subject;
use catchball::experiments::{self, Plan};
use catchball::ideas::{self, NewIdea};
use catchball::ids::{PersonId, ThrowId};
use catchball::moves::Move;
use catchball::notices::{self, Notice};
use catchball::people::absences::Away;
use catchball::people::{self, Person, Role};
use catchball::promises;
use catchball::routes::{Route, all};
use catchball::standards::{self, Text};
use catchball::web::policy::Policy;
use uuid::Uuid;

/// One record of each kind in Field North, as the addresses name them.
pub struct Records {
    team: Uuid,
    person: Uuid,
    measure: Uuid,
    idea: Uuid,
    promise: Uuid,
    experiment: Uuid,
    standard: Uuid,
    absence: Uuid,
    comment: Uuid,
    picture: Uuid,
    notice: Uuid,
}

impl Records {
    /// The address of a route with these records in it.
    pub fn fill(&self, path: &str) -> String {
        let of = path.split('/').nth(1).unwrap_or_default();
        let id = match of {
            "teams" => self.team,
            "people" => self.person,
            "measures" => self.measure,
            "ideas" => self.idea,
            "promises" => self.promise,
            "experiments" => self.experiment,
            "standards" => self.standard,
            "absences" => self.absence,
            "comments" => self.comment,
            "pictures" => self.picture,
            "notices" => self.notice,
            _ => Uuid::nil(),
        };
        path.replace("{id}", &id.to_string()).replace("{code}", "no-such-code")
    }
}

/// The company with everybody in it, and a second team whose people must see nothing of the first.
pub struct Company {
    pub app: TestApp,
    pub records: Records,
    pub people: Vec<(Visitor, Person)>,
    pub others: Vec<Visitor>,
}

pub async fn company() -> Company {
    let app = TestApp::new().await;
    let (north, south) = (app.team("Field North").await, app.team("Field South").await);
    let helen = app.director("Helen").await;
    let tomas = app.leader_below("Tomas", north, &helen).await;
    let priya = app.rep("Priya", north).await;
    let everybody =
        vec![priya, tomas, helen, app.helper("Marco").await, app.coach("Ines").await, app.admin("Owen").await];
    let others = vec![app.rep("Ben", south).await, app.leader("Ruth", south).await];
    let mut people = Vec::new();
    for visitor in everybody {
        let person = load(&app, visitor.id).await;
        people.push((visitor, person));
    }
    let records = records(&app, &people[0].0, &people[0].1, &people[1].1, people[2].1.id).await;
    Company { app, records, people, others }
}

async fn load(app: &TestApp, id: PersonId) -> Person {
    people::store::person(&mut app.app.read().await.unwrap(), id).await.unwrap().unwrap()
}

async fn records(app: &TestApp, keeper: &Visitor, priya: &Person, tomas: &Person, helen: PersonId) -> Records {
    let team = priya.team().unwrap();
    let measure = app.measure(team, keeper, "Quote turnaround").await;
    let mut tx = app.app.write().await.unwrap();
    let mut ideas = Vec::new();
    for hurt in ["The desk is slow", "The sheet is old", "The card is lost"] {
        let (key, new) = (tx.new_id(), NewIdea::saying(hurt));
        let id = ideas::verbs::throw_idea(&mut tx, priya, key, &new).await.unwrap().id;
        ideas.push(ideas::store::idea(&mut tx, id).await.unwrap());
    }
    let deed = |tx: &catchball::db::Tx| tx.new_id::<ThrowId>();
    let key = deed(&tx);
    ideas::verbs::try_it(&mut tx, &ideas[1], Move::of(key, tomas, "Yes, let us try it."), None).await.unwrap();
    let key = deed(&tx);
    let plan = Plan { name: "A new sheet".into(), ..Plan::default() };
    let origin = experiments::Origin { team, idea: Some(ideas[1].id), previous: None };
    let drafted = experiments::verbs::draft(&mut tx, origin, Move::of(key, priya, ""), &plan).await;
    let experiment = drafted.unwrap_or_else(|undone| panic!("{undone:?}"));
    let key = deed(&tx);
    ideas::verbs::go(&mut tx, &ideas[2], Move::of(key, tomas, "Yes, do it."), None).await.unwrap();
    let key = deed(&tx);
    let text = Text { name: "Five looks".into(), ..Text::default() };
    let origin = standards::Origin { team, idea: Some(ideas[2].id), experiment: None };
    let opened = standards::verbs::open(&mut tx, origin, Move::of(key, priya, ""), priya.id, &text).await;
    let standard = opened.unwrap_or_else(|undone| panic!("{undone:?}"));
    let soon = (tx.now() + chrono::TimeDelta::days(9)).date_naive();
    let key = tx.new_id();
    let promise =
        promises::verbs::give(&mut tx, &ideas[0], Move::of(key, tomas, ""), "two hours a week", soon).await.unwrap();
    let (absence, day) = (tx.new_id(), tx.now().date_naive());
    let away = Away { id: absence, person_id: priya.id, from_on: day, to_on: day, deputy_id: None, version: 1 };
    people::absences::store::add(&mut tx, &away).await.unwrap();
    let notice = Notice {
        person: helen,
        kind: notices::NoticeKind::News,
        subject: Subject::Idea,
        id: ideas[0].id.0,
        words: "It moved.".into(),
    };
    notices::store::tell(&mut tx, &notice).await.unwrap();
    tx.commit().await.unwrap();
    let comment = app.app.world.id();
    let fields = [("key", comment.to_string()), ("words", "Look".into())];
    let fields = fields.each_ref().map(|(name, text)| (*name, text.as_str()));
    let file = crate::pictures::png();
    let path = format!("/ideas/{}/comments", ideas[0].id);
    keeper.post_files(&path, &fields, &[("pictures", "a.png", &file)]).await.is(303);
    Records {
        team: team.0,
        person: priya.id.0,
        measure: measure.0,
        idea: ideas[0].id.0,
        promise: promise.0,
        experiment: experiment.id.0,
        standard: standard.id.0,
        absence: absence.0,
        comment,
        picture: one(app, "SELECT id FROM picture").await,
        notice: one(
            app,
            "SELECT notice.id FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Helen'",
        )
        .await,
    }
}

async fn one(app: &TestApp, sql: &'static str) -> Uuid {
    let (id,): (Uuid,) = app.app.read().await.unwrap().query_as(sql).one().await.unwrap();
    id
}

pub fn is_unsafe(route: &Route) -> bool {
    route.method != Method::GET
}

#[tokio::test]
async fn every_closed_route_sends_a_stranger_to_sign_in() {
    let Company { app, records, .. } = company().await;
    let stranger = app.stranger();
    let before = app.app.db.counter();
    for route in all().into_iter().filter(|route| !route.policy.is_open()) {
        let path = records.fill(route.path);
        if is_unsafe(&route) {
            stranger.post(&path, &[("hurt", "kept words")]).await.is(401).sees("Sign in").sees("kept words");
        } else {
            let to = stranger.get(&path).await.location();
            assert!(to.starts_with("/session/new?next=%2F"), "{path} goes to {to}");
        }
    }
    assert_eq!(app.app.db.counter(), before);
}

#[tokio::test]
async fn every_unsafe_route_refuses_a_foreign_origin() {
    let Company { app, records, people, .. } = company().await;
    let before = app.app.db.counter();
    let foreign = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
    ];
    for route in all().into_iter().filter(is_unsafe) {
        let path = records.fill(route.path);
        for header in foreign {
            for (visitor, _) in &people {
                visitor
                    .method(&route.method, &path, &[header])
                    .await
                    .is(403)
                    .sees("This did not come from a page of Catchball");
            }
            app.stranger().method(&route.method, &path, &[header]).await.is(403);
        }
        for (visitor, _) in &people {
            // A cookie, and nothing that says from which page.
            visitor.method(&route.method, &path, &[]).await.is(403).sees("Sec-Fetch-Site");
            visitor.method(&route.method, &path, &[("referer", "http://catchball.test/")]).await.is(403);
        }
    }
    assert_eq!(app.app.db.counter(), before);
}

#[tokio::test]
async fn every_role_gets_what_the_policy_of_the_route_says() {
    let Company { app, records, people, .. } = company().await;
    // Signing out is the one form that needs no field; it would end the walk.
    for route in all().into_iter().filter(|route| route.path != "/session/removal") {
        let path = records.fill(route.path);
        for (visitor, person) in &people {
            let before = app.app.db.counter();
            let answer = if is_unsafe(&route) {
                visitor.post_raw(&path, "application/x-www-form-urlencoded", Body::empty()).await
            } else {
                visitor.get(&path).await
            };
            let status = answer.status.as_u16();
            // Its address names the idea it begins with; without one there is nothing to show. Nor are there slips of hours,
            // nor anything that was learned.
            let begins_with_an_idea = matches!(
                route.path,
                "/standards/new" | "/measures/{id}/slips/new" | "/library/{id}" | "/library/{id}/story"
            );
            let told = format!("{} {path} by {} ({:?}): {status}", route.method, visitor.name, route.policy);
            assert!(status < 500 && status != 401, "{told}");
            // A wrong password is counted, to slow down guessing.
            let counts_guesses = matches!(route.path, "/session" | "/password");
            assert!(status < 400 || counts_guesses || app.app.db.counter() == before, "{told} and something was kept");
            if !route.policy.admits(person) || route.policy == Policy::Example {
                assert_eq!(status, 404, "{told}");
            } else if sees_the_team(person) && !is_unsafe(&route) && !route.policy.is_open() && !begins_with_an_idea {
                assert!(matches!(status, 200 | 303 | 403 | 422), "{told}");
            }
        }
    }
}

/// Whether the person belongs to Field North or leads it.
fn sees_the_team(person: &Person) -> bool {
    person.is(Role::Rep) || person.leads()
}

#[tokio::test]
async fn foreign_and_missing_records_are_the_same_404() {
    let Company { app, records, others, .. } = company().await;
    let missing = Records {
        team: Uuid::max(),
        person: Uuid::max(),
        measure: Uuid::max(),
        idea: Uuid::max(),
        promise: Uuid::max(),
        experiment: Uuid::max(),
        standard: Uuid::max(),
        absence: Uuid::max(),
        comment: Uuid::max(),
        picture: Uuid::max(),
        notice: Uuid::max(),
    };
    let before = app.app.db.counter();
    for route in all().into_iter().filter(|route| route.path.contains("{id}")) {
        for visitor in &others {
            let mut pages = Vec::new();
            for records in [&records, &missing] {
                let path = records.fill(route.path);
                let fields = [("version", "1"), ("words", "x"), ("line", "x")];
                let answer =
                    if is_unsafe(&route) { visitor.post(&path, &fields).await } else { visitor.get(&path).await };
                pages.push(answer.is(404).text("main h1"));
            }
            assert_eq!(pages[0], pages[1], "{}", route.path);
        }
    }
    assert_eq!(app.app.db.counter(), before, "a write transaction was kept for a foreign record");
}

#[tokio::test]
async fn no_get_changes_anything() {
    let Company { app, records, people, .. } = company().await;
    let before = app.app.db.counter();
    for route in all().into_iter().filter(|route| !is_unsafe(route)) {
        for (visitor, _) in &people {
            visitor.get(&records.fill(route.path)).await;
        }
    }
    assert_eq!(app.app.db.counter(), before);
}

#[tokio::test]
async fn an_identifier_that_can_not_be_read_is_a_thing_that_does_not_exist() {
    let Company { people, .. } = company().await;
    for route in all().into_iter().filter(|route| route.path.contains("{id}")) {
        let path = route.path.replace("{id}", "%F0%9F%8E%BE'--");
        let (visitor, _) = &people[1];
        let request = Request::builder().method(&route.method).uri(&path).header("sec-fetch-site", "same-origin");
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        visitor.send(request.body(Body::from("key=x")).unwrap()).await.is(404);
    }
}
