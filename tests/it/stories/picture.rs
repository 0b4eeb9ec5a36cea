//! What is drawn of a step: nothing of what is hidden, all else where it was, and of a plain step the
//! very picture that is drawn without it.

use std::collections::BTreeSet;

use loopstream::causal::{LoopAnalysis, LoopPolarity};
use loopstream::editor::{Editor, Lit};
use loopstream::model::{
    Document, Id, LoopKey, Point, Records, Rest, Showing, StoryMark, StoryMarks, StoryStep,
};
use loopstream::scene::{
    Badges, EstimatedText, Hit, LadderStep, LadderTime, Legible, MarkShape, Marks, Overlay,
    PaintedShape, Primitive, Reach, Scene, SeenAt, Tag, TagKind, View, draw_shown, hit,
};
use loopstream::story::shown;
use proptest::prelude::*;

use crate::common::document::{document, story_step};
use crate::templates;

/// The scene of a document with badges, a tag at everything that can have one, and a ladder.
fn full_scene(document: &Document) -> Scene {
    let mut scene = Scene::new(document, &EstimatedText);
    let tagged = document
        .stations()
        .keys()
        .chain(document.variables().keys());
    let tag = |id: &Id| Tag {
        id: *id,
        words: "limits".to_owned(),
        kind: TagKind::Constraint,
    };
    let time = || Some(LadderTime::Known("1 h".to_owned()));
    let step = |id: &Id| LadderStep {
        station: *id,
        waiting: time(),
        process: time(),
    };
    let marks = Marks {
        ladder: document.stations().keys().map(step).collect(),
        totals: vec!["Lead time 1 h".to_owned()],
        tags: tagged.map(tag).collect(),
        ghosts: Vec::new(),
    };
    scene.set_marks(document, marks, &EstimatedText);
    let mut analysis = LoopAnalysis::new(document, 100);
    analysis.advance(100_000);
    scene.set_loops(document, &analysis.report(document).loops, &EstimatedText);
    scene
}

fn painted(scene: &Scene) -> Vec<PaintedShape<'_>> {
    let bounds = scene.bounds();
    bounds.map_or_else(Vec::new, |all| scene.painted(&all.grown(1.0)))
}

fn images(primitives: &[Primitive]) -> usize {
    let is_image = |one: &&Primitive| matches!(one, Primitive::Image { .. });
    primitives.iter().filter(is_image).count()
}

