//! What may be meant by what is typed: names of variables, functions and values of the language, the
//! best first, and what accepting one writes.

use super::caret::{Typed, typed_at};
use super::functions::{Function, called_elsewhere, constant_named, constants, functions};
use super::lex::Dialect;
use super::names::Name;
use super::rename::written_name;

/// What a name of a variable stands for in an equation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// A value.
    Value,
    /// A table that is called with a value.
    Table,
}

/// A variable that an equation may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownName {
    /// What people call it.
    pub name: String,
    /// What it stands for.
    pub role: Role,
    /// Whether a link says already that it is a cause.
    pub is_cause: bool,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offered {
    /// A variable, by its place in the list of names.
    Variable(usize),
    /// A function.
    Function(&'static Function),
    /// A value of the language, by its place in [`constants`].
    Constant(usize),
}

/// One thing that may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What it is.
    pub what: Offered,
    /// What the list shows.
    pub words: String,
    /// What is shown beside it: a function's arguments, what a value is, or that it is a cause.
    pub aside: String,
    /// The part of the text that it takes the place of, in bytes.
    pub place: (usize, usize),
    /// What is written there.
    pub written: String,
    /// Whether brackets follow it.
    pub is_called: bool,
}

/// When an offer is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// While something is typed.
    Typing,
    /// A person asked for it: also where nothing is typed yet.
    Asked,
}

/// The most that is offered at once.
pub const MOST_OFFERED: usize = 50;

