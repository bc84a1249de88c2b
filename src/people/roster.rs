//! Reading pasted people: names and e-mail addresses as mail programs and tables write them, one person a line.
//!
//! Nothing is guessed: a line that can be read in two ways is told to its reader, with what is wrong about it.

use crate::lengths;
use crate::people::keys::{address_key, is_address};

/// The most people that are added at once.
pub const MOST: usize = 100;

/// One person of what was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The line as it was pasted.
    pub line: String,
    pub read: Result<Named, &'static str>,
}

/// A name and an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub email: String,
}

impl Named {
    /// What the address is found by.
    pub fn key(&self) -> String {
        address_key(&self.email)
    }
}

/// Everybody in the text, in its order.
pub fn read(text: &str) -> Vec<Entry> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let columns = lines.peek().and_then(|first| Columns::of(&fields(first)));
    if columns.is_some() {
        lines.next();
    }
    let pieces = lines.flat_map(|line| pieces(line).into_iter());
    pieces.map(|piece| Entry { read: named(piece, columns.as_ref()), line: piece.to_owned() }).collect()
}

/// Where a table with a heading has names and addresses.
struct Columns {
    names: Vec<usize>,
    email: usize,
}

impl Columns {
    /// The columns of a first line that is a heading; none when it names nobody's address or has one in it.
    fn of(fields: &[String]) -> Option<Self> {
        let heads: Vec<String> = fields.iter().map(|field| field.to_lowercase()).collect();
        let place = |words: &[&str]| heads.iter().position(|head| words.iter().any(|word| head == word));
        if heads.iter().any(|head| head.contains('@')) {
            return None;
        }
        let email = heads.iter().position(|head| head.contains("mail") || head == "address" || head == "adresse")?;
        let whole = place(&["name", "full name", "display name", "person", "vollst\u{e4}ndiger name", "anzeigename"]);
        let first = place(&["first name", "firstname", "given name", "vorname"]);
        let last = place(&["last name", "lastname", "surname", "family name", "nachname", "name"]);
        let names = match (first, last, whole) {
            (Some(first), Some(last), _) => vec![first, last],
            (_, _, Some(whole)) => vec![whole],
            _ => return None,
        };
        Some(Self { names, email })
    }
}

/// One line as the people in it: mail programs write all of them in one.
fn pieces(line: &str) -> Vec<&str> {
    if line.matches('<').count() < 2 {
        return vec![line];
    }
    let parts = line.split_inclusive('>').map(|part| part.trim_matches(|letter: char| " ,;".contains(letter)));
    parts.filter(|part| !part.is_empty()).collect()
}

/// The fields of a line of a table.
fn fields(line: &str) -> Vec<String> {
    let delimiter = [b'\t', b';', b','].into_iter().find(|mark| line.as_bytes().contains(mark)).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(line.as_bytes());
    let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
    record.iter().map(|field| field.trim().to_owned()).collect()
}

const NO_ADDRESS: &str = "There is no e-mail address in it.";
const TWO_ADDRESSES: &str = "There are several addresses in it. Write one person a line.";
const NO_NAME: &str = "There is no name in it.";
const TOO_MUCH: &str = "There is more in it than a name and an address. Leave out the rest, or paste the heading too.";
const BAD_ADDRESS: &str = "This is not an e-mail address. Write it like ruth@example.com.";
const TOO_LONG: &str = "The name has more than 120 characters.";

fn named(line: &str, columns: Option<&Columns>) -> Result<Named, &'static str> {
    let (name, email) = match columns {
        Some(columns) => of_columns(&fields(line), columns),
        None => match line.split_once('<') {
            Some((name, rest)) => (turned(name), rest.split('>').next().unwrap_or_default().to_owned()),
            None => of_fields(&fields(line))?,
        },
    };
    let (name, email) = (name.trim().to_owned(), email.trim().to_owned());
    if email.is_empty() {
        return Err(NO_ADDRESS);
    }
    if email.matches('@').count() > 1 {
        return Err(TWO_ADDRESSES);
    }
    if !is_address(&email) || lengths::EMAIL.refuses(&[&email]).is_some() {
        return Err(BAD_ADDRESS);
    }
    if name.is_empty() {
        return Err(NO_NAME);
    }
    if lengths::NAME.refuses(&[&name]).is_some() {
        return Err(TOO_LONG);
    }
    Ok(Named { name, email })
}

