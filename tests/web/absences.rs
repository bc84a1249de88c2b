//! Absences: who stands in, what lies with them meanwhile, and what is refused.

use crate::clocks::{HURT, Stage, ball};
use crate::support::Visitor;
use catchball::balls::Owes;
use catchball::ideas::{self, verbs};
use catchball::ids::IdeaId;
use catchball::moves::Move;
use catchball::people::store;

/// Field North with Ben, a second rep, and Ruth, who leads another team below Helen.
struct Away {
    stage: Stage,
    ben: Visitor,
    ruth: Visitor,
}

impl Away {
    async fn new() -> Self {
        let stage = Stage::new().await;
        let ben = stage.app.rep("Ben", stage.team).await;
        let south = stage.app.team("Field South").await;
        let ruth = stage.app.leader_below("Ruth", south, &stage.helen).await;
        Self { stage, ben, ruth }
    }

    /// Somebody writes down an absence of their own.
    async fn gone(&self, who: &Visitor, from: &str, to: &str, deputy: Option<&Visitor>) {
        let deputy = deputy.map(|deputy| deputy.id.to_string()).unwrap_or_default();
        let fields = [("from", from), ("to", to), ("deputy", deputy.as_str()), ("without", "yes")];
        who.post("/absences", &fields).await.goes_to("/absences");
    }

    /// Who has the balls of ideas now: "Ben for Tomas".
    async fn holders(&self) -> Vec<String> {
        let mut tx = self.stage.app.app.read().await.unwrap();
        let sql = "SELECT person.name || COALESCE(' for ' || away.name, '') FROM ball
                   JOIN person ON person.id = ball.holder_id LEFT JOIN person AS away ON away.id = ball.for_id
                   ORDER BY person.name";
        let rows: Vec<(String,)> = tx.query_as(sql).all().await.unwrap();
        rows.into_iter().map(|(name,)| name).collect()
    }

    /// Somebody sends a form about the one idea there is, as it is now.
    async fn sends(&self, who: &Visitor, path: &str, fields: &[(&str, &str)]) {
        let version = self.stage.app.count("SELECT MAX(version) FROM idea").await.to_string();
        let mut form = vec![("version", version.as_str())];
        form.extend(fields);
        who.post(path, &form).await.is(303);
    }

