//! Whether the stated 95 % intervals hold what they say, with the settings that the app uses.

use std::sync::Arc;

use loopstream::simulate::events::{
    Arrivals, LeftOut, Settings, Steadiness, Study, USUAL_ITEMS, USUAL_REPLICATIONS,
};

use super::lines::{mm1, plan};

/// Studies of M/M/1: how many intervals hold the truth, of how many that do not say that they are too
/// short.
fn coverage(rate: f64, studies: u64) -> (u32, u32) {
    let plan = plan(mm1(rate));
    let truth = 1.0 / (1.0 - rate);
    let (mut held, mut of) = (0, 0);
    for seed in 1_000..1_000 + studies {
        let mut study = Study::new(Arc::clone(&plan), Settings::usual(&plan, seed));
        study.finish();
        let results = study.results().unwrap();
        assert_eq!(results.replications, USUAL_REPLICATIONS as usize);
        if results.steadiness == Steadiness::Steady {
            of += 1;
            held += u32::from(results.lead.unwrap().holds(truth));
        }
    }
    println!("M/M/1 at {rate}: {held} of {of} intervals hold, of {studies} studies");
    (held, of)
}

/// With `LOOPSTREAM_COVERAGE` set, 200 studies: 93 to 97 of 100 intervals hold. Else 40, to be quick:
/// fewer than 34 of them would come by chance once in a thousand times.
fn holds_what_it_says(rate: f64) {
    if std::env::var_os("LOOPSTREAM_COVERAGE").is_some() {
        let (held, of) = coverage(rate, 200);
        let share = f64::from(held) / f64::from(of);
        assert!((0.93..=0.97).contains(&share), "{rate}: {held} of {of}");
    } else {
        let (held, of) = coverage(rate, 40);
        assert!(
            of >= 36 && f64::from(held) >= 0.85 * f64::from(of),
            "{rate}: {held} of {of}"
        );
    }
}

#[test]
fn intervals_hold_what_they_say_at_0_7() {
    holds_what_it_says(0.7);
}

#[test]
fn intervals_hold_what_they_say_at_0_9() {
    holds_what_it_says(0.9);
}

#[test]
fn a_line_that_cannot_keep_up_grows() {
    let plan = plan(mm1(1.2));
    let mut study = Study::new(Arc::clone(&plan), Settings::usual(&plan, 1));
    study.finish();
    let Steadiness::Grows(growth) = study.results().unwrap().steadiness else {
        panic!("it grows");
    };
    assert!(growth.holds(0.2), "{growth:?}");
}

#[test]
fn a_run_too_short_says_so() {
    let plan = plan(mm1(0.97));
    let settings = Settings {
        length: 60.0,
        ..Settings::usual(&plan, 1)
    };
    let mut study = Study::new(plan, settings);
    study.finish();
    let steadiness = study.results().unwrap().steadiness;
    assert_ne!(steadiness, Steadiness::Steady);
}

#[test]
fn a_study_can_be_left_and_adds_replications_until_it_is_narrow() {
    let plan = plan(mm1(0.7));
    let settings = Settings {
        length: 3_000.0,
        warm_up: LeftOut::Time(300.0),
        precision: 0.02,
        most: 400,
        ..Settings::usual(&plan, 1)
    };
    let mut study = Study::new(Arc::clone(&plan), settings);
    assert!(study.results().is_none());
    assert!(study.advance(10_000));
    let progress = study.progress();
    assert!(progress.done >= 1 && progress.part < 1.0 && progress.events >= 10_000);
    assert_eq!(
        study.results().unwrap().replications,
        progress.done as usize
    );
    while study.advance(10_000) {}
    let results = study.results().unwrap();
    assert!(results.replications > 20);
    assert!(results.lead.unwrap().relative() <= 0.02);
}

#[test]
fn usual_settings_fit_lines_that_pull() {
    let mut line = mm1(0.5);
    line.sources[0].arrivals = Arrivals::Always;
    line.stations[0].queue_limit = Some(1);
    let plan = plan(line);
    let usual = Settings::usual(&plan, 1);
    // One item a unit of time.
    let items = USUAL_ITEMS as f64;
    assert!(
        (usual.length / items - 1.0).abs() < 0.15,
        "{}",
        usual.length
    );
}
