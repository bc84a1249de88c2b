//! The form of a throw: one question that must be answered, and who will see what before it is sent.

use crate::App;
use crate::calendar::Calendar;
use crate::conversation;
use crate::conversation::pictures::{self, NewPictures};
use crate::db::{Ask, Questions, Tx};
use crate::drafts;
use crate::error::{Error, Result};
use crate::finding::pages::similar::SimilarIdeas;
use crate::finding::similar::similar;
use crate::ideas::destination::{self, ButtonNote, DID_IT, Destination};
use crate::ideas::{AUTHORITIES, Anonymity, Idea, IdeaText, NewIdea, protection, store, throw};
use crate::ids::{IdeaId, MeasureId, PersonId, TeamId, ThrowId};
use crate::lengths;
use crate::letters;
use crate::letters::letterbox::Letterbox;
use crate::measures;
use crate::measures::definition::Measure;
use crate::moves::{MoveError, Moved, Refusal};
use crate::people::company::Company;
use crate::people::{self, Person};
use crate::text::first_name;
use crate::web::flash::ByName;
use crate::web::path::Query;
use crate::web::visitor::Visitor;
use crate::web::{Form, Frame, Layout, Member, NewKey, Uploads, html, html_refused, see_other_saying};
use askama::Template;
use axum::extract::{Extension, State};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// What the address of the form may say.
#[derive(Deserialize)]
pub struct NewQuery {
    /// A taken back idea that its author takes up again.
    from: Option<IdeaId>,
    /// The idea whose open problem the new one takes up.
    problem: Option<IdeaId>,
}

/// The form of a throw.
#[derive(Template)]
#[template(path = "ideas/new.html")]
pub struct ThrowPage {
    pub page: Layout,
    pub form: Form,
    /// To whom it goes, who sees what, by when one hears, for each choice that can be made; or why nothing can be thrown.
    pub told: Result<Vec<ButtonNote>, String>,
    pub ways: Vec<(&'static str, &'static str, String)>,
    /// The open letterboxes for the third way, each with its address and its name.
    pub letterboxes: Vec<(String, &'static str)>,
    /// Why no letterbox is open; empty where one is.
    pub no_letterbox: String,
    /// Whom to tell instead, each with where it goes then: the one who usually catches in front.
    pub past: Vec<(String, String, String)>,
    /// The headline of the problem it takes up; empty for none.
    pub problem: String,
    /// The measures that could notice, with "none" in front.
    pub measures: Vec<(String, String)>,
    /// Ideas that may be about the same, when the form came back.
    pub similar: SimilarIdeas,
    pub draft: String,
    /// Since when the draft waited that is in the form; empty when there is none.
    pub restored: String,
    pub authorities: Vec<(&'static str, &'static str, String)>,
}

impl ThrowPage {
    /// Whether one of the questions that may be left out was filled in, so that they are shown.
    pub fn has_more(&self) -> bool {
        let more =
            ["why", "better", "needed_change", "small_try", "benefit", "authority", "measure", "past", "carried"];
        let pictures = ["pictures", "pictures_show"];
        more.iter().chain(&pictures).any(|name| !self.form.value(name).is_empty() || self.form.error(name).is_some())
    }

    /// Whether there is a form: also when nothing can be thrown now, as long as something is written.
    pub fn is_written_on(&self) -> bool {
        self.told.is_ok() || !self.form.value("hurt").is_empty() || self.has_more()
    }

    /// The page with ideas that may be about the same. They are looked for while no connection is held.
    async fn beside_others(mut self, app: &App, member: &Person) -> Result<Self> {
        self.similar.similar = similar(app, member.id, self.form.value("hurt")).await?;
        Ok(self)
    }

