//! What a move does to a promise: its words, its days, what is remembered for ever, and who has the ball then.
//!
//! Nothing here asks the database or the clock on the wall, so that a test can walk through it.

use super::machine::Table;
use super::{ANSWER_DAYS, CONFIRM_DAYS, Cause, Part, Promise, RENEW_DAYS, State, Verb, step};
use crate::balls::{Hold, Owes};
use crate::calendar::Calendar;
use crate::ideas::check_promised;
use crate::moves::{Machine, Refusal};
use chrono::{DateTime, NaiveDate, Utc};

/// What a move names beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// What is asked for or offered.
    pub what: Option<String>,
    pub day: Option<NaiveDate>,
    /// What got in the way of the old day.
    pub cause: Option<Cause>,
    /// Whether what was kept was all that the idea needed which follows the promise.
    pub whole: bool,
    /// The moment by which days are judged; none where it is the one that is kept.
    pub judged_at: Option<DateTime<Utc>>,
}

impl Terms {
    /// A day and nothing else.
    pub fn on(day: NaiveDate) -> Self {
        Self { day: Some(day), ..Self::default() }
    }

    /// A day, and what got in the way of the old one.
    pub fn because(cause: Cause, day: NaiveDate) -> Self {
        Self { cause: Some(cause), ..Self::on(day) }
    }

    /// Other words with their day.
    pub fn offer(what: &str, day: NaiveDate) -> Self {
        Self { what: Some(what.trim().to_owned()), ..Self::on(day) }
    }
}

/// When a move is made, and in which working time.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    pub calendar: &'a Calendar,
    /// The moment that is kept, and from which clocks run.
    pub now: DateTime<Utc>,
    /// The moment by which a day has passed or not. What a nameless receiver says is kept with the week alone; it is
    /// judged by the morning on which it comes.
    pub judged_at: DateTime<Utc>,
}

impl<'a> Moment<'a> {
    /// Made and judged at the same moment.
    pub fn once(calendar: &'a Calendar, now: DateTime<Utc>) -> Self {
        Self { calendar, now, judged_at: now }
    }

    /// So many working days from now.
    pub fn in_days(&self, days: i64) -> DateTime<Utc> {
        self.calendar.add(self.now, self.calendar.days(days))
    }

    /// When work ends on the day that is named; a day in the past, or none at all, is refused.
    fn due(&self, terms: &Terms) -> Result<DateTime<Utc>, Refusal> {
        let day = terms.day.ok_or_else(|| Refusal::at("by", "This needs a day. Choose one from tomorrow on."))?;
        check_promised(self.calendar.date_of(self.judged_at), day)?;
        Ok(self.calendar.closing(day))
    }
}

