//! When a run of a model begins and ends, its step, and how stocks are carried over a step.

use serde::{Deserialize, Serialize};

use super::flaw::{FieldFlaw, Flaw};
use super::measure::MAXIMUM_AMOUNT;
use super::quantity::number_text;
use super::record::{is_default, merge_as_a_whole, record};

/// How stocks are carried over a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RunMethod {
    /// The slope at the start of the step.
    #[default]
    Euler,
    /// Runge and Kutta, second order.
    Rk2,
    /// Runge and Kutta, fourth order.
    Rk4,
}

merge_as_a_whole!(RunMethod);

impl RunMethod {
    /// All methods, the plainest first.
    pub const ALL: [Self; 3] = [Self::Euler, Self::Rk2, Self::Rk4];

    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Euler => "Euler",
            Self::Rk2 => "Runge-Kutta 2",
            Self::Rk4 => "Runge-Kutta 4",
        }
    }
}

record! {
    /// What a person set for runs. What is not set is that of the model that was opened, or else
    /// [`RunSettings::USUAL_START`] and its siblings.
    #[derive(Default)]
    pub struct RunSettings {
        /// The first time, in the unit of time.
        #[serde(default, skip_serializing_if = "is_default")]
        pub start: Option<f64>,
        /// The last time, in the unit of time.
        #[serde(default, skip_serializing_if = "is_default")]
        pub stop: Option<f64>,
        /// The step, in the unit of time: above 0.
        #[serde(default, skip_serializing_if = "is_default")]
        pub step: Option<f64>,
        /// The time from one saved row to the next, in the unit of time: above 0. Without it every
        /// step is saved.
        #[serde(default, skip_serializing_if = "is_default")]
        pub save_every: Option<f64>,
        /// How stocks are carried over a step.
        #[serde(default, skip_serializing_if = "is_default")]
        pub method: Option<RunMethod>,
        /// What time is counted in, such as "week"; may be empty.
        #[serde(default, skip_serializing_if = "is_default")]
        pub time_unit: String,
        /// What random numbers follow from.
        #[serde(default, skip_serializing_if = "is_default")]
        pub seed: i32,
    }
}

impl RunSettings {
    /// The first time where nobody set one.
    pub const USUAL_START: f64 = 0.0;
    /// The last time where nobody set one.
    pub const USUAL_STOP: f64 = 100.0;
    /// The step where nobody set one.
    pub const USUAL_STEP: f64 = 0.25;
    /// The least step.
    pub const LEAST_STEP: f64 = 1e-9;

    /// What is wrong with its fields.
    #[must_use]
    pub(super) fn flaws(&self) -> Vec<FieldFlaw> {
        let any = -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT;
        let step = Self::LEAST_STEP..=MAXIMUM_AMOUNT;
        let numbers = [
            ("run.start", self.start, &any),
            ("run.stop", self.stop, &any),
            ("run.step", self.step, &step),
            ("run.saveEvery", self.save_every, &step),
        ];
        let numbers = numbers.into_iter().filter_map(|(field, number, range)| {
            let flaw = Flaw::of_number(number?, range)?;
            Some(FieldFlaw::new(field, flaw))
        });
        let unit = Flaw::of_text(&self.time_unit, super::document::MAXIMUM_NAME);
        let unit = unit.map(|flaw| FieldFlaw::new("run.timeUnit", flaw));
        numbers.chain(unit).collect()
    }
}

/// A time with its unit in words, such as "20.2 weeks". A unit that is an English word for a time, in
/// lower case, has its plural; every other one stays as it was typed.
#[must_use]
pub fn time_words(time: f64, unit: &str) -> String {
    const WORDS: [&str; 8] = [
        "second", "minute", "hour", "day", "week", "month", "quarter", "year",
    ];
    let number = number_text(time);
    let unit = unit.trim();
    let plural = if number != "1" && WORDS.contains(&unit) {
        "s"
    } else {
        ""
    };
    format!("{number} {unit}{plural}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_plural_that_people_say() {
        let words = [(20.2, "week"), (1.0, "day"), (0.0, "hour"), (-1.0, "year")];
        let words = words.map(|(time, unit)| time_words(time, unit));
        assert_eq!(words, ["20.2 weeks", "1 day", "0 hours", "-1 years"]);
        let words = ["", "Weeks", "Woche", " months "].map(|unit| time_words(3.0, unit));
        assert_eq!(words, ["3", "3 Weeks", "3 Woche", "3 months"]);
    }
}
