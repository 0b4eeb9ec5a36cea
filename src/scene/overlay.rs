//! What lies over the diagram for the moment: selection, hover, marquee, guides, a highlighted
//! loop.

use std::collections::{BTreeMap, BTreeSet};

use crate::causal::LoopPolarity;
use crate::causal::check::{Mark, Severity};
use crate::model::{Document, Id, Lever, LoopKey, Point, Records, Rect, Vector};

use super::build::Scene;
use super::connector::push_connectors;
use super::curve::Curve;
use super::frame::{FrameShape, Grip};
use super::hit::Hit;
use super::magnify::seen_rect;
use super::node::NodeShape;
use super::pipe_way::VALVE_HALF;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::run_marks::{RunMarks, presented_pixel, push_run};
use super::seen_at::SeenAt;
use super::snap::Guide;
use super::text::Font;
use super::theme::Ink;
use super::trial_marks::{TrialMark, push_trials};

/// What the editor wants to show besides the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// The selected records.
    pub selection: BTreeSet<Id>,
    /// What the pointer is over, where it matters.
    pub hover: Option<Hit>,
    /// The box that is being drawn to select.
    pub marquee: Option<Rect>,
    /// What lines up.
    pub guides: Vec<Guide>,
    /// A link that is being drawn: from the middle of a variable to the pointer or a variable.
    pub ghost: Option<Curve>,
    /// The variable a link would end at.
    pub target: Option<Id>,
    /// What shows the four handles from which links are drawn.
    pub connectors: BTreeSet<Id>,
    /// What is typed into: the field over it has an outline of its own.
    pub typing: Option<Id>,
    /// What checks have found: the gravest finding of each record.
    pub findings: Records<Mark>,
    /// What a run shows at the time that is looked at.
    pub run: RunMarks,
    /// How many open comments there are on each record that has some, where they are marked.
    pub comments: Records<usize>,
    /// What experiments change, where that is marked.
    pub trials: BTreeMap<Lever, TrialMark>,
}

/// How large the mark of comments is, in CSS pixels from its middle.
pub(super) const COMMENT_RADIUS: f64 = 8.0;

impl Overlay {
    /// The record whose handle shows, if it is a link: the one that alone is selected.
    #[must_use]
    pub fn handle_of(&self) -> Option<Id> {
        let only = self.selection.len() == 1;
        self.selection.first().copied().filter(|_| only)
    }

    /// Where the finding of a record is marked, if it is.
    #[must_use]
    pub fn finding_place(&self, scene: &Scene, id: Id) -> Option<Point> {
        /// How far from the arc of a link, clear of its handle.
        const ASIDE: f64 = 11.0;
        let mark = self.findings.get(&id)?;
        if mark.severity == Severity::Hint || self.selection.contains(&id) {
            return None;
        }
        if let Some(node) = scene.nodes().get(&id) {
            let rect = node.lined_up();
            return Some(Point::new(rect.right + 3.0, rect.top - 1.0));
        }
        let link = scene.links().get(&id)?;
        let offset = link.curve.point(0.55) - link.curve.point(0.45);
        let length = offset.x.hypot(offset.y).max(1.0e-9);
        Some(link.handle + Vector::new(-offset.y, offset.x) * (ASIDE / length))
    }
}

impl Overlay {
    /// Where the comments on a record are marked: at the upper left of what stands by itself,
    /// in the upper right corner of a frame, beside a link.
    #[must_use]
    pub(super) fn comment_place(&self, scene: &Scene, id: Id, pixel: f64) -> Option<Point> {
        /// How far from the arc of a link, in CSS pixels.
        const ASIDE: f64 = 15.0;
        if let Some(node) = scene.nodes().get(&id) {
            let rect = seen_rect(node, 1.0 / pixel);
            return Some(Point::new(rect.left, rect.top - COMMENT_RADIUS * pixel));
        }
        if let Some(frame) = scene.frames().get(&id) {
            // Within it: over it stands its title, which may begin there.
            let aside = Vector::new(-1.8, 1.6) * (COMMENT_RADIUS * pixel);
            return Some(Point::new(frame.rect.right, frame.rect.top) + aside);
        }
        let link = scene.links().get(&id)?;
        let along = link.curve.point(0.45) - link.curve.point(0.35);
        Some(link.curve.point(0.4) + along.unit().left() * (ASIDE * pixel))
    }
}

