//! Markdown in which what people wrote shows as itself (spec.commonmark.org, and GitHub's tables,
//! mathematics and links).

/// A text in one line, with every sign that could mean something made plain.
///
/// Not a stop or a bracket of a sentence: they mean nothing in the middle of a line, and the text
/// stays legible where it is read as it is.
#[must_use]
pub fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut only_digits = true;
    let mut characters = text.chars().peekable();
    let mut is_first = true;
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let is_special = match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '$' | '@' | '='
            | '^' => true,
            // Addresses become links by themselves.
            ':' => !next.is_whitespace(),
            '.' => only_digits || matches!(before, 'w' | 'W'),
            ')' => only_digits,
            '+' | '-' => is_first,
            _ => false,
        };
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => {
                if is_special {
                    out.push('\\');
                }
                out.push(character);
            }
        }
        only_digits &= character.is_ascii_digit();
        is_first = false;
        before = character;
    }
    out
}

/// The text with one blank where there are blanks, line ends or other signs that nobody sees.
fn one_line(text: &str) -> String {
    let words = text.split(|character: char| character.is_whitespace() || character.is_control());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A heading of a section.
pub fn heading(out: &mut String, words: &str) {
    out.push_str("\n## ");
    out.push_str(words);
    out.push('\n');
}

/// A text over several lines, each of which stays one.
pub fn paragraphs(out: &mut String, text: &str) {
    let mut before_is_blank = true;
    for line in text.lines().map(escaped) {
        let is_blank = line.is_empty();
        if !is_blank {
            out.push_str(if before_is_blank { "\n" } else { "\\\n" });
            out.push_str(&line);
        } else if !before_is_blank {
            out.push('\n');
        }
        before_is_blank = is_blank;
    }
    if !before_is_blank {
        out.push('\n');
    }
}

/// An item of a list: a few words that stand out, which may be empty, and a text.
pub fn item(out: &mut String, strong: &str, text: &str) {
    out.push_str("- ");
    let strong = escaped(strong);
    if !strong.is_empty() {
        out.push_str("**");
        out.push_str(&strong);
        out.push_str("** ");
    }
    let text = escaped(text);
    out.push_str(if text.is_empty() && strong.is_empty() {
        "(empty)"
    } else {
        &text
    });
    out.push('\n');
}

/// A further line of the item before.
pub fn more(out: &mut String, text: &str) {
    if one_line(text).is_empty() {
        return;
    }
    if out.ends_with('\n') {
        out.pop();
    }
    out.push_str("\\\n  ");
    out.push_str(&escaped(text));
    out.push('\n');
}

/// A table with a head; nothing where it has no rows.
pub fn table(out: &mut String, heads: &[&str], rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    out.push('\n');
    row(out, heads.iter().copied());
    row(out, heads.iter().map(|_| "---"));
    for cells in rows {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        row(out, cells.iter().map(String::as_str));
    }
}

fn row<'c>(out: &mut String, cells: impl Iterator<Item = &'c str>) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(cell);
        out.push_str(" |");
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_mean_something_are_made_plain() {
        for (text, expected) in [
            ("Batch size (5 d), more.", "Batch size (5 d), more."),
            ("*a* <script>", "\\*a\\* &lt;script&gt;"),
            (
                "# [x](javascript:y) | z",
                "\\# \\[x\\](javascript\\:y) \\| z",
            ),
            ("1. one", "1\\. one"),
            ("12) one", "12\\) one"),
            ("- one", "\\- one"),
            ("a - b + c", "a - b + c"),
            ("www.x.org https://x", "www\\.x.org https\\://x"),
            ("a\n\r\n b\u{0}c", "a b c"),
            ("==x== $y$ @z &amp;", "\\=\\=x\\=\\= \\$y\\$ \\@z &amp;amp;"),
            ("a: b", "a: b"),
            ("", ""),
        ] {
            assert_eq!(escaped(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_and_paragraphs_stay() {
        let mut out = String::new();
        paragraphs(&mut out, "\n    one\ntwo\n\n\nthree\n");
        assert_eq!(out, "\none\\\ntwo\n\nthree\n");
        let mut out = String::new();
        item(&mut out, "R1", "* x");
        more(&mut out, "");
        more(&mut out, "y");
        item(&mut out, "", "");
        assert_eq!(out, "- **R1** \\* x\\\n  y\n- (empty)\n");
    }
}
