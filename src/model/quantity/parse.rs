//! Measures as people type them.

use crate::lean::parse_number;

use super::text::number_text;
use crate::model::calendar::{Calendar, Dimension, Unit};
use crate::model::measure::{Amount, Estimate, Measure, MeasureKind};

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
