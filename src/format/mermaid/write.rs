//! A document as a Mermaid flowchart (mermaid.js.org/syntax/flowchart.html).

use std::fmt::Write;

use crate::format::export::{Export, losses, lost_remarks};
use crate::format::nodes::{Nodes, flow_words, label, link_words, printable};
use crate::format::syntax::in_one_line;
use crate::model::{Delay, Document, ElementKind, FlowKind, StationKind, VariableKind};

/// Writes a document as a flowchart from left to right.
///
/// Variables have round corners and stocks square ones, stations have shapes of their own. A link
/// has its sign as its label, and `//` and a dotted line if it is delayed; flows of work are thick.
/// Positions, remarks, notes, names of loops and measures are left out.
#[must_use]
pub fn mermaid(document: &Document) -> Export {
    let nodes = Nodes::of(document);
    let mut text = String::new();
    let title = &document.properties().title;
    if !title.is_empty() {
        // The header is YAML, where a text may be in quotes as in JSON.
        text.push_str("---\ntitle: ");
        text.push_str(&in_one_line(title));
        text.push_str("\n---\n");
    }
    text.push_str("flowchart LR\n");
    for (number, (id, name)) in (1..).zip(&nodes.names) {
        let variable = document.variables().get(id);
        let station = document.stations().get(id);
        let (open, close) = match (variable, station) {
            (Some(variable), _) if variable.kind == VariableKind::Stock => ("[", "]:::stock"),
            (None, Some(station)) => brackets_of(station.kind),
            _ => ("(", ")"),
        };
        // Writing to a text cannot fail.
        let _ = write!(text, "  n{number}{open}");
        quoted(&mut text, label(name));
        text.push_str(close);
        text.push('\n');
    }
    for (from, to, link) in &nodes.links {
        let arrow = match link.delay {
            Delay::None => "-->",
            Delay::Delayed => "-.->",
        };
        add_edge(&mut text, (*from, *to), arrow, link_words(link));
    }
    for (from, to, flow) in &nodes.flows {
        let arrow = match flow.kind {
            FlowKind::ManualInformation | FlowKind::ElectronicInformation => "-.->",
            _ => "==>",
        };
        add_edge(&mut text, (*from, *to), arrow, flow_words(flow.kind));
    }
    let mut warnings = losses(
        document,
        0,
        &[
            ElementKind::Note,
            ElementKind::LoopLabel,
            ElementKind::Frame,
            ElementKind::Comment,
            ElementKind::Image,
            ElementKind::Improvement,
            ElementKind::Scenario,
            ElementKind::Story,
            ElementKind::Retrospective,
            ElementKind::Experiment,
        ],
    );
    warnings.extend(lost_remarks(document));
    Export { text, warnings }
}

fn add_edge(out: &mut String, (from, to): (usize, usize), arrow: &str, words: &str) {
    // Writing to a text cannot fail.
    let _ = write!(out, "  n{from} {arrow}|");
    quoted(out, words);
    let _ = writeln!(out, "| n{to}");
}

const fn brackets_of(kind: StationKind) -> (&'static str, &'static str) {
    match kind {
        StationKind::Step => ("[[", "]]"),
        StationKind::Queue => ("{{", "}}"),
        StationKind::Supermarket => ("[(", ")]"),
        StationKind::Supplier | StationKind::Customer => ("[/", "\\]"),
        StationKind::Control => (">", "]"),
    }
}

/// A text in quotes, with Mermaid's own entities for all that means something there: quotes, and
/// `#` itself; HTML; a backslash before n; `$$`, which begins mathematics; `%%`, which begins a
/// directive; a colon, by which icons and styles are found; brackets, which some versions do not
/// expect in quotes; and the signs of Markdown, which some versions read in every text.
fn quoted(out: &mut String, text: &str) {
    out.push('"');
    let text = text.trim();
    let mut only_digits = true;
    for (index, character) in printable(text).enumerate() {
        let is_list = match character {
            '+' | '-' | '=' => index == 0,
            '.' | ')' => only_digits,
            _ => false,
        };
        only_digits &= character.is_ascii_digit();
        match character {
            '\n' => out.push_str("<br/>"),
            '"' => out.push_str("#quot;"),
            other if is_list || SPECIAL.contains(&other) => {
                let _ = write!(out, "#{};", u32::from(other));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// What means something in a label wherever it stands.
const SPECIAL: &[char] = &[
    '#', '&', '<', '>', '\\', '`', '$', '%', ':', ';', '|', '[', ']', '{', '}', '*', '_', '~', '@',
];
