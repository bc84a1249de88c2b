//! Catchball: sales teams propose changes from the inside out, and managers visibly act on them.
//!
//! # Map
//!
//! | Room | What lives there |
//! | --- | --- |
//! | [`app`], [`routes`], [`layers`], [`clockwork`] | all rooms put together: every address, what surrounds each request, what happens when nobody moves |
//! | [`demo`] | the example company, loaded through the same verbs that people use |
//! | [`leadership`] | the start pages: what people wait for from me |
//! | [`wall`] | televisions: pairing, board, live updates |
//! | [`finding`] | search and similar ideas: any word, half a word, a mistyped one |
//! | [`notices`] | what somebody should know, told inside the product |
//! | [`standards`] | "our way": written, taught, held, checked, brought back |
//! | [`experiments`] | a prediction first, then the chart judges |
//! | [`responses`] | the six answers of leadership |
//! | [`promises`] | what somebody will do for somebody by a day, and what leadership promises everybody |
//! | [`ideas`] | the throw and its life, a table of states |
//! | [`measures`] | what a team watches: definition, values, phases, who is asked about a signal |
//! | [`letters`] | ideas of authors whom nobody knows: the letterbox, the morning post, the way back by a code |
//! | [`conversation`] | what people do together on an idea: talk, pictures, "this hurts me too", joining |
//! | [`drafts`] | what is being written: private property of whoever writes it |
//! | [`moves`] | the grammar of moves: the table of states, the frame of a form, refusals |
//! | [`balls`] | the one idea everything rests on: who owes the next move, since when, until when |
//! | [`people`] | accounts, sessions, teams, roles, deputies, set-up |
//! | [`spc`] | process behaviour charts: limits, signals, verdicts, sentences, pictures; needs nothing but [`choices!`] and [`locale`] |
//! | [`web`] | tools of a page: forms, the frame, who asks, policies, the page cache, the error page |
//! | [`calendar`], [`db`], `choices`, [`subject`], [`text`], [`locale`], [`lengths`], [`ids`], [`world`], [`config`], [`error`] | the ground floor |
//!
//! The list runs from the top down, and so do the arrows between files; no files need each other, and
//! `tests/house` holds that. Only what stands on top knows all rooms. What a room keeps in memory is found by its type
//! ([`App::memory`]), so that the state of all handlers knows none of them.
//!
//! Each room has three floors: `mod.rs`, `machine.rs` and their like (types, the table of states, rules; pure), `store.rs`
//! (SQL) with `verbs.rs` (what people do) and `clock.rs` (what the clock does), and `pages/`: one file for each address,
//! named by it, GET and POST of one form together; moves without a page of their own stand in `pages/moves.rs`. Each uses the floors below it, never the one above. A page may read from
//! any store.
//!
//! # A rep throws an idea
//!
//! 1. `POST /ideas` passes [`layers`] (number, visitor, foreign sites) and the policy of its row in [`routes`].
//! 2. The handler in `ideas` reads the [`web::Form`]; what is refused comes back word for word with status 422.
//! 3. It opens a write transaction ([`App::write`]), looks whether the form's key has counted already, and calls
//!    [`ideas::throw::throw_in`], which adds the record and throws the ball to the team's leader
//!    ([`balls::store::throw`]) with a clock in working time ([`calendar`]).
//! 4. Commit moves the change counter; caches of drawn pages are void, televisions are told, the rep is sent on with
//!    "Thanks. The ball is with …".
//!
//! # A leader opens the start page
//!
//! 1. [`layers`] finds the person behind the cookie: from a cache while nothing changed, else one query.
//! 2. `leadership` asks `balls` in few trips what this person holds, what needs a hand and what they wait for, oldest
//!    first, and draws the idea that is opened with its answer box.
//! 3. The answer goes to `POST /ideas/{id}/answer`. The frame of [`moves`] looks the idea up through what the leader may
//!    see, and whether the version is still the one shown; the table of states says what the idea becomes, and the ball
//!    rolls on. Where something stands in the way, a form that has counted is answered as if it had just counted. What is refused comes back on the same page with every word.
//!
//! # An experiment is judged
//!
//! 1. At the start its plan is locked; from then on only weekly lines are added.
//! 2. At the end `experiments` takes the limits of the phase before the start and looks at the values since with a
//!    fresh count ([`spc::verdict`]); the page shows prediction and chart side by side with one of four sentences.
//! 3. Adopted: a standard opens in `standards`, and the page offers new limits on the measure. In use: the idea is
//!    delivered, and its author says whether it changed anything.

pub mod app;
pub mod balls;
pub mod calendar;
mod choices;
pub mod clockwork;
pub mod config;
pub mod conversation;
pub mod db;
pub mod demo;
pub mod drafts;
pub mod error;
pub mod experiments;
pub mod finding;
pub mod folding;
pub mod give_back;
pub mod ideas;
pub mod ids;
pub mod layers;
pub mod leadership;
pub mod lengths;
pub mod letters;
pub mod library;
pub mod locale;
pub mod measures;
pub mod moves;
pub mod notices;
pub mod people;
pub mod promises;
pub mod purpose;
pub mod responses;
pub mod routes;
pub mod spc;
pub mod standards;
pub mod subject;
pub mod text;
pub mod wall;
pub mod web;
pub mod world;

pub use web::app::App;
