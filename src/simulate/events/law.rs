//! Laws of chance: how spans of time differ. Every draw is by inversion, from one number between 0
//! and 1, so that the same number gives a longer span where the law has longer ones.

use std::sync::Arc;

use super::quantile_table::QuantileTable;
use super::special::{gamma_quantile, quick_normal_quantile};

/// How a span of time varies. The unit is that of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Law(Form);

/// What a law is made of.
#[derive(Clone, Debug, PartialEq)]
enum Form {
    Constant(f64),
    Uniform {
        low: f64,
        high: f64,
    },
    Exponential {
        mean: f64,
    },
    Triangular {
        low: f64,
        likely: f64,
        high: f64,
    },
    Pert {
        low: f64,
        likely: f64,
        high: f64,
        table: Arc<QuantileTable>,
    },
    LogNormal {
        mu: f64,
        sigma: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
        table: Option<Arc<QuantileTable>>,
    },
    Measured(Arc<[f64]>),
}

/// Why numbers make no law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// A span is below 0, or no finite number.
    #[error("a span of time is a finite number, 0 or more")]
    NoSpan,
    /// The numbers do not rise from low to likely to high.
    #[error("low, likely and high have to rise")]
    NotRising,
    /// A percentile or a mean of a law that needs it is 0.
    #[error("this law needs numbers over 0")]
    NotOverZero,
    /// There are no measured spans.
    #[error("there are no measured spans of time")]
    Nothing,
}

/// log(0.9 quantile / 0.1 quantile) of a log-normal law over its sigma.
const TENTH_TO_NINE_TENTHS: f64 = 2.563_103_131_089_201;
/// Below this shape a gamma law is inverted anew for each draw: its quantiles span too many powers
/// of ten for a table.
const LEAST_SHAPE_OF_TABLE: f64 = 0.2;
/// Above this shape a gamma law is as good as constant, and is taken for log-normal.
const MOST_SHAPE: f64 = 1e6;

fn span(x: f64) -> Result<f64, LawError> {
    if x.is_finite() && x >= 0.0 {
        Ok(x)
    } else {
        Err(LawError::NoSpan)
    }
}

fn over_zero(x: f64) -> Result<f64, LawError> {
    if span(x)? > 0.0 {
        Ok(x)
    } else {
        Err(LawError::NotOverZero)
    }
}

fn rising(numbers: &[f64]) -> Result<(), LawError> {
    for number in numbers {
        span(*number)?;
    }
    if numbers.windows(2).all(|pair| pair[0] <= pair[1]) {
        Ok(())
    } else {
        Err(LawError::NotRising)
    }
}

impl Law {
    /// No time at all.
    pub const NONE: Self = Self(Form::Constant(0.0));

    /// Always the same.
    ///
    /// # Errors
    /// It is no span.
    pub fn constant(value: f64) -> Result<Self, LawError> {
        Ok(Self(Form::Constant(span(value)?)))
    }

    /// Anything from low to high, all alike.
    ///
    /// # Errors
    /// They are no spans, or do not rise.
    pub fn uniform(low: f64, high: f64) -> Result<Self, LawError> {
        rising(&[low, high])?;
        Ok(Self(Form::Uniform { low, high }))
    }

    /// The exponential law: what is left is as long as the whole, whatever has passed.
    ///
    /// # Errors
    /// The mean is not over 0.
    pub fn exponential(mean: f64) -> Result<Self, LawError> {
        let mean = over_zero(mean)?;
        Ok(Self(Form::Exponential { mean }))
    }

    /// The triangular law: low and high are bounds.
    ///
    /// # Errors
    /// They are no spans, or do not rise.
    pub fn triangular(low: f64, likely: f64, high: f64) -> Result<Self, LawError> {
        rising(&[low, likely, high])?;
        if low == high {
            return Self::constant(low);
        }
        Ok(Self(Form::Triangular { low, likely, high }))
    }

    /// The law of PERT: a beta law with shapes 1 + 4 (likely - low) / (high - low) and
    /// 1 + 4 (high - likely) / (high - low); low and high are bounds (Malcolm et al. 1959; Vose
    /// 2000 for the shapes).
    ///
    /// # Errors
    /// They are no spans, or do not rise.
    pub fn pert(low: f64, likely: f64, high: f64) -> Result<Self, LawError> {
        rising(&[low, likely, high])?;
        if low == high {
            return Self::constant(low);
        }
        let (a, b) = pert_shapes(low, likely, high);
        let table = Arc::new(QuantileTable::of_beta(a, b));
        Ok(Self(Form::Pert {
            low,
            likely,
            high,
            table,
        }))
    }

    /// The log-normal law of which one in ten is below the first number and one in ten above the
    /// second.
    ///
    /// # Errors
    /// They are not over 0, or do not rise.
    pub fn log_normal_between(tenth: f64, nine_tenths: f64) -> Result<Self, LawError> {
        rising(&[over_zero(tenth)?, over_zero(nine_tenths)?])?;
        let (low, high) = (tenth.ln(), nine_tenths.ln());
        Ok(Self(Form::LogNormal {
            mu: f64::midpoint(low, high),
            sigma: (high - low) / TENTH_TO_NINE_TENTHS,
        }))
    }

    /// The log-normal law with this mean and coefficient of variation:
    /// sigma² = ln(1 + cv²).
    ///
    /// # Errors
    /// The mean is not over 0, or the coefficient is below 0.
    pub fn log_normal(mean: f64, variation: f64) -> Result<Self, LawError> {
        let (mean, variation) = (over_zero(mean)?, span(variation)?);
        let variance = (variation * variation).ln_1p();
        Ok(Self(Form::LogNormal {
            mu: mean.ln() - variance / 2.0,
            sigma: variance.sqrt(),
        }))
    }

