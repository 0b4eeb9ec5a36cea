//! A document as a Kumu blueprint.

use crate::format::export::{Export, losses, unnamed};
use crate::format::nodes::label;
use crate::format::syntax::record_lines;
use crate::model::{Delay, Document, ElementKind, Polarity, VariableKind};

/// Writes a document as a blueprint. Elements have ids, so that names need not differ.
#[must_use]
pub fn write(document: &Document) -> Export {
    let mut text = "{\n".to_owned();
    record_lines(
        &mut text,
        "elements",
        document.variables(),
        |out, (id, variable)| {
            out.text("id", &id.to_string());
            out.text("label", label(&variable.name));
            let kind = match variable.kind {
                VariableKind::Plain => "Variable",
                VariableKind::Stock => "Stock",
            };
            out.text("type", kind);
            out.text_if_any("description", &variable.remark);
        },
    );
    text.push_str(",\n");
    record_lines(
        &mut text,
        "connections",
        document.links().values(),
        |out, link| {
            out.text("from", &link.from.to_string());
            out.text("to", &link.to.to_string());
            out.text("direction", "directed");
            let polarity = match link.polarity {
                Polarity::Positive => "+",
                Polarity::Negative => "-",
                Polarity::Unknown => "?",
            };
            out.text("polarity", polarity);
            if link.delay == Delay::Delayed {
                out.text("delay", "yes");
            }
            out.text_if_any("description", &link.remark);
        },
    );
    text.push_str("\n}\n");
    let mut warnings: Vec<_> = unnamed(document).into_iter().collect();
    warnings.extend(losses(
        document,
        0,
        &[
            ElementKind::LoopLabel,
            ElementKind::Note,
            ElementKind::Station,
            ElementKind::Flow,
        ],
    ));
    Export { text, warnings }
}
