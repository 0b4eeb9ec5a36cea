//! XML, read with entities of its own refused and with limits, and the signs that must be escaped.

use std::collections::BTreeSet;
use std::ops::Range;

use roxmltree::{Document, Node, ParsingOptions};

use super::error::{Fault, Position, ReadError};
use super::limits::Limits;

/// The most attributes that one tag may have: the parser compares each with all others.
const ATTRIBUTES: usize = 5_000;
/// The most declarations of namespaces: elements within each other inherit them.
const NAMESPACES: usize = 500;

/// Reads XML. A document type is refused, and with it every entity but the five of XML.
///
/// # Errors
/// It is too large, not well-formed, or asks for too much.
pub fn parse<'t>(text: &'t str, limits: &Limits) -> Result<Document<'t>, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            limit: limits.bytes,
        });
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.matches("xmlns").take(NAMESPACES + 1).count() > NAMESPACES {
        return Err(fault(
            format!("there are more than {NAMESPACES} namespaces"),
            None,
        ));
    }
    let many =
        |tag: &str| tag.matches(['"', '\'']).take(2 * ATTRIBUTES + 1).count() > 2 * ATTRIBUTES;
    let tags = text
        .split('<')
        .map(|tag| tag.split_once('>').map_or(tag, |(tag, _)| tag));
    if tags.into_iter().any(many) {
        return Err(fault(
            format!("a tag has more than {ATTRIBUTES} attributes"),
            None,
        ));
    }
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: u32::try_from(limits.values).unwrap_or(u32::MAX),
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| {
        let at = error.pos();
        let position = match error {
            // The parser says no place for what is cut off.
            roxmltree::Error::UnclosedRootNode
            | roxmltree::Error::UnexpectedEndOfStream
            | roxmltree::Error::NoRootNode => Position::of(text, text.len()),
            _ => Position {
                line: usize::try_from(at.row).unwrap_or(usize::MAX),
                column: usize::try_from(at.col).unwrap_or(usize::MAX),
            },
        };
        match error {
            roxmltree::Error::DtdDetected => fault(
                "it has a document type, which is not read, since it could define entities"
                    .to_owned(),
                None,
            ),
            roxmltree::Error::NodesLimitReached => fault(
                format!("there are more than {} elements and texts", limits.values),
                None,
            ),
            other => {
                // The parser says the place in its message; ours follows in its own form.
                let message = other.to_string();
                let end = message.rfind(" at ").unwrap_or(message.len());
                fault(
                    format!("this is no well-formed XML: {}", &message[..end]),
                    Some(position),
                )
            }
        }
    })
}

/// A text with names such as `isee:prefs` in it whose prefix is declared nowhere, as programs write
/// that copy parts of others: with an underscore in place of the colon, so that it can be parsed
/// and every place stays what it was; and the prefixes. None where all are declared.
pub fn mended(text: &str) -> Option<(String, BTreeSet<String>)> {
    let mut declared: BTreeSet<&str> = BTreeSet::from(["xml", "xmlns"]);
    for found in text.split("xmlns:").skip(1) {
        declared.insert(
            found
                .split(|c: char| !is_of_name(c))
                .next()
                .unwrap_or_default(),
        );
    }
    let mut colons = Vec::new();
    let mut prefixes = BTreeSet::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('<') {
        let start = at + found;
        let rest = &text[start..];
        let skipped = [
            ("<!--", "-->"),
            ("<![CDATA[", "]]>"),
            ("<?", "?>"),
            ("<!", ">"),
        ];
        let skipped = skipped.iter().find(|(begin, _)| rest.starts_with(begin));
        if let Some((begin, end)) = skipped {
            let inside = &rest[begin.len()..];
            let length = inside
                .find(end)
                .map_or(inside.len(), |index| index + end.len());
            at = start + begin.len() + length;
            continue;
        }
        let mut quote = None;
        let mut end = text.len();
        for (index, character) in rest.char_indices() {
            match (quote, character) {
                (Some(open), character) if open == character => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(character),
                (None, '>') => {
                    end = start + index + 1;
                    break;
                }
                (None, ':') => {
                    let before = &rest[..index];
                    let prefix = before.rsplit(|c: char| !is_of_name(c)).next();
                    let prefix = prefix.unwrap_or_default();
                    if !prefix.is_empty() && !declared.contains(prefix) {
                        prefixes.insert(prefix.to_owned());
                        colons.push(start + index);
                    }
                }
                (None, _) => {}
            }
        }
        at = end;
    }
    if colons.is_empty() {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    let mut at = 0;
    for colon in colons {
        mended.push_str(&text[at..colon]);
        mended.push('_');
        at = colon + 1;
    }
    mended.push_str(&text[at..]);
    Some((mended, prefixes))
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '-' | '.')
}

fn fault(message: String, position: Option<Position>) -> ReadError {
    ReadError::Syntax(Fault { message, position })
}

/// A text as the content of an element.
pub fn content(text: &str) -> String {
    escaped(text, Context::Content)
}

/// A text as the value of an attribute, in quotes of either kind.
pub fn value(text: &str) -> String {
    escaped(text, Context::Value)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    Content,
    Value,
}

