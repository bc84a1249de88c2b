//! What was measured, in one table for each engine, and whether the goals are reached.

use super::load::Round;
use std::collections::BTreeMap;

/// Throws a second and busy core.
const THROWS: f64 = 1_000.0;
/// How much dearer a throw may be among a hundred thousand ideas than among none.
const THROWS_GROW: f64 = 1.2;
/// How much dearer a page may be among a hundred thousand ideas than among two thousand.
const PAGES_GROW: f64 = 1.3;
/// Milliseconds of processor time of a search.
const SEARCH: f64 = 10.0;
/// MiB.
const MEMORY: f64 = 120.0;

/// The program, the number of ideas, and what was done: the rounds of it.
#[derive(Default)]
pub struct Results {
    rounds: BTreeMap<(&'static str, usize, &'static str), Vec<Round>>,
    memory: BTreeMap<(&'static str, usize), f64>,
    programs: Vec<&'static str>,
    sizes: Vec<usize>,
    kinds: Vec<&'static str>,
}

impl Results {
    /// Note a round.
    pub fn add(&mut self, program: &'static str, ideas: usize, kind: &'static str, round: Round) {
        note(&mut self.programs, program);
        note(&mut self.sizes, ideas);
        note(&mut self.kinds, kind);
        self.rounds.entry((program, ideas, kind)).or_default().push(round);
    }

    /// Whether it is known already that this takes long.
    pub fn is_slow(&self, program: &'static str, ideas: usize, kind: &'static str) -> bool {
        let mut rounds = self.rounds.get(&(program, ideas, kind)).into_iter().flatten();
        rounds.any(|round| round.refused.is_some() || round.a_second < 0.5)
    }

    /// Note the resident memory at the end.
    pub fn holds(&mut self, program: &'static str, ideas: usize, mebibytes: f64) {
        self.memory.insert((program, ideas), mebibytes);
    }

    /// Print all of it, as tables that can be taken into a page.
    pub fn print(&self, title: &str) {
        let among = self.among();
        for program in &self.programs {
            println!("\n{title}, {program}\n");
            println!("| {among} | a second | a second and busy core | processor time, ms | ratio of it | bytes |");
            println!("| --- | --- | --- | --- | --- | --- |");
            for kind in &self.kinds {
                let row = |figure: fn(&Round) -> f64, digits| self.row(program, kind, figure, digits);
                println!(
                    "| {kind} | {} | {} | {} | {} | {} |",
                    row(|round| round.a_second, 0),
                    row(|round| 1000.0 / round.work, 0),
                    row(|round| round.work, 2),
                    self.ratio(program, kind),
                    row(|round| round.bytes, 0)
                );
            }
            let memory = self.sizes.iter().filter_map(|size| self.memory.get(&(*program, *size)));
            let memory: Vec<String> = memory.map(|held| format!("{held:.0}")).collect();
            println!("\nResident memory after it: {} MiB", memory.join(" / "));
        }
        self.beside();
        self.goals();
    }

    fn among(&self) -> String {
        let sizes: Vec<String> = self.sizes.iter().map(ToString::to_string).collect();
        if sizes.len() > 1 { format!("among {}", sizes.join(" / ")) } else { String::from("page") }
    }

    /// One figure at each size; the status in brackets where the answer was not the one expected.
    fn row(&self, program: &'static str, kind: &'static str, figure: fn(&Round) -> f64, digits: usize) -> String {
        let cell = |size: &usize| match self.median(program, *size, kind, figure).filter(|figure| figure.is_finite()) {
            Some(figure) => format!("{figure:.digits$}{}", self.refused(program, *size, kind)),
            None => String::from("-"),
        };
        self.sizes.iter().map(cell).collect::<Vec<_>>().join(" / ")
    }

