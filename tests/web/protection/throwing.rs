//! How a protected idea is thrown, past whom, and by whom it can't be.

use super::Kept;
use crate::support::FieldNorth;
use crate::support::field_north::HURT;

#[tokio::test]
async fn an_idea_is_thrown_past_the_leader_and_the_coach_hears_that_it_was() {
    let kept = Kept::new().await;
    let page = kept.callum.get("/ideas/new").await;
    let choices = |page: &crate::support::Answer| {
        let words = |line: String| line.split(" Goes to ").next().unwrap_or_default().to_owned();
        page.texts("label:has(input[name='past'])").into_iter().map(words).collect::<Vec<_>>()
    };
    assert_eq!(choices(&page), ["Tomas Berg, as usual", "Helen Marsh"]);
    let helen = kept.helen.id.to_string();
    let idea = kept.callum.throws(&[("hurt", "He does not listen"), ("past", &helen)]).await.location();
    kept.helen.get(&idea).await.sees("Callum Reid threw it to Helen Marsh");
    let told = "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Ines Vidal' AND notice.words LIKE '%past%Helen Marsh%' AND notice.words NOT LIKE '%Callum%'";
    assert_eq!(kept.app.count(told).await, 1);
    for nobody_above in [&kept.priya, &kept.marco, &kept.callum, &kept.tomas] {
        let past = nobody_above.id.to_string();
        kept.callum
            .post("/ideas", &[("hurt", "x"), ("past", past.as_str())])
            .await
            .is(422)
            .sees("Choose one of the list");
    }
    let options = choices(&kept.tomas.get("/ideas/new").await);
    assert!(options.is_empty(), "nobody is above the one who usually catches: {options:?}");
}

#[tokio::test]
async fn whom_an_idea_was_thrown_past_neither_catches_nor_answers_nor_takes_it() {
    let north = FieldNorth::new().await;
    north.app.coach("Ines Vidal").await;
    let helen = north.helen.id.to_string();
    let idea = north.callum.throws(&[("hurt", "He does not listen"), ("past", &helen)]).await.location();
    let yes = [("answer", "go"), ("words", "I say yes.")];
    let refused = async |time: &str| {
        north.turn_at(time).await;
        north.sign_in().await;
        let page = north.tomas.get(&idea).await.is(200).sees("He does not listen");
        assert!(page.texts(".answers").is_empty(), "there is no box for him");
        let doors =
            ["answer", "catch", "question", "taking", "thanks"].map(|noun| format!("form[action='{idea}/{noun}']"));
        assert!(doors.iter().all(|door| page.attributes(door, "action").is_empty()), "{doors:?}");
        north.tomas.get("/").await.does_not_see("He does not listen");
        north.forges(&north.tomas, &format!("{idea}/catch"), &[]).await.is(403);
        north.forges(&north.tomas, &format!("{idea}/answer"), &yes).await.is(403);
        north.forges(&north.tomas, &format!("{idea}/taking"), &[]).await.is(403);
    };
    refused("2026-03-03T10:00:00Z").await;
    refused("2026-03-06T10:00:00Z").await;
    assert_eq!(north.ball().await, "Helen Marsh owes catch");
    north.helen.opens(&idea).says("I say yes.").sends("Yes, do it").await.goes_to(&idea);
    assert_eq!(north.ball().await, "Callum Reid owes plan");
    // Nor is he asked for a hand, or can he lend one, when the one who does it is stuck.
    refused("2026-03-20T10:00:00Z").await;
    let told =
        "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Tomas Berg'";
    assert_eq!(north.app.count(told).await, 0);
    north.helen.get("/").await.sees("These need a hand").sees("He does not listen");
    north.helen.opens(&idea).sends("I take it").await.goes_to(&idea);
    // What goes the usual way is his as before.
    let other = north.callum.throws(&[("hurt", "The sheet is old")]).await.location();
    north.tomas.opens(&other).sends("Catch").await.goes_to(&other);
}

#[tokio::test]
async fn whoever_leads_the_team_next_has_the_ideas_that_went_the_usual_way() {
    let north = FieldNorth::new().await;
    let usual = north.callum.throws(&[("hurt", "The sheet is old")]).await.location();
    let helen = north.helen.id.to_string();
    let past = north.callum.throws(&[("hurt", "He does not listen"), ("past", &helen)]).await.location();
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
        passed.post(&format!("{past}/catch"), &catch).await.is(403);
    }
    north.helen.post(&format!("{past}/catch"), &catch).await.goes_to(&past);
}

