//! What a link looks like: an arc from rim to rim, its head, its sign, its delay.

use crate::model::{Delay, Id, Link, Point, Rect, Vector};

use super::curve::Curve;
use super::link_label::{LinkLabel, draw_label, label_box};
use super::link_look::{LinkColours, LinkLook, look_of};
use super::primitive::{Align, Path, Primitive, Stroke};
use super::sign::{self, SignSide, sign_position};
use super::text::Font;
use super::theme::Ink;

/// Paper between a rim and the end of a link, in world units.
const GAP: f64 = 3.0;
/// Length of an arrow head, in world units.
const HEAD: f64 = 12.0;
/// Half the width of an arrow head, in world units.
const HEAD_HALF: f64 = 4.5;
/// How deep the foot of an arrow head is cut in, in world units.
const HEAD_NOTCH: f64 = 3.0;
/// Half the length of a hash of the delay mark, in world units.
const HASH_HALF: f64 = 7.5;
/// The share of the way at which the delay is marked: off the middle, where the handle is.
const DELAY_AT: f64 = 0.36;
/// About how long a piece of a link is that is painted by itself, in world units.
const PIECE: f64 = 250.0;
/// The radius of the ring of a self-link, in world units.
pub const RING_RADIUS: f64 = 24.0;
/// How far apart links that would lie on each other are drawn, in bend.
const FAN: f64 = 0.18;

/// How many times as large as at 100 % the parts of a link are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkSizes {
    /// The arrow head and the mark of a delay.
    pub head: f64,
    /// The sign, with its distance from the way.
    pub sign: f64,
    /// The width of lines.
    pub line: f64,
}

impl LinkSizes {
    /// As at 100 %.
    pub const NATURAL: Self = Self {
        head: 1.0,
        sign: 1.0,
        line: 1.0,
    };
}

/// A link with its way and its drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkShape {
    /// Its record.
    pub id: Id,
    /// The way from rim to rim.
    pub curve: Curve,
    /// The way from middle to middle, which loops are measured along.
    pub spine: Curve,
    /// The middle of the sign, beside the head; of a flow, of its words.
    pub sign: Point,
    /// Which side of the way the sign stands on.
    pub side: SignSide,
    /// How wide the sign is, in world units.
    pub sign_size: f64,
    /// Where the handle that bends it stands.
    pub handle: Point,
    /// The box around everything drawn.
    pub bounds: Rect,
    /// What is drawn.
    pub primitives: Vec<Primitive>,
    /// How many of these draw the way; the others are its sign or words.
    pub way: usize,
    /// How many of these draw the way and its sign; the others are its words.
    pub signed: usize,
    /// The box around the words on the line of a link.
    pub label: Option<Rect>,
    /// These words.
    pub(super) words: Option<LinkLabel>,
}

/// What of a link follows neither from its record nor from where its ends stand.
#[derive(Clone, Debug)]
pub(super) struct Dress {
    /// How large its parts are.
    pub sizes: LinkSizes,
    /// What its colour says.
    pub colours: LinkColours,
    /// Its words, if they are shown.
    pub label: Option<LinkLabel>,
    /// Which side its sign stands on.
    pub side: SignSide,
}

impl LinkShape {
    /// Boxes that together hold everything drawn: one around a long way would hold much else.
    #[must_use]
    pub fn boxes(&self) -> Vec<Rect> {
        let pieces = (self.curve.length() / PIECE).ceil().clamp(1.0, 24.0);
        let piece = |number: i32| {
            let at = |number: i32| f64::from(number) / pieces;
            let part = self.curve.part(at(number), at(number + 1));
            part.bounds().grown(HASH_HALF + 1.0)
        };
        let mut boxes: Vec<Rect> = (0..pieces as i32).map(piece).collect();
        boxes.push(self.sign_box());
        boxes.extend(self.label);
        boxes
    }

    /// What the sign takes up, or the words of a flow.
    #[must_use]
    pub fn sign_box(&self) -> Rect {
        let height = self.sign_size.min(1.5 * Font::SIGN.size);
        Rect::centered(self.sign, self.sign_size, height)
    }
}