/// The marks of a run alone, as a presentation has them at a zoom.
#[must_use]
pub fn draw_run(scene: &Scene, run: &RunMarks, zoom: f64) -> Vec<Primitive> {
    let mut primitives = Vec::new();
    push_run(&mut primitives, scene, run, (zoom, presented_pixel(zoom)));
    primitives
}

/// The primitives of an overlay; `pixel` is one CSS pixel in world units.
#[must_use]
pub fn draw_overlay(scene: &Scene, overlay: &Overlay, pixel: f64) -> Vec<Primitive> {
    let mut primitives = Vec::new();
    let zoom = 1.0 / pixel;
    push_run(&mut primitives, scene, &overlay.run, (zoom, pixel));
    let outline = |node: &NodeShape, stroke: Stroke| Primitive::Line {
        path: Path::rounded(&seen_rect(node, zoom).grown(3.0 * pixel), 7.0),
        stroke,
    };
    let untyped = |id: &&Id| overlay.typing != Some(**id);
    for id in overlay.selection.iter().filter(untyped) {
        if let Some(node) = scene.nodes().get(id) {
            primitives.push(outline(node, Stroke::solid(Ink::Accent, 1.5 * pixel)));
        } else if let Some(link) = scene.links().get(id) {
            let stroke = Stroke::solid(Ink::AccentWash, 10.0 * pixel);
            primitives.push(Primitive::Line {
                path: Path::along(&link.curve),
                stroke,
            });
            let stroke = Stroke::solid(Ink::Accent, 2.0 * pixel);
            primitives.push(Primitive::Line {
                path: Path::along(&link.curve),
                stroke,
            });
            if overlay.handle_of() == Some(*id) {
                push_handle(&mut primitives, link.handle, pixel);
                if let Some((_, _, half)) = scene.half_of_link(*id) {
                    push_handle(&mut primitives, half.end_handle(), pixel);
                }
            }
        } else if let Some(frame) = scene.frames().get(id) {
            push_frame(&mut primitives, frame, Ink::Accent, pixel);
            if overlay.handle_of() == Some(*id) && !frame.locked {
                push_grips(&mut primitives, frame, pixel);
            }
        }
    }
    match &overlay.hover {
        Some(Hit::Node(id)) if !overlay.selection.contains(id) => {
            if let Some(node) = scene.nodes().get(id) {
                primitives.push(outline(node, Stroke::solid(Ink::AccentWash, 2.0 * pixel)));
            }
        }
        Some(Hit::Frame(id)) if !overlay.selection.contains(id) => {
            if let Some(frame) = scene.frames().get(id) {
                push_frame(&mut primitives, frame, Ink::AccentWash, pixel);
            }
        }
        Some(Hit::Rim(id) | Hit::Connector(id, _)) => {
            push_rim(&mut primitives, scene, *id, pixel);
        }
        Some(Hit::Pipe(id) | Hit::PipeEnd(id, _)) => {
            let pipe = scene.pipes().get(id);
            let halves = pipe.into_iter().flat_map(|pipe| pipe.halves());
            let open = halves.filter(|(side, half)| match overlay.hover {
                Some(Hit::PipeEnd(_, over)) => over == *side,
                _ => half.link.is_none(),
            });
            for (_, half) in open {
                let way = half.route.outside(VALVE_HALF, &half.route.end);
                primitives.push(Primitive::Line {
                    path: Path::along(&way),
                    stroke: Stroke::solid(Ink::AccentWash, 10.0 * pixel),
                });
                if half.link.is_none() {
                    primitives.push(Primitive::Line {
                        path: Path::rounded(&half.route.end, 14.0),
                        stroke: Stroke::solid(Ink::AccentWash, 3.0 * pixel),
                    });
                }
            }
        }
        Some(Hit::Link(id)) if !overlay.selection.contains(id) => {
            if let Some(link) = scene.links().get(id) {
                let stroke = Stroke::solid(Ink::AccentWash, 8.0 * pixel);
                primitives.push(Primitive::Line {
                    path: Path::along(&link.curve),
                    stroke,
                });
            }
        }
        _ => {}
    }
    if let Some(id) = overlay.target {
        push_rim(&mut primitives, scene, id, pixel);
    }
    if let Some(curve) = &overlay.ghost {
        let stroke = Stroke::dashed(Ink::Accent, 1.6 * pixel);
        primitives.push(Primitive::Line {
            path: Path::along(curve),
            stroke,
        });
        let tip = curve.point(1.0);
        let path = Path::circle(tip, 4.0 * pixel);
        primitives.push(Primitive::Fill {
            path,
            ink: Ink::Accent,
        });
    }
    for id in &overlay.connectors {
        if let Some(node) = scene.nodes().get(id) {
            let over = match &overlay.hover {
                Some(Hit::Connector(hovered, heading)) if hovered == id => Some(*heading),
                _ => None,
            };
            push_connectors(&mut primitives, &seen_rect(node, 1.0 / pixel), over, pixel);
        }
    }
    push_findings(&mut primitives, scene, overlay);
    push_trials(&mut primitives, scene, overlay, pixel);
    push_comments(&mut primitives, scene, overlay, pixel);
    for (from, to) in overlay
        .guides
        .iter()
        .flat_map(|guide| pieces(scene, guide, pixel))
    {
        let stroke = Stroke::solid(Ink::Accent, pixel);
        primitives.push(Primitive::Line {
            path: Path::line(from, to),
            stroke,
        });
    }
    if let Some(rect) = &overlay.marquee {
        let path = Path::rounded(rect, 0.0);
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink: Ink::AccentWash,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Accent, pixel),
        });
    }
    primitives
}

