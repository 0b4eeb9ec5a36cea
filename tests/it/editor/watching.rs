//! A run of the map that is watched: its parts, its clock, its end.

use loopstream::editor::{Action, Command, Event, Motion, Pace, WatchInput, WatchSpeed, Watching};
use loopstream::format::json;
use loopstream::model::{Element, Id, Measure, MeasureKind, Unit};
use loopstream::scene::{Happening, Passage, Reel, ReelEnd, ReelEvent, Stand, Whole};

use crate::common::driver::Driver;

const MAP: &str = r#"{"format":"loopstream","version":6,"title":"Map",
"stations":[
{"id":"a","name":"Write","x":0,"y":0},
{"id":"b","name":"Review","x":300,"y":0}],
"flows":[{"id":"f","from":"a","to":"b","kind":"push"}]}"#;

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn driver() -> Driver {
    Driver::open(json::read(MAP).unwrap().document)
}

fn stands(time: f64, place: &str, waiting: u32, working: u32) -> ReelEvent {
    let stand = Stand {
        waiting,
        working,
        ..Stand::default()
    };
    let what = Happening::Stands(id(place), stand);
    ReelEvent { time, what }
}

fn passes(time: f64, from: Option<&str>, to: Option<&str>) -> ReelEvent {
    let along = (from, to) == (Some("a"), Some("b"));
    let what = Happening::Move(Passage {
        from: from.map(id),
        to: to.map(id),
        along: along.then(|| id("f")),
    });
    ReelEvent { time, what }
}

fn whole(time: f64, inside: u64, left: u64) -> ReelEvent {
    let what = Happening::Whole(Whole {
        inside,
        left,
        outside: 0,
        lead: (left > 0).then_some(3_600.0),
    });
    ReelEvent { time, what }
}

/// An item an hour goes from one step to the other, three of them.
fn reel(end: ReelEnd) -> Reel {
    let mut events = Vec::new();
    for hour in 1..=3 {
        let time = f64::from(hour) * 3_600.0;
        events.push(passes(time, None, Some("a")));
        events.push(stands(time, "a", 0, 1));
        events.push(whole(time, 1, u64::from(hour as u32) - 1));
        events.push(passes(time + 1_800.0, Some("a"), Some("b")));
        events.push(stands(time + 1_800.0, "a", 0, 0));
        events.push(stands(time + 1_800.0, "b", 2, 1));
    }
    Reel {
        events,
        until: 4.0 * 3_600.0,
        end,
    }
}

fn begin(driver: &mut Driver, end: ReelEnd) {
    driver.send(Event::Watch(WatchInput::Begin(
        reel(end),
        "Today".to_owned(),
    )));
}

fn watching(driver: &Driver) -> &Watching {
    driver.editor.watching().unwrap()
}

fn tick(driver: &mut Driver, at: f64) {
    driver.send(Event::Watch(WatchInput::Tick(at, Motion::Travelling)));
}

/// Lets the clock tick every 50 ms until a condition holds.
fn tick_until(driver: &mut Driver, at: &mut f64, is_so: impl Fn(&Watching) -> bool) {
    for _ in 0..2_000 {
        if is_so(watching(driver)) {
            return;
        }
        *at += 50.0;
        tick(driver, *at);
    }
    panic!("it never comes to that");
}

#[test]
fn items_are_seen_on_their_way_and_counted_where_they_arrive() {
    let mut driver = driver();
    begin(&mut driver, ReelEnd::Done);
    assert_eq!(driver.said.last().unwrap(), "The map runs: Today");
    let mut at = 1_000.0;
    tick_until(&mut driver, &mut at, |run| run.stand(id("b")).waiting == 2);
    let marks = watching(&driver).marks();
    assert_eq!(marks.dots.len(), 1);
    // It is on its way, and so it is not among those that wait there yet.
    assert_eq!(marks.stands[&id("b")].waiting, 1);
    tick_until(&mut driver, &mut at, |run| run.marks().dots.is_empty());
    assert_eq!(watching(&driver).marks().stands[&id("b")].waiting, 2);
    tick_until(&mut driver, &mut at, |run| run.pace() == Pace::Paused);
    assert!(watching(&driver).is_over());
    assert!(!watching(&driver).wants_ticks());
    assert_eq!(
        driver.said.last().unwrap(),
        "The run is over. Day 1, 1 in it, 2 done, lead time so far 1 h, 2 wait at Review"
    );
}

