//! Which shapes are near a place: a grid of cells over the canvas.

use std::collections::HashMap;
use std::hash::Hash;

use crate::model::Rect;

/// The side of a cell, in world units.
const CELL: f64 = 256.0;
/// A box over more cells than this is kept aside and always looked at.
const MANY_CELLS: i64 = 64;

/// A set of boxes that answers which of them touch another box.
#[derive(Clone, Debug)]
pub struct SpatialIndex<K> {
    cells: HashMap<(i32, i32), Vec<(K, Rect)>>,
    large: Vec<(K, Rect)>,
    boxes: HashMap<K, Rect>,
}

impl<K> Default for SpatialIndex<K> {
    fn default() -> Self {
        Self {
            cells: HashMap::new(),
            large: Vec::new(),
            boxes: HashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash + Ord> SpatialIndex<K> {
    /// Puts a box in, or moves it.
    pub fn insert(&mut self, key: K, rect: Rect) {
        self.remove(key);
        match cells_of(&rect) {
            Some(cells) => {
                for cell in cells {
                    self.cells.entry(cell).or_default().push((key, rect));
                }
            }
            None => self.large.push((key, rect)),
        }
        self.boxes.insert(key, rect);
    }

    /// Takes a box out; nothing happens where there is none.
    pub fn remove(&mut self, key: K) {
        let Some(rect) = self.boxes.remove(&key) else {
            return;
        };
        match cells_of(&rect) {
            Some(cells) => {
                for cell in cells {
                    if let Some(keys) = self.cells.get_mut(&cell) {
                        keys.retain(|(other, _)| *other != key);
                        if keys.is_empty() {
                            self.cells.remove(&cell);
                        }
                    }
                }
            }
            None => self.large.retain(|(other, _)| *other != key),
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
        let touches = |(key, other): (&K, &Rect)| other.intersects(rect).then_some(*key);
        let mut keys: Vec<K> = match cells_of(rect) {
            Some(cells) => {
                let near = cells.filter_map(|cell| self.cells.get(&cell)).flatten();
                let boxes = near.chain(&self.large).map(|(key, other)| (key, other));
                boxes.filter_map(touches).collect()
            }
            None => self.boxes.iter().filter_map(touches).collect(),
        };
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

/// The cells a box covers; `None` where they are too many.
fn cells_of(rect: &Rect) -> Option<impl Iterator<Item = (i32, i32)> + use<>> {
    // Coordinates of a document stay below 1e7, far from the limits of the integers.
    let cell = |coordinate: f64| (coordinate / CELL).floor() as i32;
    let (left, right) = (cell(rect.left), cell(rect.right));
    let (top, bottom) = (cell(rect.top), cell(rect.bottom));
    let count = (i64::from(right) - i64::from(left) + 1) * (i64::from(bottom) - i64::from(top) + 1);
    (count <= MANY_CELLS)
        .then(|| (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y))))
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
