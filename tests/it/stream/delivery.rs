//! The metrics of software delivery.

use crate::stream::assert_near;
use crate::stream::maps::Map;
use loopstream::model::{
    Calendar, Element, FlowKind, Id, MeasureKind as M, StationKind as S, StepRole,
};
use loopstream::stream::{BENCHMARKS, DoraGap, DoraLevel, DoraMetric as D, dora, level_of};

fn map() -> (Map, [Id; 5]) {
    let mut map = Map::new();
    let times = |process, waiting| [(M::ProcessTime, process), (M::WaitingTime, waiting)];
    let code = map.step("Code", &times("4 h", "1 d"));
    let test = map.step("Test", &times("2 h", "6 h"));
    let deploy = map.step("Deploy", &times("1 h", "7 h"));
    let watch = map.step("Watch", &times("0 h", "3 h"));
    let users = map.station(S::Customer, "Users", &[(M::Demand, "1 per d")]);
    map.push(&[code, test, deploy, watch, users]);
    for (id, role) in [(code, StepRole::Commit), (deploy, StepRole::Deployment)] {
        map.edit(|edit| {
            edit.change(id, |element| {
                if let Element::Station(station) = element {
                    station.role = role;
                }
            });
        });
    }
    (map, [code, test, deploy, watch, users])
}

fn metric(map: &Map, metric: D) -> Result<f64, DoraGap> {
    let report = map.report();
    let figures = dora(report.main().unwrap());
    figures
        .into_iter()
        .find(|figure| figure.metric == metric)
        .unwrap()
        .value
}

#[test]
fn the_five_metrics_of_a_map() {
    let (mut map, [_, test, deploy, watch, _]) = map();
    // One in five has to be mended: back to test after an hour.
    map.flow(
        watch,
        test,
        FlowKind::Rework,
        &[(M::Share, "20 %"), (M::WaitingTime, "1 h")],
    );
    assert_near(metric(&map, D::ChangeLeadTime).unwrap(), 16.0 * 3_600.0);
    assert_near(
        metric(&map, D::DeploymentFrequency).unwrap() * 28_800.0,
        1.25,
    );
    assert_near(metric(&map, D::ChangeFailRate).unwrap(), 0.2);
    assert_near(metric(&map, D::DeploymentReworkRate).unwrap(), 0.2);
    // Found by the watch after 3 h, an hour back, then test and deployment again.
    assert_near(
        metric(&map, D::FailedDeploymentRecoveryTime).unwrap(),
        (3.0 + 1.0 + 16.0) * 3_600.0,
    );
    map.state(deploy, M::Batch, "5");
    assert_near(
        metric(&map, D::DeploymentFrequency).unwrap() * 28_800.0,
        0.25,
    );
}

#[test]
fn without_rework_the_fail_rate_is_what_is_not_accurate() {
    let (mut map, [_, _, deploy, ..]) = map();
    assert_eq!(
        metric(&map, D::ChangeFailRate),
        Err(DoraGap::Unknown(vec![deploy]))
    );
    map.state(deploy, M::CompleteAndAccurate, "85 %");
    assert_near(metric(&map, D::ChangeFailRate).unwrap(), 0.15);
    assert_eq!(metric(&map, D::DeploymentReworkRate), Ok(0.0));
    assert_eq!(
        metric(&map, D::FailedDeploymentRecoveryTime),
        Err(DoraGap::NoRework)
    );
}

#[test]
fn what_a_map_lacks_is_said() {
    let (mut map, [code, test, deploy, _, users]) = map();
    map.state(test, M::WaitingTime, "");
    assert_eq!(
        metric(&map, D::ChangeLeadTime),
        Err(DoraGap::Unknown(vec![test]))
    );
    map.state(users, M::Demand, "?");
    assert_eq!(
        metric(&map, D::DeploymentFrequency),
        Err(DoraGap::NoThroughput)
    );
    let back = map.flow(deploy, code, FlowKind::Rework, &[]);
    assert_eq!(
        metric(&map, D::ChangeFailRate),
        Err(DoraGap::Unknown(vec![back]))
    );
    map.edit(|edit| edit.remove(deploy));
    assert_eq!(metric(&map, D::ChangeFailRate), Err(DoraGap::NoDeployment));
    let gap = DoraGap::Unknown(vec![test]);
    assert_eq!(gap.sentence(&map.document), "A measure of Test is unknown.");
}

#[test]
fn the_bands_of_2024_are_as_printed() {
    let rates = BENCHMARKS.map(|benchmark| benchmark.change_fail_rate);
    assert_eq!(rates, [0.05, 0.2, 0.1, 0.4]);
    let calendar = Calendar::default();
    let day = 28_800.0;
    let lead = |days: f64| level_of(D::ChangeLeadTime, days * day, &calendar);
    assert_eq!(lead(0.5), Some(DoraLevel::Elite));
    assert_eq!(lead(1.0), Some(DoraLevel::High));
    assert_eq!(lead(5.5), Some(DoraLevel::Medium));
    assert_eq!(lead(30.0), Some(DoraLevel::Low));
    assert_eq!(lead(300.0), None);
    let often = |a_day: f64| level_of(D::DeploymentFrequency, a_day / day, &calendar);
    assert_eq!(often(4.0), Some(DoraLevel::Elite));
    assert_eq!(often(1.0), Some(DoraLevel::High));
    assert_eq!(often(0.1), Some(DoraLevel::Medium));
    assert_eq!(level_of(D::ChangeFailRate, 0.05, &calendar), None);
}
