//! What analysis adds to a value-stream map: the ladder below it, the constraint, bound values, and what
//! an improvement that is shown makes of it.

use serde::{Deserialize, Serialize};

use crate::model::{Id, Point, Records, Rect};

use super::differing::{Ghost, ghost_shape, push_differing, push_sign};
use super::ladder::{ladder_shapes, seen_ladder};
use super::link::LinkShape;
use super::magnify::magnified;
use super::node::NodeShape;
use super::primitive::{Align, Path, Primitive, Stroke};
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
    /// The words, in one line or several.
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
    /// An improvement that is shown changes measures of it; a line for each.
    Differs,
    /// An improvement that is shown leaves it out.
    LeftOut,
}

/// What is to be added to the picture of a stream.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Marks {
    /// The steps of the ladder, from left to right.
    pub ladder: Vec<LadderStep>,
    /// The totals at the end of the ladder, a line each.
    pub totals: Vec<String>,
    /// The words at stations and variables.
    pub tags: Vec<Tag>,
    /// The steps that an improvement that is shown puts in.
    pub ghosts: Vec<Ghost>,
}

impl Marks {
    /// There is nothing to add.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ladder.is_empty() && self.tags.is_empty() && self.ghosts.is_empty()
    }
}

/// A drawing that is not a record: a ladder, a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkShape {
    /// The box around it.
    pub rect: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// The records that it is about.
    pub(super) about: Vec<Id>,
    /// How it is shown at small scales.
    pub(super) kind: MarkKind,
}

/// How a mark is shown at small scales, where its words stay large enough to be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum MarkKind {
    /// Its pill grows from where it stands at its station.
    Tag {
        /// The middle of the side of the pill that stays where it is.
        foot: Point,
        /// How many primitives stay as they are: the frame around the station.
        fixed: usize,
        /// The pill.
        pill: Rect,
        /// What stands at the foot where the words have no room.
        sign: Sign,
        /// How wide its words may be, in world units.
        room: f64,
    },
    /// Its times grow away from the line as far as they have room, its totals first.
    Ladder {
        /// Where waiting stands, in world units.
        high: f64,
    },
}

/// What stands for the words of a tag where they have no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Nothing.
    None,
    /// A triangle: a measure differs.
    Triangle,
    /// A cross: it is left out.
    Cross,
    /// A dashed square: a step that is put in.
    Square,
}

/// The pill of a tag at a zoom, if the mark is one.
pub(super) fn seen_tag(mark: &MarkShape, zoom: f64) -> Option<Rect> {
    let MarkKind::Tag { foot, pill, .. } = mark.kind else {
        return None;
    };
    let factor = magnified(Font::TAG.size, zoom);
    let corner = |x: f64, y: f64| foot + (Point::new(x, y) - foot) * factor;
    Some(Rect::from_points(
        corner(pill.left, pill.top),
        corner(pill.right, pill.bottom),
    ))
}

/// What is seen of marks at a zoom, in their order; of words that would lie on each other those
/// that come first.
#[must_use]
pub fn seen_marks(marks: &[&MarkShape], zoom: f64) -> Vec<Primitive> {
    let mut primitives = Vec::new();
    let mut taken: Vec<Rect> = Vec::new();
    for mark in marks {
        match mark.kind {
            MarkKind::Tag {
                foot,
                fixed,
                pill: words,
                sign,
                room,
            } => {
                let (frame, pill) = mark.primitives.split_at(fixed);
                primitives.extend_from_slice(frame);
                let place = seen_tag(mark, zoom).unwrap_or(mark.rect);
                let factor = magnified(Font::TAG.size, zoom);
                let fits = factor == 1.0 || words.width() * factor <= room;
                if fits && taken.iter().all(|other| !other.intersects(&place)) {
                    taken.push(place);
                    let pill = pill.iter();
                    primitives.extend(pill.map(|part| part.magnified(foot, factor)));
                } else {
                    push_sign(&mut primitives, sign, foot, zoom);
                }
            }
            MarkKind::Ladder { high } => {
                primitives.extend(seen_ladder(mark, high, zoom, &mut taken));
            }
        }
    }
    primitives
}

