//! Play against plain enumeration of paths.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::causal::Progress;
use loopstream::causal::play::{Meeting, Outcome, Play, Push, Signal};
use loopstream::model::{Delay, Document, Edit, Element, Id, Link, Polarity, Variable};
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
