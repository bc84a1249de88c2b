//! The rows of agreement tests: two people counting the same cases.

use crate::db::{Ask, Questions, Tx, query, query_as};
use crate::ids::{AgreementId, MeasureId, PersonId};
use chrono::{DateTime, Utc};

/// A test.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Agreement {
    pub id: AgreementId,
    /// The words by which the cases were counted.
    pub how_counted: String,
    /// Who counted first.
    pub first_by: PersonId,
    pub first_name: String,
    /// When.
    pub first_at: DateTime<Utc>,
    /// Who counted second; nobody yet.
    pub second_name: Option<String>,
    /// When.
    pub second_at: Option<DateTime<Utc>>,
}

/// One case, as both counted it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Case {
    /// Its number, from 1.
    pub number: i64,
    /// Which case it is.
    pub label: String,
    /// What the first counted.
    pub first: String,
    /// What the second counted.
    pub second: Option<String>,
}

impl Case {
    /// Whether both got the same: the same figure, or the same word.
    pub fn agrees(&self) -> bool {
        let Some(second) = &self.second else { return false };
        let figures = [&self.first, second].map(|text| crate::web::form::parse_number(text).ok());
        match figures {
            [Some(first), Some(second)] => crate::spc::tolerance::on_line(first, second),
            _ => self.first.trim().to_lowercase() == second.trim().to_lowercase(),
        }
    }
}

const OF: &str = "
    SELECT agreement.id, agreement.how_counted, agreement.first_by, first.name AS first_name, agreement.first_at,
           second.name AS second_name, agreement.second_at
    FROM agreement
    JOIN person AS first ON first.id = agreement.first_by
    LEFT JOIN person AS second ON second.id = agreement.second_by
    WHERE agreement.measure_id = $1
    ORDER BY agreement.first_at, agreement.id";

/// The tests of a measure, oldest first.
pub fn of(measure: MeasureId) -> Ask<Vec<Agreement>> {
    query_as(OF).bind(measure).all()
}

const CASES: &str = "SELECT number, label, first, second FROM agreement_case WHERE agreement_id = $1 ORDER BY number";

/// The cases of a test.
pub fn cases(agreement: AgreementId) -> Ask<Vec<Case>> {
    query_as(CASES).bind(agreement).all()
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    agreement_id: AgreementId,
    #[sqlx(flatten)]
    case: Case,
}

const ALL_CASES: &str = "
    SELECT agreement_case.agreement_id, agreement_case.number, agreement_case.label, agreement_case.first,
           agreement_case.second
    FROM agreement_case JOIN agreement ON agreement.id = agreement_case.agreement_id
    WHERE agreement.measure_id = $1
    ORDER BY agreement_case.agreement_id, agreement_case.number";

/// The tests of a measure, oldest first, each with its cases.
pub fn with_cases(measure: MeasureId) -> Ask<Vec<(Agreement, Vec<Case>)>> {
    (of(measure), query_as::<CaseRow>(ALL_CASES).bind(measure).all()).joined().map(|(tests, cases)| {
        let of_test = |test: &Agreement| {
            cases.iter().filter(|row| row.agreement_id == test.id).map(|row| row.case.clone()).collect()
        };
        tests.into_iter().map(|test| (of_test(&test), test)).map(|(cases, test)| (test, cases)).collect()
    })
}

const ADD: &str = "
    INSERT INTO agreement (id, measure_id, how_counted, first_by, first_at, second_by, second_at)
    VALUES ($1, $2, $3, $4, $5, NULL, NULL)";
const ADD_CASE: &str = "
    INSERT INTO agreement_case (agreement_id, number, label, first, second) VALUES ($1, $2, $3, $4, NULL)";

/// Begin a test with what the first person counted: label and count of each case.
pub async fn add(
    tx: &mut Tx,
    measure: MeasureId,
    how_counted: &str,
    counts: &[(String, String)],
    by: PersonId,
) -> sqlx::Result<AgreementId> {
    let (id, now) = (tx.new_id::<AgreementId>(), tx.now());
    tx.query(ADD).bind(id).bind(measure).bind(how_counted.to_owned()).bind(by).bind(now).execute().await?;
    for (number, (label, count)) in (1_i64..).zip(counts) {
        let query = query(ADD_CASE).bind(id).bind(number).bind(label.clone()).bind(count.clone());
        tx.later(query).await?;
    }
    Ok(id)
}

const SECOND: &str = "UPDATE agreement SET second_by = $2, second_at = $3 WHERE id = $1";
const SECOND_CASE: &str = "UPDATE agreement_case SET second = $3 WHERE agreement_id = $1 AND number = $2";

/// Write down what the second person counted.
pub async fn second(tx: &mut Tx, id: AgreementId, counts: &[String], by: PersonId) -> sqlx::Result<()> {
    let now = tx.now();
    tx.query(SECOND).bind(id).bind(by).bind(now).execute().await?;
    for (number, count) in (1_i64..).zip(counts) {
        tx.query(SECOND_CASE).bind(id).bind(number).bind(count.clone()).execute().await?;
    }
    Ok(())
}
