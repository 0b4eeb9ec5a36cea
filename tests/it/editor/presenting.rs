//! Presenting: its keys, its view, what it leaves alone, and what it follows.

use loopstream::editor::{
    Action, Command, Event, Lit, Motion, PresentInput, Presenting, StepText, new_story, write_step,
};
use loopstream::model::{
    Edit, Element, Id, IdSource, Point, Rect, Rest, Showing, StoryMark, StoryMarks, StoryStep,
    StoryView, Vector,
};
use loopstream::scene::View;
use loopstream::story::markdown::read;

use crate::common::driver::Driver;
use crate::editor::{pair, ring};

fn presenting(driver: &Driver) -> &Presenting {
    driver.editor.presenting().unwrap()
}

fn begin(driver: &mut Driver) {
    assert_eq!(driver.key("ctrl+enter"), Some(Action::Present));
    // The app asks the browser for the whole screen, and says so.
    assert_eq!(driver.asked.last(), Some(&Action::Present));
    driver.send(Event::Present(PresentInput::Begin(None)));
}

fn tick(driver: &mut Driver, at: f64, motion: Motion) {
    driver.send(Event::Present(PresentInput::Tick(at, motion)));
}

/// A pair with a story of so many steps, each about one of the two in turn.
fn told(count: usize) -> (Driver, Id) {
    let mut driver = pair();
    let document = driver.editor.document();
    let mut ids = IdSource::new(99);
    let (story, patch) = new_story(document, "How it went", &mut ids);
    driver.run(Command::Apply(patch));
    let mut edit = Edit::new(driver.editor.document());
    for number in 1..=count {
        let about = driver.id(["trust", "risk"][number % 2]);
        let lit = StoryMark {
            about,
            how: Showing::Lit,
        };
        let step = StoryStep {
            title: format!("Part {number}"),
            words: "Some **words**.".to_owned(),
            place: i32::try_from(number).unwrap(),
            marks: StoryMarks::new([lit]),
            rest: Rest::Hidden,
            view: StoryView::Lit,
            ..StoryStep::new(story)
        };
        edit.set(ids.fresh(), Some(Element::StoryStep(step)));
    }
    driver.run(Command::Apply(edit.finish()));
    (driver, story)
}

#[test]
fn the_keys_of_a_clicker_lead_through_the_steps_and_out() {
    let (mut driver, story) = told(12);
    begin(&mut driver);
    assert_eq!(presenting(&driver).story(), Some(story));
    assert_eq!(
        driver.said.last().unwrap(),
        "Step 1 of 12. Part 1. Some words. Lit: risk"
    );
    let place = |driver: &Driver| presenting(driver).place() + 1;
    for (key, action, at) in [
        ("arrowright", Action::PresentNext, 2),
        ("pagedown", Action::PresentNext, 3),
        (" ", Action::PresentNext, 4),
        ("enter", Action::PresentNext, 5),
        ("arrowdown", Action::PresentNext, 6),
        ("arrowleft", Action::PresentBack, 5),
        ("pageup", Action::PresentBack, 4),
        ("backspace", Action::PresentBack, 3),
        ("arrowup", Action::PresentBack, 2),
        ("end", Action::PresentLast, 12),
        ("pagedown", Action::PresentNext, 12),
        ("home", Action::PresentFirst, 1),
        ("arrowleft", Action::PresentBack, 1),
    ] {
        assert_eq!(driver.key(key), Some(action), "{key}");
        assert_eq!(place(&driver), at, "{key}");
    }
    assert_eq!(driver.said.last().unwrap(), "This is the first step");
    // Digits soon after each other are one number.
    let digit = |driver: &mut Driver, digit: u8, at: f64| {
        driver.send(Event::Present(PresentInput::Digit(digit, at)));
    };
    digit(&mut driver, 1, 5_000.0);
    assert_eq!(place(&driver), 1);
    digit(&mut driver, 2, 5_400.0);
    assert_eq!(place(&driver), 12);
    digit(&mut driver, 3, 5_700.0);
    assert_eq!(place(&driver), 3);
    digit(&mut driver, 7, 9_000.0);
    assert_eq!(place(&driver), 7);
    digit(&mut driver, 0, 20_000.0);
    assert_eq!(place(&driver), 7);
    assert_eq!(driver.said.last().unwrap(), "There is no step 0");
    assert_eq!(driver.key("escape"), Some(Action::EndPresenting));
    assert!(driver.editor.presenting().is_none());
    assert_eq!(driver.editor.lit(), Lit::Nothing);
}

