//! The forms of people and teams: who may send them, what is refused, and who was first.

use super::{PASSWORD, a_rep, adds, knows_a_password, link_of, signs_in};
use crate::support::TestApp;

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
    let page = admin.opens("/people/new").fills(&form).sends("Add and make a link").await.is(422);
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
    form.extend([("mon", "yes"), ("hours", "8-16")]);
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
        ("sat", "yes"),
        ("hours", "8-12, 13-17"),
        ("holidays", "2026-12-25"),
    ];
    admin.opens("/teams/new").fills(&good).sends("Add the team").await.goes_to("/people");
    let mut bad = good;
    (bad[0].1, bad[3].1) = ("field north ", "all day");
    let page = admin.opens("/teams/new").fills(&bad).sends("Add the team").await.is(422);
    assert_eq!(
        (page.value("name"), page.value("hours"), page.value("holidays")),
        ("field north ".into(), "all day".into(), "2026-12-25".into())
    );
    assert!(page.text("#field-name-error").contains("Field North is there already"));
    assert_eq!(page.texts("#field-hours-error").len(), 1);
    let team = admin.get("/people").await.attributes("a[href^='/teams/'][href$='/edit']", "href").remove(0);
    let page = admin.get(&team).await.is(200);
    let days = page.attributes(".choice-line input[checked]", "name");
    assert_eq!(days, ["mon", "tue", "wed", "thu", "fri", "sat"], "those of the page, and one more");
    assert_eq!(page.value("version"), "1");
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
    signs_in(&phone, "ada@larkfield.example", PASSWORD).await.goes_to("/");
    let filled = ada.opens("/password/edit").fills(&[("password", "wrong"), ("new_password", "short")]);
    let page = filled.sends("Change it").await.is(422);
    assert_eq!(page.texts(".message").len(), 2);
    assert_eq!((page.value("password"), page.value("new_password")), (String::new(), String::new()));
    phone.get("/password/edit").await.is(200);
    ada.opens("/password/edit")
        .fills(&[("password", PASSWORD), ("new_password", "a quieter pump")])
        .sends("Change it")
        .await
        .goes_to("/more");
    ada.get("/password/edit").await.is(200);
    phone.get("/password/edit").await.goes_to("/session/new?next=%2Fpassword%2Fedit");
    signs_in(&app.stranger(), "ada@larkfield.example", PASSWORD).await.is(422);
    signs_in(&app.stranger(), "ada@larkfield.example", "a quieter pump").await.goes_to("/");
}

#[tokio::test]
async fn looking_changes_nothing() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let admin = app.admin("Grace").await;
    let path = adds(&admin, "Ada", "ada@larkfield.example", &team.to_string()).await.location();
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
