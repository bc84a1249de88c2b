//! Ideas from outside: thrown, listed, read, and what becomes of those whose author changes the team.

use crate::support::field_north::HURT;
use crate::support::{Answer, FieldNorth, TestApp, Visitor};
use catchball::ids::TeamId;
use chrono::TimeDelta;
use std::collections::HashSet;

#[tokio::test]
async fn before_sending_it_says_to_whom_it_goes_who_sees_it_and_by_when_one_hears() {
    let north = FieldNorth::new().await;
    let page = north.callum.get("/ideas/new").await.is(200);
    page.sees("Goes to Tomas Berg, with your name. Seen by: your team, Tomas Berg, Helen Marsh.")
        .sees("You will hear from a person by tomorrow 10:00 and have an answer by Fri 10:00.");
}

#[tokio::test]
async fn one_line_is_enough_and_the_ball_is_with_the_leader() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let page = north.callum.get(&idea).await.is(200);
    assert_eq!(page.text("h1"), HURT);
    let page = page.sees("Thanks. The ball is with Tomas. You can read where it is at any time, and take it back.");
    assert!(
        page.text(".headline").contains("Tomas Berg has the ball · catch by tomorrow 10:00"),
        "{}",
        page.text(".headline")
    );
    page.sees("Callum Reid threw it to Tomas Berg");
    assert_eq!(north.ball().await, "Tomas Berg owes catch");
}

#[tokio::test]
async fn without_the_hurt_nothing_is_lost_and_nothing_is_made() {
    let north = FieldNorth::new().await;
    let fields = [("hurt", "  "), ("why", "Because every quote needs a fresh price."), ("authority", "need_ok")];
    let page = north.callum.throws(&fields).await.is(422);
    let page = page.sees("Write where it hurts. One line is enough.");
    assert_eq!(page.value("why"), "Because every quote needs a fresh price.");
    assert_eq!(page.attributes("input[name='authority'][checked]", "value"), ["need_ok"]);
    assert_eq!(page.attributes("details[open]", "open").len(), 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 0);
    let long = "x".repeat(100_001);
    let page = north.callum.throws(&[("hurt", long.as_str())]).await.is(422);
    assert_eq!(page.value("hurt"), long);
    let page = north.callum.post("/ideas", &[("hurt", HURT), ("authority", "perhaps")]).await.is(422);
    assert_eq!(page.value("hurt"), HURT);
    let foreign = "0191d0f0-0000-7000-8000-000000000000";
    let page = north.callum.post("/ideas", &[("hurt", HURT), ("measure", foreign)]).await.is(422);
    assert_eq!(page.value("hurt"), HURT);
}

#[tokio::test]
async fn somebody_without_a_team_or_with_no_leader_is_told_so() {
    let app = TestApp::new().await;
    let helen = app.director("Helen").await;
    helen.get("/ideas/new").await.is(200).sees("you are in none");
    helen.post("/ideas", &[("hurt", HURT)]).await.is(422).sees(HURT);
    let team = app.team("Field North").await;
    let ada = app.rep("Ada", team).await;
    ada.post("/ideas", &[("hurt", HURT)]).await.is(422).sees("Your team has no leader yet").sees(HURT);
}

#[tokio::test]
async fn a_double_click_makes_one_idea() {
    let north = FieldNorth::new().await;
    let key = "0191d0f0-0000-7000-8000-000000000001";
    let first = north.callum.post("/ideas", &[("hurt", HURT), ("key", key)]).await.location();
    let second = north.callum.post("/ideas", &[("hurt", HURT), ("key", key)]).await.location();
    assert_eq!(first, second);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 1);
}

#[tokio::test]
async fn twenty_clicks_at_once_make_one_idea_and_one_answer() {
    let north = FieldNorth::new().await;
    let fields = [("hurt", HURT), ("key", "0191d0f0-0000-7000-8000-000000000002")];
    let clicks = (0..20).map(|_| north.callum.post("/ideas", &fields));
    let answers = futures_util::future::join_all(clicks).await;
    let addresses: HashSet<_> = answers.iter().map(Answer::location).collect();
    assert_eq!(addresses.len(), 1);
    assert_eq!((north.app.count("SELECT COUNT(*) FROM idea").await, north.throws().await), (1, 1));
    let path = format!("{}/answer", addresses.into_iter().next().unwrap());
    let fields = [
        ("answer", "help"),
        ("what", "get you the sheet"),
        ("by", "2026-03-06"),
        ("version", "1"),
        ("key", "0191d0f0-0000-7000-8000-000000000003"),
    ];
    let clicks = (0..20).map(|_| north.tomas.post(&path, &fields));
    for answer in futures_util::future::join_all(clicks).await {
        answer.is(303);
    }
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'help'").await, 1);
}

