//! The cards of measures as they were read last, kept in the memory of this process.
//!
//! A card is good as long as the measure has the version and its team the working time at which it was read. Both are
//! rows, so that several processes agree. There is one for each way to write its figures. Values, notes, limits and definitions move the version.

use super::card::MeasureCard;
use super::store::Whose;
use super::{Measure, series};
use crate::calendar::Written;
use crate::db::Tx;
use crate::ids::{MeasureId, PersonId};
use crate::locale::Locale;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many cards are kept, some kilobytes each; then all are forgotten.
const MOST: usize = 1000;

type Kept = (i64, Written, Arc<MeasureCard>);

/// The cards that were read.
#[derive(Debug, Default)]
pub struct CardCache(Mutex<HashMap<(MeasureId, Locale), Kept>>);

impl CardCache {
    /// The cards of some of the measures that a person may see; only the values of those that changed are read.
    pub async fn of(&self, tx: &mut Tx, measures: &[Measure], person: PersonId) -> sqlx::Result<Vec<Arc<MeasureCard>>> {
        let changed: Vec<&Measure> = measures.iter().filter(|measure| self.get(measure).is_none()).collect();
        let mut read = match changed.as_slice() {
            [] => Vec::new(),
            [one] => vec![series::of(tx, (*one).clone()).await?],
            _ => tx.ask(series::all(Whose::InSightOf(person))).await?,
        };
        read.retain(|series| changed.iter().any(|measure| measure.id == series.measure.id));
        let fresh: HashMap<MeasureId, Arc<MeasureCard>> =
            read.iter().map(|series| (series.measure.id, self.keep(&series.measure, series.card()))).collect();
        let card = |measure: &Measure| fresh.get(&measure.id).cloned().or_else(|| self.get(measure));
        Ok(measures.iter().filter_map(card).collect())
    }

    /// Forget all of them.
    pub fn forget(&self) {
        self.kept().clear();
    }

    fn get(&self, measure: &Measure) -> Option<Arc<MeasureCard>> {
        let kept = self.kept();
        let (version, time, card) = kept.get(&(measure.id, Locale::reader()))?;
        (*version == measure.version && *time == measure.time).then(|| Arc::clone(card))
    }

    fn keep(&self, measure: &Measure, card: MeasureCard) -> Arc<MeasureCard> {
        let card = Arc::new(card);
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert((measure.id, Locale::reader()), (measure.version, measure.time.clone(), Arc::clone(&card)));
        card
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<(MeasureId, Locale), Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
