//! The forms on the page of a measure, by the noun behind `/measures/{id}/`.

use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId};
use crate::measures::{Measure, Verb, store};
use crate::people::Person;
use crate::web::{App, Form};
use crate::world::hash_of;
use uuid::{Builder, Uuid};

/// The forms of the page that move the measure: the noun and the verb behind it.
const FORMS: [(&str, Verb); 17] = [
    ("values", Verb::Enter),
    ("exclusions", Verb::Enter),
    ("exclusions/removal", Verb::Enter),
    ("explanation", Verb::Explain),
    ("limits/agreement", Verb::Agree),
    ("limits/objection", Verb::Disagree),
    ("limits/withdrawal", Verb::Withdraw),
    ("limits/removal", Verb::Lock),
    ("beginning", Verb::Begin),
    ("redefinition/removal", Verb::LeaveDefinition),
    ("affirmation", Verb::Affirm),
    ("continuation", Verb::GoOn),
    ("pause", Verb::Pause),
    ("resumption", Verb::Resume),
    ("retirement", Verb::Retire),
    ("keeper", Verb::FindKeeper),
    ("refusal", Verb::Decline),
];

/// The verb behind a form; nothing for notes, which move nothing.
pub fn verb_of(noun: &str) -> Option<Verb> {
    FORMS.iter().find(|(known, _)| *known == noun).map(|(_, verb)| *verb)
}

/// A form that was refused, with what was typed into it.
#[derive(Clone, Debug)]
pub struct Typed {
    pub noun: &'static str,
    pub form: Form,
}

/// The forms of one page: fresh ones for its reader, but for the one that was refused.
///
/// A key follows from what the page shows and to whom, not from chance: the same page may be shown twice from the cache,
/// and as soon as anything was done to the measure its keys are others.
#[derive(Clone, Debug)]
pub struct Forms {
    at: String,
    /// What the page shows, and to whom.
    shown: String,
    typed: Option<Typed>,
}

impl Forms {
    /// The forms of a measure for this reader.
    pub fn of(measure: &Measure, reader: PersonId, typed: Option<Typed>) -> Self {
        Self { at: format!("/measures/{}", measure.id), shown: shown(measure, reader), typed }
    }

    /// The form of this noun.
    pub fn get(&self, noun: &str) -> Form {
        match &self.typed {
            Some(typed) if typed.noun == noun => typed.form.clone(),
            _ => Form::fresh(key_of(&self.shown, noun)),
        }
    }

    /// Where the form of this noun is sent.
    pub fn address(&self, noun: &str) -> String {
        format!("{}/{noun}", self.at)
    }

    /// The form that was refused, if one was.
    pub fn refused(&self) -> Option<&Typed> {
        self.typed.as_ref().filter(|typed| !typed.form.is_good())
    }

    /// Whether something typed into the form of this noun was refused.
    pub fn is_refused(&self, noun: &str) -> bool {
        self.refused().is_some_and(|typed| typed.noun == noun)
    }
}

/// A measure, for somebody whose verb this is, with a fresh form of this noun.
pub async fn opened(
    app: &App,
    person: &Person,
    id: MeasureId,
    (verb, noun): (Verb, &str),
) -> Result<(Tx, Measure, Form)> {
    let mut tx = app.read().await?;
    let measure = tx.ask(store::load(id, person.id)).await?.ok_or(Error::NotFound)?;
    measure.admit(verb, person)?;
    let form = Form::fresh(key(&measure, person.id, noun));
    Ok((tx, measure, form))
}

/// The key of a form, for this state of the measure.
pub fn key(measure: &Measure, reader: PersonId, noun: &str) -> Uuid {
    key_of(&shown(measure, reader), noun)
}

fn shown(measure: &Measure, reader: PersonId) -> String {
    format!("{} {} {reader}", measure.id, measure.version)
}

fn key_of(shown: &str, noun: &str) -> Uuid {
    let hash = hash_of(&format!("{shown} {noun}"));
    Builder::from_random_bytes(std::array::from_fn(|at| hash[at])).into_uuid()
}
