//! Records in words, for outlines, lists and who cannot see the canvas.

use crate::model::{Delay, Document, Element, Id, Polarity};

use super::typing::one_line;

/// A record in words: a name, a text, or a link as a sentence, such as "Batch size increases
/// risk, delayed".
#[must_use]
pub fn describe(document: &Document, id: Id) -> String {
    let name = |id: Id| match document.variables().get(&id).map(|v| v.name.trim()) {
        None | Some("") => "unnamed".to_owned(),
        Some(name) => name.to_owned(),
    };
    match document.element(id) {
        Some(Element::Variable(_)) => name(id),
        Some(Element::Note(note)) => format!("Note: {}", one_line(&note.text)),
        Some(Element::Link(link)) => {
            let verb = match link.polarity {
                Polarity::Positive => "increases",
                Polarity::Negative => "decreases",
                Polarity::Unknown => "affects",
            };
            let delay = match link.delay {
                Delay::Delayed => ", delayed",
                Delay::None => "",
            };
            format!(
                "{} {verb} {}{delay}",
                capitalised(&name(link.from)),
                name(link.to)
            )
        }
        Some(Element::LoopLabel(label)) => label.name,
        None => String::new(),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
