//! The example company's measures with the readings written for them.

use super::*;
use crate::spc::sentences::{outlook, title, verdict_sentence};
use crate::spc::verdict::verdict;
use crate::spc::{Better, Cadence, Judgement, Options, Point, Rule, Side, Trial, Verdict, Wording};
use chrono::NaiveDate;

const WEEKS: usize = 78;

/// Index of the value `back` weeks before now.
fn week(back: usize) -> usize {
    WEEKS - back
}

pub(super) fn series(values: &[Option<f64>]) -> Vec<Point> {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    first.iter_weeks().zip(values).map(|(period, &value)| Point::plain(period, value)).collect()
}

/// `7/26` is a share in per cent.
fn shares(data: &str) -> Vec<Point> {
    let values: Vec<Option<f64>> = data
        .split_whitespace()
        .map(|pair| pair.split_once('/').unwrap())
        .map(|(part, whole)| Some(100.0 * part.parse::<f64>().unwrap() / whole.parse::<f64>().unwrap()))
        .collect();
    series(&values)
}

/// `51/24` is the median of 24 quotes.
fn medians(data: &str) -> Vec<Point> {
    let values: Vec<Option<f64>> =
        data.split_whitespace().map(|pair| pair.split_once('/').unwrap().0.parse().ok()).collect();
    series(&values)
}

pub(in crate::spc) fn quote_turnaround() -> Vec<Point> {
    medians(
        "51/24 58.5/22 39/19 64/24 48.5/21 47.5/26 45/20 49.5/19 49/24 55.5/20 49/17 50.5/25 55.5/27
         45/18 60.5/17 47.5/27 54.5/25 67.5/23 56/24 55.5/19 49/25 58.5/19 46/17 50/18 46/23 47/24
         47/24 48/27 66/18 49/27 49/21 56/23 41.5/27 46/22 39/22 47/25 51/19 44.5/23 27.5/17
         29.5/23 25.5/17 34/18 30.5/25 31.5/21 26.5/17 31.5/26 29.5/27 26/22 28/20 33/24 32/20 29.5/25
         32.5/22 35.5/20 32.5/26 30/22 30/19 30.5/17 23/20 23.5/25 34.5/25 36.5/27 28.5/21 28/25 25.5/25
         30.5/21 37/27 38/19 38.5/24 46/21 43.5/22 39/24 39.5/20 36.5/17 31/27 30.5/25 28.5/21 31.5/23",
    )
}

fn quotes_reissued() -> Vec<Point> {
    shares(
        "3/26 4/24 7/20 4/17 4/20 3/23 7/24 3/19 6/21 8/23 7/22 5/17 3/27
         10/22 7/26 5/17 3/25 4/20 4/17 4/17 1/25 4/19 1/17 6/25 8/21 2/22
         4/24 2/18 6/26 4/21 4/18 4/21 4/24 6/25 2/17 4/22 4/18 6/17 0/20
         7/23 4/20 7/26 8/24 3/18 2/22 7/20 5/27 6/26 6/22 8/25 4/21 5/24
         4/20 6/24 3/26 3/20 1/24 0/18 4/24 2/26 1/19 3/17 3/25 3/22 1/18
         0/17 3/17 3/20 1/18 0/21 3/27 4/22 2/24 3/21 1/18 1/19 2/17 3/25",
    )
}

fn next_step_agreed() -> Vec<Point> {
    shares(
        "15/42 18/40 22/42 17/41 24/46 21/52 19/40 27/53 23/51 21/51 21/40 24/42 25/50
         16/40 14/41 21/40 17/40 23/45 17/40 21/53 21/40 21/42 21/52 22/45 20/46 21/56
         18/40 27/49 31/50 19/41 24/43 13/40 18/44 20/45 26/49 26/48 26/54 25/48 27/43
         33/54 20/45 19/42 25/46 27/45 28/54 37/50 25/43 31/52 25/44 33/54 28/44 30/51
         25/41 32/49 28/50 34/55 31/54 31/48 26/41 26/48 29/48 31/51 30/42 33/51 37/56
         39/56 39/51 21/45 37/55 32/51 27/56 27/42 33/55 26/41 36/56 33/49 19/42 32/54",
    )
}

