//! Accidental adversaries.

use super::{BRAUN, FIELDBOOK};
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const ONE: usize = 0;
const OTHER: usize = 1;
const ONE_FIX: usize = 2;
const OTHER_FIX: usize = 3;
const ONE_HELP: usize = 4;
const OTHER_HELP: usize = 5;

pub static ARCHETYPE: Archetype = Archetype {
    id: "accidental-adversaries",
    title: "Accidental adversaries",
    behaviour: "Partners who could help each other fix their own problems in ways that harm the \
                other without intent, and become opponents.",
    roles: &[
        Role::new("one", "one side's success"),
        Role::new("other", "other side's success"),
        Role::new("one-fix", "one side's fix for itself"),
        Role::new("other-fix", "other side's fix for itself"),
        Role::new("one-help", "one side's help for the other"),
        Role::new("other-help", "other side's help for the one"),
    ],
    forms: &[Form {
        ties: &[
            Tie::lowers(ONE, ONE_FIX),
            Tie::raises(ONE_FIX, ONE),
            Tie::lowers(ONE_FIX, OTHER),
            Tie::lowers(OTHER, OTHER_FIX),
            Tie::raises(OTHER_FIX, OTHER),
            Tie::lowers(OTHER_FIX, ONE),
            Tie::raises(ONE, OTHER).perhaps_through(ONE_HELP, Position::First),
            Tie::raises(OTHER, ONE).perhaps_through(OTHER_HELP, Position::First),
        ],
        delays: &[],
        twins: Some((ONE, OTHER)),
    }],
    telling: &[
        "{one} and {other} are the successes of two partners, each of which helps the other",
        "{one-fix} mends {one} at the expense of {other}",
        "{other-fix} mends {other} at the expense of {one}",
        "{~one-help} is the help of the one",
        "{~other-help} is the help of the other",
    ],
    advice: "Bring the partners together to see the whole and what each one's fix does to the \
             other. Go back to what they wanted from working together, and choose fixes that spare \
             the other.",
    sources: &[FIELDBOOK, BRAUN],
    question: "Do the people behind {one-fix} know what it does to {other}?",
};
