//! `catchball chart` from the outside: every reference case, as JSON and as CSV, what is refused, and the picture.

use serde_json::{Map, Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// How many questions the files hold, and how many figures they expect.
const ASKED: usize = 36;
const COMPARED: usize = 1527;

/// The program with settings that would stop a server, in a folder of its own: it must not look at them.
fn chart(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_catchball"))
        .arg("chart")
        .args(arguments)
        .env("CATCHBALL_DATABASE_URL", "mysql://nowhere/x")
        .env("CATCHBALL_LISTN", "unknown")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who is refused early does not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn answer(arguments: &[&str], input: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let Output { status, stdout, stderr } = chart(folder.path(), arguments, input.as_bytes());
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), told.as_str()), (Some(0), ""), "{input}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it left something behind");
    serde_json::from_slice(&stdout).unwrap()
}

fn files() -> Vec<(PathBuf, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/spc");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect()
}

/// One question to the program, and what the file expects.
struct Case {
    name: String,
    series: Map<String, Value>,
    options: Value,
    expect: Value,
    tolerance: f64,
}

fn merged(options: &Value, more: &Value) -> Value {
    let mut all = options.as_object().unwrap().clone();
    all.extend(more.as_object().unwrap().clone());
    Value::Object(all)
}

/// Every case in a file: the case itself, its variants, and the parts that ask it once more.
fn cases(file: &Value) -> Vec<Case> {
    let mut all = Vec::new();
    for whole in file["cases"].as_array().unwrap_or(&vec![file.clone()]) {
        let fields = ["values", "numerators", "denominators"];
        let series: Map<String, Value> =
            fields.iter().filter_map(|&field| Some((field.to_owned(), whole.get(field)?.clone()))).collect();
        let mut add = |more: &str, options: Value, expect: Value| {
            let name = format!("{} {more}", whole["name"]);
            let (series, tolerance) = (series.clone(), file["tolerance"].as_f64().unwrap());
            all.push(Case { name, series, options, expect, tolerance });
        };
        let (own, also) = (&whole["options"], &whole["also"]);
        let mut expect = whole["expect"].clone();
        for (key, from) in [("seasonal_factors", whole), ("adjusted", whole), ("limits_shown", also)] {
            if !from[key].is_null() {
                expect[key] = from[key].clone();
            }
        }
        add("", own.clone(), expect);
        for variant in whole["variants"].as_array().into_iter().flatten() {
            add(variant["title"].as_str().unwrap(), variant["options"].clone(), variant["expect"].clone());
        }
        for (key, option) in [("tie_skips", json!({ "tie": "skips" })), ("bridged", json!({ "bridge_gaps": true }))] {
            if also[key].is_object() {
                add(key, merged(own, &option), also[key].clone());
            }
        }
        if whole["without_adjustment"].is_object() {
            add("without adjustment", json!({}), whole["without_adjustment"].clone());
        }
        for (line, expect) in whole["optional_trended"].as_object().into_iter().flatten() {
            add(line, merged(own, &json!({ "centre": line })), expect.clone());
        }
        for key in ["experiment", "watch", "watch_12"] {
            let Some(part) = whole[key].as_object() else { continue };
            let is_option = |name: &str| ["baseline", "evaluated", "direction"].contains(&name);
            let (options, expect) = part.clone().into_iter().partition(|(name, _)| is_option(name));
            add(key, Value::Object(options), Value::Object(expect));
        }
    }
    all
}

/// How many figures were compared; each must be there and be the same within the tolerance.
fn same(what: &str, expected: &Value, found: &Value, tolerance: f64) -> usize {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            let one = |(key, value): (&String, &Value)| {
                let found = found.get(key).unwrap_or_else(|| panic!("{what}: there is no {key}"));
                same(&format!("{what}, {key}"), value, found, tolerance)
            };
            expected.iter().map(one).sum()
        }
        (Value::Array(expected), Value::Array(found)) => {
            assert_eq!(expected.len(), found.len(), "{what}: {found:?}");
            1 + expected.iter().zip(found).map(|(one, other)| same(what, one, other, tolerance)).sum::<usize>()
        }
        (Value::Number(one), Value::Number(other)) => {
            let (one, other) = (one.as_f64().unwrap(), other.as_f64().unwrap());
            assert!((one - other).abs() <= tolerance * one.abs().max(1.0), "{what} is {other}, expected {one}");
            1
        }
        _ => {
            assert_eq!(expected, found, "{what}");
            1
        }
    }
}

