//! The coach keeps a name: who sees what, how the author goes on, and how a name is read and shown.

mod asking;
mod showing;
mod speaking;
mod standards;

use crate::ideas::{FieldNorth, HURT};
use crate::letters::dump;
use crate::support::Visitor;
use catchball::clockwork;
use catchball::ids::PersonId;

/// Field North with a coach, an admin, and an idea of Callum's whose name the coach keeps.
struct Kept {
    north: FieldNorth,
    ines: Visitor,
    owen: Visitor,
    idea: String,
}

impl Kept {
    async fn new() -> Self {
        let north = FieldNorth::new().await;
        let (ines, owen) = (north.app.coach("Ines Vidal").await, north.app.admin("Owen Price").await);
        let idea = north.callum.post("/ideas", &[("hurt", HURT), ("way", "kept")]).await.location();
        Self { north, ines, owen, idea }
    }

    async fn sends(&self, who: &Visitor, noun: &str, fields: &[(&str, &str)]) {
        self.north.send(who, &format!("{}/{noun}", self.idea), fields).await.goes_to(&self.idea);
    }

    /// The tables in which this person stands, but for those that tell who somebody is and what is theirs alone.
    async fn tables_with(&self, person: PersonId) -> Vec<String> {
        let own = ["person", "role", "session", "kept_name", "notice", "draft"];
        let (app, id) = (&self.north.app, person.to_string());
        let mut found = Vec::new();
        for table in dump::tables(app).await.into_iter().filter(|table| !own.contains(&table.as_str())) {
            let rows = dump::rows(app, &table).await.join("\n").to_lowercase();
            if rows.contains(&id) || rows.contains(&id.replace('-', "")) {
                found.push(table);
            }
        }
        found
    }

    async fn leaves_no_trace(&self) {
        assert_eq!(self.tables_with(self.north.callum.id).await, [""; 0], "a table holds the author");
    }
}

#[tokio::test]
async fn before_sending_each_way_says_who_will_see_what() {
    let kept = Kept::new().await;
    let page = kept.north.callum.get("/ideas/new").await.is(200);
    assert_eq!(page.attributes("input[name='way'][checked]", "value"), ["named"], "with my name is preset");
    assert_eq!(page.attributes("input[name='way']", "value"), ["named", "kept", "nameless"]);
    let named = page.text(".told-named");
    assert!(
        named.starts_with(
            "Goes to Tomas Berg, with your name. Seen by: your team, Tomas Berg, Helen Marsh, Ines Vidal."
        ),
        "{named}"
    );
    let told = page.text(".told-kept");
    assert!(told.starts_with("Goes to Tomas Berg, from \u{201c}A colleague\u{201d}. The words are seen by: your team, Tomas Berg, Helen Marsh, Ines Vidal. The name can be read by: Ines Vidal; you see each reading. It is confidential, not anonymous."), "{told}");
    assert!(told.contains("You will hear from a person by tomorrow 10:00 and have an answer by Fri 10:00."), "{told}");
    page.sees("Your team has no letterbox yet.").sees("Not from here, because you are signed in.");
    let nobody = FieldNorth::new().await;
    let page = nobody.callum.get("/ideas/new").await.is(200);
    assert_eq!(
        page.attributes("input[name='way']", "value"),
        ["named", "nameless"],
        "without a coach nobody keeps names"
    );
    nobody.callum.post("/ideas", &[("hurt", HURT), ("way", "kept")]).await.is(422).sees("no coach yet").sees(HURT);
}

