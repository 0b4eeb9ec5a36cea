//! DOT text to tokens (graphviz.org/doc/info/lang.html).

use std::borrow::Cow;

/// A token and where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The byte of the text.
    pub at: usize,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind<'t> {
    /// A word or a number; may be a keyword.
    Word(&'t str),
    /// A text in quotes, with what follows a backslash still behind it.
    Quoted(Cow<'t, str>),
    /// A text of HTML, without the brackets around it.
    Html(&'t str),
    /// `->`
    Arrow,
    /// `--`
    Line,
    /// One of `{}[];,=:`
    Sign(u8),
}

/// Why a text is not DOT, and the byte at which it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadToken {
    /// What is wrong.
    pub message: String,
    /// The byte of the text.
    pub at: usize,
}

/// The tokens of a text, one after the other.
#[derive(Debug)]
pub struct Lexer<'t> {
    text: &'t str,
    at: usize,
    context: Context,
}

/// Where a token stands: a value may be a sign or a colour, a name may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    Value,
    Other,
}

impl<'t> Lexer<'t> {
    /// The tokens of this text.
    pub const fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            context: Context::Other,
        }
    }

    /// The next token; none at the end.
    ///
    /// # Errors
    /// There is none like it.
    pub fn next_token(&mut self) -> Result<Option<Token<'t>>, BadToken> {
        self.skip_blanks()?;
        let at = self.at;
        let Some(first) = self.rest().bytes().next() else {
            return Ok(None);
        };
        let kind = match first {
            b'{' | b'}' | b'[' | b']' | b';' | b',' | b'=' | b':' => {
                self.at += 1;
                Kind::Sign(first)
            }
            b'-' if self.rest().starts_with("->") => {
                self.at += 2;
                Kind::Arrow
            }
            b'-' if self.rest().starts_with("--") => {
                self.at += 2;
                Kind::Line
            }
            b'"' => self.quoted()?,
            b'<' => self.html()?,
            _ => match self.other_quotes() {
                Some(inner) => Kind::Quoted(Cow::Borrowed(inner)),
                None => self.word()?,
            },
        };
        self.context = match kind {
            Kind::Sign(b'=') => Context::Value,
            _ => Context::Other,
        };
        Ok(Some(Token { at, kind }))
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn fail<T>(at: usize, message: impl Into<String>) -> Result<T, BadToken> {
        let message = message.into();
        Err(BadToken { message, at })
    }

    /// Skips blanks, comments, and what follows `#`: lines of a preprocessor, indented or not, and
    /// the notes that people write behind statements.
    fn skip_blanks(&mut self) -> Result<(), BadToken> {
        loop {
            let rest = self.rest();
            let blank = rest.len()
                - rest
                    .trim_start_matches(['\u{FEFF}', ' ', '\t', '\n', '\r'])
                    .len();
            self.at += blank;
            let rest = self.rest();
            let is_note = rest.starts_with('#') && self.context == Context::Other;
            if rest.starts_with("//") || is_note {
                self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
            } else if let Some(comment) = rest.strip_prefix("/*") {
                match comment.find("*/") {
                    Some(end) => self.at += end + 4,
                    None => {
                        return Self::fail(self.at, "the comment that begins here does not end");
                    }
                }
            } else if rest.starts_with(|other: char| other.is_whitespace()) {
                self.at += rest.chars().next().map_or(0, char::len_utf8);
            } else {
                return Ok(());
            }
        }
    }

    /// A text in quotes; several with `+` between them are one.
    fn quoted(&mut self) -> Result<Kind<'t>, BadToken> {
        let mut whole = Cow::Borrowed(self.part()?);
        loop {
            let before = self.at;
            self.skip_blanks()?;
            if !self.rest().starts_with('+') {
                self.at = before;
                return Ok(Kind::Quoted(whole));
            }
            self.at += 1;
            self.skip_blanks()?;
            if !self.rest().starts_with('"') {
                return Self::fail(self.at, "a text in quotes is needed after `+`");
            }
            whole.to_mut().push_str(self.part()?);
        }
    }

    /// A text in single or in curved quotes, which is not DOT, but which people and editors write.
    fn other_quotes(&mut self) -> Option<&'t str> {
        const QUOTES: &[(char, &[char])] = &[
            ('\'', &['\'']),
            ('\u{2018}', &['\u{2019}']),
            ('\u{201C}', &['\u{201D}']),
            ('\u{201D}', &['\u{201D}']),
            ('\u{201E}', &['\u{201C}', '\u{201D}']),
        ];
        const LONGEST: usize = 2_000;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let (_, closing) = QUOTES.iter().find(|(open, _)| *open == first)?;
        let inner = &rest[first.len_utf8()..];
        // Such a text stays on its line, and is no longer than people write: a lone sign is an
        // apostrophe.
        let mut signs = inner.char_indices().take(LONGEST);
        let (end, close) = signs.find(|(_, next)| *next == '\n' || closing.contains(next))?;
        if close == '\n' {
            return None;
        }
        self.at += first.len_utf8() + end + close.len_utf8();
        Some(&inner[..end])
    }

    fn part(&mut self) -> Result<&'t str, BadToken> {
        let opening = self.at;
        let inner = &self.text[opening + 1..];
        let mut escaped = false;
        for (index, byte) in inner.bytes().enumerate() {
            match byte {
                b'"' if !escaped => {
                    self.at = opening + 1 + index + 1;
                    return Ok(&inner[..index]);
                }
                b'\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        Self::fail(opening, "the text in quotes does not end")
    }

    fn html(&mut self) -> Result<Kind<'t>, BadToken> {
        let opening = self.at;
        let inner = &self.text[opening + 1..];
        let mut open = 1_usize;
        for (index, byte) in inner.bytes().enumerate() {
            match byte {
                b'<' => open += 1,
                b'>' => open -= 1,
                _ => continue,
            }
            if open == 0 {
                self.at = opening + 1 + index + 1;
                return Ok(Kind::Html(&inner[..index]));
            }
        }
        Self::fail(opening, "the text of HTML does not end")
    }

    /// A word, or a number such as -1.5; as a value also a sign or a colour without its quotes.
    fn word(&mut self) -> Result<Kind<'t>, BadToken> {
        let rest = self.rest();
        if self.context == Context::Value && rest.starts_with(['+', '-', '?', '#', '(']) {
            let end = rest.find(|next: char| next.is_whitespace() || "],;".contains(next));
            let value = &rest[..end.unwrap_or(rest.len())];
            let is_number = value
                .trim_start_matches('-')
                .starts_with(|c: char| c.is_ascii_digit() || c == '.');
            if !is_number {
                self.at += value.len();
                return Ok(Kind::Word(value));
            }
        }
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let is_number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.');
        let belongs = |character: char| match is_number {
            true => character.is_ascii_digit() || character == '.',
            false => character.is_ascii_alphanumeric() || character == '_' || !character.is_ascii(),
        };
        let sign = rest.len() - digits.len();
        let length = match is_number || sign == 0 {
            true => sign + digits.find(|other| !belongs(other)).unwrap_or(digits.len()),
            false => 0,
        };
        if length == 0 {
            let found = rest.chars().next().unwrap_or(' ');
            let found: String = found.escape_default().collect();
            return Self::fail(self.at, format!("`{found}` means nothing here"));
        }
        self.at += length;
        Ok(Kind::Word(&rest[..length]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<String>, (usize, String)> {
        let mut lexer = Lexer::new(text);
        let mut all = Vec::new();
        loop {
            match lexer.next_token() {
                Ok(Some(token)) => all.push(format!("{:?}", token.kind)),
                Ok(None) => return Ok(all),
                Err(bad) => return Err((bad.at, bad.message)),
            }
        }
    }

    #[test]
    fn words_texts_and_signs_are_told_apart() {
        let text = "\u{FEFF}# first\ndigraph{a_1->-.5 /* no */ [x=\"q\\\"\" + \"r\",y=<b<i>c</i>>]// no\n\u{e9}--b;}";
        assert_eq!(
            tokens(text).unwrap(),
            [
                "Word(\"digraph\")",
                "Sign(123)",
                "Word(\"a_1\")",
                "Arrow",
                "Word(\"-.5\")",
                "Sign(91)",
                "Word(\"x\")",
                "Sign(61)",
                "Quoted(\"q\\\\\\\"r\")",
                "Sign(44)",
                "Word(\"y\")",
                "Sign(61)",
                "Html(\"b<i>c</i>\")",
                "Sign(93)",
                "Word(\"\u{e9}\")",
                "Line",
                "Word(\"b\")",
                "Sign(59)",
                "Sign(125)",
            ]
        );
        assert_eq!(
            tokens("a\\n"),
            Err((1, "`\\\\` means nothing here".to_owned()))
        );
    }

    #[test]
    fn notes_and_quotes_of_people_are_read() {
        let text = "graph {\n  # a note\n\ta -- b # another: \"x\n[label='it: +', color=#ff0000, x=\u{201C}y\u{201D}]\n\t#\n}";
        assert_eq!(
            tokens(text).unwrap().join(" "),
            "Word(\"graph\") Sign(123) Word(\"a\") Line Word(\"b\") Sign(91) Word(\"label\") Sign(61) \
             Quoted(\"it: +\") Sign(44) Word(\"color\") Sign(61) Word(\"#ff0000\") Sign(44) Word(\"x\") \
             Sign(61) Quoted(\"y\") Sign(93) Sign(125)"
        );
        assert_eq!(
            tokens("x=+]y=-,z=(-);w=-1.5").unwrap().join(" "),
            "Word(\"x\") Sign(61) Word(\"+\") Sign(93) Word(\"y\") Sign(61) Word(\"-\") Sign(44) \
             Word(\"z\") Sign(61) Word(\"(-)\") Sign(59) Word(\"w\") Sign(61) Word(\"-1.5\")"
        );
        // A sign in place of a name is a mistake.
        assert_eq!(tokens("a - b").unwrap_err().0, 2);
        assert_eq!(tokens("a 'b").unwrap_err().0, 2);
    }

    #[test]
    fn what_does_not_end_says_where_it_begins() {
        for (text, at) in [
            ("a \"b", 2),
            ("a /*", 2),
            ("<b", 0),
            ("\"a\" + b", 6),
            ("-x", 0),
        ] {
            assert_eq!(tokens(text).unwrap_err().0, at, "{text}");
        }
    }
}
