//! The plan as running text: the template in plain words with its blanks filled.

use super::Plan;
use crate::locale::form;
use crate::measures::definition::Measure;
use chrono::NaiveDate;

/// A stretch of running text: words of the template, then what somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub words: &'static str,
    /// What was written; an ellipsis while nothing is.
    pub blank: String,
}

/// The two paragraphs of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    pub prediction: Vec<Piece>,
    /// How it is tried, kept and gone on with: one line each.
    pub rest: Vec<Vec<Piece>>,
}

/// Fill the template. `measure` is the plan's, if it has one.
pub fn tell(plan: &Plan, measure: Option<&Measure>) -> Prose {
    let mut prediction = vec![piece("We believe that", &plan.doing)];
    prediction.extend(some("for", &plan.cases));
    prediction.extend(moved(plan, measure));
    let joins = if prediction.iter().any(|piece| piece.words == "will move") { "and" } else { "will" };
    prediction.extend(some(joins, &plan.expectation));
    if prediction.iter().all(|piece| !piece.words.starts_with("will")) {
        prediction.push(piece("will", ""));
    }
    prediction.extend(some("because", &plan.because));
    Prose { prediction, rest: rest(plan) }
}

fn moved(plan: &Plan, measure: Option<&Measure>) -> Vec<Piece> {
    let Some(measure) = measure else { return Vec::new() };
    let Some(to) = plan.to_about else { return Vec::new() };
    let mut pieces = vec![piece("will move", &measure.name)];
    pieces.extend(plan.from_about.map(|from| piece("from about", &measure.said(from))));
    pieces.push(piece("to about", &measure.said(to)));
    pieces
}

fn rest(plan: &Plan) -> Vec<Vec<Piece>> {
    let mut tried = vec![piece("We try it from", &day(plan.starts_on)), piece("to", &day(plan.ends_on))];
    tried.extend(some("with", &plan.with_whom));
    let mut kept = vec![piece("If it works, we keep it by", &plan.keep_plan)];
    kept.extend(some("and would next improve", &plan.next_plan));
    let stop = vec![piece("We stop early if", &plan.stop_rule)];
    let worse = vec![piece("This must not get worse:", &plan.must_not_worsen)];
    vec![tried, stop, worse, vec![piece("What is in it for us:", &plan.benefit)], kept]
}

fn some(words: &'static str, blank: &str) -> Option<Piece> {
    (!blank.is_empty()).then(|| piece(words, blank))
}

fn piece(words: &'static str, blank: &str) -> Piece {
    // It stands inside a sentence, which has its own full stop.
    let blank = blank.trim().trim_end_matches(['.', ',', ';']);
    Piece { words, blank: if blank.is_empty() { String::from("…") } else { blank.to_owned() } }
}

fn day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.format(&form("%-d %B %Y")).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(pieces: &[Piece]) -> String {
        pieces.iter().map(|piece| format!("{} [{}]", piece.words, piece.blank)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_prediction_in_words_reads_as_one_sentence() {
        let plan = Plan {
            doing: String::from("Recommending one pump."),
            expectation: String::from("get an answer in 12 of 20 cases"),
            because: String::from("customers are afraid to pick wrong."),
            ..Plan::default()
        };
        let told = text(&tell(&plan, None).prediction);
        let whole = "We believe that [Recommending one pump] will [get an answer in 12 of 20 cases] because [customers are afraid to pick wrong]";
        assert_eq!(told, whole);
    }

    #[test]
    fn blanks_stay_visible() {
        let told = tell(&Plan::default(), None);
        assert_eq!(text(&told.prediction), "We believe that […] will […]");
        assert_eq!(text(&told.rest[1]), "We stop early if […]");
    }
}
