//! Acme Stamping (Rother & Shook, Learning to See), as a map.

use crate::stream::maps::{Map, figure, likely, measure};
use crate::stream::{assert_near, assert_printed};
use loopstream::model::{Calendar, FlowKind, Id, MeasureKind as M, StationKind as S, TimeBasis};
use loopstream::stream::{
    Bound, FigureKind as F, InputRole, Knowledge, Outcome, Problem, Side, Status,
};

/// A working day of two shifts.
const DAY: f64 = 2.0 * 27_600.0;

pub(crate) struct Acme {
    pub(crate) map: Map,
    pub(crate) steps: Vec<Id>,
    pub(crate) stocks: Vec<Id>,
}

pub(crate) fn acme() -> Acme {
    let mut map = Map::new();
    map.calendar(Calendar {
        basis: TimeBasis::Working,
        seconds_per_day: DAY,
        days_per_week: 5.0,
        rate_unit: None,
    });
    let steps: [(&str, &[(M, &str)]); 5] = [
        (
            "Stamping",
            &[
                (M::ProcessTime, "1 s"),
                (M::Changeover, "1 h"),
                (M::Uptime, "85 %"),
                (M::ResourceShare, "?"),
            ],
        ),
        (
            "Weld 1",
            &[
                (M::ProcessTime, "39 s"),
                (M::Changeover, "10 min"),
                (M::Uptime, "100 %"),
            ],
        ),
        (
            "Weld 2",
            &[
                (M::ProcessTime, "46 s"),
                (M::Changeover, "10 min"),
                (M::Uptime, "80 %"),
            ],
        ),
        (
            "Assembly 1",
            &[
                (M::ProcessTime, "62 s"),
                (M::Changeover, "0 s"),
                (M::Uptime, "100 %"),
            ],
        ),
        (
            "Assembly 2",
            &[
                (M::ProcessTime, "40 s"),
                (M::Changeover, "0 s"),
                (M::Uptime, "100 %"),
            ],
        ),
    ];
    let stocks: [(M, &str); 6] = [
        (M::WaitingTime, "5 d"),
        (M::WorkInProgress, "7000"),
        (M::WorkInProgress, "1700"),
        (M::WorkInProgress, "2450"),
        (M::WorkInProgress, "1840"),
        (M::WorkInProgress, "4140"),
    ];
    // "Two-shift operation, with overtime if necessary": what is asked for is shipped.
    map.settings(|settings| settings.throughput = Some(measure(M::Demand, "18400 per 20 d")));
    let supplier = map.station(S::Supplier, "Michigan Steel", &[]);
    let mut path = vec![supplier];
    let (mut made, mut kept) = (Vec::new(), Vec::new());
    for (index, stock) in stocks.iter().enumerate() {
        let stock = map.station(S::Queue, "Stock", &[*stock]);
        path.push(stock);
        kept.push(stock);
        if let Some((name, measures)) = steps.get(index) {
            let step = map.step(name, measures);
            path.push(step);
            made.push(step);
        }
    }
    path.push(map.station(
        S::Customer,
        "State Street",
        &[(M::Demand, "18400 per 20 d")],
    ));
    map.push(&path);
    Acme {
        map,
        steps: made,
        stocks: kept,
    }
}

#[test]
fn acme_lead_time_and_value_added_time() {
    let report = acme().map.report();
    assert_printed(likely(&report, F::LeadTime) / DAY, 1, "23.6");
    assert_near(likely(&report, F::ProcessTime), 188.0);
    assert_eq!(figure(&report, F::LeadTime).status, Status::Exact);
    assert_near(likely(&report, F::TaktTime), 60.0);
    assert_near(likely(&report, F::Demand) * DAY, 920.0);
    let ratio = 188.0 / likely(&report, F::LeadTime);
    assert_near(likely(&report, F::ActivityRatio), ratio);
    assert_near(likely(&report, F::FlowEfficiency), ratio);
}

#[test]
fn acme_days_after_each_step() {
    let acme = acme();
    let report = acme.map.report();
    let days = ["5.0", "7.6", "1.8", "2.7", "2.0", "4.5"];
    for (stock, days) in acme.stocks.iter().zip(days) {
        let waiting = report.station_figure(*stock, F::StationWaiting).unwrap();
        assert_printed(waiting.outcome.likely().unwrap() / DAY, 1, days);
    }
    let rungs = &report.main().unwrap().ladder.rungs;
    assert_eq!(rungs.len(), 11);
    let waits = rungs.iter().map(|rung| rung.waiting.unwrap());
    assert_printed(waits.sum::<f64>() / DAY, 1, "23.6");
}

