//! Absences: from which day to which somebody is away, and who stands in. No reason is asked or stored, and what is over
//! is forgotten.
//!
//! The rules are here, pure; `store` holds the SQL. The balls move in
//! [`crate::balls::handing`].

pub mod store;

use super::help_chain::above;
use super::{Person, Role};
use crate::calendar::Calendar;
use crate::ids::{AbsenceId, PersonId, TeamId};
use chrono::NaiveDate;

/// How many people who stand in for each other are asked one after the other.
const LONGEST_CHAIN: usize = 8;
/// The longest absence that is taken, in days.
pub const LONGEST_DAYS: i64 = 366;

/// Days on which somebody is away.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Away {
    pub id: AbsenceId,
    pub person_id: PersonId,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    /// Who stands in; the next level when nobody is named.
    pub deputy_id: Option<PersonId>,
    pub version: i64,
}

impl Away {
    /// Whether the person is away on this day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from_on <= day && day <= self.to_on
    }

    /// Whether it has a day in common with these days.
    pub fn meets(&self, from: NaiveDate, to: NaiveDate) -> bool {
        self.from_on <= to && from <= self.to_on
    }
}

/// How many days of these a team works: more than one asks for a deputy.
pub fn working_days(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> usize {
    from.iter_days().take_while(|day| *day <= to).filter(|day| calendar.works_on(*day)).count()
}

/// Whether somebody can be asked to stand in: who answers or does the work, in a team or beside it.
pub fn can_stand_in(person: &Person) -> bool {
    [Role::Rep, Role::TeamLeader, Role::Director, Role::Helper].into_iter().any(|role| person.is(role))
}

/// Whether somebody may write down an absence of this person: themselves, who is above, the coach, the admin.
pub fn may_record(reader: &Person, person: &Person, people: &[Person]) -> bool {
    let levels = above(people, person.id, person.team().unwrap_or_default());
    reader.id == person.id || reader.is(Role::Coach) || reader.is(Role::Admin) || levels.contains(&reader.id)
}

/// With whom a ball of this team lies while the one whose it is may be away.
///
/// The deputy, else the next level; when they are away too, the one who stands in for them, and so on, at most eight and
/// never in a circle. `waiting` are those who wait for it: they answer nothing of their own. When nobody is left it
/// stays where it is. One working day without a deputy hands nothing over.
pub fn stand_in(
    away: &[Away],
    people: &[Person],
    (team, calendar): (TeamId, &Calendar),
    today: NaiveDate,
    whose: PersonId,
    waiting: &[PersonId],
) -> PersonId {
    let mut asked = vec![whose];
    let mut at = whose;
    for _ in 0..=LONGEST_CHAIN {
        let Some(absence) = away.iter().find(|away| away.person_id == at && away.covers(today)) else { return at };
        if absence.deputy_id.is_none() && working_days(calendar, absence.from_on, absence.to_on) <= 1 {
            return at;
        }
        let candidates = absence.deputy_id.into_iter().chain(above(people, at, team));
        let next = candidates.into_iter().find(|next| !asked.contains(next) && !waiting.contains(next));
        let Some(next) = next else { return whose };
        asked.push(next);
        at = next;
    }
    whose
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    const TEAM: TeamId = TeamId(Uuid::from_u128(90));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn away(person: u128, from: &str, to: &str, deputy: Option<u128>) -> Away {
        let (from_on, to_on) = (day(from), day(to));
        let id_of = AbsenceId(Uuid::from_u128(person));
        Away { id: id_of, person_id: id(person), from_on, to_on, deputy_id: deputy.map(id), version: 1 }
    }

    /// A leader (1) below a director (2) below a managing director (3), and reps (4 to 20).
    fn people() -> Vec<Person> {
        let person = |number: u128, role, next_level: Option<u128>| Person {
            id: id(number),
            name: String::new(),
            next_level: next_level.map(id),
            roles: vec![role],
        };
        let leaders = [
            person(1, (Role::TeamLeader, Some(TEAM)), Some(2)),
            person(2, (Role::Director, None), Some(3)),
            person(3, (Role::Director, None), None),
        ];
        leaders.into_iter().chain((4..=20).map(|number| person(number, (Role::Rep, Some(TEAM)), None))).collect()
    }

    fn stands_in(away: &[Away], today: &str, whose: u128, waiting: &[u128]) -> PersonId {
        let waiting: Vec<PersonId> = waiting.iter().map(|number| id(*number)).collect();
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        stand_in(away, &people(), (TEAM, &calendar), day(today), id(whose), &waiting)
    }

    #[test]
    fn a_deputy_stands_in_from_the_first_day_to_the_last() {
        let list = [away(1, "2026-03-04", "2026-03-06", Some(4))];
        let with = |today: &str| stands_in(&list, today, 1, &[]);
        assert_eq!([with("2026-03-03"), with("2026-03-04")], [id(1), id(4)]);
        assert_eq!([with("2026-03-06"), with("2026-03-07")], [id(4), id(1)]);
    }

    #[test]
    fn without_a_deputy_the_next_level_has_it_when_it_is_more_than_a_working_day() {
        assert_eq!(stands_in(&[away(1, "2026-03-04", "2026-03-05", None)], "2026-03-04", 1, &[]), id(2));
        assert_eq!(stands_in(&[away(1, "2026-03-04", "2026-03-04", None)], "2026-03-04", 1, &[]), id(1));
        // Friday to Sunday is one working day.
        assert_eq!(stands_in(&[away(1, "2026-03-06", "2026-03-08", None)], "2026-03-06", 1, &[]), id(1));
        assert_eq!(stands_in(&[away(4, "2026-03-04", "2026-03-05", None)], "2026-03-04", 4, &[]), id(1), "a rep");
    }

    #[test]
    fn a_chain_of_absences_is_followed_and_never_in_a_circle() {
        let list = [away(1, "2026-03-02", "2026-03-06", Some(4)), away(4, "2026-03-03", "2026-03-04", Some(5))];
        assert_eq!(stands_in(&list, "2026-03-02", 1, &[]), id(4));
        assert_eq!(stands_in(&list, "2026-03-03", 1, &[]), id(5));
        assert_eq!(stands_in(&list, "2026-03-05", 1, &[]), id(4));
        let circle = [away(1, "2026-03-02", "2026-03-06", Some(4)), away(4, "2026-03-02", "2026-03-06", Some(1))];
        assert_eq!(stands_in(&circle, "2026-03-03", 4, &[]), id(2), "past the leader, who is away too");
        let top = [away(3, "2026-03-02", "2026-03-06", None)];
        assert_eq!(stands_in(&top, "2026-03-03", 3, &[]), id(3), "nobody is above");
    }

    #[test]
    fn nobody_answers_what_they_wait_for() {
        let list = [away(1, "2026-03-02", "2026-03-06", Some(4))];
        assert_eq!(stands_in(&list, "2026-03-03", 1, &[4]), id(2), "the deputy threw it");
    }

    #[test]
    fn only_days_that_the_team_works_count() {
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        let count = |from: &str, to: &str| working_days(&calendar, day(from), day(to));
        assert_eq!((count("2026-03-06", "2026-03-08"), count("2026-03-06", "2026-03-09")), (1, 2));
        assert_eq!((count("2026-03-07", "2026-03-08"), count("2026-03-08", "2026-03-07")), (0, 0));
    }

    #[test]
    fn an_absence_is_written_down_by_the_person_by_those_above_and_by_coach_and_admin() {
        let mut people = people();
        let (coach, admin) = (people[15].clone(), people[16].clone());
        let with = |person: Person, role| Person { roles: vec![(role, None)], ..person };
        let (coach, admin) = (with(coach, Role::Coach), with(admin, Role::Admin));
        people.truncate(8);
        people.extend([coach.clone(), admin.clone()]);
        let may = |reader: &Person, person: usize| may_record(reader, &people[person], &people);
        for (reader, expected) in [(&people[3], true), (&people[0], true), (&people[1], true), (&people[2], true)] {
            assert_eq!(may(reader, 3), expected);
        }
        assert!(may(&coach, 3) && may(&admin, 3));
        assert!(!may(&people[4], 3), "a mate");
        assert!(!may(&people[3], 0), "not from below");
        assert!(!may(&people[0], 1) && may(&people[2], 1));
    }

    proptest! {
        #[test]
        fn whoever_is_away_anywhere_the_ball_lies_with_one_who_is_there_or_where_it_was(
            deputies in prop::collection::vec(prop::option::of(1_u128..=20), 20), gone in prop::collection::vec(any::<bool>(), 20),
            whose in 1_u128..=20, waits in 1_u128..=20
        ) {
            let list: Vec<Away> = (1..=20).filter(|number| gone[usize::try_from(*number).unwrap() - 1]).map(|number| {
                let deputy = deputies[usize::try_from(number).unwrap() - 1].filter(|deputy| *deputy != number);
                away(number, "2026-03-02", "2026-03-06", deputy)
            }).collect();
            let with = stands_in(&list, "2026-03-03", whose, &[waits]);
            let is_away = |person: PersonId| list.iter().any(|away| away.person_id == person);
            prop_assert!(with == id(whose) || (!is_away(with) && with != id(waits)));
            prop_assert!(is_away(id(whose)) || with == id(whose));
        }
    }
}
