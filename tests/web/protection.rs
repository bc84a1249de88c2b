//! The coach keeps a name: who sees what, how the author goes on, and how a name is read and shown.

mod asking;
mod dating;
mod showing;
mod speaking;
mod standards;
mod throwing;

use crate::letters::dump;
use crate::support::field_north::HURT;
use crate::support::{FieldNorth, Visitor, is_also};
use catchball::ids::PersonId;

/// Field North with a coach, an admin, and an idea of Callum's whose name the coach keeps.
struct Kept {
    north: FieldNorth,
    ines: Visitor,
    owen: Visitor,
    idea: String,
}

is_also!(Kept, north: FieldNorth);

impl Kept {
    async fn new() -> Self {
        let north = FieldNorth::new().await;
        let (ines, owen) = (north.app.coach("Ines Vidal").await, north.app.admin("Owen Price").await);
        let idea = north.callum.throws(&[("hurt", HURT), ("way", "kept")]).await.location();
        Self { north, ines, owen, idea }
    }

    async fn sends(&self, who: &Visitor, button: &str, fields: &[(&str, &str)]) {
        who.opens(&self.idea).fills(fields).sends(button).await.goes_to(&self.idea);
    }

    /// The tables in which this person stands, but for those that tell who somebody is and what is theirs alone.
    async fn tables_with(&self, person: PersonId) -> Vec<String> {
        let own = ["person", "role", "session", "kept_name", "notice", "draft"];
        let (app, id) = (&self.app, person.to_string());
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
        assert_eq!(self.tables_with(self.callum.id).await, [""; 0], "a table holds the author");
    }
}

#[tokio::test]
async fn before_sending_each_way_says_who_will_see_what() {
    let kept = Kept::new().await;
    let page = kept.callum.get("/ideas/new").await.is(200);
    assert_eq!(
        page.attributes("input[name='way'][checked]", "value"),
        [""; 0],
        "nothing is preset: it is chosen before the words"
    );
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
    assert!(told.contains("You will hear from a person by tomorrow 17:00 and have an answer by Fri 17:00."), "{told}");
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
    kept.sends(&north.tomas, "Ask", &[("words", "Since when?")]).await;
    assert_eq!(north.ball().await, "A colleague owes reply");
    north.callum.get("/").await.is(200).sees("With me").sees(HURT);
    kept.sends(&north.callum, "Answer", &[("words", "Since last spring.")]).await;
    north.callum.get("/").await.sees(HURT);
    kept.sends(&north.tomas, "Promise it", &[("what", "get the sheet"), ("by", "2026-03-06")]).await;
    let promise = north.callum.get(idea).await.attributes(".beside .list-title", "href").remove(0);
    north.tomas.opens(&promise).says("Here it is.").sends("It has come").await.goes_to(&promise);
    north.callum.get("/").await.sees("get the sheet");
    let fields = [("next", "whole")];
    north.callum.opens(&promise).fills(&fields).sends("Yes, it is kept").await.goes_to(&promise);
    assert_eq!(north.ball().await, "A colleague owes confirm");
    kept.sends(&north.callum, "Yes, it changed for me", &[("words", "It did.")]).await;
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
    kept.callum.get("/").await.sees("Tomas Berg has the ball");
    kept.priya.get("/").await.does_not_see(HURT);
    kept.sends(&kept.tomas, "Ask", &[("words", "Since when?")]).await;
    let page = kept.callum.get("/").await;
    assert!(page.text("main").contains("Answer the question by"), "{}", page.text("main"));
    assert!(page.text("main").contains(HURT));
    kept.priya.get("/").await.does_not_see(HURT);
}

