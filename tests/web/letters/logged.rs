//! What the log says at its finest level: nothing of letters, whatever comes of them.

use super::{LAPTOP, Letterbox, drop_in, opens, sends};
use crate::support::field_north::HURT;
use catchball::clockwork;
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

/// The lines of the log.
#[derive(Clone, Default)]
pub(super) struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Lines {
    /// What was written since the last time.
    pub(super) fn taken(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

const TOO_LARGE: usize = 40 * 1024 * 1024;

#[tokio::test]
async fn at_trace_nothing_is_written_of_letters_that_come_that_are_refused_and_that_fail() {
    let letterbox = Letterbox::new().await;
    let (app, stranger, path) = (&letterbox.app, letterbox.app.stranger(), letterbox.path.clone());
    let log = Lines::default();
    let lines = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false);
    let guard = tracing::subscriber::set_default(lines.with_max_level(tracing::Level::TRACE).finish());
    letterbox.callum.throws(&[("hurt", "By name")]).await.is(303);
    assert!(log.taken().contains("path=\"/ideas\""), "a throw by name leaves a line");
    let code = drop_in(&stranger, &path, HURT, LAPTOP).await.is(200).value_of("#code");
    opens(&stranger, "/letters", LAPTOP).await.is(200);
    letterbox.looks(&code).await.is(200);
    letterbox.looks("0000").await.is(422);
    letterbox.acts(&code, "said", "More of it").await.is(200);
    opens(&stranger, "/letterbox/nonsense", LAPTOP).await.is(404);
    // One that is too large, one of another site, and one without a key: before its form is read nobody knows what it is.
    let large = "x".repeat(TOO_LARGE);
    let large = sends(&letterbox.callum, "/ideas", &[("letterbox", &path), ("hurt", &large)], LAPTOP).await;
    assert!(!large.status.is_success(), "{}", large.status);
    let foreign = axum::http::Request::post("/ideas").header("sec-fetch-site", "cross-site");
    stranger.send(foreign.body(axum::body::Body::from("letterbox=x")).unwrap()).await.is(403);
    sends(&letterbox.callum, "/ideas", &[("letterbox", "x"), ("hurt", HURT)], LAPTOP).await.is(400);
    assert_eq!(log.taken(), "");
    // A fault of ours.
    let mut tx = app.app.write().await.unwrap();
    tx.query("ALTER TABLE piece RENAME TO lost").execute().await.unwrap();
    tx.commit().await.unwrap();
    log.taken();
    let page = opens(&stranger, &path, LAPTOP).await.is(200);
    let fields = ["key", "letterbox", "code"].map(|name| (name, page.value_of(&format!("input[name='{name}']"))));
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("hurt", HURT));
    let failed = sends(&letterbox.callum, "/ideas", &fields, LAPTOP).await.is(500).does_not_see("Callum");
    failed.sees("nobody can see when it was").sees(HURT);
    letterbox.looks(&code).await.is(500);
    assert_eq!(log.taken(), "");
    app.clock.forward(chrono::TimeDelta::minutes(1));
    let _some_of_it_fails = clockwork::turn(&app.app).await;
    assert!(!log.taken().contains("letters could not be taken"), "not in the same week");
    app.clock.forward(chrono::TimeDelta::days(7));
    let _failed_too = clockwork::turn(&app.app).await;
    drop(guard);
    let told = log.taken();
    assert!(
        told.contains("letters could not be taken or read in the weeks before") && told.contains("failed="),
        "{told}"
    );
}
