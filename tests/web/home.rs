//! The start pages: what people wait for comes first for those who lead, the throw first for reps.

use crate::support::{FieldNorth, TestApp, Visitor};
use catchball::ideas::verbs;
use catchball::ideas::{self, NewIdea};
use catchball::ids::{IdeaId, ThrowId};
use catchball::moves::Move;
use catchball::people::{Role, store};
use chrono::TimeDelta;

/// Somebody throws an idea.
async fn throws(app: &TestApp, who: &Visitor, hurt: &str) -> IdeaId {
    let mut tx = app.app.write().await.unwrap();
    let author = store::person(&mut tx, who.id).await.unwrap().unwrap();
    let mut new = NewIdea::saying(hurt);
    new.text.why = "Nobody asked us".into();
    let id = verbs::throw_idea(&mut tx, &author, ThrowId(app.app.world.id()), &new).await.unwrap().id;
    tx.commit().await.unwrap();
    id
}

/// A leader takes an idea further to somebody.
async fn passes_up(app: &TestApp, who: &Visitor, id: IdeaId, to: &Visitor) {
    let mut tx = app.app.write().await.unwrap();
    let leader = store::person(&mut tx, who.id).await.unwrap().unwrap();
    let idea = ideas::store::idea(&mut tx, id).await.unwrap();
    let this = Move::of(ThrowId(app.app.world.id()), &leader, "Only pricing can change the form.");
    verbs::pass_up(&mut tx, &idea, this, to.id).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in() {
    let app = TestApp::new().await;
    for page in ["/", "/more"] {
        let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        app.stranger().get(page).await.goes_to(&format!("/session/new?next={next}"));
    }
}

#[tokio::test]
async fn a_rep_begins_with_the_throw_and_is_told_who_sees_it_and_by_when_they_hear() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let helen = app.director("Helen Brandt").await;
    app.leader_below("Tomas Ruiz", team, &helen).await;
    let ada = app.rep("Ada", team).await;
    let page = ada.get("/").await.is(200);
    assert_eq!(page.texts("h1"), ["Where does it hurt?"]);
    assert_eq!(page.attributes("form.throw-box", "action"), ["/ideas"]);
    assert_eq!(page.attributes("form.throw-box button.deed", "type"), ["submit"]);
    assert!(!page.value("key").is_empty());
    let told = page.text("#field-hurt-seen");
    for words in ["Tomas", "Helen", "tomorrow 10:00", "Fri 10:00"] {
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(page.texts("main .deed").len(), 1, "one next step");
    page.sees("My team · Field North").sees("For example").does_not_see("What my people are waiting for");
}

#[tokio::test]
async fn in_a_team_without_a_leader_nothing_can_be_thrown_and_the_page_says_why() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    let page = ada.get("/").await.is(200).sees("Your team has no leader yet");
    assert!(page.attributes("form.throw-box", "action").is_empty());
}

