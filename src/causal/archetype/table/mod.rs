//! The archetypes, one file each. A new one is a file and a line here.

mod accidental_adversaries;
mod attractiveness_principle;
mod balancing_with_delay;
mod drifting_goals;
mod escalation;
mod fixes_that_fail;
mod growth_and_underinvestment;
mod limits_to_growth;
mod shifting_the_burden;
mod success_to_the_successful;
mod tragedy_of_the_commons;

use super::shape::Archetype;

/// All of them, in the order in which they are usually taught.
pub static ARCHETYPES: [&Archetype; 11] = [
    &balancing_with_delay::ARCHETYPE,
    &limits_to_growth::ARCHETYPE,
    &shifting_the_burden::ARCHETYPE,
    &fixes_that_fail::ARCHETYPE,
    &drifting_goals::ARCHETYPE,
    &escalation::ARCHETYPE,
    &success_to_the_successful::ARCHETYPE,
    &tragedy_of_the_commons::ARCHETYPE,
    &growth_and_underinvestment::ARCHETYPE,
    &accidental_adversaries::ARCHETYPE,
    &attractiveness_principle::ARCHETYPE,
];

const SENGE: &str = "Senge 1990, The Fifth Discipline";
const FIELDBOOK: &str = "Senge et al. 1994, The Fifth Discipline Fieldbook";
const KIM: &str = "Kim 1992, Systems Archetypes I";
const KIM_AND_ANDERSON: &str = "Kim & Anderson 1998, Systems Archetype Basics";
const BRAUN: &str = "Braun 2002, The System Archetypes";
const MEADOWS: &str = "Meadows 2008, Thinking in Systems";
