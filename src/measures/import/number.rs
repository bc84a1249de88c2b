//! Numbers in a column: whether `1.234` is a little more than one or more than a thousand, only the column can tell.

use crate::web::form::parse_number;

crate::choices! {
    /// The mark before the decimals.
    Decimal {
        Point "point" "With a decimal point: 1.234 is a little more than 1";
        Comma "comma" "With a decimal comma: 1.234 is more than a thousand";
    }
}

impl Decimal {
    fn of(sign: char) -> Self {
        if sign == ',' { Self::Comma } else { Self::Point }
    }

    fn other(self) -> Self {
        if self == Self::Comma { Self::Point } else { Self::Comma }
    }
}

/// What one cell shows about the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Nothing,
    /// The mark before its decimals is this one.
    Mark(Decimal),
    /// Its only mark is this one, and there are three digits behind it.
    Doubt(char),
}

fn shown(cell: &str) -> Shown {
    let dressing = |sign: char| sign.is_whitespace() || matches!(sign, '\'' | '%' | '-' | '+' | '\u{2212}');
    let bare: String = cell.chars().filter(|&sign| !dressing(sign)).collect();
    if bare.contains(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '.' | ',')) {
        return Shown::Nothing;
    }
    let marks: Vec<char> = bare.chars().filter(|sign| !sign.is_ascii_digit()).collect();
    let parts: Vec<&str> = bare.split(['.', ',']).collect();
    match (marks.as_slice(), parts.as_slice()) {
        (&[mark], &[whole, rest]) => {
            let thousands = rest.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
            if thousands { Shown::Doubt(mark) } else { Shown::Mark(Decimal::of(mark)) }
        }
        (&[first, .., last], _) if first != last => Shown::Mark(Decimal::of(last)),
        (&[first, ..], &[_, ref groups @ ..]) if groups.iter().all(|group| group.len() == 3) => {
            Shown::Mark(Decimal::of(first).other())
        }
        _ => Shown::Nothing,
    }
}

/// What the numbers of a column show about the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    point: bool,
    comma: bool,
    /// Whether a number can be read in two ways as long as nothing else says in which.
    pub doubt: bool,
}

impl Marks {
    /// What these cells show.
    pub fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        cells.fold(Self::default(), |marks, cell| match shown(cell) {
            Shown::Mark(Decimal::Point) => Self { point: true, ..marks },
            Shown::Mark(Decimal::Comma) => Self { comma: true, ..marks },
            Shown::Doubt(_) => Self { doubt: true, ..marks },
            Shown::Nothing => marks,
        })
    }

    /// The mark before the decimals, when the column shows one and only one.
    pub fn decimal(self) -> Option<Decimal> {
        match (self.point, self.comma) {
            (true, false) => Some(Decimal::Point),
            (false, true) => Some(Decimal::Comma),
            _ => None,
        }
    }

    /// Whether both marks stand before decimals.
    pub fn are_mixed(self) -> bool {
        self.point && self.comma
    }
}

/// The number in a cell, with the mark before the decimals if that is known.
pub fn read(cell: &str, decimal: Option<Decimal>) -> Result<f64, String> {
    if cell.starts_with(['=', '@']) {
        return Err(format!("{cell:?} is a formula, not a number. Write what it comes to."));
    }
    match (shown(cell), decimal) {
        (Shown::Doubt(mark), Some(decimal)) if Decimal::of(mark) == decimal => parse_number(&cell.replace(mark, ".")),
        (Shown::Doubt(mark), Some(_)) => parse_number(&cell.replace(mark, "")),
        (Shown::Doubt(mark), None) => {
            let (together, longer) = (cell.replace(mark, ""), cell.replace(mark, "."));
            Err(format!(
                "{cell:?} may be read in two ways. Write it as {together}, or with another decimal as {longer}0."
            ))
        }
        (Shown::Mark(Decimal::Comma), _) if !cell.contains(',') => parse_number(&cell.replace('.', "")),
        _ => parse_number(cell),
    }
}

/// Whether there is a number in the cell, possibly one of two.
pub fn is_number(cell: &str) -> bool {
    read(cell, Some(Decimal::Point)).is_ok()
}

/// `3/26`, `3 of 26`, `3 out of 26`, as two cells.
pub fn two(cell: &str) -> Option<(&str, &str)> {
    let (part, whole) =
        cell.split_once('/').or_else(|| cell.split_once(" out of ")).or_else(|| cell.split_once(" of "))?;
    Some((part.trim(), whole.trim())).filter(|(part, whole)| is_number(part) && is_number(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_behind_a_mark_are_read_as_the_column_shows() {
        let mark = |cells: &[&str]| Marks::of(cells.iter().copied()).decimal();
        assert_eq!(mark(&["1.5", "1.234"]), Some(Decimal::Point));
        assert_eq!(mark(&["1,5", "1.234"]), Some(Decimal::Comma));
        assert_eq!(mark(&["1.234.567"]), Some(Decimal::Comma));
        assert_eq!(mark(&["0.125"]), Some(Decimal::Point));
        assert_eq!(mark(&["1.234,5"]), Some(Decimal::Comma));
        assert_eq!(mark(&["1.234", "7", "x", "2e3"]), None);
        assert!(Marks::of(["1,5", "1.5"].into_iter()).are_mixed());
        for (cell, decimal, number) in [
            ("1.234", Decimal::Point, 1.234),
            ("1.234", Decimal::Comma, 1234.0),
            ("-1,234", Decimal::Comma, -1.234),
            ("1,234", Decimal::Point, 1234.0),
            ("1.234.567", Decimal::Comma, 1_234_567.0),
        ] {
            assert_eq!(read(cell, Some(decimal)), Ok(number), "{cell}");
        }
        let refused = read("1.234", None).unwrap_err();
        assert_eq!(refused, "\"1.234\" may be read in two ways. Write it as 1234, or with another decimal as 1.2340.");
        assert_eq!((read("1234", None), read("1.2340", None)), (Ok(1234.0), Ok(1.234)));
    }

    #[test]
    fn formulas_are_no_numbers() {
        for cell in ["=1+1", "+1+1", "@SUM(A1:A3)", "=cmd|' /C calc'!A0", "-2+3", "1.2.3", "٣١", "３１"] {
            assert!(read(cell, Some(Decimal::Point)).unwrap_err().ends_with('.'), "{cell}");
        }
    }
}