#[tokio::test]
async fn everybody_sees_a_colleague_through_the_whole_life_of_the_idea() {
    let kept = Kept::new().await;
    let (north, idea) = (&kept.north, kept.idea.as_str());
    north.callum.get("/ideas").await.sees("Thrown by me");
    kept.sends(&north.tomas, "question", &[("words", "Since when?")]).await;
    assert_eq!(north.ball().await, "A colleague owes reply");
    north.callum.get("/").await.is(200).sees("With me").sees(HURT);
    kept.sends(&north.callum, "reply", &[("words", "Since last spring.")]).await;
    north.callum.get("/").await.sees(HURT);
    kept.sends(&north.tomas, "answer", &[("answer", "help"), ("what", "get the sheet"), ("by", "2026-03-06")]).await;
    let promise = north.callum.get(idea).await.attributes(".beside .list-title", "href").remove(0);
    north.send(&north.tomas, &format!("{promise}/delivery"), &[("words", "Here it is.")]).await.goes_to(&promise);
    north.callum.get("/").await.sees("get the sheet");
    let fields = [("outcome", "kept"), ("next", "whole")];
    north.send(&north.callum, &format!("{promise}/confirmation"), &fields).await.goes_to(&promise);
    assert_eq!(north.ball().await, "A colleague owes confirm");
    kept.sends(&north.callum, "confirmation", &[("changed", "yes"), ("words", "It did.")]).await;
    assert_eq!(north.state().await, "done");
    kept.leaves_no_trace().await;
    for who in [&north.tomas, &north.helen, &north.priya, &kept.ines] {
        for path in ["/", "/ideas", "/ideas?show=finished", idea, &promise, "/experiments", "/measures"] {
            let page = who.get(path).await.is(200);
            assert!(!page.outside_lists().contains("Callum"), "{path}: {}", page.outside_lists());
        }
        who.get(idea).await.sees("A colleague threw it to Tomas Berg").sees("The coach keeps the name.");
    }
    kept.ines.get("/ideas/protected").await.is(200).sees(HURT).sees("never read").does_not_see("Callum");
}

#[tokio::test]
async fn the_start_page_of_a_kept_author_holds_what_they_owe_and_what_they_wait_for() {
    let kept = Kept::new().await;
    let north = &kept.north;
    north.callum.get("/").await.sees("Tomas Berg has the ball");
    north.priya.get("/").await.does_not_see(HURT);
    kept.sends(&north.tomas, "question", &[("words", "Since when?")]).await;
    let page = north.callum.get("/").await;
    assert!(page.text("main").contains("You · answer by"), "{}", page.text("main"));
    assert!(page.text("main").contains(HURT));
    north.priya.get("/").await.does_not_see(HURT);
}

