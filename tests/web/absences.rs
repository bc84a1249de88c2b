//! Absences: who stands in, what lies with them meanwhile, and what is refused.

use crate::clocks::{Coached, HURT, ball};
use crate::support::{Visitor, is_also};
use catchball::balls::Owes;

/// Field North with its coach, and Ruth, who leads another team below Helen.
struct Away {
    coached: Coached,
    ruth: Visitor,
}

is_also!(Away, coached: Coached);

impl Away {
    async fn new() -> Self {
        let coached = Coached::new().await;
        let south = coached.app.team("Field South").await;
        let ruth = coached.app.leader_below("Ruth", south, &coached.helen).await;
        Self { coached, ruth }
    }

    /// Somebody writes down an absence of their own.
    async fn gone(&self, who: &Visitor, from: &str, to: &str, deputy: Option<&Visitor>) {
        let deputy = deputy.map(|deputy| deputy.id.to_string()).unwrap_or_default();
        let fields = [("from", from), ("to", to), ("deputy", deputy.as_str()), ("without", "yes")];
        who.opens("/absences/new").fills(&fields).sends("Write it down").await.goes_to("/absences");
    }

    /// Who has the balls of ideas now: "Ben for Tomas".
    async fn holders(&self) -> Vec<String> {
        let mut tx = self.app.app.read().await.unwrap();
        let sql = "SELECT person.name || COALESCE(' for ' || away.name, '') FROM ball
                   JOIN person ON person.id = ball.holder_id LEFT JOIN person AS away ON away.id = ball.for_id
                   ORDER BY person.name";
        let rows: Vec<(String,)> = tx.query_as(sql).all().await.unwrap();
        rows.into_iter().map(|(name,)| name).collect()
    }

    async fn absences(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM absence").await
    }
}

#[tokio::test]
async fn the_deputy_has_the_balls_meanwhile_and_they_come_back_with_their_clocks_as_they_were() {
    let away = Away::new().await;
    let idea = away.throws(&away.callum, HURT).await;
    away.gone(&away.tomas, "2026-03-04", "2026-03-06", Some(&away.priya)).await;
    away.turn_at("2026-03-03T23:59:00Z").await;
    assert_eq!(away.holders().await, ["Tomas Berg"]);
    away.turn_at("2026-03-04T00:00:00Z").await;
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg"]);
    away.turn().await;
    assert_eq!(away.north.throws().await, 2, "handed over once");
    let page = away.callum.get(&format!("/ideas/{idea}")).await.is(200).sees("Priya Nair for Tomas Berg");
    page.sees("The clock handed it to Priya Nair, who stands in").sees("catch by today 10:00");
    away.priya.get("/").await.is(200).sees("Ten must-fill fields").sees("For Tomas Berg");
    away.tomas.get("/").await.is(200).does_not_see("Ten must-fill fields");
    assert_eq!(away.told(&away.priya).await, ["You hold this for Tomas Berg: Ten must-fill fields before a quote."]);
    // A new throw goes to Priya Nair at once, and its author is told so before and after.
    let told = "Goes to Priya Nair, who stands in for Tomas Berg, with your name. Seen by: your team, Tomas Berg, Helen Marsh, Ines Vidal.";
    away.callum.get("/ideas/new").await.is(200).sees(told);
    let thanks = away.callum.throws(&[("hurt", "Two price lists disagree")]).await;
    away.callum.get(&thanks.location()).await.sees("The ball is with Priya.");
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg", "Priya Nair for Tomas Berg"]);
    away.turn_at("2026-03-06T23:59:00Z").await;
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg", "Priya Nair for Tomas Berg"]);
    away.turn_at("2026-03-07T00:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas Berg", "Tomas Berg"]);
    away.callum.get(&format!("/ideas/{idea}")).await.sees("The clock gave it back to Tomas Berg");
    let moved = away.app.count("SELECT COUNT(DISTINCT due_at) FROM throw WHERE verb <> 'x'").await;
    assert_eq!(moved, 2, "two ideas, two clocks, and none of them moved");
    let numbers = away.app.count("SELECT MAX(number) FROM throw").await;
    assert_eq!(numbers, 3, "thrown, handed over, handed back: the history only grows");
}

