//! Times that were measured one by one.

use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, Dimension, TimeBasis, Unit};
use super::flaw::Flaw;
use super::measure::{Amount, MAXIMUM_AMOUNT};
use super::measure_kind::MeasureKind;
use super::quantity::{QuantityError, exact_text, parse_measure, unit_suffix};

/// Times of single items that were measured, in one unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Times {
    /// Their unit.
    pub unit: Unit,
    /// Each of them: 1 to 200 numbers from 0 to 10¹².
    pub values: Box<[f64]>,
}

/// Why a text is no list of times.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimesError {
    /// One of them is no time.
    #[error("\u{201c}{0}\u{201d}: {1}")]
    NoTime(String, QuantityError),
    /// One of them is a guess, an estimate, or unknown.
    #[error("\u{201c}{0}\u{201d} is no single time that was measured")]
    NotMeasured(String),
}

/// The longest part of a text that is said again where something is wrong with it, in letters.
const LONGEST_SAID: usize = 24;

impl Times {
    /// How many there may be.
    pub const MOST: usize = 200;

    /// These times in seconds, written in a unit. Of more than there may be, so many that stand for
    /// all: in order, the middle one of each of as many equal parts. None if there are none.
    #[must_use]
    pub fn of_seconds(mut seconds: Vec<f64>, unit: Unit, calendar: &Calendar) -> Option<Self> {
        if seconds.is_empty() {
            return None;
        }
        let count = seconds.len();
        if count > Self::MOST {
            seconds.sort_by(f64::total_cmp);
            // (place + 1/2) / MOST of all, in whole numbers.
            let middle = |place: usize| (2 * place + 1) * count / (2 * Self::MOST);
            seconds = (0..Self::MOST)
                .map(|place| seconds[middle(place)])
                .collect();
        }
        let length = calendar.seconds_in(unit);
        let values = seconds.into_iter().map(|seconds| seconds / length);
        let values = values.collect();
        Some(Self { unit, values })
    }

    /// Their mean, in their unit; of none it is 0.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let count = self.values.len().max(1) as f64;
        self.values.iter().sum::<f64>() / count
    }

    /// Their mean to four digits, to be stated: more were not measured.
    #[must_use]
    pub fn stated_mean(&self) -> f64 {
        let mean = self.mean();
        if mean == 0.0 {
            return mean;
        }
        let size = 10_f64.powi(3 - mean.abs().log10().floor() as i32);
        let stated = (mean * size).round() / size;
        if stated.is_finite() { stated } else { mean }
    }

    /// Each times a factor, within what a time can be.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let (least, most) = (0.0, MAXIMUM_AMOUNT);
        let values = self.values.iter().map(|time| time * factor);
        let values = values.map(|time| time.clamp(least, most)).collect();
        let unit = self.unit;
        Self { unit, values }
    }

    /// How many there are, in words.
    #[must_use]
    pub fn counted(&self) -> String {
        match self.values.len() {
            1 => "1 measured time".to_owned(),
            Self::MOST => format!(
                "{} measured times, or as many that stand for more",
                Self::MOST
            ),
            count => format!("{count} measured times"),
        }
    }

    /// What a person would type for them: `3, 5, 16 h`.
    #[must_use]
    pub fn text(&self) -> String {
        let values: Vec<String> = self.values.iter().map(|time| exact_text(*time)).collect();
        values.join(", ") + unit_suffix(self.unit)
    }

    /// What is wrong with them as those of a kind of measure.
    pub(super) fn flaws(&self, kind: MeasureKind) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if !kind.can_have_times() {
            flaws.push(Flaw::NoSuchMeasure);
        }
        if self.unit.dimension() != Dimension::Time {
            flaws.push(Flaw::OtherUnit);
        }
        let (count, limit) = (self.values.len(), Self::MOST);
        if count == 0 {
            flaws.push(Flaw::Empty);
        }
        if count > limit {
            flaws.push(Flaw::TooMany { count, limit });
        }
        let range = 0.0..=MAXIMUM_AMOUNT;
        let wrong = |time: &f64| Flaw::of_number(*time, &range);
        flaws.extend(self.values.iter().find_map(wrong));
        flaws
    }
}

