//! The ideas of all three teams, in everybody's own words.
//!
//! What ended weeks ago stands in its calendar week. What is open is counted in working hours before the present, as far as
//! its age or its clock is looked at.

mod field_north;
mod partner;
mod service;

use super::people::Who;
use super::script::{Name, OnIdea, Script};
use crate::ideas::{NewIdea, Verb};
use chrono::{DateTime, Utc};

/// Every quote goes through the pricing desk.
pub const PRICING_DESK: Name = "I-01";
/// Nobody knows what a qualified lead is.
pub const QUALIFIED_LEAD: Name = "I-02";
/// Distributors ring to ask where their order is.
const WHERE_IS_MY_ORDER: Name = "I-05";
/// Let us give distributors 3 % ourselves.
const THREE_PER_CENT: Name = "I-06";
/// I never leave without a date.
pub const WITHOUT_A_DATE: Name = "I-07";
/// Tickets lie there.
pub const TICKETS: Name = "I-09";
/// Five looks before a quote goes out.
pub const FIVE_LOOKS: Name = "I-12";
/// The fitters know first who is unhappy.
pub const FITTERS: Name = "I-16";
/// Customers freeze when we give them three options.
pub const THREE_OPTIONS: Name = "I-18";
/// One page in Polish.
pub const POLISH_PAGE: Name = "I-19";
/// The second credit check.
pub const CREDIT_CHECK: Name = "I-23";
/// When we get faster the target goes up.
pub const TARGET_GOES_UP: Name = "I-25";

/// What authors and leaders did.
pub fn write(script: &mut Script) {
    field_north::write(script);
    service::write(script);
    partner::write(script);
}

/// Throw it and catch it: in so many working hours from the throw.
fn caught(
    script: &mut Script,
    (name, author, leader): (Name, Who, Who),
    new: NewIdea,
    (thrown, catch): (DateTime<Utc>, i64),
) {
    let time = script.time.clone();
    script.does(thrown, author, name, OnIdea::Throw(new));
    script.does(time.after(thrown, catch), leader, name, OnIdea::Act(Verb::Catch));
}

/// Throw it, catch it, answer it: in so many working hours from the throw.
fn answered(
    script: &mut Script,
    who: (Name, Who, Who),
    new: NewIdea,
    (thrown, catch, answer): (DateTime<Utc>, i64, i64),
    (kind, words): (OnIdea, &'static str),
) {
    caught(script, who, new, (thrown, catch));
    let at = script.time.after(thrown, answer);
    script.says(at, who.2, who.0, kind, words);
}

/// It hurts these people too.
fn hurts(script: &mut Script, name: Name, at: DateTime<Utc>, people: &[Who]) {
    for who in people {
        script.does(at, *who, name, OnIdea::Hurts);
    }
}
