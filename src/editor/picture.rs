//! The scene of a picture that leaves the program: of the whole document, or of a part of it that is
//! drawn as it is drawn in the whole.

use super::copy::fragment;
use crate::causal::NamedLoop;
use crate::model::{Document, Edit, Id, PathNames, Properties, StreamSettings};
use crate::scene::{LadderStep, LinkColours, Marks, MeasureText, Scene};

/// The part of a document with these records, under its title and with its calendar.
#[must_use]
pub fn part_of(document: &Document, only: &[Id]) -> Document {
    let mut part = fragment(document, &only.iter().copied().collect());
    let whole = document.properties();
    let mut edit = Edit::new(&part);
    edit.set_properties(Properties {
        title: whole.title.clone(),
        stream: StreamSettings {
            // They name paths of the whole.
            paths: PathNames::default(),
            ..whole.stream.clone()
        },
        ..Properties::default()
    });
    let patch = edit.finish();
    // They were valid in the whole.
    let applied = part.apply(&patch);
    debug_assert!(applied.is_ok(), "{applied:?}");
    part
}

/// The scene of a picture, with what analysis adds to it.
#[must_use]
pub fn picture_scene(
    document: &Document,
    links: LinkColours,
    marks: Marks,
    loops: &[NamedLoop],
    font: &dyn MeasureText,
) -> Scene {
    let mut scene = Scene::new(document, font);
    scene.colour_links(document, links, font);
    scene.set_marks(document, marks, font);
    scene.set_loops(document, loops, font);
    scene
}

/// The loops that are whole in a part, with the codes that they have in the whole.
#[must_use]
pub fn loops_within(loops: &[NamedLoop], part: &Document) -> Vec<NamedLoop> {
    let is_whole = |named: &&NamedLoop| {
        let mut links = named.links.iter();
        links.all(|id| part.links().contains_key(id))
    };
    loops.iter().filter(is_whole).cloned().collect()
}

/// What analysis adds to a part: the words at its records, and the ladder if all its steps are there.
#[must_use]
pub fn marks_within(mut marks: Marks, part: &Document) -> Marks {
    let ghosts = marks.ghosts.iter();
    let ghosts = ghosts.filter(|ghost| part.flows().contains_key(&ghost.flow));
    let ghosts: Vec<Id> = ghosts.map(|ghost| ghost.id).collect();
    marks
        .tags
        .retain(|tag| part.kind_of(tag.id).is_some() || ghosts.contains(&tag.id));
    marks.ghosts.retain(|ghost| ghosts.contains(&ghost.id));
    let has = |step: &LadderStep| {
        part.stations().contains_key(&step.station) || ghosts.contains(&step.station)
    };
    if !marks.ladder.iter().all(has) {
        marks.ladder.clear();
        marks.totals.clear();
    }
    marks
}
