//! Without one of its parts there is no match, and the near match names the part.

use loopstream::causal::archetype::{ARCHETYPES, Archetype, Cause, Missing, Near};
use loopstream::model::{Delay, Document, Id, IdSource, Polarity};
use proptest::prelude::*;

use crate::archetypes::plant::{Chance, Plant};
use crate::archetypes::{archetype, report};

fn is_full(document: &Document, archetype: &Archetype) -> bool {
    let report = report(document, Near::None);
    let mut matches = report.matches.iter();
    matches.any(|found| found.archetype.id == archetype.id)
}

/// What near matches say is missing of an archetype.
fn missing(document: &Document, archetype: &Archetype) -> Vec<Missing> {
    let near = report(document, Near::All).near;
    let of_it = near.iter().filter(|found| found.archetype == archetype);
    of_it.filter_map(|found| found.missing).collect()
}

fn every_plant(seed: u64, longest: usize, test: impl Fn(&dyn Fn() -> Plant)) {
    for archetype in ARCHETYPES {
        for (index, form) in archetype.forms.iter().enumerate() {
            // The same plant each time it is asked for, to take another part away.
            let fresh = || {
                let mut chance = Chance::new(seed ^ index as u64);
                Plant::new(archetype, form, longest, &mut chance)
            };
            test(&fresh);
        }
    }
}

