//! The ten questions on what keeps a change alive, asked once when a standard is written; the three weakest become the
//! plan.

/// The questions, in the order of the form.
pub const QUESTIONS: [&str; 10] = [
    "Does it make our own day easier?",
    "Do we believe the numbers?",
    "Does it still work when one person is away or the market changes?",
    "Can we see if it slips?",
    "Was everyone who does it involved and shown how?",
    "Do we want to keep it?",
    "Does our leader ask about it?",
    "Do the people we listen to do it themselves?",
    "Does it fit what the company asks of us otherwise?",
    "Do we have the time, tools and access for it?",
];

crate::choices! {
    /// An answer to one of them.
    Factor {
        Yes "yes" "Yes";
        Partly "partly" "Partly";
        No "no" "No";
    }
}

impl Factor {
    fn letter(self) -> char {
        match self {
            Self::Yes => 'y',
            Self::Partly => 'p',
            Self::No => 'n',
        }
    }

    fn of(letter: char) -> Option<Self> {
        Self::ALL.iter().copied().find(|factor| factor.letter() == letter)
    }
}

/// The answers as they are kept: a letter each; empty as long as one is missing.
pub fn kept(answers: &[Option<Factor>]) -> String {
    let whole = answers.len() == QUESTIONS.len() && answers.iter().all(Option::is_some);
    if whole { answers.iter().flatten().map(|answer| answer.letter()).collect() } else { String::new() }
}

/// The answer to each question; nothing where none was given.
pub fn answers(kept: &str) -> [Option<Factor>; 10] {
    let mut letters = kept.chars();
    std::array::from_fn(|_| letters.next().and_then(Factor::of))
}

/// The three weakest, the weakest first: what was answered with no, then with partly.
pub fn weakest(kept: &str) -> Vec<&'static str> {
    let all: Vec<_> = QUESTIONS.into_iter().zip(answers(kept)).collect();
    let with =
        |wanted: Factor| all.iter().filter(move |(_, given)| *given == Some(wanted)).map(|(question, _)| *question);
    with(Factor::No).chain(with(Factor::Partly)).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_weakest_are_those_with_no_and_then_those_with_partly() {
        assert_eq!(weakest("yyyyyyyyyy"), Vec::<&str>::new());
        assert_eq!(weakest("pyyyynyypy"), [QUESTIONS[5], QUESTIONS[0], QUESTIONS[8]]);
        assert_eq!(weakest("nnnnnnnnnn"), &QUESTIONS[..3]);
        assert_eq!(weakest(""), Vec::<&str>::new());
    }

    #[test]
    fn answers_are_kept_once_all_are_given() {
        let mut given = [Some(Factor::Yes); 10];
        given[3] = Some(Factor::No);
        assert_eq!(kept(&given), "yyynyyyyyy");
        assert_eq!(answers("yyynyyyyyy"), given);
        given[0] = None;
        assert_eq!(kept(&given), "");
    }
}
