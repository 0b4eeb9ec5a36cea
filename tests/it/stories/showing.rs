//! What a step shows, and what of it is gone, worked out again from sets.

use std::collections::BTreeSet;

use loopstream::model::{
    Binding, Document, ElementKind, Id, LoopKey, MeasureKind, Rest, Showing, StoryFigure,
    StoryStep, StoryView,
};
use loopstream::scene::{EstimatedText, Scene};
use loopstream::story::{gone, shown};
use proptest::prelude::*;

use crate::common::changes::patch_of;
use crate::common::document::{changes, document, story_step};

/// Whether links make one loop: as many variables as links, one way into each and one out, and
/// all reached from the first.
fn is_loop(document: &Document, key: &LoopKey) -> bool {
    let links: Option<Vec<(Id, Id)>> = key
        .links()
        .iter()
        .map(|id| document.links().get(id).map(|link| (link.from, link.to)))
        .collect();
    let Some(links) = links else { return false };
    let from: BTreeSet<Id> = links.iter().map(|link| link.0).collect();
    let to: BTreeSet<Id> = links.iter().map(|link| link.1).collect();
    if from != to || from.len() != links.len() {
        return false;
    }
    let mut reached = BTreeSet::from([links[0].0]);
    for _ in 0..links.len() {
        let more = links.iter().filter(|link| reached.contains(&link.0));
        reached = more
            .map(|link| link.1)
            .chain(reached.iter().copied())
            .collect();
    }
    reached == from
}

fn is_drawn(document: &Document, id: Id) -> bool {
    use ElementKind::{Flow, Frame, Image, Link, Note, Station, Variable};
    let drawn = [Flow, Frame, Image, Link, Note, Station, Variable];
    document
        .kind_of(id)
        .is_some_and(|kind| drawn.contains(&kind))
}

fn has_figure(document: &Document, figure: &StoryFigure) -> bool {
    let work: BTreeSet<Id> = document
        .flows()
        .values()
        .filter(|flow| flow.kind.carries_work())
        .flat_map(|flow| [flow.from, flow.to])
        .collect();
    match figure {
        StoryFigure::Bound(Binding::Measure(id, kind)) => {
            let station = document.stations().get(id).map(|station| station.kind);
            let flow = document.flows().get(id).map(|flow| flow.kind);
            let kinds: &[MeasureKind] = match (station, flow) {
                (Some(kind), _) => MeasureKind::of_station(kind),
                (_, Some(kind)) => MeasureKind::of_flow(kind),
                _ => &[],
            };
            kinds.contains(kind)
        }
        StoryFigure::Bound(Binding::Step(id, _) | Binding::SimulatedStep(id, _)) => {
            document.stations().contains_key(id)
        }
        StoryFigure::Bound(Binding::Stream(_) | Binding::Simulated(_)) => !work.is_empty(),
        StoryFigure::OfStream { with, .. } => work.contains(with),
    }
}

/// How a record is shown, by the rules one after the other.
fn expected(document: &Document, step: &StoryStep, id: Id) -> Showing {
    let mark = |id: Id| {
        step.marks
            .iter()
            .find(|mark| mark.about == id)
            .map(|mark| mark.how)
    };
    let hides = |id: Id| expected(document, step, id) == Showing::Hidden;
    if let Some(edge) = document.edge(id)
        && (hides(edge.from) || hides(edge.to))
    {
        return Showing::Hidden;
    }
    if let Some(image) = document.images().get(&id) {
        let note = expected(document, step, image.note);
        return match mark(id) {
            Some(how) if note != Showing::Hidden => how,
            _ => note,
        };
    }
    let lit = step
        .loops
        .iter()
        .filter(|key| is_loop(document, key))
        .any(|key| {
            key.links().iter().any(|link| {
                let ends = document.links().get(link).map(|link| [link.from, link.to]);
                *link == id || ends.is_some_and(|ends| ends.contains(&id))
            })
        });
    mark(id).unwrap_or(match (lit, step.rest) {
        (true, _) => Showing::Lit,
        (false, Rest::Plain) => Showing::Plain,
        (false, Rest::Dimmed) => Showing::Dimmed,
        (false, Rest::Hidden) => Showing::Hidden,
    })
}

fn hold(document: &Document, step: &StoryStep) {
    let gone = gone(document, step);
    let marks = step.marks.iter().map(|mark| mark.about);
    let records: Vec<Id> = marks.filter(|id| !is_drawn(document, *id)).collect();
    let loops = step.loops.iter().filter(|key| !is_loop(document, key));
    let figures = step.figures.iter().filter(|one| !has_figure(document, one));
    assert_eq!(gone.records, records);
    assert_eq!(gone.loops, loops.cloned().collect::<Vec<_>>());
    assert_eq!(gone.figures, figures.copied().collect::<Vec<_>>());
    assert_eq!(gone.words().is_none(), gone.is_empty());

    let shown = shown(document, step);
    let drawn: Vec<Id> = document
        .ids()
        .filter(|id| is_drawn(document, *id))
        .collect();
    assert_eq!(shown.records.len(), drawn.len());
    for id in drawn {
        assert_eq!(
            shown.records[&id],
            expected(document, step, id),
            "{id} {step:?}"
        );
    }
    let seen = step.loops.iter().filter(|key| is_loop(document, key));
    let seen = seen.filter(|key| {
        let mut links = key.links().iter();
        links.all(|link| shown.records[link] != Showing::Hidden)
    });
    assert_eq!(shown.loops, seen.cloned().collect::<Vec<_>>());
    assert_eq!(shown.gone, gone);

    let scene = Scene::new(document, &EstimatedText);
    let rect = shown.rect(&scene);
    if let StoryView::Area(area) = step.view {
        assert_eq!(rect, Some(area.rect()));
    }
    let wanted = |how: Showing| match step.view {
        StoryView::Area(_) => false,
        StoryView::Fit => how != Showing::Hidden,
        StoryView::Lit => how == Showing::Lit,
    };
    for (id, how) in &shown.records {
        if wanted(*how) {
            let pipe = scene.pipes().get(id).and_then(|pipe| pipe.bounds);
            for inner in scene.bounds_of(*id).into_iter().chain(pipe) {
                assert!(rect.is_some_and(|rect| rect.contains_rect(&inner)));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_step_shows_what_its_rules_say(document in document(), step in story_step()) {
        hold(&document, &step);
    }

    #[test]
    fn a_story_outlives_every_edit(document in document(), changes in changes()) {
        let patch = patch_of(&document, &changes);
        let mut after = document.clone();
        after.apply(&patch).unwrap();
        for step in after.story_steps().values() {
            hold(&after, step);
        }
        // What is undone brings back all that a step mentioned.
        after.apply(&patch.inverted()).unwrap();
        for (id, step) in document.story_steps() {
            prop_assert_eq!(gone(&after, &after.story_steps()[id]), gone(&document, step));
        }
    }
}
