//! What asks more than the rule, its numbers, and why: one line each in a file beside this.
//!
//! `COSTS=write cargo test --test web costs` writes the files anew from what is counted, and keeps the reasons.

use catchball::db::Costs;

/// Still to be mended; the numbers are those of the day they were written.
const TO_MEND: &str = "still to be mended";

/// An address or a move that asks more than the rule.
pub struct Exception {
    pub what: String,
    pub costs: Costs,
    pub reason: String,
}

/// The exceptions in a file: `27 statements, 9 trips, /ideas/{id}: the reason`.
pub fn read(file: &str) -> Vec<Exception> {
    let text = std::fs::read_to_string(path(file)).unwrap();
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(exception).collect()
}

fn exception(line: &str) -> Exception {
    let (counted, reason) = line.split_once(": ").unwrap_or((line, ""));
    let mut parts = counted.splitn(3, ", ");
    let mut number =
        |unit: &str| parts.next().and_then(|part| part.strip_suffix(unit)).unwrap().trim().parse().unwrap();
    let costs = Costs { statements: number(" statements"), trips: number(" trips") };
    assert!(!reason.is_empty(), "{line}: an exception needs a reason");
    Exception { what: parts.next().unwrap().to_owned(), costs, reason: reason.to_owned() }
}

/// Write the file anew.
pub fn write<'a>(file: &str, known: &[Exception], counted: impl Iterator<Item = (&'a str, Costs)>) {
    let mut lines: Vec<String> = counted.map(|(what, costs)| line(known, what, costs)).collect();
    lines.sort();
    let head = "# What asks more than the rule: its numbers, and why.\n";
    std::fs::write(path(file), format!("{head}{}", lines.concat())).unwrap();
}

fn line(known: &[Exception], what: &str, costs: Costs) -> String {
    let reason = known.iter().find(|known| known.what == what).map_or(TO_MEND, |known| known.reason.as_str());
    format!("{:>2} statements, {:>2} trips, {what}: {reason}\n", costs.statements, costs.trips)
}

fn path(file: &str) -> std::path::PathBuf {
    std::path::Path::new("tests/web/costs").join(file)
}
