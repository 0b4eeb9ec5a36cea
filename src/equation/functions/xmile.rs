//! The functions and values of XMILE's language.

use super::{Constant, Function, any, constant, function, with};

const START: &[&str] = &["start"];
const SEED: &[&str] = &["seed"];

/// Every function, by name.
pub(super) const FUNCTIONS: &[Function] = &[
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
pub(super) const CONSTANTS: &[Constant] = &[
    constant("DT", "The length of a step, in units of time."),
    constant("INF", "More than any number."),
    constant("NAN", "Not a number: a value that is not known."),
    constant(
        "PI",
        "The ratio of a circle's circumference to its diameter.",
    ),
    constant("SELF", "The variable itself, as for PREVIOUS(SELF, 0)."),
    constant("STARTTIME", "The first time of the run."),
    constant("STOPTIME", "The last time of the run."),
    constant("TIME", "The time in the run."),
];
