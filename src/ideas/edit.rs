//! The POSTs about an idea that are no answer of leadership: catch, ask back, and what the author and the doer do.

use super::desk::{Desk, Opened};
use super::verbs::{self, Deed};
use super::{Idea, LONGEST, Trouble};
use crate::App;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::IdeaId;
use crate::responses::answer_box::first_name;
use crate::web::{Form, Frame, Member, Path};
use axum::extract::State;
use axum::response::Response;

/// What a form asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Catch,
    Ask,
    Reply,
    Withdraw,
    Fair,
    ThrowBack,
    Deliver,
    Confirm,
    NotYet,
    Wake,
}

impl Move {
    /// The door of the page that the form stands behind.
    fn door(self) -> &'static str {
        match self {
            Self::Catch => "catch",
            Self::Ask => "ask",
            Self::Reply => "reply",
            Self::Withdraw => "withdraw",
            Self::Fair => "fair",
            Self::ThrowBack => "throw_back",
            Self::Deliver => "deliver",
            Self::Confirm => "confirm",
            Self::NotYet => "not_yet",
            Self::Wake => "wake",
        }
    }

    /// What to write, where words are needed.
    fn asks_for(self) -> Option<&'static str> {
        match self {
            Self::Ask => Some("Write your question."),
            Self::Reply => Some("Write your answer. \u{201c}I don\u{2019}t know\u{201d} is one."),
            Self::ThrowBack => Some("Write one sentence: why you do not agree."),
            Self::Deliver => Some("Say in a sentence what was done."),
            Self::NotYet => Some("Say why not yet."),
            _ => None,
        }
    }

    fn thanks(self, idea: &Idea) -> String {
        let author = first_name(&idea.author);
        match self {
            Self::Catch => format!("You have it. {author} can see that."),
            Self::Ask => format!("Asked. The ball is with {author}; what is left of your time is kept."),
            Self::Reply => String::from("Answered. The ball is back with the one who asked."),
            Self::Withdraw => String::from("Taken back. Nobody waits for anything here any more."),
            Self::Fair => String::from("Thank you for saying so. The problem stays open for other ideas."),
            Self::ThrowBack => String::from("Thrown back. The next level answers now."),
            Self::Deliver => format!("Delivered. {author} says whether it changed something."),
            Self::Confirm => String::from("Thank you. It is done."),
            Self::NotYet => String::from("Said. It goes on."),
            Self::Wake => String::from("Awake. It waits for an answer again."),
        }
    }

    async fn make(self, tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<(), Trouble> {
        match self {
            Self::Catch => verbs::catch(tx, idea, deed).await,
            Self::Ask => verbs::ask(tx, idea, deed).await,
            Self::Reply => verbs::reply(tx, idea, deed).await,
            Self::Withdraw => verbs::withdraw(tx, idea, deed).await,
            Self::Fair => verbs::fair(tx, idea, deed).await,
            Self::ThrowBack => verbs::throw_back(tx, idea, deed).await,
            Self::Deliver => verbs::deliver(tx, idea, deed).await,
            Self::Confirm => verbs::confirm(tx, idea, deed).await,
            Self::NotYet => verbs::not_yet(tx, idea, deed).await,
            Self::Wake => verbs::wake(tx, idea, deed).await,
        }
    }
}

/// What the handlers are given, but for the form.
type Asked = (App, Member, Frame, IdeaId);

async fn make(asked: Asked, mut form: Form, this: Move) -> Result<Response> {
    let (app, member, frame, id) = asked;
    let desk = Desk { app, member, frame, id, door: this.door() };
    let words = match this.asks_for() {
        Some(message) => form.needed("words", LONGEST, message),
        None => form.text("words", LONGEST),
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
    let done = this.make(&mut tx, &idea, &deed).await;
    desk.close(tx, done, form, "words", &this.thanks(&idea)).await
}

/// One of two moves that share an address, by the value of a field; a message when it is neither.
fn one_of(form: &mut Form, field: &str, moves: [(&str, Move); 2]) -> Move {
    let chosen = moves.iter().find(|(name, _)| *name == form.value(field)).map(|(_, this)| *this);
    chosen.unwrap_or_else(|| {
        form.refuse("words", "Choose one of the two.");
        moves[0].1
    })
}

/// `POST /ideas/{id}/catch`
pub async fn catch(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    form: Form,
) -> Result<Response> {
    make((app, member, frame, id), form, Move::Catch).await
}

/// `POST /ideas/{id}/question`
pub async fn ask(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    form: Form,
) -> Result<Response> {
    make((app, member, frame, id), form, Move::Ask).await
}

/// `POST /ideas/{id}/reply`
pub async fn reply(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    form: Form,
) -> Result<Response> {
    make((app, member, frame, id), form, Move::Reply).await
}

/// `POST /ideas/{id}/withdrawal`
pub async fn withdraw(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    form: Form,
) -> Result<Response> {
    make((app, member, frame, id), form, Move::Withdraw).await
}

/// `POST /ideas/{id}/judgement`: fair, or thrown back.
pub async fn judge(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let this = one_of(&mut form, "judgement", [("fair", Move::Fair), ("throw_back", Move::ThrowBack)]);
    make((app, member, frame, id), form, this).await
}

/// `POST /ideas/{id}/delivery`
pub async fn deliver(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    form: Form,
) -> Result<Response> {
    make((app, member, frame, id), form, Move::Deliver).await
}

/// `POST /ideas/{id}/confirmation`: it changed, or not yet.
pub async fn confirm(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let this = one_of(&mut form, "changed", [("yes", Move::Confirm), ("not_yet", Move::NotYet)]);
    make((app, member, frame, id), form, this).await
}

/// `POST /ideas/{id}/waking`
pub async fn wake(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    form: Form,
) -> Result<Response> {
    make((app, member, frame, id), form, Move::Wake).await
}