#[test]
fn it_answers_every_reference_case() {
    let (mut asked, mut compared) = (0, 0);
    for (_, file) in files() {
        for Case { name, mut series, options, expect, tolerance } in cases(&file) {
            series.insert("options".to_owned(), options);
            compared += same(&name, &expect, &answer(&[], &Value::Object(series).to_string()), tolerance);
            asked += 1;
        }
    }
    assert_eq!((asked, compared), (ASKED, COMPARED), "a new case in the files changes these numbers on purpose");
}

/// The same series as a table.
fn table(series: &Map<String, Value>, header: &str, period: impl Fn(usize) -> String) -> String {
    let cell = |value: &Value| if value.is_null() { String::new() } else { value.to_string() };
    let names = ["values", "numerators", "denominators"];
    let columns: Vec<&Vec<Value>> = names.iter().filter_map(|name| series.get(*name)?.as_array()).collect();
    let row = |at: usize| {
        let cells: Vec<String> = columns.iter().map(|column| cell(&column[at])).collect();
        format!("{},{}\n", period(at), cells.join(","))
    };
    header.to_owned() + (0..columns[0].len()).map(row).collect::<String>().as_str()
}

#[test]
fn a_table_gives_the_same_answer_as_json() {
    let mut asked = 0;
    for (_, file) in files() {
        for Case { name, mut series, options, .. } in cases(&file) {
            let header = if series.contains_key("values") { "week,value\n" } else { "week,numerator,denominator\n" };
            let with_header = table(&series, header, |at| format!("week {at}"));
            let without = table(&series, "", |at| format!("no {at}"));
            let chosen = options.to_string();
            series.insert("options".to_owned(), options);
            let from_json = answer(&[], &Value::Object(series).to_string());
            assert!(answer(&["--options", &chosen, "-"], &with_header) == from_json, "{name}, with a header");
            assert!(answer(&["--options", &chosen], &without) == from_json, "{name}, without a header");
            asked += 1;
        }
    }
    assert_eq!(asked, ASKED);
}

#[test]
fn a_reference_file_can_be_read_as_it_stands() {
    for (path, file) in files().into_iter().filter(|(_, file)| file["cases"].is_null()) {
        let found = answer(&[path.to_str().unwrap()], "");
        same(path.to_str().unwrap(), &file["expect"], &found, file["tolerance"].as_f64().unwrap());
    }
}

