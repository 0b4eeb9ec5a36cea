//! How many links it takes at least from any variable to a given one, for each net sign.

use super::web::{NONE, Web};
use crate::model::Polarity;

/// A distance that is out of reach.
pub(super) const FAR: u8 = u8::MAX;

/// The most cells that are kept: a few megabytes.
const ROOM: usize = 1 << 21;

/// Rows of distances, each made when it is first asked for.
///
/// A walk may pass a variable twice and an unknown sign counts as both, so that a distance is a
/// lower bound for paths: what is out of reach here is out of reach.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// The row of each variable, by its position in `rows`.
    positions: Vec<u32>,
    rows: Vec<Box<[[u8; 2]]>>,
}

impl Reach {
    /// The number of links from each variable to `target`: with a positive net sign, and with a
    /// negative one. Takes what it costs to make a row from the budget.
    pub(super) fn to(
        &mut self,
        web: &Web,
        target: u32,
        farthest: u8,
        budget: &mut u64,
    ) -> &[[u8; 2]] {
        let size = web.variables.len();
        if self.positions.len() != size || self.rows.len() * size > ROOM {
            self.positions = vec![NONE; size];
            self.rows.clear();
        }
        let position = &mut self.positions[target as usize];
        if *position == NONE {
            *position = self.rows.len() as u32;
            let row = row(web, target, farthest);
            *budget = budget.saturating_sub(size as u64 + web.strands.len() as u64);
            self.rows.push(row);
        }
        &self.rows[self.positions[target as usize] as usize]
    }
}

/// Breadth first, backwards over pairs of a variable and a sign.
fn row(web: &Web, target: u32, farthest: u8) -> Box<[[u8; 2]]> {
    let mut row = vec![[FAR; 2]; web.variables.len()].into_boxed_slice();
    row[target as usize][0] = 0;
    let mut queue = vec![(target, 0_usize)];
    let mut done = 0;
    while let Some(&(variable, sign)) = queue.get(done) {
        done += 1;
        let length = row[variable as usize][sign] + 1;
        if length > farthest {
            break;
        }
        for arc in web.back(variable) {
            let signs: &[usize] = match web.strands[arc.link as usize].polarity {
                Polarity::Positive => &[0],
                Polarity::Negative => &[1],
                Polarity::Unknown => &[0, 1],
            };
            for flip in signs {
                let net = sign ^ flip;
                let cell = &mut row[arc.next as usize][net];
                if *cell == FAR {
                    *cell = length;
                    queue.push((arc.next, net));
                }
            }
        }
    }
    row
}