fn start(at: usize, baseline: Range<usize>, reason: &str) -> PhaseStart {
    PhaseStart { start: at, baseline: Some(baseline), reason: reason.to_owned(), ..PhaseStart::default() }
}

fn hours() -> Options {
    Options { floor: Some(0.0), better: Better::Lower, ..Options::default() }
}

fn percent(better: Better) -> Options {
    Options { floor: Some(0.0), ceiling: Some(100.0), better, ..Options::default() }
}

pub(in crate::spc) fn turnaround_phases() -> [PhaseStart; 2] {
    [start(0, 0..week(54), ""), start(week(40), week(40)..week(23), "standard quotes for the whole team (E1 adopted)")]
}

/// Mean, lower and upper limit to one decimal, and the signals as (rule, weeks before now at which it was seen).
fn told(phase: &Phase) -> (String, Vec<(Rule, usize)>) {
    let limits = phase.limits.unwrap();
    let bound = |limit: Option<f64>| limit.map_or_else(|| "none".to_owned(), |limit| format!("{limit:.1}"));
    let lines = format!("{:.1}, {} to {}", limits.mean, bound(limits.lower), bound(limits.upper));
    (lines, phase.signals.iter().map(|signal| (signal.rule, WEEKS - signal.first_seen_at)).collect())
}

#[test]
fn quote_turnaround_falls_drifts_and_comes_back() {
    let points = quote_turnaround();
    let read = study(&points, &turnaround_phases(), &hours());
    assert_eq!(told(&read.phases[0]), ("52.2, 29.2 to 75.2".into(), vec![]));
    let (lines, signals) = told(&read.phases[1]);
    assert_eq!(lines, "30.3, 21.3 to 39.3");
    let expected =
        [(Rule::ThreeOfFour, 10), (Rule::Outside, 9), (Rule::Outside, 8), (Rule::Outside, 6), (Rule::RunOfEight, 6)];
    assert_eq!(signals.len(), expected.len(), "{signals:?}");
    assert!(expected.iter().all(|signal| signals.contains(signal)), "{signals:?}");
    assert_eq!(read.phases[1].firmness, Firmness::Firm);
    assert!(read.phases[1].baseline_is_quiet());

    let words = Wording::new("hours", Cadence::Week, &points);
    assert_eq!(title(&read, &points, &hours(), &words), "About 30\u{a0}hours again; no signal since 16 Jun");
    assert_eq!(
        outlook(&read, &points, &hours(), Some(24.0), &words),
        "As it works today this will give between 21 and 39\u{a0}hours; the wish is 24; only a changed process gets there."
    );
}

#[test]
fn the_old_limits_of_quote_turnaround_break_when_the_way_changes() {
    let points = quote_turnaround();
    let read = study(&points, &turnaround_phases()[..1], &hours());
    let after: Vec<_> = told(&read.phases[0]).1;
    assert_eq!(after[..2], [(Rule::Outside, 40), (Rule::RunOfEight, 39)]);
    let run = read.signals().find(|signal| signal.rule == Rule::RunOfEight).unwrap();
    assert_eq!((run.points[0], run.side), (week(46), Side::Below));
}

#[test]
fn quotes_reissued_halve_without_a_lower_limit() {
    let points = quotes_reissued();
    let old = start(0, 0..week(54), "");
    let read =
        study(&points, &[old.clone(), start(week(24), week(24)..week(7), "five looks")], &percent(Better::Lower));
    assert_eq!(told(&read.phases[0]), ("22.3, none to 53.8".into(), vec![]));
    assert_eq!(told(&read.phases[1]), ("9.3, none to 30.3".into(), vec![]));
    let by_old_limits = told(&study(&points, &[old], &percent(Better::Lower)).phases[0]).1;
    assert_eq!(by_old_limits.first(), Some(&(Rule::RunOfEight, 17)));
}

