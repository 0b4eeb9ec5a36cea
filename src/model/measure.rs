//! A quantity with its unit, its uncertainty and its provenance.

use std::fmt;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::calendar::{Dimension, Unit};
use super::date::Date;
use super::document::MAXIMUM_NAME;
use super::flaw::Flaw;
use super::measure_kind::MeasureKind;
use super::record::{Merge, is_default};
use super::times::Times;

/// The greatest amount of any measure.
pub const MAXIMUM_AMOUNT: f64 = 1.0e12;

/// Three points of what people think a quantity is: low, likely and high, in this order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// It is hardly lower.
    pub low: f64,
    /// It is most likely this.
    pub likely: f64,
    /// It is hardly higher.
    pub high: f64,
}

/// What is known of a quantity, in the unit of its measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// Somebody asked, and nobody knows.
    Unknown,
    /// Somebody's guess.
    Guessed(f64),
    /// An estimate with its bounds.
    Estimated(Estimate),
    /// Measured.
    Measured(f64),
}

impl Amount {
    /// The one number to calculate with, if there is any.
    #[must_use]
    pub const fn likely(&self) -> Option<f64> {
        match self {
            Self::Unknown => None,
            Self::Guessed(amount) | Self::Measured(amount) => Some(*amount),
            Self::Estimated(estimate) => Some(estimate.likely),
        }
    }
}

/// A quantity, where it comes from, and when it was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Measure {
    /// What is known of it, in `unit`.
    pub amount: Amount,
    /// Its unit, as a person typed it.
    pub unit: Unit,
    /// Where it comes from; may be empty.
    pub source: String,
    /// When it was taken.
    pub date: Option<Date>,
    /// The times of single items that were measured, of a time that can have them: a run draws from
    /// them, and not from what is known of their amount.
    pub times: Option<Times>,
}

impl Measure {
    /// A measure without provenance.
    #[must_use]
    pub const fn new(amount: Amount, unit: Unit) -> Self {
        Self {
            amount,
            unit,
            source: String::new(),
            date: None,
            times: None,
        }
    }

    /// A measured number without provenance.
    #[must_use]
    pub const fn measured(amount: f64, unit: Unit) -> Self {
        Self::new(Amount::Measured(amount), unit)
    }

    /// The measure with what a person has typed in its place. Source and date stay, since they may have
    /// been written first; but those of a measured number are of that number alone. Measured times
    /// stay.
    #[must_use]
    pub fn restated(self, amount: Amount, unit: Unit) -> Self {
        let is_same = self.amount == amount && self.unit == unit;
        match self.amount {
            Amount::Measured(_) if !is_same => Self {
                times: self.times,
                ..Self::new(amount, unit)
            },
            _ => Self {
                amount,
                unit,
                ..self
            },
        }
    }

    /// Whether it is said where it comes from, or when it was taken.
    #[must_use]
    pub const fn has_provenance(&self) -> bool {
        !self.source.is_empty() || self.date.is_some()
    }

    /// How sure it is, in a word.
    #[must_use]
    pub const fn knowledge_word(&self) -> &'static str {
        match self.amount {
            Amount::Unknown => "unknown",
            Amount::Guessed(_) => "guess",
            Amount::Estimated(_) => "estimate",
            Amount::Measured(_) if self.has_provenance() => "measured",
            Amount::Measured(_) => "stated",
        }
    }

    /// Whether unit and numbers fit a kind of measure.
    #[must_use]
    pub fn fits(&self, kind: MeasureKind) -> bool {
        self.flaws(kind).is_empty()
    }

    /// What does not fit a kind of measure: each with the name of its field.
    #[must_use]
    pub fn flaws(&self, kind: MeasureKind) -> Vec<(&'static str, Flaw)> {
        let mut flaws = Vec::new();
        let (least, most) = kind.range();
        let mut within = |field: &'static str, value: f64| {
            flaws.extend(Flaw::of_number(value, &(least..=most)).map(|flaw| (field, flaw)));
        };
        match self.amount {
            Amount::Unknown => {}
            Amount::Guessed(amount) => within("guessed", amount),
            Amount::Measured(amount) => within("measured", amount),
            Amount::Estimated(Estimate { low, likely, high }) => {
                within("low", low);
                within("likely", likely);
                within("high", high);
                if low > likely || likely > high {
                    flaws.push(("likely", Flaw::NotBetween));
                }
            }
        }
        let dimension = kind.dimension();
        let is_plain = dimension == Dimension::Ratio && self.unit == Unit::One;
        if self.unit.dimension() != dimension && !is_plain {
            flaws.push(("unit", Flaw::OtherUnit));
        }
        flaws.extend(Flaw::of_text(&self.source, MAXIMUM_NAME).map(|flaw| ("source", flaw)));
        let times = self.times.iter().flat_map(|times| times.flaws(kind));
        flaws.extend(times.map(|flaw| ("times", flaw)));
        flaws
    }
}

