//! The text of an XML element, with the place in the file of each of its bytes.

use roxmltree::Node as Xml;

use crate::equation::{Fault, Span};
use crate::format::xml;

/// The text of an element, decoded, and where it stands.
pub(super) struct PlacedText {
    /// The text, with entities and CDATA resolved.
    pub text: String,
    /// Where the content of the element is in the file.
    span: Span,
    /// For each byte of the decoded text, its byte in the file; empty where they run in step.
    bytes: Vec<usize>,
}

impl PlacedText {
    /// Of an element of a file; `skipped` is how many bytes of the file stand before what was parsed.
    pub(super) fn of(file: &str, element: Xml<'_, '_>, skipped: usize) -> Self {
        let text = xml::text_of(element);
        let range = xml::inner(file, element).unwrap_or_else(|| element.range());
        let raw = &file[range.clone()];
        let span = Span {
            start: range.start + skipped,
            end: range.end + skipped,
        };
        let bytes = if raw == text {
            Vec::new()
        } else {
            places(raw, &text, span.start)
        };
        Self { text, span, bytes }
    }

    /// Where a range of the decoded text stands in the file.
    pub(super) fn place(&self, span: Span) -> Span {
        let at = |byte: usize| {
            if self.bytes.is_empty() {
                self.span.start + byte
            } else {
                self.bytes.get(byte).copied().unwrap_or(self.span.end)
            }
        };
        Span {
            start: at(span.start),
            end: at(span.end),
        }
    }

    /// The same fault, at its place in the file.
    pub(super) fn placed(&self, mut fault: Fault) -> Fault {
        fault.span = fault.span.map(|span| self.place(span));
        fault
    }

    /// The place of all of it.
    pub(super) const fn span(&self) -> Span {
        self.span
    }
}

/// Where each byte of a decoded text came from: entities are one character, and the signs around
/// CDATA and comments none.
fn places(raw: &str, text: &str, start: usize) -> Vec<usize> {
    let mut places = Vec::with_capacity(text.len());
    let mut at = 0;
    for character in text.chars() {
        loop {
            let rest = &raw[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                at += 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            } else if rest.starts_with("<![CDATA[") {
                at += 9;
            } else if rest.starts_with("]]>") && character != ']' {
                at += 3;
            } else {
                break;
            }
        }
        let rest = &raw[at..];
        places.extend(std::iter::repeat_n(start + at, character.len_utf8()));
        let length = match rest.chars().next() {
            Some('&') if character != '&' || rest.starts_with("&amp;") => {
                rest.find(';').map_or(1, |end| end + 1)
            }
            // A line break of two characters is read as one.
            Some('\r') if character == '\n' && rest.starts_with("\r\n") => 2,
            Some(other) => other.len_utf8(),
            None => 0,
        };
        at += length;
    }
    places
}
