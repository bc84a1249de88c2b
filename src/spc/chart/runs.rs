//! Runs: the stretches of values on one side of the average, and the room that their brackets take.

use super::geometry::ROW;
use super::picture::Picture;
use crate::spc::Side;

/// The room of a bracket with its words, and of one without.
const NAMED: f64 = ROW + 8.0;
const BARE: f64 = 8.0;
/// With more values than this a bracket is too narrow for words, and the key has them.
const MOST_NAMED: usize = 60;

/// A run that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) values: usize,
    pub(super) side: Side,
    pub(super) explained: bool,
}

/// Whether the brackets have words.
pub(super) fn are_named(picture: &Picture<'_>) -> bool {
    picture.has_text() && picture.shown.len() <= MOST_NAMED
}

/// The room that brackets take above and below the plot.
pub(super) fn bands(picture: &Picture<'_>) -> (f64, f64) {
    let runs = runs(picture);
    let room = |side| match runs.iter().any(|run| run.side == side) {
        true if are_named(picture) => NAMED,
        true => BARE,
        false => 0.0,
    };
    (room(Side::Above), room(Side::Below))
}

/// The runs of the shown part, oldest first. A run ends where another phase begins.
pub(super) fn runs(picture: &Picture<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut goes_on = false;
    for at in picture.shown.clone().filter(|_| !picture.jumps && !picture.dense()) {
        goes_on &= !picture.stretches.iter().any(|stretch| stretch.range.start == at);
        if picture.points[at].counted().is_none() {
            continue;
        }
        let Some(side) = picture.mark(at).run else {
            goes_on = false;
            continue;
        };
        let explained = picture.is_explained(at);
        match runs.last_mut().filter(|run| goes_on && run.side == side) {
            Some(run) => {
                (run.last, run.values) = (at, run.values + 1);
                run.explained &= explained;
            }
            None => runs.push(Run { first: at, last: at, values: 1, side, explained }),
        }
        goes_on = true;
    }
    runs
}
