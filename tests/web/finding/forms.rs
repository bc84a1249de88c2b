//! What else is found: measures, one's own drafts, other forms of a word, umlauts written out, parts of long words.

use super::{finds, search, similar, throws, turn};
use crate::support::FieldNorth;

#[tokio::test]
async fn other_forms_umlauts_and_parts_of_a_compound_are_found() {
    let north = FieldNorth::new().await;
    let van = throws(&north.callum, "The vans stand in the yard until noon").await;
    let long = throws(&north.callum, "Die Angebotsbearbeitungszeit ist viel zu lang").await;
    let check = throws(&north.callum, "Jede Prüfung der Häuser dauert Tage").await;
    for round in ["as thrown", "from the tables"] {
        for (typed, idea) in [
            ("van", &van),
            ("vans", &van),
            ("stood yard", &van),
            ("Bearbeitungszeit", &long),
            ("bearbeitung", &long),
            ("Prüfung", &check),
            ("pruefung", &check),
            ("prüfungen", &check),
            ("PRUEFUNG haeuser", &check),
            ("Haus", &check),
        ] {
            let found = finds(&north.priya, typed).await;
            let is_there = found.contains(idea);
            assert!(is_there || typed == "stood yard", "{typed} {round}: {found:?}");
            assert!(found.len() <= 1, "{typed} {round}: {found:?}");
        }
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn measures_are_found_by_whoever_sees_their_team() {
    let north = FieldNorth::new().await;
    let id = north.app.measure(north.team, &north.callum, "Lieferzeit Ersatzteile").await;
    let south = north.app.team("Field South").await;
    let stranger = north.app.rep("Sven", south).await;
    for round in ["as defined", "from the tables"] {
        for typed in ["lieferzeit", "Ersatzteil", "zeit"] {
            let found = finds(&north.priya, typed).await;
            assert_eq!(found, [format!("/measures/{id}")], "{typed} {round}");
            assert!(finds(&stranger, typed).await.is_empty(), "{typed} {round}");
        }
        search(&north.priya, "lieferzeit").await.sees("Measures").sees("Field North");
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn a_draft_is_found_by_its_writer_alone() {
    let north = FieldNorth::new().await;
    let form = [("draft", "idea"), ("draft_page", "/ideas/new"), ("hurt", "Half a sentence about zebras")];
    north.callum.post("/drafts", &form).await.is(204);
    for round in ["at once", "after the clock"] {
        let page = search(&north.callum, "zebra").await.sees("My drafts").sees("only you see it");
        assert_eq!(page.attributes("main .list-title", "href"), ["/ideas/new"], "{round}");
        for other in [&north.priya, &north.tomas, &north.helen] {
            assert!(finds(other, "zebra").await.is_empty(), "{} {round}", other.name);
        }
        turn(&north.app).await;
    }
}

#[tokio::test]
async fn one_common_word_makes_two_ideas_not_alike() {
    let north = FieldNorth::new().await;
    let idea = throws(&north.callum, "The customer waits for a quote from the pricing desk").await;
    assert!(similar(&north.priya, "Our customer").await.is_empty());
    assert!(similar(&north.priya, "A customer").await.is_empty());
    assert_eq!(similar(&north.priya, "The pricing desk takes days for one quote").await, [idea]);
}
