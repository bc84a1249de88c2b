//! The life of an idea as a table: in which state who may do what, and where it leads.
//!
//! `past` knows what depends on the history, `seats` who has the ball next. A draft is no idea yet: it is the private
//! property of its author, has no row here, and so can be found, counted or shown by nobody else.

crate::machine! {
    /// Where an idea is.
    states {
        /// Thrown, and nobody has caught it.
        open New "new" "thrown": "This idea waits for its leader to catch it or to answer it. Its author may take it back.";
        /// A person has it and will answer.
        open Caught "caught" "caught":
            "This idea waits for the answer of the one who has the ball. Its author may take it back.";
        /// A question came back to the author.
        open Question "question" "a question to the author": "This idea waits for its author to answer a question.";
        /// Yes, do it.
        open Go "go" "yes, do it":
            "This idea has its yes. It waits for whoever does it to say by when, or that it is done.";
        /// Yes, let's try it: it runs as an experiment.
        open Trying "trying" "being tried": "This idea is being tried. What happens next happens on its experiment.";
        /// Leadership has promised something.
        open Helping "helping" "help is promised":
            "This idea follows a promise. What happens next happens on that promise.";
        /// Taken further, to the next level or to a helper.
        open PassedUp "passed_up" "taken further":
            "This idea was taken further. It waits for the answer of the one who has the ball.";
        /// Not now; it rests until a day.
        open Parked "parked" "not now":
            "This idea rests until its day. Its author, or the one who parked it, may wake it.";
        /// No, because; the author may throw it back once.
        open Declined "declined" "answered no":
            "This idea was answered no. Its author may say whether that was fair, or throw it back once.";
        /// The author did not agree; the next level answers.
        open ThrownBack "thrown_back" "thrown back":
            "This idea was thrown back. It waits for the answer of the next level.";
        /// Done, says the doer.
        open Delivered "delivered" "delivered":
            "This idea is delivered. Its author says whether it changed something.";
        /// It changed something.
        closed Done "done" "done": "This idea is done. A new hurt is a new idea.";
        /// Tried, not adopted, the lesson kept.
        closed Learned "learned" "learned":
            "This idea was tried and taught a lesson. A new idea may take it up again.";
        /// Answered no; the problem stays open for other ideas.
        closed ClosedDeclined "closed_declined" "answered no, the problem stays open":
            "This idea was answered no for good. The problem stays open: a new idea may take it up.";
        /// The same as another; its author became co-author there.
        closed Merged "merged" "put together with another":
            "This idea was put together with another. What happens next happens there.";
        /// Taken back by the author.
        closed Withdrawn "withdrawn" "taken back":
            "This idea was taken back by its author. A new idea may take it up again.";
    }
    /// What can be done with an idea.
    verbs {
        /// A person says "I have it".
        Catch "catch": "A new idea is caught by the one it was thrown to, or by a leader of the team.";
        /// Ask the author back.
        Ask "ask" words: "Only whoever answers the idea asks its author back.";
        /// The author answers the question.
        Reply "reply" words: "Only its author answers a question.";
        /// Offer ten minutes with a date, in place of a third question.
        Talk "talk" words: "Only whoever has the ball offers ten minutes to talk.";
        /// Yes, do it.
        Go "go" words: "Only whoever has the ball answers the idea.";
        /// Yes, let's try it.
        Try "try" words: "Only whoever has the ball answers the idea, and only whoever does it tries it first.";
        /// I will help, with a dated promise.
        Help "help" words: "Only whoever has the ball, or leads the team, promises help.";
        /// I take it further and stay on it.
        PassUp "pass_up" words: "Only whoever has the ball takes the idea further.";
        /// Whoever carries it tells how it stands.
        Report "report" words: "Only whoever took it further tells how it stands.";
        /// Back to the one who carried it here, once, with a reason.
        SendBack "send_back" words: "Only whoever has the ball sends the idea back.";
        /// Not now, again on a day.
        Park "park" words: "Only whoever has the ball, or does it, lets the idea rest.";
        /// The next level agrees that it rests a third time.
        Nod "nod": "This is for the next level, when an idea is to rest a third time.";
        /// No, because.
        Decline "decline" words: "Only whoever has the ball answers the idea.";
        /// It is the same as another: put the two together.
        Merge "merge" words: "Only whoever has the ball puts the idea together with another.";
        /// The author says it is not the same.
        Object "object" words: "Only its author says that it is not the same.";
        /// The idea it was put together with was taken back: it stands by itself again.
        Alone "alone": "An idea stands alone again only when the other one is taken back.";
        /// The author takes it back.
        Withdraw "withdraw": "Only its author takes an idea back.";
        /// The author changes its words; the old ones are kept.
        Reword "reword": "Its author changes the words, until an experiment on it starts.";
        /// The author says the no was fair.
        Fair "fair": "Only its author says whether a no was fair.";
        /// The author throws the no back.
        ThrowBack "throw_back" words: "Only its author throws a no back.";
        /// The doer says by when.
        Plan "plan": "Only whoever does it says by when it will be done.";
        /// The doer says it is done.
        Deliver "deliver" words: "Only whoever does it says that it is done.";
        /// A leader thanks in their own words.
        Thank "thank" words: "Only a leader of the team thanks for an idea.";
        /// The author says it changed for them.
        Confirm "confirm": "Only its author says whether it changed something.";
        /// The author says it has not, and why.
        NotYet "not_yet" words: "Only its author says whether it changed something.";
        /// A resting idea is woken.
        Wake "wake": "Only its author, or the one who parked it, wakes an idea.";
        /// Somebody up the chain says "I take it", when it needs a hand.
        Take "take": "Only somebody who leads the team, or stands above, takes the ball.";
        /// A clock ran out that ends by itself.
        Lapse "lapse": "This happens by itself when a clock has run out.";
        /// An experiment on it begins or moves on.
        Follow "follow": "An idea follows its experiment by itself.";
        /// The promise it follows moves on.
        Carry "carry": "An idea follows its promise by itself.";
        /// The promise is kept or released and the author goes on.
        GoOn "go_on": "An idea follows its promise by itself.";
        /// The promise is kept and was the whole thing.
        Whole "whole": "An idea follows its promise by itself.";
        /// The promise is revoked: answer again.
        Revoke "revoke": "An idea follows its promise by itself.";
        /// The standard that came of it is in use.
        InUse "in_use": "An idea follows its standard by itself.";
        /// The experiment was abandoned with a lesson.
        Abandon "abandon": "An idea follows its experiment by itself.";
        /// The experiment was dropped before it started.
        Drop "drop": "An idea follows its experiment by itself.";
    }
    /// The part somebody plays for one idea. A person may play several.
    parts {
        /// Who threw it.
        Author;
        /// Who has the ball.
        Holder;
        /// The team's leader and anybody above, but for those it was thrown past; and whoever caught or carries it.
        Leader;
        /// Whoever is above the one who let it rest last, once it has rested twice.
        Above;
        /// Who does it.
        Doer;
        /// Who took it further and stays on it.
        Carrier;
        /// The promise, experiment or standard that the idea follows.
        Followed;
        /// The clock, when nobody moved.
        Clock;
    }
    starts New, Delivered;
    rules {
        New, Caught, Question, Go, Trying, Helping, PassedUp, Parked, ThrownBack: Withdraw by Author => Withdrawn;
        New, Caught, Question, Go, Trying, Helping, PassedUp, Parked, ThrownBack: Reword by Author => same;

        New: Catch by Holder, Leader => Caught;
        New: Ask by Holder, Leader => Question;
        New: Go by Holder, Leader => Go;
        New: Try by Holder, Leader => Trying;
        New: Help by Holder, Leader => Helping;
        New: PassUp by Holder, Leader => PassedUp;
        New: Park by Holder, Leader => Parked;
        New: Decline by Holder, Leader => Declined;
        New: Merge by Holder, Leader => Merged;

        Caught, PassedUp, ThrownBack: Ask by Holder => Question;
        Caught, PassedUp, ThrownBack: Go by Holder => Go;
        Caught, PassedUp, ThrownBack: Try by Holder => Trying;
        Caught, PassedUp, ThrownBack: Help by Holder => Helping;
        Caught, PassedUp, ThrownBack: PassUp by Holder => PassedUp;
        Caught, PassedUp, ThrownBack: Park by Holder => Parked;
        Caught, PassedUp: Decline by Holder => Declined;
        ThrownBack: Decline by Holder => ClosedDeclined;
        Caught, PassedUp, ThrownBack: Merge by Holder => Merged;
        Caught, PassedUp, ThrownBack: Talk by Holder => same;
        PassedUp: SendBack by Holder => Caught;
        PassedUp: Report by Carrier => same;
        Caught, PassedUp, ThrownBack, Go: Nod by Above => same;
        New, Caught, PassedUp, ThrownBack, Go, Trying, Delivered: Take by Leader => same;

        Question: Reply by Author => Caught;
        Question: Lapse by Clock => Caught;
        Parked: Wake by Author, Holder, Clock => Caught;
        Declined: Fair by Author => ClosedDeclined;
        Declined: Lapse by Clock => ClosedDeclined;
        Declined: ThrowBack by Author => ThrownBack;

        Go: Plan by Doer => same;
        Go: Deliver by Doer => Delivered;
        Go: Try by Doer => Trying;
        Go: Park by Doer => Parked;
        Go: Help by Leader => Helping;
        Delivered: Confirm by Author => Done;
        Delivered: NotYet by Author => Go;
        Delivered: Ask by Leader => Question;
        Delivered, Done: Thank by Leader => same;
        Delivered: Lapse by Clock => Done;

        Go, Trying: Follow by Followed => Trying;
        Go, Trying: InUse by Followed => Delivered;
        Trying: Abandon by Followed => Learned;
        Trying: Drop by Followed => Go;
        Helping: Carry by Followed => same;
        Helping: GoOn by Followed => Go;
        Helping: Whole by Followed => Delivered;
        Helping: Revoke by Followed => Caught;

        Merged: Object by Author => Caught;
        Merged: Alone by Followed => Caught;
    }
    afterwards Thank, Object, Alone;
}

