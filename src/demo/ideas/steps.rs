//! What happens to most ideas, step by step.

use crate::demo::people::Who;
use crate::demo::script::{Name, OnIdea, Script};
use crate::ideas::{NewIdea, Verb};
use chrono::{DateTime, Utc};

/// Throw it and catch it: in so many working hours from the throw.
pub fn caught(
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
pub fn answered(
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
pub fn hurts(script: &mut Script, name: Name, at: DateTime<Utc>, people: &[Who]) {
    for who in people {
        script.does(at, *who, name, OnIdea::Hurts);
    }
}
