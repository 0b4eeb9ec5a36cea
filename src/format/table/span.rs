//! Spans of time with their units, in cells and in the heads of columns.

use super::number::{DecimalSign, read_number};
use crate::model::{Calendar, Unit};

/// Words for units of time, in small letters: English, German, French.
const UNITS: [(&[&str], Unit); 6] = [
    (
        &[
            "s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seconde",
            "secondes",
        ],
        Unit::Second,
    ),
    (
        &["min", "mins", "m", "minute", "minutes", "minuten"],
        Unit::Minute,
    ),
    (
        &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures",
        ],
        Unit::Hour,
    ),
    (
        &[
            "d", "day", "days", "t", "tag", "tage", "tagen", "jour", "jours", "j",
        ],
        Unit::Day,
    ),
    (
        &[
            "wk", "w", "wks", "week", "weeks", "woche", "wochen", "semaine", "semaines",
        ],
        Unit::Week,
    ),
    (
        &["mo", "mon", "month", "months", "monat", "monate", "mois"],
        Unit::Month,
    ),
];

/// The unit of time that a word names.
#[must_use]
pub fn time_unit(word: &str) -> Option<Unit> {
    let word = word.trim_end_matches('.').to_lowercase();
    let found = UNITS
        .iter()
        .find(|(words, _)| words.contains(&word.as_str()));
    found.map(|(_, unit)| *unit)
}

/// The unit of time that the head of a column names: in brackets, or as a word of its own, such as
/// `PT (min)`, `Wait [days]`, `cycle_time_hours`, `Process time in h`.
#[must_use]
pub fn unit_in_head(head: &str) -> Option<Unit> {
    let is_part = |c: char| !c.is_alphabetic();
    if let Some((_, inside)) = head.rsplit_once(['(', '['])
        && let Some(unit) = inside.split(is_part).find_map(time_unit)
    {
        return Some(unit);
    }
    let mut words: Vec<&str> = head
        .split(is_part)
        .filter(|word| !word.is_empty())
        .collect();
    // A head of one word is no unit: a column `M` or `Day` says what, not in what.
    let last = words.pop().filter(|_| !words.is_empty())?;
    // One letter is a unit only after `in`: the T of `Lead T` is none.
    let is_said = words
        .last()
        .is_some_and(|word| word.eq_ignore_ascii_case("in"));
    time_unit(last).filter(|_| last.len() > 1 || is_said || matches!(last, "h" | "s" | "d"))
}

/// The seconds of a span: `90 s`, `1h 30m`, `2d 4h`, `1:30`, `1:30:00`, or a plain number in a unit;
/// days and longer are those of the calendar.
#[must_use]
pub fn read_span(
    text: &str,
    sign: DecimalSign,
    unit: Option<Unit>,
    calendar: &Calendar,
) -> Option<f64> {
    let text = text.trim();
    if let Some(number) = read_number(text, sign) {
        return Some(calendar.seconds(number, unit?));
    }
    if text.contains(':') {
        return clock(text);
    }
    let mut rest = text;
    let mut total = 0.0;
    let mut parts = 0;
    while !rest.is_empty() {
        let end = rest.find(char::is_alphabetic)?;
        let number = read_number(&rest[..end], sign)?;
        rest = &rest[end..];
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        total += calendar.seconds(number, time_unit(&rest[..end])?);
        rest = rest[end..].trim_start_matches(['.', ',', ' ', '\u{A0}']);
        parts += 1;
    }
    (parts > 0).then_some(total)
}

/// Hours, minutes and perhaps seconds with colons.
fn clock(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut parts = 0;
    for (part, worth) in text.split(':').zip([3600.0, 60.0, 1.0]) {
        let number = read_number(part, DecimalSign::Point)?;
        if number < 0.0 || (parts > 0 && number >= 60.0) {
            return None;
        }
        total += number * worth;
        parts += 1;
    }
    (parts > 1 && text.split(':').count() == parts).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_their_units() {
        for (head, unit) in [
            ("PT (min)", Some(Unit::Minute)),
            ("Wait [days]", Some(Unit::Day)),
            ("cycle_time_hours", Some(Unit::Hour)),
            ("Process time in h", Some(Unit::Hour)),
            ("Bearbeitungszeit (Std.)", Some(Unit::Hour)),
            ("Lead time, weeks", Some(Unit::Week)),
            ("Process time", None),
            ("Day", None),
            ("WIP (items)", None),
            ("", None),
        ] {
            assert_eq!(unit_in_head(head), unit, "{head}");
        }
    }

    #[test]
    fn spans_are_read() {
        let calendar = Calendar::default();
        let read = |text, unit| read_span(text, DecimalSign::Point, unit, &calendar);
        assert_eq!(read("90", Some(Unit::Minute)), Some(5_400.0));
        assert_eq!(read("90", None), None);
        assert_eq!(read("1h 30m", None), Some(5_400.0));
        assert_eq!(read("1d 4h", None), Some(43_200.0));
        assert_eq!(read("2 days, 3 hours", None), Some(68_400.0));
        assert_eq!(read("1:30", None), Some(5_400.0));
        assert_eq!(read("0:01:30", None), Some(90.0));
        assert_eq!(
            read_span("1,5 Std.", DecimalSign::Comma, None, &calendar),
            Some(5_400.0)
        );
        for text in ["", "h", "3 items", "1:70", "1:2:3:4", "-", "1h x"] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }
}
