//! By which names the events of the example call its ideas and its measures.

use super::script::Name;

/// Every quote goes through the pricing desk.
pub const PRICING_DESK: Name = "I-01";
/// Nobody knows what a qualified lead is.
pub const QUALIFIED_LEAD: Name = "I-02";
/// Distributors ring to ask where their order is.
pub const WHERE_IS_MY_ORDER: Name = "I-05";
/// Let us give distributors 3 % ourselves.
pub const THREE_PER_CENT: Name = "I-06";
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

/// Quote turnaround, in hours.
pub const QUOTE_TIME: Name = "M1";
/// Quotes sent twice because of ourselves, in per cent.
pub const REISSUED: Name = "M2";
/// Customers who hear from a person within four hours, in per cent.
pub const FIRST_ANSWER: Name = "M3";
/// Customers who decide nothing, in per cent.
pub const NO_DECISION: Name = "M4";
/// Customers who decide for us, in per cent.
pub const WIN_RATE: Name = "M5";
/// Hours for neither customers nor learning.
pub const ADMIN_HOURS: Name = "M6";
/// Opportunities with a next step that the customer agreed to, in per cent.
pub const NEXT_STEP: Name = "M7";
/// Leads worth a call, in per cent.
pub const LEADS: Name = "M8";
