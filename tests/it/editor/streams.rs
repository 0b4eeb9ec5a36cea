//! Value streams on the canvas: laying steps, joining them, measuring, what the picture adds.

use loopstream::editor::{Action, Command, Editor, Event, PointerKind, Tool};
use loopstream::format::json;
use loopstream::model::{
    Binding, Document, Element, FlowKind, Id, Measure, MeasureKind, StationKind, StepResult, Unit,
    Variable, Vector,
};
use loopstream::scene::{EstimatedText, Marks, Primitive, TagKind};
use loopstream::stream::{FigureKind, SimulatedFigures};
use loopstream::worker::marks_of;

use crate::common::driver::Driver;

/// Lays steps from left to right, as the keyboard does.
fn laid(names: &[&str]) -> Driver {
    let mut driver = Driver::open(Document::default());
    driver.key("p");
    driver.click(100.0, 200.0);
    for name in names {
        driver.send(Event::TextNext((*name).to_owned()));
    }
    driver.escape_text();
    driver
}

fn station(driver: &Driver, name: &str) -> Id {
    let stations = driver.editor.document().stations();
    let found = stations.iter().find(|(_, station)| station.name == name);
    *found.unwrap().0
}

fn measure(driver: &mut Driver, name: &str, kind: MeasureKind, measure: Measure) {
    let id = station(driver, name);
    let Some(Element::Station(mut station)) = driver.editor.document().element(id) else {
        panic!("{name} is a station");
    };
    station.measures.set(kind, Some(measure));
    driver.run(Command::Replace(id, Element::Station(station)));
}

fn flows(driver: &Driver) -> Vec<(String, String, FlowKind)> {
    let document = driver.editor.document();
    let name = |id: Id| document.stations()[&id].name.clone();
    let mut flows: Vec<_> = document
        .flows()
        .values()
        .map(|flow| (name(flow.from), name(flow.to), flow.kind))
        .collect();
    flows.sort();
    flows
}

#[test]
fn a_name_and_enter_and_the_next_step_follows() {
    let mut driver = laid(&["Build", "Test", "Deploy"]);
    let joined = |from: &str, to: &str| (from.to_owned(), to.to_owned(), FlowKind::Push);
    assert_eq!(
        flows(&driver),
        [joined("Build", "Test"), joined("Test", "Deploy")]
    );
    let x = |name| {
        driver.editor.document().stations()[&station(&driver, name)]
            .placement
            .position
            .x
    };
    assert!(x("Build") < x("Test") && x("Test") < x("Deploy"));
    assert_eq!(driver.editor.tool(), Tool::Select);
    // Each step is a step of the history, with the flow to it.
    driver.act(Action::Undo);
    assert_eq!(flows(&driver), [joined("Build", "Test")]);
    assert_eq!(driver.editor.document().stations().len(), 2);
}

#[test]
fn a_name_that_is_changed_is_followed_by_nothing() {
    let mut driver = laid(&["Build"]);
    driver.send(Event::Select([station(&driver, "Build")].into()));
    driver.act(Action::EditText);
    driver.send(Event::TextNext("Compile".to_owned()));
    assert!(driver.editor.text_edit().is_none());
    assert_eq!(driver.editor.document().stations().len(), 1);
}

#[test]
fn a_flow_against_the_stream_is_rework_and_what_may_not_be_is_refused() {
    let mut driver = laid(&["Build", "Test"]);
    let [build, test] = ["Build", "Test"].map(|name| {
        let rect = driver.editor.scene().nodes()[&station(&driver, name)].rect;
        let view = driver.editor.view();
        (
            view.to_screen(rect.center()),
            view.to_screen(loopstream::model::Point::new(
                rect.center().x,
                rect.bottom + 3.0,
            )),
        )
    });
    driver.drag((test.1.x, test.1.y), (build.0.x, build.0.y));
    let back = ("Test".to_owned(), "Build".to_owned(), FlowKind::Rework);
    assert!(flows(&driver).contains(&back), "{:?}", flows(&driver));
    // It hangs below the row, and bends further.
    let (id, flow) = {
        let flows = driver.editor.document().flows();
        let found = flows
            .iter()
            .find(|(_, flow)| flow.kind == FlowKind::Rework)
            .unwrap();
        (*found.0, found.1.clone())
    };
    let shape = &driver.editor.scene().links()[&id];
    assert!(shape.handle.y > driver.editor.scene().nodes()[&flow.from].rect.center().y);
    driver.send(Event::Select([id].into()));
    driver.act(Action::BendLeft);
    assert!(driver.editor.document().flows()[&id].bend > flow.bend);

    driver.run(Command::AddStation(
        StationKind::Supplier,
        "Steel".to_owned(),
    ));
    let (from, to) = (station(&driver, "Test"), station(&driver, "Steel"));
    let before = flows(&driver);
    driver.run(Command::AddFlow {
        from,
        to,
        kind: FlowKind::Push,
    });
    assert_eq!(flows(&driver), before, "no work flows into a supplier");
}

