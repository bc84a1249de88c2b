//! Ten minutes to talk, in place of a third question: on a day and at a time.

use super::desk::{Desk, Opened};
use super::turn::{Turn, With, calendar_of};
use super::{Idea, LONGEST, Refusal, Trouble, Verb};
use crate::App;
use crate::balls::Deed;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::IdeaId;
use crate::text::first_name;
use crate::web::{Form, Frame, Member, Path};
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Datelike, NaiveDateTime, Utc};

/// How many characters the moment takes in front of the words.
const MOMENT: usize = 40;

/// Offer ten minutes at a moment of the team's day. The ball stays where it is.
///
/// # Errors
/// A refusal when it is not possible now, not for this person, or its moment is over.
pub async fn offer(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>, at: NaiveDateTime) -> Result<(), Trouble> {
    let calendar = calendar_of(tx, idea.team_id).await?;
    let words = format!("{}\n{}", told(at, &calendar, tx.now()), deed.words);
    let deed = Deed { words: words.trim_end(), ..*deed };
    let turn = Turn::of(tx, idea, Verb::Talk, &deed).await?;
    check(at, &calendar, turn.now)?;
    turn.end(tx, With::default()).await
}

fn check(at: NaiveDateTime, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), Refusal> {
    if calendar.moment(at.date(), at.time()) <= now {
        let over = "This moment is over. Your text is kept. Choose one that is still to come.";
        return Err(Refusal::saying(over));
    }
    Ok(())
}

/// A moment as people say it: "Thu 5 March, 10:00", with the year when it is another one.
fn told(at: NaiveDateTime, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let this_year = at.year() == calendar.date_of(now).year();
    at.format(if this_year { "%a %-d %B, %H:%M" } else { "%a %-d %B %Y, %H:%M" }).to_string()
}

/// `POST /ideas/{id}/talk`
pub async fn talk(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let words = form.text("words", LONGEST - MOMENT);
    let day = form.needed_day("day", "Choose the day on which you can talk.");
    let time = form.needed_time("time", "Choose the time at which you can talk.");
    let desk = Desk { app, member, frame, id, form_name: "talk" };
    let (mut tx, idea) = match desk.open(&form).await? {
        Opened::Ready(ready) => *ready,
        Opened::Answered(response) => return Ok(response),
    };
    let (Some(day), Some(time), true) = (day, time, form.is_good()) else {
        drop(tx);
        return desk.refused(form).await;
    };
    let deed = Deed { key: form.key()?, by: &desk.member, words: &words };
    let done = offer(&mut tx, &idea, &deed, day.and_time(time)).await;
    let say = format!("Offered. {} can see it. The ball stays with you.", first_name(&idea.author));
    desk.close(tx, done, form, "day", &say).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_to_talk_is_said_as_people_say_it_and_lies_ahead() {
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        let now = "2026-07-02T09:00:00Z".parse().unwrap();
        let at = |text: &str| text.parse::<NaiveDateTime>().unwrap();
        assert_eq!(told(at("2026-07-09T10:00:00"), &calendar, now), "Thu 9 July, 10:00");
        assert_eq!(told(at("2027-01-05T08:30:00"), &calendar, now), "Tue 5 January 2027, 08:30");
        // It is ten in London.
        assert!(check(at("2026-07-02T10:01:00"), &calendar, now).is_ok());
        for over in ["2026-07-02T10:00:00", "2026-07-02T09:30:00", "2026-07-01T12:00:00"] {
            assert!(check(at(over), &calendar, now).unwrap_err().0.contains("Your text is kept."), "{over}");
        }
    }
}
