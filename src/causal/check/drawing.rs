//! How the diagram is drawn: bends, crossings, and how much there is at once.

use super::finding::{Check, Findings, Fix, Severity, Told};
use super::name::counted;
use super::subject::{Arc, Subject};
use crate::model::{Edit, Element, Point, Vector};

/// A straight link on a loop.
pub(super) const STRAIGHT: Check = Check {
    id: "straight-link",
    title: "Straight link on a loop",
    severity: Severity::Hint,
    why: "Where the links of a loop bend, the eye sees the ring.",
    source: "Sterman 2000, chapter 5 (curved lines, circular loops)",
    find: straight,
};

/// Links that cross.
pub(super) const CROSSINGS: Check = Check {
    id: "many-crossings",
    title: "Many crossing links",
    severity: Severity::Hint,
    why: "Where links cross, the eye gets lost; moving a few variables often undoes most \
          crossings.",
    source: "Sterman 2000, chapter 5 (few crossed lines)",
    find: crossings,
};

/// More than fits one view.
pub(super) const CROWDED: Check = Check {
    id: "too-many-variables",
    title: "Many variables in one view",
    severity: Severity::Hint,
    why: "Readers follow a story of a few loops at a time; a large diagram tells it better in \
          several smaller ones.",
    source: "Sterman 2000, chapter 5 (no large diagrams)",
    find: crowded,
};

/// How far a straight link is bent.
const BEND: f64 = 0.2;

fn straight(subject: &Subject<'_>, findings: &mut Findings) {
    // What an equation uses is drawn as in models, where pipes and arrows are straight.
    let is_computed = |index: usize| !subject.nodes[index].variable.equation.is_empty();
    let straight = |arc: &&Arc<'_>| {
        let bends = arc.link.bend != 0.0 || arc.from == arc.to || is_computed(arc.to);
        !bends && subject.is_on_loop(arc)
    };
    let mut arcs = subject.arcs.iter().filter(straight).peekable();
    if arcs.peek().is_none() {
        return;
    }
    let middles = middles(subject);
    for arc in arcs {
        findings.add(vec![arc.id], &|| {
            let mut edit = Edit::new(subject.document);
            let bend = outward(
                subject,
                arc,
                middles[subject.nodes[arc.from].component as usize],
            );
            edit.change(arc.id, |element| {
                if let Element::Link(link) = element {
                    link.bend = bend;
                }
            });
            Told {
                words: format!(
                    "The link {} is on a loop, and straight.",
                    subject.link_text(arc)
                ),
                fix: Some(Fix::of("Bend it outwards", edit)),
            }
        });
    }
}

/// The middle of the variables of each strongly connected component.
fn middles(subject: &Subject<'_>) -> Vec<Point> {
    let mut sums = vec![(Vector::ZERO, 0.0); subject.nodes.len()];
    for node in &subject.nodes {
        let (sum, count) = &mut sums[node.component as usize];
        let position = node.variable.placement.position;
        *sum = *sum + Vector::new(position.x, position.y);
        *count += 1.0;
    }
    let middle = |(sum, count): (Vector, f64)| Point::new(sum.x / count, sum.y / count);
    sums.into_iter().map(middle).collect()
}

/// The bend that leads a link round the middle of its loops, and not onto a link that leads back.
fn outward(subject: &Subject<'_>, arc: &Arc<'_>, middle: Point) -> f64 {
    let back = subject.leaving(arc.to).find(|other| other.to == arc.from);
    if let Some(back) = back {
        // The same bend as seen from its own start lies on the other side.
        return if back.link.bend == 0.0 {
            BEND
        } else {
            back.link.bend
        };
    }
    let position = |node: usize| subject.nodes[node].variable.placement.position;
    let (from, to) = (position(arc.from), position(arc.to));
    let (link_text, out) = (to - from, from.midpoint(to) - middle);
    let left = link_text.left();
    if left.x * out.x + left.y * out.y < 0.0 {
        -BEND
    } else {
        BEND
    }
}

/// Crossings that any diagram may have.
const FEW_CROSSINGS: usize = 5;
/// Crossings are counted up to here.
const MOST_CROSSINGS: usize = 1_000;
/// The most pairs of links that are compared.
const MOST_PAIRS: usize = 2_000_000;

fn crossings(subject: &Subject<'_>, findings: &mut Findings) {
    let (count, all) = count_crossings(subject);
    if count > FEW_CROSSINGS && count > subject.arcs.len() / 3 {
        findings.add(Vec::new(), &|| {
            let at_least = if all { "" } else { "at least " };
            format!("The links cross {at_least}{count} times.").into()
        });
    }
}

