//! Twelve measures of sales work to start from: definitions to edit, none switched on by default.

use super::{Definition, Kind};
use crate::spc::{Better, Cadence};
use serde::Deserialize;
use std::sync::LazyLock;

/// A measure of the library.
#[derive(Deserialize)]
pub struct Example {
    pub word: String,
    pub name: String,
    pub question: String,
    pub how_counted: String,
    pub beware: String,
    kind: Kind,
    unit: String,
    better: Better,
    cadence: Cadence,
}

impl Example {
    /// The definition to edit; keeper, wish and source are the team's own to say.
    pub fn definition(&self) -> Definition {
        Definition {
            name: self.name.clone(),
            question: self.question.clone(),
            how_counted: self.how_counted.clone(),
            kind: self.kind,
            cadence: self.cadence,
            unit: self.unit.clone(),
            better: self.better,
            not_used_for: "Comparing people, appraisals, bonus.".to_owned(),
            cost_minutes: Some(if self.kind == Kind::Slips { 1 } else { 10 }),
            floor: self.kind.floor(),
            ceiling: (self.kind == Kind::Share).then_some(100.0),
            ..Definition::default()
        }
    }
}

/// The example with this word.
pub fn find(word: &str) -> Option<&'static Example> {
    ALL.iter().find(|example| example.word == word)
}

/// All examples, in the order in which a sale runs.
pub static ALL: LazyLock<Vec<Example>> =
    LazyLock::new(|| serde_json::from_str(include_str!("library.json")).unwrap_or_default());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_lacks_only_what_is_the_teams_own_to_say() {
        assert_eq!(ALL.len(), 12);
        for example in ALL.iter() {
            assert_eq!(example.definition().missing(), ["where the numbers come from"], "{}", example.word);
            assert!(find(&example.word).is_some_and(|found| found.name == example.name));
        }
    }
}
