//! What is done with ideas.
//!
//! Two authors of the example have no name in it at all. Nothing is kept for them, so they can't act as somebody whom the
//! coach knows: the placeholder throws for them, and says for them what only an author can say.

use super::Replay;
use crate::balls::{self, Subject, Throw};
use crate::conversation;
use crate::db::Tx;
use crate::demo::company::UNNAMED;
use crate::demo::script::{OnIdea, Step};
use crate::drafts;
use crate::ideas::followed::follow;
use crate::ideas::followers;
use crate::ideas::store::people::{PeopleAround, around};
use crate::ideas::throw::throw_as;
use crate::ideas::transition::{Details, Transition};
use crate::ideas::{self, Anonymity, Idea, Named, NewIdea, Part, Thrower, Verb, protection, verbs};
use crate::ids::{IdeaId, PromiseId, TeamId};
use crate::moves::{Move, Moved};
use crate::people;
use crate::people::Person;
use crate::promises;
use crate::responses::answer::{self, Answer};
use anyhow::{Context, ensure};
use chrono::NaiveDate;

impl Replay {
    pub(super) async fn idea(&mut self, tx: &mut Tx, step: Step, what: OnIdea) -> anyhow::Result<()> {
        let Some(what) = self.begin(tx, &step, what).await? else { return Ok(()) };
        let person = &self.company.person(&step.by)?.clone();
        let this = Move::of(tx.new_id(), person, &step.words);
        let idea = &self.find_idea(tx, &step.on).await?;
        let done = match what {
            OnIdea::Act(name) => {
                let verb = Verb::named(&name).with_context(|| format!("{name} is nothing to do with an idea"))?;
                match step.by.as_str() {
                    UNNAMED => unnamed(tx, idea, this, verb).await,
                    _ => verbs::act(tx, idea, this, verb).await,
                }
            }
            OnIdea::Go => answer::give(tx, idea, this, &Answer::Go { doer: None }).await,
            OnIdea::GoBy(who) => verbs::go(tx, idea, this, Some(self.company.id(&who)?)).await,
            OnIdea::Try => answer::give(tx, idea, this, &Answer::Try { doer: None }).await,
            OnIdea::Decline => answer::give(tx, idea, this, &Answer::Decline).await,
            OnIdea::Park(until) => answer::give(tx, idea, this, &Answer::Park { until }).await,
            OnIdea::PassUp(who) => verbs::pass_up(tx, idea, this, self.company.id(&who)?).await,
            OnIdea::Help(name, what, by) => return self.help(tx, idea, this, name, (&step.by, &what, by)).await,
            OnIdea::HelpOf(who, name, what, by) => return self.help(tx, idea, this, name, (&who, &what, by)).await,
            OnIdea::Merge(other) => verbs::merge(tx, idea, this, IdeaId(self.thing(&other)?)).await,
            OnIdea::Plan(by) => verbs::plan(tx, idea, this, by).await,
            OnIdea::Take => verbs::take(tx, idea, this).await,
            OnIdea::Withdraw => crate::experiments::verbs::withdraw_idea(tx, idea, this).await,
            OnIdea::ThrowBack => verbs::throw_back(tx, idea, this).await,
            OnIdea::ShowName => show_name(tx, idea, this).await,
            OnIdea::Hurts => return hurts(tx, idea, person).await,
            _ => say(tx, idea, this).await,
        };
        Ok(done?)
    }

    /// What begins with nothing: a throw or a draft. What is done with an idea that is there comes back.
    async fn begin(&mut self, tx: &mut Tx, step: &Step, what: OnIdea) -> anyhow::Result<Option<OnIdea>> {
        let id = match what {
            OnIdea::Throw(new) => self.throw(tx, &step.by, &new).await?,
            OnIdea::TakeUp(problem, new) => {
                let new = NewIdea { problem: Some(IdeaId(self.thing(&problem)?)), ..new };
                self.throw(tx, &step.by, &new).await?
            }
            OnIdea::ThrowUnnamed(team, to, new) => {
                let (team, author, to) = (self.company.team(&team)?, self.company.id(&step.by)?, self.company.id(&to)?);
                let (id, key) = (tx.new_id(), tx.new_id());
                let new = NewIdea { anonymity: Anonymity::Kept, ..new };
                let company = tx.ask(people::company::Company::at(tx.now())).await?;
                throw_as(tx, &company, id, Thrower { team, author, to }, key, &new).await?;
                id
            }
            OnIdea::Draft => {
                let fields = vec![(String::from("hurt"), step.words.clone())];
                let fields = drafts::written(&fields).context("the draft is too long")?;
                let kept =
                    drafts::store::Kept { address: "/ideas/new".into(), fields, before: String::new(), key: None };
                drafts::store::save(tx, self.company.id(&step.by)?, drafts::THROW, kept).await?;
                return Ok(None);
            }
            other => return Ok(Some(other)),
        };
        self.things.insert(step.on.clone(), id.0);
        Ok(None)
    }

