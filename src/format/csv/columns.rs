//! The header of an edge list: which column is what, and what separates them.

use crate::format::syntax::{Collector, shortened};
use crate::format::table::as_separated;
use crate::format::table::cells::{Cell, Rows};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The cause.
    From,
    /// The effect.
    To,
    /// The sign.
    Polarity,
    /// Whether it is delayed.
    Delay,
    /// Why.
    Remark,
    /// How strong; its sign may be the only polarity there is.
    Weight,
    /// Who says so.
    Person,
    /// Which one it is of several links between the same variables; rows that say different ones
    /// are different links.
    Parallel,
}

/// The names of columns, in small letters. `source` and `target` are those of graph programs; the
/// German ones are of lists that people keep.
const NAMES: &[(&str, Column)] = &[
    ("from", Column::From),
    ("source", Column::From),
    ("cause", Column::From),
    ("von", Column::From),
    ("ursache", Column::From),
    ("to", Column::To),
    ("target", Column::To),
    ("effect", Column::To),
    ("nach", Column::To),
    ("wirkung", Column::To),
    ("polarity", Column::Polarity),
    ("sign", Column::Polarity),
    ("vorzeichen", Column::Polarity),
    ("polarit\u{e4}t", Column::Polarity),
    ("delay", Column::Delay),
    ("delayed", Column::Delay),
    ("verz\u{f6}gerung", Column::Delay),
    ("remark", Column::Remark),
    ("reason", Column::Remark),
    ("bemerkung", Column::Remark),
    ("weight", Column::Weight),
    ("strength", Column::Weight),
    ("gewicht", Column::Weight),
    ("st\u{e4}rke", Column::Weight),
    ("participant", Column::Person),
    ("person", Column::Person),
    ("respondent", Column::Person),
    ("interviewee", Column::Person),
    ("stakeholder", Column::Person),
    ("expert", Column::Person),
    ("said by", Column::Person),
    ("who", Column::Person),
    ("teilnehmer", Column::Person),
    ("teilnehmerin", Column::Person),
    ("wer", Column::Person),
    ("parallel", Column::Parallel),
];

/// What may separate cells.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// How much of a text is looked at to recognise it, in bytes.
const LOOKED_AT: usize = 4096;

/// The columns of an edge list, in their order.
#[derive(Debug)]
pub struct Columns {
    /// What each holds; none for one that is not known.
    pub kinds: Vec<Option<Column>>,
    /// What each is called.
    pub names: Vec<String>,
    /// The index of each that is known.
    indices: Vec<(Column, usize)>,
}

/// The header of an edge list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What separates cells.
    pub separator: char,
    /// The byte at which it begins: after a byte order mark, and a line that names the separator.
    pub start: usize,
}

/// Whether the text starts with the header of an edge list.
pub fn recognises(text: &str) -> bool {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    header(&as_separated(&text[..end])).is_some()
}

/// The header of an edge list; none if the text is none.
pub fn header(text: &str) -> Option<Header> {
    let (named, start) = separator_line(text).map_or((None, 0), |(it, end)| (Some(it), end));
    let mut separators = named.into_iter().chain(SEPARATORS);
    let separator = separators.find(|separator| {
        let header = Rows::new(&text[start..], *separator).next_row();
        header.is_ok_and(|header| {
            let kinds: Vec<_> = header.iter().flatten().map(kind_of).collect();
            kinds.contains(&Some(Column::From)) && kinds.contains(&Some(Column::To))
        })
    })?;
    Some(Header { separator, start })
}

/// The separator that a first line such as `sep=;` names, and where the next line begins.
fn separator_line(text: &str) -> Option<(char, usize)> {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let line = text[mark..].split(['\r', '\n']).next()?;
    let word = line.trim().trim_matches('"');
    let named = word.strip_prefix("sep=").or(word.strip_prefix("SEP="))?;
    let mut characters = named.chars();
    let separator = characters.next().filter(|_| characters.next().is_none());
    // A tab was trimmed away.
    let separator = separator.unwrap_or('\t');
    let next = mark + line.len();
    let rest = &text[next..];
    let ending = if rest.starts_with("\r\n") {
        2
    } else {
        rest.len().min(1)
    };
    Some((separator, next + ending))
}

fn kind_of(cell: &Cell<'_>) -> Option<Column> {
    let name = cell.text.trim();
    let known = NAMES
        .iter()
        .find(|(known, _)| name.to_lowercase() == *known);
    known.map(|(_, column)| *column)
}

impl Columns {
    /// The columns that a header names.
    pub fn of(header: &[Cell<'_>], collector: &mut Collector) -> Self {
        let mut kinds: Vec<Option<Column>> = Vec::new();
        let mut names = Vec::new();
        for cell in header {
            let kind = kind_of(cell);
            if kind.is_some() && kinds.contains(&kind) {
                let message = format!(
                    "there are two columns for the same, the second is \"{}\"",
                    shortened(&cell.text)
                );
                collector.add(cell.at, message);
            }
            names.push(shortened(cell.text.trim()));
            kinds.push(kind);
        }
        let known = kinds.iter().enumerate();
        let indices = known.filter_map(|(index, kind)| Some(((*kind)?, index)));
        let indices = indices.collect();
        Self {
            kinds,
            names,
            indices,
        }
    }

    /// Whether what stands in a column has no place of its own in a link: it goes into its remark.
    pub fn is_kept(&self, index: usize) -> bool {
        matches!(self.kinds.get(index), Some(None | Some(Column::Weight)))
    }

    /// What a column is called.
    pub fn name(&self, column: Column) -> Option<&str> {
        self.names.get(self.index(column)?).map(String::as_str)
    }

    /// Whether there is a column for this.
    pub fn has(&self, column: Column) -> bool {
        self.index(column).is_some()
    }

    fn index(&self, column: Column) -> Option<usize> {
        let known = self.indices.iter().find(|(known, _)| *known == column);
        known.map(|(_, index)| *index)
    }

    /// The cell of a row in a column, if the row reaches so far.
    pub fn cell<'r, 't>(&self, row: &'r [Cell<'t>], column: Column) -> Option<&'r Cell<'t>> {
        row.get(self.index(column)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edge_lists_are_recognised_by_their_head() {
        for text in [
            "from,to\n",
            "\u{FEFF}Polarity;TO;From\r\na;b;c",
            "from\tto\tdelay",
            "\n\"Source\" , weight, \"target\"\n",
            "cause,effect,sign",
            "Von;Nach;POLARIT\u{c4}T",
            "sep=;\nvon;nach;Vorzeichen",
            "| From | To |\n|---|---|\n| a | b |\n",
            "Ours:\n\n| **from** | to | sign |\n|---|---|---|\n| a | b | + |\n",
            "from    to\na       b\n",
        ] {
            assert!(recognises(text), "{text}");
        }
        for text in [
            "",
            "from",
            "from,polarity\n",
            "from here to there, and back",
            "a,b\nfrom,to\n",
            "{\"from\":1,\"to\":2}",
            "\"from,to",
        ] {
            assert!(!recognises(text), "{text}");
        }
        let separator = |text| header(text).map(|header| (header.separator, header.start));
        assert_eq!(separator("from;to;x,y"), Some((';', 0)));
        assert_eq!(separator("\u{FEFF}sep=;\r\nfrom;to"), Some((';', 10)));
        assert_eq!(separator("sep=\t\nfrom\tto"), Some(('\t', 6)));
        assert_eq!(separator("\"sep=|\"\nfrom|to"), Some(('|', 8)));
        assert_eq!(separator("sep=,\nfrom;to"), Some((';', 6)));
    }
}
