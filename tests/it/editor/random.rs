//! Any events in any order: nothing panics, and what must hold does.

use loopstream::editor::{
    Access, Action, Button, Command, Event, PointerKind, Seek, Which, actions,
};
use loopstream::model::{Delay, Document, Id, LoopKey, Point, Polarity, Vector};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::common::changes::patch_of;
use crate::common::document::{Change, change, document, text};
use crate::common::driver::Driver;

/// One event; the indices choose among what is there when it is sent.
#[derive(Clone, Debug)]
enum Step {
    Down(Button),
    Move(f64, f64),
    MoveTo(Index),
    Rim(Index),
    Up,
    DoubleClick,
    Pointer(i32),
    Hold(String),
    Wheel(f64, f64),
    Act(Action),
    Title(String),
    Write(Index, String),
    Remark(Index, String),
    Name(Index, String),
    Add(String),
    Link(Index, Index, Polarity),
    Delay(Index),
    Remove(Index),
    Insert(Box<Document>),
    TextDone(String),
    TextCancelled,
    Lost(i32),
    Leave,
    Select(Vec<Index>),
    Point(Index),
    Choose(Option<Index>),
    Remote(Vec<Change>),
    Find(Seek),
    Replace(Which, String),
}

fn step() -> impl Strategy<Value = Step> {
    let at = || any::<Index>();
    let button = select(vec![
        Button::Primary,
        Button::Primary,
        Button::Primary,
        Button::Middle,
        Button::Secondary,
    ]);
    let actions: Vec<Action> = actions().map(|row| row.action).collect();
    let polarity = select(vec![
        Polarity::Positive,
        Polarity::Negative,
        Polarity::Unknown,
    ]);
    let pointing = prop_oneof![
        8 => button.prop_map(Step::Down),
        6 => (0.0..1_000.0, 0.0..800.0).prop_map(|(x, y)| Step::Move(x, y)),
        8 => at().prop_map(Step::MoveTo),
        4 => at().prop_map(Step::Rim),
        12 => Just(Step::Up),
        3 => Just(Step::DoubleClick),
        2 => (0..3).prop_map(Step::Pointer),
        2 => "[csab]{0,2}".prop_map(Step::Hold),
        1 => (-90.0..90.0, -90.0..90.0).prop_map(|(x, y)| Step::Wheel(x, y)),
        1 => (0..3).prop_map(Step::Lost),
        1 => Just(Step::Leave),
    ];
    let commands = prop_oneof![
        text().prop_map(Step::Title),
        (at(), text()).prop_map(|(at, words)| Step::Write(at, words)),
        (at(), text()).prop_map(|(at, words)| Step::Remark(at, words)),
        (at(), text()).prop_map(|(at, words)| Step::Name(at, words)),
        text().prop_map(Step::Add),
        (at(), at(), polarity).prop_map(|(from, to, sign)| Step::Link(from, to, sign)),
        at().prop_map(Step::Delay),
        at().prop_map(Step::Remove),
        document().prop_map(|part| Step::Insert(Box::new(part))),
    ];
    let rest = prop_oneof![
        4 => "[a-z]{1,6}".prop_map(Step::TextDone),
        1 => text().prop_map(Step::TextDone),
        1 => Just(Step::TextCancelled),
        2 => prop::collection::vec(at(), 0..4).prop_map(Step::Select),
        1 => at().prop_map(Step::Point),
        1 => proptest::option::of(at()).prop_map(Step::Choose),
        1 => "[a-e]{1,2}".prop_map(|words| Step::Find(Seek::For(words))),
        1 => select(vec![Seek::Open, Seek::Next, Seek::Previous, Seek::Close]).prop_map(Step::Find),
        1 => (select(vec![Which::Shown, Which::All]), text())
            .prop_map(|(which, with)| Step::Replace(which, with)),
    ];
    prop_oneof![
        6 => pointing,
        3 => select(actions).prop_map(Step::Act),
        1 => commands,
        2 => rest,
    ]
}

fn remote() -> impl Strategy<Value = Step> {
    prop::collection::vec(change(), 1..4).prop_map(Step::Remote)
}

fn pick(driver: &Driver, index: &Index) -> Id {
    let ids: Vec<Id> = driver.editor.document().ids().collect();
    if ids.is_empty() {
        Id::from_bits(1)
    } else {
        *index.get(&ids)
    }
}

fn loop_of(driver: &Driver, index: &Index) -> LoopKey {
    let loops = &driver.editor.report().loops;
    match loops.len() {
        0 => LoopKey::new([]),
        count => loops[index.index(count)].key.clone(),
    }
}

/// The middle of a record on the screen, or just below it.
fn aim(driver: &mut Driver, index: &Index, below: f64) {
    let id = pick(driver, index);
    if let Some(rect) = driver.editor.scene().bounds_of(id) {
        let foot = Point::new(
            rect.center().x,
            if below > 0.0 {
                rect.bottom
            } else {
                rect.center().y
            },
        );
        let at = driver.editor.view().to_screen(foot);
        driver.move_to(at.x, at.y + below);
    }
}

