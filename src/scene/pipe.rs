//! What a pipe looks like: two lines with paper between them, a head at the sink, clouds at the ends
//! without a stock, a valve in the middle.

use std::f64::consts::{FRAC_PI_2, TAU};

use crate::model::{Colour, Delay, FlowSide, Id, Link, Point, Rect, Vector};

use super::connector::Heading;
use super::curve::Curve;
use super::link::{Dress, LinkShape, LinkSizes};
use super::link_label::{draw_label, label_box};
use super::link_look::{LinkColours, look_of};
use super::pipe_way::{HalfRoute, VALVE_HALF};
use super::primitive::{Path, Primitive, Segment, Stroke};
use super::theme::Ink;

/// Half the width of a pipe, from line to line, in world units.
const PIPE_HALF: f64 = 3.5;
/// The width of its lines, in world units.
const LINE: f64 = 1.4;
/// The length of the head at its sink, in world units.
const HEAD: f64 = 13.0;
/// Half the width of that head, in world units.
const HEAD_HALF: f64 = 9.0;
/// The radius of a corner, in the middle of the pipe, in world units.
const CORNER: f64 = 9.0;
/// Half the length of a hash of the mark of a delay, in world units.
const HASH_HALF: f64 = 9.0;

/// One half of a pipe, and what it leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PipeHalf {
    /// The link that is drawn as this half; none where it ends in a cloud.
    pub link: Option<Id>,
    /// Its way.
    pub route: HalfRoute,
}

/// The pipe of a rate, with what is drawn of it that no link draws: its clouds and what leads there.
#[derive(Clone, Debug, PartialEq)]
pub struct PipeShape {
    /// The rate.
    pub id: Id,
    /// The half between the source and the valve.
    pub source: PipeHalf,
    /// The half between the valve and the sink.
    pub sink: PipeHalf,
    /// What is drawn; nothing where both ends are stocks.
    pub primitives: Vec<Primitive>,
    /// The box around that.
    pub bounds: Option<Rect>,
    colour: Option<Colour>,
}

impl PipeShape {
    /// The pipe of a rate with this colour.
    #[must_use]
    pub fn new(id: Id, source: PipeHalf, sink: PipeHalf, colour: Option<Colour>) -> Self {
        let mut pipe = Self {
            id,
            source,
            sink,
            primitives: Vec::new(),
            bounds: None,
            colour,
        };
        pipe.primitives = pipe.seen(LinkSizes::NATURAL);
        let boxes = pipe.primitives.iter().filter_map(Primitive::bounds);
        pipe.bounds = boxes.reduce(|all, part| all.union(&part));
        pipe
    }

    /// What is drawn where the parts of links have these sizes.
    #[must_use]
    pub fn seen(&self, sizes: LinkSizes) -> Vec<Primitive> {
        let mut primitives = Vec::new();
        let ink = self.ink();
        for (side, half) in self.halves() {
            if half.link.is_some() {
                continue;
            }
            let cloud = cloud_seen(&half.route.end, sizes);
            let outside = half.route.outside(VALVE_HALF * sizes.head, &cloud);
            primitives.extend(draw_half(&outside, side, sizes, ink, 1.0));
            primitives.extend(draw_cloud(&cloud, ink, sizes));
        }
        primitives
    }

    fn ink(&self) -> Ink {
        self.colour.map_or(Ink::Line, Ink::Colour)
    }

    /// Both halves, each with the way in which something flows at its end.
    #[must_use]
    pub const fn halves(&self) -> [(FlowSide, &PipeHalf); 2] {
        [(FlowSide::Out, &self.source), (FlowSide::In, &self.sink)]
    }

    /// The half that a link is drawn as, if it is one.
    #[must_use]
    pub fn half_of(&self, link: Id) -> Option<(FlowSide, &PipeHalf)> {
        let mut halves = self.halves().into_iter();
        halves.find(|(_, half)| half.link == Some(link))
    }

    /// The boxes of its clouds, each with what flows there as seen from a stock.
    pub fn clouds(&self) -> impl Iterator<Item = (FlowSide, Rect)> + '_ {
        let halves = self.halves().into_iter();
        let open = halves.filter(|(_, half)| half.link.is_none());
        open.map(|(side, half)| (side, half.route.end))
    }

    /// How far a place is from the nearest cloud, or from the pipe that leads there.
    #[must_use]
    pub fn distance(&self, at: Point) -> f64 {
        let open = self.halves().into_iter();
        let open = open.filter(|(_, half)| half.link.is_none());
        let distances = open.map(|(_, half)| {
            let way = half.route.outside(VALVE_HALF, &half.route.end);
            let beside = (way.distance(at) - PIPE_HALF).max(0.0);
            half.route.end.distance(at).min(beside)
        });
        distances.fold(f64::INFINITY, f64::min)
    }
}

