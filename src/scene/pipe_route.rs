//! The way of a pipe: from its source through the valve to its sink, straight or with one corner on
//! each side.

use crate::model::{Point, Rect, Vector};

use super::connector::Heading;
use super::curve::Curve;

/// Half the side of the square that a valve takes up, in world units.
pub const VALVE_HALF: f64 = 10.0;
/// The box of a cloud, in world units.
pub const CLOUD: Vector = Vector::new(44.0, 30.0);
/// From the middle of a valve to that of its cloud, in world units.
pub const CLOUD_DISTANCE: f64 = 96.0;
/// A straight pipe keeps this far from the corners of a box, in world units. It is less than what a
/// corner beside the valve needs, so that every stock is reached straight or round one corner.
const INSET: f64 = 7.0;
/// How long the part of a pipe between the valve and its corner, or a box, is at least, in world
/// units.
const LEAST_FIRST: f64 = 8.0;
/// How long the part between a corner and a box is at least: there may be a head, in world units.
const LEAST_LAST: f64 = 18.0;
/// The paper that a pipe wants beside it, in world units.
const PAPER: f64 = 6.0;

/// What a half of a pipe joins to the valve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PipeGoal {
    /// The box of a stock.
    Stock(Rect),
    /// A cloud, wherever there is room.
    Cloud,
}

/// One half of a pipe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfRoute {
    /// The side of the valve at which it is.
    pub side: Heading,
    /// The way from the middle of the valve into the box at its end.
    pub way: Curve,
    /// The box at its end, of a stock or a cloud.
    pub end: Rect,
}

impl HalfRoute {
    /// The part between a valve with half this side and the box at the end.
    #[must_use]
    pub fn outside(&self, valve_half: f64, end: &Rect) -> Curve {
        let middle = self.way.point(0.0);
        let valve = Rect::centered(middle, 2.0 * valve_half, 2.0 * valve_half);
        let start = self.way.crossings(&valve).first().copied().unwrap_or(0.0);
        let end = self.way.crossings(end).first().copied().unwrap_or(1.0);
        if start < end {
            self.way.part(start, end)
        } else {
            // The boxes overlap: a trace of the pipe in the middle is better than none.
            self.way.part(0.48, 0.52)
        }
    }
}

/// Both halves of a pipe: that to its source and that to its sink.
///
/// Of all ways it takes the one that reads best: through the valve in one line rather than round a
/// corner, straight rather than bent, clear of the boxes that it does not join, and with the room
/// below the valve left to its name. It never passes through the box at its own end.
#[must_use]
pub fn route(
    valve: Point,
    source: PipeGoal,
    sink: PipeGoal,
    obstacles: &[Rect],
) -> (HalfRoute, HalfRoute) {
    let backwards = |heading: Heading| match heading {
        Heading::Left => 0.0,
        Heading::Up => 6.0,
        Heading::Right => 8.0,
        Heading::Down => 16.0,
    };
    let forwards = |heading: Heading| match heading {
        Heading::Right => 0.0,
        Heading::Up => 6.0,
        Heading::Left => 8.0,
        Heading::Down => 16.0,
    };
    let sources = candidates(valve, source, sink, obstacles, backwards);
    let sinks = candidates(valve, sink, source, obstacles, forwards);
    let pairs = sources
        .iter()
        .flat_map(|one| sinks.iter().map(move |other| (one, other)));
    let cost = |one: &Candidate, other: &Candidate| {
        let (side, opposite) = (one.half.side, other.half.side);
        let meeting = if side == opposite {
            100_000.0
        } else if side.vector().dot(opposite.vector()) == 0.0 {
            60.0
        } else {
            0.0
        };
        one.cost + other.cost + meeting
    };
    let best = pairs.reduce(|best, pair| {
        if cost(pair.0, pair.1) < cost(best.0, best.1) {
            pair
        } else {
            best
        }
    });
    // There is a candidate for every goal, so the pairs are never empty.
    best.map_or_else(
        || (direct(valve, source), direct(valve, sink)),
        |(one, other)| (one.half, other.half),
    )
}

/// A half of a pipe, and how badly it would read.
struct Candidate {
    half: HalfRoute,
    cost: f64,
}

