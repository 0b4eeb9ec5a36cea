//! What is wrong with an equation while it is typed, and what may have been meant.

use std::collections::BTreeMap;

use super::error::{Problem, Span};
use super::expr::{Expr, Node, Subscript};
use super::functions::{called_elsewhere, constant_named, constants, function_named, functions};
use super::lex::{Dialect, Lexed, Token, lex};
use super::names::Name;
use super::offer::{KnownName, Role};
use super::parse::parse;
use super::rename::written_name;

/// How many words a name may have that is typed with blanks.
const MOST_WORDS: usize = 24;

/// Whether all names are known that an equation may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// All of them: another one is a mistake.
    Whole,
    /// Some: a text that is kept has names of its own, such as those of dimensions.
    Partial,
}

/// The names that an equation may have.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    names: BTreeMap<Name, (String, Role)>,
    completeness: Completeness,
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// What is wrong, as a sentence without its full stop.
    pub message: String,
    /// Where it is, in bytes of the text.
    pub span: Span,
    /// What may stand in its place.
    pub instead: Option<String>,
}

impl Vocabulary {
    /// The names of these variables.
    #[must_use]
    pub fn new(known: &[KnownName], completeness: Completeness) -> Self {
        let mut names = BTreeMap::new();
        for one in known {
            let key = Name::new(&one.name);
            if !key.as_str().is_empty() {
                names.insert(key, (one.name.clone(), one.role));
            }
        }
        Self {
            names,
            completeness,
        }
    }

    fn has(&self, name: &Name) -> bool {
        self.names.contains_key(name)
    }

    /// The name that is nearest to another, as it is written; none where none is near.
    fn nearest(&self, name: &Name, dialect: Dialect, is_called: bool) -> Option<String> {
        // Short words are near to many others.
        let most = 1 + name.as_str().chars().count() / 6;
        let own = self.names.iter();
        let own = own.filter(|(_, (_, role))| !is_called || *role == Role::Table);
        let own = own.map(|(key, (said, _))| (key.clone(), written_name(said, dialect)));
        if is_called {
            let mut elsewhere = called_elsewhere(dialect);
            if let Some((_, function)) = elsewhere.find(|(there, _)| Name::new(there) == *name) {
                return Some(function.name.to_owned());
            }
        }
        let language: Vec<&str> = match is_called {
            true => functions(dialect).iter().map(|one| one.name).collect(),
            false => constants(dialect).iter().map(|one| one.name).collect(),
        };
        let language = language.into_iter();
        let language = language.map(|word| (Name::new(word), word.to_owned()));
        own.chain(language)
            .map(|(key, written)| (distance(key.as_str(), name.as_str()), written))
            .filter(|(distance, _)| *distance <= most)
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, written)| written)
    }
}

/// What is wrong with an equation: the first thing, if there is one. Nothing is wrong with an empty
/// one, and names that were typed with blanks are understood.
#[must_use]
pub fn review(text: &str, dialect: Dialect, known: &Vocabulary) -> Option<Review> {
    if text.trim().is_empty() {
        return None;
    }
    let edits = edits(text, dialect, known);
    let tidied = edited(text, &edits);
    let back = |span: Span| place_before(span, &edits);
    match parse(&tidied, 0, dialect) {
        Err(fault) => {
            let end = Span {
                start: tidied.len(),
                end: tidied.len(),
            };
            let message = match fault.problem {
                Problem::Syntax(words) | Problem::Unsupported(words) | Problem::TooLarge(words) => {
                    words
                }
                other => other.to_string(),
            };
            Some(Review {
                message: sentence(&message),
                span: back(fault.span.unwrap_or(end)),
                instead: None,
            })
        }
        Ok(expr) => {
            let mut reviewer = Reviewer {
                tidied: &tidied,
                dialect,
                known,
                found: None,
            };
            reviewer.of(&expr);
            let found = reviewer.found?;
            Some(Review {
                span: back(found.span),
                ..found
            })
        }
    }
}

/// The text as it is kept: without space at its ends, and with names that were typed with blanks as
/// they are written. What can be read as it is stays as it is, so `NOT ready` never becomes a name.
#[must_use]
pub fn tidied(text: &str, dialect: Dialect, known: &Vocabulary) -> String {
    let text = text.trim();
    edited(text, &edits(text, dialect, known))
}

