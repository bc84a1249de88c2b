//! The words on the page of a measure: its facts, its limits, its history.

use super::figure::Extent;
use crate::balls::{self, Thrown, Told};
use crate::calendar::Calendar;
use crate::locale::form;
use crate::measures::chart_choices::ChartChoices;
use crate::measures::store::{Entry, NewLimits};
use crate::measures::{Kind, Measure, Series};
use crate::spc::PhaseStart;
use crate::spc::season::Adjustment;
use crate::spc::sentences::gained;
use chrono::{DateTime, Utc};

/// The values that were replaced, in words.
pub fn replaced(series: &Series, entries: &[Entry]) -> Vec<String> {
    let told = |entry: &Entry| {
        let (at, by) = (entry.superseded_at?, &entry.by_name);
        let (period, day) =
            (series.words.date(entry.period), series.measure.today(at).format(&form("%-d %b %Y")).to_string());
        let counts = entry.numerator.zip(entry.denominator).map(|(part, whole)| format!(" ({part} of {whole})"));
        let value = series.words.value(entry.value);
        Some(format!("{period}: {value}{} by {by} was replaced on {day}.", counts.unwrap_or_default()))
    };
    entries.iter().filter_map(told).collect()
}

/// One new beginning of the limits.
pub struct PhaseRow {
    pub from: String,
    pub words: String,
    /// Its identifier, for those who can take it back.
    pub id: Option<String>,
    pub gained: Option<String>,
    /// Whether the values behind them were corrected since they were locked.
    pub moved: bool,
}

/// Each new beginning of the limits: when, and why.
pub fn phases(series: &Series, can_take_back: bool) -> Vec<PhaseRow> {
    let (starts, counted) = (series.starts(), series.as_counted());
    let is = |start: &PhaseStart, phase: &NewLimits| series.place(phase.starts) == Some(start.start);
    let told = |phase: &NewLimits| {
        let end = phase.baseline_to.map(|last| format!(", from the values up to {}", series.words.date(last)));
        let second = phase.agreed_by.as_ref().filter(|second| **second != phase.set_by);
        let agreed = second.map(|second| format!(", agreed by {second}"));
        PhaseRow {
            from: format!("From {}", series.words.date(phase.starts)),
            words: format!(
                "{} ({}{}{})",
                phase.reason,
                phase.set_by,
                agreed.unwrap_or_default(),
                end.unwrap_or_default()
            ),
            id: can_take_back.then(|| phase.id.to_string()),
            gained: series.place(phase.starts).and_then(|start| {
                let at = series.study.phases.iter().position(|read| read.range.start == start)?;
                gained(&series.study, &series.points, &series.words, at)
            }),
            moved: starts.iter().any(|start| start.has_moved(&counted) && is(start, phase)),
        }
    };
    series.beginnings.phases.iter().map(told).collect()
}

/// So many periods can be chosen from: nearly eight years of weeks; more would make the page heavy.
const MOST_CHOICES: usize = 400;

/// The drawn periods of a series to choose from, newest first, and the current one.
pub fn periods(series: &Series, now: DateTime<Utc>, extent: Extent) -> Vec<(String, String)> {
    let this = series.measure.this_period(now);
    let drawn = &series.points[series.newest_range(extent.most().min(MOST_CHOICES))];
    let newer = series.points.last().is_none_or(|last| last.period < this).then_some(this);
    newer.into_iter().chain(drawn.iter().rev().map(|point| point.period)).map(|period| series.option(period)).collect()
}