#[tokio::test]
async fn somebody_else_can_not_act_as_the_kept_author() {
    let kept = Kept::new().await;
    kept.forges(&kept.priya, &format!("{}/withdrawal", kept.idea), &[]).await.is(403);
    kept.forges(&kept.priya, &format!("{}/naming", kept.idea), &[]).await.is(404);
    kept.forges(&kept.ines, &format!("{}/naming", kept.idea), &[]).await.is(404);
    kept.forges(&kept.tomas, &format!("{}/naming", kept.idea), &[]).await.is(404);
    assert_eq!(kept.text("SELECT way FROM idea").await, "kept");
    kept.sends(&kept.callum, "Take it back", &[]).await;
    assert_eq!(kept.state().await, "withdrawn");
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn the_coach_says_why_before_the_name_is_shown_and_the_author_sees_it() {
    let kept = Kept::new().await;
    let (north, page) = (&kept.north, format!("{}/name", kept.idea));
    kept.ines.get(&page).await.is(200).sees("The name is not shown here yet.").does_not_see("Callum");
    let path = format!("{page}/readings");
    let filled = kept.ines.opens(&page).fills(&[("why", "  ")]);
    filled.sends("Record it and show the name").await.is(422).sees("Say why you look.").does_not_see("Callum");
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
    let mut tx = kept.app.app.write().await.unwrap();
    for person in [catchball::people::COLLEAGUE, catchball::people::SOMEBODY] {
        let (kind, subject) = (catchball::notices::NoticeKind::News, catchball::balls::Subject::Idea);
        let notice = catchball::notices::Notice { person, kind, subject, id, words: String::from("Tomas asked you.") };
        catchball::notices::store::tell(&mut tx, &notice).await.unwrap();
    }
    let told: Vec<(catchball::ids::PersonId,)> =
        tx.query_as("SELECT person_id FROM notice WHERE words = 'Tomas asked you.'").all().await.unwrap();
    assert_eq!(told, [(kept.callum.id,)]);
}

#[tokio::test]
async fn a_kept_author_tries_the_idea_in_an_experiment_without_a_name() {
    let kept = Kept::new().await;
    let (north, id) = (&kept.north, kept.idea.strip_prefix("/ideas/").unwrap());
    kept.sends(&north.tomas, "Yes, let’s try it", &[("words", "Yes, let us try it.")]).await;
    north.priya.post("/experiments", &[("idea", id), ("name", "A sheet")]).await.is(403);
    let experiment = north.callum.post("/experiments", &[("idea", id), ("name", "A sheet")]).await.location();
    kept.leaves_no_trace().await;
    north.tomas.get(&experiment).await.is(200).sees("A colleague").does_not_see("Callum");
    let page = north.callum.get(&experiment).await.is(200);
    assert!(!page.attributes("a[href$='/edit']", "href").is_empty(), "the author goes on with it");
    north.callum.get("/").await.sees("A sheet");
    north.callum.opens(&experiment).says("Not now").sends("Take it back").await.goes_to(&experiment);
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn a_named_idea_has_no_name_to_be_read() {
    let kept = Kept::new().await;
    let named = kept.priya.throws(&[("hurt", "The sheet is old")]).await.location();
    kept.ines.get(&format!("{named}/name")).await.is(404);
    kept.ines.post(&format!("{named}/name/readings"), &[("why", "look")]).await.is(404);
    kept.priya.post(&format!("{named}/naming"), &[("words", "me")]).await.is(404);
}

#[tokio::test]
async fn the_author_shows_the_name_and_nobody_can_take_it_back() {
    let kept = Kept::new().await;
    kept.sends(&kept.tomas, "Ask", &[("words", "Since when?")]).await;
    kept.sends(&kept.callum, "Answer", &[("words", "Since last spring.")]).await;
    kept.sends(&kept.callum, "Show my name", &[("words", "I stand by it.")]).await;
    kept.tomas.get(&kept.idea).await.sees("Asked. The ball is with A colleague");
    let page = kept.tomas.get(&kept.idea).await.is(200);
    page.sees("Callum Reid threw it to Tomas Berg")
        .sees("Callum Reid showed their name")
        .sees("I stand by it.")
        .does_not_see("A colleague");
    assert_eq!(kept.ball().await, "Tomas Berg owes answer");
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM kept_name").await, 0);
    let masked =
        "SELECT COUNT(*) FROM throw JOIN person ON person.id IN (throw.by_id, throw.holder_id) WHERE person.mask";
    assert_eq!(kept.app.count(masked).await, 0);
    assert_eq!(kept.text("SELECT way FROM idea").await, "named");
    kept.forges(&kept.callum, &format!("{}/naming", kept.idea), &[]).await.is(404);
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
