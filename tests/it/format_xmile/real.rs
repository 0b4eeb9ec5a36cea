//! Files by others: what they draw, and that they come back to the letter.

use loopstream::format::xmile;
use loopstream::model::{Edit, Element, IdSource};

use crate::common::models::real_model;

#[test]
fn real_models_have_their_loops_and_come_back() {
    // Loops: reinforcing, balancing, and such as equations prove no sign of.
    for (name, variables, links, loops) in [
        ("SIR.stmx", 8, 10, (0, 1, 2)),
        ("SIR.xmile", 8, 10, (0, 1, 2)),
        ("teacup.xmile", 4, 4, (0, 1, 0)),
        ("teacup_w_diagram.xmile", 4, 4, (0, 1, 0)),
        ("arms_race_3party.stmx", 12, 18, (5, 3, 0)),
    ] {
        let sizes = (variables, links, loops);
        let Some((text, document)) = real_model("xmile", name, sizes) else {
            continue;
        };
        assert_eq!(xmile::write(&document).text, text, "{name}");

        // A note more, and everything else is as it was.
        let mut edit = Edit::new(&document);
        let id = *document.variables().keys().next().unwrap();
        edit.change(id, |element| {
            if let Element::Variable(variable) = element {
                variable.remark = "seen".to_owned();
            }
        });
        let patch = edit.finish();
        let mut changed = document.clone();
        changed.apply(&patch).unwrap();
        let written = xmile::write(&changed).text;
        let again = xmile::read(&written, &mut IdSource::new(6)).unwrap();
        assert_eq!(xmile::write(&again.document).text, written);
        for line in text.lines().filter(|line| {
            ["<eqn>", "<units>", "<dt>", "<stop>"]
                .iter()
                .any(|tag| line.contains(tag))
        }) {
            assert!(written.contains(line), "{name}: {line}");
        }
    }
}
