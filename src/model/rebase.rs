//! Bringing a patch onto a document that has moved on: another tab's change, or one's own undo.

use super::document::Document;
use super::element::{Element, ElementKind};
use super::flow::Flow;
use super::id::Id;
use super::measure_kind::MeasureKind;
use super::patch::{Edit, Patch};
use super::record::Merge;
use super::station::Station;

/// The patch that does to `document` what `patch` did to the document it was made for.
///
/// Field by field: what `patch` changed becomes what it says, everything else stays as it is now.
/// A record that is gone stays gone, a removal takes with it what has come to hang on the record
/// since, and a link to a variable that is gone is left out. The result can always be applied.
#[must_use]
pub fn rebase(patch: &Patch, document: &Document) -> Patch {
    brought(patch, document, Precedence::Patch)
}

/// The patch that takes back on `document` what `patch` did to the document it was made for.
///
/// Like [`rebase`] of its inverse, but a field that has another value by now than `patch` gave it
/// was changed by somebody else since, and stays as it is.
#[must_use]
pub fn take_back(patch: &Patch, document: &Document) -> Patch {
    brought(&patch.inverted(), document, Precedence::Document)
}

/// What holds for a field that the patch changes and that is no longer as the patch found it.
#[derive(Clone, Copy)]
enum Precedence {
    /// What the patch says.
    Patch,
    /// What stands in the document.
    Document,
}

impl Precedence {
    /// A merge of before, after and current, by a merge in which what is changed wins.
    ///
    /// Where the document has precedence, after and current change places: what differs from before
    /// in the document is then the change that wins, and all else is as the patch says.
    fn merge<T, R>(self, merge: impl Fn(&T, &T, &T) -> R, of: [&T; 3]) -> R {
        let [before, after, current] = of;
        match self {
            Self::Patch => merge(before, after, current),
            Self::Document => merge(before, current, after),
        }
    }
}

fn brought(patch: &Patch, document: &Document, precedence: Precedence) -> Patch {
    let mut edit = Edit::new(document);
    if let Some((before, after)) = &patch.properties {
        let of = [before, after, document.properties()];
        edit.set_properties(precedence.merge(Merge::merged, of));
    }
    if let Some((before, after)) = &patch.source_text {
        let of = [before, after, document.source_text()];
        edit.set_source_text(precedence.merge(Merge::merged, of));
    }
    // Ends before links, links before the labels that speak of them; removals in between, so that
    // a link led to another variable is not taken along by the removal of the one it left.
    for kind in [
        ElementKind::Variable,
        ElementKind::Note,
        ElementKind::Station,
        ElementKind::Frame,
        ElementKind::Story,
        ElementKind::Retrospective,
        ElementKind::Link,
        ElementKind::Flow,
    ] {
        bring(patch, &mut edit, kind, precedence);
    }
    for (id, change) in &patch.changes {
        let is_same_kind = |before: &Element| {
            edit.element(*id)
                .is_some_and(|current| current.kind() == before.kind())
        };
        if change.after.is_none() && change.before.as_ref().is_some_and(is_same_kind) {
            edit.remove(*id);
        }
    }
    bring(patch, &mut edit, ElementKind::LoopLabel, precedence);
    bring(patch, &mut edit, ElementKind::FindingReview, precedence);
    bring(patch, &mut edit, ElementKind::Comment, precedence);
    bring(patch, &mut edit, ElementKind::Image, precedence);
    bring(patch, &mut edit, ElementKind::Improvement, precedence);
    bring(patch, &mut edit, ElementKind::Scenario, precedence);
    bring(patch, &mut edit, ElementKind::StoryStep, precedence);
    bring(patch, &mut edit, ElementKind::Fact, precedence);
    bring(patch, &mut edit, ElementKind::Variation, precedence);
    bring(patch, &mut edit, ElementKind::Experiment, precedence);
    edit.finish()
}

