//! Without a pointer, and which key means what.

use loopstream::editor::{
    Action, Command, Condition, Event, KeyPress, KeyReader, action_for, actions,
};
use loopstream::model::{Delay, Polarity, Vector};

use crate::common::driver::Driver;

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
        [
            "batch size → risk, no sign yet",
            "delays → batch size, no sign yet"
        ]
    );
    let mut met = Vec::new();
    for _ in 0..5 {
        driver.key("]");
        met.push(driver.said.last().unwrap().clone());
    }
    met.sort();
    let all = [
        "batch size",
        "batch size → risk, no sign yet",
        "delays",
        "delays → batch size, no sign yet",
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
    step(&mut driver, "]", "delays → batch size, no sign yet");
    driver.key("+");
    driver.key("d");
    step(&mut driver, "[", "batch size → risk, no sign yet");
    driver.key("-");
    assert_eq!(
        driver.sentences(),
        [
            "batch size up → risk down",
            "delays up → batch size up, delayed"
        ]
    );
    driver.key("r");
    assert_eq!(driver.sentences()[1], "risk up → batch size down");
    driver.key("delete");
    assert_eq!(driver.links().len(), 1);
    step(&mut driver, "]", "risk");
    driver.key("f2");
    driver.type_text("fear");
    driver.key("alt+s");
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
    for (index, one) in nodes.iter().enumerate() {
        assert!(
            nodes[..index]
                .iter()
                .all(|other| !other.rect.intersects(&one.rect))
        );
    }
}

