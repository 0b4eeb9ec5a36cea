//! What a page tells of its person: round trips, bounds, and what a stranger may send.

use loopstream::model::{Colour, Id, Point, Rect};
use loopstream::sync::{
    Editing, GLIDE, Hand, LONGEST_PRESENCE, MOST_SELECTED, PointerMotion, PointerPath, Presence,
    PresenceError,
};
use proptest::prelude::*;

fn any_id() -> impl Strategy<Value = Id> {
    any::<u64>().prop_map(Id::from_bits)
}

/// A presence that may say much more than it should.
fn presence() -> impl Strategy<Value = Presence> {
    let number = || prop_oneof![4 => -1.0e4..1.0e4, 1 => any::<f64>()];
    let text = || "(\\PC|[\u{202e}\u{2067}\n\t\u{7} ]){0,60}";
    let editing = (any_id(), text(), "(\\PC|[\u{202e}\n\t\r\"\\\\]){0,80}");
    let places = (
        prop::option::of((number(), number())),
        prop::option::of((number(), number())),
        prop::option::of((number(), number(), number(), number())),
        prop::collection::vec(any_id(), 0..120),
    );
    let hand = prop_oneof![Just(Hand::Up), Just(Hand::Down)];
    let words = (text(), prop::option::of(text()), text());
    let colour = prop::sample::select(&Colour::ALL[..]);
    let rest = (
        prop::option::of(editing),
        hand,
        any::<u64>(),
        colour,
        any::<usize>(),
    );
    (any_id(), words, places, rest).prop_map(
        |(person, (name, tool, version), (pointer, grab, view, selection), rest)| {
            let (editing, hand, idle, colour, dots) = rest;
            Presence {
                name,
                colour,
                pointer: pointer.map(|(x, y)| Point::new(x, y)),
                grab: grab.map(|(x, y)| Point::new(x, y)),
                selection,
                editing: editing.map(|(record, field, text)| Editing {
                    record,
                    field,
                    text,
                }),
                view: view.map(|(left, top, right, bottom)| Rect {
                    left,
                    top,
                    right,
                    bottom,
                }),
                tool,
                idle,
                hand,
                dots,
                version,
                ..Presence::of(person)
            }
        },
    )
}