#[tokio::test]
async fn a_throw_stands_with_the_author_as_awaited_and_with_the_leader_to_be_answered_in_place() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let first = throws(&app, &ada, "Ten must-fill fields before a quote").await;
    app.clock.forward(TimeDelta::hours(2));
    throws(&app, &ada, "Two price lists <b>disagree</b>").await;
    let page = ada.get("/").await.is(200);
    assert_eq!(
        page.texts(".list-title")[..2],
        ["Ten must-fill fields before a quote", "Two price lists <b>disagree</b>"]
    );
    assert!(page.text(".list").contains("Tomas"));
    let page = tom.get("/").await.is(200);
    assert_eq!(page.texts("h1"), ["What my people are waiting for from me"]);
    let rows = page.texts(".rows > .row-closed .row-title");
    assert_eq!(rows, ["Ten must-fill fields before a quote", "Two price lists <b>disagree</b>"], "oldest first");
    assert_eq!(page.attributes(".rows form", "action").len(), 0, "no box before an idea is opened");
    assert_eq!(page.attributes(".row-closed", "href")[0], format!("/?idea={first}#idea-{first}"));
    let page = tom.get(&format!("/?idea={first}")).await.is(200);
    assert_eq!(page.texts(".rows > details .row-title"), ["Ten must-fill fields before a quote"]);
    assert_eq!(page.attributes(".rows > details", "id"), [format!("idea-{first}")]);
    assert_eq!(page.texts(".rows > .row-closed .row-title"), ["Two price lists <b>disagree</b>"], "one at a time");
    assert_eq!(page.texts(".rows .quote"), ["Nobody asked us"]);
    let answers = page.attributes(".rows form", "action");
    assert!(answers.contains(&format!("/ideas/{first}/answer")), "{answers:?}");
    assert!(page.attributes(".rows form input[name=back]", "value").iter().all(|path| path == "/"));
    assert_eq!(page.attributes(".rows form input[name=back]", "value").len(), answers.len());
    let ids = page.attributes("[id]", "id");
    let mut once = ids.clone();
    once.sort();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "each id stands once on the page");
    assert_eq!(page.texts(".list-title").len(), 0, "nothing else is with Tomas");
}

#[tokio::test]
async fn an_idea_is_thrown_and_answered_without_leaving_the_start_pages() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let key = ada.get("/").await.value("key");
    let story = ada.post("/ideas", &[("key", key.as_str()), ("hurt", "Ten must-fill fields")]).await.location();
    let opens = story.replace("/ideas/", "/?idea=");
    let page = tom.get(&opens).await.is(200);
    let door = format!("form[action='{story}/answer']");
    let hidden = |name: &str| page.attributes(&format!("{door} input[name={name}]"), "value").remove(0);
    let (key, version, answer, back) = (hidden("key"), hidden("version"), hidden("answer"), hidden("back"));
    let mut form = vec![("key", key.as_str()), ("version", &version), ("answer", &answer), ("back", &back)];
    form.push(("words", "Three fields are enough. Try it with the next quotes."));
    tom.post(&format!("{story}/answer"), &form).await.goes_to("/");
    tom.get("/").await.is(200).sees("Nobody waits for you.");
    let page = ada.get("/").await.is(200);
    assert_eq!(page.attributes(".list .list-title", "href"), [story]);
}

#[tokio::test]
async fn a_long_idea_begins_in_its_row_and_goes_on_inside() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let long = "Two price lists disagree and I find out in front of the customer. ".repeat(20);
    let id = throws(&app, &app.rep("Ada", team).await, long.trim()).await;
    let page = tom.get(&format!("/?idea={id}")).await.is(200);
    let title = page.text(".row-title");
    assert_eq!(title, "Two price lists disagree and I find out in front of the customer.");
    assert_eq!(format!("{title} {}", page.texts(".rows .quote")[0]), long.trim());
}

#[tokio::test]
async fn what_is_passed_up_waits_for_the_director_and_no_longer_for_the_leader() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let helen = app.director("Helen").await;
    let tom = app.leader_below("Tomas", team, &helen).await;
    let ada = app.rep("Ada", team).await;
    let id = throws(&app, &ada, "Discounts wait for a signature").await;
    let empty = helen.get("/").await.is(200).sees("Nobody waits for you.");
    assert_eq!(empty.texts(".empty").len(), 1, "one empty state with one first step");
    passes_up(&app, &tom, id, &helen).await;
    helen.get("/").await.sees("Discounts wait for a signature").does_not_see("Nobody waits for you.");
}

