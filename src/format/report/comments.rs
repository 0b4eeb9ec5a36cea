//! What people say about elements.

use crate::model::{Comment, Document, ElementKind, Id, in_sentence};

use super::markdown;

/// The comments, thread by thread: the open ones first.
pub(super) fn comments(out: &mut String, document: &Document) {
    let mut about: Vec<Id> = document.ids().collect();
    about.retain(|id| document.thread_state(*id).is_some());
    if about.is_empty() {
        return;
    }
    about.sort_by_key(|id| document.thread_state(*id));
    markdown::heading(out, "Comments");
    out.push('\n');
    for id in about {
        for (_, comment) in document.thread_on(id) {
            markdown::item(out, &subject(document, id), &words(comment));
        }
    }
}

/// What a thread is about, in a few words.
fn subject(document: &Document, id: Id) -> String {
    let name = |id: Id| {
        let variable = document.variables().get(&id).map(|variable| &variable.name);
        let station = document.stations().get(&id).map(|station| &station.name);
        in_sentence(variable.or(station).map_or("", String::as_str))
    };
    match document.kind_of(id) {
        Some(ElementKind::Link | ElementKind::Flow) => {
            let edge = document.edge(id);
            edge.map_or_else(String::new, |edge| {
                format!("{} → {}", name(edge.from), name(edge.to))
            })
        }
        Some(ElementKind::Note) => "Note".to_owned(),
        Some(ElementKind::Frame) => {
            let frame = document.frames().get(&id);
            in_sentence(frame.map_or("", |frame| &frame.title))
        }
        _ => name(id),
    }
}

fn words(comment: &Comment) -> String {
    let mut said = Vec::new();
    if !comment.author.trim().is_empty() {
        said.push(in_sentence(&comment.author));
    }
    said.extend(comment.date.map(|date| date.to_string()));
    if comment.resolved {
        said.push("resolved".to_owned());
    }
    match said.is_empty() {
        true => comment.text.clone(),
        false => format!("{} ({})", comment.text, said.join(", ")),
    }
}
