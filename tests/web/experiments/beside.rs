//! Experiments beside their measure and their idea: the verdict of the chart, one at a time, what an author can still do.

use super::{GREEN, PLAN, drafted, running_with, without};
use crate::support::FieldNorth;
use catchball::ids::MeasureId;
use catchball::measures::Amount;
use chrono::{NaiveDate, TimeDelta};

/// A measure of the team with twelve weeks around fifty before the start.
async fn measure(north: &FieldNorth) -> MeasureId {
    let id = north.app.measure(north.team, &north.callum, "Quote turnaround").await;
    let before = [50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 51.0, 49.0, 50.0, 51.0];
    enter(north, id, "2025-12-08", &before).await;
    id
}

async fn enter(north: &FieldNorth, id: MeasureId, first: &str, values: &[f64]) {
    let weeks = first.parse::<NaiveDate>().unwrap().iter_weeks();
    let rows: Vec<_> = weeks.zip(values).map(|(week, value)| (week, Amount::number(*value))).collect();
    north.app.take_over(id, &north.callum, &rows).await;
}

async fn values_since_the_start(north: &FieldNorth, id: MeasureId, values: &[f64]) {
    enter(north, id, "2026-03-02", values).await;
}

async fn measured(north: &FieldNorth, id: MeasureId) -> String {
    let id = id.to_string();
    let mut plan = without("expectation");
    plan.extend([("measure_id", id.as_str()), ("from_about", "50"), ("to_about", "35")]);
    running_with(&north.callum, &plan).await
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
        let north = FieldNorth::new().await;
        let id = measure(&north).await;
        let place = measured(&north, id).await;
        values_since_the_start(&north, id, values).await;
        north.app.clock.forward(TimeDelta::days(14));
        north
            .callum
            .get(&place)
            .await
            .sees(&format!("So far: {sentence}"))
            .sees("from about 50 hours to about 35 hours");
        north.app.clock.forward(TimeDelta::days(4));
        let page =
            north.callum.get(&place).await.sees("What we predicted").sees("What happened, beside what you predicted?");
        assert!(page.text(".verdict").starts_with(sentence), "{}", page.text(".verdict"));
    }
}

#[tokio::test]
async fn an_adopted_experiment_offers_new_limits_on_its_measure() {
    let north = FieldNorth::new().await;
    let id = measure(&north).await;
    let place = measured(&north, id).await;
    values_since_the_start(&north, id, &[30.0, 31.0, 29.0]).await;
    north.app.clock.forward(TimeDelta::days(18));
    let filled = north.callum.opens(&place).fills(&[("happened", "It took thirty hours.")]);
    filled.sends("Write it down").await.goes_to(&place);
    let learned = [("decision", "adopt"), ("learned", "The sheet works.")];
    let standard = north.callum.opens(&place).fills(&learned).sends("Decide").await.location();
    for page in [&place, &standard] {
        let links = north.callum.get(page).await.attributes("main a, aside a", "href");
        let limits = links.iter().find(|link| link.contains("/limits/new")).unwrap();
        assert_eq!(*limits, format!("/measures/{id}/limits/new?from=2026-03-02&reason=Standard+quotes+%28adopted%29"));
        assert_eq!(north.callum.get(limits).await.is(200).value("words"), "Standard quotes (adopted)");
    }
}

