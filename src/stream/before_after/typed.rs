//! Numbers of one side as people type and paste them.

use thiserror::Error;

use crate::model::{
    Amount, Calendar, MeasureKind, Notation, Sample, Share, Unit, parse_measure_in, says_nothing,
    says_unknown,
};

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// The numbers, or the share.
    pub sample: Sample,
    /// In which unit of time they are, where they said so and nobody had before.
    pub unit: Option<&'static str>,
    /// How many lines said that nobody knows.
    pub unknown: usize,
}

/// Why a text was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TypedError {
    /// A line that is no number.
    #[error("Line {line} says \u{201c}{words}\u{201d}, which is no number.")]
    NotANumber {
        /// Its number, counted from 1.
        line: usize,
        /// What stands there.
        words: String,
    },
    /// A time, where the numbers are in another unit.
    #[error("Line {line} says \u{201c}{words}\u{201d}, a time, but the unit is {unit}.")]
    OtherUnit {
        /// Its number, counted from 1.
        line: usize,
        /// What stands there.
        words: String,
        /// The unit of the experiment.
        unit: String,
    },
    /// A table in which it is not clear which column is meant.
    #[error("There are {0} columns of numbers. Paste one of them.")]
    SeveralColumns(usize),
    /// No number in all of it.
    #[error("There is no number in it.")]
    NoNumber,
    /// Too many numbers.
    #[error(
        "There are {0} numbers; at most 2,000 are kept. Take fewer of them by chance, or those of a shorter time."
    )]
    TooMany(usize),
    /// A number too large to be kept.
    #[error("Line {0} has a number that is too large.")]
    TooLarge(usize),
    /// More of them than there are, or too many.
    #[error(
        "A share is so many of so many, such as 12 of 80: the second number is the larger one, and at most 1,000,000."
    )]
    NoShare,
}

/// Reads the numbers of one side: one a line, or parted by semicolons, or by commas with a blank; or a
/// column copied from a table, with or without its heading. Decimal commas and points, `1 h 30 min`
/// and `3 d` are read as elsewhere in the app; a time is brought to the unit of the experiment. `12 of
/// 80` and lists of yes and no are shares. An empty text is nothing measured.
///
/// # Errors
/// What is wrong with the text, and in which line.
pub fn read_typed(
    text: &str,
    unit: &str,
    calendar: &Calendar,
) -> Result<Option<Typed>, TypedError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    if let Some(share) = counted(text)? {
        return Ok(Some(Typed {
            sample: Sample::Share(share),
            unit: None,
            unknown: 0,
        }));
    }
    let reading = Reading {
        comma: comma_of(text),
        unit: unit.trim(),
        calendar,
    };
    let typed = match text.contains('\t') {
        true => reading.table(text)?,
        false => reading.cells(&entries(text))?,
    };
    Ok(Some(typed))
}

/// `12 of 80`, `12 out of 80`, `12 / 80`.
fn counted(text: &str) -> Result<Option<Share>, TypedError> {
    let text = text.trim();
    let parts = [" out of ", " of ", "/"].iter();
    let parts = parts.filter_map(|word| text.split_once(word)).next();
    let Some((with, of)) = parts else {
        return Ok(None);
    };
    let whole = |part: &str| {
        let groups: Vec<&str> = part.trim().split([',', '\u{a0}', '\u{202f}']).collect();
        let is_whole =
            |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
        // Thousands stand in threes; "1,5" is no number of things.
        let are_threes = groups[1..].iter().all(|group| group.len() == 3);
        let is_number = groups.iter().all(is_whole) && are_threes;
        is_number.then(|| groups.concat().parse::<u32>().unwrap_or(u32::MAX))
    };
    match (whole(with), whole(of)) {
        (Some(with), Some(of)) if with <= of && (1..=Share::MOST).contains(&of) => {
            Ok(Some(Share { with, of }))
        }
        (Some(_), Some(_)) => Err(TypedError::NoShare),
        _ => Ok(None),
    }
}

/// What a comma in a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comma {
    /// It stands before the decimals.
    Decimal,
    /// It parts thousands.
    Thousands,
}

