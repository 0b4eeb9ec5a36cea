//! Spans of time and other quantities with their units, in cells and in the headers of columns.

use super::number::{DecimalSign, read_number};
use crate::model::{
    Amount, Calendar, MeasureKind, Notation, QuantityError, Unit, parse_measure_in,
};

/// Words for units of time, in small letters: English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Japanese, Chinese.
const UNITS: [(&[&str], Unit); 6] = [
    (
        &[
            "s", "sec", "secs", "second", "seconds", "sek", "sekunde", "sekunden", "seconde",
            "secondes", "segundo", "segundos", "secondo", "secondi", "seconden", "\u{79d2}",
        ],
        Unit::Second,
    ),
    (
        &[
            "min",
            "mins",
            "m",
            "minute",
            "minutes",
            "minuten",
            "minuto",
            "minutos",
            "minuti",
            "minuut",
            "\u{5206}",
            "\u{5206}\u{949f}",
            "\u{5206}\u{9418}",
        ],
        Unit::Minute,
    ),
    (
        &[
            "h",
            "hr",
            "hrs",
            "hour",
            "hours",
            "std",
            "stunde",
            "stunden",
            "heure",
            "heures",
            "hora",
            "horas",
            "ora",
            "ore",
            "uur",
            "\u{6642}\u{9593}",
            "\u{5c0f}\u{65f6}",
            "\u{5c0f}\u{6642}",
        ],
        Unit::Hour,
    ),
    (
        &[
            "d",
            "day",
            "days",
            "t",
            "tag",
            "tage",
            "tagen",
            "jour",
            "jours",
            "j",
            "dia",
            "dias",
            "d\u{ed}a",
            "d\u{ed}as",
            "giorno",
            "giorni",
            "dag",
            "dagen",
            "\u{65e5}",
            "\u{5929}",
        ],
        Unit::Day,
    ),
    (
        &[
            "wk",
            "w",
            "wks",
            "week",
            "weeks",
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "settimana",
            "settimane",
            "weken",
            "\u{9031}",
            "\u{9031}\u{9593}",
            "\u{5468}",
        ],
        Unit::Week,
    ),
    (
        &[
            "mo", "mon", "month", "months", "monat", "monate", "mois", "mes", "meses", "m\u{ea}s",
            "mese", "mesi", "maand", "maanden",
        ],
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

/// The unit of time that the header of a column names: in brackets, or as a word of its own, such
/// as `PT (min)`, `Wait [days]`, `cycle_time_hours`, `Process time in h`.
#[must_use]
pub fn unit_in_header(header: &str) -> Option<Unit> {
    let is_part = |c: char| !c.is_alphabetic();
    if let Some((_, inside)) = header.rsplit_once(['(', '[', '\u{ff08}'])
        && let Some(unit) = inside.split(is_part).find_map(time_unit)
    {
        return Some(unit);
    }
    let mut words: Vec<&str> = header
        .split(is_part)
        .filter(|word| !word.is_empty())
        .collect();
    // A header of one word is no unit: a column `M` or `Day` says what, not in what.
    let last = words.pop().filter(|_| !words.is_empty())?;
    // One letter is a unit only after `in`: the T of `Lead T` is none.
    let is_said = words
        .last()
        .is_some_and(|word| word.eq_ignore_ascii_case("in"));
    time_unit(last).filter(|_| last.len() > 1 || is_said || matches!(last, "h" | "s" | "d"))
}

/// What a cell says of a kind of measure, as a field would read it; none where it says nothing.
/// `unit` is that of a plain number which is a time; days and longer are those of the calendar.
///
/// # Errors
/// What is wrong with the text.
pub fn read_amount(
    text: &str,
    kind: MeasureKind,
    sign: DecimalSign,
    unit: Option<Unit>,
    calendar: &Calendar,
) -> Result<Option<(Amount, Unit)>, QuantityError> {
    let notation = Notation {
        number: match sign {
            DecimalSign::Point => |text| read_number(text, DecimalSign::Point),
            DecimalSign::Comma => |text| read_number(text, DecimalSign::Comma),
        },
        unit,
        unit_of: time_unit,
        calendar: *calendar,
    };
    match iso_span(text.trim()) {
        Some(plain) => parse_measure_in(&plain, kind, &notation),
        None => parse_measure_in(text, kind, &notation),
    }
}

/// A span of ISO 8601, such as `P2DT3H30M`, with the units that it means.
fn iso_span(text: &str) -> Option<String> {
    let rest = text.strip_prefix('P')?;
    let mut plain = String::new();
    let mut is_clock = false;
    for character in rest.chars() {
        match character {
            'T' if !is_clock => is_clock = true,
            '0'..='9' | '.' | ',' => plain.push(character),
            'M' if is_clock => plain.push_str(" min "),
            'H' if is_clock => plain.push_str(" h "),
            'S' if is_clock => plain.push_str(" s "),
            'M' => plain.push_str(" mo "),
            'W' => plain.push_str(" wk "),
            'D' => plain.push_str(" d "),
            _ => return None,
        }
    }
    (!plain.is_empty()).then_some(plain)
}

/// The seconds of a span: `90 s`, `1h 30m`, `2d 4h`, `1:30`, `1:30:00`, `PT1H30M`, or a plain number
/// in a unit; days and longer are those of the calendar. None for what is none or not known; of a
/// guess or an estimate the likely one.
#[must_use]
pub fn read_span(
    text: &str,
    sign: DecimalSign,
    unit: Option<Unit>,
    calendar: &Calendar,
) -> Option<f64> {
    let read = read_amount(text, MeasureKind::WaitingTime, sign, unit, calendar);
    let (amount, unit) = read.ok()??;
    Some(calendar.seconds(amount.likely()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_their_units() {
        for (header, unit) in [
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
            assert_eq!(unit_in_header(header), unit, "{header}");
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
        assert_eq!(read("PT1H30M", None), Some(5_400.0));
        assert_eq!(read("P1DT4H", None), Some(43_200.0));
        assert_eq!(read("2 Tage", None), Some(57_600.0));
        assert_eq!(read("3 d\u{ed}as", None), Some(86_400.0));
        assert_eq!(read("<1 min", None), Some(30.0));
        assert_eq!(
            read_span("1,5 Std.", DecimalSign::Comma, None, &calendar),
            Some(5_400.0)
        );
        for text in [
            "", "h", "3 items", "1:70", "1:2:3:4", "-", "1h x", "?", "P", "PX",
        ] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }
}
