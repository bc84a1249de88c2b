//! The box in which somebody answers an idea: catch, ask back, and the six answers, each with a form of its own.
//!
//! Any page can show it: build it with `AnswerBox::of` and write `{{ answers|safe }}`. It works without script,
//! because each form has its own button; what was refused comes back in its form.

use crate::ideas::viewer::Viewer;
use crate::ideas::{Anonymity, Idea, Named, State, Verb};
use crate::text::first_name;
use crate::web::move_form::{LEADS_BACK_TO, MoveForm, MoveForms, PossibleForms};
use askama::Template;

/// The box. A form that is not there is not possible now for the reader.
#[derive(Template)]
#[template(path = "ideas/answer.html")]
pub struct AnswerBox {
    pub address: String,
    /// The first name of its author.
    pub author: String,
    /// To whom it can be taken further, with "choose" in front.
    pub targets: Vec<(String, String)>,
    pub doers: Vec<(String, String)>,
    pub forms: PossibleForms,
}

impl AnswerBox {
    /// The box for somebody who can do this; none when there is nothing for them to answer.
    pub fn of(idea: &Idea, viewer: &Viewer, people: &Known<'_>, forms: &MoveForms<'_>) -> Option<Self> {
        let can = |verb| viewer.can(idea, verb);
        // A leader helps with their own promise; nobody promises to themselves.
        let own = viewer.is_author();
        // What a doer does with a yes stands among the moves.
        let answers = idea.state.waits_for_an_answer();
        let targets: Vec<_> = people.targets.iter().filter(|target| target.id != idea.author_id).collect();
        let answers = Self {
            address: format!("/ideas/{}", idea.id),
            author: first_name(&idea.author).to_owned(),
            forms: forms.possible([
                ("catch", can(Verb::Catch)),
                ("ask", can(Verb::Ask) && answers && !own),
                ("talk", can(Verb::Talk) && viewer.past.calls_for_a_talk() && !own),
                (Verb::Go.name(), can(Verb::Go)),
                (Verb::Try.name(), can(Verb::Try) && answers),
                (Verb::Help.name(), can(Verb::Help) && !own),
                (Verb::PassUp.name(), can(Verb::PassUp) && !targets.is_empty()),
                (Verb::Park.name(), can(Verb::Park) && answers),
                (Verb::Decline.name(), can(Verb::Decline)),
                ("merge", can(Verb::Merge) && idea.state != State::ThrownBack && !own),
                ("send_back", can(Verb::SendBack)),
            ]),
            targets: std::iter::once((String::new(), String::from("Choose \u{2026}")))
                .chain(targets.iter().map(|target| (target.id.to_string(), target.name.clone())))
                .collect(),
            doers: people.doers(idea),
        };
        (answers.is_whole() || answers.form(Verb::Help.name()).is_some()).then_some(answers)
    }

    /// The form of this move; none when it is not possible.
    pub fn form(&self, name: &str) -> Option<&MoveForm> {
        self.forms.get(name)
    }

    /// What the choices between the six answers have in common.
    pub fn six(&self) -> String {
        format!("answer-{}", self.address.rsplit('/').next().unwrap_or_default())
    }

    /// Whether there is something that helps to answer: a question, a talk, another idea that is the same.
    pub fn has_helpers(&self) -> bool {
        ["ask", "talk", "send_back", "merge"].iter().any(|name| self.form(name).is_some())
    }

    /// Whether all six answers are possible, not only to help.
    pub fn is_whole(&self) -> bool {
        self.form(Verb::Go.name()).is_some()
    }

    /// The same box on another page, to which a given answer comes back.
    pub fn coming_back_to(mut self, path: &str) -> Self {
        for (_, form) in &mut self.forms.0 {
            form.form.set(LEADS_BACK_TO, path);
        }
        self
    }
}

/// Whom an answer may name.
pub struct Known<'a> {
    pub targets: &'a [Named],
    pub doers: &'a [Named],
}

impl Known<'_> {
    fn doers(&self, idea: &Idea) -> Vec<(String, String)> {
        let first = match idea.anonymity {
            Anonymity::Nameless => String::from("I do it myself"),
            _ => format!("{}, who threw it", first_name(&idea.author)),
        };
        let others = self.doers.iter().filter(|doer| doer.id != idea.author_id);
        let others = others.map(|doer| (doer.id.to_string(), doer.name.clone()));
        std::iter::once((String::new(), first)).chain(others).collect()
    }
}

/// What keeps the ids of one record apart from those of another on the same page.
pub fn place_of(idea: &Idea) -> String {
    let id = idea.id.0.simple().to_string();
    format!("i{}-", &id[id.len() - 8..])
}
