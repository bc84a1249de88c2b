//! The life of one measure, written line by line.

use crate::demo::dates::Time;
use crate::demo::people::Who;
use crate::demo::script::{Name, NewMeasure, OnMeasure, Script};
use crate::measures::alarms::Answer;
use crate::measures::store::notes::Kind as Note;
use crate::measures::{Definition, Kind};
use crate::spc::Better;
use chrono::{DateTime, Utc, Weekday};

/// The weeks there are values of, and the first one that was not imported.
const FIRST: i64 = -78;
pub const IN_USE: i64 = -52;
/// The last week of the first limits.
pub const FIRST_LIMITS: i64 = -55;

/// The life of one measure, written line by line.
pub struct Life<'a> {
    pub script: &'a mut Script,
    pub time: Time,
    name: Name,
    keeper: Who,
    /// So many minutes after the first measure, because what is made at the same moment has no order.
    later: i64,
}

impl<'a> Life<'a> {
    /// The leader begins it for a keeper, on the first morning.
    pub fn begun(
        script: &'a mut Script,
        (name, later): (Name, i64),
        (leader, keeper): (Who, Who),
        definition: Definition,
        values: &'static str,
    ) -> Self {
        let time = script.time.clone();
        let life = Self { script, time, name, keeper, later };
        let new = NewMeasure { definition, keeper, values };
        life.script.does(life.first_morning(0), leader, name, new);
        life
    }

    /// So many minutes after nine on the first morning.
    pub fn first_morning(&self, minutes: i64) -> DateTime<Utc> {
        self.time.at(IN_USE, Weekday::Mon, (9, minutes + self.later))
    }

    /// Something happens with it, in these words.
    pub fn says(&mut self, who: Who, at: DateTime<Utc>, what: OnMeasure, words: &'static str) {
        self.script.says(at, who, self.name, what, words);
    }

    /// The keeper lets it begin, imports what there is, and locks limits on the first half year.
    pub fn opens(&mut self, last: i64, untried: &'static str) {
        let (first, last) = (self.time.monday(FIRST), self.time.monday(last));
        let import = OnMeasure::ImportBefore(self.time.monday(IN_USE));
        self.says(self.keeper, self.first_morning(60), OnMeasure::Begin, untried);
        self.says(self.keeper, self.first_morning(70), import, "");
        let why = "The first half year, before anything was changed";
        self.says(self.keeper, self.first_morning(90), OnMeasure::Lock(first, last), why);
    }

    /// A value each week since then, but for those weeks.
    pub fn comes_weekly(&mut self, but: &[i64]) {
        for week in (IN_USE..0).filter(|week| !but.contains(week)) {
            let enter = OnMeasure::Enter(self.time.monday(week));
            self.says(self.keeper, self.time.entry_of(week), enter, "");
        }
    }

    /// The keeper says what is known about the signal at the value of a week, on the Monday on which it came.
    pub fn explains(&mut self, week: i64, answer: Answer, words: &'static str) {
        let at = self.time.at(week + 1, Weekday::Mon, (10, 20));
        self.says(self.keeper, at, OnMeasure::Explain(answer), words);
    }

    /// The keeper proposes new limits from one week on, once the values up to another are there; a second person agrees.
    pub fn begins_anew(&mut self, (starts, last): (i64, i64), why: &'static str, second: Who, agrees: &'static str) {
        let propose = OnMeasure::Propose(self.time.monday(starts), self.time.monday(last));
        self.says(self.keeper, self.time.at(last + 1, Weekday::Mon, (11, 0)), propose, why);
        self.says(second, self.time.at(last + 1, Weekday::Tue, (9, 30)), OnMeasure::Agree, agrees);
    }

    /// Somebody of the team writes a note on a week once it is over, or on the first morning.
    pub fn notes(&mut self, who: Who, week: i64, kind: Note, words: &'static str) {
        let note = OnMeasure::Note(self.time.monday(week), kind);
        let over = self.time.at(week + 1, Weekday::Mon, (10, 40));
        self.says(who, over.max(self.first_morning(100)), note, words);
    }

    /// After nearly a year its keeper says that it is still worth its minutes.
    pub fn is_worth_it(&mut self, week: i64, words: &'static str) {
        self.says(self.keeper, self.time.at(week, Weekday::Tue, (11, 30)), OnMeasure::Affirm, words);
    }
}

/// What shares of a hundred have in common.
pub fn share() -> Definition {
    Definition {
        kind: Kind::Share,
        unit: "%".into(),
        better: Better::Lower,
        floor: Some(0.0),
        ceiling: Some(100.0),
        ..Definition::default()
    }
}
