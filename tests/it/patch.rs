//! Patches: undo and redo, failure without a trace, rebasing.

use crate::common::changes::patch_of;
use crate::common::document::{
    assert_valid, changes, document as any_document, point, polarity, text,
};
use loopstream::format::{read_patch, write_patch};
use loopstream::model::{
    Decision, Document, Edit, Element, FindingReview, Id, Link, LoopKey, LoopLabel, Note, Patch,
    PatchError, Placement, Point, Variable, lightened, rebase, take_back,
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn an_edit_can_always_be_applied_and_undone(start in any_document(), changes in changes()) {
        let patch = patch_of(&start, &changes);
        let mut document = start.clone();
        document.apply(&patch).unwrap();
        assert_valid(&document);
        prop_assert_eq!(&Patch::between(&start, &document), &patch);
        document.apply(&patch.inverted()).unwrap();
        prop_assert_eq!(document, start);
    }

    #[test]
    fn any_history_undoes_to_its_start_and_redoes_to_its_end(
        start in any_document(),
        edits in prop::collection::vec(changes(), 0..8),
    ) {
        let mut document = start.clone();
        let mut history = Vec::new();
        for changes in &edits {
            let patch = patch_of(&document, changes);
            document.apply(&patch).unwrap();
            history.push(patch);
        }
        let end = document.clone();
        for patch in history.iter().rev() {
            document.apply(&patch.inverted()).unwrap();
        }
        prop_assert_eq!(&document, &start);
        for patch in &history {
            document.apply(patch).unwrap();
        }
        prop_assert_eq!(document, end);
    }

    #[test]
    fn between_leads_from_one_document_to_another(start in any_document(), changes in changes()) {
        let mut end = start.clone();
        end.apply(&patch_of(&start, &changes)).unwrap();
        let patch = Patch::between(&start, &end);
        let mut document = start.clone();
        document.apply(&patch).unwrap();
        prop_assert_eq!(&document, &end);
        prop_assert!(Patch::between(&end, &end).is_empty());
        prop_assert_eq!(Patch::between(&end, &start), patch.inverted());
    }

    #[test]
    fn a_failing_patch_leaves_no_trace(
        start in any_document(),
        changes in changes(),
        other in any_document(),
        victim: prop::sample::Index,
    ) {
        let mut document = start.clone();
        let patch = patch_of(&other, &changes);
        if document.apply(&patch).is_err() {
            prop_assert_eq!(&document, &start);
        } else {
            assert_valid(&document);
            document = start.clone();
        }
        // Takes a record away and leaves what hangs on it.
        let ids: Vec<Id> = start.ids().collect();
        if ids.is_empty() {
            return Ok(());
        }
        let mut edit = Edit::new(&start);
        edit.set(*victim.get(&ids), None);
        if document.apply(&edit.finish()).is_err() {
            prop_assert_eq!(document, start);
        } else {
            assert_valid(&document);
        }
    }

    #[test]
    fn rebasing_onto_the_same_document_changes_nothing(
        start in any_document(),
        changes in changes(),
    ) {
        let patch = patch_of(&start, &changes);
        prop_assert_eq!(rebase(&patch, &start), patch);
    }

    #[test]
    fn a_lightened_patch_does_the_same_and_is_read_back(
        start in any_document(),
        mine in changes(),
        theirs in changes(),
        unrelated in any_document(),
    ) {
        let patch = patch_of(&start, &mine);
        let light = lightened(patch.clone());
        let text = write_patch(&light);
        prop_assert!(text.len() <= write_patch(&patch).len());
        prop_assert_eq!(read_patch(&text).unwrap(), light.clone());
        let mut moved_on = start.clone();
        moved_on.apply(&patch_of(&start, &theirs)).unwrap();
        for document in [start, moved_on, unrelated] {
            prop_assert_eq!(rebase(&light, &document), rebase(&patch, &document));
            // Where it fits as it is, it does the same too.
            let mut applied = document.clone();
            if applied.apply(&light).is_ok() {
                let mut brought = document.clone();
                brought.apply(&rebase(&patch, &document)).unwrap();
                prop_assert_eq!(applied, brought);
            }
        }
    }

    #[test]
    fn a_rebased_patch_can_always_be_applied(
        start in any_document(),
        mine in changes(),
        theirs in changes(),
        unrelated in any_document(),
    ) {
        let patch = patch_of(&start, &mine);
        let mut moved_on = start.clone();
        moved_on.apply(&patch_of(&start, &theirs)).unwrap();
        for mut document in [moved_on, unrelated] {
            for patch in [&patch, &patch.inverted()] {
                for bring in [rebase, take_back] {
                    let brought = bring(patch, &document);
                    document.apply(&brought).unwrap();
                    assert_valid(&document);
                }
            }
        }
    }

    #[test]
    fn taking_back_what_was_just_done_is_the_inverse(start in any_document(), changes in changes()) {
        let patch = patch_of(&start, &changes);
        let mut document = start.clone();
        document.apply(&patch).unwrap();
        prop_assert_eq!(take_back(&patch, &document), patch.inverted());
    }

    #[test]
    fn taking_back_leaves_what_others_have_changed_since(
        mine in (text(), point()),
        theirs in (text(), point(), text()),
        is_moved in any::<bool>(),
    ) {
        let (start, variable, _) = pair();
        let set = |document: &Document, name: &str, position: Point, remark: &str| {
            let mut edit = Edit::new(document);
            edit.change(variable, |element| {
                if let Element::Variable(variable) = element {
                    variable.name = name.to_owned();
                    variable.placement.position = position;
                    variable.remark = remark.to_owned();
                }
            });
            edit.finish()
        };
        let patch = set(&start, &mine.0, mine.1, "");
        let mut document = start.clone();
        document.apply(&patch).unwrap();
        let position = if is_moved { theirs.1 } else { mine.1 };
        document.apply(&set(&document, &theirs.0, position, &theirs.2)).unwrap();
        document.apply(&take_back(&patch, &document)).unwrap();
        let before = &start.variables()[&variable];
        let after = &document.variables()[&variable];
        let left = |mine: &str, theirs: &str, before: &str| {
            if mine == theirs { before.to_owned() } else { theirs.to_owned() }
        };
        prop_assert_eq!(&after.name, &left(&mine.0, &theirs.0, &before.name));
        let expected = if position == mine.1 { before.placement.position } else { position };
        prop_assert_eq!(after.placement.position, expected);
        prop_assert_eq!(&after.remark, &theirs.2);
    }

    #[test]
    fn changes_of_different_fields_both_survive(
        name in text(),
        position in point(),
        sign in polarity(),
        remark in text(),
    ) {
        let (mut document, variable, link) = pair();
        let mine = {
            let mut edit = Edit::new(&document);
            edit.change(variable, |element| {
                if let Element::Variable(variable) = element {
                    variable.name.clone_from(&name);
                }
            });
            edit.change(link, |element| {
                if let Element::Link(link) = element {
                    link.polarity = sign;
                }
            });
            edit.finish()
        };
        let theirs = {
            let mut edit = Edit::new(&document);
            edit.change(variable, |element| {
                if let Some(placement) = element.placement_mut() {
                    placement.position = position;
                }
            });
            edit.change(link, |element| {
                if let Element::Link(link) = element {
                    link.remark.clone_from(&remark);
                }
            });
            edit.finish()
        };
        document.apply(&theirs).unwrap();
        document.apply(&rebase(&mine, &document)).unwrap();
        let after = &document.variables()[&variable];
        prop_assert_eq!(&after.name, &name);
        prop_assert_eq!(after.placement.position, position);
        prop_assert_eq!(document.links()[&link].polarity, sign);
        prop_assert_eq!(&document.links()[&link].remark, &remark);
    }
}

