//! Whose turn it is to look at a standard.
//!
//! It goes round the people of its team, with a leader in person at least once among the first three looks of a round. A
//! round begins when it comes into use, and when it is brought back.

use super::Standard;
use crate::ids::PersonId;
use crate::moves::Refusal;
use crate::people::{COLLEAGUE, SOMEBODY};
use chrono::NaiveDate;

impl Standard {
    /// The leader who looks in person, and who is the second of two; none when nobody is above its owner.
    pub fn second(&self) -> Option<PersonId> {
        self.leaders.above(self.owner_id)
    }

    /// Whether a placeholder stands where its owner does.
    pub fn owner_is_kept(&self) -> bool {
        [COLLEAGUE, SOMEBODY].contains(&self.owner_id)
    }

    /// Whose turn it is. `team` are the people of the team: those who have not looked for the longest come first.
    pub fn checker(&self, team: &[PersonId]) -> PersonId {
        let others = || team.iter().copied().filter(|person| *person != self.owner_id);
        let leader = self.second();
        if self.round.missed > 0 {
            let missed = self.placed.holder_id.unwrap_or(self.owner_id);
            return self.leaders.above(missed).filter(|level| *level != self.owner_id).or(leader).unwrap_or(missed);
        }
        if self.round.needs_leader()
            && let Some(leader) = leader
        {
            return leader;
        }
        // Where the owner's name is kept, a leader looks each time: no turn gives away whose it is.
        if self.owner_is_kept()
            && let Some(leader) = leader
        {
            return leader;
        }
        let mate = others().find(|person| !self.leaders.are(*person));
        mate.or(leader).or_else(|| others().next()).unwrap_or(self.owner_id)
    }

    /// Whether its look has come.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.text.next_check_on.is_some_and(|day| day <= today)
    }

    /// Refuses a look that is a leader's in person to anybody else.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn let_look(&self, by: PersonId, today: NaiveDate) -> Result<(), Refusal> {
        if !self.is_due(today) || !self.round.needs_leader() || self.leaders.are(by) && by != self.owner_id {
            return Ok(());
        }
        match self.second() {
            None => Ok(()),
            Some(_) => Err(Refusal::saying(
                "This look is a leader\u{2019}s, in person: one of the first three is. If you saw something that needs action, \
                 say so: choose \u{d7}.",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::round::{Leaders, Round};
    use super::super::walks::{ABOVE, LEADER, MATES, OWNER, in_use};

    #[test]
    fn the_people_of_the_team_take_turns_and_a_leader_looks_once_in_three() {
        let mut standard = in_use();
        let team = [MATES[1], OWNER, LEADER, MATES[0]];
        assert_eq!(standard.checker(&team), MATES[1]);
        standard.round.turns = 2;
        assert_eq!(standard.checker(&team), LEADER);
        standard.round.leader_looked = true;
        assert_eq!(standard.checker(&team), MATES[1]);
        standard.round = Round { missed: 1, ..Round::default() };
        standard.placed.holder_id = Some(MATES[1]);
        assert_eq!(standard.checker(&team), LEADER);
        standard.placed.holder_id = Some(LEADER);
        assert_eq!(standard.checker(&team), ABOVE);
    }

    #[test]
    fn nobody_is_stuck_where_the_owner_leads_or_is_alone() {
        let mut standard = in_use();
        standard.owner_id = LEADER;
        standard.round.turns = 2;
        assert_eq!(standard.checker(&[LEADER, MATES[0]]), ABOVE);
        standard.leaders = Leaders { leader_id: Some(LEADER), ..Leaders::default() };
        assert_eq!(standard.checker(&[LEADER, MATES[0]]), MATES[0]);
        assert_eq!(standard.checker(&[]), LEADER);
        assert!(standard.let_look(LEADER, "2027-01-01".parse().unwrap()).is_ok());
    }

    #[test]
    fn a_leaders_turn_is_nobody_elses_but_to_say_what_needs_action() {
        let mut standard = in_use();
        standard.round.turns = 2;
        let day = standard.text.next_check_on.unwrap();
        for other in [OWNER, MATES[0]] {
            let refused = standard.let_look(other, day).unwrap_err();
            assert!(refused.sentence().contains("in person"));
        }
        assert!(standard.let_look(LEADER, day).is_ok());
        assert!(standard.let_look(ABOVE, day).is_ok());
        assert!(standard.let_look(MATES[0], day.pred_opt().unwrap()).is_ok());
    }
}
