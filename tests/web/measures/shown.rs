//! What the pages of measures show, the list, the file and the overview.

use super::{STEADY, THIS_WEEK, begins, definition, series};
use crate::support::measured::Measured;

#[tokio::test]
async fn the_page_says_its_finding_the_outlook_and_the_numbers() {
    let stage = Measured::number().await;
    stage.takes_over(&series(&STEADY)).await.is(303);
    let page = stage.priya.get(&stage.path).await.is(200);
    assert!(page.text("h1").starts_with("About 50 hours; no signal in 20 weeks"), "{}", page.text("h1"));
    assert!(page.text(".voices").contains("As it works today this will give between"), "{}", page.text(".voices"));
    assert!(page.text(".voices").contains("the wish is 24;"), "{}", page.text(".voices"));
    assert!(page.text(".voices").contains("only a changed process gets there."), "{}", page.text(".voices"));
    assert_eq!(page.texts("main > .chart svg").len(), 2);
    assert_eq!(page.texts("#numbers tbody tr").len(), STEADY.len());
    for forbidden in ["last week", "▲", "▼", "↑", "↓"] {
        assert!(!page.text("main").contains(forbidden), "{forbidden}");
    }
}

#[tokio::test]
async fn the_list_shows_signals_first() {
    let stage = Measured::number().await;
    stage.takes_over(&series(&STEADY)).await.is(303);
    let mut form = definition(&stage.team.to_string(), &stage.callum.id.to_string(), "number");
    form.iter_mut().filter(|(name, _)| *name == "name").for_each(|(_, value)| "Visits".clone_into(value));
    let loud = stage.tomas.opens("/measures/new").fills(&form).sends("Write it down").await.location();
    begins(&stage.callum, &loud).await;
    let mut values = STEADY;
    values[19] = 90.0;
    let loud = Measured::at(stage.north, loud);
    loud.takes_over(&series(&values)).await.is(303);
    let page = loud.priya.get("/measures").await.sees("1 of 2 measures shows a signal");
    assert_eq!(page.texts("h2"), ["Field North"]);
    let names = page.texts(".measure-name > :first-child");
    assert_eq!(names, ["Visits", "Quote turnaround"]);
    assert_eq!(page.texts(".chart-small svg").len(), 2);
}

#[tokio::test]
async fn the_file_holds_what_is_drawn() {
    let stage = Measured::number().await;
    stage.takes_over(&series(&STEADY)).await.is(303);
    let file = stage.priya.get(&stage.below("values.csv")).await.is(200);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(file.headers["content-disposition"], "attachment; filename=\"quote-turnaround.csv\"");
    let lines: Vec<&str> = file.body.lines().collect();
    assert_eq!(
        lines[0],
        "period,value,as_it_came,numerator,denominator,mean,lower_limit,upper_limit,moving_range,signal,note,excluded_reason"
    );
    assert_eq!(lines.len(), 1 + STEADY.len());
    let last: Vec<&str> = lines[20].split(',').collect();
    assert_eq!(last[..2], ["2026-02-23", "51.5"]);
    let mean: f64 = last[5].parse().unwrap();
    assert!((mean - STEADY[..17].iter().sum::<f64>() / 17.0).abs() < 1e-9, "{mean}");
}

#[tokio::test]
async fn the_overview_reads_values_only_of_what_changed() {
    let stage = Measured::number().await;
    let app = &stage.app.app;
    let opens = async || {
        // As if something had just changed elsewhere, so that the drawn page is not taken from its cache.
        app.write().await.unwrap().commit().await.unwrap();
        let before = app.db.costs();
        let page = stage.priya.get("/measures").await.is(200);
        (page.text("main"), (app.db.costs() - before).statements)
    };
    let (empty, first) = opens().await;
    let (same, again) = opens().await;
    assert_eq!(empty, same);
    assert!(again < first, "{again} statements after {first}");
    stage.enters_for(THIS_WEEK, "31").await.is(303);
    let (changed, after) = opens().await;
    assert!(after > again && changed.contains("31"), "{after} statements, {changed}");
    assert_eq!(opens().await, (changed, again));
}
