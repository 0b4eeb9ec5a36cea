//! Experiments by themselves: their order, copies, what an improvement becomes, and the marks.

use std::collections::BTreeMap;

use loopstream::editor::{
    Action, Command, ExperimentMarks, StepMove, add_changes, add_experiment, begin_experiment,
    duplicate_experiment, experiment_of_improvement, experiments_in, move_experiment,
    move_experiment_to, spoken,
};
use loopstream::model::{
    Adjustment, Aim, Binding, Document, Edit, Element, Experiment, ExperimentState, Id, IdSource,
    Improvement, Lever, MeasureChange, MeasureChanges, MeasureKind, Sample, Station, StoryFigure,
    StreamResult, Target, Verdict,
};
use loopstream::scene::{Hit, TrialMark, trial_marks};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{pair, ring};
use crate::common::driver::Driver;

/// A document with experiments in these states, one after the other; their ids.
fn with(states: &[ExperimentState]) -> (Document, Vec<Id>, IdSource) {
    let mut document = Document::default();
    let mut ids = IdSource::new(3);
    let mut made = Vec::new();
    for state in states {
        let experiment = Experiment {
            state: *state,
            ..Experiment::default()
        };
        let (id, patch) = begin_experiment(&document, experiment, &mut ids);
        document.apply(&patch).unwrap();
        made.push(id);
    }
    (document, made, ids)
}

proptest! {
    #[test]
    fn rows_move_among_those_of_their_state_as_in_a_plain_list(
        states in vec(proptest::sample::select(&ExperimentState::ALL[..]), 1..9),
        moves in vec((any::<prop::sample::Index>(), 0..9_usize, 0..3_u8), 0..30),
    ) {
        let (mut document, made, _) = with(&states);
        let mut lists: BTreeMap<ExperimentState, Vec<Id>> = BTreeMap::new();
        for (id, state) in made.iter().zip(&states) {
            lists.entry(*state).or_default().push(*id);
        }
        for (which, to, how) in moves {
            let id = made[which.index(made.len())];
            let state = document.experiments()[&id].state;
            let list = lists.get_mut(&state).unwrap();
            let from = list.iter().position(|one| *one == id).unwrap();
            let (to, patch) = match how {
                0 => (to, move_experiment_to(&document, id, to)),
                1 => (from.saturating_sub(1), move_experiment(&document, id, StepMove::Earlier)),
                _ => (from + 1, move_experiment(&document, id, StepMove::Later)),
            };
            list.remove(from);
            list.insert(to.min(list.len()), id);
            let stays = list.iter().position(|one| *one == id) == Some(from);
            prop_assert_eq!(patch.is_empty(), stays);
            document.apply(&patch).unwrap();
            for (state, list) in &lists {
                prop_assert_eq!(&experiments_in(&document, *state), list);
            }
        }
    }
}

