//! Standards from outside: written, taught, in use, checked, drifted, brought back, retired.

use crate::support::{FieldNorth, Visitor, is_also};
use catchball::ids::IdeaId;
use catchball::{ideas, standards};
use chrono::TimeDelta;

const TEXT: [(&str, &str); 17] = [
    ("name", "Look five times at a quote"),
    ("how", "Item, price, address, terms, site."),
    ("why", "One quote in five went out twice."),
    ("exceptions", "It always applies."),
    ("next_check_on", "2026-04-02"),
    ("noticed_by", "a quote that comes back"),
    ("factor0", "yes"),
    ("factor1", "yes"),
    ("factor2", "no"),
    ("factor3", "yes"),
    ("factor4", "yes"),
    ("factor5", "yes"),
    ("factor6", "partly"),
    ("factor7", "yes"),
    ("factor8", "yes"),
    ("factor9", "yes"),
    ("plan", "Sofia does it too."),
];

const PLAN: [(&str, &str); 10] = [
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

/// Field North with an idea of Callum's to which Tomas has said "yes, do it".
struct Answered {
    north: FieldNorth,
    idea: IdeaId,
}

is_also!(Answered, north: FieldNorth);

async fn answered() -> Answered {
    let north = FieldNorth::new().await;
    let hurt = [("hurt", "Quotes go out with mistakes"), ("better", "Five looks")];
    let idea = north.callum.throws(&hurt).await.location();
    north.tomas.opens(&idea).says("Yes, do it.").sends("Yes, do it").await.goes_to(&idea);
    Answered { idea: idea["/ideas/".len()..].parse().unwrap(), north }
}

impl Answered {
    async fn state_of_the_idea(&self) -> ideas::State {
        ideas::store::find(&mut self.app.app.read().await.unwrap(), self.idea).await.unwrap().unwrap().state
    }

    /// The page on which a standard from the idea is written.
    fn page(&self) -> String {
        format!("/standards/new?idea={}", self.idea)
    }

    /// Time passes, and everybody signs in again.
    async fn days_pass(&self, days: i64) {
        self.app.clock.forward(TimeDelta::days(days));
        self.sign_in().await;
    }

    async fn written(&self) -> String {
        self.callum.opens(&self.page()).fills(&TEXT).sends("Save").await.location()
    }

    async fn in_use(&self) -> String {
        let place = self.written().await;
        comes_into_use(&self.callum, &place).await;
        place
    }

    /// Callum plans an experiment on the idea.
    async fn planned(&self) -> String {
        let page = format!("/experiments/new?idea={}", self.idea);
        self.callum.opens(&page).fills(&PLAN).sends("Save").await.location()
    }

    /// It is declared safe, runs for ten days, is studied and decided; where that leads.
    async fn decided(&self, place: &str, decision: &str, learned: &str) -> String {
        let green = ["short", "team", "undone", "terms", "data", "promised", "spending", "hours"];
        self.callum.opens(place).fills(&green.map(|name| (name, "yes"))).sends("All of it holds").await.goes_to(place);
        self.callum.opens(place).sends("Start the experiment").await.goes_to(place);
        self.app.clock.forward(TimeDelta::days(10));
        let study = [("happened", "Nine in a hundred.")];
        self.callum.opens(place).fills(&study).sends("Write it down").await.goes_to(place);
        let learned = [("decision", decision), ("learned", learned)];
        self.callum.opens(place).fills(&learned).sends("Decide").await.location()
    }
}

/// The owner says that it can be taught, and that everybody has seen it.
async fn comes_into_use(owner: &Visitor, place: &str) {
    owner.opens(place).sends("It is ready to be taught").await.goes_to(place);
    put_into_use(owner, place).await;
}

async fn put_into_use(owner: &Visitor, place: &str) {
    let shown = [("words", "The others on Monday.")];
    owner.opens(place).fills(&shown).sends("Put it into use").await.goes_to(place);
}

#[tokio::test]
async fn an_idea_becomes_our_way_and_is_delivered_when_it_is_in_use() {
    let north = answered().await;
    let page = north.callum.get(&north.page()).await.is(200);
    assert_eq!((page.value("how"), page.value("why")), ("Five looks".into(), "Quotes go out with mistakes".into()));
    let place = north.written().await;
    north.callum.get(&place).await.sees("Write down our way by").sees("Show it to all concerned");
    north.callum.opens(&place).sends("It is ready to be taught").await.goes_to(&place);
    assert_eq!(north.state_of_the_idea().await, ideas::State::Go);
    let refused = north.callum.opens(&place).sends("Put it into use").await.is(422);
    refused.sees("Say how and when the others are shown it.");
    put_into_use(&north.callum, &place).await;
    assert_eq!(north.state_of_the_idea().await, ideas::State::Delivered);
    north.callum.get(&place).await.sees("rests until 2 April · then Priya").sees("1 of");
    north.priya.get("/standards").await.sees("In use").sees("Look five times at a quote");
}

#[tokio::test]
async fn what_is_half_written_is_kept_but_not_taught() {
    let north = answered().await;
    let half = north.callum.opens(&north.page()).fills(&TEXT[..3]).fills(&[("next_check_on", "")]);
    let place = half.sends("Save").await.location();
    let refused = north.callum.post(&format!("{place}/teaching"), &[("", "")]).await.is(422);
    assert_eq!(refused.texts("#field-exceptions-error, #field-next_check_on-error").len(), 2);
    assert_eq!(refused.value("why"), "One quote in five went out twice.");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM standard WHERE state = 'writing'").await, 1);
}

#[tokio::test]
async fn a_refused_form_keeps_every_word() {
    let north = answered().await;
    let idea = north.idea.to_string();
    let forged = [&TEXT[1..], &[("idea", &idea)]].concat();
    let refused = north.callum.post("/standards", &forged).await.is(422);
    assert_eq!(refused.texts("#field-name-error, #field-owner-error").len(), 2);
    assert_eq!(refused.value("how"), "Item, price, address, terms, site.");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM standard").await, 0);
}

#[tokio::test]
async fn checks_move_the_next_one_and_are_readable() {
    let north = answered().await;
    let place = north.in_use().await;
    let filled = north.priya.opens(&place).fills(&[("line", "ok")]);
    filled.sends("Write it down").await.is(422).sees("Choose what you found.");
    north.days_pass(30).await;
    let check = [("mark", "put_right"), ("line", "Site was skipped"), ("improved", "It is on top of the card now")];
    north.priya.opens(&place).fills(&check).sends("Write it down").await.goes_to(&place);
    let page = north.callum.get(&place).await.sees("△ put right").sees("Improved since: It is on top of the card now");
    page.sees("rests until 4 May");
    north.days_pass(200).await;
    let filled = north.callum.opens(&place).fills(&[("mark", "as_it_should_be"), ("line", "All five on the card")]);
    filled.sends("Write it down").await.goes_to(&place);
    north.callum.get(&place).await.sees("○ as it should be").sees("Sat 28 Nov");
}

#[tokio::test]
async fn what_drifts_is_brought_back_with_what_was_learned() {
    let north = answered().await;
    let place = north.in_use().await;
    let report = [("mark", "needs_action"), ("line", "Three quotes without a look")];
    north.priya.opens(&place).fills(&report).sends("Write it down").await.goes_to(&place);
    north.callum.get(&place).await.sees("Bring it back by Fri 10:00").sees("× needs action");
    north.priya.post(&format!("{place}/repair"), &[("words", "done")]).await.is(403);
    north.callum.opens(&place).says("").sends("It is back").await.is(422).sees("what you learned");
    north.callum.opens(&place).says("A new product needs a new card.").sends("It is back").await.goes_to(&place);
    north.callum.get(&place).await.sees("rests until 2 April");
    let mut tx = north.app.app.read().await.unwrap();
    let team = tx.ask(catchball::experiments::store::of_team(north.team)).await.unwrap();
    assert_eq!(team.learning.as_deref(), Some("A new product needs a new card."));
}

#[tokio::test]
async fn a_double_click_makes_one_standard_and_one_check() {
    let north = answered().await;
    let page = north.callum.get(&north.page()).await;
    let click = || north.callum.on(&page).fills(&TEXT).sends("Save");
    let (one, two) = tokio::join!(click(), click());
    assert_eq!(one.location(), two.location());
    assert_eq!(north.app.count("SELECT COUNT(*) FROM standard").await, 1);
    let place = one.location();
    comes_into_use(&north.callum, &place).await;
    let page = north.priya.get(&place).await;
    let click = || north.priya.on(&page).fills(&[("mark", "as_it_should_be"), ("line", "fine")]).sends("Write it down");
    let (one, two) = tokio::join!(click(), click());
    assert_eq!((one.location(), two.location()), (place.clone(), place));
    assert_eq!(north.app.count("SELECT COUNT(*) FROM standard_check").await, 1);
}

#[tokio::test]
async fn two_people_who_write_the_same_standard_see_both_versions() {
    let north = answered().await;
    let place = north.written().await;
    let edit = format!("{place}/edit");
    let (edit, other) = (north.callum.get(&edit).await, north.callum.get(&edit).await);
    north.callum.on(&edit).fills(&[("how", "Four looks")]).sends("Save").await.goes_to(&place);
    let conflict = north.callum.on(&other).fills(&[("how", "Six looks")]).sends("Save").await.is(409);
    assert_eq!((conflict.value("how"), conflict.value("version")), ("Six looks".into(), "2".into()));
    let conflict = conflict.sees("Somebody was first").sees("Four looks");
    north.callum.on(&conflict).sends("Save").await.goes_to(&place);
    north.callum.get(&place).await.sees("Six looks");
}

#[tokio::test]
async fn foreign_and_missing_standards_are_the_same() {
    let north = answered().await;
    let place = north.written().await;
    let other = north.app.team("Partner").await;
    let eve = north.app.rep("Eve", other).await;
    let missing = "/standards/0195e000-0000-7000-8000-00000000dead";
    let (foreign, gone) = (eve.get(&place).await.is(404), eve.get(missing).await.is(404));
    assert_eq!(foreign.text("main"), gone.text("main"));
    eve.post(&format!("{place}/checks"), &[("mark", "needs_action"), ("line", "bad")]).await.is(404);
    eve.get(&north.page()).await.is(404);
    eve.get("/standards").await.does_not_see("Look five times");
}

#[tokio::test]
async fn verbs_of_somebody_else_and_of_another_state_change_nothing() {
    let north = answered().await;
    let place = north.written().await;
    let before = north.app.count("SELECT COUNT(*) FROM throw").await;
    north
        .priya
        .post(&format!("{place}/teaching"), &[("", "")])
        .await
        .is(403)
        .sees("Only the owner of the standard can do this.");
    north.callum.post(&format!("{place}/holding"), &[("", "")]).await.is(422);
    let refused =
        north.priya.post(&format!("{place}/checks"), &[("mark", "put_right"), ("line", "half of them")]).await;
    refused.is(422).sees("still being written").sees("What you wrote:").sees("half of them");
    north.callum.post(&format!("{place}/retirement"), &[("words", "gone")]).await.is(422);
    let idea = north.idea.to_string();
    let owner = north.callum.id.to_string();
    let text = [&TEXT[..], &[("idea", &idea), ("owner", &owner)]].concat();
    north.priya.post("/standards", &text).await.is(403).sees("Only the one who does the idea");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw").await, before);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM standard WHERE state = 'writing'").await, 1);
}

