//! A kept author asks for what their idea needs, and takes it up again, without being named by it.

use super::Kept;

const WHAT: &str = "the list of prices that we know";

#[tokio::test]
async fn a_kept_author_asks_for_a_promise_as_the_face_and_confirms_it() {
    let kept = Kept::new().await;
    let (north, id) = (&kept.north, kept.idea.strip_prefix("/ideas/").unwrap());
    let form = format!("/promises/new?idea={id}");
    north.callum.get(&form).await.is(200).sees("It is asked for by \u{201c}A colleague\u{201d}");
    north.priya.get(&form).await.is(200).sees("It is asked for with your name.").does_not_see("A colleague");
    north.callum.get("/promises/new").await.is(200).sees("It is asked for with your name.");
    let marco = north.marco.id.to_string();
    let fields = [("idea", id), ("of", marco.as_str()), ("what", WHAT), ("by", "2026-03-06")];
    let promise = north.callum.post("/promises", &fields).await.location();
    kept.leaves_no_trace().await;
    let page = north.marco.get(&promise).await.is(200).does_not_see("Callum");
    assert_eq!(page.text("h1"), format!("A colleague asks Marco: {WHAT}"));
    north.tomas.get(&promise).await.is(200).does_not_see("Callum");
    let offer = [("what", "the twelve most asked"), ("by", "2026-03-05")];
    north.marco.opens(&promise).fills(&offer).sends("Offer this instead").await.goes_to(&promise);
    north.callum.get("/").await.sees("Marco Rossi offers instead: the twelve most asked");
    north.priya.get(&promise).await.is(200).does_not_see("Your move");
    north.forges(&north.priya, &format!("{promise}/acceptance"), &[]).await.is(403);
    north.callum.opens(&promise).sends("Yes, I take that offer").await.goes_to(&promise);
    north.callum.get("/promises").await.sees("Promised to me");
    north.priya.get("/promises").await.does_not_see("Promised to me");
    north.marco.opens(&promise).says("Here.").sends("It has come").await.goes_to(&promise);
    north.callum.opens(&promise).sends("Yes, it is kept").await.goes_to(&promise);
    assert_eq!(north.text("SELECT state FROM promise").await, "kept");
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn nobody_asks_themselves_for_their_own_kept_idea() {
    let kept = Kept::new().await;
    let (north, id) = (&kept.north, kept.idea.strip_prefix("/ideas/").unwrap());
    let me = north.callum.id.to_string();
    let fields = [("idea", id), ("of", me.as_str()), ("what", WHAT), ("by", "2026-03-06")];
    north.callum.post("/promises", &fields).await.is(422).sees("Nobody promises to themselves.");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 0);
}

#[tokio::test]
async fn what_was_taken_back_is_taken_up_again_in_the_way_it_was_thrown() {
    let kept = Kept::new().await;
    let (north, id) = (&kept.north, kept.idea.strip_prefix("/ideas/").unwrap());
    kept.sends(&north.callum, "Take it back", &[]).await;
    let page = north.callum.get(&format!("/ideas/new?from={id}")).await.is(200);
    assert_eq!(page.attributes("input[name='way'][checked]", "value"), ["kept"]);
    let named = north.priya.throws(&[("hurt", "The sheet is old")]).await.location();
    north.priya.opens(&named).sends("Take it back").await.goes_to(&named);
    let page = north.priya.get(&format!("/ideas/new?from={}", named.rsplit('/').next().unwrap())).await.is(200);
    assert_eq!(page.attributes("input[name='way'][checked]", "value"), ["named"]);
}