#[test]
fn a_copy_is_planned_once_more_and_what_came_of_it_is_not_copied() {
    let (mut document, made, mut ids) = with(&[ExperimentState::Ended, ExperimentState::Planned]);
    let mut edit = Edit::new(&document);
    edit.change(made[0], |element| {
        if let Element::Experiment(one) = element {
            one.action = "pair".to_owned();
            one.before = Some(Sample::Numbers([1.0].into()));
            one.verdict = Some(Verdict::Otherwise);
            one.learned = "a lot".to_owned();
        }
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let (copy, patch) = duplicate_experiment(&document, made[0], &mut ids).unwrap();
    document.apply(&patch).unwrap();
    let expected = Experiment {
        action: "pair".to_owned(),
        place: document.experiments()[&copy].place,
        ..Experiment::default()
    };
    assert_eq!(document.experiments()[&copy], expected);
    let order = document.experiments_in_order();
    let order: Vec<Id> = order.iter().map(|(id, _)| *id).collect();
    assert_eq!(order, [made[0], copy, made[1]]);
    let gone = Id::from_bits(123);
    assert_eq!(duplicate_experiment(&document, gone, &mut ids), None);
}

#[test]
fn an_improvement_becomes_what_is_changed_and_expected() {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let (test, build, improvement) = (Id::from_bits(1), Id::from_bits(2), Id::from_bits(3));
    for id in [test, build] {
        edit.set(id, Some(Element::Station(Station::default())));
    }
    let change = |about, measure| MeasureChange {
        about,
        measure,
        change: Adjustment::Part(0.5),
    };
    let changes = [
        change(test, MeasureKind::ProcessTime),
        change(test, MeasureKind::WaitingTime),
        change(build, MeasureKind::ProcessTime),
    ];
    let one = Improvement {
        name: "Half of it".to_owned(),
        changes: MeasureChanges::new(changes),
        ..Improvement::default()
    };
    edit.set(improvement, Some(Element::Improvement(one)));
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let figure = StoryFigure::Bound(Binding::Stream(StreamResult::LeadTime));
    let aim = (figure, Aim::Fall, "by 2 d".to_owned());
    let begun = experiment_of_improvement(&document, improvement, Some(aim)).unwrap();
    let expected = Experiment {
        action: "try \u{201c}Half of it\u{201d}".to_owned(),
        changes: [test, build].map(Lever::Record).into_iter().collect(),
        target: Some(Target::Figure(figure)),
        way: Some(Aim::Fall),
        amount: "by 2 d".to_owned(),
        ..Experiment::default()
    };
    assert_eq!(begun, expected);
    assert_eq!(experiment_of_improvement(&document, test, None), None);
}

/// An experiment in this state that changes these.
fn try_out(driver: &mut Driver, state: ExperimentState, levers: &[Lever]) -> Id {
    let mut ids = IdSource::new(
        levers.len() as u64 + 90 + driver.editor.document().experiments().len() as u64,
    );
    let (id, patch) = add_experiment(driver.editor.document(), None, &mut ids);
    driver.run(Command::Apply(patch));
    let patch = add_changes(driver.editor.document(), id, levers);
    if !patch.is_empty() {
        driver.run(Command::Apply(patch));
    }
    let mut edit = Edit::new(driver.editor.document());
    edit.change(id, |element| {
        if let Element::Experiment(one) = element {
            one.state = state;
        }
    });
    let patch = edit.finish();
    if !patch.is_empty() {
        driver.run(Command::Apply(patch));
    }
    id
}

#[test]
fn what_is_changed_is_marked_by_the_experiment_that_runs() {
    let mut driver = pair();
    let risk = Lever::Record(driver.id("risk"));
    let ended = try_out(
        &mut driver,
        ExperimentState::Ended,
        std::slice::from_ref(&risk),
    );
    let mark = |driver: &Driver| driver.editor.overlay().trials.get(&risk).copied();
    let expected = |experiment, state, count| {
        Some(TrialMark {
            experiment,
            state,
            count,
        })
    };
    assert_eq!(mark(&driver), expected(ended, ExperimentState::Ended, 1));
    let planned = try_out(
        &mut driver,
        ExperimentState::Planned,
        std::slice::from_ref(&risk),
    );
    assert_eq!(
        mark(&driver),
        expected(planned, ExperimentState::Planned, 2)
    );
    let running = try_out(
        &mut driver,
        ExperimentState::Running,
        std::slice::from_ref(&risk),
    );
    assert_eq!(
        mark(&driver),
        expected(running, ExperimentState::Running, 3)
    );
    let id = driver.id("risk");
    assert!(spoken(driver.editor.document(), id).ends_with(", 3 experiments, 1 running"));
    assert_eq!(trial_marks(driver.editor.document()).len(), 1);

    driver.act(Action::ToggleExperimentMarks);
    assert_eq!(driver.editor.experiment_marks(), ExperimentMarks::Hidden);
    assert_eq!(mark(&driver), None);
    assert_eq!(driver.said.last().unwrap(), "Marks of experiments off");
    driver.act(Action::ToggleExperimentMarks);
    assert!(mark(&driver).is_some());
    driver.act(Action::Undo);
    assert_eq!(
        mark(&driver),
        expected(planned, ExperimentState::Planned, 3)
    );
}

#[test]
fn a_press_on_a_mark_asks_for_the_experiment_and_a_drag_moves_what_is_below() {
    let mut driver = pair();
    let risk = driver.id("risk");
    try_out(
        &mut driver,
        ExperimentState::Running,
        &[Lever::Record(risk)],
    );
    let node = driver.editor.scene().nodes()[&risk].rect;
    // At the lower left, where the flask stands.
    let at = driver
        .editor
        .view()
        .to_screen(loopstream::model::Point::new(node.left, node.bottom + 5.0));
    driver.move_to(at.x, at.y);
    assert_eq!(
        driver.editor.overlay().hover,
        Some(Hit::Trial(Lever::Record(risk)))
    );
    driver.click(at.x, at.y);
    assert_eq!(driver.asked.last(), Some(&Action::ToggleExperiments));
    let before = driver.position("risk");
    driver.drag((at.x, at.y), (at.x + 60.0, at.y + 40.0));
    assert_ne!(driver.position("risk"), before);
}

#[test]
fn a_loop_is_marked_at_its_badge_while_badges_are_shown() {
    let mut driver = ring();
    driver.search();
    let key = driver.editor.report().loops[0].key.clone();
    try_out(&mut driver, ExperimentState::Planned, &[Lever::Loop(key)]);
    assert_eq!(driver.editor.overlay().trials.len(), 1);
    driver.act(Action::ToggleBadges);
    assert!(driver.editor.overlay().trials.is_empty());
    driver.act(Action::ToggleBadges);
    assert_eq!(driver.editor.overlay().trials.len(), 1);
}