/// Two variables, `a` and `b`, with one link `ab`.
fn pair() -> (Document, Id, Id) {
    let mut document = Document::default();
    let [a, b, ab] = ["a", "b", "ab"].map(|text| text.parse::<Id>().unwrap());
    let mut edit = Edit::new(&document);
    for id in [a, b] {
        edit.set(id, Some(Element::Variable(Variable::default())));
    }
    edit.set(ab, Some(Element::Link(Link::new(a, b, 0.0))));
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    (document, a, ab)
}

fn label(link: Id) -> Element {
    Element::LoopLabel(LoopLabel::new(LoopKey::new([link])))
}

/// What applying says of an edit of [`pair`].
fn refusal(make: impl FnOnce(&mut Edit<'_>, Id, Id)) -> Option<PatchError> {
    let (mut document, a, ab) = pair();
    let before = document.clone();
    let mut edit = Edit::new(&document);
    make(&mut edit, a, ab);
    let result = document.apply(&edit.finish());
    if result.is_err() {
        assert_eq!(document, before);
    }
    result.err()
}

#[test]
fn every_refusal_names_its_cause() {
    let [c, d] = ["c", "d"].map(|text| text.parse::<Id>().unwrap());
    let note = |width, x| {
        let placement = Placement {
            position: Point::new(x, 0.0),
            ..Placement::default()
        };
        Some(Element::Note(Note {
            width,
            ..Note::new(String::new(), placement)
        }))
    };
    assert_eq!(refusal(|_, _, _| {}), None);
    assert!(matches!(
        refusal(|edit, a, _| edit.set(a, None)),
        Some(PatchError::MissingEnd { .. })
    ));
    assert!(matches!(
        refusal(|edit, a, _| edit.set(c, Some(Element::Link(Link::new(a, d, 0.0))))),
        Some(PatchError::MissingEnd { .. })
    ));
    assert!(matches!(
        refusal(|edit, a, _| edit.set(a, note(100.0, 0.0))),
        Some(PatchError::KindChanged(_))
    ));
    for (width, x) in [
        (f64::NAN, 0.0),
        (1.0, 0.0),
        (100.0, f64::NAN),
        (100.0, f64::INFINITY),
    ] {
        assert_eq!(
            refusal(|edit, _, _| edit.set(c, note(width, x))),
            Some(PatchError::BadNumber(c))
        );
    }
    assert!(matches!(
        refusal(|edit, _, _| edit.set(c, Some(label(d)))),
        Some(PatchError::MissingLoopLink { .. })
    ));
    assert_eq!(
        refusal(|edit, _, ab| {
            edit.set(c, Some(label(ab)));
            edit.set(d, Some(label(ab)));
        }),
        Some(PatchError::LoopLabelledTwice(d))
    );
}

#[test]
fn a_loop_has_one_label_also_across_patches() {
    let (mut document, _, ab) = pair();
    let [c, d] = ["c", "d"].map(|text| text.parse::<Id>().unwrap());
    for (first, second) in [(c, d), (d, c)] {
        let mut edit = Edit::new(&document);
        edit.set(first, Some(label(ab)));
        let add = edit.finish();
        document.apply(&add).unwrap();

        let mut edit = Edit::new(&document);
        edit.set(second, Some(label(ab)));
        let with_first = document.clone();
        assert_eq!(
            document.apply(&edit.finish()),
            Err(PatchError::LoopLabelledTwice(second))
        );
        assert_eq!(document, with_first);

        // One can take the place of the other, whichever id comes first.
        let mut edit = Edit::new(&document);
        edit.remove(first);
        edit.set(second, Some(label(ab)));
        let swap = edit.finish();
        document.apply(&swap).unwrap();
        assert_valid(&document);
        document.apply(&swap.inverted()).unwrap();
        document.apply(&add.inverted()).unwrap();
        assert_valid(&document);
    }
}

#[test]
fn removing_takes_along_what_the_same_edit_added() {
    let (mut document, a, ab) = pair();
    let [c, d] = ["c", "d"].map(|text| text.parse::<Id>().unwrap());
    let mut edit = Edit::new(&document);
    edit.set(c, Some(Element::Link(Link::new(a, a, 0.0))));
    edit.set(d, Some(label(c)));
    edit.remove(a);
    let patch = edit.finish();
    assert!(patch.changes.contains_key(&ab));
    document.apply(&patch).unwrap();
    assert_eq!(document.len(), 1);
}

#[test]
fn an_id_that_stands_for_another_kind_of_thing_is_left_alone() {
    let (start, a, ab) = pair();
    let m: Id = "m".parse().unwrap();
    // Mine removes a variable and labels a loop under the id of what is their link from it.
    let mut edit = Edit::new(&start);
    edit.set(m, Some(label(ab)));
    let mine = edit.finish();
    let mut edit = Edit::new(&start);
    edit.set(m, Some(Element::Link(Link::new(a, a, 0.0))));
    let theirs = edit.finish();

    let mut document = start.clone();
    document.apply(&theirs).unwrap();
    let before = document.clone();
    for patch in [&mine, &mine.inverted()] {
        let rebased = rebase(patch, &document);
        document.apply(&rebased).unwrap();
        assert_eq!(document, before);
    }
}

#[test]
fn a_title_changed_and_changed_back_is_no_change() {
    let titled = |title: &str| loopstream::model::Properties {
        title: title.to_owned(),
        ..Default::default()
    };
    let there = Patch {
        properties: Some((titled("one"), titled("other"))),
        ..Patch::default()
    };
    let back = there.inverted();
    assert!(there.then(back).is_empty());
}

fn review(topic: &str, about: &[Id]) -> Option<Element> {
    let decision = Decision::Dismissed;
    let review = FindingReview::new(topic, about.iter().copied(), decision);
    Some(Element::FindingReview(review))
}

#[test]
fn a_finding_has_one_answer_about_what_is_there() {
    let (start, a, ab) = pair();
    let [c, d] = ["c", "d"].map(|text| text.parse::<Id>().unwrap());
    let refusal = |change: &dyn Fn(&mut Edit<'_>)| {
        let mut edit = Edit::new(&start);
        change(&mut edit);
        start.clone().apply(&edit.finish()).err()
    };
    assert_eq!(
        refusal(&|edit| edit.set(c, review("check/x", &[a, d]))),
        Some(PatchError::MissingSubject {
            review: c,
            record: d
        })
    );
    for topic in ["", &"x".repeat(81)] {
        assert_eq!(
            refusal(&|edit| edit.set(c, review(topic, &[a]))),
            Some(PatchError::BadReview(c))
        );
    }
    assert_eq!(
        refusal(&|edit| {
            edit.set(c, review("check/x", &[a]));
            edit.set(d, review("check/x", &[c]));
        }),
        Some(PatchError::BadReview(d))
    );
    for about in [&[a, ab][..], &[]] {
        let twice = refusal(&|edit| {
            edit.set(c, review("check/x", about));
            edit.set(d, review("check/x", about));
        });
        assert_eq!(twice, Some(PatchError::JudgedTwice(d)));
        let other = refusal(&|edit| {
            edit.set(c, review("check/x", about));
            edit.set(d, review("check/y", about));
        });
        assert_eq!(other, None);
    }
}

#[test]
fn what_was_answered_goes_with_what_it_is_about() {
    let (mut document, a, ab) = pair();
    let [c, d] = ["c", "d"].map(|text| text.parse::<Id>().unwrap());
    let mut edit = Edit::new(&document);
    edit.set(c, review("check/x", &[ab]));
    edit.set(d, review("check/x", &[]));
    document.apply(&edit.finish()).unwrap();
    let mut edit = Edit::new(&document);
    edit.remove(a);
    let removal = edit.finish();
    document.apply(&removal).unwrap();
    assert_valid(&document);
    assert_eq!(document.reviews().keys().collect::<Vec<_>>(), [&d]);
    document.apply(&removal.inverted()).unwrap();
    assert_eq!(document.reviews().len(), 2);
}

#[test]
fn a_move_of_a_thing_with_a_long_remark_is_small() {
    let id = Id::from_bits(7);
    let moved = |x: f64| {
        let mut variable = Variable {
            remark: "word ".repeat(4_000),
            ..Variable::default()
        };
        variable.placement.position = Point::new(x, 0.0);
        Some(Element::Variable(variable))
    };
    let change = loopstream::model::Change {
        before: moved(1.0),
        after: moved(2.0),
    };
    let patch = Patch {
        changes: [(id, change)].into(),
        ..Patch::default()
    };
    assert!(write_patch(&patch).len() > 40_000);
    assert!(write_patch(&lightened(patch)).len() < 300);
}
