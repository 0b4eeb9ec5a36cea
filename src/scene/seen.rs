//! What is seen of a whole diagram at a zoom, where names do not get smaller than can be read; and
//! the view in which nothing of it is cut.

use crate::model::{Document, Rect};

use super::build::Scene;
use super::legible::{Legible, seen_pipe};
use super::marks::{MarkShape, seen_marks};
use super::primitive::Primitive;
use super::view::View;

/// How often the zoom is tried at most. Names that keep their size take the same part of the window
/// at every zoom, so two or three are enough but for names that give way to each other.
const ATTEMPTS: usize = 24;
/// How much larger than its room a diagram may be, as a part of that: much less than the paper
/// around it.
const TOLERANCE: f64 = 1.0e-3;
/// A view is near enough to one in which something would be cut if that is no more times as large.
const NEAR: f64 = 1.03;

/// The box around everything that is drawn at a zoom; `None` of an empty scene.
#[must_use]
pub fn seen_bounds(scene: &Scene, document: &Document, zoom: f64) -> Option<Rect> {
    let legible = Legible::new(scene, document, zoom);
    let frames = scene.frames().values().flat_map(|frame| {
        let title = frame.seen(zoom).title;
        title.into_iter().chain([frame.rect])
    });
    let links = scene.links().iter();
    let links = links.map(|(id, link)| legible.bounds_of_link(*id).unwrap_or(link.bounds));
    let nodes = scene.nodes().values().map(|node| {
        let label = legible.label(node.id);
        label.map_or(node.rect, |label| label.rect)
    });
    let badges = scene.badges().iter().enumerate();
    let badges = badges.map(|(number, badge)| legible.badge(number, badge, zoom).0);
    let marks: Vec<&MarkShape> = scene.marks().iter().collect();
    let marks = seen_marks(&marks, zoom);
    let marks = marks.iter().filter_map(Primitive::bounds);
    let pipes = scene.pipes().values();
    let pipes = pipes.flat_map(|pipe| seen_pipe(pipe, zoom));
    let pipes = pipes.filter_map(|part| part.bounds());
    let boxes = frames
        .chain(pipes)
        .chain(links)
        .chain(nodes)
        .chain(badges)
        .chain(marks);
    boxes.reduce(|all, rect| all.union(&rect))
}

/// The view in which everything is seen whole and in the middle, no larger than `most` times;
/// `None` of an empty scene. Where words are wider than the window, no zoom shows them whole, and
/// they are cut.
///
/// What is seen depends on the zoom, since names keep their size below some: so a zoom is tried,
/// and where something would be cut, the one at which it would not if all that is magnified kept
/// its size and its place.
#[must_use]
pub fn whole_view(view: &View, scene: &Scene, document: &Document, most: f64) -> Option<View> {
    let bounds = scene.bounds()?;
    let mut fitted = view.fitted(&bounds, most);
    // The smallest zoom at which something was cut, and the largest at which nothing was.
    let mut cut = f64::INFINITY;
    let mut whole: Option<View> = None;
    for _ in 0..ATTEMPTS {
        // At 100 % everything is drawn as it is.
        if fitted.zoom >= 1.0 {
            return Some(fitted);
        }
        let zoom = fitted.zoom;
        let seen = seen_bounds(scene, document, zoom)?;
        let next = view.fitted(&seen, most).zoom;
        fitted = view.centered(seen.center(), zoom);
        if next >= zoom * (1.0 - TOLERANCE) {
            whole = Some(fitted);
        } else {
            cut = zoom;
        }
        let zoom = match whole {
            Some(View { zoom, .. }) if cut < zoom * NEAR => break,
            Some(_) if cut.is_infinite() => break,
            Some(View { zoom, .. }) => (zoom * cut).sqrt(),
            None if zoom <= View::MINIMUM_ZOOM => break,
            None => {
                let room = view.room();
                // CSS pixels that what is magnified takes beyond the rest.
                let beyond = |seen: f64, whole: f64| (seen - whole).max(0.0) * zoom;
                let across = beyond(seen.width(), bounds.width());
                let down = beyond(seen.height(), bounds.height());
                let fits = ((room.x - across) / bounds.width().max(1.0))
                    .min((room.y - down) / bounds.height().max(1.0));
                // Not at once by more than half: what gives way leaves room for the rest.
                fits.min(next).max(zoom / 2.0).max(View::MINIMUM_ZOOM)
            }
        };
        fitted = View { zoom, ..fitted };
    }
    // Words that are wider than the window are cut at every zoom: then as large as without them.
    Some(whole.unwrap_or_else(|| view.fitted(&bounds, most)))
}
