//! What the page of an experiment shows of its effect: which way it is, how sure that is, the count, the verdict.

use super::events::Gaps;
use super::{Effect, Way};
use crate::balls::Thrown;
use crate::experiments::{Experiment, Verb, verdict};
use crate::ids::MeasureId;
use crate::locale::form;
use crate::measures::series::Series;
use crate::people::sight::Sight;
use crate::spc::chart::Drawing;
use crate::spc::sentences::{case_outlook, case_sentence, still_possible};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The effect of one experiment, in words.
pub struct EffectView {
    pub way: Way,
    /// How it is seen, and how sure that is.
    pub told: Vec<String>,
    pub cases: Option<CasesView>,
    pub events: Option<EventsView>,
    /// The measure that must not get worse.
    pub balance: Option<Balance>,
    /// What people of the team saw, in their words, the first one first.
    pub seen: Vec<String>,
}

/// The measure that must not get worse: its name, and to who sees its team also which it is and what it says.
pub struct Balance {
    pub name: String,
    /// Which it is, and what it says since the start.
    pub seen: Option<(MeasureId, String)>,
}

/// The count of cases.
pub struct CasesView {
    /// What one case is and when it is a yes.
    pub what: String,
    /// How far it is: `9 of 15`.
    pub counted: String,
    /// What is still possible; empty once it is over.
    pub possible: String,
    /// One of the five sentences; empty before it is over.
    pub verdict: String,
    /// The number of the newest case.
    pub number: usize,
    /// Each case in its order, and whether it was a yes.
    pub answers: Vec<bool>,
    /// What was predicted: `at least 12 of 20`.
    pub predicted: String,
}

/// The days of an event.
pub struct EventsView {
    pub what: String,
    pub verdict: Vec<String>,
    /// For narrow and for broad screens; nothing while there is no gap.
    pub drawings: Option<[Drawing; 2]>,
    /// How long ago the newest one was; empty without any, or once it is over.
    pub since: String,
    /// Those since the start, the newest first, for whoever takes one back: the day and its words.
    pub days: Vec<(String, String)>,
}

/// What there is to show an effect from.
pub struct Seen<'a> {
    pub experiment: &'a Experiment,
    pub effect: Option<&'a Effect>,
    /// The days of the event.
    pub days: &'a [NaiveDate],
    pub balance: Option<&'a Series>,
    /// Whose measures the reader sees.
    pub sight: &'a Sight,
    /// What was done with the experiment.
    pub thrown: &'a [Thrown],
    /// The last day whose values count.
    pub until: NaiveDate,
    pub over: bool,
}

impl Seen<'_> {
    /// All of it in words.
    pub fn view(&self) -> EffectView {
        let usual = Effect::usual(&self.experiment.plan);
        let effect = self.effect.unwrap_or(&usual);
        let events = (effect.way == Way::Dates).then(|| Gaps::of(self.days, self.experiment.first_day(), effect.fewer));
        let (seen, people) = self.testimony();
        EffectView {
            way: effect.way,
            told: told(effect, events.as_ref(), people),
            seen,
            cases: self.cases(effect),
            events: events.map(|gaps| self.events(effect, &gaps)),
            balance: self.balance.zip(self.experiment.first_day()).map(|(series, first)| {
                let is_seen = self.sight.near.contains(&series.measure.team_id);
                let seen = is_seen.then(|| (series.measure.id, verdict::balance(series, first, self.until)));
                Balance { name: series.measure.name.clone(), seen }
            }),
        }
    }

    /// What people saw, and how many of them said so.
    fn testimony(&self) -> (Vec<String>, usize) {
        let told = || self.thrown.iter().filter(|throw| throw.verb == Verb::Tell.name());
        let people: BTreeSet<_> = told().map(|throw| throw.by_id).collect();
        (told().map(|throw| throw.words.clone()).collect(), people.len())
    }

    fn cases(&self, effect: &Effect) -> Option<CasesView> {
        let (plan, counted) = (effect.cases()?, effect.counted());
        let least = if effect.fewer { "at most" } else { "at least" };
        Some(CasesView {
            what: effect.what.clone(),
            counted: format!("{} of {}", counted.yes, counted.of),
            possible: if self.over { String::new() } else { still_possible(&plan, counted) },
            verdict: if self.over { case_sentence(&plan, counted) } else { String::new() },
            number: effect.answers.len(),
            answers: effect.answers.chars().map(|answer| answer == 'y').collect(),
            predicted: format!("{least} {} of {}", effect.wanted, effect.planned),
        })
    }

    fn events(&self, effect: &Effect, gaps: &Gaps) -> EventsView {
        let first = self.experiment.first_day();
        let since = self.days.iter().rev().filter(|day| first.is_some_and(|first| **day >= first));
        let words = |day: &NaiveDate| (day.to_string(), day.format(&form("%-d %B %Y")).to_string());
        let newest = self.days.last().filter(|_| !self.over && first.is_some());
        EventsView {
            what: effect.what.clone(),
            verdict: if first.is_some() { gaps.sentences() } else { Vec::new() },
            drawings: gaps.drawings(),
            since: newest.map(|day| days_ago((self.until - *day).num_days())).unwrap_or_default(),
            days: since.map(words).collect(),
        }
    }
}

