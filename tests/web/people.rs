//! Signing in and out, invitations, people and teams.

use crate::support::{TestApp, Visitor};
use catchball::people::password;
use catchball::people::store;
use chrono::TimeDelta;

const PASSWORD: &str = "the pump hums at night";

/// Give somebody a password without an invitation.
async fn knows_a_password(app: &TestApp, visitor: &Visitor) {
    let hash = password::hash(PASSWORD.into(), [3; 16]).await.unwrap();
    let mut tx = app.app.write().await.unwrap();
    store::set_password(&mut tx, visitor.id, &hash).await.unwrap();
    tx.commit().await.unwrap();
}

fn with<'a>(email: &'a str, password: &'a str) -> [(&'static str, &'a str); 2] {
    [("email", email), ("password", password)]
}

/// The path of the link that a page of the admin shows.
fn link_of(page: &crate::support::Answer) -> String {
    let address = page.value_of("#link");
    address.strip_prefix("http://catchball.test").unwrap().to_owned()
}

#[tokio::test]
async fn the_right_password_signs_in_under_a_new_token() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    knows_a_password(&app, &ada).await;
    let old = ada.cookie("session").unwrap();
    let form = [("email", " ADA@larkfield.example "), ("password", PASSWORD), ("next", "/password/edit")];
    ada.post("/session", &form).await.goes_to("/password/edit");
    let new = ada.cookie("session").unwrap();
    assert_ne!(old, new);
    ada.get("/password/edit").await.is(200);
    let replay = app.stranger();
    replay.set_cookie("session", &old);
    replay.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    assert_eq!(app.count("SELECT COUNT(*) FROM session").await, 1);
}

#[tokio::test]
async fn a_wrong_password_an_unknown_address_and_an_open_invitation_look_the_same() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    knows_a_password(&app, &app.rep("Ada", team).await).await;
    app.rep("Ben", team).await;
    let mut pages = Vec::new();
    for name in ["ada", "ben", "eve"] {
        let email = format!("{name}@larkfield.example");
        let page = app.stranger().post("/session", &with(&email, "not this one")).await.is(422);
        assert_eq!(page.value("email"), email);
        assert_eq!(page.value("password"), "");
        assert_eq!(page.texts("#field-password-error").len(), 1);
        pages.push(page.body.replace(&email, "…"));
    }
    assert_eq!(pages[0], pages[1]);
    assert_eq!(pages[0], pages[2]);
}

#[tokio::test]
async fn the_eleventh_try_in_three_minutes_waits_whether_the_account_exists_or_not() {
    let app = TestApp::new().await;
    knows_a_password(&app, &app.rep("Ada", app.team("Field North").await).await).await;
    for email in ["ada@larkfield.example", "eve@larkfield.example"] {
        for _ in 0..10 {
            app.stranger().post("/session", &with(email, "guess")).await.is(422);
        }
        let page = app.stranger().post("/session", &with(email, PASSWORD)).await.is(429);
        assert_eq!(page.headers["retry-after"], "180");
    }
    app.clock.forward(TimeDelta::seconds(179));
    app.stranger().post("/session", &with("ada@larkfield.example", PASSWORD)).await.is(429);
    app.clock.forward(TimeDelta::seconds(1));
    app.stranger().post("/session", &with("ada@larkfield.example", PASSWORD)).await.goes_to("/");
    assert_eq!(app.count("SELECT COUNT(*) FROM sign_in_try").await, 0, "tries are forgotten");
}

#[tokio::test]
async fn many_guesses_at_once_count_too() {
    let app = TestApp::new().await;
    let guesses = (0..14).map(|_| async {
        app.stranger().post("/session", &with("ada@larkfield.example", "guess")).await.status.as_u16()
    });
    let statuses = futures_util::future::join_all(guesses).await;
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 10, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 4, "{statuses:?}");
}

#[tokio::test]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    let token = ada.cookie("session").unwrap();
    ada.get("/password/edit").await.is(200);
    ada.post("/session/removal", &[("x", "")]).await.goes_to("/session/new");
    assert_eq!(ada.cookie("session"), None);
    ada.get("/session/new").await.is(200).sees("You are signed out.");
    ada.set_cookie("session", &token);
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    assert_eq!(app.count("SELECT COUNT(*) FROM session").await, 0);
}

