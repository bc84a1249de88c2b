//! A chart with all that stands under it: the reading of the newest value, what was written down, the jumps, the
//! numbers. For the macro `figure` of `templates/measures/figure.html`.

use crate::measures::Series;
use crate::spc::chart::numbers::Row;
use crate::spc::chart::{Chart, Drawing, Note, NoteKind, Size, Start};
use crate::spc::{Cadence, Wording};
use serde::Deserialize;
use std::ops::Range;

/// How many of the values a page shows; the address says it, so that the picture, the table and the file agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    All,
    /// The newest ones that a chart shows well; whatever else an address says.
    #[default]
    #[serde(other)]
    Newest,
}

/// What an address asks for: `?points=all`, and `?number` of who came to enter one.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PointsQuery {
    #[serde(default)]
    pub points: Extent,
    pub number: Option<String>,
}

impl Extent {
    /// How many values are shown at the most.
    pub fn most(self) -> usize {
        match self {
            Self::Newest => Size::Full.shows(),
            Self::All => usize::MAX,
        }
    }

    /// The choice between the newest and all of `all` values, for the page at `address`; nothing while all are drawn.
    pub fn choice(self, all: usize, cadence: Cadence, address: String, newest: String) -> Option<Choice> {
        let (most, periods) = (Self::Newest.most(), cadence.some(all));
        let join = if address.contains('?') { '&' } else { '?' };
        (all > most).then(|| match self {
            Self::Newest => Choice {
                said: format!("The newest {most} of {periods}."),
                address: format!("{address}{join}points=all"),
                words: "Show all".to_owned(),
            },
            Self::All => Choice { said: format!("All {periods}."), address, words: newest },
        })
    }
}

/// A chart with all that stands under it.
#[derive(Clone, Debug)]
pub struct Figure {
    pub name: String,
    /// The chart for narrow and for broad screens.
    pub drawings: [Drawing; 2],
    pub reading: String,
    /// How many values are drawn, and how to see the others; nothing when all are always drawn.
    pub choice: Option<Choice>,
    /// What was written down at the drawn values: number of the flag, when, and the words.
    pub notes: Vec<Written>,
    pub jumps: Option<Jumps>,
    pub period: String,
    pub rows: Vec<Row>,
    pub counts: bool,
    pub noted: bool,
    pub csv: String,
}

/// The choice between the newest and all values.
#[derive(Clone, Debug)]
pub struct Choice {
    pub said: String,
    pub address: String,
    pub words: String,
}

/// Something that was written down, as a line under the chart.
#[derive(Clone, Debug)]
pub struct Written {
    pub number: usize,
    pub period: String,
    pub words: String,
}

/// The jumps from value to value.
#[derive(Clone, Debug)]
pub struct Jumps {
    pub summary: String,
    pub finding: String,
    /// The chart for narrow and for broad screens.
    pub drawings: [Drawing; 2],
}

impl Series {
    /// The chart of a measure's own page with all that stands under it; nothing while there is no value.
    pub fn figure(&self, starts: &[Start], notes: &[Note], extent: Extent) -> Option<Figure> {
        let mut notes = notes.to_vec();
        notes.sort_by_key(|note| note.at);
        let shown = self.newest_range(extent.most());
        let chart = Chart { starts, notes: &notes, newest: extent.most(), ..self.chart("chart", Size::Full) };
        let mut rows = self.sheet(&notes).rows(shown.clone());
        rows.reverse();
        let page = format!("/measures/{}", self.measure.id);
        let newest = format!("Show the newest {}", Extent::Newest.most());
        Some(Figure {
            name: self.measure.name.clone(),
            reading: self.newest()?,
            choice: extent.choice(self.points.len(), self.words.cadence, page.clone(), newest),
            notes: written(&notes, &shown, &self.words, self),
            jumps: chart.jumps().map(|drawings| self.jumps(&chart, drawings)),
            drawings: chart.both(),
            period: heading(self.words.cadence),
            noted: rows.iter().any(|row| !row.note.is_empty()),
            counts: rows.iter().any(|row| !row.denominator.is_empty()),
            rows,
            csv: page + if extent == Extent::All { "/values.csv?points=all" } else { "/values.csv" },
        })
    }

    fn jumps(&self, chart: &Chart<'_>, drawings: [Drawing; 2]) -> Jumps {
        let one = self.words.cadence.one();
        Jumps {
            summary: format!("Show how much it jumps from {one} to {one}"),
            finding: chart.jumps_finding(),
            drawings,
        }
    }
}

/// The heading over a column of periods.
pub fn heading(cadence: Cadence) -> String {
    match cadence {
        Cadence::Week => "Week of".to_owned(),
        Cadence::Day | Cadence::WorkingDay | Cadence::Case => "Day".to_owned(),
        Cadence::Month => "Month".to_owned(),
        Cadence::Count => "Value".to_owned(),
    }
}

fn written(notes: &[Note], shown: &Range<usize>, words: &Wording, series: &Series) -> Vec<Written> {
    let mut number = 0;
    let mut before = None;
    let mut lines = Vec::new();
    for note in notes.iter().filter(|note| note.kind != NoteKind::LeftOut) {
        if before != Some(note.at) {
            number += 1;
            before = Some(note.at);
        }
        let Some(point) = series.points.get(note.at).filter(|_| shown.contains(&note.at)) else { continue };
        let told = format!("{}: {}", note.kind.name(), note.words);
        lines.push(Written { number, period: words.date(point.period), words: told });
    }
    lines
}
