//! Who is above whom: the help chain of a ball. Pure; the list of all people comes in.

use super::{Person, Role};
use crate::ids::{PersonId, TeamId};

/// How long a chain of next levels may be.
const LONGEST: usize = 8;

/// The next level of a person, and theirs, and so on, nearest first. A stored circle ends where it closes.
pub fn next_levels(people: &[Person], person: PersonId) -> Vec<PersonId> {
    let mut chain = vec![person];
    while chain.len() <= LONGEST {
        let at = chain.last().and_then(|at| people.iter().find(|known| known.id == *at));
        match at.and_then(|at| at.next_level).filter(|level| !chain.contains(level)) {
            Some(level) => chain.push(level),
            None => break,
        }
    }
    chain.remove(0);
    chain
}

/// The leader of a team and everybody above, from the team outwards.
pub fn of_team(people: &[Person], team: TeamId) -> Vec<PersonId> {
    let leads = |person: &&Person| person.roles.contains(&(Role::TeamLeader, Some(team)));
    let leader = people.iter().find(leads).map(|leader| leader.id);
    leader.into_iter().chain(leader.into_iter().flat_map(|leader| next_levels(people, leader))).collect()
}

/// Who is above a person for a ball of this team, nearest first: their next levels; for whoever has none the leader of
/// the team and those above. Nobody is above themselves.
pub fn above(people: &[Person], person: PersonId, team: TeamId) -> Vec<PersonId> {
    let own = next_levels(people, person);
    if own.is_empty() { of_team_above(people, person, team) } else { own }
}

fn of_team_above(people: &[Person], person: PersonId, team: TeamId) -> Vec<PersonId> {
    let chain = of_team(people, team);
    let from = chain.iter().position(|level| *level == person).map_or(0, |at| at + 1);
    chain.into_iter().skip(from).collect()
}

/// Whether a person may see what belongs to a team.
fn sees(people: &[Person], person: PersonId, team: TeamId) -> bool {
    let belongs = |known: &Person| known.is(Role::Coach) || known.roles.iter().any(|(_, of)| *of == Some(team));
    people.iter().any(|known| known.id == person && belongs(known)) || of_team(people, team).contains(&person)
}

/// A ball, as far as it decides who is above it.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    pub whose: PersonId,
    /// Who has it, for them or as their own.
    pub holder: PersonId,
    pub team: TeamId,
    /// To whom its thing was first thrown, where that was past somebody.
    pub past_to: Option<PersonId>,
}

impl Placed {
    /// What this person did or has themselves, for a thing that was thrown past somebody to `past_to`.
    pub fn with(whose: PersonId, team: TeamId, past_to: Option<PersonId>) -> Self {
        Self { whose, holder: whose, team, past_to }
    }
}

/// Those of a team's chain past whom a thing was thrown: everybody before the one it went to first.
pub fn passed_over(people: &[Person], team: TeamId, past_to: Option<PersonId>) -> Vec<PersonId> {
    let mut chain = of_team(people, team);
    chain.truncate(chain.iter().position(|level| Some(*level) == past_to).unwrap_or(0));
    chain
}

/// Who can help with a ball, nearest first: those above the one whose it is, as far as they may see it and it was not
/// thrown past them.
pub fn levels(people: &[Person], ball: &Placed) -> Vec<PersonId> {
    let Placed { whose, holder, team, past_to } = *ball;
    let passed = passed_over(people, team, past_to);
    let hears =
        |level: &PersonId| *level != holder && *level != whose && sees(people, *level, team) && !passed.contains(level);
    let levels: Vec<PersonId> = above(people, whose, team).into_iter().filter(hears).collect();
    if levels.is_empty() { of_team_above(people, whose, team).into_iter().filter(hears).collect() } else { levels }
}

