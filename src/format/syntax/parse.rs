//! JSON text to a tree, by serde_json, within limits of depth and number.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::node::{Entry, Node, Value};
use super::path::shortened;
use crate::format::error::{Fault, Position, ReadError};
use crate::format::limits::Limits;

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
    // Some editors put a byte order mark first.
    let json = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let whole: &RawValue = serde_json::from_str(json).map_err(|error| not_json(json, &error))?;
    let mut tree = Tree {
        start: text.as_ptr().addr(),
        values: 0,
        limits,
    };
    tree.node(whole, 0).map_err(|TreeError { message, at }| {
        ReadError::Syntax(Fault {
            message,
            position: Some(Position::of(text, at)),
        })
    })
}

/// What serde_json says, with the place in characters; it counts columns in bytes.
fn not_json(text: &str, error: &serde_json::Error) -> ReadError {
    let line = text.split('\n').nth(error.line().saturating_sub(1));
    let before = line.unwrap_or_default().bytes().take(error.column());
    let is_start_of_character = |byte: &u8| byte & 0xC0 != 0x80;
    let column = before.filter(is_start_of_character).count();
    ReadError::Syntax(Fault {
        message: words_of(error),
        position: Some(Position {
            line: error.line(),
            column: column.max(1),
        }),
    })
}

/// What serde_json says, without the place.
fn words_of(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "this is not JSON: the text ends too soon".to_owned();
    }
    let position = format!(" at line {} column {}", error.line(), error.column());
    format!(
        "this is not JSON: {}",
        error.to_string().trim_end_matches(&position)
    )
}

/// A tree in the making. The text is JSON already; what is looked for is what is too much.
struct Tree<'a> {
    /// Where the text starts in memory.
    start: usize,
    values: usize,
    limits: &'a Limits,
}

struct TreeError {
    message: String,
    at: usize,
}

impl Tree<'_> {
    fn node(&mut self, raw: &RawValue, depth: usize) -> Result<Node, TreeError> {
        let json = raw.get();
        let at = self.offset_of(json);
        let fail = |message: String| TreeError { message, at };
        self.values += 1;
        if self.values > self.limits.values {
            let most = self.limits.values;
            return Err(fail(format!("there are more than {most} values")));
        }
        let unreadable = |error: serde_json::Error| fail(words_of(&error));
        let value = match json.as_bytes().first() {
            Some(b'{' | b'[') if depth >= self.limits.depth => {
                let most = self.limits.depth;
                return Err(fail(format!(
                    "lists and objects stand in each other more than {most} deep"
                )));
            }
            Some(b'{') => {
                let Fields(fields) = serde_json::from_str(json).map_err(unreadable)?;
                let mut entries = Vec::with_capacity(fields.len());
                for (name, value) in fields {
                    entries.push(Entry {
                        name: serde_json::from_str(name.get()).map_err(unreadable)?,
                        at: self.offset_of(name.get()),
                        node: self.node(value, depth + 1)?,
                    });
                }
                refuse_names_given_twice(&entries)?;
                Value::Object(entries)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json).map_err(unreadable)?;
                let items = items.into_iter().map(|item| self.node(item, depth + 1));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            Some(b'"') => Value::Text(serde_json::from_str(json).map_err(unreadable)?),
            Some(b't') => Value::Truth(true),
            Some(b'f') => Value::Truth(false),
            Some(b'n') => Value::Null,
            _ => match json.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number),
                _ => return Err(fail("the number is too large".to_owned())),
            },
        };
        Ok(Node { at, value })
    }

    /// The byte of the text at which a part of it starts.
    fn offset_of(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.start
    }
}

/// The fields of an object in the order of the text, with those of one name.
struct Fields<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        reader.deserialize_map(InOrder)
    }
}

/// A name given twice would lose one of its values.
fn refuse_names_given_twice(entries: &[Entry]) -> Result<(), TreeError> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_by_key(|entry| (&entry.name, entry.at));
    let again = sorted
        .windows(2)
        .filter(|pair| pair[0].name == pair[1].name)
        .map(|pair| pair[1])
        .min_by_key(|entry| entry.at);
    match again {
        None => Ok(()),
        Some(entry) => Err(TreeError {
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
                "this is not JSON: the text ends too soon (line 1, column 1)",
            ),
            (
                "[1,\n é]",
                "this is not JSON: expected value (line 2, column 2)",
            ),
            (
                "[1 2]",
                "this is not JSON: expected `,` or `]` (line 1, column 4)",
            ),
            (
                "{\"é\" 1}",
                "this is not JSON: expected `:` (line 1, column 6)",
            ),
            (
                "{a:1}",
                "this is not JSON: key must be a string (line 1, column 2)",
            ),
            (
                "{\"a\":1,\"b\":2,\"a\":3}",
                "the field \"a\" is given twice in one object (line 1, column 14)",
            ),
            ("01", "this is not JSON: invalid number (line 1, column 2)"),
            ("1.", "this is not JSON: invalid number (line 1, column 2)"),
            ("1e999", "the number is too large (line 1, column 1)"),
            (
                "\"a",
                "this is not JSON: the text ends too soon (line 1, column 2)",
            ),
            (
                "\"a\nb\"",
                "this is not JSON: control character (\\u0000-\\u001F) found while parsing a string (line 1, column 2)",
            ),
            (
                "\"\\x\"",
                "this is not JSON: invalid escape (line 1, column 3)",
            ),
            (
                "\"\\ud800\"",
                "this is not JSON: unexpected end of hex escape (line 1, column 1)",
            ),
            (
                "\"\\u00g0\"",
                "this is not JSON: invalid escape (line 1, column 7)",
            ),
            (
                "nul",
                "this is not JSON: the text ends too soon (line 1, column 3)",
            ),
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
