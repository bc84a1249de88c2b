//! The pages of measures: one file an address and named by it, what is shown and what is sent together.
//!
//! [`show`] is the page of one measure; [`panel`], [`entry`], [`figure`], [`annotations`] and [`facts`] are its parts and
//! [`forms`] holds what can be sent from it. [`record`] tells the frame of moves where a form comes back.

/// A measure that is open for a move.
type Opened = crate::moves::Opened<super::definition::Measure>;

/// One line a move that needs nothing but words, and perhaps one value: its handler; its form, which is the noun of its
/// address; its verb; what to write where words are needed ("" where none are); what is said when it is done; how the
/// value is read; and what does it.
macro_rules! short_moves {
    ($(
        $handler:ident $form:literal $verb:ident, $ask:literal, $said:literal
        $(, $value:ident by $read:expr)? => $run:path;
    )*) => {$(
        #[doc = concat!("`POST /measures/{id}/", $form, "`")]
        pub async fn $handler(
            mut sent: crate::moves::Submission<crate::measures::definition::Measure>,
        ) -> crate::moves::Handled {
            let words = sent.words($ask, crate::lengths::REMARK);
            let verb = super::admission::Admission::Verb(crate::measures::machine::Verb::$verb);
            let at = sent.named($form).open(verb).await?;
            $(let (at, $value) = at.reads($read).await?;)?
            let mut at = at;
            let this = crate::moves::Move::of(at.key, &at.actor, &words);
            let done = $run(&mut at.tx, &at.record, this $(, $value)?).await;
            at.close(done, $said).await
        }
    )*};
}

mod admission;
pub mod agreement;
pub mod annotations;
pub mod beside;
pub mod definition;
mod definition_form;
pub mod entry;
pub mod exclusions;
pub mod explanation;
pub mod facts;
pub mod figure;
pub mod forms;
pub mod index;
pub mod library;
pub mod life;
pub mod limits;
pub mod notes;
pub mod panel;
pub mod proposals;
mod record;
pub mod redefinition;
pub mod show;
pub mod slips;
pub mod values;
pub mod values_import;
pub mod way;
