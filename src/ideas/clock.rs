//! What clocks do to an idea when nobody moves: a rest ends, and what ends by itself ends.
//!
//! A question that its author leaves goes back to the one who asked, with the advice to talk; a no that nobody contests is
//! final; what was delivered and never confirmed is done, and says so. Everything else stays with its holder.

use super::transition::{Details, Transition};
use super::{State, Verb, store};
use crate::App;
use crate::balls::Owes;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::IdeaId;
use crate::moves::{Move, Moved};

const DUE: &str = "
    SELECT ball.subject_id FROM ball
    WHERE ball.subject = 'idea' AND ball.due_at <= $1 AND ball.owes IN ('reply', 'judge', 'confirm', 'wake')
      AND NOT EXISTS (SELECT 1 FROM letter_word
                      WHERE letter_word.letter_id = ball.subject_id AND letter_word.verb <> 'said')
    ORDER BY ball.due_at, ball.subject_id";

/// Let the clocks of all ideas run. What a nameless author did in time and the post has not taken yet counts first.
///
/// It reads first, so that nothing is written while nothing is due; running it twice does nothing twice. An idea that fails
/// is written down and keeps none of the others waiting.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let due: Vec<(IdeaId,)> = tx.query_as(DUE).bind(now).all().await?;
    drop(tx);
    for (id,) in due {
        let mut tx = app.write().await?;
        match turn_one(&mut tx, id).await {
            Ok(()) => tx.commit().await?,
            Err(error) => tracing::error!(idea = %id, ?error, "the clock of an idea did not turn"),
        }
    }
    Ok(())
}

async fn turn_one(tx: &mut Tx, id: IdeaId) -> Moved {
    let idea = store::idea(tx, id).await?;
    // It is looked at again: somebody may have moved, or another process may have turned its clock.
    let Some(verb) = idea.due_at.filter(|due_at| *due_at <= tx.now()).and_then(|_| ends(idea.state, idea.owes)) else {
        return Ok(());
    };
    let this = Move::of_clock(tx);
    Transition::of(tx, &idea, this, verb).await?.end(tx, Details::default()).await
}

/// What the end of a clock does; nothing where the ball stays until somebody moves.
pub fn ends(state: State, owes: Option<Owes>) -> Option<Verb> {
    match (state, owes?) {
        (State::Parked, Owes::Wake) => Some(Verb::Wake),
        (State::Question, Owes::Reply) | (State::Declined, Owes::Judge) | (State::Delivered, Owes::Confirm) => {
            Some(Verb::Lapse)
        }
        _ => None,
    }
}
