//! Numbers as spreadsheets write them.

/// What parts the whole of a number from its fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalSign {
    /// `1,234.5`
    #[default]
    Point,
    /// `1.234,5`
    Comma,
}

/// What the numbers of a table say of their decimal sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecimalVotes {
    /// How many can only have a decimal point.
    pub point: usize,
    /// How many can only have a decimal comma.
    pub comma: usize,
    /// How many could be either, such as `1,250`.
    pub either: usize,
}

impl DecimalVotes {
    /// Counts what a cell says.
    pub fn count(&mut self, text: &str) {
        let text = text.trim().trim_end_matches('%').trim_end();
        let text = text.strip_prefix(['-', '+']).unwrap_or(text);
        if !text.starts_with(|c: char| c.is_ascii_digit())
            || !text
                .chars()
                .all(|c| c.is_ascii_digit() || ",.".contains(c) || is_gap(c))
        {
            return;
        }
        let (points, commas) = (text.matches('.').count(), text.matches(',').count());
        let last = |sign: char| text.rfind(sign).map_or(0, |at| text.len() - at - 1);
        // Three digits after the one sign there is may be thousands, but not after a zero.
        let thousands = |sign: char| last(sign) == 3 && !text.starts_with('0');
        match (points, commas) {
            (0, 0) => {}
            (1.., 1..) if text.rfind('.') > text.rfind(',') => self.point += 1,
            (1.., 1..) => self.comma += 1,
            (1, 0) if thousands('.') => self.either += 1,
            (1, 0) => self.point += 1,
            (0, 1) if thousands(',') => self.either += 1,
            (0, 1) => self.comma += 1,
            (0, _) => self.point += 1,
            // Several points can only part thousands, or a date.
            (_, 0) if thousands('.') => self.comma += 1,
            _ => {}
        }
    }

    /// The sign that most numbers have; `usual` where none decides.
    #[must_use]
    pub const fn sign(&self, usual: DecimalSign) -> DecimalSign {
        if self.comma > self.point {
            DecimalSign::Comma
        } else if self.point > self.comma {
            DecimalSign::Point
        } else {
            usual
        }
    }

    /// Whether some numbers could be either, and none decides.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.either > 0 && self.comma == self.point
    }
}

/// What keeps thousands apart, besides the other sign.
const fn is_gap(character: char) -> bool {
    matches!(
        character,
        ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '\u{2019}'
    )
}

/// The number that a text is; thousands may be kept apart in threes.
#[must_use]
pub fn read_number(text: &str, sign: DecimalSign) -> Option<f64> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (decimal, thousands) = match sign {
        DecimalSign::Point => ('.', ','),
        DecimalSign::Comma => (',', '.'),
    };
    let (whole, fraction) = match digits.split_once(decimal) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let mut plain = String::with_capacity(digits.len() + 2);
    for (index, group) in whole.split(|c| c == thousands || is_gap(c)).enumerate() {
        let fits = match index {
            0 => true,
            _ => group.len() == 3,
        };
        if !fits || !is_digits(group) || (index == 0 && group.is_empty() && !whole.is_empty()) {
            return None;
        }
        plain.push_str(group);
    }
    if plain.is_empty() {
        plain.push('0');
    }
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    let number = plain
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    Some(if negative { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_either_sign() {
        for (text, point, comma) in [
            ("12", Some(12.0), Some(12.0)),
            ("1.5", Some(1.5), None),
            ("1,5", None, Some(1.5)),
            ("1,234.5", Some(1234.5), None),
            ("1.234,5", None, Some(1234.5)),
            ("1.250", Some(1.25), Some(1250.0)),
            ("18'400", Some(18_400.0), Some(18_400.0)),
            ("18\u{202F}400", Some(18_400.0), Some(18_400.0)),
            ("-0.5", Some(-0.5), None),
            (".5", Some(0.5), None),
            ("1 2", None, None),
            ("", None, None),
            (".", None, None),
            ("1e5", None, None),
            ("12 h", None, None),
        ] {
            assert_eq!(read_number(text, DecimalSign::Point), point, "{text}");
            assert_eq!(read_number(text, DecimalSign::Comma), comma, "{text}");
        }
    }

    #[test]
    fn the_sign_is_what_most_numbers_say() {
        let of = |cells: &[&str]| {
            let mut votes = DecimalVotes::default();
            cells.iter().for_each(|cell| votes.count(cell));
            votes
        };
        assert_eq!(
            of(&["1,5", "2", "3,25"]).sign(DecimalSign::Point),
            DecimalSign::Comma
        );
        assert_eq!(of(&["1.5"]).sign(DecimalSign::Comma), DecimalSign::Point);
        assert_eq!(of(&["0,125"]).sign(DecimalSign::Point), DecimalSign::Comma);
        assert!(of(&["1,250", "7"]).is_open());
        assert!(!of(&["1,250", "1,250.5"]).is_open());
        assert_eq!(of(&["3.4.2026", "abc", ""]), DecimalVotes::default());
    }
}
