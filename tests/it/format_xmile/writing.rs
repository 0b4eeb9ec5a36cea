//! What is written: the text with the changes, and nothing else.

use loopstream::format::xmile;
use loopstream::model::{Delay, Element, Id, Link, Point, Polarity, Variable, VariableKind};
use proptest::prelude::*;

use crate::common::changes::patch_of;
use crate::common::document::changes;
use crate::common::models::{
    as_runs_were, assert_alike, changed, difference, named, plain_document, shown, warnings,
};
use crate::format_xmile::{TUB, opened};

#[test]
fn what_is_not_changed_comes_back_to_the_letter() {
    for text in [
        TUB.to_owned(),
        TUB.replace('\n', "\r\n"),
        TUB.replace('\t', "  "),
    ] {
        let export = xmile::write(&opened(&text).document);
        assert_eq!(export.text, text);
        assert!(export.warnings.is_empty(), "{:?}", export.warnings);
    }
}

#[test]
fn a_new_name_goes_everywhere_the_old_one_was() {
    let document = opened(TUB).document;
    let id = named(&document, "wanted level");
    let document = changed(&document, |edit| {
        edit.change(id, |element| {
            if let Element::Variable(variable) = element {
                variable.name = "R&D \"goal\"".to_owned();
            }
        });
    });
    let (gone, come) = difference(TUB, &xmile::write(&document).text);
    let quoted = "\"R&amp;D \\\"goal\\\"\"";
    let name = "R&amp;D \\&quot;goal\\&quot;";
    assert_eq!(
        come,
        [
            format!(
                "<eqn>MAX(0, ({quoted} - Water_in_tub) / time_to_fill) * \"opening\"[left]</eqn>"
            ),
            format!("<aux name=\"{name}\"><eqn>if 1 &lt; 2 then 150 else 100</eqn></aux>"),
            format!("<aux name=\"hidden\"><eqn>{quoted}</eqn></aux>"),
            format!("<group name=\"Inputs\"><entity name=\"{name}\"/></group>"),
            format!("<aux x=\"50\" y=\"200\" name=\"{name}\"/>"),
            format!(
                "<connector uid=\"2\" angle=\"63.435\" polarity=\"+\" isee:x=\"1\"><from>{quoted}</from><to>filling</to></connector>"
            ),
        ]
    );
    assert_eq!(gone.len(), come.len());
    let again = opened(&xmile::write(&document).text).document;
    assert_alike(&shown(&document), &shown(&again), 0.0, 0.0);
}

#[test]
fn what_goes_takes_its_equation_and_its_connectors_along() {
    let document = opened(TUB).document;
    let document = changed(&document, |edit| edit.remove(named(&document, "filling")));
    let export = xmile::write(&document);
    let (gone, come) = difference(TUB, &export.text);
    assert_eq!(come, [""; 0]);
    assert_eq!(gone.len(), 12, "{gone:?}");
    assert!(gone.contains(&"<inflow>filling</inflow>".to_owned()));
    assert_eq!(export.text.matches("filling").count(), 0);
    assert_alike(
        &shown(&document),
        &shown(&opened(&export.text).document),
        0.0,
        0.0,
    );
}

#[test]
fn moves_signs_delays_and_bends_are_attributes() {
    let document = opened(TUB).document;
    let link = |from: &str, to: &str| {
        let (from, to) = (named(&document, from), named(&document, to));
        let mut links = document.links().iter();
        *links
            .find(|(_, link)| link.from == from && link.to == to)
            .unwrap()
            .0
    };
    let document = changed(&document, |edit| {
        edit.change(named(&document, "filling"), |element| {
            element.placement_mut().unwrap().position = Point::new(200.0, 260.0);
        });
        edit.change(link("time to fill", "filling"), |element| {
            if let Element::Link(link) = element {
                link.polarity = Polarity::Negative;
                link.delay = Delay::Delayed;
                link.bend = 0.0;
            }
        });
        edit.change(link("Water in tub", "draining"), |element| {
            if let Element::Link(link) = element {
                link.delay = Delay::None;
            }
        });
    });
    let export = xmile::write(&document);
    let (_, come) = difference(TUB, &export.text);
    assert_eq!(
        come,
        [
            "<flow x=\"100\" y=\"130\" name=\"filling\">",
            // The end at the cloud goes along, the end at the stock stays.
            "<pts><pt x=\"50\" y=\"130\"/><pt x=\"177.5\" y=\"100\"/></pts>",
            "<connector uid=\"1\" angle=\"44.772\" polarity=\"-\"><from>Water_in_tub</from><to>filling</to></connector>",
            "<connector uid=\"2\" angle=\"54.462\" polarity=\"+\" isee:x=\"1\"><from>wanted_level</from><to>filling</to></connector>",
            "<connector uid=\"3\" angle=\"90\" polarity=\"none\"><from><alias uid=\"4\"/></from><to>draining</to></connector>",
            "<connector polarity=\"-\" delay_mark=\"true\" uid=\"6\" angle=\"270\"><from>time_to_fill</from><to>filling</to></connector>",
            "<connector uid=\"7\" angle=\"14.153\"><from>Plumbing</from><to>filling</to></connector>",
        ]
    );
    assert_alike(
        &shown(&document),
        &shown(&opened(&export.text).document),
        0.01,
        0.001,
    );
}

