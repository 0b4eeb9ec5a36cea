//! What the units of a model say.

use std::fmt;

use super::clock::Conversion;
use super::text::UnitError;
use super::unit::Unit;
use crate::equation::Span;

/// The units of all variables of a model, of its parts and of its macros.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitReport {
    /// The variables, in the order of the text.
    pub variables: Vec<VariableUnits>,
    /// What time is counted in; none where nobody has said it.
    pub time: Option<Unit>,
}

/// The units of a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableUnits {
    /// Its name, as it was written.
    pub name: String,
    /// The part of the model or the macro that it is in; none for the model itself.
    pub part: Option<String>,
    /// Where it is defined.
    pub span: Span,
    /// What it is said to be counted in; none where nothing is said, or nothing that can be read.
    pub stated: Option<Unit>,
    /// Whether its equation agrees.
    pub verdict: Verdict,
    /// Numbers without a unit that stand beside something with one.
    pub notes: Vec<MildNote>,
    /// Where nothing is said: the unit that its equation has, or that a stock asks of its flow.
    pub offered: Option<Unit>,
}

/// Whether an equation agrees with what its variable is counted in.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It does.
    Agrees,
    /// It does not, or its own parts do not agree with each other.
    Contradicts(Vec<Clash>),
    /// It cannot be said, as these variables have no units that can be read; or the unit of time has
    /// not been said.
    Unknown(Vec<String>),
    /// The units of the variable are none.
    Unreadable(UnitError),
    /// There is no equation that could be looked at.
    NoEquation,
}

/// What has a unit in a clash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// What stands on the left or the right of a sign.
    Left,
    /// What stands on the right of a sign.
    Right,
    /// The value where a condition holds.
    Then,
    /// The value where it does not.
    Else,
    /// An argument of a function, from 1, by the name of the function.
    Argument(String, usize),
    /// The equation as a whole.
    Equation,
    /// What is said of the variable.
    Stated,
    /// What the function, or the sign, needs there.
    Needed,
    /// A flow, times time, by its name.
    Flow(String),
    /// The stock that a flow fills or drains.
    Stock,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Left => f.write_str("the left side"),
            Self::Right => f.write_str("the right side"),
            Self::Then => f.write_str("the value where the condition holds"),
            Self::Else => f.write_str("the value where it does not"),
            Self::Argument(function, at) => write!(f, "value {at} of {function}"),
            Self::Equation => f.write_str("the equation"),
            Self::Stated => f.write_str("the variable"),
            Self::Needed => f.write_str("what is needed there"),
            Self::Flow(name) => write!(f, "the flow “{name}” times time"),
            Self::Stock => f.write_str("the stock"),
        }
    }
}

/// One of two units that meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// What has the unit.
    pub side: Side,
    /// The unit.
    pub unit: Unit,
    /// Where in the equation what has it stands; none for what is no part of it.
    pub span: Option<Span>,
}

impl Meeting {
    /// A part of an equation with its unit.
    pub(super) const fn at(side: Side, unit: Unit, span: Span) -> Self {
        Self {
            side,
            unit,
            span: Some(span),
        }
    }

    /// Something that is no part of the equation, with its unit.
    pub(super) const fn outside(side: Side, unit: Unit) -> Self {
        Self {
            side,
            unit,
            span: None,
        }
    }
}

/// Two units that ought to be equal and are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Where they meet: of a stock and its flow the stock's equation.
    pub span: Span,
    /// The one.
    pub left: Meeting,
    /// The other.
    pub right: Meeting,
    /// How they become each other, if they differ in units of time alone.
    pub conversion: Option<Conversion>,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = format!(
            "{} is in {}, and {} in {}",
            self.left.side, self.left.unit, self.right.side, self.right.unit
        );
        let mut characters = said.chars();
        let first = characters.next().into_iter().flat_map(char::to_uppercase);
        write!(f, "{}{}.", first.collect::<String>(), characters.as_str())?;
        if let Some(conversion) = &self.conversion {
            write!(f, " They differ by a factor: {conversion}.")?;
        }
        Ok(())
    }
}

/// A number without a unit that is added to, or compared with, something that has one.
#[derive(Clone, Debug, PartialEq)]
pub struct MildNote {
    /// Where it stands.
    pub span: Span,
    /// The number.
    pub number: f64,
    /// The unit of what it stands beside.
    pub beside: Unit,
}

impl fmt::Display for MildNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, beside, .. } = self;
        write!(
            f,
            "The number {number} has no unit and stands beside something in {beside}: a constant \
             of its own could have the unit."
        )
    }
}
