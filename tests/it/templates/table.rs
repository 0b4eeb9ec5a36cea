//! What every ready loop diagram must say: its links and its loops.

use loopstream::causal::LoopPolarity::{self, Balancing, Reinforcing};
use loopstream::model::Delay::{self, Delayed, None as Prompt};

/// One ready diagram.
pub struct Template {
    /// Its file in `public/templates`.
    pub file: &'static str,
    /// Cause, sign and effect; `||` marks a delayed link.
    pub links: &'static [&'static str],
    /// The name, sign and delay of each loop.
    pub loops: &'static [(&'static str, LoopPolarity, Delay)],
}

/// In the order of the index.
pub const TABLE: &[Template] = &[
    Template {
        file: "fear-of-deploying.json",
        links: &[
            "Batch size + Deployment risk",
            "Deployment risk + Failed deployments",
            "Failed deployments + Fear of deploying",
            "Fear of deploying - Deployment frequency",
            "Deployment frequency - Batch size",
            "Failed deployments + Approvals ||",
            "Approvals - Deployment frequency",
        ],
        loops: &[
            ("Fear spiral", Reinforcing, Prompt),
            ("Red tape", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "technical-debt.json",
        links: &[
            "Delivery gap + Schedule pressure",
            "Schedule pressure + Shortcuts",
            "Shortcuts + Velocity",
            "Velocity - Delivery gap",
            "Shortcuts + Technical debt ||",
            "Technical debt - Velocity",
        ],
        loops: &[
            ("Quick win", Balancing, Prompt),
            ("Debt trap", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "firefighting.json",
        links: &[
            "Incidents + Firefighting effort",
            "Firefighting effort - Incidents",
            "Firefighting effort - Improvement work",
            "Improvement work - Incidents ||",
        ],
        loops: &[
            ("Putting out fires", Balancing, Prompt),
            ("No time to improve", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "multitasking.json",
        links: &[
            "Work in progress + Context switches",
            "Context switches - Effective capacity",
            "Effective capacity + Throughput",
            "Throughput - Work in progress",
            "Work in progress + Lead time",
            "Lead time + Expedited work",
            "Expedited work + Work in progress",
            "Work in progress - Work started",
            "Work started + Work in progress",
        ],
        loops: &[
            ("Thrashing", Reinforcing, Prompt),
            ("Queue jumping", Reinforcing, Prompt),
            ("Pull", Balancing, Prompt),
        ],
    },
    Template {
        file: "blameless-learning.json",
        links: &[
            "Psychological safety + Incident reports",
            "Incident reports + Lessons learned",
            "Lessons learned - Repeat incidents ||",
            "Repeat incidents + Blame",
            "Blame - Psychological safety",
        ],
        loops: &[("Learning culture", Reinforcing, Delayed)],
    },
    Template {
        file: "limits-to-growth.json",
        links: &[
            "Throughput + Value delivered",
            "Value delivered + Investment",
            "Investment + Throughput",
            "Throughput + Bottleneck load",
            "Bottleneck load + Bottleneck queue ||",
            "Bottleneck queue - Throughput",
            "Investment + Bottleneck capacity ||",
            "Bottleneck capacity - Bottleneck queue",
        ],
        loops: &[
            ("Growth engine", Reinforcing, Prompt),
            ("The limit", Balancing, Delayed),
            ("Widening the bottleneck", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "utilisation-trap.json",
        links: &[
            "Delivery pressure + Utilisation",
            "Utilisation + Work queue",
            "Work queue + Lead time",
            "Lead time + Missed dates",
            "Missed dates + Delivery pressure",
            "Missed dates + New hires ||",
            "New hires - Utilisation",
        ],
        loops: &[
            ("Busier and later", Reinforcing, Prompt),
            ("Relief by hiring", Balancing, Delayed),
        ],
    },
    Template {
        file: "late-staffing.json",
        links: &[
            "Staffing gap + New hires ||",
            "New hires + Experienced staff ||",
            "Experienced staff - Staffing gap",
            "New hires + Training load",
            "Training load - Experienced staff",
        ],
        loops: &[
            ("Staffing up", Balancing, Delayed),
            ("Brooks's law", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "test-automation.json",
        links: &[
            "Automated tests - Feedback delay",
            "Feedback delay + Escaped defects",
            "Escaped defects + Rework",
            "Rework - Free time",
            "Free time + Automated tests ||",
        ],
        loops: &[("Tests pay for tests", Reinforcing, Delayed)],
    },
    Template {
        file: "change-board.json",
        links: &[
            "Failed changes + Approvals",
            "Approvals - Failed changes",
            "Approvals + Lead time",
            "Lead time + Batch size",
            "Batch size + Failed changes ||",
        ],
        loops: &[
            ("Control", Balancing, Prompt),
            ("Bundling", Reinforcing, Delayed),
        ],
    },
    Template {
        file: "toil-and-platform.json",
        links: &[
            "Toil - Engineering time",
            "Engineering time + Automation ||",
            "Automation - Toil ||",
            "Automation + Services in operation",
            "Services in operation + Toil",
        ],
        loops: &[
            ("Automation dividend", Reinforcing, Delayed),
            ("Growth eats the gain", Balancing, Delayed),
        ],
    },
    Template {
        file: "the-hero.json",
        links: &[
            "Outages + Heroic rescues",
            "Heroic rescues - Outages",
            "Outages + Knowledge sharing",
            "Knowledge sharing - Outages ||",
            "Heroic rescues - Knowledge sharing",
        ],
        loops: &[
            ("Rescue", Balancing, Prompt),
            ("Lasting cure", Balancing, Delayed),
            ("Dependence", Reinforcing, Delayed),
        ],
    },
];
