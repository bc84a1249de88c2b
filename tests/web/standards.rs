//! Standards from outside: written, taught, in use, checked, drifted, brought back, retired.

use crate::support::{TestApp, Visitor};
use catchball::ideas::{self, NewIdea};
use catchball::ids::{IdeaId, TeamId, ThrowId};
use catchball::moves::Move;
use catchball::{people, standards};
use chrono::TimeDelta;

struct Field {
    app: TestApp,
    team: TeamId,
    ada: Visitor,
    ben: Visitor,
    idea: IdeaId,
}

/// A team whose leader has said "yes, do it" to Ada's idea. The clock stands on Tuesday, 3 March 2026.
async fn field() -> Field {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let (ada, ben) = (app.rep("Ada", team).await, app.rep("Ben", team).await);
    let tom = app.leader("Tomas", team).await;
    let idea = answered(&app, &ada, &tom).await;
    Field { app, team, ada, ben, idea }
}

async fn answered(app: &TestApp, ada: &Visitor, tom: &Visitor) -> IdeaId {
    let mut tx = app.app.write().await.unwrap();
    let author = people::store::person(&mut tx, ada.id).await.unwrap().unwrap();
    let leader = people::store::person(&mut tx, tom.id).await.unwrap().unwrap();
    let mut new = NewIdea::saying("Quotes go out with mistakes");
    new.text.better = "Five looks".into();
    let key = tx.new_id::<ThrowId>();
    let id = ideas::verbs::throw_idea(&mut tx, &author, key, &new).await.unwrap().id;
    let idea = ideas::store::idea(&mut tx, id).await.unwrap();
    let this = Move::of(tx.new_id(), &leader, "Yes, do it.");
    ideas::verbs::go(&mut tx, &idea, this, None).await.unwrap();
    tx.commit().await.unwrap();
    id
}

impl Field {
    async fn state_of_the_idea(&self) -> ideas::State {
        ideas::store::find(&mut self.app.app.read().await.unwrap(), self.idea).await.unwrap().unwrap().state
    }

    fn text(&self) -> Vec<(&'static str, String)> {
        vec![
            ("idea", self.idea.to_string()),
            ("name", "Look five times at a quote".into()),
            ("how", "Item, price, address, terms, site.".into()),
            ("why", "One quote in five went out twice.".into()),
            ("exceptions", "It always applies.".into()),
            ("next_check_on", "2026-04-02".into()),
            ("owner", self.ada.id.to_string()),
        ]
    }

    /// Time passes, and both sign in again.
    async fn days_pass(&self, days: i64) {
        self.app.clock.forward(TimeDelta::days(days));
        let mut tx = self.app.app.write().await.unwrap();
        for visitor in [&self.ada, &self.ben] {
            visitor.set_cookie("session", &people::session::open(&mut tx, visitor.id).await.unwrap());
        }
        tx.commit().await.unwrap();
    }

    async fn written(&self) -> String {
        self.ada.post("/standards", &self.text()).await.location()
    }

    async fn in_use(&self) -> String {
        let place = self.written().await;
        self.ada.post(&format!("{place}/teaching"), &[("", "")]).await.goes_to(&place);
        self.ada.post(&format!("{place}/holding"), &[("", "")]).await.goes_to(&place);
        place
    }
}

#[tokio::test]
async fn an_idea_becomes_our_way_and_is_delivered_when_it_is_in_use() {
    let field = field().await;
    let page = field.ada.get(&format!("/standards/new?idea={}", field.idea)).await.is(200);
    assert_eq!((page.value("how"), page.value("why")), ("Five looks".into(), "Quotes go out with mistakes".into()));
    let place = field.written().await;
    field.ada.get(&place).await.sees("write by").sees("Show it to all concerned");
    field.ada.post(&format!("{place}/teaching"), &[("", "")]).await.goes_to(&place);
    assert_eq!(field.state_of_the_idea().await, ideas::State::Go);
    field.ada.post(&format!("{place}/holding"), &[("", "")]).await.goes_to(&place);
    assert_eq!(field.state_of_the_idea().await, ideas::State::Delivered);
    field.ada.get(&place).await.sees("rests until 2 April · then Ada checks");
    field.ben.get("/standards").await.sees("In use").sees("Look five times at a quote");
}

