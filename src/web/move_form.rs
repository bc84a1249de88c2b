//! Several forms on one page, each for one move on the record that the page shows.

use crate::web::form::{Form, KEY, VERSION};
use crate::world::World;

/// The hidden field with the page to which a sent form leads back; empty for the page of the record.
pub const LEADS_BACK_TO: &str = "back";

/// One form of a page that holds several.
#[derive(Clone, Debug, Default)]
pub struct MoveForm {
    /// The form, with its own key and the version of the record.
    pub form: Form,
    /// What keeps its ids apart from those of other forms.
    pub place: String,
    /// Whether it is open because it came back.
    pub open: bool,
}

/// A form that was sent and comes back refused.
#[derive(Clone, Debug)]
pub struct ReturnedForm {
    /// The name of the move that it was for.
    pub name: &'static str,
    pub form: Form,
}

/// The forms of the moves that are possible now for one reader, by the names of their moves.
#[derive(Clone, Debug, Default)]
pub struct PossibleForms(pub Vec<(&'static str, MoveForm)>);

impl PossibleForms {
    /// The form of this move; none when it is not possible.
    pub fn get(&self, name: &str) -> Option<&MoveForm> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, form)| form)
    }

    /// Whether a form of this name stands there open, because it came back.
    pub fn is_open(&self, name: &str) -> bool {
        self.get(name).is_some_and(|form| form.open)
    }
}

/// Makes the forms of one record.
pub struct MoveForms<'a> {
    /// Where the keys come from.
    pub world: &'a World,
    /// What keeps the ids apart from those of another record on the page.
    pub place: String,
    pub version: i64,
    /// The form that came back, if one did.
    pub returned: Option<&'a ReturnedForm>,
}

impl MoveForms<'_> {
    /// The form for the move of this name: as it came back, or fresh.
    pub fn form(&self, name: &'static str) -> MoveForm {
        let place = format!("{}{name}-", self.place);
        let returned = self.returned.filter(|returned| returned.name == name);
        let mut form = returned
            .map_or_else(|| Form::filled([(KEY, self.world.id().to_string())]), |returned| returned.form.clone());
        form.set(VERSION, self.version.to_string());
        MoveForm { form, place, open: returned.is_some() }
    }

    /// The forms of those of the moves that are possible.
    pub fn possible<const N: usize>(&self, moves: [(&'static str, bool); N]) -> PossibleForms {
        let possible = moves.into_iter().filter(|(_, possible)| *possible);
        PossibleForms(possible.map(|(name, _)| (name, self.form(name))).collect())
    }
}
