//! Stations, flows, measures and bindings as JSON, both ways.

use crate::format::syntax::{Fields, RecordWriter};
use crate::model::{
    Amount, Binding, Calendar, Date, Dimension, Estimate, Flow, FlowKind, Link, MAXIMUM_NAME,
    MAXIMUM_TEXT, Measure, MeasureKind, Measures, Pack, Segment, Station, StationKind, StepResult,
    StepRole, StreamResult, StreamSettings, TimeBasis, Unit,
};

use super::record::{read_placement, write_placement};

const STATION_KINDS: [(&str, StationKind); 6] = [
    ("step", StationKind::Step),
    ("queue", StationKind::Queue),
    ("supermarket", StationKind::Supermarket),
    ("supplier", StationKind::Supplier),
    ("customer", StationKind::Customer),
    ("control", StationKind::Control),
];
const STEP_ROLES: [(&str, StepRole); 3] = [
    ("plain", StepRole::Plain),
    ("commit", StepRole::Commit),
    ("deployment", StepRole::Deployment),
];
const FLOW_KINDS: [(&str, FlowKind); 6] = [
    ("push", FlowKind::Push),
    ("pull", FlowKind::Pull),
    ("fifo", FlowKind::Fifo),
    ("rework", FlowKind::Rework),
    ("manualInformation", FlowKind::ManualInformation),
    ("electronicInformation", FlowKind::ElectronicInformation),
];
const MEASURE_KINDS: [(&str, MeasureKind); 19] = [
    ("processTime", MeasureKind::ProcessTime),
    ("waitingTime", MeasureKind::WaitingTime),
    ("completeAndAccurate", MeasureKind::CompleteAndAccurate),
    ("servers", MeasureKind::Servers),
    ("batch", MeasureKind::Batch),
    ("changeover", MeasureKind::Changeover),
    ("uptime", MeasureKind::Uptime),
    ("repairTime", MeasureKind::RepairTime),
    ("variation", MeasureKind::Variation),
    ("resourceShare", MeasureKind::ResourceShare),
    ("workInProgress", MeasureKind::WorkInProgress),
    ("limit", MeasureKind::Limit),
    ("demand", MeasureKind::Demand),
    ("share", MeasureKind::Share),
    ("pieces", MeasureKind::Pieces),
    ("valueAdded", MeasureKind::ValueAdded),
    ("changeoverVariation", MeasureKind::ChangeoverVariation),
    ("repairVariation", MeasureKind::RepairVariation),
    ("itemsInOne", MeasureKind::ItemsInOne),
];
const TIME_UNITS: [(&str, Unit); 6] = [
    ("s", Unit::Second),
    ("min", Unit::Minute),
    ("h", Unit::Hour),
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
];
const RATE_UNITS: [(&str, Unit); 4] = [
    ("per hour", Unit::PerHour),
    ("per day", Unit::PerDay),
    ("per week", Unit::PerWeek),
    ("per month", Unit::PerMonth),
];
const BASES: [(&str, TimeBasis); 2] =
    [("working", TimeBasis::Working), ("clock", TimeBasis::Clock)];
const PACKS: [(&str, Pack); 2] = [
    ("software", Pack::Software),
    ("manufacturing", Pack::Manufacturing),
];
const STREAM_RESULTS: [(&str, StreamResult); 8] = [
    ("leadTime", StreamResult::LeadTime),
    ("processTime", StreamResult::ProcessTime),
    ("flowEfficiency", StreamResult::FlowEfficiency),
    (
        "rolledCompleteAndAccurate",
        StreamResult::RolledCompleteAndAccurate,
    ),
    ("throughput", StreamResult::Throughput),
    ("workInProgress", StreamResult::WorkInProgress),
    ("taktTime", StreamResult::TaktTime),
    ("capacity", StreamResult::Capacity),
];
const STEP_RESULTS: [(&str, StepResult); 3] = [
    ("capacity", StepResult::Capacity),
    ("utilisation", StepResult::Utilisation),
    ("waiting", StepResult::Waiting),
];

