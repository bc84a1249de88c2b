//! What is sent to standards: one handler for each noun behind `/standards/{id}/`.

use super::pages::{Offer, edit_page};
use super::store::{self, Standard};
use super::verbs::{self, Done, Origin};
use super::{Mark, Verb, show, step, text_form};
use crate::App;
use crate::balls::store as balls;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::experiments::edit::{status, written};
use crate::experiments::pages::Source;
use crate::experiments::verbs::Deed;
use crate::experiments::{Refusal, Undone};
use crate::ideas::protection;
use crate::ids::{StandardId, ThrowId};
use crate::people::Person;
use crate::web::form::VERSION;
use crate::web::{Form, Frame, Member, Path, html_with, see_other, see_other_saying};
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;

/// `POST /standards`
pub async fn create(Shared(app): Shared<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let mut tx = app.write().await?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other(format!("/standards/{}", key.0)));
    }
    let chosen = form.choice("idea");
    let source = Source::find(&mut tx, &member, chosen).await?;
    let face = protection::face_on(&mut tx, source.idea.as_ref().map(|idea| idea.id), member.id).await?;
    let offer = Offer::of(&mut tx, source.team, face).await?;
    let (text, owner) = text_form::read(&mut form, &offer.measures, &offer.candidates);
    let Some(owner) = owner.filter(|_| form.is_good()) else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &offer.new_page(&source, &frame, form));
    };
    let deed = Deed { key, by: &member, words: "" };
    let opened = match source.idea.as_ref().map(|idea| idea.id) {
        Some(idea) => verbs::open_from_idea(&mut tx, deed, idea, owner, &text).await,
        None => {
            verbs::open(&mut tx, deed, Origin { team: source.team, idea: None, experiment: None }, owner, &text).await
        }
    };
    match opened {
        Ok(opened) => {
            tx.commit().await?;
            Ok(see_other_saying(address(opened.id), "It is written down. Next it is shown to all concerned."))
        }
        Err(Undone::Failed(error)) => Err(error),
        Err(Undone::Refused(refusal)) => {
            let mut page = offer.new_page(&source, &frame, form);
            page.refused = refusal.sentence();
            html_with(status(&refusal), &page)
        }
    }
}

/// `POST /standards/{id}`
pub async fn update(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "edit").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let version = act.form.version()?;
    let offer = Offer::of(&mut act.tx, act.standard.team_id, act.standard.owner_id).await?;
    let (text, owner) = text_form::read(&mut act.form, &offer.measures, &offer.candidates);
    let done = match (act.may(Verb::Change), owner) {
        (Err(undone), _) => Err(undone),
        (Ok(()), None) => Err(Refusal::Incomplete(Vec::new()).into()),
        (Ok(()), Some(owner)) => {
            let deed = Deed { key: act.key, by: &act.actor, words: "" };
            verbs::change(&mut act.tx, deed, &act.standard, version, owner, &text).await
        }
    };
    act.finish(done, "Saved. Next it is shown to all concerned.").await
}

/// `POST /standards/{id}/teaching`
pub async fn teach(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "teaching").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let done = act.run(Verb::Teach, "").await;
    act.finish(done, "Now show it to all concerned, where the work is done.").await
}

/// `POST /standards/{id}/holding`
pub async fn hold(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "holding").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let done = act.run(Verb::Hold, "").await;
    act.finish(done, "It is in use. It rests until its first check.").await
}

/// `POST /standards/{id}/checks`
pub async fn check(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "checks").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let line = act.form.needed("line", 1000, "Write one line: what you saw.");
    let improved = act.form.text("improved", 1000);
    let words = if improved.is_empty() { line } else { format!("{line}\nImproved since: {improved}") };
    if words.chars().count() > 1000 {
        act.form.refuse("improved", "Both lines together are longer than 1000 characters. Your text is kept.");
    }
    let mark = act.form.choice::<Mark>("mark");
    if mark.is_none() {
        act.form.refuse("mark", "Choose what you found.");
    }
    let done = match (act.may(mark.unwrap_or(Mark::AsItShouldBe).verb()), mark) {
        (Ok(()), Some(mark)) => {
            let deed = Deed { key: act.key, by: &act.actor, words: &words };
            verbs::check(&mut act.tx, deed, &act.standard, mark).await
        }
        (Ok(()), None) => Err(Refusal::Incomplete(Vec::new()).into()),
        (Err(undone), _) => Err(undone),
    };
    let said = match mark {
        Some(Mark::NeedsAction) => "Thanks for looking. The ball is with the owner.",
        _ => "Thanks for looking. It rests until the next check.",
    };
    act.finish(done, said).await
}

