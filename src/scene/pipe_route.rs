//! The way of a pipe: from its source through the valve to its sink, as it reads best.

use crate::model::{Corner, Point, Rect, Vector};

use super::connector::Heading;
use super::curve::Curve;
use super::pipe_way::{HalfRoute, PAPER, VALVE_HALF, corners_beside, turned, way_to};

/// The box of a cloud, in world units.
pub const CLOUD: Vector = Vector::new(44.0, 30.0);
/// From the middle of a valve to that of its cloud, in world units.
pub const CLOUD_DISTANCE: f64 = 96.0;
/// How far a pipe goes aside to pass a box, in world units.
const DETOUR: f64 = 180.0;
/// What it costs to pass through a stock that the pipe does not join, against a unit of length 0.05.
const THROUGH: f64 = 5_000.0;
/// What it costs to pass through any other box.
const STRUCK: f64 = 300.0;

/// What a half of a pipe joins to the valve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PipeGoal {
    /// The box of a stock.
    Stock(Rect),
    /// The box of a stock, with the corner that a person gave the way.
    Turned(Rect, Corner),
    /// A cloud, wherever there is room.
    Cloud,
}

impl PipeGoal {
    /// The box of the stock, if it is one.
    const fn stock(&self) -> Option<&Rect> {
        match self {
            Self::Stock(rect) | Self::Turned(rect, _) => Some(rect),
            Self::Cloud => None,
        }
    }
}

/// What a pipe keeps clear of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Obstacle {
    /// A stock: a pipe that passes through it seems to end there.
    Stock(Rect),
    /// A valve, a name, a note.
    Other(Rect),
}

impl Obstacle {
    const fn rect(&self) -> &Rect {
        match self {
            Self::Stock(rect) | Self::Other(rect) => rect,
        }
    }

    const fn cost(&self) -> f64 {
        match self {
            Self::Stock(_) => THROUGH,
            Self::Other(_) => STRUCK,
        }
    }
}

/// Both halves of a pipe: that to its source and that to its sink.
///
/// A half with a corner of its own has that, where it can. Of all other ways it takes the one that
/// reads best: through the valve in one line rather than round a corner, straight rather than bent,
/// clear of the boxes that it does not join, and with the room below the valve left to its name. It
/// never passes through the box at its own end. Only where each way with one corner strikes
/// something it looks for one with two.
#[must_use]
pub fn route(
    valve: Point,
    source: PipeGoal,
    sink: PipeGoal,
    obstacles: &[Obstacle],
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
    let room = room_of(valve, [source, sink]);
    let find = |detours: Detours| {
        let search = |goal, other, leaning: fn(Heading) -> f64| {
            let search = Search {
                valve,
                goal,
                other,
                obstacles,
                leaning,
            };
            search.cheapest(detours, &room)
        };
        let sources = search(source, sink, backwards);
        let sinks = search(sink, source, forwards);
        cheapest_pair(&sources, &sinks)
    };
    let (cost, halves) = find(Detours::None);
    if cost < STRUCK {
        return halves;
    }
    let (detoured, roundabout) = find(Detours::Tried);
    if detoured < cost { roundabout } else { halves }
}

/// The two halves that read best together, and how badly they do.
fn cheapest_pair(sources: &[Candidate], sinks: &[Candidate]) -> (f64, (HalfRoute, HalfRoute)) {
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
    let pairs = sources
        .iter()
        .flat_map(|one| sinks.iter().map(move |other| (one, other)));
    let priced = pairs.map(|(one, other)| (cost(one, other), (one.half, other.half)));
    let best = priced.reduce(|best, pair| if pair.0 < best.0 { pair } else { best });
    // There is a candidate for every goal, so the pairs are never empty.
    best.unwrap_or_else(|| {
        let nowhere = direct(Point::default(), &PipeGoal::Cloud);
        (f64::INFINITY, (nowhere, nowhere))
    })
}

/// A half of a pipe, and how badly it would read.
#[derive(Clone, Copy)]
struct Candidate {
    half: HalfRoute,
    cost: f64,
}

/// Whether ways with two corners are tried.
#[derive(Clone, Copy, PartialEq)]
enum Detours {
    None,
    Tried,
}

/// What one half of a pipe is looked for between.
struct Search<'a> {
    valve: Point,
    goal: PipeGoal,
    other: PipeGoal,
    obstacles: &'a [Obstacle],
    /// What it costs a cloud to be at this side.
    leaning: fn(Heading) -> f64,
}

