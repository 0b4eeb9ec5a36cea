//! Vensim's names: words with blanks, compared without regard to case, blanks and underscores; quoted
//! where they have other signs.

use crate::format::names::plain;

/// Variables that say how to simulate; they are drawn nowhere but as what others refer to.
const OF_CONTROL: [&str; 5] = ["final time", "initial time", "saveper", "time step", "time"];

/// Words that begin an expression, so that a variable cannot be called so without quotes.
const RESERVED: &[&str] = &[
    "a function of",
    "integ",
    "if then else",
    "with lookup",
    "min",
    "max",
    "abs",
    "exp",
    "ln",
    "sqrt",
    "delay1",
    "delay3",
    "smooth",
    "smooth3",
    "step",
    "pulse",
    "ramp",
    "game",
    "initial",
    "integer",
    "modulo",
    "sum",
    "prod",
    "vmin",
    "vmax",
    "zidz",
    "xidz",
    "active initial",
    "random uniform",
];

/// A name without its quotes, its blanks and breaks made one blank each.
pub fn unquoted(raw: &str) -> String {
    let raw = raw.trim();
    let inner = match raw.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
        None => raw,
    };
    let mut name = String::with_capacity(inner.len());
    let mut rest = inner.chars();
    let mut is_after_blank = true;
    while let Some(character) = rest.next() {
        let after = rest.as_str();
        let character = match (character, after.chars().next()) {
            ('\\', Some('"' | '\\')) => rest.next().unwrap_or('\\'),
            // A line that goes on.
            ('\\', Some('\n' | '\r') | None) => {
                let next = after.trim_start();
                if joins_without_blank(&name, next) {
                    rest = next.chars();
                    continue;
                }
                ' '
            }
            (other, _) => other,
        };
        if !character.is_whitespace() {
            name.push(character);
        } else if !is_after_blank {
            name.push(' ');
        }
        is_after_blank = character.is_whitespace();
    }
    name.truncate(name.trim_end().len());
    name
}

/// Whether two parts of a text that a line break parts belong together without a blank. A line is
/// broken behind a blank where there is one, which stays; where a letter stands at the break that is
/// not of ASCII, there was none.
pub fn joins_without_blank(before: &str, after: &str) -> bool {
    let is_letter = |c: char| !c.is_ascii() && !c.is_whitespace();
    let last = before.chars().next_back();
    let next = after.chars().next();
    match (last, next) {
        (Some(last), Some(next)) => !last.is_whitespace() && (is_letter(last) || is_letter(next)),
        _ => false,
    }
}

/// The form in which names are compared.
pub fn key(raw: &str) -> String {
    plain(&unquoted(raw))
}

/// Whether a variable with this key says how to simulate.
pub fn is_of_control(key: &str) -> bool {
    OF_CONTROL.contains(&key)
}

/// Whether a character may stand in a name without quotes; blanks may stand between them.
pub fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '\'') || !character.is_ascii()
}

/// A name as it stands in equations and sketches: in quotes where it needs them.
pub fn written(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let name = words.join(" ");
    let starts = name.chars().next().is_some_and(char::is_alphabetic);
    let is_bare = |character| is_of_name(character) || character == ' ';
    if starts && name.chars().all(is_bare) && !RESERVED.contains(&plain(&name).as_str()) {
        return name;
    }
    let mut quoted = String::with_capacity(name.len() + 2);
    quoted.push('"');
    for character in name.chars() {
        if matches!(character, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_need_it() {
        for (name, text) in [
            ("Batch size", "Batch size"),
            ("Farmer's income", "Farmer's income"),
            ("\u{dc}berlast", "\u{dc}berlast"),
            ("R&D \"spend\"", "\"R&D \\\"spend\\\"\""),
            ("2nd shift", "\"2nd shift\""),
            ("a\\b", "\"a\\\\b\""),
            ("a, b", "\"a, b\""),
            ("Max", "\"Max\""),
        ] {
            assert_eq!(written(name), text);
            assert_eq!(unquoted(text), name);
        }
    }

    #[test]
    fn names_that_differ_in_blanks_and_case_are_one() {
        assert_eq!(key("Predator  \\\n\t\tBirths"), "predator births");
        assert_eq!(key("predator_births"), key("\"Predator Births\""));
        let broken = "\u{5e73}\\\r\n\t\t\u{5747}\u{6d88}\\\n\t\tx";
        assert_eq!(key(broken), "\u{5e73}\u{5747}\u{6d88}x");
        assert_eq!(
            key("\u{fc}ber \\\n\t\t\u{e4}u\u{df}erst"),
            "\u{fc}ber \u{e4}u\u{df}erst"
        );
        assert!(is_of_control(&key("FINAL  TIME")));
        assert!(!is_of_control("timeline"));
    }
}
