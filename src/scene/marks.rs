//! What analysis adds to a value-stream map: the ladder below it, the constraint, bound values.

use serde::{Deserialize, Serialize};

use crate::model::{Id, Point, Records, Rect};

use super::node::NodeShape;
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::text::{Font, MeasureText};
use super::theme::Ink;

/// One place along the critical path, with its times as they are to be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderStep {
    /// The station that the process time stands below.
    pub station: Id,
    /// The waiting since the step before, if there is any.
    pub waiting: Option<LadderTime>,
    /// The process time; none of a place where no work is done.
    pub process: Option<LadderTime>,
}

/// A time of the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LadderTime {
    /// So long.
    Known(String),
    /// Something of it is not known.
    Unknown,
}

/// A word at a station or variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// What it is at.
    pub id: Id,
    /// The words.
    pub words: String,
    /// What they mean.
    pub kind: TagKind,
}

/// What a tag means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TagKind {
    /// This limits the whole stream.
    Constraint,
    /// This limits next.
    RunnerUp,
    /// The value that a variable is bound to.
    Value,
    /// A variable that is bound to the constraint, with its value.
    LimitValue,
    /// A value that nobody knows.
    Unknown,
    /// What a variable is bound to is gone.
    Broken,
    /// Only the other of two documents has it.
    Added,
    /// Only this one of two documents has it.
    Removed,
    /// Two documents say different things of it.
    Changed,
}

/// What is to be added to the picture of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The steps of the ladder, from left to right.
    pub ladder: Vec<LadderStep>,
    /// The totals at the end of the ladder, a line each.
    pub totals: Vec<String>,
    /// The words at stations and variables.
    pub tags: Vec<Tag>,
}

impl Marks {
    /// There is nothing to add.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ladder.is_empty() && self.tags.is_empty()
    }
}

/// A drawing that is not a record: a ladder, a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkShape {
    /// The box around it.
    pub rect: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
}

/// How far below the map the ladder stands, in world units.
const LADDER_GAP: f64 = 36.0;
/// How much lower process times stand than waiting times, in world units.
const DROP: f64 = 26.0;
/// The narrowest slot of the ladder, in world units.
const SLOT: f64 = 64.0;

/// Draws the marks around the shapes as they stand; `rect_of` gives the box that a word stands at,
/// `foot` is the lowest edge of the map.
pub(super) fn mark_shapes(
    marks: &Marks,
    nodes: &Records<NodeShape>,
    rect_of: &dyn Fn(Id) -> Option<Rect>,
    foot: f64,
    measure: &dyn MeasureText,
) -> Vec<MarkShape> {
    let mut shapes = Vec::new();
    for tag in &marks.tags {
        if let Some(rect) = rect_of(tag.id) {
            shapes.push(tag_shape(tag, &rect, measure));
        }
    }
    shapes.extend(ladder_shape(marks, nodes, foot, measure));
    shapes
}

fn tag_shape(tag: &Tag, rect: &Rect, measure: &dyn MeasureText) -> MarkShape {
    const HEIGHT: f64 = 18.0;
    const BAR: f64 = 7.0;
    const ROOM: f64 = 8.0;
    let width = measure.width(&tag.words, Font::BADGE) + 2.0 * ROOM;
    let (ink, words) = match tag.kind {
        TagKind::Constraint | TagKind::LimitValue => (Ink::Constraint, Ink::Paper),
        TagKind::Changed => (Ink::Accent, Ink::Paper),
        TagKind::Added => (Ink::Balancing, Ink::Paper),
        TagKind::RunnerUp => (Ink::Line, Ink::Paper),
        TagKind::Value => (Ink::AccentWash, Ink::Text),
        TagKind::Unknown => (Ink::AccentWash, Ink::Accent),
        TagKind::Broken | TagKind::Removed => (Ink::Reinforcing, Ink::Paper),
    };
    let above = !matches!(
        tag.kind,
        TagKind::Value | TagKind::LimitValue | TagKind::Unknown | TagKind::Broken
    );
    let center = if above {
        Point::new(rect.center().x, rect.top - HEIGHT / 2.0 - 8.0)
    } else {
        Point::new(rect.center().x, rect.bottom + HEIGHT / 2.0 + 2.0)
    };
    let pill = Rect::centered(center, width, HEIGHT);
    let mut primitives = Vec::new();
    let mut bounds = pill.grown(1.0);
    if above {
        let frame = rect.grown(4.0);
        let thickness = if tag.kind == TagKind::RunnerUp {
            1.5
        } else {
            3.0
        };
        bounds = bounds.union(&frame.grown(thickness));
        primitives.push(Primitive::Line {
            path: Path::rounded(&frame, 6.0),
            stroke: Stroke::solid(ink, thickness),
        });
        // A thick bar too, so that nobody takes what limits for what is selected.
        if tag.kind == TagKind::Constraint {
            let bar = Rect {
                top: frame.top - BAR,
                bottom: frame.top,
                ..frame
            };
            bounds = bounds.union(&bar);
            primitives.push(Primitive::Fill {
                path: Path::rounded(&bar, 2.0),
                ink,
            });
        }
    }
    if !above {
        primitives.push(Primitive::Fill {
            path: Path::rounded(&pill, HEIGHT / 2.0),
            ink: Ink::Paper,
        });
    }
    primitives.push(Primitive::Fill {
        path: Path::rounded(&pill, HEIGHT / 2.0),
        ink,
    });
    primitives.push(Primitive::Text {
        text: tag.words.clone(),
        at: center,
        width: width - 2.0 * ROOM,
        align: Align::Center,
        font: Font::BADGE,
        ink: words,
    });
    MarkShape {
        rect: bounds,
        primitives,
    }
}

