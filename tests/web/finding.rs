//! Finding from outside: search, similar ideas while typing, and the list of ideas narrowed; each before and after the
//! clock has taken the words into the tables, and each as far as the person may see.

mod forms;
mod lists;

use crate::support::field_north::HURT;
use crate::support::{Answer, FieldNorth, TestApp, Visitor};
use catchball::clockwork;
use chrono::TimeDelta;

async fn throws(who: &Visitor, hurt: &str) -> String {
    who.throws(&[("hurt", hurt)]).await.location()
}

async fn search(who: &Visitor, typed: &str) -> Answer {
    let typed: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
    who.get(&format!("/search?q={typed}")).await.is(200)
}

async fn finds(who: &Visitor, typed: &str) -> Vec<String> {
    search(who, typed).await.attributes("main .list-title", "href")
}

async fn similar(who: &Visitor, hurt: &str) -> Vec<String> {
    who.post("/ideas/similar", &[("way", "named"), ("hurt", hurt)]).await.is(200).attributes("a", "href")
}

async fn turn(app: &TestApp) {
    clockwork::turn(&app.app).await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM unread").await, 0);
}

async fn listed(who: &Visitor, address: &str) -> Vec<String> {
    who.get(address).await.is(200).texts("main .list-title")
}

#[tokio::test]
async fn a_word_half_a_word_and_a_mistyped_one_find_an_idea() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    throws(&north.callum, "The coffee machine is broken").await;
    for round in ["as thrown", "from the tables"] {
        for typed in ["quote", "quot", "QUOTE desk", "qoute", "pricng", "prising", "quotes", "pump 400", "coffe zebra"]
        {
            let found = finds(&north.priya, typed).await;
            let expected: &[String] = if typed == "coffe zebra" { &[] } else { std::slice::from_ref(&idea) };
            assert_eq!(found, expected, "{typed} {round}");
        }
        assert!(finds(&north.priya, "quote coffee").await.is_empty(), "{round}");
        turn(&north.app).await;
    }
    let page = search(&north.priya, "quot").await.sees("One found").sees("Ideas and their answers");
    assert_eq!(page.texts("mark"), ["quote"]);
    page.sees("thrown · Field North");
}

#[tokio::test]
async fn nothing_found_says_what_to_try() {
    let (north, _) = FieldNorth::with_an_idea().await;
    north.priya.get("/search").await.is(200).sees("finds quotes");
    let page = search(&north.priya, "zebra <b>").await.sees("Nothing found").sees("Try fewer words");
    assert_eq!(page.value("q"), "zebra <b>");
    assert!(!page.body.contains("<b>"));
    north.priya.get("/ideas").await.sees("Search");
    north.priya.get("/more").await.sees("Search");
}