/// Where names with blanks stand in a text that cannot be read, and how they are written.
fn edits(text: &str, dialect: Dialect, known: &Vocabulary) -> Vec<(Span, String)> {
    if dialect == Dialect::Vensim || parse(text, 0, dialect).is_ok() {
        return Vec::new();
    }
    let Ok(tokens) = lex(text, 0, dialect) else {
        return Vec::new();
    };
    let is_word = |lexed: &Lexed| match &lexed.token {
        Token::Name(_) | Token::Number(_) => true,
        Token::Sign(sign) => sign.starts_with(|first: char| first.is_ascii_lowercase()),
        Token::End => false,
    };
    let mut edits = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let words = tokens[at..].iter().take_while(|one| is_word(one)).count();
        // The longest name that begins here.
        let found = (2..=words.min(MOST_WORDS)).rev().find_map(|count| {
            let span = tokens[at].span.to(tokens[at + count - 1].span);
            let name = Name::new(&text[span.start..span.end]);
            let (said, _) = known.names.get(&name)?;
            Some((count, span, written_name(said, dialect)))
        });
        match found {
            Some((count, span, written)) => {
                edits.push((span, written));
                at += count;
            }
            None => at += 1,
        }
    }
    edits
}

fn edited(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut kept = 0;
    for (span, written) in edits {
        out.push_str(&text[kept..span.start]);
        out.push_str(written);
        kept = span.end;
    }
    out.push_str(&text[kept..]);
    out
}

/// The place in the text as it was typed of a place in the edited one.
fn place_before(span: Span, edits: &[(Span, String)]) -> Span {
    let of = |at: usize, is_end: bool| {
        // How far the places differ behind the edits that were passed.
        let (mut typed, mut tidied) = (0, 0);
        for (span, written) in edits {
            let start = tidied + span.start - typed;
            let end = start + written.len();
            if at < start || at == start && !is_end {
                break;
            }
            if at < end || at == end && is_end {
                return if is_end { span.end } else { span.start };
            }
            (typed, tidied) = (span.end, end);
        }
        typed + at - tidied
    };
    Span {
        start: of(span.start, false),
        end: of(span.end, true),
    }
}

struct Reviewer<'r> {
    tidied: &'r str,
    dialect: Dialect,
    known: &'r Vocabulary,
    found: Option<Review>,
}

impl Reviewer<'_> {
    fn tell(&mut self, message: String, span: Span, instead: Option<String>) {
        self.found.get_or_insert(Review {
            message,
            span,
            instead,
        });
    }

    /// The name as it was typed, at the beginning of a place.
    fn typed(&self, name: &Name, span: Span) -> String {
        let text = self.tidied.get(span.start..).unwrap_or_default();
        let lexed = lex(text, 0, self.dialect).ok();
        let first = lexed.and_then(|tokens| tokens.first().map(|one| one.span.end));
        let typed = first.and_then(|end| text.get(..end));
        typed.map_or_else(|| name.to_string(), str::to_owned)
    }

    fn unknown(&mut self, what: &str, name: &Name, span: Span, is_called: bool) {
        let typed = self.typed(name, span);
        let span = Span {
            start: span.start,
            end: span.start + typed.len(),
        };
        let nearest = self.known.nearest(name, self.dialect, is_called);
        let message = match &nearest {
            Some(nearest) => format!("There is no {what}{typed}; did you mean {nearest}?"),
            None => format!("There is no {what}{typed}"),
        };
        self.tell(message, span, nearest);
    }

    fn of(&mut self, expr: &Expr) {
        if self.found.is_some() {
            return;
        }
        match &expr.node {
            Node::Number(_) => {}
            Node::Name(name, subscripts) => {
                self.name(name, expr.span);
                self.subscripts(subscripts);
            }
            Node::Call(name, subscripts, arguments) => {
                self.call(name, arguments, expr.span);
                self.subscripts(subscripts);
                arguments.iter().for_each(|one| self.of(one));
            }
            Node::Unary(_, inside) | Node::Inline(inside, _) => self.of(inside),
            Node::Binary(_, sides) => sides.iter().for_each(|one| self.of(one)),
            Node::If(parts) => parts.iter().for_each(|one| self.of(one)),
        }
    }

    fn subscripts(&mut self, subscripts: &[Subscript]) {
        for subscript in subscripts {
            if let Subscript::Index(inside) = subscript {
                self.of(inside);
            }
        }
    }

    fn name(&mut self, name: &Name, span: Span) {
        let is_unsure = self.known.completeness == Completeness::Partial;
        if is_unsure || self.known.has(name) || constant_named(name, self.dialect).is_some() {
            return;
        }
        match function_named(name, self.dialect) {
            Some(function) => {
                let message = format!("{} takes values: {}", function.name, function.signature());
                self.tell(message, span, None);
            }
            None => self.unknown("", name, span, false),
        }
    }

    fn call(&mut self, name: &Name, arguments: &[Expr], span: Span) {
        if let Some(function) = function_named(name, self.dialect) {
            if !function.takes(arguments.len()) {
                let count = arguments.len();
                let values = if count == 1 { "value" } else { "values" };
                let message = format!("{}: here is {count} {values}", function.signature());
                let message = match count {
                    1 => message,
                    _ => message.replace("here is", "here are"),
                };
                self.tell(message, span, None);
            }
            return;
        }
        if self.known.completeness == Completeness::Partial {
            return;
        }
        match self.known.names.get(name) {
            Some((_, Role::Table)) if arguments.len() == 1 => {}
            Some((said, Role::Table)) => {
                self.tell(
                    format!("“{said}” is a table and takes one value"),
                    span,
                    None,
                );
            }
            Some((said, Role::Value)) => {
                let message = format!("“{said}” is a variable and takes no values");
                self.tell(message, span, None);
            }
            None => self.unknown("function ", name, span, true),
        }
    }
}

