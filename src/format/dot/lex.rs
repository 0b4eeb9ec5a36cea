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
}

impl<'t> Lexer<'t> {
    /// The tokens of this text.
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
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
            _ => self.word()?,
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

    /// Skips blanks, comments, and lines of a preprocessor.
    fn skip_blanks(&mut self) -> Result<(), BadToken> {
        loop {
            let rest = self.rest();
            let blank = rest.len()
                - rest
                    .trim_start_matches(['\u{FEFF}', ' ', '\t', '\n', '\r'])
                    .len();
            let begins_line = self.at == 0 || self.text[..self.at + blank].ends_with(['\n', '\r']);
            self.at += blank;
            let rest = self.rest();
            if rest.starts_with("//") || rest.starts_with('#') && begins_line {
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

    fn part(&mut self) -> Result<&'t str, BadToken> {
        let opening = self.at;
        let inner = &self.text[opening + 1..];
        let mut escaped = false;
        for (place, byte) in inner.bytes().enumerate() {
            match byte {
                b'"' if !escaped => {
                    self.at = opening + 1 + place + 1;
                    return Ok(&inner[..place]);
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
        for (place, byte) in inner.bytes().enumerate() {
            match byte {
                b'<' => open += 1,
                b'>' => open -= 1,
                _ => continue,
            }
            if open == 0 {
                self.at = opening + 1 + place + 1;
                return Ok(Kind::Html(&inner[..place]));
            }
        }
        Self::fail(opening, "the text of HTML does not end")
    }

    /// A word, or a number such as -1.5.
    fn word(&mut self) -> Result<Kind<'t>, BadToken> {
        let rest = self.rest();
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
