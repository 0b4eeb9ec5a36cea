//! What the ready loop diagrams must say that each show one archetype: their links and loops.

use loopstream::causal::LoopPolarity::{Balancing, Reinforcing};
use loopstream::model::Delay::{Delayed, None as Prompt};

use super::table::Template;

/// In the order of the index, after those of the first table.
pub const ARCHETYPES: &[Template] = &[
    Template {
        file: "autoscaling.json",
        links: &[
            "Load per server + Load above target",
            "Target load - Load above target",
            "Load above target + Servers ordered",
            "Servers ordered + Servers running ||",
            "Servers running - Load per server",
            "Requests + Load per server",
        ],
        loops: &[("Scaling", Balancing, Delayed)],
    },
    Template {
        file: "sinking-quality.json",
        links: &[
            "Quality gap + Improvement work",
            "Improvement work + Quality delivered ||",
            "Quality delivered - Quality gap",
            "Quality gap + Pressure to ship",
            "Pressure to ship - Quality bar",
            "Quality bar + Quality gap",
        ],
        loops: &[
            ("Raising quality", Balancing, Delayed),
            ("Lowering the bar", Balancing, Prompt),
        ],
    },
    Template {
        file: "everything-is-urgent.json",
        links: &[
            "Web team's lead - Web team's worry",
            "Web team's worry + Urgent web tickets",
            "Urgent web tickets + Web team's lead",
            "Web team's lead + Mobile team's worry",
            "Mobile team's worry + Urgent mobile tickets",
            "Urgent mobile tickets - Web team's lead",
        ],
        loops: &[
            ("Web catches up", Balancing, Prompt),
            ("Mobile catches up", Balancing, Prompt),
        ],
    },
    Template {
        file: "hard-tasks-for-seniors.json",
        links: &[
            "Tasks for seniors + Practice of seniors",
            "Practice of seniors + Skill of seniors ||",
            "Skill of seniors + Tasks for seniors",
            "Tasks for seniors - Practice of juniors",
            "Practice of juniors + Skill of juniors ||",
            "Skill of juniors - Tasks for seniors",
        ],
        loops: &[
            ("Getting ahead", Reinforcing, Delayed),
            ("Falling behind", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "shared-test-environment.json",
        links: &[
            "Web team's test runs + Web team's feedback",
            "Web team's feedback + Web team's test runs",
            "Mobile team's test runs + Mobile team's feedback",
            "Mobile team's feedback + Mobile team's test runs",
            "Web team's test runs + Load on the environment",
            "Mobile team's test runs + Load on the environment",
            "Load on the environment - Feedback per test run ||",
            "Feedback per test run + Web team's feedback",
            "Feedback per test run + Mobile team's feedback",
        ],
        loops: &[
            ("Web gains", Reinforcing, Prompt),
            ("Mobile gains", Reinforcing, Prompt),
            ("Web pays", Balancing, Delayed),
            ("Mobile pays", Balancing, Delayed),
        ],
    },
    Template {
        file: "platform-outgrown.json",
        links: &[
            "Word of mouth + Teams on the platform",
            "Teams on the platform + Word of mouth",
            "Teams on the platform - Reliability",
            "Reliability + Word of mouth",
            "Reliability - Will to invest",
            "Reliability promised + Will to invest",
            "Will to invest + Investment",
            "Investment + Platform capacity ||",
            "Platform capacity + Reliability",
        ],
        loops: &[
            ("Growth", Reinforcing, Prompt),
            ("Slowdown", Balancing, Prompt),
            ("Building capacity", Balancing, Delayed),
        ],
    },
    Template {
        file: "partners-at-odds.json",
        links: &[
            "Features delivered - Rushed releases",
            "Rushed releases + Features delivered",
            "Rushed releases - Service stability",
            "Service stability - Change freezes",
            "Change freezes + Service stability ||",
            "Change freezes - Features delivered",
            "Features delivered + Work on operability",
            "Work on operability + Service stability ||",
            "Service stability + Help with pipelines",
            "Help with pipelines + Features delivered ||",
        ],
        loops: &[
            ("Helping", Reinforcing, Delayed),
            ("Hurry", Balancing, Prompt),
            ("Calm", Balancing, Delayed),
            ("Hurting", Reinforcing, Prompt),
            ("No time for pipelines", Reinforcing, Delayed),
            ("No time for operability", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "two-limits-one-team.json",
        links: &[
            "Users + Recommendations",
            "Recommendations + Users ||",
            "Users + Open questions",
            "Open questions - Users ||",
            "Users + Open wishes",
            "Open wishes - Users ||",
            "Hours of the team - Open questions",
            "Hours of the team - Open wishes",
        ],
        loops: &[
            ("Growth", Reinforcing, Delayed),
            ("Slow answers", Balancing, Delayed),
            ("Missing features", Balancing, Delayed),
        ],
    },
    Template {
        file: "push-and-brake.json",
        links: &[
            "Pace product wants + Push for releases",
            "Release pace - Push for releases",
            "Push for releases + Release pace ||",
            "Release pace + Release checks",
            "Pace operations trusts - Release checks",
            "Release checks - Release pace",
        ],
        loops: &[
            ("Pushing", Balancing, Delayed),
            ("Braking", Balancing, Prompt),
        ],
    },
    Template {
        file: "beating-the-coverage-rule.json",
        links: &[
            "Pressure for coverage + Tests that check",
            "Tests that check - Defects in use ||",
            "Defects in use + Pressure for coverage",
            "Pressure for coverage + Tests for the number",
            "Tests for the number + Coverage reported",
            "Coverage reported - Pressure for coverage",
            "Tests for the number - Tests that check",
        ],
        loops: &[
            ("As meant", Balancing, Delayed),
            ("Number met", Balancing, Prompt),
            ("Stricter rule", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "velocity-as-the-goal.json",
        links: &[
            "Velocity gap + Inflated estimates",
            "Inflated estimates + Velocity reported",
            "Velocity reported - Velocity gap",
            "Velocity gap - Time with users",
            "Time with users + Value for users ||",
            "Value for users - Velocity target",
            "Velocity target + Velocity gap",
        ],
        loops: &[
            ("The target is met", Balancing, Prompt),
            ("Faster the wrong way", Reinforcing, Delayed),
        ],
    },
];
