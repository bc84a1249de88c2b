//! The one example world: Callum and Priya of Field North, led by Tomas, who is led by Helen; Marco helps from elsewhere.
//!
//! Whoever else a test needs, such as a coach, comes in by [`TestApp`]: their being there changes what others see.

use super::prepared::{Content, Filled};
use super::{Answer, START, TestApp, Visitor};
use catchball::clockwork;
use catchball::ids::TeamId;

pub const HURT: &str = "Every quote goes through the pricing desk, even the pump we have sold 400 times";

/// Field North with everybody signed in. It is Tuesday, 3 March 2026, 10:00 in London.
pub struct FieldNorth {
    pub app: TestApp,
    pub team: TeamId,
    pub callum: Visitor,
    pub priya: Visitor,
    pub tomas: Visitor,
    pub helen: Visitor,
    pub marco: Visitor,
}

/// Found the company and hire everybody, once in a process.
pub async fn fill(app: &TestApp) -> Filled {
    app.found().await;
    let team = app.team("Field North").await;
    let helen = app.director("Helen Marsh").await;
    let tomas = app.leader_below("Tomas Berg", team, &helen).await;
    let callum = app.rep("Callum Reid", team).await;
    let priya = app.rep("Priya Nair", team).await;
    let marco = app.helper("Marco Rossi").await;
    let people = [callum, priya, tomas, helen, marco].map(|who| (who.token(), who.id, who.name));
    Filled { rolled: app.dice.rolled(), team, people: people.into() }
}

impl FieldNorth {
    pub async fn new() -> Self {
        let mut app = TestApp::on(Content::FieldNorth, START.parse().unwrap()).await;
        if app.filled.people.is_empty() {
            app.filled = Box::pin(fill(&app)).await;
        }
        let people = app.filled.people.iter();
        let mut people = people.map(|(token, id, name)| Visitor::signed_in(&app.router, &app.app, name, *id, token));
        let mut next = || people.next().unwrap();
        let (callum, priya, tomas, helen, marco) = (next(), next(), next(), next(), next());
        Self { team: app.filled.team, callum, priya, tomas, helen, marco, app }
    }

    /// With an idea of Callum's, and its address.
    pub async fn with_an_idea() -> (Self, String) {
        let north = Self::new().await;
        let address = north.callum.throws(&[("hurt", HURT)]).await.location();
        (north, address)
    }

    /// With an idea of Callum's that Tomas has answered, by this button.
    pub async fn with_an_answer(button: &str, fields: &[(&str, &str)]) -> (Self, String) {
        let (north, idea) = Self::with_an_idea().await;
        north.tomas.opens(&idea).fills(fields).sends(button).await.goes_to(&idea);
        (north, idea)
    }

    /// Send what no page offers, as somebody does who writes requests by hand and knows the version of the one idea or promise.
    pub async fn forges(&self, who: &Visitor, path: &str, fields: &[(&str, &str)]) -> Answer {
        let version = self.version(path).await.to_string();
        let mut form = vec![("version", version.as_str())];
        form.extend(fields);
        who.post(path, &form).await
    }

    async fn version(&self, path: &str) -> i64 {
        let promise = path.starts_with("/promises");
        self.app.count(if promise { "SELECT MAX(version) FROM promise" } else { "SELECT MAX(version) FROM idea" }).await
    }

    /// Let the clock turn once.
    pub async fn turn(&self) {
        clockwork::turn(&self.app.app).await.unwrap();
    }

    /// Let the clock turn once at this time.
    pub async fn turn_at(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
        self.turn().await;
    }

    /// Everybody signs in again, because a session lasts a month.
    pub async fn sign_in(&self) {
        for who in [&self.callum, &self.priya, &self.tomas, &self.helen, &self.marco] {
            self.app.signs_in(who).await;
        }
    }

    /// The one text that a statement finds.
    pub async fn text(&self, sql: &'static str) -> String {
        let mut tx = self.app.app.read().await.unwrap();
        let (text,): (String,) = tx.query_as(sql).one().await.unwrap();
        text
    }

    pub async fn state(&self) -> String {
        self.text("SELECT state FROM idea").await
    }

    /// Who has the ball of the idea, what they owe.
    pub async fn ball(&self) -> String {
        self.text("SELECT person.name || ' owes ' || ball.owes FROM ball JOIN person ON person.id = ball.holder_id WHERE ball.subject = 'idea'").await
    }

    pub async fn is_closed(&self) -> bool {
        self.app.count("SELECT COUNT(*) FROM ball WHERE subject = 'idea'").await == 0
    }

    pub async fn throws(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM throw").await
    }
}
