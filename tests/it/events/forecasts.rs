//! When work is done, and how much by a date.

use loopstream::simulate::events::{Arrivals, Forecast, Line, Question, Step, Waiting};

use super::lines::{constant, exponential, plan, poisson};

/// Twenty items before one exponential step: the time of the last is that of Erlang with 20 stages.
#[test]
fn twenty_items_are_done_when_the_law_of_erlang_says() {
    let mut line = Line::in_a_row(vec![Step::new(exponential(1.0))], Arrivals::At(vec![]));
    line.start.push(Waiting {
        station: 0,
        ages: vec![0.0; 20],
        kind: 0,
        class: 1,
    });
    let plan = plan(line);
    let erlang = loopstream::simulate::events::Law::erlang(20.0, 20).unwrap();
    let mut held = [0; 3];
    for seed in 0..100 {
        let question = Question::WhenStartIsDone;
        let mut forecast = Forecast::new(std::sync::Arc::clone(&plan), question, seed, 400, 1e6);
        forecast.finish();
        for (share, held) in [0.5, 0.85, 0.95].into_iter().zip(&mut held) {
            let found = forecast.sure(share).unwrap();
            assert!(found.low <= found.answer && found.answer <= found.high);
            let truth = erlang.quantile(share);
            *held += u32::from(found.low <= truth && truth <= found.high);
        }
    }
    println!("forecast: {held:?} of 100 intervals of 95 % hold the percentile");
    assert!(held.iter().all(|held| *held >= 90), "{held:?}");
}

/// Items that leave a busy step by a time are Poisson: at least so many in 85 of 100 runs.
#[test]
fn how_many_by_a_date() {
    let mut line = Line::in_a_row(vec![Step::new(exponential(1.0))], Arrivals::At(vec![]));
    line.start.push(Waiting {
        station: 0,
        ages: vec![0.0; 200],
        kind: 0,
        class: 1,
    });
    let mut forecast = Forecast::new(plan(line), Question::HowManyBy(50.0), 3, 4_000, 1e6);
    while forecast.advance(1_000) {}
    // The Poisson law of mean 50: 84.0 of 100 are at least 43, 87.3 at least 42.
    let found = forecast.sure(0.85).unwrap();
    assert!((42.0..=43.0).contains(&found.answer), "{found:?}");
    assert!(found.low <= found.answer && found.answer <= found.high);
    assert_eq!(forecast.progress(), (4_000, 4_000));
}

#[test]
fn what_is_not_done_in_time_is_infinite() {
    let line = Line::in_a_row(vec![Step::new(constant(1.0))], poisson(0.5));
    let mut forecast = Forecast::new(plan(line), Question::WhenDone(1_000), 3, 20, 10.0);
    forecast.finish();
    assert_eq!(forecast.sure(0.5).unwrap().answer, f64::INFINITY);
}