#[test]
fn it_says_what_a_page_would_say_besides() {
    let quiet = json!({ "values": ([[10, 12, 11, 13].repeat(5), vec![11, 30]].concat()), "options": {
        "baseline": [0, 20], "direction": "up", "target": 20, "floor": 10
    } });
    let found = answer(&[], &quiet.to_string());
    assert_eq!(found["assurance"], "fail");
    assert_eq!(found["assurance_last_phase"], "fail");
    assert_eq!((&found["lower"], found["upper"].is_number()), (&Value::Null, true), "the floor takes the lower limit");
    assert!(found["lnpl"].is_number());
    assert_eq!(found["first_favourable"], json!({ "rule1": 21, "rule2": null, "rule3": null }));
    assert_eq!(found["first_unfavourable"], json!({ "rule1": null, "rule2": null, "rule3": null }));
    assert_eq!(found["moving_ranges"][21], json!(19.0));
    assert_eq!(found["moving_ranges"][0], Value::Null);
    assert!(found["lag1"].is_number());

    let of = |target: i32, direction: &str| {
        let asked =
            json!({ "values": [10, 12, 11, 13, 10, 12], "options": { "target": target, "direction": direction } });
        answer(&[], &asked.to_string())["assurance"].clone()
    };
    assert_eq!((of(0, "up"), of(0, "down"), of(11, "down")), ("pass".into(), "fail".into(), "inconsistent".into()));

    let nhs = json!({ "values": ([[5, 6].repeat(6), (1..8).collect()].concat()), "options": { "rules": "nhs" } });
    assert_eq!(answer(&[], &nhs.to_string())["signals"]["trend"], json!([12, 13, 14, 15, 16, 17, 18]));
    let one = json!({ "values": ([[5, 6].repeat(6), vec![6; 9]].concat()), "options": { "rules": "one" } });
    assert_eq!(answer(&[], &one.to_string())["signals"]["rule2"], json!([]));

    let short = json!({ "values": (1..20).collect::<Vec<_>>(), "options": { "season": 12 } });
    let found = answer(&[], &short.to_string());
    assert_eq!((&found["season"], &found["seasonal_factors"]), (&json!("too few cycles"), &Value::Null));
    let zero = json!({ "values": [0, 1, 2, 3, 4, 5, 6, 7], "options": { "season": 2 } });
    assert_eq!(answer(&[], &zero.to_string())["season"], "values at or below zero");
    let by_name = json!({ "values": [1, 3, 2, 6, 3, 9], "options": { "season": [7, 9, 7, 9, 7, 9] } });
    assert_eq!(answer(&[], &by_name.to_string())["seasonal_factors"], json!([0.5, 1.5]));
}