/// A link from what is before the gap to what is behind it: on the way of the tie, or on those
/// that lead to it and on from it, where a variable may as well be taken for the role.
fn closes(missing: &Missing, plant: &Plant, tie: usize, gone: Id) -> bool {
    let Missing::Link { from, to, .. } = *missing else {
        return false;
    };
    let ends = plant.form.ties[tie];
    let (variables, links) = &plant.ways[tie];
    let gap = links.iter().position(|link| *link == gone).unwrap();
    let mut before = variables[..=gap].to_vec();
    let mut behind = variables[gap + 1..].to_vec();
    for (other, (way, _)) in plant.form.ties.iter().zip(&plant.ways) {
        if other.to == ends.from {
            before.extend(&way[1..]);
        }
        // What only feeds the structure may as well be any variable on its other ways.
        if other.from == ends.from && plant.form.ties.iter().all(|tie| tie.to != ends.from) {
            before.extend(&way[..way.len() - 1]);
        }
        if other.from == ends.to {
            behind.extend(&way[..way.len() - 1]);
        }
    }
    let from_fits = match from {
        Cause::Variable(from) => before.contains(&from),
        Cause::New(role) => *role == plant.archetype.roles[ends.from],
    };
    from_fits && behind.contains(&to)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn without_a_link_it_is_near_and_the_link_is_named(seed: u64, longest in 1_usize..=3) {
        every_plant(seed, longest, |fresh| {
            for (tie, gone) in fresh().every_link() {
                let mut plant = fresh();
                plant.remove(gone);
                let id = plant.archetype.id;
                assert!(!is_full(&plant.document, plant.archetype), "{id}");
                // Any chain could be closed to one loop, so that says nothing.
                if plant.form.ties.len() > 1 {
                    let near = report(&plant.document, Near::All).near;
                    let left: Vec<Id> = plant.document.links().keys().copied().collect();
                    // It closes the gap, or else reads all that is left in another way.
                    let named = near.iter().any(|near| {
                        let closes = |missing| closes(missing, &plant, tie, gone);
                        near.archetype == plant.archetype
                            && (near.missing.as_ref().is_some_and(closes) || near.links == left)
                    });
                    assert!(named, "{id}, tie {tie}");
                }
            }
        });
    }

    #[test]
    fn without_a_polarity_it_is_near_and_the_link_is_named(seed: u64, longest in 1_usize..=3) {
        every_plant(seed, longest, |fresh| {
            for (tie, link) in fresh().every_link() {
                let mut plant = fresh();
                let sign = plant.document.links()[&link].polarity;
                plant.change(link, |link| link.polarity = Polarity::Unknown);
                let id = plant.archetype.id;
                assert!(!is_full(&plant.document, plant.archetype), "{id}");
                let missing = missing(&plant.document, plant.archetype);
                // What only feeds the structure does so by more or by less of it.
                let role = plant.form.ties[tie].from;
                let is_feeder = plant.form.ties.iter().all(|tie| tie.to != role);
                let named = missing.iter().any(|missing| match *missing {
                    Missing::Polarity { link: named, polarity } => {
                        named == link && (polarity == sign || is_feeder)
                    }
                    _ => false,
                });
                assert!(named, "{id}, tie {tie}: {missing:?}");
            }
        });
    }

    #[test]
    fn with_another_polarity_it_is_none(seed: u64, longest in 1_usize..=3) {
        every_plant(seed, longest, |fresh| {
            for (tie, link) in fresh().every_link() {
                let mut plant = fresh();
                let role = plant.form.ties[tie].from;
                let from_it = plant.form.ties.iter().filter(|tie| tie.from == role).count();
                let is_only_feeder =
                    plant.form.ties.iter().all(|tie| tie.to != role) && from_it == 1;
                plant.change(link, |link| link.polarity = match link.polarity {
                    Polarity::Positive => Polarity::Negative,
                    _ => Polarity::Positive,
                });
                let id = plant.archetype.id;
                assert_eq!(is_full(&plant.document, plant.archetype), is_only_feeder, "{id}");
            }
        });
    }

    #[test]
    fn without_its_delay_it_is_near_and_a_mark_is_named(seed: u64, longest in 1_usize..=3) {
        every_plant(seed, longest, |fresh| {
            for group in fresh().form.delays {
                let mut plant = fresh();
                let of_group = |plant: &Plant| -> Vec<Id> {
                    group.iter().flat_map(|tie| plant.ways[*tie].1.clone()).collect()
                };
                for link in of_group(&plant) {
                    plant.delay(link, Delay::None);
                }
                let id = plant.archetype.id;
                assert!(!is_full(&plant.document, plant.archetype), "{id}");
                let missing = missing(&plant.document, plant.archetype);
                let named = missing.iter().any(|missing| match missing {
                    Missing::Delay { link } => of_group(&plant).contains(link),
                    _ => false,
                });
                assert!(named, "{id}: {missing:?}");
            }
        });
    }

    #[test]
    fn what_is_missing_completes_it(seed: u64, longest in 1_usize..=2, part in 0_usize..100) {
        every_plant(seed, longest, |fresh| {
            let mut plant = fresh();
            let links = plant.links();
            plant.remove(links[part % links.len()]);
            for near in report(&plant.document, Near::All).near {
                let missing = near.missing.unwrap();
                let mut ids = IdSource::new(seed ^ 0xABCD);
                let patch = missing.patch(&plant.document, &mut ids);
                assert!(!patch.is_empty());
                let mut completed = plant.document.clone();
                completed.apply(&patch).unwrap();
                assert!(
                    is_full(&completed, near.archetype),
                    "{}: {}",
                    near.sentence(&plant.document),
                    missing.sentence(&plant.document)
                );
            }
        });
    }
}

#[test]
fn a_missing_feeder_is_a_new_variable_named_after_its_role() {
    let mut chance = Chance::new(1);
    let limits = archetype("limits-to-growth");
    let mut plant = Plant::new(limits, &limits.forms[0], 1, &mut chance);
    let feeder = plant.ways[2].1[0];
    plant.remove(feeder);
    let near = report(&plant.document, Near::Strong).near;
    let near = near.iter().find(|near| near.archetype == limits).unwrap();
    let missing = near.missing.unwrap();
    assert!(
        matches!(missing, Missing::Link { from: Cause::New(role), .. } if role.id == "constraint")
    );
    let patch = missing.patch(&plant.document, &mut IdSource::new(5));
    plant.document.apply(&patch).unwrap();
    let mut names = plant.document.variables().values();
    assert!(names.any(|variable| variable.name == "Constraint"));
}
