//! The life of a promise as a table: in which state who may do what, and where it leads.
//!
//! The upper half are promises with a day, from "I need from you" to kept; the lower half are standing promises, which
//! have none and end only with notice.

crate::machine! {
    /// Where a promise is.
    states {
        /// Asked for: "I need from you …".
        open Requested "requested" "asked for":
            "This waits for the one who is asked: to promise it, to offer something else, or to say no with a reason. Who asked may let it be.";
        /// The one who was asked offers something else.
        open Countered "countered" "another offer was made":
            "Another offer was made. It waits for the one who asked: to take it, to ask in other words, or to let it be.";
        /// Given, with a day.
        open Promised "promised" "promised":
            "This promise waits for the one who gave it to deliver it, to ask for another day before this one, or to take it back with a reason. The receiver may let it go.";
        /// The promiser asks for another day.
        open Renegotiating "renegotiating" "another day is asked for":
            "Another day is asked for. The receiver agrees, or the old day stands.";
        /// It has come, says the promiser.
        open Delivered "delivered" "delivered, to be confirmed":
            "This promise is delivered. Only its receiver can say whether it is kept.";
        /// Its day has passed.
        open Missed "missed" "its day has passed":
            "The day of this promise has passed. It waits for the one who gave it to say what got in the way, with a new day or a taking back.";
        /// It has come, says the receiver, or the clock when the receiver said nothing.
        closed Kept "kept" "kept": "This promise is kept.";
        /// The one who was asked said no, with a reason.
        closed Refused "refused" "not promised":
            "This was not promised, for the reason that is written there. Something else can be asked for.";
        /// The receiver no longer needs it.
        closed Released "released" "no longer needed": "This promise is no longer needed, said its receiver.";
        /// The promiser took it back, with a reason.
        closed Revoked "revoked" "taken back": "This promise was taken back with a reason.";
        /// The one who asked no longer asks.
        closed Dropped "dropped" "no longer asked for": "This is no longer asked for.";
        /// It holds without an end.
        open Standing "standing" "stands":
            "This promise stands. Anybody may point at a case; the one who gave it reviews it, or ends it with notice.";
        /// Somebody pointed at a case in which it may not have held.
        open PointedAt "pointed_at" "somebody pointed at it":
            "Somebody pointed at a case. It waits for the answer of the one who gave the promise. Another case can be pointed at after it.";
        /// It holds until its day: notice was given.
        open Ending "ending" "ends":
            "Notice was given. Until its day the promise stands, and anybody may point at a case.";
    }
    /// What can be done with a promise.
    verbs {
        /// The one who was asked says yes.
        Promise "promise": "Only the one who is asked can promise it.";
        /// Another offer, with words and a day of its own; either side makes one in turn.
        Counter "counter": "Only the one who asked and the one who is asked can offer something else.";
        /// The one who asked takes the other offer.
        Accept "accept": "Only the one who asked can take the other offer.";
        /// The one who was asked says no, with a reason.
        Refuse "refuse" words: "Only the one who is asked can say no to it.";
        /// The one who asked no longer asks.
        Drop "drop": "Only the one who asked can let it be.";
        /// The promiser asks for another day, before the old one has come.
        Renegotiate "renegotiate" words: "Only the one who gave this promise can ask for another day.";
        /// The receiver agrees to the other day.
        Agree "agree": "Only the receiver can agree to another day.";
        /// The old day stands: the receiver says so, or said nothing.
        KeepOldDate "keep_old_date": "Only the receiver can say that the old day stands.";
        /// The promiser says it has come.
        Deliver "deliver" words: "Only the one who gave this promise can say that it has come.";
        /// The receiver says it is kept, or said nothing.
        Keep "keep": "Only its receiver can say whether it is kept.";
        /// The receiver says not yet, why, and by when it would do.
        NotYet "not_yet" words: "Only its receiver can say whether it is kept.";
        /// Its day passed.
        Miss "miss": "Only the clock sees a day pass.";
        /// The promiser says what got in the way, and a new day.
        Renew "renew" words: "Only the one who gave this promise can name a new day.";
        /// The receiver lets the promiser off.
        Release "release": "Only its receiver can let it go.";
        /// The promiser takes it back, with a reason; a standing promise only with notice.
        Revoke "revoke" words: "Only the one who gave this promise can take it back.";
        /// The promiser says that it still stands.
        Review "review" words: "Only the one who gave this promise can say that it still stands.";
        /// Somebody points at a case.
        PointAt "point_at" words: "Anybody may point at a case of a standing promise.";
        /// The promiser answers it, for all to read.
        AnswerCase "answer_case" words: "Only the one who gave this promise can answer a case.";
        /// The day came for which notice was given.
        End "end": "Only the clock ends a promise on its day.";
    }
    /// The part somebody plays for one promise.
    parts {
        /// Who gave it, or is asked to.
        Promiser;
        /// For whom it is: the one who asked.
        Receiver;
        /// A clock that ran out.
        Clock;
        /// Anybody else who may see it.
        Other;
    }
    starts Requested, Promised, Standing;
    rules {
        Requested: Promise by Promiser => Promised;
        Requested: Counter by Promiser => Countered;
        Requested: Refuse by Promiser => Refused;
        Requested, Countered: Drop by Receiver => Dropped;
        Countered: Accept by Receiver => Promised;
        Countered: Counter by Receiver => Requested;
        Promised: Renegotiate by Promiser => Renegotiating;
        Promised: Deliver by Promiser => Delivered;
        Promised: Release by Receiver => Released;
        Promised: Miss by Clock => Missed;
        Promised, Missed: Revoke by Promiser => Revoked;
        Renegotiating: Agree by Receiver => Promised;
        Renegotiating: KeepOldDate by Receiver, Clock => Promised;
        Delivered: Keep by Receiver, Clock => Kept;
        Delivered: NotYet by Receiver => Promised;
        Missed: Renew by Promiser => Promised;
        Standing: Review by Promiser => Standing;
        Standing, PointedAt: Revoke by Promiser => Ending;
        Standing, Ending: PointAt by Promiser, Other => PointedAt;
        PointedAt: AnswerCase by Promiser => Standing;
        Ending: End by Clock => Revoked;
    }
}
