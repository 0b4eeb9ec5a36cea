//! How good an arrangement is: crossings, overlaps, even lengths, round loops.

use std::f64::consts::PI;

use crate::model::{Document, Id, Point, Records, Rect, Vector};

use super::chord::{meet, passing};
use super::cycles::shortest_independent_loops;

/// What is measured of a picture of a graph, with every link as the straight chord between the
/// middles of its ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// Pairs of links whose chords share a point, not counting pairs with a common end.
    ///
    /// The measure that readers are slowed down by most (Purchase 1997, "Which aesthetic has the
    /// greatest effect on human understanding?").
    pub crossings: usize,
    /// Pairs of things whose boxes overlap by more than a hundredth of a unit.
    pub overlaps: usize,
    /// Pairs of a link and a thing at neither of its ends, through whose box the chord goes.
    pub hidden: usize,
    /// The coefficient of variation of the lengths of the chords: their standard deviation over
    /// their mean. 0 where all are alike. Links from a thing to itself do not count.
    pub length_variation: f64,
    /// The mean roundness of the loops of three variables or more, 0 to 1; 1 without such loops.
    /// See [`roundness`].
    pub roundness: f64,
    /// Width of the whole picture over its height; 0 for nothing.
    pub aspect: f64,
}

impl Quality {
    /// Measures things with these boxes, joined by links from index to index, and these loops,
    /// each the indices of its variables in the order of travel.
    ///
    /// Places that are not there are passed over.
    #[must_use]
    pub fn of(boxes: &[Rect], links: &[(u32, u32)], loops: &[Vec<u32>]) -> Self {
        let middle = |index: u32| boxes.get(index as usize).map(Rect::center);
        let chords: Vec<Chord> = links
            .iter()
            .filter(|(from, to)| from != to)
            .filter_map(|&(from, to)| Some(((from, to), (middle(from)?, middle(to)?))))
            .collect();
        let rounds: Vec<f64> = loops
            .iter()
            .filter(|ring| ring.len() > 2)
            .map(|ring| roundness(&ring.iter().filter_map(|v| middle(*v)).collect::<Vec<_>>()))
            .collect();
        let whole = boxes.iter().copied().reduce(|one, other| one.union(&other));
        Self {
            crossings: crossings(&chords),
            overlaps: overlaps(boxes),
            hidden: hidden(boxes, &chords),
            length_variation: variation(chords.iter().map(|(_, (from, to))| from.distance(*to))),
            roundness: if rounds.is_empty() {
                1.0
            } else {
                rounds.iter().sum::<f64>() / rounds.len() as f64
            },
            aspect: whole.map_or(0.0, |all| all.width() / all.height().max(1.0e-9)),
        }
    }

    /// Measures a document: its variables and stations with their links and flows, and its
    /// shortest independent loops. Without a size, a thing is a point.
    #[must_use]
    pub fn of_document(document: &Document, sizes: &Records<Vector>) -> Self {
        let (ids, links) = graph_of(document);
        let boxes: Vec<Rect> = ids
            .iter()
            .filter_map(|id| Some((document.placement(*id)?, id)))
            .map(|(placement, id)| {
                let size = sizes.get(id).copied().unwrap_or_default();
                Rect::centered(placement.position, size.x, size.y)
            })
            .collect();
        let loops = independent_loops(ids.len(), &links);
        Self::of(&boxes, &links, &loops)
    }
}

/// The variables and stations of a document, and its links and flows from index to index.
#[must_use]
pub fn graph_of(document: &Document) -> (Vec<Id>, Vec<(u32, u32)>) {
    let nodes = document
        .variables()
        .keys()
        .chain(document.stations().keys());
    let ids: Vec<Id> = nodes.copied().collect();
    let positions: Records<u32> = ids.iter().copied().zip(0..).collect();
    let links = document.links().values().map(|link| (link.from, link.to));
    let flows = document.flows().values().map(|flow| (flow.from, flow.to));
    let links = links
        .chain(flows)
        .filter_map(|(from, to)| Some((*positions.get(&from)?, *positions.get(&to)?)));
    let links = links.collect();
    (ids, links)
}

/// The shortest independent loops of a graph (Horton 1987), each as the indices of its variables in
/// the order of travel; those of two variables are among them.
#[must_use]
pub fn independent_loops(variables: usize, links: &[(u32, u32)]) -> Vec<Vec<u32>> {
    shortest_independent_loops(variables, links, usize::MAX)
}

