//! Frames: drawing them out, titles, moving with what lies in them, resizing.

use loopstream::editor::{Action, Command, MenuSubject};
use loopstream::model::{Document, Element, Frame, Id, Rect};

use super::pair;
use crate::common::driver::Driver;

/// Draws out a frame and titles it.
fn draw(driver: &mut Driver, from: (f64, f64), to: (f64, f64), title: &str) -> Id {
    driver.key("escape");
    assert_eq!(driver.key("f"), Some(Action::ToolFrame));
    driver.drag(from, to);
    let id = driver.editor.text_edit().unwrap().id;
    driver.type_text(title);
    id
}

fn frame(driver: &Driver, id: Id) -> Frame {
    driver.editor.document().frames()[&id].clone()
}

fn sides(driver: &Driver, id: Id) -> [f64; 4] {
    let Rect {
        left,
        top,
        right,
        bottom,
    } = frame(driver, id).rect();
    [left, top, right, bottom]
}

#[test]
fn a_frame_is_drawn_out_and_titled_as_one_step() {
    let mut driver = Driver::default();
    let id = draw(
        &mut driver,
        (100.0, 100.0),
        (500.0, 400.0),
        "Before the release",
    );
    assert_eq!(sides(&driver, id), [100.0, 100.0, 500.0, 400.0]);
    assert_eq!(frame(&driver, id).title, "Before the release");
    assert!(driver.editor.selection().contains(&id));
    assert_eq!(driver.editor.describe(id), "Frame: Before the release");
    assert_eq!(driver.editor.history_depth(), (1, 0));
    driver.key("ctrl+z");
    assert!(driver.editor.document().is_empty());
    driver.key("ctrl+y");
    assert_eq!(frame(&driver, id).title, "Before the release");
}

#[test]
fn a_frame_without_a_title_stays() {
    for leave in [
        |driver: &mut Driver| driver.type_text(""),
        Driver::escape_text,
    ] {
        let mut driver = Driver::default();
        driver.key("f");
        driver.drag((100.0, 100.0), (300.0, 300.0));
        leave(&mut driver);
        let frames: Vec<Id> = driver.editor.document().frames().keys().copied().collect();
        assert_eq!(frames.len(), 1);
        assert_eq!(driver.editor.describe(frames[0]), "Frame, untitled");
        assert!(
            driver.said.iter().any(|said| said == "1 frame added"),
            "{:?}",
            driver.said
        );
    }
}

#[test]
fn a_click_with_the_tool_makes_one_of_the_usual_size() {
    let mut driver = Driver::default();
    driver.key("f");
    driver.click(400.0, 400.0);
    driver.type_text("Here");
    let document = driver.editor.document();
    let made = document.frames().values().next().unwrap();
    assert_eq!((made.width, made.height), (480.0, 320.0));
    assert_eq!(
        (made.rect().center().x, made.rect().center().y),
        (400.0, 400.0)
    );
}

#[test]
fn what_lies_wholly_in_a_frame_moves_with_it_and_nothing_else_does() {
    let mut driver = Driver::with(
        &[
            ("in", 300.0, 300.0),
            ("held", 300.0, 360.0),
            ("edge", 500.0, 300.0),
            ("out", 800.0, 300.0),
        ],
        &[],
    );
    driver.click(300.0, 360.0);
    driver.key("ctrl+shift+l");
    let id = draw(&mut driver, (200.0, 200.0), (500.0, 500.0), "Area");
    let depth = driver.editor.history_depth().0;
    // By its title.
    driver.hold("c");
    driver.drag((215.0, 186.0), (225.0, 256.0));
    driver.hold("");
    assert_eq!(sides(&driver, id), [210.0, 270.0, 510.0, 570.0]);
    assert_eq!(driver.position("in"), (310.0, 370.0));
    assert_eq!(driver.position("held"), (300.0, 360.0));
    assert_eq!(driver.position("edge"), (500.0, 300.0));
    assert_eq!(driver.position("out"), (800.0, 300.0));
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    assert!(
        driver.said.last().unwrap().contains("moved"),
        "{:?}",
        driver.said.last()
    );
    driver.key("ctrl+z");
    assert_eq!(driver.position("in"), (300.0, 300.0));
    // By its outline, while something else is selected.
    driver.click(800.0, 300.0);
    driver.hold("c");
    driver.drag((350.0, 500.0), (350.0, 510.0));
    driver.hold("");
    assert_eq!(sides(&driver, id), [200.0, 210.0, 500.0, 510.0]);
    assert_eq!(driver.position("in"), (300.0, 310.0));
    // By keys.
    driver.key("shift+arrowright");
    assert_eq!(driver.position("in"), (310.0, 310.0));
    assert_eq!(driver.position("out"), (800.0, 300.0));
}

