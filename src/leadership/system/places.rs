//! Where the balls lie, by place: the people who throw on top, those who carry below them. No place is a rep.

use crate::calendar::Calendar;
use chrono::{DateTime, Utc};

/// With fewer reps than this a place would be a person.
const FEWEST_REPS: i64 = 3;
/// So many balls are drawn; more are said in figures only.
const MOST_DISCS: i64 = 12;

crate::choices! {
    /// The part that carries most of those somebody plays.
    Part {
        /// A rep.
        Team "team" "Teams";
        Leaders "leaders" "Team leaders";
        Directors "directors" "Directors";
        /// Anybody else.
        Departments "departments" "Other departments";
    }
}

/// The people and the balls of one place.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Held {
    pub level: Part,
    /// The team of reps; empty for all others.
    pub team: String,
    pub people: i64,
    pub balls: i64,
    pub oldest: Option<DateTime<Utc>>,
}

/// One place on the pyramid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: String,
    pub balls: i64,
    /// The age of the oldest, such as "oldest 4 days"; empty without a ball.
    pub age: String,
}

impl Place {
    /// The discs that are drawn for its balls.
    pub fn discs(&self) -> std::ops::Range<i64> {
        0..self.balls.min(MOST_DISCS)
    }

    /// "3 balls, oldest 4 days"; "no ball".
    pub fn words(&self) -> String {
        match self.balls {
            0 => "no ball".to_owned(),
            1 => format!("1 ball, {}", self.age),
            more => format!("{more} balls, {}", self.age),
        }
    }
}

/// A row of the pyramid, from the broad top down to its point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub part: Part,
    pub places: Vec<Place>,
}

/// The pyramid on its point: teams, their leaders, the directors; and other departments beside them.
pub fn pyramid(held: &[Held], calendar: &Calendar, now: DateTime<Utc>) -> Vec<Level> {
    let place = |name: String, of: &[&Held]| {
        let oldest = of.iter().filter_map(|held| held.oldest).min();
        let age = oldest.map(|oldest| format!("oldest {}", calendar.length(calendar.between(oldest, now))));
        Place { name, balls: of.iter().map(|held| held.balls).sum(), age: age.unwrap_or_default() }
    };
    let level = |part: Part| {
        let of = held.iter().filter(|held| held.level == part && held.people > 0);
        let (large, small): (Vec<&Held>, Vec<&Held>) =
            of.partition(|held| part != Part::Team || held.people >= FEWEST_REPS);
        let name = |held: &Held| if part == Part::Team { held.team.clone() } else { part.words().to_owned() };
        let mut places: Vec<Place> = large.into_iter().map(|held| place(name(held), &[held])).collect();
        // Two places that are hidden together would be told apart by whoever knows one of them.
        if small.len() > 1 && small.iter().map(|held| held.people).sum::<i64>() >= FEWEST_REPS {
            places.push(place("Smaller teams together".to_owned(), &small));
        }
        Level { part, places }
    };
    Part::ALL.iter().map(|part| level(*part)).filter(|level| !level.places.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(level: Part, team: &str, people: i64, balls: i64) -> Held {
        let oldest = (balls > 0).then(|| "2026-03-02T08:00:00Z".parse().unwrap());
        Held { level, team: team.to_owned(), people, balls, oldest }
    }

    #[test]
    fn the_people_who_throw_stand_on_top() {
        let all = [
            held(Part::Directors, "", 2, 0),
            held(Part::Team, "Field North", 3, 14),
            held(Part::Leaders, "", 2, 1),
            held(Part::Team, "Spares", 1, 5),
        ];
        let now = "2026-03-04T08:00:00Z".parse().unwrap();
        let levels = pyramid(&all, &Calendar::usual(chrono_tz::UTC), now);
        let told: Vec<String> = levels
            .iter()
            .flat_map(|level| level.places.iter().map(|place| format!("{}: {}", place.name, place.words())))
            .collect();
        let wanted =
            ["Field North: 14 balls, oldest 2 days", "Team leaders: 1 ball, oldest 2 days", "Directors: no ball"];
        assert_eq!(told, wanted, "a team with one rep is no place");
        assert_eq!(levels[0].places[0].discs().count(), 12);
    }

    #[test]
    fn small_teams_are_told_together_or_not_at_all() {
        let now = "2026-03-04T08:00:00Z".parse().unwrap();
        let small = [held(Part::Team, "A", 2, 1), held(Part::Team, "B", 1, 2)];
        let levels = pyramid(&small, &Calendar::usual(chrono_tz::UTC), now);
        assert_eq!((levels[0].places.len(), levels[0].places[0].balls), (1, 3));
        assert!(pyramid(&small[..1], &Calendar::usual(chrono_tz::UTC), now).is_empty());
    }
}