fn take(driver: &mut Driver, step: Step) {
    match step {
        Step::Down(button) => driver.press_with(button, driver.pointer.at.x, driver.pointer.at.y),
        Step::Move(x, y) => driver.move_to(x, y),
        Step::MoveTo(index) => aim(driver, &index, 0.0),
        Step::Rim(index) => aim(driver, &index, 5.0),
        Step::Up => driver.release(),
        Step::DoubleClick => driver.send(Event::DoubleClick(driver.pointer)),
        Step::Pointer(number) => {
            driver.pointer.number = number;
            driver.pointer.kind = if number == 0 {
                PointerKind::Fine
            } else {
                PointerKind::Touch
            };
        }
        Step::Hold(held) => driver.hold(&held),
        Step::Wheel(x, y) => driver.wheel(x, y),
        Step::Act(action) => driver.act(action),
        Step::Title(title) => driver.run(Command::SetTitle(title)),
        Step::Write(at, words) => driver.run(Command::SetText(pick(driver, &at), words)),
        Step::Remark(at, words) => {
            driver.run(Command::SetRemark(pick(driver, &at), words.clone()));
            driver.run(Command::RemarkLoop(loop_of(driver, &at), words));
        }
        Step::Name(at, words) => driver.run(Command::NameLoop(loop_of(driver, &at), words)),
        Step::Add(name) => driver.run(Command::AddVariable(name)),
        Step::Link(from, to, polarity) => driver.run(Command::AddLink {
            from: pick(driver, &from),
            to: pick(driver, &to),
            polarity,
            delay: Delay::None,
        }),
        Step::Delay(at) => driver.run(Command::SetDelay(pick(driver, &at), Delay::Delayed)),
        Step::Remove(at) => driver.run(Command::Remove(pick(driver, &at))),
        Step::Insert(part) => driver.run(Command::Insert(*part, None)),
        Step::TextDone(words) => driver.send(Event::TextDone(words)),
        Step::TextCancelled => driver.send(Event::TextCancelled),
        Step::Lost(number) => driver.send(Event::Lost(number)),
        Step::Leave => driver.send(Event::Leave),
        Step::Select(indices) => {
            let ids = indices.iter().map(|index| pick(driver, index)).collect();
            driver.send(Event::Select(ids));
        }
        Step::Point(at) => driver.send(Event::PointAtLoop(Some(loop_of(driver, &at)))),
        Step::Choose(at) => {
            let key = at.map(|at| loop_of(driver, &at));
            driver.send(Event::ChooseLoop(key));
        }
        Step::Find(seek) => driver.send(Event::Find(seek)),
        Step::Replace(which, with) => driver.run(Command::ReplaceFound(which, with)),
        Step::Remote(changes) => {
            let committed = driver.editor.committed_document();
            driver.remote(patch_of(&committed, &changes));
        }
    }
}

/// Ends whatever is not done.
fn discard_unfinished(driver: &mut Driver) {
    for number in 0..3 {
        driver.send(Event::Lost(number));
    }
    driver.send(Event::TextCancelled);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_session_is_undone_to_its_start_and_redone_to_its_end(
        start in document(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut driver = Driver::open(start.clone());
        for step in steps {
            // What a person undoes in between is part of the session.
            take(&mut driver, step);
        }
        discard_unfinished(&mut driver);
        while driver.editor.history_depth().1 > 0 {
            driver.act(Action::Redo);
        }
        let end = driver.editor.document().clone();
        let steps = driver.editor.history_depth().0;
        for _ in 0..steps {
            driver.act(Action::Undo);
        }
        prop_assert_eq!(driver.editor.document(), &start);
        prop_assert_eq!(driver.editor.history_depth(), (0, steps));
        for _ in 0..steps {
            driver.act(Action::Redo);
        }
        prop_assert_eq!(driver.editor.document(), &end);
        prop_assert_eq!(driver.editor.history_depth(), (steps, 0));
    }

    #[test]
    fn changes_made_elsewhere_fit_in_anywhere(
        start in document(),
        steps in prop::collection::vec(prop_oneof![4 => step(), 1 => remote()], 1..60),
    ) {
        let mut driver = Driver::open(start);
        for step in steps {
            take(&mut driver, step);
        }
        discard_unfinished(&mut driver);
        driver.send(Event::Resized(Vector::new(10.0, 10.0)));
        while driver.editor.history_depth().0 > 0 {
            driver.act(Action::Undo);
        }
        while driver.editor.history_depth().1 > 0 {
            driver.act(Action::Redo);
        }
    }

    #[test]
    fn who_only_looks_sees_what_others_change_and_nothing_else(
        start in document(),
        steps in prop::collection::vec(prop_oneof![3 => step(), 1 => remote()], 1..60),
    ) {
        let mut driver = Driver::open(start);
        driver.editor.set_access(Access::Watch);
        for step in steps {
            take(&mut driver, step);
            // The document is that of the patches of others.
            driver.check();
        }
        prop_assert_eq!(driver.commits, 0);
    }

    #[test]
    fn who_only_looks_changes_nothing(
        start in document(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        let mut driver = Driver::open(start.clone());
        driver.editor = driver.editor.clone().for_viewing();
        for step in steps {
            take(&mut driver, step);
            prop_assert_eq!(driver.editor.document(), &start);
            prop_assert!(driver.editor.text_edit().is_none());
        }
        prop_assert_eq!(driver.commits, 0);
        prop_assert_eq!(driver.editor.history_depth(), (0, 0));
    }
}
