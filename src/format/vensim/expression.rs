//! What an expression mentions: names, and the terms of a plain sum.

use std::collections::BTreeMap;
use std::ops::Range;

use super::names::{is_of_name, key};
use crate::model::Polarity;

/// A part of an expression; subscripts, numbers and remarks are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands in the text.
    pub range: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name.
    Name,
    /// A name with a parenthesis after it: a function, or a lookup.
    Call,
    /// Adds.
    Plus,
    /// Subtracts.
    Minus,
    /// Separates arguments.
    Comma,
    /// Opens a parenthesis.
    Open,
    /// Closes one.
    Close,
    /// A number, or any other operator.
    Other,
}

/// The parts of an expression, a range of a text.
pub fn tokens(text: &str, range: Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = range.start;
    let part = &text[..range.end];
    while let Some(character) = part[at..].chars().next() {
        let end = end_of(part, at, character);
        let kind = match character {
            '+' => Some(TokenKind::Plus),
            '-' => Some(TokenKind::Minus),
            ',' => Some(TokenKind::Comma),
            '(' => Some(TokenKind::Open),
            ')' => Some(TokenKind::Close),
            '{' | '[' => None,
            other if other.is_whitespace() || other == '\\' => None,
            other if is_start(other) => Some(kind_of_name(part, end)),
            _ => Some(TokenKind::Other),
        };
        if let Some(kind) = kind {
            let length = part[at..end]
                .trim_end_matches(|c: char| c.is_whitespace() || c == '\\')
                .len();
            let range = at..at + length.max(1);
            tokens.push(Token { kind, range });
        }
        at = end;
    }
    tokens
}

fn is_start(character: char) -> bool {
    character == '"' || (is_of_name(character) && !character.is_ascii_digit() && character != '\'')
}

fn kind_of_name(part: &str, end: usize) -> TokenKind {
    let mut after = part[end..].trim_start();
    // A table of each element of an array: `table[element](place)`.
    while let Some(subscript) = after.strip_prefix('[') {
        let (_, rest) = subscript.split_once(']').unwrap_or_default();
        after = rest.trim_start();
    }
    if after.starts_with('(') {
        TokenKind::Call
    } else {
        TokenKind::Name
    }
}

/// Where what begins with a character ends.
fn end_of(part: &str, at: usize, character: char) -> usize {
    let after = at + character.len_utf8();
    let rest = &part[after..];
    let until = |closing: char| {
        rest.find(closing)
            .map_or(part.len(), |found| after + found + closing.len_utf8())
    };
    match character {
        '{' => until('}'),
        '[' => until(']'),
        '\'' => until('\''),
        '"' => end_of_quoted(part, after),
        ':' => {
            // :AND:, :NOT:, :NA: and others.
            let word = rest.find(|c: char| !c.is_ascii_alphabetic() && c != ' ');
            match word {
                Some(length) if length > 0 && rest[length..].starts_with(':') => after + length + 1,
                _ => after,
            }
        }
        digit if digit.is_ascii_digit() || digit == '.' => {
            let bytes = rest.as_bytes();
            let mut length = 0;
            while let Some(byte) = bytes.get(length) {
                let is_sign = matches!(byte, b'+' | b'-')
                    && matches!(part.as_bytes()[after + length - 1], b'e' | b'E');
                if !(byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E') || is_sign) {
                    break;
                }
                length += 1;
            }
            after + length
        }
        start if is_start(start) => {
            let is_part = |c: char| is_of_name(c) || c.is_whitespace();
            let mut end = after;
            let mut characters = part[after..].char_indices().peekable();
            while let Some((index, next)) = characters.next() {
                let follows = characters.peek().map(|(_, c)| *c);
                let goes_on = next == '\\' && follows.is_some_and(|c| matches!(c, '\n' | '\r'));
                if !is_part(next) && !goes_on {
                    break;
                }
                end = after + index + next.len_utf8();
            }
            end
        }
        _ => after,
    }
}

/// Where a quoted text ends that begins before `at`: after its closing quote.
pub fn end_of_quoted(text: &str, at: usize) -> usize {
    let mut escaped = false;
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    for (index, byte) in rest.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + index + 1,
            _ => {}
        }
    }
    text.len()
}

/// The parts between the parentheses after the first token, if that is a call of this name.
pub fn arguments<'t>(text: &str, tokens: &'t [Token], function: &str) -> Option<&'t [Token]> {
    let [call, open, inside @ ..] = tokens else {
        return None;
    };
    let is_call = call.kind == TokenKind::Call && open.kind == TokenKind::Open;
    if !is_call || key(&text[call.range.clone()]) != function {
        return None;
    }
    let mut depth = 1_usize;
    for (index, token) in inside.iter().enumerate() {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inside[..index]);
        }
    }
    // A text that is cut off.
    Some(inside)
}

/// The parts before the first comma that stands in no parenthesis.
pub fn first_argument(tokens: &[Token]) -> &[Token] {
    let mut depth = 0_usize;
    let comma = tokens.iter().position(|token| {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && token.kind == TokenKind::Comma
    });
    &tokens[..comma.unwrap_or(tokens.len())]
}

