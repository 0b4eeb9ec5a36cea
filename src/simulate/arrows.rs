//! Equations and arrows compared: what an equation names without an arrow, arrows that no equation
//! uses, and signs that an equation proves.

use crate::equation::{Dialect, parse};
use crate::format::{EquationCause, equation_causes};
use crate::model::{
    Delay, Document, Edit, Element, Id, IdSource, Link, Patch, Polarity, Variable, VariableKind,
    flow_side,
};

/// How far a link bends that an offer adds, as a share of its chord.
const BEND: f64 = 0.2;

/// An arrow that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MissingLink {
    /// The cause that the equation names.
    pub cause: Id,
    /// Its sign, as far as it is proved.
    pub sign: Polarity,
    /// Whether all that it causes takes time.
    pub delay: Delay,
}

/// An arrow whose sign is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProvedSign {
    /// The link.
    pub link: Id,
    /// The sign that the equations prove.
    pub sign: Polarity,
}

/// Where the equation of a variable and the arrows to it differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrows {
    /// What the equation names, and no arrow says.
    pub missing: Vec<MissingLink>,
    /// Arrows that the equation does not use. To a stock only arrows from rates are used.
    pub unused: Vec<Id>,
    /// Arrows without a sign of which the equations prove it.
    pub unsigned: Vec<ProvedSign>,
    /// Arrows with the other sign than the equations prove.
    pub contradicted: Vec<ProvedSign>,
}

impl Arrows {
    /// Whether nothing differs.
    #[must_use]
    pub const fn agree(&self) -> bool {
        self.missing.is_empty()
            && self.unused.is_empty()
            && self.unsigned.is_empty()
            && self.contradicted.is_empty()
    }

    /// Adds the arrows that are missing to a variable.
    #[must_use]
    pub fn add_missing(&self, document: &Document, to: Id, ids: &mut IdSource) -> Patch {
        let mut edit = Edit::new(document);
        for missing in &self.missing {
            let link = Link {
                polarity: missing.sign,
                delay: missing.delay,
                ..Link::new(missing.cause, to, BEND)
            };
            edit.set(ids.fresh(), Some(Element::Link(link)));
        }
        edit.finish()
    }

    /// Removes the arrows that are not used.
    #[must_use]
    pub fn remove_unused(&self, document: &Document) -> Patch {
        let mut edit = Edit::new(document);
        self.unused.iter().for_each(|link| edit.remove(*link));
        edit.finish()
    }

    /// Gives arrows the signs that are proved: those without one, and those with the other one.
    #[must_use]
    pub fn sign_proved(&self, document: &Document) -> Patch {
        let mut edit = Edit::new(document);
        for proved in self.unsigned.iter().chain(&self.contradicted) {
            edit.change(proved.link, |element| {
                if let Element::Link(link) = element {
                    link.polarity = proved.sign;
                }
            });
        }
        edit.finish()
    }
}

/// Where equations and arrows differ, of every variable with an equation that can be read, in the
/// order of the ids; those where they agree are left out. A document that keeps the text of another
/// program is told by that text, and has none.
#[must_use]
pub fn arrows(document: &Document) -> Vec<(Id, Arrows)> {
    let causes = equation_causes(document);
    let all = causes.iter().filter_map(|(id, causes)| {
        let variable = document.variables().get(id)?;
        let found = compared(document, *id, variable, causes)?;
        (!found.agree()).then_some((*id, found))
    });
    all.collect()
}

/// Where the equation of one variable and the arrows to it differ; none where it has no equation that
/// can be read.
#[must_use]
pub fn arrows_of(document: &Document, id: Id) -> Option<Arrows> {
    let variable = document.variables().get(&id)?;
    compared(document, id, variable, equation_causes(document).get(&id)?)
}

fn compared(
    document: &Document,
    id: Id,
    variable: &Variable,
    causes: &[EquationCause],
) -> Option<Arrows> {
    parse(&variable.equation, 0, Dialect::Xmile).ok()?;
    let mut arrows = Arrows::default();
    let links = document.edges_of(id);
    let links = links.filter_map(|link| Some((link, document.links().get(&link)?)));
    let links: Vec<(Id, &Link)> = links.filter(|(_, link)| link.to == id).collect();
    for cause in causes.iter().filter(|cause| cause.is_lasting) {
        // What it was a step ago is no arrow to itself that everybody would draw.
        let is_own = cause.cause == id;
        if !is_own && !links.iter().any(|(_, link)| link.from == cause.cause) {
            arrows.missing.push(MissingLink {
                cause: cause.cause,
                sign: cause.sign,
                delay: cause.delay,
            });
        }
    }
    for (id, link) in links {
        if is_pipe(document, variable, link) {
            continue;
        }
        let Some(cause) = causes.iter().find(|cause| cause.cause == link.from) else {
            arrows.unused.push(id);
            continue;
        };
        let proved = ProvedSign {
            link: id,
            sign: cause.sign,
        };
        match (cause.sign, link.polarity) {
            (Polarity::Unknown, _) => {}
            (_, Polarity::Unknown) => arrows.unsigned.push(proved),
            (proved_sign, drawn) if proved_sign != drawn => arrows.contradicted.push(proved),
            _ => {}
        }
    }
    Some(arrows)
}

