//! The functions that a run knows, in both languages, explained for who writes an equation.

mod vensim;
mod xmile;

use super::lex::Dialect;
use super::names::Name;

/// A function, with its arguments and what it gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name, as it is written.
    pub name: &'static str,
    /// The arguments that it needs, in order.
    pub needed: &'static [&'static str],
    /// What may follow them.
    pub more: More,
    /// What it gives, in one sentence.
    pub says: &'static str,
}

/// What may follow the arguments that a function needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// Nothing.
    Nothing,
    /// These, each of which may be left out with all after it.
    Optional(&'static [&'static str]),
    /// Any number of further ones of the last kind.
    Repeated,
}

/// A value that the language itself has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constant {
    /// Its name, as it is written.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub says: &'static str,
}

const fn function(
    name: &'static str,
    needed: &'static [&'static str],
    says: &'static str,
) -> Function {
    Function {
        name,
        needed,
        more: More::Nothing,
        says,
    }
}

const fn with(
    name: &'static str,
    needed: &'static [&'static str],
    optional: &'static [&'static str],
    says: &'static str,
) -> Function {
    Function {
        name,
        needed,
        more: More::Optional(optional),
        says,
    }
}

const fn any(name: &'static str, needed: &'static [&'static str], says: &'static str) -> Function {
    Function {
        name,
        needed,
        more: More::Repeated,
        says,
    }
}

const fn constant(name: &'static str, says: &'static str) -> Constant {
    Constant { name, says }
}

/// What functions of Vensim are called in XMILE, where they take the same in the same order. Who knows
/// the one finds the other.
const ELSEWHERE: &[(&str, &str)] = &[
    ("DELAY FIXED", "DELAY"),
    ("DELAY1I", "DELAY1"),
    ("DELAY3I", "DELAY3"),
    ("FORECAST", "FORCST"),
    ("GAMMA LN", "GAMMALN"),
    ("INITIAL", "INIT"),
    ("RANDOM UNIFORM", "UNIFORM"),
    ("SMOOTH", "SMTH1"),
    ("SMOOTH3", "SMTH3"),
    ("SMOOTH3I", "SMTH3"),
    ("SMOOTHI", "SMTH1"),
    ("VMAX", "MAX"),
    ("VMIN", "MIN"),
    ("XIDZ", "SAFEDIV"),
    ("ZIDZ", "SAFEDIV"),
];

/// Every function of a language, by name.
#[must_use]
pub const fn functions(dialect: Dialect) -> &'static [Function] {
    match dialect {
        Dialect::Xmile => xmile::FUNCTIONS,
        Dialect::Vensim => vensim::FUNCTIONS,
    }
}

/// Every value that a language itself has, by name.
#[must_use]
pub const fn constants(dialect: Dialect) -> &'static [Constant] {
    match dialect {
        Dialect::Xmile => xmile::CONSTANTS,
        Dialect::Vensim => vensim::CONSTANTS,
    }
}

/// The function of a name.
#[must_use]
pub fn function_named(name: &Name, dialect: Dialect) -> Option<&'static Function> {
    let is_it = |function: &&Function| Name::new(function.name) == *name;
    functions(dialect).iter().find(is_it)
}

/// The value of the language of a name.
#[must_use]
pub fn constant_named(name: &Name, dialect: Dialect) -> Option<&'static Constant> {
    let is_it = |constant: &&Constant| Name::new(constant.name) == *name;
    constants(dialect).iter().find(is_it)
}

/// The functions of a language that another one calls otherwise: what they are called there, and the
/// functions.
pub(super) fn called_elsewhere(
    dialect: Dialect,
) -> impl Iterator<Item = (&'static str, &'static Function)> {
    let all = match dialect {
        Dialect::Xmile => ELSEWHERE,
        Dialect::Vensim => &[],
    };
    let known = move |name: &str| function_named(&Name::new(name), dialect);
    all.iter()
        .filter_map(move |(there, here)| Some((*there, known(here)?)))
}

impl Function {
    /// Whether it takes so many arguments.
    #[must_use]
    pub fn takes(&self, count: usize) -> bool {
        let least = match self.more {
            // Those of one value are those of an array.
            More::Repeated => 1,
            More::Nothing | More::Optional(_) => self.needed.len(),
        };
        let most = match self.more {
            More::Repeated => usize::MAX,
            More::Optional(more) => self.needed.len() + more.len(),
            More::Nothing => self.needed.len(),
        };
        (least..=most).contains(&count)
    }

    /// What its arguments are called as they are shown, in order: those that may be left out in
    /// brackets, and dots where more may follow.
    #[must_use]
    pub fn shown_arguments(&self) -> Vec<String> {
        let needed = self.needed.iter().map(|name| (*name).to_owned());
        let more: Vec<String> = match self.more {
            More::Nothing => Vec::new(),
            More::Optional(names) => names.iter().map(|name| format!("[{name}]")).collect(),
            More::Repeated => vec!["…".to_owned()],
        };
        needed.chain(more).collect()
    }

    /// The name with its arguments, such as `PULSE(amount, first time, [interval])`.
    #[must_use]
    pub fn signature(&self) -> String {
        format!("{}({})", self.name, self.shown_arguments().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_in_order_and_say_something() {
        for dialect in [Dialect::Xmile, Dialect::Vensim] {
            let (functions, constants) = (functions(dialect), constants(dialect));
            assert!(functions.is_sorted_by(|one, other| one.name < other.name));
            assert!(constants.is_sorted_by(|one, other| one.name < other.name));
            for function in functions {
                assert!(function.says.ends_with('.'), "{}", function.name);
            }
        }
        assert_eq!(called_elsewhere(Dialect::Xmile).count(), ELSEWHERE.len());
        for (there, _) in ELSEWHERE {
            assert!(
                function_named(&Name::new(there), Dialect::Vensim).is_some(),
                "{there}"
            );
            assert!(
                function_named(&Name::new(there), Dialect::Xmile).is_none(),
                "{there}"
            );
        }
    }

    #[test]
    fn a_function_says_what_it_takes() {
        let of = |name: &str| function_named(&Name::new(name), Dialect::Xmile).unwrap();
        assert_eq!(
            of("pulse").signature(),
            "PULSE(amount, first time, [interval])"
        );
        assert_eq!(of("Max").signature(), "MAX(a, b, …)");
        let counts = |name: &str| (0..6).filter(|count| of(name).takes(*count)).collect();
        let found: [Vec<usize>; 3] = ["abs", "pulse", "max"].map(counts);
        assert_eq!(found, [vec![1], vec![2, 3], vec![1, 2, 3, 4, 5]]);
        assert!(constant_named(&Name::new("Time"), Dialect::Xmile).is_some());
        assert!(function_named(&Name::new("time"), Dialect::Xmile).is_none());
    }
}
