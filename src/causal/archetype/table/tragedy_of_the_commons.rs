//! Tragedy of the commons.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, MEADOWS, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Role, Tie};

const TOTAL: usize = 0;
const ONE: usize = 1;
const OTHER: usize = 2;
const GAIN_ONE: usize = 3;
const GAIN_OTHER: usize = 4;
const YIELD: usize = 5;

pub static ARCHETYPE: Archetype = Archetype {
    id: "tragedy-of-the-commons",
    title: "Tragedy of the commons",
    behaviour: "Each side gains by using more of what is shared, until it is overused and the \
                gains of all collapse.",
    roles: &[
        Role::either("total", "total use of the commons"),
        Role::new("one", "one side's activity"),
        Role::new("other", "other side's activity"),
        Role::new("one-gain", "one side's gain"),
        Role::new("other-gain", "other side's gain"),
        Role::new("yield", "gain per activity"),
    ],
    forms: &[
        Form {
            ties: &[
                Tie::raises(ONE, GAIN_ONE),
                Tie::raises(GAIN_ONE, ONE),
                Tie::raises(OTHER, GAIN_OTHER),
                Tie::raises(GAIN_OTHER, OTHER),
                Tie::raises(ONE, TOTAL),
                Tie::raises(OTHER, TOTAL),
                Tie::lowers(TOTAL, YIELD),
                Tie::raises(YIELD, GAIN_ONE),
                Tie::raises(YIELD, GAIN_OTHER),
            ],
            delays: &[&[6, 7], &[6, 8]],
            twins: Some((ONE, OTHER)),
        },
        // The total and the gain per activity drawn as one: what is left of the commons.
        Form {
            ties: &[
                Tie::raises(ONE, GAIN_ONE),
                Tie::raises(GAIN_ONE, ONE),
                Tie::raises(OTHER, GAIN_OTHER),
                Tie::raises(GAIN_OTHER, OTHER),
                Tie::raises(ONE, TOTAL),
                Tie::raises(OTHER, TOTAL),
                Tie::lowers(TOTAL, GAIN_ONE),
                Tie::lowers(TOTAL, GAIN_OTHER),
            ],
            delays: &[&[4, 6], &[5, 7]],
            twins: Some((ONE, OTHER)),
        },
    ],
    telling: &[
        "{one} and {other} are the activities, for the sake of {one-gain} and {other-gain}",
        "{~total} is the use of what both share",
        "{yield} is the gain per activity, which sinks with it",
    ],
    advice: "Show everyone the whole use and its cost, and let those who use it agree on rules. \
             Limits work best where what each one takes comes back to that one at once.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN, MEADOWS],
    question: "Do {one} and {other} draw on the same thing, without anyone minding the whole?",
};
