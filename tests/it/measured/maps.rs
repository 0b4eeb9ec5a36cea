//! Measured data on maps: new ones, and the open one.

use loopstream::import_data::{
    Arrive, Choices, Clock, Mapping, Plan, observed, plan_of_items, plan_of_steps,
};
use loopstream::model::{
    Amount, Calendar, Date, Document, Edit, Element, Flow, FlowKind, Id, IdSource, Measure,
    MeasureKind, Station, StationKind, StreamSettings, Times, Unit, measure_text,
};
use loopstream::stream::StreamReport;

use crate::common::document::assert_valid;
use crate::measured::{JIRA, MOVES, STEPS, chosen, table, understood};

const EXPORTED: Option<Date> = Some(Date {
    year: 2026,
    month: 11,
    day: 17,
});

fn plan(text: &str, now: &str) -> Plan {
    let (mapping, _, figures) = understood(text, &[], now);
    plan_of_items(
        &figures,
        &Clock::new(mapping.clock.calendar),
        "board.csv",
        EXPORTED,
    )
}

fn new_map(plan: &Plan) -> Document {
    let map = plan.new_map(&StreamSettings::default(), &mut IdSource::new(5));
    assert_valid(&map);
    assert_eq!(map.properties().stream.calendar(), plan.calendar);
    map
}

fn station<'d>(document: &'d Document, name: &str) -> &'d Station {
    let stations = document.stations().values();
    let mut found = stations.filter(|station| station.name == name);
    found.next().unwrap_or_else(|| panic!("no {name}"))
}

fn said(station: &Station, kind: MeasureKind) -> String {
    station
        .measures
        .get(kind)
        .map_or_else(String::new, measure_text)
}

#[test]
fn work_items_become_a_map() {
    let map = new_map(&plan(JIRA, "2026-11-17 09:00"));
    let kinds: Vec<(StationKind, &str)> = {
        let mut stations: Vec<&Station> = map.stations().values().collect();
        stations.sort_by(|one, other| {
            one.placement
                .position
                .x
                .total_cmp(&other.placement.position.x)
        });
        stations
            .iter()
            .map(|station| (station.kind, station.name.as_str()))
            .collect()
    };
    assert_eq!(
        kinds,
        [
            (StationKind::Queue, "Created"),
            (StationKind::Step, "In Progress"),
            (StationKind::Queue, "Ready for Review"),
            (StationKind::Step, "Review"),
            (StationKind::Customer, "Customer"),
        ]
    );
    assert_eq!(map.flows().len(), 4);
    let step = station(&map, "In Progress");
    assert_eq!(said(step, MeasureKind::ProcessTime), "3.2 d");
    assert_eq!(said(step, MeasureKind::WorkInProgress), "1");
    assert_eq!(said(step, MeasureKind::Servers), "?");
    let measure = step.measures.get(MeasureKind::ProcessTime).unwrap();
    assert!(matches!(measure.amount, Amount::Measured(_)));
    assert_eq!(measure.date, EXPORTED);
    assert_eq!(
        measure.source,
        "board.csv: mean of 4 and 1 not over yet; P50 3 d, P85 5 d, P95 5 d"
    );
    assert!(
        step.remark
            .starts_with("Measured data, board.csv, 2026-11-17: time in this state"),
        "{}",
        step.remark
    );
    assert_eq!(
        said(station(&map, "Created"), MeasureKind::WorkInProgress),
        "1"
    );
    assert_eq!(
        said(station(&map, "Customer"), MeasureKind::Demand),
        "2.8 per wk"
    );
    // The map can be calculated with: the lead time is that of its waits and steps.
    let report = StreamReport::of(&map);
    assert!(report.main().is_some());
}

#[test]
fn rework_becomes_a_flow_with_its_share() {
    let map = new_map(&plan(MOVES, "2026-11-08 08:00"));
    let rework: Vec<&Flow> = map
        .flows()
        .values()
        .filter(|flow| flow.kind == FlowKind::Rework)
        .collect();
    assert_eq!(rework.len(), 1);
    let share = rework[0].measures.get(MeasureKind::Share).unwrap();
    assert_eq!(measure_text(share), "33.33 %");
    assert_eq!(share.source, "board.csv: 1 of 3 went back");
}

#[test]
fn steps_become_a_map() {
    let table = table(STEPS);
    let mapping = Mapping::of(&table, &chosen(&[]), Calendar::default());
    let observed = observed(&table, &mapping);
    let map = new_map(&plan_of_steps(&observed, &mapping, "steps.csv", EXPORTED));
    let test = station(&map, "Test");
    assert_eq!(said(test, MeasureKind::ProcessTime), "5 h");
    assert_eq!(said(test, MeasureKind::WaitingTime), "7 h");
    assert_eq!(said(test, MeasureKind::CompleteAndAccurate), "90 %");
    assert_eq!(
        test.measures.get(MeasureKind::ProcessTime).unwrap().source,
        "steps.csv: one row"
    );
    assert_eq!(test.remark, "the environment\r\nis \"often\" down");
    assert_eq!(map.flows().len(), 4);
}

