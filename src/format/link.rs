//! Share links: a whole document in the fragment of an address, which no browser sends to a server.
//!
//! The fragment is `#open=z1.…`, `#view=z1.…`, `#embed=z1.…`, `#tell=z1.…` or `#present=z1.…`: what becomes of the document, how
//! it is packed, and the document. `z1` is the text of a file (the native format), packed as raw
//! DEFLATE (RFC 1951), in the alphabet of base64url without padding (RFC 4648, section 5).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::error::{Fault, ReadError};
use super::json;
use super::reader::{ImportResult, Reader};
use crate::model::{Document, IdSource};

/// What becomes of the document of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkUse {
    /// It opens as a new document.
    Open,
    /// It is shown and cannot be changed.
    View,
    /// It is shown in a frame of another page, without panels.
    Embed,
    /// Its story is told in a frame of another page, step by step.
    Tell,
    /// It is presented, and shown afterwards.
    Present,
}

/// The words of a fragment for what becomes of its document.
const USES: [(&str, LinkUse); 5] = [
    ("open=", LinkUse::Open),
    ("view=", LinkUse::View),
    ("embed=", LinkUse::Embed),
    ("tell=", LinkUse::Tell),
    ("present=", LinkUse::Present),
];

/// How the document is packed. A packing of another name is of a newer version.
const PACKING: &str = "z1.";

/// What a document in a link may unpack to, in bytes: ten times what a link can carry.
const MAXIMUM_UNPACKED: usize = 8 * 1024 * 1024;

/// The longest packed document that is read, in characters. Browsers take addresses of about two
/// million.
const MAXIMUM_PACKED: usize = 2_000_000;

/// The longest packed document that is offered as a link, in characters: every browser takes
/// addresses of 64,000.
pub const LONGEST_LINK: usize = 60_000;

/// Up to so many characters a link passes through chats and mail; longer ones some of them cut.
pub const SAFE_LINK: usize = 4_000;

/// The line of the table of readers.
pub(super) const READER: Reader = Reader {
    name: "a Loopstream link",
    recognises,
    read: read_address,
};

/// Why the document of a link cannot be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// A newer version made it.
    #[error("the link was made by a newer version of Loopstream: reload the page")]
    Newer,
    /// It lacks a part, or has been changed.
    #[error("the link is not whole: some programs cut long links, so copy it once more in full")]
    Cut,
    /// It would unpack to more than a link may.
    #[error("the link holds more than a link may: ask for the diagram as a file")]
    TooLarge,
}

/// What an address asks for, with the packed document; none if it is no share link.
#[must_use]
pub fn part_of(address: &str) -> Option<(LinkUse, &str)> {
    let fragment = address.trim().split_once('#')?.1;
    USES.iter()
        .find_map(|(word, what)| Some((*what, fragment.strip_prefix(word)?)))
}

/// The fragment that asks for a packed document, with its `#`.
#[must_use]
pub fn fragment(what: LinkUse, packed: &str) -> String {
    let word = USES.iter().find(|(_, used)| *used == what);
    let mut fragment = String::from("#");
    fragment.push_str(word.map_or("", |(word, _)| word));
    fragment.push_str(packed);
    fragment
}

/// A document packed for a link.
#[must_use]
pub fn pack(document: &Document) -> String {
    /// The slowest and smallest of DEFLATE's levels.
    const LEVEL: u8 = 9;
    let packed = compress_to_vec(json::write(document).as_bytes(), LEVEL);
    let mut text = PACKING.to_owned();
    text.push_str(&BASE64_URL_SAFE_NO_PAD.encode(&packed));
    text
}

/// The text of a packed document.
///
/// # Errors
/// It is not whole, too large, or of a newer version.
pub fn unpack(packed: &str) -> Result<String, LinkError> {
    let Some(coded) = packed.strip_prefix(PACKING) else {
        // A word before a full stop is a packing; anything else is no packed document at all.
        let named = packed.split_once('.').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric())
        });
        return Err(if named {
            LinkError::Newer
        } else {
            LinkError::Cut
        });
    };
    if coded.len() > MAXIMUM_PACKED {
        return Err(LinkError::TooLarge);
    }
    // A link among words takes a full stop or a bracket along, and some sites add to it.
    let end = coded.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_".contains(letter)));
    let coded = &coded[..end.unwrap_or(coded.len())];
    let bytes = BASE64_URL_SAFE_NO_PAD
        .decode(coded)
        .map_err(|_| LinkError::Cut)?;
    let unpacked = decompress_to_vec_with_limit(&bytes, MAXIMUM_UNPACKED).map_err(|error| {
        if error.status == TINFLStatus::HasMoreOutput {
            LinkError::TooLarge
        } else {
            LinkError::Cut
        }
    })?;
    String::from_utf8(unpacked).map_err(|_| LinkError::Cut)
}

