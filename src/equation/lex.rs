//! From the text of an equation to its words and signs, in both languages.

use super::error::{Fault, Problem, Span};
use super::expr::NOT_AVAILABLE;
use super::names::Name;

/// The language of an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Vensim's `.mdl`.
    Vensim,
    /// XMILE 1.0, as Stella and others write it.
    Xmile,
}

/// A word or sign.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// A number.
    Number(f64),
    /// A name, with or without quotes.
    Name(Name),
    /// An operator, bracket or separator; words such as `and` in lower case.
    Sign(&'static str),
    /// The end of the text.
    End,
}

/// A word or sign, and its place in the text of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Lexed {
    /// What it is.
    pub token: Token,
    /// Where it is.
    pub span: Span,
}

/// Longer ones first.
const SIGNS: &[&str] = &[
    "<->", "->", "<=", ">=", "<>", ":=", "==", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",",
    ";", ":", "<", ">", "=", "!", "'", "@", "|",
];

const XMILE_WORDS: &[&str] = &["and", "or", "not", "mod", "if", "then", "else"];

const VENSIM_WORDS: &[(&str, &str)] = &[
    (":and:", "and"),
    (":or:", "or"),
    (":not:", "not"),
    (":except:", "except"),
];

/// The words and signs of a text that begins at a byte of the model; the last one is the end.
///
/// # Errors
/// A character that belongs nowhere, or a quote or comment that does not end.
pub fn lex(text: &str, begin: usize, dialect: Dialect) -> Result<Vec<Lexed>, Fault> {
    let mut lexer = Lexer {
        text,
        at: 0,
        begin,
        dialect,
    };
    let mut tokens = Vec::new();
    loop {
        let lexed = lexer.next()?;
        let is_end = lexed.token == Token::End;
        tokens.push(lexed);
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    begin: usize,
    dialect: Dialect,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn span(&self, start: usize) -> Span {
        Span {
            start: self.begin + start,
            end: self.begin + self.at,
        }
    }

    fn fault(&self, start: usize, message: impl Into<String>) -> Fault {
        Fault::at(Problem::Syntax(message.into()), self.span(start))
    }

    /// Past blanks, comments and the backslash that goes on in the next line.
    fn skip_blanks(&mut self) -> Result<(), Fault> {
        loop {
            let Some(character) = self.peek() else {
                return Ok(());
            };
            if character.is_whitespace() || character == '\u{feff}' {
                self.at += character.len_utf8();
            } else if character == '{' {
                let start = self.at;
                let Some(end) = self.rest().find('}') else {
                    self.at = self.text.len();
                    return Err(self.fault(start, "a comment begins here with { and does not end"));
                };
                self.at += end + 1;
            } else if let Some(length) = self.continuation() {
                self.at += length;
            } else {
                return Ok(());
            }
        }
    }

    /// The length of a backslash at the end of a line, or of the two characters `\n`.
    fn continuation(&self) -> Option<usize> {
        let after = self.rest().strip_prefix('\\')?;
        match self.dialect {
            Dialect::Vensim => {
                let line = after.trim_start_matches([' ', '\t', '\r']);
                line.starts_with('\n')
                    .then_some(1 + after.len() - line.len())
            }
            Dialect::Xmile => after.starts_with('n').then_some(2),
        }
    }

    fn next(&mut self) -> Result<Lexed, Fault> {
        self.skip_blanks()?;
        let start = self.at;
        let Some(character) = self.peek() else {
            return Ok(Lexed {
                token: Token::End,
                span: self.span(start),
            });
        };
        let is_point =
            character == '.' && self.rest()[1..].starts_with(|next: char| next.is_ascii_digit());
        let token = if character == '"' {
            let name = self.quoted()?;
            Token::Name(self.dotted(name)?)
        } else if character.is_ascii_digit() || is_point {
            self.number()?
        } else if self.starts_name(character) {
            self.name()?
        } else if let Some(word) = self.vensim_word() {
            word
        } else if let Some(sign) = SIGNS.iter().find(|sign| self.rest().starts_with(**sign)) {
            // XMILE has neither assignments nor arrows: `a:=b` is not one sign there.
            let sign = match (self.dialect, *sign) {
                (Dialect::Xmile, "<->" | "->" | ":=" | "==" | "|") => &sign[..1],
                (_, sign) => sign,
            };
            self.at += sign.len();
            Token::Sign(
                SIGNS
                    .iter()
                    .find(|known| **known == sign)
                    .copied()
                    .unwrap_or("|"),
            )
        } else {
            self.at += character.len_utf8();
            return Err(self.fault(start, format!("“{character}” cannot stand here")));
        };
        Ok(Lexed {
            token,
            span: self.span(start),
        })
    }

    fn starts_name(&self, character: char) -> bool {
        match self.dialect {
            Dialect::Vensim => is_of_name(character),
            Dialect::Xmile => {
                is_of_name(character)
                    || (character == '.' && self.rest()[1..].starts_with(is_of_name))
            }
        }
    }

    fn vensim_word(&mut self) -> Option<Token> {
        if self.dialect != Dialect::Vensim {
            return None;
        }
        let begins = |word: &str| {
            let start = self.rest().get(..word.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(word))
        };
        if begins(":na:") {
            self.at += 4;
            return Some(Token::Number(NOT_AVAILABLE));
        }
        let &(word, sign) = VENSIM_WORDS.iter().find(|(word, _)| begins(word))?;
        self.at += word.len();
        Some(Token::Sign(sign))
    }

    /// A name in quotes; `\"` and `\\` stand for the sign after the backslash.
    fn quoted(&mut self) -> Result<Name, Fault> {
        let start = self.at;
        self.at += 1;
        let mut name = String::new();
        while let Some(character) = self.peek() {
            self.at += character.len_utf8();
            match character {
                '"' => {
                    return self.named(&name, start);
                }
                '\\' => match self.peek() {
                    Some(next @ ('"' | '\\')) => {
                        self.at += 1;
                        name.push(next);
                    }
                    Some('\n' | '\r') => name.push(' '),
                    _ => name.push('\\'),
                },
                other => name.push(other),
            }
        }
        Err(self.fault(start, "a quoted name begins here and does not end"))
    }

    /// A name of XMILE with what comes after it, where one of the parts is in quotes:
    /// `marketing."a b"`, `"module (x)".var`.
    fn dotted(&mut self, first: Name) -> Result<Name, Fault> {
        let mut name = first;
        while self.dialect == Dialect::Xmile && self.peek() == Some('.') {
            let start = self.at;
            let after = &self.rest()[1..];
            let part = if after.starts_with('"') {
                self.at += 1;
                self.quoted()?
            } else if after.starts_with(is_of_name) {
                self.at += 1;
                let rest = self.rest();
                let end = rest.find(|next| !is_of_name(next)).unwrap_or(rest.len());
                let word = rest[..end].to_owned();
                self.at += end;
                self.named(&word, start)?
            } else {
                break;
            };
            name = Name::new(&format!("{name}.{part}"));
        }
        Ok(name)
    }

    fn named(&self, text: &str, start: usize) -> Result<Name, Fault> {
        let name = Name::new(text);
        if name.as_str().is_empty() {
            return Err(self.fault(start, "a name is empty"));
        }
        Ok(name)
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|next| next.is_ascii_digit()) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Result<Token, Fault> {
        let start = self.at;
        self.digits();
        if self.peek() == Some('.') {
            self.at += 1;
            self.digits();
        }
        let exponent = self.rest().strip_prefix(['e', 'E']);
        if let Some(after) = exponent {
            let digits = after.strip_prefix(['+', '-']).unwrap_or(after);
            if digits.starts_with(|next: char| next.is_ascii_digit()) {
                self.at += 1 + after.len() - digits.len();
                self.digits();
            }
        }
        let written = &self.text[start..self.at];
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Number(number)),
            _ => Err(self.fault(start, format!("{written} is no number that fits"))),
        }
    }

    fn name(&mut self) -> Result<Token, Fault> {
        let start = self.at;
        match self.dialect {
            Dialect::Xmile => {
                while let Some(next) = self.peek() {
                    let is_dot = next == '.' && self.rest()[1..].starts_with(is_of_name);
                    if !is_of_name(next) && !is_dot {
                        break;
                    }
                    self.at += next.len_utf8();
                }
                let word = self.text[start..self.at].to_lowercase();
                if let Some(sign) = XMILE_WORDS.iter().find(|known| **known == word) {
                    return Ok(Token::Sign(sign));
                }
                let name = self.named(&word, start)?;
                Ok(Token::Name(self.dotted(name)?))
            }
            Dialect::Vensim => {
                let mut name = String::new();
                let mut end = self.at;
                while let Some(next) = self.peek() {
                    if is_of_name(next) || next == '\'' {
                        name.push(next);
                        self.at += next.len_utf8();
                        end = self.at;
                    } else if next.is_whitespace() {
                        name.push(' ');
                        self.at += next.len_utf8();
                    } else if let Some(length) = self.continuation() {
                        self.at += length;
                    } else {
                        break;
                    }
                }
                self.at = end;
                Ok(Token::Name(self.named(&name, start)?))
            }
        }
    }
}

