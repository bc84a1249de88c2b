//! The form of a throw: one question that must be answered, and who will see what before it is sent.

use super::destination::{self, DID_IT, Destination, Told};
use super::protection::Way;
use super::throwing::{FROM, place, problem_of};
use super::{AUTHORITIES, Trouble, protection, store, throw, verbs};
use crate::App;
use crate::db::Tx;
use crate::drafts;
use crate::error::{Error, Result};
use crate::finding::pages::similar::SimilarIdeas;
use crate::finding::similar::similar;
use crate::ids::IdeaId;
use crate::letters;
use crate::measures;
use crate::people;
use crate::people::Person;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

/// What the address of the form may say.
#[derive(Deserialize)]
pub struct Asked {
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
    pub told: Result<Vec<Told>, String>,
    pub ways: Vec<(&'static str, &'static str, String)>,
    /// The address of the team's letterbox for the third way; empty where there is none yet.
    pub letterbox: String,
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
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let mut form = Form::fresh(key);
    let mut restored = String::new();
    if let Some(from) = asked.from {
        take_up(&mut tx, &member, from, &mut form).await?;
    }
    if let Some(problem) = asked.problem {
        form.set("problem", problem.to_string());
    }
    if let Some(draft) = drafts::store::find(&mut tx, member.id, &place(&form)).await? {
        let calendar = people::calendars::of_person(&mut tx, &member).await?;
        restored = calendar.due(draft.saved_at, tx.now()).words;
        for (name, text) in draft.fields() {
            form.set(&name, text);
        }
    }
    let mut page = page(&mut tx, &member, &frame, form).await?;
    page.restored = restored;
    html(&page)
}

/// Put a taken back idea of this person's own into the form; whatever else it is does not exist.
async fn take_up(tx: &mut Tx, member: &Person, from: IdeaId, form: &mut Form) -> Result<()> {
    let idea = store::seen(tx, from, member.id).await?.ok_or(Error::NotFound)?;
    if idea.state != super::State::Withdrawn || !protection::is_author(tx, &idea, member.id).await? {
        return Err(Error::NotFound);
    }
    form.set(FROM, from.to_string());
    // Whoever had it kept goes on so: a name that is preset would be shown by one click that nobody thought about.
    form.set("way", idea.way.name());
    let texts = [
        ("hurt", idea.hurt),
        ("why", idea.why),
        ("better", idea.better),
        ("needed_change", idea.needed_change),
        ("small_try", idea.small_try),
        ("benefit", idea.benefit),
        ("authority", idea.authority),
    ];
    for (name, text) in texts {
        form.set(name, text);
    }
    Ok(())
}

/// The page with this form.
pub async fn page(tx: &mut Tx, member: &Person, frame: &Frame, mut form: Form) -> Result<ThrowPage> {
    let mut measures = vec![(String::new(), String::from("None"))];
    if let Some(team) = member.team() {
        let known = tx.ask(measures::store::of_team(team)).await?;
        measures.extend(known.into_iter().map(|measure| (measure.id.to_string(), measure.name.clone())));
    }
    if form.value("way").is_empty() {
        form.set("way", Way::Named.name());
    }
    let problem = form.value("problem").parse().ok();
    let problem = problem_of(tx, member, problem).await?.map_or_else(String::new, |idea| idea.headline());
    let mut page = ThrowPage {
        page: frame.layout("Where does it hurt?", "throw"),
        similar: SimilarIdeas { similar: similar(tx, member.id, form.value("hurt")).await? },
        draft: place(&form),
        restored: String::new(),
        form,
        told: Ok(Vec::new()),
        ways: Vec::new(),
        letterbox: String::new(),
        past: Vec::new(),
        measures,
        authorities: AUTHORITIES.map(|(name, words)| (name, words, String::new())).to_vec(),
        problem,
    };
    match fill(tx, member, &mut page).await {
        Ok(()) => {}
        Err(Trouble::Refused(refusal)) => page.told = Err(refusal.0),
        Err(Trouble::Database(error)) => return Err(error.into()),
    }
    Ok(page)
}

/// What depends on to whom it can go.
async fn fill(tx: &mut Tx, member: &Person, page: &mut ThrowPage) -> Result<(), Trouble> {
    let usual = Destination::of(tx, member, None).await?;
    let named = "Your team and those who answer see it. They can talk to you.";
    page.ways.push((Way::Named.name(), "With my name", String::from(named)));
    let keepers = match destination::keepers(tx).await {
        Ok(keepers) => Some(keepers),
        Err(Trouble::Refused(_)) => None,
        Err(trouble) => return Err(trouble),
    };
    if let Some(keepers) = &keepers {
        let seen = format!(
            "Everybody sees \u{201c}A colleague\u{201d}. Only {keepers} can read your name, and you see each reading. Confidential, not anonymous."
        );
        page.ways.push((Way::Kept.name(), "The coach keeps my name", seen));
    }
    let nobody = "Not from here, because you are signed in. The letterbox of your team needs no account and keeps no name, no device and no time but the week.";
    page.ways.push((Way::Nameless.name(), "Nobody knows", String::from(nobody)));
    for (_, _, beside) in page.authorities.iter_mut().filter(|(name, ..)| *name == DID_IT) {
        *beside = usual.beside_did();
    }
    let mut told = Told::all("", &usual, keepers.as_deref());
    if let Some(team) = member.team() {
        page.letterbox = letters::store::letterbox::address_of(tx, team).await?.unwrap_or_default();
        let above = throw::past_the_leader(tx, member, team).await?;
        if !above.is_empty() {
            let catcher = verbs::first_catcher(tx, member, team).await?;
            page.past.push((String::new(), format!("{}, as usual", catcher.name), usual.beside()));
        }
        for level in above {
            let destination = Destination::of(tx, member, Some(&level)).await?;
            let id = level.id.to_string();
            told.extend(Told::all(&id, &destination, keepers.as_deref()));
            page.past.push((id, level.name, destination.beside()));
        }
    }
    told.push(Told::nameless());
    page.told = Ok(told);
    Ok(())
}
