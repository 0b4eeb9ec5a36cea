//! Measures as people type and read them: `90 s`, `1.5 weeks`, `~2 h`, `1-2-5 d`, `920 per day`, `?`.

use crate::lean::{Fixed, Shortest, parse_number};

use super::calendar::{Calendar, Dimension, Unit};
use super::measure::{Amount, Estimate, Measure, MeasureKind};

/// Why a text is no measure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// There is no number where one is needed.
    #[error("\u{201c}{0}\u{201d} is not a number")]
    NotANumber(String),
    /// A word that is no unit of this kind.
    #[error("\u{201c}{word}\u{201d} is not a unit here; it can be {units}")]
    NotAUnit {
        /// The word.
        word: String,
        /// The units that it could be.
        units: &'static str,
    },
    /// A span of time or a rate without its unit.
    #[error("a unit is missing; it can be {0}")]
    UnitMissing(&'static str),
    /// Low, likely and high do not go up.
    #[error("an estimate goes up: low, likely, high")]
    NotAscending,
    /// A number that this kind of measure cannot be.
    #[error("the number is out of range: it goes from {0} to {1}")]
    OutOfRange(String, String),
}

/// The units of time, the longest names first where one begins like another.
const TIME_WORDS: [(&[&str], Unit); 6] = [
    (&["s", "sec", "secs", "second", "seconds"], Unit::Second),
    (&["min", "mins", "m", "minute", "minutes"], Unit::Minute),
    (&["h", "hr", "hrs", "hour", "hours"], Unit::Hour),
    (&["d", "day", "days"], Unit::Day),
    (&["wk", "w", "wks", "week", "weeks"], Unit::Week),
    (&["mo", "month", "months"], Unit::Month),
];
const TIME_UNITS: &str = "s, min, h, d, wk or mo";
const RATE_UNITS: &str = "per h, per d, per wk or per mo";

/// Reads what a person typed for a kind of measure; empty means that nothing is stated any more.
///
/// `?` is unknown, `~` before a number makes it a guess, two or three numbers are an estimate (of
/// two the likely one is in the middle), anything else is measured. Rates may have a span: `18400
/// per 20 d` is 920 per day.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_measure(
    text: &str,
    kind: MeasureKind,
) -> Result<Option<(Amount, Unit)>, QuantityError> {
    let text = text.trim();
    let dimension = kind.dimension();
    if text.is_empty() {
        return Ok(None);
    }
    if text == "?" {
        return Ok(Some((Amount::Unknown, usual_unit(dimension))));
    }
    let (guess, text) = match text.strip_prefix('~') {
        Some(rest) => (true, rest.trim()),
        None => (false, text),
    };
    let (numbers, unit) = match dimension {
        Dimension::Time => parse_times(text)?,
        Dimension::Rate => parse_rates(text)?,
        Dimension::Share => parse_plain(text.trim_end_matches('%'), Unit::Percent)?,
        Dimension::Count | Dimension::Ratio => {
            parse_plain(text.trim_start_matches(['\u{d7}', 'x']), Unit::One)?
        }
    };
    let amount = match numbers[..] {
        [one] if guess => Amount::Guessed(one),
        [one] => Amount::Measured(one),
        [low, high] => Amount::Estimated(Estimate {
            low,
            likely: f64::midpoint(low, high),
            high,
        }),
        [low, likely, high] => Amount::Estimated(Estimate { low, likely, high }),
        _ => return Err(QuantityError::NotANumber(text.to_owned())),
    };
    if numbers.windows(2).any(|pair| pair[0] > pair[1]) {
        return Err(QuantityError::NotAscending);
    }
    let measure = Measure::new(amount, unit);
    if !measure.fits(kind) {
        let (least, most) = kind.range();
        return Err(QuantityError::OutOfRange(
            number_text(least),
            number_text(most),
        ));
    }
    Ok(Some((amount, unit)))
}

/// The unit of a kind of quantity where nobody has said one.
#[must_use]
pub const fn usual_unit(dimension: Dimension) -> Unit {
    match dimension {
        Dimension::Time => Unit::Hour,
        Dimension::Rate => Unit::PerDay,
        Dimension::Share => Unit::Percent,
        Dimension::Count | Dimension::Ratio => Unit::One,
    }
}

/// One to three numbers of one unit that needs no name.
fn parse_plain(text: &str, unit: Unit) -> Result<(Vec<f64>, Unit), QuantityError> {
    let numbers: Result<Vec<f64>, _> = split_range(text).map(number_of).collect();
    Ok((numbers?, unit))
}

/// One to three spans; a unit said at the end counts for those that have none.
fn parse_times(text: &str) -> Result<(Vec<f64>, Unit), QuantityError> {
    let spans: Result<Vec<Span>, _> = split_range(text).map(parse_span).collect();
    let spans = spans?;
    let unit = spans.iter().rev().find_map(|span| span.unit);
    let unit = unit.ok_or(QuantityError::UnitMissing(TIME_UNITS))?;
    let plain = Calendar::default();
    let numbers = spans.iter().map(|span| match span.unit {
        // Different units of one estimate, such as 30 min to 2 h, meet in the last one.
        Some(own) if own != unit => plain.seconds(span.amount, own) / plain.seconds_in(unit),
        _ => span.amount,
    });
    Ok((numbers.collect(), unit))
}