/// Whether a character may stand in a name without quotes.
pub(crate) fn is_of_name(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(character, '_' | '$')
        || (character > '\u{7f}' && !character.is_whitespace() && !matches!(character, '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, dialect: Dialect) -> String {
        let tokens = lex(text, 0, dialect).unwrap();
        let words = tokens.iter().map(|lexed| match &lexed.token {
            Token::Number(number) => format!("{number:?}"),
            Token::Name(name) => format!("{name}"),
            Token::Sign(sign) => format!("'{sign}'"),
            Token::End => ".".to_owned(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn names_and_numbers_of_vensim() {
        assert_eq!(
            words(
                "Birth \\\n\t Rate*.5 :AND: x'y<>-1e3 {c} + \"a \\\"q\\\" | b\"",
                Dialect::Vensim
            ),
            "birth_rate '*' 0.5 'and' x'y '<>' '-' 1000.0 '+' a_\"q\"_|_b ."
        );
        assert_eq!(words("00.5 14. 2e", Dialect::Vensim), "0.5 14.0 2.0 e .");
    }

    #[test]
    fn names_and_numbers_of_xmile() {
        assert_eq!(
            words("IF a.b_C THEN .cost MOD 14. ELSE 6E5", Dialect::Xmile),
            "'if' a.b_c 'then' .cost 'mod' 14.0 'else' 600000.0 ."
        );
        assert_eq!(words("a'->b", Dialect::Xmile), "a ''' '-' '>' b .");
    }

    #[test]
    fn what_does_not_end_is_said_where() {
        for (text, start) in [("a + {b", 4), ("a + \"b", 4), ("a ? b", 2), ("1e999", 0)] {
            let fault = lex(text, 10, Dialect::Xmile).unwrap_err();
            assert_eq!(fault.span.unwrap().start, start + 10, "{text}");
        }
    }
}
