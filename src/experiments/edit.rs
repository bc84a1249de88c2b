//! What is sent to experiments: one handler for each noun behind `/experiments/{id}/`.

use super::pages::{Source, choices, edit_page};
use super::plan::GREEN_LANE;
use super::plan_form;
use super::show;
use super::store::{self, Experiment};
use super::verbs::{self, Deed, Done, Origin};
use super::{Part, Refusal, State, Undone, Verb, step};
use crate::balls::store as balls;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::protection;
use crate::ids::{ExperimentId, IdeaId, ThrowId};
use crate::people::Person;
use crate::web::form::{KEY, VERSION};
use crate::web::{Form, Frame, Member, Path, html_with, see_other, see_other_saying};
use crate::{App, standards};
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;

/// `POST /experiments`
pub async fn create(Shared(app): Shared<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let mut tx = app.write().await?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other(format!("/experiments/{}", key.0)));
    }
    let idea = form.choice::<IdeaId>("idea");
    let source = Source::find(&mut tx, &member, idea).await?;
    let measures = choices(&mut tx, source.team).await?;
    let plan = plan_form::read(&mut form, &measures);
    if !form.is_good() {
        let page = source.page(&mut tx, &frame, form, String::new()).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let origin = Origin { team: source.team, idea, previous: None };
    let by = protection::acting_on(&mut tx, idea, &member).await?;
    match verbs::draft(&mut tx, Deed { key, by: &by, words: "" }, origin, &plan).await {
        Ok(drafted) => {
            tx.commit().await?;
            Ok(see_other_saying(
                address(drafted.id),
                "It is written down. Nothing runs yet: say next that it is safe to try.",
            ))
        }
        Err(Undone::Failed(error)) => Err(error),
        Err(Undone::Refused(refusal)) => {
            drop(tx);
            let page = source.page(&mut app.read().await?, &frame, form, refusal.sentence()).await?;
            html_with(status(&refusal), &page)
        }
    }
}

/// `POST /experiments/{id}`
pub async fn update(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "edit").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let version = act.form.version()?;
    let measures = choices(&mut act.tx, act.experiment.team_id).await?;
    let plan = plan_form::read(&mut act.form, &measures);
    if let Err(refusal) = act.allows(Verb::Change) {
        return act.finish(Err(refusal.into()), "").await;
    }
    if !act.form.is_good() {
        return act.finish(Err(Refusal::Incomplete(Vec::new()).into()), "").await;
    }
    let deed = Deed { key: act.key, by: &act.actor, words: "" };
    let done = verbs::change(&mut act.tx, deed, &act.experiment, version, &plan).await;
    act.finish(done, "Saved. Nothing runs yet: say next that it is safe to try.").await
}

/// `POST /experiments/{id}/safety-question`
pub async fn ask(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "safety-question").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.text("words", 2000);
    let done = act.run(Verb::Ask, &words).await;
    act.finish(done, "Asked. You will hear within two working days.").await
}

/// `POST /experiments/{id}/safety-answer`
pub async fn answer(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "safety-answer").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    match act.form.value("answer").to_owned().as_str() {
        "clear" => {
            let words = act.form.text("words", 2000);
            let done = act.run(Verb::Clear, &words).await;
            act.finish(done, "Answered. The experiment may start.").await
        }
        "object" => {
            let words = objection(&mut act.form);
            let done = act.run(Verb::Object, &words).await;
            act.finish(done, "Answered. The ball is back with the owner, with what would make it safe.").await
        }
        _ => {
            act.form.refuse("answer", "Choose one of the two answers.");
            let done = act.run(Verb::Clear, "").await;
            act.finish(done, "").await
        }
    }
}

/// What harm is seen, and what would make it safe: both must be there.
fn objection(form: &mut Form) -> String {
    let harm = form.needed("words", 2000, "Say what harm you see.");
    let safe = form.needed("safe", 2000, "Say what would make it safe. An objection comes with a way.");
    format!("{harm}\nIt would be safe if: {safe}")
}

/// `POST /experiments/{id}/readiness`
pub async fn declare(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "readiness").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    for (field, _) in GREEN_LANE {
        if !act.form.ticked(field) {
            act.form.refuse(field, "Tick it if it holds. If it does not, ask whether it is safe to try.");
        }
    }
    let done = act.run(Verb::Declare, "").await;
    act.finish(done, "It fits the green lane. You can start it.").await
}

/// `POST /experiments/{id}/start`
pub async fn start(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "start").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let done = act.run(Verb::Start, "").await;
    act.finish(done, "It runs. The prediction is locked from here on.").await
}

