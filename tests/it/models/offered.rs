//! The offer of signs that follow if no quantity is ever negative.

use loopstream::format::{NEVER_NEGATIVE, open_text, signs_if_never_negative, vensim, xmile};
use loopstream::model::{Document, Edit, Element, IdSource, Link, Polarity};

const MODEL: &str = "{UTF-8}\npeople= INTEG(births - deaths, 9) ~~|\nbirths= people*fertility ~~|\n\
    fertility= 0.1*food/people ~~|\ndeaths= people/lifetime ~~|\nlifetime= 60 ~~|\nfood= Time*2 ~~|\n";

fn opened(text: &str) -> Document {
    open_text(text, &mut IdSource::new(3)).unwrap().document
}

/// Each link as `from +> to`; sorted.
fn links(document: &Document) -> Vec<String> {
    let name = |id| document.variables()[&id].name.as_str();
    let mut all: Vec<String> = document
        .links()
        .values()
        .map(|link| {
            let sign = match link.polarity {
                Polarity::Positive => '+',
                Polarity::Negative => '-',
                Polarity::Unknown => '?',
            };
            format!("{} {sign}> {}", name(link.from), name(link.to))
        })
        .collect();
    all.sort();
    all
}

fn set(document: &mut Document, link: &str, polarity: Polarity) {
    let name = |id| document.variables()[&id].name.as_str();
    let mut all = document.links().iter();
    let (id, _) = all
        .find(|(_, one)| format!("{} > {}", name(one.from), name(one.to)) == link)
        .unwrap();
    let mut edit = Edit::new(document);
    edit.change(*id, |element| {
        if let Element::Link(link) = element {
            link.polarity = polarity;
            link.remark = "said so".to_owned();
        }
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
}

#[test]
fn a_yes_gives_signs_to_links_that_have_none_and_is_one_step() {
    let mut document = opened(MODEL);
    assert_eq!(
        links(&document),
        [
            "births +> people",
            "deaths -> people",
            "fertility ?> births",
            "food ?> fertility",
            "lifetime ?> deaths",
            "people ?> births",
            "people ?> fertility",
            "people +> deaths",
        ]
        .iter()
        .map(|word| (*word).to_owned())
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    // What somebody has said stands, even against the equation.
    set(&mut document, "people > births", Polarity::Negative);
    let before = document.clone();
    let offered = signs_if_never_negative(&document).unwrap();
    assert_eq!(offered.links.len(), 4);
    document.apply(&offered.patch).unwrap();
    let mut expected = vec![
        "births +> people",
        "deaths -> people",
        "fertility +> births",
        "food +> fertility",
        "lifetime -> deaths",
        "people -> births",
        "people -> fertility",
        "people +> deaths",
    ];
    expected.sort_unstable();
    assert_eq!(links(&document), expected);
    let remark = |link: &Link| link.remark.contains(NEVER_NEGATIVE);
    assert_eq!(
        document
            .links()
            .values()
            .filter(|link| remark(link))
            .count(),
        4
    );
    // There is nothing more to offer, and one step takes it all back.
    assert_eq!(signs_if_never_negative(&document), None);
    let written = vensim::write(&document).text;
    assert!(written.contains("births= people*fertility ~~|"));
    document.apply(&offered.patch.inverted()).unwrap();
    assert_eq!(document, before);
}

#[test]
fn a_connector_that_says_none_stays_without_a_sign() {
    let text = "<xmile><model><variables><aux name=\"a\"><eqn>b*c</eqn></aux>\
        <aux name=\"b\"><eqn>TIME</eqn></aux><aux name=\"c\"><eqn>TIME</eqn></aux></variables>\
        <views><view><aux name=\"a\" x=\"0\" y=\"0\"/><aux name=\"b\" x=\"200\" y=\"0\"/>\
        <aux name=\"c\" x=\"0\" y=\"200\"/>\
        <connector polarity=\"none\" angle=\"9\"><from>b</from><to>a</to></connector>\
        <connector angle=\"9\"><from>c</from><to>a</to></connector></view></views></model></xmile>";
    let mut document = opened(text);
    let offered = signs_if_never_negative(&document).unwrap();
    document.apply(&offered.patch).unwrap();
    assert_eq!(links(&document), ["b ?> a", "c +> a"]);
    let written = xmile::write(&document).text;
    let again = opened(&written);
    assert_eq!(links(&again), links(&document));
}

#[test]
fn nothing_is_offered_where_there_are_no_equations() {
    assert_eq!(signs_if_never_negative(&Document::default()), None);
    let text = "{UTF-8}\na= A FUNCTION OF(b) ~~|\nb= A FUNCTION OF(a) ~~|\n";
    assert_eq!(signs_if_never_negative(&opened(text)), None);
    // Variables and links that a person has added are of no equation.
    let mut document = opened(MODEL);
    let ids: Vec<_> = document.variables().keys().copied().collect();
    let mut edit = Edit::new(&document);
    for id in document.links().keys() {
        edit.set(*id, None);
    }
    edit.set(
        loopstream::model::Id::from_bits(5),
        Some(Element::Link(Link::new(ids[0], ids[0], 0.0))),
    );
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    assert_eq!(signs_if_never_negative(&document), None);
}