/// Characters that XML cannot have are left out.
fn escaped(text: &str, context: Context) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if context == Context::Value => out.push_str("&quot;"),
            '\'' if context == Context::Value => out.push_str("&#39;"),
            // A parser would turn bare ones into blanks, or into another line break.
            '\n' if context == Context::Value => out.push_str("&#10;"),
            '\t' if context == Context::Value => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(character),
        }
    }
    out
}

/// Where the start tag of an element ends: after its `>`.
pub fn end_of_tag(text: &str, element: Node<'_, '_>) -> usize {
    let range = element.range();
    let mut quote = None;
    for (index, byte) in text.as_bytes()[range.clone()].iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b'>') => return range.start + index + 1,
            (None, _) => {}
        }
    }
    range.end
}

/// The content of an element, between its tags; none where it is one tag alone.
pub fn inner(text: &str, element: Node<'_, '_>) -> Option<Range<usize>> {
    let start = end_of_tag(text, element);
    if text[..start].ends_with("/>") {
        return None;
    }
    let end = text[..element.range().end].rfind("</")?;
    (start <= end).then_some(start..end)
}

/// The first child of an element with this name, whatever its namespace.
pub fn child<'a, 'i>(element: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    children(element, name).next()
}

/// The children of an element with this name.
pub fn children<'a, 'i: 'a>(
    element: Node<'a, 'i>,
    name: &str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    let elements = element.children().filter(Node::is_element);
    elements.filter(move |child| child.tag_name().name() == name)
}

/// The text of an element, all its parts together.
pub fn text_of(element: Node<'_, '_>) -> String {
    let parts = element.children().filter(Node::is_text);
    parts.filter_map(|part| part.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let document = parse(text, &Limits::STANDARD);
        document
            .map(|document| text_of(document.root_element()))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn entities_of_its_own_are_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\">]><a>&b;</a>";
        assert_eq!(
            read(bomb),
            Err(
                "it has a document type, which is not read, since it could define entities"
                    .to_owned()
            )
        );
        let unknown = read("<a>&b;</a>").unwrap_err();
        assert!(
            unknown.starts_with("this is no well-formed XML"),
            "{unknown}"
        );
        assert!(unknown.ends_with("(line 1, column 4)"), "{unknown}");
        assert_eq!(
            read("\u{FEFF}<a>&lt;<![CDATA[&b;]]>&#65;</a>").as_deref(),
            Ok("<&b;A")
        );
    }

    #[test]
    fn prefixes_that_are_declared_nowhere_are_read_in_their_places() {
        let text = "<a xmlns:n='x'><!-- o:p --><o:b q:c='d:e' n:f=''>g:h</o:b><n:i/></a>";
        assert!(read(text).is_err());
        let (mended, prefixes) = mended(text).unwrap();
        assert_eq!(
            mended,
            "<a xmlns:n='x'><!-- o:p --><o_b q_c='d:e' n:f=''>g:h</o_b><n:i/></a>"
        );
        assert_eq!(Vec::from_iter(prefixes), ["o", "q"]);
        assert!(read(&mended).is_ok());
        for whole in [
            "<a:b xmlns:a='c'/>",
            "<a xml:space='preserve'/>",
            "",
            "<",
            "<a ':",
        ] {
            assert_eq!(super::mended(whole), None, "{whole}");
        }
    }

    #[test]
    fn what_is_cut_off_is_told_where_it_ends() {
        for text in ["<a>\n<b>x", "<a>\n<b c='1'", "<a>\n<b><!-- x", "<a>\n<b></"] {
            let error = read(text).unwrap_err();
            assert!(error.contains("(line 2, column "), "{text:?}: {error}");
        }
    }

    #[test]
    fn what_asks_for_too_much_is_refused() {
        let tag: String = (0..6_000).map(|n| format!(" a{n}=\"\"")).collect();
        assert!(
            read(&format!("<a{tag}/>"))
                .unwrap_err()
                .contains("attributes")
        );
        let nested: String = (0..600)
            .map(|n| format!("<a xmlns:n{n}=\"{n}\">"))
            .collect();
        assert!(read(&nested).unwrap_err().contains("namespaces"));
        let few = Limits {
            values: 10,
            ..Limits::STANDARD
        };
        let many = format!("<a>{}</a>", "<b/>".repeat(20));
        assert!(
            parse(&many, &few)
                .unwrap_err()
                .to_string()
                .contains("more than 10")
        );
    }

    #[test]
    fn nesting_does_not_use_up_the_stack() {
        let depth = 300_000;
        let text = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert_eq!(read(&text).as_deref(), Ok(""));
        assert!(read(&"<a>".repeat(depth)).is_err());
    }

    #[test]
    fn strings_cannot_break_out() {
        assert_eq!(
            content("<b a=\"1\">&\u{0}\r\n"),
            "&lt;b a=\"1\"&gt;&amp;&#13;\n"
        );
        assert_eq!(value("\"'\n\t>"), "&quot;&#39;&#10;&#9;&gt;");
    }

    #[test]
    fn content_lies_between_the_tags() {
        let text = "<a x='>'>in<b/></a>";
        let document = parse(text, &Limits::STANDARD).unwrap();
        let root = document.root_element();
        assert_eq!(&text[inner(text, root).unwrap()], "in<b/>");
        assert_eq!(inner(text, child(root, "b").unwrap()), None);
    }
}
