//! Where the pipes of a Vensim sketch turn: the point that a pipe passes between its valve and its
//! stock.

use super::draw::Drawer;
use crate::model::{Corner, Point};

/// How far a stretch may stray from its axis, in units of a view.
const STRAY: f64 = 2.0;
/// How far a stock is aside of a valve at least where a pipe turns, in units of a view.
const ASIDE: f64 = 20.0;

impl Drawer<'_, '_> {
    /// Takes over where pipes turn.
    pub(super) fn corners(&mut self) {
        let text = self.source.text;
        for (link, arrows) in self.drawn.arrows.iter().enumerate() {
            let Some((view, index)) = arrows.first().copied() else {
                continue;
            };
            let arrow = &self.source.views[view].objects[index];
            let ends = [2, 3].map(|field| {
                let number = arrow.number_at(text, field);
                self.drawn.ends[view].position(number)
            });
            let (Some(handle), [Some(valve), Some(stock)]) = (arrow.handle(text), ends) else {
                continue;
            };
            if !arrow.is_pipe(text) {
                continue;
            }
            let corner = corner_at(valve, handle, stock);
            let scale = self.drawn.frames[view].scale;
            self.drawn.drawing.links[link].corner = corner.map(|corner| {
                // A hundredth is finer than anybody sees, and keeps files short.
                let distance = (corner.distance() * scale * 100.0).round() / 100.0;
                corner.with_distance(distance)
            });
        }
    }
}

/// Where a pipe turns that passes a point; none where that is on its straight way, or makes no right
/// angle.
fn corner_at(valve: Point, handle: Point, stock: Point) -> Option<Corner> {
    let (first, all) = (handle - valve, stock - valve);
    if first.y.abs() <= STRAY && first.x.abs() > STRAY && all.y.abs() >= ASIDE {
        Some(Corner::Level(first.x))
    } else if first.x.abs() <= STRAY && first.y.abs() > STRAY && all.x.abs() >= ASIDE {
        Some(Corner::Upright(first.y))
    } else {
        None
    }
}

/// The point that a pipe with a corner passes, in units of a view; `scale` are world units to one.
pub(super) fn point_of(valve: Point, corner: Corner, scale: f64) -> Point {
    let distance = corner.distance() / scale;
    match corner {
        Corner::Level(_) => Point::new(valve.x + distance, valve.y),
        Corner::Upright(_) => Point::new(valve.x, valve.y + distance),
    }
}