#[test]
fn acme_capacities_utilisation_and_constraint() {
    let acme = acme();
    let report = acme.map.report();
    let expected = [23_460.0, 708.0, 480.0, 445.0, 690.0];
    for (step, expected) in acme.steps.iter().zip(expected) {
        let capacity = report.station_figure(*step, F::StationCapacity).unwrap();
        let shift = capacity.outcome.likely().unwrap() * 27_600.0;
        assert!((shift - expected).abs() <= 0.5, "{shift} is not {expected}");
    }
    let used = |step: usize| {
        let figure = report.station_figure(acme.steps[step], F::Utilisation);
        100.0 * figure.unwrap().outcome.likely().unwrap()
    };
    assert_printed(used(3), 1, "103.3");
    assert_printed(used(2), 1, "95.8");
    let stamping = report
        .station_figure(acme.steps[0], F::StationCapacity)
        .unwrap();
    assert_eq!(stamping.status, Status::Bound(Bound::Upper));
    let results = report.main().unwrap();
    let missing = results.missing_inputs(F::StationCapacity, Some(acme.steps[0]));
    let missing: Vec<M> = missing.iter().map(|input| input.measure).collect();
    assert_eq!(missing, [M::Batch, M::ResourceShare]);

    let limit = report.main().unwrap().limit.clone().unwrap();
    assert_eq!(limit.stations().collect::<Vec<_>>(), [acme.steps[3]]);
    assert_eq!(limit.runners_up.len(), 1);
    assert_eq!(limit.runners_up[0].stations, [acme.steps[2]]);
    // Shared, stamping would limit only with a tiny part of its time.
    let candidate = limit
        .candidates
        .iter()
        .find(|candidate| candidate.measure == M::ResourceShare);
    assert_eq!(candidate.unwrap().record, acme.steps[0]);
    assert!(
        candidate.unwrap().threshold.is_none(),
        "its batch is unknown too"
    );
    let weld = limit
        .candidates
        .iter()
        .find(|candidate| candidate.record == acme.steps[2])
        .unwrap();
    let threshold = weld.threshold.unwrap();
    assert_eq!((weld.measure, threshold.side), (M::Batch, Side::Below));
    assert_near(threshold.value, 600.0 / (62.0 - 46.0 / 0.8));
}

#[test]
fn acme_cannot_meet_its_demand() {
    let mut acme = acme();
    let report = acme.map.report();
    assert_eq!(
        report.problems[0].sentence(&acme.map.document),
        "Customers ask for 920 per d, and assembly 1 can do 890 per d in regular time; 920 per d \
         come out, as counted."
    );
    // Without overtime the stock before assembly 1 grows.
    acme.map.settings(|settings| settings.throughput = None);
    let report = acme.map.report();
    let growth = report
        .main()
        .unwrap()
        .limit
        .clone()
        .unwrap()
        .queue_growth()
        .unwrap();
    assert_near(growth * DAY, 920.0 - DAY / 62.0);
    let problems: Vec<&Problem> = report.problems.iter().collect();
    let [problem @ Problem::DemandAboveCapacity { .. }] = problems[..] else {
        panic!("{problems:?}");
    };
    assert_eq!(
        problem.sentence(&acme.map.document),
        "Customers ask for 920 per d, and assembly 1 can do 890 per d: the queue grows by 29.7 per d. \
         The last of the 2450 items at stock waits 2.75 d."
    );
    // No steady state, no prediction.
    assert_eq!(
        figure(&report, F::PredictedLeadTime).outcome,
        Outcome::Unknown
    );
}

#[test]
fn acme_work_in_progress_and_little_s_law() {
    let report = acme().map.report();
    let wip = likely(&report, F::WorkInProgress);
    let lead = likely(&report, F::LeadTime);
    assert_near(wip, likely(&report, F::Demand) * lead);
    assert_near(likely(&report, F::InventoryTime), lead);
    assert_near(likely(&report, F::ExpectedLeadTime), lead);
}

#[test]
fn acme_says_what_its_capacity_comes_from() {
    let acme = acme();
    let report = acme.map.report();
    let capacity = figure(&report, F::Capacity);
    assert_eq!(capacity.status, Status::Bound(Bound::Upper));
    let results = report.main().unwrap();
    let capacity = results.inputs(F::Capacity, None);
    let role = |measure: M| {
        let mut inputs = capacity.iter();
        let input = inputs.find(|input| input.record == acme.steps[4] && input.measure == measure);
        input.map(|input| (input.role, input.knowledge))
    };
    assert_eq!(
        role(M::ProcessTime),
        Some((InputRole::Used, Knowledge::Stated))
    );
    assert_eq!(
        role(M::Servers),
        Some((InputRole::Assumed, Knowledge::Unstated))
    );
    assert_eq!(role(M::Batch), None, "it never changes over");
    assert_eq!(role(M::Demand), None);
    let lead = results.inputs(F::LeadTime, None);
    assert!(
        lead.iter().any(|input| input.measure == M::Demand),
        "by Little's law"
    );
}

#[test]
fn acme_on_the_clock_waits_longer() {
    let mut acme = acme();
    acme.map.calendar(Calendar {
        basis: TimeBasis::Clock,
        seconds_per_day: DAY,
        days_per_week: 5.0,
        rate_unit: None,
    });
    let stock = acme.stocks[1];
    let customer = *acme.map.document.stations().keys().last().unwrap();
    acme.map.state(customer, M::Demand, "4600 per wk");
    let shipped = Some(measure(M::Demand, "4600 per wk"));
    acme.map.settings(|settings| settings.throughput = shipped);
    let report = acme.map.report();
    let waiting = report.station_figure(stock, F::StationWaiting).unwrap();
    // 7,000 pieces last 7.6 working days, which is 10.65 days of the calendar.
    assert_near(
        waiting.outcome.likely().unwrap() / 86_400.0,
        7_000.0 / 920.0 * 7.0 / 5.0,
    );
    assert_near(likely(&report, F::ProcessTime), 188.0);
    assert_near(likely(&report, F::TaktTime), 60.0);
}

#[test]
fn a_flow_of_information_is_no_flow_of_work() {
    let mut acme = acme();
    let control = acme.map.station(S::Control, "Production control", &[]);
    acme.map
        .flow(control, acme.steps[0], FlowKind::ManualInformation, &[]);
    let report = acme.map.report();
    assert_eq!(report.streams.len(), 1);
    assert_printed(likely(&report, F::LeadTime) / DAY, 1, "23.6");
    assert_eq!(report.problems.len(), 1);
}
