//! The picture of a measure: how much of it is drawn, its table and file, two on the same weeks, and the overview.

use crate::support::{Answer, FieldNorth};

impl FieldNorth {
    /// A measure with these values, the last one of the week before this one.
    async fn measure(&self, name: &str, values: &[f64]) -> String {
        let id = self.app.measure(self.team, &self.callum, name).await;
        self.app.values(id, &self.callum, values).await;
        format!("/measures/{id}")
    }
}

/// Fifty hours, give or take, without any signal.
fn steady(weeks: usize) -> Vec<f64> {
    [51.0, 48.5, 49.0, 54.0, 48.5, 47.5, 53.0, 49.5].into_iter().cycle().take(weeks).collect()
}

fn loud(weeks: usize) -> Vec<f64> {
    let mut values = steady(weeks);
    values[weeks - 1] = 95.0;
    values
}

/// The places of the values of the broad drawings, by week.
fn places(page: &Answer, chart: &str) -> Vec<(String, String)> {
    let points = format!("{chart} svg.chart-broad circle[data-point]");
    let weeks = page.attributes(&points, "data-point").into_iter();
    let weeks = weeks.map(|words| words.split(':').next().unwrap().to_owned());
    weeks.zip(page.attributes(&points, "cx")).collect()
}

#[tokio::test]
async fn sixty_values_are_drawn_and_all_on_request() {
    let north = FieldNorth::new().await;
    let measure = north.measure("Quote turnaround", &steady(78)).await;
    for (query, drawn, said, link) in [
        ("", 60, "The newest 60 of 78 weeks.", format!("{measure}?points=all")),
        ("?points=all", 78, "All 78 weeks.", measure.clone()),
        ("?points=nonsense", 60, "The newest 60 of 78 weeks.", format!("{measure}?points=all")),
    ] {
        let page = north.tomas.get(&format!("{measure}{query}")).await.is(200).sees(said);
        for drawing in ["svg.chart-broad", "svg.chart-narrow"] {
            assert_eq!(page.texts(&format!("main > .chart {drawing} [data-point]")).len(), drawn, "{drawing}");
        }
        assert_eq!(page.attributes(".chart-choice a", "href"), [link]);
        assert_eq!(page.texts("#numbers tbody tr").len(), drawn);
        let file = page.attributes("#numbers p a", "href").remove(0);
        assert_eq!(north.tomas.get(&file).await.body.lines().count(), 1 + drawn);
    }
    let short = north.measure("Visits", &steady(9)).await;
    assert_eq!(north.tomas.get(&short).await.texts(".chart-choice").len(), 0, "nothing to choose");
}

#[tokio::test]
async fn thirty_years_of_weeks_are_drawn_without_words_and_the_page_stays_light() {
    let north = FieldNorth::new().await;
    let measure = north.measure("Quote turnaround", &loud(1500)).await;
    let page = north.tomas.get(&format!("{measure}?points=all")).await.is(200);
    assert_eq!(page.texts("main > .chart svg.chart-dense").len(), 2);
    assert_eq!(page.texts("main > .chart [data-point]").len(), 0, "the table has the words");
    assert_eq!(page.texts("#numbers tbody tr").len(), 1500);
    assert!(page.body.len() < 500 * 1024, "{} bytes", page.body.len());
    let page = north.tomas.get(&measure).await.is(200);
    assert!(page.body.len() < 100 * 1024, "{} bytes", page.body.len());
}

#[tokio::test]
async fn the_table_the_file_and_the_picture_say_the_same() {
    let north = FieldNorth::new().await;
    let mut values = loud(70);
    values[30] = 55.25;
    let measure = north.measure("Quote turnaround", &values).await;
    let page = north.tomas.get(&measure).await.is(200);
    let file = north.tomas.get(&format!("{measure}/values.csv")).await.body;
    let mut drawn = page.attributes("main > .chart svg.chart-broad [data-point]", "data-point");
    drawn.reverse();
    let (weeks, rows) = (page.texts("#numbers tbody th"), page.texts("#numbers tbody tr"));
    let lines: Vec<Vec<&str>> = file.lines().rev().take(60).map(|line| line.split(',').collect()).collect();
    assert_eq!((drawn.len(), weeks.len(), lines.len()), (60, 60, 60));
    let (said, jumps) = (page.texts("#numbers tbody td.figure"), page.texts("#numbers tbody td.jump"));
    for (at, line) in lines.iter().enumerate() {
        let value: f64 = line[1].parse().unwrap();
        let shown = said[at].trim_end_matches(" hours");
        assert!((shown.parse::<f64>().unwrap() - value).abs() < 1e-9, "{rows:?}");
        let decimals = |shown: &str| shown.split_once('.').map(|(_, rest)| rest.len());
        assert_eq!(decimals(shown), decimals(said[0].trim_end_matches(" hours")), "one number of them in a list");
        let words = drawn[at].replace('\u{a0}', " ");
        assert!(words.starts_with(&format!("{}: {value} hours", weeks[at])), "{words}");
        assert_eq!(words.contains("usual range"), line[9].contains("usual range"), "{words}");
        let jump: Option<f64> = jumps[at].split(' ').next().and_then(|jump| jump.parse().ok());
        assert_eq!(jump, line[8].parse().ok(), "{words}");
    }
    assert_eq!(lines[0][9], "above the usual range");
}

