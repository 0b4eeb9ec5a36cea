//! Making an improvement so: the measures of the document as it says.

use super::document::Document;
use super::element::Element;
use super::id::Id;
use super::improvement::{Improvement, MeasureChange, adjustments_of};
use super::measure_kind::MeasureKind;
use super::patch::{Edit, Patch};

/// The patch that makes an improvement of the document so: its measures change, and the steps that
/// share people or machines with one that gets more of them get as many.
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

/// Whether an improvement can change this measure of a record.
fn can_change(element: &Element, kind: MeasureKind) -> bool {
    let offered = adjustments_of(element);
    offered.iter().any(|(offered, _)| *offered == kind)
}

fn apply(element: &mut Element, change: &MeasureChange) {
    let kind = change.measure;
    if !can_change(element, kind) {
        return;
    }
    match element {
        Element::Station(station) => {
            let after = change.change.applied(kind, station.measures.get(kind));
            station.measures.set(kind, after);
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