#[tokio::test]
async fn foreign_and_missing_ideas_are_the_same_nothing() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let service = north.app.team("Service").await;
    let ruth = north.app.leader("Ruth", service).await;
    let ben = north.app.rep("Ben", service).await;
    let missing = "/ideas/0191d0f0-0000-7000-8000-000000000000";
    for who in [&ruth, &ben, &north.marco] {
        for path in [idea.as_str(), missing, "/ideas/nonsense"] {
            let page = who.get(path).await.is(404);
            assert_eq!(page.text("h1"), "There is nothing here for you");
        }
        for noun in
            ["catch", "answer", "question", "reply", "withdrawal", "judgement", "delivery", "confirmation", "waking"]
        {
            for path in [idea.as_str(), missing] {
                let fields =
                    [("words", "Hello"), ("answer", "go"), ("judgement", "fair"), ("changed", "yes"), ("version", "1")];
                who.post(&format!("{path}/{noun}"), &fields).await.is(404);
            }
        }
        who.get("/ideas").await.is(200).does_not_see(HURT);
    }
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn the_list_says_where_each_idea_is_and_who_has_the_ball() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let page = north.callum.get("/ideas").await.is(200).sees("One idea is open").sees("Thrown by me");
    assert_eq!(page.attributes("main .list-title", "href"), [idea.as_str()]);
    page.sees("Tomas Berg has the ball · catch by tomorrow 10:00").sees("thrown · Field North");
    north.priya.get("/ideas").await.sees("Thrown by others in Field North");
    north.tomas.opens(&idea).says("Yes.").sends("Yes, do it").await.goes_to(&idea);
    north.callum.get("/ideas").await.sees("Say your day by").sees("yes, do it · Field North");
    let nobody = FieldNorth::new().await;
    nobody.callum.get("/ideas").await.sees("Here you will see each open idea").sees("No idea is open");
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_ended() {
    let north = FieldNorth::new().await;
    for number in 0..65 {
        north.app.clock.forward(TimeDelta::minutes(1));
        north.callum.throws(&[("hurt", format!("Hurt {number}"))]).await.is(303);
    }
    let page = north.callum.get("/ideas").await;
    let titles = page.texts("main .list-title");
    assert_eq!((titles.len(), titles[0].as_str()), (50, "Hurt 64"));
    let older = page.attributes("main a[href*='before']", "href");
    let titles = north.callum.get(&older[0]).await.texts("main .list-title");
    assert_eq!((titles.len(), titles[0].as_str(), titles[14].as_str()), (15, "Hurt 14", "Hurt 0"));
    north.callum.get("/ideas?before=nonsense").await.is(400);
}

#[tokio::test]
async fn what_is_written_is_shown_and_never_run() {
    let north = FieldNorth::new().await;
    let evil = "<script>alert(1)</script> & \"quotes\"";
    let idea = north.callum.throws(&[("hurt", evil), ("why", evil)]).await.location();
    let page = north.tomas.get(&idea).await.is(200);
    assert_eq!(page.text("h1"), evil);
    assert!(!page.body.contains("<script>alert"));
}

#[tokio::test]
async fn a_leader_throws_to_the_next_level() {
    let north = FieldNorth::new().await;
    let idea = north.tomas.throws(&[("hurt", HURT)]).await.location();
    assert_eq!(north.ball().await, "Helen Marsh owes catch");
    north.helen.opens(&idea).says("Yes.").sends("Yes, do it").await.goes_to(&idea);
    assert_eq!(north.ball().await, "Tomas Berg owes plan");
}

#[tokio::test]
async fn a_leader_does_not_answer_an_idea_of_their_own_that_is_with_the_next_level() {
    let north = FieldNorth::new().await;
    let idea = north.tomas.throws(&[("hurt", HURT)]).await.location();
    assert!(north.tomas.get(&idea).await.is(200).attributes("input[name='answer']", "value").is_empty());
    north.forges(&north.tomas, &format!("{idea}/answer"), &[("answer", "go"), ("words", "Yes.")]).await.is(403);
    north.forges(&north.tomas, &format!("{idea}/catch"), &[]).await.is(403);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("new", "Helen Marsh owes catch"));
}

#[tokio::test]
async fn an_author_who_has_changed_the_team_reads_the_idea_and_takes_it_back() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    move_to(&north, &north.callum, north.app.team("Service").await).await;
    north.callum.get("/ideas").await.is(200).sees("Thrown by me").sees(HURT);
    north.callum.get(&idea).await.is(200).sees("catch by");
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    assert_eq!(north.state().await, "withdrawn");
}

#[tokio::test]
async fn an_author_who_has_changed_the_team_reads_what_was_promised() {
    let form = [("what", "get you the price sheet"), ("by", "2026-03-06")];
    let (north, idea) = FieldNorth::with_an_answer("Promise it", &form).await;
    move_to(&north, &north.callum, north.app.team("Service").await).await;
    let promise = north.callum.get(&idea).await.is(200).attributes(".beside .list-title", "href").remove(0);
    north.callum.get(&promise).await.is(200).sees("get you the price sheet");
    north.callum.opens(&promise).sends("Let it go").await.goes_to(&promise);
}

pub async fn move_to(north: &FieldNorth, who: &Visitor, team: TeamId) {
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("UPDATE role SET team_id = $2 WHERE person_id = $1").bind(who.id).bind(team).execute().await.unwrap();
    tx.commit().await.unwrap();
}
