//! What equations say where there is no sketch.

use super::draw::Drawer;
use super::equations::BlockKind;
use super::names::{is_of_control, unquoted};
use crate::format::foreign::DrawnLink;
use crate::model::Delay;

impl Drawer<'_, '_> {
    /// The structure of a text without a sketch.
    pub(super) fn draw_equations(&mut self) {
        let text = self.source.text;
        self.lost.derived = true;
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
                self.lost.lookups += 1;
                continue;
            }
            self.add_variable(&key, unquoted(&text[block.name.clone()]), false);
        }
        for to in 0..self.drawn.variables.len() {
            let key = self.drawn.drawing.variables[to].key.clone();
            for cause in self.causes.of(&key) {
                if let Some(from) = self.by_key.get(&cause).copied() {
                    let polarity = self.by_definition(from, to).unwrap_or_default();
                    self.drawn.drawing.links.push(DrawnLink {
                        from,
                        to,
                        polarity,
                        delay: Delay::None,
                        bend: None,
                    });
                    self.drawn.arrows.push(Vec::new());
                }
            }
        }
    }
}
