//! Whole models: what they draw, and that they come back to the letter.

use loopstream::format::xmile;
use loopstream::model::{Edit, Element, IdSource};

use crate::common::models::with_sizes;
use crate::common::outside;

/// Variables, links, and loops: reinforcing, balancing, and such as equations prove no sign of.
type Sizes = (usize, usize, (u64, u64, u64));

const COOLING: Sizes = (4, 4, (0, 1, 0));
const EPIDEMIC: Sizes = (8, 10, (0, 1, 2));
const ARMS: Sizes = (12, 18, (5, 3, 0));

/// Models of our own, with the equations that every textbook has: Newton's law of cooling, drawn and
/// not, Kermack and McKendrick's epidemic (1927), Richardson's race of arms between three.
#[test]
fn whole_models_have_their_loops_and_come_back() {
    for (name, text, sizes) in [
        ("cup", include_str!("fixtures/cup.xmile"), COOLING),
        ("drawn", include_str!("fixtures/cup-drawn.xmile"), COOLING),
        (
            "epidemic",
            include_str!("fixtures/epidemic.xmile"),
            EPIDEMIC,
        ),
        ("arms", include_str!("fixtures/three-parties.stmx"), ARMS),
    ] {
        assert_comes_back(name, text, sizes);
    }
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn models_by_others_have_their_loops_and_come_back() {
    for (name, sizes) in [
        ("SIR.stmx", EPIDEMIC),
        ("SIR.xmile", EPIDEMIC),
        ("teacup.xmile", COOLING),
        ("teacup_w_diagram.xmile", COOLING),
        ("arms_race_3party.stmx", ARMS),
    ] {
        assert_comes_back(name, &outside::text_of(&format!("xmile/{name}")), sizes);
    }
}

fn assert_comes_back(name: &str, text: &str, sizes: Sizes) {
    let document = with_sizes(name, text, sizes);
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