fn candidates(
    valve: Point,
    goal: PipeGoal,
    other: PipeGoal,
    obstacles: &[Rect],
    leaning: impl Fn(Heading) -> f64,
) -> Vec<Candidate> {
    let halves = Heading::ALL.into_iter().filter_map(|side| {
        let (way, end) = match goal {
            PipeGoal::Stock(rect) => (way_to(valve, side, &rect)?, rect),
            PipeGoal::Cloud => {
                let middle = valve + side.vector() * CLOUD_DISTANCE;
                let way = Curve::Segment {
                    from: valve,
                    to: middle,
                };
                (way, Rect::centered(middle, CLOUD.x, CLOUD.y))
            }
        };
        Some(HalfRoute { side, way, end })
    });
    let price = |half: HalfRoute| {
        let passes = |rect: &Rect| {
            let rect = rect.grown(PAPER);
            let covers = goal == PipeGoal::Cloud && half.end.intersects(&rect);
            covers || !half.way.crossings(&rect).is_empty()
        };
        let struck = obstacles.iter().filter(|rect| passes(rect)).count();
        let bend = match half.way {
            Curve::Elbow { .. } => 40.0,
            _ => 0.0,
        };
        let lean = match goal {
            PipeGoal::Cloud => leaning(half.side),
            // The name of the rate is below the valve.
            PipeGoal::Stock(_) if half.side == Heading::Down => 12.0,
            PipeGoal::Stock(_) => 0.0,
        };
        let through = match other {
            PipeGoal::Stock(rect) if rect != half.end => passes(&rect),
            _ => false,
        };
        let through = if through { 5_000.0 } else { 0.0 };
        let cost = bend + lean + through + 300.0 * struck as f64 + 0.05 * half.way.length();
        Candidate { half, cost }
    };
    let mut found: Vec<Candidate> = halves.map(price).collect();
    if found.is_empty() {
        found.push(Candidate {
            half: direct(valve, goal),
            cost: 0.0,
        });
    }
    found
}

/// The way out of one side of the valve into a box, with at most one corner; none where it would
/// be too short to be seen, or pass through the box.
fn way_to(valve: Point, side: Heading, rect: &Rect) -> Option<Curve> {
    let (middle, forward) = (rect.center(), side.vector());
    let offset = middle - valve;
    let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
    let is_level = forward.y == 0.0;
    let (half_along, half_across) = if is_level {
        (half.x, half.y)
    } else {
        (half.y, half.x)
    };
    let along = offset.dot(forward);
    let across = (offset - forward * along).length();
    let corner = valve + forward * along;
    let is_straight = across <= (half_across - INSET).max(0.0);
    if is_straight && along >= half_along + VALVE_HALF + LEAST_FIRST {
        return Some(Curve::Segment {
            from: valve,
            to: corner,
        });
    }
    let turns = along >= VALVE_HALF + LEAST_FIRST && across >= half_across + LEAST_LAST;
    turns.then_some(Curve::Elbow {
        from: valve,
        corner,
        to: middle,
    })
}

/// The straight line to a box so near that no other way has room.
fn direct(valve: Point, goal: PipeGoal) -> HalfRoute {
    let end = match goal {
        PipeGoal::Stock(rect) => rect,
        PipeGoal::Cloud => {
            let middle = valve + Vector::new(CLOUD_DISTANCE, 0.0);
            Rect::centered(middle, CLOUD.x, CLOUD.y)
        }
    };
    let offset = end.center() - valve;
    let side = if offset.x.abs() >= offset.y.abs() {
        if offset.x < 0.0 {
            Heading::Left
        } else {
            Heading::Right
        }
    } else if offset.y < 0.0 {
        Heading::Up
    } else {
        Heading::Down
    };
    HalfRoute {
        side,
        way: Curve::Segment {
            from: valve,
            to: end.center(),
        },
        end,
    }
}

