//! Counted cases in sentences: what could tell, how far it is, and one of five sentences at the end.

use crate::spc::Side;
use crate::spc::cases::{CasePlan, CaseVerdict, Count, ENOUGH_CASES, MOST_CASES, WouldTell};

/// What such a plan can tell, said before it begins.
pub fn case_outlook(plan: &CasePlan) -> String {
    let (before, cases) = (plan.before.of, plan.predicted.of);
    if before < ENOUGH_CASES || cases < ENOUGH_CASES {
        return format!(
            "With {before} cases before and {cases} to come nothing can be told: at least {ENOUGH_CASES} of each are needed."
        );
    }
    match (plan.tells_from(cases), plan.side) {
        (Some(number), Side::Above) if number == cases => {
            format!("With {before} and {cases} only all {cases} would tell.")
        }
        (Some(number), Side::Above) => format!("With {before} and {cases} only {number} or more would tell."),
        (Some(0), Side::Below) => format!("With {before} and {cases} only none at all would tell."),
        (Some(number), Side::Below) => format!("With {before} and {cases} only {number} or fewer would tell."),
        (None, _) => format!(
            "With {before} and {cases} no number would tell: the old way may give {}. Count more cases, before or now.",
            range(plan, cases)
        ),
    }
}

/// How far the count is, and what is still possible.
pub fn cases_so_far(plan: &CasePlan, counted: Count) -> String {
    format!("{} of {}. {}", counted.yes, counted.of, still_possible(plan, counted))
}

/// What is still possible of what was predicted.
pub fn still_possible(plan: &CasePlan, counted: Count) -> String {
    let (wanted, planned) = (plan.predicted.yes, plan.predicted.of);
    let left = planned.saturating_sub(counted.of);
    let most = counted.yes + left;
    let goal = format!("{wanted} of {planned}");
    let possible = match plan.side {
        Side::Above if counted.yes >= wanted => format!("{goal} is reached"),
        Side::Above if most < wanted => format!("{wanted} can no longer come: at most {most} of {planned}"),
        Side::Above => format!("{goal} needs {} of the next {left}", wanted - counted.yes),
        Side::Below if counted.yes > wanted => {
            format!("at most {wanted} can no longer be: at least {} of {planned}", counted.yes)
        }
        Side::Below if most <= wanted => format!("at most {goal} is sure"),
        Side::Below => format!("at most {goal} leaves room for {} in the next {left}", wanted - counted.yes),
    };
    format!("{}.", super::wording::capital(&possible))
}

/// What was counted, in one of five sentences.
pub fn case_sentence(plan: &CasePlan, counted: Count) -> String {
    let (yes, of) = (counted.yes, counted.of);
    let old = range(plan, of);
    match plan.verdict(counted) {
        CaseVerdict::Signal => {
            format!("Signal in the predicted direction: {yes} of {of}, where the old way gives {old}.")
        }
        CaseVerdict::Other => format!("Signal in the other direction: {yes} of {of}, where the old way gives {old}."),
        CaseVerdict::AsPredicted => format!(
            "As predicted, {yes} of {of}. The old way gives anything from {old} of {of}, so the number alone does not tell; what did you see?{}",
            would_tell(plan, counted)
        ),
        CaseVerdict::NotAsPredicted => {
            format!("Not as predicted: {yes} of {of}. No signal: the process did what it did before.")
        }
        CaseVerdict::TooFew => format!(
            "Too few cases to tell. {} before and {of} now; at least {ENOUGH_CASES} of each are needed.",
            plan.before.of
        ),
    }
}

fn would_tell(plan: &CasePlan, counted: Count) -> String {
    let known = plan.before.of;
    match plan.would_tell(counted) {
        WouldTell::Cases(cases) => format!(" The same share would tell in {cases} cases."),
        WouldTell::MoreOfBefore => format!(
            " Even {MOST_CASES} new cases at the same share would not tell, because only {known} of the old way are known."
        ),
        WouldTell::Nothing => String::new(),
    }
}

fn range(plan: &CasePlan, cases: u32) -> String {
    let old = plan.old_way(cases);
    if old.start() == old.end() { old.start().to_string() } else { format!("{} to {}", old.start(), old.end()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(before: (u32, u32), predicted: (u32, u32), side: Side) -> CasePlan {
        let count = |(yes, of)| Count { yes, of };
        CasePlan { before: count(before), predicted: count(predicted), side }
    }

    fn said(plan: &CasePlan, yes: u32, of: u32) -> String {
        case_sentence(plan, Count { yes, of })
    }

    #[test]
    fn the_five_sentences_are_said() {
        let usual = plan((8, 20), (12, 20), Side::Above);
        assert_eq!(
            said(&usual, 18, 20),
            "Signal in the predicted direction: 18 of 20, where the old way gives 0 to 17."
        );
        let as_predicted = "As predicted, 12 of 20. The old way gives anything from 0 to 17 of 20, so the number alone does not tell; what did you see?";
        assert!(said(&usual, 12, 20).starts_with(as_predicted));
        assert!(said(&usual, 12, 20).ends_with("because only 20 of the old way are known."));
        let known = plan((80, 200), (12, 20), Side::Above);
        assert!(said(&known, 12, 20).ends_with(" The same share would tell in 67 cases."), "{}", said(&known, 12, 20));
        let not = "Not as predicted: 10 of 20. No signal: the process did what it did before.";
        assert_eq!(said(&usual, 10, 20), not);
        let good = plan((200, 200), (50, 50), Side::Above);
        assert_eq!(said(&good, 40, 50), "Signal in the other direction: 40 of 50, where the old way gives 49 to 50.");
        assert!(said(&usual, 9, 9).starts_with("Too few cases to tell."));
        assert!(said(&plan((4, 9), (12, 20), Side::Above), 20, 20).starts_with("Too few cases to tell."));
    }

    #[test]
    fn what_is_still_possible_is_said_while_it_runs() {
        let told = |plan: &CasePlan, yes, of| cases_so_far(plan, Count { yes, of });
        let more = plan((8, 20), (12, 20), Side::Above);
        assert_eq!(told(&more, 9, 15), "9 of 15. 12 of 20 needs 3 of the next 5.");
        assert_eq!(told(&more, 6, 15), "6 of 15. 12 can no longer come: at most 11 of 20.");
        assert_eq!(told(&more, 12, 15), "12 of 15. 12 of 20 is reached.");
        assert_eq!(told(&more, 0, 0), "0 of 0. 12 of 20 needs 12 of the next 20.");
        let fewer = plan((8, 20), (3, 20), Side::Below);
        assert_eq!(told(&fewer, 1, 15), "1 of 15. At most 3 of 20 leaves room for 2 in the next 5.");
        assert_eq!(told(&fewer, 4, 15), "4 of 15. At most 3 can no longer be: at least 4 of 20.");
        assert_eq!(told(&fewer, 0, 18), "0 of 18. At most 3 of 20 is sure.");
    }

    #[test]
    fn what_could_tell_is_said_before() {
        let outlook = |before, predicted, side| case_outlook(&plan(before, predicted, side));
        assert_eq!(outlook((8, 20), (12, 20), Side::Above), "With 20 and 20 only 18 or more would tell.");
        assert_eq!(outlook((80, 200), (10, 40), Side::Below), "With 200 and 40 only 5 or fewer would tell.");
        assert!(outlook((18, 20), (20, 20), Side::Above).contains("no number would tell"));
        assert!(outlook((2, 5), (4, 5), Side::Above).contains("nothing can be told"));
    }
}
