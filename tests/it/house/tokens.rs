//! Rust text as names and signs, without comments and without what stands in quotes.

/// A name or a sign, and the line it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Token<'t> {
    pub text: &'t str,
    pub line: usize,
}

/// The tokens of a source text; `::` is one of them.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = quoted(rest) {
            length
        } else if first == '\'' {
            tick(rest)
        } else if is_of_name(first) {
            rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        let (text, after) = rest.split_at(length);
        let is_comment = text.starts_with("//") || text.starts_with("/*");
        let is_word = is_of_name(first) && !text.ends_with(['"', '#']);
        let is_sign = !is_of_name(first) && !is_comment && !first.is_whitespace();
        if is_word || is_sign && !text.starts_with(['"', '\'']) {
            found.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = after;
    }
    found
}

fn is_of_name(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The length of a comment between `/*` and `*/`, which may have others in it.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The length of a text in quotes, with what stands before them, if there is one.
fn quoted(text: &str) -> Option<usize> {
    let start = ["\"", "b\"", "c\"", "r", "br", "cr"]
        .into_iter()
        .find(|start| {
            let Some(after) = text.strip_prefix(start) else {
                return false;
            };
            start.ends_with('"') || after.trim_start_matches('#').starts_with('"')
        })?;
    if start.ends_with('"') {
        let mut is_escaped = false;
        let end = text[start.len()..].find(|c| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        });
        return Some(end.map_or(text.len(), |end| start.len() + end + 1));
    }
    let after = &text[start.len()..];
    let hashes = after.len() - after.trim_start_matches('#').len();
    let end = format!("\"{}", "#".repeat(hashes));
    let begin = start.len() + hashes + 1;
    let length = text[begin..].find(&end);
    Some(length.map_or(text.len(), |length| begin + length + end.len()))
}

/// The length of a letter in quotes, or of the sign before a lifetime's name.
fn tick(text: &str) -> usize {
    let mut letters = text.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => text[3..].find('\'').map_or(text.len(), |end| end + 4),
        Some(_) => match letters.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => 1,
    }
}

#[test]
fn comments_and_quotes_are_left_out() {
    let source = "/* crate::a /* b */ */ use crate::c; // crate::d\n\
        fn f<'a>(x: &'a str) { g(\"crate::\\\"e\", 'i', '\\'', r#\"crate::\"h\"#, b\"k\") }";
    let all = tokens(source);
    let words: Vec<&str> = all.iter().map(|token| token.text).collect();
    let expected = "use crate :: c ; fn f < a > ( x : & a str ) { g ( , , , , ) }";
    assert_eq!(words.join(" "), expected);
    assert_eq!((all[0].line, all[5].line), (1, 2));
}
