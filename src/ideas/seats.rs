//! Where the ball lands after a move, and who sits where: pure, so that a test can viewer every game there is.

use super::{ANSWER_DAYS, Anonymity, FIVE_DAYS, JUDGE_DAYS, State, Verb};
use crate::balls::Owes;
use crate::ids::PersonId;

/// Who plays which part for an idea.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seats {
    pub state: State,
    /// Who threw it, or who stands there.
    pub author: PersonId,
    pub anonymity: Anonymity,
    pub catcher: Option<PersonId>,
    pub doer: Option<PersonId>,
    pub carrier: Option<PersonId>,
    pub ball: Option<(PersonId, Owes)>,
}

/// How long the next holder has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deadline {
    /// So many working days from now.
    Days(i64),
    /// The time of the first real answer, from the throw.
    FromTheThrow,
    /// What was left when the question was asked.
    WhatWasLeft,
    /// A day that was given with the move.
    Given,
    AsItWas,
    /// None of its own: it follows something that has one.
    None,
}

/// Who moves, and whom they chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Movers {
    /// Who moves; nobody when a clock does.
    pub actor: Option<PersonId>,
    /// Whom they chose: who is to do it, to whom it goes further, whose promise or experiment it is.
    pub chosen: Option<PersonId>,
    /// The next level of the one who said no.
    pub above: Option<PersonId>,
}

/// The seats after a move that leads to `next`, with the clock of the ball.
pub fn seats_after(seats: Seats, verb: Verb, next: State, movers: Movers) -> (Seats, Deadline) {
    let Movers { actor, chosen, above } = movers;
    let mut after = Seats { state: next, ..seats };
    let by_the_doer = seats.state == State::Go && matches!(verb, Verb::Try | Verb::Park);
    // Nobody knows who a nameless author is: whoever says yes does it, unless they name somebody.
    let in_place = seats.catcher.filter(|_| seats.anonymity == Anonymity::Nameless);
    let doer = seats.doer.or(in_place).unwrap_or(seats.author);
    let does_it = chosen.or(if seats.anonymity == Anonymity::Nameless { actor } else { Some(seats.author) });
    let (holder, owes, clock) = match verb {
        _ if !next.is_open() => (None, Owes::Follow, Deadline::None),
        Verb::Catch => (actor, Owes::Answer, Deadline::FromTheThrow),
        Verb::Ask => (Some(seats.author), Owes::Reply, Deadline::Days(FIVE_DAYS)),
        Verb::Reply | Verb::Lapse if next == State::Delivered => {
            (seats.catcher, Owes::Thank, Deadline::Days(FIVE_DAYS))
        }
        Verb::Reply | Verb::Lapse => (seats.catcher, Owes::Answer, Deadline::WhatWasLeft),
        Verb::Go => (does_it, Owes::Plan, Deadline::Days(FIVE_DAYS)),
        Verb::Try if by_the_doer => (Some(doer), Owes::Write, Deadline::Days(FIVE_DAYS)),
        Verb::Try => (does_it, Owes::Write, Deadline::Days(FIVE_DAYS)),
        Verb::Plan => (Some(doer), Owes::Do, Deadline::Given),
        Verb::Help | Verb::Carry => (chosen.or(actor), Owes::Follow, Deadline::Given),
        Verb::Follow => (chosen.or(Some(doer)), Owes::Follow, Deadline::None),
        Verb::PassUp => (chosen, Owes::Answer, Deadline::Days(FIVE_DAYS)),
        Verb::SendBack => (seats.carrier.or(seats.catcher), Owes::Answer, Deadline::Days(ANSWER_DAYS)),
        Verb::Park => (actor, Owes::Wake, Deadline::Given),
        Verb::Decline => (Some(seats.author), Owes::Judge, Deadline::Days(JUDGE_DAYS)),
        Verb::ThrowBack => (above, Owes::Answer, Deadline::Days(FIVE_DAYS)),
        Verb::Deliver | Verb::InUse | Verb::Whole => (Some(seats.author), Owes::Confirm, Deadline::Days(FIVE_DAYS)),
        Verb::NotYet if next == State::Trying => (Some(doer), Owes::Write, Deadline::Days(FIVE_DAYS)),
        Verb::Wake if next == State::Caught => (seats.catcher, Owes::Answer, Deadline::Days(ANSWER_DAYS)),
        Verb::NotYet | Verb::Wake | Verb::Drop | Verb::GoOn => (Some(doer), Owes::Plan, Deadline::Days(FIVE_DAYS)),
        Verb::Object | Verb::Alone => (seats.catcher, Owes::Answer, Deadline::Days(ANSWER_DAYS)),
        Verb::Revoke => (actor.or(seats.catcher), Owes::Answer, Deadline::Days(ANSWER_DAYS)),
        Verb::Take => (actor, seats.ball.map_or(Owes::Answer, |(_, owes)| owes), Deadline::AsItWas),
        _ => {
            (seats.ball.map(|(holder, _)| holder), seats.ball.map_or(Owes::Follow, |(_, owes)| owes), Deadline::AsItWas)
        }
    };
    after.ball = holder.map(|holder| (holder, owes));
    match verb {
        Verb::PassUp => (after.catcher, after.carrier) = (holder, actor),
        Verb::ThrowBack | Verb::SendBack | Verb::Revoke => after.catcher = holder,
        _ if by_the_doer => {}
        Verb::Catch => after.catcher = actor,
        Verb::Take if matches!(owes, Owes::Catch | Owes::Answer | Owes::Thank) => after.catcher = actor,
        _ if verb.is_answer() => after.catcher = actor,
        _ => {}
    }
    if matches!(owes, Owes::Plan | Owes::Do | Owes::Write) || verb == Verb::Follow {
        after.doer = holder;
    }
    (after, clock)
}
