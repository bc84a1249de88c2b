//! Ten times as many rows cost as many statements.

use super::{opens, table};
use crate::support::FieldNorth;
use catchball::balls::Subject;
use catchball::ideas::{self, NewIdea};
use catchball::ids::IdeaId;
use catchball::notices::{self, Notice};
use catchball::people;

/// The addresses that show rows.
const LISTS: [&str; 11] = [
    // First, so that it reads every measure anew.
    "/measures",
    "/",
    "/ideas",
    "/ideas?team=all",
    "/promises",
    "/experiments",
    "/standards",
    "/notices",
    "/search?q=quote+desk",
    "/people",
    "/more",
];

/// Ideas of Callum's that wait for Tomas, each with a notice, and as many measures.
async fn more_rows(north: &FieldNorth, rows: usize) {
    let mut tx = north.app.app.write().await.unwrap();
    let callum = people::store::person(&mut tx, north.callum.id).await.unwrap().unwrap();
    for number in 0..rows {
        let hurt = format!("Number {number}: every quote goes through the pricing desk of {rows} people");
        let (key, new) = (tx.new_id(), NewIdea::saying(hurt));
        let thrown: IdeaId = ideas::verbs::throw_idea(&mut tx, &callum, key, &new).await.unwrap().id;
        let (kind, subject) = (notices::NoticeKind::News, Subject::Idea);
        let notice = Notice { person: callum.id, kind, subject, id: thrown.0, words: "It moved.".into() };
        notices::store::tell(&mut tx, &notice).await.unwrap();
    }
    tx.commit().await.unwrap();
    for number in 0..rows / 5 {
        let name = format!("Quotes {number} of {rows}");
        north.app.measure(callum.team().unwrap(), &north.callum, &name).await;
    }
}

#[tokio::test]
async fn ten_rows_and_a_hundred_cost_the_same() {
    let north = FieldNorth::new().await;
    let (mut few, mut grown) = (Vec::new(), Vec::new());
    let known = table::read("rows.txt");
    let mut wrong = Vec::new();
    for rows in [10, 90] {
        more_rows(&north, rows).await;
        let mut counted = Vec::new();
        for who in [&north.callum, &north.tomas, &north.helen] {
            for path in LISTS {
                counted.push((path, who.name.clone(), opens(&north.app, who, path).await.1));
            }
        }
        if rows == 10 {
            few = counted;
            continue;
        }
        for ((path, who, costs), (.., less)) in counted.into_iter().zip(&few) {
            let what = format!("{path} by {who}");
            if costs == *less {
                continue;
            }
            grown.push((what.clone(), costs));
            if !known.iter().any(|known| known.what == what) {
                wrong.push(format!("{path} by {who}: {less:?} with ten rows, {costs:?} with a hundred"));
            }
        }
    }
    if std::env::var("COSTS").is_ok_and(|asked| asked == "write") {
        return table::write("rows.txt", &known, grown.iter().map(|(what, costs)| (what.as_str(), *costs)));
    }
    for known in known.iter().filter(|known| !grown.iter().any(|(what, _)| *what == known.what)) {
        wrong.push(format!("{} does not grow: take it out of rows.txt", known.what));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
