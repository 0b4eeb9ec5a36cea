//! Dragging what is there: variables, copies, links, badges.

use loopstream::editor::Dirty;
use loopstream::model::LoopKey;

use crate::common::driver::Driver;
use crate::editor::{pair, ring};

#[test]
fn a_drag_is_one_step_however_many_moves_it_has() {
    let mut driver = pair();
    let depth = driver.editor.history_depth().0;
    driver.press(300.0, 300.0);
    for step in 1..20 {
        driver.move_to(300.0 + f64::from(step) * 3.0, 300.0 + f64::from(step) * 7.0);
    }
    driver.release();
    assert_eq!(driver.position("risk"), (357.0, 433.0));
    assert_eq!(driver.editor.history_depth(), (depth + 1, 0));
    driver.key("ctrl+z");
    assert_eq!(driver.position("risk"), (300.0, 300.0));
}

#[test]
fn escape_gives_a_drag_up_without_a_trace() {
    let mut driver = ring();
    driver.key("ctrl+z");
    let (depth, commits) = (driver.editor.history_depth(), driver.commits);
    let (position, badges) = (
        driver.position("delays"),
        driver.editor.scene().badges().to_vec(),
    );
    driver.begin_drag((300.0, 200.0), (120.0, 333.0));
    assert_ne!(driver.position("delays"), position);
    driver.key("escape");
    driver.move_to(500.0, 500.0);
    driver.release();
    assert_eq!(driver.position("delays"), position);
    assert_eq!(driver.editor.scene().badges(), badges);
    assert_eq!(
        (driver.editor.history_depth(), driver.commits),
        (depth, commits)
    );
    assert_eq!(driver.editor.history_depth().1, 1, "redo is still there");
}

#[test]
fn a_drag_back_to_where_it_began_is_no_step() {
    let mut driver = pair();
    let depth = driver.editor.history_depth();
    driver.begin_drag((300.0, 300.0), (500.0, 500.0));
    driver.move_to(300.0, 300.0);
    driver.release();
    assert_eq!(driver.editor.history_depth(), depth);
}

#[test]
fn things_line_up_unless_control_is_held() {
    for (held, y, guides) in [("", 300.0, 1), ("c", 304.0, 0)] {
        let mut driver = pair();
        driver.press(300.0, 300.0);
        driver.move_to(340.0, 380.0);
        driver.hold(held);
        driver.move_to(350.0, 304.0);
        assert_eq!(driver.position("risk"), (350.0, y), "held: {held:?}");
        assert_eq!(
            driver.editor.overlay().guides.len(),
            guides,
            "held: {held:?}"
        );
        driver.release();
    }
}

#[test]
fn shift_keeps_a_drag_straight() {
    for (to, position) in [
        ((450.0, 340.0), (450.0, 300.0)),
        ((330.0, 500.0), (300.0, 500.0)),
        // Nothing pulls it off its straight way: the other stands four units lower.
        ((400.0, 301.0), (400.0, 300.0)),
    ] {
        let mut driver = Driver::with(&[("risk", 300.0, 300.0), ("trust", 700.0, 304.0)], &[]);
        driver.press(300.0, 300.0);
        driver.hold("s");
        driver.move_to(to.0, to.1);
        driver.release();
        assert_eq!(driver.position("risk"), position, "to {to:?}");
    }
}

#[test]
fn locked_things_neither_move_nor_go() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    driver.key("ctrl+shift+l");
    let depth = driver.editor.history_depth();
    driver.drag((300.0, 300.0), (400.0, 500.0));
    driver.key("delete");
    driver.key("arrowright");
    assert_eq!(driver.position("risk"), (300.0, 300.0));
    assert_eq!(driver.editor.history_depth(), depth);
    assert_eq!(
        driver.said.last().unwrap(),
        "Locked elements cannot be deleted"
    );
    // What is selected with it does move.
    driver.key("ctrl+a");
    driver.drag((600.0, 300.0), (600.0, 500.0));
    assert_eq!(
        (driver.position("risk").1, driver.position("trust").1),
        (300.0, 500.0)
    );
    driver.key("ctrl+shift+l");
    driver.key("ctrl+shift+l");
    driver.drag((300.0, 300.0), (300.0, 400.0));
    assert_eq!(driver.position("risk"), (300.0, 400.0));
}

#[test]
fn alt_drag_duplicates() {
    let mut driver = ring();
    name_the_loop(&mut driver, "spiral");
    driver.key("ctrl+a");
    let depth = driver.editor.history_depth().0;
    driver.hold("a");
    driver.begin_drag((300.0, 200.0), (330.0, 500.0));
    assert_eq!(driver.names().len(), 6);
    driver.release();
    driver.hold("");
    assert_eq!(
        driver.names(),
        [
            "batch size",
            "batch size",
            "delays",
            "delays",
            "risk",
            "risk"
        ]
    );
    assert_eq!(driver.loops(), ["?1", "?2"]);
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    assert_eq!(
        driver.selected().0,
        ["batch size", "delays", "risk"],
        "the copies are selected"
    );
    assert!(driver.said.last().unwrap().contains("New unsigned loop"));
    let labels = driver.editor.document().loop_labels();
    assert!(labels.len() == 2 && labels.values().all(|label| label.name == "spiral"));
}

#[test]
fn escape_gives_an_alt_drag_up_and_selects_what_was() {
    let mut driver = ring();
    driver.click(300.0, 200.0);
    driver.hold("a");
    driver.begin_drag((300.0, 200.0), (330.0, 500.0));
    driver.hold("");
    driver.key("escape");
    driver.release();
    assert_eq!(driver.names().len(), 3);
    assert_eq!(driver.selected(), (vec!["delays".to_owned()], 0));
}

