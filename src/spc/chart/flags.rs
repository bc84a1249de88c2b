//! What was written down at values: numbered flags under the axis, so that they never stand on the data.

use super::drawing::{Line, Text};
use super::frame::Frame;
use super::geometry::{float, text};
use super::picture::Picture;

/// Space taken by one digit of a number.
const DIGIT: f64 = 9.0;

/// All flags as one path, and the numbers there is room for. Where flags would cover each other, the first stands for
/// its neighbours; the table has them all.
pub(super) fn draw(picture: &Picture<'_>, frame: &Frame) -> (Line, Vec<Text>) {
    let (mut path, mut numbers) = (String::new(), Vec::new());
    let (mut marked, mut written) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let shown = picture.flagged().filter(|(at, ..)| picture.has_text() && picture.shown.contains(at));
    for (at, number, kind) in shown {
        let x = frame.x(at);
        // A flag at a gap is a mark of its own, with words.
        let walked = picture.points[at].present().is_none() && !picture.dense();
        if x - marked >= 8.0 && !walked {
            path += &kind.path(x, frame.flags());
            marked = x;
        }
        let number = number.to_string();
        let half = float(number.len()) * DIGIT / 2.0;
        if x - half > written + DIGIT / 2.0 {
            let number = text(x, frame.flags() + 17.0, "middle", number);
            numbers.push(Text { class: "chart-label chart-flag-number", ..number });
            written = x + half;
        }
    }
    (Line { class: "chart-flag", path }, numbers)
}