impl Promise {
    /// The promise after a move, and who has the ball then; nobody when it is closed.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn after(
        &self,
        verb: Verb,
        parts: &[Part],
        terms: &Terms,
        at: &Moment<'_>,
    ) -> Result<(Self, Option<Hold>), Refusal> {
        let state = step(self.state, verb, parts)?;
        let part = parts.iter().copied().find(|part| Table::next(self.state, verb, *part).is_some());
        let part = part.unwrap_or(Part::Other);
        if part == Part::Clock && self.run_out(at.now) != Some(verb) {
            return Err(Refusal::saying("The time has not run out yet."));
        }
        let mut next = Self { state, ..self.clone() };
        match verb {
            Verb::Promise => next.give(at)?,
            Verb::Counter => next.counter(part, terms, at)?,
            Verb::Accept => next.accept(at)?,
            Verb::Drop => next.forget_proposal(),
            Verb::Renegotiate => next.renegotiate(terms, at)?,
            Verb::Agree => next.agree(at)?,
            Verb::KeepOldDate => next.keep_old_date(at),
            Verb::Deliver => next.miss_if_over(at),
            Verb::Keep => next.unconfirmed = part == Part::Clock,
            Verb::NotYet => next.move_to(at.due(terms)?),
            Verb::Miss => next.missed_at = self.missed_at.or(Some(self.due_at)),
            Verb::Renew => {
                needs_cause(terms)?;
                next.due_at = at.due(terms)?;
            }
            Verb::Revoke if self.state == State::Missed => needs_cause(terms)?,
            _ => {}
        }
        let hold = next.hold(at);
        Ok((next, hold))
    }

    /// Who has the ball in this state, what they owe, and by when.
    fn hold(&self, at: &Moment<'_>) -> Option<Hold> {
        let promiser = |owes, due_at| Some(Hold { holder: self.promiser_id, owes, due_at: Some(due_at) });
        let receiver = |owes, due_at| Some(Hold { holder: self.receiver_id, owes, due_at: Some(due_at) });
        match self.state {
            State::Requested => promiser(Owes::Respond, at.in_days(ANSWER_DAYS)),
            State::Countered => receiver(Owes::Respond, at.in_days(ANSWER_DAYS)),
            State::Promised => promiser(Owes::Keep, self.due_at),
            State::Renegotiating => receiver(Owes::Agree, at.in_days(ANSWER_DAYS)),
            State::Delivered => receiver(Owes::Confirm, at.in_days(CONFIRM_DAYS)),
            State::Missed => promiser(Owes::Renew, at.in_days(RENEW_DAYS)),
            _ => None,
        }
    }

    /// It is promised now as it is asked for.
    fn give(&mut self, at: &Moment<'_>) -> Result<(), Refusal> {
        if self.due_at <= at.judged_at {
            return Err(Refusal::saying("The day that was asked for has passed. Offer another day instead."));
        }
        self.first_due_at = Some(self.due_at);
        Ok(())
    }

    fn counter(&mut self, part: Part, terms: &Terms, at: &Moment<'_>) -> Result<(), Refusal> {
        let due_at = at.due(terms)?;
        let what = terms.what.clone().filter(|what| !what.is_empty());
        let what = what.ok_or_else(|| Refusal::at("what", "Say what instead, in a sentence."))?;
        if part == Part::Promiser {
            (self.proposed_what, self.proposed_due_at) = (Some(what), Some(due_at));
        } else {
            (self.what, self.due_at) = (what, due_at);
            self.forget_proposal();
        }
        Ok(())
    }

    fn accept(&mut self, at: &Moment<'_>) -> Result<(), Refusal> {
        if let Some(what) = self.proposed_what.take() {
            self.what = what;
        }
        self.due_at = self.proposed_due_at.unwrap_or(self.due_at);
        self.forget_proposal();
        self.give(at).map_err(|_| Refusal::saying("The day that was offered has passed. Ask for another day instead."))
    }

    fn renegotiate(&mut self, terms: &Terms, at: &Moment<'_>) -> Result<(), Refusal> {
        needs_cause(terms)?;
        let due_at = at.due(terms)?;
        if self.due_at < at.judged_at {
            return Err(Refusal::at("by", "Its day has passed. Say what got in the way, and by when it comes now."));
        }
        if due_at == self.due_at {
            return Err(Refusal::at("by", "It is promised for that day already. Choose another one."));
        }
        (self.proposed_due_at, self.proposed_cause) = (Some(due_at), terms.cause);
        Ok(())
    }

    fn agree(&mut self, at: &Moment<'_>) -> Result<(), Refusal> {
        let due_at = self.proposed_due_at.unwrap_or(self.due_at);
        if due_at <= at.judged_at {
            return Err(Refusal::saying("The day that was asked for has passed too. The old day can only stand."));
        }
        self.forget_proposal();
        self.move_to(due_at);
        Ok(())
    }

    /// The old day stands. When it passed while the other one was asked for, it is missed.
    fn keep_old_date(&mut self, at: &Moment<'_>) {
        self.forget_proposal();
        if self.due_at < at.judged_at {
            self.state = State::Missed;
            self.miss_if_over(at);
        }
    }

    /// What comes after its day was missed, even when no clock turned in between.
    fn miss_if_over(&mut self, at: &Moment<'_>) {
        if self.due_at < at.judged_at {
            self.missed_at = self.missed_at.or(Some(self.due_at));
        }
    }

    fn move_to(&mut self, due_at: DateTime<Utc>) {
        if due_at > self.due_at {
            self.moved += 1;
        }
        self.due_at = due_at;
    }

    fn forget_proposal(&mut self) {
        (self.proposed_what, self.proposed_due_at, self.proposed_cause) = (None, None, None);
    }
}

fn needs_cause(terms: &Terms) -> Result<(), Refusal> {
    terms.cause.map(|_| ()).ok_or_else(|| Refusal::at("cause", "Choose what got in the way."))
}

#[cfg(test)]
mod tests {
    use super::super::walks::asked_for;
    use super::*;
    use crate::balls::PlacedBall;

    const TUESDAY: &str = "2026-03-24T10:00:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The promise after these moves, each at its time.
    fn after(moves: &[(&str, Verb, Part, Terms)]) -> Result<Promise, Refusal> {
        let calendar = Calendar::usual(chrono_tz::UTC);
        let mut promise = asked_for(at(TUESDAY), &calendar);
        for (now, verb, part, terms) in moves {
            let at = Moment::once(&calendar, at(now));
            let (next, hold) = promise.after(*verb, &[*part], terms, &at)?;
            let placed = PlacedBall { clock_at: hold.and_then(|hold| hold.due_at), ..PlacedBall::default() };
            promise = Promise { placed, ..next };
        }
        Ok(promise)
    }

    fn promised() -> (&'static str, Verb, Part, Terms) {
        (TUESDAY, Verb::Promise, Part::Promiser, Terms::default())
    }

    #[test]
    fn an_offer_that_is_taken_brings_its_words_and_its_day() {
        let offer = Terms::offer(" half of it ", day("2026-04-02"));
        let moves = [
            (TUESDAY, Verb::Counter, Part::Promiser, offer),
            ("2026-03-25T10:00:00Z", Verb::Accept, Part::Receiver, Terms::default()),
        ];
        let promise = after(&moves).unwrap();
        assert_eq!((promise.what.as_str(), promise.due_at), ("half of it", at("2026-04-02T17:00:00Z")));
        assert_eq!(promise.first_due_at, Some(promise.due_at));
        assert_eq!((promise.proposed_what, promise.proposed_due_at), (None, None));
    }