/// What commas are in a text: the same in all of its numbers. A comma before exactly three digits
/// parts thousands, as elsewhere in the app, unless another number of the text says otherwise.
fn comma_of(text: &str) -> Comma {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let words = text.split(|c: char| !is_of_number(c));
    let words = words.map(|word| word.trim_matches([',', '.']));
    let mut decides = words.filter_map(|word| {
        let (before, after) = word.rsplit_once(',')?;
        match (before.contains(','), before.contains('.'), after) {
            (_, true, _) => Some(Comma::Decimal),
            (_, _, after) if after.contains('.') => Some(Comma::Thousands),
            (false, _, after) if after.len() != 3 => Some(Comma::Decimal),
            _ => None,
        }
    });
    decides.next().unwrap_or(Comma::Thousands)
}

/// The entries of a text without columns, each with its line, counted from 1.
fn entries(text: &str) -> Vec<(usize, &str)> {
    let mut entries = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        for part in line.split(';') {
            let mut rest = part;
            while let Some(at) = rest.find(", ") {
                entries.push((number, rest[..at].trim()));
                rest = &rest[at + 2..];
            }
            let rest = rest.trim().trim_end_matches(',');
            let commas = rest.split(',');
            let is_list =
                commas.clone().count() > 2 && commas.clone().skip(1).any(|p| p.len() != 3);
            let words: Vec<&str> = match is_list {
                true => commas.collect(),
                false => rest.split(' ').filter(|word| !word.is_empty()).collect(),
            };
            let is_number = |word: &&str| {
                word.bytes()
                    .all(|b| b.is_ascii_digit() || b"-+.,".contains(&b))
            };
            let in_threes = words.len() > 1 && words[1..].iter().all(|word| word.len() == 3);
            if words.len() > 1 && words.iter().all(is_number) && (is_list || !in_threes) {
                entries.extend(words.into_iter().map(|word| (number, word)));
            } else {
                entries.push((number, rest));
            }
        }
    }
    entries.retain(|(_, words)| !words.is_empty());
    entries
}

/// What is known of a text before its numbers are read.
struct Reading<'a> {
    comma: Comma,
    unit: &'a str,
    calendar: &'a Calendar,
}

