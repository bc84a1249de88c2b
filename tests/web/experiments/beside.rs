//! Experiments beside their measure and their idea: the verdict of the chart, one at a time, what an author can still do.

use super::{Field, GREEN, PLAN, drafted, field, running_with, without};
use crate::support::Visitor;
use catchball::ids::MeasureId;
use catchball::measures::Amount;
use chrono::{NaiveDate, TimeDelta};

/// A measure of the team with twelve weeks around fifty before the start.
async fn measure(field: &Field) -> MeasureId {
    let id = field.app.measure(field.team, &field.ada, "Quote turnaround").await;
    let before = [50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 51.0, 49.0, 50.0, 51.0];
    enter(field, id, "2025-12-08", &before).await;
    id
}

async fn enter(field: &Field, id: MeasureId, first: &str, values: &[f64]) {
    let weeks = first.parse::<NaiveDate>().unwrap().iter_weeks();
    let rows: Vec<_> = weeks.zip(values).map(|(week, value)| (week, Amount::number(*value))).collect();
    field.app.take_over(id, &field.ada, &rows).await;
}

async fn values_since_the_start(field: &Field, id: MeasureId, values: &[f64]) {
    enter(field, id, "2026-03-02", values).await;
}

async fn measured(field: &Field, id: MeasureId) -> String {
    let id = id.to_string();
    let mut plan = without("expectation");
    plan.extend([("measure_id", id.as_str()), ("from_about", "50"), ("to_about", "35")]);
    running_with(&field.ada, &plan).await
}

#[tokio::test]
async fn the_chart_judges_with_a_fresh_count_from_the_start() {
    let cases: [(&[f64], &str); 4] = [
        (&[30.0, 31.0, 29.0], "Signal in the predicted direction: a value below the old limit in the week of 2 Mar."),
        (&[70.0, 50.0, 51.0], "Signal in the other direction: a value above the old limit in the week of 2 Mar."),
        (&[49.0, 51.0, 50.0], "Too few points to tell: no signal yet in 3 weeks"),
        (&[], "Too few points to tell: no value since the start."),
    ];
    for (values, sentence) in cases {
        let field = field().await;
        let id = measure(&field).await;
        let place = measured(&field, id).await;
        values_since_the_start(&field, id, values).await;
        field.app.clock.forward(TimeDelta::days(14));
        field.ada.get(&place).await.sees(&format!("So far: {sentence}")).sees("from about 50 hours to about 35 hours");
        field.app.clock.forward(TimeDelta::days(4));
        let page =
            field.ada.get(&place).await.sees("What we predicted").sees("What happened, beside what you predicted?");
        assert!(page.text(".verdict").starts_with(sentence), "{}", page.text(".verdict"));
    }
}

#[tokio::test]
async fn an_adopted_experiment_offers_new_limits_on_its_measure() {
    let field = field().await;
    let id = measure(&field).await;
    let place = measured(&field, id).await;
    values_since_the_start(&field, id, &[30.0, 31.0, 29.0]).await;
    field.app.clock.forward(TimeDelta::days(18));
    field.ada.post(&format!("{place}/study"), &[("happened", "It took thirty hours.")]).await.goes_to(&place);
    let learned = [("decision", "adopt"), ("learned", "The sheet works.")];
    let standard = field.ada.post(&format!("{place}/decision"), &learned).await.location();
    for page in [&place, &standard] {
        let links = field.ada.get(page).await.attributes("main a, aside a", "href");
        let limits = links.iter().find(|link| link.contains("/limits/new")).unwrap();
        assert_eq!(*limits, format!("/measures/{id}/limits/new?from=2026-03-02&reason=Standard+quotes+%28adopted%29"));
        assert_eq!(field.ada.get(limits).await.is(200).value("words"), "Standard quotes (adopted)");
    }
}

