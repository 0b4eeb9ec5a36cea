//! explore
#![allow(clippy::unwrap_used, missing_docs)]
use loopstream::causal::Progress;
use loopstream::causal::archetype::*;
use loopstream::format::json;
#[test]
fn explore() {
    for entry in std::fs::read_dir("public/templates").unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        if path.ends_with("index.json") {
            continue;
        }
        let document = json::read(&text).unwrap().document;
        if document.links().is_empty() {
            continue;
        }
        println!("== {path:?}");
        let mut search = ArchetypeSearch::new(&document, Near::Strong);
        let mut n = 0;
        while search.advance(1000) == Progress::Unfinished {
            n += 1;
        }
        let report = search.report(ReportLimits::default());
        println!(
            "{n}k {:?} more {} {}",
            report.completeness, report.more_matches, report.more_near
        );
        for m in report.matches.iter().chain(&report.near) {
            println!("  {} [{}]", m.sentence(&document), m.links.len());
            if let Some(missing) = &m.missing {
                println!("      {}", missing.sentence(&document));
            }
        }
    }
}
