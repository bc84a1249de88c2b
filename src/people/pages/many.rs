//! Adding many people at once: their names and addresses are pasted, looked at, and each gets a link.

use super::anew::{self, Confirmed};
use super::links;
use crate::error::Result;
use crate::ids::TeamId;
use crate::lengths;
use crate::letters::put_up;
use crate::people::Team;
use crate::people::roster::{self, Entry, MOST, Named};
use crate::people::store;
use crate::people::store::many::{add_reps, invited_with, known};
use crate::web::{Admin, App, Form, Frame, Layout, NewKey, Response, State, Template, html, html_refused};
use axum::http::HeaderMap;
use std::collections::{HashMap, HashSet};

/// The page with what was pasted, and what becomes of each line.
#[derive(Template)]
#[template(path = "people/many.html")]
pub struct ManyPage {
    pub page: Layout,
    pub form: Form,
    pub teams: Vec<(String, String)>,
    /// What becomes of each line; empty before anything was pasted.
    pub lines: Vec<Line>,
    /// How many are added by the button.
    pub new: usize,
    /// Whether the admin writes their password once more.
    pub asks_password: bool,
}

/// One line of what was pasted.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// The name, or the line as it was pasted where none can be read in it.
    pub name: String,
    pub email: String,
    pub fate: Fate,
}

/// What becomes of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Fate {
    Added,
    /// Left out, and why.
    LeftOut(String),
    /// It can't be read, and why.
    Unclear(&'static str),
}

/// What becomes of each entry, and whom that adds.
fn fates(entries: Vec<Entry>, here: &HashMap<String, String>) -> (Vec<Line>, Vec<Named>) {
    let mut new: Vec<Named> = Vec::new();
    let mut seen = HashSet::new();
    let lines = entries.into_iter().map(|entry| match entry.read {
        Err(fault) => Line { name: entry.line, email: String::new(), fate: Fate::Unclear(fault) },
        Ok(named) => {
            let fate = match here.get(&named.key()) {
                Some(name) => Fate::LeftOut(format!("is here already, as {name}")),
                None if !seen.insert(named.key()) => Fate::LeftOut("stands above already".into()),
                None => Fate::Added,
            };
            if fate == Fate::Added {
                new.push(named.clone());
            }
            Line { name: named.name, email: named.email, fate }
        }
    });
    (lines.collect(), new)
}

fn page(frame: &Frame, teams: &[Team], form: Form, asks_password: bool) -> ManyPage {
    let first = (String::new(), String::from("Choose a team"));
    let listed = teams.iter().map(|team| (team.id.to_string(), team.name.clone()));
    // Where there is one team, nobody has to choose it.
    let teams = if teams.len() == 1 { listed.collect() } else { std::iter::once(first).chain(listed).collect() };
    ManyPage { page: frame.layout("Add many people", "people"), form, teams, lines: Vec::new(), new: 0, asks_password }
}

/// `GET /people/many`
pub async fn new(
    State(app): State<App>,
    admin: Admin,
    headers: HeaderMap,
    frame: Frame,
    NewKey(key): NewKey,
) -> Result<Response> {
    let asks = anew::is_due(&app, &headers, admin.id).await?;
    let teams = app.read().await?.ask(store::all_teams()).await?;
    html(&page(&frame, &teams, Form::fresh(key), asks))
}

/// `POST /people/many`
pub async fn create(
    State(app): State<App>,
    admin: Admin,
    headers: HeaderMap,
    frame: Frame,
    mut form: Form,
) -> Result<Response> {
    let key: uuid::Uuid = form.key()?;
    let secret = app.seal.sign(&format!("links of {key}"));
    let looks = form.value("do") == "look";
    let pasted = form.needed("people", lengths::PASTED, "Paste at least one name with an e-mail address.");
    let entries = if form.is_good() { roster::read(&pasted) } else { Vec::new() };
    let team: Option<TeamId> = form.choice("team");
    let confirmed = if looks { None } else { Some(Confirmed::by(&app, &headers, admin.id, &mut form).await?) };
    let keys: Vec<String> = entries.iter().filter_map(|entry| entry.read.as_ref().ok()).map(Named::key).collect();
    let mut tx = if looks { app.read().await? } else { app.write().await? };
    let (teams, here) = tx.ask((store::all_teams(), known(&keys))).await?;
    let (lines, new) = fates(entries, &here.into_iter().collect());
    let team = team.filter(|team| teams.iter().any(|known| known.id == *team));
    if !looks {
        if new.is_empty() && form.is_good() && !invited_with(&mut tx, &secret).await?.is_empty() {
            return Ok(links::shown(&app, &secret, new.len()));
        }
        refuse(&mut form, &lines, team);
    }
    let good = team.zip(confirmed).filter(|_| form.is_good());
    let Some((team, confirmed)) = good else {
        drop(tx);
        let asks = anew::is_due(&app, &headers, admin.id).await?;
        let page = page(&frame, &teams, form, asks);
        let page = ManyPage { lines, new: new.len(), ..page };
        return if page.form.is_good() { html(&page) } else { html_refused(&page) };
    };
    add_reps(&mut tx, &new, team, &secret).await?;
    put_up::follow_the_head(&mut tx).await?;
    let token = confirmed.sign_in(&mut tx).await?;
    tx.commit().await?;
    Ok(confirmed.answer(token, links::shown(&app, &secret, new.len())))
}

/// Say what stands in the way of adding them.
fn refuse(form: &mut Form, lines: &[Line], team: Option<TeamId>) {
    if team.is_none() {
        form.refuse("team", "Choose the team they are in.");
    }
    let unclear = lines.iter().filter(|line| matches!(line.fate, Fate::Unclear(_))).count();
    let new = lines.iter().filter(|line| line.fate == Fate::Added).count();
    if unclear == 1 {
        form.refuse(
            "people",
            "One line can't be read. It is marked below: mend it or take it out. Nobody is added yet.",
        );
    } else if unclear > 1 {
        let words = format!(
            "{unclear} lines can't be read. They are marked below: mend them or take them out. Nobody is added yet."
        );
        form.refuse("people", words);
    } else if new > MOST {
        form.refuse("people", format!("These are {new} people. Add at most {MOST} at once. Your text is kept."));
    } else if new == 0 {
        form.refuse("people", "Everybody in it is here already, so nobody is added.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_here_or_stands_twice_is_left_out() {
        let here = HashMap::from([(String::from("tom@a.example"), String::from("Tomas"))]);
        let (lines, new) = fates(roster::read("Eva, eva@a.example\nTom, TOM@a.example\nE, Eva@a.example\nAda"), &here);
        let told: Vec<&Fate> = lines.iter().map(|line| &line.fate).collect();
        assert_eq!(told[0], &Fate::Added);
        assert_eq!(told[1], &Fate::LeftOut("is here already, as Tomas".into()));
        assert_eq!(told[2], &Fate::LeftOut("stands above already".into()));
        assert!(matches!(told[3], Fate::Unclear(_)));
        assert_eq!(new.len(), 1);
    }
}
