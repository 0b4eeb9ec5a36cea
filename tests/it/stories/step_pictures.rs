//! Pictures of steps: whole and well-formed whatever the document and the step are, the words where they
//! belong, and nothing of what is hidden.

use loopstream::editor::picture_scene;
use loopstream::format::{Drawing, SLIDE, StepFrame, step_picture};
use loopstream::model::{Document, Id, Rest, Showing, StoryMark, StoryMarks, StoryStep};
use loopstream::scene::{EstimatedText, PictureLook, Scene, Theme};
use loopstream::worker::marks_of;
use proptest::prelude::*;
use roxmltree::{Document as Xml, Node};

use crate::common::document::{document, story_step};
use crate::common::driver::Driver;

fn drawn(document: &Document, step: &StoryStep, frame: StepFrame) -> String {
    let look = PictureLook::plain(Theme::Light);
    let draw = |drawing: &Drawing<'_>| -> Scene {
        let marks = marks_of(document, drawing.streams(), drawing.simulated());
        let loops = &drawing.loops().loops;
        picture_scene(document, look.links, marks, loops, &EstimatedText)
    };
    let drawing = Drawing::new(document, look, &draw).measured_by(&EstimatedText);
    step_picture(&drawing, step, frame)
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

/// The texts of a picture, without its title and its description.
fn texts(xml: &Xml<'_>) -> Vec<String> {
    let texts = xml.descendants().filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| node.text().unwrap_or("").to_owned())
        .collect()
}

fn told() -> (Driver, StoryStep) {
    let driver = Driver::with(
        &[
            ("Risk", 100.0, 100.0),
            ("Fear", 400.0, 100.0),
            ("Releases", 250.0, 300.0),
        ],
        &[("Risk", "Fear"), ("Fear", "Releases"), ("Releases", "Risk")],
    );
    let marks = [("Risk", Showing::Lit), ("Fear", Showing::Plain)];
    let marks = marks.map(|(name, how)| StoryMark {
        about: driver.id(name),
        how,
    });
    let step = StoryStep {
        title: "Who <starts> & why".to_owned(),
        words: "**Somebody** waits.\n\n- early\n- late".to_owned(),
        notes: "Only for me".to_owned(),
        marks: StoryMarks::new(marks),
        rest: Rest::Hidden,
        ..StoryStep::new(Id::from_bits(1))
    };
    (driver, step)
}

#[test]
fn a_slide_has_title_picture_and_words_and_a_bare_one_the_picture_alone() {
    let (driver, step) = told();
    for (frame, has_words) in [(StepFrame::Slide, true), (StepFrame::Bare, false)] {
        let text = drawn(driver.editor.document(), &step, frame);
        let xml = Xml::parse(&text).unwrap();
        let svg = xml.root_element();
        assert_eq!(
            (number(svg, "width"), number(svg, "height")),
            (SLIDE.x, SLIDE.y)
        );
        let texts = texts(&xml).join("|");
        assert!(texts.contains("Risk") && texts.contains("Fear"), "{texts}");
        for hidden in ["Releases", "Only for me"] {
            assert!(!text.contains(hidden));
        }
        for words in ["Who <starts> & why", "Somebody waits.", "• early|• late"] {
            assert_eq!(texts.contains(words), has_words, "{words} in {texts}");
        }
    }
}

#[test]
fn words_stand_below_a_wide_diagram_and_beside_a_tall_one() {
    for (wide, is_beside) in [(true, false), (false, true)] {
        let place = |at: f64| if wide { (at, 0.0) } else { (0.0, at) };
        let [(ax, ay), (bx, by)] = [place(0.0), place(900.0)];
        let driver = Driver::with(&[("Risk", ax, ay), ("Fear", bx, by)], &[("Risk", "Fear")]);
        let step = StoryStep {
            words: "Somebody waits.".to_owned(),
            ..StoryStep::new(Id::from_bits(1))
        };
        let text = drawn(driver.editor.document(), &step, StepFrame::Slide);
        let xml = Xml::parse(&text).unwrap();
        let room = xml.descendants().find(|node| node.has_tag_name("clipPath"));
        let room = room.unwrap().first_element_child().unwrap();
        let right = number(room, "x") + number(room, "width");
        let bottom = number(room, "y") + number(room, "height");
        assert_eq!(right < SLIDE.x, is_beside);
        assert_eq!(bottom < SLIDE.y, !is_beside);
    }
}

#[test]
fn words_that_are_too_many_are_cut_and_say_so() {
    let (driver, step) = told();
    let step = StoryStep {
        title: "A long title that goes on and on ".repeat(12),
        words: "Words without end. ".repeat(500),
        ..step
    };
    let text = drawn(driver.editor.document(), &step, StepFrame::Slide);
    let xml = Xml::parse(&text).unwrap();
    let cut = texts(&xml)
        .iter()
        .filter(|text| text.ends_with('…'))
        .count();
    assert_eq!(cut, 2);
    assert!(texts(&xml).iter().any(|text| text == "Risk"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_step_of_any_document_is_a_picture(
        document in document(),
        step in story_step(),
    ) {
        for frame in [StepFrame::Own, StepFrame::Bare, StepFrame::Slide] {
            let text = drawn(&document, &step, frame);
            let xml = Xml::parse(&text);
            prop_assert!(xml.is_ok(), "{:?}", xml.err());
            let xml = xml.unwrap();
            let svg = xml.root_element();
            for size in ["width", "height"] {
                prop_assert!(number(svg, size).is_finite() && number(svg, size) > 0.0);
            }
            // The words keep to the slide.
            if frame == StepFrame::Slide {
                let own = svg.children().filter(|node| node.has_tag_name("g"));
                let own = own.flat_map(|group| group.children());
                let words = own.filter(|node| node.has_tag_name("text"));
                for word in words {
                    prop_assert!((0.0..=SLIDE.y).contains(&number(word, "y")), "{text}");
                }
            }
        }
    }
}