/// With a capital letter, where the first word is one of the program.
fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// How many letters must be put in, left out, changed or exchanged with their neighbour to make one
/// word of another (Damerau 1964, each letter at most once).
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, against) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != against);
            let mut best = changed.min(last[column + 1] + 1).min(now[column] + 1);
            let is_turned =
                row > 0 && column > 0 && one[row - 1] == *against && other[column - 1] == *letter;
            if is_turned {
                best = best.min(before_last[column - 1] + 1);
            }
            now.push(best);
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let known = |name: &str, role| KnownName {
            name: name.to_owned(),
            role,
            is_cause: false,
        };
        let names = [
            known("Birth rate", Role::Value),
            known("Population", Role::Value),
            known("cost (€)", Role::Value),
            known("4 eyes", Role::Value),
            known("time to mod", Role::Value),
            known("ready", Role::Value),
            known("not ready", Role::Value),
            known("Effect", Role::Table),
        ];
        Vocabulary::new(&names, Completeness::Whole)
    }

    fn told(text: &str) -> Option<(String, &str, Option<String>)> {
        let found = review(text, Dialect::Xmile, &vocabulary())?;
        Some((
            found.message,
            &text[found.span.start..found.span.end],
            found.instead,
        ))
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let case = |text: &'static str, message: &str, place: &str, instead: Option<&str>| {
            let wanted = (message.to_owned(), place, instead.map(str::to_owned));
            assert_eq!(told(text), Some(wanted), "{text}");
        };
        case(
            "2 * Birth_rat",
            "There is no Birth_rat; did you mean Birth_rate?",
            "Birth_rat",
            Some("Birth_rate"),
        );
        case("Wind * 2", "There is no Wind", "Wind", None);
        case(
            "birth rate * Poplation",
            "There is no Poplation; did you mean Population?",
            "Poplation",
            Some("Population"),
        );
        case(
            "SMHT1(Population, 2)",
            "There is no function SMHT1; did you mean SMTH1?",
            "SMHT1",
            Some("SMTH1"),
        );
        case(
            "SMTH1(Population)",
            "SMTH1(input, time, [start]): here is 1 value",
            "SMTH1(Population)",
            None,
        );
        case(
            "Population(2)",
            "“Population” is a variable and takes no values",
            "Population(2)",
            None,
        );
        case("MAX", "MAX takes values: MAX(a, b, …)", "MAX", None);
        case(
            "(Population + 1",
            "Here should be “)”, and there is the end",
            "",
            None,
        );
        case(
            "birth rate * * 2",
            "Here should be a value, and there is “*”",
            "*",
            None,
        );
    }

    #[test]
    fn what_is_right_is_left_alone() {
        for text in [
            "",
            "  ",
            "Birth_rate * Population",
            "birth rate * Population",
            "Effect(Population / 2) + TIME",
            "IF ready THEN 4 eyes ELSE birth rate",
            "max(1, 2, 3) + PREVIOUS(SELF, 0)",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
        let partial = Vocabulary::new(&[], Completeness::Partial);
        assert_eq!(review("sales[region] * x", Dialect::Xmile, &partial), None);
        assert!(review("sales[region", Dialect::Xmile, &partial).is_some());
    }

    #[test]
    fn names_with_blanks_are_tidied_and_what_can_be_read_stays() {
        let known = vocabulary();
        let tidied = |text: &str| tidied(text, Dialect::Xmile, &known);
        assert_eq!(
            tidied(" birth  rate * Population "),
            "Birth_rate * Population"
        );
        assert_eq!(tidied("2*4 eyes"), "2*\"4 eyes\"");
        assert_eq!(
            tidied("time to mod + birth rate"),
            "time_to_mod + Birth_rate"
        );
        assert_eq!(tidied("NOT ready"), "NOT ready");
        assert_eq!(tidied("Wind speed * 2"), "Wind speed * 2");
        assert_eq!(tidied("birth rate *"), "Birth_rate *");
    }

    #[test]
    fn letters_that_differ_are_counted() {
        for (one, other, count) in [
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("smht1", "smth1", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), count, "{one} {other}");
            assert_eq!(distance(other, one), count, "{other} {one}");
        }
    }
}