fn of_columns(fields: &[String], columns: &Columns) -> (String, String) {
    let at = |place: usize| fields.get(place).map_or("", String::as_str);
    let name: Vec<&str> = columns.names.iter().map(|place| at(*place)).filter(|part| !part.is_empty()).collect();
    (name.join(" "), at(columns.email).to_owned())
}

/// Name and address of a line without a heading.
fn of_fields(fields: &[String]) -> Result<(String, String), &'static str> {
    let (addresses, others): (Vec<&String>, Vec<&String>) =
        fields.iter().filter(|field| !field.is_empty()).partition(|field| field.contains('@'));
    match (addresses.as_slice(), others.as_slice()) {
        ([], _) => Err(NO_ADDRESS),
        ([one], []) => of_words(one),
        ([one], [name]) => Ok(((*name).clone(), (*one).clone())),
        ([_], _) => Err(TOO_MUCH),
        _ => Err(TWO_ADDRESSES),
    }
}

/// A name and an address that nothing but blanks part.
fn of_words(text: &str) -> Result<(String, String), &'static str> {
    let (addresses, names): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| word.contains('@'));
    match addresses.as_slice() {
        [one] => Ok((names.join(" "), (*one).to_owned())),
        _ => Err(TWO_ADDRESSES),
    }
}

/// A name as people say it: mail programs write "Stein, Eva" in front of an address in brackets.
fn turned(name: &str) -> String {
    let name = name.trim().trim_matches(|letter| letter == '"' || letter == '\'').trim();
    match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let told = |entry: Entry| match entry.read {
            Ok(named) => format!("{} = {}", named.name, named.email),
            Err(fault) => format!("{}: {fault}", entry.line),
        };
        read(text).into_iter().map(told).collect()
    }

    #[test]
    fn names_and_addresses_are_read_as_programs_write_them() {
        let same = [
            "Eva Stein, eva@a.example",
            "Eva Stein;eva@a.example",
            "eva@a.example\tEva Stein",
            "Eva Stein <eva@a.example>",
            "\"Stein, Eva\" <eva@a.example>",
            "Stein, Eva <eva@a.example>;",
            "Eva Stein eva@a.example",
            "\"Eva Stein\";\"eva@a.example\"",
            "Name;E-Mail\nEva Stein;eva@a.example",
            "Vorname;Nachname;Abteilung;E-Mail-Adresse\nEva;Stein;Vertrieb;eva@a.example",
            "Email\tFirst name\tLast name\neva@a.example\tEva\tStein",
            "\n  Eva Stein , eva@a.example  \n\n",
        ];
        for text in same {
            assert_eq!(told(text), ["Eva Stein = eva@a.example"], "{text}");
        }
    }

    #[test]
    fn the_people_of_one_mail_are_one_each() {
        assert_eq!(
            told("Eva Stein <eva@a.example>; Ada Byron <ada@a.example>, 'Tom' <tom@a.example>"),
            ["Eva Stein = eva@a.example", "Ada Byron = ada@a.example", "Tom = tom@a.example"]
        );
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_told() {
        let faults = [
            ("Eva Stein", NO_ADDRESS),
            ("eva@a.example", NO_NAME),
            ("Eva Stein, Sales, eva@a.example", TOO_MUCH),
            ("Eva, eva@a.example, eva@b.example", TWO_ADDRESSES),
            ("eva@a.example ada@a.example", TWO_ADDRESSES),
            ("Eva Stein, eva@", BAD_ADDRESS),
            ("Eva Stein <eva>", BAD_ADDRESS),
        ];
        for (line, fault) in faults {
            assert_eq!(read(line)[0].read, Err(fault), "{line}");
        }
        assert_eq!(read(&format!("{} <e@a.example>", "x".repeat(121)))[0].read, Err(TOO_LONG));
        assert_eq!(told("Name;E-Mail"), Vec::<String>::new());
        assert_eq!(told("Name;E-Mail\n;eva@a.example"), [format!(";eva@a.example: {NO_NAME}")]);
    }
}
