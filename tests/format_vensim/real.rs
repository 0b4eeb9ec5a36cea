//! Files by others: what they draw, and that they come back to the letter.

use loopstream::causal::{LoopAnalysis, LoopPolarity, Progress};
use loopstream::format::{Opened, open_text};
use loopstream::model::{IdSource, VariableKind};

use crate::common::shared_data;
use crate::document::assert_valid;

fn open(name: &str) -> Option<(String, Opened)> {
    let path = shared_data().join("vensim").join(name);
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("not tested: there is no {}", path.display());
        return None;
    };
    let opened = open_text(&text, &mut IdSource::new(5)).unwrap();
    assert_valid(&opened.document);
    Some((text, opened))
}

#[test]
fn the_teacup_is_one_balancing_loop() {
    let Some((_, opened)) = open("teacup.mdl") else {
        return;
    };
    let document = &opened.document;
    for link in document.links().values() {
        println!(
            "{} -> {} {:?} {}",
            document.variables()[&link.from].name,
            document.variables()[&link.to].name,
            link.polarity,
            link.bend
        );
    }
    for v in document.variables().values() {
        println!("{v:?}");
    }
    println!("{:?}", opened.warnings);
    let mut analysis = LoopAnalysis::new(document, 1000);
    assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
    let report = analysis.report(document);
    println!("{report:?}");
    let _ = (LoopPolarity::Balancing, VariableKind::Stock);
    for name in ["SIR.mdl", "Lotka_Volterra.mdl"] {
        let (_, opened) = open(name).unwrap();
        let document = &opened.document;
        for link in document.links().values() {
            println!(
                "{} -> {} {:?} {}",
                document.variables()[&link.from].name,
                document.variables()[&link.to].name,
                link.polarity,
                link.bend
            );
        }
        println!("{:?}", opened.warnings);
    }
}
