//! What this is for: the list of what is kept is true, and everybody can take their own along, and nobody else's.

use crate::support::{FieldNorth, Visitor};
use catchball::db::Sql;
use catchball::purpose::kept::kept;
use catchball::purpose::mine::{FOLLOWED, LEFT_OUT};
use std::collections::BTreeSet;

const TABLES: Sql = Sql::either(
    "SELECT name AS one, '' AS other FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    "SELECT CAST(table_name AS TEXT) AS one, '' AS other FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
);

const PEOPLE: Sql = Sql::either(
    "SELECT holder.name AS one, leads.\"from\" AS other
     FROM sqlite_master AS holder JOIN pragma_foreign_key_list(holder.name) AS leads
     WHERE holder.type = 'table' AND leads.\"table\" = 'person'",
    "SELECT CAST(holder.relname AS TEXT) AS one, CAST(leads.attname AS TEXT) AS other
     FROM pg_constraint AS foreign_key
     JOIN pg_class AS holder ON holder.oid = foreign_key.conrelid
     JOIN pg_class AS led ON led.oid = foreign_key.confrelid
     JOIN pg_attribute AS leads ON leads.attrelid = holder.oid AND leads.attnum = ANY (foreign_key.conkey)
     WHERE foreign_key.contype = 'f' AND led.relname = 'person'
       AND holder.relnamespace = CAST(current_schema() AS regnamespace)",
);

async fn names(north: &FieldNorth, sql: Sql) -> BTreeSet<(String, String)> {
    let mut tx = north.app.app.read().await.unwrap();
    let rows: Vec<(String, String)> = tx.query_as(sql).all().await.unwrap();
    rows.into_iter().collect()
}

#[tokio::test]
async fn the_list_of_what_is_kept_names_every_table_once() {
    let north = FieldNorth::new().await;
    let tables = names(&north, TABLES).await.into_iter().map(|(table, _)| table);
    let tables: Vec<String> = tables.filter(|table| table != "_sqlx_migrations").collect();
    let mut told: Vec<String> = kept().iter().flat_map(|row| row.tables.iter().copied()).map(str::to_owned).collect();
    told.sort();
    assert_eq!(told, tables, "src/purpose/kept.rs says what is kept, who reads it and until when");
}

#[tokio::test]
async fn every_column_with_a_person_is_in_the_file_or_left_out_for_a_reason() {
    let north = FieldNorth::new().await;
    let pair = |table: &str, column: &str| (table.to_owned(), column.to_owned());
    let followed = FOLLOWED.iter().map(|(table, column)| pair(table, column));
    let known: Vec<_> = followed.chain(LEFT_OUT.iter().map(|(table, column, _)| pair(table, column))).collect();
    let set: BTreeSet<_> = known.iter().cloned().collect();
    assert_eq!(known.len(), set.len(), "a column stands once");
    assert_eq!(set, names(&north, PEOPLE).await, "src/purpose/mine.rs follows every column with a person");
}

#[tokio::test]
async fn a_person_takes_their_own_along_and_nobody_elses() {
    let north = FieldNorth::new().await;
    north.callum.throws(&[("hurt", "The form has forty fields")]).await;
    north.priya.throws(&[("hurt", "Nobody tells us the bonus")]).await;
    north.callum.post("/drafts", &[("draft", "idea"), ("hurt", "Half a thought")]).await.is(204);
    let file = north.callum.get("/purpose/mine").await.is(200);
    let text = file.body.clone();
    for mine in ["The form has forty fields", "callum", "Half a thought", "\"what\": \"idea\""] {
        assert!(text.replace("\":\"", "\": \"").contains(mine), "{mine} is not in {text}");
    }
    for theirs in ["Nobody tells us the bonus", "Priya"] {
        assert!(!text.contains(theirs), "{theirs} is in {text}");
    }
    assert!(text.contains("\"next\":null"), "{text}");
    let other = north.tomas.get("/purpose/mine").await.is(200);
    assert!(!other.body.contains("Half a thought") && !other.body.contains("forty fields"));
    north.app.stranger().get("/purpose/mine").await.goes_to("/session/new?next=%2Fpurpose%2Fmine");
}

#[tokio::test]
async fn what_was_thrown_under_protection_is_in_the_file_of_its_author_alone() {
    let north = FieldNorth::new().await;
    let ines = north.app.coach("Ines").await;
    let kept = [("hurt", "The target goes up when we are faster"), ("way", "kept")];
    north.callum.throws(&kept).await;
    let holds = async |who: &Visitor| who.get("/purpose/mine").await.is(200).body.contains("The target goes up");
    assert!(holds(&north.callum).await);
    for other in [&north.priya, &north.tomas, &north.helen, &ines] {
        assert!(!holds(other).await, "{} has it in their file", other.name);
    }
}

#[tokio::test]
async fn whoever_is_invited_reads_what_it_is_for_before_they_come() {
    let north = FieldNorth::new().await;
    let page = north.app.stranger().get("/purpose").await.is(200);
    page.sees("What it will never be used for").sees("No figure about a single rep").does_not_see("Your own data");
    north.callum.get("/purpose").await.is(200).sees("Your own data");
}