#[test]
fn what_is_new_is_put_into_the_view_it_lies_in() {
    let document = opened(TUB).document;
    let id = Id::from_bits(77);
    let document = changed(&document, |edit| {
        let mut variable = Variable {
            name: "Opening".to_owned(),
            kind: VariableKind::Stock,
            remark: "a < b".to_owned(),
            ..Variable::default()
        };
        variable.placement.position = Point::new(1100.0, 140.0);
        edit.set(id, Some(Element::Variable(variable)));
        let link = Link::new(named(&document, "start level"), id, 0.5);
        edit.set(Id::from_bits(78), Some(Element::Link(link)));
    });
    let export = xmile::write(&document);
    let (gone, come) = difference(TUB, &export.text);
    assert_eq!(gone, [""; 0]);
    assert_eq!(
        come,
        [
            "<stock name=\"Opening 2\"><doc>a &lt; b</doc></stock>",
            "<stock x=\"60\" y=\"70\" name=\"Opening 2\"/>",
            "<connector uid=\"9\" angle=\"315\"><from>start_level</from><to>Opening_2</to></connector>",
        ]
    );
    assert_eq!(
        warnings(&export.warnings),
        ["1 name was given a number, for there are others like it"]
    );
}

#[test]
fn a_view_that_is_made_has_flows_with_pipes() {
    let text = "<xmile><model><variables><stock name=\"tub\"><eqn>0</eqn><inflow>filling</inflow></stock>\
        <flow name=\"filling\"><eqn>tap</eqn></flow><aux name=\"tap\"/></variables></model></xmile>";
    let document = opened(text).document;
    let document = changed(&document, |edit| {
        for (name, x) in [("tub", 400.0), ("filling", 200.0), ("tap", 0.0)] {
            edit.change(named(&document, name), |element| {
                element.placement_mut().unwrap().position = Point::new(x, 80.0);
            });
        }
    });
    let export = xmile::write(&document);
    for object in [
        "<flow x=\"100\" y=\"40\" name=\"filling\"><pts><pt x=\"40\" y=\"40\"/><pt x=\"177.5\" y=\"40\"/></pts></flow>",
        "<stock x=\"200\" y=\"40\" name=\"tub\"/>",
        "<aux x=\"0\" y=\"40\" name=\"tap\"/>",
    ] {
        assert_eq!(export.text.matches(object).count(), 1, "{}", export.text);
    }
    let again = opened(&export.text).document;
    assert_alike(&shown(&document), &shown(&again), 0.01, 0.3);
}

#[test]
fn no_variable_gets_a_name_that_equations_have() {
    let text = "<xmile><model><variables><aux name=\"a\"><eqn>b/TIME</eqn></aux><aux name=\"b\"/></variables></model></xmile>";
    let document = opened(text).document;
    for (name, expected) in [("time", "time_2"), ("Max", "Max_2"), ("timely", "timely")] {
        let document = changed(&document, |edit| {
            edit.change(named(&document, "b"), |element| {
                if let Element::Variable(variable) = element {
                    variable.name = name.to_owned();
                }
            });
        });
        let written = xmile::write(&document).text;
        assert!(
            written.contains(&format!("<eqn>{expected}/TIME</eqn>")),
            "{written}"
        );
    }
}

#[test]
fn a_text_that_was_in_another_encoding_says_that_it_is_in_utf_8() {
    let old = TUB.replace("encoding=\"utf-8\"", "encoding='iso-8859-1'");
    let export = xmile::write(&opened(&old).document);
    assert_eq!(export.text, old.replace("iso-8859-1", "UTF-8"));
    assert_eq!(
        warnings(&export.warnings),
        ["the text is in UTF-8 now, and no longer in iso-8859-1"]
    );
}

#[test]
fn a_text_without_a_view_gets_one_when_its_things_are_placed() {
    let text = "<xmile><model><variables><aux name=\"a\"><eqn>b</eqn></aux><aux name=\"b\"/></variables></model></xmile>";
    let document = opened(text).document;
    assert_eq!(xmile::write(&document).text, text);
    let document = changed(&document, |edit| {
        edit.change(named(&document, "a"), |element| {
            element.placement_mut().unwrap().position = Point::new(40.0, 80.0);
        });
    });
    let export = xmile::write(&document);
    let again = opened(&export.text).document;
    assert_alike(&shown(&document), &shown(&again), 0.01, 0.001);
    assert!(export.text.contains("<eqn>b</eqn>"));
}

proptest! {
    #[test]
    fn any_diagram_comes_back(document in plain_document()) {
        let export = xmile::write(&document);
        let again = opened(&export.text).document;
        assert_alike(&shown(&document), &shown(&again), 0.01, 0.01);
        prop_assert_eq!(xmile::write(&again).text, export.text);
    }

    #[test]
    fn any_changes_leave_the_rest_to_the_letter(changes in changes()) {
        let mut document = opened(TUB).document;
        let mut patch = patch_of(&document, &changes);
        patch.source_text = None;
        as_runs_were(&mut patch);
        document.apply(&patch).unwrap();
        let export = xmile::write(&document);
        for kept in ["<!-- kept as it is -->", "<isee:prefs layer=\"model\"/>", "<dt reciprocal=\"true\">4</dt>", "<isee:loop_indicator name=\"B1\"/>", "<style color=\"black\"/>", "<variables><aux name=\"level\"><eqn>wanted_level</eqn></aux></variables></model>"] {
            prop_assert!(export.text.contains(kept), "{} {}", kept, export.text);
        }
        let again = opened(&export.text).document;
        prop_assert_eq!(again.variables().len(), document.variables().len());
        let texts = document.notes().values().filter(|note| !note.text.trim().is_empty());
        prop_assert!(again.notes().len() <= texts.count());
        prop_assert_eq!(xmile::write(&again).text, export.text);
    }

    #[test]
    fn any_document_is_written_and_opens_again(document in crate::common::document::document()) {
        let export = xmile::write(&document);
        let again = opened(&export.text).document;
        prop_assert_eq!(again.variables().len(), document.variables().len());
    }
}
