//! Pictures as SVG: known ones line by line, and arbitrary ones by what any XML reader finds.
//!
//! After a change of the look, renew the known pictures with
//! `LOOPSTREAM_RENEW=1 cargo test --test it golden_svg::`, look at `tests/golden/*.svg`, and commit them.

use std::path::PathBuf;

use crate::common::document::document as any_document;
use loopstream::causal::{LoopAnalysis, LoopReport, Progress};
use loopstream::format::{Drawing, Picture, chart_svg, json, svg, writer};
use loopstream::model::Document;
use loopstream::scene::chart::ChartPicture;
use loopstream::scene::{
    Background, EstimatedText, PaintedShape, PictureLook, Primitive, Scene, Theme,
};
use loopstream::worker::marks_of;
use proptest::prelude::*;

/// The variable that asks for new pictures.
const RENEW: &str = "LOOPSTREAM_RENEW";

fn loops_of(document: &Document) -> LoopReport {
    let mut analysis = LoopAnalysis::new(document, 100);
    for _ in 0..20 {
        if analysis.advance(10_000) == Progress::Finished {
            break;
        }
    }
    analysis.report(document)
}

/// A document's scene and its picture.
fn drawn(document: &Document, theme: Theme) -> (Scene, String) {
    let report = loops_of(document);
    let mut scene = Scene::new(document, &EstimatedText);
    scene.set_loops(document, &report.loops, &EstimatedText);
    let text = svg(&Picture {
        document,
        scene: &scene,
        loops: &report.loops,
        look: PictureLook::plain(theme),
        sheet: None,
        frame: None,
        margin: Picture::MARGIN,
        carries_document: false,
    });
    (scene, text)
}

const SVG: &str = "http://www.w3.org/2000/svg";

fn golden(file: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden")).join(file)
}

fn compare(diagram: &str, picture: &str, theme: Theme) {
    let text = std::fs::read_to_string(golden(diagram)).unwrap();
    let (_, found) = drawn(&json::read(&text).unwrap().document, theme);
    compare_text(&found, picture);
}

fn compare_text(found: &str, picture: &str) {
    let path = golden(picture);
    if std::env::var_os(RENEW).is_some() {
        std::fs::write(&path, found).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if found == expected {
        return;
    }
    let mut lines = expected.lines().zip(found.lines()).enumerate();
    let (line, expected, found) = lines.find(|(_, (one, other))| one != other).map_or_else(
        || (expected.lines().count().min(found.lines().count()), "", ""),
        |(line, (one, other))| (line, one, other),
    );
    panic!(
        "{picture} differs from line {} on:\n  expected: {expected}\n  found:    {found}\n\
         If the new look is meant: {RENEW}=1 cargo test --test it golden_svg::",
        line + 1
    );
}

#[test]
fn everything_in_the_light() {
    compare("everything.json", "everything.svg", Theme::Light);
}

#[test]
fn everything_in_the_dark() {
    compare("everything.json", "everything-dark.svg", Theme::Dark);
}

/// A document as it is exported: with title and legend.
fn exported(document: &Document, background: Background) -> String {
    let look = PictureLook {
        background,
        title: true,
        legend: true,
        ..PictureLook::default()
    };
    let draw = |drawing: &Drawing<'_>| {
        let document = drawing.document();
        let mut scene = Scene::new(document, &EstimatedText);
        scene.set_marks(
            document,
            marks_of(document, drawing.streams(), drawing.simulated()),
            &EstimatedText,
        );
        scene.set_loops(document, &drawing.loops().loops, &EstimatedText);
        scene
    };
    let svg = writer("svg").unwrap();
    let text = (svg.write)(&Drawing::new(document, look, &draw)).text;
    // Apart from the document in it, which other tests are about.
    let (head, rest) = text.split_once("<metadata>").unwrap();
    let (_, picture) = rest.split_once("</metadata>\n").unwrap();
    [head, picture].concat()
}

#[test]
fn title_and_legend_stand_around_the_diagram() {
    let text = std::fs::read_to_string(golden("everything.json")).unwrap();
    let document = json::read(&text).unwrap().document;
    compare_text(&exported(&document, Background::White), "legend.svg");
}

#[test]
fn the_legend_of_a_stream_has_the_symbols_that_it_uses() {
    let template = include_str!("../../public/templates/feature-to-production.json");
    let document = json::read(template).unwrap().document;
    let found = exported(&document, Background::Transparent);
    compare_text(&found, "legend-stream.svg");
    for (words, is_used) in [
        ("process step", true),
        ("customer", true),
        ("waiting above, work below", true),
        ("same direction: more makes more", false),
        ("reinforcing loop", false),
        ("stock", false),
    ] {
        assert_eq!(found.contains(&format!(">{words}<")), is_used, "{words}");
    }
    // Nothing but the diagram stands on what it is put on.
    let xml = roxmltree::Document::parse(&found).unwrap();
    let paper = xml.root_element().children();
    assert!(
        !paper
            .into_iter()
            .any(|node| node.has_tag_name((SVG, "rect")))
    );
}

#[test]
fn links_between_one_pair() {
    compare("parallel.json", "parallel.svg", Theme::Light);
}

#[test]
fn colours_sizes_labels_and_strengths() {
    compare("styled.json", "styled.svg", Theme::Light);
    compare("styled.json", "styled-dark.svg", Theme::Dark);
}

#[test]
fn stocks_and_flows() {
    compare("pipes.json", "pipes.svg", Theme::Light);
    compare("pipes.json", "pipes-dark.svg", Theme::Dark);
}

