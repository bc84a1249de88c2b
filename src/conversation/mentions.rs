//! Who is meant by `@Priya Nair` or `@priya`, among those who may see the idea.

use crate::ideas::Named;
use crate::ids::PersonId;

/// How many places of a text are looked at: nobody calls more people by name.
const MOST: usize = 100;

/// Whom a text means, and which names in it may mean several.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// Who is meant, each once.
    pub people: Vec<PersonId>,
    /// First names that several people have, as they were typed.
    pub unclear: Vec<String>,
}

/// Whom the text means. The whole name goes before the first name alone; a first name that several have means nobody.
pub fn find(text: &str, visible: &[Named]) -> Mentioned {
    let mut found = Mentioned::default();
    let (mut before, mut looked_at) = (None, 0);
    for (at, letter) in text.char_indices() {
        // An "@" inside a word is an e-mail address.
        if letter == '@' && !before.is_some_and(char::is_alphanumeric) {
            looked_at += 1;
            if looked_at > MOST {
                break;
            }
            look(&text[at + 1..], visible, &mut found);
        }
        before = Some(letter);
    }
    found
}

fn look(rest: &str, visible: &[Named], found: &mut Mentioned) {
    let mut whole: Vec<&Named> = visible.iter().filter(|person| begins_with(rest, &person.name)).collect();
    whole.sort_by_key(|person| std::cmp::Reverse(person.name.chars().count()));
    let longest = whole.first().map(|person| person.name.chars().count());
    let mut meant: Vec<&Named> =
        whole.into_iter().filter(|person| Some(person.name.chars().count()) == longest).collect();
    if meant.is_empty() {
        meant = visible.iter().filter(|person| begins_with(rest, first(&person.name))).collect();
    }
    match meant.as_slice() {
        [] => {}
        [one] => add(&mut found.people, one.id),
        [one, ..] => add(&mut found.unclear, first(&one.name).to_owned()),
    }
}

fn add<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Whether the text begins with the name, whatever the case, and the name ends there.
fn begins_with(text: &str, name: &str) -> bool {
    let mut letters = text.chars();
    for wanted in name.chars() {
        let Some(letter) = letters.next() else { return false };
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return false;
        }
    }
    !name.is_empty() && !letters.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn people() -> Vec<Named> {
        let names = ["Priya Nair", "Ben Cole", "Ben Ash", "Zo\u{eb} O\u{2019}Hara", "Ann", "Ann Lee"];
        let person =
            |(at, name): (usize, &&str)| Named { id: PersonId(Uuid::from_u128(at as u128)), name: (*name).to_owned() };
        names.iter().enumerate().map(person).collect()
    }

    fn meant(text: &str) -> Vec<u128> {
        find(text, &people()).people.iter().map(|person| person.0.as_u128()).collect()
    }

    #[test]
    fn a_whole_name_or_a_first_name_means_somebody() {
        assert_eq!(meant("@Priya Nair, look"), [0]);
        assert_eq!(meant("what do you say, @priya?"), [0]);
        assert_eq!(meant("@Ben Ash and @PRIYA and @priya again"), [2, 0]);
        assert_eq!(meant("(@zo\u{eb} o\u{2019}hara)"), [3]);
        assert_eq!(meant("@Ann Lee"), [5]);
        assert_eq!(meant("@Ann, hello"), [4]);
    }

    #[test]
    fn who_is_not_meant_is_not_told() {
        for text in ["priya@example.com", "@Priyanka", "@Helen", "@", "a@priya", "@\u{a0}Priya", ""] {
            assert_eq!(meant(text), [0_u128; 0], "{text}");
        }
        let unclear = find("@Ben, yes?", &people());
        assert_eq!((unclear.people.len(), unclear.unclear), (0, vec![String::from("Ben")]));
    }
}
