//! Who sends letters and slips bears marks that stand nowhere else. Whatever becomes of them, the marks are in no row, in no
//! file, the log before its end among them, in no line of the log at its finest level, and in nothing that is said.

use super::logged::Lines;
use super::traces::{holds, is_on_postgres, stored};
use super::{Device, Letterbox, drop_in, sends};
use crate::support::{TestApp, Visitor, hours};
use catchball::clockwork;
use catchball::measures::{Definition, Kind};
use chrono::TimeDelta;

const CANARY: Device = Device { agent: "Canary-Agent/7.31337", address: "198.51.100.77" };

/// All that is stored now, with the write-ahead log as it stands.
async fn files(app: &TestApp) -> Vec<u8> {
    let mut bytes = stored(app).await;
    bytes.extend(app.log_file());
    bytes
}

/// The marks, and how often each is found.
fn found(bytes: &[u8], marks: &[Vec<u8>]) -> Vec<usize> {
    marks.iter().map(|mark| holds(bytes, mark)).collect()
}

fn marks(who: &Visitor) -> Vec<Vec<u8>> {
    let id = who.id.0;
    let hex = id.simple().to_string();
    let mut marks: Vec<Vec<u8>> = [CANARY.agent, CANARY.address, "canary of a flash", &who.cookie("session").unwrap()]
        .map(|mark| mark.as_bytes().to_vec())
        .into();
    marks.extend([vec![198, 51, 100, 77], id.to_string().into_bytes(), hex.to_uppercase().into_bytes()]);
    marks.push(who.name.clone().into_bytes());
    marks
}

#[tokio::test]
async fn no_mark_of_who_sent_it_is_left_of_long_letters_of_slips_and_of_one_that_fails() {
    let letterbox = Letterbox::new().await;
    let (app, callum) = (&letterbox.app, &letterbox.callum);
    let slips = Definition {
        kind: Kind::Slips,
        unit: "hours".into(),
        least_slips: Some(5),
        ..hours(letterbox.more[0].id, "Admin")
    };
    let measure = app.measure_as(letterbox.team, &letterbox.more[0], slips).await;
    callum.set_cookie("flash", "A+canary+of+a+flash");
    let wanted = marks(callum);
    app.app.db.empty_log().await;
    let before = found(&files(app).await, &wanted);
    let log = Lines::default();
    let lines = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false);
    let guard = tracing::subscriber::set_default(lines.with_max_level(tracing::Level::TRACE).finish());
    let letter = |number: usize| format!("Letter-{number}-mark. {}", "It goes on and on. ".repeat(number % 3 * 150));
    let mut codes = Vec::new();
    for number in 0..12 {
        app.clock.forward(TimeDelta::minutes(11));
        codes.push(drop_in(callum, &letterbox.path, &letter(number), CANARY).await.is(200).value_of("#code"));
        assert_eq!(found(&files(app).await, &wanted), before, "letter {number}");
    }
    let key = "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b10";
    let more = [("code", codes[3].as_str()), ("act", "said"), ("words", "More of it"), ("key", key)];
    sends(callum, "/letters/moves", &more, CANARY).await.is(200);
    let slip = [("key", "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11"), ("value", "12.5")];
    sends(callum, &format!("/measures/{measure}/slips"), &slip, CANARY).await.is(303);
    assert_eq!(found(&files(app).await, &wanted), before, "a slip and words by a code");
    let rename = async |sql: &'static str| {
        let mut tx = app.app.write_quietly().await.unwrap();
        tx.query(sql).execute().await.unwrap();
        tx.commit().await.unwrap();
    };
    rename("ALTER TABLE piece RENAME TO lost").await;
    drop_in(callum, &letterbox.path, &letter(2), CANARY).await.is(500).does_not_see(&callum.name);
    rename("ALTER TABLE lost RENAME TO piece").await;
    rename("ALTER TABLE slip_box RENAME TO lost").await;
    let slip = [("key", "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b12"), ("value", "12.5")];
    let failed = sends(&letterbox.priya, &format!("/measures/{measure}/slips"), &slip, CANARY).await;
    assert!(failed.status.is_server_error(), "{}", failed.status);
    rename("ALTER TABLE lost RENAME TO slip_box").await;
    assert_eq!(found(&files(app).await, &wanted), before, "one that fails");
    assert_eq!(log.taken(), "", "at trace");
    clockwork::turn(&app.app).await.unwrap();
    drop(guard);
    let told = [log.taken(), app.post.said().join("\n")].concat().into_bytes();
    assert_eq!(found(&told, &wanted), vec![0; wanted.len()], "what is told");
    let bytes = files(app).await;
    assert_eq!(found(&bytes, &wanted), before);
    assert!(is_on_postgres() || holds(&bytes, b"Letter-3-mark") > 0, "the search finds what is there");
    for code in codes {
        let plain = catchball::letters::code::read(&code).unwrap();
        for code in [code.clone(), plain.to_uppercase(), plain] {
            assert_eq!(holds(&bytes, code.as_bytes()) + holds(&told, code.as_bytes()), 0, "a code");
        }
    }
}
