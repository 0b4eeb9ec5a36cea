//! Texts that mean harm, or are damaged: no panic, no hang, and nothing half read.

use loopstream::format::{open_text, vensim};
use loopstream::model::IdSource;
use proptest::prelude::*;

use crate::common::document::assert_valid;
use crate::format_vensim::TUB;

fn survives(text: &str) {
    if let Ok(opened) = open_text(text, &mut IdSource::new(3)) {
        assert_valid(&opened.document);
    }
    if let Ok(opened) = vensim::read(text, &mut IdSource::new(3)) {
        let written = vensim::write(&opened.document).text;
        assert!(written.ends_with(text));
    }
}

#[test]
fn a_text_that_is_cut_off_anywhere_does_no_harm() {
    for cut in (0..TUB.len()).filter(|cut| TUB.is_char_boundary(*cut)) {
        survives(&TUB[..cut]);
    }
}

#[test]
fn what_asks_for_too_much_is_bounded() {
    let many = 100_000;
    for part in [
        "(",
        "\"",
        "{",
        "a = b ~",
        ":MACRO:",
        "~|",
        "[",
        "'",
        "1,1,1,1,((((",
        "-",
        "a+",
    ] {
        survives(&format!("{{UTF-8}}a = {}", part.repeat(many)));
        survives(&format!(
            "{{UTF-8}}a=b~~|\n\\\\\\---///\n{}\n",
            part.repeat(many)
        ));
    }
    survives(&format!(
        "{{UTF-8}}a=b~~|\n{}",
        "\\\\\\---/// x\n///---\\\\\\\n".repeat(many)
    ));
    for number in ["1e999", "-1e308", "NaN", "4294967296", "", "-"] {
        survives(&format!(
            "{{UTF-8}}\n\\\\\\---///\nV300\n*v\n$\n10,1,a,{number},{number},4,4,8,3\n10,2,b,1,2,4,4,8,{number}\n1,3,1,2,{number},0,{number},0,0,{number},0,-1--1--1,,1|({number},{number})|\n12,4,0,{number},1,{number},1,8,4\ntext\n10,4294967295,c,0,0,0,0,8,3\n1,4294967295,1,1\n"
        ));
    }
    let blocks: String = (0..100_001).map(|n| format!("v{n}=1~~|")).collect();
    let refused = vensim::read(&format!("{{UTF-8}}{blocks}"), &mut IdSource::new(3)).unwrap_err();
    assert_eq!(refused.to_string(), "there are more than 100000 records");
}

proptest! {
    #[test]
    fn damaged_texts_do_no_harm(at in 0..TUB.len(), length in 0..60_usize, from in 0..TUB.len(), taken in 0..60_usize) {
        let boundary = |at: usize| {
            let mut at = at.min(TUB.len());
            while !TUB.is_char_boundary(at) { at -= 1; }
            at
        };
        let (at, end) = (boundary(at), boundary(at + length));
        let (from, to) = (boundary(from), boundary(from + taken));
        survives(&format!("{}{}{}", &TUB[..at], &TUB[from..to], &TUB[end..]));
    }

    #[test]
    fn any_text_does_no_harm(equations in any::<String>(), sketch in any::<String>()) {
        survives(&format!("{{UTF-8}}{equations}\n\\\\\\---///\n10,1,{sketch}"));
    }
}