#[tokio::test]
async fn a_session_ends_after_thirty_days() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    app.clock.forward(TimeDelta::days(30) - TimeDelta::seconds(1));
    ada.get("/password/edit").await.is(200);
    app.clock.forward(TimeDelta::seconds(1));
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
}

#[tokio::test]
async fn nobody_is_sent_to_another_site_after_signing_in() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    knows_a_password(&app, &ada).await;
    let foreign = [
        "https://evil.test/",
        "//evil.test",
        "///evil.test",
        "/\\evil.test",
        "\\\\evil.test",
        "/\t/evil.test",
        "/\r\nLocation: https://evil.test",
        "javascript:alert(1)",
        "evil.test",
        " //evil.test",
        "https:evil.test",
    ];
    for next in foreign {
        let written: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        let page = app.stranger().get(&format!("/session/new?next={written}")).await.is(200);
        assert_eq!(page.value("next"), "/", "{next:?}");
        let form = [("email", "ada@larkfield.example"), ("password", PASSWORD), ("next", next)];
        app.stranger().post("/session", &form).await.goes_to("/");
        ada.get(&format!("/session/new?next={written}")).await.goes_to("/");
    }
}

#[tokio::test]
async fn before_the_set_up_the_sign_in_page_says_where_the_link_is() {
    let app = TestApp::before_set_up().await;
    app.stranger().get("/session/new").await.is(200).sees("finds a set-up link on its console");
    app.stranger().post("/session", &with("ada@larkfield.example", PASSWORD)).await.is(422);
}

/// The fields of a rep to be added.
fn a_rep<'a>(name: &'a str, email: &'a str, team: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![("name", name), ("email", email), ("rep", team)]
}

#[tokio::test]
async fn the_admin_adds_somebody_who_comes_in_by_a_link_that_works_once() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = admin.post("/people", &a_rep("Ada", "ada@larkfield.example", &team)).await.location();
    let page = admin.get(&path).await.is(200).sees("Ada is added.");
    assert_eq!(page.attributes("svg.qr", "aria-label").len(), 1);
    assert!(!page.body.contains("style="), "a style attribute would break our own policy");
    let waiting = |page: &crate::support::Answer| page.attributes("a[href$='/invitation']", "href").contains(&path);
    assert!(waiting(&admin.get("/people").await.is(200).sees("Waits for a link")));
    let link = link_of(&page);
    let ada = app.stranger();
    ada.get(&link).await.is(200).sees("Welcome, Ada");
    ada.post(&link, &[("password", "short")]).await.is(422).sees("8 characters");
    ada.post(&link, &[("password", PASSWORD)]).await.goes_to("/");
    ada.get("/password/edit").await.is(200);
    app.stranger().get(&link).await.is(404).sees("This link opens nothing");
    app.stranger().post(&link, &[("password", "another password")]).await.is(404);
    app.stranger().post("/session", &with("ada@larkfield.example", PASSWORD)).await.goes_to("/");
    assert!(!waiting(&admin.get("/people").await));
}

#[tokio::test]
async fn the_page_of_a_link_shows_it_to_nobody_else_and_stores_only_its_hash() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let (grace, edith) = (app.admin("Grace").await, app.admin("Edith").await);
    let path = grace.post("/people", &a_rep("Ada", "ada@larkfield.example", &team)).await.location();
    let other = grace.post("/people", &a_rep("Ben", "ben@larkfield.example", &team)).await.location();
    let link = link_of(&grace.get(&other).await);
    grace.get(&path).await.is(200).sees("Make a link").does_not_see("/invitations/");
    edith.get(&other).await.is(200).sees("Make a link").does_not_see(&link);
    let code = link.rsplit('/').next().unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM invitation").await, 2);
    let mut tx = app.app.read().await.unwrap();
    let hash = catchball::world::hash_of(code);
    let (found,): (i64,) =
        tx.query_as("SELECT COUNT(*) FROM invitation WHERE code_hash = $1").bind(hash).one().await.unwrap();
    assert_eq!(found, 1);
}

