//! Measures as people type them.

use super::text::number_text;
use crate::model::calendar::{Calendar, Dimension, Unit};
use crate::model::measure::{Amount, Estimate, Measure};
use crate::model::measure_kind::MeasureKind;

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

/// How a text writes what people write in more than one way.
#[derive(Clone, Copy, Debug)]
pub struct Notation {
    /// The number that a text is.
    pub number: fn(&str) -> Option<f64>,
    /// The unit of a time that has none; none where that is an error.
    pub unit: Option<Unit>,
    /// The unit that a word names.
    pub unit_of: fn(&str) -> Option<Unit>,
    /// How long days and longer units are, where several units meet in one time.
    pub calendar: Calendar,
}

impl Notation {
    /// What people type into a field.
    #[must_use]
    pub fn typed() -> Self {
        Self {
            number: number_of,
            unit: None,
            unit_of: time_unit,
            calendar: Calendar::default(),
        }
    }

    fn read(&self, text: &str) -> Result<f64, QuantityError> {
        let text = text.trim();
        (self.number)(text).ok_or_else(|| QuantityError::NotANumber(text.to_owned()))
    }
}

/// Reads what a person typed for a kind of measure; empty means that nothing is stated any more.
///
/// So do dashes and `n/a`. `?` is unknown, `~` before a number or `?` after it makes it a guess, two
/// or three numbers are an estimate (of two the likely one is in the middle), `<` before a number is
/// one from the least up to it, anything else is measured. Rates may have a span: `18400 per 20 d`
/// is 920 per day.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_measure(
    text: &str,
    kind: MeasureKind,
) -> Result<Option<(Amount, Unit)>, QuantityError> {
    parse_measure_in(text, kind, &Notation::typed())
}

/// Reads what a text says of a kind of measure that is written in some notation.
///
/// # Errors
/// What is wrong with the text.
pub fn parse_measure_in(
    text: &str,
    kind: MeasureKind,
    notation: &Notation,
) -> Result<Option<(Amount, Unit)>, QuantityError> {
    let text = text.trim();
    let dimension = kind.dimension();
    if says_nothing(text) {
        return Ok(None);
    }
    if says_unknown(text) {
        return Ok(Some((Amount::Unknown, usual_unit(dimension))));
    }
    let (mark, text) = marked(text);
    let (numbers, unit) = match dimension {
        Dimension::Time => parse_times(text, notation)?,
        Dimension::Rate => parse_rates(text, notation)?,
        Dimension::Share => parse_plain(text, Unit::Percent, notation)?,
        Dimension::Count | Dimension::Ratio => parse_plain(
            text.trim_start_matches(['\u{d7}', 'x']),
            Unit::One,
            notation,
        )?,
    };
    let amount = match numbers[..] {
        [most] if mark == Mark::Below => {
            let low = kind.range().0;
            Amount::Estimated(Estimate {
                low,
                likely: f64::midpoint(low, most),
                high: most,
            })
        }
        _ if mark == Mark::Below => return Err(QuantityError::NotANumber(text.to_owned())),
        [one] if mark == Mark::Guess => Amount::Guessed(one),
        [one] => Amount::Measured(one),
        [low, high] => Amount::Estimated(Estimate {
            low,
            likely: f64::midpoint(low, high),
            high,
        }),
        [low, likely, high] => Amount::Estimated(Estimate { low, likely, high }),
        _ => return Err(QuantityError::NotANumber(text.to_owned())),
    };
    let goes_down = numbers.windows(2).any(|pair| pair[0] > pair[1]);
    if goes_down || matches!(amount, Amount::Estimated(estimate) if estimate.low > estimate.high) {
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

/// Whether a text says that nothing is stated: nothing but dashes, or a word for that.
#[must_use]
pub fn says_nothing(text: &str) -> bool {
    const WORDS: [&str; 7] = ["n/a", "n.a.", "na", "none", "null", "nan", "k.a."];
    let is_dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}');
    text.chars().all(is_dash) || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether a text says that nobody knows.
#[must_use]
pub fn says_unknown(text: &str) -> bool {
    const WORDS: [&str; 4] = ["unknown", "tbd", "tbc", "unbekannt"];
    let is_asked = |c: char| matches!(c, '?' | '\u{ff1f}');
    (!text.is_empty() && text.chars().all(is_asked))
        || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What stands beside a number and says how sure it is.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    None,
    /// It is about this.
    Guess,
    /// It is at most this.
    Below,
}

/// The mark of a text, and what it is of.
fn marked(text: &str) -> (Mark, &str) {
    const MARKS: [(&str, Mark); 14] = [
        ("~", Mark::Guess),
        ("\u{2248}", Mark::Guess),
        ("\u{223c}", Mark::Guess),
        ("<=", Mark::Below),
        ("<", Mark::Below),
        ("\u{2264}", Mark::Below),
        ("ca.", Mark::Guess),
        ("ca ", Mark::Guess),
        ("circa ", Mark::Guess),
        ("approx.", Mark::Guess),
        ("approx ", Mark::Guess),
        ("about ", Mark::Guess),
        ("etwa ", Mark::Guess),
        ("up to ", Mark::Below),
    ];
    for (sign, mark) in MARKS {
        let start = text.get(..sign.len());
        if start.is_some_and(|start| start.eq_ignore_ascii_case(sign)) {
            return (mark, text[sign.len()..].trim_start());
        }
    }
    match text.strip_suffix(['?', '\u{ff1f}']) {
        Some(rest) => (Mark::Guess, rest.trim_end()),
        None => (Mark::None, text),
    }
}

/// One to three numbers of one unit that needs no name; each may have a sign for hundredths.
fn parse_plain(
    text: &str,
    unit: Unit,
    notation: &Notation,
) -> Result<(Vec<f64>, Unit), QuantityError> {
    let percent: &[char] = match unit {
        Unit::Percent => &['%'],
        _ => &[],
    };
    let number = |part: &str| notation.read(part.trim_end_matches(percent));
    let numbers: Result<Vec<f64>, _> = split_range(text).map(number).collect();
    Ok((numbers?, unit))
}

/// One to three spans; a unit said at the end counts for those that have none.
fn parse_times(text: &str, notation: &Notation) -> Result<(Vec<f64>, Unit), QuantityError> {
    let spans = split_range(text).map(|part| parse_span(part, notation));
    let spans = spans.collect::<Result<Vec<Span>, _>>()?;
    let unit = spans.iter().rev().find_map(|span| span.unit);
    // No time at all is that in every unit.
    let is_zero = spans.iter().all(|span| span.amount == 0.0);
    let usual = is_zero.then_some(Unit::Hour);
    let unit = unit.or(notation.unit).or(usual);
    let unit = unit.ok_or(QuantityError::UnitMissing(TIME_UNITS))?;
    let calendar = &notation.calendar;
    let numbers = spans.iter().map(|span| match span.unit {
        // Different units of one estimate, such as 30 min to 2 h, meet in the last one.
        Some(own) if own != unit => calendar.seconds(span.amount, own) / calendar.seconds_in(unit),
        _ => span.amount,
    });
    Ok((numbers.collect(), unit))
}

/// One span of time as typed; without a unit it takes that of its neighbour.
struct Span {
    amount: f64,
    unit: Option<Unit>,
}

/// Reads `2`, `90 s`, `1 h 30 min`, `2 days, 3 hours`, `1:30`.
fn parse_span(text: &str, notation: &Notation) -> Result<Span, QuantityError> {
    let mut rest = text.trim();
    if rest.contains(':') {
        return clock(rest).ok_or_else(|| QuantityError::NotANumber(rest.to_owned()));
    }
    let mut total: Option<Span> = None;
    while !rest.is_empty() {
        let end = rest.find(char::is_alphabetic).unwrap_or(rest.len());
        let amount = notation.read(&rest[..end])?;
        rest = &rest[end..];
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let word = &rest[..end];
        rest =
            rest[end..].trim_start_matches(|c: char| matches!(c, '.' | ',') || c.is_whitespace());
        let unit = match word {
            "" => None,
            word => Some(
                (notation.unit_of)(word).ok_or_else(|| QuantityError::NotAUnit {
                    word: word.to_owned(),
                    units: TIME_UNITS,
                })?,
            ),
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
                let calendar = &notation.calendar;
                let seconds = calendar.seconds(first, large) + calendar.seconds(amount, small);
                Span {
                    amount: seconds / calendar.seconds_in(small),
                    unit: Some(small),
                }
            }
            (Some(_), _) => return Err(QuantityError::UnitMissing(TIME_UNITS)),
        });
    }
    total.ok_or_else(|| QuantityError::NotANumber(text.trim().to_owned()))
}

