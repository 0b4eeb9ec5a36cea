//! The nodes of a flowchart: an id, and what may stand around its text.

use super::cursor::Cursor;

/// A node as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vertex<'t> {
    /// Its id.
    pub id: &'t str,
    /// Its text as it is written, if there is one.
    pub text: Option<&'t str>,
    /// The class it is given, if any.
    pub class: Option<&'t str>,
}

/// The brackets of the shapes: those that begin like others come before them.
const BRACKETS: &[(&str, &[&str])] = &[
    ("(((", &[")))"]),
    ("((", &["))"]),
    ("([", &["])"]),
    ("(", &[")"]),
    ("[[", &["]]"]),
    ("[(", &[")]"]),
    ("[/", &["/]", "\\]"]),
    ("[\\", &["\\]", "/]"]),
    ("[", &["]"]),
    ("{{", &["}}"]),
    ("{", &["}"]),
    (">", &["]"]),
];

/// Takes a node; none if none comes, and then the cursor may stand anywhere.
pub fn take_vertex<'t>(cursor: &mut Cursor<'t>) -> Option<Vertex<'t>> {
    cursor.skip_blanks();
    let id = take_id(cursor)?;
    let mut text = None;
    if cursor.take("@{") {
        text = label_of(cursor.until("}")?);
    } else {
        let around = BRACKETS
            .iter()
            .find(|(open, _)| cursor.rest().starts_with(open));
        if let Some((open, closes)) = around {
            cursor.go(open.len());
            text = Some(closed(cursor, closes)?);
        }
    }
    let mut class = None;
    if cursor.take(":::") {
        class = Some(take_id(cursor)?);
    }
    Some(Vertex { id, text, class })
}

/// The text up to the first of these brackets.
fn closed<'t>(cursor: &mut Cursor<'t>, closes: &[&str]) -> Option<&'t str> {
    let read = closes.iter().filter_map(|close| {
        let mut after = cursor.clone();
        let text = after.text_until(close)?;
        Some((after, text))
    });
    let (after, text) = read.min_by_key(|(after, _)| after.at())?;
    *cursor = after;
    Some(text)
}

/// Letters, digits and some signs, but no beginning of an arrow.
fn take_id<'t>(cursor: &mut Cursor<'t>) -> Option<&'t str> {
    let line = cursor.rest();
    let mut length = 0;
    for (at, character) in line.char_indices() {
        let inner = |sign: char| {
            let next = line[at + sign.len_utf8()..].chars().next();
            at > 0 && next.is_some_and(char::is_alphanumeric)
        };
        let belongs = match character {
            '-' | '.' | '/' | ':' => inner(character),
            '_' => true,
            other => other.is_alphanumeric(),
        };
        if !belongs {
            break;
        }
        length = at + character.len_utf8();
    }
    cursor.go(length);
    (length > 0).then_some(&line[..length])
}

/// The label in the braces of a shape, such as `shape: box, label: "x"`.
fn label_of(inner: &str) -> Option<&str> {
    let (_, after) = inner.split_once("label:")?;
    let mut cursor = Cursor::new(after);
    cursor.skip_blanks();
    match cursor.rest().starts_with('"') {
        true => cursor.quoted(),
        false => after.split(',').next().map(str::trim),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_read() {
        for (written, id, text) in [
            ("a", "a", None),
            ("a_1-b.c(x)", "a_1-b.c", Some("x")),
            ("a[\"x] (y)\"]", "a", Some("x] (y)")),
            ("a([x])", "a", Some("x")),
            ("a[[x]]", "a", Some("x")),
            ("a[(x)]", "a", Some("x")),
            ("a((x))", "a", Some("x")),
            ("a(((x)))", "a", Some("x")),
            ("a>x]", "a", Some("x")),
            ("a{x}", "a", Some("x")),
            ("a{{x}}", "a", Some("x")),
            ("a[/x/]", "a", Some("x")),
            ("a[/x\\]", "a", Some("x")),
            ("a[\\x/]", "a", Some("x")),
            ("a@{ shape: rect, label: \"x\" }", "a", Some("x")),
            ("a@{ shape: rect }", "a", None),
            ("a(\"x\ny\")", "a", Some("x\ny")),
            ("\u{e9}t\u{e9}", "\u{e9}t\u{e9}", None),
        ] {
            let mut cursor = Cursor::new(written);
            let vertex = take_vertex(&mut cursor).unwrap();
            assert_eq!((vertex.id, vertex.text), (id, text), "{written}");
            assert!(cursor.ends(), "{written}");
        }
        let vertex = take_vertex(&mut Cursor::new("a[x]:::stock --> b")).unwrap();
        assert_eq!(vertex.class, Some("stock"));
        let mut cursor = Cursor::new("a-->b");
        assert_eq!(take_vertex(&mut cursor).unwrap().id, "a");
        for other in ["", "-->", "a[x", "a(\"x)", "(x)", "a:::"] {
            assert_eq!(take_vertex(&mut Cursor::new(other)), None, "{other}");
        }
    }
}
