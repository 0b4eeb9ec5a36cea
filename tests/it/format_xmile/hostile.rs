//! Texts that mean harm, or are damaged: no panic, no hang, and nothing half read.

use loopstream::format::{open_text, xmile};
use loopstream::model::IdSource;
use proptest::prelude::*;

use crate::common::document::assert_valid;
use crate::format_xmile::TUB;

fn survives(text: &str) {
    if let Ok(opened) = open_text(text, &mut IdSource::new(3)) {
        assert_valid(&opened.document);
    }
    if let Ok(opened) = xmile::read(text, &mut IdSource::new(3)) {
        assert_eq!(
            xmile::write(&opened.document).text,
            text.trim_start_matches('\u{FEFF}')
        );
    }
}

#[test]
fn a_text_that_is_cut_off_anywhere_is_refused() {
    let end = TUB.trim_end().len();
    for cut in (0..end).filter(|cut| TUB.is_char_boundary(*cut)) {
        assert!(xmile::read(&TUB[..cut], &mut IdSource::new(3)).is_err());
    }
}

#[test]
fn what_asks_for_too_much_is_refused_or_bounded() {
    let deep = 100_000;
    survives(&format!(
        "<xmile>{}{}</xmile>",
        "<model>".repeat(deep),
        "</model>".repeat(deep)
    ));
    let parentheses = "(".repeat(deep);
    survives(&format!(
        "<xmile><model><variables><aux name='a'><eqn>{parentheses}b</eqn></aux></variables></model></xmile>"
    ));
    for number in ["1e999", "-1e308", "NaN", "inf", "0x10", ""] {
        survives(&format!(
            "<xmile><model><variables/><views><view><aux name='a' x='{number}' y='1'/><aux name='b' x='0' y='{number}'/><connector angle='{number}'><from>a</from><to>b</to></connector><text_box x='1' y='1' width='{number}' height='{number}'>t</text_box></view></views></model></xmile>"
        ));
    }
    let many: String = (0..100_001).map(|n| format!("<aux name='{n}'/>")).collect();
    let text = format!("<xmile><model><variables>{many}</variables></model></xmile>");
    let refused = xmile::read(&text, &mut IdSource::new(3)).unwrap_err();
    assert_eq!(refused.to_string(), "there are more than 100000 records");
    let laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><xmile>&b;</xmile>";
    assert!(xmile::read(laughs, &mut IdSource::new(3)).is_err());
}

proptest! {
    #[test]
    fn damaged_texts_do_no_harm(at in 0..TUB.len(), length in 0..60_usize, from in 0..TUB.len(), taken in 0..60_usize) {
        let boundary = |mut at: usize| {
            while !TUB.is_char_boundary(at.min(TUB.len())) { at -= 1; }
            at.min(TUB.len())
        };
        let (at, end) = (boundary(at), boundary(at + length));
        let (from, to) = (boundary(from), boundary(from + taken));
        survives(&format!("{}{}{}", &TUB[..at], &TUB[from..to], &TUB[end..]));
    }

    #[test]
    fn names_of_any_signs_do_no_harm(name in any::<String>(), eqn in any::<String>()) {
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        survives(&format!("<xmile><model><variables><aux name=\"{}\"><eqn>{}</eqn></aux></variables></model></xmile>", escape(&name), escape(&eqn)));
    }
}
