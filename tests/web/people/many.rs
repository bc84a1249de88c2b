//! Many people at once: pasted by the admin, or by a link to join a team.

use super::{PASSWORD, signs_in};
use crate::support::TestApp;
use chrono::TimeDelta;

const TEN: &str = "Name;E-Mail
Eva Stein;eva@larkfield.example
Ada Byron;ada@larkfield.example
Tom Kay;tom@larkfield.example
Ida Berg;ida@larkfield.example
Zoë Renn;zoe@larkfield.example
Max Roth;max@larkfield.example
Jan Ott;jan@larkfield.example
Liv Dahl;liv@larkfield.example
Kai Wolf;kai@larkfield.example
Mia Lund;mia@larkfield.example";

#[tokio::test]
async fn ten_people_are_added_by_one_press_and_each_comes_in_by_a_link_of_their_own() {
    let app = TestApp::new().await;
    app.team("Field North").await;
    let admin = app.admin("Grace").await;
    let page = admin.opens("/people/many").fills(&[("people", TEN)]).sends("Add them and make their links").await;
    page.goes_to("/people/links");
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role = 'rep'").await, 10);
    let page = admin.get("/people/links").await.is(200).sees("10 people are added.").sees("Zoë Renn");
    let links = page.attributes("input[data-copy]", "value");
    assert_eq!((links.len(), page.attributes("svg.qr", "role").len()), (10, 10));
    let path = links[0].strip_prefix("http://catchball.test").unwrap();
    let stranger = app.stranger();
    let name = page.texts("li.framed h2").remove(0);
    stranger.get(path).await.is(200).sees(&format!("Welcome, {name}"));
    stranger.opens(path).fills(&[("password", PASSWORD)]).sends("Come in").await.goes_to("/");
    let page = admin.get("/people/links").await;
    assert_eq!(page.attributes("input[data-copy]", "value").len(), 9, "who came in needs no link");
    assert!(app.admin("Other").await.get("/people/links").await.is(200).attributes("svg.qr", "role").is_empty());
}

#[tokio::test]
async fn what_cannot_be_read_is_marked_and_nobody_is_added() {
    let app = TestApp::new().await;
    app.team("Field North").await;
    app.team("Field South").await;
    let admin = app.admin("Grace").await;
    let pasted = "Eva, eva@larkfield.example\nGrace, grace@larkfield.example\nNobody\nE, EVA@larkfield.example";
    let form = [("people", pasted)];
    let page = admin.opens("/people/many").fills(&form).sends("Look first").await.is(200);
    assert_eq!(page.value("people"), pasted.replace('\n', " "));
    let fates = page.texts("tbody td:last-child");
    assert_eq!(fates.len(), 4);
    assert_eq!(fates[0], "is added");
    assert!(fates[1].contains("is here already, as Grace") && fates[3].contains("stands above already"), "{fates:?}");
    assert!(fates[2].contains("no e-mail address"), "{fates:?}");
    let page = admin.opens("/people/many").fills(&form).sends("Add them and make their links").await.is(422);
    assert!(page.text("#field-people-error").contains("One line can't be read"));
    assert_eq!(page.texts("#field-team-error").len(), 1, "of two teams one is chosen");
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 1);
    let many: String = (0..101).map(|number| format!("P, p{number}@larkfield.example\n")).collect();
    let page = admin.opens("/people/many").fills(&[("people", &many)]).sends("Add them and make their links").await;
    assert!(page.is(422).text("#field-people-error").contains("at most 100 at once"));
    app.rep("Ben", app.team("Field West").await).await.get("/people/many").await.is(404);
}

#[tokio::test]
async fn a_double_click_adds_each_once_and_shows_the_links_again() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let key = "6a1f0d5e-3c50-4f5b-9d4f-3f6f1c0a2b13";
    let form = [("key", key), ("people", TEN), ("team", &team)];
    let answers = tokio::join!(admin.post("/people/many", &form), admin.post("/people/many", &form));
    assert_eq!(answers.0.location(), answers.1.location());
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 11);
    assert_eq!(admin.get("/people/links").await.attributes("svg.qr", "role").len(), 10);
    let form = [("key", "6a1f0d5e-3c50-4f5b-9d4f-3f6f1c0a2b14"), ("people", TEN), ("team", &team)];
    admin.post("/people/many", &form).await.is(422).sees("Everybody in it is here already");
}

