//! What must hold, and whether it did.

use std::process::ExitCode;

/// The goals so far.
#[derive(Default)]
pub struct Goals {
    missed: usize,
}

impl Goals {
    /// A figure that may be as much as this and no more.
    pub fn check(&mut self, words: &str, figure: f64, most: f64) {
        let reached = figure <= most;
        self.missed += usize::from(!reached);
        println!("{}  {words}: {figure:.1}, goal {most:.1}", if reached { "reached " } else { "MISSED  " });
    }

    /// How the bench ends.
    pub fn told(&self) -> ExitCode {
        if self.missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