fn assert_bounded(presence: &Presence) {
    let is_line = |text: &str, most: usize| {
        let is_bad = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        text.chars().count() <= most && text.trim() == text && !text.contains(is_bad)
    };
    assert!(is_line(&presence.name, 40), "{:?}", presence.name);
    assert!(is_line(&presence.version, 24));
    assert!(
        presence
            .tool
            .as_ref()
            .is_none_or(|tool| !tool.is_empty() && is_line(tool, 24))
    );
    assert!(presence.selection.len() <= MOST_SELECTED && presence.dots <= 10);
    for place in [presence.pointer, presence.grab].into_iter().flatten() {
        assert!(place.x.abs() <= 1.0e7 && place.y.abs() <= 1.0e7);
    }
    if let Some(view) = presence.view {
        assert!(view.width() > 0.0 && view.height() > 0.0);
        assert!(view.width() <= 4.0e7 && view.height() <= 4.0e7);
    }
    if let Some(editing) = &presence.editing {
        assert!(is_line(&editing.field, 24) && !editing.field.is_empty());
        assert!(editing.text.chars().count() <= 2_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_within_bounds_reads_back(presence in presence()) {
        let bounded = presence.clone().within_bounds();
        assert_bounded(&bounded);
        prop_assert_eq!(bounded.clone().within_bounds(), bounded.clone());
        let text = presence.write();
        prop_assert!(text.len() <= LONGEST_PRESENCE);
        prop_assert_eq!(bounded.write(), text.clone());
        prop_assert_eq!(Presence::read(&text), Ok(bounded));
    }

    #[test]
    fn hostile_text_is_refused_or_bounded(
        presence in presence(),
        at in any::<prop::sample::Index>(),
        noise in "\\PC{0,20}",
        key in prop::sample::select(&["name", "pointer", "grab", "view", "selection", "editing", "idle", "tool", "dots"][..]),
        value in prop::sample::select(&[
            "null", "true", "-1", "1e300", "\"\"", "[]", "{}", "[1]", "[1,2,3]", "[\"a\",\"b\"]",
            "[1,2]", "[1,2,3,4]", "[4,3,2,1]", "[1e9,-1e9]", "{\"record\":1}", "18446744073709551616",
        ][..]),
    ) {
        let text = presence.write();
        let at = (0..=at.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let (before, after) = text.split_at(at);
        // The last one of two keys counts.
        let other = format!("{},\"{key}\":{value}}}", &text[..text.len() - 1]);
        for text in [before, &format!("{before}{noise}{after}"), &noise, &other] {
            if let Ok(read) = Presence::read(text) {
                assert_bounded(&read);
            }
        }
        prop_assert!(Presence::read(&other).is_ok());
    }

    #[test]
    fn a_pointer_is_where_it_was_a_moment_ago(
        steps in prop::collection::vec((0_u64..260, -100.0..100.0, -100.0..100.0), 1..40),
        ask in 0_u64..120,
    ) {
        let mut now = 1_000;
        let mut path = PointerPath::new(Point::new(0.0, 0.0), now);
        // The slow way: every place that ever was.
        let mut knots = vec![(now, Point::new(0.0, 0.0))];
        for (wait, x, y) in steps {
            // What was shown before it is heard of is what is shown after that.
            now += wait;
            let before = path.at(now, PointerMotion::Gliding);
            path.move_to(Point::new(x, y), now);
            let after = path.at(now, PointerMotion::Gliding);
            let is_only = wait == 0 && knots.len() == 1;
            prop_assert!(is_only || before.distance(after) < 1e-9);
            let (last, rest) = *knots.last().unwrap();
            if wait == 0 {
                knots.pop();
            } else if now - last > GLIDE {
                knots.push((now - GLIDE, rest));
            }
            knots.push((now, Point::new(x, y)));
            prop_assert_eq!(path.at(now, PointerMotion::Jumping), Point::new(x, y));
            let at = now + ask;
            let shown = at - GLIDE;
            let expected = match knots.iter().rposition(|(time, _)| *time <= shown) {
                None => knots[0].1,
                Some(place) if place + 1 == knots.len() => knots[place].1,
                Some(place) => {
                    let ((from, start), (to, end)) = (knots[place], knots[place + 1]);
                    let share = (shown - from) as f64 / (to - from) as f64;
                    Point::new(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
                }
            };
            prop_assert!(path.at(at, PointerMotion::Gliding).distance(expected) < 1e-9);
            prop_assert_eq!(path.at(now + GLIDE, PointerMotion::Gliding), Point::new(x, y));
        }
    }
}

#[test]
fn a_usual_presence_is_short() {
    let presence = Presence {
        name: "Ana".to_owned(),
        pointer: Some(Point::new(120.456, -3.0)),
        selection: vec![Id::from_bits(7)],
        ..Presence::of(Id::from_bits(99))
    };
    assert_eq!(
        presence.write(),
        r#"{"person":"1b","colour":"green","name":"Ana","pointer":[120.46,-3.0],"selection":["7"]}"#
    );
    assert_eq!(presence.sign(), "A");
    assert_eq!(Presence::of(Id::from_bits(1)).sign(), "?");
}

#[test]
fn the_longest_presence_may_be_told() {
    let presence = Presence {
        name: "\u{1f600}".repeat(500),
        version: "\"".repeat(500),
        tool: Some("\\".repeat(500)),
        pointer: Some(Point::new(-9_999_999.994, -9_999_999.994)),
        selection: vec![Id::from_bits(u64::MAX); 5_000],
        editing: Some(Editing {
            record: Id::from_bits(u64::MAX),
            field: "\u{1f600}".repeat(500),
            text: "\u{1f600}".repeat(50_000),
        }),
        idle: u64::MAX,
        ..Presence::of(Id::from_bits(u64::MAX))
    };
    let text = presence.write();
    assert!(text.len() < LONGEST_PRESENCE, "{}", text.len());
    assert_eq!(Presence::read(&text), Ok(presence.within_bounds()));
}

#[test]
fn what_is_no_presence_says_why() {
    assert_eq!(Presence::read(""), Err(PresenceError::Form));
    assert_eq!(Presence::read("[]"), Err(PresenceError::Form));
    assert_eq!(Presence::read("null"), Err(PresenceError::Form));
    assert_eq!(Presence::read(&"[".repeat(9_000)), Err(PresenceError::Form));
    assert_eq!(Presence::read("{}"), Err(PresenceError::Nobody));
    assert_eq!(Presence::read("{\"person\":7}"), Err(PresenceError::Nobody));
    assert_eq!(
        Presence::read(&" ".repeat(20_000)),
        Err(PresenceError::Long)
    );
    // A newer version tells more, and has colours and tools of its own.
    let newer = "{\"person\":\"a\",\"colour\":\"pink\",\"votes\":3,\"hand\":\"left\",\"name\":\" A\\n b\\u202e \"}";
    let read = Presence::read(newer).unwrap();
    assert_eq!(read.name, "A b");
    assert_eq!(read.hand, Hand::Down);
    assert_eq!(read.colour, Presence::of(read.person).colour);
}
