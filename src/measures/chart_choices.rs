//! How the chart of one measure is read: what its team chose beside the usual way.

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

crate::choices! {
    /// The part of the calendar that explains some of the ups and downs.
    #[derive(Default)]
    CalendarSeason {
        #[default]
        None "none" "No season": "The usual way: values are drawn as they came.";
        Month "month" "The month of the year": "Each value is divided by what its month usually is. Needs two full years.";
        Weekday "weekday" "The day of the week":
            "Each value is divided by what its weekday usually is. Needs two full weeks.";
    }
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
