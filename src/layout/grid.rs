//! What lies near a place: boxes by the cells of a grid that they touch.

use crate::model::{Point, Rect};

/// The most cells along one side.
const MOST: f64 = 64.0;

/// Numbered boxes by the cells that they touch. The cells at the border go on without end.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    origin: Point,
    cell: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    /// By box, the query that found it last: it may touch several cells.
    seen: Vec<u32>,
    query: u32,
}

/// The first and the last cell that a box touches, by column and by row.
type Span = ((usize, usize), (usize, usize));

impl Grid {
    /// A grid of `boxes`, with cells of about the size `cell`.
    pub(super) fn new(boxes: impl ExactSizeIterator<Item = Rect> + Clone, cell: f64) -> Self {
        let all = boxes.clone().reduce(|all, rect| all.union(&rect));
        let all = all.unwrap_or(Rect::from_points(Point::default(), Point::default()));
        let cell = cell.max(all.width() / MOST).max(all.height() / MOST);
        let count = |side: f64| (side / cell).ceil().max(1.0) as usize;
        let (columns, rows) = (count(all.width()), count(all.height()));
        let mut grid = Self {
            origin: Point::new(all.left, all.top),
            cell,
            columns,
            rows,
            cells: vec![Vec::new(); columns * rows],
            seen: vec![0; boxes.len()],
            query: 0,
        };
        for (number, rect) in (0_u32..).zip(boxes) {
            let span = grid.span(&rect);
            grid.each(span, |cell| cell.push(number));
        }
        grid
    }

    /// Moves a box.
    pub(super) fn put(&mut self, number: u32, before: &Rect, after: &Rect) {
        let (before, after) = (self.span(before), self.span(after));
        if before != after {
            self.each(before, |cell| cell.retain(|other| *other != number));
            self.each(after, |cell| cell.push(number));
        }
    }

    /// Writes into `found` the numbers of the boxes that may touch `rect`, each once; those that do
    /// are among them.
    pub(super) fn near(&mut self, rect: &Rect, found: &mut Vec<u32>) {
        found.clear();
        self.query = self.query.wrapping_add(1);
        let ((left, right), (top, bottom)) = self.span(rect);
        for row in top..=bottom {
            for cell in &self.cells[row * self.columns + left..=row * self.columns + right] {
                for number in cell {
                    let seen = &mut self.seen[*number as usize];
                    if *seen != self.query {
                        *seen = self.query;
                        found.push(*number);
                    }
                }
            }
        }
    }

    fn span(&self, rect: &Rect) -> Span {
        // A number below zero becomes zero.
        let at = |place: f64, count: usize| ((place / self.cell) as usize).min(count - 1);
        let (x, y) = (self.origin.x, self.origin.y);
        (
            (
                at(rect.left - x, self.columns),
                at(rect.right - x, self.columns),
            ),
            (at(rect.top - y, self.rows), at(rect.bottom - y, self.rows)),
        )
    }

    fn each(&mut self, ((left, right), (top, bottom)): Span, mut run: impl FnMut(&mut Vec<u32>)) {
        for row in top..=bottom {
            for column in left..=right {
                run(&mut self.cells[row * self.columns + column]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rect() -> impl Strategy<Value = Rect> {
        let side = -3_000.0..3_000.0;
        let point = || (side.clone(), side.clone()).prop_map(|(x, y)| Point::new(x, y));
        (point(), point()).prop_map(|(one, other)| Rect::from_points(one, other))
    }

    proptest! {
        /// Against looking at all: what touches is found, once, wherever the boxes were moved to.
        #[test]
        fn all_that_touch_are_found(
            mut boxes in prop::collection::vec(rect(), 1..30),
            moves in prop::collection::vec((0_usize..30, rect()), 0..40),
            cell in 1.0..2_000.0,
            asked in rect(),
        ) {
            let mut grid = Grid::new(boxes.iter().copied(), cell);
            for (number, to) in moves {
                let number = number % boxes.len();
                grid.put(number as u32, &boxes[number], &to);
                boxes[number] = to;
            }
            let mut found = Vec::new();
            grid.near(&asked, &mut found);
            let touching = (0_u32..).zip(&boxes).filter(|(_, rect)| rect.intersects(&asked));
            for (number, _) in touching {
                prop_assert!(found.contains(&number));
            }
            found.sort_unstable();
            let count = found.len();
            found.dedup();
            prop_assert_eq!(found.len(), count);
        }
    }
}
