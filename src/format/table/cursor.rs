//! Taking the text of a day with its time apart, piece by piece.

use super::moment::DateOrder;
use crate::model::Date;

/// Names of months, the first three letters of each; in small letters, English and German.
const MONTHS: [(&str, u8); 18] = [
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("m\u{e4}r", 3),
    ("mrz", 3),
    ("apr", 4),
    ("may", 5),
    ("mai", 5),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sep", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("j\u{e4}n", 1),
];

/// What is left to read.
pub(super) struct Cursor<'t>(pub(super) &'t str);

impl<'t> Cursor<'t> {
    fn number(&mut self) -> Option<(u32, usize)> {
        let end = self
            .0
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.0.len());
        let number = self.0[..end].parse().ok().filter(|_| end <= 9)?;
        self.0 = &self.0[end..];
        Some((number, end))
    }

    fn word(&mut self) -> Option<&'t str> {
        let end = self
            .0
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(self.0.len());
        let word = &self.0[..end];
        self.0 = &self.0[end..];
        (end > 0).then_some(word)
    }

    /// Takes one of these, and blanks around.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let rest = self.0.trim_start();
        let sign = rest.chars().next().filter(|sign| signs.contains(sign))?;
        self.0 = rest[sign.len_utf8()..].trim_start();
        Some(sign)
    }

    fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start();
    }

    fn month(&mut self) -> Option<u8> {
        let word = self.word()?.to_lowercase();
        let found = MONTHS.iter().find(|(name, _)| word.starts_with(name));
        found.map(|(_, month)| *month)
    }

    fn year(&mut self) -> Option<u16> {
        match self.number()? {
            // POSIX: 69 to 99 are of the twentieth century.
            (year, 2) => u16::try_from(if year < 69 {
                2_000 + year
            } else {
                1_900 + year
            })
            .ok(),
            (year, 4) => u16::try_from(year).ok(),
            _ => None,
        }
    }

    pub(super) fn date(&mut self, order: DateOrder) -> Option<Date> {
        if self.0.starts_with(char::is_alphabetic) {
            return self.date_with_words();
        }
        let (first, digits) = self.number()?;
        if digits == 8 {
            let small = |number: u32| u8::try_from(number).ok();
            let year = u16::try_from(first / 10_000).ok()?;
            // Without its time a number of eight digits is a number.
            return self.0.starts_with('T').then_some(()).and(Date::new(
                year,
                small(first / 100 % 100)?,
                small(first % 100)?,
            ));
        }
        let sign = self.sign(&['-', '/', '.']);
        if sign.is_none() {
            self.skip_blanks();
        }
        if digits == 4 {
            let year = u16::try_from(first).ok()?;
            let month = self.month_or_number()?;
            if self.sign(&['-', '/', '.']) != sign {
                return None;
            }
            let day = self.number()?.0;
            return Date::new(year, month, u8::try_from(day).ok()?);
        }
        if digits > 2 {
            return None;
        }
        let first = u8::try_from(first).ok()?;
        if self.0.starts_with(char::is_alphabetic) {
            let month = self.month()?;
            self.sign(&['-', '/', '.', ',']);
            self.skip_blanks();
            return Date::new(self.year()?, month, first);
        }
        let sign = sign?;
        let second = u8::try_from(self.number()?.0).ok()?;
        if self.sign(&['-', '/', '.']) != Some(sign) {
            return None;
        }
        let year = self.year()?;
        match (sign, order) {
            ('/' | '-', DateOrder::MonthFirst) => Date::new(year, first, second),
            _ => Date::new(year, second, first),
        }
    }

    fn month_or_number(&mut self) -> Option<u8> {
        if self.0.starts_with(char::is_alphabetic) {
            return self.month();
        }
        u8::try_from(self.number()?.0).ok()
    }

    /// `Nov 25, 2026`, or with a day of the week before it, which is taken for granted.
    fn date_with_words(&mut self) -> Option<Date> {
        let before = self.0;
        let Some(month) = self.month() else {
            self.0 = before;
            self.word()?;
            self.sign(&[',', '.']);
            self.skip_blanks();
            // One day of the week is enough.
            return if self.0.starts_with(|c: char| c.is_ascii_digit()) {
                self.date(DateOrder::DayFirst)
            } else {
                let month = self.month()?;
                self.day_and_year(month)
            };
        };
        self.day_and_year(month)
    }

    fn day_and_year(&mut self, month: u8) -> Option<Date> {
        self.sign(&['.', '-', '/']);
        self.skip_blanks();
        let day = u8::try_from(self.number()?.0).ok()?;
        self.sign(&[',', '-', '/']);
        self.skip_blanks();
        Date::new(self.year()?, month, day)
    }

    /// Seconds since midnight, none said being midnight, and whether in half days.
    pub(super) fn time(&mut self) -> Option<(f64, bool)> {
        let has_sign = self.sign(&['T', ',']).is_some();
        self.skip_blanks();
        if !has_sign && !self.0.starts_with(|c: char| c.is_ascii_digit()) {
            return Some((0.0, false));
        }
        let (mut hours, digits) = self.number()?;
        let (mut minutes, mut seconds) = (0, 0.0);
        let is_hour_alone = digits < 3 && !self.0.starts_with(':');
        match digits {
            4 => (hours, minutes) = (hours / 100, hours % 100),
            6 => {
                seconds = f64::from(hours % 100);
                (hours, minutes) = (hours / 10_000, hours / 100 % 100);
            }
            1 | 2 if self.0.starts_with(':') => {
                self.0 = &self.0[1..];
                minutes = self.number()?.0;
                if self.0.starts_with(':') {
                    self.0 = &self.0[1..];
                    seconds = f64::from(self.number()?.0);
                }
            }
            1 | 2 => {}
            _ => return None,
        }
        if self.0.starts_with(['.', ',']) && digits != 4 {
            self.0 = &self.0[1..];
            let (fraction, length) = self.number()?;
            seconds += f64::from(fraction) / 10_f64.powi(i32::try_from(length).ok()?);
        }
        let half = self.half();
        if let Some(afternoon) = half {
            if !(1..=12).contains(&hours) {
                return None;
            }
            hours = hours % 12 + if afternoon { 12 } else { 0 };
        }
        // An hour alone is a time only with its half of the day.
        if is_hour_alone && half.is_none() {
            return None;
        }
        if hours >= 24 || minutes >= 60 || seconds >= 61.0 {
            return None;
        }
        let time = f64::from(hours * 3_600 + minutes * 60) + seconds;
        Some((time, half.is_some()))
    }

    /// Whether AM or PM follows, and which.
    fn half(&mut self) -> Option<bool> {
        let rest = self.0.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        for (word, afternoon) in [("am", false), ("pm", true), ("a.m.", false), ("p.m.", true)] {
            if let Some(start) = rest.get(..word.len())
                && start.eq_ignore_ascii_case(word)
            {
                self.0 = &rest[word.len()..];
                return Some(afternoon);
            }
        }
        None
    }

    /// How far ahead of UTC; `Some(None)` where nothing is said.
    pub(super) fn zone(&mut self) -> Option<Option<i32>> {
        self.skip_blanks();
        for word in ["Z", "UTC", "GMT"] {
            if let Some(rest) = self.0.strip_prefix(word)
                && !rest.starts_with(['+', '-'])
            {
                self.0 = named_zone_skipped(rest);
                return Some(Some(0));
            }
        }
        let rest = self.0.strip_prefix("UTC").or(self.0.strip_prefix("GMT"));
        let rest = rest.unwrap_or(self.0);
        let ahead = match rest.chars().next() {
            Some('+') => 1,
            Some('-' | '\u{2212}') => -1,
            _ => return Some(None),
        };
        let rest = rest.trim_start_matches(['+', '-', '\u{2212}']);
        self.0 = rest;
        let (number, digits) = self.number()?;
        let (hours, mut minutes) = match digits {
            1 | 2 => (number, 0),
            4 => (number / 100, number % 100),
            _ => return None,
        };
        if digits <= 2 && self.0.starts_with(':') {
            self.0 = &self.0[1..];
            minutes = self.number()?.0;
        }
        self.0 = named_zone_skipped(self.0);
        if hours > 14 || minutes >= 60 {
            return None;
        }
        let seconds = i32::try_from(hours * 3_600 + minutes * 60).ok()?;
        Some(Some(ahead * seconds))
    }
}

/// What follows `[Europe/Berlin]` or ` (Central European Summer Time)`, which repeat what the offset
/// says.
fn named_zone_skipped(rest: &str) -> &str {
    for (open, close) in [('[', ']'), ('(', ')')] {
        let inside = rest.trim_start().strip_prefix(open);
        if let Some((_, after)) = inside.and_then(|inside| inside.split_once(close)) {
            return after;
        }
    }
    rest
}
