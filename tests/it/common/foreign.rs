//! Shared steps of the tests of foreign formats: documents to write, and what was read in words.

use loopstream::format::{Drawing, Export, ImportResult, WRITERS};
use loopstream::model::{
    Delay, Document, Edit, Element, Id, Link, Polarity, Properties, Variable, VariableKind,
};
use loopstream::scene::{EstimatedText, PictureLook, Scene, Theme};

/// A document of these records under a title.
pub fn with(title: &str, elements: Vec<(u64, Element)>) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (bits, element) in elements {
        edit.set(Id::from_bits(bits), Some(element));
    }
    let title = title.to_owned();
    edit.set_properties(Properties {
        title,
        ..Properties::default()
    });
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

pub fn variable(name: &str) -> Element {
    Element::Variable(Variable {
        name: name.to_owned(),
        ..Variable::default()
    })
}

pub fn link(from: u64, to: u64, polarity: Polarity, delay: Delay, remark: &str) -> Element {
    Element::Link(Link {
        polarity,
        delay,
        remark: remark.to_owned(),
        ..Link::new(Id::from_bits(from), Id::from_bits(to), 0.0)
    })
}

/// A document as the writer of this key writes it.
pub fn written(document: &Document, key: &str) -> Export {
    let draw = |drawing: &Drawing<'_>| Scene::new(drawing.document(), &EstimatedText);
    let writer = WRITERS.iter().find(|writer| writer.key == key).unwrap();
    (writer.write)(&Drawing::new(
        document,
        PictureLook::plain(Theme::Light),
        &draw,
    ))
}

/// What could not be carried over.
pub fn told(opened: &ImportResult) -> Vec<String> {
    opened.warnings.iter().map(ToString::to_string).collect()
}

/// Each link as `from +> to`, with `//` if it is delayed and its remark in brackets; sorted.
pub fn links(document: &Document) -> Vec<String> {
    let name = |id| document.variables()[&id].name.as_str();
    let all = document.links().values();
    let mut links: Vec<String> = all
        .map(|link| {
            let sign = match link.polarity {
                Polarity::Positive => '+',
                Polarity::Negative => '-',
                Polarity::Unknown => '?',
            };
            let delay = match link.delay {
                Delay::Delayed => " //",
                Delay::None => "",
            };
            let remark = match link.remark.as_str() {
                "" => String::new(),
                remark => format!(" ({remark})"),
            };
            format!(
                "{} {sign}> {}{delay}{remark}",
                name(link.from),
                name(link.to)
            )
        })
        .collect();
    links.sort();
    links
}

/// Each variable as its name, in brackets if it is a stock, with its remark behind a colon; sorted.
pub fn variables(document: &Document) -> Vec<String> {
    let all = document.variables().values();
    let mut variables: Vec<String> = all
        .map(|variable| {
            let name = match variable.kind {
                VariableKind::Stock => format!("[{}]", variable.name),
                VariableKind::Rate => format!("|{}|", variable.name),
                VariableKind::Plain => variable.name.clone(),
            };
            match variable.remark.as_str() {
                "" => name,
                remark => format!("{name}: {remark}"),
            }
        })
        .collect();
    variables.sort();
    variables
}
