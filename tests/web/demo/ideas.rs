//! The ideas and promises of the example stand where they were written to stand, on whatever day they are loaded.

use super::{THURSDAY, eyes_of};
use crate::support::TestApp;
use catchball::calendar::Calendar;
use catchball::ideas::clock as ideas_turning;
use catchball::ids::IdeaId;
use catchball::promises::clock as promises_clock;
use catchball::promises::{Cause, counts};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// What stands where: its first words, its state, who has its ball and owes what.
type Stand = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const IDEAS: [Stand; 27] = [
    ("Every quote goes through the pricing desk",            "done",            ""),
    ("Nobody knows what a qualified lead is",                "learned",         ""),
    ("Two forms for one return",                             "done",            ""),
    ("The Monday forecast call takes 90 minutes",            "done",            ""),
    ("Distributors ring me to ask where their order is",     "parked",          "Daniel Moreau, wake"),
    ("Let us give distributors 3 % ourselves",               "closed_declined", ""),
    ("I never leave without a date",                         "done",            ""),
    ("A photo of the nameplate would save three mails",      "done",            ""),
    ("Tickets lie there because everyone thinks",            "trying",          "Jonas Weiss, follow"),
    ("The same five questions from five distributors",       "done",            ""),
    ("A van with a running pump",                            "closed_declined", ""),
    ("Five looks before a quote goes out",                   "done",            ""),
    ("Checklist for quotes",                                 "merged",          ""),
    ("The Friday report that nobody reads",                  "done",            ""),
    ("Stand behind a distributor\u{2019}s counter",          "done",            ""),
    ("The fitters know first who is unhappy",                "delivered",       "Ben Hartley, confirm"),
    ("A chat group with the distributors",                   "withdrawn",       ""),
    ("Customers freeze when we give them three options",     "trying",          "Callum Reid, follow"),
    ("One page in Polish for the food plants",               "go",              "Grace Owens, do"),
    ("We type every customer three times",                   "helping",         "Owen Price, follow"),
    ("The second credit check",                              "trying",          "Mei Tanaka, follow"),
    ("A price band, so that I can say yes on the phone",     "passed_up",       "Helen Marsh, answer"),
    ("Ten must-fill fields before I may save a visit",       "declined",        "Lukas Novak, judge"),
    ("When we get faster the target goes up",                "thrown_back",     "Helen Marsh, answer"),
    ("The phone at lunch",                                   "question",        "Jonas Weiss, reply"),
    ("I am afraid to write down honestly why we lost",       "caught",          "Helen Marsh, answer"),
    ("Can the distributors\u{2019} order days be spread",    "new",             "Daniel Moreau, catch"),
];

#[rustfmt::skip]
const PROMISES: [Stand; 20] = [
    ("Nobody loses job, territory or accounts",              "standing",      "Simon Hale, review"),
    ("keep two hours a week free for Callum and Priya",      "kept",          ""),
    ("have a price sheet for the twelve pumps",              "kept",          ""),
    ("have the lead sheet with five facts in use",           "kept",          ""),
    ("What is said here is not used in appraisals",          "standing",      "Helen Marsh, review"),
    ("What a team wins with an experiment",                  "pointed_at",    "Helen Marsh, respond"),
    ("make the forecast call 30 minutes",                    "kept",          ""),
    ("build an order status page for distributors",          "revoked",       ""),
    ("a headset for the second desk",                        "released",      ""),
    ("build a photo button on the web form",                 "kept",          ""),
    ("stop the Friday report",                               "kept",          ""),
    ("spend a day behind a distributor\u{2019}s counter",    "kept",          ""),
    ("have the phone covered at 13:00",                      "kept",          ""),
    ("put a tick \u{201c}customer unhappy\u{201d}",          "delivered",     "Ben Hartley, confirm"),
    ("put the Kestrel range on the price sheet",             "kept",          ""),
    ("have the layout for the Polish page",                  "promised",      "Nadia Petrova, keep"),
    ("fill the quote form from the CRM",                     "promised",      "Owen Price, keep"),
    ("the trade-fair leads sorted before hand-over",         "renegotiating", "Daniel Moreau, agree"),
    ("a third person who can do the 13:00 triage",           "countered",     "Jonas Weiss, respond"),
    ("a draft of a freight band for distributors",           "requested",     "Marco Ricci, respond"),
];

/// What is open, and how many full working hours are left, or over.
#[rustfmt::skip]
const LEFT: [(&str, i64); 11] = [
    ("The fitters know first",          21),
    ("A price band",                   -23),
    ("Ten must-fill fields",            35),
    ("When we get faster",              10),
    ("The phone at lunch",              20),
    ("I am afraid to write",             9),
    ("Can the distributors",             4),
    ("What a team wins",                10),
    ("put a tick",                       5),
    ("a third person",                   8),
    ("a draft of a freight band",        4),
];