#[test]
fn the_constraint_is_marked_and_moves_with_one_number() {
    let mut driver = laid(&["Build", "Test"]);
    let hours = |hours| Measure::measured(hours, Unit::Hour);
    measure(&mut driver, "Build", MeasureKind::ProcessTime, hours(4.0));
    measure(&mut driver, "Test", MeasureKind::ProcessTime, hours(2.0));
    let limit = |driver: &Driver| {
        let report = driver.streams();
        let results = report.main().unwrap();
        results
            .limit
            .as_ref()
            .unwrap()
            .stations()
            .collect::<Vec<_>>()
    };
    assert_eq!(limit(&driver), [station(&driver, "Build")]);
    assert!(!driver.editor.scene().marks().is_empty());
    measure(&mut driver, "Build", MeasureKind::ProcessTime, hours(1.0));
    assert_eq!(limit(&driver), [station(&driver, "Test")]);
    driver.act(Action::Undo);
    assert_eq!(limit(&driver), [station(&driver, "Build")]);
}

#[test]
fn a_bound_variable_is_tagged_and_its_broken_binding_stays() {
    let mut driver = laid(&["Build", "Test"]);
    measure(
        &mut driver,
        "Build",
        MeasureKind::ProcessTime,
        Measure::measured(4.0, Unit::Hour),
    );
    driver.run(Command::AddVariable("Load".to_owned()));
    let build = station(&driver, "Build");
    let variable = driver.id("Load");
    let bound = Variable {
        binding: Some(Binding::Step(build, StepResult::Capacity)),
        ..driver.editor.document().variables()[&variable].clone()
    };
    driver.run(Command::Replace(variable, Element::Variable(bound)));
    let kind = |driver: &Driver| {
        let marks = marks_of(
            driver.editor.document(),
            &driver.streams(),
            &SimulatedFigures::none(),
        );
        marks
            .tags
            .iter()
            .find(|tag| tag.id == variable)
            .map(|tag| tag.kind)
    };
    assert_eq!(kind(&driver), Some(TagKind::LimitValue));
    driver.run(Command::Remove(build));
    assert_eq!(kind(&driver), Some(TagKind::Broken));
    driver.act(Action::Undo);
    assert_eq!(kind(&driver), Some(TagKind::LimitValue));
}

#[test]
fn a_copied_part_of_a_map_keeps_its_flows_and_measures() {
    let mut driver = laid(&["Build", "Test"]);
    measure(
        &mut driver,
        "Test",
        MeasureKind::ProcessTime,
        Measure::measured(2.0, Unit::Hour),
    );
    driver.act(Action::SelectAll);
    driver.act(Action::Duplicate);
    let document = driver.editor.document();
    assert_eq!((document.stations().len(), document.flows().len()), (4, 2));
    let measured = document.stations().values().filter(|station| {
        station.name == "Test" && station.measures.get(MeasureKind::ProcessTime).is_some()
    });
    assert_eq!(measured.count(), 2);
    assert_eq!(driver.streams().streams.len(), 2);
}

#[test]
fn a_double_click_on_a_map_adds_a_step() {
    let mut driver = laid(&["Build", "Test"]);
    driver.double_click(300.0, 600.0);
    driver.type_text("Deploy");
    assert_eq!(driver.editor.document().stations().len(), 3);
    assert_eq!(driver.editor.document().variables().len(), 0);
}

