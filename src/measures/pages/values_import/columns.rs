//! The choice of columns on the page of an import: its fields, read and offered.
//!
//! The option of the best reading sends nothing, so that a choice is only what somebody chose: corrected rows are read
//! anew, not as they seemed before.

use crate::measures::import::day::Order;
use crate::measures::import::number::Decimal;
use crate::measures::import::table::{Choice, Offer};
use crate::measures::{Kind, Measure};
use crate::spc::sentences::wording::capital;
use crate::web::Form;

/// The hidden field with the mark of the table that the choice is for.
const OF: &str = "columns_of";
const PERIOD: &str = "period_column";
const VALUE: &str = "value_column";
const WHOLE: &str = "whole_column";
const ORDER: &str = "date_order";
const DECIMAL: &str = "decimal_mark";
/// The choice of no second column.
const NONE: &str = "none";

type Options = Vec<(String, String)>;

/// A field with a few options: the name that is sent, the label, the values and their words.
pub type Select = (&'static str, String, Options);

/// What was chosen in the form; whatever is no choice counts as none.
pub fn choice_of(form: &Form) -> Choice {
    let column = |name: &str| form.value(name).parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let whole = if form.value(WHOLE) == NONE { Some(None) } else { column(WHOLE).map(Some) };
    Choice {
        of: form.value(OF).to_owned(),
        period: column(PERIOD),
        value: column(VALUE),
        whole,
        order: form.value(ORDER).parse().ok(),
        decimal: form.value(DECIMAL).parse().ok(),
    }
}

/// Writes into the form for which table its choice is; a choice for another table is dropped.
pub fn keep(form: &mut Form, offer: &Offer) {
    if form.value(OF) != offer.of {
        drop_all(form);
    }
    form.set(OF, offer.of.as_str());
}

/// Forgets what was chosen.
pub fn drop_all(form: &mut Form) {
    for name in [OF, PERIOD, VALUE, WHOLE, ORDER, DECIMAL] {
        form.set(name, "");
    }
}

/// The fields that carry the choice to the confirmation, with their values.
pub fn carried(form: &Form) -> Options {
    [OF, PERIOD, VALUE, WHOLE, ORDER, DECIMAL].map(|name| (name.to_owned(), form.value(name).to_owned())).to_vec()
}

/// What can be chosen about the table.
pub fn selects(offer: &Offer, measure: &Measure) -> Vec<Select> {
    let mut selects = Vec::new();
    if offer.has_columns() {
        let (value, whole) = labels(measure);
        let period = format!("{} is in column", capital(measure.cadence.one()));
        selects.push((PERIOD, period, columns(offer, Some(offer.guess.period))));
        let mut values = columns(offer, Some(offer.guess.value).filter(|_| !offer.value_in_doubt));
        if offer.value_in_doubt {
            values.insert(0, (String::new(), "Choose a column".to_owned()));
        }
        selects.push((VALUE, value.to_owned(), values));
        if let Some((label, none)) = whole {
            let value = if offer.guess.whole.is_none() { "" } else { NONE };
            let first = (value.to_owned(), none.to_owned());
            let options = [first].into_iter().chain(columns(offer, offer.guess.whole)).collect();
            selects.push((WHOLE, label.to_owned(), options));
        }
    }
    if offer.order.is_some() {
        selects.push((ORDER, "Dates with slashes are written".to_owned(), after(Order::OFFERED)));
    }
    if offer.decimal.is_some() {
        selects.push((DECIMAL, "Numbers are written".to_owned(), after(Decimal::OFFERED)));
    }
    selects
}

/// The labels for the value and, where there may be one, the second column with the words for none.
fn labels(measure: &Measure) -> (&'static str, Option<(&'static str, &'static str)>) {
    match measure.kind {
        Kind::Share => ("Counted is in column", Some(("Out of is in column", "None: it is written as 3/26"))),
        Kind::Slips => {
            ("Average or sum is in column", Some(("Number of slips is in column", "None: it is the average")))
        }
        _ => ("Value is in column", None),
    }
}

/// All columns; the one of the best reading sends nothing.
fn columns(offer: &Offer, best: Option<usize>) -> Options {
    let sent = |at: usize| if Some(at) == best { String::new() } else { (at + 1).to_string() };
    offer.labels.iter().enumerate().map(|(at, label)| (sent(at), label.clone())).collect()
}

fn after(options: &[(&str, &str, &str)]) -> Options {
    let all = [("", "As the rows show", "")].iter().chain(options);
    all.map(|(name, words, _)| ((*name).to_owned(), (*words).to_owned())).collect()
}
