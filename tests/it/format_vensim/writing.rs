//! What is written: the text with the changes, and nothing else.

use loopstream::format::{vensim, xmile};
use loopstream::model::{
    Delay, Document, Element, Id, Link, Point, Polarity, Variable, VariableKind,
};
use proptest::prelude::*;

use crate::common::changes::patch_of;
use crate::common::document::changes;
use crate::common::models::{
    as_runs_were, assert_alike, changed, difference, named, plain_document, shown, warnings,
};
use crate::format_vensim::{TUB, opened};

fn link(document: &Document, from: &str, to: &str) -> Id {
    let (from, to) = (named(document, from), named(document, to));
    let mut links = document.links().iter();
    *links
        .find(|(_, link)| link.from == from && link.to == to)
        .unwrap()
        .0
}

#[test]
fn what_is_not_changed_comes_back_to_the_letter() {
    for text in [
        TUB.to_owned(),
        TUB.replace('\n', "\r\n"),
        TUB.replace("{UTF-8}\n", ""),
    ] {
        let export = vensim::write(&opened(&text).document);
        assert_eq!(export.text, text);
        assert!(export.warnings.is_empty(), "{:?}", export.warnings);
    }
    // What was not UTF-8 is it now, and says so.
    let old = TUB.replace("{UTF-8}\n", "").replace("worry", "\u{dc}ber");
    let export = vensim::write(&opened(&old).document);
    assert_eq!(export.text, format!("{{UTF-8}}\n{old}"));
}

#[test]
fn a_new_name_goes_everywhere_the_old_one_was() {
    let document = opened(TUB).document;
    let document = changed(&document, |edit| {
        edit.change(named(&document, "wanted level"), |element| {
            if let Element::Variable(variable) = element {
                variable.name = "R&D \"goal\"".to_owned();
            }
        });
    });
    let export = vensim::write(&document);
    let (gone, come) = difference(TUB, &export.text);
    assert_eq!(
        come,
        [
            "MAX(0, (\"R&D \\\"goal\\\"\" - Water in tub)/time to fill table(Time)) * opening[left!]",
            "\"R&D \\\"goal\\\"\"=",
            "hidden= \"R&D \\\"goal\\\"\" ~~|",
            "10,12,\"R&D \\\"goal\\\"\",190,300,40,8,8,3,0,0,0,0,0,0",
            "5:\"R&D \\\"goal\\\"\"",
        ]
    );
    assert_eq!(gone.len(), come.len());
    assert_alike(
        &shown(&document),
        &shown(&opened(&export.text).document),
        0.0,
        0.0,
    );
}

#[test]
fn what_goes_takes_its_equation_and_its_pipes_along() {
    let document = opened(TUB).document;
    let document = changed(&document, |edit| {
        edit.remove(named(&document, "filling (in)"))
    });
    let export = vensim::write(&document);
    let (gone, come) = difference(TUB, &export.text);
    // The sum of the stock goes on without it.
    assert_eq!(come, ["-draining,"]);
    assert_eq!(gone.len(), 14, "{gone:#?}");
    assert_eq!(export.text.matches("filling (in)").count(), 0);
    assert_eq!(warnings(&export.warnings), [""; 0]);
    assert_alike(
        &shown(&document),
        &shown(&opened(&export.text).document),
        0.0,
        0.0,
    );
}

#[test]
fn moves_signs_delays_and_bends_are_fields() {
    let document = opened(TUB).document;
    let document = changed(&document, |edit| {
        edit.change(named(&document, "filling (in)"), |element| {
            element.placement_mut().unwrap().position = Point::new(332.5, 483.0);
        });
        edit.change(link(&document, "Water in tub", "draining"), |element| {
            if let Element::Link(link) = element {
                link.polarity = Polarity::Negative;
                link.delay = Delay::Delayed;
                link.bend = 0.25;
            }
        });
        edit.change(named(&document, "draining"), |element| {
            if let Element::Variable(variable) = element {
                variable.remark = "It | goes\ndown".to_owned();
            }
        });
    });
    let export = vensim::write(&document);
    let (_, come) = difference(TUB, &export.text);
    assert_eq!(
        come,
        [
            "~\tIt / goes",
            "down",
            "1,3,5,1,4,0,0,22,0,0,0,-1--1--1,,1|(245,230)|",
            "1,4,5,2,100,0,0,22,0,0,0,-1--1--1,,1|(145,230)|",
            "11,5,48,190,260,6,8,34,3,0,0,1,0,0,0",
            "10,6,\"filling (in)\",190,276,32,8,40,3,0,0,-1,0,0,0",
            "1,13,12,6,1,0,43,0,0,65,0,-1--1--1,,1|(190,288)|",
            "1,14,1,5,1,0,45,0,2,128,0,-1--1--1,|||0-0-0,1|(215,175)|",
            "1,15,1,10,1,0,45,0,0,65,0,-1--1--1,,1|(350,175)|",
            "1,17,16,5,0,0,0,0,0,64,0,-1--1--1,,1|(135,190)|",
        ]
    );
    assert_eq!(
        warnings(&export.warnings),
        ["1 note has other characters in the place of ~, | or a backslash, which would end it"]
    );
}

