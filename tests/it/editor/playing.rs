//! A play: a push, its clock, its end.

use loopstream::causal::play::{Push, Standing};
use loopstream::editor::{Action, Event, Motion, Pace, PlayInput, Playing, Speed};
use loopstream::model::Polarity;

use crate::common::driver::Driver;
use crate::editor::ring;

/// A ring in which delays raise batch size, that raises risk, and that raises delays; delays are
/// selected.
fn signed() -> Driver {
    let mut driver = ring();
    for link in driver.links() {
        let positive = Polarity::Positive;
        driver.run(loopstream::editor::Command::SetPolarity(link, positive));
    }
    let delays = driver.id("delays");
    driver.send(Event::Select([delays].into()));
    driver
}

fn playing(driver: &Driver) -> &Playing {
    driver.editor.playing().unwrap()
}

fn tick(driver: &mut Driver, at: f64) {
    let tick = PlayInput::Tick(at, Motion::Travelling);
    driver.send(Event::Play(tick));
}

#[test]
fn the_clock_plays_round_by_round_to_the_end() {
    let mut driver = signed();
    assert_eq!(driver.key("alt+arrowup"), Some(Action::PushUp));
    assert_eq!(
        driver.said.last().unwrap(),
        "delays pushed up. 3 rounds follow"
    );
    assert_eq!(playing(&driver).pace(), Pace::Playing);
    let (mut at, mut rounds) = (1_000.0, Vec::new());
    tick(&mut driver, at);
    assert_eq!(playing(&driver).moment().share, 0.0);
    while playing(&driver).wants_ticks() && at < 20_000.0 {
        at += 100.0;
        tick(&mut driver, at);
        let moment = playing(&driver).moment();
        assert!((0.0..1.0).contains(&moment.share));
        if rounds.last() != Some(&moment.round) {
            rounds.push(moment.round);
        }
    }
    assert_eq!(rounds, [0, 1, 2, 3]);
    // Three rounds of a second and a half.
    assert!((at - 5_500.0).abs() <= 300.0, "{at}");
    assert!(playing(&driver).is_over());
    assert_eq!(
        driver.said.last().unwrap(),
        "Round 3: Back at delays, loop R1 amplifies the push (by risk). The play is over: 2 rise"
    );
    let standings = playing(&driver).play().standings(3);
    assert_eq!(standings[&driver.id("risk")], Standing::Rises);
    // Once more from the start.
    driver.act(Action::PausePlay);
    assert_eq!(playing(&driver).moment().round, 0);
    assert_eq!(playing(&driver).pace(), Pace::Playing);
}

#[test]
fn a_page_that_was_out_of_sight_goes_on_where_it_was() {
    let mut driver = signed();
    driver.act(Action::PushDown);
    tick(&mut driver, 0.0);
    tick(&mut driver, 60_000.0);
    let moment = playing(&driver).moment();
    assert_eq!(moment.round, 0);
    assert!(moment.share < 0.1, "{moment:?}");
    // A clock that goes back moves nothing.
    tick(&mut driver, 50.0);
    assert_eq!(playing(&driver).moment(), moment);
}

#[test]
fn buttons_and_keys_step_rewind_and_pause() {
    let mut driver = signed();
    driver.act(Action::PushUp);
    tick(&mut driver, 0.0);
    tick(&mut driver, 90.0);
    assert_eq!(driver.key("."), Some(Action::StepPlay));
    let moment = playing(&driver).moment();
    assert_eq!((moment.round, moment.share), (1, 0.0));
    assert_eq!(playing(&driver).pace(), Pace::Paused);
    assert!(!playing(&driver).wants_ticks());
    // Paused, the clock moves nothing.
    tick(&mut driver, 180.0);
    tick(&mut driver, 270.0);
    assert_eq!(playing(&driver).moment(), moment);
    assert_eq!(driver.key("alt+k"), Some(Action::PausePlay));
    assert_eq!(playing(&driver).pace(), Pace::Playing);
    assert_eq!(driver.key(","), Some(Action::RewindPlay));
    assert_eq!(playing(&driver).moment().round, 0);
    for round in 1..=3 {
        driver.act(Action::StepPlay);
        assert_eq!(playing(&driver).moment().round, round);
    }
    driver.act(Action::StepPlay);
    assert_eq!(playing(&driver).moment().round, 3, "there is no fourth");
    // A letter still begins a name.
    assert_eq!(driver.key("k"), Some(Action::EditText));
}

#[test]
fn speed_says_how_long_a_round_takes() {
    for speed in Speed::ALL {
        let mut driver = signed();
        driver.act(Action::PushUp);
        driver.send(Event::Play(PlayInput::Speed(speed)));
        tick(&mut driver, 0.0);
        let mut at = 0.0;
        while playing(&driver).moment().round == 0 && at < 9_000.0 {
            at += 50.0;
            tick(&mut driver, at);
        }
        assert!((at - speed.round()).abs() <= 50.0, "{speed:?} {at}");
        // Another push goes on as fast.
        driver.act(Action::PushDown);
        assert_eq!(playing(&driver).speed(), speed);
    }
}

