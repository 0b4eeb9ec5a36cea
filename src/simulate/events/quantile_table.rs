//! Quantiles of laws that have no formula for them, read from a table.

use super::special::{beta_quantile, gamma_quantile, ln_gamma};

/// Quantiles at even steps of the log-odds of the share, joined by cubics with the slopes of the law
/// (Hermite). Beyond the table, 6 draws in 100,000 at either end, each quantile is searched.
///
/// In the log-odds both tails are smooth, so the cubics are good to about 1e-8 of the span of the
/// law; a test holds them against the searched quantiles.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct QuantileTable {
    law: Standard,
    /// Quantile and slope per step, at each node.
    nodes: Vec<(f64, f64)>,
}

/// A law in its standard form.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Standard {
    Beta(f64, f64),
    Gamma(f64),
}

/// The log-odds at the ends of the table.
const END: f64 = 9.7;
const STEPS: usize = 400;
const STEP: f64 = 2.0 * END / STEPS as f64;

impl Standard {
    fn quantile(self, share: f64) -> f64 {
        match self {
            Self::Beta(a, b) => beta_quantile(a, b, share),
            Self::Gamma(shape) => gamma_quantile(shape, share),
        }
    }

    fn ln_density(self, x: f64) -> f64 {
        match self {
            Self::Beta(a, b) => {
                let ln_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
                (a - 1.0) * x.ln() + (b - 1.0) * (-x).ln_1p() - ln_beta
            }
            Self::Gamma(shape) => (shape - 1.0) * x.ln() - x - ln_gamma(shape),
        }
    }
}

impl QuantileTable {
    /// Of a beta law with these shapes, each at least 1.
    pub(super) fn of_beta(a: f64, b: f64) -> Self {
        Self::of(Standard::Beta(a, b))
    }

    /// Of a gamma law with this shape and scale 1.
    pub(super) fn of_gamma(shape: f64) -> Self {
        Self::of(Standard::Gamma(shape))
    }

    fn of(law: Standard) -> Self {
        let node = |step: usize| {
            let odds = step as f64 * STEP - END;
            let share = 1.0 / (1.0 + (-odds).exp());
            let x = law.quantile(share);
            // dx / dlog-odds = share (1 - share) / density.
            let slope = (share * (1.0 - share)) / law.ln_density(x).exp();
            (x, slope * STEP)
        };
        Self {
            law,
            nodes: (0..=STEPS).map(node).collect(),
        }
    }

    /// The quantile of a share from 0 to 1, neither of them.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let place = ((share / (1.0 - share)).ln() + END) / STEP;
        if !(place >= 0.0 && place < STEPS as f64) {
            return self.law.quantile(share);
        }
        let node = place as usize;
        let part = place - node as f64;
        let ((from, rise), (to, rise_to)) = (self.nodes[node], self.nodes[node + 1]);
        let gap = to - from;
        // Hermite's cubic in the form of Horner.
        let second = 3.0 * gap - 2.0 * rise - rise_to;
        let third = rise + rise_to - 2.0 * gap;
        from + part * (rise + part * (second + part * third))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_as_good_as_the_search() {
        for law in [
            Standard::Beta(1.5, 4.5),
            Standard::Beta(1.0, 5.0),
            Standard::Beta(5.0, 1.0),
            Standard::Beta(3.0, 3.0),
            Standard::Gamma(0.25),
            Standard::Gamma(0.444_444),
            Standard::Gamma(2.0),
            Standard::Gamma(4.0),
            Standard::Gamma(100.0),
        ] {
            let table = QuantileTable::of(law);
            let span = law.quantile(0.99);
            let mut before = 0.0;
            for step in 1..5_000 {
                let share = f64::from(step) / 5_000.0;
                let (quick, slow) = (table.quantile(share), law.quantile(share));
                assert!(
                    (quick - slow).abs() < 1e-7 * span,
                    "{law:?} {share} {quick} {slow}"
                );
                assert!(quick >= before, "{law:?} falls at {share}");
                before = quick;
            }
        }
    }
}
