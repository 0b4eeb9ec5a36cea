//! The names that an equation of XMILE mentions.

use std::ops::Range;

use super::names::{is_of_name, key};

/// A name in an equation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The name in the form in which names are compared.
    pub key: String,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The names in an equation, functions among them; subscripts and remarks are passed over.
pub fn mentions(text: &str) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let after = at + character.len_utf8();
        let end = match character {
            '{' => until(text, after, '}'),
            '[' => until(text, after, ']'),
            '"' => end_of_quoted(text, after),
            digit if digit.is_ascii_digit() => end_of_number(text, after),
            other if is_start(other) => {
                let rest = &text[after..];
                let is_outside = |c: char| !is_of_name(c) && c != '.' || c.is_whitespace();
                after + rest.find(is_outside).unwrap_or(rest.len())
            }
            _ => after,
        };
        if character == '"' || is_start(character) {
            let range = at..end;
            let key = key(&text[range.clone()]);
            if !key.is_empty() {
                mentions.push(Mention { key, range });
            }
        }
        at = end;
    }
    mentions
}

fn is_start(character: char) -> bool {
    is_of_name(character) && !character.is_ascii_digit() && !character.is_whitespace()
}

fn until(text: &str, at: usize, closing: char) -> usize {
    let rest = &text[at..];
    rest.find(closing)
        .map_or(text.len(), |end| at + end + closing.len_utf8())
}

fn end_of_quoted(text: &str, at: usize) -> usize {
    let mut escaped = false;
    for (index, byte) in text.as_bytes()[at..].iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + index + 1,
            _ => {}
        }
    }
    text.len()
}

fn end_of_number(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let is_sign = matches!(byte, b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
        if !(byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E') || is_sign) {
            break;
        }
        end += 1;
    }
    end
}

/// An equation with names exchanged; none where none of them is to be.
pub fn renamed(text: &str, new: impl Fn(&str) -> Option<String>) -> Option<String> {
    with_names(text, mentions(text), new)
}

/// A text with new names of variables in its subscripts; none where it has none.
pub fn renamed_in_subscripts(text: &str, new: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let after = at + character.len_utf8();
        at = match character {
            '{' => until(text, after, '}'),
            '"' => end_of_quoted(text, after),
            '[' => {
                let end = until(text, after, ']');
                let inside = mentions(&text[after..end]).into_iter();
                all.extend(inside.map(|mention| Mention {
                    range: mention.range.start + after..mention.range.end + after,
                    ..mention
                }));
                end
            }
            _ => after,
        };
    }
    with_names(text, all, new)
}

fn with_names(
    text: &str,
    mentions: Vec<Mention>,
    new: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for mention in mentions {
        if let Some(name) = new(&mention.key) {
            out.push_str(&text[at..mention.range.start]);
            out.push_str(&name);
            at = mention.range.end;
        }
    }
    if at == 0 {
        return None;
    }
    out.push_str(&text[at..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        mentions(text)
            .into_iter()
            .map(|mention| mention.key)
            .collect()
    }

    #[test]
    fn names_are_words_or_quoted() {
        assert_eq!(
            keys(
                "(\"Teacup Temperature\"-Room_Temp)/1.5e-3 {of, cups} * a[north] + IF x > .5 THEN y ELSE z.w"
            ),
            [
                "teacup temperature",
                "room temp",
                "a",
                "if",
                "x",
                "then",
                "y",
                "else",
                "z.w"
            ]
        );
        assert_eq!(keys("\"open {"), ["open {"]);
        assert_eq!(keys("3*\u{fc}ber-1E+5x"), ["\u{fc}ber", "x"]);
    }

    #[test]
    fn names_are_exchanged_and_nothing_else() {
        let new = |key: &str| (key == "a b").then(|| "c_d".to_owned());
        assert_eq!(
            renamed("2*A_b + \"a b\" / a_bc", new).as_deref(),
            Some("2*c_d + c_d / a_bc")
        );
        assert_eq!(renamed("a_bc", new), None);
    }
}
