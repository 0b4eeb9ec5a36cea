//! Values to JSON text by serde, always the same text for the same value.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::model::exact_text;

/// The text of a value for people and for line-by-line comparison: the fields of the whole stand
/// in lines of their own, and so does each item of a list among them; what is deeper takes no line.
#[must_use]
pub fn in_lines(value: &impl Serialize) -> String {
    let layout = Layout {
        depth: 0,
        is_empty: false,
        in_list: false,
        style: Style::Lines,
    };
    let mut text = written(value, layout);
    text.push('\n');
    text
}

/// The text of a value in one line without blanks.
#[must_use]
pub fn in_one_line(value: &impl Serialize) -> String {
    let layout = Layout {
        depth: 0,
        is_empty: false,
        in_list: false,
        style: Style::Compact,
    };
    written(value, layout)
}

#[expect(
    clippy::expect_used,
    reason = "a vector takes every byte, and the keys of what is written here are texts"
)]
fn written(value: &impl Serialize, layout: Layout) -> String {
    let mut bytes = Vec::new();
    value
        .serialize(&mut Serializer::with_formatter(&mut bytes, layout))
        .expect("it can be written");
    String::from_utf8(bytes).expect("serde_json writes UTF-8")
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Lines,
    Compact,
}

struct Layout {
    /// How many lists and objects are open.
    depth: usize,
    /// Whether the one that was opened last has nothing in it yet.
    is_empty: bool,
    /// Whether what is open within the whole is a list.
    in_list: bool,
    style: Style,
}

impl Layout {
    /// Begins a value of a list or the name of a field.
    fn begin<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_empty = false;
        match (self.style, first) {
            (Style::Compact, true) => Ok(()),
            (Style::Compact, false) => out.write_all(b","),
            (Style::Lines, _) if self.has_lines() => {
                out.write_all(if first { b"" } else { b"," })?;
                self.new_line(out, self.depth)
            }
            (Style::Lines, true) => Ok(()),
            (Style::Lines, false) => out.write_all(b", "),
        }
    }

    /// Whether what is open has a line for each thing in it.
    const fn has_lines(&self) -> bool {
        self.depth == 1 || self.depth == 2 && self.in_list
    }

    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_empty = true;
        if self.depth == 2 {
            self.in_list = bracket == b"[";
        }
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let has_lines = self.has_lines();
        self.depth -= 1;
        if self.style == Style::Lines && has_lines && !self.is_empty {
            self.new_line(out, self.depth)?;
        }
        self.is_empty = false;
        out.write_all(bracket)
    }

    fn new_line<W: ?Sized + Write>(&self, out: &mut W, depth: usize) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Layout {
    fn write_f64<W: ?Sized + Write>(&mut self, out: &mut W, number: f64) -> io::Result<()> {
        out.write_all(exact_text(number).as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.begin(out, first)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.begin(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(match self.style {
            Style::Lines => b": ",
            Style::Compact => b":",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_short() {
        for (number, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-2.5, "-2.5"),
            (1.0e7, "10000000"),
            (1.0e20, "1e20"),
            (5.0e-324, "5e-324"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            assert_eq!(in_one_line(&number), text);
        }
        assert_eq!(in_one_line(&f64::NAN), "null");
    }

    #[test]
    fn texts_are_escaped() {
        let text = in_one_line(&"a\"b\\c\n\u{1}\u{7f}é\u{2028}");
        assert_eq!(text, "\"a\\\"b\\\\c\\n\\u0001\u{7f}é\u{2028}\"");
    }

    #[test]
    fn each_record_has_a_line() {
        let value = json!({
            "one": 1, "two": {"a": 1, "b": [2, 3]}, "three": [{"c": {"d": 4}, "e": []}, 5], "four": [],
        });
        assert_eq!(
            in_lines(&value),
            "{\n  \"one\": 1,\n  \"two\": {\"a\": 1, \"b\": [2, 3]},\n  \"three\": [\n    \
             {\"c\": {\"d\": 4}, \"e\": []},\n    5\n  ],\n  \"four\": []\n}\n"
        );
        assert_eq!(in_lines(&json!({})), "{}\n");
        assert_eq!(in_one_line(&value), value.to_string());
    }
}
