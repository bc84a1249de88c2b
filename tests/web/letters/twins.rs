//! Non-interference: two copies of one company with the same clock and the same chance. In one of them A puts letters and
//! slips in, long ones and one that fails among them, in the other B, each signed in at a device of their own. Afterwards
//! nothing that is stored, logged, said or heard by a television may tell which of the two copies it is.

use super::traces::is_on_postgres;
use super::{Device, Letterbox, drop_in, dump, opens, sends};
use crate::support::{Answer, Visitor, hours};
use crate::wall::live::Stream;
use crate::wall::paired;
use catchball::ids::MeasureId;
use catchball::letters;
use catchball::measures::{Definition, Kind};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::timeout;
use tracing_subscriber::fmt::MakeWriter;

const A: Device = Device { agent: "Alpha/1.0 (her own laptop)", address: "192.0.2.1" };
const B: Device = Device { agent: "Beta/2.0 (a phone)", address: "203.0.113.250" };
const PAIRS: usize = 100;

/// The lines of the log.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// What was logged since the last time, line by line. How many microseconds an answer took is the machine's and differs
    /// between any two runs of the same request; it is the one value that is left out. Lines of letters have none, because
    /// letters leave no line.
    fn taken(&self) -> String {
        let text = String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap();
        let line = |line: &str| match line.split_once("micros=") {
            Some((before, after)) => {
                format!("{before}micros=_{}\n", after.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => format!("{line}\n"),
        };
        // What the driver of the database tells of its connections the program never writes down.
        text.lines().filter(|line| !line.contains("sqlx")).map(line).collect()
    }
}

const WITHOUT_THE_MACHINE: [&str; 4] = [
    "CREATE TEMP TABLE made AS SELECT version, description, success, checksum FROM _sqlx_migrations",
    "DELETE FROM _sqlx_migrations",
    "INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time)
     SELECT version, description, '2026-03-03', success, checksum, 0 FROM made ORDER BY version",
    "DROP TABLE made",
];

/// In this pair the letter fails.
const FAILS: usize = 50;
/// Each so many pairs a slip is put in.
const SLIPS: usize = 10;
/// Shorter than a beat: whatever comes in it came because of what was done.
const SHORT: Duration = Duration::from_millis(20);
/// Longer than any message takes.
const LONG: Duration = Duration::from_secs(5);

/// A letter, every third a long one.
fn long(pair: usize) -> String {
    let more = "It is long, and it goes on and on, and nobody could write it in one line. ";
    format!("Letter number {pair}. {}", more.repeat(pair % 3 * 40)).trim_end().to_owned()
}

/// One of the two copies, with the one who writes there.
struct Twin {
    letterbox: Letterbox,
    log: Log,
    is_first: bool,
    codes: Vec<String>,
    /// Measures that take slips, one for each.
    slips: Vec<MeasureId>,
    /// A television, what it shows, and what it listens to.
    tv: Visitor,
    board: String,
    hears: Stream,
    _address: String,
}

impl Twin {
    async fn new(is_first: bool) -> Self {
        // Once somebody listens in this process, no line of any thread is passed over.
        let _ = tracing_subscriber::fmt().with_writer(std::io::sink).try_init();
        let letterbox = Letterbox::new().await;
        letterbox.tomas.get("/ideas").await.is(200);
        let mut tx = letterbox.app.app.write().await.unwrap();
        // When the tables were made, and how long that took, is written by sqlx with the machine's own clock.
        if std::env::var("TEST_DATABASE_URL").is_err() {
            for sql in WITHOUT_THE_MACHINE {
                tx.query(sql).execute().await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        let (app, mut slips) = (&letterbox.app, Vec::new());
        for number in 0..PAIRS / SLIPS {
            let hours = hours(letterbox.more[0].id, &format!("Admin hours {number}"));
            let hours = Definition { kind: Kind::Slips, unit: "hours".into(), least_slips: Some(5), ..hours };
            slips.push(app.measure_as(letterbox.team, &letterbox.more[0], hours).await);
        }
        let tv = paired(app, &letterbox.tomas, letterbox.team).await;
        let address = app.serve().await;
        let mut hears = Stream::open(&address, &tv).await;
        let board = hears.next(LONG).await.unwrap()["board"].as_str().unwrap().to_owned();
        Self { log: Log::default(), is_first, codes: Vec::new(), slips, tv, board, hears, _address: address, letterbox }
    }

    /// The television hears of no other board than the one it shows.
    async fn hears_nothing_new(&mut self, pair: usize) {
        while let Ok(Some(news)) = timeout(SHORT, self.hears.next(LONG)).await {
            assert_eq!(news["board"], self.board.as_str(), "pair {pair} was heard");
        }
    }

    /// What it shows now, as soon as it has heard of that.
    async fn hears_what_it_shows(&mut self) -> String {
        let shown = self.tv.get("/wall/board").await.attributes("header", "data-board").remove(0);
        while self.board != shown {
            self.board = self.hears.next(LONG).await.unwrap()["board"].as_str().unwrap().to_owned();
        }
        shown
    }

    /// A letter, or one that fails.
    async fn throws(&self, pair: usize) -> Answer {
        let ((writer, from), path) = (self.writer(), &self.letterbox.path);
        if pair != FAILS {
            return drop_in(writer, path, &long(pair), from).await.is(200);
        }
        let rename = async |sql: &'static str| {
            let mut tx = self.letterbox.app.app.write_quietly().await.unwrap();
            tx.query(sql).execute().await.unwrap();
            tx.commit().await.unwrap();
        };
        rename("ALTER TABLE piece RENAME TO lost").await;
        let failed = drop_in(writer, path, &long(pair), from).await.is(500);
        rename("ALTER TABLE lost RENAME TO piece").await;
        failed
    }

    /// A slip: nobody is told anything but that it is in the box.
    async fn gives(&self, pair: usize) {
        let (writer, from) = self.writer();
        let key = uuid::Builder::from_random_bytes([u8::try_from(pair).unwrap(); 16]).into_uuid().to_string();
        let path = format!("/measures/{}/slips", self.slips[pair / SLIPS]);
        sends(writer, &path, &[("key", key.as_str()), ("value", "12.5")], from).await.is(303);
    }

    /// Who writes here, and from where.
    fn writer(&self) -> (&Visitor, Device) {
        if self.is_first { (&self.letterbox.callum, A) } else { (&self.letterbox.priya, B) }
    }

    /// The same work of a day: one letter, a look at an older one, an ordinary idea now and then, an answer, the post.
    async fn works(&mut self, pair: usize) -> Vec<Answer> {
        let lines = tracing_subscriber::fmt().with_writer(self.log.clone()).without_time().with_ansi(false);
        let lines = lines.with_max_level(tracing::Level::TRACE).finish();
        let guard = tracing::subscriber::set_default(lines);
        let mut answers = vec![self.throws(pair).await];
        let is_empty = || is_on_postgres() || self.letterbox.app.log_file().is_empty();
        assert!(is_empty() || pair == FAILS, "the log is empty after pair {pair}");
        if pair.is_multiple_of(SLIPS) {
            self.gives(pair).await;
            assert!(is_empty(), "and after a slip");
        }
        let (writer, from) = self.writer();
        let code = if pair == FAILS { self.codes[0].clone() } else { answers[0].value_of("#code") };
        answers.push(opens(writer, "/letters", from).await.is(200));
        if let Some(older) = self.codes.get(pair / 2) {
            answers.push(sends(writer, "/letters", &[("code", older)], from).await.is(200));
            let key = uuid::Uuid::from_u128(0x4000_8000_0000_0000_0000 + pair as u128);
            let key = uuid::Builder::from_random_bytes(key.into_bytes()).into_uuid().to_string();
            let act = [("code", older.as_str()), ("act", "said"), ("words", "More of it"), ("key", &key)];
            answers.push(sends(writer, "/letters/moves", &act, from).await.is(200));
        }
        if pair.is_multiple_of(20) && pair > 0 {
            let older = self.codes[pair / 2].clone();
            answers.extend(self.says_of_a_promise(pair, &older).await);
        }
        if pair % 10 == 9 {
            let key = "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11";
            let act = [("code", code.as_str()), ("act", "withdraw"), ("words", ""), ("key", key)];
            answers.push(sends(writer, "/letters/moves", &act, from).await.is(200));
        } else {
            self.codes.push(code);
        }
        self.hears_nothing_new(pair).await;
        self.letterbox.app.clock.forward(chrono::TimeDelta::minutes(7));
        if pair % 20 == 19 {
            self.letterbox.next_morning().await;
        }
        let key = uuid::Uuid::from_u128(pair as u128).to_string();
        let named = [("hurt", "An ordinary idea"), ("key", key.as_str())];
        self.letterbox.app.signs_in(&self.letterbox.more[2]).await;
        answers.push(sends(&self.letterbox.more[2], "/ideas", &named, A).await.is(303));
        answers.push(self.letterbox.tomas.get("/ideas").await.is(200));
        drop(guard);
        answers
    }

    /// The leader promises help for a letter and brings it, or asks for another day; its author says what of it by the code.
    async fn says_of_a_promise(&self, pair: usize, code: &str) -> Vec<Answer> {
        let (north, (writer, from)) = (&self.letterbox.north, self.writer());
        let day = |days| (north.app.now().date_naive() + chrono::Days::new(days)).to_string();
        let key = |number: usize| {
            let bytes = uuid::Uuid::from_u128((pair * 10 + number) as u128).into_bytes();
            uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
        };
        let mut tx = north.app.app.read().await.unwrap();
        let letter = letters::store::by_code(&mut tx, &letters::code::read(code).unwrap()).await.unwrap().unwrap();
        drop(tx);
        let (first, asked, other) = (day(10), day(20), day(30));
        let (one, two, three) = (key(1), key(2), key(3));
        let help = [("answer", "help"), ("what", "get it"), ("by", first.as_str()), ("version", "1"), ("key", &one)];
        let answer = format!("/ideas/{}/answer", letter.id);
        let mut answers = vec![sends(&north.tomas, &answer, &help, A).await.is(303)];
        let mut tx = north.app.app.read().await.unwrap();
        let sql = "SELECT id FROM promise WHERE idea_id = $1";
        let (promise,): (uuid::Uuid,) = tx.query_as(sql).bind(letter.id).one().await.unwrap();
        drop(tx);
        let (noun, act) = match pair / 20 % 3 {
            1 => ("delivery", "promise_not_yet"),
            2 => ("new-date", "promise_agree"),
            _ => ("delivery", "promise_keep_whole"),
        };
        let brought = [("words", "So far"), ("cause", "too_fast"), ("by", &asked), ("version", "1"), ("key", &two)];
        answers.push(sends(&north.tomas, &format!("/promises/{promise}/{noun}"), &brought, A).await.is(303));
        let says = [("code", code), ("act", act), ("words", "What I say"), ("by", &other), ("key", &three)];
        answers.push(sends(writer, "/letters/moves", &says, from).await.is(200));
        answers
    }

    /// All that is stored, logged and said.
    async fn left(&self) -> (String, String, Vec<String>) {
        let app = &self.letterbox.app;
        (dump::all(app).await, self.log.taken(), app.post.said())
    }
}

/// The headers of an answer. The names of cookies carry the installation, and on a server the two copies are two.
fn told(answer: &Answer) -> Vec<(String, String)> {
    let plain = |name: &str, value: &str| match value.split_once('=') {
        Some((cookie, rest)) if name == "set-cookie" => {
            format!("{}={rest}", cookie.rsplit_once('_').map_or(cookie, |(name, _)| name))
        }
        _ => value.to_owned(),
    };
    answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), plain(name.as_str(), value.to_str().unwrap())))
        .collect()
}