fn days_ago(days: i64) -> String {
    match days {
        ..=0 => String::from("The last time was today."),
        1 => String::from("The last time was yesterday."),
        days => format!("The last time was {days} days ago."),
    }
}

/// How the effect is seen, and how sure that is.
fn told(effect: &Effect, events: Option<&Gaps>, people: usize) -> Vec<String> {
    match (effect.way, effect.cases(), events) {
        (Way::Cases, Some(plan), _) => {
            let basis = if effect.stated { "as somebody said, not counted" } else { "counted" };
            let least = if effect.fewer { "at most" } else { "at least" };
            let before = format!(
                "We see it by counted cases: {least} {} of the next {} are predicted. Before it was {} of {}, {basis}.",
                effect.wanted, effect.planned, effect.before_yes, effect.before_of
            );
            let alike = "Several cases come from the same customer or day. They lean on each other, so they tell less than their number.";
            let alike = effect.alike.then(|| String::from(alike));
            [before, case_outlook(&plan)].into_iter().chain(alike).collect()
        }
        (Way::Dates, _, Some(gaps)) => {
            let seen = if effect.fewer { "more rarely" } else { "more often" };
            let how = format!(
                "We see it by the dates of events, which are to come {seen}: the days between are judged by the limits from before."
            );
            vec![how, gaps.outlook()]
        }
        (Way::Measure, ..) => {
            vec![String::from("We see it by a measure of the team: its chart judges by the limits from before.")]
        }
        _ => {
            let how = "We see it by what people saw, in words. It tells what happened, not how often, and no chart can judge it.";
            let asked = match people {
                0 => "Two people should say what they saw; nobody has so far.",
                1 => "Two people should say what they saw; one has so far.",
                _ => "Two people or more have said what they saw.",
            };
            vec![String::from(how), String::from(asked)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::Plan;

    #[test]
    fn each_way_says_what_it_is_and_how_sure() {
        let usual = Effect::usual(&Plan::default());
        assert!(told(&usual, None, 0)[0].contains("in words"));
        assert!(told(&usual, None, 1)[1].contains("one has so far"));
        assert!(told(&Effect { way: Way::Measure, ..usual.clone() }, None, 0)[0].contains("a measure of the team"));
        let cases = Effect {
            way: Way::Cases,
            before_yes: 8,
            before_of: 20,
            stated: true,
            wanted: 12,
            planned: 20,
            alike: true,
            ..usual.clone()
        };
        let told_of_cases = told(&cases, None, 0);
        assert!(
            told_of_cases[0].ends_with("Before it was 8 of 20, as somebody said, not counted."),
            "{told_of_cases:?}"
        );
        assert_eq!(told_of_cases[1], "With 20 and 20 only 18 or more would tell.");
        assert!(told_of_cases[2].contains("lean on each other"));
        let dates = Effect { way: Way::Dates, fewer: true, ..usual };
        let gaps = Gaps::of(&[], None, true);
        assert!(told(&dates, Some(&gaps), 0)[0].contains("come more rarely"));
        assert!(told(&dates, Some(&gaps), 0)[1].contains("too few"));
    }
}
