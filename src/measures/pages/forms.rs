//! The forms on the page of a measure, by the noun behind `/measures/{id}/`.

use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId};
use crate::measures::{Measure, Verb, store};
use crate::people::Person;
use crate::web::Form;
use crate::world::hash_of;
use uuid::{Builder, Uuid};

/// All forms that the page can hold: the noun and the verb behind it; nothing for notes, which move nothing.
const FORMS: [(&str, Option<Verb>); 18] = [
    ("values", Some(Verb::Enter)),
    ("notes", None),
    ("exclusions", Some(Verb::Enter)),
    ("exclusions/removal", Some(Verb::Enter)),
    ("explanation", Some(Verb::Explain)),
    ("limits/agreement", Some(Verb::Agree)),
    ("limits/objection", Some(Verb::Disagree)),
    ("limits/withdrawal", Some(Verb::Withdraw)),
    ("limits/removal", Some(Verb::Lock)),
    ("beginning", Some(Verb::Begin)),
    ("redefinition/removal", Some(Verb::LeaveDefinition)),
    ("affirmation", Some(Verb::Affirm)),
    ("continuation", Some(Verb::GoOn)),
    ("pause", Some(Verb::Pause)),
    ("resumption", Some(Verb::Resume)),
    ("retirement", Some(Verb::Retire)),
    ("keeper", Some(Verb::FindKeeper)),
    ("refusal", Some(Verb::Decline)),
];

/// The verb behind a form.
pub fn verb_of(noun: &str) -> Option<Verb> {
    FORMS.iter().find(|(known, _)| *known == noun).and_then(|(_, verb)| *verb)
}

/// A form that was refused, with what was typed into it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub noun: &'static str,
    pub form: Form,
}

/// The forms of one page.
#[derive(Clone, Debug, Default)]
pub struct Forms {
    at: String,
    all: Vec<(&'static str, Form)>,
}

impl Forms {
    /// Fresh forms for this reader, but for the one that was refused.
    ///
    /// A key follows from what the page shows and to whom, not from chance: the same page may be shown twice from the
    /// shelf, and as soon as anything was done to the measure its keys are others.
    pub fn of(measure: &Measure, reader: PersonId, typed: Option<Typed>) -> Self {
        let fresh = |(noun, _): (&'static str, _)| (noun, Form::fresh(key(measure, reader, noun)));
        let mut forms: Vec<_> = FORMS.into_iter().map(fresh).collect();
        if let Some(Typed { noun, form }) = typed {
            forms.retain(|(known, _)| *known != noun);
            forms.push((noun, form));
        }
        Self { at: format!("/measures/{}", measure.id), all: forms }
    }

    /// The form of this noun.
    pub fn get(&self, noun: &str) -> &Form {
        static EMPTY: std::sync::LazyLock<Form> = std::sync::LazyLock::new(Form::default);
        self.all.iter().find(|(known, _)| *known == noun).map_or(&EMPTY, |(_, form)| form)
    }

    /// Where the form of this noun is sent.
    pub fn address(&self, noun: &str) -> String {
        format!("{}/{noun}", self.at)
    }

    /// The form that was refused, if one was.
    pub fn refused(&self) -> Option<(&'static str, &Form)> {
        self.all.iter().find(|(_, form)| !form.is_good()).map(|(noun, form)| (*noun, form))
    }

    /// Whether something typed into the form of this noun was refused.
    pub fn is_refused(&self, noun: &str) -> bool {
        !self.get(noun).is_good()
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
    let hash = hash_of(&format!("{} {} {reader} {noun}", measure.id, measure.version));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
    Builder::from_random_bytes(bytes).into_uuid()
}
