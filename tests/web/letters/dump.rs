//! All rows of all tables as text, in a fixed order, from either engine.

use crate::support::TestApp;

const TABLES: [&str; 2] = [
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('_sqlx_migrations', 'installation') ORDER BY name",
    "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT IN ('_sqlx_migrations', 'installation') ORDER BY 1",
];

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn is_postgres(app: &TestApp) -> bool {
    app.app.db.engine() == "PostgreSQL"
}

/// The names of all tables.
pub async fn tables(app: &TestApp) -> Vec<String> {
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String,)> = tx.query_as(TABLES[usize::from(is_postgres(app))]).all().await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

/// The columns of a table, in their order.
pub async fn columns(app: &TestApp, table: &str) -> Vec<String> {
    let sql = if is_postgres(app) {
        format!(
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY ordinal_position"
        )
    } else {
        format!("SELECT name FROM pragma_table_info('{table}') ORDER BY cid")
    };
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String,)> = tx.query_as(leaked(sql)).all().await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

/// The rows of a table as text, in the order of the text.
pub async fn rows(app: &TestApp, table: &str) -> Vec<String> {
    let sql = if is_postgres(app) {
        format!("SELECT row_to_json(row)::text FROM \"{table}\" AS row ORDER BY row_to_json(row)::text COLLATE \"C\"")
    } else {
        let quoted: Vec<String> = columns(app, table).await.iter().map(|name| format!("quote(\"{name}\")")).collect();
        format!("SELECT {} AS line FROM \"{table}\" ORDER BY line", quoted.join(" || ' | ' || "))
    };
    let mut tx = app.app.read().await.unwrap();
    let rows: Vec<(String,)> = tx.query_as(leaked(sql)).all().await.unwrap();
    rows.into_iter().map(|(line,)| line).collect()
}

/// The whole database as text.
pub async fn all(app: &TestApp) -> String {
    let mut dump = String::new();
    for table in tables(app).await {
        dump.push_str(&format!("== {table}\n"));
        for row in rows(app, &table).await {
            dump.push_str(&row);
            dump.push('\n');
        }
    }
    dump
}
