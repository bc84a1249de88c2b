//! What an idea can be put together with, and who reads the other one then: nobody opens to others what is closed to
//! themselves, and no refusal tells whether an idea is there.

use crate::support::{Answer, FieldNorth, Visitor, is_also};
use chrono::TimeDelta;

const NOTHING_THERE: &str = "There is no other idea at this address that it could be put together with.";
const NOWHERE: &str = "/ideas/0191d0f0-0000-7000-8000-000000000000";

/// Field North with Callum's idea, and another team with an idea of Dana's, led by Ruth.
struct Two {
    north: FieldNorth,
    own: String,
    ruth: Visitor,
    dana: Visitor,
    foreign: String,
}

is_also!(Two, north: FieldNorth);

impl Two {
    /// Ruth has the same next level as Tomas, or none.
    async fn with(beside: bool) -> Self {
        let (north, own) = FieldNorth::with_an_idea().await;
        let team = north.app.team("Field South").await;
        let ruth = if beside {
            north.app.leader_below("Ruth Okafor", team, &north.helen).await
        } else {
            north.app.leader("Ruth Okafor", team).await
        };
        let dana = north.app.rep("Dana Cole", team).await;
        let foreign = dana.throws(&[("hurt", "The desk checks what it knows")]).await.location();
        Self { north, own, ruth, dana, foreign }
    }

    async fn merges(&self, who: &Visitor, into: &str) -> Answer {
        let version = self.app.count("SELECT version FROM idea WHERE hurt LIKE 'Every quote goes%'").await.to_string();
        let fields = [("version", version.as_str()), ("into", into), ("words", "It is the same.")];
        who.post(&format!("{}/merger", self.own), &fields).await
    }

    async fn merged(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM idea WHERE merged_into_id IS NOT NULL").await
    }
}

#[tokio::test]
async fn an_idea_that_the_leader_may_not_see_is_refused_like_an_address_at_which_nothing_is() {
    let two = Two::with(false).await;
    let refused = |answer: Answer| answer.is(422).text("[data-errors]");
    let nothing = refused(two.merges(&two.tomas, NOWHERE).await);
    assert!(nothing.contains(NOTHING_THERE), "{nothing}");
    assert_eq!(refused(two.merges(&two.tomas, &two.foreign).await), nothing);
    two.callum.get(&two.foreign).await.is(404);
    assert_eq!(two.merged().await, 0);
}

#[tokio::test]
async fn what_is_protected_or_taken_back_in_a_team_beside_is_refused_with_the_same_words() {
    let two = Two::with(true).await;
    two.app.coach("Ines Vidal").await;
    let kept = two.dana.throws(&[("hurt", "I am afraid to say so"), ("way", "kept")]).await.location();
    two.dana.opens(&two.foreign).sends("Take it back").await.goes_to(&two.foreign);
    let nothing = two.merges(&two.tomas, NOWHERE).await.is(422).text("[data-errors]");
    for there in [&kept, &two.foreign] {
        assert_eq!(two.merges(&two.tomas, there).await.is(422).text("[data-errors]"), nothing, "{there}");
    }
    assert_eq!(two.merged().await, 0);
}

#[tokio::test]
async fn a_leader_beside_puts_two_together_and_neither_reads_the_other_one_by_it() {
    let two = Two::with(true).await;
    two.tomas.get(&two.foreign).await.is(404);
    two.merges(&two.tomas, &two.foreign).await.goes_to(&two.own);
    assert_eq!(two.merged().await, 1);
    let said = "the other idea stays with those who may see it";
    two.tomas.get(&two.own).await.sees(said).does_not_see("The desk checks what it knows");
    let callum = &two.callum;
    callum.get(&two.own).await.sees("It is the same.").sees("It is not the same").does_not_see("The desk checks");
    callum.get("/ideas?show=finished").await.does_not_see("The desk checks");
    for who in [callum, &two.tomas, &two.priya] {
        who.get(&two.foreign).await.is(404);
    }
    for who in [&two.dana, &two.ruth] {
        who.get(&two.own).await.is(404);
        who.get(&two.foreign).await.is(200).does_not_see(crate::support::field_north::HURT);
    }
    two.helen.get(&two.own).await.sees("Put together with").sees("The desk checks what it knows");
    let object = [("words", "Mine is about spare parts.")];
    callum.opens(&two.own).fills(&object).sends("It is not the same").await.goes_to(&two.own);
}

#[tokio::test]
async fn whoever_sees_both_makes_the_author_a_co_author_who_reads_the_other_one() {
    for kept in [false, true] {
        let mut two = Two::with(true).await;
        two.app.coach("Ines Vidal").await;
        if kept {
            let form = [("hurt", "Prices come too late"), ("way", "kept")];
            two.own = two.callum.throws(&form).await.location();
        }
        two.merges(&two.helen, &two.foreign).await.goes_to(&two.own);
        two.callum.get(&two.foreign).await.is(200).sees("The desk checks what it knows");
        two.callum.get("/ideas").await.sees("The desk checks what it knows");
        two.priya.get(&two.foreign).await.is(404);
        let object = [("words", "Mine is about spare parts.")];
        two.callum.opens(&two.own).fills(&object).sends("It is not the same").await.goes_to(&two.own);
        two.callum.get(&two.foreign).await.is(404);
    }
}

#[tokio::test]
async fn the_last_merger_is_the_one_that_counts() {
    let two = Two::with(true).await;
    let (callum, helen) = (&two.callum, &two.helen);
    two.merges(&two.tomas, &two.foreign).await.goes_to(&two.own);
    let object = [("words", "Mine is about spare parts.")];
    callum.opens(&two.own).fills(&object).sends("It is not the same").await.goes_to(&two.own);
    two.app.clock.forward(TimeDelta::days(9));
    for who in [callum, helen] {
        two.app.signs_in(who).await;
    }
    helen.opens(&two.own).sends("I take it").await.goes_to(&two.own);
    let fields = [("into", two.foreign.as_str()), ("words", "I see both.")];
    two.north.forges(helen, &format!("{}/merger", two.own), &fields).await.goes_to(&two.own);
    callum.get(&two.foreign).await.is(200);
}
