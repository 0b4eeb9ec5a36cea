//! What the table says.

use std::collections::BTreeSet;

use loopstream::causal::archetype::{ARCHETYPES, Archetype, Near, Span};
use loopstream::model::Document;

use crate::archetypes::report;

/// The roles that a text speaks of.
fn spoken_of(text: &str) -> Vec<&str> {
    let parts = text.split('{').skip(1);
    let roles = parts.map(|part| part.split('}').next().unwrap());
    roles.map(|role| role.trim_start_matches('~')).collect()
}

fn role(archetype: &Archetype, id: &str) -> usize {
    let index = archetype.roles.iter().position(|role| role.id == id);
    index.unwrap_or_else(|| panic!("{} has no {id}", archetype.id))
}

#[test]
fn ids_are_short_and_differ() {
    let ids: BTreeSet<&str> = ARCHETYPES.iter().map(|archetype| archetype.id).collect();
    assert_eq!(ids.len(), 11);
    for id in ids {
        assert!(
            id.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{id}"
        );
    }
}

#[test]
fn every_role_is_played_and_told_of() {
    for archetype in ARCHETYPES {
        let told: BTreeSet<usize> = archetype
            .telling
            .iter()
            .flat_map(|clause| spoken_of(clause))
            .map(|id| role(archetype, id))
            .collect();
        let is_told = |role: &usize| told.contains(role);
        let untold = (0..archetype.roles.len())
            .filter(|role| !is_told(role))
            .count();
        assert_eq!(untold, 0, "{}", archetype.id);
        for form in archetype.forms {
            for tie in form.ties {
                assert!(tie.from.max(tie.to) < archetype.roles.len());
                assert!(tie.span == Span::Path || tie.through.is_none());
            }
            for tie in form.delays.iter().copied().flatten() {
                assert!(*tie < form.ties.len(), "{}", archetype.id);
            }
        }
    }
}

#[test]
fn questions_speak_of_roles_that_are_always_played() {
    for archetype in ARCHETYPES {
        assert!(archetype.question.ends_with('?'), "{}", archetype.id);
        for id in spoken_of(archetype.question) {
            let role = role(archetype, id);
            for form in archetype.forms {
                let is_played = form.ties.iter().any(|tie| {
                    let through = tie.needs_through() && tie.through.unwrap().role == role;
                    tie.from == role || tie.to == role || through
                });
                assert!(is_played, "{}: {id}", archetype.id);
            }
        }
    }
}

#[test]
fn behaviour_is_a_sentence_and_advice_has_sources() {
    for archetype in ARCHETYPES {
        assert!(archetype.behaviour.ends_with('.'));
        assert_eq!(
            archetype.behaviour.matches(". ").count(),
            0,
            "{}",
            archetype.id
        );
        let sentences = archetype.advice.matches(". ").count() + 1;
        assert!((2..=3).contains(&sentences), "{}", archetype.id);
        assert!(!archetype.sources.is_empty(), "{}", archetype.id);
        // A year, so that it can be looked up.
        let years = ["1990", "1992", "1994", "1998", "2002", "2008"];
        for source in archetype.sources {
            assert!(years.iter().any(|year| source.contains(year)), "{source}");
        }
    }
}

#[test]
fn nothing_is_consistent_with_nothing() {
    let report = report(&Document::default(), Near::All);
    assert!(report.matches.is_empty() && report.near.is_empty());
}