#[tokio::test]
async fn one_experiment_of_a_team_runs_on_a_measure_at_a_time() {
    let north = FieldNorth::new().await;
    let id = measure(&north).await;
    measured(&north, id).await;
    let id = id.to_string();
    let mut plan = PLAN.to_vec();
    plan.push(("measure_id", id.as_str()));
    let place = drafted(&north.priya, &plan).await;
    north.priya.opens(&place).fills(&GREEN).sends("All of it holds").await.goes_to(&place);
    let refused = north.priya.opens(&place).sends("Start the experiment").await.is(422);
    assert!(refused.text("#field-measure_id-error").contains("Two at once can't be read"));
    assert_eq!(north.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'running'").await, 1);
}

#[tokio::test]
async fn a_measure_of_another_team_can_not_be_chosen() {
    let north = FieldNorth::new().await;
    let mut plan = PLAN.to_vec();
    plan.push(("measure_id", "0195e000-0000-7000-8000-00000000dead"));
    let refused = north.callum.post("/experiments", &plan).await.is(422);
    assert_eq!(refused.text("#field-measure_id-error"), "Error: Choose one of the list.");
}

/// An idea of Callum's with Tomas's yes, and the experiment he drafted on it.
async fn drafted_on_an_idea(north: &FieldNorth) -> (String, String) {
    let idea = north.callum.throws(&[("hurt", "Every quote waits for the desk")]).await.location();
    north.tomas.opens(&idea).says("Let us try.").sends("Yes, let’s try it").await.goes_to(&idea);
    let page = idea.replace("/ideas/", "/experiments/new?idea=");
    let place = north.callum.opens(&page).fills(&PLAN).sends("Save").await.location();
    (idea, place)
}

#[tokio::test]
async fn an_author_takes_an_idea_back_or_changes_its_words_until_its_experiment_starts() {
    for (steps, words) in [
        (vec![], "Draft your experiment by"),
        (vec!["safety-question"], "safe to try by"),
        (vec!["readiness"], "Start your experiment by"),
    ] {
        let north = FieldNorth::new().await;
        let (idea, place) = drafted_on_an_idea(&north).await;
        for step in steps {
            north.callum.post(&format!("{place}/{step}"), &GREEN).await.goes_to(&place);
        }
        north.callum.get(&place).await.is(200).sees(words);
        north.callum.get(&idea).await.sees("Change the words").sees("Take it back");
        let edit = north.callum.opens(&format!("{idea}/edit")).fills(&[("hurt", "Every second quote waits")]);
        edit.sends("Change the words").await.goes_to(&idea);
        let back = format!("{idea}/withdrawal");
        north.forges(&north.priya, &back, &[]).await.is(403);
        assert_eq!(north.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'dropped'").await, 0);
        north.callum.opens(&idea).sends("Take it back").await.goes_to(&idea);
        north.callum.get(&idea).await.sees("took it back");
        north.callum.get(&place).await.is(200).sees("not started").sees("The idea it came from was taken back.");
        let open = "SELECT COUNT(*) FROM ball WHERE subject IN ('idea', 'experiment')";
        let dropped = "SELECT COUNT(*) FROM experiment WHERE state = 'dropped'";
        assert_eq!((north.app.count(open).await, north.app.count(dropped).await), (0, 1), "nothing dangles");
    }
}

#[tokio::test]
async fn once_its_experiment_has_started_an_idea_is_neither_taken_back_nor_changed() {
    let north = FieldNorth::new().await;
    let (idea, place) = drafted_on_an_idea(&north).await;
    north.callum.opens(&place).fills(&GREEN).sends("All of it holds").await.goes_to(&place);
    north.callum.opens(&place).sends("Start the experiment").await.goes_to(&place);
    let refused = async || {
        north.callum.get(&idea).await.does_not_see("Change the words").does_not_see("Take it back");
        north.callum.get(&format!("{idea}/edit")).await.is(422).sees("until an experiment on it starts");
        for (path, fields) in [(idea.clone(), vec![("hurt", "New words")]), (format!("{idea}/withdrawal"), vec![])] {
            let page = north.forges(&north.callum, &path, &fields).await.is(422);
            page.sees("An experiment on it has started.");
        }
        assert_eq!(north.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'dropped'").await, 0);
    };
    refused().await;
    north.app.clock.forward(TimeDelta::days(18));
    north.app.signs_in(&north.callum).await;
    let filled = north.callum.opens(&place).fills(&[("happened", "It took nine hours.")]);
    filled.sends("Write it down").await.goes_to(&place);
    refused().await;
    // The next cycle is part of what has started.
    north.callum.opens(&place).fills(&[("decision", "adapt"), ("learned", "Longer.")]).sends("Decide").await.is(303);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM experiment WHERE state = 'drafting'").await, 1);
    refused().await;
}
