//! Files by others: what they draw, and that they come back to the letter.

use loopstream::format::vensim;
use loopstream::model::{Edit, IdSource, Point};

use crate::common::models::real_model;

#[test]
fn real_models_have_their_loops_and_come_back() {
    // Loops: reinforcing, balancing, and such as equations prove no sign of.
    for (name, variables, links, loops) in [
        ("teacup.mdl", 4, 4, (0, 1, 0)),
        // What the population begins with is no link.
        ("SIR.mdl", 8, 10, (0, 1, 2)),
        // Neither is what prey and predators begin with; both have a range that begins at zero.
        ("Lotka_Volterra.mdl", 16, 18, (2, 3, 0)),
    ] {
        let sizes = (variables, links, loops);
        let Some((text, document)) = real_model("vensim", name, sizes) else {
            continue;
        };
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