#[test]
fn what_is_in_a_frame_is_drawn_and_selected_as_without_it() {
    let mut driver = pair();
    let id = draw(&mut driver, (100.0, 100.0), (900.0, 600.0), "Area");
    driver.click(450.0, 450.0);
    assert!(
        driver.editor.selection().is_empty(),
        "the inside is the canvas"
    );
    driver.draw_variable("new", 450.0, 450.0);
    assert_eq!(driver.names(), ["new", "risk", "trust"]);
    // A box that is drawn in it selects what it touches, and not what is around it.
    driver.key("escape");
    driver.drag((220.0, 230.0), (700.0, 350.0));
    assert_eq!(driver.selected().0, ["risk", "trust"]);
    assert!(!driver.editor.selection().contains(&id));
    driver.drag((50.0, 50.0), (950.0, 650.0));
    assert!(driver.editor.selection().contains(&id));
    // And links are drawn over its outline.
    driver.draw_link("risk", "trust");
    assert_eq!(driver.links().len(), 1);
}

#[test]
fn a_selected_frame_is_resized_by_sides_and_corners() {
    let mut driver = Driver::default();
    let id = draw(&mut driver, (200.0, 200.0), (500.0, 400.0), "Area");
    driver.hold("c");
    driver.drag((500.0, 300.0), (560.0, 310.0));
    assert_eq!(sides(&driver, id), [200.0, 200.0, 560.0, 400.0]);
    driver.drag((200.0, 200.0), (150.0, 170.0));
    assert_eq!(sides(&driver, id), [150.0, 170.0, 560.0, 400.0]);
    assert_eq!(driver.said.last().unwrap(), "Frame: Area resized");
    driver.drag((300.0, 400.0), (300.0, 60.0));
    assert_eq!(sides(&driver, id)[3], 210.0, "no shorter than 40");
    driver.key("ctrl+z");
    driver.begin_drag((560.0, 400.0), (700.0, 700.0));
    driver.key("escape");
    driver.release();
    assert_eq!(sides(&driver, id), [150.0, 170.0, 560.0, 400.0]);
    driver.hold("");
    // Nothing of it gives way once it is locked.
    driver.key("ctrl+shift+l");
    driver.drag((560.0, 300.0), (600.0, 300.0));
    driver.drag((170.0, 158.0), (300.0, 300.0));
    driver.key("delete");
    assert_eq!(sides(&driver, id), [150.0, 170.0, 560.0, 400.0]);
}

#[test]
fn a_side_lines_up_with_what_stands_there() {
    let mut driver = Driver::default();
    let id = draw(&mut driver, (200.0, 450.0), (500.0, 600.0), "Below");
    draw(&mut driver, (200.0, 100.0), (560.0, 300.0), "Above");
    driver.click(330.0, 600.0);
    assert!(driver.editor.selection().contains(&id));
    driver.begin_drag((500.0, 520.0), (557.0, 540.0));
    assert_eq!(sides(&driver, id), [200.0, 450.0, 560.0, 600.0]);
    assert_eq!(driver.editor.overlay().guides.len(), 1);
    driver.release();
}

#[test]
fn the_selection_is_framed() {
    let mut driver = pair();
    assert_eq!(driver.key("alt+shift+f"), None, "there is nothing to frame");
    driver.key("ctrl+a");
    assert_eq!(driver.key("alt+shift+f"), Some(Action::FrameSelection));
    driver.type_text("Both");
    let document = driver.editor.document();
    let frame = document.frames().values().next().unwrap();
    assert_eq!(frame.title, "Both");
    for name in ["risk", "trust"] {
        let rect = driver.editor.scene().nodes()[&driver.id(name)].rect;
        assert!(frame.rect().contains_rect(&rect.grown(20.0)), "{name}");
    }
}

#[test]
fn deleting_a_frame_keeps_what_lies_in_it_and_copying_takes_it_along() {
    let mut driver = pair();
    let id = draw(&mut driver, (200.0, 200.0), (450.0, 450.0), "Area");
    driver.key("ctrl+c");
    let copied = driver.clipboard.clone().unwrap();
    assert_eq!((copied.frames().len(), copied.variables().len()), (1, 1));
    driver.key("ctrl+d");
    let document = driver.editor.document();
    assert_eq!(
        (document.frames().len(), document.variables().len()),
        (2, 3)
    );
    driver.key("ctrl+z");
    driver.click(330.0, 450.0);
    driver.key("delete");
    assert!(driver.editor.document().frames().is_empty());
    assert_eq!(driver.names(), ["risk", "trust"]);
    driver.key("ctrl+z");
    // What is cut is what was copied.
    driver.click(330.0, 450.0);
    assert!(driver.editor.selection().contains(&id));
    driver.key("ctrl+x");
    assert_eq!(driver.names(), ["trust"]);
}