/// What is drawn of a guide: from edge to edge, with gaps where words stand.
fn pieces(scene: &Scene, guide: &Guide, pixel: f64) -> Vec<(Point, Point)> {
    let gap = 3.0 * pixel;
    let line = Rect::from_points(guide.from, guide.to);
    let is_across = line.width() >= line.height();
    let span = |rect: &Rect| match is_across {
        true => (rect.left, rect.right),
        false => (rect.top, rect.bottom),
    };
    let nodes = scene.nodes_touching(&line.grown(gap)).into_iter();
    let rects = nodes.filter_map(|id| Some(seen_rect(scene.nodes().get(&id)?, 1.0 / pixel)));
    let mut gaps: Vec<(f64, f64)> = rects.map(|rect| span(&rect.grown(gap))).collect();
    gaps.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut at, end) = span(&line);
    let mut found = Vec::new();
    let point = |along: f64| match is_across {
        true => Point::new(along, guide.from.y),
        false => Point::new(guide.from.x, along),
    };
    for (from, to) in gaps.into_iter().chain([(end, end)]) {
        if from.min(end) > at {
            found.push((point(at), point(from.min(end))));
        }
        at = at.max(to);
    }
    found
}

/// Quiet marks where checks have found something: a grey dot for a warning, a coloured one for a
/// problem. Hints are in the panel alone. What is selected has its handle there.
fn push_findings(primitives: &mut Vec<Primitive>, scene: &Scene, overlay: &Overlay) {
    const RADIUS: f64 = 3.5;
    for (id, Mark { severity, .. }) in &overlay.findings {
        let Some(at) = overlay.finding_place(scene, *id) else {
            continue;
        };
        let path = Path::circle(at, RADIUS);
        let ink = match severity {
            Severity::Problem => Ink::Reinforcing,
            Severity::Warning | Severity::Hint => Ink::Muted,
        };
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Paper, 1.3),
        });
    }
}

