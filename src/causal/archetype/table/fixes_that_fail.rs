//! Fixes that fail.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const SYMPTOM: usize = 0;
const FIX: usize = 1;
const CONSEQUENCE: usize = 2;

pub static ARCHETYPE: Archetype = Archetype {
    id: "fixes-that-fail",
    title: "Fixes that fail",
    behaviour: "The fix works at first, then the symptom comes back, often worse, as an unintended \
                consequence of the fix arrives.",
    roles: &[
        Role::either("symptom", "symptom"),
        Role::new("fix", "quick fix"),
        Role::new("consequence", "unintended consequence"),
    ],
    forms: &[Form {
        ties: &[
            Tie::raises(SYMPTOM, FIX),
            Tie::lowers(FIX, SYMPTOM),
            Tie::raises(FIX, SYMPTOM).through(CONSEQUENCE, Position::First),
        ],
        delays: &[&[2]],
        twins: None,
    }],
    telling: &[
        "{fix} is the quick fix for {~symptom}",
        "{~consequence} is the unintended consequence that later brings it back",
    ],
    advice: "Look past the relief to what the fix does later, and to what the symptom comes from. \
             Choose another fix, or soften its consequence, and use the relief to deal with the \
             cause.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN],
    question: "Some time after {fix}, is {symptom} back where it was, or worse?",
};
