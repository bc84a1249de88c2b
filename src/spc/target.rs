//! What the process gives against what is wished: the voice of the process beside the voice of the business.

use super::tolerance::{above, below};
use super::{Better, Limits};

/// What a process that stays as it is does to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assurance {
    Pass,
    Fail,
    Inconsistent,
}

/// How a target lies to the computed limits; `None` when no side is better.
///
/// A target on a limit counts as inconsistent. Source: `NHSRplotthedots`, `ptd_calculate_assurance_type.R`.
pub fn assurance(limits: &Limits, target: f64, better: Better) -> Option<Assurance> {
    let (fails, passes) = match better {
        Better::Higher => (above(target, limits.unpl), below(target, limits.lnpl)),
        Better::Lower => (below(target, limits.lnpl), above(target, limits.unpl)),
        Better::Neither => return None,
    };
    Some(match (fails, passes) {
        (true, _) => Assurance::Fail,
        (_, true) => Assurance::Pass,
        _ => Assurance::Inconsistent,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::limits::Basis;
    use crate::spc::options::Options;

    #[test]
    fn a_target_beyond_a_limit_is_met_or_missed_for_certain() {
        let basis = Basis { values: 20, ranges: 19, centre: 10.0, spread: 1.0 };
        let limits = Limits::from_basis(basis, &Options::default()).unwrap();
        assert_eq!((limits.unpl, limits.lnpl), (12.66, 7.34));
        let of = |target, better| assurance(&limits, target, better);
        for (target, up, down) in [
            (13.0, Assurance::Fail, Assurance::Pass),
            (12.66, Assurance::Inconsistent, Assurance::Inconsistent),
            (10.0, Assurance::Inconsistent, Assurance::Inconsistent),
            (7.34, Assurance::Inconsistent, Assurance::Inconsistent),
            (7.0, Assurance::Pass, Assurance::Fail),
        ] {
            assert_eq!(of(target, Better::Higher), Some(up), "up, {target}");
            assert_eq!(of(target, Better::Lower), Some(down), "down, {target}");
        }
        assert_eq!(of(13.0, Better::Neither), None);
    }
}
