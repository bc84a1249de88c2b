//! The box in which somebody answers an idea: catch, ask back, and the six answers, each behind a door of its own.
//!
//! Any page can show it: build it with `AnswerBox::of` and write `{{ answers|safe }}`. It works without script,
//! because each door is a form with its own button; what was refused comes back in its door.

use super::answer::Kind;
use crate::ideas::parts::Play;
use crate::ideas::{Idea, Named, State, Verb, Way};
use crate::web::Form;
use crate::web::form::{KEY, VERSION};
use crate::world::World;
use askama::Template;

/// One form of a page that holds several.
#[derive(Clone, Debug, Default)]
pub struct Door {
    /// The form, with its own key and the version of the record.
    pub form: Form,
    /// What keeps its ids apart from those of other forms.
    pub place: String,
    /// Whether it is open because it came back.
    pub open: bool,
}

/// A form that came back, with the door it belongs to.
#[derive(Clone, Debug)]
pub struct Back {
    pub door: &'static str,
    pub form: Form,
}

/// Makes the doors of one record.
pub struct Doors<'a> {
    pub world: &'a World,
    /// What keeps the ids apart from those of another record on the page.
    pub place: String,
    pub version: i64,
    pub back: Option<&'a Back>,
}

impl Doors<'_> {
    /// The door of this name: as it came back, or fresh.
    pub fn door(&self, name: &'static str) -> Door {
        let place = format!("{}{name}-", self.place);
        match self.back.filter(|back| back.door == name) {
            Some(back) => {
                let mut form = back.form.clone();
                form.set(VERSION, self.version.to_string());
                Door { form, place, open: true }
            }
            None => {
                let version = self.version.to_string();
                Door {
                    form: Form::filled([(KEY, self.world.id().to_string()), (VERSION, version)]),
                    place,
                    open: false,
                }
            }
        }
    }

    /// The door, if there is a reason for it.
    pub fn door_if(&self, name: &'static str, wanted: bool) -> Option<Door> {
        wanted.then(|| self.door(name))
    }
}

/// The box. A door that is not there is not possible now for the reader.
#[derive(Template)]
#[template(path = "ideas/answer.html")]
pub struct AnswerBox {
    pub address: String,
    /// The first name of its author.
    pub author: String,
    /// To whom it can be taken further, with "choose" in front.
    pub targets: Vec<(String, String)>,
    pub doers: Vec<(String, String)>,
    pub catch: Option<Door>,
    pub ask: Option<Door>,
    pub talk: Option<Door>,
    pub go: Option<Door>,
    pub try_it: Option<Door>,
    pub help: Option<Door>,
    pub pass_up: Option<Door>,
    /// Not now.
    pub park: Option<Door>,
    /// No, because.
    pub decline: Option<Door>,
    pub merge: Option<Door>,
    /// Back to the one who carried it.
    pub send_back: Option<Door>,
}

impl AnswerBox {
    /// The box for somebody who can do this; none when there is nothing for them to answer.
    pub fn of(idea: &Idea, play: &Play, people: &Known<'_>, doors: &Doors<'_>) -> Option<Self> {
        let can = |verb| play.can(idea, verb);
        // A leader helps with their own promise; nobody promises to themselves.
        let own = play.is_author();
        // What a doer does with a yes stands among the moves.
        let answers = idea.state.waits_for_an_answer();
        let targets: Vec<_> = people.targets.iter().filter(|target| target.id != idea.author_id).collect();
        let answers = Self {
            address: format!("/ideas/{}", idea.id),
            author: first_name(&idea.author).to_owned(),
            catch: doors.door_if("catch", can(Verb::Catch)),
            ask: doors.door_if("ask", can(Verb::Ask) && answers && !own),
            talk: doors.door_if("talk", can(Verb::Talk) && play.past.calls_for_a_talk() && !own),
            go: doors.door_if(Kind::Go.name(), can(Verb::Go)),
            try_it: doors.door_if(Kind::Try.name(), can(Verb::Try) && answers),
            help: doors.door_if(Kind::Help.name(), can(Verb::Help) && !own),
            pass_up: doors.door_if(Kind::PassUp.name(), can(Verb::PassUp) && !targets.is_empty()),
            park: doors.door_if(Kind::Park.name(), can(Verb::Park) && answers),
            decline: doors.door_if(Kind::Decline.name(), can(Verb::Decline)),
            merge: doors.door_if("merge", can(Verb::Merge) && idea.state != State::ThrownBack && !own),
            send_back: doors.door_if("send_back", can(Verb::SendBack)),
            targets: std::iter::once((String::new(), String::from("Choose \u{2026}")))
                .chain(targets.iter().map(|target| (target.id.to_string(), target.name.clone())))
                .collect(),
            doers: people.doers(idea),
        };
        (answers.go.is_some() || answers.help.is_some()).then_some(answers)
    }

    /// All doors there are.
    pub fn doors(&self) -> Vec<&Door> {
        let Self { catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back, .. } = self;
        let doors = [catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back];
        doors.into_iter().flatten().collect()
    }

    /// Whether all six answers are possible, not only to help.
    pub fn is_whole(&self) -> bool {
        self.go.is_some()
    }

    /// The same box on another page, to which a given answer comes back.
    pub fn coming_back_to(mut self, path: &str) -> Self {
        let Self { catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back, .. } = &mut self;
        let doors = [catch, ask, talk, go, try_it, help, pass_up, park, decline, merge, send_back];
        for door in doors.into_iter().flatten() {
            door.form.set(BACK, path);
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
        let first = match idea.way {
            Way::Nameless => String::from("I do it myself"),
            _ => format!("{}, who threw it", first_name(&idea.author)),
        };
        let others = self.doers.iter().filter(|doer| doer.id != idea.author_id);
        let others = others.map(|doer| (doer.id.to_string(), doer.name.clone()));
        std::iter::once((String::new(), first)).chain(others).collect()
    }
}

/// The hidden field with the page to which a given answer comes back; empty for the page of the idea.
pub const BACK: &str = "back";

/// What keeps the ids of one record apart from those of another on the same page.
pub fn place_of(idea: &Idea) -> String {
    let id = idea.id.0.simple().to_string();
    format!("i{}-", &id[id.len() - 8..])
}

/// The first word of a name; all of it where that is a single letter, as of "A colleague".
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().filter(|word| word.chars().count() > 1).unwrap_or(name)
}
