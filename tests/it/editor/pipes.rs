//! Flows: drawing them, adding them by keyboard, joining their ends elsewhere.

use loopstream::editor::{Action, Gesture, spoken};
use loopstream::model::{Corner, FlowSide, Id, VariableKind, pipe_of};
use loopstream::scene::Curve;

use crate::common::driver::Driver;

/// An editor with stocks at these places; nothing is selected.
fn stocks(places: &[(&str, f64, f64)]) -> Driver {
    let mut driver = Driver::with(places, &[]);
    for (name, ..) in places {
        let (x, y) = driver.middle(name);
        driver.click(x, y);
        assert_eq!(driver.key("alt+s"), Some(Action::ToggleStock));
    }
    driver.key("escape");
    driver
}

fn said_of(driver: &Driver, name: &str) -> String {
    spoken(driver.editor.document(), driver.id(name))
}

/// The stocks that a rate drains and fills.
fn ends(driver: &Driver, rate: &str) -> [Option<String>; 2] {
    let document = driver.editor.document();
    let pipe = pipe_of(document, driver.id(rate));
    [pipe.from, pipe.to].map(|end| end.map(|end| document.variables()[&end.stock].name.clone()))
}

fn some(name: &str) -> Option<String> {
    Some(name.to_owned())
}

/// Where a pipe of a rate ends, on the screen: in the middle of a cloud, or at the handle before a
/// stock.
fn end_of(driver: &Driver, rate: &str, side: FlowSide) -> (f64, f64) {
    let scene = driver.editor.scene();
    let pipe = &scene.pipes()[&driver.id(rate)];
    let half = match side {
        FlowSide::In => pipe.sink,
        FlowSide::Out => pipe.source,
    };
    let at = match half.link {
        Some(_) => half.route.end_handle(),
        None => half.route.end.center(),
    };
    let at = driver.editor.view().to_screen(at);
    (at.x, at.y)
}

#[test]
fn a_flow_is_drawn_from_stock_to_stock_as_one_step() {
    let mut driver = stocks(&[("Susceptible", 200.0, 200.0), ("Infected", 600.0, 210.0)]);
    let (depth, commits) = (driver.editor.history_depth().0, driver.commits);
    assert_eq!(driver.key("o"), Some(Action::ToolFlow));
    driver.drag((200.0, 200.0), (600.0, 210.0));
    assert!(driver.editor.text_edit().is_some(), "the name is asked for");
    driver.type_text("Infection");
    assert_eq!(
        ends(&driver, "Infection"),
        [some("Susceptible"), some("Infected")]
    );
    let (x, y) = driver.position("Infection");
    assert!(
        (x - 400.0).abs() < 20.0 && (y - 205.0).abs() < 1.0,
        "{x} {y}"
    );
    let variable = &driver.editor.document().variables()[&driver.id("Infection")];
    assert_eq!(variable.kind, VariableKind::Rate);
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    assert_eq!(driver.commits, commits + 2, "the pipe, and its name");
    assert_eq!(
        said_of(&driver, "Infection"),
        "Infection, flow from Susceptible to Infected"
    );
    assert_eq!(
        driver.sentences(),
        [
            "Infection → Infected, inflow",
            "Infection → Susceptible, outflow"
        ]
    );
    driver.key("escape");
    driver.key("ctrl+z");
    assert_eq!(driver.names(), ["Infected", "Susceptible"]);
    assert!(driver.links().is_empty());
    driver.key("ctrl+y");
    assert_eq!(
        ends(&driver, "Infection"),
        [some("Susceptible"), some("Infected")]
    );
}

#[test]
fn an_end_in_the_open_is_a_cloud() {
    let mut driver = stocks(&[("Water", 500.0, 300.0)]);
    driver.key("o");
    driver.drag((500.0, 300.0), (760.0, 304.0));
    driver.type_text("Outflow");
    assert_eq!(ends(&driver, "Outflow"), [some("Water"), None]);
    driver.key("escape");
    driver.key("o");
    driver.drag((240.0, 296.0), (500.0, 300.0));
    // What has no name is still a flow.
    driver.escape_text();
    let rate = |driver: &Driver| -> Vec<Id> {
        let unnamed = driver.editor.document().variables().iter();
        unnamed
            .filter(|(_, one)| one.name.is_empty())
            .map(|(id, _)| *id)
            .collect()
    };
    let inflow = rate(&driver)[0];
    assert_eq!(
        spoken(driver.editor.document(), inflow),
        "unnamed, flow from outside to Water"
    );
    // The clouds are about where the drags ended and began.
    let (x, y) = end_of(&driver, "Outflow", FlowSide::In);
    assert!(
        (x - 760.0).abs() < 2.0 && (y - 300.0).abs() < 2.0,
        "{x} {y}"
    );
    let cloud = driver.editor.scene().pipes()[&inflow]
        .source
        .route
        .end
        .center();
    assert!((cloud.x - 240.0).abs() < 2.0, "{cloud:?}");
    assert_eq!(driver.editor.describe(driver.id("Water")), "Water");
    assert_eq!(said_of(&driver, "Water"), "Water, stock");
}

