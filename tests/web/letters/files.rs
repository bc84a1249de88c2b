//! The files as bytes, copied while the program runs: neither the log nor the place of anything tells when it came.

use super::Letterbox;
use super::traces::{holds, is_on_postgres, rank_correlation};
use crate::support::field_north::HURT;
use crate::support::measured::Measured;
use crate::support::{FieldNorth, TestApp, hours};
use catchball::clockwork;
use catchball::db::Laid;
use catchball::measures::{Definition, Kind};
use chrono::TimeDelta;
use std::collections::BTreeSet;

const LETTERS: usize = 120;

/// A long letter with its number in its first line and far down.
fn long(number: usize) -> String {
    let line = format!("This is what I have to say about it, and it is long, by number {number}. ");
    format!("Mark-{number:04}. {}Tail-{number:04}.", line.repeat(30 + number * 7 % 40))
}

/// The numbers behind a mark, in the order in which they stand in the bytes, each where it stands first.
pub fn order(bytes: &[u8], mark: &str) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    let found = bytes.windows(mark.len() + 4).filter(|part| part.starts_with(mark.as_bytes()));
    let numbers = found.filter_map(|part| std::str::from_utf8(&part[mark.len()..]).ok()?.parse().ok());
    numbers.filter(|number| seen.insert(*number)).collect()
}

#[track_caller]
fn tells_nothing(order: &[usize], of: usize, what: &str) {
    // A mark may stand across the end of a piece.
    assert!(order.len() + of / 20 >= of, "{what}: {}", order.len());
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    let ranks: Vec<usize> = order.iter().map(|number| sorted.binary_search(number).unwrap()).collect();
    let told = rank_correlation(&ranks);
    eprintln!("{what}: {told:.3}");
    // Of fewer ones chance alone makes more.
    let most = if of < LETTERS { 0.3 } else { 0.2 };
    assert!(told.abs() < most, "{what}: {told}");
}

async fn rows(letterbox: &Letterbox, sql: &'static str) -> Vec<String> {
    let mut tx = letterbox.app.app.read().await.unwrap();
    let rows: Vec<(String,)> = tx.query_as(sql).all().await.unwrap();
    rows.into_iter().map(|(text,)| text).collect()
}

/// The order of what lies there, as somebody sees it who reads the files or, of a server, asks it for the places of rows.
pub async fn orders(letterbox: &Letterbox, table: &str) -> Vec<(String, Vec<usize>)> {
    if !is_on_postgres() {
        let bytes = letterbox.app.database_file();
        return ["Mark-", "Tail-"].map(|mark| (format!("{table} in the file, {mark}"), order(&bytes, mark))).into();
    }
    let placed = match table {
        "letters" => "SELECT hurt FROM letter ORDER BY ctid",
        _ => "SELECT hurt FROM idea WHERE way = 'nameless' ORDER BY ctid",
    };
    let lies = rows(letterbox, placed).await.join("\n");
    vec![(format!("{table} by their place"), order(lies.as_bytes(), "Mark-"))]
}

/// How many transactions wrote the rows, on a server that keeps their numbers.
async fn writers(letterbox: &Letterbox, sql: &'static str) -> i64 {
    if is_on_postgres() { letterbox.app.count(sql).await } else { 1 }
}

