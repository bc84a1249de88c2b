//! Process behaviour charts: what a series of values says, in figures, in sentences and as a picture.
//!
//! This is the lowest floor of the house. It knows nothing of teams and pages, and of the database only under which names
//! its choices are kept; only the command in [`cli`] touches files. A series is a list of [`Point`]s, one a period. [`Options`] say how it is read; the default is
//! Wheeler's chart.
//!
//! # What it computes, and by which source
//!
//! | Module | What | Source |
//! | --- | --- | --- |
//! | [`limits`] | mean, natural process limits (mean ± 2.660 mR̄), limit of the moving ranges (3.268 mR̄), provisional from 6 values and firm from 17 | D. J. Wheeler, *Making Sense of Data* |
//! | [`limit_lines`] | limits that follow the volume (I′) | W. Taylor, *Normalized Individuals Control Chart* |
//! | [`centre_line`] | centres that slope: half averages, least squares | Wheeler, p. 179; Xmrit |
//! | [`rules`] | outside a limit, eight in a row, three of four near a limit; the NHS set | Wheeler; NHS England, *Making Data Count* |
//! | [`season`] | factors of the calendar, from two full cycles on | Wheeler, *Understanding Variation* |
//! | [`study`](mod@study) | a whole series with its phases: limits, signals and marks of each | |
//! | [`verdict`] | an experiment, judged by the limits from before it began | |
//! | [`cases`] | counted cases: what the old way gives in so many, and what would tell | |
//! | [`gain`] | what a new level is worth, and how much of it is still there | |
//! | [`target`] | a wish beside the limits | `NHSRplotthedots`, `ptd_calculate_assurance_type.R` |
//! | [`cautions`] | values that lean on each other, values too coarse for limits | Wheeler |
//! | [`sentences`] | all that in words: title, outlook, description, verdict | |
//! | [`chart`] | the picture as SVG, and the numbers as a table | |
//!
//! The figures are checked against published examples in `tests/reference/spc`.
//!
//! # How to call it
//!
//! ```
//! use catchball::spc::sentences::title::title;
//! use catchball::spc::{Cadence, Options, Point, Wording, study};
//! use chrono::NaiveDate;
//!
//! let hours = [39.0, 41.0, 41.0, 41.0, 43.0, 44.0, 41.0, 42.0, 40.0, 41.0, 44.0, 40.0, 60.0];
//! let weeks = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap().iter_weeks();
//! let points: Vec<Point> = weeks.zip(hours).map(|(week, value)| Point::plain(week, Some(value))).collect();
//!
//! let options = Options::default();
//! let read = study(&points, &[], &options);
//! let words = Wording::new("hours", Cadence::Week, &points);
//! assert_eq!(read.signals().count(), 1);
//! assert_eq!(
//!     title(&read, &points, &options, &words),
//!     "Signal: 60\u{a0}hours in the week of 30 Mar is above the usual range"
//! );
//! ```

pub mod arithmetic;
pub mod baseline;
pub mod cadence;
pub mod cases;
pub mod cautions;
pub mod centre_line;
pub mod chart;
pub mod cli;
pub mod gain;
pub mod limit_lines;
pub mod limits;
pub mod moving_ranges;
pub mod options;
pub mod point;
pub mod rules;
pub mod season;
pub mod sentences;
pub mod study;
pub mod target;
pub mod tolerance;
pub mod verdict;
pub mod watch;

pub use cadence::Cadence;
pub use limits::{Bounds, Firmness, Limits};
pub use options::{Applied, Better, Centre, LimitsKind, Options, RuleSet, Season, Spread, Tie};
pub use point::Point;
pub use rules::{Rule, Side, Signal, Trend};
pub use sentences::wording::Wording;
pub use study::{Marks, Phase, PhaseStart, Study, study};
pub use verdict::{Judgement, Trial, Verdict};
