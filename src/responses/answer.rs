//! The six honest answers, each with the part it needs: no seventh, and none without words of one's own.

use crate::db::Tx;
use crate::ideas::verbs;
use crate::ideas::{Idea, Verb};
use crate::ids::PersonId;
use crate::lengths::{MOVE, PARAGRAPH};
use crate::moves::{Move, Moved, Refusal};
use crate::promises;
use crate::web::Form;
use chrono::NaiveDate;

/// The verbs of the six answers, in the order of the page.
pub const ANSWERS: [Verb; 6] = [Verb::Go, Verb::Try, Verb::Help, Verb::PassUp, Verb::Park, Verb::Decline];

/// Which of the six the form has chosen; none for anything else.
pub fn chosen(form: &Form) -> Option<Verb> {
    ANSWERS.into_iter().find(|verb| verb.name() == form.value("answer"))
}

/// One answer with the part it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, do it.
    Go {
        /// Who does it, when it is not the author.
        doer: Option<PersonId>,
    },
    /// Yes, let's try it.
    Try {
        /// Who drafts the experiment, when it is not the author.
        doer: Option<PersonId>,
    },
    /// I will do this by that day.
    Help {
        /// What.
        what: String,
        /// By when.
        by: NaiveDate,
    },
    /// To this person.
    PassUp {
        /// The next level or a helper.
        to: PersonId,
    },
    /// Until this day.
    Park {
        /// At most ninety days away.
        until: NaiveDate,
    },
    /// No, because.
    Decline,
}

/// Read an answer and its words from the form; nothing when it is refused, with a message at each field.
pub fn read(form: &mut Form) -> Option<(Answer, String)> {
    let read = match chosen(form) {
        Some(Verb::Go) => {
            Some((Answer::Go { doer: form.choice("doer") }, words(form, "Say in your own words what the yes means.")))
        }
        Some(Verb::Try) => Some((
            Answer::Try { doer: form.choice("doer") },
            words(form, "Say in your own words what you look forward to learning."),
        )),
        Some(Verb::Help) => help(form),
        Some(Verb::PassUp) => pass_up(form),
        Some(Verb::Park) => park(form),
        Some(Verb::Decline) => Some((Answer::Decline, three_lines(form))),
        _ => {
            form.refuse("answer", "Choose one of the six answers.");
            None
        }
    };
    read.filter(|_| form.is_good())
}

fn words(form: &mut Form, message: &str) -> String {
    form.needed("words", MOVE, message)
}

fn help(form: &mut Form) -> Option<(Answer, String)> {
    let what = form.needed("what", PARAGRAPH, "Say what you will do.");
    let by = form.needed_day("by", "Choose the day by which you will have done it.");
    let words = form.text("words", MOVE);
    let what = what.strip_prefix("I will ").unwrap_or(&what).to_owned();
    let end = if what.ends_with(['.', '!', '?']) { "" } else { "." };
    let words = whole(form, "words", format!("I will {what}{end}\n{words}").trim_end().to_owned());
    Some((Answer::Help { what, by: by? }, words))
}

fn pass_up(form: &mut Form) -> Option<(Answer, String)> {
    let to = form.choice::<PersonId>("to");
    if to.is_none() {
        form.refuse("to", "Choose to whom you take it.");
    }
    let words = words(form, "Say why it is beyond you and what you ask of them.");
    Some((Answer::PassUp { to: to? }, words))
}

fn park(form: &mut Form) -> Option<(Answer, String)> {
    let until = form.needed_day("until", "Choose the day on which it comes back.");
    let words = words(form, "Say why not now.");
    Some((Answer::Park { until: until? }, words))
}

/// The three lines of a no, as one text.
fn three_lines(form: &mut Form) -> String {
    let lines = [
        ("understood", "I understood the problem as", "Say how you understood the problem."),
        ("because", "I say no because", "Say why."),
        ("could_help", "What could still help is", "Say what could still help."),
    ];
    let lines = lines.map(|(name, words, message)| format!("{words}: {}", form.needed(name, MOVE, message)));
    whole(form, "because", lines.join("\n"))
}

/// A text that was put together of several fields, at most as long as what is written in one; refused at this field.
fn whole(form: &mut Form, field: &str, text: String) -> String {
    if let Some(why) = MOVE.refuses(&[&text, ""]) {
        form.refuse(field, why);
    }
    text
}

/// The field of the form at which a refused answer belongs.
pub fn field_of(answer: &Answer) -> &'static str {
    match answer {
        Answer::Help { .. } => "by",
        Answer::PassUp { .. } => "to",
        Answer::Park { .. } => "until",
        Answer::Go { .. } | Answer::Try { .. } => "doer",
        Answer::Decline => "words",
    }
}

