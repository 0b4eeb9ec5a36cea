//! Document to text: always the same text for the same document, one record a line.

use super::header::{FORMAT, VERSION};
use super::record::{list_name, write_carried, write_record};
use super::stream::write_settings;
use crate::format::syntax::{RecordWriter, text_in_quotes};
use crate::model::{Document, Element, ElementKind, Id, StreamSettings};

/// The document as a file: records in the order of their ids, defaults and empty lists left out.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut out =
        format!("{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},\n  \"title\": ");
    text_in_quotes(&mut out, &document.properties().title);
    if !document.properties().purpose.is_empty() {
        out.push_str(",\n  \"purpose\": ");
        text_in_quotes(&mut out, &document.properties().purpose);
    }
    let stream = &document.properties().stream;
    if *stream != StreamSettings::default() {
        out.push_str(",\n  \"stream\": ");
        let mut writer = RecordWriter::wide(&mut out);
        write_settings(&mut writer, stream);
        writer.end();
    }
    if let Some(carried) = document.carried() {
        out.push_str(",\n  \"carried\": ");
        let mut writer = RecordWriter::wide(&mut out);
        write_carried(&mut writer, carried);
        writer.end();
    }
    write_list(
        &mut out,
        ElementKind::Variable,
        document.variables(),
        Element::Variable,
    );
    write_list(&mut out, ElementKind::Link, document.links(), Element::Link);
    write_list(&mut out, ElementKind::Note, document.notes(), Element::Note);
    write_list(
        &mut out,
        ElementKind::LoopLabel,
        document.loop_labels(),
        Element::LoopLabel,
    );
    write_list(
        &mut out,
        ElementKind::Station,
        document.stations(),
        Element::Station,
    );
    write_list(&mut out, ElementKind::Flow, document.flows(), Element::Flow);
    write_list(
        &mut out,
        ElementKind::Judgement,
        document.judgements(),
        Element::Judgement,
    );
    out.push_str("\n}\n");
    out
}

fn write_list<'a, T: Clone + 'a>(
    out: &mut String,
    kind: ElementKind,
    records: impl IntoIterator<Item = (&'a Id, &'a T)>,
    element: impl Fn(T) -> Element,
) {
    let mut separator = format!(",\n  \"{}\": [\n    ", list_name(kind));
    let mut end = "";
    for (id, record) in records {
        out.push_str(&separator);
        separator.clear();
        separator.push_str(",\n    ");
        end = "\n  ]";
        let mut writer = RecordWriter::wide(out);
        writer.text("id", &id.to_string());
        write_record(&mut writer, &element(record.clone()));
        writer.end();
    }
    out.push_str(end);
}