#[tokio::test]
async fn accents_and_scripts_are_found_as_people_type_them() {
    let north = FieldNorth::new().await;
    let texts = [
        ("Das Größenverzeichnis ist überholt", "grossenverzeichnis uberholt"),
        ("Le café ferme trop tôt", "cafe tot"),
        ("Прайс-лист устарел ещё вчера", "устарел еще"),
        ("רשימת המחירים ישנה מאוד", "המחירים"),
        ("قائمة الأسعار قَدِيمَة جدا", "قديمة"),
        ("新価格表が古い", "価格"),
        ("मूल्य सूची पुरानी है", "पुरानी"),
        ("가격표가 오래되었다", "가격"),
    ];
    for (hurt, _) in texts {
        north.app.clock.forward(TimeDelta::minutes(1));
        throws(&north.callum, hurt).await;
    }
    for _ in 0..2 {
        for (hurt, typed) in texts {
            let page = search(&north.priya, typed).await;
            assert_eq!(page.texts("main .list-title"), [hurt], "{typed}");
            assert!(!page.texts("mark").is_empty(), "{typed}");
            assert_eq!(page.attributes("main .list-title", "dir"), ["auto"]);
        }
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn what_was_answered_promised_and_learned_is_found_at_once_and_as_it_is_now() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    turn(&north.app).await;
    assert!(finds(&north.priya, "spreadsheet").await.is_empty());
    let form = [("what", "get you the giraffe spreadsheet"), ("by", "2026-03-06")];
    north.tomas.opens(&idea).fills(&form).sends("Promise it").await.goes_to(&idea);
    for _ in 0..2 {
        let page = search(&north.priya, "girafe").await.sees("Promises").sees("get you the giraffe spreadsheet");
        assert!(page.attributes("main .list-title", "href").iter().any(|href| href.starts_with("/promises/")));
        turn(&north.app).await;
    }
    let other = throws(&north.priya, "The lamp is dark").await;
    turn(&north.app).await;
    north.tomas.opens(&other).says("Which walrus do you mean?").sends("Ask").await.goes_to(&other);
    for _ in 0..2 {
        let page = search(&north.callum, "walrus").await.sees("Which walrus do you mean?");
        assert_eq!(page.attributes("main .list-title", "href"), [other.as_str()]);
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn what_was_tried_and_our_ways_are_found() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, let’s try it", &[("words", "Yes, let us try it.")]).await;
    let fields =
        [("idea", idea.rsplit('/').next().unwrap()), ("name", "Zeppelin quotes"), ("doing", "quote by balloon")];
    let experiment = north.callum.post("/experiments", &fields).await.location();
    for _ in 0..2 {
        search(&north.priya, "zepelin").await.sees("What was tried and learned").sees("Zeppelin quotes");
        let page = search(&north.priya, "balloon").await.sees("quote by balloon");
        assert_eq!(page.attributes("main .list-title", "href"), [experiment.as_str()]);
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn nobody_finds_or_counts_what_they_may_not_see() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let south = north.app.team("Field South").await;
    let ruth = north.app.leader("Ruth", south).await;
    let ben = north.app.rep("Ben", south).await;
    let coach = north.app.coach("Ines").await;
    let canary = throws(&ben, "The wolpertinger desk is slow").await;
    for _ in 0..2 {
        for who in [&north.callum, &north.priya, &north.tomas, &north.helen, &north.marco] {
            for typed in ["wolpertinger", "wolp", "wolpertingr", "desk wolpertinger"] {
                search(who, typed).await.sees("Nothing found").is(200);
            }
            assert!(similar(who, "wolpertinger desk").await.iter().all(|href| *href == idea));
            who.get("/ideas").await.does_not_see("wolpertinger");
            who.get("/ideas?show=mine").await.does_not_see("wolpertinger");
            who.get(&format!("/ideas?team={south}")).await.is(200).does_not_see("wolpertinger");
            for place in ["me", "team", "leadership", "departments"] {
                who.get(&format!("/ideas?place={place}")).await.is(200).does_not_see("wolpertinger");
            }
        }
        assert_eq!(finds(&north.priya, "desk").await, std::slice::from_ref(&idea));
        for who in [&ruth, &ben, &coach] {
            assert_eq!(finds(who, "wolpertingr").await, std::slice::from_ref(&canary));
        }
        assert!(finds(&ben, "pricing").await.is_empty());
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn words_of_another_team_change_nothing_in_what_is_found() {
    let (north, _) = FieldNorth::with_an_idea().await;
    let south = north.app.team("Field South").await;
    north.app.leader("Ruth", south).await;
    let ben = north.app.rep("Ben", south).await;
    turn(&north.app).await;
    let typed = ["quot", "qoute", "prices desk", "custmer"];
    let mut before = Vec::new();
    for typed in typed {
        before.push(search(&north.priya, typed).await.text("main"));
    }
    for number in 0..40 {
        throws(&ben, &format!("quota{number} quoth{number} customer qoutes price desks {number}")).await;
    }
    turn(&north.app).await;
    for (typed, before) in typed.iter().zip(before) {
        assert_eq!(search(&north.priya, typed).await.text("main"), before, "{typed}");
    }
}

#[tokio::test]
async fn who_ever_held_an_idea_finds_it_and_who_left_the_team_finds_their_own() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    assert!(finds(&north.marco, "pricing").await.is_empty());
    let marco = north.marco.id.to_string();
    let form = [("to", marco.as_str()), ("words", "Marco can say more.")];
    north.tomas.opens(&idea).fills(&form).sends("Take it further").await.goes_to(&idea);
    let service = north.app.team("Service").await;
    crate::ideas::move_to(&north, &north.callum, service).await;
    for _ in 0..2 {
        assert_eq!(finds(&north.marco, "prcing desk").await, std::slice::from_ref(&idea));
        assert_eq!(finds(&north.callum, "marco pricing").await, std::slice::from_ref(&idea));
        assert_eq!(listed(&north.marco, "/ideas?place=me").await, [HURT]);
        assert_eq!(listed(&north.callum, "/ideas?place=departments").await, [HURT]);
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn whatever_is_typed_is_answered() {
    let (north, _) = FieldNorth::with_an_idea().await;
    turn(&north.app).await;
    let long = "quote ".repeat(2000);
    let endless = "q".repeat(10_000);
    let hostile = [
        "\"",
        "'",
        "%",
        "_",
        "*",
        "quote*",
        "\"quote",
        "quote AND desk",
        "NEAR(quote desk)",
        "quote:*",
        "!quote & | <->",
        "\0",
        "quo\0te",
        "\u{202e}etouq",
        "\u{1}\u{7f}",
        "' OR 1=1 --",
        "[\"x\"]",
        "\\",
        "$1",
        "x'00'",
        "\u{fffd}",
        long.as_str(),
        endless.as_str(),
        "🎾🎾",
        "\u{301}",
        "ﷺ",
    ];
    for typed in hostile {
        search(&north.priya, typed).await;
        similar(&north.priya, typed).await;
        let typed: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        for name in ["show", "state", "place", "age"] {
            north.priya.get(&format!("/ideas?{name}={typed}")).await.is(200);
        }
        for name in ["team", "before"] {
            north.priya.get(&format!("/ideas?{name}={typed}")).await.is(400);
        }
    }
    for raw in ["/search?q=%FF%FE", "/search?q"] {
        north.priya.get(raw).await.is(200);
    }
    assert_eq!(finds(&north.priya, "quo\0te").await.len(), 0);
    assert_eq!(finds(&north.priya, "quote \"desk").await.len(), 1);
}

#[tokio::test]
async fn similar_ideas_are_shown_to_those_who_half_describe_it_too() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    throws(&north.callum, "The card for the car park is lost every week").await;
    for _ in 0..2 {
        for typed in
            ["pricing desk", "All quotes go to the pricing people", "waiting for the priceing desk with a qoute"]
        {
            assert_eq!(similar(&north.priya, typed).await.first(), Some(&idea), "{typed}");
        }
        for typed in ["", "the", "a coffee machine that works", "every week through the day"] {
            assert!(!similar(&north.priya, typed).await.contains(&idea), "{typed}");
        }
        turn(&north.app).await;
    }
    let page = north.priya.get("/ideas/new").await;
    assert_eq!(page.attributes("form.throw-box", "data-similar"), ["/ideas/similar"]);
    let page =
        north.priya.post("/ideas", &[("hurt", "The pricing desk again"), ("authority", "perhaps")]).await.is(422);
    assert_eq!(page.attributes("[data-similar-place] a", "href"), [idea.as_str()]);
    north.callum.opens(&idea).sends("Take it back").await;
}

#[tokio::test]
async fn an_idea_that_was_taken_back_is_not_similar() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
    assert!(similar(&north.priya, "pricing desk quote").await.is_empty());
    turn(&north.app).await;
    assert!(similar(&north.priya, "pricing desk quote").await.is_empty());
    assert_eq!(finds(&north.priya, "pricing desk").await, [idea]);
}

#[tokio::test]
async fn only_of_a_throw_with_a_name_the_words_are_compared_and_they_stand_in_no_address() {
    let (north, _) = FieldNorth::with_an_idea().await;
    for way in [&[("way", "kept")][..], &[("way", "nameless")], &[]] {
        let asked = [&[("hurt", "The pricing desk and every quote")][..], way].concat();
        assert_eq!(north.priya.post("/ideas/similar", &asked).await.is(200).body, "", "{way:?}");
    }
    assert_eq!(similar(&north.priya, "The pricing desk and every quote").await.len(), 1);
    north.priya.get("/ideas/similar?hurt=The+pricing+desk").await.is(404);
    let page = north.priya.get("/ideas/new").await.is(200);
    assert!(page.attributes("[name='way'][checked]", "value").is_empty(), "the way is chosen by whoever throws");
    let (way, words) = (page.body.find("name=\"way\"").unwrap(), page.body.find("name=\"hurt\"").unwrap());
    assert!(way < words, "and before the words");
}
