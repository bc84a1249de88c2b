//! Which file names something of which other, and the groups of files that need each other.
//!
//! It reads words and signs as the compiler does, without comments and strings, and follows a name through whatever lets it
//! in (`use`) and hands it on (`pub use`) to the file in which it is written. What only tests see is passed over.

use super::Source;
use std::collections::{BTreeMap, BTreeSet};

type Module = Vec<String>;

/// The words and signs of a source without comments and strings.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let (letter, next) = (letters[at], letters.get(at + 1).copied().unwrap_or(' '));
        let is_raw = letter == 'r' && (next == '"' || next == '#' && matches!(letters.get(at + 2), Some('"' | '#')));
        match letter {
            '/' if next == '/' => at = until(&letters, at, |rest| rest[0] == '\n'),
            '"' => at = end_of_string(&letters, at),
            _ if is_raw => {
                let marks = letters[at + 1..].iter().take_while(|letter| **letter == '#').count();
                let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', marks)).collect();
                at = until(&letters, at + 2 + marks, |rest| rest.starts_with(&end)) + end.len();
            }
            // A letter in quotes; otherwise it is the name of a lifetime.
            '\'' if next == '\\' => at = until(&letters, at + 3, |rest| rest[0] == '\'') + 1,
            '\'' if letters.get(at + 2) == Some(&'\'') => at += 3,
            ':' if next == ':' => {
                tokens.push(String::from("::"));
                at += 2;
            }
            _ if letter.is_alphanumeric() || letter == '_' => {
                let end = until(&letters, at, |rest| !(rest[0].is_alphanumeric() || rest[0] == '_'));
                tokens.push(letters[at..end].iter().collect());
                at = end;
            }
            _ => {
                if !letter.is_whitespace() {
                    tokens.push(letter.to_string());
                }
                at += 1;
            }
        }
    }
    tokens
}

fn until(letters: &[char], from: usize, is_there: impl Fn(&[char]) -> bool) -> usize {
    (from..letters.len()).find(|at| is_there(&letters[*at..])).unwrap_or(letters.len())
}

