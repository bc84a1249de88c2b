//! The example is the same whenever it is opened.

use super::{STATES, ideas, measures_at_rest, out_of_time, played, states, weeks_of_the_experiment};
use chrono::{DateTime, TimeDelta, Utc};

#[tokio::test]
async fn the_story_is_the_same_on_every_day_and_at_every_hour() {
    let monday: DateTime<Utc> = "2026-06-01T00:00:00Z".parse().unwrap();
    let hours = [TimeDelta::hours(2), TimeDelta::hours(10), TimeDelta::minutes(19 * 60 + 30)];
    let usual = (0..7).flat_map(|day| hours.map(|hour| monday + TimeDelta::days(day) + hour));
    // London moves its clocks on 29 March and 25 October 2026 at 01:00 universal time; a new year begins in a week.
    let odd = [
        "2026-03-29T00:59:00Z",
        "2026-03-29T01:00:00Z",
        "2026-03-30T01:30:00Z",
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
        "2026-10-26T02:00:00Z",
        "2026-05-31T23:30:00Z",
        "2027-01-01T00:00:00Z",
    ];
    // What day and hour it is changes nothing for an engine: PostgreSQL plays some of them.
    let step = if std::env::var("TEST_DATABASE_URL").is_ok() { 5 } else { 1 };
    for at in usual.chain(odd.map(|at| at.parse().unwrap())).step_by(step) {
        let app = played(&at.to_rfc3339()).await;
        assert_eq!(states(&app).await, STATES, "{at}");
        assert_eq!(out_of_time(&app).await, [], "{at}");
        ideas::stand_where_they_should(&app, &at.to_string()).await;
        assert_eq!(weeks_of_the_experiment(&app).await, (4, 3), "{at}");
        assert_eq!(measures_at_rest(&app).await, (8, 12), "{at}");
    }
}
