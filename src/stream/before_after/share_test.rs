//! Two shares: Fisher's exact test, and the interval of their difference.

use super::NORMAL_975;
use crate::model::Share;

/// What is said of two shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareTest {
    /// The chance of a table at least so unlikely if nothing had changed: 0 to 1.
    pub chance: f64,
    /// The share after less that before, from −1 to 1.
    pub difference: f64,
    /// From where the difference may well be: the lower end of the interval of 95 %.
    pub low: f64,
    /// Up to where it may well be.
    pub high: f64,
}

impl ShareTest {
    /// Compares two shares.
    #[must_use]
    pub fn of(before: Share, after: Share) -> Self {
        let (low, high) = newcombe(before, after);
        Self {
            chance: fisher(before, after),
            difference: after.part() - before.part(),
            low,
            high,
        }
    }
}

/// Fisher's exact test, two-sided: the chance of all tables with the same sums that are at most as
/// likely as this one (Fisher 1935, "The logic of inductive inference"; Agresti 1992, "A survey of
/// exact inference for contingency tables").
///
/// The chances are those of the hypergeometric distribution. They are found one from the other,
/// beginning with the likeliest, so that none is too large for a number.
#[must_use]
pub fn fisher(before: Share, after: Share) -> f64 {
    /// Tables are as likely as this one where rounding alone sets them apart.
    const ROUNDING: f64 = 1.0 + 1e-7;
    let (n, other) = (u64::from(before.of), u64::from(after.of));
    let with = u64::from(before.with) + u64::from(after.with);
    let least = with.saturating_sub(other);
    let most = with.min(n);
    let likeliest = ((n + 1) * (with + 1) / (n + other + 2)).clamp(least, most);
    // How much likelier a table is with one more of them before: the number of such, over that of
    // the others.
    let ratio = |x: u64| {
        let more = (with - x) as f64 * (n - x) as f64;
        let fewer = (x + 1) as f64 * (other + x + 1 - with) as f64;
        more / fewer
    };
    let mut up = Vec::new();
    let mut weight = 1.0;
    for x in likeliest..most {
        weight *= ratio(x);
        up.push(weight);
    }
    let mut down = Vec::new();
    weight = 1.0;
    for x in (least..likeliest).rev() {
        weight /= ratio(x);
        down.push(weight);
    }
    // The smallest first, so that none is lost.
    let weights = down.iter().rev().chain([&1.0]).chain(&up);
    let weights: Vec<f64> = weights.copied().collect();
    let place = usize::try_from(u64::from(before.with) - least).unwrap_or(usize::MAX);
    let own = weights.get(place).copied().unwrap_or_default();
    let all: f64 = weights.iter().sum();
    let rare = weights.iter().filter(|weight| **weight <= own * ROUNDING);
    (rare.sum::<f64>() / all).min(1.0)
}

/// The interval of 95 % of the share after less that before: Newcombe's hybrid of two of Wilson's
/// intervals (Newcombe 1998, "Interval estimation for the difference between independent
/// proportions", method 10).
#[must_use]
pub fn newcombe(before: Share, after: Share) -> (f64, f64) {
    let (one, other) = (before.part(), after.part());
    let ((low_one, high_one), (low_other, high_other)) = (wilson(before), wilson(after));
    let difference = other - one;
    (
        difference - (other - low_other).hypot(high_one - one),
        difference + (high_other - other).hypot(one - low_one),
    )
}

/// Wilson's interval of 95 % of a share (Wilson 1927, "Probable inference, the law of succession, and
/// statistical inference").
fn wilson(share: Share) -> (f64, f64) {
    let (part, count) = (share.part(), f64::from(share.of));
    let square = NORMAL_975 * NORMAL_975;
    let middle = part + square / (2.0 * count);
    let spread = NORMAL_975 * (part * (1.0 - part) / count + square / (4.0 * count * count)).sqrt();
    let below = 1.0 + square / count;
    (
        ((middle - spread) / below).max(0.0),
        ((middle + spread) / below).min(1.0),
    )
}