#[tokio::test]
async fn a_link_is_void_after_seven_days_or_a_newer_one() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = admin.post("/people", &a_rep("Ada", "ada@larkfield.example", &team)).await.location();
    let first = link_of(&admin.get(&path).await);
    admin.post(&path, &[("x", "")]).await.goes_to(&path);
    let second = link_of(&admin.get(&path).await);
    assert_ne!(first, second);
    app.stranger().post(&first, &[("password", PASSWORD)]).await.is(404);
    app.clock.forward(TimeDelta::days(7) - TimeDelta::seconds(1));
    app.stranger().get(&second).await.is(200);
    app.clock.forward(TimeDelta::seconds(1));
    app.stranger().get(&second).await.is(404);
    app.stranger().post(&second, &[("password", PASSWORD)]).await.is(404);
}

#[tokio::test]
async fn two_who_use_one_link_at_once_set_one_password() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = admin.post("/people", &a_rep("Ada", "ada@larkfield.example", &team)).await.location();
    let link = link_of(&admin.get(&path).await);
    let (one, two) = (app.stranger(), app.stranger());
    let (first, second) = ([("password", "the first of both")], [("password", "the second of both")]);
    let answers = tokio::join!(one.post(&link, &first), two.post(&link, &second));
    let mut statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404]);
}

#[tokio::test]
async fn a_new_password_by_link_ends_all_older_sign_ins() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    let admin = app.admin("Grace").await;
    let path = format!("/people/{}/invitation", ada.id);
    admin.post(&path, &[("x", "")]).await.goes_to(&path);
    let link = link_of(&admin.get(&path).await);
    let phone = app.stranger();
    phone.post(&link, &[("password", PASSWORD)]).await.goes_to("/");
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    phone.get("/password/edit").await.is(200);
}

#[tokio::test]
async fn only_the_admin_adds_and_changes() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let ada = app.rep("Ada", team).await;
    let tom = app.leader("Tomas", team).await;
    ada.get("/people").await.is(404);
    tom.get("/people").await.is(200).sees("Ada").does_not_see("Add a person").does_not_see("Waits for a link");
    for visitor in [&ada, &tom] {
        for path in [
            "/people/new",
            "/teams/new",
            &format!("/people/{}/edit", ada.id),
            &format!("/people/{}/invitation", ada.id),
        ] {
            visitor.get(path).await.is(404);
        }
        visitor.post("/people", &a_rep("Eve", "eve@larkfield.example", &team.to_string())).await.is(404);
        visitor.post(&format!("/people/{}", visitor.id), &[("version", "1"), ("admin", "yes")]).await.is(404);
        visitor.post(&format!("/people/{}/invitation", ada.id), &[("x", "")]).await.is(404);
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 2);
    assert_eq!(app.count("SELECT COUNT(*) FROM role").await, 2);
}

#[tokio::test]
async fn a_leader_sees_the_people_of_their_own_teams_only() {
    let app = TestApp::new().await;
    let (north, south) = (app.team("Field North").await, app.team("Field South").await);
    app.rep("Ada", north).await;
    app.rep("Canary", south).await;
    let helen = app.director("Helen").await;
    let tom = app.leader_below("Tomas", north, &helen).await;
    tom.get("/people").await.is(200).sees("Ada").sees("Helen").does_not_see("Canary").does_not_see("Field South");
    helen.get("/people").await.is(200).sees("Ada").does_not_see("Canary");
    app.admin("Grace").await.get("/people").await.is(200).sees("Canary").sees("Field South");
}

#[tokio::test]
async fn a_refused_person_comes_back_as_typed_with_each_message_at_its_field() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tom = app.leader("Tomas", team).await;
    let admin = app.admin("Grace").await;
    let (team, tom) = (team.to_string(), tom.id.to_string());
    let form = [
        ("name", "Ada <Byron>"),
        ("email", "tomas@larkfield.example"),
        ("team_leader", team.as_str()),
        ("helper", "yes"),
        ("next_level", tom.as_str()),
    ];
    let page = admin.post("/people", &form).await.is(422);
    assert_eq!(page.value("name"), "Ada <Byron>");
    assert_eq!(page.value("email"), "tomas@larkfield.example");
    assert_eq!(page.value("team_leader"), team);
    assert_eq!(page.value("next_level"), tom);
    assert_eq!(page.attributes("input[name=helper][checked]", "value"), ["yes"]);
    assert!(page.text("#field-email-error").contains("belongs to Tomas"));
    assert!(page.text("#field-team_leader-error").contains("Tomas leads this team"));
    assert_eq!(page.texts("#field-department-error").len(), 1);
    let page = admin.post("/people", &[("name", ""), ("email", "a b@c"), ("next_level", "x")]).await.is(422);
    for field in ["name", "email", "rep", "next_level"] {
        assert_eq!(page.texts(&format!("#field-{field}-error")).len(), 1, "{field}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 2);
}

#[tokio::test]
async fn a_double_click_adds_one_person_and_one_team() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let mut form = a_rep("Ada", "ada@larkfield.example", &team);
    form.push(("key", "6a1f0d5e-3c50-4f5b-9d4f-3f6f1c0a2b11"));
    let answers = tokio::join!(admin.post("/people", &form), admin.post("/people", &form));
    assert_eq!(answers.0.location(), answers.1.location());
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE NOT mask").await, 2);
    let mut form =
        vec![("key", "6a1f0d5e-3c50-4f5b-9d4f-3f6f1c0a2b12"), ("name", "Field South"), ("zone", "Europe/Berlin")];
    form.extend([("days", "Mon-Thu"), ("hours", "8-16")]);
    let answers = tokio::join!(admin.post("/teams", &form), admin.post("/teams", &form));
    assert_eq!(answers.0.location(), answers.1.location());
    assert_eq!(app.count("SELECT COUNT(*) FROM team").await, 2);
}

