//! What the texts of DOT say: after a backslash, in entities, between tags of HTML.

use crate::format::entities::with_entities;

/// The letters after a backslash that stand for names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Meanings<'n> {
    /// `\N`, the node.
    pub node: &'n str,
    /// `\G`, the graph.
    pub graph: &'n str,
}

/// What a label in quotes says.
pub fn label_text(quoted: &str, meanings: Meanings<'_>) -> String {
    let mut said = String::with_capacity(quoted.len());
    let mut rest = quoted.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            said.push(character);
            continue;
        }
        match rest.next() {
            Some('n' | 'l' | 'r') => said.push('\n'),
            Some('N') => said.push_str(meanings.node),
            Some('G') => said.push_str(meanings.graph),
            // A line that goes on in the next one.
            Some('\n') | None => {}
            Some(other) => said.push(other),
        }
    }
    let end = said.trim_end_matches('\n').len();
    said.truncate(end);
    with_entities(&said)
}

/// What an id in quotes says: only a quote and a line end mean something after a backslash.
pub fn id_text(quoted: &str) -> String {
    quoted.replace("\\\"", "\"").replace("\\\n", "")
}

/// The words of a text of HTML, without its tags.
pub fn html_text(html: &str) -> String {
    let mut said = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        said.push_str(&rest[..open]);
        let tag = &rest[open + 1..];
        let close = tag.find('>').unwrap_or(tag.len());
        let name = tag[..close].trim_start().to_ascii_lowercase();
        if name.starts_with("br") {
            said.push('\n');
        }
        rest = tag.get(close + 1..).unwrap_or_default();
    }
    said.push_str(rest);
    with_entities(said.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_say_what_they_say() {
        let meanings = Meanings {
            node: "n1",
            graph: "g",
        };
        for (quoted, said) in [
            ("a\\nb\\lc\\r", "a\nb\nc"),
            ("\\N of \\G", "n1 of g"),
            ("\\\\ \\\" \\x", "\\ \" x"),
            ("&amp;lt; &lt; &#43; &#x2b; &x; &", "&lt; < + + &x; &"),
            ("a\\\nb", "ab"),
            ("\\", ""),
        ] {
            assert_eq!(label_text(quoted, meanings), said, "{quoted}");
        }
        assert_eq!(id_text("a\\\"b\\n"), "a\"b\\n");
        assert_eq!(html_text("<b>more</b><br/>&lt;risk <"), "more\n<risk");
    }
}
