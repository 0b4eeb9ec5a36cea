//! Random gestures, as people make them in a document.

use loopstream::model::{
    Document, Edit, Element, Id, Link, LoopKey, LoopLabel, Note, Patch, Point, Polarity,
    Properties, Variable,
};
use proptest::prelude::*;

#[derive(Clone, Copy, Debug)]
pub enum Gesture {
    AddVariable,
    Rename(usize),
    Remark(usize),
    Move(usize),
    AddLink(usize, usize),
    Lead(usize, usize),
    Sign(usize),
    AddNote,
    Label(usize, usize),
    Remove(usize),
    Retitle,
}

pub fn gestures() -> impl Strategy<Value = Gesture> {
    let any = 0_usize..40;
    prop_oneof![
        4 => Just(Gesture::AddVariable),
        2 => any.clone().prop_map(Gesture::Rename),
        1 => any.clone().prop_map(Gesture::Remark),
        2 => any.clone().prop_map(Gesture::Move),
        4 => (any.clone(), any.clone()).prop_map(|(from, to)| Gesture::AddLink(from, to)),
        2 => (any.clone(), any.clone()).prop_map(|(link, to)| Gesture::Lead(link, to)),
        2 => any.clone().prop_map(Gesture::Sign),
        1 => Just(Gesture::AddNote),
        2 => (any.clone(), any.clone()).prop_map(|(one, other)| Gesture::Label(one, other)),
        2 => any.clone().prop_map(Gesture::Remove),
        1 => Just(Gesture::Retitle),
    ]
}

impl Gesture {
    /// The patch of the gesture; `fresh` numbers what is new. Empty where nothing fits.
    pub fn patch(self, document: &Document, fresh: u64) -> Patch {
        let mut edit = Edit::new(document);
        let pick = |ids: Vec<Id>, at: usize| ids.get(at % ids.len().max(1)).copied();
        let variable = |at| pick(document.variables().keys().copied().collect(), at);
        let link = |at| pick(document.links().keys().copied().collect(), at);
        let new = Id::from_bits(1_000 + fresh);
        let text = format!("{fresh}");
        match self {
            Self::AddVariable => {
                let mut variable = Variable {
                    name: text,
                    ..Variable::default()
                };
                variable.placement.position = Point::new(fresh as f64, 0.5);
                edit.set(new, Some(Element::Variable(variable)));
            }
            Self::Rename(at) | Self::Remark(at) | Self::Move(at) => {
                if let Some(id) = variable(at) {
                    edit.change(id, |element| {
                        let Element::Variable(variable) = element else {
                            return;
                        };
                        match self {
                            Self::Rename(_) => variable.name = text,
                            Self::Remark(_) => variable.remark = text,
                            _ => variable.placement.position.y = fresh as f64,
                        }
                    });
                }
            }
            Self::AddLink(from, to) => {
                if let (Some(from), Some(to)) = (variable(from), variable(to)) {
                    edit.set(new, Some(Element::Link(Link::new(from, to, 0.25))));
                }
            }
            Self::Lead(at, to) => {
                if let (Some(id), Some(end)) = (link(at), variable(to)) {
                    edit.change(id, |element| {
                        if let Element::Link(link) = element {
                            link.to = end;
                        }
                    });
                }
            }
            Self::Sign(at) => {
                if let Some(id) = link(at) {
                    edit.change(id, |element| {
                        if let Element::Link(link) = element {
                            link.polarity = match fresh % 2 {
                                0 => Polarity::Positive,
                                _ => Polarity::Negative,
                            };
                        }
                    });
                }
            }
            Self::AddNote => {
                let placement = Default::default();
                edit.set(
                    new,
                    Some(Element::Note(Note {
                        width: 100.0,
                        ..Note::new(text, placement)
                    })),
                );
            }
            Self::Label(one, other) => {
                if let (Some(one), Some(other)) = (link(one), link(other)) {
                    let key = LoopKey::new([one, other]);
                    let id = document.label_of(&key).map_or(new, |(id, _)| id);
                    let mut label = LoopLabel::new(key);
                    label.name = text;
                    edit.set(id, Some(Element::LoopLabel(label)));
                }
            }
            Self::Remove(at) => {
                if let Some(id) = pick(document.ids().collect(), at) {
                    edit.remove(id);
                }
            }
            Self::Retitle => edit.set_properties(Properties {
                title: text,
                ..Properties::default()
            }),
        }
        edit.finish()
    }
}