/// The shape of a link between two outlines, bent by `bend` (see [`Link::bend`]), without its words.
#[must_use]
pub fn link_shape(id: Id, link: &Link, bend: f64, from: &Rect, to: &Rect) -> LinkShape {
    let dress = Dress {
        sizes: LinkSizes::NATURAL,
        colours: LinkColours::Own,
        label: None,
        side: SignSide::Outer,
    };
    let ways = curves_between(link.is_self_link(), from, to, bend);
    dressed_link(id, link, ways, from, to, &dress)
}

/// The shape of a link along its ways: from middle to middle, and from rim to rim.
pub(super) fn dressed_link(
    id: Id,
    link: &Link,
    (spine, curve): (Curve, Curve),
    from: &Rect,
    to: &Rect,
    dress: &Dress,
) -> LinkShape {
    let sizes = dress.sizes;
    let look = look_of(link, dress.colours, sizes.line);
    let sign = sign_position(&curve, dress.side, from, to, sizes.sign);
    let mut primitives = draw_link(&curve, link, sign, sizes, &look);
    let bounds = curve
        .bounds()
        .grown(HASH_HALF * sizes.head * look.head + 1.0);
    let side = Font::SIGN.size * sizes.sign;
    let mut bounds = bounds.union(&Rect::centered(sign, side, side));
    let signed = primitives.len();
    let label = dress.label.as_ref().map(|words| {
        let square = Rect::centered(sign, sign::SIDE * sizes.sign, sign::SIDE * sizes.sign);
        let mut taken = vec![*from, *to, square];
        if link.delay == Delay::Delayed {
            let side = 2.0 * HASH_HALF * sizes.head;
            taken.push(Rect::centered(curve.point(DELAY_AT), side, side));
        }
        let rect = label_box(&curve, words, &taken);
        bounds = bounds.union(&rect);
        primitives.extend(draw_label(words, &rect, look.label));
        rect
    });
    LinkShape {
        id,
        curve,
        spine,
        sign,
        side: dress.side,
        sign_size: side,
        handle: spine.point(0.5),
        bounds,
        primitives,
        way: signed - 1,
        signed,
        label,
        words: dress.label.clone(),
    }
}

/// The way from middle to middle and that from rim to rim; a ring leads back to its own rim.
pub(super) fn curves_between(is_ring: bool, from: &Rect, to: &Rect, bend: f64) -> (Curve, Curve) {
    if is_ring {
        return ring(from, bend);
    }
    let spine = Curve::between(from.center(), to.center(), bend);
    (spine, trimmed(&spine, from, to))
}

/// A way that ends, or begins, at the rim of what stands over its end, where that is in its way.
pub(super) fn ending_at(curve: Curve, from: Option<&Rect>, to: Option<&Rect>) -> Curve {
    let crossing = |rect: Option<&Rect>| rect.map(|rect| curve.crossings(&rect.grown(GAP)));
    let end = crossing(to).and_then(|found| found.first().copied());
    let start = crossing(from).and_then(|found| found.last().copied());
    let start = start.filter(|t| *t < 0.5).unwrap_or(0.0);
    let end = end.filter(|t| *t > 0.5).unwrap_or(1.0);
    match (start, end) {
        (0.0, 1.0) => curve,
        _ => curve.part(start, end),
    }
}

/// A way that ends, or begins, at the name of a rate, where that stands before its valve: under it
/// nobody would see the head.
pub(super) fn clear_of_names(curve: Curve, from: Option<&Rect>, to: Option<&Rect>) -> Curve {
    let crossings = |name: Option<&Rect>, other_end: f64| {
        let name = name.map(|name| name.grown(GAP));
        let apart = name.filter(|name| !name.contains(curve.point(other_end)));
        apart.map(|name| curve.crossings(&name)).unwrap_or_default()
    };
    let start = crossings(from, 1.0).last().copied().unwrap_or(0.0);
    let end = crossings(to, 0.0).first().copied().unwrap_or(1.0);
    if start < end {
        curve.part(start, end)
    } else {
        curve
    }
}

