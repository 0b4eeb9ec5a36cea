//! What analysis adds to a value-stream map: the ladder below it, the constraint, bound values.

use serde::{Deserialize, Serialize};

use crate::model::{Id, Point, Records, Rect, Vector};

use super::legible::magnified;
use super::node::NodeShape;
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::text::{EstimatedText, Font, MeasureText};
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
    /// How it is shown at small scales.
    kind: MarkKind,
}

/// How a mark is shown at small scales, where its words stay large enough to be read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum MarkKind {
    /// Its pill grows from where it stands at its station.
    Tag {
        /// The middle of the side of the pill that stays where it is.
        foot: Point,
        /// How many primitives stay as they are: the frame around the station.
        fixed: usize,
        /// The pill.
        pill: Rect,
    },
    /// Its times grow away from the line as far as they have room, its totals first.
    Ladder {
        /// Where waiting stands, in world units.
        high: f64,
    },
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
            MarkKind::Tag { foot, fixed, .. } => {
                let (frame, pill) = mark.primitives.split_at(fixed);
                primitives.extend_from_slice(frame);
                let place = seen_tag(mark, zoom).unwrap_or(mark.rect);
                if taken.iter().all(|other| !other.intersects(&place)) {
                    taken.push(place);
                    let factor = magnified(Font::TAG.size, zoom);
                    let pill = pill.iter();
                    primitives.extend(pill.map(|part| part.magnified(foot, factor)));
                }
            }
            MarkKind::Ladder { high } => {
                primitives.extend(seen_ladder(mark, high, zoom, &mut taken));
            }
        }
    }
    primitives
}

fn seen_ladder(mark: &MarkShape, high: f64, zoom: f64, taken: &mut Vec<Rect>) -> Vec<Primitive> {
    let mut primitives = Vec::new();
    let way = mark.primitives.first().and_then(Primitive::bounds);
    let room = way.map_or(0.0, |way| way.width()).max(NARROW / zoom);
    let is_total = |primitive: &&Primitive| {
        matches!(
            primitive,
            Primitive::Text {
                align: Align::Right,
                ..
            }
        )
    };
    let (totals, others): (Vec<_>, Vec<_>) = mark.primitives.iter().partition(is_total);
    // The totals matter most.
    let words = in_rows(&totals, room, zoom).into_iter();
    for primitive in words.chain(others.into_iter().rev().cloned()) {
        let Primitive::Text {
            at,
            width,
            align,
            font,
            ..
        } = &primitive
        else {
            primitives.push(primitive);
            continue;
        };
        let factor = magnified(font.size, zoom);
        // Away from the line, so that it is not covered.
        let line = match (*align, at.y < high) {
            (Align::Center, true) => at.y + font.line_height() / 2.0,
            _ => at.y - font.line_height() / 2.0,
        };
        let about = Point::new(at.x, line);
        let left = align.left_of(at.x, width * factor);
        let middle = line + (at.y - line) * factor;
        let place = Rect::centered(
            Point::new(left + width * factor / 2.0, middle),
            width * factor + 3.0 / zoom,
            font.size * factor,
        );
        if factor == 1.0 || taken.iter().all(|other| !other.intersects(&place)) {
            taken.push(place);
            primitives.push(primitive.magnified(about, factor));
        }
    }
    primitives
}

/// The totals as they are seen at a zoom: where they are magnified, in as many rows as it takes to be
/// no wider than the ladder over them. A phone is no wider.
fn in_rows(totals: &[&Primitive], room: f64, zoom: f64) -> Vec<Primitive> {
    let as_they_are = || totals.iter().copied().cloned().collect();
    let Some(Primitive::Text { at, font, ink, .. }) = totals.first() else {
        return as_they_are();
    };
    let factor = magnified(font.size, zoom);
    if factor <= 1.0 {
        return as_they_are();
    }
    let (mut parts, mut widths) = (Vec::new(), (0.0, 0.0));
    for total in totals {
        if let Primitive::Text { text, width, .. } = total {
            parts.extend(text.split(BETWEEN));
            widths.0 += width;
            widths.1 += EstimatedText.width(text, *font);
        }
    }
    // As wide as it is before it is magnified.
    let (measured, estimated) = widths;
    let width_of =
        |text: &str| EstimatedText.width(text, *font) * measured / f64::max(estimated, 1.0);
    let fits = |text: &str| width_of(text) * factor <= room;
    let mut rows: Vec<String> = Vec::new();
    for part in parts {
        match rows.last_mut() {
            Some(row) if fits(&format!("{row}{BETWEEN}{part}")) => {
                row.push_str(BETWEEN);
                row.push_str(part);
            }
            // How far it may be from that has a row of its own.
            _ => match part.split_once(" (") {
                Some((total, range)) if !fits(part) => {
                    rows.extend([total.to_owned(), format!("({range}")]);
                }
                _ => rows.push(part.to_owned()),
            },
        }
    }
    let row = |(number, text): (usize, String)| Primitive::Text {
        width: width_of(&text),
        text,
        at: *at + Vector::new(0.0, number as f64 * font.line_height() * factor),
        align: Align::Right,
        font: *font,
        ink: *ink,
    };
    rows.into_iter().enumerate().map(row).collect()
}

