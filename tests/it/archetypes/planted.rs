//! What was planted is found, with intermediate variables, under any ids, among noise.

use loopstream::causal::archetype::{ARCHETYPES, ArchetypeMatch, Near};
use proptest::prelude::*;

use crate::archetypes::plant::{Chance, Plant};
use crate::archetypes::report;

/// The same role of the other of two sides.
fn mirrored(role: &str) -> String {
    if role == "favoured" {
        return "other".to_owned();
    }
    match (role.strip_prefix("one"), role.strip_prefix("other")) {
        (Some(rest), _) => format!("other{rest}"),
        (_, Some(rest)) => format!("one{rest}"),
        _ => role.to_owned(),
    }
}

/// Every variable of a match is in the role it was planted for, or, with the two sides exchanged,
/// in that of the other side: with variables on the way, both may have the signs of either.
fn has_the_roles(found: &ArchetypeMatch, plant: &Plant) -> bool {
    let roles = plant.archetype.roles;
    let index = |id: &str| roles.iter().position(|role| role.id == id);
    let favoured = index("favoured");
    let fits = |name: &dyn Fn(&str) -> String| {
        found.roles.iter().all(|cast| {
            let role = index(&name(cast.role.id)).or(favoured);
            role.is_some_and(|role| plant.candidates(role).contains(&cast.variable))
        })
    };
    fits(&|role| role.to_owned()) || fits(&mirrored)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_is_planted_is_found_with_its_roles(seed: u64, longest in 1_usize..=4, noise in 0_usize..16) {
        let mut chance = Chance::new(seed);
        for archetype in ARCHETYPES {
            for form in archetype.forms {
                let mut plant = Plant::new(archetype, form, longest, &mut chance);
                plant.add_noise(4, noise, &mut chance);
                let report = report(&plant.document, Near::None);
                let links = plant.links();
                let of_it: Vec<&ArchetypeMatch> = report
                    .matches
                    .iter()
                    .filter(|found| found.archetype == archetype)
                    .collect();
                let found = of_it.iter().find(|found| found.links == links);
                let found = found.copied();
                prop_assert!(found.is_some(), "{}: {of_it:?}", archetype.id);
                prop_assert!(
                    found.is_some_and(|found| has_the_roles(found, &plant)),
                    "{}: {found:?}, planted {:?}",
                    archetype.id,
                    plant.roles
                );
                let twice = of_it.iter().filter(|found| found.links == links).count();
                prop_assert_eq!(twice, 1, "{} is reported once", archetype.id);
            }
        }
    }

    #[test]
    fn keys_differ_and_stay_when_other_things_change(seed: u64) {
        let mut chance = Chance::new(seed);
        for archetype in ARCHETYPES {
            let mut plant = Plant::new(archetype, &archetype.forms[0], 2, &mut chance);
            let before = report(&plant.document, Near::None);
            plant.add_noise(3, 10, &mut chance);
            let after = report(&plant.document, Near::None);
            let keys: Vec<_> = after.matches.iter().map(ArchetypeMatch::key).collect();
            for (index, key) in keys.iter().enumerate() {
                prop_assert!(!keys[..index].contains(key), "{key:?} is there twice");
            }
            for found in &before.matches {
                prop_assert!(keys.contains(&found.key()), "{:?} is gone", found.key());
            }
        }
    }
}
