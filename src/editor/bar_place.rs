//! Where the bar of the selection stands: beside what it edits, never over it, and over as little
//! else as can be. All lengths are CSS pixels from the corner of the canvas.

use crate::model::{Id, Point, Rect, Vector};
use crate::scene::{Badges, Curve, Heading, View, seen_badge, seen_link, seen_rect};

use super::state::Editor;

/// How far it stands from what it edits.
const GAP: f64 = 12.0;
/// How far the handles around a variable reach from its outline.
const HANDLES: f64 = 20.0;
/// Half the side of an arrow head.
const HEAD: f64 = 8.0;
/// How far the bar keeps from a line of the selection.
const LINE: f64 = 6.0;
/// How many pieces of a line are looked at.
const PIECES: u32 = 16;
/// More things than this are not looked at one by one.
const MANY: usize = 300;
/// A diagram with more things than this is looked at only near the selection.
const LARGE: usize = 1_000;
/// How near that is.
const NEAR: f64 = 200.0;
/// Over how many places the bar is tried along each side of the canvas, if it fits nowhere near.
const TRIES: u32 = 9;
/// A canvas no wider than this is that of a phone.
const PHONE: f64 = 520.0;

/// The room that there is for the bar.
#[derive(Clone, Debug, PartialEq)]
pub struct BarRoom {
    /// How large the bar is.
    pub bar: Vector,
    /// What else stands over the canvas, such as the zoom.
    pub taken: Vec<Rect>,
}

/// What the bar may lie over, and how bad that is.
struct Obstacles {
    /// What it edits, with what belongs to that: never.
    own: Vec<Rect>,
    /// Other things.
    others: Vec<(Rect, f64)>,
    /// Bars and fields over the canvas.
    taken: Vec<Rect>,
}

impl Obstacles {
    fn cost(&self, bar: &Rect) -> f64 {
        let own = self.own.iter().filter(|rect| rect.intersects(bar)).count();
        let taken = self
            .taken
            .iter()
            .filter(|rect| rect.intersects(bar))
            .count();
        let others = self.others.iter().filter(|(rect, _)| rect.intersects(bar));
        own as f64 * 1_000.0 + taken as f64 * 2_000.0 + others.map(|(_, cost)| cost).sum::<f64>()
    }
}

impl Editor {
    /// The corner of the bar of the selection; `None` where nothing is selected.
    #[must_use]
    pub fn bar_place(&self, room: &BarRoom) -> Option<Point> {
        let own = self.own_boxes();
        let around = own.iter().copied().reduce(|all, rect| all.union(&rect))?;
        let obstacles = Obstacles {
            others: self.others(&own),
            taken: room.taken.iter().map(|rect| rect.grown(4.0)).collect(),
            own,
        };
        let anchors = [self.selected_handle(), Some(around)];
        let places = candidates(anchors.into_iter().flatten(), room.bar, self.view.size);
        let best = places.into_iter().map(|(place, preference)| {
            let bar = Rect::from_points(place, place + room.bar);
            (obstacles.cost(&bar) + preference, place)
        });
        let best = best.min_by(|one, other| one.0.total_cmp(&other.0));
        best.map(|(_, place)| place)
    }

    fn on_screen(&self, rect: &Rect) -> Rect {
        on_screen(&self.view, rect)
    }

    /// The handle of the one link that is selected: the bar stands by it rather than by the ends.
    fn selected_handle(&self) -> Option<Rect> {
        let link = self.overlay.handle_of()?;
        let at = self.view.to_screen(self.scene.links().get(&link)?.handle);
        Some(Rect::centered(at, 2.0 * HEAD, 2.0 * HEAD))
    }

    /// The boxes of what is selected: outlines with their handles, lines with their heads and
    /// signs, and the names at their ends.
    fn own_boxes(&self) -> Vec<Rect> {
        let selection = &self.overlay.selection;
        let zoom = self.view.zoom;
        if selection.len() > MANY {
            let bounds = self.bounds_of_selection();
            return bounds.iter().map(|rect| self.on_screen(rect)).collect();
        }
        let mut boxes = Vec::new();
        for id in selection {
            boxes.extend(self.node_box(*id));
            let Some(link) = seen_link(&self.scene, &self.document, *id, zoom) else {
                continue;
            };
            let ends = self.document.edge(*id).map(|edge| [edge.from, edge.to]);
            boxes.extend(
                ends.into_iter()
                    .flatten()
                    .filter_map(|end| self.node_box(end)),
            );
            boxes.push(self.on_screen(&link.sign_box()));
            boxes.extend(line_boxes(&self.view, &link.curve).map(|rect| rect.grown(LINE)));
            boxes.push(self.head_box(&link.curve));
        }
        boxes
    }

    /// The outline of a variable or another thing that stands by itself, with its handles.
    fn node_box(&self, id: Id) -> Option<Rect> {
        let node = self.scene.nodes().get(&id)?;
        let rect = self.on_screen(&seen_rect(node, self.view.zoom));
        let has_handles = self.overlay.connectors.contains(&id);
        Some(rect.grown(if has_handles { HANDLES } else { 2.0 }))
    }

    fn head_box(&self, curve: &Curve) -> Rect {
        let tip = self.view.to_screen(curve.point(1.0));
        Rect::centered(tip, 2.0 * HEAD, 2.0 * HEAD)
    }