    /// Its address.
    pub fn address(&self) -> String {
        match self.form.value(FROM) {
            "" => String::from("/ideas/new"),
            from => format!("/ideas/new?from={from}"),
        }
    }
}

/// `GET /ideas/new`
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(asked): Query<NewQuery>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let mut form = Form::fresh(key);
    if let Some(from) = asked.from {
        take_up(&mut tx, &member, from, &mut form).await?;
    }
    if let Some(problem) = asked.problem {
        form.set("problem", problem.to_string());
    }
    let draft = drafts::store::find(member.id, &place(&form));
    let (draft, known) = tx.ask((draft, Known::of(&member, &form, tx.now()))).await?;
    let mut restored = String::new();
    if let Some(draft) = draft {
        restored = known.calendar(&member).due(draft.saved_at, tx.now()).words;
        for (name, text) in draft.fields() {
            form.set(&name, text);
        }
    }
    let page = draw(&member, &frame, form, &known, tx.now());
    drop(tx);
    html(&ThrowPage { restored, ..page.beside_others(&app, &member).await? })
}

/// Put a taken back idea of this person's own into the form; whatever else it is does not exist.
async fn take_up(tx: &mut Tx, member: &Person, from: IdeaId, form: &mut Form) -> Result<()> {
    let idea = tx.ask(store::seen(from, member.id)).await?.ok_or(Error::NotFound)?;
    if idea.state != crate::ideas::State::Withdrawn || !protection::is_author(tx, &idea, member.id).await? {
        return Err(Error::NotFound);
    }
    form.set(FROM, from.to_string());
    // Whoever had it kept goes on so: a name that is preset would be shown by one click that nobody thought about.
    form.set("way", idea.anonymity.name());
    for (name, text) in idea.text.fields() {
        form.set(name, text);
    }
    form.set("authority", idea.authority);
    Ok(())
}

/// What the form has to know, whatever is written in it.
struct Known {
    company: Company,
    zone: Option<String>,
    measures: Vec<Measure>,
    letterboxes: Vec<Letterbox>,
    /// The idea whose problem it takes up, when that is open for it.
    problem: Option<Idea>,
}

impl Known {
    /// All of it as one question.
    fn of(member: &Person, form: &Form, now: DateTime<Utc>) -> Ask<Self> {
        let team = member.team();
        let problem: Option<IdeaId> = form.value("problem").parse().ok();
        let asked = (
            Company::who_answers(member.id, now),
            people::store::organisation(),
            team.map(measures::store::of_team),
            letters::store::letterbox::all(),
            problem.map(|problem| store::seen(problem, member.id)),
        );
        asked.joined().map(|(company, organisation, measures, letterboxes, problem)| Self {
            company,
            zone: organisation.map(|organisation| organisation.zone),
            measures: measures.unwrap_or_default(),
            letterboxes,
            problem: problem.flatten().filter(throw::has_open_problem),
        })
    }

    /// The working time in which this person reads.
    fn calendar(&self, member: &Person) -> Calendar {
        let team = member.team().and_then(|team| self.company.team(team));
        team.map_or_else(|| people::calendars::of_zone(self.zone.as_deref()), |team| team.calendar.clone())
    }
}

fn draw(member: &Person, frame: &Frame, mut form: Form, known: &Known, now: DateTime<Utc>) -> ThrowPage {
    // How it is thrown is chosen first. What came back without, from a browser that does not ask, was meant by name.
    if form.value("way").is_empty() && !form.value("hurt").is_empty() {
        form.set("way", Anonymity::Named.name());
    }
    let measures = known.measures.iter().map(|measure| (measure.id.to_string(), measure.name.clone()));
    let mut page = ThrowPage {
        page: frame.layout("Where does it hurt?", "throw"),
        similar: SimilarIdeas { similar: Vec::new() },
        draft: place(&form),
        restored: String::new(),
        form,
        told: Ok(Vec::new()),
        ways: Vec::new(),
        letterboxes: open_letterboxes(&known.letterboxes, member.team()),
        no_letterbox: known.letterboxes.iter().find(|unit| unit.is_company_wide()).map_or_else(
            || String::from("Your team has no letterbox yet. The whole company has none, because nobody stands above its leaders."),
            Letterbox::why_off,
        ),
        past: Vec::new(),
        measures: std::iter::once((String::new(), String::from("None"))).chain(measures).collect(),
        authorities: AUTHORITIES.map(|(name, words)| (name, words, String::new())).to_vec(),
        problem: known.problem.as_ref().map_or_else(String::new, Idea::headline),
    };
    if let Err(refusal) = fill(&known.company, member, &mut page, now) {
        page.told = Err(refusal.sentence().to_owned());
    }
    page
}

