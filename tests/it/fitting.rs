//! Fitting: at whatever zoom a diagram is whole in the window, nothing that is drawn is cut, and no
//! name of a loop lies on the name of a variable.

use loopstream::editor::{Action, Editor, Event};
use loopstream::model::{Document, Point, Rect, Vector};
use loopstream::scene::{
    Align, Legible, MarkShape, Path, Primitive, Segment, View, seen_bounds, seen_marks,
};
use proptest::prelude::*;

use crate::common::document::document;
use crate::common::driver::Driver;
use crate::templates::{document_of, files};

/// Canvases in CSS pixels.
const WINDOWS: [(f64, f64); 4] = [
    (360.0, 640.0),
    (768.0, 1_024.0),
    (1_280.0, 720.0),
    (1_920.0, 1_080.0),
];

/// A document in a window, everything in sight, as a person asks for it.
fn fitted(document: Document, (width, height): (f64, f64)) -> Driver {
    let mut driver = Driver::open(document);
    driver.search();
    driver.send(Event::Resized(Vector::new(width, height)));
    driver.act(Action::ZoomFit);
    driver
}

/// Everything that the canvas shows, but what is selected or pointed at.
fn drawn(editor: &Editor) -> Vec<Primitive> {
    let (scene, zoom) = (editor.scene(), editor.view().zoom);
    let legible = Legible::new(scene, editor.document(), zoom);
    let mut all = Vec::new();
    for frame in scene.frames().values() {
        all.extend(frame.seen(zoom).primitives);
    }
    for link in scene.links().values() {
        all.extend(legible.drawn(link).iter().cloned());
    }
    for node in scene.nodes().values() {
        match legible.label(node.id) {
            Some(label) => all.extend(label.primitives.iter().cloned()),
            None => all.extend(node.primitives.iter().cloned()),
        }
    }
    let marks: Vec<&MarkShape> = scene.marks().iter().collect();
    all.extend(seen_marks(&marks, zoom));
    for (number, badge) in scene.badges().iter().enumerate() {
        all.extend(legible.badge(number, badge, zoom).1);
    }
    all
}

/// Points all around a path, arcs by many of theirs.
fn points(path: &Path) -> Vec<Point> {
    let mut points = Vec::new();
    for segment in &path.0 {
        match *segment {
            Segment::Move(at) | Segment::Line(at) => points.push(at),
            Segment::Arc {
                center,
                radius,
                start,
                sweep,
            } => points.extend((0..=90).map(|part| {
                let angle = start + sweep * f64::from(part) / 90.0;
                center + Vector::from_angle(angle) * radius
            })),
            Segment::Close => {}
        }
    }
    points
}

/// The corners of what a primitive covers.
fn covered(primitive: &Primitive) -> Vec<Point> {
    match primitive {
        Primitive::Fill { path, .. } | Primitive::Line { path, .. } => points(path),
        Primitive::Text {
            at,
            width,
            align,
            font,
            ..
        } => {
            let left = match align {
                Align::Left => at.x,
                Align::Center => at.x - width / 2.0,
                Align::Right => at.x - width,
            };
            let half = font.size / 2.0;
            let corners = [(left, at.y - half), (left + width, at.y + half)];
            corners.map(|(x, y)| Point::new(x, y)).to_vec()
        }
        Primitive::Image { rect, .. } => vec![
            Point::new(rect.left, rect.top),
            Point::new(rect.right, rect.bottom),
        ],
    }
}

/// What of the picture is cut by the window, with how far it is beyond it, in CSS pixels.
fn cut(editor: &Editor) -> Vec<String> {
    let view = editor.view();
    let seen = Rect::from_points(Point::default(), Point::default() + view.size).grown(0.5);
    let drawn = drawn(editor);
    let beyond = drawn.iter().filter(|primitive| {
        let corners = covered(primitive).into_iter();
        let mut corners = corners.map(|at| view.to_screen(at));
        corners.any(|at| !seen.contains(at))
    });
    beyond.map(|primitive| format!("{primitive:?}")).collect()
}

#[test]
fn nothing_of_a_template_is_cut_in_any_window() {
    let mut found = Vec::new();
    for file in files() {
        for window in WINDOWS {
            let driver = fitted(document_of(file), window);
            let cut = cut(&driver.editor);
            found.extend(
                cut.into_iter()
                    .map(|what| format!("{file} {window:?}: {what}")),
            );
            assert!(driver.editor.is_fitted(), "{file} {window:?}");
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_template_is_as_large_as_it_can_be() {
    for file in files() {
        for window in WINDOWS {
            let driver = fitted(document_of(file), window);
            let view = *driver.editor.view();
            let (scene, document) = (driver.editor.scene(), driver.editor.document());
            // What is seen takes most of the room one way or the other.
            let seen = seen_bounds(scene, document, view.zoom).unwrap();
            let share = (seen.width() * view.zoom / view.size.x)
                .max(seen.height() * view.zoom / view.size.y);
            assert!(
                share > 0.7 || view.zoom >= 1.0,
                "{file} {window:?}: {share:.2}"
            );
        }
    }
}

#[test]
fn no_name_of_a_loop_hides_the_name_of_a_variable_on_a_phone() {
    for file in files() {
        let driver = fitted(document_of(file), WINDOWS[0]);
        let (editor, zoom) = (&driver.editor, driver.editor.view().zoom);
        let scene = editor.scene();
        let legible = Legible::new(scene, editor.document(), zoom);
        for (number, badge) in scene.badges().iter().enumerate() {
            let (_, primitives) = legible.badge(number, badge, zoom);
            assert!(primitives.len() >= badge.named_from, "{file}");
            let name = primitives[badge.named_from..].iter();
            for plate in name.filter_map(Primitive::bounds) {
                for id in scene.nodes().keys() {
                    let label = legible
                        .label(*id)
                        .map(|label| label.rect.grown(-1.0 / zoom));
                    let hidden =
                        label.is_some_and(|label| label.intersects(&plate.grown(-1.0 / zoom)));
                    assert!(
                        !hidden,
                        "{file}: a loop's name over {}",
                        editor.describe(*id)
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_of_any_diagram_is_cut(document in document(), window in 0..WINDOWS.len()) {
        let driver = fitted(document, WINDOWS[window]);
        let cut = cut(&driver.editor);
        if cut.is_empty() {
            return Ok(());
        }
        // Then something is cut at every zoom.
        let (view, editor) = (*driver.editor.view(), &driver.editor);
        let mut zoom = view.zoom;
        while zoom > View::MINIMUM_ZOOM {
            let seen = seen_bounds(editor.scene(), editor.document(), zoom).unwrap();
            let is_whole = seen.width() * zoom <= 0.84 * view.size.x
                && seen.height() * zoom <= 0.84 * view.size.y;
            prop_assert!(!is_whole, "{} at {}: {:?}", zoom, view.zoom, cut);
            zoom *= 0.9;
        }
    }
}