#[test]
fn a_frame_in_a_frame_moves_with_it() {
    let mut driver = pair();
    let inner = draw(&mut driver, (220.0, 220.0), (400.0, 400.0), "Inner");
    let outer = draw(&mut driver, (100.0, 100.0), (480.0, 480.0), "Outer");
    driver.hold("c");
    driver.drag((115.0, 87.0), (115.0, 97.0));
    assert_eq!(sides(&driver, outer)[1], 110.0);
    assert_eq!(sides(&driver, inner)[1], 230.0);
    assert_eq!(driver.position("risk"), (300.0, 310.0));
}

#[test]
fn a_title_is_edited_in_place_and_its_menu_is_its_own() {
    let mut driver = Driver::default();
    let id = draw(&mut driver, (100.0, 200.0), (500.0, 500.0), "First");
    driver.key("escape");
    driver.double_click(112.0, 187.0);
    assert_eq!(driver.editor.text_edit().unwrap().text, "First");
    driver.type_text("Second\nline");
    assert_eq!(frame(&driver, id).title, "Second line");
    driver.move_to(112.0, 187.0);
    driver.send(loopstream::editor::Event::Menu(driver.pointer));
    assert_eq!(driver.menus.last().unwrap().0, MenuSubject::Frame);
    let offered = driver.editor.menu_of(MenuSubject::Frame);
    assert!(offered.contains(&Some(Action::EditText)) && offered.contains(&Some(Action::Delete)));
    driver.act(Action::ZoomSelection);
    let seen = driver.editor.view().visible();
    let bounds = driver.editor.scene().bounds_of(id).unwrap();
    assert!(seen.contains_rect(&bounds));
}

#[test]
fn a_title_can_be_taken_hold_of_at_every_scale() {
    let mut driver = Driver::default();
    let id = draw(&mut driver, (100.0, 200.0), (900.0, 700.0), "Release");
    for _ in 0..6 {
        driver.act(Action::ZoomOut);
        driver.key("escape");
        let title = driver.editor.scene().frames()[&id].clone();
        let seen = title.seen(driver.editor.view().zoom).title.unwrap();
        let at = driver.editor.view().to_screen(seen.center());
        driver.click(at.x, at.y);
        assert!(
            driver.editor.selection().contains(&id),
            "{}",
            driver.editor.view().zoom
        );
    }
}

#[test]
fn a_frame_that_goes_elsewhere_ends_its_resizing() {
    let mut driver = Driver::default();
    let id = draw(&mut driver, (200.0, 200.0), (500.0, 400.0), "Area");
    driver.begin_drag((500.0, 300.0), (600.0, 300.0));
    let before = driver.editor.committed_document().element(id);
    let gone = loopstream::model::Patch::of(id, before, None);
    driver.send(loopstream::editor::Event::Remote(gone));
    driver.release();
    assert!(driver.editor.document().is_empty());
}

#[test]
fn no_analysis_sees_a_frame() {
    let mut driver = super::ring();
    let (report, marks) = (
        driver.editor.report().clone(),
        driver.editor.scene().marks().to_vec(),
    );
    draw(&mut driver, (100.0, 100.0), (900.0, 700.0), "All of it");
    assert_eq!(driver.editor.report(), &report);
    assert_eq!(driver.editor.scene().marks(), marks);
}

#[test]
fn a_frame_with_a_side_out_of_range_is_refused() {
    let mut document = Document::default();
    for (width, height) in [(39.0, 100.0), (100.0, 100_001.0), (f64::NAN, 100.0)] {
        let frame = Frame {
            title: String::new(),
            placement: Default::default(),
            width,
            height,
            limit: None,
        };
        let id = Id::from_bits(1);
        let patch = loopstream::model::Patch::of(id, None, Some(Element::Frame(frame)));
        assert!(document.apply(&patch).is_err(), "{width} by {height}");
    }
}

#[test]
fn a_replaced_frame_says_what_became_of_it() {
    let mut driver = Driver::default();
    let id = draw(&mut driver, (200.0, 200.0), (500.0, 400.0), "Area");
    driver.run(Command::SetText(id, "Zone".to_owned()));
    assert_eq!(driver.said.last().unwrap(), "Area renamed Zone");
    driver.run(Command::Remove(id));
    assert_eq!(driver.said.last().unwrap(), "Zone removed");
}
