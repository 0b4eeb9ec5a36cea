//! Trees of causes and uses, and paths between variables, against plain enumeration.

use std::collections::BTreeSet;

use loopstream::causal::trace::{
    Continuation, Direction, NetEffect, Path, PathCounts, PathReport, PathSearch, TraceLimits,
    shortest_paths, trace_tree,
};
use loopstream::causal::{Completeness, Progress, SearchLimits};
use loopstream::model::{Delay, Document, Edit, Element, Id, Link, Polarity, Variable};
use proptest::prelude::*;

type Signed = (usize, usize, Polarity, Delay);

const FIRST_LINK: u64 = 100;

fn id(number: usize) -> Id {
    Id::from_bits(number as u64)
}

fn with(names: &[&str], links: &[Signed]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (number, name) in names.iter().enumerate() {
        let name = (*name).to_owned();
        let variable = Variable {
            name,
            ..Variable::default()
        };
        edit.set(id(number), Some(Element::Variable(variable)));
    }
    for (bits, &(from, to, polarity, delay)) in (FIRST_LINK..).zip(links) {
        let link = Link {
            polarity,
            delay,
            ..Link::new(id(from), id(to), 0.0)
        };
        edit.set(Id::from_bits(bits), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

/// `a+b` is a positive link, `a-b` a negative one, `a?b` an unknown one; a `|` at the end delays.
fn diagram(names: &[&str], links: &[&str]) -> Document {
    let links: Vec<Signed> = links
        .iter()
        .map(|text| {
            let delay = match text.strip_suffix('|') {
                Some(_) => Delay::Delayed,
                None => Delay::None,
            };
            let text = text.trim_end_matches('|');
            let at = text.find(['+', '-', '?']).unwrap();
            let polarity = match &text[at..=at] {
                "+" => Polarity::Positive,
                "-" => Polarity::Negative,
                _ => Polarity::Unknown,
            };
            let number = |name: &str| names.iter().position(|known| *known == name).unwrap();
            (
                number(&text[..at]),
                number(&text[at + 1..]),
                polarity,
                delay,
            )
        })
        .collect();
    with(names, &links)
}

fn report(document: &Document, from: usize, to: usize, limits: SearchLimits) -> PathReport {
    let mut search = PathSearch::new(document, id(from), id(to), limits);
    assert_eq!(search.advance(u64::MAX), Progress::Finished);
    search.report(document)
}

const ALL: SearchLimits = SearchLimits {
    stored: 100_000,
    longest: None,
};

fn sentence(document: &Document, from: usize, to: usize) -> String {
    report(document, from, to, ALL).sentence(document)
}

/// Every path that passes no variable twice, by trying everything.
fn every_path(links: &[Signed], from: usize, to: usize) -> Vec<Vec<usize>> {
    fn go(
        links: &[Signed],
        at: usize,
        to: usize,
        way: &mut Vec<usize>,
        seen: &mut BTreeSet<usize>,
        all: &mut Vec<Vec<usize>>,
    ) {
        for (index, link) in links.iter().enumerate() {
            if link.0 != at {
                continue;
            }
            way.push(index);
            if link.1 == to {
                all.push(way.clone());
            } else if seen.insert(link.1) {
                go(links, link.1, to, way, seen, all);
                seen.remove(&link.1);
            }
            way.pop();
        }
    }
    let mut all = Vec::new();
    go(
        links,
        from,
        to,
        &mut Vec::new(),
        &mut BTreeSet::from([from]),
        &mut all,
    );
    all
}

fn sign(links: &[Signed], path: &[usize]) -> Polarity {
    let signs = || path.iter().map(|index| links[*index].2);
    if signs().any(|sign| sign == Polarity::Unknown) {
        Polarity::Unknown
    } else if signs().filter(|sign| *sign == Polarity::Negative).count() % 2 == 0 {
        Polarity::Positive
    } else {
        Polarity::Negative
    }
}

fn counts(links: &[Signed], paths: &[Vec<usize>]) -> PathCounts {
    let of = |wanted| {
        paths
            .iter()
            .filter(|path| sign(links, path) == wanted)
            .count() as u64
    };
    let is_delayed =
        |path: &&Vec<usize>| path.iter().any(|index| links[*index].3 == Delay::Delayed);
    PathCounts {
        positive: of(Polarity::Positive),
        negative: of(Polarity::Negative),
        unknown: of(Polarity::Unknown),
        delayed: paths.iter().filter(is_delayed).count() as u64,
    }
}

/// The links of paths by their places, sorted.
fn numbers(paths: &[Path]) -> BTreeSet<Vec<usize>> {
    let number = |id: &Id| usize::try_from(id.bits() - FIRST_LINK).unwrap();
    paths
        .iter()
        .map(|path| path.links.iter().map(number).collect())
        .collect()
}

fn links(variables: usize) -> impl Strategy<Value = Vec<Signed>> {
    let polarity = prop_oneof![
        4 => Just(Polarity::Positive),
        4 => Just(Polarity::Negative),
        1 => Just(Polarity::Unknown)
    ];
    let delay = prop_oneof![3 => Just(Delay::None), 1 => Just(Delay::Delayed)];
    prop::collection::vec((0..variables, 0..variables, polarity, delay), 0..16)
}

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn paths_are_those_of_plain_enumeration(
        links in links(6),
        from in 0..6_usize,
        to in 0..6_usize,
        step in 1..40_u64,
        longest in 0..7_usize,
    ) {
        let document = with(&NAMES, &links);
        let all = every_path(&links, from, to);
        let report = report(&document, from, to, ALL);
        prop_assert_eq!(report.completeness, Completeness::Exact);
        prop_assert_eq!(report.counts, counts(&links, &all));
        prop_assert_eq!(numbers(&report.paths), all.iter().cloned().collect::<BTreeSet<_>>());
        prop_assert!(report.paths.iter().all(|path| path.variables[0] == id(from)));

        // The reasons are shortest paths of their signs.
        for (reason, wanted) in [
            (&report.raising, Polarity::Positive),
            (&report.lowering, Polarity::Negative),
            (&report.open, Polarity::Unknown),
        ] {
            let of_sign = all.iter().filter(|path| sign(&links, path) == wanted);
            let least = of_sign.map(Vec::len).min();
            prop_assert_eq!(reason.as_ref().map(|path| path.links.len()), least);
            prop_assert!(reason.iter().all(|path| path.polarity == wanted));
        }

        // In small steps the search says at most what there is, and ends at the same.
        let mut search = PathSearch::new(&document, id(from), id(to), ALL);
        while search.advance(step) == Progress::Unfinished {
            let so_far = search.report(&document);
            prop_assert_eq!(so_far.completeness, Completeness::SoFar);
            prop_assert!(so_far.counts.positive <= report.counts.positive);
            prop_assert!(so_far.counts.negative <= report.counts.negative);
            prop_assert!(so_far.counts.unknown <= report.counts.unknown);
        }
        prop_assert_eq!(search.report(&document), report);

        // A bound leaves out what is longer.
        let within: Vec<_> = all.iter().filter(|path| path.len() <= longest).cloned().collect();
        let limits = SearchLimits { longest: Some(longest), ..ALL };
        let bounded = self::report(&document, from, to, limits);
        prop_assert_eq!(bounded.counts, counts(&links, &within));
        prop_assert_eq!(numbers(&bounded.paths), within.into_iter().collect::<BTreeSet<_>>());

        // The shortest.
        let least = all.iter().map(Vec::len).min();
        let shortest: BTreeSet<_> = all.iter().filter(|path| Some(path.len()) == least).cloned().collect();
        let found = shortest_paths(&document, id(from), id(to), 1000);
        prop_assert!(!found.cut_off);
        prop_assert_eq!(&numbers(&found.paths), &shortest);
        let few = shortest_paths(&document, id(from), id(to), 1);
        prop_assert_eq!(few.paths.len(), shortest.len().min(1));
        prop_assert_eq!(few.cut_off, shortest.len() > 1);
    }

    #[test]
    fn a_tree_has_every_link_within_its_depth(links in links(6), root in 0..6_usize, depth in 0..6_usize, back: bool) {
        let document = with(&NAMES, &links);
        let direction = if back { Direction::Causes } else { Direction::Uses };
        let limits = TraceLimits { depth, rows: usize::MAX };
        let tree = trace_tree(&document, id(root), direction, limits).unwrap();
        prop_assert!(!tree.cut_off);
        // Towards the root's side, and away from it.
        let ends = |link: &Signed| if back { (link.1, link.0) } else { (link.0, link.1) };
        let mut distance = [usize::MAX; 6];
        distance[root] = 0;
        for _ in 0..6 {
            for link in &links {
                let (near, far) = ends(link);
                distance[far] = distance[far].min(distance[near].saturating_add(1));
            }
        }
        let expected: BTreeSet<u64> = (FIRST_LINK..).zip(&links)
            .filter(|(_, link)| distance[ends(link).0] < depth)
            .map(|(bits, _)| bits)
            .collect();
        let found: BTreeSet<u64> = tree.rows.iter().map(|row| row.link.bits()).collect();
        prop_assert_eq!(found, expected);

        let mut way = vec![(id(root), Polarity::Positive)];
        for (number, row) in tree.rows.iter().enumerate() {
            prop_assert!(row.depth >= 1 && row.depth <= depth && row.depth <= way.len());
            way.truncate(row.depth);
            let link = &links[usize::try_from(row.link.bits() - FIRST_LINK).unwrap()];
            let (near, far) = ends(link);
            let (above, so_far) = way[row.depth - 1];
            prop_assert_eq!((above, row.variable), (id(near), id(far)));
            prop_assert_eq!((row.polarity, row.delay), (link.2, link.3));
            let known = so_far != Polarity::Unknown && link.2 != Polarity::Unknown;
            prop_assert_eq!(row.whole_sign != Polarity::Unknown, known);
            if known {
                prop_assert_eq!(row.whole_sign == so_far, link.2 == Polarity::Positive);
            }
            let is_loop = way.iter().any(|(passed, _)| *passed == row.variable);
            prop_assert_eq!(row.continuation == Continuation::LoopsBack, is_loop);
            let goes_on = tree.rows.get(number + 1).is_some_and(|next| next.depth > row.depth);
            prop_assert_eq!(row.continuation == Continuation::Onward, goes_on);
            let has_more = links.iter().any(|link| ends(link).0 == far);
            match row.continuation {
                Continuation::End => prop_assert!(!has_more),
                Continuation::Deeper => prop_assert!(has_more && row.depth == depth),
                Continuation::ShownAbove => {
                    let above = &tree.rows[..number];
                    prop_assert!(above.iter().any(|other| other.variable == row.variable
                        && other.continuation == Continuation::Onward && other.depth <= row.depth));
                }
                Continuation::Onward | Continuation::LoopsBack => prop_assert!(has_more),
            }
            way.push((row.variable, row.whole_sign));
        }

        let cut = trace_tree(&document, id(root), direction, TraceLimits { rows: 2, depth }).unwrap();
        prop_assert_eq!(&cut.rows[..], &tree.rows[..tree.rows.len().min(2)]);
        prop_assert_eq!(cut.cut_off, tree.rows.len() > 2);
    }
}

#[test]
fn a_tree_of_causes_reads_like_vensims() {
    let names = ["deaths", "population", "births", "fertility", "food"];
    let document = diagram(
        &names,
        &[
            "births+population",
            "deaths-population",
            "population+births",
            "fertility+births",
            "population+deaths|",
            "food-deaths",
            "food+fertility",
        ],
    );
    let tree = trace_tree(&document, id(1), Direction::Causes, TraceLimits::default()).unwrap();
    let rows: Vec<_> = tree
        .rows
        .iter()
        .map(|row| {
            let name = names[usize::try_from(row.variable.bits()).unwrap()];
            (row.depth, name, row.whole_sign.symbol(), row.continuation)
        })
        .collect();
    assert_eq!(
        rows,
        [
            (1, "births", '+', Continuation::Onward),
            (2, "fertility", '+', Continuation::Onward),
            (3, "food", '+', Continuation::End),
            (2, "population", '+', Continuation::LoopsBack),
            (1, "deaths", '\u{2212}', Continuation::Onward),
            (2, "food", '+', Continuation::End),
            (2, "population", '\u{2212}', Continuation::LoopsBack),
        ]
    );
    let missing = trace_tree(&document, id(77), Direction::Uses, TraceLimits::default());
    assert_eq!(missing, None);
}

#[test]
fn effects_are_told_with_their_reasons() {
    let names = ["Overtime", "output", "fatigue", "errors", "Rework", "tea"];
    let document = diagram(
        &names,
        &[
            "Overtime+output",
            "Overtime+fatigue|",
            "fatigue+errors",
            "errors+Rework",
            "errors-output",
            "Rework-output",
            "fatigue?tea",
        ],
    );
    assert_eq!(
        sentence(&document, 0, 1),
        "The effect of Overtime on output is not certain, because it goes up directly and down through \
         fatigue and errors (1 more path)"
    );
    assert_eq!(
        sentence(&document, 0, 4),
        "Overtime up → Rework up, by the only path"
    );
    assert_eq!(
        sentence(&document, 2, 1),
        "fatigue up → output down, by both paths"
    );
    assert_eq!(
        sentence(&document, 0, 5),
        "The effect of Overtime on tea is not known, because the link from fatigue to tea has no sign yet"
    );
    assert_eq!(
        sentence(&document, 1, 0),
        "No path leads from output to Overtime"
    );
    let limits = SearchLimits {
        longest: Some(1),
        ..ALL
    };
    let bounded = report(&document, 2, 1, limits);
    assert_eq!(bounded.net, NetEffect::Nothing);
    assert_eq!(
        bounded.sentence(&document),
        "No path of one link leads from fatigue to output"
    );
    let bounded = report(&document, 0, 1, limits);
    assert_eq!(
        bounded.sentence(&document),
        "Overtime up → output up, by the only path of one link"
    );
    let path = report(&document, 0, 1, ALL).lowering.unwrap();
    assert_eq!(
        path.sentence(&document),
        "Overtime up → (later) fatigue up → errors up → output down"
    );
}

#[test]
fn too_many_paths_are_counted_as_at_least() {
    // Every one of 24 variables linked to every later one: 2^22 paths from the first to the last.
    let names: Vec<String> = (0..24).map(|number| format!("v{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut links = Vec::new();
    for from in 0..24 {
        for to in from + 1..24 {
            let polarity = if (from, to) == (0, 23) {
                Polarity::Negative
            } else {
                Polarity::Positive
            };
            links.push((from, to, polarity, Delay::None));
        }
    }
    let document = with(&names, &links);
    let few = SearchLimits {
        stored: 10,
        longest: None,
    };
    let mut search = PathSearch::new(&document, id(0), id(23), few);
    assert_eq!(search.advance(0), Progress::Unfinished);
    // Before the first step, both signs are known already.
    let report = search.report(&document);
    assert_eq!(report.net, NetEffect::Indeterminate);
    assert_eq!(search.advance(10_000), Progress::Unfinished);
    let report = search.report(&document);
    assert_eq!(report.completeness, Completeness::SoFar);
    assert_eq!(report.paths.len(), 10);
    let told = report.sentence(&document);
    assert!(
        told.starts_with(
            "The effect of v0 on v23 is not certain, because it goes up through v1 (at least "
        ) && told.ends_with(" and down directly"),
        "{told}"
    );
    let limits = SearchLimits {
        longest: Some(2),
        ..few
    };
    let bounded = self::report(&document, 0, 23, limits);
    assert_eq!(bounded.counts.total(), 23);
}
