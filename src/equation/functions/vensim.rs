//! The functions and values of Vensim's language.
//!
//! `INTEG` is not here: of a stock a person writes the value at the start, and links say what flows.

use super::{Constant, Function, constant, function};

/// Every function, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    function("ABS", &["value"], "The value without its sign."),
    function(
        "ACTIVE INITIAL",
        &["value", "start"],
        "The value, and start in its place while the run begins, which breaks circles.",
    ),
    function(
        "ALLOCATE AVAILABLE",
        &["request", "profile", "available"],
        "What each requester gets of what is available, by curves: the profile is type, priority, \
         width and extra.",
    ),
    function(
        "ALLOCATE BY PRIORITY",
        &["request", "priority", "size", "width", "supply"],
        "What each requester gets of a supply: one whose priority is higher by the width comes \
         before the other.",
    ),
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
        "DELAY FIXED",
        &["input", "time", "start"],
        "The input as it was so much time ago, and start before that.",
    ),
    function(
        "DELAY N",
        &["input", "time", "start", "stocks"],
        "The input after passing through so many stocks in a row, this time in all on average.",
    ),
    function(
        "DELAY1",
        &["input", "time"],
        "The input after passing through one stock that is left after this time on average.",
    ),
    function(
        "DELAY1I",
        &["input", "time", "start"],
        "As DELAY1, with start as its first value.",
    ),
    function(
        "DELAY3",
        &["input", "time"],
        "The input after passing through three stocks in a row, this time in all on average.",
    ),
    function(
        "DELAY3I",
        &["input", "time", "start"],
        "As DELAY3, with start as its first value.",
    ),
    function(
        "ELMCOUNT",
        &["dimension"],
        "How many elements a dimension has.",
    ),
    function("EXP", &["value"], "The number e to the power of the value."),
    function(
        "FORECAST",
        &["input", "time", "horizon"],
        "The input as far ahead as the horizon, if its trend over this time goes on.",
    ),
    function("GAME", &["value"], "The value: here nobody plays."),
    function(
        "GAMMA LN",
        &["value"],
        "The natural logarithm of the gamma function.",
    ),
    function(
        "IF THEN ELSE",
        &["condition", "value", "otherwise"],
        "The value where the condition holds, and otherwise the other one.",
    ),
    function(
        "INITIAL",
        &["value"],
        "What the value was at the start of the run.",
    ),
    function(
        "INTEGER",
        &["value"],
        "The value without what stands after its point.",
    ),
    function(
        "INVERT MATRIX",
        &["matrix", "size"],
        "The inverse of a matrix with so many rows and columns.",
    ),
    function("LN", &["value"], "The natural logarithm."),
    function("LOG", &["value", "base"], "The logarithm to a base."),
    function(
        "LOOKUP BACKWARD",
        &["table", "x"],
        "What a table gives for the next lower x in it.",
    ),
    function(
        "LOOKUP EXTRAPOLATE",
        &["table", "x"],
        "What a table gives for x, with the slope at its ends beyond them.",
    ),
    function(
        "LOOKUP FORWARD",
        &["table", "x"],
        "What a table gives for the next higher x in it.",
    ),
    function(
        "LOOKUP INVERT",
        &["table", "y"],
        "The x for which a table gives y.",
    ),
    function("MAX", &["a", "b"], "The greater of the two."),
    function("MIN", &["a", "b"], "The lesser of the two."),
    function(
        "MODULO",
        &["a", "b"],
        "What is left of a when b is taken away as often as it goes, with the sign of a.",
    ),
    function(
        "NPV",
        &["stream", "rate", "start", "factor"],
        "The present value of a stream so far, discounted at this rate per unit of time.",
    ),
    function("POWER", &["a", "b"], "The number a to the power of b."),
    function(
        "PROD",
        &["array"],
        "The product of an array over its subscripts with !.",
    ),
    function(
        "PULSE",
        &["first time", "length"],
        "1 from the first time on for this length of time, else 0.",
    ),
    function(
        "PULSE TRAIN",
        &["first time", "length", "interval", "last time"],
        "1 for this length of time, again after each interval until the last time, else 0.",
    ),
    function(
        "QUANTUM",
        &["value", "step"],
        "The value down to a whole number of steps, towards 0.",
    ),
    function(
        "RAMP",
        &["slope", "first time", "last time"],
        "0 until the first time, then rising with the slope until the last.",
    ),
    function(
        "RANDOM 0 1",
        &[],
        "A random number in each step, each between 0 and 1 as likely as any other.",
    ),
    function(
        "RANDOM EXPONENTIAL",
        &["least", "most", "shift", "stretch", "seed"],
        "A random number in each step, exponentially distributed, stretched, shifted, and within \
         least and most.",
    ),
    function(
        "RANDOM NORMAL",
        &["least", "most", "mean", "deviation", "seed"],
        "A random number in each step, normally distributed, within least and most.",
    ),
    function(
        "RANDOM POISSON",
        &["least", "most", "mean", "shift", "stretch", "seed"],
        "A random number of events in each step, stretched, shifted, and within least and most.",
    ),
    function(
        "RANDOM UNIFORM",
        &["least", "most", "seed"],
        "A random number in each step, each between least and most as likely as any other.",
    ),
    function(
        "SAMPLE IF TRUE",
        &["condition", "value", "start"],
        "The value while the condition holds, then what it was last; start before that.",
    ),
    function("SIN", &["angle"], "The sine of an angle in radians."),
    function("SINH", &["value"], "The hyperbolic sine."),
    function(
        "SMOOTH",
        &["input", "time"],
        "The input smoothed: an average over about this time.",
    ),
    function(
        "SMOOTH N",
        &["input", "time", "start", "stocks"],
        "The input smoothed so many times in a row, this time in all.",
    ),
    function(
        "SMOOTH3",
        &["input", "time"],
        "The input smoothed three times in a row, this time in all.",
    ),
    function(
        "SMOOTH3I",
        &["input", "time", "start"],
        "As SMOOTH3, with start as its first value.",
    ),
    function(
        "SMOOTHI",
        &["input", "time", "start"],
        "As SMOOTH, with start as its first value.",
    ),
    function("SQRT", &["value"], "The square root."),
    function(
        "STEP",
        &["height", "time"],
        "0 until this time, and the height from then on.",
    ),
    function(
        "SUM",
        &["array"],
        "The sum of an array over its subscripts with !.",
    ),
    function(
        "TABXL",
        &["table", "x"],
        "What a table gives for x, with the slope at its ends beyond them.",
    ),
    function("TAN", &["angle"], "The tangent of an angle in radians."),
    function("TANH", &["value"], "The hyperbolic tangent."),
    function(
        "TREND",
        &["input", "time", "trend at the start"],
        "How fast the input grows against its average over this time, as a share of it.",
    ),
    function(
        "VECTOR ELM MAP",
        &["element", "offset"],
        "The element of an array that stands so many places after this one.",
    ),
    function(
        "VECTOR RANK",
        &["vector", "direction"],
        "The place of each element in order: the least first where the direction is above 0.",
    ),
    function(
        "VECTOR SELECT",
        &["selection", "values", "missing", "action", "error"],
        "Of an array what is selected, put together by the action: 0 is the sum.",
    ),
    function(
        "VECTOR SORT ORDER",
        &["vector", "direction"],
        "Which element comes at each place: the least first where the direction is above 0.",
    ),
    function(
        "VMAX",
        &["array"],
        "The greatest of an array over its subscripts with !.",
    ),
    function(
        "VMIN",
        &["array"],
        "The least of an array over its subscripts with !.",
    ),
    function(
        "WITH LOOKUP",
        &["x", "((x1, y1), (x2, y2), …)"],
        "What the points give for x.",
    ),
    function(
        "XIDZ",
        &["a", "b", "otherwise"],
        "a / b, and otherwise where b is 0 or next to it.",
    ),
    function(
        "ZIDZ",
        &["a", "b"],
        "a / b, and 0 where b is 0 or next to it.",
    ),
];

/// Every value that the language itself has, by name.
pub(super) const CONSTANTS: &[Constant] = &[
    constant("FINAL TIME", "The last time of the run."),
    constant("INITIAL TIME", "The first time of the run."),
    constant("SAVEPER", "The time from one saved row to the next."),
    constant("TIME STEP", "The length of a step, in units of time."),
    constant("Time", "The time in the run."),
];
