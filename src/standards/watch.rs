//! The watch over a standard: whether its measure slips against the limits that hold now.
//!
//! Each value is counted once: a signal ends the count, and it begins anew with the first whole period after the standard
//! was brought back. So one signal opens "drifting" once.

use super::Standard;
use crate::measures::alarms::ALARM_FROM;
use crate::measures::series::Series;
use crate::spc::sentences::signal_words;
use crate::spc::watch::watch;
use chrono::{Days, NaiveDate};

/// A signal in the wrong direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The first day whose values count after it.
    pub counts_from: NaiveDate,
    /// What the chart shows, for the history.
    pub words: String,
}

/// What the watch says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watch {
    /// It can't begin, or has not yet: why.
    Blind(String),
    /// Nothing in the wrong direction.
    Quiet(String),
    Slipped(Slip),
}

/// Reads the measure of a standard from a day on.
pub fn look(series: &Series, from: NaiveDate) -> Watch {
    let Some(bad) = series.options.better.side().map(crate::spc::Side::opposite) else {
        let words = "The measure has no better side, so it can\u{2019}t tell by itself when this slips.";
        return Watch::Blind(words.to_owned());
    };
    let since = series.points.iter().position(|point| point.period >= from).unwrap_or(series.points.len());
    let seen = watch(&series.as_counted(), &series.starts(), since, &series.options);
    if !seen.has_limits {
        return Watch::Blind(String::from(
            "The watch has not begun: the limits that hold now have fewer than six values.",
        ));
    }
    if seen.values < ALARM_FROM {
        return Watch::Blind(format!(
            "The limits come from {} values. The chart shows signals; from {ALARM_FROM} on one throws the ball by itself.",
            seen.values
        ));
    }
    match seen.first(bad) {
        None => Watch::Quiet(String::from("No signal in the wrong direction.")),
        Some(signal) => {
            let period = series.points[signal.first_seen_at].period;
            let words = signal_words(signal.rule, signal.side, series.study.applied);
            Watch::Slipped(Slip {
                counts_from: period + Days::new(1),
                words: format!("{}: {words} ({}).", series.measure.name, series.words.date(period)),
            })
        }
    }
}

impl Standard {
    /// What its measure says about it now.
    pub fn watched(&self, series: &Series) -> Watch {
        match self.watched_from {
            Some(from) => look(series, from),
            None => Watch::Blind(String::from("The watch begins when it comes into use.")),
        }
    }
}
