//! A quantity with its unit, its uncertainty and its provenance.

use super::calendar::{Dimension, Unit};
use super::stream_settings::Pack;

/// What a measure is about. Which record has which: see [`MeasureKind::of_station`] and its
/// neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    /// Touch time of one item at a step.
    ProcessTime,
    /// How long an item waits: before a step, in a queue, on its way along a flow.
    WaitingTime,
    /// The share of items that the next step can use as they come.
    CompleteAndAccurate,
    /// People or machines that work side by side at a step.
    Servers,
    /// Items between two changeovers.
    Batch,
    /// The time of one changeover.
    Changeover,
    /// The share of time in which a step can work.
    Uptime,
    /// The mean time of one outage.
    RepairTime,
    /// The coefficient of variation of process times: standard deviation over mean.
    Variation,
    /// The share of a step's time that this stream gets; the rest goes to other work.
    ResourceShare,
    /// Items at a step or in a queue.
    WorkInProgress,
    /// The most items that a queue, a supermarket or a FIFO lane may hold.
    Limit,
    /// What a customer asks for.
    Demand,
    /// The share of items that take a flow; of a rework flow its probability.
    Share,
    /// Items that one cycle of a step makes at once, such as an oven.
    Pieces,
    /// The share of the process time that the customer would pay for.
    ValueAdded,
    /// The coefficient of variation of changeover times.
    ChangeoverVariation,
    /// The coefficient of variation of repair times.
    RepairVariation,
    /// Items before a flow that make one item after it, such as the pieces in a box.
    ItemsInOne,
}

/// The measures of a step, in the order in which people read them.
const OF_STEP: [MeasureKind; 15] = [
    MeasureKind::ProcessTime,
    MeasureKind::ValueAdded,
    MeasureKind::WaitingTime,
    MeasureKind::CompleteAndAccurate,
    MeasureKind::Servers,
    MeasureKind::Pieces,
    MeasureKind::WorkInProgress,
    MeasureKind::Batch,
    MeasureKind::Changeover,
    MeasureKind::ChangeoverVariation,
    MeasureKind::Uptime,
    MeasureKind::RepairTime,
    MeasureKind::RepairVariation,
    MeasureKind::ResourceShare,
    MeasureKind::Variation,
];
/// The measures of a queue or supermarket.
const OF_STORE: [MeasureKind; 3] = [
    MeasureKind::WorkInProgress,
    MeasureKind::WaitingTime,
    MeasureKind::Limit,
];

impl MeasureKind {
    /// Every kind, in the order of the enum.
    pub const ALL: [Self; 19] = [
        Self::ProcessTime,
        Self::WaitingTime,
        Self::CompleteAndAccurate,
        Self::Servers,
        Self::Batch,
        Self::Changeover,
        Self::Uptime,
        Self::RepairTime,
        Self::Variation,
        Self::ResourceShare,
        Self::WorkInProgress,
        Self::Limit,
        Self::Demand,
        Self::Share,
        Self::Pieces,
        Self::ValueAdded,
        Self::ChangeoverVariation,
        Self::RepairVariation,
        Self::ItemsInOne,
    ];

