//! Where pipes turn: the points that pipes of sketches pass, in and out.

use loopstream::format::vensim;
use loopstream::model::{Corner, Document, Element, IdSource, Polarity};

use crate::common::models::changed;
use crate::format_vensim::opened;

const TEXT: &str = "{UTF-8}\nfall=\n\t1\n\t~\t\n\t~\t\t|\n\n\
    high= INTEG (\n\t-fall,\n\t\t10)\n\t~\t\n\t~\t\t|\n\n\
    low= INTEG (\n\tfall,\n\t\t0)\n\t~\t\n\t~\t\t|\n\n\
    \\\\\\---/// Sketch information - do not modify anything except names\n\
    V300  Do not put anything below this section - it will be ignored\n*View 1\n\
    $192-192-192,0,Arial|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0\n\
    10,1,high,100,100,40,20,3,3,0,0,0,0,0,0\n\
    10,2,low,500,300,40,20,3,3,0,0,0,0,0,0\n\
    11,3,0,300,100,6,8,34,3,0,0,1,0,0,0\n\
    10,4,fall,300,120,20,11,40,3,0,0,-1,0,0,0\n\
    1,5,3,1,100,0,0,22,0,192,0,-1--1--1,,1|(220,100)|\n\
    1,6,3,2,4,0,0,22,0,192,0,-1--1--1,,1|(500,100)|\n\
    ///---\\\\\\\n";

/// Where the half of the one pipe turns that fills a stock.
fn corner(document: &Document) -> Option<Corner> {
    let mut links = document.links().values();
    let link = links.find(|link| link.polarity == Polarity::Positive);
    link.unwrap().corner
}

fn turned(document: &Document, corner: Option<Corner>) -> Document {
    let mut links = document.links().iter();
    let fills = links.find(|(_, link)| link.polarity == Polarity::Positive);
    let (id, _) = fills.unwrap();
    changed(document, |edit| {
        edit.change(*id, |element| {
            if let Element::Link(link) = element {
                link.corner = corner;
            }
        });
    })
}

#[test]
fn the_point_that_a_pipe_passes_is_its_corner_and_comes_back() {
    let read = opened(TEXT).document;
    assert_eq!(vensim::write(&read).text, TEXT, "to the letter");
    let Some(Corner::Level(across)) = corner(&read) else {
        panic!("{:?}", corner(&read));
    };
    let scale = across / 200.0;
    let straight = read.links().values();
    let straight = straight.filter(|link| link.corner.is_none());
    assert_eq!(straight.count(), read.links().len() - 1);

    for (moved, point) in [
        (Some(Corner::Level(120.0 * scale)), "1|(420,100)|"),
        (Some(Corner::Upright(90.0 * scale)), "1|(300,190)|"),
        (None, "1|(400,200)|"),
    ] {
        let text = vensim::write(&turned(&read, moved)).text;
        assert!(text.contains(point), "{text}");
        let again = vensim::read(&text, &mut IdSource::new(3)).unwrap().document;
        let apart = match (corner(&again), moved) {
            (Some(one), Some(other)) => (one.distance() - other.distance()).abs(),
            (None, None) => 0.0,
            other => panic!("{other:?}"),
        };
        assert!(apart < 0.02 * scale.max(1.0), "{apart}");
    }
}
