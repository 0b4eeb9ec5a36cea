//! What a step of a story shows: each record plain, lit, dimmed or hidden, the loops, the view.

use std::collections::BTreeSet;

use crate::model::{
    Document, ElementKind, Id, LoopKey, Records, Rect, Showing, StoryStep, StoryView,
};
use crate::scene::{Scene, View, whole_view};

use super::gone::{Gone, gone};

/// A step as it is shown on a document.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownStep {
    /// How every variable, link, station, flow, note, frame and image is shown.
    pub records: Records<Showing>,
    /// The loops that are lit and wholly to be seen.
    pub loops: Vec<LoopKey>,
    /// What the step mentions that is no longer there.
    pub gone: Gone,
    view: StoryView,
}

/// What a step shows of a document.
///
/// A mark says how its record is shown. Else the links and variables of a loop that is lit are lit,
/// an image is shown as its note, and anything else as the step says of the rest. Whatever is said, a
/// link or flow with a hidden end is hidden, and so is an image of a hidden note.
#[must_use]
pub fn shown(document: &Document, step: &StoryStep) -> ShownStep {
    let gone = gone(document, step);
    let is_there = |key: &&LoopKey| !gone.loops.contains(key);
    let loops: Vec<LoopKey> = step.loops.iter().filter(is_there).cloned().collect();
    let mut in_loops: BTreeSet<Id> = BTreeSet::new();
    for id in loops.iter().flat_map(LoopKey::links) {
        in_loops.insert(*id);
        in_loops.extend(document.links().get(id).map(|link| link.from));
    }
    let mut records: Records<Showing> = Records::new();
    for id in document.ids().filter(|id| is_drawn(document, *id)) {
        let how = match in_loops.contains(&id) {
            true => Showing::Lit,
            false => Showing::from(step.rest),
        };
        records.insert(id, how);
    }
    for mark in step.marks.iter() {
        if let Some(how) = records.get_mut(&mark.about) {
            *how = mark.how;
        }
    }
    let is_marked = |id: Id| step.marks.iter().any(|mark| mark.about == id);
    for (id, image) in document.images() {
        let note = records.get(&image.note).copied();
        if let Some(note) = note
            && (note == Showing::Hidden || !is_marked(*id))
        {
            records.insert(*id, note);
        }
    }
    let hidden = |records: &Records<Showing>, id: Id| records.get(&id) == Some(&Showing::Hidden);
    for id in document.links().keys().chain(document.flows().keys()) {
        if let Some(edge) = document.edge(*id)
            && (hidden(&records, edge.from) || hidden(&records, edge.to))
        {
            records.insert(*id, Showing::Hidden);
        }
    }
    let is_seen = |key: &LoopKey| !key.links().iter().any(|link| hidden(&records, *link));
    let loops = loops.into_iter().filter(is_seen).collect();
    ShownStep {
        records,
        loops,
        gone,
        view: step.view,
    }
}

fn is_drawn(document: &Document, id: Id) -> bool {
    document.kind_of(id).is_some_and(ElementKind::can_be_shown)
}

/// The boxes of a record, and of the pipe of a rate with its clouds.
fn drawn_boxes(scene: &Scene, id: Id) -> impl Iterator<Item = Rect> {
    let pipe = scene.pipes().get(&id).and_then(|pipe| pipe.bounds);
    scene.bounds_of(id).into_iter().chain(pipe)
}

impl ShownStep {
    /// The records that are shown so, in the order of their ids.
    pub fn showing(&self, how: Showing) -> impl Iterator<Item = Id> + '_ {
        let records = self.records.iter();
        records.filter_map(move |(id, shown)| (*shown == how).then_some(*id))
    }

    /// Nothing is hidden, dimmed or lit: the diagram is shown as it is.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.records.values().all(|how| *how == Showing::Plain)
    }

    /// The view of a window that shows what the step has in view, no larger than `most` times unless a
    /// person has chosen the part; `None` where nothing is drawn in it. The scene must be that of the
    /// document, without what the step hides.
    #[must_use]
    pub fn fitted(
        &self,
        window: &View,
        scene: &Scene,
        document: &Document,
        most: f64,
    ) -> Option<View> {
        let near = |most: f64| self.rect(scene).map(|rect| window.fitted(&rect, most));
        match self.view {
            StoryView::Fit => whole_view(window, scene, document, most),
            StoryView::Lit => near(most),
            // It fitted a view once, however near.
            StoryView::Area(_) => near(View::MAXIMUM_ZOOM),
        }
    }

    /// The box of the world that the step has in view; `None` where nothing is drawn in it. The
    /// scene must be that of the document.
    #[must_use]
    pub fn rect(&self, scene: &Scene) -> Option<Rect> {
        let around = |wanted: &dyn Fn(Showing) -> bool| {
            let records = self.records.iter().filter(|(_, how)| wanted(**how));
            let boxes = records.flat_map(|(id, _)| drawn_boxes(scene, *id));
            boxes.reduce(|all, rect| all.union(&rect))
        };
        let seen = || match self.showing(Showing::Hidden).next() {
            None => scene.bounds(),
            Some(_) => around(&|how| how != Showing::Hidden),
        };
        match self.view {
            StoryView::Area(area) => Some(area.rect()),
            StoryView::Lit => around(&|how| how == Showing::Lit).or_else(seen),
            StoryView::Fit => seen(),
        }
    }
}