    /// The measures that a station of a kind may have.
    #[must_use]
    pub const fn of_station(kind: super::station::StationKind) -> &'static [Self] {
        use super::station::StationKind;
        match kind {
            StationKind::Step => &OF_STEP,
            StationKind::Queue | StationKind::Supermarket => &OF_STORE,
            StationKind::Customer => &[Self::Demand],
            StationKind::Supplier | StationKind::Control => &[],
        }
    }

    /// The measures that a flow of a kind may have.
    #[must_use]
    pub const fn of_flow(kind: super::flow::FlowKind) -> &'static [Self] {
        use super::flow::FlowKind;
        match kind {
            FlowKind::Push | FlowKind::Pull => &[Self::Share, Self::WaitingTime, Self::ItemsInOne],
            FlowKind::Rework => &[Self::Share, Self::WaitingTime],
            FlowKind::Fifo => &[
                Self::Share,
                Self::WaitingTime,
                Self::Limit,
                Self::ItemsInOne,
            ],
            FlowKind::ManualInformation | FlowKind::ElectronicInformation => &[],
        }
    }

    /// What it is called in the middle of a sentence.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ProcessTime => "process time",
            Self::WaitingTime => "waiting time",
            Self::CompleteAndAccurate => "%C&A",
            Self::Servers => "people or machines",
            Self::Batch => "batch",
            Self::Changeover => "changeover",
            Self::Uptime => "uptime",
            Self::RepairTime => "repair time",
            Self::Variation => "variation",
            Self::ResourceShare => "resource share",
            Self::WorkInProgress => "work in progress",
            Self::Limit => "limit",
            Self::Demand => "demand",
            Self::Share => "share",
            Self::Pieces => "items in a cycle",
            Self::ValueAdded => "value-adding part",
            Self::ChangeoverVariation => "variation of changeovers",
            Self::RepairVariation => "variation of repairs",
            Self::ItemsInOne => "items in one",
        }
    }

    /// What it is called by itself, in the words of the pack.
    #[must_use]
    pub const fn title(self, pack: Pack) -> &'static str {
        match (self, pack) {
            (Self::ProcessTime, Pack::Software) => "Process time",
            (Self::ProcessTime, Pack::Manufacturing) => "Cycle time",
            (Self::WaitingTime, _) => "Waiting time",
            (Self::CompleteAndAccurate, Pack::Software) => "%C&A",
            (Self::CompleteAndAccurate, Pack::Manufacturing) => "First-pass yield",
            (Self::Servers, Pack::Software) => "People",
            (Self::Servers, Pack::Manufacturing) => "Machines",
            (Self::Batch, _) => "Batch",
            (Self::Changeover, Pack::Software) => "Set-up of a batch",
            (Self::Changeover, Pack::Manufacturing) => "Changeover",
            (Self::Uptime, _) => "Uptime",
            (Self::RepairTime, _) => "Repair time",
            (Self::Variation, _) => "Variation (CV)",
            (Self::ResourceShare, _) => "Share of resource",
            (Self::WorkInProgress, Pack::Software) => "Work in progress",
            (Self::WorkInProgress, Pack::Manufacturing) => "Inventory",
            (Self::Limit, _) => "Limit",
            (Self::Demand, _) => "Demand",
            (Self::Share, _) => "Share, probability",
            (Self::Pieces, _) => "Items in a cycle",
            (Self::ValueAdded, _) => "Value-adding part",
            (Self::ChangeoverVariation, Pack::Software) => "Variation of set-ups",
            (Self::ChangeoverVariation, Pack::Manufacturing) => "Variation of changeovers",
            (Self::RepairVariation, _) => "Variation of repairs",
            (Self::ItemsInOne, _) => "Items in one",
        }
    }

    /// What holds while nobody has said anything; empty where nothing does.
    #[must_use]
    pub const fn convention(self) -> &'static str {
        match self {
            Self::Servers
            | Self::Batch
            | Self::Variation
            | Self::Pieces
            | Self::RepairVariation
            | Self::ItemsInOne => "1",
            Self::ChangeoverVariation => "0",
            Self::Uptime | Self::ResourceShare => "100 %",
            Self::Changeover => "none",
            _ => "",
        }
    }

    /// What an empty field of it shows.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::ProcessTime => "such as 2 h",
            Self::WaitingTime => "such as 3 d",
            Self::CompleteAndAccurate => "such as 80 %",
            Self::RepairTime => "such as 30 min",
            Self::WorkInProgress => "such as 12",
            Self::Demand => "such as 5 per week",
            Self::Share => "such as 20 %",
            Self::Limit => "none",
            Self::ValueAdded => "such as 60 %",
            Self::Servers
            | Self::Batch
            | Self::Variation
            | Self::Pieces
            | Self::RepairVariation
            | Self::ItemsInOne => "assumed: 1",
            Self::ChangeoverVariation => "assumed: 0",
            Self::Uptime => "assumed: 100 %",
            Self::ResourceShare => "assumed: 100 %",
            Self::Changeover => "assumed: none",
        }
    }

    /// What kind of quantity it is.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::ProcessTime | Self::WaitingTime | Self::Changeover | Self::RepairTime => {
                Dimension::Time
            }
            Self::CompleteAndAccurate
            | Self::Uptime
            | Self::ResourceShare
            | Self::Share
            | Self::ValueAdded => Dimension::Share,
            Self::Servers
            | Self::Batch
            | Self::WorkInProgress
            | Self::Limit
            | Self::Pieces
            | Self::ItemsInOne => Dimension::Count,
            Self::Variation | Self::ChangeoverVariation | Self::RepairVariation => Dimension::Ratio,
            Self::Demand => Dimension::Rate,
        }
    }

    /// The least and the greatest amount, in a unit of its dimension.
    ///
    /// What divides something, such as servers and uptime, is over zero.
    #[must_use]
    pub const fn range(self) -> (f64, f64) {
        match self {
            Self::CompleteAndAccurate | Self::Share | Self::ValueAdded => (0.0, 100.0),
            Self::Uptime | Self::ResourceShare => (0.01, 100.0),
            Self::Servers | Self::Batch | Self::Limit | Self::Pieces | Self::ItemsInOne => {
                (1.0e-3, MAXIMUM_AMOUNT)
            }
            Self::Variation | Self::ChangeoverVariation | Self::RepairVariation => (0.0, 100.0),
            _ => (0.0, MAXIMUM_AMOUNT),
        }
    }
}

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

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 1 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the length of the month.
    pub day: u8,
}

