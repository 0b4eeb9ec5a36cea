//! Limits to growth, also called limits to success.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const PERFORMANCE: usize = 0;
const LIMITING: usize = 1;
const CONSTRAINT: usize = 2;
const EFFORT: usize = 3;

pub static ARCHETYPE: Archetype = Archetype {
    id: "limits-to-growth",
    title: "Limits to growth",
    behaviour: "Growth that feeds itself slows down, stops or turns round as it nears a limit.",
    roles: &[
        Role::new("performance", "performance"),
        Role::either("limiting", "limiting action"),
        Role::either("constraint", "constraint"),
        Role::new("effort", "growing action"),
    ],
    forms: &[Form {
        ties: &[
            Tie::raises(PERFORMANCE, LIMITING),
            Tie::lowers(LIMITING, PERFORMANCE),
            Tie::raises(CONSTRAINT, LIMITING).directly(),
            Tie::raises(PERFORMANCE, PERFORMANCE).through(EFFORT, Position::Last),
        ],
        delays: &[],
        twins: None,
    }],
    telling: &[
        "{~effort} drives the growth of {performance}",
        "{~limiting} is the limiting action",
        "{~constraint} is the constraint behind it",
    ],
    advice: "Pushing the growth harder only meets the limit sooner. Find what limits, and relax \
             that. Look for the next limit while growth is still easy.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN],
    question: "Does {performance} level off, however much goes into {effort}?",
};