/// The two texts are equal; the first line that differs is told otherwise.
#[track_caller]
fn same(one: &str, other: &str, what: &str) {
    let differing = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    assert!(one == other, "{what}: {differing:?}, {} and {} lines", one.lines().count(), other.lines().count());
}

#[tokio::test]
async fn nothing_tells_which_of_two_people_put_a_letter_in() {
    let (mut first, mut second) = (Twin::new(true).await, Twin::new(false).await);
    assert_eq!(first.left().await, second.left().await, "the copies begin alike");
    let (mut bytes, mut lines) = (0, 0);
    for pair in 0..PAIRS {
        let (ours, theirs) = (first.works(pair).await, second.works(pair).await);
        for (one, other) in ours.iter().zip(&theirs) {
            assert_eq!((one.status, told(one), &one.body), (other.status, told(other), &other.body), "pair {pair}");
        }
        let (one, other) = (first.left().await, second.left().await);
        same(&one.0, &other.0, &format!("the rows after pair {pair}"));
        same(&one.1, &other.1, &format!("the log after pair {pair}"));
        assert_eq!(first.hears_what_it_shows().await, second.hears_what_it_shows().await, "the wall after pair {pair}");
        assert_eq!(one.2, other.2, "what was said after pair {pair}");
        assert!(
            one.0.contains(&format!("Letter number {pair}.")) || pair % 10 == 9 || pair == FAILS,
            "the letter is in the dump"
        );
        // That one failed is told once a week, without a time.
        let told: String = one.1.lines().filter(|line| !line.contains("in the weeks before")).collect();
        assert!(told.contains("path=\"/ideas\"") && !told.contains("letter") && !told.contains("slip"), "{told}");
        (bytes, lines) = (one.0.len(), lines + one.1.lines().count());
    }
    for twin in [&first, &second] {
        let said = "SELECT COUNT(*) FROM throw WHERE subject = 'promise' AND verb IN ('not_yet', 'agree', 'keep')";
        assert_eq!(twin.letterbox.app.count(said).await, 4, "the post took what was said of promises");
    }
    eprintln!("{PAIRS} pairs: the last dump has {bytes} bytes, the logs have {lines} lines, and none differs");
    compare_files(&first, &second).await;
}

