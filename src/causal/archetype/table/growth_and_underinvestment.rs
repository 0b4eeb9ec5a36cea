//! Growth and underinvestment.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const PERFORMANCE: usize = 0;
const EFFORT: usize = 1;
const DEMAND: usize = 2;
const NEED: usize = 3;
const CAPACITY: usize = 4;
const STANDARD: usize = 5;
const INVESTMENT: usize = 6;

// What both forms share: the loop of investment, and the standard.
const NEEDED: Tie = Tie::lowers(PERFORMANCE, NEED);
const INVESTED: Tie = Tie::raises(NEED, CAPACITY).perhaps_through(INVESTMENT, Position::First);
const RELIEVED: Tie = Tie::raises(CAPACITY, PERFORMANCE);
const MEASURED: Tie = Tie::raises(STANDARD, NEED).directly();

pub static ARCHETYPE: Archetype = Archetype {
    id: "growth-and-underinvestment",
    title: "Growth and underinvestment",
    behaviour: "Growth nears a limit that investment could lift, but falling performance weakens \
                the growth first, and then the investment seems not to be needed.",
    roles: &[
        Role::new("performance", "performance"),
        Role::new("effort", "growth effort"),
        Role::new("demand", "demand"),
        Role::new("need", "perceived need to invest"),
        Role::new("capacity", "capacity"),
        Role::either("standard", "performance standard"),
        Role::new("investment", "investment"),
    ],
    forms: &[
        Form {
            ties: &[
                Tie::raises(EFFORT, DEMAND),
                Tie::raises(DEMAND, EFFORT),
                Tie::lowers(DEMAND, PERFORMANCE),
                Tie::raises(PERFORMANCE, EFFORT),
                NEEDED,
                INVESTED,
                RELIEVED,
                MEASURED,
            ],
            delays: &[&[5]],
            twins: None,
        },
        // Performance acts on the demand itself.
        Form {
            ties: &[
                Tie::raises(EFFORT, DEMAND),
                Tie::raises(DEMAND, EFFORT),
                Tie::lowers(DEMAND, PERFORMANCE),
                Tie::raises(PERFORMANCE, DEMAND),
                NEEDED,
                INVESTED,
                RELIEVED,
                MEASURED,
            ],
            delays: &[&[5]],
            twins: None,
        },
    ],
    telling: &[
        "{effort} and {demand} grow by each other",
        "{performance} is the performance that suffers from the demand",
        "{need} is the perceived need to invest, measured by {~standard}",
        "{capacity} is the capacity that comes late",
        "{investment} is the investment in it",
    ],
    advice: "Build capacity ahead of demand, as part of the plan for growth. Hold on to a standard \
             of performance that does not sink with what is delivered.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN],
    question: "Is {capacity} added only after {performance} has suffered for some time?",
};
