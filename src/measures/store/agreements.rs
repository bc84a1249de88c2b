//! The rows of agreement tests: two people counting the same cases.

use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{AgreementId, MeasureId, PersonId};
use chrono::{DateTime, Utc};

/// A test.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Agreement {
    pub id: AgreementId,
    pub how_counted: String,
    pub first_by: PersonId,
    pub first_name: String,
    /// Who counted second; nobody yet.
    pub second_name: Option<String>,
    pub second_at: Option<DateTime<Utc>>,
}

/// One case, as both counted it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Case {
    /// Its number, from 1.
    pub number: i64,
    pub label: String,
    pub first: String,
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

#[derive(sqlx::FromRow)]
struct Row {
    #[sqlx(flatten)]
    test: Agreement,
    #[sqlx(flatten)]
    case: Case,
}

const WITH_CASES: &str = "
    SELECT agreement.id, agreement.how_counted, agreement.first_by, first_one.name AS first_name,
           second_one.name AS second_name, agreement.second_at, agreement_case.number, agreement_case.label,
           agreement_case.first, agreement_case.second
    FROM agreement
    JOIN agreement_case ON agreement_case.agreement_id = agreement.id
    JOIN person AS first_one ON first_one.id = agreement.first_by
    LEFT JOIN person AS second_one ON second_one.id = agreement.second_by
    WHERE agreement.measure_id = $1
    ORDER BY agreement.first_at, agreement.id, agreement_case.number";

/// The tests of a measure, oldest first, each with its cases.
pub fn with_cases(measure: MeasureId) -> Ask<Vec<(Agreement, Vec<Case>)>> {
    query_as::<Row>(WITH_CASES).bind(measure).all().map(|rows| {
        let tests = rows.chunk_by(|one, next| one.test.id == next.test.id);
        let cases = |rows: &[Row]| rows.iter().map(|row| row.case.clone()).collect();
        tests.filter_map(|rows| Some((rows.first()?.test.clone(), cases(rows)))).collect()
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
    tx.later(query(ADD).bind(id).bind(measure).bind(how_counted.to_owned()).bind(by).bind(now)).await?;
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
    tx.later(query(SECOND).bind(id).bind(by).bind(now)).await?;
    for (number, count) in (1_i64..).zip(counts) {
        tx.later(query(SECOND_CASE).bind(id).bind(number).bind(count.clone())).await?;
    }
    Ok(())
}