/// Rows of totals may be this wide however narrow the ladder is, in CSS pixels.
const NARROW: f64 = 160.0;
/// What stands between two totals.
const BETWEEN: &str = " \u{b7} ";
/// How far below the map the ladder stands, in world units.
const LADDER_GAP: f64 = 36.0;
/// How much lower process times stand than waiting times, in world units.
const DROP: f64 = 26.0;
/// The narrowest slot of the ladder, in world units.
const SLOT: f64 = 64.0;

/// Draws the marks around the shapes as they stand; `rect_of` gives the box that a word stands at,
/// `map` are the boxes of stations and flows.
pub(super) fn mark_shapes(
    marks: &Marks,
    nodes: &Records<NodeShape>,
    rect_of: &dyn Fn(Id) -> Option<Rect>,
    map: &[Rect],
    measure: &dyn MeasureText,
) -> Vec<MarkShape> {
    let mut shapes = Vec::new();
    for tag in &marks.tags {
        if let Some(rect) = rect_of(tag.id) {
            shapes.push(tag_shape(tag, &rect, measure));
        }
    }
    shapes.extend(ladder_shapes(marks, nodes, map, measure));
    shapes
}

/// How high the pill of a tag is, in world units.
const HEIGHT: f64 = 20.0;
/// The room at the ends of its words, in world units.
const ROOM: f64 = 8.0;

impl Tag {
    /// Whether its pill stands over what it is at; else it stands below.
    pub(super) const fn is_above(&self) -> bool {
        !matches!(
            self.kind,
            TagKind::Value | TagKind::LimitValue | TagKind::Unknown | TagKind::Broken
        )
    }

    /// The box of its pill at an outline.
    pub(super) fn pill(&self, rect: &Rect, measure: &dyn MeasureText) -> Rect {
        let y = match self.is_above() {
            true => rect.top - HEIGHT / 2.0 - 8.0,
            false => rect.bottom + HEIGHT / 2.0 + 2.0,
        };
        let width = measure.width(&self.words, Font::TAG) + 2.0 * ROOM;
        Rect::centered(Point::new(rect.center().x, y), width, HEIGHT)
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
    primitives.push(Primitive::Text {
        text: tag.words.clone(),
        at: center,
        width: pill.width() - 2.0 * ROOM,
        align: Align::Center,
        font: Font::TAG,
        ink: words,
    });
    MarkShape {
        rect: bounds,
        primitives,
        kind: MarkKind::Tag { foot, fixed, pill },
    }
}

/// A stretch of the ladder.
struct Slot<'a> {
    left: f64,
    right: f64,
    time: &'a LadderTime,
    is_process: bool,
}

