//! What equations say of links, and the texts of views.

use std::collections::BTreeSet;

use super::draw::{Drawer, LinkOrigin};
use super::elements::{number_or_zero, position_of};
use crate::format::foreign::{DrawnLink, DrawnNote, width_of};
use crate::format::xml::{children, text_of};
use crate::model::Polarity;

impl<'a, 'i: 'a> Drawer<'_, 'a, 'i> {
    /// The links that equations say, and that no view shows.
    pub(super) fn derive(&mut self) {
        let links = self.drawn.drawing.links.iter();
        let known: BTreeSet<(usize, usize)> = links.map(|link| (link.from, link.to)).collect();
        for to in 0..self.drawn.variables.len() {
            let key = self.key_of(to).to_owned();
            for cause in self.causes.of(&key) {
                let from = self.by_key.get(&cause).copied();
                let Some(from) = from.filter(|from| !known.contains(&(*from, to))) else {
                    continue;
                };
                if self.losses.connectors == 0 {
                    self.losses.derived += 1;
                } else {
                    let (from, to) = self.names_of(from, to);
                    self.losses.undrawn.add_link(&from, &to);
                }
                let delay = self.delay_of(from, to);
                self.drawn.drawing.links.push(DrawnLink {
                    from,
                    to,
                    polarity: Polarity::Unknown,
                    delay,
                    bend: None,
                    corner: None,
                });
                self.drawn.links.push(LinkOrigin::default());
            }
        }
    }

    /// Gives signs to links that have none, where the equation of the effect proves them. A connector
    /// that says "none" is left without one.
    pub(super) fn prove(&mut self) {
        let variables = &self.drawn.drawing.variables;
        let links = self.drawn.drawing.links.iter_mut().zip(&self.drawn.links);
        for (link, origin) in links.filter(|(link, _)| link.polarity == Polarity::Unknown) {
            if origin.says_polarity() {
                continue;
            }
            let [cause, effect] = [link.from, link.to].map(|end| &variables[end].key);
            if let Some(polarity) = self.causes.proof(cause, effect) {
                link.polarity = polarity;
                self.losses.proved += 1;
            }
        }
    }

    /// Draws the texts of views.
    pub(super) fn text_boxes(&mut self) {
        for (view, node) in self.source.views.iter().enumerate() {
            for (number, object) in children(*node, "text_box").enumerate() {
                let text = text_of(object).trim().to_owned();
                let Some(position) = position_of(object).filter(|_| !text.is_empty()) else {
                    continue;
                };
                let frame = self.drawn.frames[view];
                let wide = number_or_zero(object, "width") * frame.scale;
                let uid = object.attribute("uid").unwrap_or_default();
                self.drawn.drawing.notes.push(DrawnNote {
                    key: format!("{view}\t{uid}\t{number}"),
                    width: if wide > 0.0 { wide } else { width_of(&text) },
                    text,
                    position: frame.world(position),
                });
                self.drawn.notes.push((view, object));
            }
        }
    }
}