/// Hours, minutes and perhaps seconds with colons: as minutes, or as seconds.
fn clock(text: &str) -> Option<Span> {
    let mut parts = [0.0; 3];
    let mut count = 0;
    for part in text.split(':') {
        let number = number_of(part)?;
        if count > 0 && number >= 60.0 {
            return None;
        }
        *parts.get_mut(count)? = number;
        count += 1;
    }
    let [hours, minutes, seconds] = parts;
    let (amount, unit) = match count {
        2 => (hours * 60.0 + minutes, Unit::Minute),
        3 => ((hours * 60.0 + minutes) * 60.0 + seconds, Unit::Second),
        _ => return None,
    };
    let unit = Some(unit);
    Some(Span { amount, unit })
}

/// The unit of time that a word names, as people type it.
fn time_unit(word: &str) -> Option<Unit> {
    let mut units = TIME_WORDS.iter();
    let found = units.find(|(words, _)| words.iter().any(|known| known.eq_ignore_ascii_case(word)));
    found.map(|(_, unit)| *unit)
}

/// One to three rates of one span: `920/d`, `800-920 per day`, `18400 / 20 d`.
fn parse_rates(text: &str, notation: &Notation) -> Result<(Vec<f64>, Unit), QuantityError> {
    let missing = QuantityError::UnitMissing(RATE_UNITS);
    let per = text.find('/').map(|at| (at, 1));
    let per = per.or_else(|| text.find(" per ").map(|at| (at, 5)));
    let (at, length) = per.ok_or(missing)?;
    let (numbers, span) = (&text[..at], text[at + length..].trim());
    let first_digit = span.starts_with(|c: char| c.is_ascii_digit());
    let span = match first_digit {
        true => parse_span(span, notation)?,
        false => parse_span(&format!("1 {span}"), notation)?,
    };
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
    let (numbers, _) = parse_plain(numbers, unit, notation)?;
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
fn number_of(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = match text.rsplit_once(',') {
        Some((_, after)) if after.len() == 3 || text.contains('.') => text.replace(',', ""),
        _ => text.replace(',', "."),
    };
    let digits = plain
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let points = plain.bytes().filter(|byte| *byte == b'.').count();
    if !digits || points > 1 || !plain.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    plain.parse().ok()
}