/// A bubble with the number of open comments on a record; from afar it has no number.
pub(super) fn push_comments(
    primitives: &mut Vec<Primitive>,
    scene: &Scene,
    overlay: &Overlay,
    pixel: f64,
) {
    const LETTERS: f64 = 11.0;
    /// From here down, marks are as small as names would be: CSS pixels for a world unit.
    const AFAR: f64 = 0.35;
    let is_near = 1.0 / pixel >= AFAR;
    for (id, count) in &overlay.comments {
        let Some(at) = overlay.comment_place(scene, *id, pixel) else {
            continue;
        };
        let radius = COMMENT_RADIUS * pixel * if is_near { 1.0 } else { 0.5 };
        let bubble = Rect::centered(at, 2.2 * radius, 2.0 * radius);
        // Its lower left corner points at what it is about.
        let path = Path::bubble(&bubble, radius);
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink: Ink::Accent,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Paper, 1.3 * pixel),
        });
        if is_near {
            let font = Font {
                size: LETTERS * pixel,
                ..Font::TAG
            };
            primitives.push(Primitive::Text {
                text: if *count > 9 {
                    "9+".to_owned()
                } else {
                    count.to_string()
                },
                at,
                width: LETTERS * 0.6 * pixel,
                align: Align::Center,
                font,
                ink: Ink::Paper,
            });
        }
    }
}

fn push_handle(primitives: &mut Vec<Primitive>, at: Point, pixel: f64) {
    let path = Path::circle(at, 6.0 * pixel);
    primitives.push(Primitive::Fill {
        path: path.clone(),
        ink: Ink::Paper,
    });
    primitives.push(Primitive::Line {
        path,
        stroke: Stroke::solid(Ink::Accent, 2.0 * pixel),
    });
}

/// The outline of a frame that is selected or pointed at.
fn push_frame(primitives: &mut Vec<Primitive>, frame: &FrameShape, ink: Ink, pixel: f64) {
    primitives.push(Primitive::Line {
        path: Path::rounded(&frame.rect, 8.0),
        stroke: Stroke::solid(ink, 2.0 * pixel),
    });
}

/// The corners by which a frame is resized.
fn push_grips(primitives: &mut Vec<Primitive>, frame: &FrameShape, pixel: f64) {
    let side = 9.0 * pixel;
    for grip in Grip::CORNERS {
        let square = Rect::centered(grip.place(&frame.rect), side, side);
        let path = Path::rounded(&square, 2.0 * pixel);
        primitives.push(Primitive::Fill {
            path: path.clone(),
            ink: Ink::Paper,
        });
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Accent, 1.5 * pixel),
        });
    }
}

fn push_rim(primitives: &mut Vec<Primitive>, scene: &Scene, id: Id, pixel: f64) {
    if let Some(node) = scene.nodes().get(&id) {
        let rect = seen_rect(node, 1.0 / pixel);
        let path = Path::rounded(&rect.grown(5.0 * pixel), 9.0);
        let stroke = Stroke::solid(Ink::AccentWash, 9.0 * pixel);
        primitives.push(Primitive::Line { path, stroke });
        let path = Path::rounded(&rect.grown(3.0 * pixel), 7.0);
        primitives.push(Primitive::Line {
            path,
            stroke: Stroke::solid(Ink::Accent, 1.5 * pixel),
        });
    }
}

/// A highlighted loop: its links in its colour, its variables over the dimmed rest; as it is seen
/// at a zoom.
#[must_use]
pub fn draw_loop(
    scene: &Scene,
    document: &Document,
    key: &LoopKey,
    polarity: LoopPolarity,
    seen: SeenAt<'_>,
) -> Vec<Primitive> {
    let links = key.links().iter().copied();
    highlight(scene, document, links, polarity.ink(), seen)
}

/// Highlighted records: links with what is at their ends, and whatever else stands by itself; as
/// they are seen at a zoom.
#[must_use]
pub fn draw_records(
    scene: &Scene,
    document: &Document,
    records: &BTreeSet<Id>,
    seen: SeenAt<'_>,
) -> Vec<Primitive> {
    let records = records.iter().copied();
    highlight(scene, document, records, Ink::Accent, seen)
}

/// What was found: links in the accent, and around whatever else stands by itself a ring.
#[must_use]
pub fn draw_found(
    scene: &Scene,
    document: &Document,
    records: &BTreeSet<Id>,
    seen: SeenAt<'_>,
) -> Vec<Primitive> {
    let links = records.iter();
    let links = links.filter_map(|id| seen.link(scene, document, *id));
    let links = links.flat_map(|link| link.primitives);
    let mut primitives: Vec<_> = links
        .map(|primitive| tinted(primitive, Ink::Accent))
        .collect();
    for node in records.iter().filter_map(|id| scene.nodes().get(id)) {
        let rect = seen.rect(node).grown(3.0 / seen.zoom);
        let path = Path::rounded(&rect, 7.0);
        let stroke = Stroke::solid(Ink::AccentWash, 5.0 / seen.zoom);
        primitives.push(Primitive::Line { path, stroke });
        primitives.extend(seen.node(node));
    }
    primitives
}

