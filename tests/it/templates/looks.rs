//! How the ready diagrams look: nothing covers anything else, whatever the font.

use loopstream::model::{Document, Point, Rect};
use loopstream::scene::{BadgeShape, Curve, EstimatedText, Font, LinkShape, MeasureText, Scene};

use super::table::Template;
use super::{diagrams, document_of, loop_diagrams, loops_of, streams};

/// A font that is wider or narrower than the estimate, as another system's may be.
struct OtherFont(f64);

impl MeasureText for OtherFont {
    fn width(&self, text: &str, font: Font) -> f64 {
        EstimatedText.width(text, font) * self.0
    }
}

const FONTS: [OtherFont; 3] = [OtherFont(0.92), OtherFont(1.0), OtherFont(1.12)];
/// The side of a sign, in world units.
const SIGN: f64 = 12.0;

fn scene_of(document: &Document, measure: &dyn MeasureText) -> Scene {
    let mut scene = Scene::new(document, measure);
    scene.set_loops(document, &loops_of(document).loops, measure);
    scene
}

/// Runs a check on every template in every font.
fn on_every_scene(check: impl Fn(&str, &Document, &Scene)) {
    // Models have pipes, which cross arrows; what is drawn of those is tried by itself.
    for file in diagrams() {
        let document = document_of(file);
        for font in &FONTS {
            let scene = scene_of(&document, font);
            check(&format!("{file} at {}", font.0), &document, &scene);
        }
    }
}

fn name_of(document: &Document, link: &LinkShape) -> String {
    if let Some(flow) = document.flows().get(&link.id) {
        return streams::told(document, flow);
    }
    let record = &document.links()[&link.id];
    let name = |id| document.variables()[&id].name.as_str();
    format!("{} -> {}", name(record.from), name(record.to))
}

fn label_of<'a>(document: &'a Document, badge: &BadgeShape) -> &'a str {
    document
        .label_of(&badge.key)
        .map_or("", |(_, label)| &label.name)
}

fn points(curve: &Curve) -> Vec<Point> {
    (0..=200)
        .map(|step| curve.point(f64::from(step) / 200.0))
        .collect()
}

fn passes(curve: &Curve, rect: &Rect) -> bool {
    points(curve).into_iter().any(|point| rect.contains(point))
}

/// The box of the sign of a link, or of the words of a flow, if it has any.
fn sign_box(document: &Document, link: &LinkShape) -> Option<Rect> {
    match document.flows().get(&link.id) {
        None => Some(Rect::centered(link.sign, SIGN, SIGN)),
        Some(flow) if flow.measures.is_empty() => None,
        Some(_) => {
            let height = Font::DATA.line_height();
            Some(Rect::centered(link.sign, link.sign_size, height))
        }
    }
}

#[test]
fn names_keep_clear_of_each_other() {
    on_every_scene(|place, _, scene| {
        let nodes: Vec<_> = scene.nodes().values().collect();
        for (index, node) in nodes.iter().enumerate() {
            for other in &nodes[index + 1..] {
                assert!(!node.rect.grown(8.0).intersects(&other.rect), "{place}");
            }
        }
    });
}

#[test]
fn links_keep_clear_of_names_that_are_not_theirs() {
    on_every_scene(|place, document, scene| {
        for link in scene.links().values() {
            let record = document.edge(link.id).unwrap();
            let others = scene.nodes().values();
            for node in others.filter(|node| node.id != record.from && node.id != record.to) {
                let name = name_of(document, link);
                assert!(
                    !passes(&link.curve, &node.rect.grown(6.0)),
                    "{place}: {name}"
                );
                assert!(
                    link.curve.distance(node.rect.center()) > 12.0,
                    "{place}: {name}"
                );
            }
        }
    });
}

#[test]
fn links_do_not_cross() {
    on_every_scene(|place, document, scene| {
        let links: Vec<_> = scene.links().values().collect();
        for (index, link) in links.iter().enumerate() {
            for other in &links[index + 1..] {
                let crossed = crossing(&points(&link.curve), &points(&other.curve));
                let names = (name_of(document, link), name_of(document, other));
                assert!(!crossed, "{place}: {names:?}");
            }
        }
    });
}

/// Whether two chains of short lines cross.
fn crossing(one: &[Point], other: &[Point]) -> bool {
    let apart = |a: Point, b: Point, c: Point, d: Point| {
        ((b - a).cross(c - a) > 0.0) != ((b - a).cross(d - a) > 0.0)
    };
    one.windows(2).any(|ab| {
        let near = |cd: &&[Point]| ab[0].distance(cd[0]) < 40.0;
        other
            .windows(2)
            .filter(near)
            .any(|cd| apart(ab[0], ab[1], cd[0], cd[1]) && apart(cd[0], cd[1], ab[0], ab[1]))
    })
}

