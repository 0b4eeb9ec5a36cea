//! A document as a Graphviz graph in the DOT language (graphviz.org/doc/info/lang.html).

use std::fmt::Write;

use crate::format::export::{Export, losses};
use crate::format::nodes::{Nodes, flow_words, label, link_words, printable};
use crate::model::{Delay, Document, ElementKind, FlowKind, StationKind, VariableKind};

/// Writes a document as a directed graph.
///
/// Variables are words and stocks boxes, stations have shapes of their own, notes are notes. A link
/// has its sign as its label, and `//` and a dashed line if it is delayed. Remarks are tooltips,
/// which Graphviz shows in SVG. Positions, names of loops and measures are left out.
#[must_use]
pub fn dot(document: &Document) -> Export {
    let nodes = Nodes::of(document);
    let mut text = "digraph {\n".to_owned();
    let title = &document.properties().title;
    if !title.is_empty() {
        text.push_str("  graph [");
        attribute(&mut text, "label", title);
        text.push_str("];\n");
    }
    text.push_str("  node [shape=plaintext];\n");
    for (number, (id, name)) in (1..).zip(&nodes.names) {
        let variable = document.variables().get(id);
        let station = document.stations().get(id);
        let shape = match (variable, station) {
            (Some(variable), _) if variable.kind == VariableKind::Stock => Some("box"),
            (None, Some(station)) => Some(shape_of(station.kind)),
            _ => None,
        };
        let remark = variable.map(|variable| &variable.remark);
        let remark = remark.or(station.map(|station| &station.remark));
        add_node(&mut text, ("n", number), label(name), shape, remark);
    }
    for (number, note) in (1..).zip(document.notes().values()) {
        add_node(&mut text, ("note", number), &note.text, Some("note"), None);
    }
    for (from, to, link) in &nodes.links {
        let style = match link.delay {
            Delay::None => "",
            Delay::Delayed => ", style=dashed",
        };
        add_edge(
            &mut text,
            (*from, *to),
            link_words(link),
            style,
            &link.remark,
        );
    }
    for (from, to, flow) in &nodes.flows {
        let style = match flow.kind {
            FlowKind::Push | FlowKind::Pull | FlowKind::Fifo => ", style=bold",
            FlowKind::Rework => ", style=\"bold,dashed\"",
            FlowKind::ManualInformation | FlowKind::ElectronicInformation => ", style=dotted",
        };
        let words = flow_words(flow.kind);
        add_edge(&mut text, (*from, *to), words, style, &flow.remark);
    }
    text.push_str("}\n");
    Export {
        text,
        warnings: losses(
            document,
            0,
            &[
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
        ),
    }
}

const fn shape_of(kind: StationKind) -> &'static str {
    match kind {
        // The same as a box, which is a stock here.
        StationKind::Step => "rect",
        StationKind::Queue => "triangle",
        StationKind::Supermarket => "cylinder",
        StationKind::Supplier | StationKind::Customer => "house",
        StationKind::Control => "component",
    }
}

fn add_node(
    out: &mut String,
    (prefix, number): (&str, usize),
    label: &str,
    shape: Option<&str>,
    remark: Option<&String>,
) {
    // Writing to a text cannot fail.
    let _ = write!(out, "  {prefix}{number} [");
    attribute(out, "label", label);
    if let Some(shape) = shape {
        out.push_str(", shape=");
        out.push_str(shape);
    }
    add_tooltip(out, remark.map_or("", String::as_str));
    out.push_str("];\n");
}

fn add_edge(out: &mut String, (from, to): (usize, usize), words: &str, style: &str, remark: &str) {
    let _ = write!(out, "  n{from} -> n{to} [");
    attribute(out, "label", words);
    out.push_str(style);
    add_tooltip(out, remark);
    out.push_str("];\n");
}

fn add_tooltip(out: &mut String, remark: &str) {
    if !remark.is_empty() {
        out.push_str(", ");
        attribute(out, "tooltip", remark);
    }
}

/// An attribute whose value is a text. In quotes it is never HTML; a backslash and an entity such
/// as `&amp;` mean something even there.
fn attribute(out: &mut String, name: &str, value: &str) {
    out.push_str(name);
    out.push_str("=\"");
    for character in printable(value) {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' => out.push_str("&amp;"),
            other => out.push(other),
        }
    }
    out.push('"');
}
