//! XMILE's names: compared without regard to case, and with blanks, breaks and underscores alike.

use crate::format::names::plain;

/// A name as people read it: blanks where it has underscores and breaks, and no quotes.
pub fn in_sentence(raw: &str) -> String {
    let raw = raw.trim();
    let inner = match raw.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
        None => raw,
    };
    let mut name = String::with_capacity(inner.len());
    let mut characters = inner.chars().peekable();
    while let Some(character) = characters.next() {
        let character = match (character, characters.peek()) {
            ('\\', Some('n')) => {
                characters.next();
                ' '
            }
            ('\\', Some('"' | '\\')) => characters.next().unwrap_or('\\'),
            (other, _) => other,
        };
        let is_blank = character.is_whitespace() || character == '_';
        if !is_blank {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with(' ') {
            name.push(' ');
        }
    }
    name.truncate(name.trim_end().len());
    name
}

/// The form in which names are compared.
pub fn key(raw: &str) -> String {
    plain(&in_sentence(raw))
}

/// Names that stand for something in every equation (OASIS XMILE 1.0, 3.2.2 and 3.5), so that no
/// variable may get one of them; sorted.
pub const RESERVED: [&str; 56] = [
    "abs",
    "and",
    "arccos",
    "arcsin",
    "arctan",
    "cos",
    "delay",
    "delay1",
    "delay3",
    "delayn",
    "dt",
    "else",
    "endval",
    "exp",
    "exprnd",
    "forcst",
    "history",
    "if",
    "inf",
    "init",
    "int",
    "ln",
    "log10",
    "lognormal",
    "lookup",
    "max",
    "mean",
    "min",
    "mod",
    "normal",
    "not",
    "or",
    "pi",
    "poisson",
    "previous",
    "prod",
    "pulse",
    "ramp",
    "random",
    "rank",
    "self",
    "sin",
    "size",
    "smth1",
    "smth3",
    "smthn",
    "sqrt",
    "starttime",
    "stddev",
    "step",
    "stoptime",
    "sum",
    "tan",
    "then",
    "time",
    "trend",
];

/// Whether a character may stand in a name without quotes.
pub fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$') || !character.is_ascii()
}

/// A name as the value of an attribute `name`, before it is escaped: a quote or backslash in it has a
/// backslash before it.
pub fn stated(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ");
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

/// A name as it stands in equations and references: with underscores, in quotes where it needs them.
pub fn mentioned(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let joined = words.join("_");
    let starts = joined
        .chars()
        .next()
        .is_some_and(|first| is_of_name(first) && !first.is_ascii_digit());
    if starts && joined.chars().all(is_of_name) {
        joined
    } else {
        format!("\"{}\"", stated(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_whatever_their_blanks_quotes_and_case() {
        for raw in [
            "heat_loss_to_room",
            "Heat Loss to Room",
            "\"Heat Loss\\nto_Room\"",
            " heat  loss to\u{a0}room",
        ] {
            assert_eq!(key(raw), "heat loss to room", "{raw}");
        }
        assert_eq!(in_sentence("heat_loss\\nto_room"), "heat loss to room");
    }

    #[test]
    fn names_are_quoted_where_they_need_it() {
        for (name, text) in [
            ("heat loss", "heat_loss"),
            ("R&D \"net\"", "\"R&D \\\"net\\\"\""),
            ("2nd shift", "\"2nd shift\""),
            ("\u{dc}berlast", "\u{dc}berlast"),
        ] {
            assert_eq!(mentioned(name), text);
            assert_eq!(in_sentence(text), name);
            assert_eq!(in_sentence(&stated(name)), name);
        }
    }
}
