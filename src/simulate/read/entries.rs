//! The entries of a Vensim file: equation, units and comment, between `~` and `|`.

use std::ops::Range;

/// An entry, as ranges of bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The equation.
    pub equation: Range<usize>,
    /// Units, perhaps with a range in brackets.
    pub units: Range<usize>,
}

/// Takes a text apart. Signs in quotes and comments of the equation do not count.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at = end_of_equation(bytes, at);
        let equation = start..at;
        let mut parts = Vec::new();
        while bytes.get(at) == Some(&b'~') {
            let start = at + 1;
            at = start + until(&bytes[start..], b"~|");
            parts.push(start..at);
        }
        // Past the `|`.
        at += 1;
        entries.push(Entry {
            equation,
            units: parts.first().cloned().unwrap_or(0..0),
        });
    }
    entries
}

fn until(bytes: &[u8], ends: &[u8]) -> usize {
    let end = bytes.iter().position(|byte| ends.contains(byte));
    end.unwrap_or(bytes.len())
}

fn end_of_equation(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    // The name of a group is free text.
    if bytes[start..].trim_ascii_start().starts_with(b"***") {
        return start + until(&bytes[start..], b"~|");
    }
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'~' | b'|' => break,
            b'{' => at += until(&bytes[at..], b"}"),
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::entries;

    #[test]
    fn quotes_comments_and_groups() {
        let text = "\"a|b~ \\\"\" = 1 {x|y} ~ m ~ it's ~ :S |***\n.C\"\n***~ |c~~|";
        let found = entries(text);
        let equations: Vec<_> = found
            .iter()
            .map(|one| &text[one.equation.clone()])
            .collect();
        assert_eq!(
            equations,
            ["\"a|b~ \\\"\" = 1 {x|y} ", "***\n.C\"\n***", "c"]
        );
        assert_eq!(&text[found[0].units.clone()], " m ");
    }
}
