//! `GET /ideas/{id}`: the author's sentence, who has the ball, the story, and the next move where the story goes on.

use super::name::KeptNamePart;
use super::next_moves::{Conditions, NextMoves};
use super::timeline::{self, Entry, Grain};
use crate::App;
use crate::balls::{Mark, Subject};
use crate::conversation::part::Below;
use crate::conversation::pictures::PictureView;
use crate::conversation::{self, ConversationPart};
use crate::db::{Ask, Questions, Tx};
use crate::error::{Error, Result};
use crate::experiments;
use crate::ideas::sentences::{self, Viewpoint};
use crate::ideas::situation::Situation;
use crate::ideas::store::RelatedThing;
use crate::ideas::store::people::PeopleAround;
use crate::ideas::viewer::Viewer;
use crate::ideas::{self, AUTHORITIES, Anonymity, Idea, IdeaText, Part, Verb, store};
use crate::ids::{IdeaId, PersonId};
use crate::letters::store::letterbox::readers_of_company_wide;
use crate::moves::Refusal;
use crate::people::Person;
use crate::promises::{self, Promise};
use crate::responses::answer_box::{AnswerBox, Known};
use crate::standards;
use crate::text::first_name;
use crate::web::form::{DRAFT, DRAFT_PAGE, KEY, VERSION};
use crate::web::move_form::{LEADS_BACK_TO, MoveForms, ReturnedForm};
use crate::web::{Frame, Layout, Member, Path, html, html_with};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;