/// A stretch of the ladder.
struct Slot<'a> {
    left: f64,
    right: f64,
    time: &'a LadderTime,
    is_process: bool,
}

fn ladder_shape(
    marks: &Marks,
    nodes: &Records<NodeShape>,
    foot: f64,
    measure: &dyn MeasureText,
) -> Option<MarkShape> {
    // A station may be gone since the marks were made.
    let steps: Vec<&LadderStep> = marks
        .ladder
        .iter()
        .filter(|step| nodes.contains_key(&step.station))
        .collect();
    let slots = aligned(&steps, nodes).or_else(|| in_a_row(&steps, nodes))?;
    let (first, last) = (slots.first()?, slots.last()?);
    let high = foot + LADDER_GAP + Font::DATA.line_height();
    let mut path = vec![Segment::Move(Point::new(first.left, level(high, first)))];
    let mut words = Vec::new();
    for slot in &slots {
        let y = level(high, slot);
        path.push(Segment::Line(Point::new(slot.left, y)));
        path.push(Segment::Line(Point::new(slot.right, y)));
        let (text, ink) = match slot.time {
            LadderTime::Known(text) => (text.clone(), Ink::Text),
            LadderTime::Unknown => ("?".to_owned(), Ink::Accent),
        };
        let aside = Font::DATA.line_height() / 2.0 + 3.0;
        words.push(Primitive::Text {
            width: measure.width(&text, Font::DATA),
            text,
            at: Point::new(
                f64::midpoint(slot.left, slot.right),
                if slot.is_process {
                    y + aside
                } else {
                    y - aside
                },
            ),
            align: Align::Center,
            font: Font::DATA,
            ink,
        });
    }
    let mut rect = Rect {
        left: first.left,
        top: high - Font::DATA.line_height() - 4.0,
        right: last.right,
        bottom: high + DROP + Font::DATA.line_height() + 4.0,
    };
    let mut primitives = vec![Primitive::Line {
        path: Path(path),
        stroke: Stroke::solid(Ink::Line, 1.4),
    }];
    primitives.append(&mut words);
    for (row, text) in marks.totals.iter().enumerate() {
        let width = measure.width(text, Font::BADGE);
        let at = Point::new(last.right + 20.0, high + 4.0 + row as f64 * 18.0);
        rect.right = rect.right.max(at.x + width + 2.0);
        primitives.push(Primitive::Text {
            text: text.clone(),
            at,
            width,
            align: Align::Left,
            font: Font::BADGE,
            ink: Ink::Text,
        });
    }
    Some(MarkShape { rect, primitives })
}

/// Waiting stands high, process time low.
fn level(high: f64, slot: &Slot<'_>) -> f64 {
    if slot.is_process { high + DROP } else { high }
}

/// The slots below their stations; none where the stations do not stand from left to right.
fn aligned<'a>(steps: &[&'a LadderStep], nodes: &Records<NodeShape>) -> Option<Vec<Slot<'a>>> {
    let first = nodes.get(&steps.first()?.station)?;
    let mut slots: Vec<Slot<'a>> = Vec::new();
    let mut end = first.rect.left;
    for (index, step) in steps.iter().enumerate() {
        let rect = nodes.get(&step.station)?.rect;
        if rect.left < end {
            return None;
        }
        if let Some(time) = &step.waiting {
            let right = if step.process.is_some() {
                rect.left
            } else {
                rect.right
            };
            // The wait before the first step has no room but what is given to it.
            let left = if index == 0 && step.process.is_some() {
                end - SLOT
            } else {
                end
            };
            if right - left < SLOT / 2.0 {
                return None;
            }
            slots.push(Slot {
                left,
                right,
                time,
                is_process: false,
            });
        }
        if let Some(time) = &step.process {
            slots.push(Slot {
                left: rect.left,
                right: rect.right,
                time,
                is_process: true,
            });
        }
        end = slots.last().map_or(end, |slot| slot.right);
    }
    Some(slots)
}

/// The slots one after another, from where the first station stands.
fn in_a_row<'a>(steps: &[&'a LadderStep], nodes: &Records<NodeShape>) -> Option<Vec<Slot<'a>>> {
    let left = steps.iter().filter_map(|step| nodes.get(&step.station));
    let mut end = left.map(|node| node.rect.left).reduce(f64::min)?;
    let mut slots = Vec::new();
    for step in steps {
        let times = [(&step.waiting, false), (&step.process, true)];
        for (time, is_process) in times {
            if let Some(time) = time {
                slots.push(Slot {
                    left: end,
                    right: end + 1.4 * SLOT,
                    time,
                    is_process,
                });
                end += 1.4 * SLOT;
            }
        }
    }
    Some(slots)
}

/// The lowest edge of the stations and of the flows between them.
pub(super) fn foot_of<'a>(rects: impl Iterator<Item = Rect> + 'a) -> f64 {
    rects.map(|rect| rect.bottom).fold(f64::MIN, f64::max)
}
