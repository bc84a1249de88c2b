//! Catchball: sales teams propose changes from the inside out, and managers visibly act on them.
//!
//! # Map
//!
//! | Room | What lives there |
//! | --- | --- |
//! | [`balls`] | the one idea everything rests on: who owes the next move, since when, until when |
//! | [`spc`] | process behaviour charts: limits, signals, verdicts, sentences, pictures; needs nothing else |
//! | [`measures`] | what a team watches: definition, values, phases, who is asked about a signal |
//! | [`ideas`] | the throw and its life, a table of states |
//! | [`conversation`] | what people do together on an idea: talk, pictures, "this hurts me too", joining |
//! | [`drafts`] | what is being written: private property of whoever writes it |
//! | [`letters`] | ideas of authors whom nobody knows: the letterbox, the morning post, the way back by a code |
//! | [`responses`] | the six answers of leadership |
//! | [`promises`] | what somebody will do for somebody by a day, and what leadership promises everybody |
//! | [`experiments`] | a prediction first, then the chart judges |
//! | [`standards`] | "our way": written, taught, held, checked, brought back |
//! | [`finding`] | search and similar ideas: any word, half a word, a mistyped one |
//! | [`leadership`] | the start pages: what people wait for from me |
//! | [`wall`] | televisions: pairing, board, live updates |
//! | [`notices`] | what somebody should know, told inside the product |
//! | [`people`] | accounts, sessions, teams, roles, set-up |
//! | [`demo`] | the example company, loaded through the same verbs that people use |
//! | [`moves`] | the grammar of moves: the table of states, the frame of a form, refusals |
//! | [`web`] | tools of a page: forms, the frame, who asks, policies, the page cache, the error page |
//! | [`app`], [`routes`], [`layers`], [`clockwork`] | all rooms put together: every address, what surrounds each request, what happens when nobody moves |
//! | [`db`], [`world`], [`calendar`], [`config`], [`error`], [`ids`] | the ground floor |
//!
//! Each feature has three floors: `mod.rs` and its like (types, the state machine, rules; pure), `store.rs` (SQL),
//! `pages.rs` and `edit.rs` (what is shown, what is sent). Each uses the floors below it, never the one above. Rules and
//! stores form a one-way street: measures, ideas, promises, responses, experiments, standards. A page may read from any store.
//!
//! # A rep throws an idea
//!
//! 1. `POST /ideas` passes [`layers`] (number, viewer, foreign sites) and the policy of its row in [`routes`].
//! 2. The handler in `ideas` reads the [`web::Form`]; what is refused comes back word for word with status 422.
//! 3. It opens a write transaction ([`App::write`]), looks whether the form's key has counted already, and calls
//!    [`ideas::verbs::throw_idea`], which adds the record and throws the ball to the team's leader
//!    ([`balls::store::throw`]) with a clock in working time ([`calendar`]).
//! 4. Commit moves the change counter; caches of drawn pages are void, televisions are told, the rep is sent on with
//!    "Thanks. The ball is with …".
//!
//! # A leader opens the start page
//!
//! 1. [`layers`] finds the person behind the cookie: from a cache while nothing changed, else one query.
//! 2. `leadership` asks `balls` what this person holds, oldest clock first, and draws each idea with its answer box.
//! 3. The answer goes to `POST /ideas/{id}/answer`. [`responses`] checks its required part, the idea's table of states
//!    says what it becomes, and the ball rolls on.
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
pub mod clockwork;
pub mod config;
pub mod conversation;
pub mod db;
pub mod demo;
pub mod drafts;
pub mod error;
pub mod experiments;
pub mod finding;
pub mod ideas;
pub mod ids;
pub mod layers;
pub mod leadership;
pub mod letters;
pub mod measures;
pub mod moves;
pub mod notices;
pub mod people;
pub mod promises;
pub mod responses;
pub mod routes;
pub mod spc;
pub mod standards;
pub mod text;
pub mod wall;
pub mod web;
pub mod world;

pub use web::app::App;
