//! Fields that stand in several forms of this room.

use crate::calendar::{Calendar, Written};
use crate::lengths;
use crate::people::keys;
use crate::web::Form;

/// The e-mail address of a form, with a message at the field when it can't be one.
pub fn read_email(form: &mut Form) -> String {
    let email = form.needed("email", lengths::EMAIL, "Write an e-mail address. It is the name to sign in with.");
    if !email.is_empty() && !keys::is_address(&email) {
        form.refuse("email", "This is not an e-mail address. Write it like ruth@example.com.");
    }
    email
}

/// The weekdays that are offered: the name of the box, how a calendar writes it, and its words.
pub const WEEKDAYS: [(&str, &str, &str); 7] = [
    ("mon", "Mon", "Monday"),
    ("tue", "Tue", "Tuesday"),
    ("wed", "Wed", "Wednesday"),
    ("thu", "Thu", "Thursday"),
    ("fri", "Fri", "Friday"),
    ("sat", "Sat", "Saturday"),
    ("sun", "Sun", "Sunday"),
];

fn ticked_days(form: &Form) -> String {
    let ticked = WEEKDAYS.iter().filter(|(name, ..)| form.ticked(name)).map(|(_, written, _)| *written);
    ticked.collect::<Vec<_>>().join(" ")
}

/// Put a working time into a form, as it is stored.
pub fn fill_calendar(form: &mut Form, calendar: &Calendar) {
    let written = calendar.write();
    for (name, day, _) in WEEKDAYS {
        if written.days.split(' ').any(|written| written == day) {
            form.set(name, "yes");
        }
    }
    form.set("zone", written.zone);
    form.set("hours", written.hours);
    form.set("holidays", written.holidays);
}

/// The working time of a form with a message at each line that is wrong.
pub fn read_calendar(form: &mut Form) -> Option<Calendar> {
    let written = Written {
        zone: form.text("zone", lengths::VALUE),
        days: ticked_days(form),
        hours: form.text("hours", lengths::NAME),
        holidays: form.text("holidays", lengths::PART),
    };
    let calendar = Calendar::read(&written);
    for fault in calendar.as_ref().err().into_iter().flatten() {
        form.refuse(fault.field(), fault.to_string());
    }
    calendar.ok()
}
