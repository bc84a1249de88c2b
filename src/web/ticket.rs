//! What the cookie of a session holds: its token, when its owner signed in and when they were last here, and a signature.
//!
//! So a session that nobody uses ends, and an admin's after half a day, although the program stores neither when somebody
//! signed in nor when they were here: the browser carries it, and the signature keeps it from being changed there.

use crate::people::SESSION_LASTS;
use crate::web::seal::Seal;
use chrono::{DateTime, TimeDelta, Utc};

/// A session that nobody uses for so long has ended.
pub const IDLE: TimeDelta = TimeDelta::days(7);
/// How long an admin stays signed in.
pub const ADMIN_LASTS: TimeDelta = TimeDelta::hours(12);
/// For so long after signing in nobody is asked for their password once more.
pub const RECENT: TimeDelta = TimeDelta::minutes(10);
/// The time of the last visit is no finer than this.
const RENEWED: TimeDelta = TimeDelta::hours(1);

/// What a session's cookie holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub token: String,
    signed_in: DateTime<Utc>,
    seen: DateTime<Utc>,
}

impl Ticket {
    /// The one of a session that begins now.
    pub fn of_now(token: &str, now: DateTime<Utc>) -> Self {
        Self { token: token.to_owned(), signed_in: now, seen: now }
    }

    /// As it stands in the cookie.
    pub fn write(&self, seal: &Seal) -> String {
        let text = format!("{}.{}.{}", self.token, self.signed_in.timestamp(), self.seen.timestamp());
        let signed = seal.sign(&text);
        format!("{text}.{signed}")
    }

    /// Read it; nothing when we did not write it.
    pub fn read(text: &str, seal: &Seal) -> Option<Self> {
        let (text, _) = text.rsplit_once('.').filter(|(text, signed)| seal.is_signed(text, signed))?;
        let mut parts = text.split('.');
        let token = parts.next()?.to_owned();
        let mut time = || DateTime::from_timestamp(parts.next()?.parse().ok()?, 0);
        Some(Self { token, signed_in: time()?, seen: time()? })
    }

    /// Whether it still opens anything: for whom is not known yet.
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        now - self.seen < IDLE && now - self.signed_in < SESSION_LASTS
    }

    /// Whether it still opens what an admin may do.
    pub fn is_good_for_admins(&self, now: DateTime<Utc>) -> bool {
        now - self.signed_in < ADMIN_LASTS
    }

    /// Whether its owner signed in a moment ago.
    pub fn is_recent(&self, now: DateTime<Utc>) -> bool {
        now - self.signed_in < RECENT
    }

    /// The same for somebody who is here now; nothing while the old one is good enough.
    pub fn renewed(&self, now: DateTime<Utc>) -> Option<Self> {
        (now - self.seen >= RENEWED).then(|| Self { seen: now, ..self.clone() })
    }

    /// For how many seconds a browser has to keep it.
    pub fn lasts(&self, now: DateTime<Utc>) -> i64 {
        IDLE.min(self.signed_in + SESSION_LASTS - now).num_seconds().max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_ends_when_nobody_uses_it_and_after_thirty_days() {
        let began = "2026-03-03T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let seal = Seal::of(&[7; 32], &"http://127.0.0.1".parse().unwrap());
        let mut ticket = Ticket::of_now("token", began);
        assert_eq!(Ticket::read(&ticket.write(&seal), &seal), Some(ticket.clone()));
        let second = TimeDelta::seconds(1);
        assert!(ticket.is_good(began + IDLE - second) && !ticket.is_good(began + IDLE));
        assert!(
            ticket.is_good_for_admins(began + ADMIN_LASTS - second) && !ticket.is_good_for_admins(began + ADMIN_LASTS)
        );
        assert!(ticket.is_recent(began + RECENT - second) && !ticket.is_recent(began + RECENT));
        assert_eq!(ticket.renewed(began + RENEWED - second), None);
        for day in 1..30 {
            let now = began + TimeDelta::days(day);
            assert!(ticket.is_good(now), "{day}");
            ticket = ticket.renewed(now).unwrap();
            assert!(ticket.lasts(now) <= IDLE.num_seconds());
        }
        assert!(ticket.is_good(began + SESSION_LASTS - second) && !ticket.is_good(began + SESSION_LASTS));
    }

    #[test]
    fn a_ticket_that_was_changed_opens_nothing() {
        let began = "2026-03-03T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let seal = Seal::of(&[7; 32], &"http://127.0.0.1".parse().unwrap());
        let good = Ticket::of_now("token", began).write(&seal);
        let later = good.replace(&began.timestamp().to_string(), &(began.timestamp() + 1).to_string());
        for wrong in
            ["", "token", "token.1.1", "token.1.1.", &later, &good[1..], &good[..good.len() - 1], &format!("x{good}")]
        {
            assert_eq!(Ticket::read(wrong, &seal), None, "{wrong}");
        }
    }
}
