//! Where the equation and the arrows of a variable differ, and what mends it.

use super::view::EquationOffer;
use crate::model::{Document, Id, IdSource, Patch, Polarity, in_sentence};
use crate::simulate::Arrows;

/// What differs, the graver first, each with what mends it.
pub(super) fn offers(
    document: &Document,
    id: Id,
    arrows: &Arrows,
    ids: &mut IdSource,
) -> Vec<EquationOffer> {
    let name = |id: Id| {
        let variable = document.variables().get(&id);
        in_sentence(variable.map_or("", |variable| &variable.name))
    };
    let arrow = |link: Id| {
        let link = document.links().get(&link);
        link.map(|link| format!("{} → {}", name(link.from), name(link.to)))
            .unwrap_or_default()
    };
    let offer = |words: String, button: String, patch: Patch| EquationOffer {
        words,
        button,
        patch,
    };
    let mut offers = Vec::new();
    for proved in &arrows.contradicted {
        let only = Arrows {
            contradicted: vec![*proved],
            ..Arrows::default()
        };
        offers.push(offer(
            format!("The equation proves another sign: {}", arrow(proved.link)),
            format!("Make it {}", sign_of(proved.sign)),
            only.sign_proved(document),
        ));
    }
    for missing in &arrows.missing {
        let only = Arrows {
            missing: vec![*missing],
            ..Arrows::default()
        };
        let button = match missing.sign {
            Polarity::Unknown => "Add it".to_owned(),
            sign => format!("Add it, {}", sign_of(sign)),
        };
        offers.push(offer(
            format!("No link yet: {} → {}", name(missing.cause), name(id)),
            button,
            only.add_missing(document, id, ids),
        ));
    }
    if arrows.missing.len() > 1 {
        offers.push(offer(
            "Several links are missing".to_owned(),
            "Add all".to_owned(),
            arrows.add_missing(document, id, ids),
        ));
    }
    for link in &arrows.unused {
        let only = Arrows {
            unused: vec![*link],
            ..Arrows::default()
        };
        offers.push(offer(
            format!("Not in the equation: {}", arrow(*link)),
            "Remove".to_owned(),
            only.remove_unused(document),
        ));
    }
    for proved in &arrows.unsigned {
        let only = Arrows {
            unsigned: vec![*proved],
            ..Arrows::default()
        };
        offers.push(offer(
            format!("{}, no sign yet", arrow(proved.link)),
            format!("Proved: {}", sign_of(proved.sign)),
            only.sign_proved(document),
        ));
    }
    offers
}

const fn sign_of(sign: Polarity) -> &'static str {
    match sign {
        Polarity::Positive => "+",
        Polarity::Negative => "\u{2212}",
        Polarity::Unknown => "?",
    }
}
