//! The accessibility rules of axe-core, run in the page a person is looking at.

use std::fmt::{self, Display, Formatter};

use serde::Deserialize;

use crate::support::{Browser, setting};

/// A broken rule and the places that break it.
#[derive(Deserialize)]
pub struct Violation {
    /// The name of the rule, as axe-core's manual lists it.
    pub id: String,
    help: String,
    nodes: Vec<Place>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    html: String,
    failure_summary: Option<String>,
}

impl Display for Violation {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} ({})", self.help, self.id)?;
        for place in &self.nodes {
            writeln!(out, "  {}", place.html)?;
            for line in place.failure_summary.iter().flat_map(|summary| summary.lines()) {
                writeln!(out, "      {line}")?;
            }
        }
        Ok(())
    }
}

impl Browser {
    /// Fails if the open page breaks a rule, and says which, where and how to mend it.
    pub async fn axe(&self, page: &str) {
        let violations = self.violations().await;
        let told: String = violations.iter().map(ToString::to_string).collect();
        assert!(violations.is_empty(), "{page} breaks {} accessibility rules:\n{told}", violations.len());
    }

    /// The rules the open page breaks.
    pub async fn violations(&self) -> Vec<Violation> {
        let path = setting("AXE_PATH");
        let axe = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("axe-core is not at {path}: {error}"));
        self.run(&axe, vec![]).await;
        let found = self.run("return axe.run(document, {resultTypes: ['violations']})", vec![]).await;
        serde_json::from_value(found["violations"].clone()).unwrap()
    }
}