/// `POST /standards/{id}/repair`
pub async fn bring_back(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "repair").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("words", 2000, "Say how it came back and what you learned.");
    let done = act.run(Verb::BringBack, &words).await;
    act.finish(done, "It is back. What you learned is kept for everybody.").await
}

/// `POST /standards/{id}/retirement`
pub async fn retire(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<StandardId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "retirement").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("words", 2000, "Say why nobody needs it any more.");
    let done = act.run(Verb::Retire, &words).await;
    act.finish(done, "It is retired and stays readable.").await
}

/// One form that was sent, with what is needed to do it or to give it back.
struct Act<'a> {
    app: &'a App,
    member: Member,
    /// The member as they act on it: a kept author as the placeholder.
    actor: Person,
    frame: Frame,
    name: &'static str,
    key: ThrowId,
    form: Form,
    standard: Standard,
    tx: Tx,
}

/// A form that counts now, or one that has counted already.
enum Begun<'a> {
    Act(Box<Act<'a>>),
    Done(Response),
}

impl<'a> Act<'a> {
    async fn begin(
        app: &'a App,
        member: Member,
        frame: Frame,
        id: StandardId,
        form: Form,
        name: &'static str,
    ) -> Result<Begun<'a>> {
        let key = form.key()?;
        let mut tx = app.write().await?;
        let standard = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
        if balls::is_thrown(&mut tx, key).await? {
            return Ok(Begun::Done(see_other(address(id))));
        }
        let actor = verbs::acting(&mut tx, &standard, &member).await?;
        Ok(Begun::Act(Box::new(Self { app, member, actor, frame, name, key, form, standard, tx })))
    }

    /// Whether it is possible for this person now, and the form is good.
    fn may(&self, verb: Verb) -> Done<()> {
        step(self.standard.state, verb, verbs::part(&self.standard, &self.actor))?;
        if self.form.is_good() { Ok(()) } else { Err(Refusal::Incomplete(Vec::new()).into()) }
    }

    async fn run(&mut self, verb: Verb, words: &str) -> Done {
        self.may(verb)?;
        let deed = Deed { key: self.key, by: &self.actor, words };
        let (tx, standard) = (&mut self.tx, &self.standard);
        match verb {
            Verb::Teach => verbs::teach(tx, deed, standard).await,
            Verb::Hold => verbs::hold(tx, deed, standard).await,
            Verb::BringBack => verbs::bring_back(tx, deed, standard).await,
            Verb::Retire => verbs::retire(tx, deed, standard).await,
            // These need more than words.
            Verb::Change | Verb::Confirm | Verb::PutRight | Verb::Report => Err(Error::NotFound.into()),
        }
    }

    async fn finish(self, done: Done, said: &str) -> Result<Response> {
        match done {
            Ok(made) => {
                self.tx.commit().await?;
                Ok(see_other_saying(address(made.id), said))
            }
            Err(Undone::Failed(error)) => Err(error),
            Err(Undone::Refused(refusal)) => self.refused(refusal).await,
        }
    }

    /// The page again: with the messages at the fields, or with what is there now.
    async fn refused(self, refusal: Refusal) -> Result<Response> {
        let Self { app, member, frame, name, mut form, standard, tx, .. } = self;
        // What the verb had begun is given up with its transaction.
        drop(tx);
        let mut tx = app.read().await?;
        let standard = store::seen(&mut tx, standard.id, member.id).await?.ok_or(Error::NotFound)?;
        let gaps = if let Refusal::Incomplete(gaps) = &refusal { gaps.as_slice() } else { &[] };
        if !gaps.is_empty() {
            form = text_form::filled(&standard.text, standard.owner_id, app.world.id(), standard.version);
        }
        for gap in gaps {
            form.refuse(gap.field, gap.message);
        }
        let about_text = name == "edit" || !gaps.is_empty();
        if about_text && matches!(refusal, Refusal::Moved | Refusal::Incomplete(_)) {
            form.set(VERSION, standard.version.to_string());
            let mut page = edit_page(&mut tx, &frame, &standard, form).await?;
            if refusal == Refusal::Moved {
                page.now = text_form::now(&standard);
            }
            return html_with(status(&refusal), &page);
        }
        let mut page = show::page(app, &mut tx, &frame, &member, standard).await?;
        page.refused = refusal.sentence();
        if page.offers(name) {
            page.forms.retain(|(known, _)| *known != name);
            page.forms.push((name, form));
        } else {
            page.written = written(&form);
            let message = form.errors().first().map(|(_, message)| message.clone());
            page.refused = if page.refused.is_empty() { message.unwrap_or_default() } else { page.refused };
        }
        html_with(status(&refusal), &page)
    }
}

fn address(id: StandardId) -> String {
    format!("/standards/{id}")
}
