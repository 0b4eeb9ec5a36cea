//! Diagrams in a few words, and what is asked of every arrangement.

use loopstream::causal::Progress;
use loopstream::layout::{Arrange, Arrangement, Quality, Scope};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, Link, Placement, Point, Records, Rect, Variable, Vector,
};
use loopstream::scene::{EstimatedText, Scene};

/// The ready causal loop diagrams.
pub const LOOPS: [&str; 12] = [
    "blameless-learning",
    "change-board",
    "fear-of-deploying",
    "firefighting",
    "late-staffing",
    "limits-to-growth",
    "multitasking",
    "technical-debt",
    "test-automation",
    "the-hero",
    "toil-and-platform",
    "utilisation-trap",
];

pub fn id(number: usize) -> Id {
    Id::from_bits(number as u64 + 1)
}

pub fn link_id(number: usize) -> Id {
    Id::from_bits(number as u64 + 1_000)
}

/// Variables named after their number, all in one place, and links between them.
pub fn causal(count: usize, links: &[(usize, usize)]) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    for number in 0..count {
        let variable = Variable {
            name: format!("Variable {number}"),
            placement: Placement {
                position: Point::new(10.0 * number as f64, 0.0),
                ..Placement::default()
            },
            ..Variable::default()
        };
        edit.set(id(number), Some(Element::Variable(variable)));
    }
    for (number, (from, to)) in links.iter().enumerate() {
        let link = Link::new(id(*from), id(*to), 0.0);
        edit.set(link_id(number), Some(Element::Link(link)));
    }
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    document
}

/// A ready diagram.
pub fn template(name: &str) -> Document {
    let path = format!(
        "{}/public/templates/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let opened = loopstream::format::open_text(&text, &mut IdSource::new(1)).unwrap();
    opened.document
}

pub fn sizes(document: &Document) -> Records<Vector> {
    let scene = Scene::new(document, &EstimatedText);
    let nodes = scene.nodes().iter();
    nodes
        .map(|(id, node)| (*id, Vector::new(node.rect.width(), node.rect.height())))
        .collect()
}

/// The document arranged, in portions of a size.
pub fn arranged_by(
    document: &Document,
    sizes: &Records<Vector>,
    arrange: Arrange,
    scope: Scope,
    budget: u64,
) -> Document {
    let mut arrangement = Arrangement::new(document, sizes, arrange, scope);
    let mut before = 0.0;
    while arrangement.advance(budget) == Progress::Unfinished {
        let fraction = arrangement.fraction();
        assert!(
            (before..=1.0).contains(&fraction),
            "{before} then {fraction}"
        );
        before = fraction;
        assert!(arrangement.patch(document).is_empty() || fraction > 0.99);
    }
    assert!(arrangement.fraction() > 0.999);
    let mut after = document.clone();
    after.apply(&arrangement.patch(document)).unwrap();
    after
}

pub fn arranged(document: &Document, arrange: Arrange) -> Document {
    let sizes = sizes(document);
    arranged_by(document, &sizes, arrange, Scope::Everything, u64::MAX)
}

pub fn quality(document: &Document) -> Quality {
    Quality::of_document(document, &sizes(document))
}

pub fn at(document: &Document, id: Id) -> Point {
    document.placement(id).unwrap().position
}

pub fn rect(document: &Document, sizes: &Records<Vector>, id: Id) -> Rect {
    Rect::centered(at(document, id), sizes[&id].x, sizes[&id].y)
}