/// Brings the records of one kind that the patch makes or changes.
fn bring(patch: &Patch, edit: &mut Edit<'_>, kind: ElementKind, precedence: Precedence) {
    for (id, change) in &patch.changes {
        let Some(after) = change.after.as_ref().filter(|after| after.kind() == kind) else {
            continue;
        };
        let merged = match (change.before.as_ref(), edit.element(*id)) {
            // Gone since: it stays gone. Made twice (an undone removal in two tabs): what stands
            // stays.
            (Some(_), None) | (None, Some(_)) => None,
            (None, None) => Some(after.clone()),
            (Some(before), Some(current)) => precedence.merge(merge, [before, after, &current]),
        };
        let merged = merged.map(|element| without_lost_parts(edit, element));
        if let Some(element) = merged
            && holds(edit, *id, &element)
        {
            edit.set(*id, Some(element));
        }
    }
}

/// An improvement or a scenario without what it says of records that are gone.
fn without_lost_parts(edit: &Edit<'_>, element: Element) -> Element {
    match element {
        Element::Improvement(improvement) => {
            let is_there = |id: Id| {
                let element = edit.element(id);
                element.is_some_and(|element| element.kind().can_be_improved())
            };
            Element::Improvement(improvement.of(is_there))
        }
        Element::Scenario(mut scenario) => {
            let is_there = |id: Id| {
                let element = edit.element(id);
                element.is_some_and(|element| element.kind() == ElementKind::Variable)
            };
            scenario.values = scenario.values.of(is_there);
            Element::Scenario(scenario)
        }
        element => element,
    }
}

/// Whether what the record refers to is there, and its id stands for no other kind of thing.
fn holds(edit: &Edit<'_>, id: Id, element: &Element) -> bool {
    if edit
        .document()
        .kind_of(id)
        .is_some_and(|kind| kind != element.kind())
    {
        return false;
    }
    let is = |id: Id, kind: ElementKind| edit.element(id).is_some_and(|e| e.kind() == kind);
    match element {
        Element::Variable(_)
        | Element::Note(_)
        | Element::Station(_)
        | Element::Frame(_)
        | Element::Improvement(_)
        | Element::Scenario(_)
        | Element::Story(_)
        // What they mention may be gone.
        | Element::Retrospective(_)
        | Element::Experiment(_) => true,
        Element::Flow(flow) => {
            is(flow.from, ElementKind::Station) && is(flow.to, ElementKind::Station)
        }
        Element::Link(link) => {
            is(link.from, ElementKind::Variable) && is(link.to, ElementKind::Variable)
        }
        Element::LoopLabel(label) => {
            let free = match edit.document().label_of(&label.key) {
                Some((other, _)) => other == id || edit.element(other).is_none(),
                None => true,
            };
            free && label
                .key
                .links()
                .iter()
                .all(|link| is(*link, ElementKind::Link))
        }
        Element::Comment(comment) => {
            let about = edit.element(comment.about);
            about.is_some_and(|about| about.kind().can_be_commented())
        }
        Element::Image(image) => is(image.note, ElementKind::Note),
        // What else it mentions may be gone.
        Element::StoryStep(step) => is(step.story, ElementKind::Story),
        Element::Fact(fact) => is(fact.retrospective, ElementKind::Retrospective),
        Element::Variation(one) => is(one.retrospective, ElementKind::Retrospective),
        Element::FindingReview(review) => {
            let standing = edit.document().review_of(&review.topic, &review.about);
            let free = match standing {
                Some((other, _)) => other == id || edit.element(other).is_none(),
                None => true,
            };
            let is_there = |id: &Id| {
                let element = edit.element(*id);
                element.is_some_and(|element| element.kind().can_be_judged())
            };
            free && review.about.iter().all(is_there)
        }
    }
}

