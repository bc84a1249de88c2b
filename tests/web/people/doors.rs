//! Who is kept out by wrong passwords: whoever writes them, and nobody else.

use super::{PASSWORD, knows_a_password, signs_in};
use crate::support::{TestApp, Visitor};
use axum::body::Body;
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, HOST};
use catchball::web::server::Peer;
use chrono::TimeDelta;
use futures_util::future::join_all;
use tower::ServiceExt;

const ADA: &str = "ada@larkfield.example";

/// Ada, who knows a password, and has signed in on a device of her own.
async fn stage() -> (TestApp, Visitor, Visitor) {
    let app = TestApp::new().await;
    let ada = app.rep("Ada", app.team("Field North").await).await;
    knows_a_password(&app, &ada).await;
    let device = app.stranger().at("192.0.2.7");
    signs_in(&device, ADA, PASSWORD).await.goes_to("/");
    device.post("/session/removal", &[("x", "")]).await.goes_to("/session/new");
    (app, ada, device)
}

/// Wrong passwords for an account from an address; how many reached the hash.
async fn guesses(app: &TestApp, address: &str, email: &str, times: usize) -> usize {
    let mut reached = 0;
    for _ in 0..times {
        let status = signs_in(&app.stranger().at(address), email, "guess").await.status.as_u16();
        assert!(matches!(status, 422 | 429), "{status}");
        reached += usize::from(status == 422);
    }
    reached
}

#[tokio::test]
async fn wrong_passwords_of_strangers_keep_the_owner_out_nowhere() {
    let (app, ada, device) = stage().await;
    assert_eq!(guesses(&app, "198.51.100.1", ADA, 15).await, 10);
    signs_in(&app.stranger().at("198.51.100.1"), ADA, PASSWORD).await.is(429);
    signs_in(&app.stranger().at("192.0.2.8"), ADA, PASSWORD).await.goes_to("/");
    signs_in(&device, ADA, PASSWORD).await.goes_to("/");
    // The owner's device behind the address of whoever guesses.
    let shared = device.at("198.51.100.1");
    shared.post("/session/removal", &[("x", "")]).await.goes_to("/session/new");
    signs_in(&shared, ADA, PASSWORD).await.goes_to("/");
    let form = [("password", PASSWORD), ("new_password", "a quieter pump")];
    ada.at("198.51.100.1").opens("/password/edit").fills(&form).sends("Change it").await.goes_to("/more");
}

#[tokio::test]
async fn a_thousand_guesses_from_fifty_addresses_reach_the_hash_thirty_times_an_hour() {
    let (app, _, device) = stage().await;
    let mut reached = 0;
    for number in 0..50 {
        reached += guesses(&app, &format!("203.0.113.{number}"), ADA, 20).await;
    }
    assert_eq!(reached, 30);
    signs_in(&device, ADA, PASSWORD).await.goes_to("/");
    signs_in(&app.stranger().at("192.0.2.8"), ADA, PASSWORD).await.is(429);
    app.clock.forward(TimeDelta::hours(1));
    signs_in(&app.stranger().at("192.0.2.8"), ADA, PASSWORD).await.goes_to("/");
}

#[tokio::test]
async fn a_device_counts_its_own_wrong_passwords_and_ends_with_the_password() {
    let (app, ada, device) = stage().await;
    for _ in 0..10 {
        signs_in(&device, ADA, "guess").await.is(422);
    }
    signs_in(&device, ADA, PASSWORD).await.is(429);
    app.clock.forward(TimeDelta::minutes(3));
    // Of another account it knows nothing.
    assert_eq!(guesses(&app, "192.0.2.7", "ben@larkfield.example", 12).await, 10);
    signs_in(&device, "ben@larkfield.example", "guess").await.is(429);
    let form = [("password", PASSWORD), ("new_password", "a quieter pump")];
    ada.opens("/password/edit").fills(&form).sends("Change it").await.goes_to("/more");
    assert_eq!(guesses(&app, "192.0.2.7", ADA, 12).await, 10);
    signs_in(&device, ADA, "a quieter pump").await.is(429);
}

