//! Making things with the pointer: variables, notes, links.

use loopstream::editor::{Command, Event, Gesture, Tool};
use loopstream::model::{Delay, Polarity};

use crate::common::driver::Driver;
use crate::editor::{pair, ring};

#[test]
fn a_ring_of_links_is_a_loop_whose_sign_follows_theirs() {
    let mut driver = ring();
    assert_eq!(driver.loops(), ["?1"]);
    let links: Vec<_> = driver.links().into_iter().collect();
    for (position, keys, code) in [
        (0, "+", "?1"),
        (1, "+", "?1"),
        (2, "=", "R1"),
        (0, "-", "B1"),
        (1, "-", "R1"),
        (1, "?", "?1"),
    ] {
        driver.key("escape");
        let (x, y) = driver.handle(links[position]);
        driver.click(x, y);
        assert_eq!(driver.selected(), (vec![], 1), "the click takes the link");
        assert!(driver.key(keys).is_some());
        assert_eq!(driver.loops(), [code], "after {keys} on link {position}");
    }
    assert!(
        driver
            .said
            .iter()
            .any(|words| words.contains("New unsigned loop ?1"))
    );
    assert!(
        driver
            .said
            .iter()
            .any(|words| words.ends_with("Loop ?1 is now reinforcing, R1."))
    );
    assert_eq!(
        driver.editor.document().links()[&links[1]].polarity,
        Polarity::Unknown
    );
}

#[test]
fn a_double_click_makes_a_variable_and_edits_it() {
    let mut driver = Driver::default();
    driver.double_click(200.0, 100.0);
    assert!(driver.editor.text_edit().is_some());
    driver.type_text("  work in\n progress ");
    assert_eq!(driver.names(), ["work in progress"]);
    assert_eq!(driver.position("work in progress"), (200.0, 100.0));
    assert_eq!(driver.editor.history_depth(), (1, 0));

    driver.double_click(200.0, 100.0);
    assert_eq!(driver.editor.text_edit().unwrap().text, "work in progress");
    driver.type_text("WIP");
    assert_eq!(driver.names(), ["WIP"]);
    assert_eq!(driver.editor.history_depth(), (2, 0));
}

#[test]
fn a_thing_without_words_leaves_no_trace() {
    for ending in ["escape", "nothing", "space", "action"] {
        let mut driver = pair();
        driver.click(300.0, 300.0);
        let before = driver.editor.history_depth();
        driver.double_click(200.0, 100.0);
        match ending {
            "escape" => driver.escape_text(),
            "nothing" => driver.type_text(""),
            "space" => driver.type_text(" \n "),
            _ => {
                driver.key("escape");
            }
        }
        assert_eq!(driver.names(), ["risk", "trust"], "{ending}");
        assert_eq!(driver.editor.history_depth(), before, "{ending}");
        assert!(driver.editor.text_edit().is_none(), "{ending}");
    }
}

#[test]
fn giving_up_a_variable_at_the_end_of_a_link_selects_its_start_again() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    driver.key("ctrl+arrowdown");
    driver.escape_text();
    assert_eq!(driver.selected(), (vec!["risk".to_owned()], 0));
    assert_eq!(driver.links().len(), 0);
}

#[test]
fn a_drag_from_the_rim_links() {
    let mut driver = pair();
    let link = driver.draw_link("risk", "trust");
    assert_eq!(driver.sentences(), ["risk → trust, no sign yet"]);
    assert_eq!(driver.selected(), (vec![], 1));
    assert!(driver.editor.selection().contains(&link));
    assert_eq!(driver.editor.history_depth(), (3, 0));
}

#[test]
fn a_drag_from_the_rim_to_the_canvas_makes_what_it_leads_to() {
    let mut driver = pair();
    let rim = driver.rim("risk");
    driver.drag(rim, (300.0, 600.0));
    assert!(driver.editor.text_edit().is_some());
    assert_eq!(
        driver.editor.history_depth(),
        (2, 0),
        "not before it has a name"
    );
    driver.type_text("fear");
    assert_eq!(driver.sentences(), ["risk → fear, no sign yet"]);
    assert_eq!(driver.position("fear"), (300.0, 600.0));
    assert_eq!(driver.editor.history_depth(), (3, 0));
    driver.key("ctrl+z");
    assert_eq!(driver.names(), ["risk", "trust"]);
    assert!(driver.links().is_empty());
}

#[test]
fn a_new_link_bends_away_from_the_rest() {
    for (neighbour, sign) in [(500.0, 1.0), (100.0, -1.0)] {
        let variables = [("risk", 300.0, 300.0), ("fear", 450.0, neighbour)];
        let mut driver = Driver::with(&variables, &[("risk", "fear")]);
        let rim = driver.rim("risk");
        driver.drag(rim, (700.0, 300.0));
        driver.type_text("trust");
        let to = driver.id("trust");
        let mut links = driver.editor.document().links().values();
        let link = links.find(|link| link.to == to).unwrap();
        assert_eq!(link.bend.signum(), sign, "with a neighbour at {neighbour}");
    }
}