impl Reading<'_> {
    /// The one column of a table that has numbers.
    fn table(&self, text: &str) -> Result<Typed, TypedError> {
        let lines = text.lines().zip(1..);
        let rows: Vec<(usize, Vec<&str>)> = lines
            .filter(|(line, _)| !line.trim().is_empty())
            .map(|(line, number)| (number, line.split('\t').map(str::trim).collect()))
            .collect();
        let width = rows.iter().map(|(_, row)| row.len()).max();
        let columns = (0..width.unwrap_or_default()).map(|column| {
            let cells = rows.iter().filter_map(|(line, row)| {
                let cell = row.get(column).copied().filter(|cell| !cell.is_empty());
                Some((*line, cell?))
            });
            self.cells(&cells.collect::<Vec<_>>())
        });
        let (found, wrong): (Vec<_>, Vec<_>) = columns.partition(Result::is_ok);
        let mut found: Vec<Typed> = found.into_iter().filter_map(Result::ok).collect();
        match found.len() {
            0 => Err(wrong
                .into_iter()
                .find_map(Result::err)
                .unwrap_or(TypedError::NoNumber)),
            1 => Ok(found.remove(0)),
            count => Err(TypedError::SeveralColumns(count)),
        }
    }

    /// The numbers of a list; its first line may be a heading.
    fn cells(&self, cells: &[(usize, &str)]) -> Result<Typed, TypedError> {
        let is_heading = |words: &str| {
            !words.contains(|c: char| c.is_ascii_digit())
                && answer(words).is_none()
                && !says_nothing(words)
                && !says_unknown(words)
        };
        let cells = match cells.split_first() {
            Some(((_, words), rest)) if is_heading(words) && !rest.is_empty() => rest,
            _ => cells,
        };
        let is_unknown = |words: &str| says_nothing(words) || says_unknown(words);
        let known: Vec<(usize, &str)> = cells
            .iter()
            .filter(|(_, words)| !is_unknown(words))
            .copied()
            .collect();
        let unknown = cells.len() - known.len();
        if known.is_empty() {
            return Err(TypedError::NoNumber);
        }
        let answers: Option<Vec<bool>> = known.iter().map(|(_, words)| answer(words)).collect();
        if let Some(answers) = answers {
            let with = answers.iter().filter(|yes| **yes).count();
            let share = u32::try_from(with)
                .ok()
                .zip(u32::try_from(answers.len()).ok());
            let share = share.filter(|(_, of)| *of <= Share::MOST);
            let (with, of) = share.ok_or(TypedError::NoShare)?;
            return Ok(Typed {
                sample: Sample::Share(Share { with, of }),
                unit: None,
                unknown,
            });
        }
        let mut unit = None;
        let mut numbers = Vec::with_capacity(known.len());
        for (line, words) in known {
            let number = self.number(line, words, &mut unit)?;
            if number.abs() > 1e12 {
                return Err(TypedError::TooLarge(line));
            }
            numbers.push(number);
        }
        if numbers.len() > Sample::MOST {
            return Err(TypedError::TooMany(numbers.len()));
        }
        Ok(Typed {
            sample: Sample::Numbers(numbers.into()),
            unit: unit.filter(|_| self.unit.is_empty()).map(unit_words),
            unknown,
        })
    }

    /// One number, in the unit of the experiment, else in that of the first time that was read.
    fn number(
        &self,
        line: usize,
        words: &str,
        first: &mut Option<Unit>,
    ) -> Result<f64, TypedError> {
        let wrong = || TypedError::NotANumber {
            line,
            words: words.chars().take(40).collect(),
        };
        let plain = words.trim_end_matches(['%', ' ']);
        let number = match self.comma {
            Comma::Decimal => decimal_comma(plain),
            Comma::Thousands => decimal_point(plain),
        };
        if let Some(number) = number {
            return Ok(number);
        }
        let notation = Notation {
            number: match self.comma {
                Comma::Decimal => decimal_comma,
                Comma::Thousands => decimal_point,
            },
            calendar: *self.calendar,
            ..Notation::typed()
        };
        let read = parse_measure_in(words, MeasureKind::ProcessTime, &notation);
        let Ok(Some((Amount::Measured(amount), own))) = read else {
            return Err(wrong());
        };
        let wanted = match self.unit.is_empty() {
            true => *first.get_or_insert(own),
            false => (notation.unit_of)(self.unit).ok_or_else(|| TypedError::OtherUnit {
                line,
                words: words.to_owned(),
                unit: self.unit.to_owned(),
            })?,
        };
        Ok(match own == wanted {
            true => amount,
            false => self.calendar.seconds(amount, own) / self.calendar.seconds_in(wanted),
        })
    }
}

/// A number whose commas stand before the decimals. A point parts thousands, before three digits, or
/// else stands before the decimals itself, as where somebody writes both.
fn decimal_comma(text: &str) -> Option<f64> {
    let after = text.rsplit_once('.').map(|(_, after)| after.trim());
    if !text.contains(',') && after.is_some_and(|after| after.len() != 3) {
        return decimal_point(text);
    }
    decimal_point(&text.replace('.', "").replace(',', "."))
}

fn decimal_point(text: &str) -> Option<f64> {
    let between = [',', ' ', '\'', '\u{2019}', '\u{a0}', '\u{202f}'];
    let text = text.trim().replace(between, "").replace('\u{2212}', "-");
    let digits = text.trim_start_matches(['-', '+']);
    let is_number = !digits.is_empty()
        && digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let number = is_number.then(|| text.parse::<f64>().ok()).flatten();
    number.filter(|number| number.is_finite())
}

/// A yes or a no.
fn answer(words: &str) -> Option<bool> {
    let is = |all: &[&str]| all.iter().any(|word| words.eq_ignore_ascii_case(word));
    match words {
        _ if is(&["yes", "y", "true", "ja", "\u{2713}"]) => Some(true),
        _ if is(&["no", "n", "false", "nein", "\u{2717}"]) => Some(false),
        _ => None,
    }
}

/// A unit of time, in the word that stands behind numbers.
const fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "s",
        Unit::Minute => "min",
        Unit::Hour => "h",
        Unit::Day => "d",
        Unit::Week => "wk",
        Unit::Month => "mo",
        _ => "",
    }
}