async fn standing(app: &TestApp, statement: &'static str) -> Vec<(String, String, String)> {
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String, String, Option<String>, Option<String>)> = tx.query_as(statement).all().await.unwrap();
    let ball = |holder: Option<String>, owes: Option<String>| match holder.zip(owes) {
        Some((holder, owes)) => format!("{holder}, {owes}"),
        None => String::new(),
    };
    rows.into_iter().map(|(title, state, holder, owes)| (title, state, ball(holder, owes))).collect()
}

const STANDING_IDEAS: &str = "
    SELECT idea.headline, idea.state, person.name, ball.owes FROM idea
    LEFT JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
    LEFT JOIN person ON person.id = ball.holder_id ORDER BY idea.id";
const STANDING_PROMISES: &str = "
    SELECT promise.what, promise.state, person.name, ball.owes FROM promise
    LEFT JOIN ball ON ball.subject = 'promise' AND ball.subject_id = promise.id
    LEFT JOIN person ON person.id = ball.holder_id ORDER BY promise.id";

fn check(found: &[(String, String, String)], expected: &[Stand], at: &str) {
    assert_eq!(found.len(), expected.len(), "{at}: {found:#?}");
    for (title, state, ball) in expected {
        let matching: Vec<_> = found.iter().filter(|found| found.0.starts_with(title)).collect();
        let [found] = matching[..] else { panic!("{at}: {title} is there {} times", matching.len()) };
        assert_eq!((found.1.as_str(), found.2.as_str()), (*state, *ball), "{at}: {title}");
    }
}

/// The working hours that are left for each open idea and promise; those of a clock that ran out are below zero.
async fn left(app: &TestApp) -> Vec<(String, i64)> {
    const CLOCKS: &str = "
        SELECT COALESCE(idea.headline, promise.what), ball.due_at FROM ball
        LEFT JOIN idea ON ball.subject = 'idea' AND idea.id = ball.subject_id
        LEFT JOIN promise ON ball.subject = 'promise' AND promise.id = ball.subject_id
        WHERE ball.subject IN ('idea', 'promise') AND ball.due_at IS NOT NULL";
    let calendar = Calendar::usual(chrono_tz::Europe::London);
    let mut tx = app.app.read().await.unwrap();
    let now = tx.now();
    let rows: Vec<(String, DateTime<Utc>)> = tx.query_as(CLOCKS).all().await.unwrap();
    let hours = |due_at: DateTime<Utc>| {
        if due_at < now {
            -calendar.between(due_at, now).full_hours()
        } else {
            calendar.between(now, due_at).full_hours()
        }
    };
    rows.into_iter().map(|(title, due_at)| (title, hours(due_at))).collect()
}

/// Everything stands where it should, and no clock has anything to do.
pub async fn stand_where_they_should(app: &TestApp, at: &str) {
    check(&standing(app, STANDING_IDEAS).await, &IDEAS, at);
    check(&standing(app, STANDING_PROMISES).await, &PROMISES, at);
    let left = left(app).await;
    for (title, hours) in LEFT {
        let found = left.iter().find(|(found, _)| found.starts_with(title));
        assert_eq!(found.map(|(_, hours)| *hours), Some(hours), "{at}: {title}");
    }
    // What is promised for a day is due when work ends on the day its hours are over.
    for (title, earliest) in
        [("fill the quote form", 13), ("the trade-fair", 0), ("have the layout", 21), ("Nobody loses", 13)]
    {
        let found = left.iter().find(|(found, _)| found.starts_with(title)).unwrap().1;
        assert!((earliest..earliest + 17).contains(&found), "{at}: {title} has {found} hours left");
    }
    let over: Vec<_> = left.iter().filter(|(_, hours)| *hours < 0).collect();
    assert_eq!(over.len(), 1, "{at}: {over:?}");
    let throws = "SELECT COUNT(*) FROM throw";
    let before = app.count(throws).await;
    ideas_turning::turn(&app.app).await.unwrap();
    promises_clock::turn(&app.app).await.unwrap();
    assert_eq!(app.count(throws).await, before, "{at}: a clock was left standing");
}

#[tokio::test]
async fn twenty_seven_ideas_were_thrown_and_one_is_a_draft() {
    let app = TestApp::example(THURSDAY).await;
    stand_where_they_should(&app, THURSDAY).await;
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for (_, state, _) in standing(&app, STANDING_IDEAS).await {
        *states.entry(state).or_default() += 1;
    }
    let states: Vec<_> = states.iter().map(|(state, count)| (state.as_str(), *count)).collect();
    let expected = [
        ("caught", 1),
        ("closed_declined", 2),
        ("declined", 1),
        ("delivered", 1),
        ("done", 9),
        ("go", 1),
        ("helping", 1),
        ("learned", 1),
        ("merged", 1),
        ("new", 1),
        ("parked", 1),
        ("passed_up", 1),
        ("question", 1),
        ("thrown_back", 1),
        ("trying", 3),
        ("withdrawn", 1),
    ];
    assert_eq!(states, expected);
    // The draft is Mei's, and nobody else's.
    assert_eq!(app.count("SELECT COUNT(*) FROM draft").await, 1);
    eyes_of(&app, "Mei").await.get("/ideas/new").await.is(200).sees("I would love to be able to solve a case");
    for other in ["Ruth", "Jonas", "Helen", "Ines"] {
        let eyes = eyes_of(&app, other).await;
        for page in ["/", "/ideas", "/drafts"] {
            eyes.get(page).await.does_not_see("I would love to be able to solve a case");
        }
    }
}

