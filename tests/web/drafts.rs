//! Drafts from outside: saved on the way, given back to their owner alone, gone when they are sent.

use crate::support::{FieldNorth, Visitor};
use chrono::TimeDelta;

const DRAFTS: &str = "SELECT COUNT(*) FROM draft";
const TEXT: &str = "Half a sentence about the pricing desk";

async fn saves(who: &Visitor, fields: &[(&str, &str)]) {
    let mut form = vec![("draft", "idea"), ("draft_page", "/ideas/new")];
    form.extend(fields);
    who.post("/drafts", &form).await.is(204);
}

#[tokio::test]
async fn a_draft_comes_back_with_its_time_and_goes_when_the_idea_is_thrown() {
    let north = FieldNorth::new().await;
    saves(&north.callum, &[("hurt", TEXT), ("why", "Because")]).await;
    north.app.clock.forward(TimeDelta::minutes(30));
    let page = north.callum.get("/ideas/new").await.sees("Your draft from today 10:00 is here.").sees("Start over");
    assert_eq!((page.value("hurt"), page.value("why")), (TEXT.into(), "Because".into()));
    // What is refused takes no draft.
    north.callum.throws(&[("hurt", "")]).await.is(422);
    assert_eq!(north.app.count(DRAFTS).await, 1);
    north.callum.throws(&[("hurt", TEXT)]).await.is(303);
    assert_eq!(north.app.count(DRAFTS).await, 0);
    let page = north.callum.get("/ideas/new").await.does_not_see("Your draft");
    assert_eq!(page.value("hurt"), "");
}

#[tokio::test]
async fn a_draft_that_arrives_after_its_form_is_no_draft() {
    let north = FieldNorth::new().await;
    let key = north.app.app.world.id().to_string();
    north.callum.post("/ideas", &[("hurt", TEXT), ("draft", "idea"), ("key", &key)]).await.is(303);
    saves(&north.callum, &[("hurt", TEXT), ("key", &key)]).await;
    assert_eq!(north.app.count(DRAFTS).await, 0);
}

#[tokio::test]
async fn nobody_else_ever_sees_a_draft() {
    let north = FieldNorth::new().await;
    let admin = north.app.admin("Owen").await;
    let coach = north.app.coach("Ines").await;
    saves(&north.callum, &[("hurt", TEXT)]).await;
    north.callum.get("/drafts").await.sees(TEXT).sees("Only you see them.");
    north.callum.get("/drafts/fields").await.sees(TEXT);
    let pages = ["/", "/ideas", "/ideas/new", "/drafts", "/drafts/fields", "/notices", "/people", "/more"];
    for foreign in [&north.priya, &north.tomas, &north.helen, &admin, &coach] {
        for page in pages {
            foreign.get(page).await.does_not_see(TEXT);
        }
        foreign.post("/drafts/removal", &[("draft", "idea")]).await.is(303);
    }
    assert_eq!(north.app.count(DRAFTS).await, 1);
    north.app.stranger().get("/drafts").await.is(303);
    north.app.stranger().post("/drafts", &[("draft", "idea"), ("hurt", "x")]).await.is(401);
}

#[tokio::test]
async fn a_draft_moves_no_change_counter_and_survives_a_restart() {
    let north = FieldNorth::new().await;
    let before = north.app.app.db.counter();
    saves(&north.callum, &[("hurt", TEXT)]).await;
    assert_eq!(north.app.app.db.counter(), before);
    assert_eq!(north.app.count("SELECT counter FROM change").await, before.unwrap());
    assert_eq!(north.app.count(DRAFTS).await, 1, "another transaction finds it");
}