/// A measure as a file has it. The unit is there where there is a choice: of times and rates.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Written {
    #[serde(skip_serializing_if = "is_default")]
    unknown: bool,
    #[serde(skip_serializing_if = "is_default")]
    guessed: Option<f64>,
    #[serde(skip_serializing_if = "is_default")]
    measured: Option<f64>,
    #[serde(skip_serializing_if = "is_default")]
    low: Option<f64>,
    #[serde(skip_serializing_if = "is_default")]
    likely: Option<f64>,
    #[serde(skip_serializing_if = "is_default")]
    high: Option<f64>,
    #[serde(skip_serializing_if = "is_default")]
    unit: Option<Unit>,
    #[serde(skip_serializing_if = "is_default")]
    source: String,
    #[serde(skip_serializing_if = "is_default")]
    date: Option<Date>,
    #[serde(skip_serializing_if = "is_default")]
    times: Option<Times>,
}

/// What a measure says of its amount cannot be made sense of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "one of \"measured\", \"guessed\", \"likely\" with \"low\" and \"high\", or \"unknown\" is needed"
)]
pub struct NoAmount;

impl TryFrom<Written> for Measure {
    type Error = NoAmount;

    fn try_from(written: Written) -> Result<Self, NoAmount> {
        let Written {
            unknown,
            guessed,
            measured,
            low,
            likely,
            high,
            unit,
            source,
            date,
            times,
        } = written;
        let amount = match (unknown, guessed, measured, (low, likely, high)) {
            (true, None, None, (None, None, None)) => Amount::Unknown,
            (false, Some(guessed), None, (None, None, None)) => Amount::Guessed(guessed),
            (false, None, Some(measured), (None, None, None)) => Amount::Measured(measured),
            (false, None, None, (Some(low), Some(likely), Some(high))) => {
                Amount::Estimated(Estimate { low, likely, high })
            }
            _ => return Err(NoAmount),
        };
        Ok(Self {
            amount,
            unit: unit.unwrap_or_default(),
            source,
            date,
            times,
        })
    }
}

impl From<Measure> for Written {
    fn from(measure: Measure) -> Self {
        let Measure {
            amount,
            unit,
            source,
            date,
            times,
        } = measure;
        let has_choice = matches!(unit.dimension(), Dimension::Time | Dimension::Rate);
        let mut written = Self {
            unit: has_choice.then_some(unit),
            source,
            date,
            times,
            ..Self::default()
        };
        match amount {
            Amount::Unknown => written.unknown = true,
            Amount::Guessed(amount) => written.guessed = Some(amount),
            Amount::Measured(amount) => written.measured = Some(amount),
            Amount::Estimated(Estimate { low, likely, high }) => {
                (written.low, written.likely, written.high) = (Some(low), Some(likely), Some(high));
            }
        }
        written
    }
}

/// The measures of one record, by kind.
///
/// A kind that is absent is unstated: nobody said anything of it, and the convention holds where
/// there is one. That is not the same as [`Amount::Unknown`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures(Vec<(MeasureKind, Measure)>);

impl Measures {
    /// No measures.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// What is said of a kind.
    #[must_use]
    pub fn get(&self, kind: MeasureKind) -> Option<&Measure> {
        let index = self.0.iter().find(|(stated, _)| *stated == kind);
        index.map(|(_, measure)| measure)
    }

    /// Says something of a kind, or takes back what was said.
    pub fn set(&mut self, kind: MeasureKind, measure: Option<Measure>) {
        self.0.retain(|(stated, _)| *stated != kind);
        if let Some(measure) = measure {
            let index = self.0.partition_point(|(stated, _)| *stated < kind);
            self.0.insert(index, (kind, measure));
        }
    }

