//! Without a pointer, and which key means what.

use loopstream::editor::{ACTIONS, Action, Command, Event, KeyPress, When, action_for};
use loopstream::model::{Delay, Polarity, Vector};

use crate::driver::Driver;

#[test]
fn a_whole_session_by_keyboard() {
    let mut driver = Driver::default();
    driver.key("enter");
    driver.type_text("delays");
    driver.key("ctrl+arrowright");
    driver.type_text("batch size");
    driver.key("ctrl+arrowdown");
    driver.type_text("risk");
    assert_eq!(driver.names(), ["batch size", "delays", "risk"]);
    assert_eq!(
        driver.sentences(),
        ["Batch size affects risk", "Delays affects batch size"]
    );
    let mut met = Vec::new();
    for _ in 0..5 {
        driver.key("]");
        met.push(driver.said.last().unwrap().clone());
    }
    met.sort();
    let all = [
        "Batch size affects risk",
        "Delays affects batch size",
        "batch size",
        "delays",
    ];
    assert_eq!(
        met,
        [&all[..], &["risk"]].concat(),
        "each thing is met once"
    );
    let step = |driver: &mut Driver, keys: &str, words: &str| {
        for _ in 0..5 {
            if driver.said.last().unwrap() == words {
                return;
            }
            driver.key(keys);
        }
        panic!("{words} was not met");
    };
    step(&mut driver, "]", "Delays affects batch size");
    driver.key("+");
    driver.key("d");
    step(&mut driver, "[", "Batch size affects risk");
    driver.key("-");
    assert_eq!(
        driver.sentences(),
        [
            "Batch size decreases risk",
            "Delays increases batch size, delayed"
        ]
    );
    driver.key("r");
    assert_eq!(driver.sentences()[1], "Risk decreases batch size");
    driver.key("delete");
    assert_eq!(driver.links().len(), 1);
    step(&mut driver, "]", "risk");
    driver.key("f2");
    driver.type_text("fear");
    driver.key("s");
    assert_eq!(driver.names(), ["batch size", "delays", "fear"]);
    while driver.editor.history_depth().0 > 0 {
        driver.key("ctrl+z");
    }
    assert!(driver.editor.document().is_empty());
}

#[test]
fn what_grows_is_in_sight_and_covers_nothing() {
    let mut driver = Driver::default();
    driver.key("enter");
    driver.type_text("start");
    for count in 0..12 {
        let from = driver.id("start");
        driver.send(loopstream::editor::Event::Select([from].into()));
        driver.key("ctrl+arrowright");
        driver.type_text(&format!("effect {count}"));
        let (x, y) = driver.middle(&format!("effect {count}"));
        assert!(
            (0.0..1_000.0).contains(&x) && (0.0..800.0).contains(&y),
            "{x} {y}"
        );
    }
    let nodes: Vec<_> = driver.editor.scene().nodes().values().collect();
    for (place, one) in nodes.iter().enumerate() {
        assert!(
            nodes[..place]
                .iter()
                .all(|other| !other.rect.intersects(&one.rect))
        );
    }
}

#[test]
fn every_key_of_the_table_reaches_its_action() {
    let states: [&[When]; 4] = [
        &[When::Always, When::NothingSelected],
        &[When::Always, When::Selected, When::LinkSelected],
        &[
            When::Always,
            When::Selected,
            When::GrowerSelected,
            When::VariableSelected,
        ],
        &[When::Always, When::Selected, When::StreamSelected],
    ];
    for row in ACTIONS {
        for chord in row.keys {
            let press = KeyPress {
                key: chord.key.to_owned(),
                code: chord.key.to_owned(),
                ctrl: chord.ctrl,
                shift: chord.shift,
                alt: chord.alt,
            };
            let reached = states
                .iter()
                .any(|state| action_for(&press, |when| state.contains(&when)) == Some(row.action));
            assert!(reached, "{} never means {:?}", chord.written(), row.action);
        }
    }
}

#[test]
fn keys_that_mean_nothing_are_left_to_the_browser() {
    let mut driver = Driver::default();
    for keys in ["ctrl+t", "ctrl+w", "f5", "tab", "ctrl+x", "x"] {
        assert_eq!(driver.key(keys), None, "{keys}");
    }
    assert_eq!(driver.key("?"), Some(Action::Help));
}

#[test]
fn a_link_is_bent_and_a_badge_is_moved_by_keys() {
    let mut driver = Driver::default();
    driver.key("enter");
    driver.type_text("risk");
    driver.key("ctrl+arrowright");
    driver.type_text("fear");
    let link = *driver.editor.document().links().keys().next().unwrap();
    let ends = driver.editor.document().links()[&link].clone();
    driver.send(Event::Select([link].into()));
    let bend = |driver: &Driver| driver.editor.document().links()[&link].bend;
    let before = bend(&driver);
    driver.key("b");
    driver.key("b");
    assert!((bend(&driver) - before - 0.1).abs() < 1.0e-9);
    driver.key("shift+b");
    assert!((bend(&driver) - before - 0.05).abs() < 1.0e-9);
    driver.key("ctrl+z");
    driver.key("ctrl+z");
    driver.key("ctrl+z");
    assert_eq!(bend(&driver), before, "each press is a step of its own");

    driver.send(Event::Do(Command::AddLink {
        from: ends.to,
        to: ends.from,
        polarity: Polarity::Positive,
        delay: Delay::None,
    }));
    driver.send(Event::Select([].into()));
    let key = driver.editor.report().loops[0].key.clone();
    driver.send(Event::ChooseLoop(Some(key.clone())));
    driver.key("shift+arrowright");
    driver.key("arrowdown");
    let offset = |driver: &Driver| {
        let label = driver.editor.document().label_of(&key);
        label.map(|(_, label)| label.badge_offset)
    };
    assert_eq!(offset(&driver), Some(Vector::new(10.0, 1.0)));
    driver.key("ctrl+z");
    assert_eq!(offset(&driver), None, "a row of nudges is one step");
}