#[tokio::test]
async fn several_roles_are_kept_and_new_ones_end_the_sign_ins() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let ada = app.rep("Ada", team).await;
    let admin = app.admin("Grace").await;
    let path = format!("/people/{}", ada.id);
    let page = admin.get(&format!("{path}/edit")).await.is(200);
    assert_eq!((page.value("rep"), page.value("version")), (team.to_string(), "1".into()));
    let team = team.to_string();
    let mut form =
        vec![("name", "Ada Byron"), ("email", "ada@larkfield.example"), ("rep", team.as_str()), ("version", "1")];
    admin.post(&path, &form).await.goes_to("/people");
    ada.get("/password/edit").await.is(200);
    form.extend([("team_leader", team.as_str()), ("coach", "yes")]);
    form[3].1 = "2";
    admin.post(&path, &form).await.goes_to("/people");
    ada.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    admin.get("/people").await.sees("coach · rep · team leader");
    let page = admin.get(&format!("{path}/edit")).await.is(200);
    assert_eq!((page.value("team_leader"), page.value("name")), (team.clone(), "Ada Byron".into()));
}

#[tokio::test]
async fn the_second_of_two_admins_sees_both_versions() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let ada = app.rep("Ada", team.parse().unwrap()).await;
    let (grace, edith) = (app.admin("Grace").await, app.admin("Edith").await);
    let path = format!("/people/{}", ada.id);
    let form = |name: &'static str, version: &'static str| {
        vec![("name", name), ("email", "ada@larkfield.example"), ("rep", team.as_str()), ("version", version)]
    };
    grace.post(&path, &form("Ada Byron", "1")).await.goes_to("/people");
    let page = edith.post(&path, &form("Ada King", "1")).await.is(409).sees("Somebody was first");
    assert_eq!(page.value("name"), "Ada King");
    assert!(page.text("main dl").contains("Ada Byron"));
    assert_eq!(page.value("version"), "2");
    edith.post(&path, &form("Ada King", "2")).await.goes_to("/people");
    grace.get("/people").await.sees("Ada King");
}

#[tokio::test]
async fn a_chain_of_next_levels_never_closes_and_an_admin_is_always_left() {
    let app = TestApp::new().await;
    let helen = app.director("Helen").await;
    let tom = app.leader_below("Tomas", app.team("Field North").await, &helen).await;
    let admin = app.admin("Grace").await;
    let tom = tom.id.to_string();
    let form = [
        ("name", "Helen"),
        ("email", "helen@larkfield.example"),
        ("director", "yes"),
        ("version", "1"),
        ("next_level", tom.as_str()),
    ];
    let page = admin.post(&format!("/people/{}", helen.id), &form).await.is(422);
    assert!(page.text("#field-next_level-error").contains("stands below Helen"));
    let itself = helen.id.to_string();
    let form = form.map(|(name, value)| (name, if name == "next_level" { itself.as_str() } else { value }));
    let page = admin.post(&format!("/people/{}", helen.id), &form).await.is(422);
    assert!(page.text("#field-next_level-error").contains("Nobody is their own next level"));
    let form = [("name", "Grace"), ("email", "grace@larkfield.example"), ("coach", "yes"), ("version", "1")];
    let page = admin.post(&format!("/people/{}", admin.id), &form).await.is(422);
    assert!(page.text("#field-admin-error").contains("Make somebody else an admin first"));
}

