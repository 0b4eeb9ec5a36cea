//! What every ready value-stream map must say: its settings, its flows and its measures.

use std::collections::BTreeSet;

use loopstream::model::{
    Document, Flow, FlowKind, MeasureKind as M, Pack, Station, StationKind, StepRole, TimeBasis,
    may_flow, measure_text,
};

use super::document_of;

/// One ready map.
pub struct StreamTemplate {
    /// Its file in `public/templates`.
    pub file: &'static str,
    /// How many steps it has.
    pub steps: usize,
    /// The words it uses.
    pub pack: Pack,
    /// How its times count, working seconds in a day, days in a week.
    pub calendar: (TimeBasis, f64, f64),
    /// How many items are in it, if that is held constant.
    pub work_limit: Option<&'static str>,
    /// Station, kind of flow and station; behind it its share and its time, if stated.
    pub flows: &'static [&'static str],
    /// Station, measure, and what is known of it.
    pub measures: &'static [(&'static str, M, &'static str)],
}

/// In the order of the index, after the loops.
pub const STREAMS: &[StreamTemplate] = &[
    StreamTemplate {
        file: "feature-to-production.json",
        steps: 6,
        pack: Pack::Software,
        calendar: (TimeBasis::Clock, 28_800.0, 5.0),
        work_limit: None,
        flows: &[
            "Backlog pull Refine",
            "Refine push Develop",
            "Develop push Review",
            "Review push Test",
            "Test push Approve",
            "Test rework Develop 0.5\u{2013}1\u{2013}2 d 25 %",
            "Approve push Approved",
            "Approved pull Deploy",
            "Deploy push Users",
        ],
        measures: &[
            ("Backlog", M::WorkInProgress, "24"),
            ("Develop", M::ProcessTime, "10\u{2013}16\u{2013}30 h"),
            ("Review", M::WaitingTime, "~1.5 d"),
            ("Test", M::ProcessTime, "5 h"),
            ("Test", M::Uptime, "80 %"),
            ("Approve", M::ResourceShare, "?"),
            ("Deploy", M::Batch, "4"),
            ("Deploy", M::CompleteAndAccurate, "92 %"),
            ("Users", M::Demand, "6 per wk"),
        ],
    },
    StreamTemplate {
        file: "hot-fix.json",
        steps: 5,
        pack: Pack::Software,
        calendar: (TimeBasis::Clock, 86_400.0, 7.0),
        work_limit: None,
        flows: &[
            "Production push Detect",
            "Detect push Triage",
            "Triage push Fix",
            "Fix push Review",
            "Review push Deploy",
            "Deploy rework Fix 10 %",
            "Deploy push Users",
        ],
        measures: &[
            ("Detect", M::WaitingTime, "5\u{2013}20\u{2013}60 min"),
            ("Triage", M::CompleteAndAccurate, "~80 %"),
            ("Fix", M::ProcessTime, "20\u{2013}45\u{2013}180 min"),
            ("Deploy", M::ProcessTime, "8 min"),
            ("Users", M::Demand, "2\u{2013}3\u{2013}5 per mo"),
        ],
    },
    StreamTemplate {
        file: "acme-stamping.json",
        steps: 5,
        pack: Pack::Manufacturing,
        calendar: (TimeBasis::Working, 55_200.0, 5.0),
        work_limit: None,
        flows: &[
            "Michigan Steel push Coils",
            "Coils push Stamping",
            "Stamping push Stamped",
            "Stamped push Weld 1",
            "Weld 1 push Welded 1",
            "Welded 1 push Weld 2",
            "Weld 2 push Welded 2",
            "Welded 2 push Assembly 1",
            "Assembly 1 push Assembled",
            "Assembled push Assembly 2",
            "Assembly 2 push Finished",
            "Finished push State Street Assembly",
            "State Street Assembly electronic Production control",
            "Production control electronic Michigan Steel",
            "Production control manual Stamping",
            "Production control manual Weld 1",
            "Production control manual Weld 2",
            "Production control manual Assembly 1",
            "Production control manual Assembly 2",
        ],
        measures: &[
            ("Coils", M::WaitingTime, "5 d"),
            ("Stamping", M::ProcessTime, "1 s"),
            ("Stamping", M::Changeover, "1 h"),
            ("Stamping", M::Uptime, "85 %"),
            ("Stamping", M::ResourceShare, "?"),
            ("Stamped", M::WorkInProgress, "7000"),
            ("Weld 1", M::ProcessTime, "39 s"),
            ("Weld 1", M::Changeover, "10 min"),
            ("Weld 1", M::Uptime, "100 %"),
            ("Welded 1", M::WorkInProgress, "1700"),
            ("Weld 2", M::ProcessTime, "46 s"),
            ("Weld 2", M::Changeover, "10 min"),
            ("Weld 2", M::Uptime, "80 %"),
            ("Welded 2", M::WorkInProgress, "2450"),
            ("Assembly 1", M::ProcessTime, "62 s"),
            ("Assembly 1", M::Changeover, "0 s"),
            ("Assembly 1", M::Uptime, "100 %"),
            ("Assembled", M::WorkInProgress, "1840"),
            ("Assembly 2", M::ProcessTime, "40 s"),
            ("Assembly 2", M::Changeover, "0 s"),
            ("Assembly 2", M::Uptime, "100 %"),
            ("Finished", M::WorkInProgress, "4140"),
            ("State Street Assembly", M::Demand, "920 per d"),
        ],
    },
    StreamTemplate {
        file: "penny-fab-one.json",
        steps: 4,
        pack: Pack::Manufacturing,
        calendar: (TimeBasis::Working, 86_400.0, 7.0),
        work_limit: Some("4"),
        flows: PENNY_FLOWS,
        measures: &[
            ("Punch", M::ProcessTime, "2 h"),
            ("Punch", M::Servers, "1"),
            ("Stamp", M::ProcessTime, "2 h"),
            ("Stamp", M::Servers, "1"),
            ("Rim", M::ProcessTime, "2 h"),
            ("Rim", M::Servers, "1"),
            ("Deburr", M::ProcessTime, "2 h"),
            ("Deburr", M::Servers, "1"),
        ],
    },
    StreamTemplate {
        file: "penny-fab-two.json",
        steps: 4,
        pack: Pack::Manufacturing,
        calendar: (TimeBasis::Working, 86_400.0, 7.0),
        work_limit: Some("8"),
        flows: PENNY_FLOWS,
        measures: &[
            ("Punch", M::ProcessTime, "2 h"),
            ("Punch", M::Servers, "1"),
            ("Stamp", M::ProcessTime, "5 h"),
            ("Stamp", M::Servers, "2"),
            ("Rim", M::ProcessTime, "10 h"),
            ("Rim", M::Servers, "6"),
            ("Deburr", M::ProcessTime, "3 h"),
            ("Deburr", M::Servers, "2"),
        ],
    },
    StreamTemplate {
        file: "p-and-q.json",
        steps: 4,
        pack: Pack::Manufacturing,
        calendar: (TimeBasis::Working, 28_800.0, 5.0),
        work_limit: None,
        flows: &[
            "Materials pull A",
            "A push B",
            "B push C",
            "C push D",
            "D push Market",
        ],
        measures: &[("A", M::Servers, "1"), ("B", M::WaitingTime, "0 min")],
    },
];

