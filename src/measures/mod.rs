//! Measures: what a team watches, who keeps it, and what is asked when its values show something.
//!
//! What the values say is computed by [`spc`](crate::spc). **Rules, pure:** [`definition`] says what a measure is,
//! [`machine`] what becomes of it, [`chart_choices`] how its chart is read, [`amount`] what a value may be, [`period`] and
//! [`weeks`] to which time it belongs, [`alarms`] which signal asks its keeper, [`library`] what to start from, and
//! [`import`] reads a pasted table.
//!
//! **Store:** [`store`] keeps the rows, [`series`] is a measure with its values as read, [`card`] the same in a list,
//! and [`card_cache`] keeps cards while nothing changed.
//! [`holder`] says who has the ball.
//!
//! **Verbs:** [`verbs`] are what people do, [`clock`] what clocks do; [`transition`] carries both out. **[`pages`]** show
//! and take it all, one file an address.

pub mod alarms;
pub mod amount;
pub mod card;
pub mod card_cache;
pub mod chart_choices;
pub mod clock;
pub mod definition;
pub mod holder;
pub mod import;
pub mod library;
pub mod machine;
pub mod pages;
pub mod period;
pub mod plausible;
pub mod series;
pub mod slips;
pub mod store;
pub mod transition;
pub mod verbs;
pub mod weeks;

pub use amount::Amount;
pub use definition::{Definition, Kind, Measure};
pub use machine::{Part, State, Verb};
pub use series::Series;
