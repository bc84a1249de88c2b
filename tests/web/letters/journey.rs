//! A letter from the box to its answer and back, and the letterbox itself.

use super::{LAPTOP, Letterbox, drop_in, opens, sends};
use crate::support::FieldNorth;
use crate::support::field_north::HURT;
use catchball::ids::TeamId;

#[tokio::test]
async fn the_form_says_what_is_stored_who_reads_it_and_by_when() {
    let letterbox = Letterbox::new().await;
    let page = opens(&letterbox.callum, &letterbox.path, LAPTOP).await.is(200);
    let page =
        page.sees("We store your text, the team and the week.").sees("it is the only way back; we cannot restore it.");
    let page = page.sees("Your way of writing, names, places and days can tell who you are.");
    let page = page.sees("Goes to Tomas Berg, from nobody. Seen by: Field North, Tomas Berg, Helen Marsh, Ines Vidal");
    let page = page.sees("a person has it by Mon 17:00 and answers by 11 March").does_not_see("Callum");
    assert_eq!(page.attributes("form", "action"), ["/ideas"], "the same address as a named idea");
    assert_eq!(page.attributes("form", "method"), ["post"]);
    assert!(page.attributes("[data-draft]", "data-draft").is_empty() && page.texts("nav").is_empty());
    assert!(!page.headers.contains_key("set-cookie") && page.headers["cache-control"] == "no-store");
    letterbox.app.stranger().get("/letterbox/nonsense").await.is(404);
}

#[tokio::test]
async fn without_the_hurt_nothing_is_lost_and_nothing_is_kept() {
    let letterbox = Letterbox::new().await;
    let stranger = letterbox.app.stranger();
    let page = opens(&stranger, &letterbox.path, LAPTOP).await;
    let (key, code) = (page.value_of("input[name='key']"), page.value_of("input[name='code']"));
    let secret = page.value_of("input[name='letterbox']");
    let fields = [("key", key.as_str()), ("code", &code), ("letterbox", &secret), ("hurt", " "), ("why", "Because")];
    let page = sends(&stranger, "/ideas", &fields, LAPTOP).await.is(422).sees("Write where it hurts.");
    assert_eq!(page.value("why"), "Because");
    assert_eq!((page.value_of("input[name='key']"), page.value_of("input[name='code']")), (key.clone(), code.clone()));
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM letter").await, 0);
    for wrong in [("key", "0191d0f0-0000-7000-8000-000000000000"), ("key", "x"), ("code", "abc"), ("code", "")] {
        let mut fields = [("key", key.as_str()), ("code", &code), ("letterbox", &secret), ("hurt", HURT)];
        fields.iter_mut().filter(|field| field.0 == wrong.0).for_each(|field| field.1 = wrong.1);
        let page = sends(&letterbox.callum, "/ideas", &fields, LAPTOP).await.is(400).does_not_see("Callum");
        assert!(!page.headers.contains_key("x-request-id"), "an error leaves no line either");
    }
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM letter").await, 0);
}

#[tokio::test]
async fn a_letter_sent_twice_lies_there_once_and_shows_the_same_code() {
    let letterbox = Letterbox::new().await;
    let stranger = letterbox.app.stranger();
    let page = opens(&stranger, &letterbox.path, LAPTOP).await;
    let (key, code) = (page.value_of("input[name='key']"), page.value_of("input[name='code']"));
    let secret = page.value_of("input[name='letterbox']");
    let fields = [("key", key.as_str()), ("code", &code), ("letterbox", &secret), ("hurt", HURT)];
    let first = sends(&stranger, "/ideas", &fields, LAPTOP).await.is(200).value_of("#code");
    let second = sends(&stranger, "/ideas", &fields, LAPTOP).await.is(200).value_of("#code");
    assert_eq!(first, second);
    assert_eq!(first.len(), 29, "24 letters in groups of four: {first}");
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM letter").await, 1);
}

