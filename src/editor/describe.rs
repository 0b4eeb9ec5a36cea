//! Records in words, for outlines, lists and who cannot see the canvas.

use crate::model::{
    Amount, Delay, Document, Element, FlowKind, FlowSide, Id, Measure, Note, PipeEnd, Polarity,
    Station, StationKind, Strength, Variable, VariableKind, flow_side, in_sentence, isolated,
    measure_text, pipe_of,
};

use super::experiments::experiments_at;
use super::typing::one_line;

/// A record in words: a name, a text, or a link as a sentence, such as "Batch size up →
/// Risk up, delayed": words that suit any name, one thing or several.
#[must_use]
pub fn describe(document: &Document, id: Id) -> String {
    let variable = |id: Id| document.variables().get(&id);
    let spoken_name = |id: Id| variable(id).map(Variable::in_sentence).unwrap_or_default();
    match document.element(id) {
        Some(Element::Variable(variable)) if variable.name.trim().is_empty() => {
            variable.in_sentence()
        }
        Some(Element::Variable(variable)) => isolated(variable.name.trim()).into_owned(),
        Some(Element::Note(note)) => note_in_words(document, id, &note),
        Some(Element::Link(link)) => {
            let (from, to) = (spoken_name(link.from), spoken_name(link.to));
            let effect = match link.polarity {
                _ if flow_side(document, &link) == Some(FlowSide::In) => {
                    format!("{from} → {to}, inflow")
                }
                _ if flow_side(document, &link) == Some(FlowSide::Out) => {
                    format!("{from} → {to}, outflow")
                }
                Polarity::Positive => format!("{from} up → {to} up"),
                Polarity::Negative => format!("{from} up → {to} down"),
                Polarity::Unknown => format!("{from} → {to}, no sign yet"),
            };
            let mut words = vec![effect];
            if link.delay == Delay::Delayed {
                words.push("delayed".to_owned());
            }
            match link.strength {
                Strength::Weak => words.push("weak".to_owned()),
                Strength::Medium => {}
                Strength::Strong => words.push("strong".to_owned()),
            }
            if !link.label.trim().is_empty() {
                words.push(format!("\u{201c}{}\u{201d}", isolated(link.label.trim())));
            }
            words.join(", ")
        }
        Some(Element::LoopLabel(label)) => isolated(&label.name).into_owned(),
        Some(Element::Station(station)) => station_in_words(&station),
        Some(Element::Flow(flow)) => {
            let name = |id: Id| {
                let station = document.stations().get(&id);
                station
                    .map(|station| in_sentence(&station.name))
                    .unwrap_or_default()
            };
            let (from, to) = (name(flow.from), name(flow.to));
            match flow.kind {
                FlowKind::Push => format!("Work goes from {from} to {to}"),
                FlowKind::Pull => format!("Work is pulled from {from} to {to}"),
                FlowKind::Fifo => format!("Work goes from {from} to {to}, first in, first out"),
                FlowKind::Rework => format!("Rework goes from {from} back to {to}"),
                FlowKind::ManualInformation => format!("Information goes from {from} to {to}"),
                FlowKind::ElectronicInformation => format!("Data goes from {from} to {to}"),
            }
        }
        Some(Element::Frame(frame)) => {
            let title = match frame.title.trim() {
                "" => "Frame, untitled".to_owned(),
                title => format!("Frame: {}", isolated(title)),
            };
            match &frame.limit {
                Some(limit) => format!("{title}, {}", limit_in_words(limit)),
                None => title,
            }
        }
        Some(Element::Comment(comment)) => {
            format!("Comment: {}", isolated(&one_line(&comment.text)))
        }
        Some(Element::Image(image)) => match document.notes().get(&image.note) {
            Some(note) => note_in_words(document, image.note, note),
            None => String::new(),
        },
        Some(Element::Improvement(improvement)) => {
            format!("Improvement: {}", in_sentence(&improvement.name))
        }
        Some(Element::Scenario(scenario)) => {
            format!("Scenario: {}", in_sentence(&scenario.name))
        }
        Some(Element::Story(story)) => format!("Story: {}", in_sentence(&story.name)),
        Some(Element::StoryStep(step)) => format!("Step of a story: {}", in_sentence(&step.title)),
        Some(Element::Retrospective(sheet)) => {
            format!("Retrospective: {}", in_sentence(&sheet.event))
        }
        Some(Element::Fact(fact)) => format!("Fact: {}", in_sentence(&one_line(&fact.what))),
        Some(Element::Variation(variation)) => {
            format!("What varied: {}", in_sentence(&variation.name))
        }
        Some(Element::Experiment(experiment)) => {
            format!("Experiment: {}", in_sentence(&one_line(&experiment.action)))
        }
        Some(Element::FindingReview(_)) | None => String::new(),
    }
}

