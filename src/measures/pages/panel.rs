//! What is asked of the reader of a measure now: one box below the headline, or below the chart where the chart has to
//! be seen first, and none while values simply come.

use super::facts::minutes_a_week;
use crate::db::Tx;
use crate::error::Result;
use crate::measures::alarms::Alarm;
use crate::measures::machine::step;
use crate::measures::store::signals::{Thrown, waiting};
use crate::measures::store::{NewLimits, agreements};
use crate::measures::verbs::limits::shows_shift;
use crate::measures::verbs::words_of;
use crate::measures::{Measure, Part, Series, State, Verb};
use crate::people::{Person, store as people};
use crate::spc::sentences::signal_words;
use chrono::NaiveDate;

/// What is asked, and whether the reader is the one who is asked, so that their move is the next step of the page.
pub struct Panel {
    pub mine: bool,
    pub question: Question,
}

/// What is asked.
pub enum Question {
    /// Who keeps what somebody wishes for; the people of the team.
    Proposed { keepers: Vec<(String, String)> },
    /// Whether it can begin, or begin anew.
    Defining {
        missing: String,
        /// How many cases two people agreed on; nothing while nobody tried.
        agreement: Option<String>,
        /// Whether two people have counted, so that it can begin.
        compared: bool,
        /// The new way to count, while one is being tried.
        anew: Option<String>,
    },
    /// What is known about a signal.
    Signal { words: String },
    /// Whether a second person agrees to new limits; they may be those of the reader.
    Limits { theirs: bool, words: String, reason: String },
    /// What happens although no values come.
    Stale,
    /// When it is taken up again.
    Paused,
    /// Whether it is still worth what it costs, a year later.
    Worth { cost: String },
}

impl Panel {
    /// Whether the chart has to be seen before it can be answered.
    pub fn follows_the_chart(&self) -> bool {
        matches!(self.question, Question::Signal { .. } | Question::Limits { .. })
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
        let asks = |verb, question| Some(Self { mine: may(verb), question });
        Ok(match measure.state {
            State::Proposed => {
                asks(Verb::FindKeeper, Question::Proposed { keepers: keepers(tx, measure, reader).await? })
            }
            State::Defining | State::Redefining => asks(Verb::Begin, defining(tx, series).await?),
            State::Signal => signal(series, signals).and_then(|question| asks(Verb::Explain, question)),
            State::Rebaselining => {
                let limits = |waiting| limits(series, waiting, may(Verb::Withdraw));
                series.beginnings.waiting.as_ref().and_then(|waiting| asks(Verb::Agree, limits(waiting)))
            }
            State::Stale => asks(Verb::GoOn, Question::Stale),
            State::Paused => asks(Verb::Resume, Question::Paused),
            State::Baseline | State::Live if measure.worth_on <= measure.today(tx.now()) => {
                let cost = measure.cost_minutes.map_or_else(|| "time".to_owned(), minutes_a_week);
                asks(Verb::Affirm, Question::Worth { cost })
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

async fn defining(tx: &mut Tx, series: &Series) -> Result<Question> {
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
    Ok(Question::Defining { missing: measure.missing().join(", "), agreement, compared, anew })
}

fn signal(series: &Series, thrown: &[Thrown]) -> Option<Question> {
    let waiting = waiting(thrown).map(|thrown| thrown.alarm);
    let words = |alarm: Alarm| {
        let at = series.words.at(alarm.period);
        format!("{}, seen {at}", signal_words(alarm.rule, alarm.side, series.study.applied))
    };
    waiting.map(|alarm| Question::Signal { words: words(alarm) })
}

/// What the chart says about a shift, for those who decide on new limits.
pub fn seen(series: &Series, starts: NaiveDate) -> &'static str {
    if shows_shift(series, starts) {
        "The chart shows since then that the level moved: a run, or three of four near a limit."
    } else {
        "The chart shows no run and no three of four near a limit since then: by itself it does not say that the level moved."
    }
}

fn limits(series: &Series, waiting: &NewLimits, theirs: bool) -> Question {
    let last = waiting.baseline_to.map(|last| format!(", made from the values up to {}", series.words.date(last)));
    let words = format!(
        "{} proposes new limits from {} on{}. {}",
        waiting.set_by,
        series.words.date(waiting.starts),
        last.unwrap_or_default(),
        seen(series, waiting.starts)
    );
    Question::Limits { theirs, words, reason: waiting.reason.clone() }
}