#[tokio::test]
async fn seven_promises_were_kept_one_moved_and_three_missed() {
    let app = TestApp::example(THURSDAY).await;
    let mut tx = app.app.read().await.unwrap();
    let now = tx.now();
    let (outcomes, causes) = tx.ask((counts::outcomes(now), counts::causes(now))).await.unwrap();
    assert_eq!(counts::Counts::of(&outcomes).words(), "7 kept, 1 moved, 3 missed");
    assert_eq!(causes, [(Cause::OnePerson, 2), (Cause::NotTold, 1), (Cause::Other, 1)]);
    drop(tx);
    // The clock said so on the day, and not somebody.
    assert_eq!(app.count("SELECT COUNT(*) FROM throw WHERE verb = 'miss' AND by_id IS NULL").await, 3);
    assert_eq!(app.count("SELECT COUNT(*) FROM promise WHERE unconfirmed").await, 0);
    eyes_of(&app, "Helen").await.get("/promises").await.is(200).sees("7 kept, 1 moved, 3 missed");
}

#[tokio::test]
async fn as_many_are_hurt_too_as_said_so_and_no_author_is_among_them() {
    const HURT: &str = "
        SELECT idea.headline, idea.hurts, CAST(COUNT(*) AS BIGINT) FROM idea JOIN hurt_too ON hurt_too.idea_id = idea.id
        WHERE hurt_too.person_id <> idea.author_id GROUP BY idea.id, idea.headline, idea.hurts ORDER BY idea.id";
    let app = TestApp::example(THURSDAY).await;
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String, i64, i64)> = tx.query_as(HURT).all().await.unwrap();
    let rows: Vec<_> = rows.iter().map(|(title, hurts, people)| (&title[..12], *hurts, *people)).collect();
    let expected =
        [("Every quote ", 3), ("Tickets lie ", 2), ("We type ever", 6), ("The second c", 2), ("When we get ", 7)];
    assert_eq!(rows, expected.map(|(title, hurts)| (title, hurts, hurts)));
}

#[tokio::test]
async fn two_authors_have_no_name_anywhere() {
    const KEPT: &str = "SELECT id FROM idea WHERE way = 'kept' ORDER BY id";
    let app = TestApp::example(THURSDAY).await;
    // Nobody is kept for them; the third has shown her name herself.
    assert_eq!(app.count("SELECT COUNT(*) FROM kept_name").await, 0);
    assert_eq!(app.count("SELECT COUNT(*) FROM throw WHERE verb = 'show_name'").await, 1);
    let mut tx = app.app.read().await.unwrap();
    let ids: Vec<(IdeaId,)> = tx.query_as(KEPT).all().await.unwrap();
    drop(tx);
    let [(report,), (afraid,)] = ids[..] else { panic!("{ids:?}") };
    let told = [
        (
            report,
            ["Ruth", "Helen", "Simon", "Ines"],
            "A colleague threw it to Ruth Okafor",
            ["Ben Hartley", "Mei Tanaka", "Jonas Weiss"],
        ),
        (
            afraid,
            ["Daniel", "Helen", "Simon", "Ines"],
            "A colleague threw it to Helen Marsh",
            ["Amira Haddad", "Lukas Novak", "Grace Owens"],
        ),
    ];
    for (id, readers, sentence, mates) in told {
        for reader in readers {
            let page = eyes_of(&app, reader).await.get(&format!("/ideas/{id}")).await.is(200).sees(sentence);
            // Whoever writes a comment is offered everybody's names, so only what tells of the idea is read.
            let text = page.text("h1, main > p, .story");
            for mate in mates {
                assert!(!text.contains(mate), "{reader} sees {mate}: {text}");
            }
        }
        let key = app.app.world.id().to_string();
        let ines = eyes_of(&app, "Ines").await;
        ines.post(&format!("/ideas/{id}/name/readings"), &[("key", key.as_str()), ("why", "to look")]).await.is(404);
        ines.get(&format!("/ideas/{id}/name")).await.is(404);
        for page in [format!("/ideas/{id}"), String::from("/ideas/protected")] {
            let offered = ines.get(&page).await.is(200).attributes("main a", "href");
            assert!(!offered.contains(&format!("/ideas/{id}/name")), "{page} offers a name that nobody keeps");
        }
    }
}