#[tokio::test]
async fn a_deputy_can_act_and_what_they_caught_comes_back_too() {
    let away = Away::new().await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-05", Some(&away.priya)).await;
    let idea = away.throws(&away.callum, HURT).await;
    let other = away.throws(&away.callum, "Two price lists disagree").await;
    away.priya.opens(&format!("/ideas/{idea}")).sends("Catch").await.is(303);
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg", "Priya Nair for Tomas Berg"]);
    let yes = [("words", "Yes, leave them out.")];
    away.priya.opens(&format!("/ideas/{other}")).fills(&yes).sends("Yes, do it").await.is(303);
    assert_eq!(away.holders().await, ["Callum Reid", "Priya Nair for Tomas Berg"]);
    away.turn_at("2026-03-06T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Callum Reid", "Tomas Berg"]);
    let no = [("version", "2"), ("answer", "go"), ("words", "Yes, leave them out.")];
    away.priya.post(&format!("/ideas/{idea}/answer"), &no).await.is(403);
    away.tomas.post(&format!("/ideas/{idea}/answer"), &no).await.is(303);
}

#[tokio::test]
async fn what_a_deputy_asked_or_parked_comes_back_to_the_one_they_stood_in_for() {
    let away = Away::new().await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-05", Some(&away.priya)).await;
    let idea = format!("/ideas/{}", away.throws(&away.callum, HURT).await);
    away.priya.opens(&idea).says("Which fields?").sends("Ask").await.goes_to(&idea);
    assert_eq!(away.holders().await, ["Callum Reid"]);
    away.callum.opens(&idea).says("The last three.").sends("Answer").await.goes_to(&idea);
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg"], "Tomas Berg is still away");
    let park = [("words", "When the new form is here."), ("until", "2026-04-01")];
    away.priya.opens(&idea).fills(&park).sends("Not now").await.goes_to(&idea);
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg"]);
    away.turn_at("2026-03-06T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas Berg"], "it wakes the one whose it is");
}

#[tokio::test]
async fn a_no_said_by_a_deputy_is_thrown_back_above_the_one_they_stood_in_for() {
    let away = Away::new().await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-05", Some(&away.priya)).await;
    let id = away.throws(&away.callum, HURT).await;
    let idea = format!("/ideas/{id}");
    let no = [("understood", "You wait."), ("because", "The fields are needed."), ("could_help", "Nothing.")];
    away.priya.opens(&idea).fills(&no).sends("Say no").await.goes_to(&idea);
    away.callum.opens(&idea).says("Nobody reads them.").sends("No, throw it back once").await.goes_to(&idea);
    assert_eq!(away.holders().await, ["Helen Marsh"]);
}

#[tokio::test]
async fn a_deputy_takes_it_further_to_the_next_level_of_the_one_they_stand_in_for() {
    let away = Away::new().await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-05", Some(&away.priya)).await;
    let idea = format!("/ideas/{}", away.throws(&away.callum, HURT).await);
    let helen = away.helen.id.to_string();
    let further = [("words", "Only Helen Marsh can."), ("to", helen.as_str())];
    away.priya.opens(&idea).fills(&further).sends("Take it further").await.goes_to(&idea);
    assert_eq!(away.holders().await, ["Helen Marsh"]);
}

#[tokio::test]
async fn without_a_deputy_the_next_level_has_them_when_it_is_more_than_a_working_day() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    let page = away.tomas.get("/absences/new").await.is(200).sees("Without a deputy your balls go to Helen Marsh.");
    assert_eq!(page.attributes("main form", "action"), ["/absences"]);
    let days = [("from", "2026-03-03"), ("to", "2026-03-04")];
    let refused = away.tomas.opens("/absences/new").fills(&days).sends("Write it down").await.is(422);
    refused.sees("That is 2 working days. Choose who stands in").sees("Without a deputy your balls go to Helen Marsh.");
    assert_eq!(away.absences().await, 0);
    let filled = away.tomas.opens("/absences/new").fills(&[days[0], days[1], ("without", "yes")]);
    filled.sends("Write it down").await.goes_to("/absences");
    away.tomas.get("/absences").await.sees("Without a deputy your balls go to Helen Marsh.");
    assert_eq!(away.holders().await, ["Helen Marsh for Tomas Berg"]);
}

#[tokio::test]
async fn one_working_day_asks_for_nobody_and_moves_nothing() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    let filled = away.tomas.opens("/absences/new").fills(&[("from", "2026-03-03"), ("to", "2026-03-03")]);
    filled.sends("Write it down").await.goes_to("/absences");
    away.turn().await;
    assert_eq!(away.holders().await, ["Tomas Berg"]);
}

