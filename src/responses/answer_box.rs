//! The box in which somebody answers an idea: catch, ask back, and the six answers, each with a form of its own.
//!
//! Any page can show it: build it with `AnswerBox::of` and write `{{ answers|safe }}`. It works without script,
//! because each form has its own button; what was refused comes back in its form.

use super::answer::Kind;
use crate::ideas::viewer::Viewer;
use crate::ideas::{Anonymity, Idea, Named, State, Verb};
use crate::text::first_name;
use crate::web::move_form::{LEADS_BACK_TO, MoveForm, MoveForms};
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
    pub catch: Option<MoveForm>,
    pub ask: Option<MoveForm>,
    pub talk: Option<MoveForm>,
    pub go: Option<MoveForm>,
    pub try_it: Option<MoveForm>,
    pub help: Option<MoveForm>,
    pub pass_up: Option<MoveForm>,
    /// Not now.
    pub park: Option<MoveForm>,
    /// No, because.
    pub decline: Option<MoveForm>,
    pub merge: Option<MoveForm>,
    /// Back to the one who carried it.
    pub send_back: Option<MoveForm>,
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
            catch: forms.form_if("catch", can(Verb::Catch)),
            ask: forms.form_if("ask", can(Verb::Ask) && answers && !own),
            talk: forms.form_if("talk", can(Verb::Talk) && viewer.past.calls_for_a_talk() && !own),
            go: forms.form_if(Kind::Go.name(), can(Verb::Go)),
            try_it: forms.form_if(Kind::Try.name(), can(Verb::Try) && answers),
            help: forms.form_if(Kind::Help.name(), can(Verb::Help) && !own),
            pass_up: forms.form_if(Kind::PassUp.name(), can(Verb::PassUp) && !targets.is_empty()),
            park: forms.form_if(Kind::Park.name(), can(Verb::Park) && answers),
            decline: forms.form_if(Kind::Decline.name(), can(Verb::Decline)),
            merge: forms.form_if("merge", can(Verb::Merge) && idea.state != State::ThrownBack && !own),
            send_back: forms.form_if("send_back", can(Verb::SendBack)),
            targets: std::iter::once((String::new(), String::from("Choose \u{2026}")))
                .chain(targets.iter().map(|target| (target.id.to_string(), target.name.clone())))
                .collect(),
            doers: people.doers(idea),
        };
        (answers.go.is_some() || answers.help.is_some()).then_some(answers)
    }

    /// All forms there are.
    pub fn forms(&self) -> Vec<&MoveForm> {
        let Self { catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back, .. } = self;
        let forms = [catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back];
        forms.into_iter().flatten().collect()
    }

    /// Whether all six answers are possible, not only to help.
    pub fn is_whole(&self) -> bool {
        self.go.is_some()
    }

    /// The same box on another page, to which a given answer comes back.
    pub fn coming_back_to(mut self, path: &str) -> Self {
        let Self { catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back, .. } = &mut self;
        let forms = [catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back];
        for form in forms.into_iter().flatten() {
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
