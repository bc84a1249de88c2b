//! What is left of a letter and what is not: rows, files, times, order, codes, addresses.

use super::{Device, LAPTOP, Letterbox, drop_in, dump, opens, sends};
use crate::support::TestApp;
use crate::support::field_north::HURT;
use catchball::clockwork;
use catchball::letters::{self, code};
use catchball::world::hash_of;
use chrono::TimeDelta;
use std::collections::BTreeSet;

pub fn is_on_postgres() -> bool {
    std::env::var("TEST_DATABASE_URL").is_ok()
}

/// Everything that is stored: the bytes of all files, or all rows of a server.
pub async fn stored(app: &TestApp) -> Vec<u8> {
    let mut bytes = dump::all(app).await.into_bytes();
    bytes.extend(app.bytes_on_disk());
    bytes
}

pub fn holds(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).filter(|part| *part == wanted).count()
}

#[tokio::test]
async fn a_letter_has_exactly_these_columns() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    let letter = [
        "id",
        "team_id",
        "hurt",
        "why",
        "better",
        "needed_change",
        "small_try",
        "benefit",
        "week",
        "state",
        "code_hash",
    ];
    assert_eq!(dump::columns(app, "letter").await, letter);
    assert_eq!(dump::columns(app, "letter_word").await, ["id", "letter_id", "verb", "words", "week"]);
    assert_eq!(dump::columns(app, "letter_post").await, ["team_id", "last_on"]);
    assert_eq!(dump::columns(app, "letterbox").await, ["team_id", "secret"]);
    let of_letters: Vec<String> =
        dump::tables(app).await.into_iter().filter(|name| name.starts_with("letter")).collect();
    assert_eq!(of_letters, ["letter", "letter_post", "letter_word", "letterbox"]);
}

#[tokio::test]
async fn letters_lie_without_any_order_of_when_they_came() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    letterbox.code(HURT).await;
    let mut tx = app.app.read().await.unwrap();
    let ids: Vec<(uuid::Uuid,)> = tx.query_as("SELECT id FROM letter").all().await.unwrap();
    assert!(ids.iter().all(|(id,)| id.get_version_num() == 4), "a number made of chance");
    if is_on_postgres() {
        let serial = "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name LIKE 'letter%' AND (column_default IS NOT NULL OR is_identity = 'YES')";
        let (serial,): (i64,) = tx.query_as(serial).one().await.unwrap();
        assert_eq!(serial, 0, "no column is filled by a sequence");
    } else {
        let with_rowid = "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND (name LIKE 'letter%' OR name IN ('idea', 'throw', 'ball', 'promise_term')) AND sql NOT LIKE '%WITHOUT ROWID%'";
        let (with_rowid,): (i64,) = tx.query_as(with_rowid).one().await.unwrap();
        assert_eq!(with_rowid, 0, "a row number tells between which rows one came");
    }
}

const CANARY: Device = Device { agent: "Canary-Agent/7.31337", address: "198.51.100.77" };

#[tokio::test]
async fn nothing_of_who_sent_it_is_stored() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let token = north.callum.cookie("session").unwrap();
    north.app.app.db.empty_log().await;
    let before = stored(&north.app).await;
    let me = north.callum.id.0;
    let marks = [me.as_bytes().to_vec(), me.to_string().into_bytes(), b"Callum Reid".to_vec()];
    let counted: Vec<usize> = marks.iter().map(|mark| holds(&before, mark)).collect();
    north.callum.set_cookie("flash", "A+canary+of+a+flash");
    let sent = drop_in(&north.callum, &letterbox.path, HURT, CANARY).await.is(200);
    assert!(!sent.headers.contains_key("set-cookie") && !sent.headers.contains_key("x-request-id"));
    assert_eq!(sent.headers["cache-control"], "no-store");
    let sent = sent.does_not_see("Callum").does_not_see("canary");
    let code = sent.value_of("#code");
    let page = sends(&north.callum, "/letters", &[("code", &code)], CANARY).await.is(200).does_not_see("Callum");
    assert!(!page.headers.contains_key("set-cookie"));
    letterbox.next_morning().await;
    north.app.app.db.empty_log().await;
    let bytes = stored(&north.app).await;
    let said = north.app.post.said().join("\n").into_bytes();
    let plain = code::read(&code).unwrap();
    for canary in [CANARY.agent, CANARY.address, "canary of a flash", &token, &code, &plain, &plain.to_uppercase()] {
        assert_eq!(holds(&bytes, canary.as_bytes()), 0, "{canary} is stored");
        assert_eq!(holds(&said, canary.as_bytes()), 0, "{canary} was said");
    }
    assert!(holds(&bytes, HURT.as_bytes()) > 0, "the search finds what is there");
    if !is_on_postgres() {
        // `next_morning` signs everybody in again, which writes the identifier into a new session.
        let mut tx = north.app.app.read().await.unwrap();
        let held: (i64,) = tx
            .query_as("SELECT COUNT(*) FROM throw WHERE by_id = $1 OR holder_id = $1")
            .bind(north.callum.id)
            .one()
            .await
            .unwrap();
        assert_eq!(held.0, 0);
        let name = holds(&bytes, &marks[2]);
        assert_eq!(name, counted[2], "the name stands where it stood");
    }
}

