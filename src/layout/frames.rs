//! Frames follow what lies in them.

use crate::model::{Document, Element, Frame, Id, Point, Records, Rect};

use super::arrangement::{Arrangement, half_of};
use super::remove_overlaps::box_at;

/// The frames around what lay wholly in them before, where that stands now: with the same paper on
/// each side. A frame that is locked or around nothing that moved stays.
pub(super) fn frames(
    arrangement: &Arrangement,
    document: &Document,
    positions: &[Point],
    notes: &[(Id, Point)],
) -> Vec<(Id, Element)> {
    if document.frames().is_empty() {
        return Vec::new();
    }
    let mut boxes: Vec<[Rect; 2]> = Vec::new();
    for (thing, at) in positions.iter().enumerate() {
        let places = [arrangement.before[thing], *at];
        boxes.push(places.map(|at| box_at(at, arrangement.halves[thing])));
    }
    let moved: Records<Point> = notes.iter().copied().collect();
    for (id, note) in document.notes() {
        if let Some(size) = arrangement.sizes.get(id) {
            let was = note.placement.position;
            let places = [was, moved.get(id).copied().unwrap_or(was)];
            boxes.push(places.map(|at| box_at(at, half_of(*size))));
        }
    }
    let free = document.frames().iter();
    let free = free.filter(|(_, frame)| !frame.placement.locked);
    free.filter_map(|(id, frame)| {
        let rect = around(&frame.rect(), &boxes)?;
        let mut frame = Frame::clone(frame);
        frame.set_rect(&rect);
        Some((*id, Element::Frame(frame)))
    })
    .collect()
}

/// A frame around the boxes that it was around, each as it was and as it is.
fn around(frame: &Rect, boxes: &[[Rect; 2]]) -> Option<Rect> {
    let inner = boxes.iter().filter(|[was, _]| frame.contains_rect(was));
    let [was, is] = inner
        .copied()
        .reduce(|[was, is], [other_was, other_is]| [was.union(&other_was), is.union(&other_is)])?;
    (was != is).then_some(Rect {
        left: is.left - (was.left - frame.left),
        top: is.top - (was.top - frame.top),
        right: is.right + (frame.right - was.right),
        bottom: is.bottom + (frame.bottom - was.bottom),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_keeps_its_paper_around_what_it_was_around() {
        let rect = |x: f64| Rect::centered(Point::new(x, 0.0), 20.0, 10.0);
        let frame = Rect::centered(Point::default(), 100.0, 60.0);
        let inside = [rect(0.0), rect(300.0)];
        let also = [rect(10.0), rect(500.0)];
        let outside = [rect(45.0), rect(-900.0)];
        let moved = around(&frame, &[inside, also, outside]).unwrap();
        assert_eq!((moved.left, moved.right), (250.0, 540.0));
        assert_eq!((moved.top, moved.bottom), (-30.0, 30.0));
        assert_eq!(around(&frame, &[outside]), None);
        assert_eq!(around(&frame, &[[rect(0.0), rect(0.0)]]), None);
    }
}