/// The ladder: below each row of the map that it follows, or all in one row below the map.
fn ladder_shapes(
    marks: &Marks,
    nodes: &Records<NodeShape>,
    map: &[Rect],
    measure: &dyn MeasureText,
) -> Vec<MarkShape> {
    let foot = |below: f64, above: f64| {
        let parts = map
            .iter()
            .filter(|rect| rect.bottom < above && rect.bottom > below);
        parts.map(|rect| rect.bottom).fold(f64::MIN, f64::max)
    };
    let whole = foot(f64::MIN, f64::INFINITY);
    // A station may be gone since the marks were made.
    let steps = marks.ladder.iter();
    let steps = steps.filter(|step| nodes.contains_key(&step.station));
    let steps: Vec<LadderStep> = steps.cloned().collect();
    let rows = rows_of(&steps, nodes);
    let slots: Option<Vec<Vec<Slot<'_>>>> = rows.iter().map(|row| row.slots(nodes)).collect();
    let mut ladders = Vec::new();
    match slots.filter(|slots| !slots.is_empty()) {
        Some(slots) => {
            for (number, (row, slots)) in rows.iter().zip(slots).enumerate() {
                let next = rows.get(number + 1);
                let foot = match next {
                    // What comes as near to the next row as the tags over it leads there.
                    Some(next) => foot(row.top, next.top - 2.0 * HEIGHT).max(row.bottom),
                    None => whole,
                };
                let down = next.and_then(|next| row.way_to(next, nodes));
                ladders.push((slots, foot, down));
            }
        }
        None => ladders.extend(in_a_row(&steps, nodes).map(|slots| (slots, whole, None))),
    }
    let count = ladders.len();
    let end = |slots: &[Slot<'_>]| slots.iter().map(|slot| slot.right).fold(f64::MIN, f64::max);
    let right = ladders
        .iter()
        .map(|(slots, ..)| end(slots))
        .fold(f64::MIN, f64::max);
    let shapes = ladders.into_iter().enumerate();
    let shapes = shapes.filter_map(|(number, (slots, foot, down))| {
        let is_last = number + 1 == count;
        let totals = if is_last { &marks.totals[..] } else { &[] };
        ladder_shape(&slots, (totals, right), foot, down, measure)
    });
    shapes.collect()
}

/// The steps of the ladder that stand in one row of the map.
struct Row<'a> {
    steps: &'a [LadderStep],
    top: f64,
    bottom: f64,
}

/// The rows in which the steps stand: where one stands wholly below or above those before it,
/// another begins.
fn rows_of<'a>(steps: &'a [LadderStep], nodes: &Records<NodeShape>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut begun = 0;
    for (number, step) in steps.iter().enumerate() {
        let Some(rect) = nodes.get(&step.station).map(|node| node.rect) else {
            return Vec::new();
        };
        match rows.last_mut() {
            Some(row) if rect.top <= row.bottom && rect.bottom >= row.top => {
                row.steps = &steps[begun..=number];
                row.top = row.top.min(rect.top);
                row.bottom = row.bottom.max(rect.bottom);
            }
            _ => {
                begun = number;
                rows.push(Row {
                    steps: &steps[number..=number],
                    top: rect.top,
                    bottom: rect.bottom,
                });
            }
        }
    }
    rows
}

impl<'a> Row<'a> {
    /// From the last step down to the first of the next row: there the flow between them passes the
    /// ladder.
    fn way_to(&self, next: &Row<'_>, nodes: &Records<NodeShape>) -> Option<(Point, Point)> {
        let rect = |step: &LadderStep| nodes.get(&step.station).map(|node| node.rect);
        let (above, below) = (rect(self.steps.last()?)?, rect(next.steps.first()?)?);
        Some((
            Point::new(above.center().x, above.bottom),
            Point::new(below.center().x, below.top),
        ))
    }

    /// The slots below the steps, whichever way the row leads; none where the steps do not stand
    /// one after the other.
    fn slots(&self, nodes: &Records<NodeShape>) -> Option<Vec<Slot<'a>>> {
        let x = |step: &LadderStep| nodes.get(&step.station).map(|node| node.rect.center().x);
        let leads_left = x(self.steps.last()?)? < x(self.steps.first()?)?;
        if !leads_left {
            return aligned(self.steps, |id| Some(nodes.get(&id)?.rect));
        }
        let mirrored = aligned(self.steps, |id| Some(turned(&nodes.get(&id)?.rect)));
        let back = |slot: Slot<'a>| Slot {
            left: -slot.right,
            right: -slot.left,
            ..slot
        };
        Some(mirrored?.into_iter().map(back).collect())
    }
}

/// A box seen in a mirror.
fn turned(rect: &Rect) -> Rect {
    Rect {
        left: -rect.right,
        right: -rect.left,
        ..*rect
    }
}

/// The paper between a time of the ladder and the flow that passes it, in world units.
const ASIDE: f64 = 8.0;

