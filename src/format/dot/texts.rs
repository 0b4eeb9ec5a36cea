//! What the texts of DOT say: after a backslash, in entities, between tags of HTML.

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

/// The text with what its entities stand for; what is none stays as it is.
pub fn with_entities(text: &str) -> String {
    const NAMED: [(&str, char); 6] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
    ];
    /// No entity that is known is longer.
    const LONGEST: usize = 10;
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        said.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(LONGEST).position(|byte| byte == b';');
        let name = end.map_or("", |end| &rest[..end]);
        let named = NAMED.iter().find(|(known, _)| *known == name);
        let character = named.map(|(_, character)| *character);
        let character = character.or_else(|| numbered(name.strip_prefix('#')?));
        match (character, end) {
            (Some(character), Some(end)) => {
                said.push(character);
                rest = &rest[end + 1..];
            }
            _ => said.push('&'),
        }
    }
    said.push_str(rest);
    said
}

/// The character of a number such as 43 or x2B.
pub fn numbered(number: &str) -> Option<char> {
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code = match hexadecimal {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
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
