//! What became of ideas, in words: who answered, what was promised, what was learned, which way came of it.

use crate::db::given::{self, given_ids};
use crate::db::{self, Ask, Sql};
use crate::ideas::State;
use crate::ids::IdeaId;
use crate::{promises, standards};
use std::collections::HashMap;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct OutcomeRow {
    kind: String,
    idea_id: Uuid,
    state: String,
    words: String,
}

macro_rules! outcomes {
    ($engine:ident) => {
        concat!(
            "WITH asked AS ", given_ids!($engine, "$1"), "
             SELECT 'answer' AS kind, throw.subject_id AS idea_id, throw.verb AS state, COALESCE(person.name, '') AS words,
                    throw.number AS place
             FROM asked JOIN throw ON throw.subject = 'idea' AND throw.subject_id = asked.id
             LEFT JOIN person ON person.id = throw.by_id
             WHERE throw.verb IN ('go', 'try', 'help', 'pass_up', 'park', 'decline')
             UNION ALL
             SELECT 'promise', promise.idea_id, promise.state, promise.what, 10000
             FROM asked JOIN promise ON promise.idea_id = asked.id
             UNION ALL
             SELECT 'lesson', experiment.idea_id, experiment.state, experiment.learned, 20000
             FROM asked JOIN experiment ON experiment.idea_id = asked.id WHERE experiment.learned <> ''
             UNION ALL
             SELECT 'standard', standard.idea_id, standard.state, standard.name, 30000
             FROM asked JOIN standard ON standard.idea_id = asked.id
             ORDER BY idea_id, place, words"
        )
    };
}

const OUTCOMES: Sql = Sql::either(outcomes!(sqlite), outcomes!(postgres));

/// What became of each of these ideas, in sentences.
pub fn of(ideas: Vec<(IdeaId, State)>) -> Ask<HashMap<IdeaId, Vec<String>>> {
    let ids = given::ids(ideas.iter().map(|(id, _)| id.0));
    db::query_as::<OutcomeRow>(OUTCOMES).bind(ids).all().map(|rows| {
        let told = ideas.into_iter().map(|(id, state)| {
            let mine: Vec<&OutcomeRow> = rows.iter().filter(|row| row.idea_id == id.0).collect();
            let answer = mine.iter().rfind(|row| row.kind == "answer");
            let rest = mine.iter().filter(|row| row.kind != "answer");
            let sentences = answer.into_iter().chain(rest).map(|row| told(row));
            (id, sentences.chain(end(state).map(str::to_owned)).collect())
        });
        told.collect()
    })
}

fn told(row: &OutcomeRow) -> String {
    let words = &row.words;
    match row.kind.as_str() {
        "answer" => format!("Answered by {words}: {}.", answer(&row.state)),
        "promise" => {
            let state = promises::State::named(&row.state);
            format!("Promise, {}: {words}", state.map_or("given", promises::State::words))
        }
        "lesson" => format!("Learned: {words}"),
        _ => {
            let state = standards::State::named(&row.state);
            format!("Our way, {}: {words}", state.map_or("written", standards::State::words))
        }
    }
}

fn answer(verb: &str) -> &'static str {
    match verb {
        "go" => "yes, do it",
        "try" => "yes, let\u{2019}s try it",
        "help" => "I will help",
        "pass_up" => "I take it further",
        "park" => "not now",
        _ => "no",
    }
}

fn end(state: State) -> Option<&'static str> {
    match state {
        State::Done => Some("It is done."),
        State::ClosedDeclined => Some("Closed with a no. The problem stays open for other ideas."),
        State::Withdrawn => Some("You took it back."),
        _ => None,
    }
}