#[tokio::test]
async fn the_comparison_finds_one_who_throws_by_name() {
    let (first, second) = (Twin::new(true).await, Twin::new(false).await);
    let key = "0191d0f0-0000-7000-8000-0000000000aa";
    for twin in [&first, &second] {
        let (writer, from) = twin.writer();
        sends(writer, "/ideas", &[("hurt", "The same text"), ("key", key)], from).await.is(303);
    }
    assert_ne!(first.left().await.0, second.left().await.0);
}

/// The files themselves: on SQLite the bytes of the database once its log is emptied into it, on PostgreSQL what `pg_dump`
/// writes, where it is at hand.
async fn compare_files(first: &Twin, second: &Twin) {
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let dumps = (pg_dump(&server, first).await, pg_dump(&server, second).await);
        same(&dumps.0, &dumps.1, "pg_dump");
        eprintln!("pg_dump writes {} bytes for each, and they are equal", dumps.0.len());
        return;
    }
    for twin in [first, second] {
        twin.letterbox.app.app.db.empty_log().await;
    }
    let files = (first.letterbox.app.database_file(), second.letterbox.app.database_file());
    // SQLite counts in its header how often the log was begun anew. The television reads at its own times, and whoever reads
    // puts the emptying off.
    let counts = |place: usize| (24..28).contains(&place) || (92..96).contains(&place);
    let places = files.0.iter().zip(&files.1).enumerate();
    let differing: Vec<usize> = places.filter(|(_, (one, other))| one != other).map(|(place, _)| place).collect();
    let differing: Vec<usize> = differing.into_iter().filter(|place| !counts(*place)).collect();
    assert_eq!((files.0.len(), differing), (files.1.len(), Vec::new()), "bytes of the database files differ");
    eprintln!("the database files have {} bytes each and are equal", files.0.len());
}