const PENNY_FLOWS: &[&str] = &[
    "Raw material pull Punch",
    "Punch push Stamp",
    "Stamp push Rim",
    "Rim push Deburr",
    "Deburr push Parades",
];

/// The steps of a map.
pub fn steps_of(document: &Document) -> Vec<&Station> {
    let stations = document.stations().values();
    stations
        .filter(|station| station.kind == StationKind::Step)
        .collect()
}

/// A flow as the table writes it.
pub fn told(document: &Document, flow: &Flow) -> String {
    let name = |id| document.stations()[&id].name.as_str();
    let kind = match flow.kind {
        FlowKind::Push => "push",
        FlowKind::Pull => "pull",
        FlowKind::Fifo => "fifo",
        FlowKind::Rework => "rework",
        FlowKind::ManualInformation => "manual",
        FlowKind::ElectronicInformation => "electronic",
    };
    let mut words = format!("{} {kind} {}", name(flow.from), name(flow.to));
    for (_, measure) in flow.measures.iter() {
        words = format!("{words} {}", measure_text(measure));
    }
    words
}

fn named<'a>(document: &'a Document, name: &str) -> &'a Station {
    let mut stations = document.stations().values();
    stations.find(|station| station.name == name).unwrap()
}

/// The likely number of a measure, in seconds, items per second, parts of 1 or plain.
fn likely(document: &Document, name: &str, kind: M) -> f64 {
    let calendar = document.properties().stream.calendar();
    let measure = named(document, name).measures.get(kind).unwrap();
    let amount = measure.amount.likely().unwrap();
    match kind {
        M::ProcessTime | M::WaitingTime => calendar.seconds(amount, measure.unit),
        M::Demand => calendar.rate(amount, measure.unit),
        M::Uptime => amount / 100.0,
        _ => amount,
    }
}

#[test]
fn every_map_has_the_settings_flows_and_measures_of_the_table() {
    for template in STREAMS {
        let (file, document) = (template.file, document_of(template.file));
        let stream = &document.properties().stream;
        let calendar = stream.calendar();
        assert_eq!(stream.pack, template.pack, "{file}");
        assert_eq!(
            (
                calendar.basis,
                calendar.seconds_per_day,
                calendar.days_per_week
            ),
            template.calendar,
            "{file}"
        );
        let limit = stream.work_limit.as_ref().map(measure_text);
        assert_eq!(limit.as_deref(), template.work_limit, "{file}");
        assert_eq!(steps_of(&document).len(), template.steps, "{file}");

        let flows = document.flows().values();
        let drawn: Vec<String> = flows.map(|flow| told(&document, flow)).collect();
        let drawn: BTreeSet<&str> = drawn.iter().map(String::as_str).collect();
        assert_eq!(drawn, template.flows.iter().copied().collect(), "{file}");
        assert_eq!(document.flows().len(), template.flows.len(), "{file}");

        for (name, kind, text) in template.measures {
            let stated = named(&document, name).measures.get(*kind);
            let stated = stated.map(measure_text);
            assert_eq!(stated.as_deref(), Some(*text), "{file}: {name}, {kind:?}");
        }
    }
}