#[tokio::test]
async fn the_page_says_what_the_newest_value_means_and_how_it_jumps() {
    let north = FieldNorth::new().await;
    let quiet = north.measure("Quote turnaround", &steady(30)).await;
    let page = north.tomas.get(&quiet).await.sees("Show how much it jumps from week to week");
    let said = page.text(".chart-reading");
    assert!(said.ends_with("is within the usual range: a single value up or down means nothing."), "{said}");
    assert!(page.text(".jumps h2").contains("none larger than usual"));
    assert_eq!(page.texts(".jumps svg").len(), 2);
    let loud = north.measure("Visits", &loud(30)).await;
    let page = north.tomas.get(&loud).await.sees("belongs to a signal: above the usual range.");
    assert!(page.text(".jumps h2").contains("one larger than usual"));
    let few = north.measure("Calls", &steady(4)).await;
    let page = north.tomas.get(&few).await.sees("is one of 4 so far: too few");
    assert_eq!(page.texts(".jumps").len(), 0);
}

#[tokio::test]
async fn two_measures_stand_on_the_same_weeks() {
    let north = FieldNorth::new().await;
    let one = north.measure("Quote turnaround", &steady(70)).await;
    let other = north.measure("Quotes reissued", &steady(12)).await;
    let page = north.tomas.get(&one).await;
    assert_eq!(page.attributes(".deeds a[href$='/beside']", "href"), [format!("{one}/beside")]);
    let id = other.rsplit('/').next().unwrap();
    let page = north.tomas.get(&format!("{one}/beside")).await.is(200);
    assert_eq!(page.attributes("#other option", "value"), [id], "all others, not itself");
    assert_eq!(page.texts(".laid").len(), 0);
    let page = north.tomas.get(&format!("{one}/beside?other={id}")).await;
    let page = page.is(200).sees("Quote turnaround and Quotes reissued on the same weeks");
    assert_eq!(page.value("other"), id);
    let laid = page.attributes(".laid", "aria-labelledby");
    let [upper, lower] = [0, 1].map(|at| places(&page, &format!("[aria-labelledby='{}']", laid[at])));
    assert_eq!((upper.len(), lower.len()), (60, 12));
    assert_eq!(upper[48..], lower, "the same week stands at the same place");
    assert_eq!(page.attributes(".laid svg.chart-broad", "width"), ["720", "720"]);
    let rows = page.texts("#numbers tbody tr");
    assert_eq!(rows.len(), 60);
    assert!(rows[59].contains("no value"), "{}", rows[59]);
    let all = north.tomas.get(&format!("{one}/beside?other={id}&points=all")).await;
    assert_eq!(all.texts("#numbers tbody tr").len(), 70);
}

#[tokio::test]
async fn a_foreign_measure_cannot_be_laid_beside() {
    let north = FieldNorth::new().await;
    let own = north.measure("Quote turnaround", &steady(20)).await;
    let south = north.app.team("Field South").await;
    let ruth = north.app.leader("Ruth", south).await;
    ruth.get(&format!("{own}/beside")).await.is(404);
    let id = own.rsplit('/').next().unwrap();
    let mei = north.app.rep("Mei", south).await;
    let repairs = north.app.measure(south, &mei, "Repairs").await;
    north.app.values(repairs, &mei, &steady(20)).await;
    let foreign = format!("/measures/{repairs}");
    ruth.get(&format!("{foreign}/beside?other={id}")).await.is(404).does_not_see("Quote turnaround");
    ruth.get(&format!("{foreign}/beside?other=nonsense")).await.is(404);
    let page = ruth.get(&format!("{foreign}/beside")).await.is(200).does_not_see("Quote turnaround");
    page.sees("There is no other measure here");
}

#[tokio::test]
async fn the_overview_shows_signals_first_each_with_mark_word_and_finding() {
    let north = FieldNorth::new().await;
    north.measure("Nothing yet", &[]).await;
    north.measure("Two only", &steady(2)).await;
    north.measure("Quiet", &steady(30)).await;
    north.measure("Loud", &loud(30)).await;
    let page = north.tomas.get("/measures").await.is(200).sees("1 of 4 measures shows a signal");
    assert_eq!(page.texts(".measure-name > :first-child"), ["Loud", "Quiet", "Two only", "Nothing yet"]);
    assert_eq!(page.texts(".standing"), ["signal", "no signal", "too few values", "no values yet"]);
    assert_eq!(page.texts(".standing svg.standing-mark").len(), 4);
    assert_eq!(page.texts(".chart-small svg").len(), 3);
    let findings = page.texts(".measure-finding a");
    assert!(findings[0].starts_with("Signal: 95 hours"), "{findings:?}");
    for forbidden in ["last week", "▲", "▼", "↑", "↓"] {
        assert!(!page.text("main").contains(forbidden), "{forbidden}");
    }
}
