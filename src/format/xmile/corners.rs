//! Where the pipes of an XMILE text turn: the points of a flow between its stock and its valve.

use roxmltree::Node;

use super::draw::Drawer;
use super::elements::{number, position_of};
use crate::format::xml::{child, children};
use crate::model::{Corner, FlowSide, Point, Polarity, Vector};

impl Drawer<'_, '_, '_> {
    /// Takes over where pipes turn.
    pub(super) fn corners(&mut self) {
        for index in 0..self.drawn.links.len() {
            let link = &self.drawn.drawing.links[index];
            if self.drawn.links[index].flow.is_none() || !self.is_of_pipe(link.from, link.to) {
                continue;
            }
            let side = match link.polarity {
                Polarity::Positive => FlowSide::In,
                Polarity::Negative => FlowSide::Out,
                Polarity::Unknown => continue,
            };
            let objects = &self.drawn.variables[link.from].objects;
            let Some((view, object)) = objects.first().copied() else {
                continue;
            };
            let Some(corner) = corner_of(object, side) else {
                continue;
            };
            let distance = corner.distance() * self.drawn.frames[view].scale;
            // A hundredth is finer than anybody sees, and keeps files short.
            let distance = (distance * 100.0).round() / 100.0;
            self.drawn.drawing.links[index].corner = Some(corner.with_distance(distance));
        }
    }
}

/// Where the pipe of a flow turns between its valve and an end, in units of its view; none where it
/// is straight there, or turns in no right angle.
fn corner_of(flow: Node<'_, '_>, side: FlowSide) -> Option<Corner> {
    /// A point this near to the valve is the valve.
    const AT_VALVE: f64 = 3.0;
    /// How far a stretch may stray from its axis, as a share of it and besides.
    const STRAY: (f64, f64) = (0.1, 1.0);
    let valve = position_of(flow)?;
    let points = children(child(flow, "pts")?, "pt");
    let points = points.map(|point| Some(Point::new(number(point, "x")?, number(point, "y")?)));
    let points: Vec<Point> = points.collect::<Option<_>>()?;
    let beside = |pair: &[Point]| {
        let (way, at) = (pair[1] - pair[0], valve - pair[0]);
        let share = at.dot(way) / way.dot(way).max(f64::MIN_POSITIVE);
        (pair[0] + way * share.clamp(0.0, 1.0)).distance(valve)
    };
    let stretches = points.windows(2).enumerate();
    let (number, _) =
        stretches.min_by(|(_, one), (_, other)| beside(one).total_cmp(&beside(other)))?;
    let onwards: Vec<Point> = match side {
        FlowSide::In => points[number + 1..].to_vec(),
        FlowSide::Out => points[..=number].iter().rev().copied().collect(),
    };
    let mut onwards = onwards.into_iter();
    let mut first = onwards.next()?;
    if first.distance(valve) <= AT_VALVE {
        first = onwards.next()?;
    }
    // What comes after the last corner is the end.
    onwards.next()?;
    let offset: Vector = first - valve;
    let is_along = |along: f64, across: f64| across.abs() <= STRAY.0 * along.abs() + STRAY.1;
    if is_along(offset.x, offset.y) {
        Some(Corner::Level(offset.x))
    } else if is_along(offset.y, offset.x) {
        Some(Corner::Upright(offset.y))
    } else {
        None
    }
}