#[tokio::test]
async fn a_letter_is_thrown_answered_asked_back_and_answered_with_the_code() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let code = letterbox.code(HURT).await;
    letterbox.looks(&code).await.is(200).sees("Your letter lies in the box of Field North, in the week of 2 March.");
    for who in [&north.tomas, &north.helen, &letterbox.ines] {
        who.get("/ideas").await.does_not_see(HURT);
        who.get("/").await.does_not_see(HURT);
    }
    letterbox.next_morning().await;
    let idea = letterbox.idea().await;
    north.tomas.get("/").await.is(200).sees(HURT);
    let opened = idea.replace("/ideas/", "/?idea=");
    north.tomas.get(&opened).await.is(200).sees(HURT).sees("Somebody threw it.");
    let page = north.tomas.get(&idea).await.is(200).sees("Somebody threw it to Tomas Berg in the week of 2 March");
    page.sees("Nobody knows who, Field North.").sees("Catch it, or answer it at once, by Mon 17:00");
    north.tomas.opens(&idea).says("Since when is it so?").sends("Ask").await.goes_to(&idea);
    assert_eq!(north.ball().await, "Somebody owes reply");
    let page = letterbox.looks(&code.to_lowercase().replace(' ', "")).await.is(200);
    let page = page.sees("There is a question for you.").sees("Tomas Berg asked you").sees("Since when is it so?");
    let page = page.does_not_see(HURT);
    assert_eq!(page.texts("summary"), ["Answer the question", "Add words", "Take it back"]);
    let stranger = north.app.stranger();
    stranger.post("/letters", &[("code", code.as_str()), ("show", "text")]).await.is(200).sees(HURT);
    letterbox.acts(&code, "reply", " ").await.is(422).sees("Write a sentence to go with it.");
    letterbox.acts(&code, "fair", "").await.is(422).sees("There is a question for you. You can add words.");
    letterbox
        .acts(&code, "reply", "Since last spring.")
        .await
        .is(200)
        .sees("Kept. It goes out with the next morning\u{2019}s post.");
    letterbox.looks(&code).await.sees("This goes out with the next morning\u{2019}s post: Answer the question.");
    letterbox.acts(&code, "withdraw", "").await.is(422).sees("waits for the post already");
    assert_eq!(north.ball().await, "Somebody owes reply", "it goes out in the morning");
    letterbox.next_morning().await;
    assert_eq!(north.ball().await, "Tomas Berg owes answer");
    let page = north.tomas.get(&idea).await.is(200).sees("Since last spring.");
    page.sees("Somebody answered Tomas Berg in the week of 2 March");
    let no = [("understood", "slow"), ("because", "no money"), ("could_help", "next year")];
    north.tomas.opens(&idea).fills(&no).sends("Say no").await.goes_to(&idea);
    letterbox.acts(&code, "throw_back", "It costs nothing.").await.is(200);
    letterbox.acts(&code, "said", "Ask the service people too.").await.is(200);
    letterbox.next_morning().await;
    assert_eq!(north.ball().await, "Helen Marsh owes answer");
    north.helen.get(&idea).await.sees("It costs nothing.").sees("Ask the service people too.");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM letter_word").await, 0);
}

#[tokio::test]
async fn what_is_no_longer_possible_when_the_post_goes_is_kept_as_words() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let code = letterbox.code(HURT).await;
    letterbox.next_morning().await;
    let idea = letterbox.idea().await;
    north.tomas.opens(&idea).says("Since when?").sends("Ask").await.goes_to(&idea);
    letterbox.acts(&code, "reply", "Since last spring.").await.is(200);
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("UPDATE idea SET state = 'go'").execute().await.unwrap();
    tx.commit().await.unwrap();
    letterbox.next_morning().await;
    assert_eq!(north.state().await, "go");
    north.tomas.get(&idea).await.sees("Somebody said in the week of 2 March").sees("Since last spring.");
}

