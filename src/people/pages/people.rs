//! Who is here: the list of people by team.

use crate::db::Ask;
use crate::error::Result;
use crate::ids::{PersonId, TeamId};
use crate::people::joining::{self, Joiner};
use crate::people::store::forms::{self, Entry};
use crate::people::{Role, Team, store};
use crate::web::paging::{PageNumber, ROWS};
use crate::web::path::Query;
use crate::web::{App, Frame, Layout, Member, Response, State, Template, html};

/// The list of people.
#[derive(Template)]
#[template(path = "people/index.html")]
pub struct PeoplePage {
    pub page: Layout,
    /// Whether the reader may add and change people.
    pub keeps: bool,
    /// Who came by a link and waits to be let in; told to the admin only.
    pub joiners: Vec<JoinerLine>,
    /// The teams with their people, then everybody without a team.
    pub groups: Vec<Group>,
    /// Whether there is only the reader so far.
    pub is_new: bool,
    /// The address of the next page; none when there is none.
    pub next: Option<String>,
}

/// Somebody who waits to be let in.
pub struct JoinerLine {
    pub id: PersonId,
    pub name: String,
    /// Their address, and what they would be: "eva@example.com · rep in Field North".
    pub more: String,
}

/// The people of one team.
pub struct Group {
    /// The team; nothing for people without one.
    pub team: Option<TeamId>,
    pub name: String,
    /// Its people, the leader first.
    pub people: Vec<PersonLine>,
}

/// One person in the list.
#[derive(Debug, PartialEq, Eq)]
pub struct PersonLine {
    pub id: PersonId,
    pub name: String,
    pub roles: String,
    /// Their department and who is above them, in words.
    pub more: String,
    /// Whether they have not set a password yet; told to the admin only.
    pub waits: bool,
}

/// `GET /people`
pub async fn index(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Query(page): Query<PageNumber>,
) -> Result<Response> {
    let keeps = member.is(Role::Admin);
    let mut tx = app.read().await?;
    let teams = if keeps { store::all_teams() } else { store::teams_in_sight(member.id) };
    let waiting = if keeps { joining::waiting() } else { Ask::known(Vec::new()) };
    let (teams, entries, waiting) = tx.ask((teams, forms::entries(), waiting)).await?;
    let joiners = waiting.into_iter().map(|joiner| joiner_line(joiner, &teams)).collect();
    let is_new = keeps && entries.iter().all(|entry| entry.id == member.id);
    let (groups, next) = of_page(page, group(&teams, &entries, keeps));
    html(&PeoplePage { page: frame.layout("People", "people"), keeps, joiners, groups, is_new, next })
}

fn joiner_line(joiner: Joiner, teams: &[Team]) -> JoinerLine {
    let team = teams.iter().find(|team| team.id == joiner.team_id).map(|team| team.name.as_str()).unwrap_or_default();
    let more = format!("{} \u{b7} {} in {team}", joiner.email, joiner.role.words());
    JoinerLine { id: joiner.id, name: joiner.name, more }
}

/// What of the groups stands on this page; a team that has nobody takes a line too.
fn of_page(page: PageNumber, groups: Vec<Group>) -> (Vec<Group>, Option<String>) {
    let lines = groups.into_iter().flat_map(|Group { team, name, people }| {
        let nobody = people.is_empty().then_some(None);
        let lines: Vec<_> = people.into_iter().map(Some).chain(nobody).collect();
        lines.into_iter().map(move |line| (team, name.clone(), line))
    });
    let mut lines: Vec<_> = lines.collect();
    let next = page.of(&mut lines, ROWS, "/people");
    let mut groups: Vec<Group> = Vec::new();
    for (team, name, line) in lines {
        match groups.last_mut().filter(|group| group.team == team) {
            Some(group) => group.people.extend(line),
            None => groups.push(Group { team, name, people: line.into_iter().collect() }),
        }
    }
    (groups, next)
}

/// Teams in their order, each with its people; then those without a team.
fn group(teams: &[Team], entries: &[Entry], keeps: bool) -> Vec<Group> {
    let of_team = teams.iter().map(|team| {
        let here = |entry: &&Entry| entry.team_id == Some(team.id);
        let mut people: Vec<&Entry> = entries.iter().filter(here).collect();
        people.sort_by_key(|entry| entry.role != Some(Role::TeamLeader));
        Group { team: Some(team.id), name: team.name.clone(), people: lines(&people, entries, keeps) }
    });
    let has_team = |person: PersonId| entries.iter().any(|entry| entry.id == person && entry.team_id.is_some());
    let others: Vec<&Entry> = entries.iter().filter(|entry| !has_team(entry.id)).collect();
    let others = Group { team: None, name: "Across the teams".into(), people: lines(&others, entries, keeps) };
    of_team.chain(Some(others).filter(|group| !group.people.is_empty())).collect()
}

/// One line for each person among the entries, with all roles of theirs that belong here.
fn lines(here: &[&Entry], all: &[Entry], keeps: bool) -> Vec<PersonLine> {
    let mut lines: Vec<PersonLine> = Vec::new();
    for entry in here {
        if lines.iter().any(|line| line.id == entry.id) {
            continue;
        }
        let theirs = all.iter().filter(|other| other.id == entry.id);
        let theirs = theirs.filter(|other| other.team_id.is_none() || other.team_id == entry.team_id);
        let roles: Vec<&str> = theirs.filter_map(|other| other.role).map(Role::words).collect();
        let above = entry.next_level.as_ref().map(|name| format!("next level: {name}"));
        let department = Some(entry.department.clone()).filter(|name| !name.is_empty());
        lines.push(PersonLine {
            id: entry.id,
            name: entry.name.clone(),
            roles: roles.join(" · "),
            more: department.into_iter().chain(above).collect::<Vec<_>>().join(" · "),
            waits: keeps && entry.waits,
        });
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Calendar;
    use uuid::Uuid;

    fn entry(number: u128, name: &str, role: Role, team: Option<TeamId>) -> Entry {
        let id = PersonId(Uuid::from_u128(number));
        Entry {
            id,
            name: name.into(),
            department: String::new(),
            next_level: None,
            waits: true,
            role: Some(role),
            team_id: team,
        }
    }

    #[test]
    fn a_team_begins_with_its_leader_and_nobody_stands_twice() {
        let north = Team {
            id: TeamId(Uuid::from_u128(9)),
            name: "Field North".into(),
            calendar: Calendar::usual(chrono_tz::UTC),
            wide_head: None,
        };
        let entries = [
            entry(1, "Ada", Role::Rep, Some(north.id)),
            entry(2, "Helen", Role::Director, None),
            entry(3, "Ruth", Role::Admin, None),
            entry(3, "Ruth", Role::Rep, Some(north.id)),
            entry(3, "Ruth", Role::TeamLeader, Some(north.id)),
        ];
        let groups = group(&[north], &entries, false);
        let told = |group: &Group| {
            group.people.iter().map(|line| format!("{}: {}", line.name, line.roles)).collect::<Vec<_>>()
        };
        assert_eq!(told(&groups[0]), ["Ruth: admin · rep · team leader", "Ada: rep"]);
        assert_eq!(told(&groups[1]), ["Helen: director"]);
        assert!(
            groups.iter().flat_map(|group| &group.people).all(|line| !line.waits),
            "only the admin is told who waits"
        );
    }
}