#[tokio::test]
async fn the_short_form_takes_nothing_from_the_long_one_and_secrets_are_no_draft() {
    let north = FieldNorth::new().await;
    saves(&north.callum, &[("hurt", TEXT), ("why", "Because"), ("password", "hunter2"), ("version", "7")]).await;
    saves(&north.callum, &[("hurt", "Other")]).await;
    assert_eq!(north.text("SELECT fields FROM draft").await, r#"[["why","Because"],["hurt","Other"]]"#);
    saves(&north.callum, &[("hurt", " "), ("why", "")]).await;
    assert_eq!(north.app.count(DRAFTS).await, 0, "an emptied form is no draft");
}

#[tokio::test]
async fn without_script_a_button_saves_and_another_starts_over() {
    let north = FieldNorth::new().await;
    let page = north.callum.get("/ideas/new").await;
    assert_eq!(page.attributes("button[name=save]", "formaction"), ["/drafts"]);
    assert_eq!(page.attributes("form.throw-box", "enctype"), ["multipart/form-data"]);
    let fields = [("draft", "idea"), ("draft_page", "/ideas/new"), ("hurt", TEXT), ("save", "draft")];
    north.callum.post_files("/drafts", &fields, &[]).await.goes_to("/ideas/new");
    north.callum.get("/ideas/new").await.sees("Saved as a draft. Only you see it").sees(TEXT);
    let over = [("draft", "idea"), ("draft_page", "/ideas/new")];
    north.callum.post("/drafts/removal", &over).await.goes_to("/ideas/new");
    north.callum.get("/ideas/new").await.does_not_see(TEXT);
}

#[tokio::test]
async fn an_answer_and_a_comment_have_drafts_too() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let page = north.tomas.get(&idea).await;
    let places = page.attributes("form input[name=draft]", "value");
    assert!(places.contains(&format!("{idea}:go-")), "{places:?}");
    assert!(!page.attributes("form#write", "data-draft").is_empty());
    let id = idea.rsplit('/').next().unwrap();
    let place = format!("comment:{id}");
    let form = [("draft", place.as_str()), ("draft_page", idea.as_str()), ("words", TEXT)];
    north.tomas.post("/drafts", &form).await.is(204);
    north.tomas.get("/drafts/fields").await.sees(TEXT);
    north.tomas.post(&format!("{idea}/comments"), &[("words", TEXT), ("draft", &place)]).await.is(303);
    assert_eq!(north.app.count(DRAFTS).await, 0);
}

#[tokio::test]
async fn a_draft_says_where_it_belongs_and_leads_nowhere_else() {
    let north = FieldNorth::new().await;
    for place in ["", "<script>", "a b", &"x".repeat(101)] {
        north.callum.post("/drafts", &[("draft", place), ("hurt", "x")]).await.is(400);
        north.callum.post("/drafts/removal", &[("draft", place)]).await.is(400);
    }
    let form = [("draft", "idea"), ("draft_page", "//evil.example/"), ("hurt", "x")];
    north.callum.post("/drafts", &form).await.is(204);
    assert_eq!(north.text("SELECT address FROM draft").await, "/ideas/new");
    let form = [("draft", "idea"), ("draft_page", "https://evil.example/")];
    north.callum.post("/drafts/removal", &form).await.goes_to("/drafts");
}

#[tokio::test]
async fn nobody_keeps_more_than_fifty_and_the_clock_forgets_what_nobody_touches() {
    let north = FieldNorth::new().await;
    for number in 0..55 {
        north.app.clock.forward(TimeDelta::minutes(1));
        let place = format!("comment:{number}");
        north.callum.post("/drafts", &[("draft", place.as_str()), ("words", TEXT)]).await.is(204);
    }
    assert_eq!(north.app.count(DRAFTS).await, 50);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM draft WHERE place = 'comment:4'").await, 0);
    north.app.clock.forward(TimeDelta::days(89));
    north.turn().await;
    assert_eq!(north.app.count(DRAFTS).await, 50);
    north.app.clock.forward(TimeDelta::days(2));
    north.turn().await;
    assert_eq!(north.app.count(DRAFTS).await, 0);
}
