//! Notices from outside: who is told what, how they are counted and seen, and what is never kept of it.

use crate::support::{FieldNorth, Visitor};
use catchball::ids::{IdeaId, PromiseId};
use catchball::notices::{self, Notice, NoticeKind};
use catchball::subject::Subject;
use chrono::TimeDelta;

async fn title(who: &Visitor) -> String {
    who.get("/").await.text("title")
}

#[tokio::test]
async fn a_throw_tells_the_leader_and_is_counted_in_the_title_and_in_the_menu() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    assert!(title(&north.tomas).await.starts_with("(1) "));
    assert!(!title(&north.callum).await.starts_with('('), "whoever did it is not told");
    assert!(!title(&north.priya).await.starts_with('('));
    let page = north.tomas.get("/notices").await.is(200);
    assert_eq!(page.text(".menu a[aria-current]"), "Notices, 1 new");
    assert_eq!(page.attributes("main .list a", "href"), [idea.as_str()]);
    page.sees("Callum Reid threw it to Tomas Berg.").sees("Balls");
    // A page from the cache counts as well.
    assert!(north.tomas.get("/ideas").await.text("title").starts_with("(1) "));
    assert!(north.tomas.get("/ideas").await.text("title").starts_with("(1) "));
}

#[tokio::test]
async fn a_move_tells_the_author_and_who_follows_and_not_the_others() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.priya.opens(&idea).sends("Follow").await.goes_to(&idea);
    let ask = [("words", "Which pump is it?")];
    north.tomas.opens(&idea).fills(&ask).sends("Ask").await.goes_to(&idea);
    let author = north.callum.get("/notices").await;
    author.sees("Tomas Berg asked Callum Reid: \u{201c}Which pump is it?\u{201d}");
    north.priya.get("/notices").await.sees("Tomas Berg asked Callum Reid");
    north.helen.get("/notices").await.does_not_see("asked");
    assert_eq!(
        north.text("SELECT notice.kind FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Callum Reid'").await,
        "ball"
    );
    assert_eq!(
        north.text("SELECT notice.kind FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Priya Nair'").await,
        "news"
    );
}

#[tokio::test]
async fn whose_idea_was_put_together_with_another_hears_of_that_one() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let other = north.priya.throws(&[("hurt", "Prices come too late")]).await.location();
    let merge = [("into", idea.as_str()), ("words", "Callum threw the same.")];
    north
        .tomas
        .opens(&format!("{other}/same?q=every+quote"))
        .fills(&merge)
        .sends("Put the two together")
        .await
        .goes_to(&other);
    north.priya.get(&idea).await.sees("Stop following");
    let catch = [("version", "1"), ("words", "I look at both.")];
    north.tomas.post(&format!("{idea}/catch"), &catch).await.goes_to(&idea);
    north.priya.get("/notices").await.sees("I look at both.");
    north.priya.opens(&idea).sends("Stop following").await.goes_to(&idea);
    let ask = [("words", "Which pump is it?")];
    north.tomas.opens(&idea).fills(&ask).sends("Ask").await.goes_to(&idea);
    north.priya.get("/notices").await.does_not_see("Which pump is it?");
}

#[tokio::test]
async fn following_can_be_switched_off_and_on_again() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.callum.get(&idea).await.sees("Stop following");
    north.callum.opens(&idea).sends("Stop following").await.goes_to(&idea);
    let page = north.callum.get(&idea).await.sees("You no longer follow this idea.");
    assert_eq!(page.attributes(".flash form", "action"), [format!("{idea}/following")]);
    north.tomas.opens(&idea).sends("Catch").await.goes_to(&idea);
    north.callum.get("/notices").await.does_not_see("caught it");
    north.callum.opens(&idea).sends("Follow").await.goes_to(&idea);
    north.priya.opens(&idea).says("hello").sends("Write it").await.is(303);
    north.callum.get("/notices").await.sees("Priya Nair wrote in the conversation.");
}

