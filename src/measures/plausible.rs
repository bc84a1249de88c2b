//! Whether a number looks like what a measure has shown; one that lies far outside is asked about once.

use super::Series;
use crate::locale::{self, Locale};
use crate::spc::Point;

/// So many times the distance from the average to a limit is far outside.
const FAR: f64 = 3.0;
/// So many times the largest value is far outside.
const TIMES: f64 = 10.0;

/// The question about a number that lies far outside of what a measure has shown, or that would fit with the decimal mark
/// at another place; nothing for a number that fits.
pub fn question(series: &Series, value: f64, typed: &str) -> Option<String> {
    let Some((low, high)) = usual(series) else {
        let two_ways = "may be read in two ways. Write it without the mark for thousands, or with a";
        let mark = Locale::reader().decimal_word();
        return with_thousands(&locale::typed(typed)).map(|_| format!("\u{201c}{typed}\u{201d} {two_ways} {mark}."));
    };
    let half = (high - low) / 2.0;
    let fits = |value: f64| (low..=high).contains(&value);
    let meant = meant(typed, fits);
    let largest = shown(series).map(f64::abs).fold(0.0, f64::max);
    let far = (value - f64::midpoint(low, high)).abs() > FAR * half || value.abs() > TIMES * largest;
    if fits(value) || !(far || meant.is_some()) {
        return None;
    }
    let asked = match meant {
        Some(meant) => format!("Did you mean {}?", locale::figure(meant)),
        None => "Is it right?".to_owned(),
    };
    Some(format!("{typed} is far outside what this measure has shown. {asked} If {typed} is right, send it again."))
}

/// `2,950`, as English writes it, with its comma as a mark for thousands; nothing for what is read in one way.
pub fn with_thousands(typed: &str) -> Option<f64> {
    let (whole, rest) = typed.trim().split_once(',')?;
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_so = matches!(whole.len(), 1..=3) && rest.len() == 3 && figures(whole) && figures(rest);
    if is_so && !whole.starts_with('0') { format!("{whole}{rest}").parse().ok() } else { None }
}

/// Between what the values lie: the limits that hold, or from the least to the largest value while there are none.
fn usual(series: &Series) -> Option<(f64, f64)> {
    if let Some(limits) = series.study.current().and_then(|phase| phase.limits).filter(|limits| !limits.flat()) {
        return Some((limits.lnpl, limits.unpl));
    }
    let least = shown(series).reduce(f64::min)?;
    let largest = shown(series).reduce(f64::max)?;
    (largest > least && shown(series).nth(2).is_some()).then_some((least, largest))
}

fn shown(series: &Series) -> impl Iterator<Item = f64> + '_ {
    series.points.iter().filter_map(Point::counted)
}

/// The same digits with the decimal mark where the number fits, the one with most digits before it first.
fn meant(typed: &str, fits: impl Fn(f64) -> bool) -> Option<String> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let others = typed.trim().trim_start_matches(['-', '\u{2212}']).chars();
    if digits.len() > 15 || others.into_iter().any(|sign| !sign.is_ascii_digit() && !matches!(sign, '.' | ',')) {
        return None;
    }
    let sign = if typed.trim().starts_with(['-', '\u{2212}']) { "-" } else { "" };
    let placed = |before: usize| {
        let (whole, rest) = digits.split_at_checked(before)?;
        Some(if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") })
    };
    let read = |text: &String| text.parse::<f64>().is_ok_and(&fits);
    (1..=digits.len()).rev().filter_map(placed).find(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimal_mark_is_put_where_the_number_fits() {
        let fits = |value: f64| (21.0..=39.0).contains(&value);
        let meant = |typed: &str| meant(typed, fits);
        assert_eq!(meant("2,950").as_deref(), Some("29.50"));
        assert_eq!(meant("295").as_deref(), Some("29.5"));
        assert_eq!(meant("3.1").as_deref(), Some("31"));
        assert_eq!(meant("4.5"), None);
        assert_eq!(meant("2h50"), None, "no other reading of what is no plain number");
        assert_eq!(meant("-295"), None);
        assert_eq!(
            [with_thousands("2,950"), with_thousands("2,95"), with_thousands("0,950")],
            [Some(2950.0), None, None]
        );
    }
}