fn end_of_string(letters: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < letters.len() && letters[at] != '"' {
        at += if letters[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// What one file names: what it lets in by which name, what it hands on, and every path it walks.
#[derive(Default)]
struct Names {
    uses: BTreeMap<String, Module>,
    exports: BTreeMap<String, Module>,
    paths: Vec<Module>,
}

fn module_of(path: &str) -> Module {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if matches!(path, "lib" | "main") { Vec::new() } else { path.split('/').map(String::from).collect() }
}

/// The path from the root of the crate; `None` for what does not begin in it.
fn absolute(from: &Module, path: &[String]) -> Option<Module> {
    let mut here = from.clone();
    match path.first()?.as_str() {
        "crate" => here.clear(),
        "self" => {}
        "super" => {
            let ups = path.iter().take_while(|step| *step == "super").count();
            here.truncate(here.len().saturating_sub(ups));
            return Some(here.into_iter().chain(path[ups..].iter().cloned()).collect());
        }
        _ => return None,
    }
    Some(here.into_iter().chain(path[1..].iter().cloned()).collect())
}

/// Walk a tree of `use`; each leaf with the name by which it is known.
fn leaves(tokens: &[String], at: &mut usize, prefix: &Module, found: &mut Vec<(String, Module)>) {
    let mut path = prefix.clone();
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match token.as_str() {
            "::" => {}
            "{" => loop {
                leaves(tokens, at, &path, found);
                let end = tokens.get(*at - 1).map_or("}", String::as_str);
                if end == "}" {
                    *at += 1;
                    return;
                }
            },
            "as" => {
                found.push((tokens[*at].clone(), path));
                *at += 2;
                return;
            }
            "," | "}" | ";" => {
                if path.len() > prefix.len() {
                    if path.last().is_some_and(|last| last == "self") {
                        path.pop();
                    }
                    found.push((path.last().cloned().unwrap_or_default(), path));
                }
                return;
            }
            name => path.push(name.to_owned()),
        }
    }
}

fn names(module: &Module, text: &str) -> Names {
    let tokens = tokens(text);
    let (mut names, mut at) = (Names::default(), 0);
    while at < tokens.len() {
        match tokens[at].as_str() {
            // What only tests see is no part of the house.
            "#" if tokens[at..].iter().take(7).map(String::as_str).eq(["#", "[", "cfg", "(", "test", ")", "]"]) => {
                at = after_item(&tokens, at + 7);
            }
            "use" => {
                let is_public = at > 0 && matches!(tokens[at - 1].as_str(), "pub" | ")");
                at += 1;
                let mut found = Vec::new();
                leaves(&tokens, &mut at, &Vec::new(), &mut found);
                let into = if is_public { &mut names.exports } else { &mut names.uses };
                for (name, path) in found {
                    let path = absolute(module, &path).unwrap_or_else(|| module.iter().chain(&path).cloned().collect());
                    into.insert(name, path);
                }
            }
            word if word.starts_with(|first: char| first.is_alphabetic() || first == '_') => {
                let mut path = vec![tokens[at].clone()];
                while tokens.get(at + 1).is_some_and(|token| token == "::")
                    && tokens
                        .get(at + 2)
                        .is_some_and(|token| token.starts_with(|first: char| first.is_alphabetic() || first == '_'))
                {
                    path.push(tokens[at + 2].clone());
                    at += 2;
                }
                names.paths.push(path);
                at += 1;
            }
            _ => at += 1,
        }
    }
    names
}

/// Behind the item that begins here: behind its closing brace, or its semicolon.
fn after_item(tokens: &[String], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(token.as_str(), "}" | ";") {
            return at + 1;
        }
    }
    tokens.len()
}

/// Which file names something of which other, by the modules of both.
fn arrows(sources: &[Source]) -> BTreeMap<Module, BTreeSet<Module>> {
    let known: BTreeMap<Module, Names> = sources
        .iter()
        .filter(|source| source.path != "src/main.rs")
        .map(|source| (module_of(&source.path), source))
        .map(|(module, source)| (module.clone(), names(&module, &source.text)))
        .collect();
    let home_of = |path: &Module| home(&known, path, 0);
    let mut arrows = BTreeMap::new();
    for (module, names) in &known {
        let mut to = BTreeSet::new();
        for path in names.uses.values().filter(|path| !known.contains_key(*path)) {
            to.extend(home_of(path));
        }
        for path in &names.paths {
            let through = || {
                let first = names.uses.get(&path[0])?;
                Some(first.iter().chain(&path[1..]).cloned().collect::<Module>())
            };
            let child = || {
                let child: Module = module.iter().chain(path).cloned().collect();
                known.contains_key(&child[..=module.len()]).then_some(child)
            };
            let full = absolute(module, path).or_else(through).or_else(|| child().filter(|_| path.len() > 1));
            to.extend(full.filter(|full| !known.contains_key(full)).and_then(|full| home_of(&full)));
        }
        to.remove(module);
        arrows.insert(module.clone(), to);
    }
    arrows
}

/// The file in which the end of a path is written, through what other files hand on. `None` for what is of another crate.
fn home(known: &BTreeMap<Module, Names>, path: &Module, depth: usize) -> Option<Module> {
    let longest = (0..=path.len()).rev().find(|length| known.contains_key(&path[..*length]))?;
    let (file, rest) = path.split_at(longest);
    if file.is_empty() && rest.len() > 1 {
        return None;
    }
    let handed_on = rest.first().and_then(|name| known[file].exports.get(name)).filter(|_| depth < 8);
    match handed_on {
        Some(target) => home(known, &target.iter().chain(&rest[1..]).cloned().collect(), depth + 1),
        None => Some(file.to_vec()),
    }
}

/// The groups of files that need each other, each told by its files.
pub fn circles(sources: &[Source]) -> Vec<String> {
    let arrows = arrows(sources);
    let reached = |from: &Module| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            next.extend(arrows.get(at).into_iter().flatten().filter(|to| seen.insert((*to).clone())));
        }
        seen
    };
    let reach: BTreeMap<&Module, BTreeSet<Module>> = arrows.keys().map(|module| (module, reached(module))).collect();
    let mut told = BTreeSet::new();
    for (module, seen) in reach.iter().filter(|(module, seen)| seen.contains(**module)) {
        let group = seen.iter().filter(|other| reach[*other].contains(*module)).map(|other| other.join("::"));
        told.insert(group.collect::<Vec<_>>().join(", "));
    }
    told.into_iter().collect()
}