/// A limit of work of a frame, after its title.
fn limit_in_words(limit: &Measure) -> String {
    match limit.amount {
        Amount::Unknown => "with a limit of work that nobody knows".to_owned(),
        _ => format!("at most {} inside", measure_text(limit)),
    }
}

/// What a variable is besides its name: "stock", or of a rate its ends, such as "flow from
/// Susceptible to Infected"; none of a plain variable, or of anything else.
#[must_use]
pub fn role_of(document: &Document, id: Id) -> Option<String> {
    let variable = document.variables().get(&id)?;
    match variable.kind {
        VariableKind::Plain => None,
        VariableKind::Stock => Some("stock".to_owned()),
        VariableKind::Rate => Some(flow_in_words(document, id)),
    }
}

/// A record with what it is, for who cannot see the canvas.
#[must_use]
pub fn spoken(document: &Document, id: Id) -> String {
    let words = describe(document, id);
    let more = [role_of(document, id), experiments_at(document, id)];
    let all: Vec<String> = [Some(words)].into_iter().chain(more).flatten().collect();
    all.join(", ")
}

/// Where a flow comes from and where it goes; beyond the model is outside.
fn flow_in_words(document: &Document, rate: Id) -> String {
    let pipe = pipe_of(document, rate);
    let name = |end: Option<PipeEnd>| {
        let stock = end.and_then(|end| document.variables().get(&end.stock));
        stock.map(Variable::in_sentence)
    };
    match (name(pipe.from), name(pipe.to)) {
        (None, None) => "flow without a stock".to_owned(),
        (from, to) => {
            let [from, to] = [from, to].map(|end| end.unwrap_or_else(|| "outside".to_owned()));
            format!("flow from {from} to {to}")
        }
    }
}

/// A note by its words, and by what its image shows if it has one: of an image that nobody has
/// described its caption says most.
fn note_in_words(document: &Document, id: Id, note: &Note) -> String {
    let text = one_line(&note.text);
    let has_image = document.images_of(id).next().is_some();
    match (has_image, note.alt.trim(), text.as_str()) {
        (false, _, text) => format!("Note: {}", isolated(text)),
        (true, "", "") => "Image, not described".to_owned(),
        (true, "", text) => format!("Image: {}", isolated(text)),
        (true, alt, "") => format!("Image: {}", isolated(alt)),
        (true, alt, text) => format!("Image: {}, {}", isolated(alt), isolated(text)),
    }
}

/// What kind of station it is, for people.
#[must_use]
pub const fn station_word(kind: StationKind) -> &'static str {
    match kind {
        StationKind::Step => "Step",
        StationKind::Queue => "Queue",
        StationKind::Supermarket => "Supermarket",
        StationKind::Supplier => "Supplier",
        StationKind::Customer => "Customer",
        StationKind::Control => "Control",
    }
}

fn station_in_words(station: &Station) -> String {
    let name = isolated(station.name.trim());
    let word = station_word(station.kind);
    match (station.kind, name.as_ref()) {
        (_, "") => format!("{word}, unnamed"),
        (StationKind::Step, name) => name.to_owned(),
        (_, name) => format!("{word}: {name}"),
    }
}
