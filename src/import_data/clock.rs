//! How much time passes between two moments: on the clock, or in working time.

use crate::format::table::Moment;
use crate::model::{Calendar, TimeBasis};

/// Seconds in a day of the clock.
const DAY: f64 = 86_400.0;

/// What counts as time between two moments.
///
/// A calendar says how long people work, not when. Here they begin at the same hour each day, from
/// Monday on; a week of 5.5 days has half a Saturday. Holidays are not known, and pass as working
/// days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clock {
    /// The calendar of the map: whether nights and weekends count, and how long people work.
    pub calendar: Calendar,
    /// When work begins on a day, in seconds after midnight.
    pub begins: f64,
}

impl Clock {
    /// Work that begins at nine, or earlier where the day would not be long enough.
    #[must_use]
    pub const fn new(calendar: Calendar) -> Self {
        Self {
            calendar,
            begins: 9.0 * 3_600.0,
        }
    }

    /// The seconds that count from one moment to a later one; none if it is not later.
    #[must_use]
    pub fn between(&self, from: Moment, to: Moment) -> f64 {
        let passed = match self.calendar.basis {
            TimeBasis::Clock => to - from,
            TimeBasis::Working => self.worked(to) - self.worked(from),
        };
        // To the millisecond, which is what times are written to.
        (passed.max(0.0) * 1_000.0).round() / 1_000.0
    }

    /// When work begins and ends on a whole working day, in seconds after midnight.
    #[must_use]
    pub fn hours(&self) -> (f64, f64) {
        let length = self.calendar.seconds_per_day;
        let begins = self.begins.min(DAY - length).max(0.0);
        (begins, begins + length)
    }

    /// Working time since 1970-01-05, a Monday.
    fn worked(&self, moment: Moment) -> f64 {
        let days = moment / DAY - 4.0;
        let week = (days / 7.0).floor();
        let of_week = days - week * 7.0;
        let (day, of_day) = (of_week.floor(), of_week.fract() * DAY);
        let most = self.calendar.days_per_week;
        // By day of the week, how much of a working day it is.
        let share = (most - day).clamp(0.0, 1.0);
        let whole = day.min(most);
        let begun = (of_day - self.hours().0).max(0.0);
        let today = begun.min(share * self.calendar.seconds_per_day);
        (week * most + whole) * self.calendar.seconds_per_day + today
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::table::{DateOrder, read_stamp};
    use proptest::prelude::*;

    fn at(text: &str) -> Moment {
        read_stamp(text, DateOrder::DayFirst).unwrap().wall
    }

    fn hours(clock: &Clock, from: &str, to: &str) -> f64 {
        clock.between(at(from), at(to)) / 3_600.0
    }

    #[test]
    fn nights_and_weekends_are_no_working_time() {
        let clock = Clock::new(Calendar::default());
        // 2026-11-25 is a Wednesday.
        for (from, to, expected) in [
            ("2026-11-25 10:00", "2026-11-25 12:30", 2.5),
            ("2026-11-25 16:00", "2026-11-26 10:00", 2.0),
            ("2026-11-27 16:00", "2026-11-30 10:00", 2.0),
            ("2026-11-28 10:00", "2026-11-29 10:00", 0.0),
            ("2026-11-23 09:00", "2026-11-30 09:00", 40.0),
            ("2026-11-25 20:00", "2026-11-25 23:00", 0.0),
            ("2026-11-26 10:00", "2026-11-25 10:00", 0.0),
            ("1960-01-04 09:00", "1960-01-05 10:00", 9.0),
        ] {
            assert!(
                (hours(&clock, from, to) - expected).abs() < 1.0e-6,
                "{from} to {to}"
            );
        }
        let on_clock = Clock::new(Calendar {
            basis: TimeBasis::Clock,
            ..Calendar::default()
        });
        assert!((hours(&on_clock, "2026-11-27 16:00", "2026-11-30 10:00") - 66.0).abs() < 1.0e-6);
    }

    #[test]
    fn half_a_saturday_counts_and_long_days_begin_earlier() {
        let clock = Clock::new(Calendar {
            days_per_week: 5.5,
            ..Calendar::default()
        });
        assert!((hours(&clock, "2026-11-28 00:00", "2026-11-29 00:00") - 4.0).abs() < 1.0e-6);
        let clock = Clock::new(Calendar {
            seconds_per_day: 20.0 * 3_600.0,
            ..Calendar::default()
        });
        assert!((hours(&clock, "2026-11-25 00:00", "2026-11-26 00:00") - 20.0).abs() < 1.0e-6);
    }

    proptest! {
        #[test]
        fn time_adds_up(
            from in -1.0e9..4.0e9_f64, one in 0.0..1.0e7_f64, other in 0.0..1.0e7_f64,
            seconds_per_day in 1.0..86_400.0_f64, days_per_week in 0.1..7.0_f64,
        ) {
            let calendar = Calendar { basis: TimeBasis::Working, seconds_per_day, days_per_week, ..Calendar::default() };
            let clock = Clock::new(calendar);
            let whole = clock.between(from, from + one + other);
            let parts = clock.between(from, from + one) + clock.between(from + one, from + one + other);
            prop_assert!((whole - parts).abs() < 3.0e-3);
            prop_assert!(whole <= one + other + 1.0e-3);
            let week = clock.between(from, from + 7.0 * DAY);
            prop_assert!((week - seconds_per_day * days_per_week).abs() < 1.0e-2);
        }
    }
}
