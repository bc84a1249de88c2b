//! What people do together on an idea: a number that nobody can look behind, offers to join, and the conversation.

mod timeline;

use crate::support::{Answer, FieldNorth, Visitor};
use catchball::conversation::store;
use catchball::ids::IdeaId;
use catchball::people::COLLEAGUE;
use chrono::TimeDelta;
use scraper::{Html, Selector};

/// Markup that would do something in a page that lets it.
const PAYLOADS: [&str; 50] = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<body onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<form action=/session/removal method=post><button>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import '//evil.example/a.css'</style>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version=\"1.0\"?><x onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<p style=position:fixed;top:0>over everything</p>",
    "<p id=main class=flash>clobbered</p>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<button formaction=javascript:alert(1)>x</button>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](  javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example/a)",
    "[x](/session/removal)",
    "![x](https://evil.example/track.png)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/a.png \"onerror=alert(1)\")",
    "[x](https://a.example \"\\\" onmouseover=alert(1)\")",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<https://a.example/\"onmouseover=alert(1)>",
    "```<script>alert(1)</script>\n<script>alert(1)</script>\n```",
    "# <img src=x onerror=alert(1)>\n> <svg/onload=alert(1)>",
];

async fn writes(who: &Visitor, idea: &str, words: &str) -> Answer {
    who.opens(idea).says(words).sends("Write it").await
}

/// The identifier of the comment that a form led to.
fn comment_of(answer: &Answer) -> String {
    answer.location().split("#comment-").nth(1).unwrap().to_owned()
}

#[tokio::test]
async fn hurts_me_too_is_one_tap_and_a_number_and_nobody_sees_who() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let hurts = format!("{idea}/hurts");
    north.priya.get(&idea).await.sees("This hurts me too");
    for _ in 0..2 {
        north.priya.post::<&str>(&hurts, &[]).await.goes_to(&idea);
    }
    assert_eq!(north.app.count("SELECT hurts FROM idea").await, 1);
    let page = north.priya.get(&idea).await.sees("It hurts 1 more person.").sees("You said so");
    assert_eq!(page.attributes(".flash form", "action"), [format!("{idea}/hurts/removal")]);
    for reader in [&north.callum, &north.tomas, &north.helen] {
        let page = reader.get(&idea).await.sees("It hurts 1 more person.").does_not_see("You said so");
        assert!(!page.outside_lists().contains("Priya"), "{}", page.outside_lists());
        assert!(!page.outside_lists().contains(&north.priya.id.to_string()));
    }
    north.priya.opens(&idea).sends("It no longer hurts me").await.goes_to(&idea);
    assert_eq!(north.app.count("SELECT hurts FROM idea").await, 0);
    north.priya.get(&idea).await.does_not_see("It hurts 1");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Callum Reid' AND notice.words LIKE '%hurts%'").await, 0);
}

#[tokio::test]
async fn the_author_is_not_hurt_too_and_a_finished_idea_counts_nobody() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.callum.get(&idea).await.does_not_see("This hurts me too").does_not_see("like to join");
    let own = "This is for others: you threw the idea yourself.";
    north.callum.post::<&str>(&format!("{idea}/hurts"), &[]).await.is(422).sees(own);
    north.callum.post::<&str>(&format!("{idea}/volunteers"), &[]).await.is(422).sees(own);
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    north.priya.get(&idea).await.does_not_see("This hurts me too").does_not_see("like to join");
    let ended = "This idea has come to its end";
    north.priya.post::<&str>(&format!("{idea}/hurts"), &[]).await.is(422).sees(ended);
    north.priya.post::<&str>(&format!("{idea}/volunteers"), &[]).await.is(422).sees(ended);
    assert_eq!(north.app.count("SELECT (SELECT COUNT(*) FROM hurt_too) + (SELECT COUNT(*) FROM volunteer)").await, 0);
}

#[tokio::test]
async fn who_would_like_to_join_stands_by_name_and_can_step_back() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.priya.opens(&idea).sends("I’d like to join").await.goes_to(&idea);
    north.tomas.get(&idea).await.sees("Would like to join: Priya Nair.");
    north.callum.get("/notices").await.sees("Priya Nair would like to join.");
    north.priya.get(&idea).await.sees("I\u{2019}d rather not join").sees("Stop following");
    north.priya.opens(&idea).sends("I’d rather not join").await.goes_to(&idea);
    north.tomas.get(&idea).await.does_not_see("Would like to join");
}