    fn ratio(&self, program: &'static str, kind: &'static str) -> String {
        let work = |size: &usize| self.median(program, *size, kind, |round| round.work);
        let first = self.sizes.first().and_then(work).unwrap_or(f64::NAN);
        let ratios = self.sizes.iter().map(|size| format!("{:.2}", work(size).unwrap_or(f64::NAN) / first));
        ratios.collect::<Vec<_>>().join(" : ")
    }

    fn median(
        &self,
        program: &'static str,
        size: usize,
        kind: &'static str,
        figure: impl Fn(&Round) -> f64,
    ) -> Option<f64> {
        let mut figures: Vec<f64> = self.rounds.get(&(program, size, kind))?.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied()
    }

    fn refused(&self, program: &'static str, size: usize, kind: &'static str) -> String {
        let mut rounds = self.rounds.get(&(program, size, kind)).into_iter().flatten();
        rounds.find_map(|round| round.refused).map_or_else(String::new, |refused| format!(" ({})", refused.as_u16()))
    }

    /// How much quicker the last program is than the first.
    fn beside(&self) {
        let [before, .., now] = self.programs.as_slice() else { return };
        println!("\n| {now} beside {before}, {} | times as many a second | times less processor time |", self.among());
        println!("| --- | --- | --- |");
        for kind in &self.kinds {
            let pace = |program, size| self.median(program, size, kind, |round| round.a_second);
            let work = |program, size| self.median(program, size, kind, |round| round.work);
            println!(
                "| {kind} | {} | {} |",
                self.factors(|size| Some(pace(now, size)? / pace(before, size)?)),
                self.factors(|size| Some(work(before, size)? / work(now, size)?))
            );
        }
    }

    fn factors(&self, factor: impl Fn(usize) -> Option<f64>) -> String {
        let cell = |size: &usize| match factor(*size).filter(|factor| factor.is_finite()) {
            Some(factor) => format!("{factor:.1}"),
            None => String::from("-"),
        };
        self.sizes.iter().map(cell).collect::<Vec<_>>().join(" / ")
    }

    fn goals(&self) {
        println!();
        let (Some(now), Some(most)) = (self.programs.last().copied(), self.sizes.last().copied()) else { return };
        let Some(least) = self.sizes.first().copied().filter(|least| *least < most) else { return };
        let some = self.sizes.get(1).copied().filter(|some| *some < most).unwrap_or(least);
        let work = |size, kind| self.median(now, size, kind, |round| round.work).unwrap_or(f64::NAN);
        for kind in self.kinds.iter().copied() {
            if kind == "throw" {
                let slowest = 1000.0 / work(most, kind).max(work(least, kind));
                goal(slowest >= THROWS, &format!("throws a second and busy core: {slowest:.0}, goal {THROWS}"));
                let grows = work(most, kind) / work(least, kind);
                goal(
                    grows <= THROWS_GROW,
                    &format!("a throw from {least} to {most} ideas: {grows:.2}x, goal {THROWS_GROW}x"),
                );
                continue;
            }
            if kind.starts_with("search") {
                let search = work(most, kind);
                goal(
                    search <= SEARCH,
                    &format!("{kind} among {most}: {search:.1} ms of processor time, goal {SEARCH}"),
                );
            }
            if kind != "taking in words" {
                let grows = work(most, kind) / work(some, kind);
                goal(
                    grows <= PAGES_GROW,
                    &format!("{kind} from {some} to {most} ideas: {grows:.2}x, goal {PAGES_GROW}x"),
                );
            }
        }
        let held = self.memory.iter().filter(|((program, _), _)| *program == now).map(|(_, held)| *held);
        let held = held.fold(0.0, f64::max);
        goal(held <= MEMORY, &format!("resident memory: {held:.0} MiB, goal {MEMORY}"));
    }
}

fn goal(reached: bool, words: &str) {
    println!("{}  {words}", if reached { "reached " } else { "MISSED  " });
}

fn note<T: PartialEq>(known: &mut Vec<T>, one: T) {
    if !known.contains(&one) {
        known.push(one);
    }
}
