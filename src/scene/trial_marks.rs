//! The marks of experiments: a flask at what they change.

use std::collections::BTreeMap;

use crate::model::{Document, ExperimentState, Id, Lever, Point, Rect, Vector};

use super::build::Scene;
use super::magnify::seen_rect;
use super::node::NodeKind;
use super::overlay::Overlay;
use super::primitive::{Align, Path, Primitive, Stroke};
use super::seen_badge::badge_factor;
use super::text::Font;
use super::theme::Ink;

/// How large the mark is, in CSS pixels from its middle.
pub(super) const TRIAL_RADIUS: f64 = 9.0;

/// What is tried at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrialMark {
    /// The experiment that is shown: one that runs before one that is planned, and that before one
    /// that has ended; of these the first.
    pub experiment: Id,
    /// How far that one is.
    pub state: ExperimentState,
    /// How many experiments change this.
    pub count: usize,
}

/// What experiments of a document change, by what they change. It may be gone.
#[must_use]
pub fn trial_marks(document: &Document) -> BTreeMap<Lever, TrialMark> {
    /// Which of two is shown.
    const fn rank(state: ExperimentState) -> u8 {
        match state {
            ExperimentState::Running => 0,
            ExperimentState::Planned => 1,
            ExperimentState::Ended => 2,
        }
    }
    let mut marks: BTreeMap<Lever, TrialMark> = BTreeMap::new();
    for (experiment, one) in document.experiments_in_order() {
        for lever in one.changes.iter() {
            let mark = marks.entry(lever.clone()).or_insert(TrialMark {
                experiment,
                state: one.state,
                count: 0,
            });
            mark.count += 1;
            if rank(one.state) < rank(mark.state) {
                (mark.experiment, mark.state) = (experiment, one.state);
            }
        }
    }
    marks
}

impl Overlay {
    /// Where the experiments that change something are marked: at the lower left of what stands by
    /// itself and of the badge of a loop, beside a link. `pixel` is one CSS pixel in world units.
    #[must_use]
    pub(super) fn trial_place(&self, scene: &Scene, lever: &Lever, pixel: f64) -> Option<Point> {
        /// How far from the arc of a link, in CSS pixels.
        const ASIDE: f64 = 16.0;
        let id = match lever {
            Lever::Loop(key) => {
                let badge = scene.badges().iter().find(|badge| badge.key == *key)?;
                let aside = badge.radius * badge_factor(badge, 1.0 / pixel);
                return Some(badge.center + Vector::new(-1.0, 1.0) * aside);
            }
            Lever::Record(id) => *id,
        };
        if let Some(node) = scene.nodes().get(&id) {
            let rect = seen_rect(node, 1.0 / pixel);
            let radius = TRIAL_RADIUS * pixel;
            return Some(match node.kind {
                // What differs in an improvement is written below a station.
                NodeKind::Station => Point::new(rect.left - radius * 1.1, rect.bottom - radius),
                NodeKind::Variable | NodeKind::Note => {
                    Point::new(rect.left, rect.bottom + radius * 0.6)
                }
            });
        }
        let link = scene.links().get(&id)?;
        let along = link.curve.point(0.65) - link.curve.point(0.55);
        Some(link.curve.point(0.6) + along.unit().left() * (ASIDE * pixel))
    }
}

/// A flask at what experiments change. Planned it is an outline, running it is half full, and ended
/// it is full, with a tick. From afar it is smaller and has no number.
pub(super) fn push_trials(
    primitives: &mut Vec<Primitive>,
    scene: &Scene,
    overlay: &Overlay,
    pixel: f64,
) {
    /// From here down, marks are as small as names would be: CSS pixels for a world unit.
    const AFAR: f64 = 0.35;
    let is_near = 1.0 / pixel >= AFAR;
    for (lever, mark) in &overlay.trials {
        let Some(at) = overlay.trial_place(scene, lever, pixel) else {
            continue;
        };
        let radius = TRIAL_RADIUS * pixel * if is_near { 1.0 } else { 0.5 };
        push_flask(primitives, mark.state, at, radius);
        if is_near && mark.count > 1 {
            push_count(primitives, mark.count, at, pixel);
        }
    }
}

/// The flask of a state around a point.
fn push_flask(primitives: &mut Vec<Primitive>, state: ExperimentState, at: Point, radius: f64) {
    let to = |x: f64, y: f64| at + Vector::new(x, y) * radius;
    let outline = Path::polygon(&[
        to(-0.3, -0.95),
        to(0.3, -0.95),
        to(0.3, -0.3),
        to(0.9, 0.9),
        to(-0.9, 0.9),
        to(-0.3, -0.3),
    ]);
    let line = |path: Path, ink: Ink, width: f64| Primitive::Line {
        path,
        stroke: Stroke::solid(ink, width * radius),
    };
    // A border of paper keeps it apart from what is below.
    primitives.push(line(outline.clone(), Ink::Paper, 0.5));
    let inside = match state {
        ExperimentState::Planned | ExperimentState::Running => Ink::Paper,
        ExperimentState::Ended => Ink::Accent,
    };
    primitives.push(Primitive::Fill {
        path: outline.clone(),
        ink: inside,
    });
    if state == ExperimentState::Running {
        let liquid = [to(0.55, 0.2), to(0.9, 0.9), to(-0.9, 0.9), to(-0.55, 0.2)];
        primitives.push(Primitive::Fill {
            path: Path::polygon(&liquid),
            ink: Ink::Accent,
        });
    }
    primitives.push(line(outline, Ink::Accent, 0.16));
    primitives.push(line(
        Path::line(to(-0.45, -0.95), to(0.45, -0.95)),
        Ink::Accent,
        0.2,
    ));
    if state == ExperimentState::Ended {
        for (from, end) in [
            (to(-0.36, 0.36), to(-0.06, 0.64)),
            (to(-0.06, 0.64), to(0.38, 0.06)),
        ] {
            primitives.push(line(Path::line(from, end), Ink::Paper, 0.2));
        }
    }
}

/// How many there are, in a small disc beside the flask.
fn push_count(primitives: &mut Vec<Primitive>, count: usize, at: Point, pixel: f64) {
    const LETTERS: f64 = 9.5;
    let middle = at + Vector::new(-1.15, -0.15) * (TRIAL_RADIUS * pixel);
    let disc = Rect::centered(middle, 12.0 * pixel, 12.0 * pixel);
    let path = Path::rounded(&disc, 6.0 * pixel);
    primitives.push(Primitive::Line {
        path: path.clone(),
        stroke: Stroke::solid(Ink::Paper, 2.0 * pixel),
    });
    primitives.push(Primitive::Fill {
        path,
        ink: Ink::Accent,
    });
    primitives.push(Primitive::Text {
        text: match count {
            10.. => "9+".to_owned(),
            count => count.to_string(),
        },
        at: middle,
        width: LETTERS * 0.6 * pixel,
        align: Align::Center,
        font: Font {
            size: LETTERS * pixel,
            ..Font::TAG
        },
        ink: Ink::Paper,
    });
}
