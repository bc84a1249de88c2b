//! Lists of very many rows: each page is short and leads to the next one, and all of them together show every row once.

use crate::support::{FieldNorth, TestApp, Visitor};
use axum::http::Method;
use catchball::experiments::{self, Plan};
use catchball::ideas::protection::Anonymity;
use catchball::ideas::{self, NewIdea};
use catchball::ids::{PersonId, ScreenId, ThrowId};
use catchball::moves::Move;
use catchball::people::absences::Away;
use catchball::people::{self, Person};
use catchball::routes::all;
use catchball::standards::{self, Text};
use catchball::{promises, wall};
use std::collections::BTreeSet;

/// More than two pages of each kind.
const MANY: usize = 120;
/// The most bytes of a page with rows.
const LARGEST: usize = 60 * 1024;

struct Filled {
    north: FieldNorth,
    owen: Visitor,
    ines: Visitor,
}

/// A company with so many of everything.
async fn filled() -> Filled {
    let north = FieldNorth::new().await;
    let (owen, ines) = (north.app.admin("Owen Price").await, north.app.coach("Ines Vidal").await);
    let mut crowd = Vec::new();
    for number in 0..MANY {
        let team = north.app.team(&format!("Team {number:03}")).await;
        let role = if number < 3 { team } else { north.team };
        crowd.push(north.app.rep(&format!("Somebody {number:03}"), role).await.id);
        north.app.measure(north.team, &north.callum, &format!("Quotes that wait {number}")).await;
    }
    let mut tx = north.app.app.write().await.unwrap();
    let mut everybody = Vec::new();
    for who in [&north.callum, &north.tomas, &north.helen] {
        everybody.push(people::store::person(&mut tx, who.id).await.unwrap().unwrap());
    }
    for (number, person) in crowd.into_iter().enumerate() {
        one_more(&mut tx, number, &everybody, person, north.team).await;
    }
    tx.commit().await.unwrap();
    let words = "Half a sentence. ".repeat(400);
    for number in 0..MANY / 2 {
        let draft = format!("comment:{}", uuid::Uuid::from_u128(number as u128));
        north.callum.post("/drafts", &[("draft", draft.as_str()), ("words", words.as_str())]).await.is(204);
    }
    Filled { north, owen, ines }
}

/// One more of each kind.
async fn one_more(
    tx: &mut catchball::db::Tx,
    number: usize,
    everybody: &[Person],
    somebody: PersonId,
    team: catchball::ids::TeamId,
) {
    let [callum, tomas, helen] = everybody else { unreachable!("three people") };
    let key = |tx: &catchball::db::Tx| tx.new_id::<ThrowId>();
    let long =
        |most: usize| "Every quote goes through the pricing desk, even the pump we sold so often. ".repeat(most / 75);
    let hurt = format!("Number {number}: {}", long(9_000));
    let kept = NewIdea { anonymity: Anonymity::Kept, ..NewIdea::saying(hurt.as_str()) };
    let this = key(tx);
    ideas::verbs::throw_idea(tx, callum, this, &kept).await.unwrap();
    let this = key(tx);
    let idea = ideas::verbs::throw_idea(tx, callum, this, &NewIdea::saying(hurt.as_str())).await.unwrap().id;
    let idea = ideas::store::idea(tx, idea).await.unwrap();
    let soon = (tx.now() + chrono::TimeDelta::days(9)).date_naive();
    let this = key(tx);
    promises::verbs::give(tx, &idea, Move::of(this, tomas, ""), &long(1_900), soon).await.unwrap();
    let this = key(tx);
    promises::standing::verbs::stand(tx, Move::of(this, helen, ""), &long(1_900)).await.unwrap();
    let this = key(tx);
    let name = format!("A new sheet {number} {}", long(180));
    let plan = Plan { name, expectation: long(1_900), doing: long(1_900), ..Plan::default() };
    let origin = experiments::Origin { team, idea: None, previous: None };
    let drafted = experiments::verbs::draft(tx, origin, Move::of(this, callum, ""), &plan).await;
    assert!(drafted.is_ok(), "{:?}", drafted.err());
    let this = key(tx);
    let text = Text { name: format!("Five looks {number} {}", long(180)), how: long(7_900), ..Text::default() };
    let origin = standards::Origin { team, idea: None, experiment: None };
    let opened = standards::verbs::open(tx, origin, Move::of(this, callum, ""), callum.id, &text).await;
    assert!(opened.is_ok(), "{:?}", opened.err());
    let (id, day) = (tx.new_id(), tx.now().date_naive());
    let away = Away { id, person_id: somebody, from_on: day, to_on: day, deputy_id: None, version: 1 };
    people::absences::store::add(tx, &away).await.unwrap();
    wall::store::add(tx).await.unwrap();
    let (screen,): (ScreenId,) = tx.query_as("SELECT id FROM screen WHERE team_id IS NULL").one().await.unwrap();
    wall::store::pair(tx, screen, team, &format!("Office {number:03}"), tomas.id).await.unwrap();
}

