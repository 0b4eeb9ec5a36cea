//! Play against plain enumeration of paths.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::causal::play::{Account, Meeting, Moment, Outcome, Play, Push, Signal, Standing};
use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::model::{
    Delay, Document, Edit, Element, Id, Link, Point, Polarity, Variable, Vector,
};
use loopstream::scene::{EstimatedText, Primitive, Scene, Segment, View, draw_play};
use proptest::prelude::*;

type Signed = (usize, usize, Polarity, Delay);

fn id(number: usize) -> Id {
    Id::from_bits(number as u64)
}

fn document(size: usize, links: &[Signed]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for number in 0..size {
        edit.set(id(number), Some(Element::Variable(Variable::default())));
    }
    for (bits, &(from, to, polarity, delay)) in (100..).zip(links) {
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

fn played(document: &Document, pushed: usize, push: Push) -> Play {
    let mut play = Play::new(document, id(pushed), push).unwrap();
    while play.advance(document, 5_000) == Progress::Unfinished {}
    play
}

fn times(one: Polarity, other: Polarity) -> Polarity {
    match (one, other) {
        (Polarity::Unknown, _) | (_, Polarity::Unknown) => Polarity::Unknown,
        _ if one == other => Polarity::Positive,
        _ => Polarity::Negative,
    }
}

/// Of each variable, the signs of all paths that lead there and pass none twice, each with the
/// rounds of the quickest.
fn paths(size: usize, links: &[Signed], pushed: usize, push: Push) -> Vec<BTreeMap<u8, u32>> {
    let mut found = vec![BTreeMap::new(); size];
    let mut open = vec![(vec![pushed], push.sign(), 0)];
    while let Some((path, sign, rounds)) = open.pop() {
        let here = *path.last().unwrap();
        if here != pushed {
            let known = found[here].entry(sign as u8).or_insert(rounds);
            *known = rounds.min(*known);
        }
        for &(from, to, polarity, delay) in links {
            if from == here && !path.contains(&to) {
                let longer = path.iter().copied().chain([to]).collect();
                let takes = if delay == Delay::None { 1 } else { 2 };
                open.push((longer, times(sign, polarity), rounds + takes));
            }
        }
    }
    found
}

fn any_diagram() -> impl Strategy<Value = (usize, Vec<Signed>)> {
    let polarity = prop_oneof![
        6 => Just(Polarity::Positive),
        6 => Just(Polarity::Negative),
        1 => Just(Polarity::Unknown),
    ];
    let delay = prop_oneof![3 => Just(Delay::None), 1 => Just(Delay::Delayed)];
    (1_usize..=7).prop_flat_map(move |size| {
        let link = (0..size, 0..size, polarity.clone(), delay.clone());
        (Just(size), prop::collection::vec(link, 0..=2 * size))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_reached_is_reached_by_a_quickest_path((size, links) in any_diagram()) {
        let document = document(size, &links);
        for pushed in 0..size {
            let play = played(&document, pushed, Push::Up);
            let reached = play.reached(&document);
            let rounds: Vec<u32> = reached.iter().map(|one| one.round).collect();
            prop_assert!(rounds.is_sorted());
            let found: BTreeMap<Id, u32> =
                reached.iter().map(|one| (one.variable, one.round)).collect();
            let quickest = paths(size, &links, pushed, Push::Up).into_iter().enumerate();
            let quickest = quickest.filter_map(|(variable, signs)| {
                Some((id(variable), *signs.values().min()?))
            });
            prop_assert_eq!(found, quickest.collect::<BTreeMap<_, _>>());
            for one in reached {
                let (mut at, mut passed, mut rounds) = (id(pushed), vec![id(pushed)], 0);
                for link in &one.links {
                    let link = &document.links()[link];
                    prop_assert_eq!(link.from, at);
                    at = link.to;
                    prop_assert!(!passed.contains(&at));
                    passed.push(at);
                    rounds += if link.delay == Delay::None { 1 } else { 2 };
                }
                prop_assert_eq!((at, rounds), (one.variable, one.round));
            }
        }
    }

    #[test]
    fn outcomes_are_those_of_all_paths(
        (size, links) in any_diagram(),
        push in prop_oneof![Just(Push::Up), Just(Push::Down)],
    ) {
        let document = document(size, &links);
        for pushed in 0..size {
            let play = played(&document, pushed, push);
            for (variable, signs) in paths(size, &links, pushed, push).into_iter().enumerate() {
                let found = play.outcome_of(id(variable)).unwrap();
                let has = |sign: Polarity| signs.contains_key(&(sign as u8));
                let (up, down) = (has(Polarity::Positive), has(Polarity::Negative));
                let is_right = match found {
                    Outcome::Pushed => variable == pushed,
                    Outcome::Unreached => signs.is_empty(),
                    Outcome::Rises => up && signs.len() == 1,
                    Outcome::Falls => down && signs.len() == 1,
                    Outcome::Depends { raising, lowering } => {
                        let ends = |path: &loopstream::causal::trace::Path, sign: Polarity| {
                            path.variables.first() == Some(&id(pushed))
                                && path.variables.last() == Some(&id(variable))
                                && times(path.polarity, push.sign()) == sign
                        };
                        up && down
                            && raising.as_ref().is_some_and(|path| ends(path, Polarity::Positive))
                            && lowering.as_ref().is_some_and(|path| ends(path, Polarity::Negative))
                    }
                    Outcome::Unsigned { link } => {
                        has(Polarity::Unknown) && !(up && down) && link.is_some()
                    }
                    Outcome::SoFar(_) => false,
                };
                prop_assert!(is_right, "{found:?} of {signs:?} at {variable}");
                if matches!(found, Outcome::Depends { .. }) {
                    for sign in [Polarity::Positive, Polarity::Negative] {
                        let mut signals = play.signals().iter();
                        let comes = |signal: &Signal| {
                            signal.variable == id(variable) && signal.sign == sign
                        };
                        prop_assert!(signals.any(comes), "no {sign:?} to {variable}");
                    }
                }
            }
        }
    }

    /// The first signal comes by the quickest way, in order, and none is told twice.
    #[test]
    fn signals_are_in_time((size, links) in any_diagram()) {
        let document = document(size, &links);
        for pushed in 0..size {
            let play = played(&document, pushed, Push::Up);
            let mut carried = BTreeSet::new();
            let mut first: BTreeMap<Id, u32> = BTreeMap::new();
            let mut last = 0;
            for signal in play.signals() {
                prop_assert!(signal.round >= last);
                last = signal.round;
                let new = carried.insert((signal.link, signal.sign as u8, signal.round));
                prop_assert!(new || signal.sign == Polarity::Unknown, "{:?}", signal);
                if signal.meeting == Meeting::First {
                    prop_assert!(first.insert(signal.variable, signal.round).is_none());
                }
                if signal.variable == id(pushed) {
                    prop_assert!(
                        matches!(
                            signal.meeting,
                            Meeting::Amplifies | Meeting::Answers | Meeting::Returns
                        )
                    );
                }
            }
            prop_assert_eq!(play.rounds(), last);
            let paths = paths(size, &links, pushed, Push::Up);
            for (variable, signs) in paths.into_iter().enumerate() {
                let quickest = signs.values().min();
                prop_assert_eq!(first.get(&id(variable)), quickest);
            }
        }
    }
}

/// Growth and its limit: the one loop amplifies the push, the other answers it.
#[test]
fn loops_amplify_and_answer() {
    use Polarity::{Negative, Positive};
    let links = [
        (0, 1, Positive, Delay::None),
        (1, 0, Positive, Delay::None),
        (1, 2, Positive, Delay::Delayed),
        (2, 1, Negative, Delay::None),
    ];
    let play = played(&document(3, &links), 0, Push::Up);
    let meetings: Vec<(u32, Meeting)> = play
        .signals()
        .iter()
        .map(|signal| (signal.round, signal.meeting))
        .collect();
    assert_eq!(
        meetings,
        [
            (1, Meeting::First),
            (2, Meeting::Amplifies),
            (3, Meeting::First),
            (4, Meeting::Answers),
        ]
    );
    assert_eq!(play.outcome_of(id(2)), Some(&Outcome::Rises));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// A signal is on its link from when it left until it arrives, and its loop is one: the links
    /// join, pass no variable twice, and their sign says whether it amplifies or answers.
    #[test]
    fn moments_follow_the_signals((size, links) in any_diagram(), share in 0.001..0.999) {
        let document = document(size, &links);
        let play = played(&document, 0, Push::Down);
        for round in 0..=play.rounds() {
            let moment = Moment { round, share };
            let now = f64::from(round) + share;
            for one in play.travelling(moment) {
                let (left, arrives) = (f64::from(one.signal.left), f64::from(one.signal.round));
                prop_assert!((left + one.along * (arrives - left) - now).abs() < 1.0e-9);
                prop_assert!(one.along > 0.0 && one.along < 1.0);
            }
            let whole = Moment { round, share: 0.0 };
            let between = play.travelling(whole).count();
            let late = play.signals().iter();
            let late = late.filter(|one| one.left < round && one.round > round).count();
            prop_assert_eq!(between, late);
            for signal in play.arriving(round) {
                prop_assert_eq!(signal.round, round);
                prop_assert_eq!(signal.meeting.closes(), !signal.circuit.is_empty());
                let edges = signal.circuit.iter().map(|id| &document.links()[id]);
                let edges: Vec<_> = edges.collect();
                let mut passed = BTreeSet::new();
                for (place, link) in edges.iter().enumerate() {
                    let next = edges[(place + 1) % edges.len()];
                    prop_assert_eq!(link.to, next.from);
                    prop_assert!(passed.insert(link.from));
                }
                let sign = edges.iter().map(|link| link.polarity);
                let sign = sign.fold(Polarity::Positive, times);
                match signal.meeting {
                    Meeting::Amplifies => prop_assert_eq!(sign, Polarity::Positive),
                    Meeting::Answers => prop_assert_eq!(sign, Polarity::Negative),
                    Meeting::Returns => prop_assert_eq!(signal.sign, Polarity::Unknown),
                    _ => {}
                }
            }
        }
    }

    /// What has come to a variable is what some path brings; after the last round all of it has.
    #[test]
    fn standings_are_of_paths((size, links) in any_diagram()) {
        let document = document(size, &links);
        let play = played(&document, 0, Push::Up);
        let paths = paths(size, &links, 0, Push::Up);
        for round in 0..=play.rounds() {
            let is_last = round == play.rounds();
            for (variable, standing) in play.standings(round) {
                let signs = &paths[variable.bits() as usize];
                let has = |sign: Polarity| signs.contains_key(&(sign as u8));
                let (up, down) = (has(Polarity::Positive), has(Polarity::Negative));
                let is_right = match standing {
                    Standing::Pushed(sign) => variable == id(0) && sign == Polarity::Positive,
                    Standing::Rises => up && !(is_last && signs.len() > 1),
                    Standing::Falls => down && !(is_last && signs.len() > 1),
                    Standing::Depends => up && down,
                    Standing::Unknown => has(Polarity::Unknown) && !(is_last && up && down),
                    Standing::Unreached => is_last && signs.is_empty(),
                    Standing::SoFar(_) => false,
                };
                prop_assert!(is_right, "{standing:?} of {signs:?} at {variable}");
            }
            if is_last {
                prop_assert_eq!(play.standings(round).len(), size);
            }
        }
    }

    /// However small the budgets, the play ends with the same outcomes.
    #[test]
    fn budgets_change_nothing((size, links) in any_diagram(), budget in 1_u64..5_000) {
        let document = document(size, &links);
        let mut play = Play::new(&document, id(0), Push::Up).unwrap();
        while play.advance(&document, budget) == Progress::Unfinished {}
        prop_assert!(play.is_settled());
        let whole = played(&document, 0, Push::Up);
        prop_assert_eq!(play.outcomes(), whole.outcomes());
        prop_assert_eq!(play.signals(), whole.signals());
    }

    /// Each moment draws as many signals as are on their way, each on the curve of its link.
    #[test]
    fn signals_are_drawn_on_their_links((size, links) in any_diagram(), zoom in 0.05..4.0) {
        let document = spread(document(size, &links));
        let scene = Scene::new(&document, &EstimatedText);
        let play = played(&document, 0, Push::Up);
        let bounds = scene.bounds().unwrap().grown(200.0);
        let view = View { size: Vector::new(1e6, 1e6), zoom, ..View::default() };
        let view = view.panned(Vector::new(-bounds.left * zoom, -bounds.top * zoom));
        for round in 0..play.rounds() {
            let moment = Moment { round, share: 0.4 };
            let travelling: Vec<_> = play.travelling(moment).collect();
            let drawn = draw_play(&scene, &play, moment, &view);
            let unit = (zoom / 0.6).clamp(0.75, 1.0) * (1.0 / zoom).max(1.0);
            let radius = 11.0 * unit;
            let dots: Vec<Point> = drawn.iter().filter_map(|one| dot(one, radius)).collect();
            prop_assert_eq!(dots.len(), travelling.len());
            for (at, one) in dots.iter().zip(&travelling) {
                let curve = scene.links()[&one.signal.link].curve;
                let off = curve.distance(*at);
                prop_assert!(off <= 13.0 * unit + 1.0e-6, "{off}");
                let others = travelling.iter().filter(|other| other.signal.link == one.signal.link);
                prop_assert!(off < 1.0e-6 || others.count() > 1, "{off}");
            }
        }
    }
}

/// The middle of a filled circle of this radius.
fn dot(primitive: &Primitive, wanted: f64) -> Option<Point> {
    match primitive {
        Primitive::Fill { path, .. } => match path.0.get(1) {
            Some(Segment::Arc { center, radius, .. }) if path.0.len() == 3 => {
                ((radius - wanted).abs() < 1.0e-6).then_some(*center)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The variables of a document apart from each other.
fn spread(document: Document) -> Document {
    let mut edit = Edit::new(&document);
    for (place, (id, variable)) in document.variables().iter().enumerate() {
        let mut variable = variable.clone();
        let turn = place as f64 * 0.9;
        variable.placement.position = Point::new(500.0 * turn.cos(), 500.0 * turn.sin());
        edit.set(*id, Some(Element::Variable(variable)));
    }
    let patch = edit.finish();
    let mut spread = document;
    spread.apply(&patch).unwrap();
    spread
}

/// A play in words: rounds, loops by their codes, the paths that are opposed, what is not known.
#[test]
fn a_play_is_told() {
    use Polarity::{Negative, Positive, Unknown};
    let links = [
        (0, 1, Positive, Delay::None),
        (1, 0, Positive, Delay::None),
        (1, 2, Positive, Delay::Delayed),
        (2, 3, Negative, Delay::None),
        (1, 3, Positive, Delay::None),
        (3, 4, Unknown, Delay::None),
    ];
    let mut document = document(7, &links);
    let mut edit = Edit::new(&document);
    for (bits, name) in (0..).zip(["Batch size", "Risk", "Fear", "Trust", "Joy", "Rent", ""]) {
        let named = Variable {
            name: name.to_owned(),
            ..Variable::default()
        };
        edit.set(Id::from_bits(bits), Some(Element::Variable(named)));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let mut search = LoopAnalysis::new(&document, 10);
    search.advance(u64::MAX);
    let loops = search.report(&document);
    let about = Account {
        document: &document,
        loops: &loops,
    };
    let play = played(&document, 0, Push::Down);
    assert_eq!(play.pushed_words(about), "Batch size pushed down");
    assert_eq!(play.rounds(), 5);
    assert_eq!(play.round_words(2), "Round 2 of 5");
    assert_eq!(
        play.spoken_round(about, 1),
        "Round 1: Risk falls (by Batch size)"
    );
    assert_eq!(
        play.arrivals(about, 2),
        [
            "Back at Batch size, loop R1 amplifies the push (by Risk)",
            "Trust falls (by Risk)",
        ]
    );
    assert_eq!(
        play.spoken_round(about, 3),
        "Round 3: Fear falls (by Risk). Joy changes, up or down is not known (by Trust)"
    );
    assert_eq!(play.arrivals(about, 4), ["Trust also rises (by Fear)"]);
    let rows: Vec<(String, Vec<String>)> = play
        .ends(about)
        .into_iter()
        .map(|row| (row.words, row.reasons))
        .collect();
    let row = |words: &str, reasons: &[&str]| {
        let reasons = reasons.iter().map(|reason| (*reason).to_owned());
        (words.to_owned(), reasons.collect::<Vec<_>>())
    };
    assert_eq!(
        rows,
        [
            row("Falls: Fear, Risk", &[]),
            row(
                "Joy changes, up or down is not known",
                &["The link from Trust to Joy has no sign yet"]
            ),
            row(
                "Trust depends on which is stronger",
                &[
                    "Up: Batch size down → Risk down → (later) Fear down → Trust up",
                    "Down: Batch size down → Risk down → Trust down",
                ]
            ),
            row("Not reached: Rent, unnamed", &[]),
        ]
    );
    assert_eq!(
        play.spoken_end(),
        "The play is over: 2 fall, 1 depends, 1 is not known, 2 are not reached"
    );
}
