//! A measure in a list: its name, where it stands, its finding and a small chart.

use super::State;
use crate::ids::MeasureId;
use crate::spc::chart::Drawing;
use crate::spc::sentences::open_signal;
use crate::spc::{Point, Rule, Study};

/// A measure in a list, for the macro `small` of `templates/measures/parts.html`.
#[derive(Clone, Debug)]
pub struct MeasureCard {
    pub id: MeasureId,
    pub name: String,
    pub finding: String,
    pub signal: bool,
    pub condition: Condition,
    /// What there is to say of its life, such as `paused`; empty while values simply come.
    pub state: &'static str,
    /// The picture; nothing while there is no value.
    pub drawing: Option<Drawing>,
}

/// Where a measure stands now, in the order of a list: what has most to say comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    Outside,
    /// The newest value belongs to a run of eight.
    Run,
    /// The newest value is one of three of four near a limit.
    Three,
    /// The newest value belongs to a signal that somebody explained.
    Explained,
    Quiet,
    TooFew,
    Empty,
}

impl Condition {
    /// The word at the mark.
    pub fn words(self) -> &'static str {
        match self {
            Self::Outside | Self::Run | Self::Three => "signal",
            Self::Explained => "signal, explained",
            Self::Quiet => "no signal",
            Self::TooFew => "too few values",
            Self::Empty => "no values yet",
        }
    }

    /// The shape of its mark, for the macro `standing_mark`.
    pub fn shape(self) -> &'static str {
        match self {
            Self::Outside => "diamond",
            Self::Run => "disc",
            Self::Three => "square",
            Self::Explained | Self::Quiet => "line",
            Self::TooFew | Self::Empty => "hollow",
        }
    }
}

/// Whether a measure is kept: somebody has found a keeper, and it is not over.
pub fn is_kept(state: State) -> bool {
    state.is_open() && state != State::Proposed
}

/// Where a series stands.
pub(super) fn condition(study: &Study, points: &[Point], explained: &[bool]) -> Condition {
    let Some(phase) = study.current().filter(|_| points.iter().any(|point| point.present().is_some())) else {
        return Condition::Empty;
    };
    if phase.limits.is_none() {
        return Condition::TooFew;
    }
    let open = open_signal(phase, points);
    let newest = open.and_then(|signal| signal.points.last());
    if newest.and_then(|at| explained.get(*at)).copied().unwrap_or_default() {
        return Condition::Explained;
    }
    match open.map(|signal| signal.rule) {
        Some(Rule::Outside) => Condition::Outside,
        Some(Rule::RunOfEight) => Condition::Run,
        Some(Rule::ThreeOfFour) => Condition::Three,
        None => Condition::Quiet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_kept_from_its_keeper_to_its_end() {
        let others = State::ALL.iter().copied().filter(|state| !is_kept(*state));
        assert_eq!(others.collect::<Vec<_>>(), [State::Proposed, State::Declined, State::Retired]);
    }
}
