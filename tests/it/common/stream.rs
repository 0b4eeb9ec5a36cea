//! Arbitrary stations, flows, measures and settings, for property tests.

use loopstream::model::{
    Amount, ArrivalLaw, Binding, Date, Dimension, Estimate, EstimateLaw, Flow, FlowKind, Id,
    MAXIMUM_AMOUNT, Measure, MeasureKind, Measures, OutageLaw, Pack, PathNames, Product, Products,
    Segment, SimulatedResult, SimulatedStepResult, SpreadLaw, Station, StationKind, StepResult,
    StepRole, StepValue, StreamResult, StreamRun, StreamSettings, TimeBasis, Times, Unit,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::document::{bend, colour, id, placement, tags, text};

const TIMES: [Unit; 6] = [
    Unit::Second,
    Unit::Minute,
    Unit::Hour,
    Unit::Day,
    Unit::Week,
    Unit::Month,
];
const RATES: [Unit; 4] = [Unit::PerHour, Unit::PerDay, Unit::PerWeek, Unit::PerMonth];

fn unit(kind: MeasureKind) -> BoxedStrategy<Unit> {
    match kind.dimension() {
        Dimension::Time => select(&TIMES[..]).boxed(),
        Dimension::Rate => select(&RATES[..]).boxed(),
        Dimension::Share => Just(Unit::Percent).boxed(),
        Dimension::Count | Dimension::Ratio => Just(Unit::One).boxed(),
    }
}

/// Any measure of a kind.
pub fn measure(kind: MeasureKind) -> impl Strategy<Value = Measure> {
    let (least, most) = kind.range();
    let number = move || prop_oneof![least..=most, Just(least), Just(1.0_f64.clamp(least, most))];
    let amount = prop_oneof![
        Just(Amount::Unknown),
        number().prop_map(Amount::Guessed),
        number().prop_map(Amount::Measured),
        vec(number(), 3).prop_map(|mut numbers| {
            numbers.sort_by(f64::total_cmp);
            Amount::Estimated(Estimate {
                low: numbers[0],
                likely: numbers[1],
                high: numbers[2],
            })
        }),
    ];
    let date = prop_oneof![
        Just(None),
        (1..=9999_u16, 1..=12_u8, 1..=28_u8)
            .prop_map(|(year, month, day)| Date::new(year, month, day))
    ];
    let times = match kind.can_have_times() {
        true => proptest::option::weighted(0.2, times(kind)).boxed(),
        false => Just(None).boxed(),
    };
    (amount, unit(kind), text(), date, times).prop_map(|(amount, unit, source, date, times)| {
        Measure {
            amount,
            unit,
            source,
            date,
            times,
        }
    })
}

/// Any measured times.
fn times(kind: MeasureKind) -> impl Strategy<Value = Times> {
    let time = prop_oneof![Just(0.0), 0.0..=100.0_f64, 0.0..=MAXIMUM_AMOUNT];
    let count = prop_oneof![1..5_usize, Just(Times::MOST)];
    let values = count.prop_flat_map(move |count| vec(time.clone(), count));
    (unit(kind), values).prop_map(|(unit, values)| Times {
        unit,
        values: values.into(),
    })
}

fn measures(kinds: &'static [MeasureKind]) -> impl Strategy<Value = Measures> {
    let each: Vec<_> = kinds
        .iter()
        .map(|kind| proptest::option::weighted(0.3, measure(*kind)).boxed())
        .collect();
    each.prop_map(|stated| {
        let mut measures = Measures::new();
        for (kind, measure) in kinds.iter().zip(stated) {
            measures.set(*kind, measure);
        }
        measures
    })
}

const STATIONS: [StationKind; 6] = [
    StationKind::Step,
    StationKind::Queue,
    StationKind::Supermarket,
    StationKind::Supplier,
    StationKind::Customer,
    StationKind::Control,
];
const FLOWS: [FlowKind; 6] = [
    FlowKind::Push,
    FlowKind::Pull,
    FlowKind::Fifo,
    FlowKind::Rework,
    FlowKind::ManualInformation,
    FlowKind::ElectronicInformation,
];

/// Any products that a station of a kind may have, mostly none.
fn products(kind: StationKind) -> impl Strategy<Value = Products> {
    let kinds = MeasureKind::of_product(kind);
    let most = if kinds.is_empty() { 0 } else { 3 };
    let name = prop_oneof!["[PQR]", "[a-z ]{1,9}"];
    let product = (name, measures(kinds)).prop_map(|(name, measures)| Product { name, measures });
    prop_oneof![2 => Just(Products::default()), 1 => vec(product, 0..=most).prop_map(Products::new)]
}

pub fn station() -> impl Strategy<Value = Station> {
    let role = select(&[StepRole::Plain, StepRole::Commit, StepRole::Deployment][..]);
    let role = (role, select(&StepValue::ALL[..]));
    let kind = prop_oneof![3 => Just(StationKind::Step), 2 => select(&STATIONS[..])];
    let kind = kind.prop_flat_map(|kind| {
        let measures = measures(MeasureKind::of_station(kind));
        (Just(kind), measures, products(kind))
    });
    let parts = (
        kind,
        text(),
        text(),
        text(),
        role,
        placement(),
        (colour(), tags()),
    );
    parts.prop_map(
        |((kind, measures, products), name, remark, resource, (role, value), placement, rest)| {
            let (colour, tags) = rest;
            Station {
                tags,
                kind,
                products,
                name,
                remark,
                resource,
                role,
                value,
                measures,
                placement,
                colour,
            }
        },
    )
}

/// A flow whose ends are still to be chosen.
pub fn flow() -> impl Strategy<Value = Flow> {
    let kind = select(&FLOWS[..]);
    let kind = kind.prop_flat_map(|kind| (Just(kind), measures(MeasureKind::of_flow(kind))));
    (kind, bend(), text()).prop_map(|((kind, measures), bend, remark)| Flow {
        measures,
        bend,
        remark,
        ..Flow::new(Id::from_bits(0), Id::from_bits(0), kind)
    })
}

fn path_names() -> impl Strategy<Value = PathNames> {
    let path = (vec(id(), 1..4), "[a-z ]{1,9}");
    vec(path, 0..3).prop_map(|paths| {
        let mut names = PathNames::default();
        for (flows, name) in paths {
            names.set(&flows, &name);
        }
        names
    })
}

/// Any settings for running a stream item by item.
fn run() -> impl Strategy<Value = StreamRun> {
    const ESTIMATES: [EstimateLaw; 3] = [
        EstimateLaw::Triangular,
        EstimateLaw::Pert,
        EstimateLaw::LogNormal,
    ];
    let laws = (
        select(&ESTIMATES[..]),
        select(&[SpreadLaw::Gamma, SpreadLaw::LogNormal][..]),
        select(&[ArrivalLaw::Chance, ArrivalLaw::Even][..]),
        select(&[OutageLaw::Clock, OutageLaw::Use][..]),
    );
    let schedule = vec(0.0..=100.0, 0..5).prop_map(|mut hours: Vec<f64>| {
        hours.sort_by(f64::total_cmp);
        hours
    });
    let days = proptest::option::of(0.01..=1.0e6);
    let any = (laws, any::<u32>(), StreamRun::REPLICATIONS, days, schedule).prop_map(
        |((estimates, spread, arrivals, outages), seed, replications, days, schedule)| StreamRun {
            estimates,
            spread,
            arrivals,
            outages,
            seed,
            replications,
            days,
            schedule,
        },
    );
    prop_oneof![2 => Just(StreamRun::default()), 1 => any]
}

pub fn settings() -> impl Strategy<Value = StreamSettings> {
    let basis = select(&[TimeBasis::Working, TimeBasis::Clock][..]);
    let pack = select(&[Pack::Software, Pack::Manufacturing][..]);
    let limit = proptest::option::of(measure(MeasureKind::Limit));
    let work = proptest::option::of(measure(MeasureKind::WorkInProgress));
    let throughput = proptest::option::of(measure(MeasureKind::Demand));
    (
        basis,
        1.0..=86_400.0,
        0.1..=7.0,
        (limit, work, throughput, path_names(), run()),
        pack,
    )
        .prop_map(
            |(
                basis,
                seconds_per_day,
                days_per_week,
                (work_limit, work_in_progress, throughput, paths, run),
                pack,
            )| StreamSettings {
                basis,
                seconds_per_day,
                days_per_week,
                work_limit,
                work_in_progress,
                throughput,
                paths,
                run,
                pack,
            },
        )
}

pub fn binding() -> impl Strategy<Value = Option<Binding>> {
    let kind = select(&MeasureKind::ALL[..]);
    prop_oneof![
        6 => Just(None),
        1 => (id(), kind).prop_map(|(id, kind)| Some(Binding::Measure(id, kind))),
        1 => (id(), select(&[StepResult::Capacity, StepResult::Utilisation, StepResult::Waiting][..]))
            .prop_map(|(id, result)| Some(Binding::Step(id, result))),
        1 => select(&[StreamResult::LeadTime, StreamResult::TaktTime, StreamResult::Capacity][..])
            .prop_map(|result| Some(Binding::Stream(result))),
        1 => (id(), select(&SimulatedStepResult::ALL[..]))
            .prop_map(|(id, result)| Some(Binding::SimulatedStep(id, result))),
        1 => select(&SimulatedResult::ALL[..])
            .prop_map(|result| Some(Binding::Simulated(result))),
    ]
}

pub fn segment() -> impl Strategy<Value = Option<Segment>> {
    proptest::option::weighted(
        0.2,
        (id(), id()).prop_map(|(from, to)| Segment { from, to }),
    )
}