impl Search<'_> {
    /// Of each side of the valve the way that reads best.
    fn cheapest(&self, detours: Detours, room: &Rect) -> Vec<Candidate> {
        if let Some(own) = self.own() {
            return vec![own];
        }
        let mut found = self.candidates();
        if let (Detours::Tried, Some(rect)) = (detours, self.goal.stock()) {
            let boxes = self.obstacles.iter().map(Obstacle::rect);
            let boxes = boxes.chain(self.other.stock());
            let corners = corners_beside(self.valve, rect, room, boxes);
            let halves = corners.into_iter();
            let halves = halves.filter_map(|corner| turned(self.valve, corner, rect));
            found.extend(halves.map(|half| self.price(half, Near::Counted)));
        }
        let cheapest = |side: Heading| {
            let of_side = found.iter().filter(|one| one.half.side == side);
            of_side.min_by(|one, other| one.cost.total_cmp(&other.cost))
        };
        let found = Heading::ALL.into_iter().filter_map(cheapest);
        found.copied().collect()
    }

    /// The way with the corner it was given, where that makes one.
    fn own(&self) -> Option<Candidate> {
        let PipeGoal::Turned(rect, corner) = self.goal else {
            return None;
        };
        let half = turned(self.valve, corner, &rect)?;
        Some(Candidate { half, cost: 0.0 })
    }

    /// The ways with at most one corner.
    fn candidates(&self) -> Vec<Candidate> {
        let halves = Heading::ALL.into_iter().filter_map(|side| {
            let (way, end) = match self.goal.stock() {
                Some(rect) => (way_to(self.valve, side, rect)?, *rect),
                None => {
                    let middle = self.valve + side.vector() * CLOUD_DISTANCE;
                    let way = Curve::Segment {
                        from: self.valve,
                        to: middle,
                    };
                    (way, Rect::centered(middle, CLOUD.x, CLOUD.y))
                }
            };
            Some(HalfRoute { side, way, end })
        });
        let mut found: Vec<Candidate> = halves.map(|half| self.price(half, Near::Free)).collect();
        if found.is_empty() {
            found.push(Candidate {
                half: direct(self.valve, &self.goal),
                cost: 0.0,
            });
        }
        found
    }

    fn price(&self, half: HalfRoute, near: Near) -> Candidate {
        // What lies over the box at its end is beside the way.
        let way = half.outside(VALVE_HALF, &half.end);
        let passes = |rect: &Rect, paper: f64| {
            let rect = rect.grown(paper);
            let covers = self.goal == PipeGoal::Cloud && half.end.intersects(&rect);
            covers || !way.crossings(&rect).is_empty()
        };
        let struck = self.obstacles.iter().map(|obstacle| {
            if passes(obstacle.rect(), PAPER) {
                obstacle.cost()
            } else if near == Near::Counted && passes(obstacle.rect(), 3.0 * PAPER) {
                4.0
            } else {
                0.0
            }
        });
        let struck: f64 = struck.sum();
        let bend = match half.way {
            Curve::Elbow { corners, .. } if corners[0] == corners[1] => 40.0,
            Curve::Elbow { .. } => 70.0,
            Curve::Segment { .. } | Curve::Arc { .. } => 0.0,
        };
        let lean = match self.goal {
            PipeGoal::Cloud => (self.leaning)(half.side),
            // The name of the rate is below the valve.
            _ if half.side == Heading::Down => 12.0,
            _ => 0.0,
        };
        let through = match self.other.stock() {
            Some(rect) if *rect != half.end && passes(rect, PAPER) => THROUGH,
            _ => 0.0,
        };
        let cost = bend + lean + through + struck + 0.05 * half.way.length();
        Candidate { half, cost }
    }
}

/// Whether it counts how near a way passes.
#[derive(Clone, Copy, PartialEq)]
enum Near {
    Free,
    Counted,
}

/// The straight line to a box so near that no other way has room.
fn direct(valve: Point, goal: &PipeGoal) -> HalfRoute {
    let end = match goal.stock() {
        Some(rect) => *rect,
        None => {
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
        .iter()
        .filter_map(PipeGoal::stock)
        .fold(around, |room, rect| {
            let ends = rect.union(&Rect::from_points(valve, valve));
            room.union(&ends.grown(DETOUR))
        })
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
        let taken_by = [Obstacle::Other(taken)];
        let (source, _) = route(valve, PipeGoal::Cloud, stock(150.0, 0.0), &taken_by);
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
                let search = Search {
                    valve,
                    goal,
                    other: PipeGoal::Cloud,
                    obstacles: &[],
                    leaning: |_| 0.0,
                };
                search.candidates().into_iter().map(|one| one.half).collect()
            };
            let is_clear = |half: &HalfRoute, other: PipeGoal| match other {
                PipeGoal::Stock(rect) => !enters(&half.outside(VALVE_HALF, &half.end), &rect.grown(PAPER)),
                PipeGoal::Turned(..) | PipeGoal::Cloud => true,
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