#[tokio::test]
async fn a_chain_of_two_absences_is_followed_and_unwound() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-06", Some(&away.priya)).await;
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg"]);
    away.gone(&away.priya, "2026-03-04", "2026-03-05", Some(&away.ruth)).await;
    away.turn_at("2026-03-04T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Ruth for Tomas Berg"]);
    away.callum.get("/ideas/new").await.sees("Seen by: your team, Tomas Berg, Helen Marsh, Ines Vidal, Ruth.");
    let new = away.throws(&away.callum, "Two price lists disagree").await;
    assert_eq!(away.holders().await, ["Ruth for Tomas Berg", "Ruth for Tomas Berg"]);
    away.ruth.get(&format!("/ideas/{new}")).await.is(200).sees("For Tomas Berg");
    away.turn_at("2026-03-06T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg", "Priya Nair for Tomas Berg"]);
    away.turn_at("2026-03-07T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas Berg", "Tomas Berg"]);
}

#[tokio::test]
async fn an_absence_written_down_late_hands_over_at_once_and_one_that_is_over_is_refused() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    away.set("2026-03-05T10:00:00Z");
    let priya = away.priya.id.to_string();
    let over = [("from", "2026-03-03"), ("to", "2026-03-04"), ("deputy", priya.as_str())];
    let filled = away.tomas.opens("/absences/new").fills(&over);
    let page = filled.sends("Write it down").await.is(422).sees("This absence is over already");
    assert_eq!((page.value("from"), page.value("to")), ("2026-03-03".into(), "2026-03-04".into()), "kept");
    away.turn().await;
    assert_eq!(away.holders().await, ["Tomas Berg"]);
    away.gone(&away.tomas, "2026-03-03", "2026-03-06", Some(&away.priya)).await;
    assert_eq!(away.holders().await, ["Priya Nair for Tomas Berg"]);
}

#[tokio::test]
async fn the_clock_does_not_stop_and_who_holds_it_is_named_with_whom_they_hold_it_for() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-20", Some(&away.priya)).await;
    away.turn_at("2026-03-04T10:00:00Z").await;
    assert!(away.told(&away.priya).await.last().unwrap().starts_with("Still with you"));
    assert_eq!(away.told(&away.tomas).await.len(), 0);
    away.turn_at("2026-03-05T10:00:00Z").await;
    let expected =
        "This one needs a hand: Ten must-fill fields before a quote, with Priya Nair for Tomas Berg since Tuesday.";
    assert_eq!(away.told(&away.helen).await, [expected]);
}

#[tokio::test]
async fn a_standstill_over_the_whole_absence_moves_nothing_and_later_turns_settle_what_is_left() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    away.gone(&away.tomas, "2026-03-04", "2026-03-06", Some(&away.priya)).await;
    away.turn_at("2026-03-11T10:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas Berg"]);
    assert_eq!(away.north.throws().await, 1);
    assert_eq!(away.absences().await, 0, "what is over is forgotten");
    let counter = away.app.app.db.counter();
    away.turn().await;
    assert_eq!(away.app.app.db.counter(), counter);
}

#[tokio::test]
async fn what_only_the_person_can_say_stays_with_them() {
    let away = Away::new().await;
    for owes in [Owes::Reply, Owes::Judge, Owes::Confirm, Owes::Keep, Owes::Do, Owes::Follow] {
        ball(&away.app, away.team, away.tomas.id, owes, "2026-03-05T10:00:00Z").await;
    }
    away.gone(&away.tomas, "2026-03-03", "2026-03-06", Some(&away.priya)).await;
    ball(&away.app, away.team, away.tomas.id, Owes::Keep, "2026-03-05T10:00:00Z").await;
    away.turn().await;
    assert_eq!(away.holders().await, ["Tomas Berg"; 7]);
    ball(&away.app, away.team, away.tomas.id, Owes::Safety, "2026-03-05T10:00:00Z").await;
    assert!(
        away.holders().await.contains(&String::from("Priya Nair for Tomas Berg")),
        "whether it is safe another can say"
    );
}

#[tokio::test]
async fn nobody_answers_their_own_idea_as_a_deputy() {
    let away = Away::new().await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-06", Some(&away.callum)).await;
    away.throws(&away.callum, HURT).await;
    assert_eq!(away.holders().await, ["Helen Marsh for Tomas Berg"]);
}