#[tokio::test]
async fn a_helper_answers_in_place_too() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let pia = app.helper("Pia").await;
    let ada = app.rep("Ada", team).await;
    let page = pia.get("/").await.is(200).sees("As helper").sees("only your department can change");
    assert_eq!(page.texts("h1"), ["Welcome to Catchball"]);
    let id = throws(&app, &ada, "The form asks twice").await;
    passes_up(&app, &tom, id, &pia).await;
    let page = pia.get("/").await.is(200);
    assert_eq!(page.texts("h1"), ["What people are waiting for from me"]);
    let page = pia.get(&format!("/?idea={id}")).await.is(200);
    assert!(page.attributes(".rows form", "action").contains(&format!("/ideas/{id}/answer")));
}

#[tokio::test]
async fn a_leader_who_is_also_a_rep_gets_both() {
    let app = TestApp::new().await;
    let (north, south) = (app.team("Field North").await, app.team("Field South").await);
    app.leader("Tomas", south).await;
    let both = app.person("Mira", &[(Role::Rep, Some(south)), (Role::TeamLeader, Some(north))], None).await;
    let page = both.get("/").await.is(200).sees("Where does it hurt?").sees("What I carry").sees("I wait for");
    assert_eq!(page.texts("h1"), ["What my people are waiting for from me"]);
}

#[tokio::test]
async fn a_rep_reads_an_answer_first_until_it_was_seen() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, do it", &[("words", "Take the price sheet.")]).await;
    let page = north.callum.get("/").await.is(200).sees("Tomas Berg").sees("Take the price sheet.");
    assert_eq!(page.texts("h1"), ["You got an answer"]);
    assert_eq!(page.attributes(".answered .deed", "href"), [idea.as_str()]);
    page.sees("Where does it hurt?").does_not_see("Callum Reid answered");
    north.priya.get("/").await.does_not_see("You got an answer");
    north.callum.opens("/").sends("Seen").await.goes_to("/notices");
    let page = north.callum.get("/").await.is(200).does_not_see("You got an answer");
    page.sees("Say your day by");
}

#[tokio::test]
async fn a_leader_sees_from_whom_it_is_and_what_is_over_first() {
    let (north, _) = FieldNorth::with_an_idea().await;
    let asked = north.priya.throws(&[("hurt", "Prices come too late")]).await.location();
    north.tomas.opens(&asked).says("Since when?").sends("Ask").await.goes_to(&asked);
    north.app.clock.forward(TimeDelta::days(2));
    north.priya.opens(&asked).says("Since spring.").sends("Answer").await.goes_to(&asked);
    let page = north.tomas.get("/").await.is(200);
    let rows = page.texts(".row-words");
    assert!(
        rows[0].contains("1 day over") && rows[0].contains("Callum Reid \u{b7} Field North \u{b7} for 2 days"),
        "{rows:?}"
    );
    assert!(rows[1].contains("Answer it by") && rows[1].contains("Priya Nair"), "{rows:?}");
}

#[tokio::test]
async fn a_row_names_an_author_only_as_they_chose() {
    let north = FieldNorth::new().await;
    north.app.coach("Ines").await;
    north.callum.throws(&[("hurt", "The target goes up"), ("way", "kept")]).await;
    let page = north.tomas.get("/").await.is(200).does_not_see("Callum");
    assert!(page.texts(".row-from")[0].starts_with("A colleague"), "{:?}", page.texts(".row-from"));
}

#[tokio::test]
async fn coach_and_admin_are_told_what_catchball_is_for_them() {
    let app = TestApp::new().await;
    app.coach("Cora").await.get("/").await.is(200).sees("You see the ideas of all teams and decide none.");
    let page = app.admin("Grace").await.get("/").await.is(200).sees("This role sees no ideas.");
    assert!(page.attributes("form.throw-box", "action").is_empty());
    assert_eq!(page.texts("ol.steps > li").len(), 3);
}

#[tokio::test]
async fn nobody_sees_the_balls_of_others_on_their_start_page() {
    let app = TestApp::new().await;
    let (north, south) = (app.team("Field North").await, app.team("Field South").await);
    app.leader("Tomas", north).await;
    let (ada, ben) = (app.rep("Ada", north).await, app.rep("Ben", north).await);
    let ruth = app.leader("Ruth", south).await;
    throws(&app, &ada, "Canary in the quote").await;
    ben.get("/").await.is(200).does_not_see("Canary");
    ruth.get("/").await.is(200).does_not_see("Canary");
}