impl Date {
    /// The date with these numbers, if there is such a day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        let valid = (1..=9999).contains(&year) && (1..=length).contains(&day);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `2026-11-24`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !plain || year.len() != 4 || month.len() != 2 || day.len() != 2 || parts.next().is_some()
        {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A quantity, where it comes from, and when it was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What is known of it, in `unit`.
    pub amount: Amount,
    /// Its unit, as a person typed it.
    pub unit: Unit,
    /// Where it comes from; may be empty.
    pub source: String,
    /// When it was taken.
    pub date: Option<Date>,
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
        }
    }

    /// A measured number without provenance.
    #[must_use]
    pub const fn measured(amount: f64, unit: Unit) -> Self {
        Self::new(Amount::Measured(amount), unit)
    }

    /// The measure with what a person has typed in its place. Source and date stay, since they may have
    /// been written first; but those of a measured number are of that number alone.
    #[must_use]
    pub fn restated(self, amount: Amount, unit: Unit) -> Self {
        let is_same = self.amount == amount && self.unit == unit;
        match self.amount {
            Amount::Measured(_) if !is_same => Self::new(amount, unit),
            _ => Self {
                amount,
                unit,
                ..self
            },
        }
    }

    /// Whether unit and numbers fit a kind of measure.
    #[must_use]
    pub fn fits(&self, kind: MeasureKind) -> bool {
        let dimension = kind.dimension();
        let same = self.unit.dimension() == dimension
            || (dimension == Dimension::Ratio && self.unit == Unit::One);
        let (least, most) = kind.range();
        let within = |number: f64| number >= least && number <= most;
        let sound = match self.amount {
            Amount::Unknown => true,
            Amount::Guessed(amount) | Amount::Measured(amount) => within(amount),
            Amount::Estimated(Estimate { low, likely, high }) => {
                within(low) && within(high) && low <= likely && likely <= high
            }
        };
        same && sound
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
        let place = self.0.iter().find(|(stated, _)| *stated == kind);
        place.map(|(_, measure)| measure)
    }

    /// Says something of a kind, or takes back what was said.
    pub fn set(&mut self, kind: MeasureKind, measure: Option<Measure>) {
        self.0.retain(|(stated, _)| *stated != kind);
        if let Some(measure) = measure {
            let place = self.0.partition_point(|(stated, _)| *stated < kind);
            self.0.insert(place, (kind, measure));
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
    fn a_date_is_a_day_that_was_or_will_be() {
        for text in ["2026-11-24", "2024-02-29", "0001-01-01"] {
            assert_eq!(
                Date::parse(text).map(|date| date.to_string()),
                Some(text.to_owned())
            );
        }
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "26-01-01",
            "+026-01-01",
            "",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
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