#[test]
fn moving_a_step_leaves_the_figures_and_takes_the_ladder_along() {
    let mut driver = laid(&["Build", "Test"]);
    for name in ["Build", "Test"] {
        for kind in [MeasureKind::ProcessTime, MeasureKind::WaitingTime] {
            measure(&mut driver, name, kind, Measure::measured(1.0, Unit::Hour));
        }
    }
    let lead = |driver: &Driver| {
        let report = driver.streams();
        report.main().unwrap().likely(FigureKind::LeadTime)
    };
    assert_eq!(lead(&driver), Some(4.0 * 3_600.0));
    let before = driver.editor.versions().stream;
    let foot = driver.editor.scene().bounds().unwrap().bottom;
    let at = driver.editor.scene().nodes()[&station(&driver, "Test")]
        .rect
        .center();
    let at = driver.editor.view().to_screen(at);
    driver.drag((at.x, at.y), (at.x, at.y + 120.0));
    assert_eq!(
        driver.editor.versions().stream,
        before,
        "nothing was computed anew"
    );
    assert!(driver.editor.scene().bounds().unwrap().bottom > foot + 60.0);
}

#[test]
fn a_hint_says_why_a_flow_cannot_be() {
    let mut driver = laid(&["Build", "Test"]);
    driver.run(Command::AddVariable("Load".to_owned()));
    driver.act(Action::ZoomFit);
    let variable = driver.id("Load");
    let (from, to) = {
        let scene = driver.editor.scene();
        let view = driver.editor.view();
        let rim = scene.nodes()[&station(&driver, "Build")].rect;
        (
            view.to_screen(loopstream::model::Point::new(
                rim.center().x,
                rim.bottom + 2.0,
            )),
            view.to_screen(scene.nodes()[&variable].rect.center()),
        )
    };
    driver.begin_drag((from.x, from.y), (to.x, to.y));
    assert_eq!(
        driver.editor.hint(PointerKind::Fine),
        "a variable and a step can't be linked: bind the variable to the measure it shows"
    );
    driver.release();
    assert!(driver.editor.document().links().is_empty());
}

#[test]
fn a_flow_to_the_next_row_passes_beside_the_times_of_the_ladder() {
    let mut driver = laid(&["Build", "Test", "Deploy"]);
    for name in ["Build", "Test", "Deploy"] {
        for kind in [MeasureKind::ProcessTime, MeasureKind::WaitingTime] {
            measure(&mut driver, name, kind, Measure::measured(3.0, Unit::Hour));
        }
    }
    let rect =
        |driver: &Driver, name: &str| driver.editor.scene().nodes()[&station(driver, name)].rect;
    // The last step stands below the second, straight or to a side.
    for aside in [-150.0, -90.0, -40.0, -15.0, 0.0, 15.0, 40.0, 90.0, 150.0] {
        let Some(Element::Station(mut last)) =
            driver.editor.document().element(station(&driver, "Deploy"))
        else {
            panic!("Deploy is a station");
        };
        let above = rect(&driver, "Test");
        last.placement.position = above.center() + Vector::new(aside, 320.0);
        let id = station(&driver, "Deploy");
        driver.run(Command::Replace(id, Element::Station(last)));
        let below = rect(&driver, "Deploy");
        let (from, to) = (
            loopstream::model::Point::new(above.center().x, above.bottom),
            loopstream::model::Point::new(below.center().x, below.top),
        );
        let mut seen = 0;
        for mark in driver.editor.scene().marks() {
            for primitive in &mark.primitives {
                let Primitive::Text {
                    text, at, width, ..
                } = primitive
                else {
                    continue;
                };
                if text != "3 h" || at.y > to.y {
                    continue;
                }
                seen += 1;
                let share = (at.y - from.y) / (to.y - from.y);
                let x = from.x + (to.x - from.x) * share;
                assert!(
                    (at.x - x).abs() > width / 2.0 + 4.0,
                    "{aside}: {text} at {at:?} lies on the flow at {x}"
                );
            }
        }
        assert_eq!(seen, 4, "{aside}: the times of the first row are there");
    }
}