#[tokio::test]
async fn long_letters_of_several_days_lie_in_no_order_of_when_they_came() {
    let letterbox = Letterbox::new().await;
    let (app, mut came) = (&letterbox.app, 0);
    for day in 0..3 {
        for _ in 0..LETTERS / 3 {
            app.clock.forward(TimeDelta::minutes(9));
            letterbox.code(&long(came)).await;
            came += 1;
            assert!(is_on_postgres() || app.log_file().is_empty(), "the log is empty after each letter");
        }
        if day < 2 {
            letterbox.next_morning().await;
        }
    }
    clockwork::turn(&app.app).await.unwrap();
    for (what, lying) in orders(&letterbox, "letters").await {
        let today = lying.iter().filter_map(|number| number.checked_sub(LETTERS * 2 / 3));
        tells_nothing(&today.collect::<Vec<_>>(), LETTERS / 3, &what);
    }
    assert_eq!(writers(&letterbox, "SELECT COUNT(DISTINCT xmin::text) FROM letter WHERE state = 'lying'").await, 1);
    assert_eq!(writers(&letterbox, "SELECT COUNT(DISTINCT xmin::text) FROM piece").await, 1);
    letterbox.next_morning().await;
    for (what, ideas) in orders(&letterbox, "ideas").await {
        tells_nothing(&ideas, LETTERS, &what);
    }
    let ideas = rows(&letterbox, "SELECT hurt FROM idea").await;
    assert!(ideas.iter().all(|hurt| (0..LETTERS).any(|number| *hurt == long(number).trim())), "no word is lost");
    assert_eq!(app.count("SELECT COUNT(*) FROM piece").await, 0);
    for sql in [
        "SELECT COUNT(DISTINCT xmin::text) FROM idea WHERE way = 'nameless'",
        "SELECT COUNT(DISTINCT xmin::text) FROM throw",
        "SELECT COUNT(DISTINCT xmin::text) FROM ball",
        "SELECT COUNT(DISTINCT xmin::text) FROM found_thing",
        "SELECT COUNT(DISTINCT xmin::text) FROM letter",
    ] {
        assert_eq!(writers(&letterbox, sql).await, 1, "{sql}");
    }
    app.app.db.close().await;
    if !is_on_postgres() {
        for mark in ["Mark-", "Tail-"] {
            tells_nothing(&order(&app.database_file(), mark), LETTERS, &format!("after a clean stop, {mark}"));
        }
    }
}

#[tokio::test]
async fn after_a_letter_and_what_is_added_to_it_the_log_is_empty_and_no_file_shows_its_time() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    if is_on_postgres() {
        return;
    }
    letterbox.callum.throws(&[("hurt", "By name")]).await.is(303);
    clockwork::turn(&app.app).await.unwrap();
    let before = app.file_times();
    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    let code = letterbox.code("A-canary-in-the-log").await;
    for act in ["said", "withdraw"] {
        assert!(app.log_file().is_empty());
        assert_eq!(app.file_times(), before, "before {act}");
        letterbox.acts(&code, act, "Another-canary-in-the-log").await.is(200);
    }
    assert!(app.log_file().is_empty());
    assert_eq!(app.file_times(), before);
    tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    clockwork::turn(&app.app).await.unwrap();
    let turned = app.file_times();
    assert!(
        turned.iter().zip(&before).all(|(now, then)| now.1 > then.1),
        "each turn shows, whether or not anything came"
    );
}

#[tokio::test]
async fn neither_a_file_nor_a_row_tells_an_earlier_sum_of_slips() {
    let north = FieldNorth::new().await;
    let mut givers = Vec::new();
    for name in ["Dana", "Evan", "Freya"] {
        givers.push(north.app.rep(name, north.team).await);
    }
    let slips = Definition {
        kind: Kind::Slips,
        unit: "hours".into(),
        least_slips: Some(5),
        ceiling: Some(100_000.0),
        ..hours(north.callum.id, "Admin hours")
    };
    let stage = Measured::of(north, slips).await;
    let mut sum = 0.0;
    let mut sums = Vec::new();
    for (who, number) in [&stage.callum, &givers[0], &givers[1]].into_iter().zip([4711.25_f64, 815.5, 333.125]) {
        stage.posts(who, "slips", &[("value", number.to_string().as_str())]).await.is(303);
        sum += number;
        sums.push(sum.to_be_bytes());
    }
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM slip_box WHERE total > 5859.8 AND total < 5859.9").await, 1);
    if is_on_postgres() {
        return;
    }
    assert!(stage.app.log_file().is_empty());
    let bytes = stage.app.bytes_on_disk();
    assert!(holds(&bytes, &sums[2]) > 0, "the search finds what is there");
    for earlier in &sums[..2] {
        assert_eq!(holds(&bytes, earlier), 0);
    }
}