#[test]
fn without_motion_a_round_is_over_all_at_once() {
    let mut driver = signed();
    driver.act(Action::PushUp);
    let mut at = 0.0;
    while playing(&driver).pace() == Pace::Playing && at < 20_000.0 {
        driver.send(Event::Play(PlayInput::Tick(at, Motion::Still)));
        assert_eq!(playing(&driver).moment().share, 0.0);
        assert!(!playing(&driver).moves());
        at += 50.0;
    }
    assert_eq!(playing(&driver).moment().round, 3);
}

#[test]
fn escape_ends_the_play_before_it_clears_the_selection() {
    let mut driver = signed();
    driver.act(Action::PushUp);
    driver.key("escape");
    assert!(driver.editor.playing().is_none());
    assert_eq!(driver.said.last().unwrap(), "The play was ended");
    assert_eq!(driver.selected().0, ["delays"]);
    driver.key("escape");
    assert_eq!(driver.selected().0, Vec::<String>::new());
}

#[test]
fn a_change_of_what_is_played_begins_again_and_a_move_does_not() {
    let mut driver = signed();
    driver.act(Action::PushUp);
    driver.act(Action::StepPlay);
    driver.key("arrowright");
    assert_eq!(playing(&driver).moment().round, 1, "a move");
    driver.draw_variable("trust", 800.0, 600.0);
    assert_eq!(playing(&driver).moment().round, 0, "one more variable");
    driver.draw_link("risk", "trust");
    for step in 0..200 {
        tick(&mut driver, 100.0 * f64::from(step));
    }
    let standings = playing(&driver).play().standings(9);
    assert_eq!(standings[&driver.id("trust")], Standing::Unknown);
    // Without its variable it ends.
    let delays = driver.id("delays");
    driver.send(Event::Select([delays].into()));
    driver.key("delete");
    assert!(driver.editor.playing().is_none());
    driver.act(Action::Undo);
    assert!(driver.editor.playing().is_none());
}

#[test]
fn the_selected_variable_goes_before_the_one_that_was_pushed() {
    let mut driver = signed();
    assert_eq!(driver.key("alt+arrowdown"), Some(Action::PushDown));
    assert!(driver.editor.plays_selection());
    let risk = driver.id("risk");
    driver.send(Event::Select([risk].into()));
    assert!(!driver.editor.plays_selection());
    driver.act(Action::PushUp);
    assert_eq!(playing(&driver).play().pushed(), risk);
    driver.send(Event::Select([].into()));
    driver.act(Action::PushDown);
    assert_eq!(playing(&driver).play().pushed(), risk);
    assert_eq!(playing(&driver).play().push(), Push::Down);
}

#[test]
fn nothing_is_pushed_where_nothing_is_selected() {
    let mut driver = ring();
    assert_eq!(driver.key("alt+arrowup"), None);
    driver.act(Action::PushUp);
    assert_eq!(driver.said.last().unwrap(), "Select a variable first");
    for action in [
        Action::PausePlay,
        Action::StepPlay,
        Action::RewindPlay,
        Action::EndPlay,
    ] {
        driver.act(action);
        assert!(driver.editor.playing().is_none());
    }
    tick(&mut driver, 10.0);
    assert!(driver.editor.playing().is_none());
}

#[test]
fn a_variable_that_acts_on_nothing_is_over_at_once() {
    let mut driver = Driver::with(&[("risk", 300.0, 300.0)], &[]);
    driver.click(300.0, 300.0);
    driver.act(Action::PushUp);
    assert_eq!(
        driver.said.last().unwrap(),
        "risk pushed up. No link leads on"
    );
    assert!(playing(&driver).is_over());
    driver.act(Action::PausePlay);
    assert_eq!(playing(&driver).pace(), Pace::Paused);
    assert!(!playing(&driver).wants_ticks());
}

#[test]
fn who_only_looks_pushes_what_is_pressed() {
    let mut driver = signed();
    driver.editor = driver.editor.clone().for_viewing();
    driver.key("escape");
    let (x, y) = driver.middle("risk");
    driver.move_to(x, y);
    assert_eq!(driver.editor.cursor(), "pointer");
    driver.drag((x, y), (x + 60.0, y));
    assert_eq!(driver.selected().0, Vec::<String>::new(), "that panned");
    let (x, y) = driver.middle("risk");
    driver.click(x, y);
    assert_eq!(driver.selected().0, ["risk"]);
    assert_eq!(driver.key("alt+arrowup"), Some(Action::PushUp));
    driver.act(Action::StepPlay);
    assert_eq!(playing(&driver).moment().round, 1);
    driver.click(20.0, 700.0);
    assert_eq!(driver.selected().0, Vec::<String>::new());
    assert_eq!(playing(&driver).moment().round, 1);
    driver.key("escape");
    assert!(driver.editor.playing().is_none());
}