#[test]
fn a_flow_that_cannot_be_says_why() {
    let mut driver = stocks(&[("Stock", 200.0, 200.0)]);
    driver.draw_variable("Plain", 600.0, 200.0);
    for (from, to, why) in [
        (
            (200.0, 200.0),
            (600.0, 200.0),
            "A flow fills or drains a stock",
        ),
        (
            (600.0, 200.0),
            (200.0, 200.0),
            "A flow fills or drains a stock",
        ),
        (
            (600.0, 200.0),
            (700.0, 500.0),
            "A flow fills or drains a stock",
        ),
        (
            (400.0, 500.0),
            (700.0, 500.0),
            "A flow begins or ends at a stock",
        ),
    ] {
        driver.key("escape");
        driver.key("o");
        driver.begin_drag(from, to);
        let hint = driver
            .editor
            .hint(loopstream::editor::PointerKind::Fine)
            .to_owned();
        assert!(hint.starts_with(why), "{hint}");
        driver.release();
        assert!(driver.said.last().unwrap().starts_with(why));
        assert_eq!(driver.names(), ["Plain", "Stock"]);
        assert!(driver.links().is_empty() && driver.editor.text_edit().is_none());
    }
    // Given up half way, nothing is left either.
    driver.key("escape");
    driver.key("o");
    driver.begin_drag((200.0, 200.0), (500.0, 300.0));
    assert_eq!(
        driver.editor.document().variables().len(),
        3,
        "shown while it is drawn"
    );
    driver.key("escape");
    assert_eq!(driver.names(), ["Plain", "Stock"]);
}

#[test]
fn flows_are_added_by_keyboard_where_there_is_room() {
    let mut driver = stocks(&[("Water", 500.0, 400.0)]);
    driver.click(500.0, 400.0);
    assert_eq!(driver.key("alt+shift+u"), Some(Action::AddInflow));
    driver.type_text("Tap");
    driver.click(500.0, 400.0);
    assert_eq!(driver.key("alt+shift+o"), Some(Action::AddOutflow));
    driver.type_text("Drain");
    driver.click(500.0, 400.0);
    driver.act(Action::AddOutflow);
    driver.type_text("Leak");
    assert_eq!(ends(&driver, "Tap"), [None, some("Water")]);
    assert_eq!(ends(&driver, "Drain"), [some("Water"), None]);
    assert_eq!(ends(&driver, "Leak"), [some("Water"), None]);
    assert!(driver.position("Tap").0 < 420.0);
    assert!(driver.position("Drain").0 > 580.0);
    assert!(
        driver.position("Leak").1 > 450.0,
        "below, since the right is taken"
    );
    assert_eq!(said_of(&driver, "Leak"), "Leak, flow from Water to outside");
    // Without a stock there is no such action.
    driver.key("escape");
    assert_eq!(driver.key("alt+shift+u"), None);
    for step in 0..3 {
        driver.key("ctrl+z");
        assert_eq!(driver.names().len(), 3 - step);
    }
}

#[test]
fn what_becomes_a_rate_or_a_stock_gets_its_pipes() {
    let mut driver = Driver::with(
        &[("Births", 200.0, 200.0), ("People", 500.0, 200.0)],
        &[("Births", "People")],
    );
    let link = *driver.links().first().unwrap();
    let (x, y) = driver.handle(link);
    driver.click(x, y);
    driver.key("+");
    driver.click(500.0, 200.0);
    driver.key("alt+s");
    driver.click(200.0, 200.0);
    assert!(driver.editor.scene().pipes().is_empty());
    assert_eq!(driver.key("alt+shift+s"), Some(Action::ToggleRate));
    assert!(driver.said.last().unwrap().contains("Births is a flow"));
    assert_eq!(driver.links().into_iter().collect::<Vec<_>>(), [link]);
    assert_eq!(ends(&driver, "Births"), [None, some("People")]);
    // Its sign is its direction.
    let (x, y) = driver.handle(link);
    driver.click(x, y);
    driver.key("-");
    assert_eq!(ends(&driver, "Births"), [some("People"), None]);
    driver.key("?");
    assert_eq!(ends(&driver, "Births"), [None, None]);
    driver.key("ctrl+z");
    let (x, y) = driver.middle("People");
    driver.click(x, y);
    driver.act(Action::MakePlain);
    assert_eq!(ends(&driver, "Births"), [None, None]);
    assert_eq!(driver.links().len(), 1);
}

