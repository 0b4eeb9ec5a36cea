//! What equations say of links, and the texts of views.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::draw::{Drawer, LinkOrigin};
use super::elements::{equations_of, number_or_zero, place_of};
use super::expression::mentions;
use super::names::key;
use crate::format::foreign::{DrawnLink, DrawnNote, Sides, number, proved, width_of};
use crate::format::xml::{child, children, text_of};
use crate::model::{Delay, Polarity};

impl<'a, 'i: 'a> Drawer<'_, 'a, 'i> {
    /// The links that equations say, where no view has connectors. What a stock begins with causes
    /// nothing later, and is not among them.
    pub(super) fn derive(&mut self) {
        for to in 0..self.drawn.variables.len() {
            let mut known = BTreeSet::new();
            for definition in self.drawn.variables[to].definitions.clone() {
                if definition.tag_name().name() == "stock" {
                    continue;
                }
                for mention in equations_of(definition).flat_map(|node| mentions(&text_of(node))) {
                    let from = self.by_key.get(&mention.key).copied();
                    if let Some(from) = from.filter(|from| known.insert(*from)) {
                        self.lost.derived += 1;
                        self.drawn.drawing.links.push(DrawnLink {
                            from,
                            to,
                            polarity: Polarity::Unknown,
                            delay: Delay::None,
                            bend: None,
                        });
                        self.drawn.links.push(LinkOrigin::default());
                    }
                }
            }
        }
    }

    /// Gives signs to links that have none, where the equation of the effect proves them. A connector
    /// that says "none" is left without one.
    pub(super) fn prove(&mut self) {
        let mut sides: BTreeMap<String, Sides> = BTreeMap::new();
        for definition in &self.source.variables {
            if let Some(name) = definition.attribute("name") {
                let known = sides
                    .entry(key(name))
                    .or_insert_with(|| sides_of(*definition));
                if *known != sides_of(*definition) {
                    *known = Sides::ANY;
                }
            }
        }
        let mut proofs: BTreeMap<usize, BTreeMap<String, Polarity>> = BTreeMap::new();
        let links = self.drawn.drawing.links.iter_mut().zip(&self.drawn.links);
        for (link, origin) in links.filter(|(link, _)| link.polarity == Polarity::Unknown) {
            let mut connectors = origin.connectors.iter();
            let is_said =
                |(_, connector): &(usize, Node<'a, 'i>)| connector.has_attribute("polarity");
            let definitions = &self.drawn.variables[link.to].definitions;
            let [definition] = definitions.as_slice() else {
                continue;
            };
            if connectors.any(is_said) || !can_prove(*definition) {
                continue;
            }
            let proof = proofs.entry(link.to).or_insert_with(|| {
                let equation = child(*definition, "eqn").map(text_of).unwrap_or_default();
                proved(&equation, 0..equation.len(), &|name| {
                    sides.get(name).copied()
                })
            });
            let cause = &self.drawn.drawing.variables[link.from].key;
            if let Some(polarity) = proof.get(cause) {
                link.polarity = *polarity;
                self.lost.proved += 1;
            }
        }
    }

    /// Draws the texts of views.
    pub(super) fn text_boxes(&mut self) {
        for (view, node) in self.source.views.iter().enumerate() {
            for (number, object) in children(*node, "text_box").enumerate() {
                let text = text_of(object).trim().to_owned();
                let Some(place) = place_of(object).filter(|_| !text.is_empty()) else {
                    continue;
                };
                let frame = self.drawn.frames[view];
                let wide = number_or_zero(object, "width") * frame.scale;
                let uid = object.attribute("uid").unwrap_or_default();
                self.drawn.drawing.notes.push(DrawnNote {
                    key: format!("{view}\t{uid}\t{number}"),
                    width: if wide > 0.0 { wide } else { width_of(&text) },
                    text,
                    place: frame.world(place),
                });
                self.drawn.notes.push((view, object));
            }
        }
    }
}

/// Whether the equation of a definition is all that makes its value: no stock, no graphical function,
/// no elements of an array.
fn can_prove(definition: Node<'_, '_>) -> bool {
    let others = ["gf", "element"];
    definition.tag_name().name() != "stock"
        && others
            .iter()
            .all(|other| child(definition, other).is_none())
}

/// On which sides of zero a variable can be.
fn sides_of(definition: Node<'_, '_>) -> Sides {
    let is_stock = definition.tag_name().name() == "stock";
    let has = |name: &str| child(definition, name).is_some();
    let constant = child(definition, "eqn").and_then(|equation| number(&text_of(equation)));
    match constant {
        Some(constant) if !is_stock && !has("gf") => Sides::of(constant),
        _ if has("non_negative") => Sides::NOT_NEGATIVE,
        _ => Sides::ANY,
    }
}