/// How round the polygon through these corners is: the isoperimetric quotient 4 pi A / P², of its
/// area A and its perimeter P (Cox 1927, "A method of assigning numerical and percentage values to
/// the degree of roundness of sand grains").
///
/// 1 for a circle, 0.60 for a regular triangle, 0.79 for a square, 0.87 for a regular pentagon, 0
/// for a line. The area is that of the shoelace formula, so that a polygon that crosses itself
/// loses what it encloses the other way round.
#[must_use]
pub fn roundness(corners: &[Point]) -> f64 {
    let (mut doubled, mut perimeter) = (0.0, 0.0);
    for (index, corner) in corners.iter().enumerate() {
        let next = corners[(index + 1) % corners.len()];
        doubled += (*corner - corners[0]).cross(next - corners[0]);
        perimeter += corner.distance(next);
    }
    if perimeter > 0.0 {
        (2.0 * PI * doubled.abs() / (perimeter * perimeter)).min(1.0)
    } else {
        0.0
    }
}

/// The indices of the ends of a link, and where they are.
type Chord = ((u32, u32), (Point, Point));

fn crossings(chords: &[Chord]) -> usize {
    let mut count = 0;
    for (index, (ends, chord)) in chords.iter().enumerate() {
        let others = chords[index + 1..].iter().filter(|((from, to), _)| {
            ![ends.0, ends.1].contains(from) && ![ends.0, ends.1].contains(to)
        });
        count += others.filter(|(_, other)| meet(*chord, *other)).count();
    }
    count
}

fn overlaps(boxes: &[Rect]) -> usize {
    const TOUCHING: f64 = 0.005;
    let mut count = 0;
    for (index, one) in boxes.iter().enumerate() {
        let small = one.grown(-TOUCHING);
        let others = boxes[index + 1..].iter();
        count += others
            .filter(|other| small.intersects(&other.grown(-TOUCHING)))
            .count();
    }
    count
}

fn hidden(boxes: &[Rect], chords: &[Chord]) -> usize {
    let mut count = 0;
    for (index, rect) in (0_u32..).zip(boxes) {
        let half = Vector::new(rect.width() / 2.0, rect.height() / 2.0);
        let through = |(ends, chord): &&Chord| {
            let foreign = ends.0 != index && ends.1 != index;
            let bounds = Rect::from_points(chord.0, chord.1);
            let pass = || passing(chord.0, chord.1, rect.center(), half);
            foreign && bounds.intersects(rect) && pass().is_some_and(|aside| aside < 0.0)
        };
        count += chords.iter().filter(through).count();
    }
    count
}

fn variation(lengths: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = lengths.clone().count() as f64;
    let mean = lengths.clone().sum::<f64>() / count;
    let square = lengths
        .map(|length| (length - mean) * (length - mean))
        .sum::<f64>()
        / count;
    if mean > 0.0 {
        square.sqrt() / mean
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Vec<Rect> {
        [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]
            .map(|(x, y)| Rect::centered(Point::new(x, y), 20.0, 10.0))
            .to_vec()
    }

    #[test]
    fn a_square_and_its_diagonals() {
        let ring = [(0, 1), (1, 2), (2, 3), (3, 0)];
        let loops = independent_loops(4, &ring);
        let plain = Quality::of(&square(), &ring, &loops);
        assert_eq!((plain.crossings, plain.overlaps, plain.hidden), (0, 0, 0));
        assert_eq!(plain.length_variation, 0.0);
        assert!((plain.roundness - PI / 4.0).abs() < 1.0e-12);
        let crossed = Quality::of(&square(), &[(0, 2), (1, 3), (3, 1), (0, 1)], &[]);
        assert_eq!(crossed.crossings, 2);
    }

    #[test]
    fn things_on_each_other_and_links_through_them_are_seen() {
        let mut boxes = square();
        boxes.push(Rect::centered(Point::new(50.0, 2.0), 20.0, 10.0));
        boxes.push(Rect::centered(Point::new(65.0, 8.0), 20.0, 10.0));
        let quality = Quality::of(&boxes, &[(0, 1)], &[]);
        assert_eq!((quality.overlaps, quality.hidden), (1, 1));
    }

    #[test]
    fn roundness_of_regular_polygons_rises_to_one() {
        let regular = |n: u32| {
            let corner = |k: u32| {
                let offset =
                    Vector::from_angle(std::f64::consts::TAU * f64::from(k) / f64::from(n));
                Point::default() + offset * 100.0
            };
            roundness(&(0..n).map(corner).collect::<Vec<_>>())
        };
        for (n, round) in [(3, 0.6046), (5, 0.8648), (6, 0.9069), (8, 0.9481)] {
            assert!((regular(n) - round).abs() < 1.0e-4, "{n}");
        }
        assert!(regular(200) > 0.999);
        assert_eq!(roundness(&[]), 0.0);
    }
}
