//! The people of the example whom a visitor can be.

use crate::people::guests::Guests;

/// Who can be signed in with one click, and what to look at as them.
#[rustfmt::skip]
pub const GUESTS: Guests = Guests(&[
    ("priya@larkfield.example",  "A rep who threw a no back, to the director. Throw an idea in one line and read who will see it."),
    ("callum@larkfield.example", "A rep in week four of an experiment. Write its line of the week, and look at the first one, which became our way."),
    ("tomas@larkfield.example",  "The leader of Field North. Nobody waits for him today. Look at the chart of quote times: before, experiment, shift, drift, and back."),
    ("helen@larkfield.example",  "The sales director. One idea has waited for her too long and one was thrown back to her: answer one and see where the ball goes."),
    ("ruth@larkfield.example",   "The leader of Service & Spares. Look at the chart of first answers: a signal in the good direction, and what its keeper said."),
    ("mei@larkfield.example",    "A rep with a draft that only she sees. Look at the photo of the nameplate: an idea that came of a promise that was kept."),
    ("amira@larkfield.example",  "A rep of Partner. She keeps the win rate, which has not moved in 78 weeks, and its page says so."),
    ("ines@larkfield.example",   "The coach. She sees every team, also the ideas of \u{201c}a colleague\u{201d}, and decides nothing."),
    ("owen@larkfield.example",   "A helper with promises to keep, and the administrator. He sees the ideas that came to him, and no other idea and no measure of a team."),
]);
