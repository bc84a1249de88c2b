//! The short moves in the life of a measure: a keeper is found, it begins, rests, goes on and ends.

use super::admission::Admission;
use crate::ids::PersonId;
use crate::lengths;
use crate::measures::{Measure, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

short_moves! {
    find_keeper "keeper" FindKeeper, "", "The measure has a keeper, who defines it now.",
        keeper by |at| at.form.chosen::<PersonId>("keeper", "Choose who keeps it.") => verbs::find_keeper;
    decline "refusal" Decline, "Say why nobody will keep it.", "The wish is declined, with the reason." => verbs::decline;
    begin "beginning" Begin, "", "It begins. The first number can come." => verbs::begin;
    affirm "affirmation" Affirm, "", "It goes on. You are asked again in a year." => verbs::affirm;
    go_on "continuation" GoOn, "", "It goes on. Its keeper is asked for the next number." => verbs::go_on;
    resume "resumption" Resume, "", "It goes on." => verbs::resume;
    retire "retirement" Retire, "Say why nobody needs it any more.", "It is retired. It stays readable." => verbs::retire;
}

/// `POST /measures/{id}/pause`
pub async fn pause(mut sent: Submission<Measure>) -> Handled {
    let words = sent.words("Say why it rests.", lengths::REMARK);
    let until = sent.form.needed_day("until", "Choose the day on which it wakes.");
    let at = sent.named("pause").open(Admission::Verb(Verb::Pause)).await?;
    let (mut at, until) = at.reads(|_| until).await?;
    let done = verbs::pause(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), until).await;
    at.close(done, "It rests until that day.").await
}
