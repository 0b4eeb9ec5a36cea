//! Results as people read them.

use crate::model::{
    Calendar, Dimension, Estimate, TimeBasis, Unit, best_rate_unit, best_unit, duration_text_in,
    number_text, rate_text_in, share_text, unit_suffix,
};

use super::figure::Bound;
use super::figure::{Figure, FigureDimension, Input, InputRole, Outcome, Status};
use super::stated::Knowledge;

/// A number of a dimension in the unit that reads best: `23.6 d`, `920 per d`, `72.9 %`.
#[must_use]
pub fn amount_text(amount: f64, dimension: FigureDimension, calendar: &Calendar) -> String {
    amount_text_like(amount, amount, dimension, calendar)
}

/// A number of a dimension in the unit in which another one of it reads best.
#[must_use]
pub fn amount_text_like(
    amount: f64,
    like: f64,
    dimension: FigureDimension,
    calendar: &Calendar,
) -> String {
    let time = |calendar: &Calendar| duration_text_in(amount, best_unit(like, calendar), calendar);
    match dimension {
        FigureDimension::Time => time(calendar),
        FigureDimension::WorkingTime => time(&working(calendar)),
        FigureDimension::Rate => rate_text_in(amount, best_rate_unit(like, calendar), calendar),
        FigureDimension::Share => share_text(amount),
        FigureDimension::Items | FigureDimension::Number => number_text(amount),
    }
}

/// The same calendar with its spans in working time.
fn working(calendar: &Calendar) -> Calendar {
    Calendar {
        basis: TimeBasis::Working,
        ..*calendar
    }
}

/// An outcome: a number, likely with its bounds, or `unknown`.
#[must_use]
pub fn outcome_text(outcome: &Outcome, dimension: FigureDimension, calendar: &Calendar) -> String {
    let like = outcome.likely().unwrap_or_default();
    outcome_text_like(outcome, like, dimension, calendar)
}

/// An outcome in the unit in which another number of its dimension reads best.
fn outcome_text_like(
    outcome: &Outcome,
    like: f64,
    dimension: FigureDimension,
    calendar: &Calendar,
) -> String {
    let text = |amount: f64| amount_text_like(amount, like, dimension, calendar);
    match outcome {
        Outcome::Unknown => "unknown".to_owned(),
        Outcome::Known(amount) => text(*amount),
        Outcome::Range(Estimate { low, likely, high }) => {
            let [low, likely, high] = [low, likely, high].map(|amount| text(*amount));
            // Bounds that read like the number say nothing.
            match low == high {
                true => likely,
                false => format!("{likely} ({low} to {high})"),
            }
        }
    }
}

impl Figure {
    /// It as people read it.
    #[must_use]
    pub fn text(&self, calendar: &Calendar) -> String {
        let like = self.outcome.likely().unwrap_or_default();
        self.text_like(like, calendar)
    }

    /// It as people read it, in the unit in which another number of its kind reads best, so that
    /// the rows of a table can be compared.
    #[must_use]
    pub fn text_like(&self, like: f64, calendar: &Calendar) -> String {
        let dimension = self.kind.words().dimension;
        let text = outcome_text_like(&self.outcome, like, dimension, calendar);
        match (self.status, &self.outcome) {
            (_, Outcome::Unknown) => text,
            (Status::Bound(Bound::Upper), _) => format!("at most {text}"),
            (Status::Bound(Bound::Lower), _) => format!("at least {text}"),
            _ => text,
        }
    }

    /// How far it is to be trusted, in a word.
    #[must_use]
    pub const fn status_word(&self) -> &'static str {
        match (&self.outcome, self.status) {
            (Outcome::Unknown, _) => "unknown",
            (Outcome::Range(_), Status::Exact) => "exact, from estimates",
            (_, Status::Exact) => "exact",
            (_, Status::Approximation) => "approximation",
            (_, Status::Bound(Bound::Upper)) => "upper bound",
            (_, Status::Bound(Bound::Lower)) => "lower bound",
            (_, Status::Assumed) => "rests on an assumption",
            (_, Status::Growing) => "grows: no steady state",
            (_, Status::Simulated) => "simulated",
        }
    }
}

/// A range in words; one number where both ends read alike.
#[must_use]
pub fn span_text(low: String, high: &str) -> String {
    match low == high {
        true => low,
        false => format!("{low} to {high}"),
    }
}

/// Where the numbers come from that a result was worked out from, in words: `from 1 guess`; none
/// where there are none.
#[must_use]
pub fn provenance_words(inputs: &[Input]) -> Option<String> {
    let used = inputs.iter().filter(|input| input.role == InputRole::Used);
    let of: Vec<Knowledge> = used.map(|input| input.knowledge).collect();
    let count = |knowledge: Knowledge| of.iter().filter(|one| **one == knowledge).count();
    let some = |number: usize, one: &str, more: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {more}")),
    };
    let guesses = some(count(Knowledge::Guessed), "guess", "guesses");
    let estimates = some(count(Knowledge::Estimated), "estimate", "estimates");
    match (guesses, estimates, of.len()) {
        (None, None, 0) => None,
        (None, None, all) if count(Knowledge::Measured) == all => Some("all measured".to_owned()),
        (None, None, all) if count(Knowledge::Stated) == all => Some("as stated".to_owned()),
        (None, None, _) => Some("stated and measured".to_owned()),
        (Some(one), None, _) | (None, Some(one), _) => Some(format!("from {one}")),
        (Some(one), Some(other), _) => Some(format!("from {one} and {other}")),
    }
}

/// How the times of a calendar count, in words.
#[must_use]
pub fn basis_words(calendar: &Calendar) -> String {
    match calendar.basis {
        TimeBasis::Clock => "on the clock: 24 h a day, 7 days a week".to_owned(),
        TimeBasis::Working => {
            let day = calendar.seconds_per_day;
            let unit = best_unit(
                day,
                &Calendar {
                    basis: TimeBasis::Clock,
                    ..*calendar
                },
            );
            let unit = if unit == Unit::Day { Unit::Hour } else { unit };
            debug_assert!(unit.dimension() == Dimension::Time);
            format!(
                "in working time: {}{} a day, {} days a week",
                number_text(day / calendar.seconds_in(unit)),
                unit_suffix(unit),
                number_text(calendar.days_per_week)
            )
        }
    }
}
