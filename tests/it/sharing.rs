//! What carries a whole document: share links, and pictures that open again.

use crate::common::document::document as any_document;
use loopstream::format::link::{self, LinkError, LinkUse};
use loopstream::format::{OpenError, Picture, json, open_text, png, svg, text_of_file};
use loopstream::model::{Document, IdSource};
use loopstream::scene::{EstimatedText, PictureLook, Scene, Theme};
use proptest::prelude::*;

/// A picture of one white pixel, made with the `zlib` and `struct` modules of Python.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\
    \0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\nIDATx\xdac\xf8\x0f\0\x01\x01\x01\0\x1c\xb0\x8c\x99\
    \0\0\0\0IEND\xae\x42\x60\x82";

fn picture_of(document: &Document) -> String {
    let scene = Scene::new(document, &EstimatedText);
    svg(&Picture {
        document,
        scene: &scene,
        loops: &[],
        look: PictureLook::plain(Theme::Light),
        sheet: None,
        frame: None,
        margin: Picture::MARGIN,
        carries_document: true,
    })
}

fn open(text: &str) -> Result<Document, OpenError> {
    open_text(text, &mut IdSource::new(1)).map(|opened| opened.document)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_link_brings_the_document(document in any_document()) {
        let packed = link::pack(&document);
        prop_assert!(packed.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
        for what in [LinkUse::Open, LinkUse::View, LinkUse::Embed] {
            let address = format!("https://example.org/loopstream/{}", link::fragment(what, &packed));
            prop_assert_eq!(link::part_of(&address), Some((what, packed.as_str())));
            prop_assert_eq!(open(&address), Ok(document.clone()));
        }
    }

    #[test]
    fn a_link_that_was_cut_or_changed_is_refused_or_brings_a_document(
        document in any_document(),
        at in any::<prop::sample::Index>(),
        letter in "[A-Za-z0-9_-]",
    ) {
        let packed = link::pack(&document);
        let at = at.index(packed.len());
        prop_assert!(link::unpack(&packed[..at]).is_err());
        let changed = format!("{}{letter}{}", &packed[..at], &packed[at + 1..]);
        if let Ok(text) = link::unpack(&changed) {
            let _ = json::read(&text);
        }
    }

    #[test]
    fn pictures_bring_the_document(document in any_document()) {
        prop_assert_eq!(open(&picture_of(&document)), Ok(document.clone()));
        let picture = png::with_text(PIXEL, &json::write(&document)).unwrap();
        prop_assert_eq!(open(&text_of_file(&picture, |_, _| None).unwrap().text), Ok(document));
    }
}

/// A document with one variable of this name, whose remark is that.
fn small(name: &str, remark: &str) -> Document {
    let text = format!(
        r#"{{"format":"loopstream","version":1,"title":"","variables":[{{"id":"a","name":"{name}","x":0,"y":0,"remark":"{remark}"}}]}}"#
    );
    json::read(&text).unwrap().document
}

#[test]
fn a_link_among_words_opens() {
    let document = small("trust", "");
    let packed = link::pack(&document);
    let address = |what| format!("https://example.org/a/{}", link::fragment(what, &packed));
    let (open_link, view) = (address(LinkUse::Open), address(LinkUse::View));
    let embed = address(LinkUse::Embed);
    for text in [
        format!("Have a look: {view}"),
        format!("Have a look, please ({view})."),
        format!("First line\n\nsecond: <{open_link}>\n"),
        format!("{view}."),
        format!("{open_link}&fbclid=IwAR0abc_DEF-123"),
        format!("<iframe src=\"{embed}\" title=\"A &amp; B\" width=\"100%\"></iframe>"),
        format!("graph of ours: {view}"),
    ] {
        assert_eq!(open(&text), Ok(document.clone()), "{text}");
    }
}

#[test]
fn a_link_in_a_file_is_not_what_the_file_is_opened_for() {
    let other = link::pack(&small("other", ""));
    let address = format!(
        "https://example.org/{}",
        link::fragment(LinkUse::View, &other)
    );
    let file = small("mine", &address);
    assert_eq!(open(&json::write(&file)), Ok(file.clone()));
    assert_eq!(open(&picture_of(&file)), Ok(file));
    for text in [
        format!("flowchart TD\n  a[mine] --> b\n  click a \"{address}\"\n"),
        format!("from,to,remark\nmine,b,{address}\n"),
        format!("digraph {{ mine -> b [URL=\"{address}\"] }}"),
    ] {
        let names = open(&text).unwrap();
        let names = names.variables().values().map(|one| one.name.to_string());
        assert!(
            names.collect::<Vec<_>>().contains(&"mine".to_owned()),
            "{text}"
        );
    }
}

#[test]
fn a_newer_link_says_so() {
    let error = open("https://example.org/#open=z9.AAAA").unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
    assert_eq!(link::unpack("z9.AAAA"), Err(LinkError::Newer));
}

#[test]
fn a_picture_with_a_dtd_is_refused() {
    let picture = picture_of(&Document::default());
    let hostile = format!("<!DOCTYPE svg [<!ENTITY a \"aaaa\">]>{picture}");
    let error = open(&hostile).unwrap_err();
    assert!(error.to_string().contains("XML cannot be read"), "{error}");
}

#[test]
fn a_damaged_picture_says_where() {
    let picture = picture_of(&Document::default());
    let cut = &picture[..picture.len() - 20];
    let error = open(cut).unwrap_err().to_string();
    assert!(error.contains("line"), "{error}");
}

#[test]
fn other_pictures_say_that_they_have_no_diagram() {
    let error = open("<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("this seems to be an SVG picture without a diagram"),
        "{message}"
    );
    let error = text_of_file(PIXEL, |_, _| None).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("there is no diagram in this picture")
    );
}