#[tokio::test]
async fn a_comment_is_written_in_markdown_and_moves_no_ball() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let (ball, throws) = (north.ball().await, north.throws().await);
    let answer = writes(&north.priya, &idea, "**Mine too**, see https://pumps.example/a\n\n- one\n- two").await;
    let id = comment_of(&answer);
    let page = north.tomas.get(&idea).await;
    assert_eq!(page.text(".talk-words strong"), "Mine too");
    assert_eq!(page.texts(".talk-words li"), ["one", "two"]);
    assert_eq!(page.attributes(".talk-words a", "rel"), ["nofollow noopener ugc"]);
    assert_eq!(page.text(&format!("#comment-{id} .talk-who b")), "Priya Nair");
    assert_eq!((north.ball().await, north.throws().await), (ball, throws));
    let twice = [("key", id.as_str()), ("words", "again")];
    north.priya.post(&format!("{idea}/comments"), &twice).await.is(303);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM comment").await, 1);
}

#[tokio::test]
async fn nothing_in_a_comment_can_do_anything() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for payload in PAYLOADS {
        writes(&north.priya, &idea, payload).await.is(303);
    }
    let page = north.callum.get(&idea).await.is(200);
    let document = Html::parse_document(&page.body);
    let all = Selector::parse(".talk-words, .talk-words *").unwrap();
    let known = ["div", "p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"];
    let mut looked_at = 0;
    for element in document.select(&all) {
        looked_at += 1;
        assert!(known.contains(&element.value().name()), "{}", element.html());
        for (name, value) in element.value().attrs() {
            let fine = match name {
                "class" => element.value().name() == "div" && value == "talk-words",
                "dir" => value == "auto",
                "rel" => value == "nofollow noopener ugc",
                "start" => true,
                "href" => ["https://", "http://", "mailto:"].iter().any(|start| value.starts_with(start)),
                _ => false,
            };
            assert!(fine, "{name}={value:?} in {}", element.html());
        }
    }
    assert!(looked_at >= 2 * PAYLOADS.len(), "{looked_at}");
    let scripts = Selector::parse("script").unwrap();
    assert!(
        document
            .select(&scripts)
            .all(|script| script.value().attr("src").is_some_and(|src| src.starts_with("/assets/")))
    );
}

#[tokio::test]
async fn any_script_and_two_thousand_words_are_kept_and_control_characters_are_not() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let arabic = "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{628}\u{627}\u{644}\u{639}\u{627}\u{644}\u{645}";
    let long = "w\u{f6}rd ".repeat(2_000);
    for words in [arabic, "\u{65e5}\u{672c}\u{8a9e} \u{1f3be}", "a\u{7}\u{202e}b\0c", long.as_str()] {
        writes(&north.priya, &idea, words).await.is(303);
        north.app.clock.forward(TimeDelta::seconds(1));
    }
    let page = north.tomas.get(&idea).await;
    let texts = page.texts(".talk-words p");
    assert_eq!(texts[0], arabic);
    assert_eq!(page.attributes(".talk-words p", "dir")[0], "auto");
    assert_eq!(texts[1], "\u{65e5}\u{672c}\u{8a9e} \u{1f3be}");
    assert_eq!(texts[2], "abc");
    assert_eq!(texts[3], long.trim());
    let refused = writes(&north.priya, &idea, &"x".repeat(20_001)).await.is(422);
    assert_eq!(
        refused.text("#write .message"),
        "Error: This has 20001 characters; 20000 are the most. Your text is kept."
    );
    writes(&north.priya, &idea, " \u{200b} ").await.is(422).sees("Write something, or add a picture.");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM comment").await, 4);
}