fn open_map() -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let add = |edit: &mut Edit<'_>, bits: u64, kind: StationKind, name: &str, remark: &str| {
        edit.set(
            Id::from_bits(bits),
            Some(Element::Station(Station {
                kind,
                name: name.to_owned(),
                remark: remark.to_owned(),
                ..Station::default()
            })),
        );
    };
    add(&mut edit, 1, StationKind::Step, "in progress", "Ask Ada.");
    add(&mut edit, 2, StationKind::Step, "Review", "");
    add(&mut edit, 3, StationKind::Step, "Deploy", "");
    add(&mut edit, 4, StationKind::Customer, "Users", "");
    for (bits, from, to) in [(11, 1, 2), (12, 2, 3), (13, 3, 4)] {
        let flow = Flow::new(Id::from_bits(from), Id::from_bits(to), FlowKind::Push);
        edit.set(Id::from_bits(bits), Some(Element::Flow(flow)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

#[test]
fn the_open_map_is_brought_up_to_date_where_names_match() {
    let mut map = open_map();
    let mut edit = Edit::new(&map);
    edit.change(Id::from_bits(1), |element| {
        let Element::Station(station) = element else {
            return;
        };
        let people = Measure::measured(3.0, Unit::One);
        station.measures.set(MeasureKind::Servers, Some(people));
    });
    let patch = edit.finish();
    map.apply(&patch).unwrap();
    let plan = plan(JIRA, "2026-11-17 09:00");
    let updated = plan.update(&map, &Choices::new());
    assert_eq!(updated.matched, ["in progress", "Review", "Users"]);
    assert_eq!(updated.unmatched, Vec::<String>::new());
    map.apply(&updated.patch).unwrap();
    assert_valid(&map);
    let step = station(&map, "in progress");
    assert_eq!(said(step, MeasureKind::ProcessTime), "3.2 d");
    // What somebody has said stays where the table says nothing.
    assert_eq!(said(step, MeasureKind::Servers), "3");
    // There is no queue before it on the map: what waits as Created waits before the step.
    assert!(said(step, MeasureKind::WaitingTime).ends_with(" d"));
    assert!(
        step.remark.starts_with("Ask Ada.\n\nMeasured data, "),
        "{}",
        step.remark
    );
    assert_eq!(
        said(station(&map, "Users"), MeasureKind::Demand),
        "2.8 per wk"
    );
    assert!(station(&map, "Deploy").measures.is_empty());
    // A second time changes nothing more.
    assert!(plan.update(&map, &Choices::new()).patch.is_empty());
}

#[test]
fn what_no_station_or_several_have_is_said() {
    let map = open_map();
    let updated = plan(MOVES, "2026-11-08 08:00").update(&map, &Choices::new());
    assert_eq!(updated.matched, ["Users"]);
    assert_eq!(updated.unmatched, ["Backlog", "Build", "Test"]);
}

/// Of work in progress the times that are over; they count in runs, each as it was.
#[test]
fn the_times_that_went_into_a_measure_are_kept() {
    let map = new_map(&plan(JIRA, "2026-11-17 09:00"));
    let of = |name: &str, kind: MeasureKind| {
        let measure = station(&map, name).measures.get(kind).unwrap().clone();
        measure.times.map(|times| times.text())
    };
    let times = of("In Progress", MeasureKind::ProcessTime).unwrap();
    assert_eq!(times, "1, 2, 3, 5 d");
}

#[test]
fn many_times_are_thinned_and_it_is_said() {
    let mut text = "Key,Created,Doing,Done\n".to_owned();
    for item in 0..500 {
        let hour = 9 + item % 8;
        text += &format!(
            "A-{item},2026-09-07 08:00,2026-09-07 08:00,2026-09-07 {hour:02}:{:02}\n",
            item % 60
        );
    }
    let map = new_map(&plan(&text, "2026-11-17 09:00"));
    let doing = station(&map, "Doing");
    let measure = doing.measures.get(MeasureKind::ProcessTime).unwrap();
    let times = measure.times.as_ref().unwrap();
    assert_eq!(times.values.len(), Times::MOST);
    assert!(times.values.is_sorted());
    let says = "200 times that stand for those that are over are kept for runs.";
    assert!(doing.remark.contains(says), "{}", doing.remark);
    // Their mean is that of all, but for what thinning takes.
    let likely = measure.amount.likely().unwrap();
    assert_eq!(times.unit, measure.unit);
    assert!((times.mean() - likely).abs() < 0.01 * likely);
}

#[test]
fn items_come_in_runs_as_they_did_if_that_is_wanted() {
    let (mapping, _, figures) = understood(JIRA, &[("arrivals", "list")], "2026-11-17 09:00");
    assert_eq!(mapping.arrivals, Arrive::AsTheyCame);
    let plan = plan(JIRA, "2026-11-17 09:00");
    assert!(plan.schedule.is_empty());
    let plan = plan.with_arrivals(&figures);
    let map = new_map(&plan);
    let schedule = &map.properties().stream.run.schedule;
    assert_eq!(schedule.len(), figures.whole.items);
    assert_eq!(schedule[0], 0.0);
    assert!(schedule.is_sorted() && schedule.last() > Some(&0.0));
    // The open map gets it too, and nothing else of its settings changes.
    let updated = plan.update(&map, &Choices::new());
    let mut again = map.clone();
    again.apply(&updated.patch).unwrap();
    assert_eq!(again.properties(), map.properties());
    // More than a run can have: the last ones.
    let mut many = figures.clone();
    many.whole.came = (0..3_000)
        .map(|number| f64::from(number) * 3_600.0)
        .collect();
    let plan = plan.with_arrivals(&many);
    assert_eq!((plan.schedule.len(), plan.schedule[0]), (2_000, 0.0));
    // An hour of the clock is the 4.2th part of a working hour.
    assert!((plan.schedule[1] - 1.0 / 4.2).abs() < 1e-12);
}