/// The letterboxes through which somebody of this team can throw: that of the team, and that of the whole company, which
/// is there also where a team is small or its leader is feared.
fn open_letterboxes(all: &[Letterbox], team: Option<TeamId>) -> Vec<(String, &'static str)> {
    let open = all.iter().filter(|unit| unit.is_on());
    let name = |unit: &Letterbox| match (unit.is_company_wide(), Some(unit.id) == team) {
        (true, _) => Some("the letterbox of the whole company"),
        (false, true) => Some("the letterbox of your team"),
        (false, false) => None,
    };
    let mut found: Vec<_> = open.filter_map(|unit| Some((unit.path()?, name(unit)?))).collect();
    found.sort_by_key(|(_, name)| *name != "the letterbox of your team");
    found
}

/// What depends on to whom it can go.
fn fill(company: &Company, member: &Person, page: &mut ThrowPage, now: DateTime<Utc>) -> Result<(), Refusal> {
    let usual = Destination::of(company, member, None, now)?;
    let named = "Your team and those who answer see it. They can talk to you.";
    let way = |way: Anonymity, beside| (way.name(), way.words(), beside);
    page.ways.push(way(Anonymity::Named, String::from(named)));
    let keepers = destination::keepers(company).ok();
    if let Some(keepers) = &keepers {
        let seen = format!(
            "Everybody sees \u{201c}A colleague\u{201d}. Only {keepers} can read your name, and you see each reading. Confidential, not anonymous."
        );
        page.ways.push(way(Anonymity::Kept, seen));
    }
    let nobody = "Not from here, because you are signed in. A letterbox needs no account and keeps no name, no device and no time but the week.";
    page.ways.push(way(Anonymity::Nameless, String::from(nobody)));
    for (_, _, beside) in page.authorities.iter_mut().filter(|(name, ..)| *name == DID_IT) {
        *beside = usual.beside_did();
    }
    let mut told = ButtonNote::all("", &usual, keepers.as_deref());
    if let Some(team) = member.team() {
        let above = throw::past_the_leader(company, member.id, team)?;
        if !above.is_empty() {
            let catcher = throw::first_catcher(company, member.id, team)?;
            page.past.push((String::new(), format!("{}, as usual", catcher.name), usual.beside()));
        }
        for level in above {
            let destination = Destination::of(company, member, Some(level), now)?;
            let id = level.id.to_string();
            told.extend(ButtonNote::all(&id, &destination, keepers.as_deref()));
            page.past.push((id, level.name.clone(), destination.beside()));
        }
    }
    told.push(ButtonNote::nameless());
    page.told = Ok(told);
    Ok(())
}

/// The place of the form's draft: one for new ideas, one for each idea that is taken up again.
pub fn place(form: &Form) -> String {
    match form.value(FROM).parse::<IdeaId>() {
        Ok(from) => format!("{}:{from}", drafts::THROW),
        Err(_) => drafts::THROW.to_owned(),
    }
}

/// The hidden field that says which taken back idea is taken up again.
pub const FROM: &str = "from";

/// `POST /ideas`: with a session a throw of its person; with the word of a letterbox a letter that is read without
/// looking at any session.
pub async fn create(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    frame: Frame,
    letters::Sender(sender): letters::Sender,
    uploads: Uploads,
) -> Result<Response> {
    if uploads.form.ticked(letters::BOX) {
        drop((visitor, frame));
        let letter = letters::pages::letterbox::create(app, sender, uploads.form);
        return Ok(Box::pin(letters::unlogged(letter)).await.unwrap_or_else(letters::nameless_error));
    }
    let thrown = match visitor.somebody() {
        Ok(person) => throw_by_name(app, Member(person), frame, uploads).await,
        Err(nobody) => Err(nobody),
    };
    let mut response = thrown.into_response();
    response.extensions_mut().insert(ByName);
    Ok(response)
}