#[tokio::test]
async fn what_is_half_written_is_kept_but_not_taught() {
    let field = field().await;
    let mut half = field.text();
    half.retain(|(name, _)| !matches!(*name, "exceptions" | "next_check_on"));
    let place = field.ada.post("/standards", &half).await.location();
    let refused = field.ada.post(&format!("{place}/teaching"), &[("", "")]).await.is(422);
    assert_eq!(refused.texts("#field-exceptions-error, #field-next_check_on-error").len(), 2);
    assert_eq!(refused.value("why"), "One quote in five went out twice.");
    assert_eq!(field.app.count("SELECT COUNT(*) FROM standard WHERE state = 'writing'").await, 1);
}

#[tokio::test]
async fn a_refused_form_keeps_every_word() {
    let field = field().await;
    let mut text = field.text();
    text.retain(|(name, _)| !matches!(*name, "name" | "owner"));
    let refused = field.ada.post("/standards", &text).await.is(422);
    assert_eq!(refused.texts("#field-name-error, #field-owner-error").len(), 2);
    assert_eq!(refused.value("how"), "Item, price, address, terms, site.");
    assert_eq!(field.app.count("SELECT COUNT(*) FROM standard").await, 0);
}

#[tokio::test]
async fn checks_move_the_next_one_and_are_readable() {
    let field = field().await;
    let place = field.in_use().await;
    let checks = format!("{place}/checks");
    field.ben.post(&checks, &[("line", "ok")]).await.is(422).sees("Choose what you found.");
    field.days_pass(30).await;
    let check = [("mark", "put_right"), ("line", "Site was skipped"), ("improved", "It is on top of the card now")];
    field.ben.post(&checks, &check).await.goes_to(&place);
    let page = field.ada.get(&place).await.sees("△ put right").sees("Improved since: It is on top of the card now");
    page.sees("rests until 4 May");
    field.days_pass(200).await;
    field.ada.post(&checks, &[("mark", "as_it_should_be"), ("line", "All five on the card")]).await.goes_to(&place);
    field.ada.get(&place).await.sees("○ as it should be").sees("Sat 28 Nov");
}

#[tokio::test]
async fn what_drifts_is_brought_back_with_what_was_learned() {
    let field = field().await;
    let place = field.in_use().await;
    let report = [("mark", "needs_action"), ("line", "Three quotes without a look")];
    field.ben.post(&format!("{place}/checks"), &report).await.goes_to(&place);
    field.ada.get(&place).await.sees("bring back by Fri 10:00").sees("× needs action");
    field.ben.post(&format!("{place}/repair"), &[("words", "done")]).await.is(403);
    field.ada.post(&format!("{place}/repair"), &[("words", "")]).await.is(422).sees("what you learned");
    field.ada.post(&format!("{place}/repair"), &[("words", "A new product needs a new card.")]).await.goes_to(&place);
    field.ada.get(&place).await.sees("rests until 2 April");
    let mut tx = field.app.app.read().await.unwrap();
    let team = tx.ask(catchball::experiments::store::of_team(field.team)).await.unwrap();
    assert_eq!(team.learning.as_deref(), Some("A new product needs a new card."));
}

#[tokio::test]
async fn a_double_click_makes_one_standard_and_one_check() {
    let field = field().await;
    let mut text = field.text();
    text.push(("key", "0195e000-0000-7000-8000-000000000001".into()));
    let (one, two) = tokio::join!(field.ada.post("/standards", &text), field.ada.post("/standards", &text));
    assert_eq!(one.location(), two.location());
    assert_eq!(field.app.count("SELECT COUNT(*) FROM standard").await, 1);
    let place = one.location();
    field.ada.post(&format!("{place}/teaching"), &[("", "")]).await.goes_to(&place);
    field.ada.post(&format!("{place}/holding"), &[("", "")]).await.goes_to(&place);
    let key = "0195e000-0000-7000-8000-000000000002";
    let check = [("key", key), ("mark", "as_it_should_be"), ("line", "fine")];
    let checks = format!("{place}/checks");
    let (one, two) = tokio::join!(field.ben.post(&checks, &check), field.ben.post(&checks, &check));
    assert_eq!((one.location(), two.location()), (place.clone(), place));
    assert_eq!(field.app.count("SELECT COUNT(*) FROM standard_check").await, 1);
}

