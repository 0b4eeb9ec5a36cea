//! Names in the text of an equation: which there are, and another one in the place of one, with all
//! else left to the letter.

use std::collections::BTreeMap;

use super::error::{Fault, Span};
use super::lex::{Dialect, Lexed, Token, lex};
use super::names::Name;
use super::offer::Role;

/// The names in an equation, with their places, in the order of the text; also those of functions.
///
/// # Errors
/// A character that belongs nowhere, or a quote or comment that does not end.
pub fn names_in(text: &str, dialect: Dialect) -> Result<Vec<(Name, Span)>, Fault> {
    let tokens = lex(text, 0, dialect)?.into_iter();
    let names = tokens.filter_map(|Lexed { token, span }| match token {
        Token::Name(name) => Some((name, span)),
        _ => None,
    });
    Ok(names.collect())
}

/// A name of a variable as it is written in an equation: as people see it, with underscores for
/// blanks in XMILE, and in quotes where it must.
#[must_use]
pub fn written_name(name: &str, dialect: Dialect) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = words.join(match dialect {
        Dialect::Vensim => " ",
        Dialect::Xmile => "_",
    });
    let wanted = Name::new(name);
    let is_plain = match lex(&plain, 0, dialect) {
        Ok(tokens) => matches!(tokens.as_slice(), [first, _]
            if first.token == Token::Name(wanted) && first.span.end == plain.len()),
        Err(_) => false,
    };
    // A dot leads into a part of the model.
    if is_plain && !(dialect == Dialect::Xmile && plain.contains('.')) {
        return plain;
    }
    let quoted = words.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{quoted}\"")
}

/// What becomes of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// What it is called now.
    pub to: String,
    /// Whether it is a table, which is called: then a name before a bracket is meant too.
    pub role: Role,
}

/// The text of an equation with one variable called otherwise; none where it does not name it, or
/// cannot be read. A name before a bracket is a function and stays.
#[must_use]
pub fn renamed(text: &str, dialect: Dialect, from: &Name, to: &str) -> Option<String> {
    let renaming = Renaming {
        to: to.to_owned(),
        role: Role::Value,
    };
    let renamings = BTreeMap::from([(from.clone(), renaming)]);
    renamed_all(text, dialect, &renamings)
}

/// The text of an equation with variables called otherwise, all at once, so that two may change
/// their names with each other; none where it names none of them, or cannot be read.
#[must_use]
pub fn renamed_all(
    text: &str,
    dialect: Dialect,
    renamings: &BTreeMap<Name, Renaming>,
) -> Option<String> {
    let tokens = lex(text, 0, dialect).ok()?;
    let mut changed = String::new();
    let mut kept = 0;
    for pair in tokens.windows(2) {
        let [one, next] = pair else { continue };
        let Token::Name(name) = &one.token else {
            continue;
        };
        let is_call = matches!(next.token, Token::Sign("("));
        let renaming = renamings.get(name);
        if let Some(renaming) = renaming.filter(|to| !is_call || to.role == Role::Table) {
            changed.push_str(&text[kept..one.span.start]);
            changed.push_str(&written_name(&renaming.to, dialect));
            kept = one.span.end;
        }
    }
    if kept == 0 {
        return None;
    }
    changed.push_str(&text[kept..]);
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_is_called_otherwise_and_nothing_else() {
        let from = Name::new("Birth rate");
        let to = |text: &str, name: &str| renamed(text, Dialect::Xmile, &from, name);
        assert_eq!(
            to(
                "birth_rate*Population { birth rate } + max(birth_rates, BIRTH_RATE)",
                "Growth"
            )
            .unwrap(),
            "Growth*Population { birth rate } + max(birth_rates, Growth)"
        );
        assert_eq!(
            to("2*\"birth rate\"", "cost (€)").unwrap(),
            "2*\"cost (€)\""
        );
        assert_eq!(to("birth_rate(3)", "x"), None);
        assert_eq!(to("birth_rate +", "a b").unwrap(), "a_b +");
        assert_eq!(to("\"birth_rate", "x"), None);
        let vensim = renamed("Birth  rate * x", Dialect::Vensim, &from, "a b");
        assert_eq!(vensim.unwrap(), "a b * x");
    }

    #[test]
    fn names_change_with_each_other_and_tables_are_called() {
        let to = |to: &str, role| Renaming {
            to: to.to_owned(),
            role,
        };
        let renamings = BTreeMap::from([
            (Name::new("a"), to("b", Role::Value)),
            (Name::new("b"), to("a", Role::Value)),
            (Name::new("t"), to("My table", Role::Table)),
        ]);
        let changed = renamed_all("a - b * T(a) + a(1)", Dialect::Xmile, &renamings);
        assert_eq!(changed.unwrap(), "b - a * My_table(b) + a(1)");
    }

    #[test]
    fn a_written_name_reads_as_the_name() {
        for name in [
            "Lead time",
            "and",
            "a.b",
            "4 eyes",
            "\"q\"",
            "Überlauf",
            "x\\y",
            "a/b",
            "وقت الانتظار",
        ] {
            for dialect in [Dialect::Vensim, Dialect::Xmile] {
                let written = written_name(name, dialect);
                let names = names_in(&written, dialect).unwrap();
                let names: Vec<Name> = names.into_iter().map(|(name, _)| name).collect();
                assert_eq!(names, [Name::new(name)], "{written}");
            }
        }
    }
}
