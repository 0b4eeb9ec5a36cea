//! What equations say where there is no sketch, or where it does not show it.

use std::collections::BTreeSet;

use super::draw::Drawer;
use super::equations::BlockKind;
use super::names::{is_of_control, unquoted};
use crate::format::foreign::DrawnLink;
use crate::model::Delay;

impl Drawer<'_, '_> {
    /// The structure of a text without a sketch.
    pub(super) fn draw_equations(&mut self) {
        let text = self.source.text;
        self.losses.derived = true;
        let mut keys: Vec<(&String, &Vec<usize>)> = self.blocks.iter().collect();
        keys.sort_by_key(|(_, blocks)| blocks.first().copied());
        let keys: Vec<(String, usize)> = keys
            .into_iter()
            .filter_map(|(key, blocks)| Some((key.clone(), *blocks.first()?)))
            .collect();
        for (key, first) in keys {
            let block = &self.source.blocks[first];
            if is_of_control(&key) {
                continue;
            }
            if block.kind == BlockKind::Lookup {
                self.losses.lookups += 1;
                continue;
            }
            self.add_variable(&key, unquoted(&text[block.name.clone()]), false);
        }
        self.find_rates();
        self.derive();
    }

    /// The causes to which no arrow leads, though an equation has them.
    pub(super) fn undrawn(&mut self) {
        let before = self.drawn.drawing.links.len();
        self.derive();
        for link in &self.drawn.drawing.links[before..] {
            let name = |variable: usize| self.drawn.drawing.variables[variable].name.as_str();
            self.losses.undrawn.add_link(name(link.from), name(link.to));
        }
    }

    /// The links that equations say and that are not there yet.
    fn derive(&mut self) {
        let links = self.drawn.drawing.links.iter();
        let known: BTreeSet<(usize, usize)> = links.map(|link| (link.from, link.to)).collect();
        for to in 0..self.drawn.variables.len() {
            let key = self.key_of(to).to_owned();
            for cause in self.causes.of(&key) {
                let from = self.by_key.get(&cause).copied();
                let Some(from) = from.filter(|from| !known.contains(&(*from, to))) else {
                    continue;
                };
                let polarity = self.by_definition(from, to).unwrap_or_default();
                let delay = if self.is_delayed(from, to) {
                    Delay::Delayed
                } else {
                    Delay::None
                };
                self.drawn.drawing.links.push(DrawnLink {
                    from,
                    to,
                    polarity,
                    delay,
                    bend: None,
                    corner: None,
                });
                self.drawn.arrows.push(Vec::new());
            }
        }
    }
}
