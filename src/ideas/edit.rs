//! The POSTs about an idea that are no answer of leadership: one noun behind `/ideas/{id}/` for each move.

use super::desk::{Desk, Opened};
use super::verbs::{self, Deed};
use super::{Idea, LONGEST, Trouble, Verb};
use crate::App;
use crate::db::Tx;
use crate::error::Result;
use crate::experiments;
use crate::ids::IdeaId;
use crate::text::first_name;
use crate::web::{Form, Frame, Member, Path};
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;

/// What a form asks for.
#[derive(Clone, Copy, Debug)]
struct Move {
    verb: Verb,
    /// The name of the form on the page.
    form_name: &'static str,
    /// What to write, where words are needed; empty where they are not.
    ask: &'static str,
    /// The name of the field with a day, and what to choose; empty where none is asked for.
    day: (&'static str, &'static str),
    /// What is said when it is done; `{author}` stands for the first name of the author.
    say: &'static str,
}

const fn a_move(verb: Verb, form_name: &'static str, ask: &'static str, say: &'static str) -> Move {
    Move { verb, form_name, ask, day: ("", ""), say }
}

const FAIR: Move = a_move(Verb::Fair, "fair", "", "Thank you for saying so. The problem stays open for other ideas.");
const THROW_BACK: Move = a_move(
    Verb::ThrowBack,
    "throw_back",
    "Write one sentence: why you do not agree.",
    "Thrown back. The next level answers now.",
);
const CONFIRM: Move = a_move(Verb::Confirm, "confirm", "", "Thank you. It is done.");
const NOT_YET: Move = a_move(Verb::NotYet, "not_yet", "Say why not yet.", "Said. It goes on.");

impl Move {
    async fn make(self, tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, day: Option<NaiveDate>) -> Result<(), Trouble> {
        match (self.verb, day) {
            (Verb::Plan, Some(by)) => verbs::plan(tx, idea, deed, by).await,
            (Verb::Park, Some(until)) => verbs::park(tx, idea, deed, until).await,
            (Verb::Try, _) => verbs::try_it(tx, idea, deed, None).await,
            (Verb::ThrowBack, _) => verbs::throw_back(tx, idea, deed).await,
            (Verb::Withdraw, _) => experiments::verbs::withdraw_idea(tx, idea, deed).await,
            (Verb::Object, _) => verbs::object(tx, idea, deed).await,
            (Verb::Wake, _) => verbs::wake(tx, idea, deed).await,
            (Verb::Take, _) => verbs::take(tx, idea, deed).await,
            (verb, _) => verbs::act(tx, idea, verb, deed).await,
        }
    }

    /// The field at which a refusal belongs.
    fn field(self) -> &'static str {
        if self.day.0.is_empty() { "words" } else { self.day.0 }
    }
}

/// What the handlers are given, but for the form.
type Asked = (App, Member, Frame, IdeaId);

async fn make(asked: Asked, mut form: Form, this: Move) -> Result<Response> {
    let (app, member, frame, id) = asked;
    let desk = Desk { app, member, frame, id, form_name: this.form_name };
    let words = match this.ask {
        "" => form.text("words", LONGEST),
        ask => form.needed("words", LONGEST, ask),
    };
    let day = match this.day {
        ("", _) => None,
        (name, ask) => form.needed_day(name, ask),
    };
    let (mut tx, idea) = match desk.open(&form).await? {
        Opened::Ready(ready) => *ready,
        Opened::Answered(response) => return Ok(response),
    };
    if !form.is_good() {
        drop(tx);
        return desk.refused(form).await;
    }
    let deed = Deed { key: form.key()?, by: &desk.member, words: &words };
    let done = this.make(&mut tx, &idea, &deed, day).await;
    let say = this.say.replace("{author}", first_name(&idea.author));
    desk.close(tx, done, form, this.field(), &say).await
}

/// One of two moves that share an address, by the value of a field; a message when it is neither.
fn one_of(form: &mut Form, field: &str, moves: [(&str, Move); 2]) -> Move {
    let chosen = moves.iter().find(|(name, _)| *name == form.value(field)).map(|(_, this)| *this);
    chosen.unwrap_or_else(|| {
        form.refuse("words", "Choose one of the two.");
        moves[0].1
    })
}

/// One line a move: its handler, its noun, and the move, which may depend on the form.
macro_rules! moves {
    ($($handler:ident $noun:literal, |$form:pat_param| $this:expr;)*) => {$(
        #[doc = concat!("`POST /ideas/{id}/", $noun, "`")]
        pub async fn $handler(
            State(app): State<App>,
            member: Member,
            frame: Frame,
            Path(id): Path<IdeaId>,
            mut form: Form,
        ) -> Result<Response> {
            let this: fn(&mut Form) -> Move = |$form| $this;
            let this = this(&mut form);
            make((app, member, frame, id), form, this).await
        }
    )*};
}

moves! {
    catch "catch", |_| a_move(Verb::Catch, "catch", "", "You have it. {author} can see that.");
    ask "question", |_| a_move(Verb::Ask, "ask", "Write your question.",
        "Asked. The ball is with {author}; what is left of your time is kept.");
    reply "reply", |_| a_move(Verb::Reply, "reply", "Write your answer. \u{201c}I don\u{2019}t know\u{201d} is one.",
        "Answered. The ball is back with the one who asked.");
    report "report", |_| a_move(Verb::Report, "report", "Say how it stands. \u{201c}Nothing new\u{201d} is worth saying.",
        "Said. {author} can see it.");
    send_back "return", |_| a_move(Verb::SendBack, "send_back", "Say why it goes back.",
        "Sent back. The one who carried it here answers it.");
    nod "consent", |_| a_move(Verb::Nod, "nod", "", "Agreed. It may rest once more.");
    thank "thanks", |_| a_move(Verb::Thank, "thank", "Thank in your own words: what did it change?",
        "Thanked. {author} can see it.");
    take "taking", |_| a_move(Verb::Take, "take", "", "You have it now.");
    object "objection", |_| a_move(Verb::Object, "object", "Say what is different.",
        "Said. It is an idea of its own again.");
    withdraw "withdrawal", |_| a_move(Verb::Withdraw, "withdraw", "",
        "Taken back. Nobody waits for anything here any more.");
    judge "judgement", |form| one_of(form, "judgement", [("fair", FAIR), ("throw_back", THROW_BACK)]);
    plan "plan", |_| Move { day: ("by", "Choose the day by which you will have done it."),
        ..a_move(Verb::Plan, "plan", "", "Your day is set. Everybody who sees the idea sees it.") };
    deliver "delivery", |_| a_move(Verb::Deliver, "deliver", "Say in a sentence what was done.",
        "Delivered. {author} says whether it changed something.");
    trial "trial", |_| a_move(Verb::Try, "trial", "Say what you would like to learn first.",
        "It is an experiment now. Draft it next.");
    rest "rest", |_| Move { day: ("until", "Choose the day on which you go on."),
        ..a_move(Verb::Park, "rest", "Say why it has to wait.", "It rests until that day.") };
    confirm "confirmation", |form| one_of(form, "changed", [("yes", CONFIRM), ("not_yet", NOT_YET)]);
    wake "waking", |_| a_move(Verb::Wake, "wake", "", "Awake. It goes on.");
}
