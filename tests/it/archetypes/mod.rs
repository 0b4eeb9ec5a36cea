//! Archetypes: found where they were planted, and only there.

mod large;
mod oracle;
mod parts;
mod plant;
mod planted;
mod templates;
mod words;

use loopstream::causal::Progress;
use loopstream::causal::archetype::{
    ARCHETYPES, Archetype, ArchetypeReport, ArchetypeSearch, Near, ReportLimits,
};
use loopstream::model::Document;

const EVERYTHING: ReportLimits = ReportLimits {
    matches: usize::MAX,
    near: usize::MAX,
    all_near: usize::MAX,
};

fn archetype(id: &str) -> &'static Archetype {
    let found = ARCHETYPES.iter().find(|archetype| archetype.id == id);
    found.unwrap_or_else(|| panic!("no archetype {id}"))
}

/// The whole search.
fn report(document: &Document, near: Near) -> ArchetypeReport {
    let mut search = ArchetypeSearch::new(document, near);
    assert_eq!(search.advance(u64::MAX), Progress::Finished);
    search.report(EVERYTHING)
}