#[test]
fn an_agreed_next_step_becomes_usual() {
    let points = next_step_agreed();
    let old = start(0, 0..week(54), "");
    let read = study(
        &points,
        &[old.clone(), start(week(36), week(36)..week(19), "dated next step")],
        &percent(Better::Higher),
    );
    assert_eq!(told(&read.phases[0]), ("46.1, 23.9 to 68.2".into(), vec![]));
    assert_eq!(told(&read.phases[1]), ("60.5, 43.5 to 77.4".into(), vec![]));
    let by_old_limits = told(&study(&points, &[old], &percent(Better::Higher)).phases[0]).1;
    assert_eq!(by_old_limits.first(), Some(&(Rule::Outside, 33)));
}

fn judged(values: &[f64], evaluated: Range<usize>, planned: usize, predicted: Side) -> (Judgement, String) {
    let points = series(&values.iter().copied().map(Some).collect::<Vec<_>>());
    let judgement = verdict(&points, &[], Trial { evaluated, planned, predicted }, &Options::default());
    let words = Wording::new("hours", Cadence::Week, &points);
    let sentence = verdict_sentence(&judgement, &points, &words);
    (judgement, sentence)
}

/// Twelve quiet values around 10 with limits of about 7.3 and 12.7, then more.
fn quiet_then(more: &[f64]) -> Vec<f64> {
    [[9.5, 10.5].repeat(6), more.to_vec()].concat()
}

#[test]
fn the_four_verdicts_name_rule_and_week() {
    let (good, words) = judged(&quiet_then(&[10.0, 5.0]), 12..14, 12, Side::Below);
    assert_eq!(good.verdict, Verdict::Predicted);
    assert_eq!(words, "Signal in the predicted direction: a value below the old limit in the week of 1 Apr.");

    let (bad, words) = judged(&quiet_then(&[10.2; 8]), 12..20, 12, Side::Below);
    assert_eq!(bad.verdict, Verdict::Other);
    assert!(
        words.starts_with("Signal in the other direction: eight in a row above the old average, complete"),
        "{words}"
    );

    let (both, words) = judged(&quiet_then(&[5.0, 15.0]), 12..14, 12, Side::Below);
    assert_eq!(both.verdict, Verdict::Both);
    assert!(
        words.contains("In the predicted one: a value below") && words.contains("In the other one: a value above"),
        "{words}"
    );

    let (nothing, words) = judged(&quiet_then(&[9.9, 10.1].repeat(6)), 12..24, 12, Side::Below);
    assert_eq!(nothing.verdict, Verdict::NoSignal);
    assert!(words.starts_with("No signal in 12 weeks: the process did what it did before."), "{words}");

    let (few, words) = judged(&quiet_then(&[9.9; 6]), 12..18, 6, Side::Below);
    assert_eq!(few.verdict, Verdict::TooFew);
    assert_eq!(words, "Too few points to tell: no signal yet in 6 weeks; all 6 are on the predicted side.");

    let (early, words) = judged(&quiet_then(&[9.9, 10.1].repeat(5)), 12..22, 12, Side::Below);
    assert_eq!(early.verdict, Verdict::TooFew);
    assert!(words.contains("in 10 weeks of 12 planned; 5 of 10"), "{words}");

    let (baseless, _) = judged(&[9.5, 10.5, 9.5, 1.0, 1.0], 3..5, 2, Side::Below);
    assert_eq!((baseless.verdict, baseless.limits), (Verdict::TooFew, None));
}

#[test]
fn a_run_that_began_before_the_experiment_is_not_credited_to_it() {
    let before = [10.5, 9.5].repeat(6);
    let values = [before, vec![9.9; 4], vec![9.9; 7]].concat();
    let (judgement, _) = judged(&values, 16..23, 7, Side::Below);
    assert_eq!(judgement.verdict, Verdict::TooFew);
    let points = series(&values.iter().copied().map(Some).collect::<Vec<_>>());
    assert!(study(&points, &[], &Options::default()).signals().any(|signal| signal.rule == Rule::RunOfEight));
}

