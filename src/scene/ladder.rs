//! The ladder below a value-stream map: times of waiting and of work, step by step, and the totals.

use crate::model::{Id, Point, Records, Rect, Vector};

use super::magnify::magnified;
use super::marks::{HEIGHT, LadderStep, LadderTime, MarkKind, MarkShape, Marks};
use super::primitive::{Align, Path, Primitive, Segment, Stroke};
use super::text::{EstimatedText, Font, MeasureText};
use super::theme::Ink;

pub(super) fn seen_ladder(
    mark: &MarkShape,
    high: f64,
    zoom: f64,
    taken: &mut Vec<Rect>,
) -> Vec<Primitive> {
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

/// A stretch of the ladder.
struct Slot<'a> {
    left: f64,
    right: f64,
    time: &'a LadderTime,
    is_process: bool,
}

/// The ladder: below each row of the map that it follows, or all in one row below the map.
pub(super) fn ladder_shapes(
    marks: &Marks,
    rects: &Records<Rect>,
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
    let steps = steps.filter(|step| rects.contains_key(&step.station));
    let steps: Vec<LadderStep> = steps.cloned().collect();
    let rows = rows_of(&steps, rects);
    let slots: Option<Vec<Vec<Slot<'_>>>> = rows.iter().map(|row| row.slots(rects)).collect();
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
                let down = next.and_then(|next| row.way_to(next, rects));
                ladders.push((slots, foot, down));
            }
        }
        None => ladders.extend(in_a_row(&steps, rects).map(|slots| (slots, whole, None))),
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
    // The rows are one ladder.
    let about = steps.iter().map(|step| step.station).collect::<Vec<_>>();
    let shapes = shapes.map(|shape| MarkShape {
        about: about.clone(),
        ..shape
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
fn rows_of<'a>(steps: &'a [LadderStep], rects: &Records<Rect>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut begun = 0;
    for (number, step) in steps.iter().enumerate() {
        let Some(rect) = rects.get(&step.station).copied() else {
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
    fn way_to(&self, next: &Row<'_>, rects: &Records<Rect>) -> Option<(Point, Point)> {
        let rect = |step: &LadderStep| rects.get(&step.station).copied();
        let (above, below) = (rect(self.steps.last()?)?, rect(next.steps.first()?)?);
        Some((
            Point::new(above.center().x, above.bottom),
            Point::new(below.center().x, below.top),
        ))
    }

    /// The slots below the steps, whichever way the row leads; none where the steps do not stand
    /// one after the other.
    fn slots(&self, rects: &Records<Rect>) -> Option<Vec<Slot<'a>>> {
        let x = |step: &LadderStep| rects.get(&step.station).map(|rect| rect.center().x);
        let leads_left = x(self.steps.last()?)? < x(self.steps.first()?)?;
        if !leads_left {
            return aligned(self.steps, |id| rects.get(&id).copied());
        }
        let mirrored = aligned(self.steps, |id| rects.get(&id).map(turned));
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
        about: Vec::new(),
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
fn in_a_row<'a>(steps: &'a [LadderStep], rects: &Records<Rect>) -> Option<Vec<Slot<'a>>> {
    let left = steps.iter().filter_map(|step| rects.get(&step.station));
    let mut end = left.map(|rect| rect.left).reduce(f64::min)?;
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