#[tokio::test]
async fn an_adopted_experiment_opens_a_standard_and_its_use_delivers_the_idea() {
    let north = answered().await;
    let idea = north.idea.to_string();
    let page = north.callum.get(&format!("/experiments/new?idea={idea}")).await.is(200);
    assert_eq!(page.value("name"), "Quotes go out with mistakes");
    assert_eq!(page.value("doing"), "Five looks");
    let place = north.callum.on(&page).fills(&PLAN).sends("Save").await.location();
    assert_eq!(north.state_of_the_idea().await, ideas::State::Trying);
    let plan = [&PLAN[..], &[("idea", &idea)]].concat();
    let again = north.callum.post("/experiments", &plan).await.is(422).sees("This idea is being tried already.");
    assert_eq!(again.value("stop_rule"), "it takes more than a minute");
    let standard = north.decided(&place, "adopt", "A card beats a reminder.").await;
    let page = north.callum.get(&standard).await.is(200).sees("Five looks at each quote").sees("a card on each desk");
    assert!(page.attributes("aside a", "href").contains(&place));
    let owner = north.priya.id.to_string();
    let text = [&TEXT[1..], &[("owner", &owner)]].concat();
    north.callum.opens(&format!("{standard}/edit")).fills(&text).sends("Save").await.goes_to(&standard);
    comes_into_use(&north.priya, &standard).await;
    assert_eq!(north.state_of_the_idea().await, ideas::State::Delivered);
    let mut tx = north.app.app.read().await.unwrap();
    assert_eq!(tx.ask(standards::store::of_idea(north.idea)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn saving_what_is_being_written_starts_no_new_clock_but_a_new_owner_does() {
    let north = answered().await;
    let place = north.written().await;
    north.app.clock.forward(TimeDelta::days(1));
    let as_before = "SELECT COUNT(*) FROM ball JOIN throw ON throw.subject_id = ball.subject_id
                     WHERE throw.subject = 'standard' AND throw.number = 1
                       AND ball.since = throw.at AND ball.due_at = throw.due_at";
    let edit = format!("{place}/edit");
    for (owner, expected) in [(&north.callum, 1), (&north.priya, 0)] {
        let text = [("owner", owner.id.to_string())];
        north.callum.opens(&edit).fills(&text).sends("Save").await.goes_to(&place);
        assert_eq!(north.app.count(as_before).await, expected);
    }
}

/// A standard in use has delivered the idea while an experiment on it was still being written.
#[tokio::test]
async fn an_experiment_goes_its_own_way_once_its_idea_is_delivered() {
    let north = answered().await;
    let standard = north.written().await;
    let place = north.planned().await;
    comes_into_use(&north.callum, &standard).await;
    assert_eq!(north.state_of_the_idea().await, ideas::State::Delivered);
    let next = north.decided(&place, "adapt", "Three looks would do.").await;
    let next = next.trim_end_matches("/edit");
    north.callum.opens(next).says("It is our way already.").sends("Take it back").await.goes_to(next);
    assert_eq!(north.state_of_the_idea().await, ideas::State::Delivered);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM ball WHERE subject = 'experiment'").await, 0);
}

#[tokio::test]
async fn what_was_learned_is_readable_by_all_and_taken_home_with_a_go_see() {
    let north = answered().await;
    let place = north.planned().await;
    north.decided(&place, "abandon", "A card beats a reminder.").await;
    catchball::clockwork::turn(&north.app.app).await.unwrap_or_else(|error| panic!("{error:?}"));
    let partner = north.app.team("Partner").await;
    let eve = north.app.rep("Eve", partner).await;
    eve.get("/library?q=reminders+card").await.sees("A card beats a reminder.").sees("halve what goes out twice");
    eve.get("/library?q=wolpertinger").await.sees("No lesson has all of these words.");
    eve.get(&place).await.is(404);
    let lesson = place.replace("/experiments/", "/library/");
    let edit = eve.opens(&lesson).sends("Take it home").await.location();
    eve.get(&edit).await.is(200).sees("Five looks");
    eve.get(&lesson).await.sees("Taken home by").sees("Partner: Eve");
    north.callum.get("/notices").await.sees("Eve takes this home and would like to see how you do it");
    let own = edit.replace("/experiments/", "/library/");
    eve.get(own.trim_end_matches("/edit")).await.is(404);
    north.callum.get(&lesson).await.does_not_see("Take it home");
    let story = eve.get(&format!("{lesson}/story")).await.sees("What we learned: A card beats a reminder.");
    assert!(!story.text("main").contains("Callum") && !story.text("main").contains("Field North"));
}