/// Give the answer; with "I'll help" comes a promise to the author.
///
/// # Errors
/// A refusal when it is not possible now, not for this person, or its date can't be.
pub async fn give(tx: &mut Tx, idea: &Idea, this: Move<'_>, answer: &Answer) -> Moved {
    match answer {
        Answer::Go { doer } => verbs::go(tx, idea, this, *doer).await,
        Answer::Try { doer } => verbs::try_it(tx, idea, this, *doer).await,
        Answer::Help { what, by } => help_with(tx, idea, this, what, *by).await,
        Answer::PassUp { to } => verbs::pass_up(tx, idea, this, *to).await,
        Answer::Park { until } => verbs::park(tx, idea, this, *until).await,
        Answer::Decline => verbs::decline(tx, idea, this).await,
    }
}

async fn help_with(tx: &mut Tx, idea: &Idea, this: Move<'_>, what: &str, by: NaiveDate) -> Moved {
    let Some(promiser) = this.person().filter(|promiser| promiser.id != idea.author_id) else {
        return Err(Refusal::saying("This is your own idea. A promise needs somebody else to receive it.").into());
    };
    let calendar = idea.calendar();
    verbs::help(tx, idea, this, calendar.closing(by)).await?;
    promises::verbs::give(tx, idea, Move::of(tx.new_id(), promiser, ""), what, by).await?;
    Ok(())
}

/// What the next page says once an answer was given.
pub fn thanks(answer: &Answer, author: &str) -> String {
    match answer {
        Answer::Go { doer: Some(_) } => String::from("Answered. The ball is with the one who does it."),
        Answer::Go { doer: None } => format!("Answered. The ball is with {author}."),
        Answer::Try { doer: Some(_) } => String::from("Answered. The ball is with the one who drafts the experiment."),
        Answer::Try { doer: None } => format!("Answered. The ball is with {author}, who drafts the experiment."),
        Answer::Help { .. } => format!("Promised. {author} will say when it has come."),
        Answer::PassUp { .. } => String::from("Taken further. You stay on it."),
        Answer::Park { .. } => String::from("Answered. It comes back to you on its day."),
        Answer::Decline => format!("Answered. {author} says whether that was fair. The problem stays open."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_of(fields: &[(&str, &str)]) -> (Option<(Answer, String)>, Vec<String>) {
        let mut form = Form::filled(fields.iter().copied());
        let answer = read(&mut form);
        (answer, form.errors().iter().map(|(name, _)| name.clone()).collect())
    }

    #[test]
    fn no_answer_counts_without_words() {
        for kind in ANSWERS {
            let (answer, wrong) = read_of(&[("answer", kind.name()), ("words", "  ")]);
            assert!(answer.is_none() && !wrong.is_empty(), "{kind:?}");
        }
        let (_, wrong) = read_of(&[("answer", "decline")]);
        assert_eq!(wrong, ["understood", "because", "could_help"]);
    }

    #[test]
    fn a_no_may_be_as_long_as_any_other_answer() {
        let long = "because ".repeat(1_900);
        let no = |because, help| {
            read_of(&[("answer", "decline"), ("understood", "a"), ("because", because), ("could_help", help)])
        };
        let (answer, wrong) = no(&long, "c");
        assert!(wrong.is_empty() && answer.unwrap().1.contains(long.trim()));
        assert_eq!(no(&long, &long), (None, vec![String::from("because")]), "together it is too long to be kept");
        let help =
            [("answer", "help"), ("what", "help"), ("by", "2026-03-06"), ("words", &"x".repeat(MOVE.characters))];
        assert_eq!(read_of(&help), (None, vec![String::from("words")]));
    }

    #[test]
    fn there_is_no_seventh_answer() {
        for other in ["", "maybe", "under_consideration"] {
            let (answer, wrong) = read_of(&[("answer", other), ("words", "We will see.")]);
            assert!(answer.is_none());
            assert_eq!(wrong, ["answer"]);
        }
    }

    #[test]
    fn each_answer_brings_the_part_it_needs() {
        let (answer, _) = read_of(&[("answer", "help"), ("what", "get the keys"), ("by", "2026-03-06")]);
        let by = "2026-03-06".parse().unwrap();
        assert_eq!(answer, Some((Answer::Help { what: "get the keys".into(), by }, "I will get the keys.".into())));
        let (again, _) = read_of(&[("answer", "help"), ("what", "I will get the keys."), ("by", "2026-03-06")]);
        assert_eq!(again.unwrap().1, "I will get the keys.");
        assert_eq!(read_of(&[("answer", "help"), ("what", "get the keys")]).1, ["by"]);
        assert_eq!(read_of(&[("answer", "pass_up"), ("words", "Beyond me.")]).1, ["to"]);
        assert_eq!(read_of(&[("answer", "park"), ("words", "Year end.")]).1, ["until"]);
        let lines = [("answer", "decline"), ("understood", "a"), ("because", "b"), ("could_help", "c")];
        let words = "I understood the problem as: a\nI say no because: b\nWhat could still help is: c";
        assert_eq!(read_of(&lines).0, Some((Answer::Decline, words.into())));
    }
}
