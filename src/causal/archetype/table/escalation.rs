//! Escalation.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, MEADOWS, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Role, Tie};

const RESULT: usize = 0;
const ONE: usize = 1;
const OTHER: usize = 2;

pub static ARCHETYPE: Archetype = Archetype {
    id: "escalation",
    title: "Escalation",
    behaviour: "Each side answers what the other does in order to stay ahead, and both end up \
                doing far more than either wanted.",
    roles: &[
        Role::new("result", "relative result"),
        Role::new("one", "one side's action"),
        Role::new("other", "other side's action"),
    ],
    forms: &[Form {
        ties: &[
            Tie::lowers(RESULT, ONE),
            Tie::raises(ONE, RESULT),
            Tie::raises(RESULT, OTHER),
            Tie::lowers(OTHER, RESULT),
        ],
        delays: &[],
        twins: None,
    }],
    telling: &[
        "{result} is the relative result",
        "{one} is the action of the one side, which raises it",
        "{other} is the action of the other, which lowers it",
    ],
    advice: "Look for a goal that both sides share. One side can stop answering, and show that it \
             is no threat; agreed limits can hold both.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN, MEADOWS],
    question: "Do two sides act here, each because {result} turns against it?",
};
