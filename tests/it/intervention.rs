//! Interventions at a link against the documents before and after, each looked at by itself.

use std::collections::BTreeSet;
use std::mem::discriminant;

use loopstream::causal::intervention::{Changes, Intervention, InterventionSearch, Prediction};
use loopstream::causal::press::{PressAnalysis, Response};
use loopstream::causal::{LoopAnalysis, LoopPolarity, LoopReport, Progress};
use loopstream::model::{Delay, Document, Edit, Element, Id, Link, LoopKey, Polarity, Variable};
use proptest::prelude::*;

type Signed = (usize, usize, Polarity, Delay);

fn id(number: usize) -> Id {
    Id::from_bits(number as u64)
}

fn link_id(number: usize) -> Id {
    Id::from_bits(1_000 + number as u64)
}

fn document(size: usize, links: &[Signed]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for number in 0..size {
        edit.set(id(number), Some(Element::Variable(Variable::default())));
    }
    for (number, &(from, to, polarity, delay)) in links.iter().enumerate() {
        let link = Link {
            polarity,
            delay,
            ..Link::new(id(from), id(to), 0.0)
        };
        edit.set(link_id(number), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

fn loops(document: &Document) -> LoopReport {
    let mut search = LoopAnalysis::new(document, 1_000);
    while search.advance(10_000) == Progress::Unfinished {}
    search.report(document)
}

fn answers(document: &Document) -> Vec<(Id, Vec<(Id, Response)>)> {
    let mut press = PressAnalysis::new(document);
    while press.advance() {}
    let variables = document.variables().keys();
    variables
        .map(|pushed| (*pushed, press.responses(*pushed).unwrap()))
        .collect()
}

fn searched(document: &Document, link: Id) -> Vec<(Intervention, Changes)> {
    let mut search = InterventionSearch::new(document, link).unwrap();
    while search.advance(2_000) == Progress::Unfinished {}
    search.changes(document)
}

fn any_diagram() -> impl Strategy<Value = (usize, Vec<Signed>)> {
    let polarity = prop_oneof![
        4 => Just(Polarity::Positive),
        4 => Just(Polarity::Negative),
        1 => Just(Polarity::Unknown),
    ];
    let delay = prop_oneof![3 => Just(Delay::None), 1 => Just(Delay::Delayed)];
    (2_usize..=6).prop_flat_map(move |size| {
        let link = (0..size, 0..size, polarity.clone(), delay.clone());
        (Just(size), prop::collection::vec(link, 1..=2 * size))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn changes_are_those_between_the_two_documents((size, links) in any_diagram()) {
        let document = document(size, &links);
        let now = loops(&document);
        prop_assert!(now.lists_all());
        let now_answers = answers(&document);
        for number in 0..links.len() {
            let link = link_id(number);
            for (what, changes) in searched(&document, link) {
                let mut changed = document.clone();
                changed.apply(&what.patch(&document, link)).unwrap();
                prop_assert_ne!(&changed, &document);
                let then = loops(&changed);
                prop_assert_eq!(changes.counts_before, now.counts);
                prop_assert_eq!(changes.counts_after, then.counts);

                // A loop that the link is not on stays as it is.
                let through: BTreeSet<&LoopKey> = now.loops.iter()
                    .filter(|one| one.links.contains(&link))
                    .map(|one| &one.key)
                    .collect();
                let told: BTreeSet<&LoopKey> =
                    changes.loops.iter().map(|one| &one.before.key).collect();
                prop_assert!(told.is_subset(&through));
                match what {
                    Intervention::Cut => {
                        prop_assert_eq!(&told, &through);
                        prop_assert!(changes.loops.iter().all(|one| one.after.is_none()));
                    }
                    Intervention::Sign(_) => for one in &changes.loops {
                        let after = one.after.as_ref().unwrap().polarity;
                        prop_assert_ne!(one.before.polarity, after);
                        if document.links()[&link].polarity != Polarity::Unknown {
                            prop_assert_ne!(after, LoopPolarity::Undetermined);
                        }
                    },
                    Intervention::Delay(_) => for one in &changes.loops {
                        prop_assert_ne!(one.before.delay, one.after.as_ref().unwrap().delay);
                    },
                }

                let then_answers = answers(&changed);
                let mut others = 0;
                for ((pushed, now), (_, then)) in now_answers.iter().zip(&then_answers) {
                    for ((observed, before), (_, after)) in now.iter().zip(then) {
                        if discriminant(before) != discriminant(after) {
                            others += 1;
                            let is_told = changes.predictions.iter().any(|one| {
                                (one.pushed, one.observed) == (*pushed, *observed)
                                    && (one.before, one.after) == (*before, *after)
                            });
                            prop_assert!(is_told);
                        }
                    }
                }
                prop_assert_eq!(changes.predictions.len(), others);
                prop_assert_eq!(changes.asked, size * size);
                if matches!(what, Intervention::Delay(_)) {
                    prop_assert_eq!(others, 0, "delays change no rest");
                } else if matches!(what, Intervention::Sign(_)) {
                    prop_assert!(changes.arrivals.is_empty(), "signs change no time");
                }
            }
        }
    }
}

#[test]
fn cutting_the_only_brake_leaves_growth_without_rest() {
    let (p, n, now) = (Polarity::Positive, Polarity::Negative, Delay::None);
    // Growth 0 → 1 → 0, and a brake 1 → 2 → 0.
    let links = [
        (0, 1, p, now),
        (1, 0, p, now),
        (1, 2, p, now),
        (2, 0, n, Delay::Delayed),
    ];
    let document = document(3, &links);
    let changes = searched(&document, link_id(3));
    let (what, cut) = &changes[0];
    assert_eq!(*what, Intervention::Cut);
    assert_eq!(
        (cut.counts_before.balancing, cut.counts_after.balancing),
        (1, 0)
    );
    assert_eq!(cut.loops.len(), 1);
    let lost: Vec<&str> = cut
        .archetypes_lost
        .iter()
        .map(|one| one.archetype.id)
        .collect();
    assert_eq!(lost, ["balancing-with-delay"]);
    let brake = |one: &&Prediction| (one.pushed, one.observed) == (id(2), id(0));
    let brake = cut.predictions.iter().find(brake).unwrap();
    assert_eq!(
        (brake.before, brake.after),
        (Response::Falls, Response::Unreached)
    );
    // The brake works a round sooner without its delay.
    let (what, sooner) = changes.last().unwrap();
    assert_eq!(*what, Intervention::Delay(Delay::None));
    let first = sooner.arrivals.first().unwrap();
    assert_eq!(
        (first.variable, first.before, first.after),
        (id(0), Some(2), Some(1))
    );
}
