//! Leadership: the pages that read across all features, first of all the start page.
//!
//! [`pages::home`] is the start page, [`list`] one of its lists by itself, [`row`] a line of them, [`answer`] the idea that is
//! opened to be answered, [`hands`] what needs a hand; [`pages::more`] is the rest of the menu for phones.

pub mod answer;
pub mod answers;
pub mod first_steps;
pub mod hands;
pub mod list;
pub mod pages;
pub mod row;
pub mod system;
