//! The chart of a series as a picture that stands alone: a file to open in a browser or to put into a document.

use super::answer::without_excluded;
use super::input::Series;
use super::options::Chosen;
use crate::spc::chart::{Began, Chart, Size, Start, Wish};
use crate::spc::options::PROVISIONAL_FROM;
use crate::spc::sentences::wording::plain;
use crate::spc::{Options, Point, Wording, study};
use askama::Template;

/// On a page the style sheet of the product gives the colours; alone the picture brings its own.
const STYLE: &str = include_str!("picture.css");

/// The picture as SVG, with limits from six values on, as on a page.
pub fn picture(series: &Series, chosen: &Chosen) -> String {
    let options = Options { limits_from: PROVISIONAL_FROM, ..chosen.options.clone() };
    let points = without_excluded(&series.points, &chosen.excluded);
    let mut read = study(&points, &chosen.starts, &options);
    for phase in &mut read.phases {
        // Limits from all values there are move with the next one: nobody locked them.
        phase.locked = phase.baseline != phase.range;
    }
    let adjusted = |(point, &value): (Point, &Option<f64>)| Point { value, ..point };
    let points: Vec<Point> = points.into_iter().zip(&read.values).map(adjusted).collect();
    let words = Wording::new("", series.cadence, &points);
    let wish = chosen.target.map(|value| Wish { value, label: format!("target {}", plain(value)) });
    let since = chosen.evaluated.as_ref().map(|range| Start {
        at: range.start,
        what: Began::Experiment,
        label: "evaluated from here".to_owned(),
    });
    let chart = Chart {
        id: "chart",
        points: &points,
        study: &read,
        options: &options,
        words: &words,
        wish: wish.as_ref(),
        starts: since.as_slice(),
        notes: &[],
        experiments: &[],
        explained: &[],
        axis: &[],
        size: Size::Full,
        newest: usize::MAX,
    };
    stand_alone(&chart.draw().render().unwrap_or_default())
}

/// A drawing for a page as a file: XML, which wants a namespace and a value for every attribute, with its own style.
fn stand_alone(drawn: &str) -> String {
    drawn
        .replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1)
        .replacen("<title ", &format!("<style>{STYLE}</style>\n<title "), 1)
        .replace("\" data-signal/>", "\" data-signal=\"\"/>")
}
