//! How the diagram is seen now, as a step of a story shows it.

use std::collections::BTreeSet;

use crate::model::{Area, ElementKind, Id, Rest, Showing, StoryMark, StoryMarks, StoryView};

use super::neighbours::Lit;
use super::state::Editor;
use super::stories::SeenNow;

/// What of the diagram stands out and what steps back, where it is looked at, and the time of the
/// run that is shown.
///
/// A step that is shown on the canvas is what is seen, so a next step builds on it. Without one, what
/// a person keeps lit is lit, and the rest is dimmed. What the pointer rests on counts for nothing: it
/// is on its way to a button.
#[must_use]
pub fn seen_now(editor: &Editor, moment: Option<f64>) -> SeenNow {
    let looked_at = SeenNow {
        moment,
        view: view_now(editor),
        ..SeenNow::default()
    };
    if let Some((_, step)) = editor.step_on_canvas() {
        return SeenNow {
            marks: step.marks.clone(),
            rest: step.rest,
            loops: step.loops.to_vec(),
            ..looked_at
        };
    }
    let lit = |records: &BTreeSet<Id>| SeenNow {
        marks: lit_marks(editor, records),
        rest: Rest::Dimmed,
        ..looked_at.clone()
    };
    match editor.kept_lit() {
        Lit::KeptLoop(key) => SeenNow {
            loops: vec![key.clone()],
            rest: Rest::Dimmed,
            ..looked_at
        },
        Lit::Found(records) => lit(records),
        Lit::Neighbours(near) => lit(&near.records),
        Lit::Tagged(tagged) => lit(&tagged.records),
        Lit::PointedLoop(_) | Lit::PointedRecords(_) | Lit::Told(_) | Lit::Nothing => looked_at,
    }
}

/// Marks that light what is drawn of these, and the links of a loop that was found by its name.
fn lit_marks(editor: &Editor, records: &BTreeSet<Id>) -> StoryMarks {
    let document = editor.document();
    let is_drawn = |id: &Id| {
        let kind = document.kind_of(*id);
        kind.is_some_and(ElementKind::can_be_shown)
    };
    let drawn = records.iter().copied().filter(is_drawn);
    let labels = records
        .iter()
        .filter_map(|id| document.loop_labels().get(id));
    let links = labels.flat_map(|label| label.key.links().iter().copied());
    StoryMarks::new(drawn.chain(links).map(|about| StoryMark {
        about,
        how: Showing::Lit,
    }))
}

/// What is in view: the same as in the step that is shown, while nobody has looked elsewhere; all of
/// it, if nothing is out of sight; else the part in sight.
fn view_now(editor: &Editor) -> StoryView {
    match editor.step_on_canvas() {
        Some((_, step)) if editor.looks_at_step() => step.view,
        _ if editor.sees_all() || editor.is_fitted() => StoryView::Fit,
        _ => StoryView::Area(Area::of(&editor.view().framed())),
    }
}