#[test]
fn every_key_of_the_table_reaches_its_action() {
    let states: [&[Condition]; 9] = [
        // While a story is presented its keys go before all others.
        &[Condition::Presents],
        &[
            Condition::Always,
            Condition::NothingSelected,
            Condition::Pushable,
            Condition::Plays,
        ],
        &[Condition::Always, Condition::NothingSelected],
        &[Condition::Always, Condition::Selected, Condition::Votes],
        &[
            Condition::Always,
            Condition::NothingSelected,
            Condition::LoopChosen,
        ],
        &[
            Condition::Always,
            Condition::Selected,
            Condition::LinkSelected,
            Condition::LinkToSign,
        ],
        &[
            Condition::Always,
            Condition::Selected,
            Condition::GrowerSelected,
            Condition::VariableSelected,
            Condition::StockSelected,
            Condition::NotPlainSelected,
        ],
        &[
            Condition::Always,
            Condition::Selected,
            Condition::StepSelected,
            Condition::StreamSelected,
            Condition::HasStream,
        ],
        &[
            Condition::Always,
            Condition::Selected,
            Condition::NoteSelected,
        ],
    ];
    for row in actions() {
        for chord in row.keys {
            let press = KeyPress {
                key: chord.key.to_owned(),
                code: chord.key.to_owned(),
                ctrl: chord.ctrl,
                shift: chord.shift,
                alt: chord.alt,
                ..KeyPress::default()
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

/// A key of a keyboard of some country: its `key`, its `code`, what is held, and the key of a
/// keyboard of the United States that means the same; none where it means nothing.
type LayoutKey = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
);

/// What keyboards give, by the layouts of Unicode's CLDR and of the vendors. Where there is no
/// Latin letter the place counts, else the letter.
const LAYOUT_KEYS: &[LayoutKey] = &[
    ("Russian", "я", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Russian", "Я", "KeyZ", "ctrl+shift+", Some("ctrl+shift+z")),
    ("Russian", "ф", "KeyA", "ctrl+", Some("ctrl+a")),
    ("Russian", "л", "KeyK", "ctrl+", Some("ctrl+k")),
    ("Russian", "ы", "KeyS", "ctrl+", Some("ctrl+s")),
    ("Russian", "щ", "KeyO", "ctrl+", Some("ctrl+o")),
    ("Russian", "в", "KeyD", "", Some("d")),
    ("Russian", "ы", "KeyS", "", Some("s")),
    ("Russian", "И", "KeyB", "shift+", Some("shift+b")),
    ("Russian", "х", "BracketLeft", "", Some("[")),
    ("Russian", "ъ", "BracketRight", "ctrl+", Some("ctrl+]")),
    (
        "Russian",
        "Х",
        "BracketLeft",
        "ctrl+shift+",
        Some("ctrl+shift+["),
    ),
    ("Russian", "?", "Digit7", "shift+", Some("?")),
    ("Russian", "э", "Quote", "ctrl+", Some("ctrl+'")),
    ("Ukrainian", "і", "KeyS", "", Some("s")),
    ("Greek", "ζ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Greek", "ς", "KeyW", "ctrl+", None),
    ("Greek", "ν", "KeyN", "", Some("n")),
    ("Hebrew", "ז", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Hebrew", "ש", "KeyA", "", Some("a")),
    // On this keyboard the sign itself stands elsewhere, and it counts.
    ("Hebrew", "/", "KeyQ", "", None),
    ("Arabic", "ئ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Arabic", "لا", "KeyB", "", Some("b")),
    ("Arabic", "؟", "Slash", "shift+", Some("?")),
    ("Persian", "۰", "Digit0", "ctrl+", Some("ctrl+0")),
    ("Korean", "ㅋ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Japanese kana", "つ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Japanese kana", "ほ", "Minus", "", Some("-")),
    ("Japanese, wide", "ｚ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Japanese, method on", "Process", "KeyD", "", Some("d")),
    ("Hindi", "ि", "KeyF", "ctrl+", Some("ctrl+f")),
    ("Thai", "่", "KeyJ", "", None),
    ("Thai", "ผ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Georgian", "ზ", "KeyZ", "ctrl+", Some("ctrl+z")),
    ("Armenian", "զ", "KeyZ", "ctrl+", Some("ctrl+z")),
    // Latin letters in other places.
    ("French", "z", "KeyW", "ctrl+", Some("ctrl+z")),
    ("French", "w", "KeyZ", "ctrl+", None),
    ("French", "a", "KeyQ", "ctrl+", Some("ctrl+a")),
    ("French", "à", "Digit0", "ctrl+", Some("ctrl+0")),
    ("German", "z", "KeyY", "ctrl+", Some("ctrl+z")),
    ("German", "y", "KeyZ", "ctrl+", Some("ctrl+y")),
    ("German", "ü", "BracketLeft", "", None),
    ("Dvorak", ";", "KeyZ", "ctrl+", None),
    ("Dvorak", "z", "Slash", "ctrl+", Some("ctrl+z")),
    ("Turkish", "ı", "KeyI", "", None),
    ("Polish", "ł", "KeyL", "", None),
    // Option writes signs on a Mac, and AltGr elsewhere.
    ("Mac", "Î", "KeyD", "alt+shift+", Some("alt+shift+d")),
    (
        "Mac, Russian",
        "В",
        "KeyD",
        "alt+shift+",
        Some("alt+shift+d"),
    ),
    ("Polish, AltGr", "ź", "KeyX", "ctrl+alt+", None),
];

/// What a key asks for while a link, a variable and more are selected.
fn asked(press: &KeyPress, with_link: bool) -> Option<Action> {
    action_for(press, |when| match when {
        Condition::NothingSelected
        | Condition::NoteSelected
        | Condition::ListSelected
        | Condition::ImageSelected
        | Condition::StepSelected
        | Condition::StreamSelected
        | Condition::Sizable
        | Condition::SeveralStand
        | Condition::ThreeStand
        | Condition::LoopChosen
        | Condition::StockSelected
        | Condition::Plays
        | Condition::HasStream
        | Condition::Votes
        | Condition::Presents
        | Condition::NotPlainSelected => false,
        Condition::LinkSelected | Condition::LinkToSign => with_link,
        Condition::VariableSelected | Condition::GrowerSelected | Condition::Pushable => !with_link,
        Condition::Always | Condition::Selected | Condition::Colourable => true,
    })
}

fn with_held(held: &str, key: &str, code: &str) -> KeyPress {
    KeyPress {
        key: key.to_ascii_lowercase(),
        code: code.to_ascii_lowercase(),
        ctrl: held.contains("ctrl"),
        shift: held.contains("shift"),
        alt: held.contains("alt"),
        reader: KeyReader::Page,
    }
}

#[test]
fn keyboards_of_other_scripts_and_orders_mean_what_people_expect() {
    for (layout, key, code, held, same) in LAYOUT_KEYS {
        let press = with_held(held, key, code);
        for with_link in [true, false] {
            let expected = same.and_then(|same| {
                let (held, key) = match same.rsplit_once('+') {
                    Some((held, key)) if !key.is_empty() => (held, key),
                    _ => ("", same),
                };
                let expected = asked(&with_held(held, key, ""), with_link);
                let either = asked(&with_held(held, key, ""), !with_link);
                assert!(expected.or(either).is_some(), "{same} means something");
                expected
            });
            assert_eq!(
                asked(&press, with_link),
                expected,
                "{layout}: {held}{key} at {code}, a link selected: {with_link}"
            );
        }
    }
}

/// The events of the shared data, with the actions of their words.
#[test]
#[ignore = "files by others: LOOPSTREAM_SHARED_DATA=FOLDER cargo test --test it -- --ignored"]
fn the_events_from_the_field_mean_what_is_written_beside_them() {
    let text = crate::common::outside::text_of("field/keys-of-other-layouts.json");
    let events: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(events.len() > 10);
    for event in events {
        let words = |name: &str| event[name].as_str().unwrap_or_default().to_owned();
        let held = ["ctrl", "shift"].map(|name| event[name].as_bool().map_or("", |_| name));
        let press = with_held(&held.concat(), &words("key"), &words("code"));
        let means = words("means");
        let (with_link, expected) = match means.split(':').next().unwrap() {
            "undo" => (true, Some(Action::Undo)),
            "redo" => (true, Some(Action::Redo)),
            "select all" => (true, Some(Action::SelectAll)),
            "all commands" => (true, Some(Action::Palette)),
            "delay of the selected link" => (true, Some(Action::ToggleDelay)),
            "the selected variable is a stock" => (false, Some(Action::ToggleStock)),
            "nothing" => (true, None),
            other => panic!("{other} is not known here"),
        };
        assert_eq!(asked(&press, with_link), expected, "{event}");
    }
}