/// The page of an idea.
#[derive(Template)]
#[template(path = "ideas/show.html")]
pub struct IdeaPage {
    pub page: Layout,
    pub address: String,
    pub headline: String,
    pub rest: String,
    pub byline: String,
    pub mark: Mark,
    /// What else the author wrote: the question and the answer to it.
    pub more: Vec<(&'static str, String)>,
    /// What the author wrote before they changed the words, oldest first.
    pub earlier: Vec<String>,
    /// What happened and what was said, oldest first.
    pub timeline: Vec<Entry>,
    /// The address of older comments, where there are more than are shown.
    pub older: String,
    /// What the throw shows.
    pub pictures: Vec<PictureView>,
    /// Sentences about a form that came back: who was first, what is possible instead.
    pub notices: Vec<String>,
    /// What was typed for a move that is no longer possible: the field and the words.
    pub kept: Vec<(String, String)>,
    /// The six answers, for the one who answers.
    pub answers: Option<AnswerBox>,
    /// The first name of the author; empty when the reader is the author.
    pub author: String,
    /// Whether the reader owes the answer, and does not only offer help.
    pub owes_answer: bool,
    /// What the author or the doer can do.
    pub moves: NextMoves,
    /// What belongs to it: heading, address, name, and what there is to say.
    pub related: Vec<Related>,
    pub promises: Vec<PromiseLine>,
    pub ask: String,
    pub seen_by: String,
    pub conversation: ConversationPart,
    /// What its kept author, or the coach, sees of the name.
    pub kept_name: KeptNamePart,
}

/// Something that belongs to an idea.
pub struct Related {
    pub kind: &'static str,
    pub address: String,
    pub name: String,
    /// Where it is, in words; empty for none.
    pub words: &'static str,
}

/// A promise related an idea.
pub struct PromiseLine {
    pub address: String,
    pub what: String,
    pub mark: Mark,
}

/// `GET /ideas/{id}`
pub async fn show(Shared(app): Shared<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    html(&draw(&app, &member, &frame, id, None, Vec::new()).await?)
}

/// The page as it is now, with a sentence that says why something was refused that has no field.
pub async fn refused(app: &App, member: &Person, frame: &Frame, id: IdeaId, why: Refusal) -> Result<Response> {
    let page = draw(app, member, frame, id, None, vec![why.sentence().to_owned()]).await?;
    html_with(why.status(), &page)
}

/// The page as it is now, with the form that came back, if one did.
pub async fn draw(
    app: &App,
    reader: &Person,
    frame: &Frame,
    id: IdeaId,
    back: Option<&ReturnedForm>,
    notices: Vec<String>,
) -> Result<IdeaPage> {
    let mut tx = app.read().await?;
    let loaded = tx.ask(Loaded::of(id, reader.id)).await?.ok_or(Error::NotFound)?;
    page(app, tx, (reader, frame), loaded, back, notices).await
}

/// An idea with all that its page shows of it, but for what few ideas have.
pub struct Loaded {
    pub idea: Idea,
    pub situation: Situation,
    below: Below,
    related: Vec<RelatedThing>,
    promised: Vec<Promise>,
}

impl Loaded {
    /// The idea for this reader, as a question; none when they may not see it.
    pub fn of(id: IdeaId, reader: PersonId) -> Ask<Option<Self>> {
        let known = (store::seen(id, reader), Situation::read_by(id, reader));
        let came = (store::related(id, reader), promises::store::of_idea(id));
        let asked = (known, conversation::part::below(id, reader), came);
        asked.joined().map(|((idea, situation), below, (related, promised))| {
            Some(Self { idea: idea?, situation, below, related, promised })
        })
    }
}

/// The page of a loaded idea.
pub async fn page(
    app: &App,
    mut tx: Tx,
    (reader, frame): (&Person, &Frame),
    loaded: Loaded,
    back: Option<&ReturnedForm>,
    mut notices: Vec<String>,
) -> Result<IdeaPage> {
    let Loaded { idea, mut situation, below, related, promised } = loaded;
    let (id, now) = (idea.id, tx.now());
    situation.ask_above(&mut tx, &idea).await?;
    let rare = Rare::of(&mut tx, &idea, &situation).await?;
    let calendar = &idea.calendar();
    let viewer = Viewer::of(&idea, &situation, reader);
    let member = &viewer.acting(&idea, reader);
    let forms = MoveForms { world: &app.world, place: String::new(), version: idea.version, returned: back };
    let answers = answer_box(&idea, &viewer, &situation.people, &forms);
    let conditions = Conditions {
        can_be_taken: idea.can_be_taken(calendar, now),
        experiment_has_started: situation.experiment_has_started(&idea),
    };
    let moves = NextMoves::of(&idea, &viewer, conditions, &forms);
    let written = back.filter(|back| back.name == conversation::FORM_NAME).map(|back| &back.form);
    // The key becomes the address of the comment; that of a kept author does not say when it was made.
    let is_kept = viewer.is_author() && idea.anonymity == Anonymity::Kept;
    let key = if is_kept { app.world.chance_id() } else { app.world.id() };
    let (talk, conversation) = ConversationPart::of(&idea, (reader, viewer.is_author()), below, written, (key, now));
    let grain = Grain::of(idea.anonymity);
    let lost = back.filter(|back| back.name != conversation::FORM_NAME && !is_shown(back, answers.as_ref(), &moves));
    let kept = lost.map(kept).unwrap_or_default();
    notices.extend(lost.iter().flat_map(|back| back.form.errors()).map(|(_, message)| message.clone()));
    let promise_mark = |promise: &Promise| promises::sentences::mark(promise, calendar, now, member.id);
    let followed = promised.iter().find(|promise| promise.followed && idea.state == ideas::State::Helping);
    let viewpoint = Viewpoint { calendar, now, reader: member.id };
    let own_mark = || sentences::mark(idea.ball(), idea.state, idea.author_id, &viewpoint);
    let line = |promise: &Promise| PromiseLine {
        address: Subject::Promise.address(promise.id.0),
        mark: promise_mark(promise),
        what: promise.what.clone(),
    };
    Ok(IdeaPage {
        page: frame.layout(idea.headline(), "ideas"),
        address: format!("/ideas/{id}"),
        headline: idea.headline(),
        rest: idea.rest(),
        byline: byline(&idea),
        mark: followed.map_or_else(own_mark, promise_mark),
        more: more(&idea),
        earlier: rare.wordings.iter().map(IdeaText::whole).collect(),
        timeline: {
            let story = sentences::story(&situation.story, calendar, now);
            timeline::of(story, &situation.story, talk.comments, calendar, grain)
        },
        older: talk.older.map(|older| format!("/ideas/{id}/comments?before={older}")).unwrap_or_default(),
        pictures: talk.pictures,
        notices,
        kept,
        owes_answer: answers.is_some() && idea.state.waits_for_an_answer(),
        answers,
        author: if viewer.is_author() { String::new() } else { first_name(&idea.author).to_owned() },
        moves,
        related: related.into_iter().map(Related::of).collect(),
        promises: promised.iter().map(line).collect(),
        ask: format!("/promises/new?idea={id}"),
        seen_by: rare.readers.unwrap_or_else(|| who_sees(&idea, &situation.people)),
        conversation,
        kept_name: KeptNamePart::of(&mut tx, app, &idea, reader, viewer.is_author()).await?,
    })
}

/// What few ideas have, and which is asked for only then.
struct Rare {
    /// Older words, oldest first.
    wordings: Vec<IdeaText>,
    /// Who reads the letters of the whole company, where it is one of them.
    readers: Option<String>,
}

impl Rare {
    async fn of(tx: &mut Tx, idea: &Idea, situation: &Situation) -> sqlx::Result<Self> {
        let wordings = situation.last(Verb::Reword).map(|_| store::wordings(idea.id));
        let readers = situation.people.is_company_wide.then(|| readers_of_company_wide(idea.team_id));
        let (wordings, readers) = tx.ask((wordings, readers)).await?;
        Ok(Self { wordings: wordings.unwrap_or_default(), readers: readers.map(|names| names.join(", ")) })
    }
}

/// "Callum Reid, Field North"; for a protected author what is known.
fn byline(idea: &Idea) -> String {
    let carried = if idea.carried { ", carried for a colleague" } else { "" };
    match idea.anonymity {
        Anonymity::Named => format!("{}, {}{carried}", idea.author, idea.team),
        Anonymity::Kept => format!("A colleague, {}{carried}. The coach keeps the name.", idea.team),
        Anonymity::Nameless => {
            format!("Nobody knows who, {}. Questions reach the author, who has a code to come back with.", idea.team)
        }
    }
}

/// The box in which this person answers, with the people it may name; none for who answers nothing.
pub fn answer_box(idea: &Idea, viewer: &Viewer, people: &PeopleAround, forms: &MoveForms<'_>) -> Option<AnswerBox> {
    let answers = viewer.is(Part::Leader) || viewer.is(Part::Holder);
    let known = Known { targets: &people.targets, doers: &people.doers };
    if answers { AnswerBox::of(idea, viewer, &known, forms) } else { None }
}

/// The questions of the throw that were answered, with the answers.
fn more(idea: &Idea) -> Vec<(&'static str, String)> {
    let mut more = idea.text.more([
        "Why it is like that",
        "What could be better",
        "What would have to change, and from whom",
        "How to try it, small and soon",
        "What would be in it",
    ]);
    let authority = AUTHORITIES.iter().find(|(name, _)| *name == idea.authority);
    more.extend(authority.map(|(_, words)| ("Can I change it myself?", (*words).to_owned())));
    more
}

impl Related {
    fn of(row: RelatedThing) -> Self {
        let (kind, subject, words) = match row.kind.as_str() {
            "measure" => ("Measure", Subject::Measure, ""),
            "problem" => ("Takes up the problem of", Subject::Idea, idea_words(&row.state)),
            "into" => ("Put together with", Subject::Idea, idea_words(&row.state)),
            "merged" => ("Put together with this", Subject::Idea, idea_words(&row.state)),
            "takes_up" => ("Takes up this problem", Subject::Idea, idea_words(&row.state)),
            "experiment" => {
                let state = experiments::State::named(&row.state);
                ("Experiment", Subject::Experiment, state.map_or("", experiments::State::words))
            }
            _ => {
                let state = standards::State::named(&row.state);
                ("Our way", Subject::Standard, state.map_or("", standards::State::words))
            }
        };
        Self { kind, address: subject.address(row.id), name: row.name, words }
    }
}

fn idea_words(state: &str) -> &'static str {
    ideas::State::named(state).map_or("", ideas::State::words)
}