#[tokio::test]
async fn somebody_else_can_not_act_as_the_kept_author() {
    let kept = Kept::new().await;
    let north = &kept.north;
    north.send(&north.priya, &format!("{}/withdrawal", kept.idea), &[]).await.is(422);
    north.send(&north.priya, &format!("{}/naming", kept.idea), &[]).await.is(404);
    north.send(&kept.ines, &format!("{}/naming", kept.idea), &[]).await.is(404);
    north.send(&north.tomas, &format!("{}/naming", kept.idea), &[]).await.is(404);
    assert_eq!(north.text("SELECT way FROM idea").await, "kept");
    kept.sends(&north.callum, "withdrawal", &[]).await;
    assert_eq!(north.state().await, "withdrawn");
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn the_coach_says_why_before_the_name_is_shown_and_the_author_sees_it() {
    let kept = Kept::new().await;
    let (north, page) = (&kept.north, format!("{}/name", kept.idea));
    kept.ines.get(&page).await.is(200).sees("The name is not shown here yet.").does_not_see("Callum");
    let path = format!("{page}/readings");
    kept.ines.post(&path, &[("why", "  ")]).await.is(422).sees("Say why you look.").does_not_see("Callum");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM name_reading").await, 0);
    let form = [("why", "ask what would help"), ("key", "0191d0f0-0000-7000-8000-0000000000aa")];
    for _ in 0..2 {
        kept.ines.post(&path, &form).await.is(200).sees("Callum Reid threw it.");
    }
    assert_eq!(north.app.count("SELECT COUNT(*) FROM name_reading").await, 1, "a double click is one reading");
    north.callum.get(&kept.idea).await.sees("Ines Vidal read your name, today 10:00, to ask what would help");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM notice WHERE words LIKE 'Ines Vidal read your name%'").await, 1);
    for who in [&north.tomas, &north.helen, &north.priya, &kept.ines] {
        let page = who.get(&kept.idea).await.is(200).does_not_see("ask what would help");
        assert!(!page.outside_lists().contains("Callum"), "{}", page.outside_lists());
    }
    for who in [&north.tomas, &north.helen, &north.priya, &north.callum, &kept.owen] {
        who.get(&page).await.is(404);
        let words = who.post(&path, &form).await.is(404).text("main");
        assert!(!words.contains("Callum"), "{words}");
        who.get("/ideas/protected").await.is(404);
    }
    kept.ines.get("/ideas/protected").await.sees("read once");
}

#[tokio::test]
async fn a_notice_to_the_placeholder_reaches_the_kept_author_and_nobody_else() {
    let kept = Kept::new().await;
    let id = kept.idea.strip_prefix("/ideas/").unwrap().parse().unwrap();
    let mut tx = kept.north.app.app.write().await.unwrap();
    for person in [catchball::people::COLLEAGUE, catchball::people::SOMEBODY] {
        let (kind, subject) = (catchball::notices::NoticeKind::News, catchball::balls::Subject::Idea);
        let notice = catchball::notices::Notice { person, kind, subject, id, words: String::from("Tomas asked you.") };
        catchball::notices::store::tell(&mut tx, &notice).await.unwrap();
    }
    let told: Vec<(catchball::ids::PersonId,)> =
        tx.query_as("SELECT person_id FROM notice WHERE words = 'Tomas asked you.'").all().await.unwrap();
    assert_eq!(told, [(kept.north.callum.id,)]);
}

#[tokio::test]
async fn a_kept_author_tries_the_idea_in_an_experiment_without_a_name() {
    let kept = Kept::new().await;
    let (north, id) = (&kept.north, kept.idea.strip_prefix("/ideas/").unwrap());
    kept.sends(&north.tomas, "answer", &[("answer", "try"), ("words", "Yes, let us try it.")]).await;
    north.priya.post("/experiments", &[("idea", id), ("name", "A sheet")]).await.is(403);
    let experiment = north.callum.post("/experiments", &[("idea", id), ("name", "A sheet")]).await.location();
    kept.leaves_no_trace().await;
    north.tomas.get(&experiment).await.is(200).sees("A colleague").does_not_see("Callum");
    let page = north.callum.get(&experiment).await.is(200);
    assert!(!page.attributes("a[href$='/edit']", "href").is_empty(), "the author goes on with it");
    north.callum.get("/").await.sees("A sheet");
    north.callum.post(&format!("{experiment}/withdrawal"), &[("words", "Not now")]).await.goes_to(&experiment);
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn a_named_idea_has_no_name_to_be_read() {
    let kept = Kept::new().await;
    let named = kept.north.priya.post("/ideas", &[("hurt", "The sheet is old")]).await.location();
    kept.ines.get(&format!("{named}/name")).await.is(404);
    kept.ines.post(&format!("{named}/name/readings"), &[("why", "look")]).await.is(404);
    kept.north.priya.post(&format!("{named}/naming"), &[("words", "me")]).await.is(404);
}

#[tokio::test]
async fn the_author_shows_the_name_and_nobody_can_take_it_back() {
    let kept = Kept::new().await;
    let north = &kept.north;
    kept.sends(&north.tomas, "question", &[("words", "Since when?")]).await;
    kept.sends(&north.callum, "reply", &[("words", "Since last spring.")]).await;
    kept.sends(&north.callum, "naming", &[("words", "I stand by it.")]).await;
    north.tomas.get(&kept.idea).await.sees("Asked. The ball is with A colleague");
    let page = north.tomas.get(&kept.idea).await.is(200);
    page.sees("Callum Reid threw it to Tomas Berg")
        .sees("Callum Reid showed their name")
        .sees("I stand by it.")
        .does_not_see("A colleague");
    assert_eq!(north.ball().await, "Tomas Berg owes answer");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM kept_name").await, 0);
    let masked =
        "SELECT COUNT(*) FROM throw JOIN person ON person.id IN (throw.by_id, throw.holder_id) WHERE person.mask";
    assert_eq!(north.app.count(masked).await, 0);
    assert_eq!(north.text("SELECT way FROM idea").await, "named");
    north.send(&north.callum, &format!("{}/naming", kept.idea), &[]).await.is(404);
    kept.ines.get(&format!("{}/name", kept.idea)).await.is(404);
}

#[tokio::test]
async fn an_admin_sees_neither_the_idea_nor_the_name() {
    let kept = Kept::new().await;
    for path in ["/", "/ideas", "/more", "/people", "/screens", "/letterboxes"] {
        kept.owen.get(path).await.is(200).does_not_see(HURT);
    }
    kept.owen.get(&kept.idea).await.is(404);
    kept.owen.get(&format!("{}/name", kept.idea)).await.is(404);
}

#[tokio::test]
async fn an_idea_is_thrown_past_the_leader_and_the_coach_hears_that_it_was() {
    let kept = Kept::new().await;
    let north = &kept.north;
    let page = north.callum.get("/ideas/new").await;
    let choices = |page: &crate::support::Answer| {
        let words = |line: String| line.split(" Goes to ").next().unwrap_or_default().to_owned();
        page.texts("label:has(input[name='past'])").into_iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(choices(&page), ["Tomas Berg, as usual", "Helen Marsh"]);
    let helen = north.helen.id.to_string();
    let idea = north.callum.post("/ideas", &[("hurt", "He does not listen"), ("past", &helen)]).await.location();
    north.helen.get(&idea).await.sees("Callum Reid threw it to Helen Marsh");
    let told = "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Ines Vidal' AND notice.words LIKE '%past%Helen Marsh%' AND notice.words NOT LIKE '%Callum%'";
    assert_eq!(north.app.count(told).await, 1);
    for nobody_above in [&north.priya, &north.marco, &north.callum, &north.tomas] {
        let past = nobody_above.id.to_string();
        north
            .callum
            .post("/ideas", &[("hurt", "x"), ("past", past.as_str())])
            .await
            .is(422)
            .sees("Choose one of the list");
    }
    let options = choices(&north.tomas.get("/ideas/new").await);
    assert!(options.is_empty(), "nobody is above the one who usually catches: {options:?}");
}

#[tokio::test]
async fn whom_an_idea_was_thrown_past_neither_catches_nor_answers_nor_takes_it() {
    let north = FieldNorth::new().await;
    north.app.coach("Ines Vidal").await;
    let helen = north.helen.id.to_string();
    let idea = north.callum.post("/ideas", &[("hurt", "He does not listen"), ("past", &helen)]).await.location();
    let yes = [("answer", "go"), ("words", "I say yes.")];
    let refused = async |time: &str| {
        north.app.clock.set(time.parse().unwrap());
        clockwork::turn(&north.app.app).await.unwrap();
        for who in [&north.tomas, &north.helen, &north.callum] {
            north.app.signs_in(who).await;
        }
        let page = north.tomas.get(&idea).await.is(200).sees("He does not listen");
        assert!(page.texts(".answers").is_empty(), "there is no box for him");
        let doors =
            ["answer", "catch", "question", "taking", "thanks"].map(|noun| format!("form[action='{idea}/{noun}']"));
        assert!(doors.iter().all(|door| page.attributes(door, "action").is_empty()), "{doors:?}");
        north.tomas.get("/").await.does_not_see("He does not listen");
        north.send(&north.tomas, &format!("{idea}/catch"), &[]).await.is(422);
        north.send(&north.tomas, &format!("{idea}/answer"), &yes).await.is(422);
        north.send(&north.tomas, &format!("{idea}/taking"), &[]).await.is(422);
    };
    refused("2026-03-03T10:00:00Z").await;
    refused("2026-03-06T10:00:00Z").await;
    assert_eq!(north.ball().await, "Helen Marsh owes catch");
    north.send(&north.helen, &format!("{idea}/answer"), &yes).await.goes_to(&idea);
    assert_eq!(north.ball().await, "Callum Reid owes plan");
    // Nor is he asked for a hand, or can he lend one, when the one who does it is stuck.
    refused("2026-03-20T10:00:00Z").await;
    let told =
        "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Tomas Berg'";
    assert_eq!(north.app.count(told).await, 0);
    north.helen.get("/").await.sees("These need a hand").sees("He does not listen");
    north.send(&north.helen, &format!("{idea}/taking"), &[]).await.goes_to(&idea);
    // What goes the usual way is his as before.
    let other = north.callum.post("/ideas", &[("hurt", "The sheet is old")]).await.location();
    north.tomas.post(&format!("{other}/catch"), &[("version", "1")]).await.goes_to(&other);
}

#[tokio::test]
async fn whoever_leads_the_team_next_has_the_ideas_that_went_the_usual_way() {
    let north = FieldNorth::new().await;
    let usual = north.callum.post("/ideas", &[("hurt", "The sheet is old")]).await.location();
    let helen = north.helen.id.to_string();
    let past = north.callum.post("/ideas", &[("hurt", "He does not listen"), ("past", &helen)]).await.location();
    // Priya leads the team, and Tomas stands above her.
    let mut tx = north.app.app.write().await.unwrap();
    let lead = "UPDATE role SET person_id = $1 WHERE role = 'team_leader'";
    tx.query("DELETE FROM role WHERE person_id = $1").bind(north.priya.id).execute().await.unwrap();
    tx.query(lead).bind(north.priya.id).execute().await.unwrap();
    let above = "UPDATE person SET next_level_id = $2 WHERE id = $1";
    tx.query(above).bind(north.priya.id).bind(north.tomas.id).execute().await.unwrap();
    tx.commit().await.unwrap();
    let catch = [("version", "1")];
    north.priya.post(&format!("{usual}/catch"), &catch).await.goes_to(&usual);
    for passed in [&north.priya, &north.tomas] {
        passed.post(&format!("{past}/catch"), &catch).await.is(422);
    }
    north.helen.post(&format!("{past}/catch"), &catch).await.goes_to(&past);
}

#[tokio::test]
async fn whom_an_idea_was_thrown_past_does_not_stand_in_for_the_one_it_went_to() {
    let north = FieldNorth::new().await;
    let (helen, tomas) = (north.helen.id.to_string(), north.tomas.id.to_string());
    let away = [("from", "2026-03-03"), ("to", "2026-03-10"), ("deputy", tomas.as_str()), ("without", "yes")];
    north.helen.post("/absences", &away).await.goes_to("/absences");
    let page = north.callum.get("/ideas/new").await.is(200);
    let told = page.texts(&format!("[data-choice='named {helen} ']"));
    assert!(told.len() == 1 && !told[0].contains("Tomas Berg, who stands in"), "{told:?}");
    north.callum.post("/ideas", &[("hurt", "He does not listen"), ("past", &helen)]).await.is(303);
    assert_ne!(north.ball().await, "Tomas Berg owes catch");
}

#[tokio::test]
async fn each_choice_says_before_sending_to_whom_it_goes_and_by_when_one_hears() {
    let kept = Kept::new().await;
    let north = &kept.north;
    let page = north.callum.get("/ideas/new").await.is(200);
    let helen = north.helen.id.to_string();
    let choice = |way: &str, past: &str, did: &str| {
        let told = page.texts(&format!("#told [data-choice='{way} {past} {did}']"));
        assert_eq!(told.len(), 1, "{way} {past} {did}: {told:?}");
        told[0].clone()
    };
    let answers = "You will hear from a person by tomorrow 10:00 and have an answer by Fri 10:00.";
    let thanks = "It is done already: you will hear a word of thanks, or a question, by 10 March.";
    for (past, name) in [("", "Tomas Berg"), (helen.as_str(), "Helen Marsh")] {
        for (did, hears) in [("", answers), ("did_it", thanks)] {
            let named = choice("named", past, did);
            assert!(named.starts_with(&format!("Goes to {name}, with your name. Seen by: your team, ")), "{named}");
            assert!(named.ends_with(hears), "{named}");
            let kept = choice("kept", past, did);
            assert!(kept.starts_with(&format!("Goes to {name}, from \u{201c}A colleague\u{201d}.")), "{kept}");
            assert!(kept.contains("The name can be read by: Ines Vidal") && kept.ends_with(hears), "{kept}");
        }
    }
    choice("named", "", "");
    assert_eq!(page.texts("[data-choice='nameless']").len(), 1);
    // Without script each choice says beside it where it leads, and one sentence for each way stands at the button.
    assert_eq!(page.texts("#told p:not([hidden])").len(), 4);
    let beside = page.texts("label:has(input[name='past']) .help");
    let seen_by = "Seen by: your team, Tomas Berg, Helen Marsh, Ines Vidal.";
    let goes = |name| format!("Goes to {name}. {seen_by} {answers}");
    assert_eq!(beside, [goes("Tomas Berg"), goes("Helen Marsh")]);
    let did = page.text("label:has(input[value='did_it']) .help");
    assert_eq!(did, "It then waits for a word of thanks or a question by 10 March, and for no answer.");
}

#[tokio::test]
async fn a_throw_keeps_every_word_when_the_leader_was_removed_meanwhile() {
    let north = FieldNorth::new().await;
    let helen = north.helen.id.to_string();
    north.callum.get("/ideas/new").await.is(200).sees("Goes to Tomas Berg");
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("DELETE FROM role WHERE role = 'team_leader'").execute().await.unwrap();
    tx.commit().await.unwrap();
    let texts = [
        ("hurt", "It hurts here"),
        ("why", "Because of this"),
        ("better", "That would be better"),
        ("needed_change", "A sheet from the desk"),
        ("small_try", "One week with Priya"),
        ("benefit", "Fewer calls"),
    ];
    let mut fields = texts.to_vec();
    fields.extend([("authority", "need_ok"), ("way", "kept"), ("past", helen.as_str()), ("carried", "yes")]);
    let page = north.callum.post("/ideas", &fields).await.is(422).sees("Your team has no leader yet");
    for (name, text) in texts {
        assert_eq!(page.value(name), text, "{name}");
    }
    assert_eq!(page.attributes("input[name='authority'][checked]", "value"), ["need_ok"]);
    assert_eq!(page.attributes("input[name='carried'][checked]", "value"), ["yes"]);
    assert_eq!((page.value("way"), page.value("past")), (String::from("kept"), helen));
    assert_eq!(page.attributes("button[formaction='/drafts']", "value"), ["draft"], "it can be kept as a draft");
    north.callum.get("/ideas/new").await.is(200).sees("Your team has no leader yet").does_not_see("Save as draft");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 0);
}

#[tokio::test]
async fn somebody_carries_an_idea_for_a_colleague_and_says_so() {
    let kept = Kept::new().await;
    let form = [("hurt", "The sheet is old"), ("carried", "yes")];
    let idea = kept.north.priya.post("/ideas", &form).await.location();
    kept.north.tomas.get(&idea).await.sees("Priya Nair, Field North, carried for a colleague");
    kept.north.tomas.get(&kept.idea).await.does_not_see("carried for");
}

#[tokio::test]
async fn an_idea_takes_up_an_open_problem_that_its_author_may_see() {
    let kept = Kept::new().await;
    let north = &kept.north;
    let id = kept.idea.strip_prefix("/ideas/").unwrap();
    north.priya.get(&format!("/ideas/new?problem={id}")).await.is(200).sees("It takes up:").sees(HURT);
    north.priya.post("/ideas", &[("hurt", "Again"), ("problem", id)]).await.is(303);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea WHERE problem_id IS NOT NULL").await, 1);
    let foreign = "0191d0f0-0000-7000-8000-000000000000";
    north.priya.post("/ideas", &[("hurt", "Again"), ("problem", foreign)]).await.is(422).sees("Your text is kept");
}

#[tokio::test]
async fn nobody_throws_namelessly_with_a_session() {
    let north = FieldNorth::new().await;
    let page = north.callum.post("/ideas", &[("hurt", HURT), ("way", "nameless")]).await.is(422);
    page.sees("From here it would not be nameless, because you are signed in.").sees(HURT);
    north.callum.post("/ideas", &[("hurt", HURT), ("way", "perhaps")]).await.is(422);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 0);
}

#[tokio::test]
async fn a_named_idea_of_somebody_who_is_signed_out_is_kept_on_the_page() {
    let north = FieldNorth::new().await;
    let page = north.app.stranger().post("/ideas", &[("hurt", HURT), ("why", "Because")]).await.is(401);
    page.sees("You are signed out").sees(HURT).sees("Because");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 0);
}