/// What a measure is, label and words.
pub fn facts(series: &Series) -> Vec<(&'static str, String)> {
    let measure = &series.measure;
    let bound = |bound: Option<f64>| bound.map(|bound| measure.said(bound)).unwrap_or_default();
    let counted = match measure.definition_version {
        1 => measure.how_counted.clone(),
        version => format!("{}\n(Version {version}.)", measure.how_counted),
    };
    let cost = measure.cost_minutes.map(minutes_a_week);
    let slips = (measure.kind == Kind::Slips).then(|| format!("Fewer than {} make no value.", measure.least_slips()));
    let facts = [
        ("Question", measure.question.clone()),
        ("How we count it", counted),
        ("Will not be used for", measure.not_used_for.clone()),
        ("Keeper", measure.keeper.clone()),
        ("How often", measure.cadence.how_often().to_owned()),
        ("Slips", slips.unwrap_or_default()),
        ("Source", measure.source.clone()),
        ("Cost", cost.unwrap_or_default()),
        ("Can’t be below", bound(measure.floor)),
        ("Can’t be above", bound(measure.ceiling)),
        ("How it is read", chart_choices(series)),
    ];
    let earlier = series
        .beginnings
        .versions
        .iter()
        .filter(|version| version.version < measure.definition_version)
        .map(|version| ("Counted before like this", version.how_counted.clone()));
    facts.into_iter().chain(earlier).filter(|(_, words)| !words.is_empty()).collect()
}

/// How the chart is read where it is not the usual chosen.
fn chart_choices(series: &Series) -> String {
    let chosen = series.measure.chart;
    let usual = ChartChoices::default();
    let told = [
        (chosen.rules != usual.rules).then(|| chosen.rules.words().to_owned()),
        (chosen.spread != usual.spread).then(|| format!("limits from {}", chosen.spread.words().to_lowercase())),
        (chosen.limits != usual.limits).then(|| format!("limits {}", chosen.limits.words().to_lowercase())),
        (chosen.season != usual.season).then(|| season(series, chosen.season.words())),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    if told.is_empty() { String::new() } else { format!("{}.", told.join("; ")) }
}

/// Whether values are freed of the season, and why not.
fn season(series: &Series, name: &str) -> String {
    match series.study.current().map(|phase| &phase.adjustment) {
        Some(Adjustment::TooFewCycles) => format!("{name} is asked for, but there are no two full cycles yet"),
        Some(Adjustment::NotPositive) => format!("{name} is asked for, but values of 0 or less have no season"),
        _ => format!("values are freed of {}", name.to_lowercase()),
    }
}

/// What becomes of slips. How many there are is not told before the end: whoever sees a number move sees who was typing.
pub fn slips_go(measure: &Measure) -> String {
    let (least, one) = (measure.least_slips(), measure.cadence.one());
    format!(
        "How many slips are in the box is not told before the {one} is over. From {least} on the {one} gets a value then; \
         each time the program was started anew in it asks for one more, because it forgets who has given."
    )
}

/// What happened so far, without the values, which the chart shows.
pub fn story(thrown: &[Thrown], calendar: &Calendar, now: DateTime<Utc>) -> Vec<Told> {
    balls::mark::tell_deeds(thrown, calendar, now, deed)
}

/// What was done, after the name of who did it.
fn deed(thrown: &Thrown) -> String {
    let words = match thrown.verb.as_str() {
        "proposed" => "wished for it",
        "define" => "began to define it",
        "keeper_found" => "found a keeper for it",
        "declined" => "declined it",
        "changed" => "changed its definition",
        "counted" => "counted five cases",
        "began" => "let it begin",
        "limits_drawn" => "saw enough values for limits",
        "signal" => "saw a signal",
        "subsided" => "saw that the signal shows no more",
        "withdrew" => "took the proposed new limits back",
        "explained" => "said what is known about the signal",
        "read_differently" => "chose how its chart is read",
        "locked" => "locked its limits",
        "new_limits" => "proposed new limits",
        "agreed" => "agreed to the new limits",
        "disagreed" => "did not agree to the new limits",
        "taken_back" => "took limits back",
        "excluded" => "left a value out",
        "included" => "counted a value again",
        "fell_silent" => "missed two values",
        "went_on" => "said that it goes on",
        "redefined" => "began to count it differently",
        "left_as_it_was" => "left the definition as it was",
        "paused" => "paused it",
        "resumed" => "took it up again",
        "affirmed" => "said that it is worth its minutes",
        "retired" => "retired it",
        other => return other.replace('_', " "),
    };
    words.to_owned()
}

/// What a measure costs: `1 minute a week`, `10 minutes a week`.
pub fn minutes_a_week(minutes: i64) -> String {
    let plural = if minutes == 1 { "" } else { "s" };
    format!("{minutes} minute{plural} a week")
}
