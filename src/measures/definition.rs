//! What a measure is: its definition, who has to do with it, and the team's time in which it lives.

use super::chart_choices::ChartChoices;
use super::machine::step;
use super::{Part, State, Verb};
use crate::balls::PlacedBall;
use crate::calendar::{Calendar, Written};
use crate::error::Error;
use crate::ids::{MeasureId, PersonId, TeamId};
use crate::moves::{Mover, Refusal};
use crate::people::Person;
use crate::spc::chart::Wish;
use crate::spc::sentences::wording::{Unit, plain};
use crate::spc::{Better, Cadence, Options, Point};
use chrono::{DateTime, NaiveDate, Utc};

crate::choices! {
    /// What a value is made of.
    #[derive(Default, serde::Serialize)]
    Kind {
        Duration "duration" "A duration": "Such as hours until a quote is sent.";
        Count "count" "A count": "How many: whole numbers from 0 on.";
        Share "share" "A share": "So many out of so many, shown in per cent. Both counts are kept.";
        Amount "amount" "An amount": "Of money, such as the value of one order.";
        Slips "slips" "Nameless slips":
            "Each person of the team gives one number. Only the sum and how many they were are kept.";
        #[default]
        Number "number" "Another number": "Such as a grade or a temperature; below 0 is possible.";
    }
}

impl Kind {
    /// The least that can occur, unless a measure says something else.
    pub fn floor(self) -> Option<f64> {
        (self != Self::Number).then_some(0.0)
    }
}

/// A measure as its team agreed on it, and where it is.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Measure {
    pub id: MeasureId,
    pub team_id: TeamId,
    pub team: String,
    /// The working time of that team, in which periods and clocks are meant.
    #[sqlx(flatten)]
    pub time: Written,
    pub leader_id: Option<PersonId>,
    /// Who proposed the new limits that wait for a second person.
    pub proposer_id: Option<PersonId>,
    pub state: State,
    #[sqlx(flatten)]
    pub definition: Definition,
    #[sqlx(flatten)]
    pub chart: ChartChoices,
    pub keeper: String,
    /// Which version of the definition holds now, from 1.
    pub definition_version: i64,
    /// The day from which it is asked whether it is still worth its minutes.
    pub worth_on: NaiveDate,
    /// The day on which it wakes, while it is paused.
    pub paused_until: Option<NaiveDate>,
    /// The day from which on values are expected: when it began, or was taken up again.
    pub asked_from: NaiveDate,
    pub created_at: DateTime<Utc>,
    pub version: i64,
    /// Who owes the next move, as it was when the measure was read.
    #[sqlx(flatten)]
    pub placed: PlacedBall,
}

impl std::ops::Deref for Measure {
    type Target = Definition;

    fn deref(&self) -> &Definition {
        &self.definition
    }
}

/// What is written down about a measure.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Definition {
    pub name: String,
    pub question: String,
    pub how_counted: String,
    pub kind: Kind,
    pub cadence: Cadence,
    /// The unit; a share is always in per cent.
    pub unit: String,
    pub better: Better,
    /// Who enters and watches it; a member of the team.
    #[serde(rename(serialize = "keeper"))]
    pub keeper_id: PersonId,
    pub source: String,
    /// What the business wishes, in the unit of the measure.
    pub wish: Option<f64>,
    pub wish_by: String,
    pub wish_words: String,
    pub not_used_for: String,
    /// What it costs, in minutes a week.
    pub cost_minutes: Option<i64>,
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    /// With fewer nameless slips than this a period has no value.
    pub least_slips: Option<i64>,
}

/// Below this many slips a sum would tell too much about one of them.
pub const LEAST_SLIPS: i64 = 5;