    async fn says_no(&self, who: &Visitor, id: IdeaId) {
        let mut tx = self.stage.app.app.write().await.unwrap();
        let by = store::person(&mut tx, who.id).await.unwrap().unwrap();
        let idea = ideas::store::idea(&mut tx, id).await.unwrap();
        let key = tx.new_id();
        let this = Move::of(key, &by, "The fields are needed.");
        verbs::decline(&mut tx, &idea, this).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn throws(&self) -> i64 {
        self.stage.app.count("SELECT COUNT(*) FROM throw").await
    }

    async fn absences(&self) -> i64 {
        self.stage.app.count("SELECT COUNT(*) FROM absence").await
    }
}

#[tokio::test]
async fn the_deputy_has_the_balls_meanwhile_and_they_come_back_with_their_clocks_as_they_were() {
    let away = Away::new().await;
    let stage = &away.stage;
    let idea = stage.throws(&stage.ada, HURT).await;
    away.gone(&stage.tomas, "2026-03-04", "2026-03-06", Some(&away.ben)).await;
    stage.turn_at("2026-03-03T23:59:00Z").await;
    assert_eq!(away.holders().await, ["Tomas"]);
    stage.turn_at("2026-03-04T00:00:00Z").await;
    assert_eq!(away.holders().await, ["Ben for Tomas"]);
    stage.turn().await;
    assert_eq!(away.throws().await, 2, "handed over once");
    let page = stage.ada.get(&format!("/ideas/{idea}")).await.is(200).sees("Ben for Tomas");
    page.sees("The clock handed it to Ben, who stands in").sees("catch by today 10:00");
    away.ben.get("/").await.is(200).sees("Ten must-fill fields").sees("You for Tomas");
    stage.tomas.get("/").await.is(200).does_not_see("Ten must-fill fields");
    assert_eq!(stage.told(&away.ben).await, ["You hold this for Tomas: Ten must-fill fields before a quote."]);
    // A new throw goes to Ben at once, and its author is told so before and after.
    let told = "Goes to Ben, who stands in for Tomas, with your name. Seen by: your team, Tomas, Helen, Ines.";
    stage.ada.get("/ideas/new").await.is(200).sees(told);
    let thanks = stage.ada.post("/ideas", &[("hurt", "Two price lists disagree")]).await;
    stage.ada.get(&thanks.location()).await.sees("The ball is with Ben.");
    assert_eq!(away.holders().await, ["Ben for Tomas", "Ben for Tomas"]);
    stage.turn_at("2026-03-06T23:59:00Z").await;
    assert_eq!(away.holders().await, ["Ben for Tomas", "Ben for Tomas"]);
    stage.turn_at("2026-03-07T00:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas", "Tomas"]);
    stage.ada.get(&format!("/ideas/{idea}")).await.sees("The clock gave it back to Tomas");
    let moved = stage.app.count("SELECT COUNT(DISTINCT due_at) FROM throw WHERE verb <> 'x'").await;
    assert_eq!(moved, 2, "two ideas, two clocks, and none of them moved");
    let numbers = stage.app.count("SELECT MAX(number) FROM throw").await;
    assert_eq!(numbers, 3, "thrown, handed over, handed back: the history only grows");
}

#[tokio::test]
async fn a_deputy_can_act_and_what_they_caught_comes_back_too() {
    let away = Away::new().await;
    let stage = &away.stage;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-05", Some(&away.ben)).await;
    let idea = stage.throws(&stage.ada, HURT).await;
    let other = stage.throws(&stage.ada, "Two price lists disagree").await;
    away.ben.post(&format!("/ideas/{idea}/catch"), &[("version", "1")]).await.is(303);
    assert_eq!(away.holders().await, ["Ben for Tomas", "Ben for Tomas"]);
    let yes = [("version", "1"), ("answer", "go"), ("words", "Yes, leave them out.")];
    away.ben.post(&format!("/ideas/{other}/answer"), &yes).await.is(303);
    assert_eq!(away.holders().await, ["Ada", "Ben for Tomas"]);
    stage.turn_at("2026-03-06T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Ada", "Tomas"]);
    let no = [("version", "2"), ("answer", "go"), ("words", "Yes, leave them out.")];
    away.ben.post(&format!("/ideas/{idea}/answer"), &no).await.is(403);
    stage.tomas.post(&format!("/ideas/{idea}/answer"), &no).await.is(303);
}

#[tokio::test]
async fn what_a_deputy_asked_or_parked_comes_back_to_the_one_they_stood_in_for() {
    let away = Away::new().await;
    let stage = &away.stage;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-05", Some(&away.ben)).await;
    let idea = format!("/ideas/{}", stage.throws(&stage.ada, HURT).await);
    away.sends(&away.ben, &format!("{idea}/question"), &[("words", "Which fields?")]).await;
    assert_eq!(away.holders().await, ["Ada"]);
    away.sends(&stage.ada, &format!("{idea}/reply"), &[("words", "The last three.")]).await;
    assert_eq!(away.holders().await, ["Ben for Tomas"], "Tomas is still away");
    let park =
        [("answer", "park"), ("words", "When the new form is here."), ("until", "2026-04-01"), ("on", "2026-04-01")];
    away.sends(&away.ben, &format!("{idea}/answer"), &park).await;
    assert_eq!(away.holders().await, ["Ben for Tomas"]);
    stage.turn_at("2026-03-06T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas"], "it wakes the one whose it is");
}

