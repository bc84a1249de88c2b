//! What the history of an idea says, as far as it decides what is possible and where a verb leads.

use super::{Part, State, Verb, step};
use crate::balls::Thrown;
use crate::ids::PersonId;
use crate::moves::Refusal;

/// The name in the history of an idea that came with "I already did it".
pub const DID: &str = "did";
/// How often an idea may rest.
const MOST_RESTS: usize = 3;
/// After so many questions in a row, a talk helps more.
const MOST_QUESTIONS: usize = 2;

/// What the history says.
#[expect(clippy::struct_excessive_bools, reason = "each is one fact of the past, and none excludes another")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Past {
    /// Whether a no was thrown back once.
    pub thrown_back: bool,
    /// Whether it was being tried before it was delivered.
    pub tried: bool,
    /// Whether its author had done it when they threw it.
    pub just_did: bool,
    pub rests: usize,
    /// Who let it rest last.
    pub rested_by: Option<PersonId>,
    /// Whether somebody above agreed to a third rest.
    pub nodded: bool,
    /// Whether nobody stands above who let it rest last, once it has rested so often that they would have to agree.
    pub nobody_above: bool,
    /// Whether whoever does it let it rest last.
    pub rests_for_the_doer: bool,
    pub questions: usize,
    /// Whether a question was left unanswered.
    pub unanswered: bool,
    /// Whether it was sent back to the one who carried it.
    pub sent_back: bool,
}

impl Past {
    /// What this history says.
    pub fn of(story: &[Thrown]) -> Self {
        let mut past = Self::default();
        for (thrown, before) in story.iter().zip(std::iter::once(None).chain(story.iter().map(Some))) {
            past = past.and(&thrown.verb, thrown.by_id, before.map_or("", |before| before.state.as_str()));
        }
        past
    }

    /// Who let it rest last, once it has rested so often that somebody above them decides whether it may again.
    pub fn waits_for_agreement_above(&self) -> Option<PersonId> {
        self.rested_by.filter(|_| self.rests + 1 == MOST_RESTS)
    }

    /// Whether a talk helps more than a question: two were asked, or one was left.
    pub fn calls_for_a_talk(&self) -> bool {
        self.unanswered || self.questions >= MOST_QUESTIONS
    }

    /// The same, one throw later: what was done, by whom, in which state.
    #[must_use]
    pub fn and(mut self, verb: &str, by: Option<PersonId>, state: &str) -> Self {
        let is = |known: Verb| verb == known.name();
        self.just_did |= verb == DID;
        self.thrown_back |= is(Verb::ThrowBack);
        self.sent_back |= is(Verb::SendBack);
        self.unanswered |= is(Verb::Lapse);
        if is(Verb::Ask) {
            self.questions += 1;
        } else if Verb::named(verb).is_some_and(Verb::is_real_answer) {
            self.questions = 0;
        }
        if is(Verb::Park) {
            self.rests += 1;
            (self.rested_by, self.nodded) = (by, false);
            self.rests_for_the_doer = state == State::Go.name();
        }
        self.nodded |= is(Verb::Nod);
        if [Verb::Deliver, Verb::InUse, Verb::Whole].into_iter().any(is) {
            self.tried = state == State::Trying.name();
        }
        self
    }

