//! The items that a map counts today, as they would wait in the line.

use super::found::Found;
use super::shape::Shape;
use super::sources::Kind;
use super::ways::{Head, Ways};
use crate::model::MeasureKind;
use crate::simulate::events::Waiting;

/// The most items that may be there at the start.
const MOST: f64 = 100_000.0;

/// The items that are counted at steps and queues, place by place. They come of all kinds as these
/// come there. How old they are is not known: they count from now on.
pub(super) fn counted(ways: &mut Ways<'_>, kinds: &[Kind<'_>], found: &mut Found) -> Vec<Waiting> {
    let shape: &Shape<'_> = ways.shape;
    let mut waiting = Vec::new();
    let mut sum = 0.0;
    for place in 0..shape.forms.len() {
        let comes = shape.forms[place] != super::shape::Form::Nothing;
        let is_store = shape.stores.level_of(place).is_some();
        if !comes || is_store || !shape.stores.is_of_orders(place) {
            continue;
        }
        let stated = shape.reading.stated_at(place, MeasureKind::WorkInProgress);
        let Some(items) = stated.and_then(|quantity| quantity.likely) else {
            continue;
        };
        let items = (items / shape.items_at(place)).round();
        let Head::At(station) = ways.entrance(place, found) else {
            continue;
        };
        sum += items;
        if items < 1.0 || sum > MOST {
            continue;
        }
        let weights = kinds
            .iter()
            .map(|kind| kind.rate.unwrap_or(1.0) * kind.traffic.visits[place]);
        let weights: Vec<f64> = weights.collect();
        let whole: f64 = weights.iter().sum();
        let mut given = 0.0;
        let mut share = 0.0;
        for (kind, weight) in (0_u16..).zip(weights) {
            share += if whole > 0.0 { weight / whole } else { 1.0 };
            let until = (items * share.min(1.0)).round();
            let count = (until - given).max(0.0);
            given += count;
            if count >= 1.0 {
                waiting.push(Waiting {
                    station,
                    ages: vec![0.0; count as usize],
                    kind,
                    class: 1,
                });
            }
        }
    }
    match sum > MOST {
        true => Vec::new(),
        false => waiting,
    }
}