#[test]
fn what_is_new_is_put_into_the_view_it_lies_in() {
    let document = opened(TUB).document;
    let id = Id::from_bits(77);
    let document = changed(&document, |edit| {
        let mut variable = Variable {
            name: "Hidden".to_owned(),
            kind: VariableKind::Stock,
            remark: "seen".to_owned(),
            ..Variable::default()
        };
        variable.placement.position = Point::new(1225.0, 150.0);
        edit.set(id, Some(Element::Variable(variable)));
        let new = Link::new(named(&document, "wanted level"), id, 0.5);
        edit.set(Id::from_bits(78), Some(Element::Link(new)));
        let new = Link::new(id, named(&document, "draining"), 0.0);
        edit.set(Id::from_bits(79), Some(Element::Link(new)));
        edit.remove(link(&document, "worry", "draining"));
    });
    let export = vensim::write(&document);
    let (gone, come) = difference(TUB, &export.text);
    assert_eq!(
        gone,
        [
            "draining  = A FUNCTION OF( -Water_in_tub,",
            "worry)",
            "1,3,1,2,1,0,79,0,0,64,0,-1--1--1,,1|(150,50)|"
        ]
    );
    assert_eq!(
        come,
        [
            "draining  = A FUNCTION OF( -Water in tub,Hidden 2)",
            "Hidden 2  = A FUNCTION OF( wanted level)",
            "~\tseen",
            // The first view gets a shadow of it, the second one of its cause.
            "10,22,Hidden 2,300,216,24,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|||128-128-128",
            "1,23,22,11,0,0,0,0,0,64,0,-1--1--1,,1|(350,216)|",
            "10,6,Hidden 2,200,100,40,20,3,3,0,0,0,0,0,0",
            "10,7,wanted level,100,100,36,11,8,2,0,3,-1,0,0,0,128-128-128,0-0-0,|||128-128-128",
            "1,8,7,6,1,0,0,0,0,64,0,-1--1--1,,1|(150,50)|",
        ]
    );
}

#[test]
fn documents_of_before_scales_were_fitted_do_not_move() {
    // The first view is drawn at 1.75 now, and was at 1.5.
    let document = opened(TUB).document;
    let before = changed(&document, |edit| {
        for id in document.variables().keys().chain(document.notes().keys()) {
            edit.change(*id, |element| {
                let at = element.placement_mut().unwrap().position;
                if let Element::Note(note) = element
                    && note.text.starts_with("Fill it")
                {
                    note.width = 240.0;
                }
                let placement = element.placement_mut().unwrap();
                // The second view begins at 925 now, and did at 800.
                placement.position = match at.x > 900.0 {
                    true => Point::new(at.x - 125.0, at.y),
                    false => Point::new(at.x / 1.75 * 1.5, at.y / 1.75 * 1.5),
                };
            });
        }
    });
    assert_eq!(vensim::write(&before).text, TUB);
}

#[test]
fn a_text_without_a_sketch_gets_one_when_its_things_are_placed() {
    let text = "{UTF-8}\na = INTEG(b, 0) ~~ A tub. |\nb = a * c ~~|\nc = 2 ~~|\n";
    let document = opened(text).document;
    assert_eq!(vensim::write(&document).text, text);
    let document = changed(&document, |edit| {
        edit.change(named(&document, "a"), |element| {
            element.placement_mut().unwrap().position = Point::new(45.0, 90.0);
        });
    });
    let export = vensim::write(&document);
    assert!(export.text.starts_with(text), "{}", export.text);
    let again = opened(&export.text).document;
    assert_alike(&shown(&document), &shown(&again), 0.8, 0.02);
}

#[test]
fn what_another_program_said_is_told_to_be_left_out() {
    let document = opened(TUB).document;
    let export = xmile::write(&document);
    assert_eq!(
        warnings(&export.warnings),
        [
            "the equations, units and settings of the Vensim model are left out; they stay in the Loopstream file"
        ]
    );
}

proptest! {
    #[test]
    fn any_diagram_comes_back(document in plain_document()) {
        let export = vensim::write(&document);
        let again = opened(&export.text).document;
        // Some signs end a comment, and others stand there.
        let mut before = shown(&document);
        for variable in &mut before.variables {
            variable.2 = variable.2.replace('|', "/").replace('~', "-");
        }
        assert_alike(&before, &shown(&again), 0.8, 0.06);
        prop_assert_eq!(vensim::write(&again).text, export.text);
    }

    #[test]
    fn any_changes_leave_the_rest_to_the_letter(changes in changes()) {
        let mut document = opened(TUB).document;
        let mut patch = patch_of(&document, &changes);
        patch.source_text = None;
        as_runs_were(&mut patch);
        document.apply(&patch).unwrap();
        let export = vensim::write(&document);
        for kept in [":MACRO: TWICE(x)\nTWICE = 2 * x", "\tThe physical part.", "Taps: left, right", "\t[(0,0)-(10,10)],(0,0),(10,5))", "FINAL TIME  = 100\n\t~\tMinute", "30,21,7,0,0,0,0,0", "*Worry\n$192", ":L\u{7f}<%^E!@\n1:Current.vdf"] {
            prop_assert!(export.text.contains(kept), "{} {}", kept, export.text);
        }
        let again = opened(&export.text).document;
        prop_assert_eq!(again.variables().len(), document.variables().len(), "{}", export.text);
        prop_assert_eq!(vensim::write(&again).text, export.text);
    }

    #[test]
    fn any_document_is_written_and_opens_again(document in crate::common::document::document()) {
        let export = vensim::write(&document);
        let again = opened(&export.text).document;
        prop_assert_eq!(again.variables().len(), document.variables().len(), "{}", export.text);
    }
}