#[test]
fn everything_is_as_it_was_afterwards_and_nothing_is_changed() {
    let (mut driver, _) = told(3);
    driver.key("shift+digit1");
    let risk = driver.id("risk");
    driver.send(Event::Select([risk].into()));
    let (view, document) = (*driver.editor.view(), driver.editor.document().clone());
    let (commits, is_fitted) = (driver.commits, driver.editor.is_fitted());
    begin(&mut driver);
    assert!(driver.editor.selection().is_empty());
    assert_ne!(presenting(&driver).view_before(), &View::default());
    tick(&mut driver, 100.0, Motion::Still);
    assert_ne!(*driver.editor.view(), view);
    // Keys and pointers that edit do nothing.
    for key in [
        "o", "delete", "ctrl+z", "ctrl+v", "tab", "p", "ctrl+a", "a", "+",
    ] {
        assert_eq!(driver.key(key), None, "{key}");
    }
    let (x, y) = driver.middle("risk");
    driver.drag((x, y), (x + 90.0, y + 40.0));
    driver.double_click(400.0, 400.0);
    driver.send(Event::Select([risk].into()));
    driver.run(Command::SetTitle("Another".to_owned()));
    assert!(driver.editor.selection().is_empty());
    driver.key("escape");
    assert_eq!(driver.editor.document(), &document);
    assert_eq!(driver.commits, commits);
    assert_eq!(*driver.editor.view(), view);
    assert_eq!(driver.editor.is_fitted(), is_fitted);
    assert_eq!(driver.selected().0, ["risk"]);
}

#[test]
fn the_view_goes_to_the_step_and_leaves_the_room_of_the_words_free() {
    let (mut driver, _) = told(3);
    begin(&mut driver);
    let room = Rect::from_points(Point::new(0.0, 60.0), Point::new(1_000.0, 500.0));
    driver.send(Event::Present(PresentInput::Room(room)));
    let start = *driver.editor.view();
    tick(&mut driver, 1_000.0, Motion::Travelling);
    assert_eq!(driver.editor.view().zoom, start.zoom);
    let mut now = 1_000.0;
    while presenting(&driver).wants_ticks() && now < 5_000.0 {
        now += 16.0;
        tick(&mut driver, now, Motion::Travelling);
    }
    assert!((now - 1_650.0).abs() < 40.0, "{now}");
    let risk = driver.id("risk");
    let rect = driver.editor.scene().bounds_of(risk).unwrap();
    let middle = driver.editor.view().to_screen(rect.center());
    assert!(middle.distance(room.center()) < 1.0, "{middle:?}");
    assert!(driver.editor.view().zoom <= 2.0);
    // Another step, where a person wants no motion; and another window.
    driver.key("pagedown");
    tick(&mut driver, now, Motion::Still);
    assert!(!presenting(&driver).wants_ticks());
    let trust = driver.id("trust");
    let rect = driver.editor.scene().bounds_of(trust).unwrap();
    let middle = driver.editor.view().to_screen(rect.center());
    assert!(middle.distance(room.center()) < 1.0, "{middle:?}");
    driver.send(Event::Resized(Vector::new(400.0, 800.0)));
    let room = Rect::from_points(Point::new(0.0, 40.0), Point::new(400.0, 420.0));
    driver.send(Event::Present(PresentInput::Room(room)));
    assert!(presenting(&driver).wants_ticks());
}

#[test]
fn a_change_from_elsewhere_is_followed() {
    let (mut driver, story) = told(3);
    begin(&mut driver);
    driver.key("pagedown");
    let document = driver.editor.document().clone();
    let ids: Vec<Id> = document.steps_of(story).iter().map(|(id, _)| *id).collect();
    // The words of the step change.
    driver.remote(write_step(&document, ids[1], StepText::Title, "Changed"));
    assert_eq!(driver.editor.told_step().unwrap().title, "Changed");
    // The step before goes: the same step is shown.
    let mut edit = Edit::new(driver.editor.document());
    edit.remove(ids[0]);
    driver.remote(edit.finish());
    assert_eq!(presenting(&driver).place(), 0);
    assert_eq!(driver.editor.told_step().unwrap().title, "Changed");
    // What it is about goes, which is told.
    let mut edit = Edit::new(driver.editor.document());
    edit.remove(driver.id("trust"));
    driver.remote(edit.finish());
    let told = driver.editor.told_step().unwrap();
    assert_eq!(
        told.gone.as_deref(),
        Some("Gone since this step was made: 1 thing on the canvas.")
    );
    // The story goes: it is told to its end.
    let mut edit = Edit::new(driver.editor.document());
    edit.remove(story);
    driver.remote(edit.finish());
    assert_eq!(driver.editor.told_step().unwrap().count, 2);
    driver.key("pagedown");
    assert_eq!(driver.editor.told_step().unwrap().title, "Part 3");
    driver.key("escape");
    assert!(driver.editor.presenting().is_none());
}

