//! Units of time, and how they are converted into each other.

use std::fmt;

use super::unit::Unit;
use super::words::key;

/// How long a unit of time is: in seconds, or in months for those whose days vary.
#[derive(Clone, Copy, PartialEq)]
enum Length {
    Seconds(f64),
    Months(f64),
}

/// Seconds in a month of a year with 365 days.
const MONTH: f64 = 365.0 * 86_400.0 / 12.0;

const LENGTHS: [(&str, Length); 10] = [
    ("second", Length::Seconds(1.0)),
    ("minute", Length::Seconds(60.0)),
    ("hour", Length::Seconds(3_600.0)),
    ("day", Length::Seconds(86_400.0)),
    ("week", Length::Seconds(604_800.0)),
    ("month", Length::Months(1.0)),
    ("quarter", Length::Months(3.0)),
    ("year", Length::Months(12.0)),
    ("decade", Length::Months(120.0)),
    ("century", Length::Months(1_200.0)),
];

fn length(base: &str) -> Option<Length> {
    let known = LENGTHS.iter().find(|(name, _)| key(name) == base);
    known.map(|(_, length)| *length)
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
                Some(Length::Months(count)) => {
                    months += power;
                    scale *= count.powf(power);
                }
                Some(Length::Seconds(count)) => {
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