    async fn throw(&self, tx: &mut Tx, by: &str, new: &NewIdea) -> anyhow::Result<IdeaId> {
        let key = tx.new_id();
        let idea = verbs::throw_idea(tx, self.company.person(by)?, key, new).await?;
        Ok(idea.id)
    }

    /// "I'll help", with the promise: of the one who answers, or of somebody whom they asked and who said yes.
    async fn help(
        &mut self,
        tx: &mut Tx,
        idea: &Idea,
        this: Move<'_>,
        name: String,
        (who, what, by): (&str, &str, NaiveDate),
    ) -> anyhow::Result<()> {
        let promiser = self.company.person(who)?;
        let given = promised(tx, idea, this, (promiser, what, by)).await?;
        self.things.insert(name, given.0);
        Ok(())
    }

    pub(super) async fn find_idea(&self, tx: &mut Tx, name: &str) -> anyhow::Result<Idea> {
        Ok(ideas::store::idea(tx, IdeaId(self.thing(name)?)).await?)
    }
}

async fn promised(
    tx: &mut Tx,
    idea: &Idea,
    this: Move<'_>,
    (promiser, what, by): (&Person, &str, NaiveDate),
) -> Moved<PromiseId> {
    let due_at = team_of(tx, idea.team_id).await?.calendar.closing(by);
    verbs::help(tx, idea, this, due_at).await?;
    let promise = promises::verbs::give(tx, idea, Move::of(tx.new_id(), promiser, ""), what, by).await?;
    if Some(promiser.id) != this.person_id() {
        let with = Details { chosen: Some(promiser.id), given: Some(due_at), ..Details::default() };
        follow(tx, idea.id, Verb::Carry, (Some(promiser.id), ""), with).await?;
    }
    Ok(promise)
}

async fn team_of(tx: &mut Tx, team: TeamId) -> sqlx::Result<people::Team> {
    tx.ask(people::store::team(team)).await?.ok_or(sqlx::Error::RowNotFound)
}

/// What only an author can do, by one who has no name.
async fn unnamed(tx: &mut Tx, idea: &Idea, this: Move<'_>, verb: Verb) -> Moved {
    let by = this.person_id().filter(|by| *by == idea.author_id);
    Transition::by_itself(tx, idea, (verb, Part::Author), by, this.words).await?.end(tx, Details::default()).await
}

/// As when the author clicks it on the page of the idea.
async fn show_name(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    if let Some(author) = this.person_id() {
        protection::show_name(tx, idea.id, author).await?;
    }
    let hold = balls::store::hold_of(tx, Subject::Idea, idea.id.0).await?;
    let throw = Throw {
        key: this.key,
        subject: Subject::Idea,
        id: idea.id.0,
        team: idea.team_id,
        verb: "show_name",
        by: this.person_id(),
        words: this.words,
        state: idea.state.name(),
        hold,
    };
    balls::store::throw(tx, &throw).await?;
    Ok(())
}

async fn hurts(tx: &mut Tx, idea: &Idea, person: &Person) -> anyhow::Result<()> {
    ensure!(!protection::is_author(tx, idea, person.id).await?, "it is the author whom it hurts");
    ensure!(conversation::verbs::can_hurt(idea), "the idea has come to its end");
    ensure!(!conversation::store::reactions::is_hurt(tx, idea.id, person.id).await?, "somebody is hurt twice");
    Ok(conversation::store::reactions::set_hurt(tx, idea.id, person.id, true).await?)
}

async fn say(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    let PeopleAround { hears, reader_is_kept, .. } = tx.ask(around(idea.id, this.person_id(), true)).await?;
    let face = match this.person().filter(|_| !reader_is_kept) {
        Some(person) => Named { id: person.id, name: person.name.clone() },
        None => Named { id: idea.author_id, name: idea.author.clone() },
    };
    let key = tx.new_id();
    conversation::store::add(tx, key, idea.id, face.id, this.words).await?;
    followers::begin(tx, idea.id, face.id).await?;
    conversation::notify::of_comment(tx, idea, &hears, &face, &[]).await?;
    Ok(())
}
