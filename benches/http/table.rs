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

    /// Note the resident memory at the end.
    pub fn holds(&mut self, program: &'static str, ideas: usize, mebibytes: f64) {
        self.memory.insert((program, ideas), mebibytes);
    }

    /// Print all of it.
    pub fn print(&self, engine: &str) {
        for program in &self.programs {
            println!("\n{engine}, {program}");
            self.head("answers a second");
            self.lines(program, |round| round.a_second, 0);
            self.head("a second and busy core");
            self.lines(program, |round| 1000.0 / round.work.max(0.001), 0);
            self.head("processor time, ms");
            self.lines(program, |round| round.work, 2);
            self.head("bytes");
            self.lines(program, |round| f64::from(u32::try_from(round.bytes).unwrap_or(u32::MAX)), 0);
            let memory = self.sizes.iter().filter_map(|size| self.memory.get(&(*program, *size)));
            let memory: Vec<String> = memory.map(|held| format!("{held:>12.0}")).collect();
            println!("{:<32}{}", "resident memory after it, MiB", memory.concat());
        }
        self.beside();
        self.goals();
    }

    fn head(&self, what: &str) {
        if self.sizes.len() < 2 {
            println!("{what}");
            return;
        }
        let sizes: Vec<String> = self.sizes.iter().map(|size| format!("{size:>12}")).collect();
        println!("{what:<32}{}   ratio to the first", sizes.concat());
    }

    fn lines(&self, program: &'static str, figure: impl Fn(&Round) -> f64, digits: usize) {
        for kind in &self.kinds {
            let figures: Vec<Option<f64>> =
                self.sizes.iter().map(|size| self.median(program, *size, kind, &figure)).collect();
            let cells = self.sizes.iter().zip(&figures).map(|(size, figure)| {
                match (figure, self.refused(program, *size, kind)) {
                    (_, Some(refused)) => format!("{refused:>12}"),
                    (Some(figure), None) => format!("{figure:>12.digits$}"),
                    (None, None) => format!("{:>12}", "-"),
                }
            });
            let cells: Vec<String> = cells.collect();
            let first = figures.first().copied().flatten();
            if figures.len() < 2 {
                println!("  {kind:<30}{}", cells.concat());
                continue;
            }
            let ratios = figures.iter().map(|figure| match (first, figure) {
                (Some(first), Some(figure)) if first > 0.0 => format!("{:.2}", figure / first),
                _ => String::from("-"),
            });
            println!("  {kind:<30}{}   {}", cells.concat(), ratios.collect::<Vec<_>>().join(" : "));
        }
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

    fn refused(&self, program: &'static str, size: usize, kind: &'static str) -> Option<String> {
        let refused = self.rounds.get(&(program, size, kind))?.iter().find_map(|round| round.refused)?;
        Some(format!("({})", refused.as_u16()))
    }

    /// How much quicker the last program is than the first.
    fn beside(&self) {
        let [before, .., now] = self.programs.as_slice() else { return };
        println!();
        self.head(&format!("times as many a second, {now}"));
        self.factors(|size, kind| {
            let pace = |program| self.median(program, size, kind, |round| round.a_second);
            Some(pace(now)? / pace(before)?)
        });
        self.head("times less processor time");
        self.factors(|size, kind| {
            let work = |program| self.median(program, size, kind, |round| round.work);
            Some(work(before)? / work(now)?)
        });
    }

    fn factors(&self, factor: impl Fn(usize, &'static str) -> Option<f64>) {
        for kind in &self.kinds {
            let cells = self.sizes.iter().map(|size| match factor(*size, kind).filter(|factor| factor.is_finite()) {
                Some(factor) => format!("{factor:>11.1}x"),
                None => format!("{:>12}", "-"),
            });
            println!("  {kind:<30}{}", cells.collect::<String>());
        }
    }

    fn goals(&self) {
        let (Some(now), Some(most)) = (self.programs.last().copied(), self.sizes.last().copied()) else { return };
        let Some(least) = self.sizes.first().copied().filter(|least| *least < most) else { return };
        let some = self.sizes.get(1).copied().filter(|some| *some < most).unwrap_or(least);
        println!();
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
