//! The constant that turns a unit of time into another one, such as 7 days per week.

use super::clock::{Lasts, unit_of_time};
use super::report::Clash;
use super::unit::Unit;
use super::words::key;
use crate::equation::Span;

/// How many of one unit of time another one is, as a constant that a model can have.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeFactor {
    /// What it is called, such as "days per week".
    pub name: String,
    /// How many.
    pub number: f64,
    /// Its unit, such as "day/week".
    pub unit: Unit,
}

/// What makes a part of an equation agree with the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Convert {
    /// The part that is counted in another unit of time.
    pub part: Span,
    /// What it is to be multiplied by.
    pub factor: TimeFactor,
    /// To which power; below 0 it is divided.
    pub power: i32,
}

impl Clash {
    /// What makes the two sides agree, where they differ by one unit of time. The side is converted
    /// that is not in the unit that is said of the variable; without that the right one.
    #[must_use]
    pub fn convert(&self, stated: Option<&Unit>) -> Option<Convert> {
        self.conversion.as_ref()?;
        let is_right_wanted = stated == Some(&self.right.unit);
        let (part, from, to) = match (self.left.span, self.right.span) {
            (Some(left), None) => (left, &self.left, &self.right),
            (Some(left), Some(_)) if is_right_wanted => (left, &self.left, &self.right),
            (_, Some(right)) => (right, &self.right, &self.left),
            (None, None) => return None,
        };
        let (factor, power) = TimeFactor::between(&from.unit, &to.unit)?;
        Some(Convert {
            part,
            factor,
            power,
        })
    }
}

impl TimeFactor {
    /// What a value of one unit is multiplied by, to some power, to be in another one; none where they
    /// differ in more than one pair of units of time.
    fn between(from: &Unit, to: &Unit) -> Option<(Self, i32)> {
        let ratio = to.over(from)?;
        let powers: Vec<_> = ratio.powers().collect();
        let &[(one, one_power), (other, other_power)] = powers.as_slice() else {
            return None;
        };
        let is_whole = one_power.under() == 1 && other_power.under() == 1;
        if !is_whole || one_power.over() != -other_power.over() {
            return None;
        }
        let [one, other] = [unit_of_time(one)?, unit_of_time(other)?];
        // A number above 1 is one that people know.
        let (small, large, power) = match one.lasts.in_seconds() < other.lasts.in_seconds() {
            true => (one, other, one_power.over()),
            false => (other, one, other_power.over()),
        };
        let [small_unit, large_unit] = [small, large].map(|it| Unit::base(&key(it.name), it.name));
        let number = match (small.lasts, large.lasts) {
            (Lasts::Seconds(small), Lasts::Seconds(large))
            | (Lasts::Months(small), Lasts::Months(large)) => large / small,
            (small, large) => large.in_seconds() / small.in_seconds(),
        };
        let factor = Self {
            name: format!("{} per {}", small.names, large.name),
            number,
            unit: small_unit.over(&large_unit)?,
        };
        Some((factor, power))
    }
}
