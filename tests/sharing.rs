//! What carries a whole document: share links, and pictures that open again.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/document.rs"]
mod document;

use document::document as any_document;
use loopstream::format::link::{self, LinkError, LinkUse};
use loopstream::format::{Carries, OpenError, Picture, json, open_text, png, svg, text_of_file};
use loopstream::model::{Document, IdSource};
use loopstream::scene::{EstimatedText, Scene, Theme};
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
        theme: Theme::Light,
        margin: Picture::MARGIN,
        carries: Carries::Document,
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