#[tokio::test]
async fn only_who_sees_the_idea_takes_part() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let id = comment_of(&writes(&north.priya, &idea, "secret of the north").await);
    let south = north.app.team("Field South").await;
    let ben = north.app.rep("Ben Cole", south).await;
    let admin = north.app.admin("Owen").await;
    for foreign in [&ben, &admin] {
        for path in
            ["comments", "hurts", "hurts/removal", "volunteers", "volunteers/removal", "following", "following/removal"]
        {
            foreign.post(&format!("{idea}/{path}"), &[("words", "x")]).await.is(404);
        }
        for path in ["", "/removal", "/return"] {
            foreign.post(&format!("/comments/{id}{path}"), &[("words", "x")]).await.is(404);
        }
    }
    for path in ["", "/removal", "/return"] {
        north.tomas.post(&format!("/comments/{id}{path}"), &[("words", "x")]).await.is(404);
    }
    north.tomas.get(&idea).await.sees("secret of the north").does_not_see("Change it");
}

#[tokio::test]
async fn a_comment_can_be_changed_for_a_quarter_of_an_hour_and_taken_back_at_any_time() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let id = comment_of(&writes(&north.priya, &idea, "first words").await);
    let address = format!("/comments/{id}");
    north.priya.post(&address, &[("words", "")]).await.is(422).sees("Write something, or take the comment back.");
    north.priya.post(&address, &[("words", "other words")]).await.is(303);
    north.tomas.get(&idea).await.sees("other words").sees("changed").does_not_see("first words");
    north.app.clock.forward(TimeDelta::minutes(16));
    let late = north.priya.post(&address, &[("words", "too late")]).await.is(422).sees("15 minutes, and they are over");
    assert_eq!(late.text("#comment-field-words"), "too late");
    north.tomas.get(&idea).await.sees("other words");

    north.priya.post::<&str>(&format!("{address}/removal"), &[]).await.goes_to(&idea);
    let page = north.priya.get(&idea).await.sees("Taken back by its author.").does_not_see("other words");
    assert_eq!(page.attributes(".flash form", "action"), [format!("{address}/return")]);
    north.priya.post::<&str>(&format!("{address}/return"), &[]).await.is(303);
    north.tomas.get(&idea).await.sees("other words");

    north.priya.post::<&str>(&format!("{address}/removal"), &[]).await.goes_to(&idea);
    north.app.clock.forward(TimeDelta::minutes(16));
    north.turn().await;
    assert_eq!(north.text("SELECT words FROM comment").await, "");
    if north.app.app.db.engine() == "SQLite" {
        let bytes = north.app.bytes_on_disk();
        assert!(!bytes.windows(11).any(|window| window == b"other words"), "the words are still on the disk");
    }
    north.priya.post::<&str>(&format!("{address}/return"), &[]).await.is(422).sees("its words are erased");
    north.tomas.get(&idea).await.sees("Taken back by its author.");
}

#[tokio::test]
async fn a_mention_tells_only_those_who_may_see_the_idea() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let south = north.app.team("Field South").await;
    let ben = north.app.rep("Ben Cole", south).await;
    let owen = north.app.admin("Owen Price").await;
    let priya = north.app.rep("Priya Shah", north.app.team("Field West").await).await;
    writes(&north.callum, &idea, "@Ben Cole @Owen Price @marco @Helen Marsh @priya a@tomas").await.is(303);
    for untold in [&ben, &owen, &north.marco, &priya, &north.callum] {
        untold.get("/notices").await.does_not_see("asks for you");
    }
    for told in [&north.helen, &north.priya] {
        told.get("/notices").await.sees("Callum Reid asks for you in the conversation.");
    }
    // Tomas holds the ball, so he hears of the comment; he was not mentioned.
    north.tomas.get("/notices").await.sees("Callum Reid wrote in the conversation.").does_not_see("asks for you");
    let names = north.callum.get(&idea).await.texts("[data-names] li");
    assert_eq!(names, ["Callum Reid", "Helen Marsh", "Priya Nair", "Tomas Berg"]);
}

#[tokio::test]
async fn a_first_name_that_two_have_means_nobody_and_that_is_said() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.app.coach("Priya Coach").await;
    writes(&north.callum, &idea, "@Priya look").await.is(303);
    north.callum.get(&idea).await.sees("Several people are called @Priya: write the whole name to tell one of them.");
    north.priya.get("/notices").await.does_not_see("asks for you");
}

