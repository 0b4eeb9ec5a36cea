//! Files by others: what they draw, and that they come back to the letter.

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{Opened, open_text};
use loopstream::model::IdSource;

use crate::common::shared_data;
use crate::document::assert_valid;

fn open(name: &str) -> Option<(String, Opened)> {
    let path = shared_data().join("xmile").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("not tested: there is no {}", path.display());
        return None;
    };
    let opened = open_text(&text, &mut IdSource::new(5)).unwrap();
    assert_valid(&opened.document);
    Some((text, opened))
}

#[test]
fn show() {
    for name in [
        "SIR.stmx",
        "SIR.xmile",
        "teacup.xmile",
        "teacup_w_diagram.xmile",
        "arms_race_3party.stmx",
    ] {
        let (_, opened) = open(name).unwrap();
        let document = &opened.document;
        println!("== {name}: {}", document.properties().title);
        for v in document.variables().values() {
            println!(
                "{} {:?} {:?} {}",
                v.name, v.kind, v.placement.position, v.remark
            );
        }
        for link in document.links().values() {
            println!(
                "{} -> {} {:?} {}",
                document.variables()[&link.from].name,
                document.variables()[&link.to].name,
                link.polarity,
                link.bend
            );
        }
        println!("{:?} {:?}", opened.warnings, opened.positions);
        let mut analysis = LoopAnalysis::new(document, 1000);
        assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
        let report = analysis.report(document);
        println!("{:?}", report.counts);
    }
}
