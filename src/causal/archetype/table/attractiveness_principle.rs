//! Attractiveness principle.

use super::BRAUN;
use crate::causal::archetype::shape::{Archetype, Form, Position, Role, Tie};

const PERFORMANCE: usize = 0;
const ONE: usize = 1;
const OTHER: usize = 2;
const RESOURCE: usize = 3;
const EFFORT: usize = 4;

pub static ARCHETYPE: Archetype = Archetype {
    id: "attractiveness-principle",
    title: "Attractiveness principle",
    behaviour: "Growth meets several limits at once, and the one resource that could relax them \
                is not enough for all, so that no one thing can be best in every respect.",
    roles: &[
        Role::new("performance", "performance"),
        Role::either("one", "one limiting action"),
        Role::either("other", "other limiting action"),
        Role::either("resource", "resource that both limits draw on"),
        Role::new("effort", "growing action"),
    ],
    forms: &[Form {
        ties: &[
            Tie::raises(PERFORMANCE, ONE),
            Tie::lowers(ONE, PERFORMANCE),
            Tie::raises(PERFORMANCE, OTHER),
            Tie::lowers(OTHER, PERFORMANCE),
            Tie::lowers(RESOURCE, ONE),
            Tie::lowers(RESOURCE, OTHER),
            Tie::raises(PERFORMANCE, PERFORMANCE).through(EFFORT, Position::Last),
        ],
        delays: &[],
        twins: Some((ONE, OTHER)),
    }],
    telling: &[
        "{~effort} drives the growth of {performance}",
        "{~one} and {~other} are the limiting actions",
        "{~resource} is the resource that both draw on",
    ],
    advice: "Not every limit can be lifted. Decide which one matters most to those you serve, and \
             which to live with. Prefer to relax limits that ease each other.",
    sources: &[BRAUN],
    question: "Is there enough of {resource} for {one} and for {other}, or must you choose?",
};
