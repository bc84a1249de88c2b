//! Tables and files that mean harm, or look as if they did: a helpful sentence, the numbers of the rows, no value written.

use super::stage::source;
use crate::support::Answer;
use crate::support::measured::Measured;

/// A name, what is sent, the status, and words that the page says.
type Case = (&'static str, Vec<u8>, u16, Vec<&'static str>);

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn case(name: &'static str, sent: impl AsRef<[u8]>, status: u16, words: &[&'static str]) -> Case {
    (name, sent.as_ref().to_vec(), status, words.to_vec())
}

/// What comes as text, pasted or in a file.
fn texts() -> Vec<Case> {
    let bad = |name, sent: &str, words: &[&'static str]| case(name, sent, 422, words);
    let some = |name, sent: &str, words: &[&'static str]| case(name, sent, 200, words);
    vec![
        bad("nothing", "", &["There is no row to read."]),
        bad("blanks only", " \n\t\n;;;\n", &["There is no row to read."]),
        bad("a heading only", "Week;Hours\n", &["There is a heading, but no row below it."]),
        bad("too large", "2026-02-02;1e308", &["Line 1,", "is too large"]),
        bad("no numbers", "2026-02-02;NaN\n2026-02-09;inf\n2026-02-16;-inf", &["Line 1,", "Line 2,", "Line 3,"]),
        some(
            "mixed marks",
            "2026-02-02;1,5\n2026-02-09;1.5\n2026-02-16;1.234",
            &["Line 3,", "two ways", "decimal comma. Look"],
        ),
        some(
            "six kinds of dates",
            "2026-01-05;1\n12.01.2026;2\n2026-W04;3\n26 Jan 2026;4\n2026/02/02;5\n02/13/2026;6\nMonday;7",
            &["6 rows understood", "Line 7,", "is not a week. Write it as"],
        ),
        bad(
            "formulas",
            "2026-02-02;=cmd|' /C calc'!A0\n2026-02-09;+1+1\n2026-02-16;@SUM(A1)",
            &["Line 1,", "Line 2,", "Line 3,", "is a formula"],
        ),
        some("turned writing", "2026-02-02;\u{202e}13\n2026-02-09;3", &["Line 1,", "turn the direction"]),
        some("no shape", "\u{feff}2026-02-02\u{200b};\u{200f}31", &["1 row understood", "31 hours"]),
        bad("less than nothing", "2026-02-02;-5", &["Line 1,", "the least that can occur"]),
        bad("the future", "2026-03-09;1", &["Line 1,", "has not begun yet"]),
        bad("long ago", "1989-12-25;1", &["Line 1,", "nothing before 1990 is taken"]),
        some("duplicates", "2026-02-02;1\n2026-02-03;2", &["Line 2,", "stands in line 1 already"]),
        bad("other digits", "2026-02-02;٣١", &["Line 1,", "is not a number"]),
        some(
            "columns without end",
            &format!("2026-02-02{}\n2026-02-09;3", ";1".repeat(9_999)),
            &["Line 1,", "10000 columns"],
        ),
        some("a long name", &format!("Week;Hours;{}\n2026-02-02;3;4", "x".repeat(100_000)), &["1 row understood"]),
        some("quotation marks", "2026-02-02;\"1\n\"2026-02-09;2\n2026-02-16;3", &["2 rows understood", "Line 2,"]),
        some(
            "empty columns",
            "2026-02-02;1;;;;\n2026-02-09;2;;;\n;;;;\n",
            &["2 rows understood, nothing taken over yet"],
        ),
        some("CR", "Week;Hours\r2026-02-02;1\r2026-02-09;x\r", &["1 row understood", "Line 3,"]),
        some("mixed ends", "Week;Hours\r\n2026-02-02;1\n2026-02-09;x\r", &["1 row understood", "Line 3,"]),
        bad("NUL", "2026-02-02;3\n2026-02-09;3\0", &["Line 2 holds signs that no table has"]),
        bad("rows without end", &"2026-02-02;1\n".repeat(2_001), &["There are 2001 rows; 2000 are the most"]),
        bad("one line", &"1".repeat(900_000), &["more than 500 KB of text"]),
        bad("markup", "<script>alert(1)</script>;1\n'><img src=x>;2", &["Line 1,", "Line 2,"]),
    ]
}

/// What can come only as a file.
fn files() -> Vec<Case> {
    let table = "Größe;Stunden\n2026-02-02;31,5\n2026-02-09;viele\n";
    let good = ["1 row understood, 1 not", "Line 3,", "31.5 hours"];
    let western: Vec<u8> = table.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    let with = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    vec![
        case("UTF-16 LE with its mark", with(b"\xff\xfe", utf16(table, u16::to_le_bytes)), 200, &good),
        case("UTF-16 BE with its mark", with(b"\xfe\xff", utf16(table, u16::to_be_bytes)), 200, &good),
        case("UTF-16 LE", utf16(table, u16::to_le_bytes), 200, &good),
        case("UTF-16 BE", utf16(table, u16::to_be_bytes), 200, &good),
        case("UTF-8 with its mark", with(b"\xef\xbb\xbf", table.as_bytes().to_vec()), 200, &good),
        case("Windows' letters", western, 200, &good),
        case("Windows' signs", b"Week;Hours \x80\n2026-02-02;3\n", 200, &["1 row understood", "Hours €"]),
        case("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 422, &["This is a picture."]),
        case("xlsx", b"PK\x03\x04\x14\0\x06\0", 422, &["This is a spreadsheet in its own format."]),
        case("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 422, &["This is a spreadsheet in its own format."]),
        case("gzip", b"\x1f\x8b\x08\0\0\0\0\0", 422, &["This is a packed file."]),
        case("half a letter", [0xff, 0xfe, 0x00], 422, &["There is no row to read."]),
        case("zeros", [0; 64], 422, &["Line 1 holds signs"]),
        case("all bytes", (0..=255).collect::<Vec<u8>>(), 422, &["Line 1 holds signs"]),
        case("10 MB", vec![b'1'; 10_000_000], 413, &["One megabyte is the most", "Nothing was changed."]),
    ]
}

fn check((name, _, status, words): &Case, page: &Answer) {
    assert_eq!(page.status.as_u16(), *status, "{name}: {}", page.text("main"));
    let text = page.text("main");
    for words in words {
        assert!(text.to_lowercase().contains(&words.to_lowercase()), "{name} does not say {words:?}: {text}");
    }
    for sentence in page.texts("main ul li, .message") {
        assert!(sentence.ends_with(['.', '?']), "{name}: {sentence}");
    }
}

#[tokio::test]
async fn no_file_does_harm_and_each_bad_row_is_named() {
    let stage = Measured::imports_weekly().await;
    for case in texts().iter().chain(&files()) {
        check(case, &stage.uploads(&case.1).await);
        assert_eq!(stage.values().await, 0, "{}", case.0);
    }
}

#[tokio::test]
async fn no_paste_does_harm_and_comes_back_as_it_was_typed() {
    let stage = Measured::imports_weekly().await;
    for case in texts() {
        let text = String::from_utf8(case.1.clone()).unwrap();
        let page = stage.pastes(&text, &[]).await;
        check(&case, &page);
        if !text.contains(['\r', '\0', '\u{feff}']) {
            let typed = source(&page, "#field-text");
            assert!(typed == text, "{}: {} of {} letters came back", case.0, typed.len(), text.len());
        }
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{}", case.0);
        assert_eq!(stage.values().await, 0, "{}", case.0);
    }
}

#[tokio::test]
async fn what_was_not_understood_cannot_be_confirmed() {
    let stage = Measured::imports_weekly().await;
    for case in texts() {
        let text = String::from_utf8(case.1).unwrap();
        for seen in ["", "0", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"] {
            let fields = [("text", text.as_str()), ("seen", seen)];
            let answer = stage.callum.post(&stage.below("values/import/confirmation"), &fields).await;
            assert!([409, 422].contains(&answer.status.as_u16()), "{}: {}", case.0, answer.status);
        }
        assert_eq!(stage.values().await, 0, "{}", case.0);
    }
}

#[tokio::test]
async fn a_table_half_full_of_formulas_gives_on_none_of_them() {
    let stage = Measured::imports_weekly().await;
    let text = "=HYPERLINK(A1);@Hours;+x\n2026-02-02;=1+1;3\n2026-02-09;-2+3;3\n2026-02-16;31;=cmd|' /C calc'!A0\n";
    let preview = stage.pastes(text, &[]).await;
    let of = preview.value("columns_of");
    let preview = stage.pastes(text, &[("columns_of", &of), ("value_column", "2")]).await.is(200);
    stage.confirms(&preview).await.is(303);
    assert_eq!(stage.values().await, 1);
    let file = stage.callum.get(&stage.below("values.csv")).await.is(200);
    for cell in file.body.lines().flat_map(|line| line.split(',')) {
        let harmless = !cell.starts_with(['=', '+', '-', '@', '\t', '\r']) || cell.parse::<f64>().is_ok();
        assert!(harmless, "{cell}");
    }
    assert!(!file.body.contains("cmd") && !file.body.contains("HYPERLINK"));
}
