//! The words and signs of a formula, as Vensim and as XMILE write them.

use std::ops::Range;

use crate::format::foreign::number;
use crate::format::vensim::expression::{Token, TokenKind};
use crate::format::{vensim, xmile};

/// A word or a sign.
#[derive(Clone, Debug, PartialEq)]
pub enum Lexeme {
    /// A number.
    Number(f64),
    /// A text, `:NA:`, and what else is a value and mentions nothing.
    Anything,
    /// A variable.
    Name(String),
    /// What is called with arguments.
    Call(String),
    /// A sign or a word that joins.
    Symbol(Symbol),
}

/// A sign, or a word that joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    Plus,
    Minus,
    Times,
    Over,
    Remainder,
    Power,
    Less,
    Greater,
    Same,
    NotSame,
    And,
    Or,
    Not,
    If,
    Then,
    Else,
    Open,
    Close,
    Comma,
}

/// Those of a range of a Vensim text; none where it has something else.
pub fn of_vensim(text: &str, tokens: &[Token]) -> Option<Vec<Lexeme>> {
    let mut lexemes = Vec::with_capacity(tokens.len());
    let mut end = 0;
    for token in tokens {
        let word = &text[token.range.clone()];
        let lexeme = match token.kind {
            TokenKind::Name => Lexeme::Name(vensim::key(word)),
            TokenKind::Call => Lexeme::Call(vensim::key(word)),
            TokenKind::Plus => Lexeme::Symbol(Symbol::Plus),
            TokenKind::Minus => Lexeme::Symbol(Symbol::Minus),
            TokenKind::Comma => Lexeme::Symbol(Symbol::Comma),
            TokenKind::Open => Lexeme::Symbol(Symbol::Open),
            TokenKind::Close => Lexeme::Symbol(Symbol::Close),
            TokenKind::Other => other(word)?,
        };
        // Two characters that make one sign.
        let joined = match (lexemes.last(), &lexeme) {
            (Some(Lexeme::Symbol(before)), Lexeme::Symbol(now)) if token.range.start == end => {
                join(*before, *now)
            }
            _ => None,
        };
        end = token.range.end;
        match joined {
            Some(symbol) => {
                lexemes.pop();
                lexemes.push(Lexeme::Symbol(symbol));
            }
            None => lexemes.push(lexeme),
        }
    }
    Some(lexemes)
}

/// The sign that two signs make which stand together.
fn join(before: Symbol, now: Symbol) -> Option<Symbol> {
    Some(match (before, now) {
        (Symbol::Less, Symbol::Same) => Symbol::Less,
        (Symbol::Greater, Symbol::Same) => Symbol::Greater,
        (Symbol::Less, Symbol::Greater) => Symbol::NotSame,
        _ => return None,
    })
}

fn other(word: &str) -> Option<Lexeme> {
    if let Some(number) = number(word) {
        return Some(Lexeme::Number(number));
    }
    if word.starts_with('\'') || word.eq_ignore_ascii_case(":na:") {
        return Some(Lexeme::Anything);
    }
    Some(Lexeme::Symbol(match word.to_ascii_lowercase().as_str() {
        "*" => Symbol::Times,
        "/" => Symbol::Over,
        "^" => Symbol::Power,
        "<" => Symbol::Less,
        ">" => Symbol::Greater,
        "=" => Symbol::Same,
        ":and:" => Symbol::And,
        ":or:" => Symbol::Or,
        ":not:" => Symbol::Not,
        _ => return None,
    }))
}

/// Those of an equation of XMILE; none where it has something else.
pub fn of_xmile(text: &str) -> Option<Vec<Lexeme>> {
    let mut lexemes = Vec::new();
    let mentions = xmile::mentions(text);
    let mut at = 0;
    for mention in &mentions {
        signs(&text[at..mention.range.start], &mut lexemes)?;
        at = mention.range.end;
        lexemes.push(word(text, &mention.key, mention.range.clone()));
    }
    signs(&text[at..], &mut lexemes)?;
    Some(lexemes)
}

fn word(text: &str, key: &str, range: Range<usize>) -> Lexeme {
    let is_quoted = text[range.clone()].starts_with('"');
    let symbol = match key {
        _ if is_quoted => None,
        "and" => Some(Symbol::And),
        "or" => Some(Symbol::Or),
        "not" => Some(Symbol::Not),
        "mod" => Some(Symbol::Remainder),
        "if" => Some(Symbol::If),
        "then" => Some(Symbol::Then),
        "else" => Some(Symbol::Else),
        _ => None,
    };
    if let Some(symbol) = symbol {
        return Lexeme::Symbol(symbol);
    }
    if text[range.end..].trim_start().starts_with('(') {
        Lexeme::Call(key.to_owned())
    } else {
        Lexeme::Name(key.to_owned())
    }
}

/// The numbers and signs between names; remarks and subscripts are passed over.
fn signs(between: &str, lexemes: &mut Vec<Lexeme>) -> Option<()> {
    let mut rest = between;
    while let Some(character) = rest.chars().next() {
        let two = rest.get(..2).unwrap_or_default();
        let (length, symbol) = match (character, two) {
            ('{', _) => (rest.find('}').map_or(rest.len(), |end| end + 1), None),
            ('[', _) => (rest.find(']').map_or(rest.len(), |end| end + 1), None),
            (blank, _) if blank.is_whitespace() => (blank.len_utf8(), None),
            (_, "<=") => (2, Some(Symbol::Less)),
            (_, ">=") => (2, Some(Symbol::Greater)),
            (_, "<>" | "!=") => (2, Some(Symbol::NotSame)),
            (_, "==") => (2, Some(Symbol::Same)),
            (_, "**") => (2, Some(Symbol::Power)),
            (_, "//") => return None,
            ('+', _) => (1, Some(Symbol::Plus)),
            ('-', _) => (1, Some(Symbol::Minus)),
            ('*', _) => (1, Some(Symbol::Times)),
            ('/', _) => (1, Some(Symbol::Over)),
            ('^', _) => (1, Some(Symbol::Power)),
            ('<', _) => (1, Some(Symbol::Less)),
            ('>', _) => (1, Some(Symbol::Greater)),
            ('=', _) => (1, Some(Symbol::Same)),
            ('&', _) => (1, Some(Symbol::And)),
            ('|', _) => (1, Some(Symbol::Or)),
            ('!', _) => (1, Some(Symbol::Not)),
            ('(', _) => (1, Some(Symbol::Open)),
            (')', _) => (1, Some(Symbol::Close)),
            (',' | ';', _) => (1, Some(Symbol::Comma)),
            ('0'..='9' | '.', _) => {
                let length = end_of_number(rest);
                lexemes.push(Lexeme::Number(number(&rest[..length])?));
                (length, None)
            }
            _ => return None,
        };
        if let Some(symbol) = symbol {
            lexemes.push(Lexeme::Symbol(symbol));
        }
        rest = &rest[length..];
    }
    Some(())
}

fn end_of_number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 1;
    while let Some(byte) = bytes.get(end) {
        let is_sign = matches!(byte, b'+' | b'-') && matches!(bytes[end - 1], b'e' | b'E');
        if !(byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E') || is_sign) {
            break;
        }
        end += 1;
    }
    end
}
