//! Files by others: what they draw, and that they come back to the letter.

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{open_text, vensim};
use loopstream::model::{Edit, IdSource, Point};

use crate::common::shared_data;
use crate::document::assert_valid;

#[test]
fn real_models_have_their_loops_and_come_back() {
    // Loops: reinforcing, balancing, and such as equations prove no sign of.
    for (name, variables, links, loops) in [
        ("teacup.mdl", 4, 4, (0, 1, 0)),
        ("SIR.mdl", 8, 11, (0, 1, 2)),
        ("Lotka_Volterra.mdl", 16, 20, (1, 1, 3)),
    ] {
        let path = shared_data().join("vensim").join(name);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("not tested: there is no {}", path.display());
            continue;
        };
        let opened = open_text(&text, &mut IdSource::new(5)).unwrap();
        let document = opened.document;
        assert_valid(&document);
        let mut analysis = LoopAnalysis::new(&document, 1000);
        assert_eq!(analysis.advance(u64::MAX), Progress::Finished);
        let counts = analysis.report(&document).counts;
        let found = (counts.reinforcing, counts.balancing, counts.undetermined);
        let sizes = (document.variables().len(), document.links().len(), found);
        assert_eq!(sizes, (variables, links, loops), "{name}");
        assert_eq!(vensim::write(&document).text, text, "{name}");

        // Everything is moved, and equations, units and settings are as they were.
        let mut edit = Edit::new(&document);
        for id in document.variables().keys() {
            edit.change(*id, |element| {
                let placement = element.placement_mut().unwrap();
                placement.position = Point::new(placement.position.y, placement.position.x);
            });
        }
        let patch = edit.finish();
        let mut changed = document.clone();
        changed.apply(&patch).unwrap();
        let written = vensim::write(&changed).text;
        let parts = |text: &str| {
            let sketch = text.find("\\\\\\---///").unwrap();
            let settings = text.find("///---\\\\\\").unwrap();
            (text[..sketch].to_owned(), text[settings..].to_owned())
        };
        assert_eq!(parts(&written), parts(&text), "{name}");
        let again = vensim::read(&written, &mut IdSource::new(6)).unwrap();
        assert_eq!(vensim::write(&again.document).text, written);
    }
}
