//! What a cell of a wiki says, without its markup.

use crate::format::entities::with_entities;

/// The words of a cell: without emphasis, code, links and tags.
pub(super) fn words(cell: &str) -> String {
    let cell = with_entities(&without_tags(&without_links(cell)));
    let mut cell = cell.trim();
    // Around the whole only: within a word such signs may be meant.
    for sign in ["***", "**", "__", "``", "`", "*", "_", "~~"] {
        let inside = cell.strip_prefix(sign);
        let inside = inside.and_then(|cell| cell.strip_suffix(sign));
        if let Some(inside) =
            inside.filter(|inside| !inside.trim().is_empty() && !inside.contains(sign))
        {
            cell = inside.trim();
        }
    }
    let mut out = String::with_capacity(cell.len());
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escape = character == '\\'
            && characters
                .peek()
                .is_some_and(|next| next.is_ascii_punctuation());
        if !is_escape {
            out.push(match character {
                '\u{A0}' => ' ',
                other => other,
            });
        } else if let Some(next) = characters.next() {
            out.push(next);
        }
    }
    out
}

/// The text without tags of HTML; a break is a blank. A sign that opens no tag stays.
pub(super) fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let tag = &rest[open + 1..];
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        match tag.find('>').filter(|_| is_tag) {
            Some(close) => {
                let name = tag[..close].trim_start_matches('/').to_ascii_lowercase();
                if ["br", "p", "div", "li"]
                    .iter()
                    .any(|known| name.starts_with(known))
                {
                    out.push(' ');
                }
                rest = &tag[close + 1..];
            }
            None => {
                out.push('<');
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The text with the words of links in place of links: `[words](address)`, `[[page|words]]`.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let inside = &rest[open..];
        let link = wiki_link(inside).or_else(|| link(inside));
        match link {
            Some((words, length)) => {
                // A picture says what it shows.
                out.push_str(rest[..open].trim_end_matches('!'));
                out.push_str(words);
                rest = &inside[length..];
            }
            None => {
                out.push_str(&rest[..=open]);
                rest = &inside[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The words and the length of `[words](address)`.
fn link(text: &str) -> Option<(&str, usize)> {
    let middle = text.find("](")?;
    let words = text.get(1..middle).filter(|words| !words.contains('['))?;
    let end = middle + text[middle..].find(')')? + 1;
    Some((words, end))
}

/// The words and the length of `[[page]]` or `[[page|words]]`.
fn wiki_link(text: &str) -> Option<(&str, usize)> {
    let inside = text.strip_prefix("[[")?;
    let end = inside.find("]]")?;
    let words = inside[..end].rsplit('|').next()?;
    Some((words, end + 4))
}
