//! Fields that stand in several forms of this room.

use crate::calendar::{Calendar, Written};
use crate::lengths;
use crate::people::keys;
use crate::web::Form;

/// The e-mail address of a form, with a message at the field when it can't be one.
pub fn read_email(form: &mut Form) -> String {
    let email = form.needed("email", lengths::EMAIL, "Write an e-mail address. It is the name to sign in with.");
    let parts = email.split_once('@');
    let good =
        parts.is_some_and(|(name, host)| !name.is_empty() && !host.contains('@') && keys::domain(host).is_some());
    if !email.is_empty() && (!good || email.chars().any(char::is_whitespace)) {
        form.refuse("email", "This is not an e-mail address. Write it like ruth@example.com.");
    }
    email
}

/// The working time of a form with a message at each line that is wrong.
pub fn read_calendar(form: &mut Form) -> Option<Calendar> {
    let written = Written {
        zone: form.text("zone", lengths::VALUE),
        days: form.text("days", lengths::NAME),
        hours: form.text("hours", lengths::NAME),
        holidays: form.text("holidays", lengths::PART),
    };
    let calendar = Calendar::read(&written);
    for fault in calendar.as_ref().err().into_iter().flatten() {
        form.refuse(fault.field(), fault.to_string());
    }
    calendar.ok()
}