    #[test]
    fn a_day_moved_in_time_counts_as_moved_and_one_moved_forward_does_not() {
        let ask = |on| (TUESDAY, Verb::Renegotiate, Part::Promiser, Terms::because(Cause::Other, day(on)));
        let agree = (TUESDAY, Verb::Agree, Part::Receiver, Terms::default());
        let later = after(&[promised(), ask("2026-04-10"), agree.clone()]).unwrap();
        assert_eq!((later.moved, later.missed_at, later.state), (1, None, State::Promised));
        let sooner = after(&[promised(), ask("2026-03-26"), agree]).unwrap();
        assert_eq!((sooner.moved, sooner.due_at), (0, at("2026-03-26T17:00:00Z")));
    }

    #[test]
    fn an_old_day_that_passed_while_another_was_asked_for_is_missed() {
        let moves = [
            promised(),
            (
                "2026-03-27T16:00:00Z",
                Verb::Renegotiate,
                Part::Promiser,
                Terms::because(Cause::Other, day("2026-04-10")),
            ),
            ("2026-03-31T17:00:01Z", Verb::KeepOldDate, Part::Clock, Terms::default()),
        ];
        let promise = after(&moves).unwrap();
        assert_eq!((promise.state, promise.missed_at), (State::Missed, Some(at("2026-03-29T17:00:00Z"))));
    }

    #[test]
    fn what_is_kept_with_the_week_alone_is_judged_by_the_morning_on_which_it_comes() {
        let calendar = Calendar::usual(chrono_tz::UTC);
        let ask = (TUESDAY, Verb::Renegotiate, Part::Promiser, Terms::because(Cause::Other, day("2026-03-26")));
        let asked = after(&[promised(), ask]).unwrap();
        // The words came on Wednesday; they count from Monday, after both days.
        let monday = Moment::once(&calendar, at("2026-03-30T08:00:00Z"));
        let wednesday = Moment { judged_at: at("2026-03-25T08:00:00Z"), ..monday };
        let says = |verb, at: &Moment<'_>| asked.after(verb, &[Part::Receiver], &Terms::default(), at);
        assert!(says(Verb::Agree, &monday).unwrap_err().sentence().contains("passed too"));
        assert_eq!(says(Verb::Agree, &wednesday).unwrap().0.due_at, at("2026-03-26T17:00:00Z"));
        assert_eq!(says(Verb::KeepOldDate, &wednesday).unwrap().0.state, State::Promised);
        // Once the old day has passed it is missed, and the clock of the new day begins with what is kept.
        let late = Moment { judged_at: at("2026-03-30T00:00:00Z"), ..monday };
        let (missed, hold) = says(Verb::KeepOldDate, &late).unwrap();
        assert_eq!((missed.state, hold.unwrap().due_at), (State::Missed, Some(monday.in_days(RENEW_DAYS))));
    }

    #[test]
    fn what_comes_after_its_day_stays_counted_as_missed() {
        let late = [promised(), ("2026-04-01T09:00:00Z", Verb::Deliver, Part::Promiser, Terms::default())];
        assert_eq!(after(&late).unwrap().missed_at, Some(at("2026-03-29T17:00:00Z")));
        let renewed = [
            promised(),
            ("2026-03-30T08:00:00Z", Verb::Miss, Part::Clock, Terms::default()),
            ("2026-03-30T09:00:00Z", Verb::Renew, Part::Promiser, Terms::because(Cause::NotTold, day("2026-04-03"))),
            ("2026-04-02T09:00:00Z", Verb::Deliver, Part::Promiser, Terms::default()),
            ("2026-04-02T10:00:00Z", Verb::Keep, Part::Receiver, Terms::default()),
        ];
        let kept = after(&renewed).unwrap();
        assert_eq!((kept.state, kept.missed_at, kept.moved), (State::Kept, Some(at("2026-03-29T17:00:00Z")), 0));
    }

    #[test]
    fn a_clock_does_nothing_before_its_time() {
        let early = [promised(), ("2026-03-29T17:00:00Z", Verb::Miss, Part::Clock, Terms::default())];
        assert!(after(&early).unwrap_err().sentence().contains("not run out"));
    }

    #[test]
    fn what_is_missing_is_asked_for() {
        let tries = [
            (Verb::Renegotiate, Terms::on(day("2026-04-10")), "got in the way"),
            (Verb::Renegotiate, Terms { cause: Some(Cause::Other), ..Terms::default() }, "needs a day"),
            (Verb::Renegotiate, Terms::because(Cause::Other, day("2026-03-24")), "not in the future"),
            (Verb::Renegotiate, Terms::because(Cause::Other, day("2027-04-24")), "more than a year"),
            (Verb::Renegotiate, Terms::because(Cause::Other, day("2026-03-29")), "that day already"),
        ];
        for (verb, terms, words) in tries {
            let refused = after(&[promised(), (TUESDAY, verb, Part::Promiser, terms)]).unwrap_err();
            assert!(refused.sentence().contains(words), "{refused:?}");
        }
    }
}