#[test]
fn rings_of_self_links() {
    compare("rings.json", "rings.svg", Theme::Light);
}

#[test]
fn names_that_are_read_from_right_to_left() {
    compare("directions.json", "directions.svg", Theme::Light);
    let text = std::fs::read_to_string(golden("directions.json")).unwrap();
    let (scene, found) = drawn(&json::read(&text).unwrap().document, Theme::Light);
    let xml = roxmltree::Document::parse(&found).unwrap();
    let of = |words: &str| {
        let mut texts = xml
            .descendants()
            .filter(|node| node.has_tag_name((SVG, "text")));
        let node = texts.find(|node| node.text().is_some_and(|text| text.contains(words)));
        let node = node.unwrap_or_else(|| panic!("{words} is not drawn"));
        let of = |name: &str| node.attribute(name).unwrap_or_default().to_owned();
        (
            of("direction"),
            of("text-anchor"),
            of("x").parse::<f64>().unwrap(),
        )
    };
    for (words, direction, anchor) in [
        ("حجم الدفعة", "rtl", "middle"),
        ("batch", "", "middle"),
        ("המתנה", "rtl", "middle"),
        // The second line of a name is read as the whole of it.
        ("(WIP)", "rtl", "middle"),
        ("מלכודת", "rtl", "middle"),
        ("בדיקה", "rtl", "middle"),
        // A note begins at its right edge, and says so in its own direction.
        ("הערה", "rtl", ""),
        ("second line", "", "end"),
        ("First of all", "", ""),
    ] {
        let (said, anchored, _) = of(words);
        assert_eq!((&*said, &*anchored), (direction, anchor), "{words}");
    }
    // Both lines of the note end at its right edge, within its paper.
    let note = scene.nodes().values().find(|node| {
        let mut texts = node.primitives.iter();
        texts.any(|part| matches!(part, Primitive::Text { text, .. } if text.contains("הערה")))
    });
    let right = note.unwrap().rect.right - 12.0;
    assert!((of("הערה").2 - right).abs() < 0.06 && (of("second line").2 - right).abs() < 0.06);
}

#[test]
fn an_empty_document_is_a_sheet_of_paper() {
    compare("empty.json", "empty.svg", Theme::Light);
}

fn compare_chart(chart: &ChartPicture, title: &str, picture: &str, theme: Theme) {
    let found = chart_svg(chart, theme, title);
    let xml = roxmltree::Document::parse(&found).unwrap();
    let desc = xml
        .descendants()
        .find(|node| node.tag_name().name() == "desc");
    assert_eq!(desc.and_then(|node| node.text()), Some(&*chart.summary));
    compare_text(&found, picture);
}

#[test]
fn charts_of_lines() {
    let throughput = crate::common::charts::throughput(480.0);
    compare_chart(
        &throughput,
        "Throughput",
        "chart-throughput.svg",
        Theme::Light,
    );
    compare_chart(
        &crate::common::charts::limits(480.0),
        "Limits",
        "chart-limits.svg",
        Theme::Light,
    );
}

#[test]
fn a_tornado_in_the_dark() {
    compare_chart(
        &crate::common::charts::tornado(480.0),
        "Tornado",
        "chart-tornado.svg",
        Theme::Dark,
    );
}

#[test]
fn a_chart_of_bars() {
    compare_chart(
        &crate::common::charts::utilisation(480.0),
        "Utilisation",
        "chart-bars.svg",
        Theme::Light,
    );
}

/// What XML can hold of a string.
fn kept(text: &str) -> String {
    let holds =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(holds).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn every_picture_is_xml_with_the_words_of_the_scene(document in any_document()) {
        let (scene, text) = drawn(&document, Theme::Dark);
        let xml = roxmltree::Document::parse(&text).map_err(|error| {
            TestCaseError::fail(error.to_string())
        })?;
        let content = |tag: &str| -> Vec<String> {
            let nodes = xml.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", tag)));
            nodes.map(|node| node.text().unwrap_or_default().to_owned()).collect()
        };
        // Every text of the display list, in the order of painting.
        let painted = scene.bounds().map(|bounds| scene.painted(&bounds)).unwrap_or_default();
        let shapes = painted.iter().flat_map(|shape| shape.primitives());
        let badges = scene.badges().iter().flat_map(|badge| &badge.primitives);
        let words: Vec<String> = shapes.chain(badges).filter_map(|primitive| match primitive {
            Primitive::Text { text, .. } => Some(kept(text)),
            _ => None,
        }).collect();
        prop_assert_eq!(content("text"), words);
        let title = kept(document.properties().title.trim());
        if !document.properties().title.trim().is_empty() {
            prop_assert_eq!(&content("title")[0], &title);
        }
        prop_assert_eq!(content("desc").len(), 1);
        let said = document.loop_labels().len() + document.reviews().len() + document.comments().len()
            + document.images().len() + document.improvements().len() + document.scenarios().len()
            + document.stories().len() + document.story_steps().len()
            + document.retrospectives().len() + document.facts().len()
            + document.variations().len() + document.experiments().len();
        // Everything painted is there, and numbers are numbers.
        let clouds = painted.iter().filter(|shape| matches!(shape, PaintedShape::Pipe(_))).count();
        prop_assert_eq!(painted.len() - clouds, document.len() - said);
        prop_assert!(!text.contains("NaN") && !text.contains("inf "));
        prop_assert_eq!(drawn(&document, Theme::Dark).1, text);
    }
}
