//! What an import would do, shown before anything is done.

use super::columns::{self, Select};
use crate::db::Tx;
use crate::measures::import::{Bad, Table, terms};
use crate::measures::store::Entry;
use crate::measures::{Amount, Measure, store};
use crate::web::Form;
use crate::world::hash_of;
use chrono::NaiveDate;
use std::collections::HashMap;

/// What would happen.
pub struct Preview {
    pub rows: Vec<PreviewRow>,
    pub bad: Vec<Bad>,
    pub notes: Vec<String>,
    pub selects: Vec<Select>,
    pub finding: String,
    pub text: String,
    pub seen: String,
    pub carried: Vec<(String, String)>,
}

/// A row that would be taken over.
pub struct PreviewRow {
    pub line: usize,
    pub period: String,
    pub value: String,
    pub effect: String,
}

impl Preview {
    /// Looks ahead, and writes into the form for which table its choice is.
    pub async fn of(tx: &mut Tx, measure: &Measure, form: &mut Form, table: Table, text: String) -> sqlx::Result<Self> {
        let now_there = values_of(&tx.ask(store::entries(measure.id)).await?);
        let seen = mark(&table, &now_there);
        let rows = table.good.iter().map(|row| PreviewRow {
            line: row.line,
            period: terms::said(measure.cadence, row.period),
            value: said(measure, &row.amount),
            effect: effect(measure, now_there.get(&row.period), &row.amount),
        });
        let heading = |heading: String| format!("The first line was taken for a heading: {heading}");
        let notes = table.heading.clone().map(heading).into_iter().chain(table.notes.clone()).collect();
        columns::keep(form, &table.offer);
        Ok(Self {
            rows: rows.collect(),
            finding: finding(table.good.len(), table.bad.len()),
            selects: columns::selects(&table.offer, measure),
            carried: columns::carried(form),
            bad: table.bad,
            notes,
            text,
            seen,
        })
    }
}

/// The values that count now, by period.
pub fn values_of(entries: &[Entry]) -> HashMap<NaiveDate, Amount> {
    let amount = |entry: &Entry| Amount { value: entry.value, counts: entry.numerator.zip(entry.denominator) };
    store::counting(entries).map(|entry| (entry.period, amount(entry))).collect()
}

/// A mark of the rows and of what each would replace; it changes when either does.
pub fn mark(table: &Table, now_there: &HashMap<NaiveDate, Amount>) -> String {
    let shown: Vec<_> = table.good.iter().map(|row| (row.period, row.amount, now_there.get(&row.period))).collect();
    hash_of(&format!("{shown:?}")).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn effect(measure: &Measure, there: Option<&Amount>, amount: &Amount) -> String {
    match there {
        None => "new".to_owned(),
        Some(there) if there == amount => "as it is now".to_owned(),
        Some(there) => format!("replaces {}", said(measure, there)),
    }
}

fn finding(good: usize, bad: usize) -> String {
    let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    match (good, bad) {
        (good, 0) => format!("{} understood, nothing taken over yet", rows(good)),
        (0, bad) => format!("None of {} understood", rows(bad)),
        (good, bad) => format!("{} understood, {bad} not, nothing taken over yet", rows(good)),
    }
}

fn said(measure: &Measure, amount: &Amount) -> String {
    let counts = amount.counts.map(|(part, whole)| format!(" ({part} of {whole})"));
    format!("{}{}", measure.said(amount.value), counts.unwrap_or_default())
}
