//! The link by which whoever has it asks to join a team, until its last day.
//!
//! Its code is its identifier with the signature of this installation, so that it can be shown again. A new link for the same
//! role voids the old one. Who comes by it is nobody here until an admin lets them in: else a link that got about, or
//! somebody who comes four times, would make a small team look like one in which five people hide each other.

use crate::App;
use crate::db::{self, Ask, Tx, query_as};
use crate::ids::{PersonId, TeamId};
use crate::people::Role;
use crate::people::keys::address_key;
use crate::web::brake::{Brake, Limit};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// How long a link lasts when nobody says otherwise.
pub const USUAL: Days = Days::new(14);
/// How long a link lasts at the most.
pub const LONGEST: Days = Days::new(90);
/// How many come by one link at the most.
pub const MOST: i64 = 300;

/// What is free to one address: the people of one office may come at once.
const LIMITS: &[Limit] = &[Limit { most: 40, within: TimeDelta::minutes(10) }];

/// The brake on joining, of this process.
#[derive(Debug)]
pub struct Joiners(pub Brake);

impl Default for Joiners {
    fn default() -> Self {
        Self(Brake::new(LIMITS))
    }
}

/// A link to join a team.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct JoinLink {
    pub id: Uuid,
    pub team_id: TeamId,
    pub role: Role,
    /// The last day on which it opens anything.
    pub last_day: NaiveDate,
    /// How many have come by it.
    pub joined: i64,
}

impl JoinLink {
    /// The code in its address.
    pub fn code(&self, app: &App) -> String {
        format!("{}{}", self.id.simple(), &app.seal.sign(&words(self.id)))
    }

    /// Whether somebody can still come by it. A day ends everywhere before it ends here: it is counted in universal time.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        now.date_naive() <= self.last_day && self.joined < MOST
    }
}

fn words(id: Uuid) -> String {
    format!("join {id}")
}

/// Which link a code is of; nothing when it was not made here.
pub fn read(app: &App, code: &str) -> Option<Uuid> {
    let (id, signed) = code.split_at_checked(32)?;
    let id = Uuid::try_parse(id).ok()?;
    app.seal.is_signed(&words(id), signed).then_some(id)
}

const LINK: &str = "SELECT id, team_id, role, last_day, joined FROM join_link WHERE id = $1";

/// One link.
pub fn link(id: Uuid) -> Ask<Option<JoinLink>> {
    query_as(LINK).bind(id).optional()
}

const OF_TEAM: &str = "SELECT id, team_id, role, last_day, joined FROM join_link WHERE team_id = $1 ORDER BY role";

/// The links of a team, one a role.
pub fn of_team(team: TeamId) -> Ask<Vec<JoinLink>> {
    query_as(OF_TEAM).bind(team).all()
}

const LEADERS: &str = "SELECT COUNT(*) FROM role WHERE team_id = $1 AND role = 'team_leader'";

/// Whether the team has a leader.
pub fn is_led(team: TeamId) -> Ask<bool> {
    query_as::<(i64,)>(LEADERS).bind(team).one().map(|(leaders,)| leaders > 0)
}

const END: &str = "DELETE FROM join_link WHERE team_id = $1 AND role = $2";
const MAKE: &str = "INSERT INTO join_link (id, team_id, role, last_day) VALUES ($1, $2, $3, $4)";

/// A new link; the one before it is void.
pub async fn make(tx: &mut Tx, id: Uuid, team: TeamId, role: Role, last_day: NaiveDate) -> sqlx::Result<()> {
    end(tx, team, role).await?;
    tx.later(db::query(MAKE).bind(id).bind(team).bind(role).bind(last_day)).await
}

/// The link opens nothing any more.
pub async fn end(tx: &mut Tx, team: TeamId, role: Role) -> sqlx::Result<()> {
    tx.later(db::query(END).bind(team).bind(role)).await
}

/// Somebody who waits to be let in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Joiner {
    /// Who they will be.
    pub id: PersonId,
    pub team_id: TeamId,
    pub role: Role,
    pub name: String,
    pub email: String,
    pub password: String,
}

const WAIT: &str = "
    INSERT INTO joiner (id, link_id, team_id, role, name, email, email_key, password)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";

/// Let somebody wait; who waits already with this address goes on waiting as they are.
pub async fn wait(tx: &mut Tx, link: &JoinLink, joiner: &Joiner) -> sqlx::Result<()> {
    let row = db::query(WAIT).bind(joiner.id).bind(link.id).bind(joiner.team_id).bind(joiner.role);
    let row = row.bind(joiner.name.clone()).bind(joiner.email.clone()).bind(address_key(&joiner.email));
    tx.later(row.bind(joiner.password.clone())).await
}

const WAITING: &str = "SELECT id, team_id, role, name, email, password FROM joiner ORDER BY id LIMIT 300";

/// Who waits to be let in.
pub fn waiting() -> Ask<Vec<Joiner>> {
    query_as(WAITING).all().by_name(|joiner: &Joiner| &joiner.name)
}

const JOINER: &str = "SELECT id, team_id, role, name, email, password FROM joiner WHERE id = $1";

/// One who waits.
pub fn joiner(id: PersonId) -> Ask<Option<Joiner>> {
    query_as(JOINER).bind(id).optional()
}

const LEAVE: &str = "DELETE FROM joiner WHERE id = $1";

/// They wait no more.
pub async fn leave(tx: &mut Tx, id: PersonId) -> sqlx::Result<()> {
    tx.later(db::query(LEAVE).bind(id)).await
}

const COUNT: &str = "UPDATE join_link SET joined = joined + 1 WHERE id = $1 AND joined < $2";

/// One more has come by it; false when it is full.
pub async fn count(tx: &mut Tx, link: Uuid) -> sqlx::Result<bool> {
    Ok(tx.ask(db::query(COUNT).bind(link).bind(MOST).changed()).await? > 0)
}