/// What the rows of a list lead to, page after page.
async fn rows(who: &Visitor, address: &str) -> Vec<String> {
    let (mut found, mut address, mut pages) = (Vec::new(), address.to_owned(), 0);
    loop {
        let page = who.get(&address).await.is(200);
        let before = found.len();
        found.extend(page.attributes("main .list > li a.list-title, main .list > li a[href^='/measures/']", "href"));
        found.extend(page.attributes("main .list > li.screen form", "action"));
        found.extend(page.attributes("main .list > li > span.list-title", "class"));
        assert!(found.len() - before <= 110, "{address} shows {} rows", found.len() - before);
        pages += 1;
        assert!(pages < 20, "{address} leads on and on");
        let next = page.attributes("main p > a[href*='page='], main p > a[href*='before=']", "href");
        let Some(next) = next.into_iter().find(|next| *next != address) else { break };
        address = next;
    }
    assert!(pages > 1, "{address} is one page of {} rows", found.len());
    found
}

#[tokio::test]
async fn lists_of_any_length_have_pages() {
    let Filled { north, owen, ines } = filled().await;
    let everybody = [&north.callum, &north.tomas, &north.helen, &ines, &owen];
    let mut long = Vec::new();
    for route in all().into_iter().filter(|route| route.method == Method::GET && !route.path.contains('{')) {
        for who in everybody {
            let page = who.get(route.path).await;
            // What the script keeps on the device and one's own data are files, and charts are no list.
            let is_list = !["/drafts/fields", "/purpose/mine", "/leadership"].contains(&route.path);
            if page.body.len() > LARGEST && is_list {
                long.push(format!("{} for {}: {} bytes", route.path, who.name, page.body.len()));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    for (who, address, least) in [
        (&owen, "/people", MANY + 7),
        (&north.tomas, "/measures", MANY),
        (&north.tomas, "/screens", MANY),
        (&owen, "/letterboxes", MANY + 1),
        (&owen, "/absences", MANY),
        (&ines, "/ideas/protected", MANY),
        (&north.helen, "/promises", 2 * MANY),
        (&north.tomas, "/promises", 2 * MANY),
        (&north.helen, "/experiments", MANY),
        (&north.helen, "/standards", MANY),
        (&north.helen, "/ideas", 2 * MANY),
        (&north.tomas, "/notices", MANY),
    ] {
        let found = rows(who, address).await;
        let different: BTreeSet<&String> = found.iter().collect();
        assert!(found.len() >= least, "{address} for {}: {} rows, {least} expected", who.name, found.len());
        if address != "/notices" {
            assert_eq!(different.len(), found.len(), "{address} for {} shows a row twice", who.name);
        }
    }
}

#[tokio::test]
async fn names_stand_as_in_a_dictionary_whatever_the_engine() {
    let app = TestApp::new().await;
    let north = app.team("Field North").await;
    for name in ["Zoe", "Özlem", "Olaf", "Ozan"] {
        app.rep(name, north).await;
    }
    app.team("Österreich").await;
    app.team("Zürich").await;
    let admin = app.admin("Grace").await;
    let page = admin.get("/people").await.is(200);
    assert_eq!(page.texts("main h2"), ["Field North", "Österreich", "Zürich", "Across the teams"]);
    assert_eq!(page.texts("main .list-title"), ["Olaf", "Ozan", "Özlem", "Zoe", "Grace"]);
}