#[tokio::test]
async fn a_letter_taken_back_before_the_post_is_in_no_file() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    let canary = "A-canary-that-flies-away-4711";
    let code = letterbox.code(canary).await;
    letterbox.acts(&code, "said", "Words-that-fly-away-0815").await.is(200);
    assert!(holds(&stored(app).await, canary.as_bytes()) > 0, "it is stored at once");
    letterbox
        .acts(&code, "withdraw", "")
        .await
        .is(200)
        .sees("Taken back. Your letter and its code are gone, and nobody has read it.");
    let bytes = stored(app).await;
    for gone in [canary.as_bytes(), b"Words-that-fly-away-0815", &hash_of(&code::read(&code).unwrap())] {
        assert_eq!(holds(&bytes, gone), 0);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM letter").await + app.count("SELECT COUNT(*) FROM letter_word").await, 0);
    letterbox.looks(&code).await.is(422).sees("No letter has this code.");
    letterbox.next_morning().await;
    assert_eq!(app.count("SELECT COUNT(*) FROM idea").await, 0);
}

/// Spearman's rank correlation of a permutation of 0..n with its places.
pub fn rank_correlation(order: &[usize]) -> f64 {
    let n = f64::from(u32::try_from(order.len()).unwrap());
    let squares: f64 = order
        .iter()
        .enumerate()
        .map(|(place, sent)| {
            let away = i32::try_from(place).unwrap() - i32::try_from(*sent).unwrap();
            f64::from(away) * f64::from(away)
        })
        .sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn an_order_that_tells_is_found() {
    let told: Vec<usize> = (0..200).collect();
    assert!(rank_correlation(&told) > 0.99);
    let backwards: Vec<usize> = (0..200).rev().collect();
    assert!(rank_correlation(&backwards) < -0.99);
}

/// The numbers in the titles of a list, page after page.
async fn listed(letterbox: &Letterbox, selector: &str) -> Vec<usize> {
    let (mut path, mut found) = (String::from("/ideas"), Vec::new());
    loop {
        let page = letterbox.tomas.get(&path).await.is(200);
        let titles = page.texts(selector);
        found.extend(titles.iter().filter_map(|title| title.strip_prefix("Letter ")?.parse::<usize>().ok()));
        match page.attributes("main a[href*='before']", "href").first() {
            Some(next) => path = next.clone(),
            None => return found,
        }
    }
}

async fn numbers(letterbox: &Letterbox, sql: &'static str) -> Vec<usize> {
    let mut tx = letterbox.app.app.read().await.unwrap();
    let rows: Vec<(String,)> = tx.query_as(sql).all().await.unwrap();
    rows.into_iter().filter_map(|(hurt,)| hurt.strip_prefix("Letter ")?.parse().ok()).collect()
}

#[tokio::test]
async fn two_hundred_letters_of_a_week_tell_neither_their_order_nor_a_time() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    for number in 0..200 {
        app.clock.forward(TimeDelta::minutes(11));
        letterbox.code(&format!("Letter {number}")).await;
    }
    assert_eq!(app.now().to_rfc3339(), "2026-03-04T22:40:00+00:00", "all within one week");
    let lying = numbers(&letterbox, "SELECT hurt FROM letter").await;
    letterbox.next_morning().await;
    let hashes = numbers_by_row(&letterbox).await;
    let orders = [
        ("rows of letters", lying),
        ("rows of delivered letters", hashes),
        ("rows of ideas as they lie", numbers(&letterbox, "SELECT hurt FROM idea").await),
        ("the list of ideas", listed(&letterbox, "main .list-title").await),
        ("rows of ideas", numbers(&letterbox, "SELECT hurt FROM idea ORDER BY id").await),
        ("ideas by their time", numbers(&letterbox, "SELECT hurt FROM idea ORDER BY thrown_at, id").await),
        (
            "rows of throws",
            numbers(&letterbox, "SELECT hurt FROM throw JOIN idea ON idea.id = throw.subject_id ORDER BY throw.id")
                .await,
        ),
        ("the list of the start page of the leader", numbers_on_the_start_page(&letterbox).await),
    ];
    for (what, order) in orders {
        assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), 200, "{what}");
        let told = rank_correlation(&order);
        eprintln!("{what}: {told:.3}");
        assert!(told.abs() < 0.2, "{what}: {told}");
    }
    for (what, sql) in [
        ("thrown_at", "SELECT COUNT(DISTINCT thrown_at) FROM idea"),
        ("at", "SELECT COUNT(DISTINCT at) FROM throw"),
        ("since", "SELECT COUNT(DISTINCT since) FROM ball"),
        ("due_at", "SELECT COUNT(DISTINCT due_at) FROM ball"),
    ] {
        assert_eq!(app.count(sql).await, 1, "{what} tells letters of a week apart");
    }
    let monday = "SELECT COUNT(*) FROM idea WHERE thrown_at = '2026-03-09T08:00:00+00:00'";
    assert_eq!(app.count(monday).await, 200, "what is stored is the opening of the week after");
    let mut told = BTreeSet::new();
    let mut tx = app.app.read().await.unwrap();
    let ids: Vec<(uuid::Uuid,)> = tx.query_as("SELECT id FROM idea").all().await.unwrap();
    for (id,) in ids.iter().take(40) {
        let page = letterbox.tomas.get(&format!("/ideas/{id}")).await.is(200);
        told.insert((page.texts("time"), page.attributes("[datetime]", "datetime"), page.texts(".story-when")));
        assert_eq!(page.texts(".story-when"), ["in the week of 2 March"]);
    }
    assert_eq!(told.len(), 1, "every page tells the same times: {told:?}");
}

