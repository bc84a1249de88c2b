//! What counts once each counts once also when it is sent twelve times at the same moment, with twelve forms.

use crate::letters::{LAPTOP, Letterbox, drop_in, sends};
use crate::support::field_north::HURT;
use crate::support::measured::Measured;
use crate::support::{Answer, FieldNorth, Visitor, hours};
use catchball::measures::{Definition, Kind};
use futures_util::future::join_all;
use uuid::Uuid;

const TIMES: usize = 12;

/// The same form twelve times at once, each with a key of its own; how many were taken.
async fn at_once(who: &Visitor, path: &str, fields: &[(&str, &str)]) -> usize {
    let answers = join_all((0..TIMES).map(|_| who.post(path, fields))).await;
    answers.iter().filter(|answer| answer.status.as_u16() == 303).count()
}

async fn slips_at_once(stage: &Measured, who: &Visitor, keys: &[String]) -> Vec<Answer> {
    join_all(keys.iter().map(async |key| stage.posts(who, "slips", &[("key", key.as_str()), ("value", "60")]).await))
        .await
}

fn keys() -> Vec<String> {
    (1..=TIMES as u128).map(|number| Uuid::from_u128(number).to_string()).collect()
}

#[tokio::test]
async fn twelve_slips_of_one_person_are_one() {
    let north = FieldNorth::new().await;
    for name in ["Dana", "Evan", "Freya"] {
        north.app.rep(name, north.team).await;
    }
    let slips = Definition {
        kind: Kind::Slips,
        unit: "hours".into(),
        least_slips: Some(5),
        ceiling: Some(60.0),
        ..hours(north.callum.id, "Admin hours")
    };
    let stage = Measured::of(north, slips).await;
    let answers = slips_at_once(&stage, &stage.priya, &keys()).await;
    let taken = answers.iter().filter(|answer| answer.status.as_u16() == 303).count();
    assert_eq!((taken, stage.app.count("SELECT COUNT(*) FROM slip_key").await), (1, 1));
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM slip_box WHERE slips = 1 AND total = 60").await, 1);
    // One form that is sent twelve times is taken twelve times, and counts once.
    let one = vec![Uuid::from_u128(99).to_string(); TIMES];
    let answers = slips_at_once(&stage, &stage.callum, &one).await;
    assert!(answers.iter().all(|answer| answer.status.as_u16() == 303));
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM slip_box WHERE slips = 2 AND total = 120").await, 1);
    // What was refused for another reason leaves room for a right one.
    stage.posts(&stage.tomas, "slips", &[("value", "61")]).await.is(422);
    stage.posts(&stage.tomas, "slips", &[("value", "60")]).await.is(303);
}

#[tokio::test]
async fn twelve_taps_on_one_button_are_one() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for noun in ["hurts", "volunteers", "following"] {
        assert_eq!(at_once(&north.priya, &format!("{idea}/{noun}"), &[]).await, TIMES, "{noun}");
    }
    assert_eq!(north.app.count("SELECT hurts FROM idea").await, 1);
    for table in ["SELECT COUNT(*) FROM hurt_too", "SELECT COUNT(*) FROM volunteer"] {
        assert_eq!(north.app.count(table).await, 1, "{table}");
    }
    at_once(&north.priya, &format!("{idea}/hurts/removal"), &[]).await;
    assert_eq!(north.app.count("SELECT hurts FROM idea").await, 0);
}

#[tokio::test]
async fn twelve_moves_of_one_kind_are_one() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let count = async |verb: &str| {
        let mut tx = north.app.app.read().await.unwrap();
        let sql = "SELECT COUNT(*) FROM throw WHERE verb = $1";
        let (count,): (i64,) = tx.query_as(sql).bind(verb.to_owned()).one().await.unwrap();
        count
    };
    let version = async |table: &'static str| north.app.count(table).await.to_string();
    let idea_version = "SELECT version FROM idea";
    let now = version(idea_version).await;
    assert_eq!(at_once(&north.tomas, &format!("{idea}/catch"), &[("version", &now)]).await, 1);
    assert_eq!(count("catch").await, 1);
    let now = version(idea_version).await;
    let help = [("answer", "help"), ("what", "get it"), ("by", "2026-03-20"), ("version", now.as_str())];
    assert_eq!(at_once(&north.tomas, &format!("{idea}/answer"), &help).await, 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 1);
    let promise = north.text("SELECT CAST(title AS TEXT) FROM thing WHERE subject = 'promise'").await;
    assert!(!promise.is_empty());
    let mut tx = north.app.app.read().await.unwrap();
    let (promise,): (Uuid,) = tx.query_as("SELECT id FROM promise").one().await.unwrap();
    drop(tx);
    let path = format!("/promises/{promise}");
    let now = version("SELECT version FROM promise").await;
    let brought = [("words", "Here it is"), ("version", now.as_str())];
    assert_eq!(at_once(&north.tomas, &format!("{path}/delivery"), &brought).await, 1);
    let now = version("SELECT version FROM promise").await;
    let kept = [("answer", "keep"), ("outcome", "keep"), ("whole", "yes"), ("version", now.as_str())];
    at_once(&north.callum, &format!("{path}/confirmation"), &kept).await;
    assert!(count("keep").await <= 1);
}

#[tokio::test]
async fn twelve_letters_and_twelve_moves_of_one_form_are_one() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let stranger = north.app.stranger();
    let form = [
        ("key", "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11"),
        ("code", "0123456789abcdefghjkmnpq"),
        ("letterbox", letterbox.path.strip_prefix("/letterbox/").unwrap()),
        ("hurt", HURT),
    ];
    let answers = join_all((0..TIMES).map(|_| sends(&stranger, "/ideas", &form, LAPTOP))).await;
    assert!(answers.iter().all(|answer| answer.status.as_u16() == 200));
    assert_eq!(north.app.count("SELECT COUNT(*) FROM letter").await, 1);
    letterbox.next_morning().await;
    // Of twelve different moves one waits for the post.
    let moves = (0..TIMES).map(|_| letterbox.acts("0123456789abcdefghjkmnpq", "withdraw", ""));
    let answers = join_all(moves).await;
    let taken = answers.iter().filter(|answer| answer.status.as_u16() == 200).count();
    assert_eq!((taken, north.app.count("SELECT COUNT(*) FROM letter_word").await), (1, 1));
    let many = join_all((0..TIMES).map(|_| drop_in(&stranger, &letterbox.path, HURT, LAPTOP))).await;
    let taken = many.iter().filter(|answer| answer.status.as_u16() == 200).count();
    assert_eq!(
        north.app.count("SELECT COUNT(*) FROM letter WHERE state = 'lying'").await,
        i64::try_from(taken).unwrap()
    );
}

#[tokio::test]
async fn an_invitation_opens_once_of_twelve() {
    let north = FieldNorth::new().await;
    let admin = north.app.admin("Owen").await;
    let path = format!("/people/{}/invitation", north.priya.id);
    admin.post(&path, &[("a", "b")]).await.is(303);
    let link = admin.get(&path).await.is(200).value_of("input[readonly]");
    let path = format!("/invitations/{}", link.rsplit('/').next().unwrap());
    let accepts = join_all((0..TIMES).map(async |number| {
        let password = format!("a long word of mine, number {number}");
        north.app.stranger().post(&path, &[("password", password.as_str())]).await
    }));
    let opened = accepts.await.iter().filter(|answer| answer.status.as_u16() == 303).count();
    assert_eq!(opened, 1);
}