#[test]
fn without_a_story_the_loops_are_told_and_nothing_is_kept() {
    let mut driver = ring();
    driver.search();
    let before = driver.editor.document().clone();
    begin(&mut driver);
    assert_eq!(presenting(&driver).story(), None);
    assert!(presenting(&driver).steps().len() > 3);
    driver.key("end");
    assert_eq!(driver.editor.told_step().unwrap().title, "The whole");
    driver.key("arrowleft");
    let step = driver.editor.told_step().unwrap();
    assert!(
        !step.words.is_empty() && step.lit.iter().any(|name| name == "risk"),
        "{step:?}"
    );
    assert_eq!(driver.editor.document(), &before);
}

#[test]
fn without_loops_the_whole_is_one_step_under_its_title() {
    let mut driver = pair();
    driver.run(Command::SetTitle("Trust in teams".to_owned()));
    driver.run(Command::SetPurpose("To *learn*".to_owned()));
    begin(&mut driver);
    let told = driver.editor.told_step().unwrap();
    assert_eq!((told.number, told.count), (1, 1));
    assert_eq!(told.title, "Trust in teams");
    assert_eq!(told.words, read("To \\*learn\\*"));
    assert_eq!(told.spoken(), "Step 1 of 1. Trust in teams. To *learn*");
}

#[test]
fn the_speaker_sees_the_notes_and_what_comes_next() {
    let (mut driver, story) = told(2);
    let step = driver.editor.document().steps_of(story)[0].0;
    let notes = write_step(
        driver.editor.document(),
        step,
        StepText::Notes,
        "Breathe.\n",
    );
    driver.run(Command::Apply(notes));
    assert_eq!(driver.editor.speaker_step("a", 7), None);
    begin(&mut driver);
    let seen = driver.editor.speaker_step("a", 7).unwrap();
    assert_eq!((seen.of.as_str(), seen.began), ("a", 7));
    assert_eq!((seen.number, seen.count), (1, 2));
    assert_eq!(seen.notes, "Breathe.");
    assert_eq!(seen.told.title, "Part 1");
    assert_eq!(seen.told.words, "Some **words**.");
    assert_eq!(seen.next.unwrap().title, "Part 2");
    driver.key("pagedown");
    let seen = driver.editor.speaker_step("a", 7).unwrap();
    assert_eq!((seen.notes.as_str(), seen.next), ("", None));
}

#[test]
fn where_a_step_has_no_words_the_speaker_reads_its_loops() {
    let mut driver = ring();
    begin(&mut driver);
    let lit = presenting(&driver)
        .steps()
        .position(|step| !step.loops.is_empty());
    for _ in 0..lit.unwrap() {
        driver.key("arrowright");
    }
    let own = driver.editor.speaker_step("a", 0).unwrap().told.words;
    assert!(!own.is_empty());
    // The whole as one step that lights the loop and says nothing.
    driver.key("escape");
    let key = driver.editor.report().loops[0].key.clone();
    let mut ids = IdSource::new(99);
    let (story, patch) = new_story(driver.editor.document(), "Round", &mut ids);
    driver.run(Command::Apply(patch));
    let mut edit = Edit::new(driver.editor.document());
    let step = StoryStep {
        loops: vec![key].into(),
        ..StoryStep::new(story)
    };
    edit.set(ids.fresh(), Some(Element::StoryStep(step)));
    driver.run(Command::Apply(edit.finish()));
    begin(&mut driver);
    let words = driver.editor.speaker_step("a", 0).unwrap().told.words;
    assert!(words.starts_with("**") && words.contains('→'), "{words}");
}

#[test]
fn a_viewer_may_present() {
    let mut driver = ring();
    driver.editor = driver.editor.clone().for_viewing();
    begin(&mut driver);
    assert_eq!(driver.key("pagedown"), Some(Action::PresentNext));
    assert_eq!(presenting(&driver).place(), 1);
    driver.key("escape");
    assert!(driver.editor.presenting().is_none());
}