impl State {
    /// Whether it can be laid to rest once more, after it has rested.
    pub fn can_come_to_rest(self) -> bool {
        matches!(self, Self::Caught | Self::PassedUp | Self::ThrownBack | Self::Go)
    }

    /// Whether one of the six answers is what it waits for.
    pub fn waits_for_an_answer(self) -> bool {
        matches!(self, Self::New | Self::Caught | Self::PassedUp | Self::ThrownBack)
    }
}

impl Verb {
    /// Whether it is an answer of leadership: one of the six, a question back, or that it is the same as another.
    pub fn is_answer(self) -> bool {
        self == Self::Ask || self.is_real_answer()
    }

    /// Whether it is one of the six honest answers, or puts the idea to another, which is answered there.
    pub fn is_real_answer(self) -> bool {
        matches!(self, Self::Go | Self::Try | Self::Help | Self::PassUp | Self::Park | Self::Decline | Self::Merge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_can_let_it_rest_again_can_ask_for_agreement_there() {
        for state in State::ALL.iter().copied().filter(|state| *state != State::New) {
            let rests = Part::ALL.iter().any(|part| step(state, Verb::Park, &[*part]).is_ok());
            assert_eq!(rests, step(state, Verb::Nod, &[Part::Above]).is_ok(), "{state:?}");
            assert_eq!(rests, state.can_come_to_rest(), "{state:?}");
        }
    }
}
