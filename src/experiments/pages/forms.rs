//! The forms of the page of one thing, and what became of the one that came back.

use crate::App;
use crate::error::Error;
use crate::moves::Refusal;
use crate::web::Form;
use crate::web::form::{KEY, VERSION};

/// The forms that a viewer finds on a page by their names, which are also the ends of their addresses.
#[derive(Default)]
pub struct Forms {
    offered: Vec<(&'static str, Form)>,
    /// Why something was refused; empty when nothing was.
    pub refused: String,
    /// What was typed into a form that can't be sent any more.
    pub written: Vec<String>,
}

impl Forms {
    /// Empty forms for what is possible, with keys of their own, so that each of them counts once.
    pub fn offered<const N: usize>(app: &App, possible: [(&'static str, bool); N]) -> Self {
        let possible = possible.into_iter().filter(|(_, possible)| *possible);
        let offered = possible.map(|(name, _)| (name, Form::fresh(app.world.id()))).collect();
        Self { offered, ..Self::default() }
    }

    /// The form of this name; none where it is not possible now for the viewer.
    pub fn get(&self, name: &str) -> Option<&Form> {
        self.offered.iter().find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    /// Put a form back that was sent; where it is not offered any more, what was written in it stays readable.
    pub fn come_back(&mut self, name: &'static str, form: Form, refusal: Option<&Refusal>) {
        self.refused = match refusal {
            Some(Refusal::NotYours(words) | Refusal::NotNow(words) | Refusal::First(words)) => words.clone(),
            _ => String::new(),
        };
        if let Some((_, offered)) = self.offered.iter_mut().find(|(known, _)| *known == name) {
            *offered = form;
            return;
        }
        self.written = written(&form);
        if self.refused.is_empty() {
            self.refused = form.errors().first().map(|(_, message)| message.clone()).unwrap_or_default();
        }
    }
}

/// What somebody wrote into a form, without what was chosen in it.
fn written(form: &Form) -> Vec<String> {
    const CHOSEN: [&str; 11] =
        [KEY, VERSION, "idea", "week", "as_planned", "answer", "decision", "measure_id", "owner", "mark", "number"];
    let texts = form.values().iter().filter(|(name, value)| !CHOSEN.contains(&name.as_str()) && value != "yes");
    texts.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// What is shown instead of a form whose move is refused already.
pub fn not_drawn(refusal: &Refusal, whose: &'static str) -> Error {
    match refusal {
        Refusal::NotYours(_) => Error::Forbidden(whose),
        refusal => Error::Stale(refusal.sentence().to_owned()),
    }
}