#[test]
fn what_it_cannot_read_is_refused_in_one_sentence() {
    let asked = |options: &str| format!(r#"{{"values": [1, 2, 3, 4, 5, 6], "options": {options}}}"#);
    let shares = r#"{"numerators": [1, 2], "denominators": [1]}"#;
    let cases: Vec<(String, &str)> = vec![
        (String::new(), "empty"),
        (" \n ".to_owned(), "empty"),
        (r#"{"values": []}"#.to_owned(), "no values"),
        (r#"{"options": {}}"#.to_owned(), "values"),
        (r#"{"values": [1, 2"#.to_owned(), "not JSON"),
        (r#"{"values": [1, NaN]}"#.to_owned(), "not JSON"),
        (r#"{"values": [1, 1e999]}"#.to_owned(), "not JSON"),
        ("[1, 2, 3]".to_owned(), "not one object"),
        (r#"{"values": [1, "2"]}"#.to_owned(), "values"),
        (r#"{"values": 7}"#.to_owned(), "values"),
        (r#"{"values": [1], "option": {}}"#.to_owned(), "option"),
        (r#"{"values": [1], "options": []}"#.to_owned(), "options"),
        (r#"{"values": [1], "numerators": [1], "denominators": [1]}"#.to_owned(), "either"),
        (r#"{"numerators": [1]}"#.to_owned(), "either"),
        (shares.to_owned(), "2 numerators"),
        (r#"{"numerators": [1], "denominators": [-1]}"#.to_owned(), "negative"),
        (asked(r#"{"run_lenght": 7}"#), "run_lenght"),
        (asked(r#"{"run_length": "7"}"#), "run_length"),
        (asked(r#"{"run_length": 0}"#), "run_length"),
        (asked(r#"{"baseline": [0, 7]}"#), "baseline"),
        (asked(r#"{"baseline": [3, 3]}"#), "baseline"),
        (asked(r#"{"baseline": [-1, 3]}"#), "baseline"),
        (asked(r#"{"evaluated": [4, 9]}"#), "evaluated"),
        (asked(r#"{"phases": [2, 4]}"#), "phases"),
        (asked(r#"{"phases": [0, 4, 4]}"#), "phases"),
        (asked(r#"{"phase_baselines": [[0, 4]]}"#), "phase_baselines"),
        (asked(r#"{"phases": [0, 3], "phase_baselines": [[0, 3]]}"#), "phase_baselines"),
        (asked(r#"{"exclude": [6]}"#), "exclude"),
        (asked(r#"{"mr": "mode"}"#), "mr"),
        (asked(r#"{"centre": "mode"}"#), "centre"),
        (asked(r#"{"screen_mr": 1}"#), "screen_mr"),
        (asked(r#"{"bridge_gaps": "yes"}"#), "bridge_gaps"),
        (asked(r#"{"tie": "counts"}"#), "tie"),
        (asked(r#"{"floor": "0"}"#), "floor"),
        (asked(r#"{"floor": 9, "ceiling": 1}"#), "floor"),
        (asked(r#"{"direction": "left"}"#), "direction"),
        (asked(r#"{"target": [1]}"#), "target"),
        (asked(r#"{"season": 1}"#), "season"),
        (asked(r#"{"season": [1, 2]}"#), "season"),
        (asked(r#"{"factors_from": [0, 4]}"#), "factors_from"),
        (asked(r#"{"chart": "pie"}"#), "chart"),
        (asked(r#"{"chart": "iprime"}"#), "denominators"),
        (asked(r#"{"rules": "all"}"#), "rules"),
        ("only words".to_owned(), "columns"),
        ("week,value".to_owned(), "no values"),
        ("week,value\n1,2\n2,three".to_owned(), "three"),
        ("1,2\n2,NaN".to_owned(), "NaN"),
        ("1,2\n2,1e999".to_owned(), "1e999"),
        ("1,2\n2,3,4".to_owned(), "columns"),
        ("1,2,3,4\n2,3,4,5".to_owned(), "columns"),
        ("1,2\n1,3".to_owned(), "twice"),
        ("1,2,-3".to_owned(), "negative"),
    ];
    for (input, word) in cases {
        let told = refusal(&[], input.as_bytes());
        assert!(told.contains(word), "{input}: {told}");
    }
    assert!(refusal(&[], b"week,value\n1,\xff\n").contains("UTF-8"));
    assert!(refusal(&["missing.csv"], b"").contains("missing.csv"));
    assert!(refusal(&["--options", "{"], b"1,2\n2,3").contains("--options"));
    assert!(refusal(&["--options", "{}"], br#"{"values": [1], "options": {}}"#).contains("twice"));
    assert!(refusal(&["--svg", "missing/chart.svg"], b"1,2\n2,3").contains("missing/chart.svg"));
}

/// Nothing on standard output, one line on standard error, exit code 2.
fn refusal(arguments: &[&str], input: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let Output { status, stdout, stderr } = chart(folder.path(), arguments, input);
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len()), (Some(2), 0), "{told}");
    assert_eq!(told.trim_end().lines().count(), 1, "{told}");
    assert!(told.trim_end().ends_with('.'), "not a sentence: {told}");
    told
}

fn drawn(arguments: &[&str], input: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut all = vec!["--svg", "chart.svg"];
    all.extend(arguments);
    let Output { status, stdout, stderr } = chart(folder.path(), &all, input.as_bytes());
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!((status.code(), stdout.len(), told.as_str()), (Some(0), 0, ""));
    std::fs::read_to_string(folder.path().join("chart.svg")).unwrap()
}

/// A browser draws a file only if it is XML: unlike in HTML, every attribute has a value there.
fn attributes_have_values(svg: &str) -> bool {
    let tags = svg.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let mut named = tags.flat_map(|tag| {
        let unquoted: String = tag.split('"').step_by(2).collect();
        unquoted.trim_end_matches('/').split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>()
    });
    named.all(|name| name.ends_with('='))
}

#[test]
fn it_draws_a_picture_that_stands_alone() {
    let values = [[30, 32, 31, 33, 30, 28].repeat(3), vec![60]].concat();
    let svg = drawn(&[], &json!({ "values": values, "options": { "target": 40 } }).to_string());
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" "), "{}", &svg[..80]);
    assert!(svg.contains("<style>") && svg.contains(".chart-limit"), "it brings its own style");
    assert!(svg.contains("<title id=\"chart-title\">Signal: 60 at no. 19 is above the usual range</title>"), "{svg}");
    assert!(svg.contains("target 40"), "{svg}");
    let table: String = (1..=9).map(|day| format!("2026-03-0{day},{}\n", day % 3)).collect();
    assert!(drawn(&[], &table).contains("9 values from 1 Mar to 9 Mar."));
    let weeks: String = (10..=18).map(|week| format!("2026-W{week},{}\n", week % 3)).collect();
    assert!(drawn(&[], &weeks).contains("9 values from 2 Mar to 27 Apr."));
    let months: String = (1..=9).map(|month| format!("2026-0{month},{}\n", month % 3)).collect();
    assert!(drawn(&[], &months).contains("9 values from Jan to Sep."));
    for (_, file) in files() {
        for Case { name, mut series, options, .. } in cases(&file) {
            series.insert("options".to_owned(), options);
            let svg = drawn(&[], &Value::Object(series).to_string());
            assert!(svg.trim_end().ends_with("</svg>") && !svg.contains("NaN"), "{name}");
            assert!(attributes_have_values(&svg), "{name}");
        }
    }
}

#[test]
fn limits_from_chosen_values_stay_and_limits_from_all_values_may_move() {
    let options = |options: &str| format!(r#"{{"values": [5, 6, 5, 7, 6, 5, 7, 6, 5], "options": {options}}}"#);
    assert!(drawn(&[], &options("{}")).contains("may still move"));
    assert!(!drawn(&[], &options(r#"{"baseline": [0, 8]}"#)).contains("may still move"));
}

#[test]
fn a_run_longer_than_the_series_is_answered_at_once() {
    let found = answer(&[], r#"{"values": [1, 2, 3, 4, 5, 6], "options": {"run_length": 1000000000000}}"#);
    assert_eq!(found["signals"]["rule2"], json!([]));
}

#[test]
fn dates_are_sorted_and_missing_periods_become_gaps() {
    let ranges = |table: &str| answer(&[], table)["moving_ranges"].clone();
    let gap = json!([null, 2.0, null, null, 3.0]);
    let weeks = "week,value\n2026-03-30,8\n2026-03-02,1\n2026-03-09,3\n2026-03-23,5\n";
    assert_eq!(ranges(weeks), gap);
    assert_eq!(ranges("2026-W14,8\n2026-W10,1\n2026-W11,3\n2026-W13,5\n"), gap);
    assert_eq!(ranges("2026-05,8\n2026-01,1\n2026-02,3\n2026-04,5\n"), gap);
    assert_eq!(ranges("2026-05-01,8\n2026-01-01,1\n2026-02-01,3\n2026-04-01,5\n"), gap);
    assert_eq!(ranges("2026-03-05,8\n2026-03-01,1\n2026-03-02,3\n2026-03-04,5\n"), gap);
    // From Friday to Monday is one step where nobody works on Saturdays; the Thursday without a value is a gap.
    assert_eq!(ranges("2026-03-06,1\n2026-03-09,3\n2026-03-11,5\n2026-03-12,8\n"), gap);
    // Every other week, and days here and there: in order, without gaps.
    let plain = json!([null, 2.0, 2.0, 3.0]);
    assert_eq!(ranges("2026-03-16,3\n2026-03-02,1\n2026-03-30,5\n2026-04-13,8\n"), plain);
    assert_eq!(ranges("2026-03-07,3\n2026-03-02,1\n2026-05-30,5\n2026-06-13,8\n"), plain);
    assert!(drawn(&[], weeks).contains("from 2 Mar to 30 Mar"));
    for (table, word) in [
        ("week,value\n2026-03-02,1\n2026-03-09,2\n2026-03-02,3\n", "2026-03-02 occurs twice, in lines 2 and 4;"),
        ("b,1\na,2\nb,3\n", "b occurs twice, in lines 1 and 3;"),
        ("0001-01-01,1\n2026-03-09,2\n", "from 0001-01-01 to 2026-03-09"),
    ] {
        let told = refusal(&[], table.as_bytes());
        assert!(told.contains(word), "{told}");
    }
}