#[tokio::test]
async fn a_no_said_by_a_deputy_is_thrown_back_above_the_one_they_stood_in_for() {
    let away = Away::new().await;
    let stage = &away.stage;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-05", Some(&away.ben)).await;
    let id = stage.throws(&stage.ada, HURT).await;
    away.says_no(&away.ben, id).await;
    let back = [("judgement", "throw_back"), ("words", "Nobody reads them.")];
    away.sends(&stage.ada, &format!("/ideas/{id}/judgement"), &back).await;
    assert_eq!(away.holders().await, ["Helen"]);
}

#[tokio::test]
async fn a_deputy_takes_it_further_to_the_next_level_of_the_one_they_stand_in_for() {
    let away = Away::new().await;
    let stage = &away.stage;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-05", Some(&away.ben)).await;
    let idea = format!("/ideas/{}", stage.throws(&stage.ada, HURT).await);
    let helen = stage.helen.id.to_string();
    let further = [("answer", "pass_up"), ("words", "Only Helen can."), ("to", helen.as_str())];
    away.sends(&away.ben, &format!("{idea}/answer"), &further).await;
    assert_eq!(away.holders().await, ["Helen"]);
}

#[tokio::test]
async fn without_a_deputy_the_next_level_has_them_when_it_is_more_than_a_working_day() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    let page = stage.tomas.get("/absences/new").await.is(200).sees("Without a deputy your balls go to Helen.");
    assert_eq!(page.attributes("main form", "action"), ["/absences"]);
    let days = [("from", "2026-03-03"), ("to", "2026-03-04")];
    let refused = stage.tomas.post("/absences", &days).await.is(422);
    refused.sees("That is 2 working days. Choose who stands in").sees("Without a deputy your balls go to Helen.");
    assert_eq!(away.absences().await, 0);
    stage.tomas.post("/absences", &[days[0], days[1], ("without", "yes")]).await.goes_to("/absences");
    stage.tomas.get("/absences").await.sees("Without a deputy your balls go to Helen.");
    assert_eq!(away.holders().await, ["Helen for Tomas"]);
}

#[tokio::test]
async fn one_working_day_asks_for_nobody_and_moves_nothing() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    stage.tomas.post("/absences", &[("from", "2026-03-03"), ("to", "2026-03-03")]).await.goes_to("/absences");
    stage.turn().await;
    assert_eq!(away.holders().await, ["Tomas"]);
}

#[tokio::test]
async fn a_chain_of_two_absences_is_followed_and_unwound() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-06", Some(&away.ben)).await;
    assert_eq!(away.holders().await, ["Ben for Tomas"]);
    away.gone(&away.ben, "2026-03-04", "2026-03-05", Some(&away.ruth)).await;
    stage.turn_at("2026-03-04T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Ruth for Tomas"]);
    stage.ada.get("/ideas/new").await.sees("Seen by: your team, Tomas, Helen, Ines, Ruth.");
    let new = stage.throws(&stage.ada, "Two price lists disagree").await;
    assert_eq!(away.holders().await, ["Ruth for Tomas", "Ruth for Tomas"]);
    away.ruth.get(&format!("/ideas/{new}")).await.is(200).sees("You for Tomas");
    stage.turn_at("2026-03-06T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Ben for Tomas", "Ben for Tomas"]);
    stage.turn_at("2026-03-07T08:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas", "Tomas"]);
}

#[tokio::test]
async fn an_absence_written_down_late_hands_over_at_once_and_one_that_is_over_is_refused() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    stage.set("2026-03-05T10:00:00Z");
    let ben = away.ben.id.to_string();
    let over = [("from", "2026-03-03"), ("to", "2026-03-04"), ("deputy", ben.as_str())];
    let page = stage.tomas.post("/absences", &over).await.is(422).sees("This absence is over already");
    assert_eq!((page.value("from"), page.value("to")), ("2026-03-03".into(), "2026-03-04".into()), "kept");
    stage.turn().await;
    assert_eq!(away.holders().await, ["Tomas"]);
    away.gone(&stage.tomas, "2026-03-03", "2026-03-06", Some(&away.ben)).await;
    assert_eq!(away.holders().await, ["Ben for Tomas"]);
}