#[tokio::test]
async fn whom_an_idea_was_thrown_past_does_not_stand_in_for_the_one_it_went_to() {
    let north = FieldNorth::new().await;
    let (helen, tomas) = (north.helen.id.to_string(), north.tomas.id.to_string());
    let away = [("from", "2026-03-03"), ("to", "2026-03-10"), ("deputy", tomas.as_str()), ("without", "yes")];
    north.helen.opens("/absences/new").fills(&away).sends("Write it down").await.goes_to("/absences");
    let page = north.callum.get("/ideas/new").await.is(200);
    let told = page.texts(&format!("[data-choice='named {helen} ']"));
    assert!(told.len() == 1 && !told[0].contains("Tomas Berg, who stands in"), "{told:?}");
    north.callum.throws(&[("hurt", "He does not listen"), ("past", &helen)]).await.is(303);
    assert_ne!(north.ball().await, "Tomas Berg owes catch");
}

#[tokio::test]
async fn each_choice_says_before_sending_to_whom_it_goes_and_by_when_one_hears() {
    let kept = Kept::new().await;
    let page = kept.callum.get("/ideas/new").await.is(200);
    let helen = kept.helen.id.to_string();
    let choice = |way: &str, past: &str, did: &str| {
        let told = page.texts(&format!("#told [data-choice='{way} {past} {did}']"));
        assert_eq!(told.len(), 1, "{way} {past} {did}: {told:?}");
        told[0].clone()
    };
    let answers = "You will hear from a person by tomorrow 10:00 and have an answer by Fri 10:00.";
    let thanks = "It is done already: you will hear a word of thanks, or a question, by 10 March.";
    // What is dated by its day alone has until the end of the day.
    let answers_by_day = "You will hear from a person by tomorrow 17:00 and have an answer by Fri 17:00.";
    for (past, name) in [("", "Tomas Berg"), (helen.as_str(), "Helen Marsh")] {
        for (did, hears) in [("", answers), ("did_it", thanks)] {
            let named = choice("named", past, did);
            assert!(named.starts_with(&format!("Goes to {name}, with your name. Seen by: your team, ")), "{named}");
            assert!(named.ends_with(hears), "{named}");
            let kept = choice("kept", past, did);
            assert!(kept.starts_with(&format!("Goes to {name}, from \u{201c}A colleague\u{201d}.")), "{kept}");
            assert!(kept.contains("The name can be read by: Ines Vidal"), "{kept}");
            assert!(kept.ends_with(if did.is_empty() { answers_by_day } else { hears }), "{kept}");
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
    let idea = kept.priya.throws(&form).await.location();
    kept.tomas.get(&idea).await.sees("Priya Nair, Field North, carried for a colleague");
    kept.tomas.get(&kept.idea).await.does_not_see("carried for");
}

#[tokio::test]
async fn an_idea_takes_up_an_open_problem_that_its_author_may_see() {
    let kept = Kept::new().await;
    let id = kept.idea.strip_prefix("/ideas/").unwrap();
    kept.priya.get(&format!("/ideas/new?problem={id}")).await.is(200).sees("It takes up:").sees(HURT);
    kept.priya.post("/ideas", &[("hurt", "Again"), ("problem", id)]).await.is(303);
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM idea WHERE problem_id IS NOT NULL").await, 1);
    let foreign = "0191d0f0-0000-7000-8000-000000000000";
    kept.priya.post("/ideas", &[("hurt", "Again"), ("problem", foreign)]).await.is(422).sees("Your text is kept");
}

#[tokio::test]
async fn nobody_throws_namelessly_with_a_session() {
    let north = FieldNorth::new().await;
    let page = north.callum.throws(&[("hurt", HURT), ("way", "nameless")]).await.is(422);
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
    let other = kept.priya.throws(&[("hurt", "The sheet is old"), ("way", "kept")]).await.location();
    let form = [("why", "ask what would help"), ("key", "0191d0f0-0000-7000-8000-0000000000ab")];
    kept.ines.post(&format!("{}/name/readings", kept.idea), &form).await.is(200).sees("Callum Reid threw it.");
    let again = kept.ines.post(&format!("{other}/name/readings"), &form).await;
    assert!(again.status.is_client_error() && !again.body.contains("Priya"), "{}", again.body);
    kept.app.clock.forward(chrono::TimeDelta::hours(1));
    let late = kept.ines.post(&format!("{}/name/readings", kept.idea), &form).await;
    assert!(late.status.is_client_error() && !late.body.contains("Callum"), "{}", late.body);
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM name_reading").await, 1);
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
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM invitation").await, 0);
}

#[tokio::test]
async fn a_kept_throw_is_dated_by_its_day_and_nothing_of_it_tells_more() {
    let kept = Kept::new().await;
    kept.app.clock.set("2026-03-04T10:07:31Z".parse().unwrap());
    for who in [&kept.priya, &kept.tomas, &kept.ines] {
        kept.app.signs_in(who).await;
    }
    let idea = kept.priya.throws(&[("hurt", "The sheet is old"), ("way", "kept")]).await.location();
    let id: uuid::Uuid = idea.strip_prefix("/ideas/").unwrap().parse().unwrap();
    let (seconds, _) = id.get_timestamp().unwrap().to_unix();
    let opening = "2026-03-04T08:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!(i64::try_from(seconds).unwrap(), opening.timestamp(), "its address tells the day alone");
    for page in [&idea, "/", "/ideas", "/notices", &idea.replace("/ideas/", "/?idea=")] {
        let page = kept.tomas.get(page).await.is(200).does_not_see("just now");
        // What one's own next throw would be told by is no other's time.
        let told = page.body.lines().filter(|line| !line.contains("field-hurt-seen"));
        let minute: Vec<&str> = told.filter(|line| line.contains("10:07")).collect();
        assert_eq!(minute, [""; 0]);
    }
    let mut tx = kept.app.app.read().await.unwrap();
    for table in ["throw", "ball", "notice"] {
        let rows = super::dump::rows(&kept.app, table).await.join(" ");
        assert!(!rows.contains("2026-03-04T10:07") && !rows.contains("2026-03-04 10:07"), "{table}");
    }
    let sql = "SELECT due_at FROM ball WHERE subject_id = $1";
    let (due,): (chrono::DateTime<chrono::Utc>,) = tx.query_as(sql).bind(id).one().await.unwrap();
    assert_eq!(due.to_rfc3339(), "2026-03-05T17:00:00+00:00", "a whole working day, until its end");
}

#[tokio::test]
async fn what_a_leader_throws_with_a_kept_name_looks_like_what_one_of_the_team_throws_past_them() {
    let kept = Kept::new().await;
    let helen = kept.helen.id.to_string();
    let past = [("hurt", "One of the team"), ("way", "kept"), ("past", helen.as_str())];
    let one = kept.priya.throws(&past).await.location();
    let other = kept.tomas.throws(&[("hurt", "The leader"), ("way", "kept")]).await.location();
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM idea WHERE past").await, 2);
    let told = kept.ines.get("/notices").await.is(200);
    assert_eq!(told.body.matches("It was thrown past the team").count(), 2);
    let page = async |idea: &str| {
        let page = kept.ines.get(idea).await.is(200);
        // The code for paper says the address and nothing else.
        let code = page.attributes(".paper-code path", "d").remove(0);
        page.body.replace(&code, "").replace(idea, "").replace("One of the team", "").replace("The leader", "")
    };
    let plain = |page: String| {
        page.split("key\" value=\"").map(|part| part.get(36..).unwrap_or(part).to_owned()).collect::<String>()
    };
    assert_eq!(plain(page(&one).await).len(), plain(page(&other).await).len());
}

#[tokio::test]
async fn a_deputy_who_throws_with_a_kept_name_is_told_where_it_goes_and_is_passed_over_by_nobody() {
    let kept = Kept::new().await;
    let deputy = kept.priya.id.to_string();
    let away = [("from", "2026-03-03"), ("to", "2026-03-06"), ("deputy", deputy.as_str())];
    kept.tomas.opens("/absences/new").fills(&away).sends("Write it down").await.goes_to("/absences");
    let page = kept.priya.get("/ideas/new").await.is(200);
    let told = page.text(".told-kept");
    let idea = kept.priya.throws(&[("hurt", "The sheet is old"), ("way", "kept")]).await.location();
    let id: uuid::Uuid = idea.strip_prefix("/ideas/").unwrap().parse().unwrap();
    let mut tx = kept.app.app.read().await.unwrap();
    let sql = "SELECT person.name FROM ball JOIN person ON person.id = ball.holder_id WHERE ball.subject_id = $1";
    let (holder,): (String,) = tx.query_as(sql).bind(id).one().await.unwrap();
    let expected =
        if holder == "Priya Nair" { "Goes to yourself, who stands in for Tomas Berg" } else { "Goes to Tomas Berg" };
    assert!(told.starts_with(expected), "{holder}: {told}");
}