fn cloud_seen(cloud: &Rect, sizes: LinkSizes) -> Rect {
    // Larger they would hide what is beside them.
    let factor = sizes.head.min(1.7);
    Rect::centered(
        cloud.center(),
        cloud.width() * factor,
        cloud.height() * factor,
    )
}

/// The shape of a link that is half of a pipe, up to the box of a stock; none where it is not.
pub(super) fn pipe_link(
    id: Id,
    link: &Link,
    pipe: &PipeShape,
    to: &Rect,
    dress: &Dress,
) -> Option<LinkShape> {
    let (side, half) = pipe.half_of(id)?;
    let sizes = dress.sizes;
    let mut look = look_of(link, LinkColours::Own, sizes.line);
    if link.colour.is_none() {
        look.stroke.ink = pipe.ink();
    }
    let weight = look_of(link, LinkColours::Own, 1.0).stroke.width / UNWEIGHTED;
    let curve = half.route.outside(VALVE_HALF * sizes.head, to);
    let mut primitives = draw_half(&curve, side, sizes, look.stroke.ink, weight);
    if link.delay == Delay::Delayed {
        primitives.extend(draw_delay(&curve, sizes, look.stroke.ink));
    }
    let drawn = primitives.len();
    let end_handle = half.route.end_handle();
    let mut bounds = curve.bounds().grown(HASH_HALF * sizes.head + 1.0);
    let label = dress.label.as_ref().map(|words| {
        let valve = half.route.way.point(0.0);
        let taken = [
            Rect::centered(valve, 2.0 * VALVE_HALF, 2.0 * VALVE_HALF),
            *to,
            Rect::centered(end_handle, 2.0 * HEAD, 2.0 * HEAD),
        ];
        let rect = label_box(&curve, words, &taken);
        // Clear of the side of the pipe too.
        let nearest = (0..=20)
            .map(|step| curve.point(f64::from(step) / 20.0))
            .min_by(|one, other| {
                let distance = |at: &Point| rect.center().distance(*at);
                distance(one).total_cmp(&distance(other))
            });
        let away = nearest.map_or(Vector::ZERO, |at| (rect.center() - at).unit());
        let rect = rect.moved(away * (PIPE_HALF * sizes.head + 1.0));
        bounds = bounds.union(&rect);
        primitives.extend(draw_label(words, &rect, look.label));
        rect
    });
    Some(LinkShape {
        id,
        curve,
        spine: half.route.way,
        // The direction of the pipe says what a sign would.
        sign: end_handle,
        side: dress.side,
        sign_size: 0.0,
        handle: half.route.handle().unwrap_or(end_handle),
        bounds,
        primitives,
        way: drawn,
        signed: drawn,
        label,
        words: dress.label.clone(),
    })
}

/// The width of the line of a link of middling strength, in world units.
const UNWEIGHTED: f64 = 1.6;

/// Half of a pipe along a way that leads from the valve to its end; with a head where it flows
/// into what is there.
fn draw_half(
    way: &Curve,
    side: FlowSide,
    sizes: LinkSizes,
    ink: Ink,
    weight: f64,
) -> Vec<Primitive> {
    let half = PIPE_HALF * sizes.head;
    let length = way.length().max(1.0e-6);
    let head = match side {
        FlowSide::In => (HEAD * sizes.head).min(length * 0.7),
        FlowSide::Out => 0.0,
    };
    let shaft = way.part(0.0, 1.0 - head / length);
    let stroke = Stroke::solid(ink, LINE * sizes.line * weight);
    let line = |path: Path, stroke: Stroke| Primitive::Line { path, stroke };
    let mut primitives = vec![
        line(beside(&shaft, 0.0), Stroke::solid(Ink::Paper, 2.0 * half)),
        line(beside(&shaft, half), stroke),
        line(beside(&shaft, -half), stroke),
    ];
    if side == FlowSide::In {
        let tip = way.point(1.0);
        let along = way.tangent(1.0);
        let base = tip - along * head;
        let across = along.left() * (HEAD_HALF * sizes.head);
        primitives.push(Primitive::Fill {
            path: Path::polygon(&[tip, base + across, base - across]),
            ink,
        });
    }
    primitives
}

/// The hashes of a delay across a pipe.
fn draw_delay(way: &Curve, sizes: LinkSizes, ink: Ink) -> Vec<Primitive> {
    const AT: f64 = 0.4;
    let (middle, along) = (way.point(AT), way.tangent(AT));
    let across = along.left() * (HASH_HALF * sizes.head);
    let stroke = Stroke::solid(ink, LINE * sizes.line);
    [-2.75, 2.75]
        .map(|shift| {
            let foot = middle + along * (shift * sizes.head);
            Primitive::Line {
                path: Path::line(foot - across, foot + across),
                stroke,
            }
        })
        .to_vec()
}