#[test]
fn signs_keep_clear_of_names_links_and_each_other() {
    on_every_scene(|place, document, scene| {
        for link in scene.links().values() {
            let Some(sign) = sign_box(document, link) else {
                continue;
            };
            let name = name_of(document, link);
            for node in scene.nodes().values() {
                assert!(!sign.intersects(&node.rect), "{place}: {name}");
            }
            for other in scene.links().values() {
                let (own, others) = (link.id == other.id, name_of(document, other));
                let covers = sign_box(document, other).is_some_and(|box_| sign.intersects(&box_));
                assert!(own || !covers, "{place}: {name}, {others}");
                assert!(!passes(&other.curve, &sign), "{place}: {name}, {others}");
            }
        }
    });
}

#[test]
fn badges_keep_clear_of_names_links_and_each_other() {
    on_every_scene(|place, document, scene| {
        for (index, badge) in scene.badges().iter().enumerate() {
            let name = label_of(document, badge);
            for node in scene.nodes().values() {
                assert!(
                    !badge.rect.grown(4.0).intersects(&node.rect),
                    "{place}: {name}"
                );
            }
            for link in scene.links().values() {
                let room = link.curve.distance(badge.center) - badge.radius;
                let sign = sign_box(document, link);
                let on_sign = sign.is_some_and(|sign| badge.rect.intersects(&sign));
                let lies_on = passes(&link.curve, &badge.rect) || on_sign;
                assert!(
                    room > 8.0 && !lies_on,
                    "{place}: {name}, {}",
                    name_of(document, link)
                );
            }
            for other in &scene.badges()[index + 1..] {
                assert!(
                    !badge.rect.grown(8.0).intersects(&other.rect),
                    "{place}: {name}"
                );
            }
        }
    });
}

#[test]
fn badges_stand_where_they_were_put_whatever_the_font() {
    for Template { file, .. } in loop_diagrams() {
        let document = document_of(file);
        let here = scene_of(&document, &EstimatedText);
        for font in &FONTS {
            for (badge, other) in here.badges().iter().zip(scene_of(&document, font).badges()) {
                let name = label_of(&document, badge);
                assert!(badge.center.distance(other.center) < 1.0, "{file}: {name}");
            }
        }
    }
}

#[test]
fn every_arc_of_a_loop_bends() {
    for Template { file, .. } in loop_diagrams() {
        let document = document_of(file);
        for link in document.links().values() {
            assert!(link.bend.abs() >= 0.02, "{file}");
        }
    }
}

#[test]
fn a_flow_is_long_enough_to_be_seen() {
    on_every_scene(|place, document, scene| {
        let flows = scene.links().values();
        for flow in flows.filter(|link| document.flows().contains_key(&link.id)) {
            let name = name_of(document, flow);
            assert!(flow.curve.length() >= 24.0, "{place}: {name}");
        }
    });
}

#[test]
fn a_map_reads_from_left_to_right_and_goes_on_below() {
    for streams::StreamTemplate { file, .. } in streams::STREAMS {
        let document = document_of(file);
        let at = |id| document.stations()[&id].placement.position;
        // The rows of a long map lead to the right and back, and each begins under the end of the
        // one before; what stands above them plans, supplies or takes.
        let rows: std::collections::BTreeSet<i64> = streams::steps_of(&document)
            .iter()
            .map(|step| step.placement.position.y as i64)
            .collect();
        assert!(rows.first() == Some(&0) && rows.len() <= 2, "{file}");
        for flow in document
            .flows()
            .values()
            .filter(|flow| flow.kind.is_forward())
        {
            let (from, to) = (at(flow.from), at(flow.to));
            let row = |y: f64| rows.iter().position(|row| *row == y as i64);
            match (row(from.y), row(to.y)) {
                (Some(0), Some(0)) => assert!(from.x < to.x, "{file}"),
                (Some(1), Some(1)) => assert!(from.x > to.x, "{file}"),
                (Some(0), Some(1)) => assert_eq!(from.x, to.x, "{file}"),
                _ => {}
            }
        }
    }
}

#[test]
fn a_template_fits_a_small_window() {
    on_every_scene(|place, document, scene| {
        let bounds = scene.bounds().unwrap();
        let (width, height) = (bounds.width(), bounds.height());
        // A classic map with its control is a long row.
        let widest = if document.stations().is_empty() {
            1_040.0
        } else {
            1_700.0
        };
        assert!(
            width <= widest && height <= 700.0,
            "{place}: {width} x {height}"
        );
    });
}
