//! What the pages of experiments and standards offer to choose from.

use crate::ids::PersonId;
use crate::measures::definition::Measure;
use crate::measures::weeks::monday;
use chrono::NaiveDate;
use url::form_urlencoded::Serializer;

/// The options of a choice in a form: the value, its words, a help.
pub type Options = &'static [(&'static str, &'static str, &'static str)];

/// The address where new limits begin with an adopted experiment, for those who may set them.
pub fn new_limits(measure: &Measure, first_day: NaiveDate, experiment: &str, viewer: PersonId) -> Option<String> {
    let mut query = Serializer::new(String::new());
    query.append_pair("from", &monday(first_day).to_string());
    query.append_pair("reason", &format!("{experiment} (adopted)"));
    measure.is_kept_by(viewer).then(|| format!("/measures/{}/limits/new?{}", measure.id, query.finish()))
}