#[test]
fn limits_of_an_experiment_come_from_values_before_it() {
    let values = quiet_then(&[5.0; 10]);
    let points = series(&values.iter().copied().map(Some).collect::<Vec<_>>());
    let chosen = [start(0, 0..22, "")];
    let trial = Trial { evaluated: 12..22, planned: 10, predicted: Side::Below };
    let judgement = verdict(&points, &chosen, trial, &Options::default());
    assert_eq!(judgement.limits.map(|limits| limits.values), Some(12));
}

#[test]
fn the_sentence_follows_the_wish() {
    let points = quote_turnaround();
    let read = study(&points, &turnaround_phases(), &hours());
    let words = Wording::new("hours", Cadence::Week, &points);
    let say = |wish: f64| outlook(&read, &points, &hours(), Some(wish), &words);
    assert!(
        say(15.0).ends_with("the wish is 15; no single week will reach it; only a changed process gets there."),
        "{}",
        say(15.0)
    );
    assert!(
        say(35.0).ends_with("the wish is 35; the average is there already, not every single week is."),
        "{}",
        say(35.0)
    );
    assert!(say(45.0).ends_with("the wish is 45; it is met as long as the process stays as it is."), "{}", say(45.0));

    let points = quotes_reissued();
    let read = study(&points, &[start(week(24), week(24)..week(7), "")], &percent(Better::Lower));
    let words = Wording::new("%", Cadence::Week, &points);
    assert_eq!(
        outlook(&read, &points, &percent(Better::Lower), Some(5.0), &words),
        "As it works today this will give between 0 and 30\u{a0}% in a single week and about 9\u{a0}% over time. \
         The wish is 5\u{a0}%. Only a changed process gets there."
    );
}

#[test]
fn titles_say_how_far_the_values_carry() {
    let say = |values: &[f64]| {
        let points = series(&values.iter().copied().map(Some).collect::<Vec<_>>());
        let words = Wording::new("hours", Cadence::Week, &points);
        let options = hours();
        let read = study(&points, &[], &options);
        (title(&read, &points, &options, &words), outlook(&read, &points, &options, None, &words))
    };
    assert_eq!(say(&[]).0, "No values yet");
    assert_eq!(say(&[1.0]).0, "One value so far: 1\u{a0}hour");
    assert_eq!(say(&[30.0, 32.0, 31.0]).0, "About 31\u{a0}hours from 3 values; too few to tell");
    assert!(
        say(&[30.0, 32.0, 31.0]).1.starts_with("Too few values to say what this will give: 3 so far, 6 are needed.")
    );
    assert_eq!(say(&[4.0; 9]).0, "4\u{a0}hours each time; no variation so far");
    let (provisional, sentence) = say(&[30.0, 32.0, 31.0, 35.0, 30.0, 28.0]);
    assert_eq!(provisional, "About 31\u{a0}hours so far; no signal, limits from 6 values may still move");
    assert!(sentence.starts_with("As far as 6 values can tell, this will give between"), "{sentence}");
    let quiet = [30.0, 32.0].repeat(9);
    assert_eq!(say(&quiet).0, "About 31\u{a0}hours; no signal in 18 weeks");
    let (loud, sentence) = say(&[quiet.clone(), vec![46.0]].concat());
    assert_eq!(loud, "Signal: 46\u{a0}hours in the week of 6 May is above the usual range");
    assert!(sentence.starts_with("The process is changing"), "{sentence}");
    let lower = [quiet, [29.0, 30.0].repeat(4)].concat();
    assert_eq!(say(&lower).0, "Signal in the good direction since 6 May: about 30\u{a0}hours, was about 31\u{a0}hours");
}