#[test]
fn an_end_of_a_pipe_is_dragged_to_another_stock_or_into_the_open() {
    let mut driver = stocks(&[
        ("One", 200.0, 200.0),
        ("Two", 700.0, 200.0),
        ("Three", 700.0, 500.0),
    ]);
    driver.key("o");
    driver.drag((200.0, 200.0), (700.0, 200.0));
    driver.type_text("Move");
    driver.key("escape");
    let depth = driver.editor.history_depth().0;
    // Onto another stock: the same link, elsewhere.
    let before = driver.links();
    driver.drag(end_of(&driver, "Move", FlowSide::In), (700.0, 500.0));
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Three")]);
    assert_eq!(driver.links(), before);
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    // Into the open: the link goes.
    let from = end_of(&driver, "Move", FlowSide::In);
    driver.drag(from, (450.0, 650.0));
    assert_eq!(ends(&driver, "Move"), [some("One"), None]);
    assert_eq!(driver.links().len(), 1);
    // A cloud onto a stock: a link comes.
    driver.drag(end_of(&driver, "Move", FlowSide::In), (700.0, 200.0));
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Two")]);
    assert_eq!(driver.editor.history_depth().0, depth + 3);
    // Not onto the stock at the other end.
    driver.drag(end_of(&driver, "Move", FlowSide::In), (200.0, 200.0));
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Two")]);
    assert_eq!(driver.editor.history_depth().0, depth + 3);
    for _ in 0..3 {
        driver.key("ctrl+z");
    }
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Two")]);
    assert_eq!(driver.links(), before);
}

#[test]
fn a_pipe_moves_its_valve_and_its_links_can_be_selected() {
    let mut driver = stocks(&[("One", 200.0, 200.0), ("Two", 700.0, 200.0)]);
    driver.key("o");
    driver.drag((200.0, 200.0), (700.0, 200.0));
    driver.type_text("Move");
    driver.key("escape");
    driver.click(350.0, 200.0);
    assert_eq!(driver.selected().1, 1, "a link");
    driver.key("escape");
    let (x, _) = driver.position("Move");
    driver.begin_drag((350.0, 200.0), (380.0, 330.0));
    assert!(matches!(driver.editor.gesture(), Gesture::Moving(_)));
    driver.release();
    let moved = driver.position("Move");
    assert!(
        (moved.0 - x - 30.0).abs() < 7.0 && (moved.1 - 330.0).abs() < 7.0,
        "{moved:?}"
    );
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Two")]);
    // A stock that goes leaves a cloud.
    driver.click(200.0, 200.0);
    driver.key("delete");
    assert_eq!(ends(&driver, "Move"), [None, some("Two")]);
    driver.key("ctrl+z");
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Two")]);
    // A copy of all of it has its own pipe.
    driver.key("ctrl+a");
    driver.key("ctrl+d");
    let document = driver.editor.document();
    assert_eq!((document.variables().len(), document.links().len()), (6, 4));
    let pipes = driver.editor.scene().pipes().values();
    let whole = pipes.filter(|pipe| pipe.source.link.is_some() && pipe.sink.link.is_some());
    assert_eq!(whole.count(), 2);
}

/// Two stocks with a flow between them, and the link to the second.
fn one_pipe(second: (f64, f64)) -> (Driver, Id) {
    let mut driver = stocks(&[("One", 200.0, 300.0), ("Two", second.0, second.1)]);
    driver.key("o");
    driver.drag((200.0, 300.0), second);
    driver.type_text("Move");
    driver.key("escape");
    let pipe = pipe_of(driver.editor.document(), driver.id("Move"));
    (driver, pipe.to.unwrap().link)
}

fn corner_of(driver: &Driver, link: Id) -> Option<Corner> {
    driver.editor.document().links()[&link].corner
}

fn corners_drawn(driver: &Driver, link: Id) -> usize {
    match driver.editor.scene().links()[&link].spine {
        Curve::Elbow { corners, .. } => 1 + usize::from(corners[0] != corners[1]),
        Curve::Segment { .. } | Curve::Arc { .. } => 0,
    }
}