/// Draws the marks around the shapes as they stand; `rect_of` gives the box that a word stands at,
/// `map` are the boxes of stations and flows.
pub(super) fn mark_shapes(
    marks: &Marks,
    (nodes, links): (&Records<NodeShape>, &Records<LinkShape>),
    rect_of: &dyn Fn(Id) -> Option<Rect>,
    map: &[Rect],
    measure: &dyn MeasureText,
) -> Vec<MarkShape> {
    let mut shapes = Vec::new();
    let mut ghosts: Records<Rect> = Records::new();
    // A ghost matters most: nothing else of the picture says that there would be a step.
    for ghost in &marks.ghosts {
        if let Some(link) = links.get(&ghost.flow) {
            let at = link.curve.point(ghost.along);
            let room = 2.0 * ghost.along.min(1.0 - ghost.along) * link.curve.length();
            let shape = ghost_shape(ghost, (at, room), measure);
            ghosts.insert(ghost.id, shape.rect);
            shapes.push(shape);
        }
    }
    // The ladder stands clear of what is said below the map.
    let mut map = map.to_vec();
    map.extend(ghosts.values());
    for tag in &marks.tags {
        if let Some(rect) = rect_of(tag.id).or_else(|| ghosts.get(&tag.id).copied()) {
            let shape = tag_shape(tag, &rect, measure);
            if matches!(tag.kind, TagKind::Differs | TagKind::LeftOut) {
                map.push(shape.rect);
            }
            shapes.push(shape);
        }
    }
    let slim = |rect: &Rect| Rect::centered(rect.center(), SLIM, rect.height());
    let steps = marks.ladder.iter().filter_map(|step| {
        let node = nodes.get(&step.station).map(|node| node.rect);
        let rect = node.or_else(|| ghosts.get(&step.station).map(slim))?;
        Some((step.station, rect))
    });
    let steps: Records<Rect> = steps.collect();
    shapes.extend(ladder_shapes(marks, &steps, &map, measure));
    shapes
}

/// How high the pill of a tag is for each line, in world units.
pub(super) const HEIGHT: f64 = 20.0;
/// The room at the ends of its words, in world units.
pub(super) const ROOM: f64 = 8.0;
/// How wide the time of a ghost stands on the ladder, in world units: flows are short.
const SLIM: f64 = 24.0;

impl Tag {
    /// Whether its pill stands over what it is at; else it stands below.
    pub(super) const fn is_above(&self) -> bool {
        !matches!(
            self.kind,
            TagKind::Value
                | TagKind::LimitValue
                | TagKind::Unknown
                | TagKind::Broken
                | TagKind::Differs
                | TagKind::LeftOut
        )
    }

    /// The box of its pill at an outline.
    pub(super) fn pill(&self, rect: &Rect, measure: &dyn MeasureText) -> Rect {
        let height = HEIGHT * self.words.lines().count().max(1) as f64;
        let y = match self.is_above() {
            true => rect.top - height / 2.0 - 8.0,
            false => rect.bottom + height / 2.0 + 2.0 + self.aside(),
        };
        let widths = self
            .words
            .lines()
            .map(|line| measure.width(line, Font::TAG));
        let width = widths.fold(0.0, f64::max) + 2.0 * ROOM;
        Rect::centered(Point::new(rect.center().x, y), width, height)
    }

    /// How much farther away the pill stands, in world units: outside of the frame.
    const fn aside(&self) -> f64 {
        match self.kind {
            TagKind::Differs | TagKind::LeftOut => 4.0,
            _ => 0.0,
        }
    }
}

fn tag_shape(tag: &Tag, rect: &Rect, measure: &dyn MeasureText) -> MarkShape {
    const BAR: f64 = 7.0;
    let (ink, words) = match tag.kind {
        TagKind::Constraint | TagKind::LimitValue => (Ink::Constraint, Ink::Paper),
        TagKind::Changed => (Ink::Accent, Ink::Paper),
        TagKind::Added => (Ink::Balancing, Ink::Paper),
        TagKind::RunnerUp => (Ink::Line, Ink::Paper),
        TagKind::Value => (Ink::AccentWash, Ink::Text),
        TagKind::Unknown => (Ink::AccentWash, Ink::Accent),
        TagKind::Broken | TagKind::Removed => (Ink::Reinforcing, Ink::Paper),
        TagKind::Differs | TagKind::LeftOut => (Ink::Paper, Ink::Text),
    };
    let above = tag.is_above();
    let pill = tag.pill(rect, measure);
    let center = pill.center();
    let mut primitives = Vec::new();
    let mut bounds = pill.grown(1.0);
    let foot = Point::new(center.x, if above { pill.bottom } else { pill.top });
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
    let sign = push_differing(&mut primitives, tag.kind, rect);
    if sign != Sign::None {
        bounds = bounds.union(&rect.grown(6.0));
    }
    let fixed = primitives.len();
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
    if sign != Sign::None {
        primitives.push(Primitive::Line {
            path: Path::rounded(&pill, HEIGHT / 2.0),
            stroke: Stroke::solid(Ink::Accent, 1.5),
        });
    }
    for (number, line) in tag.words.lines().enumerate() {
        let y = pill.top + (number as f64 + 0.5) * HEIGHT;
        primitives.push(Primitive::Text {
            text: line.to_owned(),
            at: Point::new(center.x, y),
            width: measure.width(line, Font::TAG),
            align: Align::Center,
            font: Font::TAG,
            ink: words,
        });
    }
    MarkShape {
        rect: bounds,
        primitives,
        about: vec![tag.id],
        kind: MarkKind::Tag {
            foot,
            fixed,
            pill,
            sign,
            room: f64::INFINITY,
        },
    }
}