/// The team, everybody above, the coaches, and whoever else ever had the ball.
fn who_sees(idea: &Idea, people: &PeopleAround) -> String {
    let coaches = people.coaches.iter().filter(|coach| !people.chain.contains(coach));
    let others = people.chain.iter().chain(coaches).chain(&people.held_before).map(|person| person.name.as_str());
    std::iter::once(idea.team.as_str()).chain(others).collect::<Vec<_>>().join(", ")
}

/// Whether a form that came back is on the page.
fn is_shown(back: &ReturnedForm, answers: Option<&AnswerBox>, moves: &NextMoves) -> bool {
    moves.forms.is_open(back.name) || answers.is_some_and(|answers| answers.forms.is_open(back.name))
}

/// What was typed into a form that is no longer there.
fn kept(back: &ReturnedForm) -> Vec<(String, String)> {
    let typed = back.form.values().iter().filter(|(name, value)| {
        !matches!(
            name.as_str(),
            KEY | VERSION | LEADS_BACK_TO | DRAFT | DRAFT_PAGE | "answer" | "judgement" | "changed" | "to"
        ) && !value.trim().is_empty()
    });
    typed.map(|(name, value)| (label(name).to_owned(), value.clone())).collect()
}

fn label(name: &str) -> &str {
    match name {
        "words" => "Your words",
        "what" => "I will",
        "by" => "by",
        "until" => "Again on",
        "day" => "On",
        "time" => "At",
        "understood" => "I understood the problem as",
        "because" => "I say no because",
        "could_help" => "What could still help is",
        other => other,
    }
}
