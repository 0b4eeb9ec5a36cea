//! What a document says of a quantity, in plain numbers.

use crate::model::{Amount, Calendar, Dimension, Id, Measure, MeasureKind, TimeBasis};

/// How sure a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knowledge {
    /// Nobody said anything; a convention may hold.
    Unstated,
    /// Somebody asked, and nobody knows.
    Unknown,
    /// Somebody's guess, taken as half to double where its effect is explored.
    Guessed,
    /// An estimate with bounds.
    Estimated,
    /// A number without source or date.
    Stated,
    /// Measured: a number of which is said where it comes from, or when it was taken.
    Measured,
}

/// A measure that a document states, in seconds of the calendar's basis, items per second of
/// working time, parts of 1, or plain numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// The station or flow; none for the limit of work in the whole stream.
    pub record: Option<Id>,
    /// The number of the product that it is of at the record, if it is of one; see
    /// [`super::Stream::product_name`].
    pub product: Option<usize>,
    /// What it is about.
    pub measure: MeasureKind,
    /// How sure it is.
    pub knowledge: Knowledge,
    /// The number to calculate with; none if unknown.
    pub likely: Option<f64>,
    /// Hardly lower than this; the likely number unless estimated.
    pub low: f64,
    /// Hardly higher than this.
    pub high: f64,
    /// Seconds of working time in one second of the basis, if somebody works all that time.
    ///
    /// Not 1 only for days, weeks and months on the clock: a day of work is a working day.
    pub working: f64,
}

impl Quantity {
    /// What a measure says.
    #[must_use]
    pub fn of(
        record: Option<Id>,
        kind: MeasureKind,
        measure: &Measure,
        calendar: &Calendar,
    ) -> Self {
        let plain = |amount: f64| match kind.dimension() {
            Dimension::Time => calendar.seconds(amount, measure.unit),
            Dimension::Rate => calendar.rate(amount, measure.unit),
            Dimension::Share => amount / 100.0,
            Dimension::Count | Dimension::Ratio => amount,
        };
        let (knowledge, numbers) = match measure.amount {
            Amount::Unknown => (Knowledge::Unknown, None),
            Amount::Guessed(amount) => (Knowledge::Guessed, Some([amount; 3])),
            Amount::Measured(amount) => match measure.has_provenance() {
                true => (Knowledge::Measured, Some([amount; 3])),
                false => (Knowledge::Stated, Some([amount; 3])),
            },
            Amount::Estimated(three) => (
                Knowledge::Estimated,
                Some([three.low, three.likely, three.high]),
            ),
        };
        let [low, likely, high] = numbers.unwrap_or([0.0; 3]).map(plain);
        let working_time = Calendar {
            basis: TimeBasis::Working,
            ..*calendar
        };
        Self {
            record,
            product: None,
            measure: kind,
            knowledge,
            likely: numbers.map(|_| likely),
            low,
            high,
            working: working_time.seconds_in(measure.unit) / calendar.seconds_in(measure.unit),
        }
    }

    /// What to try where its effect is explored: the bounds of an estimate, half and double of a
    /// guess (a share at most all of it); none if it is unknown or measured.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match self.knowledge {
            Knowledge::Estimated => Some((self.low, self.high)),
            Knowledge::Guessed => {
                let high = 2.0 * self.high;
                let is_share = self.measure.dimension() == Dimension::Share;
                Some((self.low / 2.0, if is_share { high.min(1.0) } else { high }))
            }
            Knowledge::Unstated | Knowledge::Unknown | Knowledge::Stated | Knowledge::Measured => {
                None
            }
        }
    }
}