#[tokio::test]
async fn an_admin_who_changes_their_own_roles_goes_on_under_a_new_token() {
    let app = TestApp::new().await;
    let admin = app.admin("Grace").await;
    let old = admin.cookie("session").unwrap();
    let form =
        [("name", "Grace"), ("email", "grace@larkfield.example"), ("coach", "yes"), ("admin", "yes"), ("version", "1")];
    admin.post(&format!("/people/{}", admin.id), &form).await.goes_to("/people");
    assert_ne!(admin.cookie("session").unwrap(), old);
    admin.get("/people").await.is(200);
    let replay = app.stranger();
    replay.set_cookie("session", &old);
    replay.get("/people").await.goes_to("/session/new?next=%2Fpeople");
}

#[tokio::test]
async fn a_team_is_added_and_changed_and_a_bad_line_keeps_the_rest() {
    let app = TestApp::new().await;
    let admin = app.admin("Grace").await;
    let page = admin.get("/teams/new").await.is(200);
    assert_eq!(page.value("zone"), "Europe/London");
    let good = [
        ("name", "Field North"),
        ("zone", "Europe/London"),
        ("days", "Mon-Fri"),
        ("hours", "8-12, 13-17"),
        ("holidays", "2026-12-25"),
    ];
    admin.post("/teams", &good).await.goes_to("/people");
    let mut bad = good;
    (bad[0].1, bad[3].1) = ("field north ", "all day");
    let page = admin.post("/teams", &bad).await.is(422);
    assert_eq!(
        (page.value("name"), page.value("hours"), page.value("holidays")),
        ("field north ".into(), "all day".into(), "2026-12-25".into())
    );
    assert!(page.text("#field-name-error").contains("Field North is there already"));
    assert_eq!(page.texts("#field-hours-error").len(), 1);
    let team = admin.get("/people").await.attributes("a[href^='/teams/'][href$='/edit']", "href").remove(0);
    let page = admin.get(&team).await.is(200);
    assert_eq!((page.value("days"), page.value("version")), ("Mon Tue Wed Thu Fri".into(), "1".into()));
    let path = team.trim_end_matches("/edit");
    let mut change = good.to_vec();
    change.push(("version", "1"));
    change[0].1 = "Field North-West";
    admin.post(path, &change).await.goes_to("/people");
    let page = admin.post(path, &change).await.is(409).sees("Somebody was first");
    assert_eq!(page.value("version"), "2");
    admin.get("/people").await.sees("Field North-West");
    assert_eq!(app.count("SELECT COUNT(*) FROM team").await, 1);
}

#[tokio::test]
async fn a_new_password_of_ones_own_ends_the_other_sign_ins() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    knows_a_password(&app, &ada).await;
    let phone = app.stranger();
    phone.post("/session", &with("ada@larkfield.example", PASSWORD)).await.goes_to("/");
    let page = ada.post("/password", &[("password", "wrong"), ("new_password", "short")]).await.is(422);
    assert_eq!(page.texts(".message").len(), 2);
    assert_eq!((page.value("password"), page.value("new_password")), (String::new(), String::new()));
    phone.get("/password/edit").await.is(200);
    ada.post("/password", &[("password", PASSWORD), ("new_password", "a quieter pump")]).await.goes_to("/more");
    ada.get("/password/edit").await.is(200);
    phone.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    app.stranger().post("/session", &with("ada@larkfield.example", PASSWORD)).await.is(422);
    app.stranger().post("/session", &with("ada@larkfield.example", "a quieter pump")).await.goes_to("/");
}

#[tokio::test]
async fn looking_changes_nothing() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let admin = app.admin("Grace").await;
    let path = admin.post("/people", &a_rep("Ada", "ada@larkfield.example", &team.to_string())).await.location();
    let link = link_of(&admin.get(&path).await);
    let before = app.app.db.counter();
    let edit = path.replace("invitation", "edit");
    for page in
        ["/people", "/people/new", "/teams/new", "/password/edit", &path, &edit, &format!("/teams/{team}/edit"), &link]
    {
        admin.get(page).await.is(200);
    }
    app.stranger().get("/session/new").await.is(200);
    assert_eq!(app.app.db.counter(), before);
}