#[tokio::test]
async fn by_a_link_people_join_a_team_until_its_day() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let admin = app.admin("Grace").await;
    let page = format!("/teams/{team}/join-links");
    admin.opens(&page).fills(&[("last_day", "2000-01-01")]).sends("Make the link").await.is(422).sees("from today on");
    admin.opens(&page).fills::<&str>(&[]).sends("Make the link").await.goes_to(&page);
    let link = admin.get(&page).await.attributes("input[data-copy]", "value").remove(0);
    let path = link.strip_prefix("http://catchball.test").unwrap().to_owned();
    let eva = app.stranger();
    let fields = [("name", "Eva"), ("email", "eva@larkfield.example"), ("password", PASSWORD)];
    eva.opens(&path).fills(&fields).sends("Ask to join").await.goes_to("/session/new");
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 1, "nobody yet");
    signs_in(&eva, "eva@larkfield.example", PASSWORD).await.is(422);
    app.rep("Ben", team).await.get("/people").await.is(404);
    admin.get("/people").await.sees("They wait to be let in").sees("eva@larkfield.example \u{b7} rep in Field North");
    admin.opens("/people").sends("Let them in: Eva").await.goes_to("/people");
    signs_in(&app.stranger(), "eva@larkfield.example", PASSWORD).await.goes_to("/");
    admin.get(&page).await.sees("One person has come by it.");
    let again = app.stranger().opens(&path).fills(&fields).sends("Ask to join").await.is(422);
    assert_eq!((again.value("name"), again.texts("#field-email-error").len()), ("Eva".into(), 1));
    let wrong = format!("{}0", &path[..path.len() - 1]);
    let wrong = if wrong == path { format!("{}1", &path[..path.len() - 1]) } else { wrong };
    for path in [wrong.as_str(), "/join/x", "/join/6a1f0d5e3c504f5b9d4f3f6f1c0a2b13"] {
        app.stranger().get(path).await.is(404).sees("This link opens nothing");
    }
    app.clock.forward(TimeDelta::days(15));
    app.stranger().get(&path).await.is(404);
    let admin = app.admin("Edith").await;
    admin.opens(&page).fills::<&str>(&[]).sends("Make the link").await.goes_to(&page);
    let link = admin.get(&page).await.attributes("input[data-copy]", "value").remove(0);
    let next = link.strip_prefix("http://catchball.test").unwrap().to_owned();
    app.stranger().get(&next).await.is(200);
    admin.post(&format!("{page}/removal"), &[("role", "rep")]).await.goes_to(&page);
    app.stranger().get(&next).await.is(404);
}

#[tokio::test]
async fn the_first_who_comes_to_lead_is_the_only_one() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let admin = app.admin("Grace").await;
    let page = format!("/teams/{team}/join-links");
    admin.opens(&page).fills(&[("role", "team_leader")]).sends("Make the link").await.goes_to(&page);
    let link = admin.get(&page).await.attributes("input[data-copy]", "value").remove(0);
    let path = link.strip_prefix("http://catchball.test").unwrap().to_owned();
    let fields = [("name", "Tomas"), ("email", "tomas@larkfield.example"), ("password", PASSWORD)];
    let other = [("name", "Uwe"), ("email", "uwe@larkfield.example"), ("password", PASSWORD)];
    for fields in [fields, other] {
        app.stranger().opens(&path).fills(&fields).sends("Ask to join").await.goes_to("/session/new");
    }
    admin.opens("/people").sends("Let them in: Tomas").await.goes_to("/people");
    admin.opens("/people").sends("Let them in: Uwe").await.goes_to("/people");
    admin.get("/people").await.sees("The team has a leader by now.");
    admin.opens("/people").sends("Not them: Uwe").await.goes_to("/people");
    assert_eq!(app.count("SELECT COUNT(*) FROM joiner").await, 0);
    app.stranger().get(&path).await.is(404);
    assert_eq!(app.count("SELECT COUNT(*) FROM role WHERE role = 'team_leader'").await, 1);
    admin.opens(&page).fills(&[("role", "team_leader")]).sends("Make the link").await.is(422).sees("has a leader");
}