/// Records as they are, over the dimmed rest.
#[must_use]
pub fn draw_near(
    scene: &Scene,
    document: &Document,
    records: &BTreeSet<Id>,
    seen: SeenAt<'_>,
) -> Vec<Primitive> {
    let links = records.iter();
    let links = links.filter_map(|id| seen.link(scene, document, *id));
    let mut primitives: Vec<_> = links.flat_map(|link| link.primitives).collect();
    for node in records.iter().filter_map(|id| scene.nodes().get(id)) {
        primitives.extend(seen.node(node));
    }
    primitives
}

fn highlight(
    scene: &Scene,
    document: &Document,
    records: impl Iterator<Item = Id>,
    ink: Ink,
    seen: SeenAt<'_>,
) -> Vec<Primitive> {
    let mut primitives = Vec::new();
    let mut nodes = BTreeSet::new();
    for id in records {
        let Some(link) = document.edge(id) else {
            nodes.insert(id);
            continue;
        };
        nodes.extend([link.from, link.to]);
        let link = seen.link(scene, document, id);
        let drawn = link.into_iter().flat_map(|shape| shape.primitives);
        primitives.extend(drawn.map(|primitive| tinted(primitive, ink)));
    }
    for frame in nodes.iter().filter_map(|id| scene.frames().get(id)) {
        primitives.extend(frame.seen(seen.zoom).primitives);
    }
    for node in nodes.iter().filter_map(|id| scene.nodes().get(id)) {
        primitives.extend(seen.node(node));
    }
    primitives
}

/// The same in another colour, lines bolder; paper and images stay.
pub(super) fn tinted(primitive: Primitive, ink: Ink) -> Primitive {
    match primitive {
        image @ Primitive::Image { .. } => image,
        // The paper behind the words of a link.
        Primitive::Fill {
            path,
            ink: Ink::Paper,
        } => Primitive::Fill {
            path,
            ink: Ink::Paper,
        },
        Primitive::Fill { path, .. } => Primitive::Fill { path, ink },
        // The paper inside a pipe.
        Primitive::Line { path, stroke } if stroke.ink == Ink::Paper => {
            Primitive::Line { path, stroke }
        }
        Primitive::Line { path, stroke } => {
            let width = stroke.width * 1.9;
            Primitive::Line {
                path,
                stroke: Stroke {
                    ink,
                    width,
                    ..stroke
                },
            }
        }
        Primitive::Text {
            text,
            at,
            width,
            align,
            font,
            ..
        } => Primitive::Text {
            text,
            at,
            width,
            align,
            font,
            ink,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Placement, Variable};
    use crate::scene::EstimatedText;

    #[test]
    fn a_guide_leaves_gaps_where_words_stand() {
        let mut document = Document::default();
        let mut edit = Edit::new(&document);
        for (bits, x) in [(1, 0.0), (2, 300.0), (3, 600.0)] {
            let variable = Variable {
                name: "batch size".to_owned(),
                placement: Placement {
                    position: Point::new(x, 0.0),
                    ..Placement::default()
                },
                ..Variable::default()
            };
            edit.set(Id::from_bits(bits), Some(Element::Variable(variable)));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let scene = Scene::new(&document, &EstimatedText);
        let guide = Guide {
            from: Point::new(-40.0, 0.0),
            to: Point::new(640.0, 0.0),
        };
        let found = pieces(&scene, &guide, 1.0);
        assert!(found.len() >= 2, "{found:?}");
        for (from, to) in found {
            for node in scene.nodes().values() {
                let middle = Point::new(f64::midpoint(from.x, to.x), from.y);
                assert!(!node.rect.contains(middle), "{from:?} {to:?}");
                assert!(!node.rect.contains(from) && !node.rect.contains(to));
            }
        }
    }
}
