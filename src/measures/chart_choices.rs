//! How the chart of one measure is read: what its team chose beside the usual way.

use super::form_choice::form_choices;
use crate::spc::{Cadence, LimitsKind, Point, RuleSet, Season, Spread};
use chrono::Datelike;

/// The choices of a measure; the default is Wheeler's chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct ChartChoices {
    pub spread: Spread,
    pub rules: RuleSet,
    pub limits: LimitsKind,
    pub season: CalendarSeason,
}

/// The part of the calendar that explains some of the ups and downs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum CalendarSeason {
    #[default]
    None,
    Weekday,
    Month,
}

impl CalendarSeason {
    /// Whether values of this cadence can have it: a day of the week needs a value a day.
    pub fn fits(self, cadence: Cadence) -> bool {
        match self {
            Self::None | Self::Month => true,
            Self::Weekday => matches!(cadence, Cadence::Day | Cadence::WorkingDay),
        }
    }

    /// The calendar position of each value.
    pub fn positions(self, points: &[Point]) -> Option<Season> {
        let position: fn(&Point) -> u32 = match self {
            Self::None => return None,
            Self::Weekday => |point| point.period.weekday().num_days_from_monday(),
            Self::Month => |point| point.period.month0(),
        };
        Some(Season::Positions(points.iter().map(|point| usize::try_from(position(point)).unwrap_or(0)).collect()))
    }
}

form_choices! {
    Spread {
        Mean "mean" "The average jump": "The usual way.";
        Median "median" "The middle jump": "When a few wild values would make the limits too wide.";
    }
    RuleSet {
        Three "three" "Three rules": "Outside a limit, eight in a row, three of four near a limit. The usual way.";
        Two "two" "Two rules": "Outside a limit, eight in a row.";
        One "one" "One rule": "Outside a limit only: fewer false alarms, slower to see a lasting change.";
        Nhs "nhs" "As in the NHS": "Outside a limit, seven in a row, two of three near a limit, seven rising or falling.";
    }
    LimitsKind {
        Same "same" "The same for all values": "The usual way.";
        Volume "volume" "Wider when there was little to count":
            "For shares with very different counts, such as won quotes.";
    }
    CalendarSeason {
        None "none" "No season": "The usual way: values are drawn as they came.";
        Month "month" "The month of the year": "Each value is divided by what its month usually is. Needs two full years.";
        Weekday "weekday" "The day of the week":
            "Each value is divided by what its weekday usually is. Needs two full weeks.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_week_is_a_season_only_of_days() {
        let seasons = [CalendarSeason::None, CalendarSeason::Month, CalendarSeason::Weekday];
        let fitting = |cadence| seasons.map(|season| season.fits(cadence));
        assert_eq!([Cadence::Day, Cadence::WorkingDay].map(fitting), [[true; 3]; 2]);
        assert_eq!([Cadence::Week, Cadence::Month].map(fitting), [[true, true, false]; 2]);
    }

    #[test]
    fn a_season_gives_each_value_its_place_in_the_calendar() {
        let points = ["2026-01-05", "2026-02-10"].map(|day| Point::plain(day.parse().unwrap(), Some(1.0)));
        assert_eq!(CalendarSeason::None.positions(&points), None);
        assert_eq!(CalendarSeason::Month.positions(&points), Some(Season::Positions(vec![0, 1])));
        assert_eq!(CalendarSeason::Weekday.positions(&points), Some(Season::Positions(vec![0, 1])));
    }
}