#[tokio::test]
async fn a_made_up_device_is_a_stranger() {
    let (app, ada, device) = stage().await;
    let theirs = device.cookie("device").unwrap();
    assert_eq!(guesses(&app, "198.51.100.1", ADA, 11).await, 10);
    let (name, signed) = theirs.split_once('-').unwrap();
    let others = [format!("x-{signed}"), format!("{name}-{}", "0".repeat(64)), format!("{name}-"), "..-.".into()];
    for mark in others {
        let stranger = app.stranger().at("198.51.100.1");
        stranger.set_cookie_like(&device, "device", &mark);
        signs_in(&stranger, ADA, PASSWORD).await.is(429);
    }
    let known = app.stranger().at("198.51.100.1");
    known.set_cookie_like(&device, "device", &theirs);
    signs_in(&known, ADA, PASSWORD).await.goes_to("/");
    let on_disk = String::from_utf8_lossy(&app.bytes_on_disk()).into_owned();
    assert!(!on_disk.contains(name) && !on_disk.contains(signed), "nothing of it is stored");
    drop(ada);
}

#[tokio::test]
async fn a_clock_that_goes_back_a_day_locks_nobody_out() {
    let (app, ada, _) = stage().await;
    guesses(&app, "198.51.100.1", ADA, 11).await;
    for _ in 0..11 {
        ada.opens("/password/edit")
            .fills(&[("password", "guess"), ("new_password", "a quieter pump")])
            .sends("Change it")
            .await;
    }
    app.clock.set(app.now() - TimeDelta::days(1));
    signs_in(&app.stranger().at("198.51.100.1"), ADA, PASSWORD).await.goes_to("/");
    let form = [("password", PASSWORD), ("new_password", "a quieter pump")];
    ada.opens("/password/edit").fills(&form).sends("Change it").await.goes_to("/more");
}

#[tokio::test]
async fn a_wrong_password_moves_nothing_that_anybody_can_watch() {
    let (app, ada, _) = stage().await;
    let before = app.app.db.counter();
    guesses(&app, "198.51.100.1", ADA, 12).await;
    ada.opens("/password/edit")
        .fills(&[("password", "guess"), ("new_password", "a quieter pump")])
        .sends("Change it")
        .await
        .is(422);
    assert_eq!(app.app.db.counter(), before);
}

#[tokio::test]
async fn a_rush_of_sign_ins_is_refused_at_once_and_keeps_nobody_waiting() {
    let (app, _, device) = stage().await;
    let rush = (0..200).map(|number| {
        let (app, email) = (&app, format!("nobody{number}@larkfield.example"));
        async move {
            let answer = app.stranger().at(&format!("198.51.{}.1", number / 20));
            let answer = answer.post("/session", &[("email", email.as_str()), ("password", "guess")]).await;
            if answer.status == 429 {
                assert!(answer.headers["retry-after"].to_str().unwrap().parse::<u32>().unwrap() <= 600);
            }
            answer.status.as_u16()
        }
    });
    let (statuses, inside) = tokio::join!(join_all(rush), signs_in(&device, ADA, PASSWORD));
    inside.goes_to("/");
    let refused = statuses.iter().filter(|status| **status == 429).count();
    let wrong = statuses.iter().filter(|status| **status == 422).count();
    assert!(refused + wrong == 200 && refused >= 150, "{refused} refused, {wrong} wrong");
    signs_in(&app.stranger().at("192.0.2.8"), ADA, PASSWORD).await.goes_to("/");
}

#[tokio::test]
async fn a_proxy_that_is_trusted_says_who_guesses_and_nobody_else_does() {
    let (app, ..) = stage().await;
    let app = app.configured(&[("CATCHBALL_TRUSTED_PROXIES", "10.0.0.0/8")]);
    let tries = async |peer: &str, forwarded: &str, password: &str| {
        let form = [("email", ADA), ("password", password)];
        let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = Request::post("/session").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header(HOST, "catchball.test").header("x-forwarded-for", forwarded);
        let mut request = request.header("sec-fetch-site", "same-origin").body(Body::from(form)).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        app.router.clone().oneshot(request).await.unwrap().status().as_u16()
    };
    for number in 0..12 {
        let forged = format!("203.0.113.{number}, 198.51.100.1");
        assert_eq!(tries("10.0.0.1", &forged, "guess").await, if number < 10 { 422 } else { 429 });
    }
    assert_eq!(tries("10.0.0.1", "198.51.100.1", PASSWORD).await, 429);
    assert_eq!(tries("10.0.0.1", "192.0.2.8", PASSWORD).await, 303, "another one behind the same proxy");
    for number in 0..12 {
        let forged = format!("203.0.113.{number}");
        assert_eq!(tries("192.0.2.99", &forged, "guess").await, if number < 10 { 422 } else { 429 });
    }
}