fn hold(document: &Document, step: &StoryStep) {
    let shown = shown(document, step);
    let full = full_scene(document);
    let seen = full.without_hidden(document, &shown.records);
    let is_hidden = |id: &Id| shown.records.get(id) == Some(&Showing::Hidden);

    // Shapes: all but the hidden ones, as they were, in the same order.
    let kept: Vec<_> = painted(&full)
        .into_iter()
        .filter(|shape| !is_hidden(&shape.id()))
        .collect();
    let drawn = painted(&seen);
    assert_eq!(
        drawn.iter().map(PaintedShape::id).collect::<Vec<_>>(),
        kept.iter().map(PaintedShape::id).collect::<Vec<_>>()
    );
    for (one, other) in drawn.iter().zip(&kept) {
        let of_note: Vec<Id> = document.images_of(one.id()).map(|(id, _)| id).collect();
        if of_note.iter().any(is_hidden) {
            let left = of_note.iter().filter(|id| !is_hidden(id)).count();
            assert_eq!(images(one.primitives()), left);
        } else {
            assert_eq!(one, other);
        }
    }
    // Badges: those of loops with all of their links.
    let badges = full.badges().iter();
    let badges = badges.filter(|badge| !badge.key.links().iter().any(is_hidden));
    assert_eq!(seen.badges(), badges.cloned().collect::<Vec<_>>());
    // Marks: the tags of what is seen, and the ladder where all of its steps are.
    let tags = |shown: &dyn Fn(&Id) -> bool| {
        let tagged = document
            .stations()
            .keys()
            .chain(document.variables().keys());
        tagged.filter(|id| shown(id)).count()
    };
    let ladders = full.marks().len() - tags(&|_| true);
    let has_ladder = !document.stations().keys().any(is_hidden);
    let ladders = if has_ladder { ladders } else { 0 };
    assert_eq!(seen.marks().len(), tags(&|id| !is_hidden(id)) + ladders);
    assert!(
        seen.marks()
            .iter()
            .all(|mark: &MarkShape| full.marks().contains(mark))
    );

    // Nothing hidden can be hit.
    let overlay = Overlay::default();
    for id in shown.records.keys().filter(|id| is_hidden(id)) {
        for rect in full.boxes_of(*id) {
            for at in [rect.center(), Point::new(rect.left, rect.top)] {
                let reach = Reach::at_zoom(12.0, 1.0);
                let hit = hit(&seen, at, reach, &overlay, Badges::Shown);
                assert!(hit.record().is_none_or(|id| !is_hidden(&id)), "{hit:?}");
                if let Hit::Badge(key) = hit {
                    assert!(!key.links().iter().any(is_hidden));
                }
            }
        }
    }

    // What is drawn over it.
    let loops: Vec<(LoopKey, LoopPolarity)> = shown
        .loops
        .iter()
        .map(|key| (key.clone(), LoopPolarity::Balancing))
        .collect();
    for zoom in [1.0, 0.3] {
        let over = draw_shown(&seen, document, &shown.records, &loops, zoom.into());
        let lit: Records<Showing> = shown
            .records
            .iter()
            .map(|(id, how)| match how {
                Showing::Lit => (*id, Showing::Lit),
                _ => (*id, Showing::Hidden),
            })
            .collect();
        if !shown.records.values().any(|how| *how == Showing::Dimmed) {
            // Nothing is dimmed: what is lit, and nothing else.
            let alone = draw_shown(&seen, document, &lit, &loops, zoom.into());
            assert_eq!(over, alone);
        }
        let rises = |how: &Showing| matches!(how, Showing::Lit | Showing::Plain);
        if !shown
            .records
            .iter()
            .any(|(id, how)| rises(how) && seen.shows(*id))
        {
            assert_eq!(over, []);
        }
        // In a picture in which names have moved, each that rises is where it is there.
        let near = Legible::new(&seen, document, zoom);
        let within = SeenAt::within(&near, zoom);
        let over = draw_shown(&seen, document, &shown.records, &loops, within);
        let dims = shown.records.values().any(|how| *how == Showing::Dimmed);
        let rising = (shown.records.iter())
            .filter(|(_, how)| **how == Showing::Lit || dims && **how == Showing::Plain);
        for (id, _) in rising {
            let node = seen.nodes().get(id).filter(|node| near.shows(node));
            let label = node.and_then(|node| near.label(node.id));
            if let Some(label) = label.filter(|label| !label.primitives.is_empty()) {
                let mut drawn = over.windows(label.primitives.len());
                assert!(drawn.any(|part| part == label.primitives), "{id}");
            }
        }
        // A plain step adds nothing to today's picture and takes nothing away.
        if shown.is_plain() {
            assert_eq!(over, []);
            assert_eq!(painted(&seen), painted(&full));
            assert_eq!(seen.marks(), full.marks());
            assert_eq!(seen.badges(), full.badges());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_is_drawn_of_what_is_hidden(document in document(), step in story_step()) {
        hold(&document, &step);
    }

    #[test]
    fn a_plain_step_is_the_picture_of_today(document in document()) {
        hold(&document, &StoryStep::new(Id::from_bits(0)));
    }
}

#[test]
fn every_template_can_be_hidden_one_record_after_the_other() {
    for file in templates::files() {
        let document = templates::document_of(file);
        let ids: Vec<Id> = document.ids().collect();
        for few in ids.chunks(7) {
            for how in [Showing::Hidden, Showing::Lit] {
                let mark = |about: &Id| StoryMark { about: *about, how };
                hold(
                    &document,
                    &StoryStep {
                        marks: StoryMarks::new(few.iter().map(mark)),
                        ..StoryStep::new(Id::from_bits(0))
                    },
                );
            }
        }
    }
}

#[test]
fn the_editor_shows_a_step_and_the_whole_again() {
    let document = templates::document_of("fear-of-deploying.json");
    let mut editor = Editor::open(document.clone(), View::default(), &EstimatedText);
    let first = *document.variables().keys().next().unwrap();
    let lit = StoryMark {
        about: first,
        how: Showing::Lit,
    };
    let step = StoryStep {
        marks: StoryMarks::new([lit]),
        rest: Rest::Hidden,
        ..StoryStep::new(Id::from_bits(0))
    };
    let whole = editor.scene().nodes().len();
    editor.show_step(Some(step));
    let nodes: BTreeSet<Id> = editor.scene().nodes().keys().copied().collect();
    assert_eq!(nodes, BTreeSet::from([first]));
    assert!(editor.scene().links().is_empty() && editor.scene().badges().is_empty());
    assert!(matches!(editor.lit(), Lit::Told(_)));
    editor.show_step(None);
    assert_eq!(editor.scene().nodes().len(), whole);
    assert_eq!(editor.lit(), Lit::Nothing);
}
