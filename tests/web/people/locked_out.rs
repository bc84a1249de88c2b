//! The only admin has lost the password.

use super::{PASSWORD, signs_in};
use crate::support::TestApp;
use catchball::people::locked_out::link;

#[tokio::test]
async fn whoever_runs_the_program_lets_an_admin_in_again() {
    let app = TestApp::new().await;
    let grace = app.admin("Grace").await;
    app.set_password(&grace, "lost and never found").await;
    let first = link(&app.app, "grace@larkfield.example").await.unwrap();
    let second = link(&app.app, " Grace@LARKFIELD.example").await.unwrap();
    let [first, second] = [first, second].map(|link| link.strip_prefix("http://catchball.test").unwrap().to_owned());
    let again = app.stranger();
    again.get(&first).await.is(404);
    again.opens(&second).fills(&[("password", PASSWORD)]).sends("Come in").await.goes_to("/");
    again.get("/people").await.is(200);
    grace.get("/people").await.is(303);
    app.stranger().get(&second).await.is(404);
    signs_in(&app.stranger(), "grace@larkfield.example", "lost and never found").await.is(422);
    signs_in(&app.stranger(), "grace@larkfield.example", PASSWORD).await.goes_to("/");
}

#[tokio::test]
async fn such_a_link_is_for_admins_alone() {
    let app = TestApp::new().await;
    app.admin("Grace").await;
    app.rep("Ada", app.team("Field North").await).await;
    for (address, why) in
        [("ada@larkfield.example", "no admin"), ("nobody@larkfield.example", "nobody here"), ("", "nobody here")]
    {
        let told = link(&app.app, address).await.unwrap_err().to_string();
        assert!(told.contains(why), "{address}: {told}");
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM invitation").await, 0);
}
