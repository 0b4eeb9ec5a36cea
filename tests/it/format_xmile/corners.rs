//! Where pipes turn: the points of flows, in and out.

use loopstream::format::xmile;
use loopstream::model::{Corner, Document, Element, IdSource, Point, Polarity};

use crate::common::models::changed;
use crate::format_xmile::opened;

const TEXT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
	<header><vendor>Somebody</vendor><product version="1.0">Something</product></header>
	<model>
		<variables>
			<stock name="high"><eqn>10</eqn><outflow>fall</outflow></stock>
			<stock name="low"><eqn>0</eqn><inflow>fall</inflow></stock>
			<flow name="fall"><eqn>1</eqn></flow>
		</variables>
		<views>
			<view>
				<stock x="100" y="100" name="high"/>
				<stock x="500" y="300" name="low"/>
				<flow x="200" y="40" name="fall"><pts><pt x="100" y="82.5"/><pt x="100" y="40"/><pt x="300" y="40"/><pt x="300" y="300"/><pt x="477.5" y="300"/></pts></flow>
			</view>
		</views>
	</model>
</xmile>
"#;

/// Where the pipes of the one rate turn: at its source and at its sink.
fn corners(document: &Document) -> [Option<Corner>; 2] {
    let of = |polarity| {
        let mut links = document.links().values();
        links.find(|link| link.polarity == polarity).unwrap().corner
    };
    [Polarity::Negative, Polarity::Positive].map(of)
}

fn turned(document: &Document, polarity: Polarity, corner: Option<Corner>) -> Document {
    let mut links = document.links().iter();
    let (id, _) = links.find(|(_, link)| link.polarity == polarity).unwrap();
    changed(document, |edit| {
        edit.change(*id, |element| {
            if let Element::Link(link) = element {
                link.corner = corner;
            }
        });
    })
}

fn position(document: &Document, name: &str) -> Point {
    let mut variables = document.variables().values();
    let found = variables.find(|variable| variable.name.eq_ignore_ascii_case(name));
    found.unwrap().placement.position
}

fn distances([one, other]: [Option<Corner>; 2]) -> (f64, f64) {
    match (one, other) {
        (Some(Corner::Level(one)), Some(Corner::Level(other))) => (one, other),
        corners => panic!("{corners:?}"),
    }
}

#[test]
fn the_points_of_a_flow_are_the_corners_of_its_pipe_and_come_back() {
    let read = opened(TEXT).document;
    assert_eq!(xmile::write(&read).text, TEXT, "to the letter");
    let (source, sink) = distances(corners(&read));
    assert!(
        (source + sink).abs() < 1.0e-9 && sink > 100.0,
        "{source} {sink}"
    );
    let scale = sink / 100.0;
    let [fall, low] = ["fall", "low"].map(|name| position(&read, name));
    assert!(((low.x - fall.x) / scale - 300.0).abs() < 1.0e-6);

    // What is dragged elsewhere is written there, and read there again.
    let dragged = turned(
        &read,
        Polarity::Positive,
        Some(Corner::Level(150.0 * scale)),
    );
    let text = xmile::write(&dragged).text;
    assert!(
        text.contains(r#"<pt x="350" y="40"/><pt x="350" y="300"/><pt x="477.5" y="300"/>"#),
        "{text}"
    );
    let again = xmile::read(&text, &mut IdSource::new(3)).unwrap().document;
    let (source_again, sink_again) = distances(corners(&again));
    assert!((source_again - source).abs() < 0.02 && (sink_again - 150.0 * scale).abs() < 0.02);

    // Down first, then into the side of the stock; and into its top.
    let down = turned(
        &read,
        Polarity::Positive,
        Some(Corner::Upright(260.0 * scale)),
    );
    let text = xmile::write(&down).text;
    assert!(
        text.contains(r#"<pt x="200" y="300"/><pt x="477.5" y="300"/>"#),
        "{text}"
    );
    let over = turned(
        &read,
        Polarity::Positive,
        Some(Corner::Level(300.0 * scale)),
    );
    let text = xmile::write(&over).text;
    assert!(
        text.contains(r#"<pt x="500" y="40"/><pt x="500" y="282.5"/>"#),
        "{text}"
    );

    // Without corners of its own it is straight again.
    let straight = turned(&read, Polarity::Positive, None);
    let text = xmile::write(&straight).text;
    let again = xmile::read(&text, &mut IdSource::new(3)).unwrap().document;
    assert_eq!(corners(&again)[1], None, "{text}");
}