/// `POST /experiments/{id}/lines`
pub async fn line(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "lines").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("line", 1000, "Write one line: what was done, or what was unexpected.");
    let as_planned = match act.form.value("as_planned") {
        "yes" => true,
        "no" => false,
        _ => {
            act.form.refuse("as_planned", "Say whether it was done as planned.");
            false
        }
    };
    let week = act.week().await?;
    let done = match act.may(Verb::Line) {
        Ok(()) => {
            let deed = Deed { key: act.key, by: &act.actor, words: &words };
            verbs::line(&mut act.tx, deed, &act.experiment, as_planned, week).await
        }
        Err(undone) => Err(undone),
    };
    act.finish(done, "Written down. That is all for this week.").await
}

/// `POST /experiments/{id}/stop`
pub async fn stop(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "stop").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("words", 2000, "Say what happened that makes you stop.");
    let done = act.run(Verb::Stop, &words).await;
    act.finish(done, "It is stopped. The owner writes what happened.").await
}

/// `POST /experiments/{id}/study`
pub async fn study(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "study").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("happened", 4000, "Say what happened, as you would tell it to a colleague.");
    let done = act.run(Verb::Study, &words).await;
    act.finish(done, "Written down. Now decide with your team.").await
}

/// `POST /experiments/{id}/decision`
pub async fn decide(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "decision").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("learned", 2000, "Say in one sentence what you learned.");
    match act.form.value("decision").to_owned().as_str() {
        "adopt" => {
            let done = match act.may(Verb::Adopt) {
                Ok(()) => {
                    let deed = Deed { key: act.key, by: &act.actor, words: &words };
                    standards::verbs::adopt(&mut act.tx, deed, &act.experiment).await
                }
                Err(undone) => Err(undone),
            };
            let said = "Adopted. It becomes our way: write down how it is done.";
            act.finish_at(done, |standard| format!("/standards/{}", standard.id), said).await
        }
        "adapt" => {
            let done = act.run(Verb::Adapt, &words).await;
            let said = "Adapted. This is the next cycle, with your words in it: change what you want to try now.";
            act.finish_at(done, |next| format!("/experiments/{}/edit", next.id), said).await
        }
        "abandon" => {
            let done = act.run(Verb::Abandon, &words).await;
            act.finish(done, "Abandoned. What you learned is kept for everybody.").await
        }
        _ => {
            act.form.refuse("decision", "Choose one of the three.");
            let done = act.run(Verb::Abandon, "").await;
            act.finish(done, "").await
        }
    }
}

/// `POST /experiments/{id}/withdrawal`
pub async fn withdraw(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<ExperimentId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "withdrawal").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let words = act.form.needed("words", 2000, "Say why you take it back.");
    let done = act.run(Verb::Drop, &words).await;
    act.finish(done, "Taken back. It was never started.").await
}