    /// These measures, and one more.
    #[must_use]
    pub fn with(mut self, kind: MeasureKind, measure: Measure) -> Self {
        self.set(kind, Some(measure));
        self
    }

    /// Keeps only those of some kinds.
    pub fn retain(&mut self, kinds: &[MeasureKind]) {
        self.0.retain(|(kind, _)| kinds.contains(kind));
    }

    /// What is stated, in the order of the kinds.
    pub fn iter(&self) -> impl Iterator<Item = (MeasureKind, &Measure)> {
        self.0.iter().map(|(kind, measure)| (*kind, measure))
    }

    /// Nothing is stated.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Merge for Measures {
    /// Measure by measure.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let mut merged = current.clone();
        for kind in MeasureKind::ALL {
            let (before, after) = (before.get(kind), after.get(kind));
            if before != after {
                merged.set(kind, after.cloned());
            }
        }
        merged
    }
}

impl Serialize for Measures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Measures {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct ByKind;

        impl<'de> Visitor<'de> for ByKind {
            type Value = Measures;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("measures by kind")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Measures, A::Error> {
                let mut measures = Measures::new();
                while let Some(kind) = fields.next_key::<MeasureKind>()? {
                    if measures.get(kind).is_some() {
                        return Err(A::Error::custom(format_args!(
                            "the {} is given twice",
                            kind.name()
                        )));
                    }
                    let mut measure: Measure = fields.next_value()?;
                    if kind.dimension() == Dimension::Share && measure.unit == Unit::One {
                        measure.unit = Unit::Percent;
                    }
                    measures.set(kind, Some(measure));
                }
                Ok(measures)
            }
        }

        reader.deserialize_map(ByKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_measured_number_comes_from_is_said_of_no_other() {
        let of = |amount| Measure {
            source: "board.csv: mean of 288".to_owned(),
            date: Date::parse("2026-11-24"),
            ..Measure::new(amount, Unit::Hour)
        };
        let (guess, other) = (Amount::Guessed(3.0), Amount::Measured(3.0));
        let measured = of(Amount::Measured(2.5));
        for amount in [guess, other] {
            let restated = measured.clone().restated(amount, Unit::Hour);
            assert_eq!(restated, Measure::new(amount, Unit::Hour));
        }
        let same = measured.clone().restated(measured.amount, Unit::Hour);
        assert_eq!(same, measured);
        // What a person has written beside a guess stays when the guess becomes a number.
        let before = of(guess).restated(other, Unit::Minute);
        assert_eq!(
            (before.source, before.date),
            (measured.source, measured.date)
        );
        assert_eq!((before.amount, before.unit), (other, Unit::Minute));
    }

    #[test]
    fn a_measure_fits_its_kind() {
        let two = |unit| Measure::measured(2.0, unit);
        assert!(two(Unit::Hour).fits(MeasureKind::ProcessTime));
        assert!(!two(Unit::PerHour).fits(MeasureKind::ProcessTime));
        assert!(two(Unit::One).fits(MeasureKind::Variation));
        assert!(!Measure::measured(101.0, Unit::Percent).fits(MeasureKind::Uptime));
        assert!(!Measure::measured(f64::NAN, Unit::Hour).fits(MeasureKind::ProcessTime));
        let crossed = Estimate {
            low: 2.0,
            likely: 1.0,
            high: 3.0,
        };
        let crossed = Measure::new(Amount::Estimated(crossed), Unit::Hour);
        assert!(!crossed.fits(MeasureKind::ProcessTime));
        assert!(Measure::new(Amount::Unknown, Unit::One).fits(MeasureKind::Servers));
    }

    #[test]
    fn measures_stay_in_order_and_are_there_once() {
        let mut measures = Measures::new();
        for (kind, amount) in [
            (MeasureKind::Share, 1.0),
            (MeasureKind::ProcessTime, 2.0),
            (MeasureKind::Share, 3.0),
        ] {
            measures.set(kind, Some(Measure::measured(amount, Unit::One)));
        }
        let kinds: Vec<_> = measures.iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [MeasureKind::ProcessTime, MeasureKind::Share]);
        assert_eq!(
            measures
                .get(MeasureKind::Share)
                .and_then(|m| m.amount.likely()),
            Some(3.0)
        );
        measures.set(MeasureKind::Share, None);
        assert_eq!(measures.get(MeasureKind::Share), None);
    }
}