/// A calendar by which times of a kind of measure become each other: a day of work is a working day,
/// also where spans of time are of the clock.
#[must_use]
pub const fn calendar_of_times(kind: MeasureKind, calendar: &Calendar) -> Calendar {
    let basis = match kind {
        MeasureKind::WaitingTime => calendar.basis,
        _ => TimeBasis::Working,
    };
    Calendar { basis, ..*calendar }
}

/// The parts of a list of times: what stands between lines, semicolons, and commas that are not within
/// a number.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        let after = text[at..].chars().nth(1);
        let before = text[..at].chars().next_back();
        let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
        let parts_here = match letter {
            '\n' | '\r' | '\t' | ';' => true,
            ',' => !(is_digit(before) && is_digit(after)),
            _ => false,
        };
        if parts_here {
            parts.push(&text[from..at]);
            from = at + letter.len_utf8();
        }
    }
    parts.push(&text[from..]);
    let parts = parts.into_iter().map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// The beginning of a text.
fn said(text: &str) -> String {
    text.chars().take(LONGEST_SAID).collect()
}

/// Reads a list of measured times as people type or paste it, and says how many there were: `3 h, 5 h,
/// 2 d`, `3, 5, 8 h`, or a line each. A number without a unit has the unit of the next that has one,
/// or else of the one before, or the usual one. All get one unit, that of the first; more than there
/// may be become fewer that stand for all. An empty text is no list.
///
/// # Errors
/// Which of them is no time, and why.
pub fn parse_times(
    text: &str,
    kind: MeasureKind,
    usual: Option<Unit>,
    calendar: &Calendar,
) -> Result<Option<(Times, usize)>, TimesError> {
    let calendar = calendar_of_times(kind, calendar);
    let mut found: Vec<(f64, Unit)> = Vec::new();
    // From the end, so that the unit of the next is known.
    let mut next: Option<Unit> = None;
    let mut bare: Vec<usize> = Vec::new();
    let parts = parts(text);
    for (place, part) in parts.iter().enumerate().rev() {
        let read = match parse_measure(part, kind) {
            Err(QuantityError::UnitMissing(_)) => match next {
                Some(unit) => parse_measure(&format!("{part}{}", unit_suffix(unit)), kind),
                None => {
                    // Those before it tell its unit: it is read once that is known.
                    bare.push(place);
                    found.push((0.0, Unit::Hour));
                    continue;
                }
            },
            read => read,
        };
        let read = read.map_err(|why| TimesError::NoTime(said(part), why))?;
        let Some((Amount::Measured(time), unit)) = read else {
            return Err(TimesError::NotMeasured(said(part)));
        };
        next = Some(unit);
        found.push((time, unit));
    }
    found.reverse();
    let before = bare.last().and_then(|first| first.checked_sub(1));
    let of_bare = before.map(|place| found[place].1).or(usual);
    for place in bare {
        let part = parts[place];
        let suffix = of_bare.map_or("", unit_suffix);
        let read = parse_measure(&format!("{part}{suffix}"), kind);
        match read.map_err(|why| TimesError::NoTime(said(part), why))? {
            Some((Amount::Measured(time), unit)) => found[place] = (time, unit),
            _ => return Err(TimesError::NotMeasured(said(part))),
        }
    }
    let Some((_, unit)) = found.first().copied() else {
        return Ok(None);
    };
    let count = found.len();
    if count <= Times::MOST && found.iter().all(|(_, other)| *other == unit) {
        let values = found.into_iter().map(|(time, _)| time).collect();
        return Ok(Some((Times { unit, values }, count)));
    }
    let seconds = found
        .into_iter()
        .map(|(time, unit)| calendar.seconds(time, unit));
    let times = Times::of_seconds(seconds.collect(), unit, &calendar);
    Ok(times.map(|times| (times, count)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let calendar = Calendar::default();
        match parse_times(text, MeasureKind::ProcessTime, None, &calendar) {
            Ok(Some((times, count))) => format!("{count}: {}", times.text()),
            Ok(None) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn times_are_read_as_people_list_them() {
        for (typed, shown) in [
            ("3 h, 5 h, 2 d", "3: 3, 5, 16 h"),
            ("3h,5h,8h", "3: 3, 5, 8 h"),
            ("3, 5, 8 h", "3: 3, 5, 8 h"),
            ("3 h, 5, 8", "3: 3, 5, 8 h"),
            ("1,5 h; 2,5 h", "2: 1.5, 2.5 h"),
            ("2 h\n30 min\r\n\n1 h\n", "3: 2, 0.5, 1 h"),
            ("0 h, 0, 3 h", "3: 0, 0, 3 h"),
            ("4 min", "1: 4 min"),
            ("", ""),
            (" ;, \n", ""),
        ] {
            assert_eq!(read(typed), shown, "{typed:?}");
        }
    }

    #[test]
    fn what_is_no_list_of_times_is_said() {
        let missing = "a unit is missing; it can be s, min, h, d, wk or mo";
        for (typed, message) in [
            ("3, 5, 8", format!("\u{201c}8\u{201d}: {missing}")),
            (
                "3 h, soon",
                "\u{201c}soon\u{201d}: \u{201c}\u{201d} is not a number".to_owned(),
            ),
            (
                "3 ells",
                "\u{201c}3 ells\u{201d}: \u{201c}ells\u{201d} is not a unit here; it can be s, min, \
                 h, d, wk or mo"
                    .to_owned(),
            ),
            (
                "3 h, ~5 h",
                "\u{201c}~5 h\u{201d} is no single time that was measured".to_owned(),
            ),
            (
                "1-2-5 h",
                "\u{201c}1-2-5 h\u{201d} is no single time that was measured".to_owned(),
            ),
            (
                "?",
                "\u{201c}?\u{201d} is no single time that was measured".to_owned(),
            ),
        ] {
            assert_eq!(read(typed), message, "{typed:?}");
        }
    }

    #[test]
    fn numbers_without_a_unit_have_the_usual_one() {
        let calendar = Calendar::default();
        let usual = Some(Unit::Minute);
        let read = parse_times("3\n5\n8", MeasureKind::WaitingTime, usual, &calendar);
        let (times, count) = read.unwrap().unwrap();
        assert_eq!((times.text().as_str(), count), ("3, 5, 8 min", 3));
    }

    #[test]
    fn a_day_of_work_is_a_working_day_and_a_day_of_waiting_one_of_the_clock() {
        let calendar = Calendar {
            basis: TimeBasis::Clock,
            ..Calendar::default()
        };
        let read = |kind| {
            parse_times("1 h, 1 d", kind, None, &calendar)
                .unwrap()
                .unwrap()
        };
        assert_eq!(&*read(MeasureKind::ProcessTime).0.values, [1.0, 8.0]);
        assert_eq!(&*read(MeasureKind::WaitingTime).0.values, [1.0, 24.0]);
    }

    #[test]
    fn ten_thousand_times_become_two_hundred_that_stand_for_them() {
        let typed: Vec<String> = (0..10_000)
            .rev()
            .map(|time| format!("{time} min"))
            .collect();
        let calendar = Calendar::default();
        let kind = MeasureKind::ProcessTime;
        let (times, count) = parse_times(&typed.join("\n"), kind, None, &calendar)
            .unwrap()
            .unwrap();
        assert_eq!((times.values.len(), count), (200, 10_000));
        assert!(times.flaws(kind).is_empty());
        for (place, time) in times.values.iter().enumerate() {
            assert!((time - (25.0 + 50.0 * place as f64)).abs() < 1e-6, "{time}");
        }
        assert!((times.mean() - 4_999.5).abs() < 1.0);
    }
}