#[tokio::test]
async fn a_draft_with_the_words_of_a_letter_is_wiped_when_it_is_delivered_and_others_are_not() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let draft = async |who: &crate::support::Visitor, place: &str, hurt: &str| {
        who.post("/drafts", &[("draft", place), ("hurt", hurt)]).await.is(204);
    };
    draft(&north.callum, "idea", HURT).await;
    draft(&north.callum, "comment:1", "Something else that I write").await;
    draft(&north.priya, "idea", "Every quote goes through the pricing desk").await;
    draft(&north.tomas, "idea", "Every quote is late").await;
    letterbox.code(&format!("{}  !", HURT.to_uppercase())).await;
    let left = rows(&letterbox, "SELECT fields FROM draft ORDER BY fields").await;
    assert_eq!(left, [r#"[["hurt","Every quote is late"]]"#, r#"[["hurt","Something else that I write"]]"#]);
    if !is_on_postgres() {
        assert_eq!(
            holds(&north.app.bytes_on_disk(), b"even the pump we have sold"),
            0,
            "it stands there in capitals only"
        );
    }
}

#[tokio::test]
async fn the_place_of_a_row_does_not_tell_between_which_named_ones_a_letter_came() {
    let letterbox = Letterbox::new().await;
    for day in 0..3 {
        letterbox.callum.throws(&[("hurt", format!("By name, day {day}"))]).await.is(303);
        letterbox.code(&format!("Letter {day}")).await;
        letterbox.next_morning().await;
    }
    let app = &letterbox.app;
    for (lie, sorted) in [
        ("SELECT id FROM idea WHERE hurt <> ''", "SELECT id FROM idea ORDER BY id"),
        ("SELECT id FROM throw WHERE words = ''", "SELECT id FROM throw ORDER BY id"),
    ] {
        assert_eq!(ids(app, lie).await, ids(app, sorted).await);
    }
    // The ball of a named idea is written anew when its holder is reminded, and may move; those of letters lie in the
    // order of their chance numbers, and none lies between two named ones.
    let balls = ids(app, "SELECT subject_id FROM ball WHERE since IS NOT NULL").await;
    let is_letter = |id: &uuid::Uuid| id.get_version_num() == 4;
    assert_eq!((balls.len(), balls.iter().copied().filter(is_letter).count()), (6, 3));
    assert!(balls.iter().copied().filter(is_letter).is_sorted(), "{balls:?}");
    let first = balls.iter().position(|id| !is_letter(id)).unwrap();
    assert!(!balls[first..first + 3].iter().any(is_letter), "{balls:?}");
}

async fn ids(app: &TestApp, sql: &'static str) -> Vec<uuid::Uuid> {
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(uuid::Uuid,)> = tx.query_as(sql).all().await.unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

/// On PostgreSQL: what is too large now waits, and a table that somebody reads keeps no other one waiting.
#[tokio::test]
async fn a_large_table_waits_and_one_that_is_read_for_long_keeps_no_other_waiting() {
    static TABLES: [&Laid; 3] =
        [&catchball::laid!("letter"), &catchball::laid!("letter_word"), &catchball::laid!("piece")];
    let letterbox = Letterbox::new().await;
    let (db, world) = (&letterbox.app.app.db, &letterbox.app.app.world);
    if db.engine() == "SQLite" {
        return;
    }
    letterbox.code(HURT).await;
    let left = db.lay_anew(world, &TABLES, 0).await;
    assert_eq!((left.large.len(), left.busy.len()), (3, 0), "larger than allowed");
    let mut backup = letterbox.app.app.read().await.unwrap();
    let _some: (i64,) = backup.query_as("SELECT COUNT(*) FROM letter").one().await.unwrap();
    let began = std::time::Instant::now();
    let left = db.lay_anew(world, &TABLES, i64::MAX).await;
    assert_eq!(left.busy, [TABLES[0]], "the one that is read");
    assert!(left.large.is_empty() && began.elapsed() < std::time::Duration::from_secs(2), "{:?}", began.elapsed());
    drop(backup);
    let left = db.lay_anew(world, &TABLES, i64::MAX).await;
    assert!(left.busy.is_empty() && left.large.is_empty(), "{left:?}");
}