#[tokio::test]
async fn one_recorded_reading_opens_one_name_and_not_another() {
    let kept = Kept::new().await;
    let other = kept.north.priya.post("/ideas", &[("hurt", "The sheet is old"), ("way", "kept")]).await.location();
    let form = [("why", "ask what would help"), ("key", "0191d0f0-0000-7000-8000-0000000000ab")];
    kept.ines.post(&format!("{}/name/readings", kept.idea), &form).await.is(200).sees("Callum Reid threw it.");
    let again = kept.ines.post(&format!("{other}/name/readings"), &form).await;
    assert!(again.status.is_client_error() && !again.body.contains("Priya"), "{}", again.body);
    kept.north.app.clock.forward(chrono::TimeDelta::hours(1));
    let late = kept.ines.post(&format!("{}/name/readings", kept.idea), &form).await;
    assert!(late.status.is_client_error() && !late.body.contains("Callum"), "{}", late.body);
    assert_eq!(kept.north.app.count("SELECT COUNT(*) FROM name_reading").await, 1);
}

#[tokio::test]
async fn nobody_gets_in_as_a_placeholder() {
    let kept = Kept::new().await;
    for mask in ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] {
        kept.owen.get(&format!("/people/{mask}/edit")).await.is(404);
        kept.owen.get(&format!("/people/{mask}/invitation")).await.is(404);
        kept.owen.post(&format!("/people/{mask}/invitation"), &[("x", "")]).await.is(404);
        kept.owen
            .post(&format!("/people/{mask}"), &[("name", "Eve"), ("email", "eve@x.example"), ("version", "1")])
            .await
            .is(404);
    }
    assert_eq!(kept.north.app.count("SELECT COUNT(*) FROM invitation").await, 0);
}
