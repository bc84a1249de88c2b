//! Field North with a measure, which Callum keeps.

use super::{FieldNorth, TestApp, Visitor};
use catchball::ids::{MeasureId, PersonId, TeamId};
use catchball::measures::{self, Amount, Definition, Kind, verbs, weeks};
use catchball::moves::Move;
use catchball::people::store;
use catchball::spc::Better;
use chrono::{NaiveDate, TimeDelta};

/// Twenty steady weeks around ten.
pub const STEADY: [f64; 20] =
    [11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0];

/// Field North and one measure: who is there is named as in [`FieldNorth`].
pub struct Measured {
    pub north: FieldNorth,
    pub id: MeasureId,
    pub path: String,
}

super::is_also!(Measured, north: FieldNorth);

impl Measured {
    /// A measure that takes values.
    pub async fn new() -> Self {
        let north = FieldNorth::new().await;
        let definition = hours(north.callum.id, "Quote turnaround");
        Self::of(north, definition).await
    }

    /// A measure with twenty steady weeks behind it.
    pub async fn steady() -> Self {
        let measured = Self::new().await;
        measured.app.values(measured.id, &measured.callum, &STEADY).await;
        measured
    }

    /// A measure with this definition that takes values.
    pub async fn of(north: FieldNorth, definition: Definition) -> Self {
        let id = north.app.measure_as(north.team, &north.callum, definition).await;
        Self::at(north, format!("/measures/{id}"))
    }

    /// The measure at this address.
    pub fn at(north: FieldNorth, path: String) -> Self {
        Self { id: path["/measures/".len()..].parse().unwrap(), path, north }
    }

    /// An address below that of the measure.
    pub fn below(&self, more: &str) -> String {
        format!("{}/{more}", self.path)
    }

    /// Send a form by hand to an address below that of the measure.
    pub async fn posts(&self, who: &Visitor, noun: &str, fields: &[(&str, &str)]) -> super::Answer {
        who.post(&self.below(noun), fields).await
    }

    /// Callum enters the number of this week.
    pub async fn enters(&self, value: &str) {
        // Whatever is far outside was asked about already.
        self.posts(&self.callum, "values", &[("value", value), ("sure", value)]).await.is(303);
    }

    /// How many values were ever entered.
    pub async fn values(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM measure_value").await
    }

    /// Where it is, who has its ball and what they owe.
    pub async fn state(&self) -> String {
        const STATE: &str = "
            SELECT measure.state, COALESCE(person.name, 'nobody'), COALESCE(ball.owes, 'nothing')
            FROM measure
            LEFT JOIN ball ON ball.subject = 'measure' AND ball.subject_id = measure.id
            LEFT JOIN person ON person.id = ball.holder_id
            WHERE measure.id = $1";
        let mut tx = self.app.app.read().await.unwrap();
        let (state, holder, owes): (String, String, String) = tx.query_as(STATE).bind(self.id).one().await.unwrap();
        format!("{state}, {holder}, {owes}")
    }

    /// Time passes, the clock turns, and everybody signs in again.
    pub async fn passes(&self, days: i64) {
        self.app.clock.forward(TimeDelta::days(days));
        self.sign_in().await;
        self.turn().await;
    }
}

impl TestApp {
    /// A measure of the team that takes values: hours, lower is better, kept by this person.
    pub async fn measure(&self, team: TeamId, keeper: &Visitor, name: &str) -> MeasureId {
        self.measure_as(team, keeper, hours(keeper.id, name)).await
    }

    /// A measure with this definition that takes values; nobody tried how it is counted.
    pub async fn measure_as(&self, team: TeamId, keeper: &Visitor, definition: Definition) -> MeasureId {
        let mut tx = self.app.write().await.unwrap();
        let by = store::person(&mut tx, keeper.id).await.unwrap().unwrap();
        let this = Move::of(tx.new_id(), &by, "");
        let id = verbs::define(&mut tx, team, this, &definition).await.unwrap();
        let measure = tx.ask(measures::store::find(id)).await.unwrap().unwrap();
        let this = Move::of(tx.new_id(), &by, "We counted it before.");
        verbs::begin(&mut tx, &measure, this).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The keeper takes these values over, the last one in the week before this.
    pub async fn values(&self, id: MeasureId, keeper: &Visitor, values: &[f64]) {
        let monday = weeks::monday(self.now().date_naive());
        let week = |at: usize| weeks::weeks_before(monday, u64::try_from(values.len() - at).unwrap());
        let rows: Vec<_> = values.iter().enumerate().map(|(at, value)| (week(at), Amount::number(*value))).collect();
        self.take_over(id, keeper, &rows).await;
    }

    /// The keeper takes these rows over.
    pub async fn take_over(&self, id: MeasureId, keeper: &Visitor, rows: &[(NaiveDate, Amount)]) {
        let mut tx = self.app.write().await.unwrap();
        let by = store::person(&mut tx, keeper.id).await.unwrap().unwrap();
        let measure = tx.ask(measures::store::find(id)).await.unwrap().unwrap();
        let this = Move::of(tx.new_id(), &by, "");
        verbs::values::import(&mut tx, &measure, this, rows).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// A measure in hours of which lower is better.
pub fn hours(keeper: PersonId, name: &str) -> Definition {
    Definition {
        name: name.to_owned(),
        question: format!("{name}?"),
        how_counted: "Working hours from question to answer.".to_owned(),
        kind: Kind::Duration,
        unit: "hours".to_owned(),
        better: Better::Lower,
        keeper_id: keeper,
        source: "The mailbox".to_owned(),
        wish: Some(24.0),
        wish_by: "Helen".to_owned(),
        not_used_for: "Judging people".to_owned(),
        cost_minutes: Some(5),
        floor: Some(0.0),
        ..Definition::default()
    }
}
