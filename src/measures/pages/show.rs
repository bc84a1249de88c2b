//! The page of one measure.
//!
//! Its finding and its ball, the chart with its three voices, what is asked of the reader, this period's number, notes,
//! what is being tried, the definition, the limits and the history.

use super::annotations::{self, NoteRow};
use super::entry::EntryForm;
use super::facts;
use super::figure::{Extent, Figure, PointsQuery};
use super::forms::{Forms, Typed, verb_of};
use super::panel::{Panel, Question};
use crate::balls::store::story_without;
use crate::balls::{Mark, Subject, Told};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::measures::machine::step;
use crate::measures::store::attempts::Attempt;
use crate::measures::store::slips::people;
use crate::measures::store::{attempts, notes};
use crate::measures::{Kind, Measure, Part, Series, State as Stage, Verb, store};
use crate::moves::Mover;
use crate::people::Person;
use crate::web::{App, Frame, Layout, Member, Path, Query, Response, State, Template, html};

/// One measure.
#[derive(Template)]
#[template(path = "measures/show.html")]
pub struct ShowPage {
    page: Layout,
    measure: Measure,
    finding: String,
    /// Why something was refused whose form is not offered any more, and what was written.
    refused: Option<(String, Vec<String>)>,
    mark: Mark,
    panel: Option<Panel>,
    figure: Option<Figure>,
    outlook: String,
    cautions: Vec<&'static str>,
    wish: Option<String>,
    customers: Vec<NoteRow>,
    replaced: Vec<String>,
    phases: Vec<facts::PhaseRow>,
    entry: Option<EntryForm>,
    /// Whether the reader may put a slip into the box, and how many are in it.
    slips: Option<String>,
    notes: Vec<NoteRow>,
    excluded: Vec<NoteRow>,
    periods: Vec<(String, String)>,
    trying: Vec<Attempt>,
    over: Vec<Attempt>,
    facts: Vec<(&'static str, String)>,
    story: Vec<Told>,
    forms: Forms,
    can: Can,
}

/// What the reader can do beside what is asked of them.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "one switch for each form of the page")]
pub struct Can {
    pub note: bool,
    pub change: bool,
    pub redefine: bool,
    /// Propose new limits or lock them.
    pub rebase: bool,
    pub exclude: bool,
    pub pause: bool,
    pub retire: bool,
}

impl Can {
    fn of(measure: &Measure, parts: &[Part]) -> Self {
        let may = |verb| step(measure.state, verb, parts).is_ok();
        Self {
            note: parts.contains(&Part::Mate) && measure.state.is_open(),
            change: may(Verb::Change),
            redefine: may(Verb::Redefine),
            rebase: may(Verb::Propose) || may(Verb::Lock),
            exclude: may(Verb::Enter),
            pause: may(Verb::Pause),
            retire: may(Verb::Retire),
        }
    }

    /// Whether there is anything to change.
    pub fn any(self) -> bool {
        self.change || self.redefine || self.rebase || self.exclude || self.pause || self.retire
    }
}

/// GET /measures/{id}
pub async fn show(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    Query(asked): Query<PointsQuery>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let mut page = draw(&mut tx, &frame, &member, id, None, asked.points).await?;
    if let Some(entry) = page.entry.as_mut() {
        entry.open = asked.number.is_some();
    }
    html(&page)
}

/// The page of a measure, with what was typed if a form was refused.
pub(super) async fn draw(
    tx: &mut Tx,
    frame: &Frame,
    reader: &Person,
    id: MeasureId,
    typed: Option<Typed>,
    extent: Extent,
) -> Result<ShowPage> {
    let values = (store::load(id, reader.id), store::entries(id), store::beginnings(id));
    let about = (attempts::at(id, reader.id), notes::known(id));
    let moves = story_without(Subject::Measure, id.0, ["entered", "asked"]);
    let ((measure, entries, beginnings), (attempts, (notes, signals)), thrown) = tx.ask((values, about, moves)).await?;
    let measure = measure.ok_or(Error::NotFound)?;
    let (now, calendar, parts) = (tx.now(), measure.calendar(), measure.parts_of(Mover::Person(reader)));
    let forms = Forms::of(&measure, reader.id, typed);
    let series = Series::of_entries(measure, &entries, beginnings);
    let measure = series.measure.clone();
    let starts = annotations::experiments(&series, &attempts);
    let mut flags = annotations::flags(&series, &notes, &signals, &entries);
    flags.extend(annotations::ideas(&series, &attempts, &calendar));
    let (over, trying) = attempts.into_iter().partition(Attempt::is_over);
    let can = Can::of(&measure, &parts);
    let may_give = measure.state.takes_values() && parts.contains(&Part::Mate);
    let in_box = (measure.kind == Kind::Slips).then(|| people(&measure));
    let in_box = tx.ask(in_box).await?.filter(|people| *people >= measure.least_slips());
    let entry = (step(measure.state, Verb::Enter, &parts).is_ok() && in_box.is_none())
        .then(|| EntryForm::new(&series, now, forms.is_refused("values").then(|| forms.get("values"))));
    let (customers, others): (Vec<_>, Vec<_>) = notes.iter().partition(|note| note.kind == notes::Kind::Customer);
    Ok(ShowPage {
        page: frame.layout(measure.name.as_str(), "measures"),
        finding: series.finding(),
        refused: refused(&forms, &measure, &parts),
        mark: measure.placed.mark(Subject::Measure, measure.state.words(), &calendar, now, reader.id),
        panel: Panel::of(tx, &series, &signals, &parts, reader).await?,
        figure: series.figure(&starts, &flags, extent),
        outlook: series.outlook(),
        cautions: series.cautions(),
        wish: measure.wish.map(|wish| measure.said(wish)),
        customers: annotations::notes(&series, &customers, reader.id),
        replaced: facts::replaced(&series, &entries),
        phases: facts::phases(&series, can.rebase),
        entry,
        slips: in_box.filter(|_| may_give).map(|_| facts::slips_go(&measure)),
        notes: annotations::notes_and_signals(&series, &others, &signals, reader.id),
        excluded: annotations::excluded(&series, &entries),
        periods: facts::periods(&series, now, extent),
        trying,
        over,
        facts: facts::facts(&series),
        story: facts::story(&thrown, &calendar, now),
        forms,
        can,
        measure,
    })
}

/// What was refused although its form is not on the page: the sentence, and the words that were typed.
fn refused(forms: &Forms, measure: &Measure, parts: &[Part]) -> Option<(String, Vec<String>)> {
    let Typed { noun, form } = forms.refused()?;
    let offered = verb_of(noun).is_none_or(|verb| step(measure.state, verb, parts).is_ok());
    let whole = *noun != "beginning" || measure.missing().is_empty();
    if offered && whole {
        return None;
    }
    let written = form.values().iter().filter(|(name, value)| name == "words" && !value.is_empty());
    Some((form.errors().first()?.1.clone(), written.map(|(_, value)| value.clone()).collect()))
}

impl ShowPage {
    /// Whether the panel asks the reader something: then its deed is the next step, and the others are quiet.
    fn asks(&self) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.mine)
    }

    /// Whether taking back these limits was refused, so that the form is open.
    fn takes_back(&self, phase: &str) -> bool {
        self.forms.is_refused("limits/removal") && self.forms.get("limits/removal").value("phase") == phase
    }
}
