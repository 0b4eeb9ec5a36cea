//! The functions of XMILE's language that a run knows, explained for who writes an equation.

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

const START: &[&str] = &["start"];
const SEED: &[&str] = &["seed"];

/// Every function, by name.
pub const FUNCTIONS: &[Function] = &[
    function("ABS", &["value"], "The value without its sign."),
    function(
        "ARCCOS",
        &["value"],
        "The angle with this cosine, in radians.",
    ),
    function(
        "ARCSIN",
        &["value"],
        "The angle with this sine, in radians.",
    ),
    function(
        "ARCTAN",
        &["value"],
        "The angle with this tangent, in radians.",
    ),
    function("COS", &["angle"], "The cosine of an angle in radians."),
    function("COSH", &["value"], "The hyperbolic cosine."),
    function(
        "COSWAVE",
        &["height", "period"],
        "A wave that begins at its height at time 0 and turns once in a period.",
    ),
    with(
        "DELAY",
        &["input", "time"],
        START,
        "The input as it was so much time ago, to the whole step.",
    ),
    with(
        "DELAY1",
        &["input", "time"],
        START,
        "The input after passing through one stock that is left after this time on average.",
    ),
    with(
        "DELAY3",
        &["input", "time"],
        START,
        "The input after passing through three stocks in a row, this time in all on average.",
    ),
    with(
        "DELAYN",
        &["input", "time", "stocks"],
        START,
        "The input after passing through so many stocks in a row, this time in all on average.",
    ),
    function("EXP", &["value"], "The number e to the power of the value."),
    with(
        "EXPRND",
        &["mean"],
        SEED,
        "A random number in each step, exponentially distributed.",
    ),
    with(
        "FORCST",
        &["input", "time", "horizon"],
        &["trend at the start"],
        "The input as far ahead as the horizon, if its trend over this time goes on.",
    ),
    function(
        "GAMMALN",
        &["value"],
        "The natural logarithm of the gamma function.",
    ),
    function(
        "INIT",
        &["value"],
        "What the value was at the start of the run.",
    ),
    function("INT", &["value"], "The whole number at or below the value."),
    function("LN", &["value"], "The natural logarithm."),
    function("LOG10", &["value"], "The logarithm to base 10."),
    with(
        "LOGNORMAL",
        &["mean", "deviation"],
        SEED,
        "A random number in each step, of which the logarithm is normally distributed.",
    ),
    function("LOOKUP", &["table", "x"], "What a table gives for x."),
    function(
        "LOOKUPINV",
        &["table", "y"],
        "The x for which a table gives y.",
    ),
    function(
        "LOOKUP_INVERT",
        &["table", "y"],
        "The x for which a table gives y.",
    ),
    any("MAX", &["a", "b"], "The greatest of the values."),
    any("MEAN", &["value"], "The mean of the values."),
    any("MIN", &["a", "b"], "The least of the values."),
    with(
        "NORMAL",
        &["mean", "deviation"],
        SEED,
        "A random number in each step, normally distributed.",
    ),
    with(
        "POISSON",
        &["mean"],
        SEED,
        "A random number of events in each step; the mean is for a unit of time.",
    ),
    function(
        "PREVIOUS",
        &["value", "start"],
        "What the value was one step ago, and start in the first step.",
    ),
    function(
        "PROD",
        &["array"],
        "The product of all elements of an array.",
    ),
    with(
        "PULSE",
        &["amount", "first time"],
        &["interval"],
        "The amount within one step, once or again after each interval.",
    ),
    with(
        "RAMP",
        &["slope", "first time"],
        &["last time"],
        "0 until the first time, then rising with the slope until the last.",
    ),
    with(
        "RANDOM",
        &["least", "most"],
        SEED,
        "A random number in each step, each between least and most as likely as any other.",
    ),
    function("ROUND", &["value"], "The nearest whole number."),
    with(
        "SAFEDIV",
        &["a", "b"],
        &["otherwise"],
        "a / b, and otherwise, or 0, where b is 0.",
    ),
    function("SIN", &["angle"], "The sine of an angle in radians."),
    function("SINH", &["value"], "The hyperbolic sine."),
    function(
        "SINWAVE",
        &["height", "period"],
        "A wave that begins at 0 at time 0, rises to its height and turns once in a period.",
    ),
    function("SIZE", &["array"], "How many elements an array has."),
    with(
        "SMTH1",
        &["input", "time"],
        START,
        "The input smoothed: an average over about this time.",
    ),
    with(
        "SMTH3",
        &["input", "time"],
        START,
        "The input smoothed three times in a row, this time in all.",
    ),
    with(
        "SMTHN",
        &["input", "time", "stocks"],
        START,
        "The input smoothed so many times in a row, this time in all.",
    ),
    function("SQRT", &["value"], "The square root."),
    function(
        "STDDEV",
        &["array"],
        "The standard deviation of all elements of an array.",
    ),
    function(
        "STEP",
        &["height", "time"],
        "0 until this time, and the height from then on.",
    ),
    function("SUM", &["array"], "The sum of all elements of an array."),
    function("TAN", &["angle"], "The tangent of an angle in radians."),
    function("TANH", &["value"], "The hyperbolic tangent."),
    with(
        "TREND",
        &["input", "time"],
        &["trend at the start"],
        "How fast the input grows against its average over this time, as a share of it.",
    ),
    with(
        "UNIFORM",
        &["least", "most"],
        SEED,
        "A random number in each step, each between least and most as likely as any other.",
    ),
];