/// The word for a value; every value has one.
fn word<T: PartialEq>(words: &[(&'static str, T)], value: &T) -> &'static str {
    words
        .iter()
        .find(|(_, known)| known == value)
        .map_or("", |(word, _)| word)
}

/// Writes the fields of a station.
pub fn write_station(writer: &mut RecordWriter<'_>, station: &Station) {
    writer.text("name", &station.name);
    if station.kind != StationKind::Step {
        writer.text("kind", word(&STATION_KINDS, &station.kind));
    }
    write_placement(writer, &station.placement);
    writer.text_if_any("resource", &station.resource);
    if station.role != StepRole::Plain {
        writer.text("role", word(&STEP_ROLES, &station.role));
    }
    write_measures(writer, &station.measures);
    writer.text_if_any("remark", &station.remark);
}

/// Reads the fields of a station.
pub fn read_station(fields: &mut Fields<'_, '_>) -> Station {
    let name = fields.text("name", MAXIMUM_NAME);
    let kind = fields
        .choice_if_any("kind", &STATION_KINDS)
        .unwrap_or_default();
    Station {
        name,
        kind,
        placement: read_placement(fields),
        resource: fields.text_if_any("resource", MAXIMUM_NAME),
        role: fields
            .choice_if_any("role", &STEP_ROLES)
            .unwrap_or_default(),
        measures: read_measures(fields, MeasureKind::of_station(kind)),
        remark: fields.text_if_any("remark", MAXIMUM_TEXT),
    }
}

/// Writes the fields of a flow.
pub fn write_flow(writer: &mut RecordWriter<'_>, flow: &Flow) {
    writer.text("from", &flow.from.to_string());
    writer.text("to", &flow.to.to_string());
    writer.text("kind", word(&FLOW_KINDS, &flow.kind));
    writer.number_unless("bend", flow.bend, 0.0);
    write_measures(writer, &flow.measures);
    writer.text_if_any("remark", &flow.remark);
}

/// Reads the fields of a flow; `None` where an end is at fault.
pub fn read_flow(fields: &mut Fields<'_, '_>) -> Option<Flow> {
    let (from, to) = (fields.id("from"), fields.id("to"));
    let kind = fields.choice("kind", &FLOW_KINDS).unwrap_or_default();
    let bend = fields.number_or("bend", -Link::MAXIMUM_BEND..=Link::MAXIMUM_BEND, 0.0);
    let measures = read_measures(fields, MeasureKind::of_flow(kind));
    let remark = fields.text_if_any("remark", MAXIMUM_TEXT);
    Some(Flow {
        from: from?,
        to: to?,
        kind,
        measures,
        bend,
        remark,
    })
}

fn write_measures(writer: &mut RecordWriter<'_>, measures: &Measures) {
    if !measures.is_empty() {
        writer.object("measures", |writer| {
            for (kind, measure) in measures.iter() {
                let name = word(&MEASURE_KINDS, &kind);
                writer.object(name, |writer| write_measure(writer, measure));
            }
        });
    }
}

fn write_measure(writer: &mut RecordWriter<'_>, measure: &Measure) {
    match measure.amount {
        Amount::Unknown => writer.yes("unknown"),
        Amount::Guessed(amount) => writer.number("guessed", amount),
        Amount::Measured(amount) => writer.number("measured", amount),
        Amount::Estimated(Estimate { low, likely, high }) => {
            writer.number("low", low);
            writer.number("likely", likely);
            writer.number("high", high);
        }
    }
    match measure.unit.dimension() {
        Dimension::Time => writer.text("unit", word(&TIME_UNITS, &measure.unit)),
        Dimension::Rate => writer.text("unit", word(&RATE_UNITS, &measure.unit)),
        Dimension::Count | Dimension::Share | Dimension::Ratio => {}
    }
    writer.text_if_any("source", &measure.source);
    if let Some(date) = measure.date {
        writer.text("date", &date.to_string());
    }
}

fn read_measures(fields: &mut Fields<'_, '_>, kinds: &[MeasureKind]) -> Measures {
    let read = |fields: &mut Fields<'_, '_>| {
        let mut measures = Measures::new();
        for (name, kind) in MEASURE_KINDS {
            if kinds.contains(&kind) {
                let measure = fields.object_if_any(name, |fields| read_measure(fields, kind));
                measures.set(kind, measure);
            }
        }
        measures
    };
    fields.object_if_any("measures", read).unwrap_or_default()
}

fn read_measure(fields: &mut Fields<'_, '_>, kind: MeasureKind) -> Measure {
    let (least, most) = kind.range();
    let range = || least..=most;
    let states = [
        ("unknown", fields.optional("unknown").is_some()),
        ("guessed", fields.optional("guessed").is_some()),
        ("measured", fields.optional("measured").is_some()),
        ("likely", fields.optional("likely").is_some()),
    ];
    let stated = states
        .iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| *name);
    let stated: Vec<&str> = stated.collect();
    let amount = match stated.as_slice() {
        ["unknown"] => {
            if !fields.truth_if_any("unknown") {
                fields.fault("unknown", "it can only be true");
            }
            Amount::Unknown
        }
        ["guessed"] => Amount::Guessed(fields.number("guessed", range())),
        ["measured"] => Amount::Measured(fields.number("measured", range())),
        ["likely"] => {
            let [low, likely, high] =
                ["low", "likely", "high"].map(|name| fields.number(name, range()));
            if low > likely || likely > high {
                fields.fault("likely", "it must lie from low to high");
            }
            Amount::Estimated(Estimate { low, likely, high })
        }
        _ => {
            fields.misfit("one of \"measured\", \"guessed\", \"likely\" with \"low\" and \"high\", or \"unknown\"");
            Amount::Unknown
        }
    };
    let unit = match kind.dimension() {
        Dimension::Time => fields.choice("unit", &TIME_UNITS).unwrap_or(Unit::Second),
        Dimension::Rate => fields.choice("unit", &RATE_UNITS).unwrap_or(Unit::PerDay),
        Dimension::Share => Unit::Percent,
        Dimension::Count | Dimension::Ratio => Unit::One,
    };
    let source = fields.text_if_any("source", MAXIMUM_NAME);
    let text = fields.text_if_any("date", MAXIMUM_NAME);
    let date = Date::parse(&text);
    if date.is_none() && !text.is_empty() {
        fields.fault("date", "a day is needed, such as \"2026-11-24\"");
    }
    Measure {
        amount,
        unit,
        source,
        date,
    }
}

/// Writes the settings of the stream, as far as they are not those of a new document.
pub fn write_settings(writer: &mut RecordWriter<'_>, settings: &StreamSettings) {
    let usual = Calendar::default();
    let calendar = &settings.calendar;
    if settings.pack != Pack::default() {
        writer.text("pack", word(&PACKS, &settings.pack));
    }
    if calendar.basis != usual.basis {
        writer.text("basis", word(&BASES, &calendar.basis));
    }
    writer.number_unless(
        "secondsPerDay",
        calendar.seconds_per_day,
        usual.seconds_per_day,
    );
    writer.number_unless("daysPerWeek", calendar.days_per_week, usual.days_per_week);
    for (name, measure) in [
        ("workLimit", &settings.work_limit),
        ("workInProgress", &settings.work_in_progress),
        ("throughput", &settings.throughput),
    ] {
        if let Some(measure) = measure {
            writer.object(name, |writer| write_measure(writer, measure));
        }
    }
}

/// Reads the settings of the stream.
pub fn read_settings(fields: &mut Fields<'_, '_>) -> StreamSettings {
    const SHORTEST_DAY: f64 = 1.0;
    const SHORTEST_WEEK: f64 = 0.1;
    let usual = Calendar::default();
    StreamSettings {
        pack: fields.choice_if_any("pack", &PACKS).unwrap_or_default(),
        calendar: Calendar {
            basis: fields.choice_if_any("basis", &BASES).unwrap_or_default(),
            seconds_per_day: fields.number_or(
                "secondsPerDay",
                SHORTEST_DAY..=86_400.0,
                usual.seconds_per_day,
            ),
            days_per_week: fields.number_or(
                "daysPerWeek",
                SHORTEST_WEEK..=7.0,
                usual.days_per_week,
            ),
        },
        work_limit: fields.object_if_any("workLimit", |fields| {
            read_measure(fields, MeasureKind::Limit)
        }),
        work_in_progress: fields.object_if_any("workInProgress", |fields| {
            read_measure(fields, MeasureKind::WorkInProgress)
        }),
        throughput: fields.object_if_any("throughput", |fields| {
            read_measure(fields, MeasureKind::Demand)
        }),
    }
}

/// Writes what a variable is bound to.
pub fn write_binding(writer: &mut RecordWriter<'_>, binding: &Binding) {
    if let Some(id) = binding.record() {
        writer.text("of", &id.to_string());
    }
    match binding {
        Binding::Measure(_, kind) => writer.text("measure", word(&MEASURE_KINDS, kind)),
        Binding::Step(_, result) => writer.text("result", word(&STEP_RESULTS, result)),
        Binding::Stream(result) => writer.text("result", word(&STREAM_RESULTS, result)),
    }
}

/// Reads what a variable is bound to; `None` where it is at fault.
pub fn read_binding(fields: &mut Fields<'_, '_>) -> Option<Binding> {
    let of = fields.id_if_any("of");
    let measure = fields.choice_if_any("measure", &MEASURE_KINDS);
    match (of, measure) {
        (Some(id), Some(kind)) => Some(Binding::Measure(id, kind)),
        (Some(id), None) => {
            let result = fields.choice("result", &STEP_RESULTS);
            result.map(|result| Binding::Step(id, result))
        }
        (None, Some(_)) => {
            fields.required("of");
            None
        }
        (None, None) => fields
            .choice("result", &STREAM_RESULTS)
            .map(Binding::Stream),
    }
}

/// Writes the part of the map that a delay comes from.
pub fn write_segment(writer: &mut RecordWriter<'_>, segment: &Segment) {
    writer.text("from", &segment.from.to_string());
    writer.text("to", &segment.to.to_string());
}

/// Reads the part of the map that a delay comes from; `None` where it is at fault.
pub fn read_segment(fields: &mut Fields<'_, '_>) -> Option<Segment> {
    let (from, to) = (fields.id("from"), fields.id("to"));
    Some(Segment {
        from: from?,
        to: to?,
    })
}
