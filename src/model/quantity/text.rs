//! Measures and results as people read them.

use crate::model::calendar::{Calendar, Unit};
use crate::model::measure::{Amount, Estimate, Measure};

/// What a person would type for a measure.
#[must_use]
pub fn measure_text(measure: &Measure) -> String {
    let numbers = match measure.amount {
        Amount::Unknown => return "?".to_owned(),
        Amount::Guessed(amount) => format!("~{}", exact_text(amount)),
        Amount::Measured(amount) => exact_text(amount),
        Amount::Estimated(Estimate { low, likely, high }) => {
            let [low, likely, high] = [low, likely, high].map(exact_text);
            format!("{low}\u{2013}{likely}\u{2013}{high}")
        }
    };
    numbers + unit_suffix(measure.unit)
}

/// A unit as it stands behind a number, with the blank before it if there is one.
#[must_use]
pub const fn unit_suffix(unit: Unit) -> &'static str {
    match unit {
        Unit::One => "",
        Unit::Percent => " %",
        Unit::Second => " s",
        Unit::Minute => " min",
        Unit::Hour => " h",
        Unit::Day => " d",
        Unit::Week => " wk",
        Unit::Month => " mo",
        Unit::PerHour => " per h",
        Unit::PerDay => " per d",
        Unit::PerWeek => " per wk",
        Unit::PerMonth => " per mo",
    }
}

/// A number for people: three significant digits at least, thousands apart from 10,000 on.
#[must_use]
pub fn number_text(number: f64) -> String {
    const GROUPED: f64 = 10_000.0;
    let size = number.abs();
    let decimals = match size {
        _ if size >= 100.0 || number == number.trunc() => 0,
        _ if size >= 10.0 => 1,
        _ if size >= 1.0 => 2,
        _ if size >= 0.1 => 3,
        _ => 4,
    };
    let mut text = format!("{number:.decimals$}");
    if text.contains('.') {
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
    } else if size >= GROUPED {
        let mut index = text.len();
        while index > 3 && text.as_bytes()[index - 4].is_ascii_digit() {
            index -= 3;
            text.insert(index, ',');
        }
    }
    text
}

/// A number as the shortest text that reads back as the same, without `.0`; `-0` is `0`. Very small
/// and very large ones have an exponent.
#[must_use]
pub fn exact_text(number: f64) -> String {
    // Adding zero takes the sign of a zero away and changes nothing else.
    let mut text = format!("{:?}", number + 0.0);
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    text
}

/// A span in seconds of the calendar's basis, in the unit that reads best.
#[must_use]
pub fn duration_text(seconds: f64, calendar: &Calendar) -> String {
    duration_text_in(seconds, best_unit(seconds, calendar), calendar)
}

/// A span in seconds of the calendar's basis, in a unit of time.
#[must_use]
pub fn duration_text_in(seconds: f64, unit: Unit, calendar: &Calendar) -> String {
    number_text(seconds / calendar.seconds_in(unit)) + unit_suffix(unit)
}

/// The unit in which a span reads best.
#[must_use]
pub fn best_unit(seconds: f64, calendar: &Calendar) -> Unit {
    let limits = [
        (Unit::Second, 300.0),
        (Unit::Minute, 60.0 * 60.0),
        (Unit::Hour, calendar.seconds_in(Unit::Day)),
        (Unit::Day, 100.0 * calendar.seconds_in(Unit::Day)),
    ];
    let fits = limits.iter().find(|(_, limit)| seconds.abs() < *limit);
    fits.map_or(Unit::Week, |(unit, _)| *unit)
}

/// A rate in items per second of working time, a day or, if that is less than one, a week.
#[must_use]
pub fn rate_text(rate: f64, calendar: &Calendar) -> String {
    rate_text_in(rate, best_rate_unit(rate, calendar), calendar)
}

/// A rate in items per second of working time, in a unit of rates.
#[must_use]
pub fn rate_text_in(rate: f64, unit: Unit, calendar: &Calendar) -> String {
    number_text(rate * calendar.working_seconds_of(unit)) + unit_suffix(unit)
}

/// The unit in which a rate reads best: that of the calendar, if it has one.
#[must_use]
pub fn best_rate_unit(rate: f64, calendar: &Calendar) -> Unit {
    if let Some(unit) = calendar.rate_unit {
        return unit;
    }
    let units = [Unit::PerDay, Unit::PerWeek, Unit::PerMonth];
    let amount = |unit: Unit| rate * calendar.working_seconds_of(unit);
    let unit = units.into_iter().find(|unit| amount(*unit) >= 1.0);
    unit.unwrap_or(if rate > 0.0 {
        Unit::PerMonth
    } else {
        Unit::PerDay
    })
}

/// A share of a whole, in hundredths: with one decimal, and below one hundredth with two digits
/// that say something.
#[must_use]
pub fn share_text(share: f64) -> String {
    let percent = share * 100.0;
    let decimals = match percent.abs() {
        size if size >= 1.0 || size == 0.0 => 1,
        size if size >= 0.1 => 2,
        _ => 3,
    };
    let text = format!("{percent:.decimals$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned() + unit_suffix(Unit::Percent)
}
