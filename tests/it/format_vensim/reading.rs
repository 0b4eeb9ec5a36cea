//! What a text shows.

use loopstream::format::{OpenError, Positions, decode, open_text, vensim};
use loopstream::model::{Document, Element, Id, IdSource, Point, Variable, VariableKind};

use crate::common::models::{changed, named, shown, warnings};
use crate::format_vensim::{TUB, opened};

fn links(text: &str) -> Vec<String> {
    let links = shown(&opened(text).document).links;
    let words = |(from, to, polarity, delay, bend): &(String, String, _, _, f64)| {
        format!("{from} > {to} {polarity:?} {delay:?} {bend}")
    };
    links.iter().map(words).collect()
}

#[test]
fn views_show_variables_links_and_comments() {
    let read = opened(TUB);
    assert_eq!(read.positions, Positions::Given);
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
            ("Water in tub", Stock, "", [525.0, 350.0]),
            ("draining", Rate, "Gone.", [700.0, 378.0]),
            (
                "filling (in)",
                Rate,
                "What flows in; it's never less than \"nothing\".",
                [332.5, 378.0]
            ),
            // The first view needs 1.75 units for its words, and ends at 500; the second has 1.5 and
            // begins at 100.
            ("opening", Plain, "", [1075.0, 300.0]),
            ("wanted level", Plain, "", [332.5, 525.0]),
            ("worry", Plain, "", [1075.0, 150.0]),
        ]
    );
    assert_eq!(
        links(TUB),
        [
            "Water in tub > draining Positive None 0.5",
            "Water in tub > filling (in) Negative None -0.5",
            "draining > Water in tub Negative None 0",
            "filling (in) > Water in tub Positive None 0",
            "opening > filling (in) Positive None 0",
            "opening > opening Unknown None 0.25",
            "wanted level > filling (in) Positive Delayed 0",
            "worry > draining Negative None 0.5",
        ]
    );
    assert_eq!(
        shown.notes,
        [
            ("Fill it, then\nwait".to_owned(), [525.0, 612.5]),
            ("Odd picture".to_owned(), [700.0, 612.5]),
        ]
    );
    assert_eq!(
        warnings(&read.warnings),
        [
            "1 arrow leads from or to the time or a setting of the simulation, and is not drawn",
            "3 variables are in no view and are not drawn, but kept: time to fill table, start level, \
             hidden",
            "1 arrow leads to a variable whose equation does not have its cause; it is drawn: \
             opening \u{2192} opening",
            "1 link has no arrow, and is drawn because the equation has it: \
             opening \u{2192} filling (in)",
            "2 views stand beside each other",
            "7 equations are not shown, but kept, and will be in the file again",
            "1 list of subscripts is not shown, but kept",
            "1 macro is not shown, but kept",
            "1 icon of a loop is not shown: loops have badges of their own",
            "1 polarity follows from an equation",
            "1 picture or other object is not shown, but kept",
        ]
    );
}

#[test]
fn without_a_sketch_links_follow_from_equations() {
    let text = &TUB[..TUB.find("\\\\\\---///").unwrap()];
    let read = opened(text);
    assert_eq!(read.positions, Positions::Missing);
    let links: Vec<String> = shown(&read.document)
        .links
        .iter()
        .map(|(from, to, polarity, ..)| format!("{from} > {to} {polarity:?}"))
        .collect();
    assert_eq!(
        links,
        [
            "Water in tub > draining Unknown",
            "Water in tub > filling (in) Negative",
            "draining > Water in tub Negative",
            "filling (in) > Water in tub Positive",
            "opening > filling (in) Positive",
            "wanted level > filling (in) Positive",
            "wanted level > hidden Positive",
        ]
    );
    assert!(warnings(&read.warnings)[0].starts_with("there is no sketch"));
}

#[test]
fn the_origin_as_a_handle_is_straight() {
    let text = TUB
        .replace("|(150,50)|", "|(0,0)|")
        .replace("|(190,250)|", "|(0,0)|");
    let straight = |text: &str| {
        let shown = shown(&opened(text).document);
        let links = shown.links.iter().filter(|link| link.4 == 0.0);
        links.count()
    };
    assert_eq!(straight(TUB) + 1, straight(&text));
    assert!(!warnings(&opened(&text).warnings).concat().contains("bent"));
    // What is straight stays so to the letter where its ends are moved.
    let document = opened(&text).document;
    let moved = changed(&document, |edit| {
        edit.change(named(&document, "worry"), |element| {
            element.placement_mut().unwrap().position.y += 150.0;
        });
    });
    let written = vensim::write(&moved).text;
    assert_eq!(
        written.matches("|(0,0)|").count(),
        text.matches("|(0,0)|").count()
    );
}

