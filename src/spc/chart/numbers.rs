//! The numbers behind the picture: the same values as a table to read and as a file to take along.

use super::jumps;
use super::notes::{self, Note, NoteKind};
use crate::spc::sentences::description::usual_range;
use crate::spc::sentences::signals::all_signals;
use crate::spc::sentences::wording::{decimals, decimals_of, plain};
use crate::spc::tolerance::on_line;
use crate::spc::{Bounds, Options, Point, Study, Wording};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// One period of the table, ready to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub period: String,
    /// The value with its unit, or `no value`.
    pub value: String,
    /// What was counted; empty if nothing was.
    pub numerator: String,
    /// What it was counted out of; empty if nothing was.
    pub denominator: String,
    /// The usual range of the phase; empty while there is none.
    pub usual_range: String,
    /// The jump from the value before; empty where there is none.
    pub jump: String,
    /// The signals the value belongs to, in words; empty for routine variation.
    pub signal: String,
    /// What was written down, with the number of its flag; empty if nothing was.
    pub note: String,
}

/// A series as numbers.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    pub points: &'a [Point],
    /// The values as they came, where they are drawn freed of the season.
    pub counted: &'a [Option<f64>],
    pub study: &'a Study,
    pub options: &'a Options,
    pub words: &'a Wording,
    /// What was written down at values, in order.
    pub notes: &'a [Note],
}

/// The heads of the columns of the file.
const HEADS: &str = "period value as_it_came numerator denominator mean lower_limit upper_limit moving_range signal note \
                     excluded_reason";

impl Sheet<'_> {
    /// The drawn periods, oldest first.
    pub fn rows(&self, shown: Range<usize>) -> Vec<Row> {
        let jumps = jumps::jumps(self.study, self.points, self.options);
        let numbers: Vec<(usize, usize)> =
            notes::numbered(self.notes).map(|(number, notes)| (notes[0].at, number)).collect();
        let figure = |figure: Option<f64>| figure.filter(|figure| figure.is_finite()).map(plain).unwrap_or_default();
        let places = self.places(shown.clone());
        let row = |at: usize| {
            let point = &self.points[at];
            let written = self.written(at);
            let number = numbers.iter().find(|(flagged, _)| *flagged == at).map(|(_, number)| format!("{number} · "));
            Row {
                period: self.words.date(point.period),
                value: self.value(at, places),
                numerator: figure(point.numerator),
                denominator: figure(point.denominator),
                usual_range: self.usual_range(at),
                jump: jumps[at].map(|jump| self.words.rounded(jump, places)).unwrap_or_default(),
                signal: self.signal(at),
                note: format!("{}{written}", number.unwrap_or_default()),
            }
        };
        shown.filter(|&at| at < self.points.len()).map(row).collect()
    }

    /// The drawn periods as CSV, oldest first: figures as they are, words as in the table.
    pub fn csv(&self, shown: Range<usize>) -> csv::Result<Vec<u8>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(HEADS.split(' '))?;
        let jumps = jumps::jumps(self.study, self.points, self.options);
        let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
        for at in shown.filter(|&at| at < self.points.len()) {
            let (point, bounds) = (&self.points[at], self.bounds(at));
            let mean = self.study.phase_of(at).and_then(|phase| phase.mean);
            let figures = [
                point.present(),
                self.came(at),
                point.numerator,
                point.denominator,
                mean,
                bounds.lower,
                bounds.upper,
                jumps[at],
            ];
            let words = [
                all_signals(self.study.marks.get(at).copied().unwrap_or_default(), self.study.applied),
                self.written(at),
                self.why_left_out(at),
            ];
            let cells = [point.period.to_string()].into_iter();
            writer.write_record(cells.chain(figures.map(figure)).chain(words.map(harmless)))?;
        }
        writer.into_inner().map_err(|error| error.into_error().into())
    }

    /// The value as it came.
    fn came(&self, at: usize) -> Option<f64> {
        self.counted.get(at).copied().unwrap_or_else(|| self.points[at].present())
    }

    /// The decimals of the value that has most, so that a list has one number of them.
    fn places(&self, shown: Range<usize>) -> usize {
        let shown = shown.filter(|&at| at < self.points.len());
        let values = shown.flat_map(|at| [self.points[at].present(), self.came(at)]).flatten();
        values.map(decimals_of).max().unwrap_or_default()
    }

    /// The value as it is drawn, and behind it how it came where that is another one.
    fn value(&self, at: usize, places: usize) -> String {
        let Some(drawn) = self.points[at].present() else { return "no value".to_owned() };
        let came = self.came(at).filter(|came| !on_line(*came, drawn));
        let came = came.map(|came| format!(" (came as {})", self.words.rounded(came, places)));
        format!("{}{}", self.words.rounded(drawn, places), came.unwrap_or_default())
    }

    fn bounds(&self, at: usize) -> Bounds {
        self.study.phase_of(at).map(|phase| phase.bounds(at)).unwrap_or_default()
    }

    fn usual_range(&self, at: usize) -> String {
        let limits = self.study.phase_of(at).and_then(|phase| phase.limits);
        let bounds = self.bounds(at);
        let said = limits.map(|limits| usual_range(bounds.lower, bounds.upper, self.words, decimals(&limits) + 1));
        said.unwrap_or_default()
    }

    fn signal(&self, at: usize) -> String {
        let signal = all_signals(self.study.marks.get(at).copied().unwrap_or_default(), self.study.applied);
        let left_out = match (self.points[at].excluded, self.why_left_out(at)) {
            (false, _) => String::new(),
            (true, reason) if reason == "left out" => reason,
            (true, reason) => format!("left out: {reason}"),
        };
        [signal, left_out].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// What was written down, without the reason why a value is left out.
    fn written(&self, at: usize) -> String {
        notes::words(self.notes, at, |kind| kind != NoteKind::LeftOut)
    }

    /// Why a value is left out; empty for all others.
    fn why_left_out(&self, at: usize) -> String {
        let reason = self.notes.iter().find(|note| note.at == at && note.kind == NoteKind::LeftOut);
        match (self.points[at].excluded, reason) {
            (false, _) => String::new(),
            (true, None) => "left out".to_owned(),
            (true, Some(note)) => note.words.clone(),
        }
    }
}

/// Spreadsheets take words that begin like this for a formula and would run what somebody typed; some do so with the wide and
/// the small forms of these signs, and behind blanks.
fn harmless(words: String) -> String {
    let first = words.chars().find(|letter| !letter.is_whitespace() && !is_unseen(*letter));
    let mut plain = first.into_iter().nfkc();
    let is_formula =
        words.starts_with(char::is_control) || plain.any(|sign| matches!(sign, '=' | '+' | '-' | '@' | '\u{2212}'));
    if is_formula { format!("'{words}") } else { words }
}

/// Signs without a shape, which stand in front of nothing that is seen.
fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_words_begin_like_a_formula() {
        let formulas = [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "\0=1",
            " =1+1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}@x",
            "\u{ff1d}1+1",
            "\u{ff0b}1",
            "\u{ff0d}1",
            "\u{ff20}SUM(A1)",
            "\u{fe66}1",
            "\u{fe62}1",
            "\u{fe63}1",
            "\u{fe6b}x",
            "\u{2212}1",
            "\u{3000}\u{ff1d}1",
        ];
        for words in formulas {
            assert_eq!(harmless(words.into()), format!("'{words}"), "{words:?}");
        }
        for words in ["", "the sheet = old", "a-b", "2 + 2", "\u{201c}=\u{201d}", "\u{fc}ber", "\u{2014} nothing"] {
            assert_eq!(harmless(words.into()), words);
        }
    }
}
