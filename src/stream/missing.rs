//! What is not known, ranked by how far it could move the results: ask for this first.

use crate::model::{Id, MeasureKind};

use super::derive::Stream;
use super::evaluate::{Depth, Evaluation};
use super::figure::{FigureKind, InputRole, Status};
use super::inputs::inputs;
use super::limits::{Threshold, candidates, ids};
use super::report::StreamResults;
use super::stated::Knowledge;

/// Something that is unknown, guessed or estimated.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingMeasure {
    /// The station or flow.
    pub record: Id,
    /// Which product of it, if it is of one.
    pub product: Option<String>,
    /// What of it.
    pub measure: MeasureKind,
    /// How sure it is.
    pub knowledge: Knowledge,
    /// The results that are unknown, or only bounds, without it.
    pub blocks: Vec<FigureKind>,
    /// What it does to lead time, in seconds of the basis.
    pub lead_time: Swing,
    /// What it does to throughput, or to capacity where there is no demand, in items per second
    /// of working time.
    pub throughput: Swing,
    /// The steps that limit if it is low, and if it is high, where that differs.
    pub constraint: Option<(Vec<Id>, Vec<Id>)>,
    /// From where on its step would be the constraint, if that can be told.
    pub threshold: Option<Threshold>,
}

/// A result with a measure low, likely and high, all else likely; none where it is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Swing {
    /// With the measure at its low bound; of a guess at half.
    pub low: Option<f64>,
    /// With the likely numbers.
    pub likely: Option<f64>,
    /// With the measure at its high bound; of a guess at double.
    pub high: Option<f64>,
}

impl Swing {
    /// How far it swings, as a part of the likely result: 0.1 is a tenth; 0 if it does not or
    /// cannot be told.
    #[must_use]
    pub fn size(&self) -> f64 {
        match (self.low, self.likely, self.high) {
            (Some(low), Some(likely), Some(high)) if likely != 0.0 => ((high - low) / likely).abs(),
            _ => 0.0,
        }
    }
}

/// The results that a missing measure is said to block.
const BLOCKED: [FigureKind; 8] = [
    FigureKind::LeadTime,
    FigureKind::Throughput,
    FigureKind::Capacity,
    FigureKind::TaktTime,
    FigureKind::ExpectedLeadTime,
    FigureKind::WorkInProgress,
    FigureKind::PredictedLeadTime,
    FigureKind::RolledCompleteAndAccurate,
];

/// What is unknown, guessed or estimated in a stream, what matters most first: what blocks lead
/// time, throughput or capacity, then by how far it swings them, one at a time, a change of the
/// constraint before any swing.
///
/// An estimate is tried at its bounds, a guess at half and double.
#[must_use]
pub fn missing(results: &StreamResults) -> Vec<MissingMeasure> {
    let (stream, likely) = (&results.stream, results.evaluation());
    let mut rows: Vec<MissingMeasure> = Vec::new();
    let candidates = candidates(stream, likely);
    // Where each record stands in the list, so that many missing measures stay quick to tell.
    let mut known: crate::model::Records<Vec<usize>> = crate::model::Records::new();
    for figure in BLOCKED {
        // What is known for certain lacks nothing, whatever else it could be computed from.
        let sure = results.figure(figure).is_some_and(|figure| {
            figure.outcome.likely().is_some() && figure.status == Status::Exact
        });
        if sure {
            continue;
        }
        for input in inputs(stream, likely, figure, None) {
            if input.role != InputRole::Missing {
                continue;
            }
            let indices = known.entry(input.record).or_default();
            let row = indices.iter().copied();
            let product = input
                .product
                .map(|product| stream.product_name(product).to_owned());
            let mut row = row.filter(|index| {
                rows[*index].measure == input.measure && rows[*index].product == product
            });
            if let Some(index) = row.next() {
                rows[index].blocks.push(figure);
                continue;
            }
            indices.push(rows.len());
            let candidate = candidates.iter().find(|candidate| {
                candidate.record == input.record && candidate.measure == input.measure
            });
            rows.push(MissingMeasure {
                record: input.record,
                product,
                measure: input.measure,
                knowledge: input.knowledge,
                blocks: vec![figure],
                lead_time: Swing::default(),
                throughput: Swing::default(),
                constraint: None,
                threshold: candidate.and_then(|candidate| candidate.threshold),
            });
        }
    }
    let values = stream.likely();
    for (index, quantity) in stream.quantities.iter().enumerate() {
        if let (Some((low, high)), Some(record)) = (quantity.bounds(), quantity.record) {
            let at = |value: f64| {
                let mut values = values.clone();
                values[index] = Some(value);
                let same = !stream.moves_shares(quantity);
                Evaluation::of(
                    stream,
                    &values,
                    same.then(|| results.ranges.traffic()),
                    Depth::Main,
                )
            };
            let (low, high) = (at(low), at(high));
            let swing = |of: &dyn Fn(&Evaluation) -> Option<f64>| Swing {
                low: of(&low),
                likely: of(likely),
                high: of(&high),
            };
            let (one, other) = (limiting(stream, &low), limiting(stream, &high));
            rows.push(MissingMeasure {
                record,
                product: quantity
                    .product
                    .map(|product| stream.product_name(product).to_owned()),
                measure: quantity.measure,
                knowledge: quantity.knowledge,
                blocks: Vec::new(),
                lead_time: swing(&lead_time),
                throughput: swing(&throughput),
                constraint: (one != other).then_some((one, other)),
                threshold: None,
            });
        }
    }
    // The heaviest first; what weighs the same stays in the order of the records.
    rows.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    rows
}

/// The lead time, if all of it is known.
fn lead_time(evaluation: &Evaluation) -> Option<f64> {
    let path = evaluation.path.as_ref()?;
    evaluation
        .figure(FigureKind::LeadTime)
        .filter(|_| evaluation.knows(path))
}

/// What can come out, whatever was counted.
fn throughput(evaluation: &Evaluation) -> Option<f64> {
    let capacity = evaluation.figure(FigureKind::Capacity)?;
    Some(
        evaluation
            .demand
            .map_or(capacity, |demand| demand.min(capacity)),
    )
}

fn limiting(stream: &Stream, evaluation: &Evaluation) -> Vec<Id> {
    let limit = evaluation.limit.as_ref();
    let constraints = limit.map_or(&[][..], |limit| &limit.constraints);
    let loads = constraints.iter().map(|index| &evaluation.loads[*index]);
    loads.flat_map(|load| ids(stream, load)).collect()
}

/// How much a row matters: what blocks a main result above all, a change of constraint above any
/// swing.
fn weight(row: &MissingMeasure) -> f64 {
    let main = row.blocks.iter().filter(|figure| {
        matches!(
            figure,
            FigureKind::LeadTime | FigureKind::Throughput | FigureKind::Capacity
        )
    });
    let blocked = 1.0e9 * main.count() as f64;
    let moves = if row.constraint.is_some() { 1.0e6 } else { 0.0 };
    let swing = row.lead_time.size().max(row.throughput.size()).min(1.0e5);
    blocked + moves + swing + 1.0e-3 * row.blocks.len() as f64
}