/// The bends at which the links between one pair are drawn, so that none lies on another.
///
/// Takes and gives the bends as seen from the same end; an order that does not depend on how the
/// links are listed keeps the picture still.
#[must_use]
pub fn fanned(bends: &[(Id, f64)]) -> Vec<(Id, f64)> {
    let mut sorted = bends.to_vec();
    sorted.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    for index in 1..sorted.len() {
        let least = sorted[index - 1].1 + FAN;
        if sorted[index].1 - sorted[index - 1].1 < FAN / 2.0 {
            sorted[index].1 = least;
        }
    }
    sorted
}

/// The ring of a self-link: out of the rim and back.
fn ring(rect: &Rect, turns: f64) -> (Curve, Curve) {
    let direction = Vector::from_angle((turns - 0.25) * std::f64::consts::TAU);
    let rim = rim_point(rect, direction);
    let circle = Curve::circle(
        rim + direction * (RING_RADIUS * 0.72),
        RING_RADIUS,
        (-direction).angle(),
    );
    (circle, trimmed(&circle, rect, rect))
}

/// Where the ray from the middle of a box leaves it.
#[must_use]
pub fn rim_point(rect: &Rect, direction: Vector) -> Point {
    let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
    let reach = (half.x / direction.x.abs()).min(half.y / direction.y.abs());
    if reach.is_finite() {
        rect.center() + direction * reach
    } else {
        rect.center()
    }
}

/// The part of a way that lies outside the outlines of its ends.
fn trimmed(spine: &Curve, from: &Rect, to: &Rect) -> Curve {
    let start = spine
        .crossings(&from.grown(GAP))
        .first()
        .copied()
        .unwrap_or(0.0);
    let end = spine
        .crossings(&to.grown(GAP))
        .last()
        .copied()
        .unwrap_or(1.0);
    if start < end {
        spine.part(start, end)
    } else {
        // The outlines overlap: a trace of the link in the middle is better than none.
        spine.part(0.48, 0.52)
    }
}

/// The way without its head, and the head.
pub(super) fn head_of(curve: &Curve, size: f64, ink: Ink) -> (Curve, Primitive) {
    let length = curve.length().max(1.0e-6);
    let head = (HEAD * size / length).min(0.5);
    let tip = curve.point(1.0);
    // The head points from where the line ends to the tip, so that it follows a tight arc.
    let base = curve.point(1.0 - head);
    let along = (tip - base).unit();
    let side = along.left() * (HEAD_HALF * size);
    let notch = base + along * (HEAD_NOTCH * size);
    let fill = Primitive::Fill {
        path: Path::polygon(&[tip, base + side, notch, base - side]),
        ink,
    };
    (curve.part(0.0, 1.0 - head * 0.7), fill)
}