#[tokio::test]
async fn a_team_that_is_too_small_is_told_before_typing_and_offered_the_whole_company() {
    let north = FieldNorth::new().await;
    north.app.coach("Ines Vidal").await;
    let team = north.team;
    for name in ["Dana", "Evan"] {
        north.app.rep(name, team).await;
    }
    let service = north.app.team("Service").await;
    let ruth = north.app.leader_below("Ruth Bell", service, &north.helen).await;
    let path = put_up(&north, team).await;
    let stranger = north.app.stranger();
    let page = stranger.get(&path).await.is(200);
    let page = page.sees("Field North has 4 people beside its leader. Among fewer than 5 one can guess who wrote, so the letterbox is off here.");
    assert!(page.attributes("textarea", "name").is_empty(), "there is nothing to type into");
    let wider = page.attributes("a.deed", "href").remove(0);
    let page = stranger.get(&wider).await.is(200);
    let page = page
        .sees("Goes to Helen Marsh, from nobody. Seen by: Helen Marsh, Ines Vidal, from the next working morning on.");
    page.does_not_see("Tomas").does_not_see("Ruth");
    let key = "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11";
    let form = [
        ("key", key),
        ("code", "0123456789abcdefghjkmnpq"),
        ("letterbox", path.strip_prefix("/letterbox/").unwrap()),
        ("hurt", HURT),
    ];
    sends(&stranger, "/ideas", &form, LAPTOP).await.is(422).sees("the letterbox is off here").sees(HURT);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM letter").await, 0);
    drop_in(&stranger, &wider, HURT, LAPTOP).await.is(200);
    north.turn_at("2026-03-04T08:01:00Z").await;
    assert_eq!(north.ball().await, "Helen Marsh owes catch");
    north.helen.get("/ideas").await.sees(HURT).sees("All of Larkfield Pumps");
    for who in [&north.tomas, &ruth, &north.callum, &north.priya] {
        who.get("/ideas").await.does_not_see(HURT);
        who.get("/").await.does_not_see(HURT);
    }
    for path in ["/people", "/teams/new", "/people/new", "/screens", "/measures/new", "/standards", "/experiments"] {
        north.helen.get(path).await.does_not_see("All of Larkfield");
    }
}

async fn put_up(north: &FieldNorth, team: TeamId) -> String {
    let poster = format!("/teams/{team}/letterbox");
    north.tomas.post(&poster, &[("a", "b")]).await.goes_to(&poster);
    let link = north.tomas.get(&poster).await.is(200).value_of("#link");
    link.strip_prefix("http://catchball.test").unwrap().to_owned()
}

#[tokio::test]
async fn what_was_thrown_stays_protected_when_the_team_shrinks_or_the_address_is_new() {
    let mut letterbox = Letterbox::new().await;
    let code = letterbox.code(HURT).await;
    let old = letterbox.path.clone();
    letterbox.put_up().await;
    assert_ne!(letterbox.path, old);
    letterbox.app.stranger().get(&old).await.is(404);
    let mut tx = letterbox.app.app.write().await.unwrap();
    tx.query("DELETE FROM role WHERE person_id = $1").bind(letterbox.more[0].id).execute().await.unwrap();
    tx.query("DELETE FROM role WHERE person_id = $1").bind(letterbox.more[1].id).execute().await.unwrap();
    tx.commit().await.unwrap();
    letterbox.app.stranger().get(&letterbox.path).await.is(200).sees("the letterbox is off here");
    letterbox.next_morning().await;
    letterbox.looks(&code).await.is(200).sees("It waits for a person to take it.");
    let page = letterbox.tomas.get(&letterbox.idea().await).await.is(200);
    page.sees("Nobody knows who").sees("in the week of 2 March");
}

