//! Where a pipe turns on its way from a valve to a stock.

use serde::{Deserialize, Serialize};

use super::record::merge_as_a_whole;

/// Where a pipe turns: it leaves the valve along one axis, turns, and turns once more where the stock
/// is not straight ahead then.
///
/// It is told from the valve, so that it moves with it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Corner {
    /// It leaves to a side and turns up or down so far to the right of the valve, in world units.
    #[serde(rename = "x")]
    Level(f64),
    /// It leaves up or down and turns to a side so far below the valve, in world units.
    #[serde(rename = "y")]
    Upright(f64),
}

impl Corner {
    /// How far it is from the valve: to the right, or below.
    #[must_use]
    pub const fn distance(self) -> f64 {
        match self {
            Self::Level(distance) | Self::Upright(distance) => distance,
        }
    }

    /// The same axis with another distance.
    #[must_use]
    pub const fn with_distance(self, distance: f64) -> Self {
        match self {
            Self::Level(_) => Self::Level(distance),
            Self::Upright(_) => Self::Upright(distance),
        }
    }
}

merge_as_a_whole!(Corner);
