//! The short moves on an idea that have a form on its page: one noun behind `/ideas/{id}/` for each.

use crate::db::Tx;
use crate::experiments;
use crate::ideas::{Idea, Verb, verbs};
use crate::lengths::MOVE;
use crate::moves::{Handled, Move, Moved, Submission};
use crate::text::first_name;
use crate::web::Form;
use chrono::NaiveDate;

/// What a form asks for.
#[derive(Clone, Copy, Debug)]
struct ShortMove {
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

const fn a_move(verb: Verb, form_name: &'static str, ask: &'static str, say: &'static str) -> ShortMove {
    ShortMove { verb, form_name, ask, day: ("", ""), say }
}

const FAIR: ShortMove =
    a_move(Verb::Fair, "fair", "", "Thank you for saying so. The problem stays open for other ideas.");
const THROW_BACK: ShortMove = a_move(
    Verb::ThrowBack,
    "throw_back",
    "Write one sentence: why you do not agree.",
    "Thrown back. The next level answers now.",
);
const CONFIRM: ShortMove = a_move(Verb::Confirm, "confirm", "", "Thank you. It is done.");
const NOT_YET: ShortMove = a_move(Verb::NotYet, "not_yet", "Say why not yet.", "Said. It goes on.");

impl ShortMove {
    async fn make(self, tx: &mut Tx, idea: &Idea, this: Move<'_>, day: Option<NaiveDate>) -> Moved {
        match (self.verb, day) {
            (Verb::Plan, Some(by)) => verbs::plan(tx, idea, this, by).await,
            (Verb::Park, Some(until)) => verbs::park(tx, idea, this, until).await,
            (Verb::Try, _) => verbs::try_it(tx, idea, this, None).await,
            (Verb::ThrowBack, _) => verbs::throw_back(tx, idea, this).await,
            (Verb::Withdraw, _) => experiments::verbs::withdraw_idea(tx, idea, this).await,
            (Verb::Object, _) => verbs::object(tx, idea, this).await,
            (Verb::Wake, _) => verbs::wake(tx, idea, this).await,
            (Verb::Take, _) => verbs::take(tx, idea, this).await,
            (verb, _) => verbs::act(tx, idea, this, verb).await,
        }
    }
}

async fn submit(mut sent: Submission<Idea>, short: ShortMove) -> Handled {
    let words = sent.words(short.ask, MOVE);
    let (field, day) = match short.day {
        ("", _) => ("words", None),
        (name, ask) => (name, sent.form.needed_day(name, ask)),
    };
    let mut at = sent.named(short.form_name).tells_at(field).open(short.verb).await?;
    let done = short.make(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), day).await;
    let said = short.say.replace("{author}", first_name(&at.record.author));
    at.close(done, said).await
}

/// One of two moves that share an address, by the value of a field; a message when it is neither.
fn one_of(form: &mut Form, field: &str, moves: [(&str, ShortMove); 2]) -> ShortMove {
    let chosen = moves.iter().find(|(name, _)| *name == form.value(field)).map(|(_, short)| *short);
    chosen.unwrap_or_else(|| {
        form.refuse("words", "Choose one of the two.");
        moves[0].1
    })
}

/// One line a move: its handler, its noun, and the move, which may depend on the form.
macro_rules! moves {
    ($($handler:ident $noun:literal, |$form:pat_param| $short:expr;)*) => {$(
        #[doc = concat!("`POST /ideas/{id}/", $noun, "`")]
        pub async fn $handler(mut sent: Submission<Idea>) -> Handled {
            let short: fn(&mut Form) -> ShortMove = |$form| $short;
            let short = short(&mut sent.form);
            submit(sent, short).await
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
    plan "plan", |_| ShortMove { day: ("by", "Choose the day by which you will have done it."),
        ..a_move(Verb::Plan, "plan", "", "Your day is set. Everybody who sees the idea sees it.") };
    deliver "delivery", |_| a_move(Verb::Deliver, "deliver", "Say in a sentence what was done.",
        "Delivered. {author} says whether it changed something.");
    trial "trial", |_| a_move(Verb::Try, "trial", "Say what you would like to learn first.",
        "It is an experiment now. Draft it next.");
    rest "rest", |_| ShortMove { day: ("until", "Choose the day on which you go on."),
        ..a_move(Verb::Park, "rest", "Say why it has to wait.", "It rests until that day.") };
    confirm "confirmation", |form| one_of(form, "changed", [("yes", CONFIRM), ("not_yet", NOT_YET)]);
    wake "waking", |_| a_move(Verb::Wake, "wake", "", "Awake. It goes on.");
}