#[tokio::test]
async fn only_leaders_the_coach_and_the_admin_put_up_a_letterbox() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let poster = format!("/teams/{}/letterbox", letterbox.team);
    let ruth = north.app.leader("Ruth", north.app.team("Service").await).await;
    for who in [&north.callum, &north.marco, &ruth] {
        who.get(&poster).await.is(404);
        who.post(&poster, &[("a", "b")]).await.is(404);
    }
    for who in [&north.tomas, &north.helen, &letterbox.ines, &letterbox.owen] {
        who.get(&poster).await.is(200).sees("We store your text, the team and the week.");
        who.get("/letterboxes").await.is(200).sees("Field North");
    }
    north.callum.get("/ideas/new").await.sees("Open the letterbox of your team");
}

#[tokio::test]
async fn the_letterbox_of_the_company_stands_from_the_set_up_on_and_no_leader_decides() {
    let app = crate::support::TestApp::before_set_up().await;
    let link = catchball::people::setup::offer(&app.app).await.unwrap().unwrap();
    let founder = app.stranger();
    let fields = [
        ("token", link.split("token=").nth(1).unwrap()),
        ("company", "Larkfield Pumps"),
        ("team", "Field North"),
        ("zone", "Europe/London"),
        ("mon", "yes"),
        ("hours", "8-17"),
        ("name", "Owen Price"),
        ("email", "owen@larkfield.example"),
        ("password", "the pump hums at night"),
    ];
    founder.post("/setup", &fields).await.is(303);
    let mut tx = app.app.read().await.unwrap();
    let (team,): (uuid::Uuid,) = tx.query_as("SELECT id FROM team WHERE wide_head_id IS NULL").one().await.unwrap();
    drop(tx);
    assert_eq!(app.count("SELECT COUNT(*) FROM letterbox").await, 1, "it stands before anybody could decide");
    let team = TeamId(team);
    app.leader("Tomas Berg", team).await;
    let mut reps = Vec::new();
    for name in ["Ada", "Ben"] {
        reps.push(app.rep(name, team).await);
    }
    // Too few in the whole company: the form says so, and that nothing else is to be done.
    reps[0].get("/ideas/new").await.is(200).sees("fewer than 5 people");
    let other = app.team("Field South").await;
    for name in ["Cleo", "Dan", "Eve"] {
        app.rep(name, other).await;
    }
    let page = reps[0].get("/ideas/new").await.is(200).sees("Open the letterbox of the whole company");
    let path = page.attributes("a[href^='/letterbox/']", "href").remove(0);
    drop_in(&app.stranger(), &path, HURT, LAPTOP).await.is(200);
}

#[tokio::test]
async fn in_the_example_the_nameless_way_is_open_to_everybody_and_a_small_team_is_led_there() {
    let app = crate::support::TestApp::example("2026-03-03T10:00:00Z").await;
    let mut tx = app.app.read().await.unwrap();
    let reps = "SELECT DISTINCT person_id FROM role WHERE role = 'rep'";
    let reps: Vec<(catchball::ids::PersonId,)> = tx.query_as(reps).all().await.unwrap();
    let leader = "SELECT person_id, team_id FROM role WHERE role = 'team_leader'";
    let leaders: Vec<(catchball::ids::PersonId, TeamId)> = tx.query_as(leader).all().await.unwrap();
    drop(tx);
    for (id,) in reps {
        let rep = crate::support::Visitor::signed_in(&app.router, &app.app, "a rep", id, "none");
        app.signs_in(&rep).await;
        let page = rep.get("/ideas/new").await.is(200);
        let path = page.attributes("a[href^='/letterbox/']", "href").pop().expect("a letterbox");
        app.stranger().get(&path).await.is(200).sees("Put it in the letterbox");
    }
    for (id, team) in leaders {
        let leader = crate::support::Visitor::signed_in(&app.router, &app.app, "a leader", id, "none");
        app.signs_in(&leader).await;
        let page = leader.get(&format!("/teams/{team}/letterbox")).await.is(200);
        if page.body.contains("the letterbox is off here") {
            let page = page.sees("the letterbox of the whole company").does_not_see("Put it up");
            let path = page.attributes("a[href^='/letterbox/']", "href").remove(0);
            app.stranger().get(&path).await.is(200).sees("Put it in the letterbox");
        }
    }
}