/// The box around every place where the pipe of a valve may come to be: what stands there may
/// change its way.
#[must_use]
pub fn room_of(valve: Point, goals: [PipeGoal; 2]) -> Rect {
    let reach = CLOUD_DISTANCE + CLOUD.x.max(CLOUD.y) / 2.0 + PAPER;
    let around = Rect::centered(valve, 2.0 * reach, 2.0 * reach);
    goals
        .into_iter()
        .filter_map(|goal| match goal {
            PipeGoal::Stock(rect) => Some(rect.grown(PAPER)),
            PipeGoal::Cloud => None,
        })
        .fold(around, |room, rect| room.union(&rect))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stock(x: f64, y: f64) -> PipeGoal {
        PipeGoal::Stock(Rect::centered(Point::new(x, y), 100.0, 52.0))
    }

    fn sides(source: PipeGoal, sink: PipeGoal) -> (Heading, Heading) {
        let (one, other) = route(Point::default(), source, sink, &[]);
        (one.side, other.side)
    }

    #[test]
    fn pipes_run_through_the_valve_in_one_line_where_they_can() {
        use Heading::{Down, Left, Right, Up};
        for (source, sink, expected) in [
            (stock(-150.0, 0.0), stock(150.0, 0.0), (Left, Right)),
            (stock(150.0, 8.0), stock(-150.0, -8.0), (Right, Left)),
            (stock(0.0, -150.0), stock(0.0, 150.0), (Up, Down)),
            (PipeGoal::Cloud, stock(150.0, 0.0), (Left, Right)),
            (stock(150.0, 0.0), PipeGoal::Cloud, (Right, Left)),
            (PipeGoal::Cloud, PipeGoal::Cloud, (Left, Right)),
            (PipeGoal::Cloud, stock(0.0, 150.0), (Up, Down)),
            // An arch over two stocks that stand lower.
            (stock(-150.0, 120.0), stock(150.0, 120.0), (Left, Right)),
        ] {
            assert_eq!(sides(source, sink), expected, "{source:?} {sink:?}");
        }
    }

    #[test]
    fn a_cloud_keeps_clear_of_what_stands_there() {
        let taken = Rect::centered(Point::new(-96.0, 0.0), 80.0, 30.0);
        let valve = Point::default();
        let (source, _) = route(valve, PipeGoal::Cloud, stock(150.0, 0.0), &[taken]);
        assert!(!source.end.intersects(&taken));
        assert_eq!(source.side, Heading::Up);
    }

    /// Whether a way that was looked at in small steps is inside a box before it ends.
    fn enters(way: &Curve, rect: &Rect) -> bool {
        let inner = rect.grown(-0.01);
        (0..=400).any(|step| inner.contains(way.point(f64::from(step) / 400.0)))
    }

    fn on_edge(at: Point, rect: &Rect) -> bool {
        rect.grown(1.0e-6).contains(at) && !rect.grown(-1.0e-6).contains(at)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn a_pipe_ends_on_the_edges_and_is_never_in_the_boxes_that_it_joins(
            one in (-420.0..420.0_f64, -420.0..420.0_f64, 84.0..240.0_f64, 50.0..120.0_f64),
            two in (-420.0..420.0_f64, -420.0..420.0_f64, 84.0..240.0_f64, 50.0..120.0_f64),
            clouds in 0..3_u8,
        ) {
            let rect = |(x, y, width, height)| Rect::centered(Point::new(x, y), width, height);
            let (one, two) = (rect(one), rect(two));
            let valve = Point::default();
            let room = Rect::centered(valve, 2.0 * VALVE_HALF, 2.0 * VALVE_HALF);
            let is_apart = |rect: &Rect| !rect.grown(20.0).intersects(&room);
            prop_assume!(is_apart(&one) && is_apart(&two) && !one.grown(8.0).intersects(&two));
            let source = if clouds == 1 { PipeGoal::Cloud } else { PipeGoal::Stock(one) };
            let sink = if clouds == 2 { PipeGoal::Cloud } else { PipeGoal::Stock(two) };
            let (from, to) = route(valve, source, sink, &[]);
            for (half, goal) in [(from, source), (to, sink)] {
                let outside = half.outside(VALVE_HALF, &half.end);
                prop_assert!(on_edge(outside.point(0.0), &room), "{outside:?}");
                prop_assert!(on_edge(outside.point(1.0), &half.end), "{outside:?}");
                prop_assert!(!enters(&outside, &half.end) && !enters(&outside, &room));
                if let PipeGoal::Stock(rect) = goal {
                    prop_assert_eq!(half.end, rect);
                }
                let first = outside.tangent(0.0);
                prop_assert!(first.dot(half.side.vector()) > 0.999, "out of the side of the valve");
            }
            // Through the other box, or twice out of one side, only where every way is.
            let ways = |goal: PipeGoal| -> Vec<HalfRoute> {
                let all = candidates(valve, goal, PipeGoal::Cloud, &[], |_| 0.0);
                all.into_iter().map(|one| one.half).collect()
            };
            let is_clear = |half: &HalfRoute, other: PipeGoal| match other {
                PipeGoal::Stock(rect) => !enters(&half.outside(VALVE_HALF, &half.end), &rect.grown(PAPER)),
                PipeGoal::Cloud => true,
            };
            let is_possible = ways(source).iter().any(|one| ways(sink).iter().any(|other| {
                one.side != other.side && is_clear(one, sink) && is_clear(other, source)
            }));
            if is_possible {
                prop_assert_ne!(from.side, to.side);
                prop_assert!(is_clear(&from, sink) && is_clear(&to, source), "{from:?} {to:?}");
            }
        }
    }
}
