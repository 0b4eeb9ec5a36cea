//! Making an improvement so: the document as it says.

use super::document::Document;
use super::element::Element;
use super::id::Id;
use super::improvement::{
    AddedStep, AddedSteps, Adjustment, Improvement, MeasureChange, MeasureChanges, Stated,
};
use super::improvement_shape::{leave_out, put_in};
use super::measure::{Measure, Measures};
use super::measure_kind::MeasureKind;
use super::patch::{Edit, Patch};

/// The patch that makes an improvement of the document so: its measures change, and the steps that
/// share people or machines with one that gets more of them get as many; then steps are put in, and
/// at last flows and steps are left out.
///
/// A measure that its record cannot have any more stays away, and one that nobody knows stays
/// unknown.
#[must_use]
pub fn patch_of_improvement(document: &Document, improvement: &Improvement) -> Patch {
    let mut edit = Edit::new(document);
    for change in improvement.changes.iter() {
        for id in sharing(document, change) {
            edit.change(id, |element| apply(element, change));
        }
    }
    put_in(&mut edit, improvement);
    leave_out(&mut edit, improvement);
    edit.finish()
}

/// The document with an improvement made so.
#[must_use]
pub fn improved(document: &Document, improvement: &Improvement) -> Document {
    let patch = patch_of_improvement(document, improvement);
    let mut improved = document.clone();
    // The numbers keep to the ranges of their kinds, so the patch can always be applied.
    let applied = improved.apply(&patch);
    debug_assert!(applied.is_ok(), "{applied:?}");
    improved
}

/// A station or flow with its measures as an improvement makes them, whether or not it leaves it out;
/// `None` where there is no such record.
#[must_use]
pub fn improved_element(document: &Document, improvement: &Improvement, id: Id) -> Option<Element> {
    let mut element = document.element(id)?;
    for change in improvement.changes.iter() {
        if change.about == id || sharing(document, change).contains(&id) {
            apply(&mut element, change);
        }
    }
    Some(element)
}

/// What an improvement makes of a measure of a station or flow, or of a step that it puts in.
#[must_use]
pub fn improved_measure(
    document: &Document,
    improvement: &Improvement,
    (about, kind): (Id, MeasureKind),
) -> Option<Measure> {
    let added = improvement.added.iter().find(|step| step.id == about);
    match added {
        Some(step) => step.measures.get(kind).cloned(),
        None => {
            let element = improved_element(document, improvement, about)?;
            measures_of(&element)?.get(kind).cloned()
        }
    }
}

/// The improvement that makes this of a measure: with what today's map says, or with none, it leaves the
/// measure as it is. A step that it puts in has the measure as it is given.
#[must_use]
pub fn with_measure(
    document: &Document,
    improvement: &Improvement,
    (about, kind): (Id, MeasureKind),
    measure: Option<Measure>,
) -> Improvement {
    if improvement.added.iter().any(|step| step.id == about) {
        let steps = improvement.added.iter().cloned();
        let steps = steps.map(|mut step: AddedStep| {
            if step.id == about {
                step.measures.set(kind, measure.clone());
            }
            step
        });
        return Improvement {
            added: AddedSteps::new(steps),
            ..improvement.clone()
        };
    }
    let element = document.element(about);
    let today = element.as_ref().and_then(measures_of);
    let today = today.and_then(|measures| measures.get(kind));
    let after = measure.as_ref().map(Stated::of);
    let after = after.filter(|after| today.map(Stated::of) != Some(*after));
    // What another step says of the people that both share would have its way.
    let says_so = |change: &&MeasureChange| {
        change.measure == kind && sharing(document, change).contains(&about)
    };
    let others = improvement.changes.iter().filter(|one| !says_so(one));
    let change = after.map(|after| MeasureChange {
        about,
        measure: kind,
        change: Adjustment::Is(after),
    });
    Improvement {
        changes: MeasureChanges::new(others.copied().chain(change)),
        ..improvement.clone()
    }
}

/// The measures of a station or flow.
const fn measures_of(element: &Element) -> Option<&Measures> {
    match element {
        Element::Station(station) => Some(&station.measures),
        Element::Flow(flow) => Some(&flow.measures),
        _ => None,
    }
}

/// The record of a change; of people or machines all steps that share them.
fn sharing(document: &Document, change: &MeasureChange) -> Vec<Id> {
    let resource_of = |id: &Id| {
        let station = document.stations().get(id)?;
        Some(station.resource.trim()).filter(|resource| !resource.is_empty())
    };
    match resource_of(&change.about).filter(|_| change.measure == MeasureKind::Servers) {
        None => vec![change.about],
        shared => {
            let stations = document.stations().keys();
            stations
                .filter(|id| resource_of(id) == shared)
                .copied()
                .collect()
        }
    }
}

/// The kinds of measures that a record may have.
const fn kinds_of(element: &Element) -> &'static [MeasureKind] {
    match element {
        Element::Station(station) => MeasureKind::of_station(station.kind),
        Element::Flow(flow) => MeasureKind::of_flow(flow.kind),
        _ => &[],
    }
}

fn apply(element: &mut Element, change: &MeasureChange) {
    let kind = change.measure;
    if !kinds_of(element).contains(&kind) {
        return;
    }
    match element {
        Element::Station(station) => {
            let after = change.change.applied(kind, station.measures.get(kind));
            station.measures.set(kind, after);
            if matches!(change.change, Adjustment::Is(_)) {
                return;
            }
            // A product with a time of its own is done in the same part of it.
            let products = station.products.iter();
            let names: Vec<String> = products.map(|product| product.name.clone()).collect();
            for name in names {
                let measures = &mut station.products.entry(&name).measures;
                if let Some(own) = measures.get(kind) {
                    let after = change.change.applied(kind, Some(own));
                    measures.set(kind, after);
                }
            }
        }
        Element::Flow(flow) => {
            let after = change.change.applied(kind, flow.measures.get(kind));
            flow.measures.set(kind, after);
        }
        _ => {}
    }
}
