//! What was measured before and after, in plain words.

use serde::{Deserialize, Serialize};

use super::rank_test::Method;
use super::{Compared, FEWEST, LEVEL, ShareTest, Shift, Summary, compare};
use crate::model::{Experiment, Sample, Share, isolated, number_text, share_text};

/// What is said of the numbers of an experiment, each a sentence or two.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// What was measured before; empty where nothing was.
    pub before: String,
    /// What was measured after; empty where nothing was.
    pub after: String,
    /// The difference with its interval; empty where none can be said.
    pub difference: String,
    /// What chance alone would do, and how that was found; else why nothing can be said.
    pub chance: String,
}

impl Measured {
    /// The sentences, without those that say nothing.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        let all = [&self.before, &self.after, &self.difference, &self.chance];
        all.into_iter()
            .map(String::as_str)
            .filter(|words| !words.is_empty())
    }
}

/// What is said of the numbers of an experiment; none where nothing was measured.
#[must_use]
pub fn measured(experiment: &Experiment) -> Option<Measured> {
    let unit = Units(experiment.unit.trim());
    let side = |word: &str, sample: &Option<Sample>| {
        let sample = sample.as_ref()?;
        Some(format!("{word}: {}", sample_words(sample, &unit)))
    };
    let before = side("Before", &experiment.before);
    let after = side("After", &experiment.after);
    let (difference, chance) = match (&experiment.before, &experiment.after) {
        (None, None) => return None,
        (Some(_), None) => (
            String::new(),
            "Nothing was measured after it yet.".to_owned(),
        ),
        (None, Some(_)) => (String::new(), "Nothing was measured before it.".to_owned()),
        (Some(one), Some(other)) => compared_words(&compare(one, other), &unit),
    };
    Some(Measured {
        before: before.unwrap_or_default(),
        after: after.unwrap_or_default(),
        difference,
        chance,
    })
}

/// The unit in a person's words.
struct Units<'a>(&'a str);

impl Units<'_> {
    fn of(&self, number: f64) -> String {
        match self.0 {
            "" => number_text(number),
            unit => format!("{} {}", number_text(number), isolated(unit)),
        }
    }
}

fn sample_words(sample: &Sample, unit: &Units<'_>) -> String {
    match sample {
        Sample::Numbers(numbers) => match Summary::of(numbers) {
            Some(Summary {
                count,
                median,
                mean,
            }) => format!(
                "n = {}, median {}, mean {}.",
                number_text(count as f64),
                unit.of(median),
                unit.of(mean)
            ),
            None => String::new(),
        },
        Sample::Share(share) => format!("{}.", share_words(*share)),
    }
}

fn share_words(share: Share) -> String {
    let count = |number: u32| number_text(f64::from(number));
    format!(
        "{} of {}, {}",
        count(share.with),
        count(share.of),
        share_text(share.part())
    )
}

/// The difference and what chance would do.
fn compared_words(compared: &Compared, unit: &Units<'_>) -> (String, String) {
    match compared {
        Compared::Unlike => {
            let words = "One side has numbers and the other a share: they cannot be compared.";
            (String::new(), words.to_owned())
        }
        Compared::Numbers { test: None, .. } | Compared::Shares { test: None, .. } => {
            let words = format!(
                "Too few to tell: with fewer than {FEWEST} on one side nothing is tested. Measure \
                 more."
            );
            (String::new(), words)
        }
        Compared::Numbers {
            test: Some((test, shift)),
            before,
            after,
        } => {
            let method = match test.method {
                Method::Exact => "Mann\u{2013}Whitney test, exact",
                Method::Normal => {
                    "Mann\u{2013}Whitney test, normal with corrections for ties and continuity"
                }
            };
            let n = (before.count, after.count);
            (
                shift_words(shift, unit),
                chance_words(test.chance, method, n),
            )
        }
        Compared::Shares {
            test: Some(test),
            before,
            after,
        } => {
            let count = |share: &Share| usize::try_from(share.of).unwrap_or(usize::MAX);
            let n = (count(before), count(after));
            let method = "Fisher\u{2019}s exact test";
            (
                share_shift_words(test),
                chance_words(test.chance, method, n),
            )
        }
    }
}

/// Which way a difference goes, and how far: "lower by 2 d".
fn way(difference: f64, size: &str) -> String {
    match difference {
        _ if difference < 0.0 => format!("lower by {size}"),
        _ if difference > 0.0 => format!("higher by {size}"),
        _ => "the same".to_owned(),
    }
}

fn shift_words(shift: &Shift, unit: &Units<'_>) -> String {
    let way = |difference: f64| way(difference, &unit.of(difference.abs()));
    format!(
        "After it: {} (Hodges\u{2013}Lehmann shift; 95 % interval: from {} to {}).",
        way(shift.middle),
        way(shift.low),
        way(shift.high)
    )
}

fn share_shift_words(test: &ShareTest) -> String {
    let way = |difference: f64| {
        let points = number_text((difference.abs() * 1_000.0).round() / 10.0);
        match points.as_str() {
            "0" => way(0.0, ""),
            "1" => way(difference, "1 percentage point"),
            points => way(difference, &format!("{points} percentage points")),
        }
    };
    format!(
        "After it: {} (95 % interval: from {} to {}; Newcombe).",
        way(test.difference),
        way(test.low),
        way(test.high)
    )
}

/// What chance alone would do, with the number of things on both sides.
fn chance_words(chance: f64, method: &str, n: (usize, usize)) -> String {
    let how_often = match chance {
        _ if chance < 0.001 => "fewer than 1 of 1,000".to_owned(),
        _ if chance < 0.1 => format!("about {} of 1,000", (chance * 1_000.0).round()),
        _ => format!("about {} of 100", (chance * 100.0).round()),
    };
    let p = match chance {
        _ if chance < 0.001 => "p < 0.001".to_owned(),
        _ if chance < 0.1 => format!("p = {chance:.3}"),
        _ => format!("p = {chance:.2}"),
    };
    let verdict = match chance < LEVEL {
        true => {
            "The difference can hardly be put down to chance. What made it, the numbers do not say: \
             something else may have changed as well."
        }
        false => {
            "The difference cannot be told from chance with these numbers. That does not show that \
             there is none."
        }
    };
    let count = |n: usize| number_text(n as f64);
    format!(
        "{verdict} Had nothing changed, {how_often} such comparisons would differ as much or more \
         ({method}, {p}, n = {} and {}).",
        count(n.0),
        count(n.1)
    )
}
