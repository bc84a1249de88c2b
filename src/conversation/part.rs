//! What stands below an idea: who is hurt too, who would like to join, the conversation. One struct for its page.

use super::pictures::PictureView;
use super::store::people::{self, Rows};
use super::store::{self, pictures};
use super::{Comment, markdown, verbs};
use crate::calendar::{Calendar, Moment};
use crate::db::{Ask, Questions};
use crate::ideas::Idea;
use crate::ids::{CommentId, IdeaId, PersonId};
use crate::people::Person;
use crate::web::Form;
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The field that says which comment a form that came back was about.
pub const WHICH: &str = "comment";

/// The part of the page of an idea on which people act conversation; write `{{ conversation|safe }}`.
#[derive(Template)]
#[template(path = "conversation/part.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is one button of the page")]
pub struct ConversationPart {
    pub address: String,
    pub idea: String,
    /// "It hurts 3 more people."; empty for none.
    pub hurts: String,
    /// Whether the reader may say that it hurts them too.
    pub can_hurt: bool,
    /// Whether they said so.
    pub hurts_me: bool,
    /// Who would like to join: "Priya Nair, Ben Cole"; empty for nobody.
    pub volunteers: String,
    /// Whether the reader may offer to join.
    pub can_join: bool,
    /// Whether they did.
    pub joined: bool,
    /// Whether they follow it.
    pub follows: bool,
    /// Where a taken back idea can be taken up again; empty when that is not possible for the reader.
    pub take_up: String,
    pub pictures: Vec<PictureView>,
    /// The conversation, oldest first.
    pub comments: Vec<CommentView>,
    /// The address of older comments; empty when all are shown.
    pub older: String,
    pub form: Form,
    /// As whom the reader writes: "A colleague"; empty for their own name.
    pub face: String,
    pub names: Vec<String>,
}

/// A comment as the reader sees it.
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that the page shows or not")]
pub struct CommentView {
    pub id: CommentId,
    pub who: String,
    /// When.
    pub when: Moment,
    /// Whether its words were changed.
    pub changed: bool,
    /// Whether it was taken back.
    pub gone: bool,
    /// What was written, as safe HTML.
    pub html: String,
    pub pictures: Vec<PictureView>,
    /// The form to change it, while the reader may.
    pub change: Option<Form>,
    /// Whether the form is open because it came back.
    pub open: bool,
    pub place: String,
    /// Whether the reader may take it back.
    pub removable: bool,
    /// Whether the reader may undo taking it back.
    pub returnable: bool,
}

impl CommentView {
    /// A comment as this reader sees it.
    pub fn of(
        comment: Comment,
        pictures: Vec<PictureView>,
        own: bool,
        back: Option<&Form>,
        (calendar, now): (&Calendar, DateTime<Utc>),
    ) -> Self {
        let came_back = back.filter(|form| own && form.value(WHICH) == comment.id.to_string());
        let change = (own && comment.is_changeable(now))
            .then(|| came_back.cloned().unwrap_or_else(|| Form::filled([("words", comment.words.clone())])));
        Self {
            id: comment.id,
            when: calendar.due(comment.at, now),
            changed: comment.changed,
            gone: comment.taken_back_at.is_some(),
            html: markdown::render(&comment.words),
            pictures,
            change,
            open: came_back.is_some(),
            place: format!("comment-{}-", comment.id),
            removable: own && comment.taken_back_at.is_none(),
            returnable: own && comment.is_returnable(now),
            who: comment.writer,
        }
    }
}

/// What stands below an idea, as it was read.
pub struct Below {
    /// The newest, and one more than is shown.
    comments: Vec<Comment>,
    pictures: Vec<PictureView>,
    people: Rows,
}

/// What stands below this idea for this reader, as a question.
pub fn below(idea: IdeaId, reader: PersonId) -> Ask<Below> {
    let asked = (store::of_idea(idea, None, store::SHOWN + 1), pictures::of_idea(idea), people::around(idea, reader));
    asked.joined().map(|(comments, pictures, people)| Below { comments, pictures, people })
}

impl ConversationPart {
    /// What stands below the idea for this reader. `back` is the form that came back, if one did; `key` that of a new one.
    pub fn of(
        idea: &Idea,
        reader: &Person,
        below: Below,
        back: Option<&Form>,
        (key, now): (Uuid, DateTime<Utc>),
    ) -> Self {
        let (calendar, people) = (&idea.calendar(), below.people.of(idea, reader.id));
        let (mut comments, pictures) = (below.comments, below.pictures);
        let is_author = people.reader_is_author;
        let face = if is_author { idea.author_id } else { reader.id };
        let has_older = comments.len() > store::SHOWN;
        comments.drain(..usize::from(has_older));
        let first = comments.first().filter(|_| has_older);
        let older = first.map(|first| format!("/ideas/{}/comments?before={}", idea.id, first.id)).unwrap_or_default();
        let told = comments.into_iter().map(|comment| {
            let own = comment.is_by(face);
            let pictures = pictures.iter().filter(|picture| picture.comment_id == Some(comment.id)).cloned().collect();
            CommentView::of(comment, pictures, own, back, (calendar, now))
        });
        let comments = told.collect();
        let form = match back.filter(|form| form.value(WHICH).is_empty()) {
            Some(form) => form.clone(),
            None => Form::fresh(key),
        };
        let withdrawn = is_author && idea.state.name() == "withdrawn";
        Self {
            address: format!("/ideas/{}", idea.id),
            idea: idea.id.to_string(),
            hurts: hurts(idea.hurts),
            can_hurt: !is_author && verbs::can_hurt(idea),
            hurts_me: people.hurts_reader,
            can_join: !is_author && idea.state.is_open(),
            joined: people.volunteers.iter().any(|volunteer| volunteer.id == reader.id),
            volunteers: people.volunteers.into_iter().map(|volunteer| volunteer.name).collect::<Vec<_>>().join(", "),
            follows: people.reader_follows,
            take_up: if withdrawn { format!("/ideas/new?from={}", idea.id) } else { String::new() },
            pictures: pictures.into_iter().filter(|picture| picture.comment_id.is_none()).collect(),
            comments,
            older,
            form,
            face: if face == reader.id { String::new() } else { idea.author.clone() },
            names: people.visible,
        }
    }
}

fn hurts(number: i64) -> String {
    match number {
        0 => String::new(),
        1 => String::from("It hurts 1 more person."),
        more => format!("It hurts {more} more people."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_many_it_hurts_is_a_number_in_words() {
        let words = [0, 1, 3].map(hurts);
        assert_eq!(words, ["", "It hurts 1 more person.", "It hurts 3 more people."]);
    }
}
