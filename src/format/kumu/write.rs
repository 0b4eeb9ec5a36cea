//! A document as a Kumu blueprint.

use serde::Serialize;

use crate::format::export::{Export, losses, unnamed};
use crate::format::nodes::label;
use crate::format::syntax::in_lines;
use crate::model::{Delay, Document, ElementKind, Id, Polarity, Tags, VariableKind};

/// Writes a document as a blueprint. Elements have ids, so that names need not differ.
#[must_use]
pub fn write(document: &Document) -> Export {
    let variables = document.variables().iter();
    let text = in_lines(&Blueprint {
        elements: variables
            .map(|(id, variable)| BlueprintElement {
                id: *id,
                label: label(&variable.name),
                kind: match variable.kind {
                    VariableKind::Plain => "Variable",
                    VariableKind::Stock => "Stock",
                    VariableKind::Rate => "Rate",
                },
                description: &variable.remark,
                tags: &variable.tags,
            })
            .collect(),
        connections: document
            .links()
            .values()
            .map(|link| BlueprintConnection {
                from: link.from,
                to: link.to,
                direction: "directed",
                polarity: link.polarity,
                delay: (link.delay == Delay::Delayed).then_some("yes"),
                description: &link.remark,
                tags: &link.tags,
            })
            .collect(),
    });
    let mut warnings: Vec<_> = unnamed(document).into_iter().collect();
    warnings.extend(losses(
        document,
        0,
        &[
            ElementKind::LoopLabel,
            ElementKind::Note,
            ElementKind::Station,
            ElementKind::Flow,
            ElementKind::Frame,
            ElementKind::Comment,
            ElementKind::Image,
            ElementKind::Improvement,
            ElementKind::Scenario,
            ElementKind::Story,
            ElementKind::Retrospective,
            ElementKind::Experiment,
        ],
    ));
    Export { text, warnings }
}

/// A blueprint, in the order in which it is written.
#[derive(Serialize)]
struct Blueprint<'a> {
    elements: Vec<BlueprintElement<'a>>,
    connections: Vec<BlueprintConnection<'a>>,
}

#[derive(Serialize)]
struct BlueprintElement<'a> {
    id: Id,
    label: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    tags: &'a Tags,
}

#[derive(Serialize)]
struct BlueprintConnection<'a> {
    from: Id,
    to: Id,
    direction: &'static str,
    polarity: Polarity,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Tags::is_empty")]
    tags: &'a Tags,
}