/// The numbers of the ideas in the order in which the rows of their letters lie.
async fn numbers_by_row(letterbox: &Letterbox) -> Vec<usize> {
    let mut tx = letterbox.app.app.read().await.unwrap();
    let rows: Vec<(uuid::Uuid,)> = tx.query_as("SELECT id FROM letter").all().await.unwrap();
    let ideas: Vec<(uuid::Uuid, String)> = tx.query_as("SELECT id, hurt FROM idea").all().await.unwrap();
    let hurt_of = |id: &uuid::Uuid| ideas.iter().find(|(idea, _)| idea == id).map(|(_, hurt)| hurt.clone());
    rows.iter().filter_map(|(id,)| hurt_of(id)?.strip_prefix("Letter ")?.parse().ok()).collect()
}

async fn numbers_on_the_start_page(letterbox: &Letterbox) -> Vec<usize> {
    let mut titles = Vec::new();
    for page in 0..4 {
        let page = letterbox.tomas.get(&format!("/?list=awaited&page={page}")).await.is(200);
        titles.extend(page.texts("main a"));
    }
    let number = |title: &String| title.split("Letter ").nth(1)?.split_whitespace().next()?.parse::<usize>().ok();
    let mut seen = BTreeSet::new();
    titles.iter().filter_map(number).filter(|number| seen.insert(*number)).collect()
}

#[tokio::test]
async fn a_letter_never_goes_out_before_the_next_working_morning() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    app.clock.set("2026-03-06T16:59:00Z".parse().unwrap());
    clockwork::turn(&app.app).await.unwrap();
    letterbox.code(HURT).await;
    for moment in ["2026-03-06T16:59:30Z", "2026-03-06T22:00:00Z", "2026-03-07T10:00:00Z", "2026-03-09T07:59:00Z"] {
        app.clock.set(moment.parse().unwrap());
        clockwork::turn(&app.app).await.unwrap();
        assert_eq!(app.count("SELECT COUNT(*) FROM idea").await, 0, "{moment}");
    }
    app.clock.set("2026-03-09T08:00:00Z".parse().unwrap());
    clockwork::turn(&app.app).await.unwrap();
    clockwork::turn(&app.app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM idea").await, 1);
    assert_eq!(app.count("SELECT COUNT(*) FROM idea WHERE thrown_at = '2026-03-09T08:00:00+00:00'").await, 1);
}

#[tokio::test]
async fn the_post_goes_each_working_day_also_when_nothing_lies_there() {
    let letterbox = Letterbox::new().await;
    let app = &letterbox.app;
    for day in ["2026-03-04", "2026-03-05", "2026-03-06"] {
        app.clock.set(format!("{day}T09:00:00Z").parse().unwrap());
        clockwork::turn(&app.app).await.unwrap();
        let rows = dump::rows(app, "letter_post").await;
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains(day)), "{rows:?}");
    }
}