/// How often the straight lines between linked variables cross, and whether that is all: from
/// left to right, each is compared with those that begin before it ends.
fn count_crossings(subject: &Subject<'_>) -> (usize, bool) {
    struct Chord {
        ends: [usize; 2],
        left: f64,
        right: f64,
        from: Point,
        to: Point,
    }
    let position = |node: usize| subject.nodes[node].variable.placement.position;
    let mut chords: Vec<Chord> = subject
        .arcs
        .iter()
        .filter(|arc| arc.from != arc.to)
        .map(|arc| {
            let (from, to) = (position(arc.from), position(arc.to));
            Chord {
                ends: [arc.from, arc.to],
                left: from.x.min(to.x),
                right: from.x.max(to.x),
                from,
                to,
            }
        })
        .collect();
    chords.sort_by(|one, other| one.left.total_cmp(&other.left));
    let (mut count, mut pairs) = (0, 0);
    for (at, one) in chords.iter().enumerate() {
        for other in &chords[at + 1..] {
            if other.left > one.right {
                break;
            }
            pairs += 1;
            if count >= MOST_CROSSINGS || pairs > MOST_PAIRS {
                return (count, false);
            }
            let apart = !one.ends.iter().any(|end| other.ends.contains(end));
            if apart && cross(one.from, one.to, other.from, other.to) {
                count += 1;
            }
        }
    }
    (count, true)
}

/// Whether two lines cross at a point inside both.
fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |from: Point, to: Point, point: Point| {
        let (link_text, out) = (to - from, point - from);
        link_text.x * out.y - link_text.y * out.x
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// The most variables of one view.
const MOST_VARIABLES: usize = 20;

fn crowded(subject: &Subject<'_>, findings: &mut Findings) {
    let count = subject.nodes.len();
    if count > MOST_VARIABLES {
        findings.add(Vec::new(), &|| {
            let count = counted(count, "variable");
            format!("The diagram has {count}; more than about 20 are hard to take in at once.")
                .into()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, arc, node};
    use super::*;

    fn bent(sketch: &Sketch, indices: &[usize], bend: f64) -> Sketch {
        sketch.changed(|edit| {
            for index in indices {
                edit.change(arc(*index), |element| {
                    if let Element::Link(link) = element {
                        link.bend = bend;
                    }
                });
            }
        })
    }

    #[test]
    fn straight_links_of_loops_are_bent_outwards() {
        let ring = Sketch::of(&["a + b", "b + c", "c + a", "c + d"], &[]);
        assert_eq!(ring.found("straight-link"), []);
        // A link out of the loop and a self-link may stand as they are.
        assert_eq!(bent(&ring, &[3], 0.0).found("straight-link"), []);
        let own = bent(&Sketch::of(&["a + a"], &[]), &[0], 0.0);
        assert_eq!(own.found("straight-link"), []);
        let (finding, fixed) = bent(&ring, &[1], 0.0).fixed("straight-link");
        assert_eq!(finding.about, [arc(1)]);
        // The ring goes clockwise on the screen: to the left of the way is outwards.
        assert_eq!(fixed.document.links()[&arc(1)].bend, BEND);
    }

    #[test]
    fn two_links_there_and_back_keep_apart() {
        let pair = bent(&Sketch::of(&["a + b", "b + a"], &[]), &[0, 1], 0.0);
        let found = pair.found("straight-link");
        assert_eq!(found.len(), 2);
        let one_bent = bent(&pair, &[0], -0.3);
        let (_, fixed) = one_bent.fixed("straight-link");
        assert_eq!(fixed.document.links()[&arc(1)].bend, -0.3);
    }

    /// Variables in two columns, each linked to those on the other side.
    fn columns(count: usize) -> Sketch {
        let mut lines = Vec::new();
        for one in 0..count {
            for other in 0..count {
                lines.push(format!("l{one} + r{other}"));
            }
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Sketch::of(&lines, &[]).changed(|edit| {
            for index in 0..2 * count {
                edit.change(node(index), |element| {
                    if let Element::Variable(variable) = element {
                        let (side, row) = variable.name.split_at(1);
                        let x = if side == "l" { 0.0 } else { 100.0 };
                        let y = 50.0 * row.parse::<f64>().unwrap();
                        variable.placement.position = Point::new(x, y);
                    }
                });
            }
        })
    }

    #[test]
    fn crossings_are_counted() {
        for (count, expected) in [(2, 1), (3, 9), (5, 100)] {
            let sketch = columns(count);
            assert_eq!(count_crossings(&sketch.subject()), (expected, true));
        }
        assert_eq!(columns(2).found("many-crossings"), []);
        let found = columns(3).found("many-crossings");
        assert_eq!(found[0].words, "The links cross 9 times.");
        assert_eq!(found[0].about, []);
        let found = columns(12).found("many-crossings");
        assert_eq!(found[0].words, "The links cross at least 1000 times.");
    }

    #[test]
    fn a_crowd_is_more_than_twenty() {
        let names: Vec<String> = (0..21).map(|index| format!("q{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(Sketch::named(&names[..20]).found("too-many-variables"), []);
        assert_eq!(Sketch::named(&names).found("too-many-variables").len(), 1);
    }
}
