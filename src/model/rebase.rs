//! Bringing a patch onto a document that has moved on: another tab's change, or one's own undo.

use super::calendar::Calendar;
use super::document::{Document, Properties};
use super::element::{Element, ElementKind, Link, LoopLabel, Note, Placement, Variable};
use super::flow::Flow;
use super::id::Id;
use super::judgement::Judgement;
use super::measure::{MeasureKind, Measures};
use super::patch::{Edit, Patch};
use super::station::Station;
use super::stream_settings::StreamSettings;

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
    fn merge<T: Clone, R>(self, merge: impl Fn(&T, &T, T) -> R, of: [&T; 3]) -> R {
        let [before, after, current] = of;
        match self {
            Self::Patch => merge(before, after, current.clone()),
            Self::Document => merge(before, current, after.clone()),
        }
    }
}

fn brought(patch: &Patch, document: &Document, precedence: Precedence) -> Patch {
    let mut edit = Edit::new(document);
    if let Some((before, after)) = &patch.properties {
        let of = [before, after, document.properties()];
        edit.set_properties(precedence.merge(|b, a, c| merge_properties(b, a, &c), of));
    }
    if let Some((before, after)) = &patch.carried {
        let of = [before, after, document.carried()];
        edit.set_carried(precedence.merge(|b, a, c| pick(b, a, &c), of));
    }
    // Ends before links, links before the labels that speak of them; removals in between, so that
    // a link led to another variable is not taken along by the removal of the one it left.
    for kind in [
        ElementKind::Variable,
        ElementKind::Note,
        ElementKind::Station,
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
    bring(patch, &mut edit, ElementKind::Judgement, precedence);
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
        if let Some(element) = merged
            && holds(edit, *id, &element)
        {
            edit.set(*id, Some(element));
        }
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
        Element::Variable(_) | Element::Note(_) | Element::Station(_) => true,
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
        Element::Judgement(judgement) => {
            let standing = edit
                .document()
                .judgement_of(&judgement.topic, &judgement.about);
            let free = match standing {
                Some((other, _)) => other == id || edit.element(other).is_none(),
                None => true,
            };
            let is_there = |id: &Id| {
                let element = edit.element(*id);
                element.is_some_and(|element| element.kind().can_be_judged())
            };
            free && judgement.about.iter().all(is_there)
        }
    }
}

/// The three-way merge of one record; `None` where the kinds differ.
fn merge(before: &Element, after: &Element, current: Element) -> Option<Element> {
    match (before, after, current) {
        (Element::Variable(b), Element::Variable(a), Element::Variable(c)) => {
            Some(Element::Variable(Variable {
                name: pick(&b.name, &a.name, &c.name),
                kind: pick(&b.kind, &a.kind, &c.kind),
                remark: pick(&b.remark, &a.remark, &c.remark),
                binding: pick(&b.binding, &a.binding, &c.binding),
                aim: pick(&b.aim, &a.aim, &c.aim),
                leverage: pick(&b.leverage, &a.leverage, &c.leverage),
                placement: merge_placement(&b.placement, &a.placement, &c.placement),
            }))
        }
        (Element::Link(b), Element::Link(a), Element::Link(c)) => Some(Element::Link(Link {
            from: pick(&b.from, &a.from, &c.from),
            to: pick(&b.to, &a.to, &c.to),
            polarity: pick(&b.polarity, &a.polarity, &c.polarity),
            delay: pick(&b.delay, &a.delay, &c.delay),
            bend: pick(&b.bend, &a.bend, &c.bend),
            remark: pick(&b.remark, &a.remark, &c.remark),
            delay_source: pick(&b.delay_source, &a.delay_source, &c.delay_source),
            leverage: pick(&b.leverage, &a.leverage, &c.leverage),
        })),
        (Element::Note(b), Element::Note(a), Element::Note(c)) => Some(Element::Note(Note {
            kind: pick(&b.kind, &a.kind, &c.kind),
            text: pick(&b.text, &a.text, &c.text),
            width: pick(&b.width, &a.width, &c.width),
            placement: merge_placement(&b.placement, &a.placement, &c.placement),
        })),
        (Element::LoopLabel(b), Element::LoopLabel(a), Element::LoopLabel(c)) => {
            Some(Element::LoopLabel(LoopLabel {
                // The links of a loop are its identity: they never change.
                key: c.key,
                name: pick(&b.name, &a.name, &c.name),
                remark: pick(&b.remark, &a.remark, &c.remark),
                badge_offset: pick(&b.badge_offset, &a.badge_offset, &c.badge_offset),
            }))
        }
        (Element::Station(b), Element::Station(a), Element::Station(c)) => {
            Some(Element::Station(merge_station(b, a, &c)))
        }
        (Element::Flow(b), Element::Flow(a), Element::Flow(c)) => {
            Some(Element::Flow(merge_flow(b, a, &c)))
        }
        (Element::Judgement(b), Element::Judgement(a), Element::Judgement(c)) => {
            Some(Element::Judgement(Judgement {
                // The finding is the identity of an answer: it never changes.
                topic: c.topic,
                about: c.about,
                verdict: pick(&b.verdict, &a.verdict, &c.verdict),
                remark: pick(&b.remark, &a.remark, &c.remark),
            }))
        }
        _ => None,
    }
}