/// One span of time as typed; without a unit it takes that of its neighbour.
struct Span {
    amount: f64,
    unit: Option<Unit>,
}

/// Reads `2`, `90 s`, `1 h 30 min`.
fn parse_span(text: &str) -> Result<Span, QuantityError> {
    let mut rest = text.trim();
    let mut total: Option<Span> = None;
    let plain = Calendar::default();
    while !rest.is_empty() {
        let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
        let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        let amount = number_of(&rest[..end])?;
        rest = rest[end..].trim_start();
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let word = &rest[..end];
        rest = rest[end..].trim_start();
        let unit = if word.is_empty() {
            None
        } else {
            Some(time_unit(word)?)
        };
        total = Some(match (total, unit) {
            (None, unit) => Span { amount, unit },
            (
                Some(Span {
                    amount: first,
                    unit: Some(large),
                }),
                Some(small),
            ) => {
                // The smaller unit has the say: 1 h 30 min is 90 min.
                let seconds = plain.seconds(first, large) + plain.seconds(amount, small);
                Span {
                    amount: seconds / plain.seconds_in(small),
                    unit: Some(small),
                }
            }
            (Some(_), _) => return Err(QuantityError::UnitMissing(TIME_UNITS)),
        });
    }
    total.ok_or_else(|| QuantityError::NotANumber(text.trim().to_owned()))
}

fn time_unit(word: &str) -> Result<Unit, QuantityError> {
    let found = TIME_WORDS
        .iter()
        .find(|(words, _)| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
    found
        .map(|(_, unit)| *unit)
        .ok_or_else(|| QuantityError::NotAUnit {
            word: word.to_owned(),
            units: TIME_UNITS,
        })
}

/// One to three rates of one span: `920/d`, `800-920 per day`, `18400 / 20 d`.
fn parse_rates(text: &str) -> Result<(Vec<f64>, Unit), QuantityError> {
    let missing = QuantityError::UnitMissing(RATE_UNITS);
    let per = text.find('/').map(|at| (at, 1));
    let per = per.or_else(|| text.find(" per ").map(|at| (at, 5)));
    let (at, length) = per.ok_or(missing)?;
    let (numbers, span) = (&text[..at], text[at + length..].trim());
    let first_digit = span.starts_with(|c: char| c.is_ascii_digit());
    let span = parse_span(&if first_digit {
        span.to_owned()
    } else {
        format!("1 {span}")
    })?;
    let wrong = |word: &str| QuantityError::NotAUnit {
        word: word.to_owned(),
        units: RATE_UNITS,
    };
    let unit = match span.unit {
        Some(Unit::Hour) => Unit::PerHour,
        Some(Unit::Day) => Unit::PerDay,
        Some(Unit::Week) => Unit::PerWeek,
        Some(Unit::Month) => Unit::PerMonth,
        Some(Unit::Minute) => return Err(wrong("min")),
        Some(_) => return Err(wrong("s")),
        None => return Err(QuantityError::UnitMissing(RATE_UNITS)),
    };
    let (numbers, _) = parse_plain(numbers, unit)?;
    Ok((
        numbers
            .into_iter()
            .map(|number| number / span.amount)
            .collect(),
        unit,
    ))
}

/// The parts of `1-2-5`, `1–5`, `1 to 5`, `1..5`.
fn split_range(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let marks = ["-", "\u{2013}", "..", " to "];
        let found = marks
            .iter()
            .filter_map(|mark| Some((text.find(mark)?, mark.len())));
        let first = found.min_by_key(|(at, length)| (*at, usize::MAX - length));
        rest = first.map(|(at, length)| &text[at + length..]);
        Some(first.map_or(text, |(at, _)| &text[..at]).trim())
    })
}

/// A number with a point or a comma; a comma before exactly three digits parts thousands.
fn number_of(text: &str) -> Result<f64, QuantityError> {
    let text = text.trim();
    let fault = || QuantityError::NotANumber(text.to_owned());
    let plain = match text.rsplit_once(',') {
        Some((_, after)) if after.len() == 3 || text.contains('.') => text.replace(',', ""),
        _ => text.replace(',', "."),
    };
    let digits = plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let points = plain.bytes().filter(|byte| *byte == b'.').count();
    if !digits || points > 1 || !plain.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(fault());
    }
    // The grammar of numbers in JSON wants a digit on both sides of the point.
    let number = format!("0{plain}0");
    let number = if points == 0 { plain } else { number };
    parse_number(&number).ok_or_else(fault)
}

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
    let mut text = Fixed(number, decimals).to_string();
    if text.contains('.') {
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
    } else if size >= GROUPED {
        let mut place = text.len();
        while place > 3 && text.as_bytes()[place - 4].is_ascii_digit() {
            place -= 3;
            text.insert(place, ',');
        }
    }
    text
}