/// The three-way merge of one record; `None` where the kinds differ.
fn merge(before: &Element, after: &Element, current: &Element) -> Option<Element> {
    Some(match (before, after, current) {
        (Element::Variable(b), Element::Variable(a), Element::Variable(c)) => {
            Element::Variable(Merge::merged(b, a, c))
        }
        (Element::Link(b), Element::Link(a), Element::Link(c)) => {
            Element::Link(Merge::merged(b, a, c))
        }
        (Element::Note(b), Element::Note(a), Element::Note(c)) => {
            Element::Note(Merge::merged(b, a, c))
        }
        (Element::LoopLabel(b), Element::LoopLabel(a), Element::LoopLabel(c)) => {
            Element::LoopLabel(Merge::merged(b, a, c))
        }
        (Element::Station(b), Element::Station(a), Element::Station(c)) => {
            let mut station: Station = Merge::merged(b, a, c);
            // A queue made of a step in one tab has no use for the process time of another.
            let kinds = MeasureKind::of_station(station.kind);
            station.measures.retain(kinds);
            Element::Station(station)
        }
        (Element::Flow(b), Element::Flow(a), Element::Flow(c)) => {
            let mut flow: Flow = Merge::merged(b, a, c);
            flow.measures.retain(MeasureKind::of_flow(flow.kind));
            Element::Flow(flow)
        }
        (Element::FindingReview(b), Element::FindingReview(a), Element::FindingReview(c)) => {
            Element::FindingReview(Merge::merged(b, a, c))
        }
        (Element::Frame(b), Element::Frame(a), Element::Frame(c)) => {
            Element::Frame(Merge::merged(b, a, c))
        }
        (Element::Comment(b), Element::Comment(a), Element::Comment(c)) => {
            Element::Comment(Merge::merged(b, a, c))
        }
        (Element::Image(b), Element::Image(a), Element::Image(c)) => {
            Element::Image(Merge::merged(b, a, c))
        }
        (Element::Improvement(b), Element::Improvement(a), Element::Improvement(c)) => {
            Element::Improvement(Merge::merged(b, a, c))
        }
        (Element::Scenario(b), Element::Scenario(a), Element::Scenario(c)) => {
            Element::Scenario(Merge::merged(b, a, c))
        }
        (Element::Story(b), Element::Story(a), Element::Story(c)) => {
            Element::Story(Merge::merged(b, a, c))
        }
        (Element::StoryStep(b), Element::StoryStep(a), Element::StoryStep(c)) => {
            Element::StoryStep(Merge::merged(b, a, c))
        }
        (Element::Retrospective(b), Element::Retrospective(a), Element::Retrospective(c)) => {
            Element::Retrospective(Merge::merged(b, a, c))
        }
        (Element::Fact(b), Element::Fact(a), Element::Fact(c)) => {
            Element::Fact(Merge::merged(b, a, c))
        }
        (Element::Variation(b), Element::Variation(a), Element::Variation(c)) => {
            Element::Variation(Merge::merged(b, a, c))
        }
        (Element::Experiment(b), Element::Experiment(a), Element::Experiment(c)) => {
            Element::Experiment(Merge::merged(b, a, c))
        }
        _ => return None,
    })
}

/// The patch without what is long and stays as it is, such as the remark of a variable that is moved:
/// for the journal and for others. Brought onto any document by [`rebase`] it does the same; applied
/// as it is, it fits fewer documents.
#[must_use]
pub fn lightened(mut patch: Patch) -> Patch {
    for change in patch.changes.values_mut() {
        if let (Some(before), Some(after)) = (&mut change.before, &mut change.after) {
            lighten(before, after);
        }
    }
    patch
}

/// Leaves out of two states of one record what is long and the same in both.
fn lighten(before: &mut Element, after: &mut Element) {
    macro_rules! by_kind {
        ($($kind:ident),*) => {
            match (before, after) {
                $((Element::$kind(before), Element::$kind(after)) => Merge::lighten(before, after),)*
                // Only one kind becomes the same kind.
                _ => {}
            }
        };
    }
    by_kind!(
        Variable,
        Link,
        Note,
        LoopLabel,
        Station,
        Flow,
        FindingReview,
        Frame,
        Comment,
        Image,
        Improvement,
        Scenario,
        Story,
        StoryStep,
        Retrospective,
        Fact,
        Variation,
        Experiment
    );
}
