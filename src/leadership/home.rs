//! The start page: what people wait for from me, where it hurts, what is with me, what I wait for, and one finding.
//!
//! It shows no results: those stand on the pages of the measures, the same for everybody.

use super::hands::{self, HandRow};
use super::is_awaited;
use super::row::{Row, Rows};
use crate::App;
use crate::balls::{self, Waiting};
use crate::db::Tx;
use crate::error::Result;
use crate::ideas::{Trouble, destination, speaking};
use crate::measures::drawn::{self, Small};
use crate::measures::store as measure_store;
use crate::people::{Person, Role, store};
use crate::web::{Form, Frame, Layout, Member, NewKey, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The start page.
#[derive(Template)]
#[template(path = "leadership/home.html")]
pub struct HomePage {
    pub page: Layout,
    /// Whether people wait for answers from the reader: then these come first.
    pub leads: bool,
    /// What people wait for from the reader, oldest first.
    pub awaited: Vec<Row>,
    /// What lies over with those below the reader and needs a hand, the one that waits longest first.
    pub hands: Vec<HandRow>,
    pub throw: Option<ThrowBox>,
    pub with_me: Vec<Row>,
    pub waits_for: Vec<Row>,
    /// One measure of the reader's team.
    pub team: Option<TeamPart>,
    /// What Catchball is for somebody in the reader's roles beside a team.
    pub roles: Vec<RolePart>,
}

/// The short throw.
pub struct ThrowBox {
    pub form: Form,
    /// To whom it goes, who sees it, by when the author hears.
    pub told: String,
    /// Why nothing can be thrown now; empty when it can.
    pub refused: String,
}

/// The team of the reader with one finding.
pub struct TeamPart {
    pub name: String,
    /// The measure; nothing while there is none.
    pub measure: Option<Small>,
}

/// What a role is here for, with one way in.
pub struct RolePart {
    pub role: Role,
    pub words: &'static str,
    pub address: &'static str,
    pub label: &'static str,
    /// What waits there, in a sentence; empty for nothing.
    pub waits: String,
}

/// `GET /`
pub async fn show(State(app): State<App>, member: Member, frame: Frame, NewKey(key): NewKey) -> Result<Response> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let mine = balls::store::with(&mut tx, member.id).await?;
    let (mut awaited, with_me): (Vec<Waiting>, Vec<Waiting>) =
        mine.into_iter().partition(|waiting| is_awaited(waiting, now));
    awaited.sort_by_key(|waiting| waiting.since);
    let waits_for = balls::store::awaited_by(&mut tx, member.id).await?;
    let teams = store::units(&mut tx).await?;
    let hands = hands::asking(&mut tx, &member, &teams).await?;
    let rows = Rows { reader: &member, now, teams: &teams };
    let list = |waiting: &[Waiting]| waiting.iter().map(|waiting| rows.of(waiting)).collect::<Vec<Row>>();
    let (mut opened, with_me, waits_for) = (list(&awaited), list(&with_me), list(&waits_for));
    let hands = hands.iter().map(|ball| HandRow::of(ball, rows.of(&ball.waiting), &app.world)).collect();
    rows.open(&mut tx, &app.world, &awaited, &mut opened).await?;
    html(&HomePage {
        page: frame.layout("Home", "home"),
        leads: member.leads(),
        awaited: opened,
        hands,
        throw: throw_box(&mut tx, &member, Form::fresh(key)).await?,
        with_me,
        waits_for,
        team: team_part(&mut tx, &member, &teams).await?,
        roles: role_parts(&mut tx, &member).await?,
    })
}

async fn throw_box(tx: &mut Tx, person: &Person, form: Form) -> Result<Option<ThrowBox>> {
    if person.team().is_none() {
        return Ok(None);
    }
    match destination::told(tx, person).await {
        Ok(told) => Ok(Some(ThrowBox { form, told, refused: String::new() })),
        Err(Trouble::Refused(refusal)) => {
            Ok(Some(ThrowBox { form, told: String::new(), refused: refusal.to_string() }))
        }
        Err(Trouble::Database(error)) => Err(error.into()),
    }
}

/// One measure of the team: the one the reader keeps, or the first.
async fn team_part(tx: &mut Tx, person: &Person, teams: &[crate::people::Team]) -> Result<Option<TeamPart>> {
    let Some(team) = person.team().and_then(|id| teams.iter().find(|team| team.id == id)) else { return Ok(None) };
    let mut measures = measure_store::of_team(tx, team.id).await?;
    measures.sort_by_key(|measure| measure.keeper_id != person.id);
    let measure = match measures.into_iter().next() {
        Some(measure) => Some(drawn::of(tx, measure).await?.small()),
        None => None,
    };
    Ok(Some(TeamPart { name: team.name.clone(), measure }))
}

/// What the roles beside a team are here for.
async fn role_parts(tx: &mut Tx, person: &Person) -> Result<Vec<RolePart>> {
    let asked = if person.is(Role::Coach) { speaking::waiting(tx).await? } else { 0 };
    let parts = [
        RolePart {
            role: Role::Helper,
            words: "A leader takes an idea to you when only your department can change something. It comes with the words of the one who threw it, and you answer it here.",
            address: "/ideas",
            label: "Ideas that came to you",
            waits: String::new(),
        },
        RolePart {
            role: Role::Coach,
            words: "You see the ideas of all teams and decide none. Look where a ball has lain long, and ask what would help.",
            address: "/ideas/protected",
            label: "Protected ideas, whose names you keep",
            waits: asks_to_speak(asked),
        },
        RolePart {
            role: Role::Admin,
            words: "You add people and teams and look after the screens. This role sees no ideas.",
            address: "/people",
            label: "People and teams",
            waits: String::new(),
        },
    ];
    Ok(parts.into_iter().filter(|part| person.is(part.role)).collect())
}

fn asks_to_speak(asked: i64) -> String {
    match asked {
        0 => String::new(),
        1 => String::from("One of their authors asks you to speak for them."),
        more => format!("{more} of their authors ask you to speak for them."),
    }
}
