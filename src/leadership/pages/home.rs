//! The start page: what people wait for from me, where it hurts, what is with me, what I wait for, and one finding.
//!
//! It shows no results: those stand on the pages of the measures, the same for everybody.

use crate::App;
use crate::balls::lists::{self, List, Listed};
use crate::balls::lying;
use crate::db::Tx;
use crate::error::Result;
use crate::ideas::destination::Destination;
use crate::ideas::situation::Situation;
use crate::ideas::{self, Idea, protection};
use crate::ids::IdeaId;
use crate::leadership::answer::Opened;
use crate::leadership::answers::{self, Answer};
use crate::leadership::first_steps::{self, Step};
use crate::leadership::hands::{self, HandRow};
use crate::leadership::list::{self, Which};
use crate::leadership::row::Rows;
use crate::measures::card::MeasureCard;
use crate::measures::card_cache::CardCache;
use crate::measures::definition::Measure;
use crate::measures::store as measure_store;
use crate::people::company::Company;
use crate::people::{Person, Role};
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use std::sync::Arc;

/// The start page.
#[derive(Template)]
#[template(path = "leadership/home.html")]
pub struct HomePage {
    pub page: Layout,
    /// What came for the reader on ideas of theirs, and they have not read.
    pub answers: Vec<Answer>,
    /// Whether people wait for answers from the reader: then these come first.
    pub leads: bool,
    /// What people wait for from the reader, oldest first.
    pub awaited: Rows,
    /// What lies over with those below the reader and needs a hand, the one that waits longest first.
    pub hands: Vec<HandRow>,
    pub more_hands: Option<String>,
    pub throw: Option<ThrowBox>,
    pub with_me: Rows,
    pub waits_for: Rows,
    /// One measure of the reader's team.
    pub team: Option<TeamPart>,
    /// What an administrator does first; empty for others, and when all is done.
    pub first_steps: Vec<Step>,
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
    pub measure: Option<Arc<MeasureCard>>,
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

/// What the address chooses of the start page.
#[derive(Deserialize)]
pub struct Choice {
    /// The idea that is opened, to be answered.
    idea: Option<IdeaId>,
    /// The one list that is shown by itself.
    list: Option<Which>,
    /// Which page of it, from 0.
    page: Option<u16>,
}

/// How many rows of each list stand on the start page.
const AWAITED: usize = 20;
const OTHERS: usize = 10;

/// `GET /`
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(choice): Query<Choice>,
) -> Result<Response> {
    if let Some(list) = choice.list {
        return list::show(&app, &member, &frame, (list, choice.page.unwrap_or_default())).await;
    }
    let mut tx = app.read().await?;
    let (now, viewer) = (tx.now(), member.id);
    let first =
        [AWAITED, OTHERS, OTHERS].map(|most| lists::Rows { skip: 0, most: i64::try_from(most + 1).unwrap_or(0) });
    let overdue = hands::gives_a_hand(&member).then(|| lying::overdue_in_sight(viewer, now));
    let opened = choice.idea.map(|idea| (ideas::store::held(idea, viewer), Situation::read_by(idea, viewer)));
    let measures = member.team().map(measure_store::of_team);
    let asked = member.is(Role::Coach).then(protection::waiting_for_a_coach);
    // Whose ball needs a hand may be anybody's.
    let company = if overdue.is_some() { Company::at(now) } else { Company::who_answers(viewer, now) };
    let lists = (lists::lists(viewer, now, first), overdue, opened);
    let missing = member.is(Role::Admin).then(first_steps::missing);
    let asked = (asked, answers::unread(viewer), missing);
    let ((listed, overdue, opened), company, measures, (asked, answers, missing)) =
        tx.ask((lists, company, measures, asked)).await?;
    let mut hands = hands::rows(&app.world, &member, &company, &overdue.unwrap_or_default(), now);
    let more_hands = (hands.len() > OTHERS).then(|| String::from("/?list=hands"));
    hands.truncate(OTHERS);
    let rows = |list, most| Rows::of((list, &listed), (most, 0), (now, viewer));
    let mut awaited = rows(List::Awaited, AWAITED);
    if let Some((Some(idea), situation)) = opened {
        open(&mut tx, &app, &member, (&idea, situation), &listed, &mut awaited).await?;
    }
    html(&HomePage {
        page: frame.layout("Home", "home"),
        answers: answers.iter().map(|said| said.told(now)).collect(),
        leads: member.leads(),
        awaited,
        hands,
        more_hands,
        throw: throw_box(&company, &member, Form::fresh(key), now),
        with_me: rows(List::WithMe, OTHERS),
        waits_for: rows(List::WaitsFor, OTHERS),
        team: team_part(&mut tx, &app, &member, &company, measures.unwrap_or_default()).await?,
        first_steps: missing
            .filter(|missing| !missing.is_nothing())
            .map_or_else(Vec::new, |missing| missing.steps().into()),
        roles: role_parts(&member, asked.unwrap_or_default()),
    })
}

/// Open the row of an idea.
async fn open(
    tx: &mut Tx,
    app: &App,
    member: &Member,
    (idea, situation): (&Idea, Situation),
    listed: &[Listed],
    awaited: &mut Rows,
) -> Result<()> {
    let place = awaited.rows.iter_mut().zip(listed).find(|(_, listed)| listed.waiting.subject_id == idea.id.0);
    if let Some((row, listed)) = place {
        row.idea = Some(Opened::of(tx, &app.world, (idea, situation), member, &listed.time.calendar()).await?);
    }
    Ok(())
}

fn throw_box(company: &Company, person: &Person, form: Form, now: DateTime<Utc>) -> Option<ThrowBox> {
    person.team()?;
    let (told, refused) = match Destination::of(company, person, None, now) {
        Ok(destination) => (destination.named(false), String::new()),
        Err(refusal) => (String::new(), refusal.sentence().to_owned()),
    };
    Some(ThrowBox { form, told, refused })
}

/// One measure of the team: the one the reader keeps, or the first.
async fn team_part(
    tx: &mut Tx,
    app: &App,
    person: &Person,
    company: &Company,
    mut measures: Vec<Measure>,
) -> Result<Option<TeamPart>> {
    let Some(team) = person.team() else { return Ok(None) };
    measures.sort_by_key(|measure| measure.keeper_id != person.id);
    let Some(measure) = measures.into_iter().next() else {
        return Ok(company.team(team).map(|team| TeamPart { name: team.name.clone(), measure: None }));
    };
    let name = measure.team.clone();
    let cards = app.memory::<CardCache>().of(tx, &[measure], person.id).await?;
    Ok(Some(TeamPart { name, measure: cards.into_iter().next() }))
}

/// What the roles beside a team are here for.
fn role_parts(person: &Person, asked: i64) -> Vec<RolePart> {
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
    parts.into_iter().filter(|part| person.is(part.role)).collect()
}

fn asks_to_speak(asked: i64) -> String {
    match asked {
        0 => String::new(),
        1 => String::from("One of their authors asks you to speak for them."),
        more => format!("{more} of their authors ask you to speak for them."),
    }
}