#[test]
fn every_flow_is_one_that_may_be() {
    for StreamTemplate { file, .. } in STREAMS {
        let document = document_of(file);
        for flow in document.flows().values() {
            let allowed = may_flow(&document, flow.from, flow.to, flow.kind);
            assert_eq!(allowed, Ok(()), "{file}: {}", told(&document, flow));
        }
    }
}

#[test]
fn every_measure_says_where_it_comes_from() {
    for StreamTemplate { file, .. } in STREAMS {
        let document = document_of(file);
        let stations = document.stations().values();
        let flows = document.flows().values();
        let measures = stations
            .map(|station| &station.measures)
            .chain(flows.map(|flow| &flow.measures));
        for (kind, measure) in measures.flat_map(|measures| measures.iter()) {
            // That nobody knows it needs no source.
            let unknown = measure.amount.likely().is_none();
            assert!(unknown || !measure.source.is_empty(), "{file}: {kind:?}");
        }
    }
}

#[test]
fn every_map_has_stations_with_names_and_a_customer() {
    for StreamTemplate { file, .. } in STREAMS {
        let document = document_of(file);
        let stations = document.stations();
        let names: BTreeSet<&str> = stations.values().map(|one| one.name.as_str()).collect();
        assert!(
            names.len() == stations.len() && !names.contains(""),
            "{file}"
        );
        let is_customer = |station: &Station| station.kind == StationKind::Customer;
        assert!(stations.values().any(is_customer), "{file}");
        assert!(document.variables().is_empty(), "{file}");
    }
}

#[test]
fn the_software_maps_say_where_the_change_lead_time_runs() {
    for (file, commit) in [
        ("feature-to-production.json", "Develop"),
        ("hot-fix.json", "Fix"),
    ] {
        let document = document_of(file);
        let with = |role: StepRole| -> Vec<&str> {
            let stations = document.stations().values();
            let found = stations.filter(|station| station.role == role);
            found.map(|station| station.name.as_str()).collect()
        };
        assert_eq!(with(StepRole::Commit), [commit], "{file}");
        assert_eq!(with(StepRole::Deployment), ["Deploy"], "{file}");
    }
}

#[test]
fn acme_has_the_numbers_of_the_book() {
    let document = document_of("acme-stamping.json");
    let day = document.properties().stream.calendar().seconds_per_day;
    let demand = likely(&document, "State Street Assembly", M::Demand) * day;
    assert!((demand - 920.0).abs() < 1.0e-9);
    let stocks = ["Stamped", "Welded 1", "Welded 2", "Assembled", "Finished"];
    let items = stocks.map(|name| likely(&document, name, M::WorkInProgress));
    let days = likely(&document, "Coils", M::WaitingTime) / day;
    let days = days + items.iter().sum::<f64>() / demand;
    assert_eq!(format!("{days:.1}"), "23.6");

    let steps = ["Stamping", "Weld 1", "Weld 2", "Assembly 1", "Assembly 2"];
    let times = steps.map(|name| likely(&document, name, M::ProcessTime));
    assert!((times.iter().sum::<f64>() - 188.0).abs() < 1.0e-9);
    let shift = steps.map(|name| {
        let working = 27_600.0 * likely(&document, name, M::Uptime);
        working / likely(&document, name, M::ProcessTime)
    });
    assert_eq!(
        shift.map(|capacity| format!("{capacity:.0}")),
        ["23460", "708", "480", "445", "690"]
    );
    assert_eq!(format!("{:.1}", 100.0 * demand / 2.0 / shift[3]), "103.3");
    // Neither batches nor rework: changeovers stay out of the capacities, as in the book.
    for station in steps_of(&document) {
        assert_eq!(station.measures.get(M::Batch), None);
    }
    let mut kinds = document.flows().values().map(|flow| flow.kind);
    assert!(kinds.all(|kind| kind != FlowKind::Rework));
}

#[test]
fn the_penny_fabs_hold_the_critical_wip() {
    for (file, capacity, raw) in [
        ("penny-fab-one.json", 0.5, 8.0),
        ("penny-fab-two.json", 0.4, 20.0),
    ] {
        let document = document_of(file);
        let names = ["Punch", "Stamp", "Rim", "Deburr"];
        let hours = names.map(|name| likely(&document, name, M::ProcessTime) / 3_600.0);
        let machines = names.map(|name| likely(&document, name, M::Servers));
        let rates = hours.iter().zip(machines).map(|(time, many)| many / time);
        assert!((rates.fold(f64::INFINITY, f64::min) - capacity).abs() < 1.0e-9);
        assert!((hours.iter().sum::<f64>() - raw).abs() < 1.0e-9);
        let limit = document.properties().stream.work_limit.clone().unwrap();
        assert_eq!(limit.amount.likely(), Some(capacity * raw), "{file}");
    }
}
