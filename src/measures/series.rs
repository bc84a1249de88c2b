//! A series fetched and read, ready to be drawn on any page: the list, the wall, an experiment, a start page.

use super::Measure;
use super::alarms;
use super::card::{Condition, condition};
use super::period::with_gaps;
use super::store::{self, Beginnings, Entry, Whose};
use crate::db::{Ask, Questions, Tx};
use crate::ids::{MeasureId, PersonId};
pub use crate::measures::card::MeasureCard;
use crate::spc::chart::{Began, Chart, Drawing, Note, NoteKind, Size, Start, Wish, numbers};
use crate::spc::sentences::{cautions, dated_title, newest_reading, outlook};
use crate::spc::{Cadence, Options, PhaseStart, Point, Study, Wording, study};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::ops::Range;

/// A measure with its values, as read by the rules.
#[derive(Clone, Debug)]
pub struct Series {
    pub measure: Measure,
    /// One point a period, with gaps, freed of the season where the team chose so: what is judged and drawn.
    pub points: Vec<Point>,
    /// The same values as they came.
    counted: Vec<Option<f64>>,
    pub beginnings: Beginnings,
    pub study: Study,
    pub options: Options,
    pub words: Wording,
    wish: Option<Wish>,
    /// The values at which an experiment on the measure began.
    experiments: Vec<usize>,
    /// Of each value whether its signal is explained.
    explained: Vec<bool>,
}

impl Series {
    /// Reads the values of a measure.
    pub fn new(measure: Measure, points: Vec<Point>, beginnings: Beginnings) -> Self {
        let options = measure.options(&points);
        let words = Wording::new(&measure.unit, measure.cadence, &points);
        let study = study(&points, &beginnings.starts(measure.definition_version, &points), &options);
        let counted = points.iter().map(Point::present).collect();
        let points = points.into_iter().zip(&study.values).map(|(point, value)| Point { value: *value, ..point });
        let points: Vec<Point> = points.collect();
        let explained = alarms::explained((&study, &points), &beginnings.explained);
        let place = |day: &NaiveDate| place_of(&points, measure.cadence, *day);
        let experiments = beginnings.experiments.iter().filter_map(place).collect();
        let wish = measure.wish_line();
        Self { measure, points, counted, beginnings, study, options, words, wish, experiments, explained }
    }

    /// Reads what was entered.
    pub fn of_entries(measure: Measure, entries: &[Entry], beginnings: Beginnings) -> Self {
        let points = store::points_of(entries, &measure);
        Self::new(measure, points, beginnings)
    }

    /// The same series with other points in the places of their periods.
    pub fn with(&self, new: impl IntoIterator<Item = Point>) -> Self {
        let came = self.as_counted().into_iter().filter(|point| point.present().is_some());
        let all: BTreeMap<NaiveDate, Point> = came.chain(new).map(|point| (point.period, point)).collect();
        series_of(self.measure.clone(), all.into_values().collect(), self.beginnings.clone())
    }

    /// What there is to know, in one line without a full stop.
    pub fn finding(&self) -> String {
        dated_title(&self.study, &self.points, &self.options, &self.words, &self.experiments)
    }

