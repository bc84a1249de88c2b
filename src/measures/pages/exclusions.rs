//! Leaving a value out of averages and runs, and counting it again.

use super::entry::period_of;
use crate::measures::verbs::values;

short_moves! {
    create "exclusions" Enter, "Say why this value does not count.",
        "The value is left out. It stays on the chart, hollow.", period by period_of => values::exclude;
    destroy "exclusions/removal" Enter, "", "The value counts again.", period by period_of => values::include;
}
