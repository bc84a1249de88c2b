//! All that is kept: what, where, who reads it, and until when.

use crate::letters::code;
use crate::web::ticket::IDLE;
use crate::{drafts, notices, people};

/// One kind of what is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The tables it lies in.
    pub tables: &'static [&'static str],
    pub what: &'static str,
    pub readers: &'static str,
    pub until: String,
}

const COMPANY: &str = "Everybody in the company, as far as they see the team.";
const FOR_GOOD: &str = "As long as the company learns from it. A name can be taken out of it.";

/// The list, in the order of the page.
#[expect(clippy::too_many_lines, reason = "one row for each kind of what is kept")]
pub fn kept() -> Vec<Kept> {
    let row = |tables, what, readers, until: &str| Kept { tables, what, readers, until: until.to_owned() };
    let days = |length: chrono::TimeDelta| length.num_days();
    vec![
        row(
            &["person", "role", "team", "organisation"],
            "Your name, your e-mail address, your team and your roles; your password as a hash that nobody can read back.",
            "Names and teams: everybody. Addresses: administrators.",
            "Until you leave.",
        ),
        row(
            &["session", "invitation", "set_up"],
            "That you are signed in: a hash of the key in your browser, and the day it ends. Not when you signed in, and not from where.",
            "Nobody.",
            &format!(
                "{} days without a visit, at the most {} days; an invitation {} days.",
                days(IDLE),
                days(people::SESSION_LASTS),
                days(people::invitation::LASTS)
            ),
        ),
        row(
            &["join_link", "joiner"],
            "A link by which people ask to join a team: its last day, and how many came by it. Of those who came: name, address, and the password as a hash.",
            "Administrators.",
            "The link until it is ended or a newer one takes its place; those who came until they are let in or sent away.",
        ),
        row(
            &["idea", "idea_wording", "throw", "ball", "promise", "promise_term"],
            "Ideas, answers and promises with their words, who said them as the author chose, and when. Changed words keep the old ones.",
            COMPANY,
            FOR_GOOD,
        ),
        row(
            &["kept_name", "name_reading"],
            "The name of an author that the coach keeps, apart from the idea, and each time a coach read it, with the reason.",
            "The coach. The author sees who read it.",
            "Until the author shows it, as long as the idea stands.",
        ),
        row(
            &["letter", "letter_word", "letter_post", "letterbox", "piece"],
            "A letter of somebody whom nobody knows: its words, its week, and a hash of its code. No account, no address, no time.",
            "Nobody until the next morning, then whoever sees the idea.",
            &format!("The code {} days after the last word.", days(code::GOOD_FOR)),
        ),
        row(
            &["comment", "picture", "hurt_too", "volunteer", "following"],
            "What you write and show on an idea, that it hurts you too (others see a number only), that you would like to join, and what you follow.",
            COMPANY,
            "Until you take it back.",
        ),
        row(
            &["draft"],
            "What you began to write. Never for a throw of which nobody is to know.",
            "Only you, also not administrators.",
            &format!("Until it is sent, or {} days after the last change.", days(drafts::KEPT)),
        ),
        row(
            &["notice"],
            "What came to you, and whether you have seen it; not when.",
            "Only you.",
            &format!("{} days after you have seen it.", days(notices::KEPT)),
        ),
        row(
            &["absence"],
            "From when to when you are away, and who stands in. No reason.",
            "Everybody who waits for you.",
            "Until the day after.",
        ),
        row(
            &[
                "measure",
                "measure_version",
                "measure_value",
                "measure_note",
                "measure_exclusion",
                "measure_signal",
                "phase",
                "agreement",
                "agreement_case",
            ],
            "Measures of teams: how they are counted, their numbers, who entered them, notes. No number is about one person.",
            COMPANY,
            FOR_GOOD,
        ),
        row(
            &["slip_box", "slip_key"],
            "Nameless slips: their sum and how many there were.",
            "Nobody; the value when there are enough.",
            "The box of a period goes when the period is over.",
        ),
        row(
            &[
                "experiment",
                "experiment_effect",
                "experiment_event",
                "weekly_line",
                "standard",
                "standard_check",
                "standard_edition",
                "standard_shown",
                "hold_count",
                "lesson",
                "lesson_word",
                "taken_home",
                "give_back",
                "stated_minutes",
            ],
            "Experiments and standards: what was expected, what happened, what was learned, the checks, what teams got back; of a counted case its answer only, no person and no time; who was shown a standard, of which only the number is shown.",
            COMPANY,
            FOR_GOOD,
        ),
        row(
            &["screen"],
            "The televisions: a hash of their key, the team they show, who paired them.",
            "Leaders and administrators.",
            "Until somebody forgets the screen.",
        ),
        row(
            &["found_thing", "found_word", "team_word", "spelling", "word_part", "unread"],
            "The words of the above, so that they can be found.",
            "Nobody; a search finds what its reader may see.",
            "As long as what they stand for.",
        ),
        row(
            &["installation", "change"],
            "The secret of this installation, and a counter that says that something has changed.",
            "Nobody.",
            "As long as the installation.",
        ),
    ]
}
