//! What separates the cells of a table.

use super::cells::Rows;

/// What separates cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Separator {
    /// `,`
    #[default]
    Comma,
    /// `;`, where a comma parts decimals.
    Semicolon,
    /// A tab, as from the clipboard of a spreadsheet.
    Tab,
    /// `|`
    Bar,
}

impl Separator {
    /// Every separator, the usual first.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Bar];

    /// The character.
    #[must_use]
    pub const fn character(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Bar => '|',
        }
    }
}

/// How a text writes its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What separates them.
    pub separator: Separator,
    /// The byte at which the table begins: after a byte order mark, and a line that names the
    /// separator.
    pub start: usize,
}

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 32 * 1024;
/// How many rows of it.
const ROWS: usize = 30;

impl Dialect {
    /// The dialect of a text: what it says itself, or else the separator that gives the most rows
    /// as many cells as the first.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mark = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
        if let Some((separator, length)) = named(&text[mark..]) {
            let start = mark + length;
            return Self { separator, start };
        }
        let mut best = (0.0, Separator::Comma);
        for separator in Separator::ALL {
            let score = fitness(&text[mark..], separator);
            if score > best.0 {
                best = (score, separator);
            }
        }
        Self {
            separator: best.1,
            start: mark,
        }
    }
}

/// The separator that a first line such as `sep=;` names, and the length of that line.
fn named(text: &str) -> Option<(Separator, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    let rest = line.trim_matches('"');
    let rest = rest
        .strip_prefix("sep=")
        .or_else(|| rest.strip_prefix("SEP="))?;
    let separator = Separator::ALL
        .into_iter()
        .find(|separator| rest.starts_with(separator.character()))?;
    Some((separator, line.len()))
}

/// How well a separator fits the start of a text: 0 not at all, more for more columns that more
/// rows agree on.
fn fitness(text: &str, separator: Separator) -> f64 {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let is_cut = end < text.len();
    let mut rows = Rows::new(&text[..end], separator.character());
    let mut widths: Vec<usize> = Vec::new();
    while widths.len() < ROWS {
        match rows.next_row() {
            Ok(Some(row)) => widths.push(row.len()),
            Ok(None) => break,
            // A quote may stay open where the text is cut.
            Err(_) if is_cut && !widths.is_empty() => break,
            Err(_) => return 0.0,
        }
    }
    let Some(head) = widths.iter().copied().max().filter(|most| *most > 1) else {
        return 0.0;
    };
    let alike = widths.iter().filter(|width| **width == head).count();
    // Columns count little against rows that agree: a comma in most remarks is no separator.
    let part = alike as f64 / widths.len() as f64;
    part * part * (1.0 + (head as f64).ln())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_found() {
        for (text, separator) in [
            ("a,b,c\n1,2,3", Separator::Comma),
            ("a;b\n1,5;2,5\n1;2,25", Separator::Semicolon),
            ("a\tb\n1,5\t2,5", Separator::Tab),
            ("a|b\nx,y|z", Separator::Bar),
            ("\u{FEFF}\"a;x\",b\n\"1;2\",3", Separator::Comma),
            (
                "name;remark\nx;\"one, two\nand three, four\"\ny;a, b",
                Separator::Semicolon,
            ),
            ("", Separator::Comma),
        ] {
            assert_eq!(Dialect::of(text).separator, separator, "{text:?}");
        }
    }

    #[test]
    fn a_line_that_names_the_separator_is_believed() {
        let dialect = Dialect::of("\u{FEFF}sep=;\r\na,b;c\r\n");
        assert_eq!(dialect.separator, Separator::Semicolon);
        assert_eq!(dialect.start, 8);
        assert_eq!(Dialect::of("sep=\t\na\tb").separator, Separator::Tab);
    }
}