    /// The gamma law with this mean and coefficient of variation: 1 gives the exponential law,
    /// 1 / sqrt(k) that of Erlang with k stages, 0 a constant.
    ///
    /// # Errors
    /// The mean or the coefficient is below 0.
    pub fn gamma(mean: f64, variation: f64) -> Result<Self, LawError> {
        let (mean, variation) = (span(mean)?, span(variation)?);
        if mean == 0.0 || variation == 0.0 {
            return Self::constant(mean);
        }
        let shape = 1.0 / (variation * variation);
        if (shape - 1.0).abs() < 1e-12 {
            return Self::exponential(mean);
        }
        if shape > MOST_SHAPE {
            return Self::log_normal(mean, variation);
        }
        let has_table = shape >= LEAST_SHAPE_OF_TABLE;
        Ok(Self(Form::Gamma {
            shape,
            scale: mean / shape,
            table: has_table.then(|| Arc::new(QuantileTable::of_gamma(shape))),
        }))
    }

    /// The law of Erlang: the sum of so many exponential stages, with this mean in all.
    ///
    /// # Errors
    /// The mean is below 0.
    pub fn erlang(mean: f64, stages: u32) -> Result<Self, LawError> {
        Self::gamma(mean, 1.0 / f64::from(stages.max(1)).sqrt())
    }

    /// Measured spans, drawn as they were, each as likely.
    ///
    /// # Errors
    /// There are none, or one is no span.
    pub fn measured(spans: impl IntoIterator<Item = f64>) -> Result<Self, LawError> {
        let mut spans = spans
            .into_iter()
            .map(span)
            .collect::<Result<Vec<f64>, LawError>>()?;
        if spans.is_empty() {
            return Err(LawError::Nothing);
        }
        // In order, so that a greater number gives a longer span.
        spans.sort_by(f64::total_cmp);
        Ok(Self(Form::Measured(spans.into())))
    }

    /// What it is called.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self.0 {
            Form::Constant(_) => "constant",
            Form::Uniform { .. } => "uniform",
            Form::Exponential { .. } => "exponential",
            Form::Triangular { .. } => "triangular",
            Form::Pert { .. } => "PERT",
            Form::LogNormal { .. } => "log-normal",
            Form::Gamma { .. } => "gamma",
            Form::Measured(_) => "as measured",
        }
    }

    /// The span that this share of all is below; the share is from 0 to 1, neither of them.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        match &self.0 {
            Form::Constant(value) => *value,
            Form::Uniform { low, high } => low + (high - low) * share,
            Form::Exponential { mean } => -mean * (1.0 - share).ln(),
            Form::Triangular { low, likely, high } => {
                let (width, rise) = (high - low, likely - low);
                if share * width < rise {
                    low + (share * width * rise).sqrt()
                } else {
                    high - ((1.0 - share) * width * (high - likely)).sqrt()
                }
            }
            Form::Pert {
                low, high, table, ..
            } => low + (high - low) * table.quantile(share),
            Form::LogNormal { mu, sigma } => (mu + sigma * quick_normal_quantile(share)).exp(),
            Form::Gamma {
                shape,
                scale,
                table,
            } => {
                scale
                    * match table {
                        Some(table) => table.quantile(share),
                        None => gamma_quantile(*shape, share),
                    }
            }
            Form::Measured(spans) => {
                let place = (share * spans.len() as f64) as usize;
                spans[place.min(spans.len() - 1)]
            }
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Form::Constant(value) => *value,
            Form::Uniform { low, high } => f64::midpoint(*low, *high),
            Form::Exponential { mean } => *mean,
            Form::Triangular { low, likely, high } => (low + likely + high) / 3.0,
            Form::Pert {
                low, likely, high, ..
            } => (low + 4.0 * likely + high) / 6.0,
            Form::LogNormal { mu, sigma } => (mu + sigma * sigma / 2.0).exp(),
            Form::Gamma { shape, scale, .. } => shape * scale,
            Form::Measured(spans) => spans.iter().sum::<f64>() / spans.len() as f64,
        }
    }

    /// The variance, in the square of the unit of time.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match &self.0 {
            Form::Constant(_) => 0.0,
            Form::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Form::Exponential { mean } => mean * mean,
            Form::Triangular { low, likely, high } => {
                let (rise, fall) = (likely - low, high - likely);
                (rise * rise + rise * fall + fall * fall) / 18.0
            }
            Form::Pert {
                low, likely, high, ..
            } => {
                let (a, b) = pert_shapes(*low, *likely, *high);
                let sum = a + b;
                let width = high - low;
                width * width * a * b / (sum * sum * (sum + 1.0))
            }
            Form::LogNormal { mu, sigma } => {
                let variance = sigma * sigma;
                variance.exp_m1() * (2.0 * mu + variance).exp()
            }
            Form::Gamma { shape, scale, .. } => shape * scale * scale,
            Form::Measured(spans) => {
                let mean = self.mean();
                let squares = spans.iter().map(|span| (span - mean) * (span - mean));
                squares.sum::<f64>() / spans.len() as f64
            }
        }
    }

    /// Whether it always gives the same.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.variance() == 0.0
    }
}

/// The two shapes of the law of PERT.
fn pert_shapes(low: f64, likely: f64, high: f64) -> (f64, f64) {
    let width = high - low;
    (
        1.0 + 4.0 * (likely - low) / width,
        1.0 + 4.0 * (high - likely) / width,
    )
}
