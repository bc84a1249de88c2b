//! What stands below an idea: who is hurt too, who would like to join, the conversation. One struct for its page.

use super::pictures::PictureView;
use super::store::people::{self, People, Rows};
use super::store::{self, pictures};
use super::{Comment, markdown, verbs};
use crate::balls::by_day;
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

/// The part of the page of an idea on which people act together; write `{{ conversation|safe }}`.
#[derive(Template)]
#[template(path = "conversation/part.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is one button of the page")]
pub struct ConversationPart {
    pub idea: IdeaId,
    pub people: People,
    /// "It hurts 3 more people."; empty for none.
    pub hurts: String,
    /// Whether the reader may say that it hurts them too.
    pub can_hurt: bool,
    /// Whether the reader may offer to join.
    pub can_join: bool,
    /// Whether they did.
    pub joined: bool,
    /// Whether the reader can take up again what they took back.
    pub can_take_up: bool,
    pub form: Form,
    /// As whom the reader writes: "A colleague"; empty for their own name.
    pub face: String,
}

/// What was said about an idea and shown with it, for the line of its time.
pub struct Talk {
    /// The newest comments, oldest first.
    pub comments: Vec<CommentView>,
    /// The oldest that is shown; none when all are shown.
    pub older: Option<CommentId>,
    /// The pictures of the throw.
    pub pictures: Vec<PictureView>,
}

/// A comment as the reader sees it.
pub struct CommentView {
    pub comment: Comment,
    pub when: Moment,
    pub pictures: Vec<PictureView>,
    /// The form to change it, while the reader may.
    pub change: Option<Form>,
    /// Whether the form is open because it came back.
    pub open: bool,
    /// Whether the reader wrote it.
    pub own: bool,
    /// Whether the reader may undo taking it back.
    pub returnable: bool,
}

impl CommentView {
    /// What was written, as safe HTML; made when the page is drawn.
    pub fn html(&self) -> String {
        markdown::render(&self.comment.words)
    }

    /// A comment as this reader sees it, with those of these pictures that belong to it.
    pub fn of(
        comment: Comment,
        pictures: &[PictureView],
        own: bool,
        back: Option<&Form>,
        (calendar, now): (&Calendar, DateTime<Utc>),
    ) -> Self {
        let came_back = back.filter(|form| own && form.value(WHICH) == comment.id.to_string());
        let change = (own && comment.is_changeable(now))
            .then(|| came_back.cloned().unwrap_or_else(|| Form::filled([("words", comment.words.clone())])));
        let pictures = pictures.iter().filter(|picture| picture.comment_id == Some(comment.id));
        Self {
            when: by_day::moment(Some(comment.writer_id), comment.at, calendar, now),
            pictures: pictures.cloned().collect(),
            change,
            open: came_back.is_some(),
            own,
            returnable: own && comment.is_returnable(now),
            comment,
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
    let asked =
        (store::of_idea(idea, None, store::SHOWN + 1), pictures::of_idea(idea, None), people::around(idea, reader));
    asked.joined().map(|(comments, pictures, people)| Below { comments, pictures, people })
}

impl ConversationPart {
    /// What was said, and what stands below the idea for this reader. `back` is the form that came back, if one did; `key` that of a new one.
    pub fn of(
        idea: &Idea,
        (reader, is_author): (&Person, bool),
        below: Below,
        back: Option<&Form>,
        (key, now): (Uuid, DateTime<Utc>),
    ) -> (Talk, Self) {
        let (calendar, people) = (&idea.calendar(), below.people.of(idea, reader.id, is_author));
        let (mut comments, pictures) = (below.comments, below.pictures);
        let face = if is_author { idea.author_id } else { reader.id };
        let has_older = store::leave_older(&mut comments);
        let older = comments.first().filter(|_| has_older).map(|first| first.id);
        let comments = comments.into_iter().map(|comment| {
            let own = comment.is_by(face);
            CommentView::of(comment, &pictures, own, back, (calendar, now))
        });
        let comments = comments.collect();
        let pictures = pictures.into_iter().filter(|picture| picture.comment_id.is_none()).collect();
        let talk = Talk { comments, older, pictures };
        let form = match back.filter(|form| form.value(WHICH).is_empty()) {
            Some(form) => form.clone(),
            None => Form::fresh(key),
        };
        let part = Self {
            idea: idea.id,
            hurts: hurts(idea.hurts),
            can_hurt: !is_author && verbs::can_hurt(idea),
            can_join: !is_author && idea.state.is_open(),
            joined: people.volunteers.iter().any(|volunteer| volunteer.id == reader.id),
            can_take_up: is_author && idea.state.name() == "withdrawn",
            form,
            face: if face == reader.id { String::new() } else { idea.author.clone() },
            people,
        };
        (talk, part)
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