#[test]
fn what_is_not_at_hand_yet_is_waited_for() {
    let mut driver = driver();
    begin(&mut driver, ReelEnd::GoesOn);
    assert!(watching(&driver).wants_more());
    driver.send(Event::Watch(WatchInput::Asked));
    assert!(!watching(&driver).wants_more());
    driver.send(Event::Watch(WatchInput::Speed(WatchSpeed::Fastest)));
    let mut at = 0.0;
    for _ in 0..200 {
        at += 50.0;
        tick(&mut driver, at);
    }
    assert_eq!(watching(&driver).now(), 4.0 * 3_600.0);
    assert!(watching(&driver).wants_ticks());
    let more = Reel {
        events: vec![
            passes(5.0 * 3_600.0, Some("b"), None),
            whole(5.0 * 3_600.0, 0, 3),
        ],
        until: 5.0 * 3_600.0,
        end: ReelEnd::Stuck,
    };
    driver.send(Event::Watch(WatchInput::More(more)));
    tick_until(&mut driver, &mut at, |run| run.is_stuck());
    assert_eq!(watching(&driver).whole().left, 3);
}

#[test]
fn keys_pause_it_lead_it_on_and_end_it() {
    let mut driver = driver();
    begin(&mut driver, ReelEnd::Done);
    tick(&mut driver, 0.0);
    driver.act(Action::PausePlay);
    assert_eq!(watching(&driver).pace(), Pace::Paused);
    assert!(driver.said.last().unwrap().starts_with("Paused. Day 1"));
    driver.act(Action::StepPlay);
    assert_eq!(driver.said.last().unwrap(), "An item comes to Write");
    assert_eq!(watching(&driver).now(), 3_600.0);
    assert_eq!(watching(&driver).stand(id("a")).working, 1);
    driver.act(Action::StepPlay);
    assert_eq!(driver.said.last().unwrap(), "From Write to Review");
    driver.act(Action::RewindPlay);
    assert_eq!(driver.asked.last(), Some(&Action::WatchMap));
    driver.act(Action::PausePlay);
    assert_eq!(watching(&driver).pace(), Pace::Playing);
    driver.act(Action::Cancel);
    assert!(driver.editor.watching().is_none());
    assert_eq!(driver.said.last().unwrap(), "The run of the map was ended");
}

#[test]
fn a_move_on_the_canvas_changes_nothing_and_a_measure_ends_it() {
    let mut driver = driver();
    begin(&mut driver, ReelEnd::GoesOn);
    let step = |driver: &Driver| driver.editor.document().stations()[&id("a")].clone();
    let mut moved = step(&driver);
    moved.placement.position.x += 40.0;
    driver.run(Command::Replace(id("a"), Element::Station(moved)));
    assert!(driver.editor.watching().is_some());
    let mut slower = step(&driver);
    let time = Measure::measured(2.0, Unit::Hour);
    slower.measures.set(MeasureKind::ProcessTime, Some(time));
    driver.run(Command::Replace(id("a"), Element::Station(slower)));
    assert!(driver.editor.watching().is_none());
}

#[test]
fn without_motion_nothing_travels() {
    let mut driver = driver();
    begin(&mut driver, ReelEnd::Done);
    let mut at = 0.0;
    for _ in 0..400 {
        at += 50.0;
        driver.send(Event::Watch(WatchInput::Tick(at, Motion::Still)));
        assert!(watching(&driver).marks().dots.is_empty());
    }
    assert!(watching(&driver).is_over());
}
