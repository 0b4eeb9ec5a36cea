//! Success to the successful.

use super::{BRAUN, KIM, KIM_AND_ANDERSON, MEADOWS, SENGE};
use crate::causal::archetype::shape::{Archetype, Form, Role, Tie};

const ALLOCATION: usize = 0;
const FAVOURED: usize = 1;
const OTHER: usize = 2;

pub static ARCHETYPE: Archetype = Archetype {
    id: "success-to-the-successful",
    title: "Success to the successful",
    behaviour: "Whoever is ahead gets more of what success needs and moves further ahead, while \
                the other falls behind for want of it.",
    roles: &[
        Role::new("allocation", "allocation to one instead of the other"),
        Role::new("favoured", "success of the one"),
        Role::new("other", "success of the other"),
    ],
    forms: &[Form {
        ties: &[
            Tie::raises(ALLOCATION, FAVOURED),
            Tie::raises(FAVOURED, ALLOCATION),
            Tie::lowers(ALLOCATION, OTHER),
            Tie::lowers(OTHER, ALLOCATION),
        ],
        delays: &[],
        twins: None,
    }],
    telling: &[
        "{allocation} is the allocation",
        "{favoured} gains by it and draws more of it",
        "{other} loses by it",
    ],
    advice: "Ask what larger goal both serve, and share by that instead of by past success. Loosen \
             what makes the one's gain the other's loss, or level the field from time to time.",
    sources: &[SENGE, KIM, KIM_AND_ANDERSON, BRAUN, MEADOWS],
    question: "Does {other} do worse because it gets less, and get less because it does worse?",
};