/// Callum's idea becomes one whose author the coach keeps, as the throw of another way makes it.
async fn keep_the_name(north: &FieldNorth) {
    let mut tx = north.app.app.write().await.unwrap();
    let (idea,): (uuid::Uuid,) = tx.query_as("SELECT id FROM idea").one().await.unwrap();
    tx.query("UPDATE idea SET way = 'kept', author_id = $1").bind(COLLEAGUE).execute().await.unwrap();
    tx.query("UPDATE throw SET by_id = $1 WHERE verb = 'throw'").bind(COLLEAGUE).execute().await.unwrap();
    let query = tx.query("INSERT INTO kept_name (idea_id, person_id) VALUES ($1, $2)").bind(idea);
    query.bind(north.callum.id).execute().await.unwrap();
    tx.query("DELETE FROM notice").execute().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_kept_author_talks_as_a_colleague_and_is_told_without_being_shown() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    keep_the_name(&north).await;
    north.callum.get(&idea).await.sees("You write here as \u{201c}A colleague\u{201d}");
    let id = comment_of(&writes(&north.callum, &idea, "It happened again").await);
    for reader in [&north.priya, &north.tomas, &north.helen] {
        let page = reader.get(&idea).await;
        assert_eq!(page.text(&format!("#comment-{id} .talk-who b")), "A colleague");
        assert!(!page.outside_lists().contains("Callum"), "{}", page.outside_lists());
        assert!(!page.outside_lists().contains(&north.callum.id.to_string()));
        reader.get("/notices").await.does_not_see("Callum");
    }
    north.tomas.get("/notices").await.sees("A colleague wrote in the conversation.");
    for trace in [
        "SELECT COUNT(*) FROM following JOIN person ON person.id = following.person_id WHERE person.name = 'Callum Reid'",
        "SELECT COUNT(*) FROM comment JOIN person ON person.id = comment.writer_id WHERE person.name = 'Callum Reid'",
    ] {
        assert_eq!(north.app.count(trace).await, 0, "{trace}");
    }
    // He and nobody else may change what the colleague wrote.
    north.priya.post(&format!("/comments/{id}"), &[("words", "x")]).await.is(404);
    north.callum.post(&format!("/comments/{id}"), &[("words", "It happened twice")]).await.is(303);
    north.callum.post::<&str>(&format!("{idea}/hurts"), &[]).await.is(422);
    // He hears of what others write.
    writes(&north.priya, &idea, "Here too").await.is(303);
    north.callum.get("/notices").await.sees("Priya Nair wrote in the conversation.");
    north.tomas.opens(&idea).sends("Catch").await.goes_to(&idea);
    north.callum.get("/notices").await.sees("Tomas Berg caught it.");
}

#[tokio::test]
async fn what_was_taken_back_can_be_taken_up_again_by_its_author_only() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let id = idea.rsplit('/').next().unwrap();
    let again = format!("/ideas/new?from={id}");
    north.callum.get(&again).await.is(404);
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    assert!(north.callum.get(&idea).await.attributes(".together a", "href").contains(&again));
    north.priya.get(&idea).await.does_not_see("Take it up again");
    north.priya.get(&again).await.is(404);
    let page = north.callum.get(&again).await.is(200);
    assert_eq!(page.value("hurt"), crate::support::field_north::HURT);
    let before = north.throws().await;
    north.callum.get(&again).await;
    assert_eq!(north.throws().await, before);
}

#[tokio::test]
async fn a_long_conversation_is_read_a_hundred_comments_at_a_time() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let mut tx = north.app.app.write().await.unwrap();
    let (id,): (IdeaId,) = tx.query_as("SELECT id FROM idea").one().await.unwrap();
    for number in 0..230 {
        let key = tx.new_id();
        store::add(&mut tx, key, id, north.priya.id, &format!("number {number}")).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut read = Vec::new();
    let mut address = idea.clone();
    loop {
        let page = north.tomas.get(&address).await.is(200);
        let texts = page.texts(".talk-words");
        assert!(texts.len() <= 100);
        read.splice(0..0, texts);
        let links = page.attributes("main a", "href");
        let Some(older) = links.iter().find(|link| link.contains("comments?before=")) else { break };
        address = older.clone();
    }
    assert_eq!(read.len(), 230);
    read.sort();
    read.dedup();
    assert_eq!(read.len(), 230, "each stands on one page");
    north.app.rep("Ben Cole", north.app.team("Field South").await).await.get(&address).await.is(404);
    north.tomas.get(&format!("{idea}/comments?before={}", uuid::Uuid::max())).await.is(404);
}