async fn throw_by_name(app: App, member: Member, frame: Frame, uploads: Uploads) -> Result<Response> {
    let Uploads { mut form, files } = uploads;
    let key: ThrowId = form.key()?;
    let new = read(&mut form);
    let taken = pictures::take(&mut form, files).await?;
    let mut tx = app.write().await?;
    let measures = new.measure.and(member.team()).map(measures::store::of_team);
    let problem = new.problem.map(|problem| store::seen(problem, member.id));
    let asked = (store::of_throw(key), Company::who_answers(member.id, tx.now()), measures, problem);
    let (first, company, measures, problem) = tx.ask(asked).await?;
    if let Some(id) = first {
        return Ok(thrown(&format!("/ideas/{id}"), ""));
    }
    if measures.is_some_and(|known| !known.iter().any(|known| Some(known.id) == new.measure)) {
        form.refuse("measure", "Choose one of the list.");
    }
    if problem.is_some_and(|problem| !problem.as_ref().is_some_and(throw::has_open_problem)) {
        form.refuse(
            "hurt",
            "The problem you came from is not open for a new idea. Your text is kept: throw it by itself.",
        );
        form.set("problem", "");
    }
    if !form.is_good() {
        drop(tx);
        return refused(&app, &member, &frame, form).await;
    }
    match throw(&mut tx, &company, &member, key, &new, taken).await {
        Ok((address, to)) => {
            tx.commit().await?;
            Ok(thrown(&address, &to))
        }
        Err(MoveError::Refused(refusal)) => {
            form.refuse("hurt", refusal.sentence());
            drop(tx);
            refused(&app, &member, &frame, form).await
        }
        Err(MoveError::Failed(error)) => twice(&app, key, error).await,
    }
}

async fn throw(
    tx: &mut Tx,
    company: &Company,
    member: &Person,
    key: ThrowId,
    new: &NewIdea,
    taken: NewPictures,
) -> Moved<(String, String)> {
    if new.anonymity == Anonymity::Kept {
        destination::keepers(company)?;
    }
    let idea = throw::throw_in(tx, company, member, key, new).await?;
    conversation::store::pictures::add(tx, idea.id, None, taken).await?;
    Ok((format!("/ideas/{}", idea.id), idea.holder))
}

/// Two clicks at the same moment on a database that lets both begin: the second finds the first one's throw.
async fn twice(app: &App, key: ThrowId, error: Error) -> Result<Response> {
    let first = app.read().await?.ask(store::of_throw(key)).await?;
    first.map(|id| thrown(&format!("/ideas/{id}"), "")).ok_or(error)
}

fn thrown(address: &str, to: &str) -> Response {
    let with = if to.is_empty() { String::new() } else { format!(" The ball is with {}.", first_name(to)) };
    see_other_saying(address, format!("Thanks.{with} You can read where it is at any time, and take it back."))
}

async fn refused(app: &App, member: &Person, frame: &Frame, form: Form) -> Result<Response> {
    let mut tx = app.read().await?;
    let known = tx.ask(Known::of(member, &form, tx.now())).await?;
    let page = draw(member, frame, form, &known, tx.now());
    drop(tx);
    html_refused(&page.beside_others(app, member).await?)
}

fn read(form: &mut Form) -> NewIdea {
    let text = IdeaText::read(form);
    let measure = form.choice::<MeasureId>("measure");
    let authority = form.text("authority", lengths::WORD);
    if !authority.is_empty() && !AUTHORITIES.iter().any(|(name, _)| *name == authority) {
        form.refuse("authority", "Choose one of the list.");
    }
    let anonymity = form.choice::<Anonymity>("way").unwrap_or_default();
    if anonymity == Anonymity::Nameless {
        let words = "From here it would not be nameless, because you are signed in. Your text is kept: take it to a letterbox, or choose another way.";
        form.refuse("way", words);
    }
    let (past, problem) = (form.choice::<PersonId>("past"), form.choice::<IdeaId>("problem"));
    NewIdea { text, authority, measure, anonymity, carried: form.ticked("carried"), past, problem }
}
