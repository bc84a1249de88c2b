//! A value about to be entered: what it may be for each kind of measure.

use super::{Definition, Kind};
use crate::spc::sentences::wording::plain;

/// A value about to be entered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// The value in the unit of the measure.
    pub value: f64,
    /// What was counted and out of how many, for shares; the sum and how many slips, for slips.
    pub counts: Option<(f64, f64)>,
}

impl Amount {
    /// One number.
    pub fn number(value: f64) -> Self {
        Self { value, counts: None }
    }

    /// So many out of so many, in per cent.
    pub fn share(part: f64, whole: f64) -> Result<Self, String> {
        let whole_numbers = part.fract() == 0.0 && whole.fract() == 0.0;
        if !whole_numbers || part < 0.0 || whole < 0.0 {
            return Err("Both are counts: whole numbers from 0 on.".to_owned());
        }
        if whole == 0.0 {
            return Err("Out of 0 nothing can be said. Leave it out when there was nothing to count.".to_owned());
        }
        if part > whole {
            return Err(format!("{} out of {} is more than all. Check which is which.", plain(part), plain(whole)));
        }
        Ok(Self { value: 100.0 * part / whole, counts: Some((part, whole)) })
    }

    /// The sum of so many slips, as their average.
    pub fn slips(total: f64, slips: f64, least: i64) -> Result<Self, String> {
        if slips.fract() != 0.0 || slips < 1.0 {
            return Err("How many slips there were is a whole number from 1 on.".to_owned());
        }
        #[expect(clippy::cast_precision_loss, reason = "a team has far fewer than 2^52 people")]
        let least = least as f64;
        if slips < least {
            return Err(format!("Fewer than {} slips make no value. Leave the row out.", plain(least)));
        }
        Ok(Self { value: total / slips, counts: Some((total, slips)) })
    }

    /// A value of one number, as the kind of the measure allows it.
    pub fn of(definition: &Definition, value: f64) -> Result<Self, String> {
        match definition.kind {
            Kind::Count if value.fract() != 0.0 || value < 0.0 => {
                Err(format!("{} is no count. Write a whole number from 0 on.", plain(value)))
            }
            Kind::Share => Err("Write what was counted and out of how many, not only the percentage.".to_owned()),
            _ => definition.allows(value).map(|()| Self::number(value)),
        }
    }
}

impl Definition {
    /// Whether a value of it can be this large.
    pub fn allows(&self, value: f64) -> Result<(), String> {
        if let Some(floor) = self.floor.filter(|&floor| value < floor) {
            return Err(format!("{} is less than {}, the least that can occur.", plain(value), self.said(floor)));
        }
        if let Some(ceiling) = self.ceiling.filter(|&ceiling| value > ceiling) {
            return Err(format!("{} is more than {}, the most that can occur.", plain(value), self.said(ceiling)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_takes_what_it_is_made_of() {
        let of = |kind: Kind, value: f64| {
            Amount::of(&Definition { kind, floor: kind.floor(), ..Definition::default() }, value)
        };
        assert_eq!(of(Kind::Count, 3.0), Ok(Amount::number(3.0)));
        assert!(of(Kind::Count, 2.5).is_err());
        assert!(of(Kind::Duration, -1.0).is_err());
        assert!(of(Kind::Number, -1.0).is_ok());
        assert!(of(Kind::Share, 50.0).is_err());
        assert_eq!(Amount::share(3.0, 26.0).map(|amount| amount.counts), Ok(Some((3.0, 26.0))));
        assert!(Amount::share(27.0, 26.0).is_err() && Amount::share(0.0, 0.0).is_err());
    }

    #[test]
    fn too_few_slips_make_no_value() {
        assert_eq!(Amount::slips(92.0, 8.0, 8), Ok(Amount { value: 11.5, counts: Some((92.0, 8.0)) }));
        assert!(Amount::slips(80.0, 7.0, 8).is_err());
        assert!(Amount::slips(80.0, 8.5, 8).is_err());
    }
}
