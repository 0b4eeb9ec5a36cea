//! Edits of stories against a plain list, and two people at one story.

use loopstream::editor::{
    SeenNow, StepMove, StepPlace, StepText, add_step, duplicate_step, move_step, move_step_to,
    new_story, remove_told, rename_story, show_as_seen, write_step,
};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, LoopKey, Patch, Rest, Showing, StoryMark, StoryMarks,
    StoryStep, Variable, rebase,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// An edit of the order; numbers choose among the steps that there are.
#[derive(Clone, Debug)]
enum Op {
    First,
    After(usize),
    Last,
    To(usize, usize),
    Earlier(usize),
    Later(usize),
    Copy(usize),
    Remove(usize),
}

fn op() -> impl Strategy<Value = Op> {
    let at = || 0..8_usize;
    prop_oneof![
        Just(Op::First),
        at().prop_map(Op::After),
        Just(Op::Last),
        (at(), at()).prop_map(|(from, to)| Op::To(from, to)),
        at().prop_map(Op::Earlier),
        at().prop_map(Op::Later),
        at().prop_map(Op::Copy),
        at().prop_map(Op::Remove),
    ]
}

fn make(document: &mut Document, patch: &Patch) {
    let before = document.clone();
    document.apply(patch).unwrap();
    let mut undone = document.clone();
    undone.apply(&patch.inverted()).unwrap();
    assert_eq!(undone, before);
}

fn order(document: &Document, story: Id) -> Vec<Id> {
    let steps = document.steps_of(story);
    steps.into_iter().map(|(id, _)| id).collect()
}

proptest! {
    #[test]
    fn steps_stand_as_in_a_plain_list(
        places in vec(prop_oneof![-2..3_i32, any::<i32>()], 0..6),
        ops in vec(op(), 0..30),
        seed in any::<u64>(),
    ) {
        let mut ids = IdSource::new(seed);
        let mut document = Document::default();
        let (story, patch) = new_story(&document, " Why \n so ", &mut ids);
        make(&mut document, &patch);
        prop_assert_eq!(&document.stories()[&story].name, "Why so");
        let mut edit = Edit::new(&document);
        for place in places {
            let step = StoryStep { place, ..StoryStep::new(story) };
            edit.set(ids.fresh(), Some(Element::StoryStep(step)));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let mut list = order(&document, story);
        for op in ops {
            let count = list.len();
            let of = |at: usize| at % count.max(1);
            let seen = SeenNow::default();
            let patch = match op {
                Op::First => {
                    let (id, patch) = add_step(&document, story, StepPlace::First, seen, &mut ids).unwrap();
                    list.insert(0, id);
                    patch
                }
                Op::Last => {
                    let (id, patch) = add_step(&document, story, StepPlace::Last, seen, &mut ids).unwrap();
                    list.push(id);
                    patch
                }
                _ if count == 0 => continue,
                Op::After(at) => {
                    let place = StepPlace::After(list[of(at)]);
                    let (id, patch) = add_step(&document, story, place, seen, &mut ids).unwrap();
                    list.insert(of(at) + 1, id);
                    patch
                }
                Op::To(from, to) => {
                    let id = list.remove(of(from));
                    list.insert(to.min(list.len()), id);
                    move_step_to(&document, id, to)
                }
                Op::Earlier(at) => {
                    let id = list[of(at)];
                    if of(at) > 0 {
                        list.swap(of(at), of(at) - 1);
                    }
                    move_step(&document, id, StepMove::Earlier)
                }
                Op::Later(at) => {
                    let id = list[of(at)];
                    if of(at) + 1 < count {
                        list.swap(of(at), of(at) + 1);
                    }
                    move_step(&document, id, StepMove::Later)
                }
                Op::Copy(at) => {
                    let (id, patch) = duplicate_step(&document, list[of(at)], &mut ids).unwrap();
                    list.insert(of(at) + 1, id);
                    patch
                }
                Op::Remove(at) => {
                    let id = list.remove(of(at));
                    remove_told(&document, id)
                }
            };
            make(&mut document, &patch);
            prop_assert_eq!(order(&document, story), list.clone());
        }
        let patch = remove_told(&document, story);
        make(&mut document, &patch);
        prop_assert!(document.is_empty());
    }
}

/// A story of one step about a variable.
fn told() -> (Document, Id, Id, Id, IdSource) {
    let mut ids = IdSource::new(7);
    let mut document = Document::default();
    let variable = ids.fresh();
    let made = Some(Element::Variable(Variable::default()));
    document.apply(&Patch::of(variable, None, made)).unwrap();
    let (story, patch) = new_story(&document, "Why", &mut ids);
    document.apply(&patch).unwrap();
    let seen = SeenNow {
        marks: StoryMarks::new([StoryMark {
            about: variable,
            how: Showing::Lit,
        }]),
        ..SeenNow::default()
    };
    let (step, patch) = add_step(&document, story, StepPlace::Last, seen, &mut ids).unwrap();
    document.apply(&patch).unwrap();
    (document, story, step, variable, ids)
}

#[test]
fn a_step_is_written_and_shows_what_is_seen() {
    let (mut document, story, step, ..) = told();
    let key = LoopKey::new([Id::from_bits(5)]);
    for patch in [
        rename_story(&document, story, "How"),
        write_step(&document, step, StepText::Title, " A\nb "),
        write_step(&document, step, StepText::Words, "**c** \n"),
        write_step(&document, step, StepText::Notes, "d"),
        show_as_seen(
            &document,
            step,
            SeenNow {
                rest: Rest::Hidden,
                loops: vec![key.clone(), key.clone()],
                moment: Some(2.0),
                ..SeenNow::default()
            },
        ),
    ] {
        document.apply(&rebase(&patch, &document)).unwrap();
    }
    let step = &document.story_steps()[&step];
    assert_eq!(document.stories()[&story].name, "How");
    assert_eq!(
        (&*step.title, &*step.words, &*step.notes),
        ("A b", "**c**", "d")
    );
    assert!(step.marks.is_empty());
    assert_eq!((step.rest, step.moment), (Rest::Hidden, Some(2.0)));
    assert_eq!(*step.loops, [key]);
}

#[test]
fn what_two_people_do_to_a_story_is_merged() {
    let (document, story, step, variable, mut ids) = told();
    let words = write_step(&document, step, StepText::Words, "Here");
    let mut edit = Edit::new(&document);
    edit.remove(variable);
    let removed = edit.finish();
    let mut other = document.clone();
    other.apply(&removed).unwrap();
    other.apply(&rebase(&words, &other)).unwrap();
    assert_eq!(other.story_steps()[&step].words, "Here");
    assert_eq!(other.story_steps()[&step].marks.len(), 1);

    // A step that comes to a story that is gone goes with it.
    let (_, more) = add_step(
        &document,
        story,
        StepPlace::Last,
        SeenNow::default(),
        &mut ids,
    )
    .unwrap();
    let mut other = document.clone();
    let patch = remove_told(&other, story);
    other.apply(&patch).unwrap();
    assert!(rebase(&more, &other).is_empty());
    // And a story that is removed takes along what has come to it since.
    let mut other = document.clone();
    other.apply(&more).unwrap();
    other.apply(&rebase(&patch, &other)).unwrap();
    assert!(other.story_steps().is_empty() && other.stories().is_empty());
}