    /// The part of the canvas that is looked at: what is in sight, and of a large diagram what is
    /// near, so that a view moves as fast with a selection as without one.
    fn looked_at(&self, own: &[Rect]) -> Rect {
        let around = own.iter().copied().reduce(|all, rect| all.union(&rect));
        match around {
            Some(around) if self.scene.nodes().len() > LARGE => {
                let near = around.grown(NEAR);
                let world = |x: f64, y: f64| self.view.to_world(Point::new(x, y));
                Rect::from_points(world(near.left, near.top), world(near.right, near.bottom))
            }
            _ => self.view.visible(),
        }
    }

    /// What else is in sight, with how much it costs to lie over it.
    fn others(&self, own: &[Rect]) -> Vec<(Rect, f64)> {
        let (scene, view, zoom) = (&self.scene, &self.view, self.view.zoom);
        let visible = self.looked_at(own);
        let selection = &self.overlay.selection;
        let mut others = Vec::new();
        for id in scene.nodes_touching(&visible).into_iter().take(MANY) {
            let node = scene.nodes().get(&id).filter(|_| !selection.contains(&id));
            let rect = node.map(|node| self.on_screen(&seen_rect(node, zoom)));
            // The ends of a selected link are its own.
            let rect = rect.filter(|rect| !own.iter().any(|own| own.contains_rect(rect)));
            others.extend(rect.map(|rect| (rect, 6.0)));
        }
        for id in scene.links_touching(&visible).into_iter().take(MANY) {
            let (Some(link), Some(edge)) = (scene.links().get(&id), self.document.edge(id)) else {
                continue;
            };
            if selection.contains(&id) {
                continue;
            }
            // Its own head and sign belong to a variable more than those of others do.
            let is_near = selection.contains(&edge.from) || selection.contains(&edge.to);
            let cost = if is_near { 8.0 } else { 4.0 };
            others.push((self.on_screen(&link.sign_box()), cost));
            others.push((self.head_box(&link.curve), cost));
            others.extend(line_boxes(view, &link.curve).map(|rect| (rect, 1.0)));
        }
        if self.badges == Badges::Shown {
            let badges = scene.badges().iter().map(|badge| seen_badge(badge, zoom).0);
            others.extend(badges.map(|rect| (self.on_screen(&rect), 6.0)));
        }
        let marks = scene
            .marks()
            .iter()
            .filter(|mark| mark.rect.intersects(&visible));
        others.extend(marks.map(|mark| (self.on_screen(&mark.rect), 6.0)));
        others
    }
}

fn on_screen(view: &View, rect: &Rect) -> Rect {
    Rect::from_points(
        view.to_screen(Point::new(rect.left, rect.top)),
        view.to_screen(Point::new(rect.right, rect.bottom)),
    )
}

/// The boxes of the pieces of a line.
fn line_boxes(view: &View, curve: &Curve) -> impl Iterator<Item = Rect> {
    let at = |piece: u32| view.to_screen(curve.point(f64::from(piece) / f64::from(PIECES)));
    (0..PIECES).map(move |piece| Rect::from_points(at(piece), at(piece + 1)))
}

/// Places of the bar within the canvas, each with how little it is wanted: beside the anchors, over
/// them first; then anywhere.
fn candidates(
    anchors: impl Iterator<Item = Rect>,
    bar: Vector,
    canvas: Vector,
) -> Vec<(Point, f64)> {
    let room = Rect::from_points(
        Point::new(GAP, GAP),
        Point::new(
            (canvas.x - GAP - bar.x).max(GAP),
            (canvas.y - GAP - bar.y).max(GAP),
        ),
    );
    let within = |at: Point| {
        Point::new(
            at.x.clamp(room.left, room.right),
            at.y.clamp(room.top, room.bottom),
        )
    };
    let mut places = Vec::new();
    let mut middle = room.center();
    for anchor in anchors {
        let center = anchor.center();
        middle = Point::new(center.x - bar.x / 2.0, center.y - bar.y / 2.0);
        for (side, heading) in [Heading::Up, Heading::Down, Heading::Right, Heading::Left]
            .into_iter()
            .enumerate()
        {
            for (turn, shift) in [0.0, -0.3, 0.3, -0.6, 0.6].into_iter().enumerate() {
                for (step, away) in [GAP, 3.0 * GAP, 6.0 * GAP].into_iter().enumerate() {
                    let way = heading.vector();
                    let half = Vector::new(
                        (anchor.width() + bar.x) / 2.0 + away,
                        (anchor.height() + bar.y) / 2.0 + away,
                    );
                    // Along the side.
                    let along = Vector::new(way.y.abs() * bar.x, way.x.abs() * bar.y) * shift;
                    let out = Vector::new(way.x * half.x, way.y * half.y);
                    // Its middle against that of the anchor, before it slides along the side.
                    let slid = if turn == 0 {
                        0.0
                    } else {
                        2.0 + turn as f64 * 0.2
                    };
                    let preference = side as f64 * 0.8 + slid + step as f64 * 0.9;
                    places.push((within(middle + out + along), preference));
                }
            }
        }
    }
    let foot = Point::new(room.center().x, room.bottom);
    if canvas.x <= PHONE {
        // By the thumb: over the foot of the page and what stands there, where neither over nor
        // under the selection is room.
        places.extend((0..TRIES).map(|step| {
            let up = Vector::new(0.0, -f64::from(step) * GAP);
            (within(foot + up), 1.5 + f64::from(step) * 0.1)
        }));
    }
    for (row, column) in (0..TRIES).flat_map(|row| (0..TRIES).map(move |column| (row, column))) {
        let share = |step: u32| f64::from(step) / f64::from(TRIES - 1);
        let at = Point::new(
            room.left + room.width() * share(column),
            room.top + room.height() * share(row),
        );
        places.push((at, 8.0 + at.distance(middle) * 0.02));
    }
    places
}