async fn pg_dump(server: &str, twin: &Twin) -> String {
    let mut tx = twin.letterbox.app.app.read().await.unwrap();
    let (schema,): (String,) = tx.query_as("SELECT current_schema()::text").one().await.unwrap();
    // The secret of an installation comes of the server's own chance, before anybody writes.
    let left_out = ["--exclude-table", "*._sqlx_migrations", "--exclude-table", "*.installation"];
    let dumped = std::process::Command::new("pg_dump")
        .args(["--data-only", "--no-owner", "--schema", &schema])
        .args(left_out)
        .arg(server)
        .output();
    let Ok(dumped) = dumped else { return String::new() };
    assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
    let text = String::from_utf8(dumped.stdout).unwrap().replace(&schema, "schema");
    // `\restrict` carries a word of pg_dump's own chance. Where a row lies within its table depends on when the server tidied
    // up, which other tests on the same server decide: so the rows of each table are put in order.
    let mut tables: Vec<Vec<&str>> = vec![Vec::new()];
    for line in text.lines().filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")) {
        if line.starts_with("COPY ") {
            tables.push(Vec::new());
        }
        tables.last_mut().unwrap().push(line);
    }
    for rows in &mut tables {
        rows.sort_unstable();
    }
    tables.concat().join("\n")
}