#[tokio::test]
async fn who_no_longer_sees_the_idea_hears_no_more_of_it() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.priya.opens(&idea).says("hello").sends("Write it").await.is(303);
    let south = north.app.team("Field South").await;
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("UPDATE role SET team_id = $2 WHERE person_id = $1")
        .bind(north.priya.id)
        .bind(south)
        .execute()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    north.tomas.opens(&idea).sends("Catch").await.goes_to(&idea);
    north.priya.get("/notices").await.does_not_see("caught it");
}

#[tokio::test]
async fn unread_notices_about_the_same_thing_are_one() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for words in ["one", "two", "three"] {
        north.priya.opens(&idea).says(words).sends("Write it").await.is(303);
    }
    north.callum.get("/notices").await.sees("and 2 more");
    assert!(title(&north.callum).await.starts_with("(1) "));
    north.callum.opens("/notices").sends("Mark all as seen").await.goes_to("/notices");
    north.priya.opens(&idea).says("four").sends("Write it").await.is(303);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Callum Reid'").await, 2);
}

#[tokio::test]
async fn a_page_shows_fifty_notices_in_all_and_leads_to_older_ones() {
    let (north, _) = FieldNorth::with_an_idea().await;
    let mut tx = north.app.app.write().await.unwrap();
    for number in 0..60 {
        let kind = if number % 2 == 0 { NoticeKind::Ball } else { NoticeKind::News };
        let (id, words) = (tx.new_id::<IdeaId>().0, format!("Number {number}."));
        let notice = Notice { person: north.tomas.id, kind, subject: Subject::Idea, id, words };
        notices::store::tell(&mut tx, &notice).await.unwrap();
    }
    tx.commit().await.unwrap();
    let page = north.tomas.get("/notices").await.is(200);
    let mut shown = page.attributes("main .list a", "href");
    assert_eq!(shown.len(), 50);
    let older = page.attributes("main > p > a", "href");
    assert_eq!(older, ["/notices?page=1"]);
    let page = north.tomas.get(&older[0]).await.is(200);
    assert!(page.attributes("main > p > a", "href").is_empty());
    shown.extend(page.attributes("main .list a", "href"));
    shown.sort_unstable();
    shown.dedup();
    assert_eq!(shown.len(), 61);
}

#[tokio::test]
async fn what_was_not_seen_stands_in_front_however_old_it_is() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.app.clock.forward(TimeDelta::hours(1));
    let mut tx = north.app.app.write().await.unwrap();
    for number in 0..60 {
        let (id, words) = (tx.new_id::<IdeaId>().0, format!("Number {number}."));
        let notice = Notice { person: north.tomas.id, kind: NoticeKind::News, subject: Subject::Promise, id, words };
        notices::store::tell(&mut tx, &notice).await.unwrap();
    }
    tx.query("UPDATE notice SET unread = $1 WHERE subject = 'promise'").bind(false).execute().await.unwrap();
    tx.commit().await.unwrap();
    let page = north.tomas.get("/notices").await.is(200).sees("Mark all as seen");
    assert_eq!(page.attributes("main .list a", "href")[0], idea);
    let older = north.tomas.get("/notices?page=1").await.is(200).sees("Mark all as seen");
    older.does_not_see("When a ball comes to you");
}

#[tokio::test]
async fn seen_is_a_flag_without_a_time_and_can_be_undone() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let before = north.text("SELECT CAST(at AS TEXT) FROM notice").await;
    north.app.clock.forward(TimeDelta::hours(5));
    north.tomas.opens("/notices").sends("Mark all as seen").await.goes_to("/notices");
    assert_eq!(north.text("SELECT CAST(at AS TEXT) FROM notice").await, before);
    let page = north.tomas.get("/notices").await.sees("One notice is marked as seen.");
    assert!(!page.text("title").starts_with('('));
    assert_eq!(page.attributes(".flash form", "action"), ["/notices/seen/removal"]);
    north.tomas.post::<&str>("/notices/seen/removal", &[]).await.goes_to("/notices");
    assert!(title(&north.tomas).await.starts_with("(1) "));
    // One press is undone, not what was seen before it.
    north.tomas.opens("/notices").sends("Mark all as seen").await.is(303);
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    north.tomas.opens("/notices").sends("Mark all as seen").await.is(303);
    north.tomas.opens("/notices").sends("Undo").await.is(303);
    assert!(title(&north.tomas).await.starts_with("(1) "));
    let columns = match north.app.app.db.engine() {
        "SQLite" => "SELECT group_concat(name) FROM pragma_table_info('notice')",
        _ => {
            "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = 'notice' AND table_schema = current_schema()"
        }
    };
    let columns = north.text(columns).await;
    let times: Vec<&str> = columns.split(',').filter(|column| column.ends_with("at")).collect();
    assert_eq!(times, ["at"], "{columns}");
}

