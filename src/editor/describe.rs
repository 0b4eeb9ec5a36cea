//! Records in words, for outlines, lists and who cannot see the canvas.

use crate::model::{Delay, Document, Element, Id, Polarity, Variable};

use super::typing::one_line;

/// A record in words: a name, a text, or a link as a sentence, such as "Batch size increases
/// risk, delayed".
#[must_use]
pub fn describe(document: &Document, id: Id) -> String {
    let variable = |id: Id| document.variables().get(&id);
    let spoken = |id: Id| variable(id).map(Variable::spoken).unwrap_or_default();
    match document.element(id) {
        Some(Element::Variable(variable)) if variable.name.trim().is_empty() => variable.spoken(),
        Some(Element::Variable(variable)) => variable.name.trim().to_owned(),
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
                capitalised(spoken(link.from)),
                spoken(link.to)
            )
        }
        Some(Element::LoopLabel(label)) => label.name,
        None => String::new(),
    }
}

fn capitalised(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