#[test]
fn marks_that_come_late_leave_out_what_is_gone() {
    let mut driver = laid(&["Build", "Test", "Deploy"]);
    for name in ["Build", "Test", "Deploy"] {
        for kind in [MeasureKind::ProcessTime, MeasureKind::WaitingTime] {
            measure(&mut driver, name, kind, Measure::measured(1.0, Unit::Hour));
        }
    }
    let late = marks_of(
        driver.editor.document(),
        &driver.streams(),
        &SimulatedFigures::none(),
    );
    assert_eq!(late.ladder.len(), 3);
    driver.run(Command::Remove(station(&driver, "Test")));
    driver.editor.take_marks(late.clone(), &EstimatedText);
    let ladder = driver.editor.scene().marks().last().unwrap();
    let times = ladder.primitives.iter();
    let times = times.filter(|one| matches!(one, Primitive::Text { text, .. } if text == "1 h"));
    assert_eq!(times.count(), 4, "of the two steps that are there");
    driver.run(Command::Remove(station(&driver, "Build")));
    driver.run(Command::Remove(station(&driver, "Deploy")));
    driver.editor.take_marks(late, &EstimatedText);
    assert!(driver.editor.scene().marks().is_empty());
}

#[test]
fn an_opened_map_is_still_in_sight_when_its_ladder_comes() {
    let mut driver = laid(&["Build", "Test"]);
    for name in ["Build", "Test"] {
        measure(
            &mut driver,
            name,
            MeasureKind::ProcessTime,
            Measure::measured(1.0, Unit::Hour),
        );
    }
    let document = driver.editor.document().clone();
    let marks = || marks_of(&document, &driver.streams(), &SimulatedFigures::none());
    let opened = || {
        let editor = Editor::open(document.clone(), *driver.editor.view(), &EstimatedText);
        let bounds = editor.scene().bounds().unwrap();
        let view = editor.view().fitted(&bounds, 1.0);
        (editor, view)
    };
    // Where nobody has moved since it was opened.
    let (mut editor, view) = opened();
    editor.show_whole();
    assert_eq!(*editor.view(), view);
    editor.take_marks(marks(), &EstimatedText);
    let whole = editor.scene().bounds().unwrap();
    assert_eq!(*editor.view(), view.fitted(&whole, 1.0));
    assert_ne!(*editor.view(), view);
    // A later answer moves nothing.
    let before = *editor.view();
    editor.take_marks(Marks::default(), &EstimatedText);
    assert_eq!(*editor.view(), before);
    // Nor does the first, once somebody has moved.
    let (mut editor, view) = opened();
    let moved = view.panned(Vector::new(30.0, 0.0));
    editor.set_view(moved);
    editor.take_marks(marks(), &EstimatedText);
    assert_eq!(*editor.view(), moved);
}

/// Information that comes from above ends at the word over a step, not under it.
#[test]
fn flows_end_at_the_rim_of_the_badge_of_the_constraint() {
    use loopstream::model::Rect;
    let text = r#"{"format": "loopstream", "version": 6, "title": "A line", "stations": [
        {"id": "a", "name": "Build", "x": 0, "y": 0, "measures": {"processTime": {"measured": 1, "unit": "h"}}},
        {"id": "b", "name": "Test", "x": 240, "y": 0, "measures": {"processTime": {"measured": 3, "unit": "h"}}},
        {"id": "c", "name": "Users", "kind": "customer", "x": 480, "y": 0, "measures": {"demand": {"measured": 1, "unit": "per day"}}},
        {"id": "k", "name": "Planning", "kind": "control", "x": 240, "y": -260}],
      "flows": [
        {"id": "1", "from": "a", "to": "b", "kind": "push"}, {"id": "2", "from": "b", "to": "c", "kind": "push"},
        {"id": "3", "from": "k", "to": "b", "kind": "manualInformation"}]}"#;
    let document = json::read(text).unwrap().document;
    let driver = Driver::open(document);
    let scene = driver.editor.scene();
    let test = scene.nodes()[&"b".parse().unwrap()].rect;
    let over = |mark: &&loopstream::scene::MarkShape| {
        let frame = Rect {
            top: test.top - 1.0,
            ..test
        };
        mark.rect.intersects(&frame) && mark.rect.top < test.top - 20.0
    };
    let badge = scene.marks().iter().find(over).unwrap();
    let flow = &scene.links()[&"3".parse().unwrap()];
    let tip = flow.curve.point(1.0);
    assert!(tip.y <= badge.rect.top + 1.0, "{tip:?} {:?}", badge.rect);
}