#[test]
fn a_handle_moves_the_corner_of_a_pipe_and_puts_it_back() {
    let (mut driver, link) = one_pipe((800.0, 300.0));
    let depth = driver.editor.history_depth().0;
    let home = driver.handle(link);
    driver.click(home.0, home.1);
    assert_eq!(driver.selected().1, 1, "the link");
    // The middle of a straight pipe is dragged down: it goes there, and up into the stock.
    driver.drag(home, (home.0, home.1 + 120.0));
    assert_eq!(corner_of(&driver, link), Some(Corner::Upright(120.0)));
    assert_eq!(corners_drawn(&driver, link), 2);
    assert_eq!(driver.editor.history_depth().0, depth + 1);
    let (x, y) = driver.handle(link);
    assert!((y - home.1 - 120.0).abs() < 1.0, "{x} {y}");
    // It moves with its valve, and with both stocks.
    driver.key("ctrl+a");
    driver.key("ctrl+d");
    let copies = driver.editor.document().links().values();
    let turned = copies.filter(|link| link.corner == Some(Corner::Upright(120.0)));
    assert_eq!(turned.count(), 2);
    driver.key("ctrl+z");
    driver.key("escape");
    // Dragged to where it was, it finds its own way again.
    let at = driver.handle(link);
    driver.click(at.0, at.1);
    driver.drag(at, (at.0, home.1 + 3.0));
    assert_eq!(corner_of(&driver, link), None);
    assert_eq!(corners_drawn(&driver, link), 0);
    driver.key("ctrl+z");
    assert_eq!(corner_of(&driver, link), Some(Corner::Upright(120.0)));
    driver.key("ctrl+z");
    assert_eq!(corner_of(&driver, link), None);
}

#[test]
fn a_finger_and_a_drag_given_up() {
    let (mut driver, link) = one_pipe((800.0, 300.0));
    driver.finger(7);
    let home = driver.handle(link);
    driver.click(home.0, home.1);
    driver.drag(home, (home.0 + 4.0, home.1 - 90.0));
    assert_eq!(corner_of(&driver, link), Some(Corner::Upright(-90.0)));
    driver.mouse();
    let at = driver.handle(link);
    driver.begin_drag(at, (at.0, at.1 - 70.0));
    assert!(matches!(driver.editor.gesture(), Gesture::Bending { .. }));
    driver.key("escape");
    driver.release();
    assert_eq!(corner_of(&driver, link), Some(Corner::Upright(-90.0)));
    // Joined elsewhere it turns where that stock needs it.
    driver.draw_variable("Three", 800.0, 600.0);
    driver.key("alt+s");
    driver.key("escape");
    driver.drag(end_of(&driver, "Move", FlowSide::In), (800.0, 600.0));
    assert_eq!(ends(&driver, "Move"), [some("One"), some("Three")]);
    assert_eq!(corner_of(&driver, link), None);
}

#[test]
fn the_corner_of_a_bent_pipe_is_dragged_along_both_axes() {
    let (mut driver, link) = one_pipe((800.0, 560.0));
    assert_eq!(corners_drawn(&driver, link), 1);
    let (x, y) = driver.handle(link);
    driver.click(x, y);
    let valve = driver.position("Move").0;
    // Back before the stock: down earlier, then on into its side.
    driver.drag((x, y), (x - 130.0, y + 100.0));
    let Some(Corner::Level(across)) = corner_of(&driver, link) else {
        panic!("{:?}", corner_of(&driver, link));
    };
    let zoom = driver.editor.view().zoom;
    assert!((zoom - 1.0).abs() < 1.0e-9);
    let stock = driver.position("Two").0;
    assert!((across - (stock - 130.0 - valve)).abs() < 2.0, "{across}");
    assert_eq!(corners_drawn(&driver, link), 2);
}

#[test]
fn keys_move_the_corner_of_a_pipe_as_they_bend_a_link() {
    let (mut driver, link) = one_pipe((800.0, 300.0));
    let (x, y) = driver.handle(link);
    driver.click(x, y);
    assert_eq!(driver.key("b"), Some(Action::BendLeft));
    let Some(Corner::Upright(first)) = corner_of(&driver, link) else {
        panic!("{:?}", corner_of(&driver, link));
    };
    assert!(first < 0.0, "to the left of a way to the right is up");
    // Each step is one that is seen: past the corner of the stock it goes at once.
    let mut last = first;
    for _ in 0..4 {
        driver.key("b");
        let Some(Corner::Upright(next)) = corner_of(&driver, link) else {
            panic!("{:?}", corner_of(&driver, link));
        };
        assert!(next < last - 2.0, "{last} {next}");
        last = next;
    }
    // Back, and to the other side: on the way it finds its own.
    let mut seen_home = false;
    for _ in 0..40 {
        driver.key("shift+b");
        seen_home |= corner_of(&driver, link).is_none();
    }
    assert!(seen_home);
    let to = corner_of(&driver, link);
    assert!(
        matches!(to, Some(Corner::Upright(to)) if to > 40.0),
        "{to:?}"
    );
    while driver.editor.history_depth().0 > 0 && corner_of(&driver, link).is_some() {
        driver.key("ctrl+z");
    }
    assert_eq!(corners_drawn(&driver, link), 0);
}