#[tokio::test]
async fn two_people_who_write_the_same_standard_see_both_versions() {
    let field = field().await;
    let place = field.written().await;
    let version = |how: &str, version: &str| {
        let mut text = field.text();
        text.retain(|(name, _)| *name != "how");
        text.extend([("how", how.to_owned()), ("version", version.to_owned())]);
        text
    };
    field.ada.post(&place, &version("Four looks", "1")).await.goes_to(&place);
    let conflict = field.ada.post(&place, &version("Six looks", "1")).await.is(409);
    assert_eq!((conflict.value("how"), conflict.value("version")), ("Six looks".into(), "2".into()));
    let conflict = conflict.sees("Somebody was first").sees("Four looks");
    field.ada.post(&place, &version("Six looks", &conflict.value("version"))).await.goes_to(&place);
    field.ada.get(&place).await.sees("Six looks");
}

#[tokio::test]
async fn foreign_and_missing_standards_are_the_same() {
    let field = field().await;
    let place = field.written().await;
    let other = field.app.team("Partner").await;
    let eve = field.app.rep("Eve", other).await;
    let missing = "/standards/0195e000-0000-7000-8000-00000000dead";
    let (foreign, gone) = (eve.get(&place).await.is(404), eve.get(missing).await.is(404));
    assert_eq!(foreign.text("main"), gone.text("main"));
    eve.post(&format!("{place}/checks"), &[("mark", "needs_action"), ("line", "bad")]).await.is(404);
    eve.get(&format!("/standards/new?idea={}", field.idea)).await.is(404);
    eve.get("/standards").await.does_not_see("Look five times");
}

#[tokio::test]
async fn verbs_of_somebody_else_and_of_another_state_change_nothing() {
    let field = field().await;
    let place = field.written().await;
    let before = field.app.count("SELECT COUNT(*) FROM throw").await;
    field
        .ben
        .post(&format!("{place}/teaching"), &[("", "")])
        .await
        .is(403)
        .sees("Only the owner of the standard can do this.");
    field.ada.post(&format!("{place}/holding"), &[("", "")]).await.is(422);
    let refused = field.ben.post(&format!("{place}/checks"), &[("mark", "put_right"), ("line", "half of them")]).await;
    refused.is(422).sees("still being written").sees("What you wrote:").sees("half of them");
    field.ada.post(&format!("{place}/retirement"), &[("words", "gone")]).await.is(422);
    field.ben.post("/standards", &field.text()).await.is(403).sees("Only the one who does the idea");
    assert_eq!(field.app.count("SELECT COUNT(*) FROM throw").await, before);
    assert_eq!(field.app.count("SELECT COUNT(*) FROM standard WHERE state = 'writing'").await, 1);
}

