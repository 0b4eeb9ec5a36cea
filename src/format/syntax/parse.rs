//! JSON text to tree (RFC 8259), within limits of depth and number.

use super::path::shortened;
use super::tree::{Entry, Node, Value};
use crate::format::error::{Fault, Position, ReadError};
use crate::format::limits::Limits;
use crate::lean;

/// What is wrong with a text, and the byte at which it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong.
    pub message: String,
    /// The byte of the text.
    pub at: usize,
}

/// Reads a whole JSON text.
///
/// # Errors
/// It is too long, not JSON, an object has two fields of one name, or it exceeds a limit.
pub fn parse(text: &str, limits: &Limits) -> Result<Node, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            limit: limits.bytes,
        });
    }
    let mut parser = Parser {
        text,
        at: 0,
        values: 0,
        limits,
    };
    parser.whole().map_err(|error| {
        ReadError::Syntax(Fault {
            position: Some(Position::of(text, error.at)),
            message: error.message,
        })
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    values: usize,
    limits: &'a Limits,
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Node, ParseError> {
        // Some editors put a byte order mark first.
        if self.text.starts_with('\u{FEFF}') {
            self.at = '\u{FEFF}'.len_utf8();
        }
        let node = self.value(0)?;
        self.skip_blanks();
        match self.peek() {
            None => Ok(node),
            Some(_) => self.fail("the text goes on after its end"),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Takes the byte if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let comes = self.peek() == Some(byte);
        if comes {
            self.at += 1;
        }
        comes
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, ParseError> {
        Self::fail_at(self.at, message)
    }

    fn fail_at<T>(at: usize, message: impl Into<String>) -> Result<T, ParseError> {
        Err(ParseError {
            message: message.into(),
            at,
        })
    }

    /// Fails at what comes next, which is not what is needed.
    fn fail_expecting<T>(&self, needed: &str) -> Result<T, ParseError> {
        match self.text[self.at..].chars().next() {
            None => self.fail(format!("the text ends where {needed} is needed")),
            Some(found) => self.fail(format!(
                "{needed} is needed here, not `{}`",
                shortened(found.encode_utf8(&mut [0; 4]))
            )),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, ParseError> {
        self.skip_blanks();
        let at = self.at;
        self.values += 1;
        if self.values > self.limits.values {
            return self.fail(format!("there are more than {} values", self.limits.values));
        }
        let value = match self.peek() {
            Some(b'{') => Value::Object(self.object(depth + 1)?),
            Some(b'[') => Value::List(self.list(depth + 1)?),
            Some(b'"') => Value::Text(self.quoted()?),
            Some(b'-' | b'0'..=b'9') => Value::Number(self.number()?),
            Some(b't') => self.word("true", Value::Truth(true))?,
            Some(b'f') => self.word("false", Value::Truth(false))?,
            Some(b'n') => self.word("null", Value::Null)?,
            _ => return self.fail_expecting("a value"),
        };
        Ok(Node { at, value })
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, ParseError> {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
            Ok(value)
        } else {
            self.fail_expecting("a value")
        }
    }

    fn enter(&self, depth: usize) -> Result<(), ParseError> {
        if depth > self.limits.depth {
            return self.fail(format!(
                "lists and objects stand in each other more than {} deep",
                self.limits.depth
            ));
        }
        Ok(())
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node>, ParseError> {
        self.enter(depth)?;
        self.at += 1;
        let mut items = Vec::new();
        self.skip_blanks();
        if self.take(b']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth)?);
            self.skip_blanks();
            if self.take(b']') {
                return Ok(items);
            }
            if !self.take(b',') {
                return self.fail_expecting("`,` or `]`");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Vec<Entry>, ParseError> {
        self.enter(depth)?;
        self.at += 1;
        let mut entries = Vec::new();
        self.skip_blanks();
        if self.take(b'}') {
            return Ok(entries);
        }
        loop {
            self.skip_blanks();
            let at = self.at;
            if self.peek() != Some(b'"') {
                return self.fail_expecting("the name of a field in quotes");
            }
            let name = self.quoted()?;
            self.skip_blanks();
            if !self.take(b':') {
                return self.fail_expecting("`:`");
            }
            let node = self.value(depth)?;
            entries.push(Entry { name, at, node });
            self.skip_blanks();
            if self.take(b'}') {
                break;
            }
            if !self.take(b',') {
                return self.fail_expecting("`,` or `}`");
            }
        }
        refuse_names_given_twice(&entries)?;
        Ok(entries)
    }

    fn number(&mut self) -> Result<f64, ParseError> {
        let start = self.at;
        let _ = self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'-') {
                let _ = self.take(b'+');
            }
            self.digits()?;
        }
        match lean::parse_number(&self.text[start..self.at]) {
            Some(number) if number.is_finite() => Ok(number),
            _ => Self::fail_at(start, "the number is too large"),
        }
    }

    /// One digit at least.
    fn digits(&mut self) -> Result<(), ParseError> {
        if !matches!(self.peek(), Some(b'0'..=b'9')) {
            return self.fail_expecting("a digit");
        }
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        Ok(())
    }

    fn quoted(&mut self) -> Result<String, ParseError> {
        let opening = self.at;
        self.at += 1;
        let mut quoted = String::new();
        loop {
            // Everything up to the next byte that means something is copied at once; those bytes
            // are never part of a longer character.
            let start = self.at;
            while let Some(byte) = self.peek() {
                if byte == b'"' || byte == b'\\' || byte < b' ' {
                    break;
                }
                self.at += 1;
            }
            quoted.push_str(&self.text[start..self.at]);
            match self.peek() {
                None => return Self::fail_at(opening, "the text in quotes does not end"),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(quoted);
                }
                Some(b'\\') => quoted.push(self.escape()?),
                Some(_) => {
                    return self.fail(
                        "a line break, tab or other control character within quotes must be \
                         written with a backslash",
                    );
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        self.at += 1;
        Ok(match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => return Self::fail_at(start, "there is no such sign after a backslash"),
        })
    }

    /// The rest of `\uXXXX`, and of a second one where two make one character.
    fn unicode_escape(&mut self, start: usize) -> Result<char, ParseError> {
        let first = self.four_digits(start)?;
        let code = if (0xD800..0xDC00).contains(&first) {
            let second = if self.take(b'\\') && self.take(b'u') {
                self.four_digits(start)?
            } else {
                0
            };
            if (0xDC00..0xE000).contains(&second) {
                0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            } else {
                first
            }
        } else {
            first
        };
        match char::from_u32(code) {
            Some(character) => Ok(character),
            None => Self::fail_at(start, "half of a character is missing after `\\u`"),
        }
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, ParseError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            match digit {
                Some(digit) => code = code * 16 + digit,
                None => return Self::fail_at(start, "`\\u` needs four digits 0 to 9, a to f"),
            }
            self.at += 1;
        }
        Ok(code)
    }
}

/// A name given twice would lose one of its values.
fn refuse_names_given_twice(entries: &[Entry]) -> Result<(), ParseError> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    lean::sort_by(&mut sorted, |a, b| (&a.name, a.at).cmp(&(&b.name, b.at)));
    let again = sorted
        .windows(2)
        .filter(|pair| pair[0].name == pair[1].name)
        .map(|pair| pair[1])
        .min_by_key(|entry| entry.at);
    match again {
        None => Ok(()),
        Some(entry) => Err(ParseError {
            message: format!(
                "the field \"{}\" is given twice in one object",
                shortened(&entry.name)
            ),
            at: entry.at,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Value, String> {
        parse(text, &Limits::STANDARD)
            .map(|node| node.value)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_escape_is_read() {
        assert_eq!(
            read(r#""\"\\\/\b\f\n\r\t\u00e9\ud83e\udd8a""#),
            Ok(Value::Text(
                "\"\\/\u{8}\u{C}\n\r\t\u{e9}\u{1F98A}".to_owned()
            ))
        );
    }

    #[test]
    fn numbers_come_back_exactly() {
        for (text, number) in [
            ("-0.1", -0.1),
            ("5e-324", 5e-324),
            ("1E+2", 100.0),
            ("0.30000000000000004", 0.1 + 0.2),
        ] {
            assert_eq!(read(text), Ok(Value::Number(number)));
        }
    }

    #[test]
    fn what_is_not_json_says_why_and_where() {
        for (text, message) in [
            (
                "",
                "the text ends where a value is needed (line 1, column 1)",
            ),
            (
                "[1,\n é]",
                "a value is needed here, not `é` (line 2, column 2)",
            ),
            (
                "[1 2]",
                "`,` or `]` is needed here, not `2` (line 1, column 4)",
            ),
            (
                "{\"é\" 1}",
                "`:` is needed here, not `1` (line 1, column 6)",
            ),
            (
                "{a:1}",
                "the name of a field in quotes is needed here, not `a` (line 1, column 2)",
            ),
            (
                "{\"a\":1,\"b\":2,\"a\":3}",
                "the field \"a\" is given twice in one object (line 1, column 14)",
            ),
            ("01", "the text goes on after its end (line 1, column 2)"),
            (
                "1.",
                "the text ends where a digit is needed (line 1, column 3)",
            ),
            ("1e999", "the number is too large (line 1, column 1)"),
            ("\"a", "the text in quotes does not end (line 1, column 1)"),
            (
                "\"a\nb\"",
                "a line break, tab or other control character within quotes must be written with a backslash (line 1, column 3)",
            ),
            (
                "\"\\x\"",
                "there is no such sign after a backslash (line 1, column 2)",
            ),
            (
                "\"\\ud800\"",
                "half of a character is missing after `\\u` (line 1, column 2)",
            ),
            (
                "\"\\u00g0\"",
                "`\\u` needs four digits 0 to 9, a to f (line 1, column 2)",
            ),
            ("nul", "a value is needed here, not `n` (line 1, column 1)"),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text}");
        }
    }

    #[test]
    fn limits_hold() {
        let limits = Limits {
            bytes: 20,
            depth: 2,
            values: 4,
            records: 1,
        };
        let read = |text: &str| parse(text, &limits).map_err(|error| error.to_string());
        assert!(read("[[1],2]").is_ok());
        assert_eq!(
            read("[[[1]]]"),
            Err(
                "lists and objects stand in each other more than 2 deep (line 1, column 3)"
                    .to_owned()
            )
        );
        assert_eq!(
            read("[1,2,3,4]"),
            Err("there are more than 4 values (line 1, column 8)".to_owned())
        );
        assert_eq!(
            read(&" ".repeat(21)),
            Err("the text has 21 bytes; at most 20 can be read".to_owned())
        );
        let deep = "[".repeat(1_000_000);
        assert!(parse(&deep, &Limits::STANDARD).is_err());
    }
}
