//! The rules of the house, held by reading its sources: sentences on what is public, short files, no circles, no paths of
//! anybody's machine.

mod circles;

use circles::circles;
use std::fs;
use std::path::Path;

/// The most lines of a file.
const LONGEST: usize = 400;

/// One source file: its path from the root of the project, and what is in it.
#[derive(Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

/// All files below some folders or of these names, those first that come first by name.
fn read(roots: &[&str]) -> Vec<Source> {
    fn walk(root: &Path, path: &Path, found: &mut Vec<Source>) {
        if let Ok(entries) = fs::read_dir(path) {
            let mut inside: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
            inside.sort();
            for path in inside {
                walk(root, &path, found);
            }
        } else if let Ok(text) = fs::read_to_string(path) {
            let path = path.strip_prefix(root).unwrap_or(path).display().to_string();
            found.push(Source { path, text });
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for name in roots {
        walk(root, &root.join(name), &mut found);
    }
    found
}

fn rust(roots: &[&str]) -> Vec<Source> {
    read(roots)
        .into_iter()
        .filter(|source| Path::new(&source.path).extension().is_some_and(|end| end == "rs"))
        .collect()
}

/// Public functions, structs, enums and traits without a sentence above them.
fn undocumented(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for Source { path, text } in sources {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(item) = line.strip_prefix("pub ") else { continue };
            let item =
                ["async ", "const ", "unsafe "].iter().fold(item, |item, word| item.strip_prefix(word).unwrap_or(item));
            if !["fn ", "struct ", "enum ", "trait "].iter().any(|kind| item.starts_with(kind)) {
                continue;
            }
            if !is_sentence(&doc_above(&lines[..at])) {
                found.push(format!("{path}:{}: {line}", at + 1));
            }
        }
    }
    found
}

/// The doc comment that ends these lines, attributes passed over.
fn doc_above(lines: &[&str]) -> String {
    let (mut doc, mut in_attribute) = (Vec::new(), false);
    for line in lines.iter().rev() {
        if let Some(words) = line.strip_prefix("///") {
            doc.push(words.trim());
        } else if line.starts_with("$(#[") || line.starts_with("#[doc") {
            // A macro hands on what stands where it is called.
            return String::from("Said by the caller.");
        } else if line.starts_with("#[") {
            in_attribute = false;
        } else if in_attribute || line.ends_with(")]") {
            in_attribute = true;
        } else {
            break;
        }
    }
    doc.reverse();
    doc.join(" ")
}

/// A sentence begins like one and ends like one. The address that a handler answers is one too.
fn is_sentence(doc: &str) -> bool {
    let begins = doc.chars().next().is_some_and(|first| !first.is_lowercase());
    let is_address = ["`GET /", "`POST /", "GET /", "POST /"].iter().any(|method| doc.starts_with(method));
    begins && (is_address || doc.ends_with(['.', ':', '?', '!', '`', '|']))
}

fn too_long(sources: &[Source]) -> Vec<String> {
    let counted = sources.iter().map(|source| (source.text.lines().count(), &source.path));
    counted.filter(|(lines, _)| *lines > LONGEST).map(|(lines, path)| format!("{path}: {lines} lines")).collect()
}

/// Where somebody's own machine is named.
fn machine_paths(sources: &[Source]) -> Vec<String> {
    let named = ["root", "home", "Users", "work"].map(|folder| format!("/{folder}/"));
    let mut found = Vec::new();
    for Source { path, text } in sources {
        for (number, line) in text.lines().enumerate() {
            let mut starts = named.iter().flat_map(|folder| line.match_indices(folder.as_str()));
            // A part of a longer address or path is no machine's folder.
            let alone = |(at, _): (usize, &str)| {
                !line[..at].ends_with(|before: char| before.is_alphanumeric() || "._-}*/:".contains(before))
            };
            if starts.any(alone) {
                found.push(format!("{path}:{}: {line}", number + 1));
            }
        }
    }
    found
}

/// Where a day is written with a month in words past the language of its reader, and those few that are read by all alike.
fn days_in_one_language(sources: &[Source]) -> Vec<String> {
    const FOR_ALL: [(&str, &str); 6] = [
        ("src/demo/", "the story of the example is told once"),
        ("src/letters/verbs.rs", "stays with the story of an idea"),
        ("src/ideas/verbs.rs", "stays with the story of an idea"),
        ("src/balls/reminding.rs", "the clock writes it down for whoever opens it"),
        ("src/wall/", "hangs on a wall"),
        ("src/spc/sentences/title.rs", "a test of the words"),
    ];
    let is_for_all = |path: &str| FOR_ALL.iter().any(|(all, _)| path.starts_with(all));
    let mut found = Vec::new();
    for Source { path, text } in sources.iter().filter(|source| !is_for_all(&source.path)) {
        for (number, line) in text.lines().enumerate() {
            let literal = line.split_once(".format(\"").map(|(_, rest)| rest.split('"').next().unwrap_or(rest));
            if literal.is_some_and(|form| form.contains("%B") || form.contains("%b")) {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}

fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn everything_public_has_a_sentence() {
    none(&undocumented(&rust(&["src"])), "without a sentence above it");
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    none(&too_long(&rust(&["src", "tests"])), "too long to be read at once");
}

#[test]
fn every_day_is_written_as_its_reader_writes_days() {
    none(&days_in_one_language(&rust(&["src"])), "goes past `locale::form`");
}

#[test]
fn no_files_need_each_other() {
    none(&circles(&rust(&["src"])), "files that need each other");
}

#[test]
fn no_file_names_a_folder_of_somebodys_machine() {
    let all =
        ["src", "tests", "benches", "templates", "static", "migrations", "docs", "README.md", "Cargo.toml", "build.rs"];
    none(&machine_paths(&read(&all)), "a path of one machine");
}

/// Each rule finds what breaks it: a rule that can't fail holds nothing.
mod planted {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source { path: path.into(), text: text.into() }
    }

    #[test]
    fn something_public_without_a_sentence() {
        let text = "/// Fine.\n#[derive(Clone)]\npub struct Fine;\n\n/// no sentence\npub fn half() {}\n\n#[must_use]\npub async fn bare() {}\npub(crate) fn inner() {}\n\n/// `GET /fine`\npub fn show() {}\n";
        let found = undocumented(&[source("src/a.rs", text)]);
        assert_eq!(found, ["src/a.rs:6: pub fn half() {}", "src/a.rs:9: pub async fn bare() {}"]);
    }

    #[test]
    fn a_day_in_one_language() {
        let text = "day.format(\"%-d %B\")\nday.format(&form(\"%-d %B\"))\nday.format(\"%Y-%m-%d\")";
        let found = days_in_one_language(&[source("src/a.rs", text), source("src/wall/board.rs", text)]);
        assert_eq!(found, ["src/a.rs:1: day.format(\"%-d %B\")"]);
    }

    #[test]
    fn a_file_that_is_too_long() {
        let [fits, long] = [LONGEST, LONGEST + 1].map(|lines| source("src/a.rs", &"x\n".repeat(lines)));
        assert_eq!(too_long(&[fits, long]), ["src/a.rs: 401 lines"]);
    }

    #[test]
    fn a_circle_through_names_that_are_handed_on_and_let_in() {
        let files = [
            source("src/lib.rs", "pub mod a; pub mod b; pub use b::deep::Deep;"),
            source("src/a.rs", "use crate::{Deep, b};\nfn f() { b::deep::g(); }\n// use crate::b::Never;"),
            source("src/b/mod.rs", "pub mod deep; pub struct B;"),
            source("src/b/deep.rs", "pub struct Deep;\nconst S: &str = \"crate::a::f\";"),
        ];
        assert!(circles(&files).is_empty());
        for text in
            ["use super::super::a;\nfn g() { a::f() }", "fn g() { crate::a::f() }", "use crate::a::{self as other, f};"]
        {
            let mut files = files.clone();
            files[3].text.push_str(text);
            assert_eq!(circles(&files), ["a, b::deep"], "{text}");
        }
        let mut files = files;
        files[3].text.push_str("#[cfg(test)]\nmod tests { use crate::a::f; }\n");
        assert!(circles(&files).is_empty(), "tests may look wherever they want");
    }

    #[test]
    fn a_folder_of_a_machine() {
        let text = ["cp /", "home/ada/x y\n/people/", "home/x\n\"/", "work/main\"\n"].concat();
        let found = machine_paths(&[source("docs/a.md", &text)]);
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