/// Whether something flows along a link, or would if it had a sign.
fn is_pipe(document: &Document, to: &Variable, link: &Link) -> bool {
    let from = document.variables().get(&link.from).map(|from| from.kind);
    let is_flow = to.kind == VariableKind::Stock && from == Some(VariableKind::Rate);
    is_flow || flow_side(document, link).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(bits: u64) -> Id {
        Id::from_bits(bits)
    }

    /// Variables from 1 on, and links from 100 on: from, to, sign.
    fn with(variables: &[(&str, VariableKind, &str)], links: &[(u64, u64, Polarity)]) -> Document {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        for (bits, (name, kind, equation)) in (1..).zip(variables) {
            let variable = Variable {
                name: (*name).to_owned(),
                kind: *kind,
                equation: (*equation).to_owned(),
                ..Variable::default()
            };
            edit.set(id(bits), Some(Element::Variable(variable)));
        }
        for (bits, (from, to, polarity)) in (100..).zip(links) {
            let link = Link {
                polarity: *polarity,
                ..Link::new(id(*from), id(*to), 0.0)
            };
            edit.set(id(bits), Some(Element::Link(link)));
        }
        let patch = edit.finish();
        let mut document = Document::default();
        document.apply(&patch).unwrap();
        document
    }

    const PLAIN: VariableKind = VariableKind::Plain;
    const PLUS: Polarity = Polarity::Positive;
    const MINUS: Polarity = Polarity::Negative;
    const NONE: Polarity = Polarity::Unknown;

    #[test]
    fn what_differs_is_found_and_mended() {
        let document = with(
            &[
                ("Population", VariableKind::Stock, "100"),
                (
                    "Births",
                    VariableKind::Rate,
                    "Population * birth_rate - Deaths + SMTH1(Mood, 2)",
                ),
                ("birth rate", PLAIN, "0.03"),
                ("Deaths", PLAIN, "5"),
                ("Wind", PLAIN, ""),
                ("Mood", PLAIN, "1"),
            ],
            &[
                (2, 1, PLUS),
                (1, 2, NONE),
                (4, 2, PLUS),
                (5, 2, NONE),
                (5, 1, PLUS),
                (1, 5, NONE),
            ],
        );
        let births = arrows_of(&document, id(2)).unwrap();
        assert_eq!(
            births.missing,
            [
                // A population may be negative, as far as this model says.
                MissingLink {
                    cause: id(3),
                    sign: NONE,
                    delay: Delay::None
                },
                MissingLink {
                    cause: id(6),
                    sign: PLUS,
                    delay: Delay::Delayed
                },
            ]
        );
        assert_eq!(births.unused, [id(103)]);
        assert_eq!(
            births.unsigned,
            [ProvedSign {
                link: id(101),
                sign: PLUS
            }]
        );
        assert_eq!(
            births.contradicted,
            [ProvedSign {
                link: id(102),
                sign: MINUS
            }]
        );
        let population = arrows_of(&document, id(1)).unwrap();
        assert_eq!(
            population,
            Arrows {
                unused: vec![id(104)],
                ..Arrows::default()
            }
        );
        assert_eq!(arrows_of(&document, id(5)), None);
        let all: Vec<Id> = arrows(&document).into_iter().map(|(id, _)| id).collect();
        assert_eq!(all, [id(1), id(2)]);
        let mut mended = document;
        for patch in [
            |a: &Arrows, d: &Document| a.add_missing(d, id(2), &mut IdSource::new(1)),
            |a: &Arrows, d: &Document| a.remove_unused(d),
            |a: &Arrows, d: &Document| a.sign_proved(d),
        ] {
            let arrows = arrows_of(&mended, id(2)).unwrap();
            let patch = patch(&arrows, &mended);
            mended.apply(&patch).unwrap();
        }
        assert!(arrows_of(&mended, id(2)).unwrap().agree());
    }

    #[test]
    fn what_a_stock_begins_with_may_have_an_arrow() {
        let stock = VariableKind::Stock;
        let document = with(&[("S", stock, "2 * a"), ("a", PLAIN, "1")], &[]);
        assert!(arrows_of(&document, id(1)).unwrap().agree());
        let document = with(&[("S", stock, "2 * a"), ("a", PLAIN, "1")], &[(2, 1, PLUS)]);
        assert!(arrows_of(&document, id(1)).unwrap().agree());
        let faulty = with(&[("x", PLAIN, "2 *"), ("a", PLAIN, "1")], &[(2, 1, PLUS)]);
        assert_eq!(arrows_of(&faulty, id(1)), None);
    }
}