/// Who hears, one level after the other, that a ball needs a hand: those above, and the coach at last.
pub fn help(people: &[Person], ball: &Placed) -> Vec<Vec<PersonId>> {
    let levels = levels(people, ball);
    let is_new = |coach: &PersonId| *coach != ball.holder && *coach != ball.whose && !levels.contains(coach);
    let coaches = people.iter().filter(|person| person.is(Role::Coach)).map(|coach| coach.id);
    let coaches: Vec<PersonId> = coaches.filter(is_new).collect();
    let levels = levels.into_iter().map(|level| vec![level]);
    levels.chain(Some(coaches).filter(|coaches| !coaches.is_empty())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn person(number: u128, role: (Role, Option<TeamId>), next_level: Option<u128>) -> Person {
        Person { id: id(number), name: String::new(), next_level: next_level.map(id), roles: vec![role] }
    }

    const NORTH: TeamId = TeamId(Uuid::from_u128(90));
    const SOUTH: TeamId = TeamId(Uuid::from_u128(91));

    /// A rep (1), her leader (2), the director (3), the managing director (4), a coach (5), a helper (6) with a boss of
    /// her own (7).
    fn company() -> Vec<Person> {
        vec![
            person(1, (Role::Rep, Some(NORTH)), None),
            person(2, (Role::TeamLeader, Some(NORTH)), Some(3)),
            person(3, (Role::Director, None), Some(4)),
            person(4, (Role::Director, None), None),
            person(5, (Role::Coach, None), None),
            person(6, (Role::Helper, None), Some(7)),
            person(7, (Role::Director, None), None),
        ]
    }

    fn hears(people: &[Person], whose: u128) -> Vec<Vec<PersonId>> {
        help(people, &Placed::with(id(whose), NORTH, None))
    }

    #[test]
    fn the_chain_goes_up_and_ends_with_the_coach() {
        let people = company();
        let levels = |numbers: &[u128]| numbers.iter().map(|number| vec![id(*number)]).collect::<Vec<_>>();
        assert_eq!(hears(&people, 1), levels(&[2, 3, 4, 5]), "a rep has the leader of the team above");
        assert_eq!(hears(&people, 2), levels(&[3, 4, 5]));
        assert_eq!(hears(&people, 3), levels(&[4, 5]));
        assert_eq!(hears(&people, 4), levels(&[5]), "nobody is above: the coach hears");
        assert_eq!(hears(&people, 6), levels(&[2, 3, 4, 5]), "the helper's own boss may not see the team");
        assert_eq!(hears(&people, 5), levels(&[2, 3, 4]), "a coach with a ball is no help to themselves");
    }

    #[test]
    fn whoever_holds_it_for_another_is_left_out() {
        let people = company();
        let levels = help(&people, &Placed { whose: id(2), holder: id(3), team: NORTH, past_to: None });
        assert_eq!(levels, vec![vec![id(4)], vec![id(5)]]);
    }

    #[test]
    fn whom_it_was_thrown_past_is_no_help_with_it() {
        let people = company();
        let past = |to: u128| passed_over(&people, NORTH, Some(id(to)));
        assert_eq!(past(3), [id(2)]);
        assert_eq!(past(4), [id(2), id(3)]);
        assert!(past(2).is_empty() && past(6).is_empty() && passed_over(&people, NORTH, None).is_empty());
        let doer = Placed::with(id(1), NORTH, Some(id(3)));
        assert_eq!(help(&people, &doer), vec![vec![id(3)], vec![id(4)], vec![id(5)]]);
    }

    #[test]
    fn a_stored_circle_ends_and_a_team_without_a_leader_has_only_the_coach() {
        let mut people = company();
        people[3].next_level = Some(id(2));
        assert_eq!(hears(&people, 2), vec![vec![id(3)], vec![id(4)], vec![id(5)]]);
        assert_eq!(above(&people, id(2), NORTH), [id(3), id(4)]);
        people[0].roles = vec![(Role::Rep, Some(SOUTH))];
        assert_eq!(help(&people, &Placed::with(id(1), SOUTH, None)), vec![vec![id(5)]]);
        assert!(above(&people, id(1), SOUTH).is_empty());
    }
}
