//! What a text shows.

use loopstream::format::{OpenError, Positions, open_text};
use loopstream::model::{IdSource, VariableKind};

use crate::common::models::shown;
use crate::common::models::warnings;
use crate::format_xmile::{TUB, opened};

#[test]
fn views_show_variables_links_and_texts() {
    let read = opened(TUB);
    assert_eq!(read.positions, Positions::Given);
    assert_eq!(read.document.properties().title, "Tub");
    let shown = shown(&read.document);
    let variables: Vec<_> = shown
        .variables
        .iter()
        .map(|v| (v.0.as_str(), v.1, v.2.as_str(), v.3))
        .collect();
    use VariableKind::{Plain, Rate, Stock};
    assert_eq!(
        variables,
        [
            ("Plumbing", Plain, "", [800.0, 600.0]),
            // The second view begins 200 right of the first, whose rightmost thing is a module.
            ("Water in tub", Stock, "What is in the tub.", [400.0, 200.0]),
            ("draining", Rate, "", [600.0, 200.0]),
            ("filling", Rate, "", [200.0, 200.0]),
            ("opening", Plain, "", [1000.0, 40.0]),
            ("start level", Plain, "", [1200.0, 40.0]),
            ("time to fill", Plain, "", [200.0, 20.0]),
            ("wanted level", Plain, "", [100.0, 400.0]),
        ]
    );
    let links: Vec<String> = shown
        .links
        .iter()
        .map(|(from, to, polarity, delay, bend)| {
            format!("{from} > {to} {polarity:?} {delay:?} {bend}")
        })
        .collect();
    assert_eq!(
        links,
        [
            "Plumbing > filling Unknown None -1.2472",
            "Water in tub > Plumbing Unknown None 0",
            // The alias stands below and left of the flow: 68.2 degrees up, and leaves at 90.
            "Water in tub > draining Unknown Delayed 0.0963",
            // Straight ahead is to the left, so leaving to the right is as far round as can be.
            "Water in tub > filling Negative None -2",
            "draining > Water in tub Negative None 0",
            "filling > Water in tub Positive None 0",
            "opening > filling Positive None 0",
            "opening > time to fill Negative None 0",
            "time to fill > filling Unknown None 0.5959",
            "wanted level > filling Positive None 0",
        ]
    );
    assert_eq!(shown.notes, [("Fill it & wait".to_owned(), [140.0, 640.0])]);
    assert_eq!(
        warnings(&read.warnings),
        [
            "1 variable is in no view and is not drawn, but kept: hidden",
            "1 connector leads to a variable whose equation does not have its cause; it is drawn: \
             Plumbing \u{2192} filling",
            "3 links have no connectors, and are drawn because the equations have them: \
             opening \u{2192} filling, opening \u{2192} time to fill, Water in tub \u{2192} Plumbing",
            "1 module is drawn as one variable: what is in it is kept, but not looked at: Plumbing",
            "2 views stand beside each other",
            "7 equations are not shown, but kept, and will be in the file again",
            "1 dimension of arrays is not shown, but kept",
            "1 view of an interface is not shown, but kept",
            "1 connector is bent more than a link can be, and is bent less",
            "2 polarities follow from equations",
        ]
    );
}

#[test]
fn without_a_view_links_follow_from_equations() {
    let start = TUB.find("<views>").unwrap();
    let end = TUB.find("</views>").unwrap() + "</views>".len();
    let text = format!("{}{}", &TUB[..start], &TUB[end..]);
    let read = opened(&text);
    assert_eq!(read.positions, Positions::Missing);
    let links: Vec<String> = shown(&read.document)
        .links
        .iter()
        .map(|(from, to, polarity, ..)| format!("{from} > {to} {polarity:?}"))
        .collect();
    assert_eq!(
        links,
        [
            "Water in tub > Plumbing Unknown",
            "Water in tub > draining Positive",
            "Water in tub > filling Negative",
            "draining > Water in tub Negative",
            "filling > Water in tub Positive",
            "opening > filling Positive",
            "opening > time to fill Negative",
            "time to fill > filling Unknown",
            "wanted level > filling Positive",
            "wanted level > hidden Positive",
        ]
    );
}

#[test]
fn a_file_without_a_model_says_so() {
    let told = warnings(&opened("<xmile/>").warnings);
    assert_eq!(told, ["there is no model in the file"]);
}

#[test]
fn texts_are_recognised_by_their_content() {
    for text in [
        "<xmile/>",
        "\u{FEFF}<?xml version='1.0'?>\n<!-- x -->\n<xmile version=\"1.0\"></xmile>",
        "<x:xmile xmlns:x='y'></x:xmile>",
    ] {
        assert!(open_text(text, &mut IdSource::new(1)).is_ok(), "{text}");
    }
    let refused = |text: &str| open_text(text, &mut IdSource::new(1)).unwrap_err();
    assert!(matches!(refused("<xmiles/>"), OpenError::Unknown { .. }));
    let bomb = "<!DOCTYPE xmile [<!ENTITY a \"aa\">]><xmile>&a;</xmile>";
    assert_eq!(
        refused(bomb).to_string(),
        "this seems to be an XMILE model, but it cannot be read: it has a document type, which is \
         not read, since it could define entities"
    );
}
