//! What an author writes: the answers to the six questions of a throw.

use crate::db::Statement;
use crate::lengths::IDEA;
use crate::text;
use crate::web::Form;

/// The six texts of an idea.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow, serde::Deserialize)]
#[serde(default)]
pub struct IdeaText {
    /// Where does it hurt? The one that must be there.
    pub hurt: String,
    /// Why the author thinks it is like that.
    pub why: String,
    pub better: String,
    /// What would have to change, and from whom something is needed.
    pub needed_change: String,
    pub small_try: String,
    pub benefit: String,
}

impl IdeaText {
    /// Each text with the name of its field, in the order of the form and of the columns.
    pub fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("hurt", &self.hurt),
            ("why", &self.why),
            ("better", &self.better),
            ("needed_change", &self.needed_change),
            ("small_try", &self.small_try),
            ("benefit", &self.benefit),
        ]
    }

    /// The texts that were written, each with what it says; the first one is left out.
    pub fn more(
        &self,
        [why, better, needed_change, small_try, benefit]: [&'static str; 5],
    ) -> Vec<(&'static str, String)> {
        let labels = [why, better, needed_change, small_try, benefit];
        let written = labels.into_iter().zip(self.fields().into_iter().skip(1));
        written.filter(|(_, (_, text))| !text.is_empty()).map(|(label, (_, text))| (label, text.to_owned())).collect()
    }

    /// The texts as a form has them, with a message where there is no hurt, and at the longest when all are too much.
    pub fn read(form: &mut Form) -> Self {
        let hurt = form.needed("hurt", IDEA, "Write where it hurts. One line is enough.");
        let mut text = |name| form.text(name, IDEA);
        let read = Self {
            hurt,
            why: text("why"),
            better: text("better"),
            needed_change: text("needed_change"),
            small_try: text("small_try"),
            benefit: text("benefit"),
        };
        let longest = read.fields().into_iter().max_by_key(|(_, text)| text.len()).map_or("hurt", |(name, _)| name);
        if let Some(why) = IDEA.refuses(&read.fields().map(|(_, text)| text)) {
            form.refuse(longest, why);
        }
        read
    }

    /// A statement with the six texts as its next values.
    pub fn bind<T>(&self, statement: Statement<T>) -> Statement<T> {
        self.fields().into_iter().fold(statement, |statement, (_, text)| statement.bind(text.to_owned()))
    }

    /// The author's first sentence, at most some 140 characters of it.
    pub fn headline(&self) -> String {
        text::headline(&self.hurt).0
    }

    /// All of it as one text.
    pub fn whole(&self) -> String {
        let texts = self.fields().map(|(_, text)| text);
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }
}
