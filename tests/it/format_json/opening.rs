//! What cannot be opened says what it seems to be.

use loopstream::format::json::write;
use loopstream::format::open_text;
use loopstream::model::{Document, IdSource};

#[test]
fn what_cannot_be_opened_says_what_it_seems_to_be() {
    let opened = |text: &str| {
        open_text(text, &mut IdSource::new(1))
            .map(|opened| opened.document)
            .map_err(|error| error.to_string())
    };
    for (text, seems) in [
        ("", "an empty text"),
        (" \n", "an empty text"),
        ("hello", "plain text"),
        ("{\"elements\":[]}", "JSON of another program"),
        ("[1, 2]", "JSON of another program"),
        ("<svg xmlns=\"\">", "an SVG picture without a diagram in it"),
        ("<!DOCTYPE html>", "a web page"),
        ("<a/>", "XML of another program"),
        ("graph theory is fun", "plain text"),
        ("sequenceDiagram\na->>b: x", "plain text"),
        ("https://ncase.me/loopy/", "a link without a diagram in it"),
        ("%PDF-1.7", "a PDF"),
        ("PK\u{3}\u{4}", "an archive or an office document"),
        (
            "\u{FFFD}PNG\r\n",
            "a picture or another file that is not text",
        ),
    ] {
        assert_eq!(
            opened(text),
            Err(format!("this seems to be {seems}, which cannot be opened"))
        );
    }
    assert_eq!(
        opened("{\"format\" : \"loopstream\",").map(|_| ()),
        Err(
            "this seems to be a Loopstream file, but it cannot be read: this is \
             not JSON: the text ends too soon (line 1, column 25)"
                .to_owned()
        )
    );
    assert_eq!(
        opened(&write(&Document::default())),
        Ok(Document::default())
    );
}