/// Every value that the language itself has, by name.
pub const CONSTANTS: &[Constant] = &[
    Constant {
        name: "DT",
        says: "The length of a step, in units of time.",
    },
    Constant {
        name: "INF",
        says: "More than any number.",
    },
    Constant {
        name: "NAN",
        says: "Not a number: a value that is not known.",
    },
    Constant {
        name: "PI",
        says: "The ratio of a circle's circumference to its diameter.",
    },
    Constant {
        name: "SELF",
        says: "The variable itself, as for PREVIOUS(SELF, 0).",
    },
    Constant {
        name: "STARTTIME",
        says: "The first time of the run.",
    },
    Constant {
        name: "STOPTIME",
        says: "The last time of the run.",
    },
    Constant {
        name: "TIME",
        says: "The time in the run.",
    },
];

/// The function of a name.
#[must_use]
pub fn function_named(name: &Name) -> Option<&'static Function> {
    let is_it = |function: &&Function| Name::new(function.name) == *name;
    FUNCTIONS.iter().find(is_it)
}

/// The value of the language of a name.
#[must_use]
pub fn constant_named(name: &Name) -> Option<&'static Constant> {
    let is_it = |constant: &&Constant| Name::new(constant.name) == *name;
    CONSTANTS.iter().find(is_it)
}

impl Function {
    /// Whether it takes so many arguments. `MIN` and `MAX` of one are those of an array.
    #[must_use]
    pub fn takes(&self, count: usize) -> bool {
        let least = match self.more {
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
        assert!(FUNCTIONS.is_sorted_by(|one, other| one.name < other.name));
        assert!(CONSTANTS.is_sorted_by(|one, other| one.name < other.name));
        for function in FUNCTIONS {
            assert!(function.says.ends_with('.'), "{}", function.name);
            assert!(!function.needed.is_empty(), "{}", function.name);
        }
    }

    #[test]
    fn a_function_says_what_it_takes() {
        let of = |name: &str| function_named(&Name::new(name)).unwrap();
        assert_eq!(
            of("pulse").signature(),
            "PULSE(amount, first time, [interval])"
        );
        assert_eq!(of("Max").signature(), "MAX(a, b, …)");
        let counts = |name: &str| (0..6).filter(|count| of(name).takes(*count)).collect();
        let found: [Vec<usize>; 3] = ["abs", "pulse", "max"].map(counts);
        assert_eq!(found, [vec![1], vec![2, 3], vec![1, 2, 3, 4, 5]]);
        assert!(constant_named(&Name::new("Time")).is_some());
        assert!(function_named(&Name::new("time")).is_none());
    }
}
