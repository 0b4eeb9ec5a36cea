//! What the texts of a flowchart say: entities, with a number sign or as in HTML, breaks of lines,
//! Markdown.

use crate::format::entities::{self, numbered};

/// What a text says.
pub fn label_text(text: &str) -> String {
    let text = text.trim();
    // Within an arrow quotes stand around the text as it comes.
    let text = ['"', '\'']
        .into_iter()
        .find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(text);
    // A text of Markdown stands between backticks.
    let inner = text.strip_prefix('`');
    let text = inner
        .and_then(|inner| inner.strip_suffix('`'))
        .unwrap_or(text);
    let mut label_text = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['#', '<', '&']) {
        label_text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (sign, after) = rest.split_at(1);
        let found = match sign {
            "#" => entity(rest),
            "&" => entities::entity(after).map(|(character, length)| (character, length + 1)),
            _ => line_break(rest),
        };
        match found {
            Some((character, length)) => {
                label_text.push(character);
                rest = &rest[length..];
            }
            None => {
                label_text.push_str(sign);
                rest = after;
            }
        }
    }
    label_text.push_str(rest);
    label_text
}

/// The character of an entity such as `#43;` or `#quot;`, and how long that is.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 6] = [
        ("quot", '"'),
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("apos", '\''),
        ("nbsp", ' '),
    ];
    /// No entity that is known is longer.
    const LONGEST: usize = 10;
    let inner = text.strip_prefix('#')?;
    let end = inner.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &inner[..end];
    let named = NAMED.iter().find(|(known, _)| *known == name);
    let character = match named {
        Some((_, character)) => *character,
        None => numbered(name)?,
    };
    Some((character, end + 2))
}

/// `<br>`, `<br/>` or `<br />`.
fn line_break(text: &str) -> Option<(char, usize)> {
    let tag = text.get(..3)?;
    if !tag.eq_ignore_ascii_case("<br") {
        return None;
    }
    let rest = &text[3..];
    let end = rest.trim_start_matches([' ', '/']);
    let blank = rest.len() - end.len();
    end.starts_with('>').then_some(('\n', 3 + blank + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_what_they_say() {
        for (text, expected) in [
            (" plain ", "plain"),
            (" \"in quotes\" ", "in quotes"),
            ("\"", "\""),
            ("#43; #quot;#35;#59;", "+ \"#;"),
            (
                "&#x2795; &plus; &minus; R&D; &",
                "\u{2795} + \u{2212} R&D; &",
            ),
            ("#38;lt#59;", "&lt;"),
            ("'in single quotes'", "in single quotes"),
            ("it's", "it's"),
            ("a<br/>b<BR>c<br />d<b>", "a\nb\nc\nd<b>"),
            ("`*x*`", "*x*"),
            ("#1 #; #nothing; #", "#1 #; #nothing; #"),
            ("#1114112;", "#1114112;"),
            ("<\u{e9}", "<\u{e9}"),
        ] {
            assert_eq!(label_text(text), expected, "{text}");
        }
    }
}
