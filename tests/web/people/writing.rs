//! Passwords, addresses and names that are the same to people, however a keyboard or a browser writes them.

use super::{PASSWORD, adds, link_of, signs_in};
use crate::support::TestApp;
use argon2::password_hash::PasswordHasher;
use catchball::people::keys;

const COMPOSED: &str = "Gr\u{fc}\u{df}e aus K\u{f6}ln";
const PARTED: &str = "Gru\u{308}\u{df}e aus Ko\u{308}ln";
/// One address, as three keyboards and two browsers send it.
const ADDRESSES: [&str; 5] = [
    "j\u{f6}rg@m\u{fc}ller.example",
    "jo\u{308}rg@mu\u{308}ller.example",
    "J\u{d6}RG@M\u{dc}LLER.EXAMPLE",
    "j\u{f6}rg@xn--mller-kva.example",
    "jo\u{308}rg@XN--MLLER-KVA.example",
];

#[tokio::test]
async fn a_password_opens_however_it_is_written_and_an_older_hash_is_made_anew() {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    for (then, now) in [(COMPOSED, PARTED), (PARTED, COMPOSED)] {
        let older = argon2::Argon2::default().hash_password_with_salt(then.as_bytes(), &[9; 16]).unwrap().to_string();
        let mut tx = app.app.write().await.unwrap();
        catchball::people::store::set_password(&mut tx, ada.id, &older).await.unwrap();
        tx.commit().await.unwrap();
        for typed in [then, now, then] {
            signs_in(&app.stranger(), "ada@larkfield.example", typed).await.goes_to("/");
        }
        let mut tx = app.app.read().await.unwrap();
        let (stored,): (String,) =
            tx.query_as("SELECT password FROM person WHERE id = $1").bind(ada.id).one().await.unwrap();
        assert_eq!(stored != older, then == PARTED, "made anew at the first sign-in where it was another form");
        signs_in(&app.stranger(), "ada@larkfield.example", "Grusse aus Koln").await.is(422);
    }
}

#[tokio::test]
async fn one_address_is_one_account_however_it_is_written() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await.to_string();
    let admin = app.admin("Grace").await;
    let path = adds(&admin, "J\u{f6}rg", ADDRESSES[1], &team).await.location();
    let link = link_of(&admin.get(&path).await);
    app.stranger().opens(&link).fills(&[("password", PASSWORD)]).sends("Come in").await.goes_to("/");
    for address in ADDRESSES {
        adds(&admin, "Another", address, &team).await.is(422).sees("belongs to J\u{f6}rg");
        signs_in(&app.stranger(), address, PASSWORD).await.goes_to("/");
    }
    for other in ["jorg@m\u{fc}ller.example", "j\u{f6}rg@muller.example"] {
        signs_in(&app.stranger(), other, PASSWORD).await.is(422);
    }
    for none in ["ruth@", "ruth@ example.com", "ruth@xn--\u{fc}", "ruth", "@example.com", "ruth@a@b.example"] {
        adds(&admin, "Ruth", none, &team).await.is(422).sees("This is not an e-mail address");
    }
    let page = app.stranger().get("/session/new").await;
    assert_eq!(page.attributes("#field-email", "type"), ["text"], "no browser refuses to send letters beyond ASCII");
}

#[tokio::test]
async fn addresses_and_teams_from_before_are_named_anew() {
    let app = TestApp::new().await;
    let team = app.team("Mu\u{308}nchen").await;
    let admin = app.admin("Grace").await;
    let ada = app.rep("Ada", team).await;
    app.set_password(&ada, PASSWORD).await;
    let mut tx = app.app.write().await.unwrap();
    let older = tx.query("UPDATE person SET email = $2, email_key = $2 WHERE id = $1").bind(ada.id);
    older.bind(ADDRESSES[1].to_owned()).execute().await.unwrap();
    let older = tx.query("UPDATE team SET name_key = $2 WHERE id = $1").bind(team);
    older.bind(String::from("mu\u{308}nchen")).execute().await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(keys::renew(&app.app).await.unwrap(), 2);
    assert_eq!(keys::renew(&app.app).await.unwrap(), 0, "once");
    signs_in(&app.stranger(), ADDRESSES[3], PASSWORD).await.goes_to("/");
    let form = [("name", "M\u{dc}NCHEN"), ("zone", "Europe/London"), ("hours", "8-12")];
    admin.opens("/teams/new").fills(&form).sends("Add the team").await.is(422).sees("is there already");
}
