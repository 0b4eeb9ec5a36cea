//! Whole models: what they draw, and that they come back to the letter.

use loopstream::format::vensim;
use loopstream::model::{Edit, IdSource, Point};

use crate::common::models::with_sizes;
use crate::common::outside;

/// Variables, links, and loops: reinforcing, balancing, and such as equations prove no sign of.
type Sizes = (usize, usize, (u64, u64, u64));

const COOLING: Sizes = (4, 4, (0, 1, 0));
/// What the population begins with is no link.
const EPIDEMIC: Sizes = (8, 10, (0, 1, 2));
/// Neither is what prey and predators begin with; both have a range that begins at zero.
const PREDATION: Sizes = (16, 18, (2, 3, 0));

/// Models of our own, with the equations that every textbook has: Newton's law of cooling, Kermack
/// and McKendrick's epidemic (1927), Lotka and Volterra's predators.
#[test]
fn whole_models_have_their_loops_and_come_back() {
    for (name, text, sizes) in [
        ("cup", include_str!("fixtures/cup.mdl"), COOLING),
        ("epidemic", include_str!("fixtures/epidemic.mdl"), EPIDEMIC),
        ("hares", include_str!("fixtures/hares.mdl"), PREDATION),
    ] {
        assert_comes_back(name, text, sizes);
    }
}

#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn models_by_others_have_their_loops_and_come_back() {
    for (name, sizes) in [
        ("teacup.mdl", COOLING),
        ("SIR.mdl", EPIDEMIC),
        ("Lotka_Volterra.mdl", PREDATION),
    ] {
        assert_comes_back(name, &outside::text_of(&format!("vensim/{name}")), sizes);
    }
}

fn assert_comes_back(name: &str, text: &str, sizes: Sizes) {
    let document = with_sizes(name, text, sizes);
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
    assert_eq!(parts(&written), parts(text), "{name}");
    let again = vensim::read(&written, &mut IdSource::new(6)).unwrap();
    assert_eq!(vensim::write(&again.document).text, written);
}
