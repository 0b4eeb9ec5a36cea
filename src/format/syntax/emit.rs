//! Values to JSON text, always the same text for the same value.

use std::fmt::Write;

use crate::lean;

/// How much room a written text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// A blank after `:` and `,`, for files that people read.
    Wide,
    /// No blanks, for what only programs read.
    Compact,
}

/// Writes one object in one line, field by field.
#[derive(Debug)]
pub struct RecordWriter<'a> {
    out: &'a mut String,
    spacing: Spacing,
    separator: &'static str,
}

impl<'a> RecordWriter<'a> {
    /// An object in the style of files.
    pub fn wide(out: &'a mut String) -> Self {
        Self::new(out, Spacing::Wide)
    }

    /// An object without blanks.
    pub fn compact(out: &'a mut String) -> Self {
        Self::new(out, Spacing::Compact)
    }

    fn new(out: &'a mut String, spacing: Spacing) -> Self {
        out.push('{');
        Self {
            out,
            spacing,
            separator: "",
        }
    }

    /// The text so far, with the name of the next field; its value is to be written to it.
    pub fn field(&mut self, name: &str) -> &mut String {
        self.out.push_str(self.separator);
        self.separator = match self.spacing {
            Spacing::Wide => ", ",
            Spacing::Compact => ",",
        };
        self.out.push('"');
        self.out.push_str(name);
        self.out.push_str(match self.spacing {
            Spacing::Wide => "\": ",
            Spacing::Compact => "\":",
        });
        self.out
    }

    /// A text.
    pub fn text(&mut self, name: &str, text: &str) {
        text_in_quotes(self.field(name), text);
    }

    /// A text, left out where it is empty.
    pub fn text_if_any(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.text(name, text);
        }
    }

    /// A number.
    pub fn number(&mut self, name: &str, number: f64) {
        number_text(self.field(name), number);
    }

    /// A number, left out where it is the default.
    pub fn number_unless(&mut self, name: &str, number: f64, default: f64) {
        #[expect(
            clippy::float_cmp,
            reason = "the default itself is left out, nothing near it"
        )]
        if number != default {
            self.number(name, number);
        }
    }

    /// `true`.
    pub fn yes(&mut self, name: &str) {
        self.field(name).push_str("true");
    }

    /// An object within this one, in the same style.
    pub fn object(&mut self, name: &str, write: impl FnOnce(&mut RecordWriter<'_>)) {
        let spacing = self.spacing;
        let mut inner = RecordWriter::new(self.field(name), spacing);
        write(&mut inner);
        inner.end();
    }

    /// A list; `write` writes one item.
    pub fn list<T>(
        &mut self,
        name: &str,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut String, T),
    ) {
        let separator = match self.spacing {
            Spacing::Wide => ", ",
            Spacing::Compact => ",",
        };
        let out = self.field(name);
        out.push('[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                out.push_str(separator);
            }
            write(out, item);
        }
        out.push(']');
    }

    /// Closes the object.
    pub fn end(self) {
        self.out.push('}');
    }
}

/// Appends a list of an object that is written over several lines: one record a line.
pub fn record_lines<T>(
    out: &mut String,
    name: &str,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut RecordWriter<'_>, T),
) {
    out.push_str("  \"");
    out.push_str(name);
    out.push_str("\": [");
    for (place, item) in items.into_iter().enumerate() {
        out.push_str(if place == 0 { "\n    " } else { ",\n    " });
        let mut writer = RecordWriter::wide(out);
        write(&mut writer, item);
        writer.end();
    }
    if out.ends_with('}') {
        out.push_str("\n  ");
    }
    out.push(']');
}

/// Appends a text in quotes.
pub fn text_in_quotes(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                // Writing to a String does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Appends the shortest text that reads back as the same number; `-0` is written as `0`.
///
/// What is not finite has no text in JSON and becomes `null`, which no reader takes for a number.
pub fn number_text(out: &mut String, number: f64) {
    if !number.is_finite() {
        out.push_str("null");
        return;
    }
    // Writing to a String does not fail.
    let _ = write!(out, "{}", lean::Shortest(number));
}

#[cfg(test)]
mod tests {
    use super::*;

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
            (f64::NAN, "null"),
        ] {
            let mut out = String::new();
            number_text(&mut out, number);
            assert_eq!(out, text);
        }
    }

    #[test]
    fn texts_are_escaped() {
        let mut out = String::new();
        text_in_quotes(&mut out, "a\"b\\c\n\u{1}\u{7f}é\u{2028}");
        assert_eq!(out, "\"a\\\"b\\\\c\\n\\u0001\u{7f}é\u{2028}\"");
    }
}