impl Definition {
    /// What is still missing before it can begin, in the words of its form.
    pub fn missing(&self) -> Vec<&'static str> {
        let empty = |text: &str| text.trim().is_empty();
        let needed = [
            (empty(&self.how_counted), "how we count it"),
            (empty(&self.source), "where the numbers come from"),
            (empty(&self.unit) && self.kind != Kind::Count, "the unit"),
            (empty(&self.not_used_for), "what it will not be used for"),
            (self.cost_minutes.is_none(), "what it costs"),
        ];
        needed.into_iter().filter(|(missing, _)| *missing).map(|(_, words)| words).collect()
    }

    /// A mark of what is written down; it changes when any of it does.
    pub fn mark(&self) -> i64 {
        let hash = crate::world::hash_of(&format!("{self:?}"));
        let bytes: [u8; 8] = std::array::from_fn(|at| hash[at]);
        i64::from_be_bytes(bytes) >> 1
    }

    /// What a new text changes, for the history: `unit: hours → days`.
    pub fn differences(&self, new: &Self) -> String {
        let figure = |figure: Option<f64>| figure.map_or_else(|| "none".to_owned(), plain);
        let parts = [
            ("name", self.name.clone(), new.name.clone()),
            ("question", self.question.clone(), new.question.clone()),
            ("how we count it", self.how_counted.clone(), new.how_counted.clone()),
            ("unit", self.unit.clone(), new.unit.clone()),
            ("better", self.better.name().to_owned(), new.better.name().to_owned()),
            ("source", self.source.clone(), new.source.clone()),
            ("wished by", self.wish_by.clone(), new.wish_by.clone()),
            ("why wished", self.wish_words.clone(), new.wish_words.clone()),
            ("not used for", self.not_used_for.clone(), new.not_used_for.clone()),
            ("wish", figure(self.wish), figure(new.wish)),
            ("least", figure(self.floor), figure(new.floor)),
            ("most", figure(self.ceiling), figure(new.ceiling)),
        ];
        let changed = parts.into_iter().filter(|(_, old, new)| old != new);
        changed.map(|(name, old, new)| format!("{name}: {old} → {new}")).collect::<Vec<_>>().join("\n")
    }

    /// A value of it in words: `31.5 hours`.
    pub fn said(&self, value: f64) -> String {
        Unit(self.unit.clone()).with(&plain(value))
    }

    /// What is wished, as a line of the chart.
    pub fn wish_line(&self) -> Option<Wish> {
        let by = if self.wish_by.is_empty() { String::new() } else { format!(" ({})", self.wish_by) };
        self.wish.map(|value| Wish { value, label: format!("wish {}{by}", plain(value)) })
    }

    /// With how few slips a period still has a value.
    pub fn least_slips(&self) -> i64 {
        self.least_slips.unwrap_or(LEAST_SLIPS).max(LEAST_SLIPS)
    }
}

impl Measure {
    /// How its series is read.
    pub fn options(&self, points: &[Point]) -> Options {
        Options {
            floor: self.floor,
            ceiling: self.ceiling,
            better: self.better,
            spread: self.chart.spread,
            rules: self.chart.rules,
            limits: self.chart.limits,
            season: self.chart.season.positions(points),
            ..Options::default()
        }
    }

    /// Whether this person may enter values and begin new limits: the keeper or the leader of the team.
    pub fn is_kept_by(&self, person: PersonId) -> bool {
        person == self.keeper_id || self.leader_id == Some(person)
    }

    /// The parts that whoever moves plays for it.
    pub fn parts_of(&self, mover: Mover<'_>) -> Vec<Part> {
        let Mover::Person(person) = mover else { return vec![Part::Clock] };
        let leads = self.leader_id == Some(person.id);
        let mate = leads || person.roles.iter().any(|(_, team)| *team == Some(self.team_id));
        let parts = [
            (Part::Keeper, self.keeper_id == person.id),
            (Part::Leader, leads),
            (Part::Proposer, self.proposer_id == Some(person.id)),
            (Part::Second, mate && self.proposer_id.is_some_and(|proposer| proposer != person.id)),
            (Part::Mate, mate),
            (Part::Other, true),
        ];
        parts.into_iter().filter(|(_, plays)| *plays).map(|(part, _)| part).collect()
    }

    /// Where a verb leads when this one does it.
    pub fn step(&self, verb: Verb, by: Mover<'_>) -> Result<State, Refusal> {
        step(self.state, verb, &self.parts_of(by))
    }

    /// Lets in those whose verb it is, whether or not it is possible now.
    pub fn admit(&self, verb: Verb, person: &Person) -> Result<(), Error> {
        match self.step(verb, Mover::Person(person)) {
            Err(Refusal::NotYours(_)) => Err(Error::Forbidden(verb.whose())),
            _ => Ok(()),
        }
    }

    /// Refuses those who are not of its team; `whose` says who does it.
    pub fn of_team(&self, by: Mover<'_>, whose: &str) -> Result<(), Refusal> {
        if self.parts_of(by).contains(&Part::Mate) { Ok(()) } else { Err(Refusal::not_yours(whose)) }
    }

    /// The working time of its team.
    pub fn calendar(&self) -> Calendar {
        self.time.calendar()
    }

    /// The date on the team's wall.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        self.calendar().date_of(now)
    }

    /// The newest period that has begun.
    pub fn this_period(&self, now: DateTime<Utc>) -> NaiveDate {
        let calendar = self.calendar();
        self.cadence.current(calendar.date_of(now), &calendar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_says_what_it_lacks() {
        let empty = Definition::default();
        assert_eq!(empty.missing().len(), 5);
        let counted = Definition { kind: Kind::Count, ..Definition::default() };
        assert!(!counted.missing().contains(&"the unit"));
    }
}
