//! Answers of loop analysis in words and in the cells of a table.

use super::Response;

/// What the answers are, and what they are not.
pub const METHOD: &str = "If it is pushed up for good, and everything has come to rest again: \
     loop analysis, by Puccia and Levins. A certain answer holds whatever the sizes are, as long as \
     it does come to rest. Where it depends, the weight says how far the terms agree: 1 is all of \
     them, 0 as many for either side; it is no probability.";

/// What the cells mean.
pub const CELLS: &str = "+ stands higher, − lower, 0 as before, whatever the sizes are. A sign \
     with a number depends on the sizes: the number is the weight of that side, ± 0 as much for \
     either. ? a link has no sign yet, ∞ does not come to rest, … too many loops to count. An empty \
     cell is not reached.";

impl Response {
    /// How it stands, as the end of a sentence that begins with its name.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Unreached => "is not reached".to_owned(),
            Self::Rises => "stands higher".to_owned(),
            Self::Falls => "stands lower".to_owned(),
            Self::Unmoved => "stands as before".to_owned(),
            Self::Depends { net: None } => "depends on the sizes".to_owned(),
            Self::Depends { net: Some(net) } if net > 0.0 => {
                format!("depends, rather higher (weight {net:.2})")
            }
            Self::Depends { net: Some(net) } if net < 0.0 => {
                format!("depends, rather lower (weight {:.2})", -net)
            }
            Self::Depends { .. } => "depends, as much for either side".to_owned(),
            Self::Unsigned => "is not known: a link has no sign yet".to_owned(),
            Self::Unsettled => "does not come to rest".to_owned(),
            Self::TooLarge => "is not known: too many loops between".to_owned(),
        }
    }

    /// An answer as a cell of a table.
    #[must_use]
    pub fn cell(self) -> String {
        match self {
            Self::Unreached => String::new(),
            Self::Rises => "+".to_owned(),
            Self::Falls => "−".to_owned(),
            Self::Unmoved => "0".to_owned(),
            Self::Depends { net: None } => "±".to_owned(),
            Self::Depends { net: Some(net) } if net > 0.0 => format!("+ {net:.2}"),
            Self::Depends { net: Some(net) } if net < 0.0 => format!("− {:.2}", -net),
            Self::Depends { .. } => "± 0".to_owned(),
            Self::Unsigned => "?".to_owned(),
            Self::Unsettled => "∞".to_owned(),
            Self::TooLarge => "…".to_owned(),
        }
    }

    /// Why it is so, where that is no matter of course; else empty.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Unmoved => {
                "What reaches it is held by a stock, which a loop brings back to where it was."
            }
            Self::Unsettled => "No balancing loop brings it, or what it hangs on, to rest.",
            Self::TooLarge => "It is not counted, rather than guessed.",
            _ => "",
        }
    }
}
