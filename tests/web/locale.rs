//! Days and figures are written as the reader's browser asks, and stay as the company writes them where all read them.

use crate::support::measured::Measured;
use crate::support::{FieldNorth, Visitor};

const GERMAN: &str = "de-DE,de;q=0.9,en;q=0.8";

/// The same person at another browser.
fn at_another(north: &FieldNorth, who: &Visitor, language: &'static str) -> Visitor {
    Visitor::signed_in(&north.app.router, &north.app.app, &who.name, who.id, &who.token()).reading(language)
}

#[tokio::test]
async fn a_page_is_written_for_each_reader_and_kept_for_each() {
    let measured = Measured::steady().await;
    measured.enters("12.5").await;
    let callum = |language| at_another(&measured.north, &measured.callum, language);
    let (german, british, french) = (callum(GERMAN), callum("en-GB,en;q=0.9"), callum("fr-FR,fr;q=0.9"));
    // Twice, for what was drawn for one must not be shown to the other.
    for _ in 0..2 {
        let newest =
            async |who: &Visitor| who.get(&measured.path).await.is(200).text("#numbers tbody tr:first-child > *");
        let english = newest(&british).await;
        assert!(english.starts_with("2 Mar 12.5 hours"), "{english}");
        assert_eq!(newest(&french).await, english);
        let numerals = newest(&german).await;
        assert!(numerals.starts_with("2.3.2026 12,5 hours"), "{numerals}");
        let findings = async |who: &Visitor| who.get("/measures").await.is(200).text(".measure-finding");
        let english = findings(&british).await;
        let figure = english.split_whitespace().find(|word| word.contains('.')).expect(&english).to_owned();
        assert!(findings(&german).await.contains(&figure.replace('.', ",")), "{figure}");
    }
    let file = german.get(&measured.below("values.csv")).await.is(200);
    assert!(file.body.contains("2026-03-02,12.5,"), "a file is for programs: {}", file.body);
}

#[tokio::test]
async fn fields_read_both_marks_and_ask_where_one_may_be_read_in_two_ways() {
    let measured = Measured::steady().await;
    let german = at_another(&measured.north, &measured.callum, GERMAN);
    for (typed, said) in [("11,5", "11,5"), ("10.5", "10,5")] {
        german.opens(&measured.path).fills(&[("value", typed)]).sends("Enter it").await.is(303);
        german.get(&measured.path).await.sees(&format!("{said} hours is in for the week of 2.3.2026"));
    }
    let asked = measured.posts(&german, "values", &[("value", "2.950")]).await.is(422);
    asked.sees("2.950 is far outside what this measure has shown.");
    measured.posts(&german, "values", &[("value", "105")]).await.is(422).sees("Did you mean 10,5?");
    // What stands in a field is read again as it stands there.
    let page = measured.below("edit");
    german.opens(&page).fills(&[("wish", "2,125")]).sends("Write it down").await.is(303);
    let wish = german.get(&page).await.is(200).attributes("[name=wish]", "value");
    assert_eq!(wish, ["2,125"]);
}

#[tokio::test]
async fn what_others_read_is_written_as_the_company_writes() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let german = at_another(&north, &north.tomas, GERMAN);
    let answer = [("answer", "park"), ("until", "2026-04-01"), ("words", "Year end first.")];
    let version = german.get(&idea).await.attributes("[name=version]", "value")[0].clone();
    let fields: Vec<_> = answer.into_iter().chain([("version", version.as_str())]).collect();
    german.post(&format!("{idea}/answer"), &fields).await.is(303);
    german.get(&idea).await.is(200).sees("1.4.2026").does_not_see("1 April");
    north.callum.get("/notices").await.is(200).sees("again on 1 April").does_not_see("1.4.2026");
    let callum = at_another(&north, &north.callum, GERMAN);
    callum.get(&idea).await.is(200).sees("1.4.2026");
    // A letter tells nothing of the browser of its author.
    let stranger = north.app.stranger().reading(GERMAN);
    assert_eq!(stranger.get("/letters").await.body, north.app.stranger().get("/letters").await.body);
}

#[tokio::test]
async fn a_sheet_of_paper_leads_back_to_its_page_and_tells_nothing_else() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let paper = async |path: &str| north.callum.get(path).await.is(200).text(".only-paper p");
    assert_eq!(paper(&idea).await, format!("This page on a screen: http://catchball.test{idea}"));
    let list = north.callum.get("/search?q=secret").await.is(200).text(".only-paper");
    assert_eq!(list, "http://catchball.test/search", "nobody needs a code for a short address");
    let page = north.app.stranger().get("/session/new?next=%2Fideas").await.is(200);
    assert!(page.texts(".only-paper").is_empty(), "a stranger has no page to come back to");
    let path = north.callum.get(&idea).await.attributes(".only-paper path", "d");
    let code = catchball::web::qr::Qr::of(&format!("http://catchball.test{idea}")).unwrap();
    assert_eq!(path, [code.path]);
}
