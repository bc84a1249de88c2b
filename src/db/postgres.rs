//! PostgreSQL: a transaction that runs its statements one by one, as it takes only one with values at a time.

use super::bare::Bare;
use super::merge;
use super::row::{Outcome, Rows};
use futures_util::StreamExt;
use sqlx::postgres::PgArguments;
use sqlx::{AssertSqlSafe, Either, Executor, Postgres, SqlSafeStr};
use std::sync::Arc;

/// A transaction of PostgreSQL.
pub(super) struct Transaction {
    pub(super) inner: sqlx::Transaction<'static, Postgres>,
    /// The names of all views: what reads one may read anything.
    pub(super) views: Arc<[String]>,
}

impl Transaction {
    /// Run what was kept, merged where that means the same, and then the statements in their order; what comes back is of
    /// the statements alone.
    pub(super) async fn send(&mut self, kept: Vec<Bare>, statements: Vec<Bare>) -> sqlx::Result<Vec<Outcome>> {
        for group in merge::groups(kept, &self.views) {
            self.write(group).await?;
        }
        let mut outcomes = Vec::with_capacity(statements.len());
        for statement in statements {
            outcomes.push(run(&mut self.inner, statement).await?);
        }
        Ok(outcomes)
    }

    async fn write(&mut self, group: Vec<Bare>) -> sqlx::Result<()> {
        let text = match group.as_slice() {
            [alone] => alone.sql.postgres.into_sql_str(),
            _ => AssertSqlSafe(merge::joined(&group)).into_sql_str(),
        };
        let mut values = PgArguments::default();
        for value in group.into_iter().flat_map(|write| write.values) {
            value.for_postgres(&mut values).map_err(sqlx::Error::Encode)?;
        }
        self.inner.execute(sqlx::query_with(text, values)).await.map(|_| ())
    }
}

async fn run(tx: &mut sqlx::Transaction<'static, Postgres>, statement: Bare) -> sqlx::Result<Outcome> {
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