/// The names that stand alone as terms of a sum, with their signs. A name that is mentioned a second
/// time is left out.
pub fn terms(text: &str, tokens: &[Token]) -> Vec<(String, Polarity)> {
    let mut terms: Vec<(String, Polarity)> = Vec::new();
    let mut depth = 0_usize;
    let mut sign = Polarity::Positive;
    let mut term: Vec<&Token> = Vec::new();
    let mut finish = |term: &mut Vec<&Token>, sign: Polarity| {
        if let [only] = term.as_slice()
            && only.kind == TokenKind::Name
        {
            terms.push((key(&text[only.range.clone()]), sign));
        }
        term.clear();
    };
    for token in tokens {
        let is_top = depth == 0;
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        match token.kind {
            TokenKind::Plus | TokenKind::Minus if is_top => {
                let is_sign = term.is_empty();
                finish(&mut term, sign);
                let turns = token.kind == TokenKind::Minus;
                sign = match (is_sign && sign == Polarity::Negative, turns) {
                    (true, false) | (false, true) => Polarity::Negative,
                    _ => Polarity::Positive,
                };
            }
            _ => term.push(token),
        }
    }
    finish(&mut term, sign);
    let mut mentions: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in names(text, tokens) {
        *mentions.entry(name).or_default() += 1;
    }
    terms.retain(|(name, _)| mentions.get(name) == Some(&1));
    terms
}

/// A term of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Where it stands, from its sign to the next one.
    pub range: Range<usize>,
    /// The name that it is, if it is one alone, as names are compared.
    pub name: Option<String>,
}

/// The terms of a sum that ends at a place.
pub fn sum(text: &str, tokens: &[Token], end: usize) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let mut depth = 0_usize;
    let mut inside: Vec<&Token> = Vec::new();
    let mut start = tokens.first().map_or(end, |first| first.range.start);
    let mut finish = |inside: &mut Vec<&Token>, range: Range<usize>| {
        let name = match inside.as_slice() {
            [only] if only.kind == TokenKind::Name => Some(key(&text[only.range.clone()])),
            _ => None,
        };
        inside.clear();
        terms.push(Term { range, name });
    };
    for token in tokens {
        let is_top = depth == 0;
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if is_top && matches!(token.kind, TokenKind::Plus | TokenKind::Minus) {
            if !inside.is_empty() {
                finish(&mut inside, start..token.range.start);
                start = token.range.start;
            }
        } else {
            inside.push(token);
        }
    }
    if !inside.is_empty() {
        finish(&mut inside, start..end);
    }
    terms
}

/// The names that an expression mentions, in their order, with their places.
pub fn names<'t>(
    text: &'t str,
    tokens: &'t [Token],
) -> impl Iterator<Item = (String, Range<usize>)> + 't {
    let named = tokens
        .iter()
        .filter(|token| matches!(token.kind, TokenKind::Name | TokenKind::Call));
    named.map(|token| (key(&text[token.range.clone()]), token.range.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<Token> {
        tokens(text, 0..text.len())
    }

    fn mentioned(text: &str) -> Vec<String> {
        names(text, &all(text)).map(|(name, _)| name).collect()
    }

    #[test]
    fn names_have_blanks_and_quotes_and_may_go_on() {
        assert_eq!(
            mentioned("Predators * \"R&D (net)\"/ 1e-5 + Prey \\\n\t\tBirths[region!] :AND: x"),
            ["predators", "r&d (net)", "prey births", "x"]
        );
        assert_eq!(
            mentioned("IF THEN ELSE(Farmer's income>3.5E+2, table (x1), 'no name') {a remark}"),
            ["if then else", "farmer's income", "table", "x1"]
        );
        assert!(mentioned("[(0,0)-(10,10)],(1,2.5)").is_empty());
    }

    #[test]
    fn ranges_are_the_names_alone() {
        let text = "a b  * \"c\" ";
        let ranges: Vec<&str> = names(text, &all(text))
            .map(|(_, range)| &text[range])
            .collect();
        assert_eq!(ranges, ["a b", "\"c\""]);
    }

    #[test]
    fn a_sum_has_terms_with_their_places() {
        let text = "births[x]*2 - deaths + -MAX(a, b) , 0";
        let tokens = all(text);
        let found = sum(text, first_argument(&tokens), text.rfind(',').unwrap());
        let words: Vec<_> = found
            .into_iter()
            .map(|term| (text[term.range].to_owned(), term.name))
            .collect();
        let deaths = Some("deaths".to_owned());
        assert_eq!(
            words,
            [
                ("births[x]*2 ".to_owned(), None),
                ("- deaths ".to_owned(), deaths),
                ("+ -MAX(a, b) ".to_owned(), None)
            ]
        );
    }

    #[test]
    fn a_level_says_what_flows_in_and_out() {
        let of = |text: &str| {
            let tokens = all(text);
            let inside = arguments(text, &tokens, "integ").unwrap();
            terms(text, first_argument(inside))
        };
        let positive = |name: &str| (name.to_owned(), Polarity::Positive);
        let negative = |name: &str| (name.to_owned(), Polarity::Negative);
        assert_eq!(
            of("INTEG (\n\tbirths-deaths,\n\t 20)"),
            [positive("births"), negative("deaths")]
        );
        assert_eq!(of("INTEG(-loss, start)"), [negative("loss")]);
        assert_eq!(of("INTEG(a - -b + 2*c, 0)"), [positive("a"), positive("b")]);
        assert_eq!(of("INTEG(a*k - a + MAX(b,0), 0)"), []);
        assert_eq!(
            of("INTEG(inflow[region] - x"),
            [positive("inflow"), negative("x")]
        );
    }
}