#[test]
fn graphs_are_no_notes_and_an_end_that_is_missing_is_told() {
    let graph = "12,40,0,300,400,120,80,3,188,0,0,2,0,0,0\nGraph of it\n";
    let text = TUB.replace("///---\\\\\\", &format!("{graph}///---\\\\\\"));
    let read = opened(&text);
    assert_eq!(shown(&read.document), shown(&opened(TUB).document));
    let told = warnings(&read.warnings);
    assert!(
        told.contains(&"1 graph is not shown, but kept".to_owned()),
        "{told:?}"
    );
    assert_eq!(vensim::write(&read.document).text, text);

    let cut = &TUB[..TUB.find("\n12,").unwrap()];
    let told = warnings(&opened(cut).warnings);
    assert!(
        told.iter()
            .any(|told| told.starts_with("the sketch has no end")),
        "{told:?}"
    );
}

#[test]
fn what_was_written_here_is_read_as_large_as_it_was() {
    // Two names that touch: a view of others would be drawn larger.
    let names = ["Heat Loss to Room", "Teacup Temperature"];
    let mut document = Document::default();
    document = changed(&document, |edit| {
        for (number, name) in (0_u32..).zip(names) {
            let mut variable = Variable {
                name: name.to_owned(),
                ..Default::default()
            };
            variable.placement.position = Point::new(150.0 * f64::from(number), 60.0);
            let id = Id::from_bits(7 + u64::from(number));
            edit.set(id, Some(Element::Variable(variable)));
        }
    });
    let text = vensim::write(&document).text;
    let places = |text: &str| {
        shown(&opened(text).document)
            .variables
            .iter()
            .map(|v| v.3)
            .collect::<Vec<_>>()
    };
    assert_eq!(places(&text), [[0.0, 60.0], [150.0, 60.0]]);
    let of_others = text.replace("*Loopstream", "*View 1");
    assert!(places(&of_others)[1][0] > 170.0);
    assert!(
        warnings(&opened(&text).warnings).is_empty(),
        "{:?}",
        warnings(&opened(&text).warnings)
    );
}

#[test]
fn line_ends_and_versions_do_not_matter() {
    for text in [
        TUB.replace('\n', "\r\n"),
        TUB.replace('\n', "\r"),
        TUB.replace("V300", "V364"),
        TUB.replace("V300", "V160"),
        format!("\u{FEFF}{TUB}"),
        TUB.replace("{UTF-8}\n", ""),
    ] {
        let read = open_text(&text, &mut IdSource::new(11)).unwrap();
        assert_eq!(shown(&read.document), shown(&opened(TUB).document));
    }
}

#[test]
fn old_encodings_are_read() {
    let text = TUB
        .replace("{UTF-8}\n", "")
        .replace("worry", "\u{dc}berdruss");
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let read = opened(&decode(&bytes).unwrap());
    assert!(
        read.document
            .variables()
            .values()
            .any(|v| v.name == "\u{dc}berdruss")
    );
}

#[test]
fn texts_are_recognised_by_their_content() {
    for text in [
        "a = b ~ c ~ d | TIME STEP = 1 ~~|",
        "x = A FUNCTION OF(a) ~~|\n",
        "{UTF-8}\r\na = INTEG(b, 0) ~~|",
        "a=b\n\\\\\\---/// Sketch\nV300\n*v\n$\n10,1,a,1,2,3,4,8,3\n",
    ] {
        assert!(open_text(text, &mut IdSource::new(1)).is_ok(), "{text}");
    }
    let refused = open_text("Nothing ~ of | this", &mut IdSource::new(1)).unwrap_err();
    assert!(matches!(refused, OpenError::Unknown { .. }), "{refused}");
    let refused = open_text("{UTF-8}\n", &mut IdSource::new(1)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "this seems to be a Vensim model, but it cannot be read: there is neither a view nor an equation"
    );
}
