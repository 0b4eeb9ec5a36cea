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
            let score = separator_fitness(&text[mark..], separator.character());
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
pub(super) fn separator_fitness(text: &str, separator: char) -> f64 {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let is_cut = end < text.len();
    let mut rows = Rows::new(&text[..end], separator);
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
    let count = widths.len() as f64;
    let mut kinds = widths.clone();
    kinds.sort_unstable();
    kinds.dedup();
    // Columns count little against rows that agree: a comma in most remarks is no separator. Some
    // programs leave out cells at the end of a row, so that the widest is not always what agrees.
    let of = |width: usize| {
        let alike = widths.iter().filter(|other| **other == width).count();
        let part = alike as f64 / count;
        part * part * (1.0 + (width as f64).ln())
    };
    let several = kinds.into_iter().filter(|width| *width > 1);
    several.map(of).fold(0.0, f64::max)
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
            // The last cells of rows are left out where they are empty.
            ("a,b,c,d\n1,2,3\n4,5,6\n7;,8,9\n", Separator::Comma),
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