/// The middle of the words of a slot: the middle of the slot, or of the wider part of it that a flow
/// leaves which passes there.
fn middle_of_words(slot: &Slot<'_>, width: f64, passing: Option<f64>) -> f64 {
    let middle = f64::midpoint(slot.left, slot.right);
    match passing {
        Some(x) if (x - middle).abs() < width / 2.0 + ASIDE => {
            let is_left = x - slot.left > slot.right - x;
            let (left, right) = match is_left {
                true => (slot.left, x - ASIDE),
                false => (x + ASIDE, slot.right),
            };
            // Where the words do not fit, they go beyond the slot and not over the flow.
            match (right - left < width, is_left) {
                (false, _) => f64::midpoint(left, right),
                (true, true) => right - width / 2.0,
                (true, false) => left + width / 2.0,
            }
        }
        _ => middle,
    }
}

/// How many of the totals stand in a line.
const TOTALS_IN_LINE: usize = 2;

/// The part of the ladder below a row of the map, in the order of its steps, with the totals under
/// the right end of the map; `down` is the flow to the next row.
fn ladder_shape(
    slots: &[Slot<'_>],
    (totals, right): (&[String], f64),
    foot: f64,
    down: Option<(Point, Point)>,
    measure: &dyn MeasureText,
) -> Option<MarkShape> {
    let (first, last) = (slots.first()?, slots.last()?);
    let leads_left = last.left < first.left;
    let ends = |slot: &Slot<'_>| match leads_left {
        true => (slot.right, slot.left),
        false => (slot.left, slot.right),
    };
    let high = foot + LADDER_GAP + Font::DATA.line_height();
    let mut path = vec![Segment::Move(Point::new(ends(first).0, level(high, first)))];
    let mut words = Vec::new();
    for slot in slots {
        let y = level(high, slot);
        let (begin, end) = ends(slot);
        path.push(Segment::Line(Point::new(begin, y)));
        path.push(Segment::Line(Point::new(end, y)));
        let (text, ink) = match slot.time {
            LadderTime::Known(text) => (text.clone(), Ink::Text),
            LadderTime::Unknown => ("?".to_owned(), Ink::Accent),
        };
        let aside = Font::DATA.line_height() / 2.0 + 3.0;
        let line = if slot.is_process {
            y + aside
        } else {
            y - aside
        };
        let passing = down.map(|(from, to)| {
            let share = (line - from.y) / (to.y - from.y).max(1.0);
            from.x + (to.x - from.x) * share.clamp(0.0, 1.0)
        });
        let width = measure.width(&text, Font::DATA);
        words.push(Primitive::Text {
            width,
            text,
            at: Point::new(middle_of_words(slot, width, passing), line),
            align: Align::Center,
            font: Font::DATA,
            ink,
        });
    }
    let mut rect = Rect {
        left: first.left.min(last.left),
        top: high - Font::DATA.line_height() - 4.0,
        right: first.right.max(last.right),
        bottom: high + DROP + Font::DATA.line_height() + 4.0,
    };
    let mut primitives = vec![Primitive::Line {
        path: Path(path),
        stroke: Stroke::solid(Ink::Line, 1.4),
    }];
    primitives.append(&mut words);
    if !totals.is_empty() {
        // Below the end of the ladder: beside it they would make the map wider.
        for line in totals.chunks(TOTALS_IN_LINE) {
            let text = line.join(BETWEEN);
            let width = measure.width(&text, Font::TOTAL);
            let at = Point::new(right, rect.bottom + Font::TOTAL.line_height() / 2.0);
            rect.left = rect.left.min(at.x - width);
            rect.right = rect.right.max(at.x);
            rect.bottom += Font::TOTAL.line_height();
            primitives.push(Primitive::Text {
                text,
                at,
                width,
                align: Align::Right,
                font: Font::TOTAL,
                ink: Ink::Text,
            });
        }
    }
    Some(MarkShape {
        rect,
        primitives,
        kind: MarkKind::Ladder { high },
    })
}

/// Waiting stands high, process time low.
fn level(high: f64, slot: &Slot<'_>) -> f64 {
    if slot.is_process { high + DROP } else { high }
}

/// The slots below their stations; none where the stations do not stand from left to right.
fn aligned<'a>(
    steps: &'a [LadderStep],
    rect_of: impl Fn(Id) -> Option<Rect>,
) -> Option<Vec<Slot<'a>>> {
    let mut slots: Vec<Slot<'a>> = Vec::new();
    let mut end = rect_of(steps.first()?.station)?.left;
    for (index, step) in steps.iter().enumerate() {
        let rect = rect_of(step.station)?;
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
fn in_a_row<'a>(steps: &'a [LadderStep], nodes: &Records<NodeShape>) -> Option<Vec<Slot<'a>>> {
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
