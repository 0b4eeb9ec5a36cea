//! Changes made elsewhere, at any moment.

use loopstream::editor::Gesture;
use loopstream::model::{Edit, Element, Id, IdSource, Link, Patch, Point};

use crate::common::driver::Driver;
use crate::editor::moving::name_the_loop;
use crate::editor::{pair, ring};

fn edited(driver: &Driver, edit: impl FnOnce(&mut Edit<'_>)) -> Patch {
    let committed = driver.editor.committed_document();
    let mut patch = Edit::new(&committed);
    edit(&mut patch);
    patch.finish()
}

fn removed(driver: &Driver, name: &str) -> Patch {
    let id = driver.id(name);
    edited(driver, |edit| edit.remove(id))
}

fn renamed(driver: &Driver, name: &str, new: &str) -> Patch {
    let id = driver.id(name);
    edited(driver, |edit| {
        edit.change(id, |element| {
            if let Element::Variable(variable) = element {
                variable.name = new.to_owned();
            }
        });
    })
}

fn moved(driver: &Driver, name: &str, x: f64, y: f64) -> Patch {
    let id = driver.id(name);
    edited(driver, |edit| {
        edit.change(id, |element| {
            element.placement_mut().unwrap().position = Point::new(x, y)
        });
    })
}

#[test]
fn a_drag_goes_on_over_a_change_of_what_is_dragged() {
    let mut driver = ring();
    driver.begin_drag((300.0, 200.0), (130.0, 333.0));
    driver.remote(renamed(&driver, "delays", "waiting"));
    assert_eq!(driver.position("waiting"), (130.0, 333.0));
    driver.remote(moved(&driver, "waiting", 10.0, 10.0));
    driver.remote(moved(&driver, "waiting", 20.0, 10.0));
    driver.remote(removed(&driver, "risk"));
    driver.move_to(140.0, 343.0);
    driver.release();
    assert_eq!(driver.position("waiting"), (140.0, 343.0));
    assert_eq!(driver.names(), ["batch size", "waiting"]);
    driver.key("ctrl+z");
    assert_eq!(driver.position("waiting"), (20.0, 10.0));
}

#[test]
fn a_gesture_ends_with_what_it_is_about() {
    type Start = fn(&mut Driver);
    let starts: [(&str, Start); 6] = [
        ("press", |driver| driver.press(300.0, 200.0)),
        ("move", |driver| {
            driver.begin_drag((300.0, 200.0), (100.0, 100.0))
        }),
        ("link", |driver| {
            driver.begin_drag(driver.rim("delays"), (100.0, 300.0))
        }),
        ("bend", |driver| {
            let from = driver.id("delays");
            let links = driver.editor.document().links().iter();
            let mut links = links.filter(|(_, link)| link.from == from);
            let handle = driver.handle(*links.next().unwrap().0);
            driver.begin_drag(handle, (450.0, 20.0));
        }),
        ("badge", |driver| {
            driver.begin_drag(driver.badge(), (700.0, 700.0))
        }),
        ("badge press", |driver| {
            driver.press(driver.badge().0, driver.badge().1)
        }),
    ];
    for (name, start) in starts {
        let mut driver = ring();
        let depth = driver.editor.history_depth();
        start(&mut driver);
        assert_ne!(*driver.editor.gesture(), Gesture::Idle, "{name}");
        driver.remote(removed(&driver, "delays"));
        assert_eq!(*driver.editor.gesture(), Gesture::Idle, "{name}");
        driver.move_to(222.0, 222.0);
        driver.release();
        assert_eq!(driver.names(), ["batch size", "risk"], "{name}");
        assert_eq!(driver.editor.history_depth(), depth, "{name}");
    }
}

#[test]
fn copies_that_are_dragged_outlive_their_originals() {
    let mut driver = ring();
    driver.click(300.0, 200.0);
    driver.hold("a");
    driver.begin_drag((300.0, 200.0), (130.0, 500.0));
    let original = driver.editor.document().variables().iter();
    let mut original = original.filter(|(_, v)| v.placement.position == Point::new(300.0, 200.0));
    let id = *original.next().unwrap().0;
    driver.remote(edited(&driver, |edit| edit.remove(id)));
    driver.move_to(140.0, 500.0);
    driver.release();
    assert_eq!(driver.names(), ["batch size", "delays", "risk"]);
    assert_eq!(driver.selected().0, ["delays"]);
}

#[test]
fn a_badge_that_was_named_elsewhere_is_dragged_on() {
    let mut driver = ring();
    let (x, y) = driver.badge();
    driver.begin_drag((x, y), (x + 60.0, y));
    let mut other = Driver::open(driver.editor.committed_document());
    other.ids = IdSource::new(8);
    let before = other.editor.document().clone();
    let key = name_the_loop(&mut other, "spiral");
    driver.remote(Patch::between(&before, other.editor.document()));
    driver.move_to(x + 70.0, y);
    driver.release();
    let label = driver.editor.document().label_of(&key).unwrap().1;
    assert_eq!(
        (label.name.as_str(), label.badge_offset.x),
        ("spiral", 70.0)
    );
}

#[test]
fn typing_ends_with_what_is_typed_into() {
    let mut driver = pair();
    driver.double_click(300.0, 300.0);
    driver.remote(removed(&driver, "risk"));
    assert!(driver.editor.text_edit().is_none());
    driver.send(loopstream::editor::Event::TextDone("too late".into()));
    assert_eq!(driver.names(), ["trust"]);

    driver.double_click(600.0, 300.0);
    driver.remote(moved(&driver, "trust", 700.0, 300.0));
    driver.type_text("faith");
    assert_eq!(driver.position("faith"), (700.0, 300.0));
}

#[test]
fn a_new_variable_loses_its_link_but_not_itself() {
    let mut driver = pair();
    driver.drag(driver.rim("risk"), (300.0, 600.0));
    driver.remote(removed(&driver, "risk"));
    assert!(driver.editor.text_edit().is_some());
    driver.type_text("fear");
    assert_eq!(driver.names(), ["fear", "trust"]);
    assert!(driver.links().is_empty());
    assert_eq!(driver.selected().0, ["fear"]);
}

#[test]
fn undo_leaves_what_others_did() {
    let mut driver = pair();
    driver.drag((300.0, 300.0), (300.0, 500.0));
    driver.remote(renamed(&driver, "risk", "fear"));
    driver.key("ctrl+z");
    assert_eq!(driver.position("fear"), (300.0, 300.0));
    driver.key("ctrl+y");
    assert_eq!(driver.position("fear"), (300.0, 500.0));
    driver.remote(removed(&driver, "fear"));
    // The steps about what is gone are passed over.
    driver.key("ctrl+z");
    assert!(
        driver.editor.document().is_empty(),
        "the other variable is undone"
    );
}

#[test]
fn undoing_a_variable_takes_the_links_others_drew_to_it() {
    let mut driver = pair();
    let (from, to) = (driver.id("risk"), driver.id("trust"));
    let link = Element::Link(Link::new(from, to, 0.1));
    driver.remote(edited(&driver, |edit| {
        edit.set(Id::from_bits(5), Some(link))
    }));
    driver.key("ctrl+z");
    assert_eq!(
        (driver.names(), driver.links().len()),
        (vec!["risk".to_owned()], 0)
    );
    let words = "What others had added went with it: 1 link.";
    assert_eq!(driver.said.last().map(String::as_str), Some(words));
    driver.key("ctrl+y");
    assert_eq!(driver.links().len(), 1);
    // The link is one's own by now: the undo that takes it away once more takes nothing of others.
    driver.said.clear();
    driver.key("ctrl+z");
    assert!(!driver.said.iter().any(|said| said.contains("others")));
}

#[test]
fn what_is_gone_is_neither_selected_nor_pointed_at() {
    let mut driver = pair();
    driver.click(300.0, 300.0);
    driver.move_to(300.0, 300.0);
    driver.remote(removed(&driver, "risk"));
    assert_eq!(driver.selected(), (vec![], 0));
    assert_eq!(driver.editor.overlay().hover, None);
}
