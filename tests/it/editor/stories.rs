//! Steps of stories made of what is seen, changed by hand, and shown on the canvas.

use std::collections::BTreeSet;

use loopstream::editor::{
    Action, Command, Event, MarkAs, SeenNow, StepPlace, add_step, begin_story, light_loops,
    look_in_step, mark_records, move_step_to, remove_told, seen_now, show_rest, without_gone,
    without_moment,
};
use loopstream::model::{
    Document, Id, Patch, Rest, Showing, StoryStep, StoryView, Tagging, Vector,
};

use crate::common::driver::Driver;
use crate::editor::ring;

/// Makes a change as the panel does.
fn make(driver: &mut Driver, patch: impl FnOnce(&Document) -> Patch) {
    let patch = patch(driver.editor.document());
    driver.run(Command::Apply(patch));
}

/// Begins a story with what is seen; gives it and its step.
fn begin(driver: &mut Driver) -> (Id, Id) {
    let seen = seen_now(&driver.editor, None);
    let (story, step, patch) = begin_story(driver.editor.document(), "Why", seen, &mut driver.ids);
    driver.run(Command::Apply(patch));
    (story, step)
}

fn step(driver: &Driver, id: Id) -> StoryStep {
    driver.editor.document().story_steps()[&id].clone()
}

#[test]
fn what_is_kept_lit_is_lit_and_the_rest_is_dimmed() {
    let mut driver = ring();
    driver.act(Action::ZoomFit);
    let plain = seen_now(&driver.editor, Some(2.0));
    assert_eq!(
        plain,
        SeenNow {
            moment: Some(2.0),
            ..SeenNow::default()
        }
    );
    let key = driver.editor.report().loops[0].key.clone();
    driver.send(Event::ChooseLoop(Some(key.clone())));
    let seen = seen_now(&driver.editor, None);
    assert_eq!((seen.loops, seen.rest), (vec![key], Rest::Dimmed));
    driver.send(Event::ChooseLoop(None));

    let risk = driver.id("risk");
    driver.run(Command::Tag {
        ids: BTreeSet::from([risk]),
        tag: "people".to_owned(),
        tagging: Tagging::On,
    });
    driver.send(Event::ShowTag(Some("people".to_owned())));
    // A pointer on its way to a button lights nothing for long.
    driver.send(Event::PointAt(BTreeSet::from([driver.id("delays")])));
    let seen = seen_now(&driver.editor, None);
    let marks: Vec<(Id, Showing)> = seen
        .marks
        .iter()
        .map(|mark| (mark.about, mark.how))
        .collect();
    assert_eq!(marks, [(risk, Showing::Lit)]);
    assert_eq!(seen.rest, Rest::Dimmed);
}

#[test]
fn a_part_in_sight_is_what_fits_the_window_again() {
    let mut driver = ring();
    driver.act(Action::ZoomFit);
    assert_eq!(seen_now(&driver.editor, None).view, StoryView::Fit);
    // Farther away all of it is in sight as well.
    driver.act(Action::ZoomOut);
    assert_eq!(seen_now(&driver.editor, None).view, StoryView::Fit);
    driver.wheel(600.0, 30.0);
    let before = *driver.editor.view();
    let (story, step) = begin(&mut driver);
    assert!(matches!(
        driver.editor.document().story_steps()[&step].view,
        StoryView::Area(_)
    ));
    driver.act(Action::ZoomFit);
    driver.send(Event::ShowStep(Some(step)));
    let now = driver.editor.view();
    assert!((now.zoom - before.zoom).abs() < 1.0e-6);
    assert!(now.center().distance(before.center()) < 1.0e-6);
    // It is looked at as the step has it: a further step has the very same part in view.
    let seen = seen_now(&driver.editor, None);
    assert_eq!(
        seen.view,
        driver.editor.document().story_steps()[&step].view
    );
    let document = driver.editor.document();
    let added = add_step(document, story, StepPlace::Last, seen, &mut driver.ids);
    driver.run(Command::Apply(added.unwrap().1));
    driver.send(Event::Resized(Vector::new(700.0, 500.0)));
    assert!(driver.editor.step_on_canvas().is_some());
}