    /// Where a verb leads by the table of states and by the past, for somebody who plays these parts.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn decide(&self, state: State, verb: Verb, parts: &[Part]) -> Result<State, Refusal> {
        let next = step(state, verb, parts)?;
        self.allows(state, verb, parts)?;
        Ok(self.settle(verb, next))
    }

    /// Whether this is possible after all that was.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn allows(&self, state: State, verb: Verb, parts: &[Part]) -> Result<(), Refusal> {
        let refused = match (state, verb) {
            (State::Delivered, Verb::Ask) if !self.just_did => {
                "This idea is delivered. Its author says whether it changed something."
            }
            (State::Delivered, Verb::Take) if !self.just_did => "Only its author can say whether it changed something.",
            (State::Delivered, Verb::Confirm | Verb::NotYet | Verb::Lapse) if self.just_did => {
                "You have done it already. Your leader owes you a word first."
            }
            (_, Verb::Ask) if self.questions >= MOST_QUESTIONS => {
                "You have asked twice. Offer ten minutes to talk instead of a third question: say when."
            }
            (_, Verb::SendBack) if self.sent_back => {
                "It was sent back once. Answer it yourself now, or take it further."
            }
            (_, Verb::Park) => return self.may_rest(parts.contains(&Part::Above)),
            (_, Verb::Nod) if self.nodded || self.waits_for_agreement_above().is_none() => {
                "This is for the next level, when an idea is to rest a third time."
            }
            _ => return Ok(()),
        };
        Err(Refusal::saying(refused))
    }

    /// A third rest needs the next level: somebody above the last one lets it rest, or agrees to it. There is no fourth.
    fn may_rest(&self, is_above: bool) -> Result<(), Refusal> {
        if self.rests >= MOST_RESTS {
            return Err(Refusal::saying("It has rested three times. Answer it now, or take it further."));
        }
        if self.rests + 1 == MOST_RESTS && !self.nodded && !is_above {
            return Err(Refusal::saying(if self.nobody_above {
                "It has rested twice. Answer it now."
            } else {
                "It has rested twice. A third rest is for the next level to decide: ask them to agree to it on this page."
            }));
        }
        Ok(())
    }

    /// The state after a step: a second no is final; "not yet" leads back to the trying; a question about what was done
    /// leads back to it; and what its doer let rest has its yes still.
    pub fn settle(&self, verb: Verb, next: State) -> State {
        match (verb, next) {
            (Verb::Decline, State::Declined) if self.thrown_back => State::ClosedDeclined,
            (Verb::NotYet, State::Go) if self.tried => State::Trying,
            (Verb::Reply | Verb::Lapse, State::Caught) if self.just_did => State::Delivered,
            (Verb::Thank, State::Delivered) if self.just_did => State::Done,
            (Verb::Wake, State::Caught) if self.rests_for_the_doer => State::Go,
            _ => next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn past(deeds: &[(Verb, u128, State)]) -> Past {
        deeds.iter().fold(Past::default(), |past, (verb, by, state)| {
            past.and(verb.name(), Some(PersonId(Uuid::from_u128(*by))), state.name())
        })
    }

    #[expect(clippy::unnecessary_wraps, reason = "a throw is by somebody or by nobody")]
    fn who(number: u128) -> Option<PersonId> {
        Some(PersonId(Uuid::from_u128(number)))
    }

    #[test]
    fn a_second_no_is_final_even_after_a_rest() {
        let thrown_back = past(&[(Verb::ThrowBack, 1, State::Declined)]);
        assert_eq!(thrown_back.settle(Verb::Decline, State::Declined), State::ClosedDeclined);
        assert_eq!(Past::default().settle(Verb::Decline, State::Declined), State::Declined);
        assert_eq!(thrown_back.settle(Verb::Park, State::Parked), State::Parked);
    }

    #[test]
    fn not_yet_leads_back_to_where_it_came_from() {
        let tried = past(&[(Verb::InUse, 1, State::Trying)]);
        assert_eq!(tried.settle(Verb::NotYet, State::Go), State::Trying);
        assert_eq!(past(&[(Verb::Deliver, 1, State::Go)]).settle(Verb::NotYet, State::Go), State::Go);
        assert_eq!(tried.settle(Verb::GoOn, State::Go), State::Go);
    }

    #[test]
    fn a_third_rest_needs_somebody_above_the_last_one_and_there_is_no_fourth() {
        let park = |by| (Verb::Park, by, State::Caught);
        let (peer, above) = ([Part::Holder, Part::Leader], [Part::Leader, Part::Above]);
        let twice = past(&[park(1), park(2)]);
        assert_eq!(twice.waits_for_agreement_above(), who(2));
        assert!(past(&[park(1)]).allows(State::Caught, Verb::Park, &peer).is_ok());
        assert!(twice.allows(State::Caught, Verb::Park, &peer).is_err());
        assert!(twice.allows(State::Caught, Verb::Park, &above).is_ok());
        assert!(twice.allows(State::Caught, Verb::Nod, &above).is_ok());
        let agreed = past(&[park(1), park(1), (Verb::Nod, 2, State::Caught)]);
        assert!(agreed.allows(State::Caught, Verb::Park, &peer).is_ok());
        assert!(agreed.allows(State::Caught, Verb::Nod, &above).is_err(), "once is enough");
        let three = past(&[park(1), park(1), (Verb::Nod, 2, State::Caught), park(1)]);
        assert!(three.allows(State::Caught, Verb::Park, &above).is_err());
        assert!(three.allows(State::Caught, Verb::Nod, &above).is_err());
    }

    #[test]
    fn every_part_but_the_one_above_is_refused_a_third_rest_in_every_state() {
        let twice = past(&[(Verb::Park, 1, State::Caught), (Verb::Park, 1, State::Caught)]);
        for state in State::ALL.iter().copied() {
            for part in Part::ALL.iter().copied() {
                assert!(twice.decide(state, Verb::Park, &[part]).is_err(), "{state:?} {part:?}");
                let nods = twice.decide(state, Verb::Nod, &[part]).is_ok();
                assert_eq!(nods, part == Part::Above && state.can_come_to_rest(), "{state:?} {part:?}");
            }
            let holds = twice.decide(state, Verb::Park, &[Part::Holder, Part::Doer, Part::Above]);
            assert_eq!(holds.is_ok(), state.can_come_to_rest() || state == State::New, "{state:?}");
        }
    }

    #[test]
    fn after_two_questions_in_a_row_a_talk_is_offered() {
        let ask = (Verb::Ask, 1, State::Caught);
        let reply = (Verb::Reply, 2, State::Question);
        assert!(past(&[ask, reply]).allows(State::Caught, Verb::Ask, &[]).is_ok());
        let twice = past(&[ask, reply, ask, reply]);
        assert!(twice.allows(State::Caught, Verb::Ask, &[]).unwrap_err().sentence().contains("ten minutes"));
        assert!(twice.allows(State::Caught, Verb::Talk, &[]).is_ok());
        let answered = past(&[ask, reply, ask, reply, (Verb::Park, 1, State::Caught)]);
        assert!(answered.allows(State::Caught, Verb::Ask, &[]).is_ok());
    }

    #[test]
    fn what_was_done_already_waits_for_a_word_and_not_for_its_author() {
        let did = Past::default().and(DID, who(1), "");
        for verb in [Verb::Confirm, Verb::NotYet, Verb::Lapse] {
            assert!(did.allows(State::Delivered, verb, &[]).is_err(), "{verb:?}");
            assert!(Past::default().allows(State::Delivered, verb, &[]).is_ok(), "{verb:?}");
        }
        assert!(did.allows(State::Delivered, Verb::Ask, &[]).is_ok());
        assert!(Past::default().allows(State::Delivered, Verb::Ask, &[]).is_err());
        assert_eq!(did.settle(Verb::Thank, State::Delivered), State::Done);
        assert_eq!(did.settle(Verb::Reply, State::Caught), State::Delivered);
        assert_eq!(Past::default().settle(Verb::Thank, State::Delivered), State::Delivered);
    }

    #[test]
    fn what_its_doer_let_rest_has_its_yes_still() {
        assert_eq!(past(&[(Verb::Park, 1, State::Go)]).settle(Verb::Wake, State::Caught), State::Go);
        assert_eq!(past(&[(Verb::Park, 1, State::Caught)]).settle(Verb::Wake, State::Caught), State::Caught);
    }

    #[test]
    fn it_is_sent_back_once() {
        let sent = past(&[(Verb::SendBack, 1, State::PassedUp)]);
        assert!(sent.allows(State::PassedUp, Verb::SendBack, &[]).is_err());
        assert!(Past::default().allows(State::PassedUp, Verb::SendBack, &[]).is_ok());
    }
}