#[tokio::test]
async fn one_experiment_of_a_team_runs_on_a_measure_at_a_time() {
    let field = field().await;
    let id = measure(&field).await;
    measured(&field, id).await;
    let id = id.to_string();
    let mut plan = PLAN.to_vec();
    plan.push(("measure_id", id.as_str()));
    let place = drafted(&field.ben, &plan).await;
    field.ben.post(&format!("{place}/readiness"), &GREEN).await.goes_to(&place);
    let refused = field.ben.post(&format!("{place}/start"), &[("", "")]).await.is(422);
    assert!(refused.text("#field-measure_id-error").contains("Two at once can't be read"));
    assert_eq!(field.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'running'").await, 1);
}

#[tokio::test]
async fn a_measure_of_another_team_can_not_be_chosen() {
    let field = field().await;
    let mut plan = PLAN.to_vec();
    plan.push(("measure_id", "0195e000-0000-7000-8000-00000000dead"));
    let refused = field.ada.post("/experiments", &plan).await.is(422);
    assert_eq!(refused.text("#field-measure_id-error"), "Error: Choose one of the list.");
}

/// An idea of Ada's with Tomas's yes, and the experiment she drafted on it.
async fn drafted_on_an_idea(field: &Field) -> (String, String) {
    let idea = field.ada.post("/ideas", &[("hurt", "Every quote waits for the desk")]).await.location();
    let yes = [("answer", "try"), ("words", "Let us try."), ("version", "1")];
    field.tom.post(&format!("{idea}/answer"), &yes).await.goes_to(&idea);
    let mut plan = PLAN.to_vec();
    let id = idea.strip_prefix("/ideas/").unwrap().to_owned();
    plan.push(("idea", id.as_str()));
    let place = drafted(&field.ada, &plan).await;
    (idea, place)
}

/// Somebody sends a form about the one idea there is, as it is now.
async fn sends(field: &Field, who: &Visitor, path: &str, fields: &[(&str, &str)]) -> crate::support::Answer {
    let version = field.app.count("SELECT version FROM idea").await.to_string();
    who.post(path, &[fields, &[("version", version.as_str())]].concat()).await
}

#[tokio::test]
async fn an_author_takes_an_idea_back_or_changes_its_words_until_its_experiment_starts() {
    for (steps, words) in
        [(vec![], "write by"), (vec!["safety-question"], "safe to try by"), (vec!["readiness"], "start by")]
    {
        let field = field().await;
        let (idea, place) = drafted_on_an_idea(&field).await;
        for step in steps {
            field.ada.post(&format!("{place}/{step}"), &GREEN).await.goes_to(&place);
        }
        field.ada.get(&place).await.is(200).sees(words);
        field.ada.get(&idea).await.sees("Change the words").sees("Take it back");
        sends(&field, &field.ada, &idea, &[("hurt", "Every second quote waits")]).await.goes_to(&idea);
        let back = format!("{idea}/withdrawal");
        sends(&field, &field.ben, &back, &[]).await.is(403);
        assert_eq!(field.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'dropped'").await, 0);
        sends(&field, &field.ada, &back, &[]).await.goes_to(&idea);
        field.ada.get(&idea).await.sees("took it back");
        field.ada.get(&place).await.is(200).sees("not started").sees("The idea it came from was taken back.");
        let open = "SELECT COUNT(*) FROM ball WHERE subject IN ('idea', 'experiment')";
        let dropped = "SELECT COUNT(*) FROM experiment WHERE state = 'dropped'";
        assert_eq!((field.app.count(open).await, field.app.count(dropped).await), (0, 1), "nothing dangles");
    }
}

#[tokio::test]
async fn once_its_experiment_has_started_an_idea_is_neither_taken_back_nor_changed() {
    let field = field().await;
    let (idea, place) = drafted_on_an_idea(&field).await;
    field.ada.post(&format!("{place}/readiness"), &GREEN).await.goes_to(&place);
    field.ada.post(&format!("{place}/start"), &[("", "")]).await.goes_to(&place);
    let refused = async || {
        field.ada.get(&idea).await.does_not_see("Change the words").does_not_see("Take it back");
        field.ada.get(&format!("{idea}/edit")).await.goes_to(&idea);
        field.ada.get(&idea).await.sees("until an experiment on it starts");
        for (path, fields) in [(idea.clone(), vec![("hurt", "New words")]), (format!("{idea}/withdrawal"), vec![])] {
            let page = sends(&field, &field.ada, &path, &fields).await.is(422);
            page.sees("An experiment on it has started.");
        }
        assert_eq!(field.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'dropped'").await, 0);
    };
    refused().await;
    field.app.clock.forward(TimeDelta::days(18));
    field.app.signs_in(&field.ada).await;
    field.ada.post(&format!("{place}/study"), &[("happened", "It took nine hours.")]).await.goes_to(&place);
    refused().await;
    // The next cycle is part of what has started.
    field.ada.post(&format!("{place}/decision"), &[("decision", "adapt"), ("learned", "Longer.")]).await.is(303);
    assert_eq!(field.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'drafting'").await, 1);
    refused().await;
}
