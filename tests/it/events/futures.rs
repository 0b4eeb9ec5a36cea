//! Two futures under the same chance.

use std::sync::Arc;

use loopstream::simulate::events::{
    CompareError, LeftOut, Line, Plan, Route, Settings, Station, Step, Study, compare,
};
use proptest::prelude::*;

use super::lines::{constant, exponential, plan, poisson, settings};
use super::slow_lines::any_line;

fn study(plan: &Arc<Plan>, settings: Settings) -> Study {
    let mut study = Study::new(Arc::clone(plan), settings);
    study.finish();
    study
}

fn three_steps() -> Line {
    let steps = [0.6, 0.7, 0.5].map(|mean| Step::new(exponential(mean)));
    let mut line = Line::in_a_row(steps.into(), poisson(1.0));
    line.stations[2].route = Route::LEAVE.with_back(0.1, 0);
    line
}

/// A step that takes no time, put between the first and the second.
fn with_a_step(mut line: Line) -> Line {
    let station = Station::step(999, Step::new(constant(0.0)), Route::to(1));
    line.stations.push(station);
    line.stations[0].route = Route::to(3);
    line
}

#[test]
fn equal_maps_do_not_differ_at_all() {
    let usual = Settings {
        warm_up: LeftOut::Found,
        ..settings(4, 2_000.0, 0.0, 10)
    };
    let base = study(&plan(three_steps()), usual);
    for (what, line) in [
        ("the same", three_steps()),
        ("a step inserted", with_a_step(three_steps())),
    ] {
        let found = compare(&base, &study(&plan(line), usual)).unwrap();
        assert_eq!(found.each.len(), 10);
        for row in &found.each {
            assert_eq!(*row, [0.0; 3], "{what}");
        }
        let lead = found.lead.unwrap();
        assert_eq!((lead.mean, lead.half_width), (0.0, 0.0), "{what}");
        for percentile in found.percentiles.unwrap() {
            assert_eq!((percentile.mean, percentile.half_width), (0.0, 0.0));
        }
    }
}

#[test]
fn a_difference_is_found_with_fewer_replications_than_by_chance_of_its_own() {
    let usual = settings(4, 3_000.0, 300.0, 10);
    let mut faster = three_steps();
    faster.stations[1].place =
        loopstream::simulate::events::Place::Step(Step::new(exponential(0.66)));
    let (base, other) = (
        study(&plan(three_steps()), usual),
        study(&plan(faster), usual),
    );
    let paired = compare(&base, &other).unwrap().lead.unwrap();
    let apart = {
        let one = base.results().unwrap().lead.unwrap();
        let two = other.results().unwrap().lead.unwrap();
        (one.half_width * one.half_width + two.half_width * two.half_width).sqrt()
    };
    assert!(paired.high() < 0.0, "{paired:?} {apart}");
    assert!(
        paired.half_width < 0.5 * apart,
        "{} {apart}",
        paired.half_width
    );
    let elsewhere = study(&plan(three_steps()), settings(5, 3_000.0, 300.0, 10));
    assert_eq!(compare(&base, &elsewhere), Err(CompareError::OtherSettings));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the map: the same map has the same runs, in every replication.
    #[test]
    fn any_map_equals_itself(line in any_line(), seed in 0_u64..1_000) {
        let usual = settings(seed, 100.0, 10.0, 3);
        let one = study(&plan(line.clone()), usual);
        let two = study(&plan(line), usual);
        for replication in 0..3 {
            prop_assert_eq!(one.history(replication), two.history(replication));
        }
    }
}
