//! What functions ask of the units of their values, and what they give: one line for each.

use crate::equation::Dialect::{self, Vensim, Xmile};

/// What a value of a function is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Anything.
    Any,
    /// Dimensionless.
    One,
    /// A time.
    Time,
    /// One over a time.
    PerTime,
    /// In the same as all others of these.
    X,
    /// As [`Ask::X`], and a number without a unit beside one with a unit is worth a note.
    LoudX,
    /// In the same as all others of these.
    Y,
    /// X over a time.
    XPerTime,
    /// X times a time.
    XTime,
    /// X over Y.
    XOverY,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Give {
    /// Something without dimension.
    One,
    /// One over a time.
    PerTime,
    X,
    XOverY,
    XTime,
    XPerTime,
    /// X times Y times a time.
    XYTime,
    /// The square root of X.
    Root,
    /// The product of many X: nothing unless they are dimensionless.
    Product,
    /// It cannot be said.
    Anything,
}

/// What a function asks and gives. The last of what it asks holds for all further values if
/// `repeats` says so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    pub asks: &'static [Ask],
    pub repeats: bool,
    pub gives: Give,
}

const fn rule(asks: &'static [Ask], gives: Give) -> Rule {
    Rule {
        asks,
        repeats: false,
        gives,
    }
}

/// The rule of a function by its name; none where it is none that is known here. XMILE 1.0, section
/// 3.3.6, and the manuals of the functions.
pub(super) fn rule_of(dialect: Dialect, name: &str) -> Option<Rule> {
    use Ask::{Any, LoudX, One, PerTime, Time, X, XOverY, XPerTime, XTime, Y};
    Some(match (dialect, name) {
        (_, "abs" | "sum" | "vmin" | "vmax" | "stddev") => rule(&[X], Give::X),
        (Xmile, "int" | "round" | "init") | (Vensim, "integer" | "initial" | "game") => {
            rule(&[X], Give::X)
        }
        (
            _,
            "exp" | "ln" | "sin" | "cos" | "tan" | "arcsin" | "arccos" | "arctan" | "sinh" | "cosh"
            | "tanh" | "gammaln" | "gamma_ln" | "log10",
        ) => rule(&[One], Give::One),
        (Vensim, "log") => rule(&[One, One], Give::One),
        (_, "sqrt") => rule(&[X], Give::Root),
        (_, "prod") => rule(&[X], Give::Product),
        (_, "min" | "max" | "mean") => Rule {
            asks: &[LoudX],
            repeats: true,
            gives: Give::X,
        },
        (Xmile, "mod") | (Vensim, "modulo" | "quantum") => rule(&[LoudX, LoudX], Give::X),
        (Vensim, "zidz") => rule(&[X, Y], Give::XOverY),
        (Vensim, "xidz") | (Xmile, "safediv") => rule(&[X, Y, XOverY], Give::XOverY),
        (_, "step") => rule(&[X, Time], Give::X),
        (Xmile, "sinwave" | "coswave") => rule(&[X, Time], Give::X),
        (_, "ramp") => rule(&[X, Time, Time], Give::XTime),
        (Vensim, "pulse") => rule(&[Time, Time], Give::One),
        (Vensim, "pulse_train") => rule(&[Time, Time, Time, Time], Give::One),
        (Xmile, "pulse") => rule(&[X, Time, Time], Give::XPerTime),
        (Xmile, "delay" | "delay1" | "delay3" | "smth1" | "smth3")
        | (
            Vensim,
            "delay_fixed" | "delay1" | "delay3" | "delay1i" | "delay3i" | "smooth" | "smooth3"
            | "smoothi" | "smooth3i",
        ) => rule(&[X, Time, X], Give::X),
        (Vensim, "delay_n" | "smooth_n") => rule(&[X, Time, X, One], Give::X),
        (Xmile, "delayn" | "smthn") => rule(&[X, Time, One, X], Give::X),
        (_, "trend") => rule(&[X, Time, PerTime], Give::PerTime),
        (Vensim, "forecast") | (Xmile, "forcst") => rule(&[X, Time, Time, PerTime], Give::X),
        (Vensim, "npv") => rule(&[X, PerTime, XTime, Y], Give::XYTime),
        (Vensim, "integ") => rule(&[XPerTime, X], Give::X),
        (Vensim, "active_initial") | (Xmile, "previous") => rule(&[X, X], Give::X),
        (Vensim, "sample_if_true") => rule(&[Any, X, X], Give::X),
        (Vensim, "vector_select") => rule(&[Any, X, X, Any, Any], Give::X),
        (Vensim, "vector_elm_map") => rule(&[X, Any], Give::X),
        (Vensim, "vector_sort_order" | "vector_rank") => rule(&[Any, Any], Give::One),
        (Vensim, "allocate_available") => rule(&[X, Any, X], Give::X),
        (Vensim, "allocate_by_priority") => rule(&[X, Y, One, Y, X], Give::X),
        // Its manual gives the unit of the matrix, which is right without a dimension alone.
        (Vensim, "invert_matrix") => rule(&[Any, One], Give::Anything),
        (Vensim, "elmcount") | (Xmile, "size") => rule(&[Any], Give::One),
        (Vensim, "random_0_1") => rule(&[], Give::One),
        (Vensim, "random_uniform") => rule(&[X, X, Any], Give::X),
        (Vensim, "random_normal" | "random_exponential") => rule(&[X, X, X, X, Any], Give::X),
        (Vensim, "random_poisson") => rule(&[X, X, One, X, X, Any], Give::X),
        (Xmile, "random" | "uniform" | "normal" | "lognormal") => rule(&[X, X, Any], Give::X),
        (Xmile, "exprnd") => rule(&[X, Any], Give::X),
        // Counts in a step, of a rate for a unit of time.
        (Xmile, "poisson") => rule(&[Any, Any], Give::Anything),
        _ => return None,
    })
}
