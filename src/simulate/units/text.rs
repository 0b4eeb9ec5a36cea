//! Reading a unit as a person writes it, in either language.

use thiserror::Error;

use super::book::UnitBook;
use super::unit::{Fraction, Unit};

/// The longest text of a unit, in bytes.
const LONGEST: usize = 1_000;
/// How deep brackets may nest.
const DEEPEST: u32 = 30;

/// Why a text is no unit.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UnitError {
    /// Something other than what must stand there.
    #[error("in the unit “{text}” here should be {wanted}: “{rest}”")]
    Wanted {
        /// The whole text.
        text: String,
        /// What must stand there.
        wanted: &'static str,
        /// What stands there, to the end.
        rest: String,
    },
    /// A number other than 1 is no unit.
    #[error("in the unit “{text}” the number {number} is no unit")]
    Number {
        /// The whole text.
        text: String,
        /// The number.
        number: String,
    },
    /// Longer or deeper than any unit, or with a power that is too large.
    #[error("the unit “{0}…” is too long or too deep")]
    TooLarge(String),
}

/// Reads a unit: names with `*`, `/`, `^` or `**`, and brackets. `per` is a stroke, what stands in
/// `[ ]` at the end is Vensim's range, and an empty text is no unit, which is unknown.
pub(super) fn read(text: &str, book: &UnitBook) -> Result<Option<Unit>, UnitError> {
    let body = text.split('[').next().unwrap_or_default().trim();
    if body.is_empty() {
        return Ok(None);
    }
    let mut reader = Reader {
        text: body,
        rest: body,
        depth: 0,
        book,
    };
    if body.len() > LONGEST {
        return Err(reader.too_large());
    }
    let unit = reader.product()?;
    if reader.rest.is_empty() {
        Ok(Some(unit))
    } else {
        Err(reader.wanted("*, / or the end"))
    }
}

struct Reader<'t> {
    text: &'t str,
    rest: &'t str,
    depth: u32,
    book: &'t UnitBook,
}

impl<'t> Reader<'t> {
    fn wanted(&self, wanted: &'static str) -> UnitError {
        UnitError::Wanted {
            text: self.text.to_owned(),
            wanted,
            rest: self.rest.to_owned(),
        }
    }

    fn too_large(&self) -> UnitError {
        UnitError::TooLarge(self.text.chars().take(40).collect())
    }

    fn take(&mut self, sign: &str) -> bool {
        let rest = self.rest.trim_start();
        let taken = rest.strip_prefix(sign);
        self.rest = taken.unwrap_or(rest).trim_start();
        taken.is_some()
    }

    /// Whether the next word is `per`, which it takes.
    fn take_per(&mut self) -> bool {
        let word = self.rest.get(..4);
        let is_per = word.is_some_and(|word| word.to_ascii_lowercase().trim_end() == "per");
        let has_blank = word.is_some_and(|word| word.ends_with([' ', '\t', '_']));
        if is_per && has_blank {
            self.rest = self.rest[4..].trim_start();
        }
        is_per && has_blank
    }

    fn product(&mut self) -> Result<Unit, UnitError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.too_large());
        }
        let mut unit = if self.take_per() {
            self.factor()?.inverse()
        } else {
            self.factor()?
        };
        loop {
            // `**` was taken as a power, by the factor before.
            let is_times = ["*", "·", "×", "⋅"].iter().any(|sign| self.take(sign));
            let next = if is_times {
                self.factor()?
            } else if self.take("/") || self.take_per() {
                self.factor()?.inverse()
            } else {
                break;
            };
            unit = unit.times(&next).ok_or_else(|| self.too_large())?;
        }
        self.depth -= 1;
        Ok(unit)
    }

    /// A name, a 1, or a product in brackets, with a power.
    fn factor(&mut self) -> Result<Unit, UnitError> {
        let unit = if self.take("(") {
            let unit = self.product()?;
            if !self.take(")") {
                return Err(self.wanted("a closing bracket"));
            }
            unit
        } else {
            self.name()?
        };
        let raised = ["²", "³"].iter().position(|sign| self.take(sign));
        let power = match raised {
            Some(at) => Fraction::new(at as i64 + 2, 1),
            None if self.take("^") || self.take("**") => Some(self.exponent()?),
            None => return Ok(unit),
        };
        power
            .and_then(|power| unit.power(power))
            .ok_or_else(|| self.too_large())
    }

    fn exponent(&mut self) -> Result<Fraction, UnitError> {
        let has_bracket = self.take("(");
        let over = self.whole()?;
        let under = if has_bracket && self.take("/") {
            self.whole()?
        } else {
            1
        };
        if has_bracket && !self.take(")") {
            return Err(self.wanted("a closing bracket"));
        }
        Fraction::new(over, under).ok_or_else(|| self.too_large())
    }

    fn whole(&mut self) -> Result<i64, UnitError> {
        let sign = if self.take("-") { -1 } else { 1 };
        let digits = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let (number, rest) = self.rest.split_at(self.rest.len() - digits.len());
        let number: i64 = number.parse().map_err(|_| self.wanted("a whole number"))?;
        self.rest = rest.trim_start();
        Ok(sign * number)
    }

    fn name(&mut self) -> Result<Unit, UnitError> {
        let end = self
            .rest
            .find(['*', '/', '^', '(', ')', '·', '×', '⋅', '²', '³']);
        let end = end.unwrap_or(self.rest.len());
        let name = &self.rest[..end];
        let end = before_per(name).unwrap_or(end);
        let name = self.rest[..end].trim();
        if name.is_empty() {
            return Err(self.wanted("the name of a unit"));
        }
        if name.parse::<f64>().is_ok_and(|number| number != 1.0) {
            return Err(UnitError::Number {
                text: self.text.to_owned(),
                number: name.to_owned(),
            });
        }
        self.rest = self.rest[end..].trim_start();
        Ok(self.book.named(name))
    }
}

/// Where the word `per` begins within a name, after other words.
fn before_per(name: &str) -> Option<usize> {
    let lower = name.to_ascii_lowercase();
    lower.find(" per ").map(|at| at + 1)
}