#[tokio::test]
async fn the_menu_of_a_phone_offers_what_the_person_may_open() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let links = |page: &crate::support::Answer| page.attributes("main a", "href");
    let rep = links(&app.rep("Ada", team).await.get("/more").await.is(200));
    let mine = [
        "/notices",
        "/drafts",
        "/search",
        "/promises",
        "/experiments",
        "/standards",
        "/still-holding",
        "/library",
        "/give-back",
        "/leadership",
        "/absences",
    ];
    assert_eq!(rep, [&mine[..], &["/letters", "/purpose", "/password/edit"]].concat());
    let admin = links(&app.admin("Grace").await.get("/more").await.is(200));
    assert_eq!(
        admin,
        [&mine[..], &["/people", "/screens", "/letterboxes", "/letters", "/purpose", "/password/edit"]].concat()
    );
}

#[tokio::test]
async fn looking_at_the_start_page_changes_nothing() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    throws(&app, &app.rep("Ada", team).await, "Ten must-fill fields").await;
    let before = app.app.db.counter();
    tom.get("/").await.is(200);
    tom.get("/more").await.is(200);
    assert_eq!(app.app.db.counter(), before);
}

#[tokio::test]
async fn an_idea_that_has_rested_until_its_day_is_what_people_wait_for_again() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let id = throws(&app, &ada, "Ten must-fill fields before a quote").await;
    let mut tx = app.app.write().await.unwrap();
    let leader = store::person(&mut tx, tom.id).await.unwrap().unwrap();
    let idea = ideas::store::idea(&mut tx, id).await.unwrap();
    let this = Move::of(ThrowId(app.app.world.id()), &leader, "Year end first.");
    verbs::park(&mut tx, &idea, this, "2026-03-10".parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    tom.get("/").await.is(200).sees("Nobody waits for you.");
    app.clock.forward(TimeDelta::days(7));
    tom.get("/").await.is(200).does_not_see("Nobody waits for you.").sees("Ten must-fill fields before a quote");
}

#[tokio::test]
async fn a_start_page_shows_so_many_rows_and_leads_to_the_rest() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    for number in 0..60 {
        throws(&app, &ada, &format!("Number {number}: {}", "the form asks twice. ".repeat(40))).await;
    }
    let page = tom.get("/").await.is(200);
    assert_eq!(page.texts(".rows .row-title").len(), 20);
    assert!(page.text("main").len() < 60 * 1024);
    assert_eq!(page.attributes("main a[href^='/?list=']", "href"), ["/?list=awaited&page=0"]);
    let list = tom.get("/?list=awaited&page=0").await.is(200);
    assert_eq!(list.texts("h1"), ["What my people are waiting for from me"]);
    assert_eq!(list.texts(".list .list-title").len(), 50);
    let rest = tom.get(&list.attributes("main a[href^='/?list=']", "href")[0]).await.is(200);
    assert_eq!(rest.texts(".list .list-title").len(), 10);
    let page = ada.get("/").await.is(200);
    assert_eq!(page.texts(".list .list-title").len(), 10);
    assert_eq!(page.attributes("main a[href^='/?list=']", "href"), ["/?list=waits_for&page=0"]);
    tom.get("/?list=hands").await.is(200);
    tom.get("/?list=nonsense").await.is(400);
}

#[tokio::test]
async fn an_idea_that_is_with_another_does_not_open_on_a_start_page() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let id = throws(&app, &ada, "Ten must-fill fields").await;
    let page = ada.get(&format!("/?idea={id}")).await.is(200);
    assert_eq!(page.attributes(".rows form", "action").len(), 0);
}