    /// What makes its limits say less than they seem to.
    pub fn cautions(&self) -> Vec<&'static str> {
        let now = self.study.current().map_or(0, |phase| phase.range.start);
        let has_known_cause = self.explained.iter().skip(now).any(|explained| *explained);
        cautions(&self.study, &self.points, &self.options, has_known_cause)
    }

    /// What the process will give, what is wished, and what gets there.
    pub fn outlook(&self) -> String {
        outlook(&self.study, &self.points, &self.options, self.measure.wish, &self.words)
    }

    /// The value of a period.
    pub fn value_of(&self, period: NaiveDate) -> Option<f64> {
        let at = self.points.iter().rposition(|point| point.period == period)?;
        self.counted[at]
    }

    /// A period to choose from a list, with its value: `12 Oct · 31.5 hours`.
    pub fn option(&self, period: NaiveDate) -> (String, String) {
        let value = self.value_of(period).map(|value| format!(" · {}", self.words.value(value)));
        (period.to_string(), format!("{}{}", self.words.date(period), value.unwrap_or_default()))
    }

    /// The points as they came, for those who read them by the options once more.
    pub fn as_counted(&self) -> Vec<Point> {
        let point = |(point, came): (&Point, &Option<f64>)| Point { value: *came, ..point.clone() };
        self.points.iter().zip(&self.counted).map(point).collect()
    }

    /// Where phases begin and from which values their limits come.
    pub fn starts(&self) -> Vec<PhaseStart> {
        self.beginnings.starts(self.measure.definition_version, &self.points)
    }

    /// What the newest value says by itself; nothing while there is none.
    pub fn newest(&self) -> Option<String> {
        newest_reading(&self.study, &self.points, &self.words)
    }

    /// A line at the period in which an experiment began; nothing before or after the series.
    pub fn start(&self, day: NaiveDate, label: impl Into<String>) -> Option<Start> {
        Some(Start { at: self.place(day)?, what: Began::Experiment, label: label.into() })
    }

    /// Words at the value of the period in which a day lies; nothing before or after the series.
    pub fn note(&self, day: NaiveDate, kind: NoteKind, words: impl Into<String>) -> Option<Note> {
        Some(Note { at: self.place(day)?, kind, words: words.into() })
    }

    /// The place of the period in which a day lies; nothing before or after the series.
    pub fn place(&self, day: NaiveDate) -> Option<usize> {
        place_of(&self.points, self.measure.cadence, day)
    }

    /// The newest values that a page shows, as indexes.
    pub fn newest_range(&self, most: usize) -> Range<usize> {
        self.points.len().saturating_sub(most)..self.points.len()
    }

    /// The chart for a page, once for narrow and once for broad screens; `id` is unique on the page.
    pub fn both(&self, id: &str, starts: &[Start]) -> [Drawing; 2] {
        Chart { starts, ..self.chart(id, Size::Full) }.both()
    }

    /// All values from the first to the newest, however many, for narrow and for broad screens; `notes` in the order of
    /// their values.
    pub fn whole(&self, id: &str, starts: &[Start], notes: &[Note]) -> [Drawing; 2] {
        Chart { starts, notes, newest: usize::MAX, ..self.chart(id, Size::Full) }.both()
    }

    /// The chart in one size; `id` is unique on the page.
    pub fn draw(&self, id: &str, starts: &[Start], size: Size) -> Drawing {
        Chart { starts, ..self.chart(id, size) }.draw()
    }

    /// The numbers as a table and as a file.
    pub fn sheet<'a>(&'a self, notes: &'a [Note]) -> numbers::Sheet<'a> {
        numbers::Sheet {
            points: &self.points,
            counted: &self.counted,
            study: &self.study,
            options: &self.options,
            words: &self.words,
            notes,
        }
    }

    /// The rows of "show the numbers".
    pub fn rows(&self) -> Vec<numbers::Row> {
        self.sheet(&[]).rows(0..self.points.len())
    }

    /// The measure in a list: its finding and a small chart.
    pub fn card(&self) -> MeasureCard {
        self.card_as(&format!("chart-{}", self.measure.id))
    }

    /// The same on a page that shows it more than once; `id` is unique on the page.
    pub fn card_as(&self, id: &str) -> MeasureCard {
        let condition = condition(&self.study, &self.points, &self.explained);
        MeasureCard {
            id: self.measure.id,
            name: self.measure.name.clone(),
            finding: self.finding(),
            signal: condition <= Condition::Three,
            condition,
            state: self.measure.state.words(),
            drawing: (!self.points.is_empty()).then(|| self.draw(id, &[], Size::Small)),
        }
    }

    /// What there is to draw, with the newest values that its size shows and without anything beside the values.
    pub(super) fn chart<'a>(&'a self, id: &'a str, size: Size) -> Chart<'a> {
        Chart {
            id,
            points: &self.points,
            study: &self.study,
            options: &self.options,
            words: &self.words,
            wish: self.wish.as_ref(),
            starts: &[],
            notes: &[],
            experiments: &self.experiments,
            explained: &self.explained,
            axis: &[],
            size,
            newest: size.shows(),
        }
    }
}

fn place_of(points: &[Point], cadence: Cadence, day: NaiveDate) -> Option<usize> {
    let period = cadence.start_of(day);
    points.iter().position(|point| point.period == period)
}

/// One series that the viewer may see: a question that travels with others.
pub fn load(id: MeasureId, viewer: PersonId) -> Ask<Option<Series>> {
    with_rows(store::load(id, viewer), id)
}

/// The series of a measure at hand, in one trip.
pub async fn of(tx: &mut Tx, measure: Measure) -> sqlx::Result<Series> {
    let questions = (store::entries(measure.id), store::beginnings(measure.id));
    let (entries, beginnings) = tx.ask(questions).await?;
    Ok(Series::of_entries(measure, &entries, beginnings))
}

/// The series of a measure, whoever asks: a question that travels with others.
pub fn series(id: MeasureId) -> Ask<Option<Series>> {
    with_rows(store::find(id), id)
}

fn with_rows(measure: Ask<Option<Measure>>, id: MeasureId) -> Ask<Option<Series>> {
    (measure, store::entries(id), store::beginnings(id))
        .joined()
        .map(|(measure, entries, beginnings)| Some(Series::of_entries(measure?, &entries, beginnings)))
}

fn series_of(measure: Measure, values: Vec<Point>, beginnings: Beginnings) -> Series {
    let points = with_gaps(values, measure.cadence, &measure.calendar());
    Series::new(measure, points, beginnings)
}

/// Many series, team by team: a question that travels with others.
pub fn all(whose: Whose) -> Ask<Vec<Series>> {
    let measures = match &whose {
        Whose::Measure(measure) => store::find(*measure).map(|measure| measure.into_iter().collect()),
        Whose::InSightOf(person) => store::in_sight(*person),
        Whose::Team(team) => store::of_team(*team),
        Whose::Listed(measures) => store::listed(measures),
    };
    let questions = (measures, store::points_by_measure(whose.clone()), store::beginnings_by_measure(whose));
    questions.joined().map(|(measures, mut points, mut beginnings)| {
        let series = |measure: Measure| {
            let (points, beginnings) = (points.remove(&measure.id), beginnings.remove(&measure.id));
            series_of(measure, points.unwrap_or_default(), beginnings.unwrap_or_default())
        };
        measures.into_iter().map(series).collect()
    })
}
