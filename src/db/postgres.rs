//! PostgreSQL: a transaction that runs its statements one by one, as it takes only one at a time with values.

use super::row::{Outcome, Rows};
use super::statement::Bare;
use futures_util::StreamExt;
use sqlx::postgres::PgArguments;
use sqlx::{Either, Executor, Postgres};

/// A transaction of PostgreSQL.
pub(super) type Transaction = sqlx::Transaction<'static, Postgres>;

/// Run the statements in their order.
pub(super) async fn send(tx: &mut Transaction, statements: Vec<Bare>) -> sqlx::Result<Vec<Outcome>> {
    let mut outcomes = Vec::with_capacity(statements.len());
    for statement in statements {
        outcomes.push(run(tx, statement).await?);
    }
    Ok(outcomes)
}

async fn run(tx: &mut Transaction, statement: Bare) -> sqlx::Result<Outcome> {
    let mut values = PgArguments::default();
    for value in statement.values {
        value.for_postgres(&mut values).map_err(sqlx::Error::Encode)?;
    }
    let query = sqlx::query_with(statement.sql.postgres, values);
    if statement.first {
        let row = tx.fetch_optional(query).await?;
        return Ok(Outcome { rows: Rows::Postgres(row.into_iter().collect()), changed: 0 });
    }
    let (mut rows, mut changed) = (Vec::new(), 0);
    let mut answers = tx.fetch_many(query);
    while let Some(answer) = answers.next().await {
        match answer? {
            Either::Right(row) => rows.push(row),
            Either::Left(done) => changed = done.rows_affected(),
        }
    }
    Ok(Outcome { rows: Rows::Postgres(rows), changed })
}
