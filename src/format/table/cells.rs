//! CSV text to rows of cells (RFC 4180), whatever separates them.
//!
//! Written here rather than taken from a library because a message needs the place of every cell,
//! and because blanks count within quotes and not without, which libraries do not tell apart.

use std::borrow::Cow;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell<'t> {
    /// The byte of the text at which it starts.
    pub at: usize,
    /// What it says: within quotes every character, without them no blanks around.
    pub text: Cow<'t, str>,
}

/// Why a text is not CSV, and the byte at which it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadQuote {
    /// What is wrong.
    pub message: &'static str,
    /// The byte of the text.
    pub at: usize,
}

/// The rows of a text, one after the other.
#[derive(Debug)]
pub struct Rows<'t> {
    text: &'t str,
    at: usize,
    separator: char,
    /// Whether blank rows stood before the last one.
    after_blank: bool,
}

/// Whether a row goes on after a cell.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Cell,
    Row,
}

impl<'t> Rows<'t> {
    /// The rows of a text whose cells are separated so.
    pub fn new(text: &'t str, separator: char) -> Self {
        // Some programs put a byte order mark first.
        let at = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        Self {
            text,
            at,
            separator,
            after_blank: false,
        }
    }

    /// The same from a byte of the text on.
    pub fn starting_at(text: &'t str, start: usize, separator: char) -> Self {
        let rows = Self::new(text, separator);
        let at = rows.at.max(start);
        Self { at, ..rows }
    }

    /// The next row that is not blank; none at the end.
    ///
    /// # Errors
    /// A quote does not close, or something follows where it does.
    pub fn next_row(&mut self) -> Result<Option<Vec<Cell<'t>>>, BadQuote> {
        self.after_blank = false;
        while self.at < self.text.len() {
            let mut row = Vec::new();
            loop {
                row.push(self.cell()?);
                if self.end_of_cell()? == After::Row {
                    break;
                }
            }
            if row.iter().any(|cell| !cell.text.is_empty()) {
                return Ok(Some(row));
            }
            self.after_blank = true;
        }
        Ok(None)
    }

    /// Whether blank rows stood before the last one.
    #[must_use]
    pub const fn after_blank(&self) -> bool {
        self.after_blank
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Takes blanks that are not the separator.
    fn skip_blanks(&mut self) {
        let separator = self.separator;
        let blank = |character: char| matches!(character, ' ' | '\t') && character != separator;
        self.at += self.rest().len() - self.rest().trim_start_matches(blank).len();
    }

    fn cell(&mut self) -> Result<Cell<'t>, BadQuote> {
        let start = self.at;
        self.skip_blanks();
        let at = self.at;
        if self.rest().starts_with('"') {
            return self.quoted(at);
        }
        self.at = start;
        let separator = self.separator;
        let ends = |character: char| character == separator || matches!(character, '\n' | '\r');
        let plain = self.rest().split(ends).next().unwrap_or_default();
        self.at += plain.len();
        let text = Cow::Borrowed(plain.trim());
        Ok(Cell { at, text })
    }

    /// A cell in quotes; two of them are one.
    fn quoted(&mut self, at: usize) -> Result<Cell<'t>, BadQuote> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let Some(length) = self.rest().find('"') else {
                let message = "the quote that opens here does not close";
                return Err(BadQuote { message, at });
            };
            let part = &self.rest()[..length];
            self.at += length + 1;
            if text.is_empty() {
                text = Cow::Borrowed(part);
            } else {
                text.to_mut().push_str(part);
            }
            if !self.rest().starts_with('"') {
                break;
            }
            self.at += 1;
            text.to_mut().push('"');
        }
        self.skip_blanks();
        Ok(Cell { at, text })
    }

    /// Takes what ends a cell.
    fn end_of_cell(&mut self) -> Result<After, BadQuote> {
        let mut characters = self.rest().chars();
        match characters.next() {
            None => Ok(After::Row),
            Some('\n') => {
                self.at += 1;
                Ok(After::Row)
            }
            Some('\r') => {
                self.at += 1 + usize::from(characters.next() == Some('\n'));
                Ok(After::Row)
            }
            Some(other) if other == self.separator => {
                self.at += other.len_utf8();
                Ok(After::Cell)
            }
            Some(_) => Err(BadQuote {
                message: "a quote within quotes is written twice; here it closes too early",
                at: self.at,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, separator: char) -> Result<Vec<Vec<String>>, BadQuote> {
        let mut rows = Rows::new(text, separator);
        let mut all = Vec::new();
        while let Some(row) = rows.next_row()? {
            all.push(row.iter().map(|cell| cell.text.to_string()).collect());
        }
        Ok(all)
    }

    #[test]
    fn rows_end_as_any_system_ends_them() {
        let expected = Ok(vec![
            vec!["a".to_owned(), "b".to_owned()],
            vec!["c".to_owned()],
        ]);
        for text in [
            "a,b\r\nc",
            "\u{FEFF}a,b\nc\n",
            "a,b\rc\r",
            "\n a , b\r\n\r\n,\nc\r\n",
        ] {
            assert_eq!(rows(text, ','), expected, "{text:?}");
        }
        assert_eq!(rows("a\tb\nc", '\t'), expected);
        assert_eq!(rows("a;b\nc", ';'), expected);
        assert_eq!(rows("", ','), Ok(vec![]));
    }

    #[test]
    fn quotes_hold_everything_together() {
        assert_eq!(
            rows("\" a,\"\"b\"\"\r\n\" , \"\"\"\",x\"y", ','),
            Ok(vec![vec![
                " a,\"b\"\r\n".to_owned(),
                "\"".to_owned(),
                "x\"y".to_owned()
            ]])
        );
    }

    #[test]
    fn quotes_that_do_not_pair_are_refused_with_their_place() {
        let at = |text| rows(text, ',').map_err(|bad| bad.at);
        assert_eq!(at("a,\"b\nc"), Err(2));
        assert_eq!(at("a,\"b\"c"), Err(5));
    }

    #[test]
    fn cells_know_where_they_are() {
        let mut rows = Rows::new("\u{FEFF}a, \"b\"\n  c", ',');
        let mut offsets = Vec::new();
        while let Ok(Some(row)) = rows.next_row() {
            offsets.extend(row.iter().map(|cell| cell.at));
        }
        assert_eq!(offsets, [3, 6, 12]);
    }
}
