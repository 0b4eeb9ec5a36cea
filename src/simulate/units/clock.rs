//! Units of time, and how they are converted into each other.

use std::fmt;

use super::unit::Unit;
use super::words::key;

/// How long a unit of time is: in seconds, or in months for those whose days vary.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Lasts {
    Seconds(f64),
    Months(f64),
}

impl Lasts {
    /// In seconds; a year is taken for 365 days.
    pub(super) const fn in_seconds(self) -> f64 {
        match self {
            Self::Seconds(count) => count,
            Self::Months(count) => count * MONTH,
        }
    }
}

/// A unit of time.
#[derive(Clone, Copy)]
pub(super) struct UnitOfTime {
    /// What one is called.
    pub name: &'static str,
    /// What several are called.
    pub names: &'static str,
    /// How long it is.
    pub lasts: Lasts,
}

/// Seconds in a month of a year with 365 days.
const MONTH: f64 = 365.0 * 86_400.0 / 12.0;

const UNITS: [UnitOfTime; 10] = {
    const fn unit(name: &'static str, names: &'static str, lasts: Lasts) -> UnitOfTime {
        UnitOfTime { name, names, lasts }
    }
    [
        unit("second", "seconds", Lasts::Seconds(1.0)),
        unit("minute", "minutes", Lasts::Seconds(60.0)),
        unit("hour", "hours", Lasts::Seconds(3_600.0)),
        unit("day", "days", Lasts::Seconds(86_400.0)),
        unit("week", "weeks", Lasts::Seconds(604_800.0)),
        unit("month", "months", Lasts::Months(1.0)),
        unit("quarter", "quarters", Lasts::Months(3.0)),
        unit("year", "years", Lasts::Months(12.0)),
        unit("decade", "decades", Lasts::Months(120.0)),
        unit("century", "centuries", Lasts::Months(1_200.0)),
    ]
};

/// The unit of time of a base, by the key that it is compared by.
pub(super) fn unit_of_time(base: &str) -> Option<UnitOfTime> {
    let known = UNITS.iter().find(|unit| key(unit.name) == base);
    known.copied()
}

fn length(base: &str) -> Option<Lasts> {
    unit_of_time(base).map(|unit| unit.lasts)
}

/// Two units that are the same but for a factor of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// One of these
    pub from: Unit,
    /// is so many
    pub factor: f64,
    /// of those.
    pub to: Unit,
    /// Whether the factor is exact. It is not between days and months or years: a year is taken
    /// for 365 days.
    pub is_exact: bool,
}

impl Conversion {
    /// How one unit becomes another, if they differ in units of time alone.
    #[must_use]
    pub fn between(from: &Unit, to: &Unit) -> Option<Self> {
        let [a, b] = [from, to].map(Scaled::of);
        let (a, b) = (a?, b?);
        // Months and seconds are both time: only their sum has to agree.
        if a.rest != b.rest || (a.months + a.seconds - b.months - b.seconds).abs() > 1e-9 {
            return None;
        }
        let months = a.months - b.months;
        Some(Self {
            from: from.clone(),
            factor: a.scale / b.scale * MONTH.powf(months),
            to: to.clone(),
            is_exact: months.abs() < 1e-9,
        })
    }
}

impl fmt::Display for Conversion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            from, factor, to, ..
        } = self;
        // Six digits say enough, and hide what rounding leaves.
        let digits = (5 - factor.abs().log10().floor() as i32).clamp(0, 12);
        let power = 10.0_f64.powi(digits);
        let shown = (factor * power).round() / power;
        let about = if self.is_exact { "" } else { "about " };
        write!(f, "1 ({from}) is {about}{shown} ({to})")
    }
}

/// A unit with its units of time taken apart: the powers of months and of seconds, what they are
/// multiplied by, and all else.
struct Scaled {
    months: f64,
    seconds: f64,
    scale: f64,
    rest: Unit,
}

impl Scaled {
    fn of(unit: &Unit) -> Option<Self> {
        let (mut months, mut seconds, mut scale) = (0.0, 0.0, 1.0);
        for (base, power) in unit.powers() {
            let power = f64::from(power.over()) / f64::from(power.under());
            match length(base) {
                Some(Lasts::Months(count)) => {
                    months += power;
                    scale *= count.powf(power);
                }
                Some(Lasts::Seconds(count)) => {
                    seconds += power;
                    scale *= count.powf(power);
                }
                None => {}
            }
        }
        let rest = unit.replaced(|base| length(base).map(|_| Some(Unit::dimensionless())))?;
        Some(Self {
            months,
            seconds,
            scale,
            rest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Conversion;
    use crate::simulate::units::book::UnitBook;

    fn between(from: &str, to: &str) -> Option<Conversion> {
        let book = UnitBook::default();
        let [from, to] = [from, to].map(|text| book.read(text).unwrap().unwrap());
        Conversion::between(&from, &to)
    }

    #[test]
    fn factors_of_time() {
        for (from, to, said) in [
            (
                "widgets/month",
                "widgets/year",
                "1 (widgets/month) is 12 (widgets/year)",
            ),
            ("year", "months", "1 (year) is 12 (months)"),
            ("hours", "week", "1 (hours) is 0.00595238 (week)"),
            ("1/day^2", "1/week^2", "1 (1/day^2) is 49 (1/week^2)"),
            (
                "people*day",
                "people*year",
                "1 (day*people) is about 0.00273973 (people*year)",
            ),
            ("m/second", "m/hr", "1 (m/second) is 3600 (m/hr)"),
        ] {
            assert_eq!(between(from, to).unwrap().to_string(), said);
        }
        for (from, to) in [
            ("widgets", "widgets/year"),
            ("day", "widgets"),
            ("1/day", "day"),
        ] {
            assert_eq!(between(from, to), None, "{from} {to}");
        }
        assert!(!between("day/month", "1").unwrap().is_exact);
    }
}
