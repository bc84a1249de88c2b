//! What all parts of a drawing measure with: coordinates, widths of words, outlines of marks.

use super::drawing::Text;
pub(super) use crate::spc::arithmetic::float;

/// Height of a row of text in the drawing.
pub(super) const ROW: f64 = 18.0;
/// Space taken by one letter of the 14 px labels, on the safe side.
pub(super) const LETTER: f64 = 7.4;

/// A coordinate with at most one decimal, so that long series stay small.
pub(super) fn place(figure: f64) -> String {
    let text = format!("{figure:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

pub(super) fn text(x: f64, y: f64, anchor: &'static str, words: String) -> Text {
    Text { class: "chart-label", x: place(x), y: place(y), anchor, words }
}

pub(super) fn width(words: &str) -> f64 {
    float(words.chars().count()) * LETTER
}

/// Words cut at a length, with an ellipsis; the description and the page have them in full.
pub(super) fn short(words: &str, longest: usize) -> String {
    if words.chars().count() <= longest {
        return words.to_owned();
    }
    let start: String = words.chars().take(longest.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

pub(super) fn square_path(x: f64, y: f64, half: f64) -> String {
    let side = place(half * 2.0);
    format!("M{} {}h{side}v{side}h-{side}z", place(x - half), place(y - half))
}

pub(super) fn circle_path(x: f64, y: f64, radius: f64) -> String {
    let (radius, across) = (place(radius), place(radius * 2.0));
    format!(
        "M{} {}a{radius} {radius} 0 0 0 0-{across} {radius} {radius} 0 0 0 0 {across}",
        place(x),
        place(y + half_of(&across))
    )
}

fn half_of(across: &str) -> f64 {
    across.parse::<f64>().map_or(0.0, |across| across / 2.0)
}

pub(super) fn diamond_path(x: f64, y: f64, half: f64) -> String {
    let size = place(half);
    format!("M{} {}l{size} {size}-{size} {size}-{size}-{size}z", place(x), place(y - half))
}

/// A triangle that points up to its value.
pub(super) fn triangle_path(x: f64, y: f64, half: f64) -> String {
    let (size, across) = (place(half), place(half * 2.0));
    format!("M{} {}l{size} {across}h-{across}z", place(x), place(y - half))
}
