//! Letters of authors whom nobody knows: the letterbox, the morning post, the way back, and that nothing is left of who.

mod adversary;
mod brakes;
mod canaries;
pub mod dump;
mod files;
mod forgetting;
mod journey;
mod logged;
mod promises;
mod traces;
mod twins;
mod words;

use crate::support::{Answer, FieldNorth, Visitor, is_also};
use axum::body::Body;
use axum::http::Request;
use catchball::clockwork;
use catchball::web::server::Peer;

/// Field North with five reps, a coach, an admin, and a letterbox that is up.
pub struct Letterbox {
    pub north: FieldNorth,
    pub ines: Visitor,
    pub owen: Visitor,
    pub more: Vec<Visitor>,
    /// The path of the letterbox.
    pub path: String,
}

is_also!(Letterbox, north: FieldNorth);

/// From which device somebody writes.
#[derive(Clone, Copy)]
pub struct Device {
    pub agent: &'static str,
    pub address: &'static str,
}

pub const LAPTOP: Device = Device { agent: "Laptop/1.0", address: "192.0.2.10" };

impl Letterbox {
    pub async fn new() -> Self {
        let north = FieldNorth::new().await;
        let (ines, owen) = (north.app.coach("Ines Vidal").await, north.app.admin("Owen Price").await);
        let team = north.team;
        let mut more = Vec::new();
        for name in ["Dana Cole", "Evan Hart", "Freya Lund"] {
            more.push(north.app.rep(name, team).await);
        }
        let mut letterbox = Self { north, ines, owen, more, path: String::new() };
        letterbox.put_up().await;
        letterbox
    }

    /// Put it up, or give it a new address.
    pub async fn put_up(&mut self) {
        let poster = format!("/teams/{}/letterbox", self.team);
        self.tomas.post(&poster, &[("a", "b")]).await.goes_to(&poster);
        let link = self.tomas.get(&poster).await.is(200).value_of("#link");
        self.path = link.strip_prefix("http://catchball.test").unwrap().to_owned();
    }

    /// Somebody puts a letter in; the answer shows the code.
    pub async fn drop_in(&self, who: &Visitor, hurt: &str) -> Answer {
        drop_in(who, &self.path, hurt, LAPTOP).await
    }

    /// A stranger puts a letter in; its code.
    pub async fn code(&self, hurt: &str) -> String {
        self.drop_in(&self.app.stranger(), hurt).await.is(200).value_of("#code")
    }

    /// The next working morning, a minute after opening; the post goes.
    pub async fn next_morning(&self) {
        let now = self.app.now();
        let mut day = now.date_naive() + chrono::Days::new(1);
        while matches!(chrono::Datelike::weekday(&day), chrono::Weekday::Sat | chrono::Weekday::Sun) {
            day = day + chrono::Days::new(1);
        }
        self.app.clock.set(day.and_hms_opt(8, 1, 0).unwrap().and_utc());
        clockwork::turn(&self.app.app).await.unwrap();
        for who in [&self.callum, &self.priya, &self.tomas, &self.helen, &self.ines, &self.owen] {
            self.app.signs_in(who).await;
        }
    }

    /// Come with a code.
    pub async fn looks(&self, code: &str) -> Answer {
        self.app.stranger().opens("/letters").fills(&[("code", code)]).sends("See what came of it").await
    }

    /// Do something by a code.
    pub async fn acts(&self, code: &str, act: &str, words: &str) -> Answer {
        self.app.stranger().post("/letters/moves", &[("code", code), ("act", act), ("words", words)]).await
    }

    /// The address of the one nameless idea there is.
    pub async fn idea(&self) -> String {
        let mut tx = self.app.app.read().await.unwrap();
        let (id,): (uuid::Uuid,) = tx.query_as("SELECT id FROM idea WHERE way = 'nameless'").one().await.unwrap();
        format!("/ideas/{id}")
    }
}

/// Open a page from a device.
pub async fn opens(who: &Visitor, path: &str, from: Device) -> Answer {
    let request = Request::get(path).header("user-agent", from.agent).extension(Peer(from.address.parse().unwrap()));
    who.send(request.body(Body::empty()).unwrap()).await
}

/// Send a form from a device.
pub async fn sends(who: &Visitor, path: &str, fields: &[(&str, &str)], from: Device) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = Request::post(path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("user-agent", from.agent)
        .extension(Peer(from.address.parse().unwrap()));
    who.send(request.body(Body::from(body)).unwrap()).await
}

/// Open the letterbox and put a letter in.
pub async fn drop_in(who: &Visitor, path: &str, hurt: &str, from: Device) -> Answer {
    let page = opens(who, path, from).await.is(200);
    let secret = page.value_of("input[name='letterbox']");
    let fields = [
        ("key", page.value_of("input[name='key']")),
        ("letterbox", secret),
        ("code", page.value_of("input[name='code']")),
        ("hurt", hurt.to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    sends(who, "/ideas", &fields, from).await
}
