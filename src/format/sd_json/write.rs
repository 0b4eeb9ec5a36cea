//! A document as an SD-JSON model.

use crate::causal::LoopPolarity;
use crate::format::export::{Export, Labels, losses, lost_delays};
use crate::format::syntax::{RecordWriter, record_lines, text_in_quotes};
use crate::format::unplaced::Losing;
use crate::model::{Document, ElementKind, Id, Link, LoopLabel, Polarity, Records, VariableKind};

const OPEN: Losing = Losing(
    "name is of links that are no loop, and is left out",
    "names are of links that are no loops, and are left out",
);

/// Writes a document as a model: its variables, its links as relationships with their remarks as
/// the reasoning, and the loops that have a name.
///
/// Names that reading could not tell apart get a number, and a variable without a name is called
/// so; the warnings say how many.
#[must_use]
pub fn write(document: &Document) -> Export {
    let labels = Labels::distinct(document);
    let mut text = "{\n".to_owned();
    let title = &document.properties().title;
    if !title.is_empty() {
        text.push_str("  \"title\": ");
        text_in_quotes(&mut text, title);
        text.push_str(",\n");
    }
    record_lines(
        &mut text,
        "variables",
        document.variables(),
        |out, (id, variable)| {
            out.text("name", labels.of(*id));
            let kind = match variable.kind {
                VariableKind::Plain => "variable",
                VariableKind::Stock => "stock",
            };
            out.text("type", kind);
            out.text_if_any("documentation", &variable.remark);
        },
    );
    text.push_str(",\n");
    record_lines(
        &mut text,
        "relationships",
        document.links().values(),
        |out, link| {
            write_link(out, &labels, link);
            out.text_if_any("reasoning", &link.remark);
        },
    );
    let named = document.loop_labels().values();
    let named = named.filter(|label| !(label.name.is_empty() && label.remark.is_empty()));
    let rings: Vec<_> = named.map(|label| (label, ring(document, label))).collect();
    let told: Vec<_> = rings
        .iter()
        .filter_map(|(label, ring)| Some((*label, ring.as_ref()?)))
        .collect();
    if !told.is_empty() {
        text.push_str(",\n");
        record_lines(&mut text, "feedbackLoops", &told, |out, (label, ring)| {
            write_loop(out, &labels, label, ring);
        });
    }
    text.push_str("\n}\n");
    let mut warnings = labels.warnings();
    let kinds = [ElementKind::Note, ElementKind::Station, ElementKind::Flow];
    warnings.extend(losses(document, 0, &kinds));
    warnings.extend(lost_delays(document));
    warnings.extend(OPEN.warning(rings.len() - told.len()));
    Export { text, warnings }
}

fn write_link(out: &mut RecordWriter<'_>, labels: &Labels, link: &Link) {
    out.text("from", labels.of(link.from));
    out.text("to", labels.of(link.to));
    match link.polarity {
        Polarity::Positive => out.text("polarity", "+"),
        Polarity::Negative => out.text("polarity", "-"),
        // What is not known is left out, as the format has it.
        Polarity::Unknown => {}
    }
}

fn write_loop(out: &mut RecordWriter<'_>, labels: &Labels, label: &LoopLabel, ring: &[&Link]) {
    let polarity = LoopPolarity::of(ring.iter().map(|link| link.polarity));
    out.text("identifier", &label.name);
    out.text("name", &label.name);
    out.text_if_any("description", &label.remark);
    match polarity {
        LoopPolarity::Reinforcing => out.text("polarity", "+"),
        LoopPolarity::Balancing => out.text("polarity", "-"),
        LoopPolarity::Undetermined => {}
    }
    out.list("links", ring, |text, link| {
        let mut out = RecordWriter::wide(text);
        write_link(&mut out, labels, link);
        out.end();
    });
}

/// The links of a label in the order of travel; none if they are no loop.
fn ring<'d>(document: &'d Document, label: &LoopLabel) -> Option<Vec<&'d Link>> {
    let links = label.key.links().iter();
    let links: Vec<&Link> = links.filter_map(|id| document.links().get(id)).collect();
    let next: Records<&Link> = links.iter().map(|link| (link.from, *link)).collect();
    let first: Id = links.first()?.from;
    let mut way = vec![*next.get(&first)?];
    while let Some(last) = way.last().filter(|last| last.to != first) {
        if way.len() >= links.len() {
            return None;
        }
        way.push(next.get(&last.to)?);
    }
    (way.len() == links.len()).then_some(way)
}
