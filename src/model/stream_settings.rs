//! What is said of the value stream of a document as a whole.

use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, TimeBasis};
use super::measure::Measure;
use super::path_names::PathNames;
use super::record::{is_default, merge_as_a_whole, record};
use super::stream_run::StreamRun;

/// Which words and templates people see; it changes no number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pack {
    /// Software delivery: work items, people, backlog.
    #[default]
    Software,
    /// Manufacturing: pieces, machines, inventory.
    Manufacturing,
}

merge_as_a_whole!(Pack);

record! {
    /// What is said of the value stream as a whole.
    pub struct StreamSettings {
        /// Which words people see.
        #[serde(default, skip_serializing_if = "is_default")]
        pub pack: Pack,
        /// What a day of a span of time is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub basis: TimeBasis,
        /// Working time in a working day, in seconds: 1 to 86,400.
        #[serde(default = "usual_seconds_per_day", skip_serializing_if = "is_usual_day")]
        pub seconds_per_day: f64,
        /// Working days in a week: 0.1 to 7.
        #[serde(default = "usual_days_per_week", skip_serializing_if = "is_usual_week")]
        pub days_per_week: f64,
        /// How many items are in it at any time, if that is held constant.
        #[serde(default, skip_serializing_if = "is_default")]
        pub work_limit: Option<Measure>,
        /// How many items are in it, counted over all its places: the mean.
        #[serde(default, skip_serializing_if = "is_default")]
        pub work_in_progress: Option<Measure>,
        /// What comes out, as it was counted: also more than the steps can do in regular time.
        #[serde(default, skip_serializing_if = "is_default")]
        pub throughput: Option<Measure>,
        /// The names of paths through it.
        #[serde(default, skip_serializing_if = "is_default")]
        pub paths: PathNames,
        /// How it is run item by item.
        #[serde(default, skip_serializing_if = "is_default")]
        pub run: StreamRun,
    }
}

fn usual_seconds_per_day() -> f64 {
    Calendar::default().seconds_per_day
}

fn usual_days_per_week() -> f64 {
    Calendar::default().days_per_week
}

#[expect(
    clippy::float_cmp,
    reason = "the default itself is left out, nothing near it"
)]
fn is_usual_day(seconds: &f64) -> bool {
    *seconds == usual_seconds_per_day()
}

#[expect(
    clippy::float_cmp,
    reason = "the default itself is left out, nothing near it"
)]
fn is_usual_week(days: &f64) -> bool {
    *days == usual_days_per_week()
}

impl Default for StreamSettings {
    fn default() -> Self {
        Self {
            pack: Pack::default(),
            basis: TimeBasis::default(),
            seconds_per_day: usual_seconds_per_day(),
            days_per_week: usual_days_per_week(),
            work_limit: None,
            work_in_progress: None,
            throughput: None,
            paths: PathNames::default(),
            run: StreamRun::default(),
        }
    }
}

impl StreamSettings {
    /// When the stream works, and how its spans of time are counted.
    #[must_use]
    pub const fn calendar(&self) -> Calendar {
        Calendar {
            basis: self.basis,
            seconds_per_day: self.seconds_per_day,
            days_per_week: self.days_per_week,
            rate_unit: None,
        }
    }

    /// Sets when the stream works, and how its spans of time are counted.
    pub const fn set_calendar(&mut self, calendar: Calendar) {
        self.basis = calendar.basis;
        self.seconds_per_day = calendar.seconds_per_day;
        self.days_per_week = calendar.days_per_week;
    }
}