/// A number as it was typed, to its last digit.
fn exact_text(number: f64) -> String {
    Shortest(number).to_string()
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

/// The unit in which a rate reads best.
#[must_use]
pub fn best_rate_unit(rate: f64, calendar: &Calendar) -> Unit {
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
    let text = Fixed(percent, decimals).to_string();
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned() + unit_suffix(Unit::Percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: MeasureKind) -> String {
        match parse_measure(text, kind) {
            Ok(Some((amount, unit))) => measure_text(&Measure::new(amount, unit)),
            Ok(None) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn spans_are_read_as_people_write_them() {
        for (typed, shown) in [
            ("90 s", "90 s"),
            ("90s", "90 s"),
            ("2 h", "2 h"),
            ("3 days", "3 d"),
            ("1.5 weeks", "1.5 wk"),
            ("1,5 Weeks", "1.5 wk"),
            (".5 h", "0.5 h"),
            ("1 h 30 min", "90 min"),
            ("1h30m", "90 min"),
            ("~2 h", "~2 h"),
            ("1-2-5 d", "1\u{2013}2\u{2013}5 d"),
            ("1 \u{2013} 5 d", "1\u{2013}3\u{2013}5 d"),
            ("30 min to 2 h", "0.5\u{2013}1.25\u{2013}2 h"),
            ("?", "?"),
            ("", ""),
            ("  ", ""),
            ("18,400 s", "18400 s"),
        ] {
            assert_eq!(read(typed, MeasureKind::ProcessTime), shown, "{typed}");
        }
    }

    #[test]
    fn rates_counts_and_shares_are_read() {
        for (typed, shown) in [
            ("920/d", "920 per d"),
            ("920 per day", "920 per d"),
            ("18400 / 20 d", "920 per d"),
            ("18,400 per 20 days", "920 per d"),
            ("3-5 per week", "3\u{2013}4\u{2013}5 per wk"),
            ("~2/wk", "~2 per wk"),
        ] {
            assert_eq!(read(typed, MeasureKind::Demand), shown, "{typed}");
        }
        assert_eq!(read("85", MeasureKind::Uptime), "85 %");
        assert_eq!(read("85 %", MeasureKind::Uptime), "85 %");
        assert_eq!(read("x3", MeasureKind::Servers), "3");
        assert_eq!(read("0 %", MeasureKind::CompleteAndAccurate), "0 %");
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (typed, kind, message) in [
            (
                "2",
                MeasureKind::ProcessTime,
                "a unit is missing; it can be s, min, h, d, wk or mo",
            ),
            (
                "2 ells",
                MeasureKind::ProcessTime,
                "\u{201c}ells\u{201d} is not a unit here; it can be s, min, h, d, wk or mo",
            ),
            (
                "soon",
                MeasureKind::ProcessTime,
                "\u{201c}\u{201d} is not a number",
            ),
            (
                "5-1 h",
                MeasureKind::ProcessTime,
                "an estimate goes up: low, likely, high",
            ),
            (
                "120",
                MeasureKind::Uptime,
                "the number is out of range: it goes from 0.01 to 100",
            ),
            (
                "0",
                MeasureKind::Servers,
                "the number is out of range: it goes from 0.001 to 1,000,000,000,000",
            ),
            (
                "5",
                MeasureKind::Demand,
                "a unit is missing; it can be per h, per d, per wk or per mo",
            ),
            (
                "1.2.3",
                MeasureKind::Batch,
                "\u{201c}1.2.3\u{201d} is not a number",
            ),
        ] {
            assert_eq!(read(typed, kind), message, "{typed}");
        }
    }

    #[test]
    fn spans_are_shown_in_the_best_unit_of_the_calendar() {
        let acme = Calendar {
            seconds_per_day: 55_200.0,
            ..Calendar::default()
        };
        assert_eq!(duration_text(188.0, &acme), "188 s");
        assert_eq!(duration_text(23.6 * 55_200.0, &acme), "23.6 d");
        assert_eq!(duration_text(3_600.0, &acme), "1 h");
        assert_eq!(duration_text(1.85 * 55_200.0, &acme), "1.85 d");
        assert_eq!(duration_text(28_800.0, &acme), "8 h");
        assert_eq!(rate_text(920.0 / 55_200.0, &acme), "920 per d");
        assert_eq!(rate_text(0.0, &acme), "0 per d");
        for (share, text) in [
            (1.033_33, "103.3 %"),
            (0.5, "50 %"),
            (0.0, "0 %"),
            (0.000_144, "0.014 %"),
        ] {
            assert_eq!(share_text(share), text);
        }
        assert_eq!(number_text(21_733.2), "21,733");
        assert_eq!(number_text(-1_234_567.0), "-1,234,567");
    }
}
