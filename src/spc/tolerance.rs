//! When a figure lies beyond a line and when it lies on it.
//!
//! Binary rounding must neither make nor hide a signal: within a billionth of its size, or of 1 if that is larger, a
//! figure is on the line. The lines move out by that much once, so that a comparison stays a comparison.

/// Two figures closer than this share of their size are the same.
pub const TOLERANCE: f64 = 1e-9;

/// A figure larger than this lies above `line`, not on it.
pub fn just_above(line: f64) -> f64 {
    line + TOLERANCE * line.abs().max(1.0)
}

/// A figure smaller than this lies below `line`, not on it.
pub fn just_below(line: f64) -> f64 {
    line - TOLERANCE * line.abs().max(1.0)
}

/// Whether `figure` lies above `line`, not on it.
pub fn above(figure: f64, line: f64) -> bool {
    figure > just_above(line)
}

/// Whether `figure` lies below `line`, not on it.
pub fn below(figure: f64, line: f64) -> bool {
    figure < just_below(line)
}

/// Whether two figures are the same within the tolerance.
pub fn on_line(figure: f64, line: f64) -> bool {
    !above(figure, line) && !below(figure, line)
}