#[tokio::test]
async fn a_hundred_thousand_wrong_codes_find_nothing() {
    let letterbox = Letterbox::new().await;
    let right = code::read(&letterbox.code(HURT).await).unwrap();
    let mut tx = letterbox.app.app.read().await.unwrap();
    let (mut found, mut tried) = (0, 0);
    for number in 0..100_000_u64 {
        let wrong = code_number(number, &right);
        tried += 1;
        found += usize::from(letters::store::by_code(&mut tx, &wrong).await.unwrap().is_some());
    }
    assert_eq!((tried, found), (100_000, 0));
    let mut took = [Vec::new(), Vec::new()];
    for number in 0..2_000_u64 {
        let code = if number % 2 == 0 { right.clone() } else { code_number(number, &right) };
        let began = std::time::Instant::now();
        let _ = letters::store::by_code(&mut tx, &code).await.unwrap();
        took[usize::from(number % 2 == 1)].push(began.elapsed().as_micros());
    }
    for times in &mut took {
        times.sort_unstable();
    }
    eprintln!("a right code takes {} \u{b5}s in the middle, a wrong one {} \u{b5}s", took[0][500], took[1][500]);
    assert!(took[0][500].abs_diff(took[1][500]) < 5_000, "the time tells whether a code is right");
    assert!(letters::store::by_code(&mut tx, &right).await.unwrap().is_some(), "the right one is found");
}

/// A well-made code that is not the right one: every second one differs from it in a few letters only.
pub(super) fn code_number(number: u64, right: &str) -> String {
    let hash = hash_of(&number.to_string());
    let letters = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut wrong: Vec<u8> = hash.iter().take(code::LENGTH).map(|byte| letters[usize::from(byte % 32)]).collect();
    if number.is_multiple_of(2) {
        let tail = wrong.split_off(code::LENGTH - 5);
        wrong = [&right.as_bytes()[..code::LENGTH - 5], &tail].concat();
    }
    let wrong = String::from_utf8(wrong).unwrap();
    if wrong == right { wrong.chars().rev().collect() } else { wrong }
}

#[tokio::test]
async fn who_guesses_codes_is_held_back_and_a_wrong_code_is_kept_nowhere() {
    let letterbox = Letterbox::new().await;
    let (app, stranger) = (&letterbox.app, letterbox.app.stranger());
    let before = dump::all(app).await;
    let guess = "wr0ng c0de wr0n gc0d ewr0 ngc0";
    let mut statuses = Vec::new();
    for _ in 0..100 {
        let answer = sends(&stranger, "/letters", &[("code", guess)], CANARY).await;
        statuses.push(answer.status.as_u16());
    }
    let most = letters::rate_limit::MOST_WRONG;
    assert!(
        statuses[..most].iter().all(|status| *status == 422) && statuses[most..].iter().all(|status| *status == 429)
    );
    assert_eq!(dump::all(app).await, before);
    sends(&stranger, "/letters", &[("code", guess)], LAPTOP).await.is(422);
    app.clock.forward(letters::rate_limit::WINDOW);
    sends(&stranger, "/letters", &[("code", guess)], CANARY).await.is(422);
}

#[tokio::test]
async fn five_hundred_letters_from_one_address_are_held_back_and_no_byte_of_it_is_stored() {
    let letterbox = Letterbox::new().await;
    let (app, stranger) = (&letterbox.app, letterbox.app.stranger());
    let mut taken = 0;
    for number in 0..500 {
        let answer = drop_in(&stranger, &letterbox.path, &format!("Letter {number}"), CANARY).await;
        match answer.status.as_u16() {
            200 => taken += 1,
            429 => assert_eq!(answer.sees("Your text is kept").value("hurt"), format!("Letter {number}")),
            other => panic!("{other}"),
        }
    }
    assert_eq!(taken, letters::rate_limit::MOST_LETTERS);
    assert_eq!(app.count("SELECT COUNT(*) FROM letter").await, i64::try_from(taken).unwrap());
    let bytes = stored(app).await;
    for trace in [CANARY.address.as_bytes(), &[198, 51, 100, 77], CANARY.agent.as_bytes()] {
        assert_eq!(holds(&bytes, trace), 0);
    }
    opens(&stranger, &letterbox.path, CANARY).await.is(200);
    drop_in(&stranger, &letterbox.path, HURT, LAPTOP).await.is(200);
}