/// What may be meant by what stands before a byte of a text, the best first.
///
/// Causes that links name come first, then what begins with what is typed, then what has a word that
/// does.
#[must_use]
pub fn candidates(
    text: &str,
    caret: usize,
    dialect: Dialect,
    names: &[KnownName],
    occasion: Occasion,
) -> Vec<Candidate> {
    let typed = typed_at(text, caret, dialect);
    let Some((start, wanted)) = wanted(text, &typed, (names, dialect), occasion) else {
        return Vec::new();
    };
    // What names something as it stands is not to be taken for the beginning of another name.
    let is_whole = constant_named(&wanted, dialect).is_some()
        || names.iter().any(|known| Name::new(&known.name) == wanted);
    if occasion == Occasion::Typing && is_whole {
        return Vec::new();
    }
    let place = (start, typed.end);
    let is_quoted = text[start..].starts_with('"');
    let mut found: Vec<(Rank, Candidate)> = Vec::new();
    for (index, known) in names.iter().enumerate() {
        let Some(fit) = fit(&Name::new(&known.name), &wanted) else {
            continue;
        };
        let written = written_name(&known.name, dialect);
        let is_called = known.role == Role::Table;
        let aside = match (known.role, known.is_cause) {
            (Role::Table, _) => "table",
            (Role::Value, true) => "linked",
            (Role::Value, false) => "",
        };
        let candidate = Candidate {
            what: Offered::Variable(index),
            words: known.name.clone(),
            aside: aside.to_owned(),
            place,
            written,
            is_called,
        };
        found.push((
            (!known.is_cause, fit, 0, candidate.words.to_lowercase()),
            candidate,
        ));
    }
    // A quote begins the name of a variable.
    if !is_quoted {
        let own = functions(dialect).iter();
        let own = own.map(|function| (function.name, function));
        for (name, function) in own.chain(called_elsewhere(dialect)) {
            let is_offered = found
                .iter()
                .any(|(_, one)| one.what == Offered::Function(function));
            if let Some(fit) = fit(&Name::new(name), &wanted).filter(|_| !is_offered) {
                let aside = match name == function.name {
                    true => function.says.to_owned(),
                    false => format!("{name} of Vensim. {}", function.says),
                };
                let candidate = Candidate {
                    what: Offered::Function(function),
                    words: function.signature(),
                    aside,
                    place,
                    written: function.name.to_owned(),
                    is_called: true,
                };
                found.push(((true, fit, 1, candidate.words.to_lowercase()), candidate));
            }
        }
        for (index, constant) in constants(dialect).iter().enumerate() {
            if let Some(fit) = fit(&Name::new(constant.name), &wanted) {
                let candidate = Candidate {
                    what: Offered::Constant(index),
                    words: constant.name.to_owned(),
                    aside: constant.says.to_owned(),
                    place,
                    written: constant.name.to_owned(),
                    is_called: false,
                };
                found.push(((true, fit, 2, candidate.words.to_lowercase()), candidate));
            }
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found.truncate(MOST_OFFERED);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What is better comes first: no cause, how it fits, which kind, its words.
type Rank = (bool, Fit, u8, String);

/// How a name fits what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Beginning,
    Word,
}

fn fit(name: &Name, wanted: &Name) -> Option<Fit> {
    let (name, wanted) = (name.as_str(), wanted.as_str());
    if name.is_empty() {
        None
    } else if name.starts_with(wanted) {
        Some(Fit::Beginning)
    } else {
        let starts = name.match_indices(|character: char| !character.is_alphanumeric());
        let mut rests = starts.map(|(at, sign)| &name[at + sign.len()..]);
        let is_word = rests.any(|rest| rest.starts_with(wanted));
        is_word.then_some(Fit::Word)
    }
}

/// Where the word begins that is meant, and the word: with as many words before it as begin a name.
fn wanted(
    text: &str,
    typed: &Typed,
    (names, dialect): (&[KnownName], Dialect),
    occasion: Occasion,
) -> Option<(usize, Name)> {
    let word = |start: usize| {
        let word = text[start..typed.end].trim_matches('"');
        (start, Name::new(word))
    };
    let Some(&last) = typed.starts.first() else {
        return match occasion {
            // In the middle of a word, or in a comment, nothing can be written.
            Occasion::Asked if is_free(text, typed.end) => Some((typed.end, Name::new(""))),
            _ => None,
        };
    };
    let longer = typed.starts.iter().skip(1).rev().map(|start| word(*start));
    let mut longer = longer.filter(|(_, wanted)| {
        let own = names.iter().map(|known| known.name.as_str());
        // Functions and values of Vensim have blanks too.
        let language = functions(dialect).iter().map(|one| one.name);
        let language = language.chain(constants(dialect).iter().map(|one| one.name));
        let mut known = own.chain(language).map(Name::new);
        known.any(|name| name.as_str().starts_with(wanted.as_str()))
    });
    let (start, name) = longer.next().unwrap_or_else(|| word(last));
    let is_number = text[start..].starts_with(|first: char| first.is_ascii_digit());
    (!is_number).then_some((start, name))
}

/// Whether a name may be written here: not within a word or a comment.
fn is_free(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let is_comment = before.rfind('{') > before.rfind('}');
    let next = text[at..].chars().next();
    !is_comment && !next.is_some_and(super::lex::is_of_name)
}

impl Candidate {
    /// The text with it, and the caret behind it; of what is called, behind the opening bracket.
    #[must_use]
    pub fn accepted(&self, text: &str) -> (String, usize) {
        let (start, end) = self.place;
        let mut out = text[..start].to_owned();
        out.push_str(&self.written);
        let mut caret = out.len();
        let rest = &text[end..];
        if self.is_called {
            caret += 1;
            if !rest.starts_with('(') {
                out.push_str("()");
            }
        }
        out.push_str(rest);
        (out, caret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<KnownName> {
        let known = |name: &str, role, is_cause| KnownName {
            name: name.to_owned(),
            role,
            is_cause,
        };
        vec![
            known("Birth rate", Role::Value, false),
            known("Birds", Role::Value, false),
            known("Normal birth time", Role::Value, true),
            known("cost (€)", Role::Value, false),
            known("Effect of crowding", Role::Table, false),
            known("", Role::Value, false),
        ]
    }

    /// What is offered at the mark `|`.
    fn offered(marked: &str) -> Vec<Candidate> {
        let caret = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        candidates(&text, caret, Dialect::Xmile, &names(), Occasion::Typing)
    }

    fn words(marked: &str) -> Vec<String> {
        offered(marked).into_iter().map(|one| one.words).collect()
    }

    fn accepted(marked: &str) -> String {
        let text = marked.replace('|', "");
        let (mut written, caret) = offered(marked)[0].accepted(&text);
        written.insert(caret, '|');
        written
    }

    #[test]
    fn linked_causes_come_first_then_beginnings_then_words() {
        assert_eq!(
            words("2 * bi|"),
            ["Normal birth time", "Birds", "Birth rate"]
        );
        assert_eq!(words("birth ra|"), ["Birth rate"]);
        assert_eq!(words("x + tim|"), ["Normal birth time", "TIME"]);
        assert_eq!(words("cro|"), ["Effect of crowding"]);
        assert_eq!(words("2|"), [""; 0]);
        assert_eq!(words("bi|rd"), [""; 0]);
        assert_eq!(words("1 + birth rate|"), [""; 0]);
        assert_eq!(words("time|"), [""; 0]);
        assert!(words("ma|").starts_with(&["MAX(a, b, …)".to_owned()]));
    }

    #[test]
    fn accepting_writes_what_can_be_read() {
        assert_eq!(accepted("2 * birth ra| + 1"), "2 * Birth_rate| + 1");
        assert_eq!(accepted("co|"), "\"cost (€)\"|");
        assert_eq!(accepted("\"cost|\" + 1"), "\"cost (€)\"| + 1");
        assert_eq!(accepted("eff|"), "Effect_of_crowding(|)");
        assert_eq!(accepted("sqr|(2)"), "SQRT(|2)");
        assert_eq!(accepted("1 + sqr|"), "1 + SQRT(|)");
    }

    #[test]
    fn functions_of_vensim_have_blanks() {
        let vensim = |text: &str| {
            let found = candidates(
                text,
                text.len(),
                Dialect::Vensim,
                &names(),
                Occasion::Typing,
            );
            found[0].accepted(text).0
        };
        assert_eq!(vensim("2 * delay fi"), "2 * DELAY FIXED()");
        assert_eq!(vensim("smooth n"), "SMOOTH N()");
        assert_eq!(vensim("time st"), "TIME STEP");
        assert_eq!(vensim("birth r"), "Birth rate");
    }

    #[test]
    fn who_knows_a_function_of_vensim_finds_it() {
        assert_eq!(accepted("smooth3|"), "SMTH3(|)");
        assert_eq!(accepted("1 + zid|"), "1 + SAFEDIV(|)");
        assert_eq!(words("smth3|"), ["SMTH3(input, time, [start])"]);
    }

    #[test]
    fn all_is_offered_only_where_it_is_asked_for() {
        let names = names();
        let at = |text: &str, caret, occasion| {
            candidates(text, caret, Dialect::Xmile, &names, occasion).len()
        };
        assert_eq!(at("2 * ", 4, Occasion::Typing), 0);
        assert_eq!(at("2 * ", 4, Occasion::Asked), MOST_OFFERED);
        assert_eq!(at("2 * ab", 4, Occasion::Asked), 0);
        assert_eq!(at("{ ", 2, Occasion::Asked), 0);
    }
}