#[tokio::test]
async fn the_clock_does_not_stop_and_who_holds_it_is_named_with_whom_they_hold_it_for() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-20", Some(&away.ben)).await;
    stage.turn_at("2026-03-04T10:00:00Z").await;
    assert!(stage.told(&away.ben).await.last().unwrap().starts_with("Still with you"));
    assert_eq!(stage.told(&stage.tomas).await.len(), 0);
    stage.turn_at("2026-03-05T10:00:00Z").await;
    let expected = "This one needs a hand: Ten must-fill fields before a quote, with Ben for Tomas since Tuesday.";
    assert_eq!(stage.told(&stage.helen).await, [expected]);
}

#[tokio::test]
async fn a_standstill_over_the_whole_absence_moves_nothing_and_later_turns_settle_what_is_left() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    away.gone(&stage.tomas, "2026-03-04", "2026-03-06", Some(&away.ben)).await;
    stage.turn_at("2026-03-11T10:00:00Z").await;
    assert_eq!(away.holders().await, ["Tomas"]);
    assert_eq!(away.throws().await, 1);
    assert_eq!(away.absences().await, 0, "what is over is forgotten");
    let counter = stage.app.app.db.counter();
    stage.turn().await;
    assert_eq!(stage.app.app.db.counter(), counter);
}

#[tokio::test]
async fn what_only_the_person_can_say_stays_with_them() {
    let away = Away::new().await;
    let stage = &away.stage;
    for owes in [Owes::Reply, Owes::Judge, Owes::Confirm, Owes::Keep, Owes::Do, Owes::Follow] {
        ball(&stage.app, stage.team, stage.tomas.id, owes, "2026-03-05T10:00:00Z").await;
    }
    away.gone(&stage.tomas, "2026-03-03", "2026-03-06", Some(&away.ben)).await;
    ball(&stage.app, stage.team, stage.tomas.id, Owes::Keep, "2026-03-05T10:00:00Z").await;
    stage.turn().await;
    assert_eq!(away.holders().await, ["Tomas"; 7]);
    ball(&stage.app, stage.team, stage.tomas.id, Owes::Safety, "2026-03-05T10:00:00Z").await;
    assert!(away.holders().await.contains(&String::from("Ben for Tomas")), "whether it is safe another can say");
}

#[tokio::test]
async fn nobody_answers_their_own_idea_as_a_deputy() {
    let away = Away::new().await;
    let stage = &away.stage;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-06", Some(&stage.ada)).await;
    stage.throws(&stage.ada, HURT).await;
    assert_eq!(away.holders().await, ["Helen for Tomas"]);
}

#[tokio::test]
async fn back_early_or_with_another_deputy_the_balls_move_at_once() {
    let away = Away::new().await;
    let stage = &away.stage;
    stage.throws(&stage.ada, HURT).await;
    away.gone(&stage.tomas, "2026-03-03", "2026-03-06", Some(&away.ben)).await;
    let page = stage.tomas.get("/absences").await.is(200).sees("Ben stands in.").sees("Back already");
    let edit = page.attributes(".list-title", "href").remove(0);
    let address = edit.trim_end_matches("/edit").to_owned();
    let page = stage.tomas.get(&edit).await.is(200);
    assert_eq!(page.value("deputy"), away.ben.id.to_string());
    let ruth = away.ruth.id.to_string();
    let change = [("version", "1"), ("from", "2026-03-03"), ("to", "2026-03-06"), ("deputy", ruth.as_str())];
    stage.tomas.post(&address, &change).await.goes_to("/absences");
    assert_eq!(away.holders().await, ["Ruth for Tomas"]);
    let again = stage.tomas.post(&address, &change).await.is(409);
    again.sees("Somebody was first").sees("Ruth");
    stage.tomas.post(&format!("{address}/removal"), &[] as &[(&str, &str)]).await.goes_to("/absences");
    assert_eq!(away.holders().await, ["Tomas"]);
    stage.tomas.get("/absences").await.sees("You have written none down");
}

