//! Shifting the burden.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, MEADOWS, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const SYMPTOM: usize = 0;
const QUICK: usize = 1;
const FUNDAMENTAL: usize = 2;
const SIDE_EFFECT: usize = 3;

pub static ARCHETYPE: Archetype = Archetype {
    id: "shifting-the-burden",
    title: "Shifting the burden",
    behaviour: "The quick fix eases the symptom, and with that, or by its side effect, it weakens \
                the fundamental solution, so that it is needed more and more.",
    roles: &[
        Role::either("symptom", "symptom"),
        Role::new("quick", "quick fix"),
        Role::new("fundamental", "fundamental solution"),
        Role::new("side-effect", "side effect"),
    ],
    forms: &[Form {
        ties: &[
            Tie::raises(SYMPTOM, QUICK),
            Tie::lowers(QUICK, SYMPTOM),
            Tie::raises(SYMPTOM, FUNDAMENTAL),
            Tie::lowers(FUNDAMENTAL, SYMPTOM),
            Tie::lowers(QUICK, FUNDAMENTAL).perhaps_through(SIDE_EFFECT, Position::First),
        ],
        delays: &[&[2, 3]],
        twins: None,
    }],
    telling: &[
        "{quick} is the quick fix for {~symptom}",
        "{fundamental} is the fundamental solution, which takes longer",
        "{~side-effect} is the side effect that weakens it",
    ],
    advice: "Strengthen the fundamental solution, and let go of the quick fix step by step. Where \
             the quick fix is needed, use it to gain time for the other, and say so.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN, MEADOWS],
    question: "Does relying on {quick} take the strength or the will for {fundamental} away?",
};
