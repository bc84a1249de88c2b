//! The parts of a drawing put together.

use super::content::Size;
use super::drawing::Drawing;
use super::frame::Frame;
use super::picture::Picture;
use super::{brackets, events, flags, key, labels, lines, marks};

/// Draws a picture: the lines below, the values on top, words around them.
pub(super) fn draw(picture: &Picture<'_>, id: &str, title: String, description: String) -> Drawing {
    let events = events::events(picture);
    let key = key::lay_out(picture);
    let frame = Frame::new(picture, events::rows(&events), key::rows(&key));
    let (key, mut texts) = key::draw(&frame, &key);
    texts.extend(labels::axes(picture, &frame));
    texts.extend(events::texts(picture, &frame, &events));
    texts.extend(labels::line_texts(picture, &frame));
    texts.extend(labels::signal_texts(picture, &frame));
    let (flags, numbers) = flags::draw(picture, &frame);
    texts.extend(numbers);
    let mut drawn = lines::lines(picture, &frame, &events);
    let (brackets, named) = brackets::draw(picture, &frame);
    drawn.extend(brackets);
    texts.extend(named);
    drawn.extend(marks::spots(picture, &frame));
    drawn.push(flags);
    drawn.retain(|line| !line.path.is_empty());
    let (width, height) = frame.size;
    Drawing {
        id: id.to_owned(),
        title,
        description,
        size: picture.size.name(),
        dense: picture.dense(),
        shown: "",
        width,
        height,
        stroke: if picture.size == Size::Wall { "5" } else { "2" },
        lines: drawn,
        dots: marks::dots(picture, &frame),
        key,
        texts,
    }
}