#[tokio::test]
async fn an_adopted_experiment_opens_a_standard_and_its_use_delivers_the_idea() {
    let field = field().await;
    let idea = field.idea.to_string();
    let page = field.ada.get(&format!("/experiments/new?idea={idea}")).await.is(200);
    assert_eq!(page.value("name"), "Quotes go out with mistakes");
    assert_eq!(page.value("doing"), "Five looks");
    let plan = [
        ("idea", idea.as_str()),
        ("name", "Five looks"),
        ("doing", "Five looks at each quote"),
        ("expectation", "halve what goes out twice"),
        ("because", "most mistakes are seen at once"),
        ("starts_on", "2026-03-03"),
        ("ends_on", "2026-03-13"),
        ("stop_rule", "it takes more than a minute"),
        ("must_not_worsen", "quote time"),
        ("benefit", "fewer sorries"),
        ("keep_plan", "a card on each desk"),
    ];
    let place = field.ada.post("/experiments", &plan).await.location();
    assert_eq!(field.state_of_the_idea().await, ideas::State::Trying);
    let again = field.ada.post("/experiments", &plan).await.is(422).sees("This idea is being tried already.");
    assert_eq!(again.value("stop_rule"), "it takes more than a minute");
    let green = ["short", "team", "undone", "terms", "data", "promised", "spending", "hours"].map(|name| (name, "yes"));
    field.ada.post(&format!("{place}/readiness"), &green).await.goes_to(&place);
    field.ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
    field.app.clock.forward(TimeDelta::days(10));
    field.ada.post(&format!("{place}/study"), &[("happened", "Nine in a hundred.")]).await.goes_to(&place);
    let learned = [("decision", "adopt"), ("learned", "A card beats a reminder.")];
    let standard = field.ada.post(&format!("{place}/decision"), &learned).await.location();
    let page = field.ada.get(&standard).await.is(200).sees("Five looks at each quote").sees("a card on each desk");
    assert!(page.attributes("aside a", "href").contains(&place));
    let edit = field.ada.get(&format!("{standard}/edit")).await;
    let text = [
        ("name", "Five looks"),
        ("how", "Item, price, address, terms, site."),
        ("why", "most mistakes are seen at once"),
        ("exceptions", "none"),
        ("next_check_on", "2026-04-13"),
        ("owner", &field.ben.id.to_string()),
        ("version", &edit.value("version")),
    ];
    field.ada.post(&standard, &text).await.goes_to(&standard);
    field.ben.post(&format!("{standard}/teaching"), &[("", "")]).await.goes_to(&standard);
    field.ben.post(&format!("{standard}/holding"), &[("", "")]).await.goes_to(&standard);
    assert_eq!(field.state_of_the_idea().await, ideas::State::Delivered);
    let mut tx = field.app.app.read().await.unwrap();
    assert_eq!(tx.ask(standards::store::of_idea(field.idea)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn saving_what_is_being_written_starts_no_new_clock_but_a_new_owner_does() {
    let field = field().await;
    let place = field.written().await;
    field.app.clock.forward(TimeDelta::days(1));
    let as_before = "SELECT COUNT(*) FROM ball JOIN throw ON throw.subject_id = ball.subject_id
                     WHERE throw.subject = 'standard' AND throw.number = 1
                       AND ball.since = throw.at AND ball.due_at = throw.due_at";
    for (owner, version, expected) in [(&field.ada, "1", 1), (&field.ben, "2", 0)] {
        let mut text = field.text();
        text.retain(|(name, _)| *name != "owner");
        text.extend([("owner", owner.id.to_string()), ("version", version.into())]);
        field.ada.post(&place, &text).await.goes_to(&place);
        assert_eq!(field.app.count(as_before).await, expected);
    }
}

/// A standard in use has delivered the idea while an experiment on it was still being written.
#[tokio::test]
async fn an_experiment_goes_its_own_way_once_its_idea_is_delivered() {
    let field = field().await;
    let standard = field.written().await;
    let plan = [
        ("idea", field.idea.to_string()),
        ("name", "Five looks".into()),
        ("doing", "Five looks at each quote".into()),
        ("expectation", "halve what goes out twice".into()),
        ("because", "most mistakes are seen at once".into()),
        ("starts_on", "2026-03-03".into()),
        ("ends_on", "2026-03-13".into()),
        ("stop_rule", "it takes more than a minute".into()),
        ("must_not_worsen", "quote time".into()),
        ("benefit", "fewer sorries".into()),
        ("keep_plan", "a card on each desk".into()),
    ];
    let place = field.ada.post("/experiments", &plan).await.location();
    field.ada.post(&format!("{standard}/teaching"), &[("", "")]).await.goes_to(&standard);
    field.ada.post(&format!("{standard}/holding"), &[("", "")]).await.goes_to(&standard);
    assert_eq!(field.state_of_the_idea().await, ideas::State::Delivered);
    let green = ["short", "team", "undone", "terms", "data", "promised", "spending", "hours"].map(|name| (name, "yes"));
    field.ada.post(&format!("{place}/readiness"), &green).await.goes_to(&place);
    field.ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
    field.app.clock.forward(TimeDelta::days(10));
    field.ada.post(&format!("{place}/study"), &[("happened", "Nine in a hundred.")]).await.goes_to(&place);
    let adapted = [("decision", "adapt"), ("learned", "Three looks would do.")];
    let next = field.ada.post(&format!("{place}/decision"), &adapted).await.location();
    let next = next.trim_end_matches("/edit");
    field.ada.post(&format!("{next}/withdrawal"), &[("words", "It is our way already.")]).await.goes_to(next);
    assert_eq!(field.state_of_the_idea().await, ideas::State::Delivered);
    assert_eq!(field.app.count("SELECT COUNT(*) FROM ball WHERE subject = 'experiment'").await, 0);
}
