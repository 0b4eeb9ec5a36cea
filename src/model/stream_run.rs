//! What a person set for running a value stream item by item.

use serde::{Deserialize, Serialize};

use super::flaw::{FieldFlaw, Flaw};
use super::record::{is_default, merge_as_a_whole, record};

/// What an estimate of a time says of single items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EstimateLaw {
    /// Low and high are bounds, and between them and the likely time it rises and falls in straight
    /// lines.
    #[default]
    Triangular,
    /// Low and high are bounds, and the likely time counts four times (PERT).
    Pert,
    /// One item in ten is below low and one above high: log-normal. The likely time does not count.
    LogNormal,
}

/// How times differ of which a mean and a coefficient of variation are stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SpreadLaw {
    /// The gamma law: exponential where the coefficient is 1.
    #[default]
    Gamma,
    /// The log-normal law.
    LogNormal,
}

/// How items come where nobody has said how much the times between them vary.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ArrivalLaw {
    /// By chance: the times between them are exponential.
    #[default]
    Chance,
    /// Evenly: with equal times between them.
    Even,
}

/// What brings an outage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OutageLaw {
    /// The clock: it comes whether or not there is work.
    Clock,
    /// Use: only time that is worked counts.
    #[default]
    Use,
}

merge_as_a_whole!(EstimateLaw, SpreadLaw, ArrivalLaw, OutageLaw);

record! {
    /// What a person set for running the stream item by item. What is not set is as it usually is.
    pub struct StreamRun {
        /// What estimates of times say of single items.
        #[serde(default, skip_serializing_if = "is_default")]
        pub estimates: EstimateLaw,
        /// How times differ of which a mean and a coefficient of variation are stated.
        #[serde(default, skip_serializing_if = "is_default")]
        pub spread: SpreadLaw,
        /// How items come where nobody has said how much the times between them vary.
        #[serde(default, skip_serializing_if = "is_default")]
        pub arrivals: ArrivalLaw,
        /// What brings outages.
        #[serde(default, skip_serializing_if = "is_default")]
        pub outages: OutageLaw,
        /// What random numbers follow from.
        #[serde(default = "usual_seed", skip_serializing_if = "is_usual_seed")]
        pub seed: u32,
        /// How often it is run: 2 to 200.
        #[serde(default = "usual_replications", skip_serializing_if = "is_usual_replications")]
        pub replications: u32,
        /// How long a run is, in working days: over 0. Without it so long that enough items leave.
        #[serde(default, skip_serializing_if = "is_default")]
        pub days: Option<f64>,
        /// When items come, in working hours from the start, not falling; at most 2,000. They come
        /// at these times and at no others; if there are none, as they are asked for.
        #[serde(default, skip_serializing_if = "is_default")]
        pub schedule: Vec<f64>,
    }
}

const fn usual_seed() -> u32 {
    StreamRun::USUAL_SEED
}

const fn usual_replications() -> u32 {
    StreamRun::USUAL_REPLICATIONS
}

const fn is_usual_seed(seed: &u32) -> bool {
    *seed == StreamRun::USUAL_SEED
}

const fn is_usual_replications(replications: &u32) -> bool {
    *replications == StreamRun::USUAL_REPLICATIONS
}

impl Default for StreamRun {
    fn default() -> Self {
        Self {
            estimates: EstimateLaw::default(),
            spread: SpreadLaw::default(),
            arrivals: ArrivalLaw::default(),
            outages: OutageLaw::default(),
            seed: Self::USUAL_SEED,
            replications: Self::USUAL_REPLICATIONS,
            days: None,
            schedule: Vec::new(),
        }
    }
}

impl StreamRun {
    /// The seed where nobody set one.
    pub const USUAL_SEED: u32 = 1;
    /// How often it is run where nobody said.
    pub const USUAL_REPLICATIONS: u32 = 20;
    /// How often it can be run.
    pub const REPLICATIONS: std::ops::RangeInclusive<u32> = 2..=200;
    /// How long a run can be, in working days.
    pub const DAYS: std::ops::RangeInclusive<f64> = 0.01..=1.0e6;
    /// When items can come, in working hours.
    pub const HOURS: std::ops::RangeInclusive<f64> = 0.0..=1.0e7;
    /// How many items can have a time to come at.
    pub const MOST_TIMES: usize = 2_000;

    /// What is wrong with its fields.
    #[must_use]
    pub(super) fn flaws(&self) -> Vec<FieldFlaw> {
        let (least, most) = Self::REPLICATIONS.into_inner();
        let often = f64::from(least)..=f64::from(most);
        let counted = Flaw::of_number(f64::from(self.replications), &often);
        let counted = counted.map(|flaw| FieldFlaw::new("stream.run.replications", flaw));
        let long = self
            .days
            .and_then(|days| Flaw::of_number(days, &Self::DAYS));
        let long = long.map(|flaw| FieldFlaw::new("stream.run.days", flaw));
        let many = (self.schedule.len() > Self::MOST_TIMES).then(|| {
            let flaw = Flaw::TooMany {
                count: self.schedule.len(),
                limit: Self::MOST_TIMES,
            };
            FieldFlaw::new("stream.run.schedule", flaw)
        });
        let out = self.schedule.iter().enumerate().find_map(|(place, hours)| {
            let flaw = Flaw::of_number(*hours, &Self::HOURS)?;
            Some(FieldFlaw::new(format!("stream.run.schedule.{place}"), flaw))
        });
        let falls = self.schedule.windows(2).position(|pair| pair[0] > pair[1]);
        let falls = falls.map(|place| {
            let field = format!("stream.run.schedule.{}", place + 1);
            FieldFlaw::new(field, Flaw::NotRising)
        });
        let flaws = [counted, long, many, out, falls];
        flaws.into_iter().flatten().collect()
    }
}