/// The line beside a way, this far to its left, with round corners.
fn beside(way: &Curve, aside: f64) -> Path {
    let Curve::Elbow { from, corners, to } = *way else {
        let shift = way.tangent(0.0).left() * aside;
        return Path::line(way.point(0.0) + shift, way.point(1.0) + shift);
    };
    let mut points = vec![from, corners[0], corners[1], to];
    points.dedup();
    let along = |number: usize| (points[number + 1] - points[number]).unit();
    let mut segments = vec![Segment::Move(from + along(0).left() * aside)];
    for number in 1..points.len() - 1 {
        let (first, second) = (along(number - 1), along(number));
        // Between two corners each has half of the stretch.
        let share = |stretch: usize| {
            let length = points[stretch].distance(points[stretch + 1]);
            let is_between = stretch > 0 && stretch + 2 < points.len();
            if is_between { length / 2.0 } else { length }
        };
        let round = CORNER.min(share(number - 1)).min(share(number));
        let turn = first.cross(second).signum();
        let begin = points[number] - first * round;
        segments.push(Segment::Line(begin + first.left() * aside));
        segments.push(Segment::Arc {
            center: begin + second * round,
            // The line on the inner side of the turn has the smaller circle.
            radius: (round + turn * aside).max(0.0),
            start: (first.left() * turn).angle(),
            sweep: FRAC_PI_2 * turn,
        });
    }
    let last = along(points.len() - 2);
    segments.push(Segment::Line(to + last.left() * aside));
    Path(segments)
}

/// The outline of a cloud in its box.
pub(super) fn draw_cloud(rect: &Rect, ink: Ink, sizes: LinkSizes) -> Vec<Primitive> {
    const BUMPS: i32 = 7;
    const BULGE: f64 = 0.34;
    // The bumps reach out of the ellipse about this share of it.
    let across = Vector::new(rect.width() * 0.39, rect.height() * 0.36);
    let point = |number: i32| {
        let angle = f64::from(number) * TAU / f64::from(BUMPS) + 0.3;
        let out = Vector::from_angle(angle);
        rect.center() + Vector::new(out.x * across.x, out.y * across.y)
    };
    let mut segments = vec![Segment::Move(point(0))];
    for number in 0..BUMPS {
        if let Curve::Arc {
            center,
            radius,
            start,
            sweep,
        } = Curve::between(point(number), point(number + 1), BULGE)
        {
            segments.push(Segment::Arc {
                center,
                radius,
                start,
                sweep,
            });
        }
    }
    segments.push(Segment::Close);
    let path = Path(segments);
    vec![
        Primitive::Fill {
            path: path.clone(),
            ink: Ink::Paper,
        },
        Primitive::Line {
            path,
            stroke: Stroke::solid(ink, LINE * sizes.line),
        },
    ]
}

/// A valve about a place: two triangles that meet in its middle, on a pipe that leaves it at `side`.
pub(super) fn draw_valve(middle: Point, side: Heading, ink: Ink, width: f64) -> Vec<Primitive> {
    const ACROSS: f64 = 0.85;
    let along = side.vector() * VALVE_HALF;
    let across = side.vector().left() * (VALVE_HALF * ACROSS);
    let path = Path(vec![
        Segment::Move(middle - along - across),
        Segment::Line(middle + along + across),
        Segment::Line(middle + along - across),
        Segment::Line(middle - along + across),
        Segment::Close,
    ]);
    vec![
        Primitive::Fill {
            path: path.clone(),
            ink: Ink::Paper,
        },
        Primitive::Line {
            path,
            stroke: Stroke::solid(ink, width),
        },
    ]
}

/// A pipe between two boxes with its valve in the middle, for a legend.
pub(super) fn pipe_sample(ends: &[Rect; 2]) -> Vec<Primitive> {
    let middle = ends[0].center().midpoint(ends[1].center());
    let halves = [
        (FlowSide::Out, Heading::Left, ends[0]),
        (FlowSide::In, Heading::Right, ends[1]),
    ];
    let mut primitives = Vec::new();
    for (flow, side, end) in halves {
        let way = Curve::Segment {
            from: middle + side.vector() * VALVE_HALF,
            to: end.center(),
        };
        primitives.extend(draw_half(&way, flow, LinkSizes::NATURAL, Ink::Line, 1.0));
    }
    primitives.extend(draw_valve(middle, Heading::Left, Ink::Text, 1.5));
    primitives
}
