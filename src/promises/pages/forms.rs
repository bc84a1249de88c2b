//! The forms that a reader finds on the page of a promise, and what is left of one that came back without a place.

use crate::promises::Verb;
use crate::web::form::{KEY, VERSION};
use crate::web::move_form::{MoveForm, MoveForms, ReturnedForm};

/// The forms of the moves that a reader can make.
pub struct OfferedForms(Vec<(Verb, MoveForm)>);

impl OfferedForms {
    /// One form for each of these moves.
    pub fn of(verbs: impl Iterator<Item = Verb>, forms: &MoveForms<'_>) -> Self {
        Self(verbs.map(|verb| (verb, forms.form(form_name(verb)))).collect())
    }

    /// The form of this move, if the reader can make it.
    pub fn get(&self, name: &str) -> Option<&MoveForm> {
        self.0.iter().find(|(verb, _)| verb.name() == name).map(|(_, form)| form)
    }

    /// Whether the reader can do nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Fill in a field of a form that did not come back.
    pub fn suggest(&mut self, verb: Verb, field: &str, value: &str) {
        for (_, offered) in self.0.iter_mut().filter(|(known, form)| *known == verb && !form.open) {
            offered.form.set(field, value);
        }
    }

    /// What is said above the page of a form that came back and has no place on it any more: its messages, and what was
    /// typed with the labels of the fields.
    pub fn left_over(&self, returned: Option<&ReturnedForm>) -> (Vec<String>, Vec<(String, String)>) {
        let Some(returned) = returned.filter(|_| self.0.iter().all(|(_, form)| !form.open)) else {
            return Default::default();
        };
        let messages = returned.form.errors().iter().map(|(_, message)| message.clone()).collect();
        let hidden = [KEY, VERSION, "outcome", "next", "cause", "idea"];
        let values = returned.form.values().iter();
        let typed = values.filter(|(name, value)| !hidden.contains(&name.as_str()) && !value.trim().is_empty());
        (messages, typed.map(|(name, value)| (label(name).to_owned(), value.clone())).collect())
    }
}

/// The name under which a form comes back: one for the two moves of an address that are never possible together.
pub fn form_name(verb: Verb) -> &'static str {
    match verb {
        Verb::Promise => Verb::Accept.name(),
        Verb::Renew => Verb::Renegotiate.name(),
        verb => verb.name(),
    }
}

fn label(name: &str) -> &str {
    match name {
        "by" => "New day",
        "what" => "What",
        _ => "Your words",
    }
}