/// What is drawn of a link along `curve` with its sign at `sign`, which comes last.
fn draw_link(
    curve: &Curve,
    link: &Link,
    sign: Point,
    sizes: LinkSizes,
    look: &LinkLook,
) -> Vec<Primitive> {
    let (shaft, head) = head_of(curve, sizes.head * look.head, look.stroke.ink);
    let mut primitives = vec![
        Primitive::Line {
            path: Path::along(&shaft),
            stroke: look.stroke,
        },
        head,
    ];
    if link.delay == Delay::Delayed {
        let stroke = Stroke::solid(look.stroke.ink, look.stroke.width);
        // Both hashes follow the middle of the mark, so that they are parallel on a tight arc too.
        let middle = curve.point(DELAY_AT);
        let along = curve.tangent(DELAY_AT);
        let across = along.left() * (HASH_HALF * sizes.head);
        for shift in [-2.75, 2.75] {
            let foot = middle + along * (shift * sizes.head);
            primitives.push(Primitive::Line {
                path: Path::line(foot - across, foot + across),
                stroke,
            });
        }
    }
    primitives.push(Primitive::Text {
        text: link.polarity.symbol().to_string(),
        at: sign,
        width: Font::SIGN.size * sizes.sign * 0.6,
        align: Align::Center,
        font: Font {
            size: Font::SIGN.size * sizes.sign,
            ..Font::SIGN
        },
        ink: look.sign,
    });
    primitives
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f64, y: f64) -> Rect {
        Rect::centered(Point::new(x, y), 80.0, 28.0)
    }

    #[test]
    fn a_link_starts_and_ends_at_the_rims() {
        let link = Link::new(Id::from_bits(1), Id::from_bits(2), 0.2);
        let shape = link_shape(
            Id::from_bits(3),
            &link,
            0.2,
            &rect(0.0, 0.0),
            &rect(300.0, 90.0),
        );
        for (t, end) in [(0.0, rect(0.0, 0.0)), (1.0, rect(300.0, 90.0))] {
            assert!(
                (end.distance(shape.curve.point(t)) - GAP).abs() < 1.3,
                "at {t}"
            );
        }
    }

    #[test]
    fn a_sign_stands_on_the_outer_side_clear_of_the_names() {
        let link = Link::new(Id::from_bits(1), Id::from_bits(2), 0.0);
        for bend in [-0.6, -0.2, 0.2, 0.6] {
            for (x, y) in [(300.0, 0.0), (180.0, 150.0), (0.0, 220.0), (-260.0, -60.0)] {
                let to = rect(x, y);
                let shape = link_shape(Id::from_bits(3), &link, bend, &rect(0.0, 0.0), &to);
                let side = shape.curve.tangent(1.0).left();
                let aside = (shape.sign - shape.curve.point(1.0)).dot(side);
                assert!(aside * bend > 0.0, "{bend} {x} {y}");
                let taken = Rect::centered(shape.sign, sign::SIDE, sign::SIDE);
                assert!(!taken.intersects(&to), "{bend} {x} {y}");
            }
        }
    }

    #[test]
    fn outlines_that_overlap_still_leave_a_trace() {
        let link = Link::new(Id::from_bits(1), Id::from_bits(2), 0.2);
        let shape = link_shape(
            Id::from_bits(3),
            &link,
            0.2,
            &rect(0.0, 0.0),
            &rect(10.0, 0.0),
        );
        assert!(shape.curve.length() > 0.0);
        assert!(shape.bounds.width().is_finite());
    }

    #[test]
    fn the_boxes_of_a_link_hold_its_whole_way() {
        let link = Link::new(Id::from_bits(1), Id::from_bits(2), 0.6);
        let (from, to) = (rect(0.0, 0.0), rect(4_000.0, -900.0));
        let shape = link_shape(Id::from_bits(3), &link, 0.6, &from, &to);
        let boxes = shape.boxes();
        let held = |at: Point| boxes.iter().any(|part| part.contains(at));
        assert!((0..=200).all(|step| held(shape.curve.point(f64::from(step) / 200.0))));
        assert!(held(shape.sign));
        assert!(
            boxes
                .iter()
                .all(|part| shape.bounds.grown(1.0e-6).contains_rect(part))
        );
        let area: f64 = boxes.iter().map(|part| part.width() * part.height()).sum();
        assert!(area < shape.bounds.width() * shape.bounds.height() / 4.0);
    }

    #[test]
    fn a_self_link_stands_where_it_is_told() {
        let link = Link::new(Id::from_bits(1), Id::from_bits(1), 0.25);
        let shape = link_shape(
            Id::from_bits(3),
            &link,
            0.25,
            &rect(0.0, 0.0),
            &rect(0.0, 0.0),
        );
        assert!(shape.handle.x > 60.0 && shape.handle.y.abs() < 1.0);
        assert!(shape.curve.length() > RING_RADIUS * 3.0);
    }

    #[test]
    fn links_on_each_other_fan_out_and_others_stay() {
        let id = Id::from_bits;
        let fan = fanned(&[(id(1), 0.2), (id(2), 0.2), (id(3), -0.2)]);
        assert_eq!(fan, [(id(3), -0.2), (id(1), 0.2), (id(2), 0.2 + FAN)]);
    }
}