/// One form that was sent, with what is needed to do it or to give it back.
struct Act<'a> {
    app: &'a App,
    member: Member,
    /// As whom they act: a kept author as the placeholder.
    actor: Person,
    frame: Frame,
    name: &'static str,
    key: ThrowId,
    form: Form,
    experiment: Experiment,
    part: Part,
    today: NaiveDate,
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
        id: ExperimentId,
        form: Form,
        name: &'static str,
    ) -> Result<Begun<'a>> {
        let key = form.key()?;
        let mut tx = app.write().await?;
        let experiment = store::seen(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
        if balls::is_thrown(&mut tx, key).await? {
            return Ok(Begun::Done(see_other(address(id))));
        }
        let part = verbs::part(&mut tx, &experiment, &member).await?;
        let today = verbs::calendar(&mut tx, experiment.team_id).await?.date_of(tx.now());
        let actor = protection::acting_on(&mut tx, experiment.idea_id, &member).await?;
        Ok(Begun::Act(Box::new(Self { app, member, actor, frame, name, key, form, experiment, part, today, tx })))
    }

    /// Whether the table of states lets this person do it now.
    fn allows(&self, verb: Verb) -> Result<(), Refusal> {
        let ended = self.experiment.state == State::Running && self.experiment.has_ended(self.today);
        let state = if verb == Verb::Study && ended { State::Study } else { self.experiment.state };
        step(state, verb, self.part).map(|_| ())
    }

    /// Whether it is possible, and the form is good.
    fn may(&self, verb: Verb) -> Done<()> {
        self.allows(verb)?;
        if self.form.is_good() { Ok(()) } else { Err(Refusal::Incomplete(Vec::new()).into()) }
    }

    /// Do it. A start that is not possible yet is left to the verb, which knows what is missing.
    async fn run(&mut self, verb: Verb, words: &str) -> Done {
        if verb != Verb::Start {
            self.may(verb)?;
        }
        let deed = Deed { key: self.key, by: &self.actor, words };
        let (tx, experiment) = (&mut self.tx, &self.experiment);
        match verb {
            Verb::Ask => verbs::ask(tx, deed, experiment).await,
            Verb::Clear => verbs::clear(tx, deed, experiment).await,
            Verb::Object => verbs::object(tx, deed, experiment).await,
            Verb::Declare => verbs::declare(tx, deed, experiment).await,
            Verb::Start => verbs::start(tx, deed, experiment).await,
            Verb::Stop => verbs::stop(tx, deed, experiment).await,
            Verb::Study => verbs::study(tx, deed, experiment).await,
            Verb::Adapt => verbs::adapt(tx, deed, experiment).await,
            Verb::Abandon => verbs::abandon(tx, deed, experiment).await,
            Verb::Drop => verbs::drop(tx, deed, experiment).await,
            // These need more than words; the clock's own verb is nobody's.
            Verb::Change | Verb::Line | Verb::Adopt | Verb::End => Err(Error::NotFound.into()),
        }
    }

    /// The week of a line: the one that was chosen, or the newest without a line.
    async fn week(&mut self) -> Result<NaiveDate> {
        let chosen = self.form.date("week");
        let calendar = verbs::calendar(&mut self.tx, self.experiment.team_id).await?;
        let lines = store::lines(&mut self.tx, self.experiment.id).await?;
        let open = show::open_weeks(&self.experiment, &calendar, self.today, &lines);
        match (chosen, open.first()) {
            (Some(chosen), _) if open.contains(&chosen) => Ok(chosen),
            (Some(_), Some(_)) if !lines.iter().any(|line| Some(line.week) == chosen) => {
                self.form.refuse("week", "Choose a week of the list.");
                Ok(self.today)
            }
            (None, Some(newest)) => Ok(*newest),
            (chosen, _) => Ok(chosen.unwrap_or_else(|| lines.last().map_or(self.today, |line| line.week))),
        }
    }

    async fn finish(self, done: Done, said: &str) -> Result<Response> {
        self.finish_at(done, |experiment| address(experiment.id), said).await
    }

    async fn finish_at<T>(self, done: Done<T>, place: impl Fn(&T) -> String, said: &str) -> Result<Response> {
        match done {
            Ok(made) => {
                self.tx.commit().await?;
                Ok(see_other_saying(place(&made), said))
            }
            Err(Undone::Failed(error)) => Err(error),
            Err(Undone::Refused(refusal)) => self.refused(refusal).await,
        }
    }

    /// The page again: with the messages at the fields, or with what is there now.
    async fn refused(self, refusal: Refusal) -> Result<Response> {
        let Self { app, member, frame, name, mut form, experiment, tx, .. } = self;
        // What the verb had begun is given up with its transaction.
        drop(tx);
        let mut tx = app.read().await?;
        let experiment = store::seen(&mut tx, experiment.id, member.id).await?.ok_or(Error::NotFound)?;
        let gaps = if let Refusal::Incomplete(gaps) = &refusal { gaps.as_slice() } else { &[] };
        if gaps.iter().any(|gap| plan_form::LABELS.iter().any(|(field, _)| *field == gap.field)) {
            form = plan_form::filled(&experiment.plan, app.world.id(), experiment.version);
        }
        for gap in gaps {
            form.refuse(gap.field, gap.message);
        }
        let about_plan = name == "edit" || plan_form::LABELS.iter().any(|(field, _)| form.error(field).is_some());
        if about_plan && matches!(refusal, Refusal::Moved | Refusal::Incomplete(_)) {
            return plan_again(&mut tx, &frame, &experiment, form, &refusal).await;
        }
        let mut page = show::page(app, &mut tx, &frame, &member, experiment).await?;
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

/// The form of the plan again, with what is stored now when somebody else was first.
async fn plan_again(
    tx: &mut Tx,
    frame: &Frame,
    experiment: &Experiment,
    mut form: Form,
    refusal: &Refusal,
) -> Result<Response> {
    form.set(VERSION, experiment.version.to_string());
    let mut page = edit_page(tx, frame, experiment, form).await?;
    if *refusal == Refusal::Moved {
        let stored = plan_form::values(&experiment.plan);
        let named =
            |(field, _): &(&str, &str)| stored.iter().find(|(name, _)| name == field).map(|(_, value)| value.clone());
        let now = plan_form::LABELS.iter().filter(|(field, _)| *field != "measure_id");
        page.now = now.map(|label| (label.1, named(label).unwrap_or_default())).collect();
    }
    html_with(status(refusal), &page)
}

/// What somebody wrote into a form that is not there any more.
pub fn written(form: &Form) -> Vec<String> {
    const NOT_WRITTEN: [&str; 10] =
        [KEY, VERSION, "idea", "week", "as_planned", "answer", "decision", "measure_id", "owner", "mark"];
    let texts = form.values().iter().filter(|(name, value)| !NOT_WRITTEN.contains(&name.as_str()) && value != "yes");
    texts.map(|(_, value)| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

fn address(id: ExperimentId) -> String {
    format!("/experiments/{id}")
}

/// The status of a refusal.
pub fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NotYours(_) => StatusCode::FORBIDDEN,
        Refusal::NotNow(_) | Refusal::Moved => StatusCode::CONFLICT,
        Refusal::Incomplete(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
