//! Which shapes are near a place: grids of cells over the canvas, finer ones for smaller shapes.

use std::collections::HashMap;
use std::hash::Hash;

use crate::model::Rect;

/// The side of a cell of the finest grid, in world units.
const FINEST: f64 = 256.0;
/// How much wider the cells of the next grid are.
const STEP: f64 = 4.0;
/// How many grids there are: the cells of the last are wider than any canvas.
const GRIDS: usize = 10;

/// A set of boxes that answers which of them touch another box.
#[derive(Clone, Debug)]
pub struct SpatialIndex<K> {
    grids: Vec<Grid<K>>,
    boxes: HashMap<K, Rect>,
}

/// Boxes that are no wider and no higher than a cell, so that each lies in at most four of them.
#[derive(Clone, Debug)]
struct Grid<K> {
    /// World units.
    side: f64,
    cells: HashMap<(i32, i32), Vec<(K, Rect)>>,
}

impl<K> Default for SpatialIndex<K> {
    fn default() -> Self {
        let sides = std::iter::successors(Some(FINEST), |side| Some(side * STEP));
        let grid = |side| Grid {
            side,
            cells: HashMap::new(),
        };
        Self {
            grids: sides.take(GRIDS).map(grid).collect(),
            boxes: HashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> SpatialIndex<K> {
    /// Puts a box in, or moves it.
    pub fn insert(&mut self, key: K, rect: Rect) {
        self.remove(key);
        self.boxes.insert(key, rect);
        let grid = &mut self.grids[grid_of(&rect)];
        for cell in grid.cells_of(&rect) {
            grid.cells.entry(cell).or_default().push((key, rect));
        }
    }

    /// Takes a box out; nothing happens where there is none.
    pub fn remove(&mut self, key: K) {
        let Some(rect) = self.boxes.remove(&key) else {
            return;
        };
        let grid = &mut self.grids[grid_of(&rect)];
        for cell in grid.cells_of(&rect) {
            if let Some(keys) = grid.cells.get_mut(&cell) {
                keys.retain(|(other, _)| *other != key);
                if keys.is_empty() {
                    grid.cells.remove(&cell);
                }
            }
        }
    }

    /// The box of a key.
    #[must_use]
    pub fn get(&self, key: K) -> Option<&Rect> {
        self.boxes.get(&key)
    }

    /// The keys of all boxes that touch `rect`, in rising order.
    #[must_use]
    pub fn touching(&self, rect: &Rect) -> Vec<K> {
        let mut keys = Vec::new();
        for grid in &self.grids {
            grid.visit(rect, |cell| {
                let touches = cell.iter().filter(|(_, other)| other.intersects(rect));
                keys.extend(touches.map(|(key, _)| *key));
            });
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The box around all boxes.
    #[must_use]
    pub fn bounds(&self) -> Option<Rect> {
        self.boxes
            .values()
            .copied()
            .reduce(|all, rect| all.union(&rect))
    }
}

/// The number of the finest grid whose cells are no smaller than a box.
fn grid_of(rect: &Rect) -> usize {
    let side = rect.width().max(rect.height());
    let mut number = 0;
    let mut cell = FINEST;
    while cell < side && number + 1 < GRIDS {
        number += 1;
        cell *= STEP;
    }
    number
}

impl<K> Grid<K> {
    /// The cells a box touches.
    fn cells_of(&self, rect: &Rect) -> impl Iterator<Item = (i32, i32)> + use<K> {
        let side = self.side;
        // Coordinates of a document stay below 1e7, far from the limits of the integers.
        let cell = move |coordinate: f64| (coordinate / side).floor() as i32;
        let (left, right) = (cell(rect.left), cell(rect.right));
        let (top, bottom) = (cell(rect.top), cell(rect.bottom));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    }

    /// Looks at every cell that `rect` touches; at every cell there is where those are fewer.
    fn visit(&self, rect: &Rect, mut look: impl FnMut(&[(K, Rect)])) {
        let across = (rect.width() / self.side).floor() + 2.0;
        let down = (rect.height() / self.side).floor() + 2.0;
        if across * down > self.cells.len() as f64 {
            self.cells.values().for_each(|cell| look(cell));
        } else {
            let cells = self.cells_of(rect);
            cells
                .filter_map(|cell| self.cells.get(&cell))
                .for_each(|cell| look(cell));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Point;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_look_at_every_box_finds(
            boxes in proptest::collection::vec((-3e3..3e3, -3e3..3e3, 0.0..4e3, 0.0..900.0), 1..60),
            query in (-3e3..3e3, -3e3..3e3, 0.0..6e3, 0.0..900.0),
            removed in proptest::collection::vec(0_usize..60, 0..20),
        ) {
            let rect = |(x, y, w, h): (f64, f64, f64, f64)| Rect::centered(Point::new(x, y), w, h);
            let mut index = SpatialIndex::default();
            let mut all: Vec<Option<Rect>> = Vec::new();
            for (key, at) in boxes.iter().enumerate() {
                index.insert(key, Rect::centered(Point::new(0.0, 0.0), 1.0, 1.0));
                index.insert(key, rect(*at));
                all.push(Some(rect(*at)));
            }
            for key in removed {
                index.remove(key);
                if let Some(slot) = all.get_mut(key) { *slot = None; }
            }
            let query = rect(query);
            let slow: Vec<usize> = all.iter().enumerate()
                .filter(|(_, r)| r.is_some_and(|r| r.intersects(&query)))
                .map(|(key, _)| key).collect();
            prop_assert_eq!(index.touching(&query), slow);
        }
    }
}
