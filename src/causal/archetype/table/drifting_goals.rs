//! Drifting goals, also called eroding goals.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, MEADOWS, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const GAP: usize = 0;
const GOAL: usize = 1;
const ACTUAL: usize = 2;
const ACTION: usize = 3;
const PRESSURE: usize = 4;

pub static ARCHETYPE: Archetype = Archetype {
    id: "drifting-goals",
    title: "Drifting goals",
    behaviour: "The gap is closed by lowering the goal instead of raising the actual state, and \
                both sink little by little.",
    roles: &[
        Role::new("gap", "gap"),
        Role::new("goal", "goal"),
        Role::new("actual", "actual state"),
        Role::new("action", "corrective action"),
        Role::new("pressure", "pressure to lower the goal"),
    ],
    forms: &[Form {
        ties: &[
            Tie::raises(GOAL, GAP),
            Tie::lowers(ACTUAL, GAP),
            Tie::raises(GAP, ACTUAL).through(ACTION, Position::First),
            Tie::lowers(GAP, GOAL).perhaps_through(PRESSURE, Position::First),
        ],
        delays: &[&[2]],
        twins: None,
    }],
    telling: &[
        "{goal} is the goal and {actual} the actual state that make up the gap {gap}",
        "{action} is the corrective action",
        "{~pressure} is the pressure to lower the goal",
    ],
    advice: "Tie the goal to something outside, or to the best there has been, so that bad results \
             cannot lower it. Make every change of the goal a decision that is seen.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN, MEADOWS],
    question: "When {gap} lasts, is {goal} lowered?",
};
