//! Balancing process with delay.

use super::{MEADOWS, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const STATE: usize = 0;
const ACTION: usize = 1;

pub static ARCHETYPE: Archetype = Archetype {
    id: "balancing-with-delay",
    title: "Balancing process with delay",
    behaviour: "The state overshoots and swings around its goal, because action goes on while \
                the effects of earlier action are still on their way.",
    roles: &[
        Role::new("state", "state"),
        Role::new("action", "corrective action"),
    ],
    forms: &[Form {
        ties: &[Tie::lowers(STATE, STATE).through(ACTION, Position::Last)],
        delays: &[&[0]],
        twins: None,
    }],
    telling: &["{action} acts on {state} late, and {state} acts back against it"],
    advice: "Count what is already under way before acting again. Correct more gently, or \
             shorten the delay; pushing harder makes the swings larger.",
    sources: &[SENGE, MEADOWS],
    question: "Does {state} swing, because the effect of {action} is seen late?",
};