#[test]
fn a_link_to_itself_needs_a_way_out_and_back() {
    let mut driver = pair();
    let (x, y) = driver.rim("risk");
    // Along the rim, and let go.
    driver.drag((x, y), (x + 8.0, y + 1.0));
    assert!(driver.links().is_empty());
    driver.press(x, y);
    for at in [y + 30.0, y + 60.0, y + 30.0, y, 300.0] {
        driver.move_to(x, at);
    }
    assert_eq!(driver.editor.overlay().target, Some(driver.id("risk")));
    driver.release();
    assert_eq!(driver.sentences(), ["risk → risk, no sign yet"]);
    assert_eq!(driver.loops(), ["?1"]);
}

#[test]
fn nothing_leads_to_a_note() {
    let mut driver = pair();
    driver.key("t");
    driver.click(300.0, 500.0);
    driver.type_text("so they say");
    let rim = driver.rim("risk");
    driver.drag(rim, (300.0, 500.0));
    assert!(driver.links().is_empty() && driver.editor.text_edit().is_none());
    assert_eq!(driver.names(), ["risk", "trust"]);
    // Nor from one: its rim is canvas.
    driver.drag((300.0, 520.0), (600.0, 300.0));
    assert!(driver.links().is_empty());
}

#[test]
fn a_link_may_be_dropped_where_a_badge_covers_a_variable() {
    let mut driver = ring();
    let badge = driver.badge();
    let middle = driver.middle("risk");
    driver.drag(badge, middle);
    assert_eq!(driver.badge(), middle);
    let rim = driver.rim("batch size");
    driver.drag(rim, middle);
    assert!(
        driver.editor.text_edit().is_none(),
        "no new variable under the badge"
    );
    assert_eq!(driver.links().len(), 4);
}

#[test]
fn escape_gives_a_link_up() {
    let mut driver = pair();
    let depth = driver.editor.history_depth();
    let rim = driver.rim("risk");
    driver.begin_drag(rim, (600.0, 300.0));
    assert!(driver.editor.overlay().ghost.is_some());
    driver.key("escape");
    driver.release();
    assert!(driver.links().is_empty());
    assert_eq!(driver.editor.history_depth(), depth);
}

#[test]
fn the_variable_tool_makes_one_variable_and_goes() {
    let mut driver = Driver::default();
    driver.key("n");
    // A double click, out of habit: the second half of it does no harm.
    driver.double_click(200.0, 200.0);
    driver.type_text("risk");
    assert_eq!(driver.names(), ["risk"]);
    assert_eq!(driver.editor.tool(), Tool::Select);

    driver.key("alt+n");
    driver.key("alt+q");
    for (name, x) in [("trust", 400.0), ("fear", 600.0)] {
        driver.click(x, 200.0);
        driver.type_text(name);
    }
    assert_eq!(driver.names(), ["fear", "risk", "trust"]);
    assert_eq!(driver.editor.tool(), Tool::Variable, "a kept tool stays");
}

#[test]
fn the_link_tool_draws_from_the_middle() {
    let mut driver = pair();
    driver.key("l");
    driver.drag((300.0, 300.0), (600.0, 300.0));
    assert_eq!(driver.sentences(), ["risk → trust, no sign yet"]);
    assert_eq!(driver.position("risk"), (300.0, 300.0));
}

#[test]
fn a_press_beside_the_words_that_are_typed_does_not_disturb_them() {
    let mut driver = pair();
    driver.double_click(450.0, 500.0);
    driver.drag((450.0, 500.0), (100.0, 100.0));
    assert_eq!(*driver.editor.gesture(), Gesture::Idle);
    driver.type_text("fear");
    assert_eq!(driver.position("fear"), (450.0, 500.0));
}

#[test]
fn a_double_click_on_a_link_asks_for_its_panel() {
    let mut driver = pair();
    let link = driver.draw_link("risk", "trust");
    driver.key("escape");
    let (x, y) = driver.handle(link);
    driver.double_click(x, y);
    assert_eq!(driver.asked, [loopstream::editor::Action::EditText]);
    assert!(driver.editor.selection().contains(&link));
}

#[test]
fn no_loop_is_called_gone_that_is_only_not_found_yet() {
    let mut driver = Driver::default();
    let names: Vec<String> = (0..9).map(|number| format!("variable {number}")).collect();
    for (number, name) in names.iter().enumerate() {
        let position = number as f64;
        driver.draw_variable(
            name,
            120.0 + 300.0 * (position % 3.0),
            120.0 + 200.0 * (position / 3.0).floor(),
        );
    }
    let ids: Vec<_> = names.iter().map(|name| driver.id(name)).collect();
    for from in &ids {
        for to in ids.iter().filter(|to| *to != from) {
            driver.run(Command::AddLink {
                from: *from,
                to: *to,
                polarity: Polarity::Positive,
                delay: Delay::None,
            });
        }
    }
    driver.search();
    let chosen = driver.editor.report().loops[3].key.clone();
    driver.send(Event::ChooseLoop(Some(chosen.clone())));
    driver.said.clear();
    driver.run(Command::SetText(ids[0], "another name".to_owned()));
    // The change, and nothing of loops.
    assert!(
        !driver.said.iter().any(|words| words.contains("oop")),
        "{:?}",
        driver.said
    );
    assert_eq!(driver.editor.chosen_loop(), Some(&chosen));
}
