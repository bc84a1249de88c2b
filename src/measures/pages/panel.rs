//! What is asked of the reader of a measure now: one box below the headline, or below the chart where the chart has to
//! be seen first, and none while values simply come.

use super::facts::minutes_a_week;
use crate::db::Tx;
use crate::error::Result;
use crate::measures::alarms::{Alarm, Answer};
use crate::measures::definition::Measure;
use crate::measures::form_choice::{FormChoice, Options};
use crate::measures::machine::{Part, State, Verb, step};
use crate::measures::series::Series;
use crate::measures::store::signals::{Thrown, waiting};
use crate::measures::store::{NewLimits, agreements};
use crate::measures::verbs::limits::shows_shift;
use crate::measures::verbs::words_of;
use crate::people::{Person, store as people};
use crate::spc::sentences::signal_words;
use chrono::NaiveDate;

/// What is asked, and whether the reader can answer it.
pub enum Panel {
    /// A proposed measure waits for a keeper.
    Proposed {
        /// Whether the reader can find one.
        mine: bool,
        /// The people of the team.
        keepers: Vec<(String, String)>,
    },
    /// The definition is written, or written anew.
    Defining {
        /// Whether the reader can let it begin.
        mine: bool,
        /// What is missing.
        missing: String,
        /// How many cases two people agreed on; nothing while nobody tried.
        agreement: Option<String>,
        /// Whether two people have counted, so that it can begin.
        compared: bool,
        /// The new way to count, while one is being tried.
        anew: Option<String>,
    },
    /// A signal waits for a word.
    Signal {
        /// Whether the reader can say it.
        mine: bool,
        /// What the signal is.
        words: String,
        /// The four answers.
        answers: Options,
    },
    /// New limits wait for a second person.
    Limits {
        /// Whether the reader is one.
        mine: bool,
        /// Whether the reader proposed them.
        theirs: bool,
        /// Who proposed which limits, from when.
        words: String,
        /// Why.
        reason: String,
    },
    /// No values come.
    Stale {
        /// Whether the reader decides.
        mine: bool,
    },
    /// It rests.
    Paused {
        /// Whether the reader can take it up.
        mine: bool,
    },
    /// A year has passed.
    Worth {
        /// Whether the reader can say it.
        mine: bool,
        /// What it costs.
        cost: String,
    },
}

impl Panel {
    /// Whether the reader is the one who is asked, so that its deed is the next step of the page.
    pub fn asks(&self) -> bool {
        match *self {
            Self::Proposed { mine, .. }
            | Self::Defining { mine, .. }
            | Self::Signal { mine, .. }
            | Self::Limits { mine, .. }
            | Self::Stale { mine }
            | Self::Paused { mine }
            | Self::Worth { mine, .. } => mine,
        }
    }

    /// Whether the chart has to be seen before it can be answered.
    pub fn follows_the_chart(&self) -> bool {
        matches!(self, Self::Signal { .. } | Self::Limits { .. })
    }

    /// The panel for the state of a measure.
    pub async fn of(
        tx: &mut Tx,
        series: &Series,
        signals: &[Thrown],
        parts: &[Part],
        reader: &Person,
    ) -> Result<Option<Self>> {
        let measure = &series.measure;
        let may = |verb| step(measure.state, verb, parts).is_ok();
        Ok(match measure.state {
            State::Proposed => {
                Some(Self::Proposed { mine: may(Verb::FindKeeper), keepers: keepers(tx, measure, reader).await? })
            }
            State::Defining | State::Redefining => Some(defining(tx, series, may(Verb::Begin)).await?),
            State::Signal => signal(series, signals, may(Verb::Explain)),
            State::Rebaselining => {
                let waiting = series.beginnings.waiting.as_ref();
                waiting.map(|waiting| limits(series, waiting, may(Verb::Agree), may(Verb::Withdraw)))
            }
            State::Stale => Some(Self::Stale { mine: may(Verb::GoOn) }),
            State::Paused => Some(Self::Paused { mine: may(Verb::Resume) }),
            State::Baseline | State::Live if measure.worth_on <= measure.today(tx.now()) => {
                let cost = measure.cost_minutes.map_or_else(|| "time".to_owned(), minutes_a_week);
                Some(Self::Worth { mine: may(Verb::Affirm), cost })
            }
            _ => None,
        })
    }
}

async fn keepers(tx: &mut Tx, measure: &Measure, reader: &Person) -> Result<Vec<(String, String)>> {
    let people = people::team_people_in_sight(tx, reader.id).await?;
    let of_team = people.into_iter().filter(|(_, _, team)| *team == measure.team_id);
    let first = (String::new(), "Choose a person".to_owned());
    Ok([first].into_iter().chain(of_team.map(|(id, name, _)| (id.to_string(), name))).collect())
}

async fn defining(tx: &mut Tx, series: &Series, mine: bool) -> Result<Panel> {
    let measure = &series.measure;
    let words = words_of(measure, &series.beginnings.versions);
    let tests = tx.ask(agreements::with_cases(measure.id)).await?;
    let (mut agreement, mut compared) = (None, false);
    if let Some((test, cases)) = tests.iter().rev().find(|(test, _)| test.how_counted == words) {
        let (first, all) = (&test.first_name, cases.len());
        compared = test.second_name.is_some();
        agreement = Some(match &test.second_name {
            Some(second) => {
                let equal = cases.iter().filter(|case| case.agrees()).count();
                format!("{first} and {second} counted the same {all} cases and got the same in {equal}.")
            }
            None => format!("{first} counted {all} cases. Somebody else now counts the same."),
        });
    }
    let anew = (measure.state == State::Redefining).then_some(words);
    Ok(Panel::Defining { mine, missing: measure.missing().join(", "), agreement, compared, anew })
}

fn signal(series: &Series, thrown: &[Thrown], mine: bool) -> Option<Panel> {
    let waiting = waiting(thrown).map(|thrown| thrown.alarm);
    let words = |alarm: Alarm| {
        let at = series.words.at(alarm.period);
        format!("{}, seen {at}", signal_words(alarm.rule, alarm.side, series.study.applied))
    };
    waiting.map(|alarm| Panel::Signal { mine, words: words(alarm), answers: Answer::options() })
}

/// What the chart says about a shift, for those who decide on new limits.
pub fn seen(series: &Series, starts: NaiveDate) -> &'static str {
    if shows_shift(series, starts) {
        "The chart shows since then that the level moved: a run, or three of four near a limit."
    } else {
        "The chart shows no run and no three of four near a limit since then: by itself it does not say that the level moved."
    }
}

fn limits(series: &Series, waiting: &NewLimits, mine: bool, theirs: bool) -> Panel {
    let last = waiting.baseline_to.map(|last| format!(", made from the values up to {}", series.words.date(last)));
    let words = format!(
        "{} proposes new limits from {} on{}. {}",
        waiting.set_by,
        series.words.date(waiting.starts),
        last.unwrap_or_default(),
        seen(series, waiting.starts)
    );
    Panel::Limits { mine, theirs, words, reason: waiting.reason.clone() }
}
