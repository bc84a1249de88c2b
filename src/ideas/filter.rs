//! Which ideas a list shows: by where they are, whose, where the ball is, how old, and where the page before ended.

use super::State;
use crate::error::Error;
use crate::ids::TeamId;
use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

/// What the address asks for; an empty value asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    show: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    team: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    age: String,
    #[serde(default)]
    before: String,
}

crate::choices! {
    /// Which list it is.
    Show {
        /// What somebody still owes a move on.
        Open "open" "Open";
        /// What came to its end.
        Finished "finished" "Finished";
        /// The reader's own, and what became of them.
        Mine "mine" "Mine";
    }
}

crate::choices! {
    /// Where the ball is, where that is asked for.
    Place {
        /// With the reader.
        Me "me" "with me";
        /// With a rep of the idea's team.
        Team "team" "with the team";
        /// With a team leader or a director.
        Leadership "leadership" "with leadership";
        /// With anybody else.
        Departments "departments" "with other departments";
    }
}

/// States that mean the same to who looks for an idea: the name in the address, the words, the states.
pub const GROUPS: [(&str, &str, &[State]); 11] = [
    ("waiting", "waits for an answer", &[State::New, State::Caught, State::PassedUp, State::ThrownBack]),
    ("question", "a question to the author", &[State::Question]),
    ("yes", "yes: being done or tried", &[State::Go, State::Trying]),
    ("help", "help is promised", &[State::Helping]),
    ("not_now", "not now", &[State::Parked]),
    ("no", "answered no", &[State::Declined, State::ClosedDeclined]),
    ("delivered", "delivered", &[State::Delivered]),
    ("done", "done", &[State::Done]),
    ("learned", "learned", &[State::Learned]),
    ("together", "put together with another", &[State::Merged]),
    ("taken_back", "taken back", &[State::Withdrawn]),
];

/// How long ago an idea was thrown at least: the name in the address, the words.
pub const AGES: [(&str, &str); 3] =
    [("days", "older than 3 days"), ("weeks", "older than 2 weeks"), ("months", "older than 3 months")];

impl ListQuery {
    /// Which list it is.
    pub fn show(&self) -> Show {
        self.show.parse().unwrap_or(Show::Open)
    }

    /// The states that are wanted: those of the group, or all that belong to the list.
    pub fn states(&self) -> Vec<State> {
        if let Some((_, _, states)) = self.group() {
            return states.to_vec();
        }
        let belongs = |state: &State| match self.show() {
            Show::Open => state.is_open(),
            Show::Finished => !state.is_open(),
            Show::Mine => true,
        };
        State::ALL.iter().copied().filter(belongs).collect()
    }

    fn group(&self) -> Option<&'static (&'static str, &'static str, &'static [State])> {
        GROUPS.iter().find(|(name, _, _)| *name == self.state)
    }

    /// Where the ball is to be.
    pub fn place(&self) -> Option<Place> {
        self.place.parse().ok()
    }

    /// The one team that is wanted.
    ///
    /// # Errors
    /// When the address names no team at all.
    pub fn team(&self) -> Result<Option<TeamId>, Error> {
        if self.team.is_empty() {
            return Ok(None);
        }
        let team = self.team.parse().map(Some);
        team.map_err(|_| Error::Unreadable("The team in this address is not understood.".into()))
    }

    /// Thrown before this moment, and before this idea of that moment.
    ///
    /// # Errors
    /// When the address says no such place.
    pub fn before(&self, now: DateTime<Utc>) -> Result<(DateTime<Utc>, Uuid), Error> {
        let unreadable =
            || Error::Unreadable("The place in the list that this address names is not understood.".into());
        let after = if self.before.is_empty() { None } else { Some(place_of(&self.before).ok_or_else(unreadable)?) };
        let old = match self.age.as_str() {
            "days" => now.checked_sub_days(Days::new(3)),
            "weeks" => now.checked_sub_days(Days::new(14)),
            "months" => now.checked_sub_months(Months::new(3)),
            _ => None,
        };
        let places = [after, old.map(|old| (old, Uuid::max()))];
        Ok(places.into_iter().flatten().min().unwrap_or((end_of_time(), Uuid::max())))
    }

    /// Whether the reader has gone on to older ideas.
    pub fn goes_on(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether one of the filters is set.
    pub fn is_filtered(&self) -> bool {
        !self.words("a team").is_empty()
    }

    /// What the filters ask for, in words.
    pub fn words(&self, team: &str) -> Vec<String> {
        let mut words = Vec::new();
        words.extend(self.group().map(|(_, words, _)| (*words).to_owned()));
        if !self.team.is_empty() {
            words.push(team.to_owned());
        }
        words.extend(self.place().map(|place| place.words().to_owned()));
        words.extend(AGES.iter().find(|(name, _)| *name == self.age).map(|(_, words)| (*words).to_owned()));
        words
    }

    /// Whether this choice of a filter is the one that is set.
    pub fn has(&self, name: &str, value: &str) -> bool {
        let set = match name {
            "state" => &self.state,
            "team" => &self.team,
            "place" => &self.place,
            _ => &self.age,
        };
        set == value
    }

    /// The address of the ideas after this one, with the same filters.
    pub fn older(&self, at: DateTime<Utc>, id: Uuid) -> String {
        let mut address = format!("/ideas?show={}", self.show().name());
        for (name, value) in [("state", &self.state), ("team", &self.team), ("place", &self.place), ("age", &self.age)]
        {
            if !value.is_empty() {
                let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
                address.push_str(&format!("&{name}={value}"));
            }
        }
        format!("{address}&before={}-{}", at.timestamp_micros(), id.simple())
    }
}

fn place_of(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (micros, id) = text.rsplit_once('-')?;
    let at = DateTime::from_timestamp_micros(micros.parse().ok()?).filter(|at| *at <= end_of_time())?;
    (at >= DateTime::UNIX_EPOCH).then_some(())?;
    Some((at, id.parse().ok()?))
}

fn end_of_time() -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(9999, 1, 1).map_or(DateTime::UNIX_EPOCH, |day| day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_belongs_to_one_group() {
        for state in State::ALL {
            let groups = GROUPS.iter().filter(|(_, _, states)| states.contains(state)).count();
            assert_eq!(groups, 1, "{state:?}");
        }
    }

    #[test]
    fn the_place_in_a_list_is_read_as_it_is_written() {
        let (now, id) = ("2026-03-03T10:00:00.123456Z".parse().unwrap(), Uuid::from_u128(7));
        let address = ListQuery { state: "no".into(), ..ListQuery::default() }.older(now, id);
        let (rest, before) = address.split_once("&before=").unwrap();
        assert_eq!(rest, "/ideas?show=open&state=no");
        assert_eq!(place_of(before), Some((now, id)));
        for nonsense in ["nonsense", "-", "1-x", "x-00000000000000000000000000000007", "-9-0", "99999999999999999999-0"]
        {
            assert_eq!(place_of(nonsense), None, "{nonsense}");
        }
        let far = format!("{}-{}", i64::MAX, id.simple());
        assert_eq!(place_of(&far), None);
    }

    #[test]
    fn an_age_is_a_place_in_the_list_too() {
        let now: DateTime<Utc> = "2026-03-03T10:00:00Z".parse().unwrap();
        let query = ListQuery { age: "weeks".into(), ..ListQuery::default() };
        let (at, id) = query.before(now).unwrap();
        assert_eq!((at, id), ("2026-02-17T10:00:00Z".parse().unwrap(), Uuid::max()));
        assert_eq!(query.words(""), ["older than 2 weeks"]);
    }
}
