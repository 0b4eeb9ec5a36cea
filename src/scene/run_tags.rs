//! Where the values of a run stand at their variables, so that none lies on another or on a name.

use crate::model::{Id, Point, Records, Rect};

use super::build::Scene;
use super::magnify::seen_rect;
use super::run_marks::RunMark;
use super::spatial::SpatialIndex;

/// The width of a small curve, and its height, in CSS pixels.
pub(super) const CURVE: (f64, f64) = (56.0, 20.0);
/// The height of a value without a curve, in CSS pixels.
const VALUE_HEIGHT: f64 = 18.0;
/// The paper beside a value, and between it and its curve, in CSS pixels.
pub(super) const MARGIN: f64 = 6.0;
/// Between a variable and its value, in CSS pixels.
const APART: f64 = 3.0;

/// What a tag has in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagContent {
    /// The value alone.
    Value,
    /// The value, and the small curve beside it.
    ValueAndCurve,
}

/// The value of a variable on the canvas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunTag {
    /// The variable.
    pub about: Id,
    /// Its outline, in world units.
    pub rect: Rect,
    /// What is in it.
    pub content: TagContent,
}

/// The side of a variable on which its tag stands.
#[derive(Clone, Copy)]
enum Place {
    Below,
    Above,
}

/// The tags that have room, as they are seen at a zoom; `pixel` is one CSS pixel of a tag in world units.
///
/// Stocks come first, then what has a curve. A tag without room for its curve shows the value alone,
/// below its variable or above; one that would lie on another tag or on the name of another variable
/// is left out, until somebody looks nearer.
#[must_use]
pub fn run_tags(scene: &Scene, marks: &Records<RunMark>, zoom: f64, pixel: f64) -> Vec<RunTag> {
    const WAYS: [(TagContent, Place); 3] = [
        (TagContent::ValueAndCurve, Place::Below),
        (TagContent::Value, Place::Below),
        (TagContent::Value, Place::Above),
    ];
    let mut names = SpatialIndex::default();
    for node in scene.nodes().values() {
        names.insert(node.id, seen_rect(node, zoom));
    }
    let mut order: Vec<(&Id, &RunMark)> = marks.iter().collect();
    order.sort_by_key(|(id, mark)| (mark.level.is_none(), !mark.has_curve(), **id));
    let mut taken = SpatialIndex::default();
    let mut tags = Vec::new();
    for (id, mark) in order {
        let Some(own) = names.get(*id) else {
            continue;
        };
        let ways = WAYS.iter().filter(|(content, _)| match content {
            TagContent::Value => true,
            TagContent::ValueAndCurve => mark.has_curve(),
        });
        let mut ways = ways.map(|(content, place)| RunTag {
            about: *id,
            rect: rect_of(own, mark, (*content, *place), pixel),
            content: *content,
        });
        let is_free = |tag: &RunTag| {
            let others = names.touching(&tag.rect);
            others.iter().all(|other| other == id) && taken.touching(&tag.rect).is_empty()
        };
        if let Some(tag) = ways.find(is_free) {
            taken.insert(*id, tag.rect);
            tags.push(tag);
        }
    }
    tags
}

/// The outline of a tag at a variable of this outline.
fn rect_of(own: &Rect, mark: &RunMark, way: (TagContent, Place), pixel: f64) -> Rect {
    let (content, place) = way;
    let (curve, height) = match content {
        TagContent::Value => (0.0, VALUE_HEIGHT),
        TagContent::ValueAndCurve => (CURVE.0 + MARGIN, CURVE.1 + 4.0),
    };
    let width = (mark.room.max(mark.width) + curve + 2.0 * MARGIN) * pixel;
    let height = height * pixel;
    let away = height / 2.0 + APART * pixel;
    let y = match place {
        Place::Below => own.bottom + away,
        Place::Above => own.top - away,
    };
    Rect::centered(Point::new(own.center().x, y), width, height)
}