#[tokio::test]
async fn a_notice_belongs_to_its_reader_alone() {
    let (north, _) = FieldNorth::with_an_idea().await;
    let (id,): (uuid::Uuid,) =
        north.app.app.read().await.unwrap().query_as("SELECT id FROM notice").one().await.unwrap();
    for foreign in [&north.callum, &north.helen] {
        foreign.post::<&str>(&format!("/notices/{id}/seen"), &[]).await.is(404);
    }
    north.tomas.opens("/notices").sends("Seen").await.goes_to("/notices");
    north.tomas.get("/notices").await.does_not_see("Mark all as seen");
}

#[tokio::test]
async fn seen_notices_are_forgotten_after_ninety_days_and_unseen_ones_are_not() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.tomas.opens("/notices").sends("Mark all as seen").await.is(303);
    north.priya.opens(&idea).says("hello").sends("Write it").await.is(303);
    north.app.clock.forward(TimeDelta::days(91));
    north.turn().await;
    let thrown = "SELECT COUNT(*) FROM notice WHERE kind = 'ball' AND words LIKE '% threw it to %'";
    assert_eq!(north.app.count(thrown).await, 0);
    assert!(north.app.count("SELECT COUNT(*) FROM notice WHERE kind = 'news'").await > 0);
}

#[tokio::test]
async fn a_promise_tells_the_one_to_whom_it_was_made_and_whoever_has_its_ball() {
    let help = [("what", "two hours a week"), ("by", "2026-03-20"), ("words", "")];
    let (north, _) = FieldNorth::with_an_answer("Promise it", &help).await;
    north.callum.get("/notices").await.sees("Tomas Berg promised it to Callum Reid").sees("two hours a week");
    north.callum.opens("/notices").sends("Mark all as seen").await.is(303);
    let mut tx = north.app.app.write().await.unwrap();
    let (id,): (PromiseId,) = tx.query_as("SELECT id FROM promise").one().await.unwrap();
    drop(tx);
    let page = north.tomas.get(&format!("/promises/{id}")).await;
    let version = page.value("version");
    let come = [("words", "Tuesdays from ten."), ("version", version.as_str())];
    north.tomas.post(&format!("/promises/{id}/delivery"), &come).await.is(303);
    north.callum.get("/notices").await.sees("Tomas Berg said it has come: \u{201c}Tuesdays from ten.\u{201d}");
    let delivered = "SELECT COUNT(*) FROM notice WHERE kind = 'ball' AND subject = 'promise' AND words LIKE 'Tomas Berg said it has come%'";
    assert_eq!(north.app.count(delivered).await, 1);
    north.priya.get("/notices").await.does_not_see("two hours a week");
}

#[tokio::test]
async fn a_notice_about_what_its_reader_cannot_see_any_more_tells_no_title_and_leads_nowhere() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.priya.post(&format!("{idea}/following"), &[("a", "b")]).await.is(303);
    north.tomas.opens(&idea).says("Since when?").sends("Ask").await.goes_to(&idea);
    north.priya.get("/notices").await.is(200).sees(crate::support::field_north::HURT);
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("DELETE FROM role WHERE person_id = $1").bind(north.priya.id).execute().await.unwrap();
    tx.query("UPDATE idea SET headline = 'What it is called now'").execute().await.unwrap();
    tx.commit().await.unwrap();
    north.priya.get(&idea).await.is(404);
    let page = north.priya.get("/notices").await.is(200).does_not_see("What it is called now");
    let page = page.sees("Something that you can\u{2019}t see any more");
    assert!(page.attributes("main .list-title", "href").is_empty());
    north.tomas.get("/notices").await.is(200).sees("What it is called now");
}