fn merge_station(b: &Station, a: &Station, c: &Station) -> Station {
    let kind = pick(&b.kind, &a.kind, &c.kind);
    let mut measures = merge_measures(&b.measures, &a.measures, &c.measures);
    // A queue made of a step in one tab has no use for the process time of another.
    measures.retain(MeasureKind::of_station(kind));
    Station {
        kind,
        name: pick(&b.name, &a.name, &c.name),
        remark: pick(&b.remark, &a.remark, &c.remark),
        resource: pick(&b.resource, &a.resource, &c.resource),
        role: pick(&b.role, &a.role, &c.role),
        measures,
        placement: merge_placement(&b.placement, &a.placement, &c.placement),
    }
}

fn merge_flow(b: &Flow, a: &Flow, c: &Flow) -> Flow {
    let kind = pick(&b.kind, &a.kind, &c.kind);
    let mut measures = merge_measures(&b.measures, &a.measures, &c.measures);
    measures.retain(MeasureKind::of_flow(kind));
    Flow {
        from: pick(&b.from, &a.from, &c.from),
        to: pick(&b.to, &a.to, &c.to),
        kind,
        measures,
        bend: pick(&b.bend, &a.bend, &c.bend),
        remark: pick(&b.remark, &a.remark, &c.remark),
    }
}

/// Measure by measure.
fn merge_measures(before: &Measures, after: &Measures, current: &Measures) -> Measures {
    let mut merged = current.clone();
    for kind in MeasureKind::ALL {
        let (b, a) = (before.get(kind), after.get(kind));
        if b != a {
            merged.set(kind, a.cloned());
        }
    }
    merged
}

fn merge_properties(b: &Properties, a: &Properties, c: &Properties) -> Properties {
    let (before, after, now) = (&b.stream, &a.stream, &c.stream);
    let [bc, ac, cc] = [before, after, now].map(|stream| &stream.calendar);
    Properties {
        title: pick(&b.title, &a.title, &c.title),
        purpose: pick(&b.purpose, &a.purpose, &c.purpose),
        stream: StreamSettings {
            calendar: Calendar {
                basis: pick(&bc.basis, &ac.basis, &cc.basis),
                seconds_per_day: pick(
                    &bc.seconds_per_day,
                    &ac.seconds_per_day,
                    &cc.seconds_per_day,
                ),
                days_per_week: pick(&bc.days_per_week, &ac.days_per_week, &cc.days_per_week),
            },
            work_limit: pick(&before.work_limit, &after.work_limit, &now.work_limit),
            work_in_progress: pick(
                &before.work_in_progress,
                &after.work_in_progress,
                &now.work_in_progress,
            ),
            throughput: pick(&before.throughput, &after.throughput, &now.throughput),
            pack: pick(&before.pack, &after.pack, &now.pack),
        },
    }
}

fn merge_placement(before: &Placement, after: &Placement, current: &Placement) -> Placement {
    Placement {
        position: pick(&before.position, &after.position, &current.position),
        layer: pick(&before.layer, &after.layer, &current.layer),
        group: pick(&before.group, &after.group, &current.group),
        hold: pick(&before.hold, &after.hold, &current.hold),
    }
}

/// What was changed becomes what it was changed to; what was not stays as it is now.
fn pick<T: PartialEq + Clone>(before: &T, after: &T, current: &T) -> T {
    if before == after {
        current.clone()
    } else {
        after.clone()
    }
}