/// Whether the text is one address that has a document.
fn recognises(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("http") && !text.contains(char::is_whitespace) && part_of(text).is_some()
}

/// The packed document of the first link within a text: among words, in a snippet of HTML.
pub(super) fn packed_within(text: &str) -> Option<&str> {
    text.split(|letter: char| letter.is_whitespace() || "\"'<>()[]".contains(letter))
        .filter_map(|word| part_of(&word[word.find("http")?..]))
        .map(|(_, packed)| packed)
        .find(|packed| packed.starts_with(PACKING))
}

fn read_address(text: &str, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    let whole = recognises(text).then(|| part_of(text)).flatten();
    let packed = whole.map(|(_, packed)| packed);
    let packed = packed.or_else(|| packed_within(text)).unwrap_or_default();
    let text = unpack(packed).map_err(|error| {
        ReadError::OtherFormat(Fault {
            message: error.to_string(),
            position: None,
        })
    })?;
    (json::READER.read)(&text, ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_becomes_of_its_document() {
        let of = |address| part_of(address);
        assert_eq!(
            of("https://x.org/a/#open=z1.A"),
            Some((LinkUse::Open, "z1.A"))
        );
        assert_eq!(of("#view=z1.B"), Some((LinkUse::View, "z1.B")));
        assert_eq!(
            of(" https://x.org/#embed=z2.C "),
            Some((LinkUse::Embed, "z2.C"))
        );
        assert_eq!(of("https://x.org/?open=z1.A"), None);
        assert_eq!(of("https://x.org/#other=z1.A"), None);
        for (_, what) in USES {
            assert_eq!(part_of(&fragment(what, "z1.Q")), Some((what, "z1.Q")));
        }
    }

    #[test]
    fn what_is_not_whole_is_told_from_what_is_newer() {
        assert_eq!(unpack(""), Err(LinkError::Cut));
        assert_eq!(unpack("z1"), Err(LinkError::Cut));
        assert_eq!(unpack("z1."), Err(LinkError::Cut));
        assert_eq!(unpack("z1.@@@"), Err(LinkError::Cut));
        assert_eq!(unpack("z2.AAAA"), Err(LinkError::Newer));
    }

    #[test]
    fn a_link_is_found_among_words() {
        for text in [
            "Have a look: https://x.org/a/#view=z1.Qw-_ (it is short)",
            "(https://x.org/a/#open=z1.Qw-_).",
            "<https://x.org/a/#view=z1.Qw-_>",
            "[this](http://x.org/#view=z1.Qw-_)\nand more",
            "<iframe src=\"https://x.org/#embed=z1.Qw-_\" title=\"https://y.org/#view=z1.AA\">",
        ] {
            assert_eq!(packed_within(text), Some("z1.Qw-_"), "{text}");
        }
        for text in [
            "#view=z1.Q",
            "see https://x.org/#view=list",
            "https://x.org/",
        ] {
            assert_eq!(packed_within(text), None, "{text}");
        }
    }

    #[test]
    fn what_follows_a_packed_document_is_not_part_of_it() {
        let packed = pack(&Document::default());
        let text = unpack(&packed).ok();
        assert!(text.is_some());
        for after in [".", ")", ">", "&fbclid=IwAR0_x-y", "%20", "\u{2026}"] {
            assert_eq!(unpack(&format!("{packed}{after}")).ok(), text, "{after}");
        }
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let bomb = compress_to_vec(&vec![b' '; MAXIMUM_UNPACKED + 1], 9);
        let packed = PACKING.to_owned() + &BASE64_URL_SAFE_NO_PAD.encode(&bomb);
        assert!(packed.len() < 20_000);
        assert_eq!(unpack(&packed), Err(LinkError::TooLarge));
    }
}
