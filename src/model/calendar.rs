//! The calendar of a stream: what a day is, and units of time and of rates in it.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::record::merge_as_a_whole;

/// What a unit of time or of a rate is called where people type and read it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// A plain number.
    #[default]
    #[serde(skip)]
    One,
    /// Hundredths.
    #[serde(skip)]
    Percent,
    /// Seconds.
    #[serde(rename = "s")]
    Second,
    /// Minutes.
    #[serde(rename = "min")]
    Minute,
    /// Hours.
    #[serde(rename = "h")]
    Hour,
    /// Days of the calendar: of 24 hours on the clock, of a day's working time otherwise.
    Day,
    /// Weeks of the calendar.
    Week,
    /// Months of the calendar: the twelfth part of a year of 365.25 days.
    Month,
    /// Items an hour of working time.
    #[serde(rename = "per hour")]
    PerHour,
    /// Items a day.
    #[serde(rename = "per day")]
    PerDay,
    /// Items a week.
    #[serde(rename = "per week")]
    PerWeek,
    /// Items a month.
    #[serde(rename = "per month")]
    PerMonth,
}

/// What kind of quantity a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// A number of things.
    Count,
    /// A share of a whole.
    Share,
    /// A span of time.
    Time,
    /// Items in a span of time.
    Rate,
    /// A plain ratio, such as a coefficient of variation.
    Ratio,
}

/// Whether spans of time run on the clock or on working time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeBasis {
    /// Nights and weekends pass: a day has 24 hours, a week seven days.
    Clock,
    /// Only working time passes: a day is the working time of a day.
    #[default]
    Working,
}

/// When a stream works, and how its spans of time are counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calendar {
    /// What a day of a span of time is.
    pub basis: TimeBasis,
    /// Working time in a working day, in seconds: 1 to 86,400.
    pub seconds_per_day: f64,
    /// Working days in a week: 0.1 to 7.
    pub days_per_week: f64,
    /// The unit that every rate is read in; where there is none, each in the one that reads best.
    pub rate_unit: Option<Unit>,
}

merge_as_a_whole!(TimeBasis);

impl Default for Calendar {
    /// Working time of eight hours on five days.
    fn default() -> Self {
        Self {
            basis: TimeBasis::Working,
            seconds_per_day: 28_800.0,
            days_per_week: 5.0,
            rate_unit: None,
        }
    }
}

/// Seconds in a day of the clock.
const CLOCK_DAY: f64 = 86_400.0;
/// Weeks in a month: 365.25 days over 7 over 12.
const WEEKS_PER_MONTH: f64 = 365.25 / 84.0;

impl Calendar {
    /// A span in seconds of the basis; a unit that is no time counts as seconds.
    #[must_use]
    pub fn seconds(&self, amount: f64, unit: Unit) -> f64 {
        amount * self.seconds_in(unit)
    }

    /// How many seconds of the basis a unit of time has.
    #[must_use]
    pub fn seconds_in(&self, unit: Unit) -> f64 {
        let (day, days) = match self.basis {
            TimeBasis::Clock => (CLOCK_DAY, 7.0),
            TimeBasis::Working => (self.seconds_per_day, self.days_per_week),
        };
        match unit {
            Unit::Minute => 60.0,
            Unit::Hour => 3_600.0,
            Unit::Day => day,
            Unit::Week => day * days,
            Unit::Month => day * days * WEEKS_PER_MONTH,
            _ => 1.0,
        }
    }

    /// A rate in items per second of working time; a unit that is no rate counts as per second.
    #[must_use]
    pub fn rate(&self, amount: f64, unit: Unit) -> f64 {
        amount / self.working_seconds_of(unit)
    }

    /// The working time in the span of a rate, in seconds: a day's, a week's and so on.
    #[must_use]
    pub fn working_seconds_of(&self, unit: Unit) -> f64 {
        let week = self.seconds_per_day * self.days_per_week;
        match unit {
            Unit::PerHour => 3_600.0,
            // On the clock a day is the seventh part of a week, whether people work on it or not.
            Unit::PerDay => match self.basis {
                TimeBasis::Clock => week / 7.0,
                TimeBasis::Working => self.seconds_per_day,
            },
            Unit::PerWeek => week,
            Unit::PerMonth => week * WEEKS_PER_MONTH,
            _ => 1.0,
        }
    }

    /// How many seconds of the basis pass, on average, while a second of working time does.
    #[must_use]
    pub fn elapsed_per_working_second(&self) -> f64 {
        match self.basis {
            TimeBasis::Clock => CLOCK_DAY * 7.0 / (self.seconds_per_day * self.days_per_week),
            TimeBasis::Working => 1.0,
        }
    }

    /// The range of `seconds_per_day`.
    pub const SECONDS_PER_DAY: RangeInclusive<f64> = 1.0..=CLOCK_DAY;
    /// The range of `days_per_week`.
    pub const DAYS_PER_WEEK: RangeInclusive<f64> = 0.1..=7.0;
}

impl Unit {
    /// What kind of quantity it measures.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::One => Dimension::Count,
            Self::Percent => Dimension::Share,
            Self::Second | Self::Minute | Self::Hour | Self::Day | Self::Week | Self::Month => {
                Dimension::Time
            }
            Self::PerHour | Self::PerDay | Self::PerWeek | Self::PerMonth => Dimension::Rate,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_what_the_basis_says() {
        let working = Calendar::default();
        let clock = Calendar {
            basis: TimeBasis::Clock,
            ..working
        };
        assert_eq!(working.seconds(3.0, Unit::Day), 86_400.0);
        assert_eq!(clock.seconds(3.0, Unit::Day), 259_200.0);
        assert_eq!(working.seconds(1.5, Unit::Week), 216_000.0);
        assert_eq!(clock.seconds(1.0, Unit::Week), 604_800.0);
    }

    #[test]
    fn a_rate_a_week_is_the_same_on_either_basis() {
        let working = Calendar::default();
        let clock = Calendar {
            basis: TimeBasis::Clock,
            ..working
        };
        for unit in [Unit::PerHour, Unit::PerWeek, Unit::PerMonth] {
            assert_eq!(working.rate(5.0, unit), clock.rate(5.0, unit));
        }
        let near = |one: f64, other: f64| (one - other).abs() < 1.0e-12;
        assert!(near(
            clock.rate(1.0, Unit::PerDay),
            clock.rate(7.0, Unit::PerWeek)
        ));
        assert!(near(
            working.rate(1.0, Unit::PerDay),
            working.rate(5.0, Unit::PerWeek)
        ));
        assert!((clock.elapsed_per_working_second() - 4.2).abs() < 1.0e-12);
    }
}
