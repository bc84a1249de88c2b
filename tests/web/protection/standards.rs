//! What comes of an idea whose name the coach keeps is written on by its author, who is named nowhere.

use super::Kept;
use crate::ideas::move_to;
use catchball::ideas;
use catchball::ids::IdeaId;
use catchball::moves::Move;
use catchball::people::{self, COLLEAGUE};
use catchball::standards::{self, Origin, Text};

/// A standard in writing that came of the kept idea, as when its experiment was adopted.
async fn opened() -> (Kept, String) {
    let kept = Kept::new().await;
    let mut tx = kept.app.app.write().await.unwrap();
    let id: IdeaId = kept.idea.rsplit('/').next().unwrap().parse().unwrap();
    let idea = ideas::store::idea(&mut tx, id).await.unwrap();
    let colleague = people::store::person(&mut tx, COLLEAGUE).await.unwrap().unwrap();
    let this = Move::of(tx.new_id(), &colleague, "");
    let origin = Origin { team: idea.team_id, idea: Some(id), experiment: None };
    let text = Text { name: "One call less".into(), ..Text::default() };
    let opened = standards::verbs::open(&mut tx, origin, this, COLLEAGUE, &text).await;
    let standard = format!("/standards/{}", opened.unwrap_or_else(|undone| panic!("{undone:?}")).id);
    tx.commit().await.unwrap();
    (kept, standard)
}

#[tokio::test]
async fn a_standard_that_came_of_a_kept_idea_is_its_authors_to_write_and_shows_no_name() {
    let (kept, standard) = opened().await;
    assert!(kept.callum.get(&standard).await.attributes("main a", "href").contains(&format!("{standard}/edit")));
    kept.callum.get(&format!("{standard}/edit")).await.is(200);
    kept.callum.get("/").await.sees("One call less");
    for who in [&kept.tomas, &kept.priya, &kept.helen] {
        let page = who.get(&standard).await.is(200);
        assert!(!page.outside_lists().contains("Callum"), "{}", page.outside_lists());
    }
    kept.priya.get(&format!("{standard}/edit")).await.is(403);
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn a_kept_author_saves_the_standard_as_the_form_presets_it_and_goes_on_with_it() {
    let (kept, standard) = opened().await;
    let form = kept.callum.get(&format!("{standard}/edit")).await.is(200);
    assert_eq!(form.texts("select[name='owner'] option[selected]"), ["A colleague (you)"]);
    let fields = [
        ("name", "One call less"),
        ("how", "Look into the sheet first."),
        ("why", "The desk is busy."),
        ("exceptions", "It always applies."),
        ("next_check_on", "2026-04-02"),
        ("noticed_by", "the desk is called"),
    ];
    let factors = (0..10).map(|at| (format!("factor{at}"), "yes"));
    let factors: Vec<_> = factors.collect();
    let fields: Vec<_> = fields.into_iter().chain(factors.iter().map(|(name, yes)| (name.as_str(), *yes))).collect();
    kept.callum.on(&form).fills(&fields).sends("Save").await.goes_to(&standard);
    let owns = "SELECT person.name FROM standard JOIN person ON person.id = standard.owner_id";
    assert_eq!(kept.text(owns).await, "A colleague");
    for noun in ["teaching", "holding"] {
        kept.callum.post(&format!("{standard}/{noun}"), &[("words", "The others on Monday.")]).await.goes_to(&standard);
    }
    let check = [("mark", "as_it_should_be"), ("line", "Four of four")];
    kept.callum.opens(&standard).fills(&check).sends("Write it down").await.goes_to(&standard);
    kept.tomas.get(&standard).await.sees("A colleague").does_not_see("Callum");
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn a_new_standard_of_a_kept_idea_presets_the_face_and_nobody_else_is_offered_it() {
    let kept = Kept::new().await;
    let id = kept.idea.strip_prefix("/ideas/").unwrap();
    kept.sends(&kept.tomas, "Yes, do it", &[("words", "Yes, do it.")]).await;
    let page = format!("/standards/new?idea={id}");
    let form = kept.callum.get(&page).await.is(200);
    assert_eq!(form.texts("select[name='owner'] option[selected]"), ["A colleague (you)"]);
    let owner = form.attributes("select[name='owner'] option[selected]", "value").remove(0);
    let others = kept.priya.get(&page).await.is(200).texts("select[name='owner'] option");
    assert!(!others.iter().any(|name| name.contains("A colleague")), "{others:?}");
    let fields = [("idea", id), ("name", "One call less"), ("owner", owner.as_str())];
    kept.priya.post("/standards", &fields).await.is(422);
    let standard = kept.callum.post("/standards", &fields).await.location();
    kept.callum.get(&format!("{standard}/edit")).await.is(200);
    kept.tomas.get(&standard).await.sees("A colleague").does_not_see("Callum");
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn a_kept_author_may_hand_the_standard_to_somebody_by_choosing_them() {
    let (kept, standard) = opened().await;
    let priya = kept.priya.id.to_string();
    let fields = [("name", "One call less"), ("owner", priya.as_str())];
    kept.callum.opens(&format!("{standard}/edit")).fills(&fields).sends("Save").await.goes_to(&standard);
    kept.priya.get(&format!("{standard}/edit")).await.is(200).does_not_see("(you)");
    kept.callum.get(&format!("{standard}/edit")).await.is(403);
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn a_kept_author_who_has_changed_the_team_goes_on_with_what_came_of_the_idea() {
    let (kept, standard) = opened().await;
    move_to(&kept, &kept.callum, kept.app.team("Service").await).await;
    move_to(&kept, &kept.priya, kept.app.team("Partner").await).await;
    kept.callum.get("/").await.sees("One call less");
    kept.callum.get(&format!("{standard}/edit")).await.is(200).sees("A colleague (you)");
    kept.priya.get(&standard).await.is(404);
    let id = kept.idea.strip_prefix("/ideas/").unwrap();
    kept.sends(&kept.tomas, "Yes, let’s try it", &[("words", "Yes, let us try it.")]).await;
    let experiment = kept.callum.post("/experiments", &[("idea", id), ("name", "A sheet")]).await.location();
    kept.callum.get(&format!("{experiment}/edit")).await.is(200);
    kept.priya.get(&experiment).await.is(404);
    kept.leaves_no_trace().await;
}