#[test]
fn dragging_does_not_search_for_loops_again() {
    for held in ["", "a"] {
        let mut driver = ring();
        driver.key("ctrl+a");
        driver.hold(held);
        driver.begin_drag((300.0, 200.0), (330.0, 500.0));
        let loops = driver.editor.versions().loops;
        driver.move_to(340.0, 510.0);
        driver.release();
        assert_eq!(driver.editor.versions().loops, loops, "held: {held:?}");
    }
}

#[test]
fn what_is_dragged_is_painted_by_itself_until_it_rests() {
    let mut driver = ring();
    driver.begin_drag((300.0, 200.0), (200.0, 500.0));
    let id = driver.id("delays");
    assert!(driver.editor.drag_layer().contains(&id));
    driver.editor.take_dirty();
    let badge = driver.editor.scene().badges()[0].rect;
    driver.move_to(190.0, 510.0);
    assert_ne!(driver.editor.scene().badges()[0].rect, badge, "it follows");
    let rect = driver.editor.scene().nodes()[&id].rect;
    let Dirty::Parts(parts) = driver.editor.take_dirty() else {
        panic!("a drag paints parts");
    };
    assert!(!parts.iter().any(|part| part.contains_rect(&rect)));
    driver.release();
    let Dirty::Parts(parts) = driver.editor.take_dirty() else {
        panic!("and so does its end");
    };
    assert!(parts.iter().any(|part| part.contains_rect(&rect)));
}

#[test]
fn variables_on_each_other_show_their_loop() {
    let mut driver = pair();
    driver.draw_link("risk", "trust");
    driver.draw_link("trust", "risk");
    driver.hold("c");
    driver.drag((600.0, 300.0), (300.0, 300.0));
    assert_eq!(driver.position("risk"), driver.position("trust"));
    assert_eq!(driver.loops(), ["?1"]);
}

#[test]
fn a_link_bends_by_its_handle_or_by_itself() {
    for active_pointer in ["handle", "link"] {
        let mut driver = pair();
        let link = driver.draw_link("risk", "trust");
        if active_pointer == "link" {
            driver.key("escape");
        }
        let depth = driver.editor.history_depth().0;
        let handle = driver.handle(link);
        driver.drag(handle, (450.0, 420.0));
        let bend = driver.editor.document().links()[&link].bend;
        assert!((bend + 0.4).abs() < 1.0e-9, "{active_pointer}: {bend}");
        assert_eq!(
            driver.editor.history_depth().0,
            depth + 1,
            "{active_pointer}"
        );
        driver.begin_drag(driver.handle(link), (450.0, 302.0));
        assert_eq!(
            driver.editor.document().links()[&link].bend,
            0.0,
            "almost straight is straight"
        );
        driver.key("escape");
        driver.release();
        let bend = driver.editor.document().links()[&link].bend;
        assert!((bend + 0.4).abs() < 1.0e-9, "{active_pointer}: {bend}");
    }
}

#[test]
fn only_the_one_selected_link_has_a_handle() {
    let mut driver = ring();
    driver.key("ctrl+a");
    let all = driver.editor.overlay().clone();
    assert_eq!(all.handle_of(), None);
    let links: Vec<_> = driver.links().into_iter().collect();
    driver.key("escape");
    let (x, y) = driver.handle(links[0]);
    driver.click(x, y);
    assert_eq!(driver.editor.overlay().handle_of(), Some(links[0]));
}

#[test]
fn a_ring_turns_about_its_variable() {
    let mut driver = pair();
    driver.key("l");
    driver.press(300.0, 300.0);
    driver.move_to(300.0, 400.0);
    driver.move_to(300.0, 300.0);
    driver.release();
    let link = *driver.links().first().unwrap();
    driver.drag(driver.handle(link), (300.0, 500.0));
    let bend = driver.editor.document().links()[&link].bend;
    assert!(
        (bend - 0.5).abs() < 1.0e-9,
        "straight down is half a turn, not {bend}"
    );
}

#[test]
fn a_badge_stays_where_it_is_dragged() {
    let mut driver = ring();
    let depth = driver.editor.history_depth().0;
    let (x, y) = driver.badge();
    driver.drag((x, y), (x + 90.0, y + 40.0));
    assert_eq!(driver.badge(), (x + 90.0, y + 40.0));
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    assert_eq!(driver.editor.document().loop_labels().len(), 1);
    // Back home, it says nothing any more.
    driver.drag((x + 90.0, y + 40.0), (x, y));
    assert!(driver.editor.document().loop_labels().is_empty());
    driver.begin_drag((x, y), (x + 50.0, y));
    driver.key("escape");
    driver.release();
    assert!(driver.editor.document().loop_labels().is_empty());
    assert_eq!(driver.editor.history_depth().0, depth + 2);
}

#[test]
fn nothing_is_dragged_off_the_canvas() {
    let mut driver = pair();
    for _ in 0..4 {
        driver.drag((300.0, 300.0), (9.0e6, 300.0));
        driver.key("ctrl+a");
        driver.key("shift+digit2");
        let (x, y) = driver.middle("risk");
        driver.drag((x, y), (x, 1.0e7));
        driver.key("shift+arrowright");
        driver.key("ctrl+d");
        driver.key("ctrl+arrowright");
        driver.type_text("far");
        driver.key("shift+digit1");
    }
}

/// Gives the first loop a name.
pub fn name_the_loop(driver: &mut Driver, name: &str) -> LoopKey {
    let key = driver.editor.report().loops[0].key.clone();
    driver.run(loopstream::editor::Command::NameLoop(
        key.clone(),
        name.to_owned(),
    ));
    key
}
