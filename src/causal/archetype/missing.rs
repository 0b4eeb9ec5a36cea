//! What would make a near match a full one.

use super::shape::Role;
use crate::model::{
    Delay, Document, Edit, Element, Id, IdSource, Link, Patch, Placement, Polarity, Variable,
    Vector,
};

/// The one thing that a near match lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A link.
    Link {
        /// Its cause.
        from: Cause,
        /// The variable it affects.
        to: Id,
        /// Its sign; never unknown.
        polarity: Polarity,
        /// Whether it must be delayed.
        delay: Delay,
    },
    /// The polarity of a link that has none.
    Polarity {
        /// The link.
        link: Id,
        /// The sign that would fit; never unknown.
        polarity: Polarity,
    },
    /// The delay mark of a link that has none.
    Delay {
        /// The link.
        link: Id,
    },
}

/// The cause of a missing link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A variable of the diagram.
    Variable(Id),
    /// A variable that is missing too; it would be named after its role.
    New(&'static Role),
}

impl Missing {
    /// The patch that adds what is missing; empty where the document no longer has what it is
    /// about. It takes up to two new ids.
    #[must_use]
    pub fn patch(&self, document: &Document, ids: &mut IdSource) -> Patch {
        let mut edit = Edit::new(document);
        match *self {
            Self::Link {
                from,
                to,
                polarity,
                delay,
            } => {
                let Some(end) = document.variables().get(&to) else {
                    return Patch::default();
                };
                let from = match from {
                    Cause::Variable(id) if document.variables().contains_key(&id) => id,
                    Cause::Variable(_) => return Patch::default(),
                    Cause::New(role) => {
                        let id = ids.fresh();
                        let variable = named_after(role, end.placement.position + BESIDE);
                        edit.set(id, Some(Element::Variable(variable)));
                        id
                    }
                };
                let link = Link {
                    polarity,
                    delay,
                    ..Link::new(from, to, BEND)
                };
                edit.set(ids.fresh(), Some(Element::Link(link)));
            }
            Self::Polarity { link, polarity } => edit.change(link, |element| {
                if let Element::Link(link) = element {
                    link.polarity = polarity;
                }
            }),
            Self::Delay { link } => edit.change(link, |element| {
                if let Element::Link(link) = element {
                    link.delay = Delay::Delayed;
                }
            }),
        }
        edit.finish()
    }

    /// What would complete the match, as one sentence.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let name = |id: Id| match document.variables().get(&id) {
            Some(variable) => format!("\"{}\"", variable.in_sentence()),
            None => "a variable that is gone".to_owned(),
        };
        let ends = |id: Id| match document.links().get(&id) {
            Some(link) => format!("from {} to {}", name(link.from), name(link.to)),
            None => "that is gone".to_owned(),
        };
        match *self {
            Self::Link {
                from,
                to,
                polarity,
                delay,
            } => {
                let what = match delay {
                    Delay::Delayed => "A delayed link",
                    Delay::None => "A link",
                };
                let from = match from {
                    Cause::Variable(id) => name(id),
                    Cause::New(role) => format!("a new variable, the {},", role.name),
                };
                let does = match polarity {
                    Polarity::Negative => "lowers",
                    Polarity::Positive | Polarity::Unknown => "raises",
                };
                let to = name(to);
                format!("{what} from {from} to {to} that {does} it would complete it.")
            }
            Self::Polarity { link, polarity } => {
                let sign = match polarity {
                    Polarity::Negative => "negative",
                    Polarity::Positive | Polarity::Unknown => "positive",
                };
                let ends = ends(link);
                format!("The link {ends} has no polarity; a {sign} one would complete it.")
            }
            Self::Delay { link } => {
                let ends = ends(link);
                format!("A delay mark on the link {ends} would complete it.")
            }
        }
    }
}

/// Where a new variable stands, seen from what it affects, in world units.
const BESIDE: Vector = Vector { x: -180.0, y: 90.0 };
/// How a new link bends.
const BEND: f64 = 0.2;

fn named_after(role: &Role, position: crate::model::Point) -> Variable {
    let mut name = role.name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let placement = Placement {
        position,
        ..Placement::default()
    };
    Variable {
        name,
        placement,
        ..Variable::default()
    }
}
