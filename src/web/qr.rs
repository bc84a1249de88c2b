//! A link as a square to be photographed, drawn without style attributes, so that it shows under our policy.

use anyhow::anyhow;
use fast_qr::{ECL, QRBuilder};
use std::fmt::Write as _;

/// The quiet edge that readers need around the code, in modules.
const EDGE: usize = 4;

/// A code ready for `parts/qr.html`.
#[derive(Clone, Debug)]
pub struct Qr {
    /// Its width and height in modules, with the quiet edge.
    pub size: usize,
    /// The dark modules, as strokes of the width of one.
    pub path: String,
}

impl Qr {
    /// The code of a text, such as an absolute link.
    ///
    /// # Errors
    /// Fails when the text is too long for any code.
    pub fn of(text: &str) -> anyhow::Result<Self> {
        let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|error| anyhow!("{error}"))?;
        let mut path = String::new();
        for y in 0..code.size {
            // A stroke through the middle of the row; dark modules beside each other are one bar.
            write!(path, "M{EDGE} {}.5", y + EDGE)?;
            let mut x = 0;
            while x < code.size {
                let is_dark = code[y][x].value();
                let wide = (x..code.size).take_while(|x| code[y][*x].value() == is_dark).count();
                x += wide;
                if is_dark {
                    write!(path, "h{wide}")?;
                } else if x < code.size {
                    write!(path, "m{wide} 0")?;
                }
            }
        }
        Ok(Self { size: code.size + 2 * EDGE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corner_of_a_code_is_its_finder() {
        let qr = Qr::of("https://catchball.example/invitations/abc").unwrap();
        assert!(qr.path.starts_with("M4 4.5h7m"), "{}", &qr.path[..40]);
        assert!(qr.path.contains("M4 5.5h1m5 0h1m"), "the second row of the finder is light inside");
        assert!(qr.path.len() < 3_000, "{}", qr.path.len());
        assert!(Qr::of(&"x".repeat(8_000)).is_err());
    }
}
