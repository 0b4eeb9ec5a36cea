//! What stands before the statements of a flowchart: a fence of Markdown, a header of YAML with the
//! title, comments, and the word that says that it is one.

use super::cursor::Cursor;
use crate::format::Limits;
use crate::format::syntax::{Value, parse};

/// The directions in which a flowchart may go.
const DIRECTIONS: [&str; 6] = ["TB", "TD", "BT", "RL", "LR", ">"];

/// Takes all that and gives the title; none if the text is no flowchart.
pub fn take_header(cursor: &mut Cursor<'_>) -> Option<String> {
    let mut title = String::new();
    cursor.take("\u{FEFF}");
    skip_empty_lines(cursor);
    if cursor.line().trim() == "```mermaid" {
        cursor.skip_line();
        skip_empty_lines(cursor);
    }
    if cursor.line().trim_end() == "---" {
        cursor.skip_line();
        while cursor.line().trim_end() != "---" {
            if cursor.rest().is_empty() {
                return None;
            }
            if let Some(value) = cursor.line().strip_prefix("title:") {
                title = plain(value.trim());
            }
            cursor.skip_line();
        }
        cursor.skip_line();
    }
    skip_empty_lines(cursor);
    while cursor.line().trim_start().starts_with("%%") {
        cursor.skip_line();
        skip_empty_lines(cursor);
    }
    let line = cursor.line();
    let header = line.split(';').next().unwrap_or_default();
    let mut words = header.split_whitespace();
    let word = words.next()?;
    if !["graph", "flowchart", "flowchart-elk"].contains(&word) {
        return None;
    }
    match words.next() {
        None => cursor.go(header.len()),
        Some(direction) if DIRECTIONS.contains(&direction) => {
            cursor.go(header.find(direction)? + direction.len());
        }
        Some(_) => return None,
    }
    Some(title)
}

fn skip_empty_lines(cursor: &mut Cursor<'_>) {
    let rest = cursor.rest();
    cursor.go(rest.len() - rest.trim_start().len());
}

/// A plain value of YAML: as it is, or in quotes.
fn plain(value: &str) -> String {
    if let Some(inner) = value
        .strip_prefix('\'')
        .and_then(|inner| inner.strip_suffix('\''))
    {
        return inner.replace("''", "'");
    }
    match parse(value, &Limits::STANDARD).map(|node| node.value) {
        Ok(Value::Text(text)) => text,
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Option<(String, &str)> {
        let mut cursor = Cursor::new(text);
        let title = take_header(&mut cursor)?;
        Some((title, cursor.rest()))
    }

    #[test]
    fn flowcharts_are_told_by_their_head() {
        for (text, title, rest) in [
            ("flowchart LR\n a", "", "\n a"),
            ("graph TD; a-->b", "", "; a-->b"),
            ("graph\na", "", "\na"),
            (
                "---\ntitle: \"A \\\"b\\\"\"\n---\nflowchart TB\n",
                "A \"b\"",
                "\n",
            ),
            (
                "---\nconfig:\ntitle: Plain: words\n---\n%% x\n\ngraph LR",
                "Plain: words",
                "",
            ),
            ("```mermaid\ngraph LR\n```", "", "\n```"),
            ("---\ntitle: 'it''s'\n---\ngraph LR a", "it's", " a"),
        ] {
            assert_eq!(header(text), Some((title.to_owned(), rest)), "{text}");
        }
        for other in [
            "",
            "graph {",
            "graph theory",
            "---\ntitle: x",
            "sequenceDiagram",
            "digraph {}",
        ] {
            assert_eq!(header(other), None, "{other}");
        }
    }
}
