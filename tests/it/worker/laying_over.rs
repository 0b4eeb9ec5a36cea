//! Maps laid over each other, as the page is told.

use loopstream::format::json;
use loopstream::model::{
    Document, Edit, Element, Id, Link, Measure, MeasureKind, Polarity, Station, Unit, Variable,
};
use loopstream::worker::{LaidMaps, OtherText, Request, ResponseBody};

use super::Desk;
use crate::common::document::assert_valid;

const fn id(bits: u64) -> Id {
    Id::from_bits(bits)
}

/// A step with a process time in hours, and a link of this sign.
fn map(first: u64, hours: Option<f64>, polarity: Option<Polarity>) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let mut station = Station {
        name: "Review".to_owned(),
        ..Station::default()
    };
    let measure = hours.map(|hours| Measure::measured(hours, Unit::Hour));
    station.measures.set(MeasureKind::ProcessTime, measure);
    edit.set(id(first), Some(Element::Station(station)));
    for (at, name) in [(1, "Haste"), (2, "Defects")] {
        let variable = Variable {
            name: name.to_owned(),
            ..Variable::default()
        };
        edit.set(id(first + at), Some(Element::Variable(variable)));
    }
    if let Some(polarity) = polarity {
        let link = Link {
            polarity,
            ..Link::new(id(first + 1), id(first + 2), 0.0)
        };
        edit.set(id(first + 3), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

fn laid(maps: &[(&str, Document)]) -> Result<LaidMaps, String> {
    let mut desk = Desk::new(Document::default());
    let texts = maps.iter().map(|(name, map)| OtherText {
        name: (*name).to_owned(),
        text: json::write(map),
    });
    match desk.ask(Request::LayOver(texts.collect())).pop() {
        Some(ResponseBody::Laid(laid)) => laid,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_table_says_who_sees_what_and_the_diagram_of_all_has_it_in_comments() {
    let maps = [
        ("Ana", map(10, Some(4.0), Some(Polarity::Positive))),
        ("Ben", map(20, None, Some(Polarity::Negative))),
        ("Cem", map(30, Some(4.0), None)),
    ];
    let LaidMaps {
        sentence,
        table,
        document,
    } = laid(&maps).unwrap();
    assert_eq!(
        sentence,
        "3 maps: 2 things are the same in all of them, and 2 are not."
    );
    assert_eq!(table.heads, ["", "Ana", "Ben", "Cem"]);
    let mut rows = table.rows.clone();
    rows.sort();
    assert_eq!(
        rows,
        [
            vec!["Haste → Defects", "+", "\u{2212}", "not there"],
            vec![
                "Review",
                "process time 4 h",
                "process time unknown",
                "process time 4 h"
            ],
        ]
    );
    assert_valid(&document);
    assert_eq!(document.properties().title, "Ana + Ben + Cem");
    let comments: Vec<&str> = document
        .comments()
        .values()
        .map(|comment| comment.text.as_str())
        .collect();
    assert_eq!(comments.len(), 2);
    assert!(
        comments.contains(&"Ana: +\nBen: \u{2212}\nCem: not there"),
        "{comments:?}"
    );
}

#[test]
fn maps_that_agree_say_so_and_one_that_cannot_be_read_is_named() {
    let same = map(10, Some(4.0), None);
    let LaidMaps {
        sentence, table, ..
    } = laid(&[("Ana", same.clone()), ("Ben", same)]).unwrap();
    assert_eq!(
        sentence,
        "2 maps: 3 things are the same in all of them. Nothing differs."
    );
    assert!(table.rows.is_empty());
    let mut desk = Desk::new(Document::default());
    let broken = OtherText {
        name: "b.txt".to_owned(),
        text: "nonsense".to_owned(),
    };
    let Some(ResponseBody::Laid(Err(why))) = desk.ask(Request::LayOver(vec![broken])).pop() else {
        panic!("it was read");
    };
    assert!(why.starts_with("b.txt was not opened: "), "{why}");
}
