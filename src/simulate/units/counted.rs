//! What a unit counts, as a figure of a value stream can be counted: time, items, items in a time, or
//! parts.

use super::clock::{Lasts, UnitOfTime, unit_of_time};
use super::unit::{Fraction, Unit};
use super::words::key;
use crate::model::{Calendar, TimeBasis, Unit as CalendarUnit, number_text};

/// What a unit counts.
#[derive(Clone, Copy)]
pub(in crate::simulate) enum Counted {
    /// Time, in this unit.
    Time(TimeUnit),
    /// Things in this unit of time.
    PerTime(TimeUnit),
    /// Things.
    Things,
    /// Parts of 1, or a plain number.
    One,
    /// Hundredths.
    Percent,
}

/// A unit of time as a calendar has it: a day is a day of the calendar.
#[derive(Clone, Copy)]
pub(in crate::simulate) struct TimeUnit(UnitOfTime);

impl Counted {
    /// What a unit counts; none where it is neither of these.
    pub(in crate::simulate) fn of(unit: &Unit) -> Option<Self> {
        let mut time = None;
        let mut things = 0;
        let mut is_percent = false;
        for (base, power) in unit.powers() {
            match unit_of_time(base) {
                Some(found) if time.is_none() => time = Some((found, power)),
                Some(_) => return None,
                None if power == Fraction::ONE => {
                    things += 1;
                    is_percent = [key("percent"), key("%")].iter().any(|one| one == base);
                }
                None => return None,
            }
        }
        let one_under = Fraction::new(-1, 1);
        match (time, things) {
            (None, 0) => Some(Self::One),
            (None, 1) if is_percent => Some(Self::Percent),
            (None, 1) => Some(Self::Things),
            (Some((time, Fraction::ONE)), 0) => Some(Self::Time(TimeUnit(time))),
            (Some((time, power)), 0 | 1) if Some(power) == one_under => {
                Some(Self::PerTime(TimeUnit(time)))
            }
            _ => None,
        }
    }
}

impl TimeUnit {
    /// A day.
    pub(in crate::simulate) const DAY: Self = Self(UnitOfTime {
        name: "day",
        names: "days",
        lasts: Lasts::Seconds(86_400.0),
    });

    /// How many seconds of the basis of the calendar it has.
    pub(in crate::simulate) fn seconds(self, calendar: &Calendar) -> f64 {
        match self.0.lasts {
            Lasts::Months(count) => count * calendar.seconds_in(CalendarUnit::Month),
            Lasts::Seconds(_) if self.0.name == "day" => calendar.seconds_in(CalendarUnit::Day),
            Lasts::Seconds(_) if self.0.name == "week" => calendar.seconds_in(CalendarUnit::Week),
            Lasts::Seconds(count) => count,
        }
    }

    /// What several are called.
    pub(in crate::simulate) const fn names(self) -> &'static str {
        self.0.names
    }

    /// What several are called, with what the calendar takes for a day.
    pub(in crate::simulate) fn spoken(self, calendar: &Calendar) -> String {
        with_days(self.0.names, self.0.name, calendar)
    }

    /// What one is called, likewise.
    pub(in crate::simulate) fn spoken_one(self, calendar: &Calendar) -> String {
        with_days(self.0.name, self.0.name, calendar)
    }
}

/// A unit of time by its name, with what the calendar takes for a day.
fn with_days(said: &str, name: &str, calendar: &Calendar) -> String {
    let hours = || number_text(calendar.seconds_per_day / 3_600.0);
    let days = || number_text(calendar.days_per_week);
    match (calendar.basis, name) {
        (TimeBasis::Clock, "day") => format!("{said} of 24 h"),
        (TimeBasis::Clock, _) => format!("{said} on the clock"),
        (TimeBasis::Working, "day") => format!("working {said} of {} h", hours()),
        (TimeBasis::Working, "week") => {
            format!("working {said} of {} days with {} h each", days(), hours())
        }
        (TimeBasis::Working, "second" | "minute" | "hour") => format!("{said} of working time"),
        (TimeBasis::Working, _) => format!(
            "{said} of {} working days a week with {} h each",
            days(),
            hours()
        ),
    }
}