#[tokio::test]
async fn back_early_or_with_another_deputy_the_balls_move_at_once() {
    let away = Away::new().await;
    away.throws(&away.callum, HURT).await;
    away.gone(&away.tomas, "2026-03-03", "2026-03-06", Some(&away.priya)).await;
    let page = away.tomas.get("/absences").await.is(200).sees("Priya Nair stands in.").sees("Back already");
    let edit = page.attributes(".list-title", "href").remove(0);
    let address = edit.trim_end_matches("/edit").to_owned();
    let page = away.tomas.get(&edit).await.is(200);
    assert_eq!(page.value("deputy"), away.priya.id.to_string());
    let ruth = away.ruth.id.to_string();
    let change = [("version", "1"), ("from", "2026-03-03"), ("to", "2026-03-06"), ("deputy", ruth.as_str())];
    away.tomas.post(&address, &change).await.goes_to("/absences");
    assert_eq!(away.holders().await, ["Ruth for Tomas Berg"]);
    let again = away.tomas.post(&address, &change).await.is(409);
    again.sees("Somebody was first").sees("Ruth");
    away.tomas.opens("/absences").sends("Back already: Tomas Berg, Tue 3 Mar to Fri 6 Mar").await.goes_to("/absences");
    assert_eq!(away.holders().await, ["Tomas Berg"]);
    away.tomas.get("/absences").await.sees("You have written none down");
}

#[tokio::test]
async fn what_can_not_be_is_refused_at_its_field() {
    let away = Away::new().await;
    let (priya, tomas) = (away.priya.id.to_string(), away.tomas.id.to_string());
    let ines = away.ines.id.to_string();
    away.gone(&away.priya, "2026-03-05", "2026-03-09", None).await;
    for (field, fields) in [
        ("from", [("from", ""), ("to", "2026-03-06"), ("deputy", "")]),
        ("from", [("from", "soon"), ("to", "2026-03-06"), ("deputy", "")]),
        ("to", [("from", "2026-03-05"), ("to", ""), ("deputy", "")]),
        ("to", [("from", "2026-03-05"), ("to", "2026-03-04"), ("deputy", "")]),
        ("to", [("from", "2026-03-05"), ("to", "2028-03-04"), ("deputy", "")]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", priya.as_str())]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", tomas.as_str())]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", ines.as_str())]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", "x")]),
    ] {
        let page = away.tomas.post("/absences", &fields).await.is(422);
        assert!(!page.texts(&format!("#field-{field}-error")).is_empty(), "{fields:?}");
    }
    let overlap = [("from", "2026-03-09"), ("to", "2026-03-10"), ("without", "yes")];
    let filled = away.priya.opens("/absences/new").fills(&overlap);
    filled.sends("Write it down").await.is(422).sees("There is an absence on these days already");
    assert_eq!(away.absences().await, 1);
}

#[tokio::test]
async fn a_double_click_writes_it_down_once() {
    let away = Away::new().await;
    let key = uuid::Uuid::max().to_string();
    let fields = [("key", key.as_str()), ("from", "2026-03-05"), ("to", "2026-03-05")];
    away.priya.post("/absences", &fields).await.goes_to("/absences");
    away.priya.post("/absences", &fields).await.goes_to("/absences");
    assert_eq!(away.absences().await, 1);
}

#[tokio::test]
async fn those_above_the_coach_and_the_admin_may_write_it_down_and_nobody_else_sees_it() {
    let away = Away::new().await;
    let owen = away.app.admin("Owen").await;
    let priya = away.priya.id.to_string();
    let days = ["2026-03-05", "2026-03-10", "2026-03-12", "2026-03-17"];
    for (who, day) in [&away.tomas, &away.helen, &away.ines, &owen].into_iter().zip(days) {
        let page = who.get(&format!("/absences/new?person={priya}")).await.is(200).sees("For Priya Nair.");
        assert_eq!(page.value("person"), priya);
        who.post("/absences", &[("person", priya.as_str()), ("from", day), ("to", day)]).await.goes_to("/absences");
        who.get("/absences").await.is(200).sees("Priya Nair ·");
    }
    assert_eq!(away.absences().await, 4);
    for who in [&away.ruth, &away.callum] {
        who.get(&format!("/absences/new?person={priya}")).await.is(404);
        who.post("/absences", &[("person", priya.as_str()), ("from", "2026-03-24"), ("to", "2026-03-24")])
            .await
            .is(404);
        who.get("/absences").await.is(200).does_not_see("Priya Nair ·");
    }
    assert_eq!(away.absences().await, 4);
    let lists = away.tomas.get("/absences").await;
    assert!(
        lists.texts(".list li").iter().all(|line| line.starts_with("Priya Nair")),
        "who is never away is in no list"
    );
}
