//! The moves that people make most.

use super::{Counted, example::Example, judge, sends};
use catchball::db::Costs;

/// The rule for a move, sign-in included.
const MOST: Costs = Costs { statements: 10, trips: 5 };

#[tokio::test]
async fn a_move_asks_ten_statements() {
    let example = Example::new().await;
    let (app, callum, tomas) = (&example.app, example.who("Callum"), example.who("Tomas"));
    let mut counted = Vec::new();
    let mut count = |what: &str, told: &str, costs: Costs| {
        counted.push(Counted { what: what.to_owned(), told: told.to_owned(), costs });
    };

    let hurt = [("hurt", "Every quote of the example goes through the pricing desk, even the pump we sold often")];
    let (thrown, costs) = sends(app, callum, "/ideas", &hurt).await;
    let idea = thrown.location();
    count("throw", "Callum throws an idea", costs);

    let comment = [("words", "I have an example of last week.")];
    let (written, costs) = sends(app, callum, &format!("{idea}/comments"), &comment).await;
    written.is(303);
    count("comment", "Callum writes a comment", costs);

    let version = tomas.get(&idea).await.is(200).value("version");
    let answer = [("answer", "go"), ("words", "Yes, do it."), ("version", version.as_str())];
    let (answered, costs) = sends(app, tomas, &format!("{idea}/answer"), &answer).await;
    answered.is(303);
    count("answer", "Tomas says go", costs);

    let measure = app.measure(catchball::ids::TeamId(team(&example).await), callum, "Quotes on one page").await;
    let value = [("period", "2026-05-25"), ("value", "3")];
    let (entered, costs) = sends(app, callum, &format!("/measures/{measure}/values"), &value).await;
    entered.is(303);
    count("value", "Callum enters a value", costs);

    let of = tomas.id.to_string();
    let promise = [("of", of.as_str()), ("what", "two hours a week for quotes"), ("by", "2026-06-19")];
    let (asked, costs) = sends(app, callum, "/promises", &promise).await;
    asked.is(303);
    count("promise", "Callum asks Tomas for a promise", costs);
    judge(counted, MOST, "moves.txt");
}

async fn team(example: &Example) -> uuid::Uuid {
    let of = "SELECT id FROM team WHERE name = 'Field North'";
    let (team,): (uuid::Uuid,) = example.app.app.read().await.unwrap().query_as(of).one().await.unwrap();
    team
}