#[tokio::test]
async fn what_can_not_be_is_refused_at_its_field() {
    let away = Away::new().await;
    let stage = &away.stage;
    let (ben, tomas) = (away.ben.id.to_string(), stage.tomas.id.to_string());
    let ines = stage.ines.id.to_string();
    away.gone(&away.ben, "2026-03-05", "2026-03-09", None).await;
    for (field, fields) in [
        ("from", [("from", ""), ("to", "2026-03-06"), ("deputy", "")]),
        ("from", [("from", "soon"), ("to", "2026-03-06"), ("deputy", "")]),
        ("to", [("from", "2026-03-05"), ("to", ""), ("deputy", "")]),
        ("to", [("from", "2026-03-05"), ("to", "2026-03-04"), ("deputy", "")]),
        ("to", [("from", "2026-03-05"), ("to", "2028-03-04"), ("deputy", "")]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", ben.as_str())]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", tomas.as_str())]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", ines.as_str())]),
        ("deputy", [("from", "2026-03-05"), ("to", "2026-03-06"), ("deputy", "x")]),
    ] {
        let page = stage.tomas.post("/absences", &fields).await.is(422);
        assert!(!page.texts(&format!("#field-{field}-error")).is_empty(), "{fields:?}");
    }
    let overlap = [("from", "2026-03-09"), ("to", "2026-03-10"), ("without", "yes")];
    away.ben.post("/absences", &overlap).await.is(422).sees("There is an absence on these days already");
    assert_eq!(away.absences().await, 1);
}

#[tokio::test]
async fn a_double_click_writes_it_down_once() {
    let away = Away::new().await;
    let key = uuid::Uuid::max().to_string();
    let fields = [("key", key.as_str()), ("from", "2026-03-05"), ("to", "2026-03-05")];
    away.ben.post("/absences", &fields).await.goes_to("/absences");
    away.ben.post("/absences", &fields).await.goes_to("/absences");
    assert_eq!(away.absences().await, 1);
}

#[tokio::test]
async fn those_above_the_coach_and_the_admin_may_write_it_down_and_nobody_else_sees_it() {
    let away = Away::new().await;
    let stage = &away.stage;
    let owen = stage.app.admin("Owen").await;
    let ben = away.ben.id.to_string();
    let days = ["2026-03-05", "2026-03-10", "2026-03-12", "2026-03-17"];
    for (who, day) in [&stage.tomas, &stage.helen, &stage.ines, &owen].into_iter().zip(days) {
        let page = who.get(&format!("/absences/new?person={ben}")).await.is(200).sees("For Ben.");
        assert_eq!(page.value("person"), ben);
        who.post("/absences", &[("person", ben.as_str()), ("from", day), ("to", day)]).await.goes_to("/absences");
        who.get("/absences").await.is(200).sees("Ben ·");
    }
    assert_eq!(away.absences().await, 4);
    for who in [&away.ruth, &stage.ada] {
        who.get(&format!("/absences/new?person={ben}")).await.is(404);
        who.post("/absences", &[("person", ben.as_str()), ("from", "2026-03-24"), ("to", "2026-03-24")]).await.is(404);
        who.get("/absences").await.is(200).does_not_see("Ben ·");
    }
    assert_eq!(away.absences().await, 4);
    let lists = stage.tomas.get("/absences").await;
    assert!(lists.texts(".list li").iter().all(|line| line.starts_with("Ben")), "who is never away is in no list");
}
