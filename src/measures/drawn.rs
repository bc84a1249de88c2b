//! A series fetched and read, ready to be drawn on any page: the list, the wall, an experiment, a start page.

use super::chart::{Chart, Drawing, Size, Start, Wish, numbers};
use super::definition::Measure;
use super::limits::{Options, Point};
use super::period::with_gaps;
use super::reading::{open_signal, sentence, title};
use super::store::{self, NewLimits, Version, Whose};
use super::study::{PhaseStart, Study, study};
use super::words::Words;
use crate::db::Tx;
use crate::ids::{MeasureId, PersonId};
use chrono::NaiveDate;

/// A measure with its values, as read by the rules.
#[derive(Clone, Debug)]
pub struct Series {
    /// The measure.
    pub measure: Measure,
    /// One point a period, with gaps.
    pub points: Vec<Point>,
    /// The new limits that people began.
    pub phases: Vec<NewLimits>,
    /// The versions of its definition that have begun.
    pub versions: Vec<Version>,
    /// What the values say.
    pub study: Study,
    /// How they were read.
    pub options: Options,
    /// How they are said.
    pub words: Words,
    wish: Option<Wish>,
}

impl Series {
    /// Reads the values of a measure.
    pub fn new(measure: Measure, points: Vec<Point>, phases: Vec<NewLimits>, mut versions: Vec<Version>) -> Self {
        versions.retain(|version| version.version <= measure.definition_version);
        let options = measure.options();
        let words = Words::new(&measure.unit, measure.cadence, &points);
        let study = study(&points, &store::phase_starts(&phases, &versions, &points), &options);
        Self { wish: measure.wish_line(), measure, points, phases, versions, study, options, words }
    }

    /// What there is to know, in one line without a full stop.
    pub fn finding(&self) -> String {
        title(&self.study, &self.points, &self.options, &self.words)
    }

    /// What the process will give, what is wished, and what gets there.
    pub fn outlook(&self) -> String {
        sentence(&self.study, &self.points, &self.options, self.measure.wish, &self.words)
    }

    /// Whether the newest value belongs to a signal.
    pub fn has_signal(&self) -> bool {
        self.study.current().is_some_and(|phase| open_signal(phase, &self.points).is_some())
    }

    /// The value of a period.
    pub fn value_of(&self, period: NaiveDate) -> Option<f64> {
        self.points.iter().rev().find(|point| point.period == period).and_then(Point::present)
    }

    /// Where phases begin and from which values their limits come.
    pub fn starts(&self) -> Vec<PhaseStart> {
        store::phase_starts(&self.phases, &self.versions, &self.points)
    }

    /// A line at the period in which something began, such as an experiment; nothing before or after the series.
    pub fn start(&self, day: NaiveDate, label: impl Into<String>) -> Option<Start> {
        let period = self.measure.cadence.start_of(day);
        let at = self.points.iter().position(|point| point.period == period)?;
        Some(Start { at, label: label.into() })
    }

    /// The chart for a page, once for narrow and once for broad screens; `id` is unique on the page.
    pub fn both(&self, id: &str, starts: &[Start]) -> [Drawing; 2] {
        self.chart(id, starts, Size::Full).both()
    }

    /// The chart in one size; `id` is unique on the page.
    pub fn draw(&self, id: &str, starts: &[Start], size: Size) -> Drawing {
        self.chart(id, starts, size).draw()
    }

    /// The rows of "show the numbers".
    pub fn rows(&self) -> Vec<numbers::Row> {
        numbers::rows(&self.study, &self.points, &self.words)
    }

    /// The measure in a list: its finding and a small chart.
    pub fn small(&self) -> Small {
        let id = format!("chart-{}", self.measure.id);
        Small {
            id: self.measure.id,
            name: self.measure.name.clone(),
            finding: self.finding(),
            signal: self.has_signal(),
            drawing: (!self.points.is_empty()).then(|| self.draw(&id, &[], Size::Small)),
        }
    }

    fn chart<'a>(&'a self, id: &'a str, starts: &'a [Start], size: Size) -> Chart<'a> {
        Chart {
            id,
            points: &self.points,
            study: &self.study,
            options: &self.options,
            words: &self.words,
            wish: self.wish.as_ref(),
            starts,
            size,
            newest: size.shows(),
        }
    }
}

/// A measure in a list, for the macro `small` of `templates/measures/parts.html`.
#[derive(Clone, Debug)]
pub struct Small {
    /// The measure.
    pub id: MeasureId,
    /// Its name.
    pub name: String,
    /// What there is to know.
    pub finding: String,
    /// Whether the newest value belongs to a signal.
    pub signal: bool,
    /// The picture; nothing while there is no value.
    pub drawing: Option<Drawing>,
}

/// One series that the viewer may see, in four queries.
pub async fn load(tx: &mut Tx, id: MeasureId, viewer: PersonId) -> sqlx::Result<Option<Series>> {
    let Some(measure) = store::load(tx, id, viewer).await? else { return Ok(None) };
    of(tx, measure).await.map(Some)
}

/// The series of a measure at hand, in three queries.
pub async fn of(tx: &mut Tx, measure: Measure) -> sqlx::Result<Series> {
    let points = store::points(tx, &measure).await?;
    let phases = store::phases(tx, measure.id).await?;
    let versions = store::versions(tx, measure.id).await?;
    Ok(Series::new(measure, points, phases, versions))
}

/// Many series in four queries, team by team.
pub async fn all(tx: &mut Tx, whose: Whose) -> sqlx::Result<Vec<Series>> {
    let measures = match whose {
        Whose::InSightOf(person) => store::in_sight(tx, person).await?,
        Whose::Team(team) => store::of_team(tx, team).await?,
    };
    let mut points = store::all_points(tx, whose).await?;
    let phases = store::all_phases(tx, whose).await?;
    let versions = store::all_versions(tx, whose).await?;
    let mut series = Vec::with_capacity(measures.len());
    for measure in measures {
        let own = points.iter_mut().find(|(id, _)| *id == measure.id).map(|(_, own)| std::mem::take(own));
        let whole = with_gaps(own.unwrap_or_default(), measure.cadence, &measure.calendar());
        let new_limits = phases.iter().filter(|phase| phase.measure_id == measure.id).cloned().collect();
        let own_versions = versions.iter().filter(|version| version.measure_id == measure.id).cloned().collect();
        series.push(Series::new(measure, whole, new_limits, own_versions));
    }
    Ok(series)
}