#[test]
fn a_step_is_changed_by_hand_each_time_as_one_step_of_undo() {
    let mut driver = ring();
    let (_, id) = begin(&mut driver);
    let (risk, delays) = (driver.id("risk"), driver.id("delays"));
    let both = BTreeSet::from([risk, delays, id]);
    make(&mut driver, |document| {
        mark_records(document, id, &both, MarkAs::Shown(Showing::Lit))
    });
    // The step itself is not drawn, and has no mark.
    assert_eq!(step(&driver, id).marks.len(), 2);
    make(&mut driver, |document| {
        mark_records(document, id, &BTreeSet::from([risk]), MarkAs::Rest)
    });
    assert_eq!(step(&driver, id).marks.len(), 1);
    driver.key("ctrl+z");
    assert_eq!(step(&driver, id).marks.len(), 2);

    let key = driver.editor.report().loops[0].key.clone();
    make(&mut driver, |document| {
        light_loops(document, id, vec![key.clone(), key.clone()])
    });
    make(&mut driver, |document| {
        show_rest(document, id, Rest::Dimmed)
    });
    make(&mut driver, |document| {
        look_in_step(document, id, StoryView::Lit)
    });
    let now = step(&driver, id);
    assert_eq!(*now.loops, [key]);
    assert_eq!((now.rest, now.view), (Rest::Dimmed, StoryView::Lit));
    assert!(without_moment(driver.editor.document(), id).is_empty());

    // What is gone stays in the step until somebody forgets it, and comes back by undo.
    driver.run(Command::Remove(risk));
    assert_eq!(step(&driver, id), now);
    make(&mut driver, |document| without_gone(document, id));
    let after = step(&driver, id);
    assert_eq!((after.marks.len(), after.loops.len()), (1, 0));
    driver.key("ctrl+z");
    driver.key("ctrl+z");
    assert_eq!(step(&driver, id), now);
}

#[test]
fn a_step_stays_on_the_canvas_until_it_is_ended_or_gone() {
    let mut driver = ring();
    let (story, first) = begin(&mut driver);
    assert_eq!(driver.editor.story(), Some(story));
    driver.send(Event::ShowStep(Some(first)));
    assert_eq!(
        driver.said.last().unwrap(),
        "Shown on the canvas: Everything as drawn"
    );
    // It follows what is changed of the step.
    let risk = driver.id("risk");
    make(&mut driver, |document| {
        mark_records(
            document,
            first,
            &BTreeSet::from([risk]),
            MarkAs::Shown(Showing::Lit),
        )
    });
    let shown = driver.editor.shown_step().unwrap();
    assert_eq!(shown.records[&risk], Showing::Lit);
    let (id, on_canvas) = driver.editor.step_on_canvas().unwrap();
    assert_eq!((id, on_canvas.marks.len()), (first, 1));
    // The first Esc leaves the selection, the second the step.
    driver.send(Event::Select(BTreeSet::from([risk])));
    driver.key("escape");
    assert!(driver.editor.step_on_canvas().is_some());
    driver.key("escape");
    assert!(driver.editor.step_on_canvas().is_none());
    assert!(driver.editor.shown_step().is_none());

    driver.send(Event::ShowStep(Some(first)));
    make(&mut driver, |document| remove_told(document, story));
    assert!(driver.editor.step_on_canvas().is_none());
    assert!(driver.editor.shown_step().is_none());
    driver.key("ctrl+z");
    assert_eq!(driver.editor.story(), Some(story));
    assert!(move_step_to(driver.editor.document(), first, 3).is_empty());
}

#[test]
fn the_chosen_story_is_another_once_it_is_gone() {
    let mut driver = ring();
    let (first, _) = begin(&mut driver);
    let (second, _) = begin(&mut driver);
    driver.send(Event::ChooseStory(Some(second)));
    assert_eq!(driver.editor.story(), Some(second));
    make(&mut driver, |document| remove_told(document, second));
    assert_eq!(driver.editor.story(), Some(first));
    driver.key("ctrl+z");
    assert_eq!(driver.editor.story(), Some(second));
}

#[test]
fn nothing_jumps_for_a_step_that_shows_all_and_one_that_hides_is_looked_at_closely() {
    let mut driver = ring();
    driver.act(Action::ZoomFit);
    driver.act(Action::ZoomOut);
    let before = *driver.editor.view();
    let (_, id) = begin(&mut driver);
    driver.send(Event::ShowStep(Some(id)));
    assert_eq!(*driver.editor.view(), before);
    let risk = driver.id("risk");
    make(&mut driver, |document| {
        mark_records(
            document,
            id,
            &BTreeSet::from([risk]),
            MarkAs::Shown(Showing::Lit),
        )
    });
    make(&mut driver, |document| {
        show_rest(document, id, Rest::Hidden)
    });
    // While a person marks, the view is theirs.
    assert_eq!(*driver.editor.view(), before);
    driver.send(Event::ShowStep(None));
    driver.send(Event::ShowStep(Some(id)));
    assert!(driver.editor.view().zoom > before.zoom);
}
