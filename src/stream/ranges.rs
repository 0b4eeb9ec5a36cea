//! What estimates do to results: the corners of what is possible.

use std::rc::Rc;

use crate::model::MeasureKind;

use super::derive::Stream;
use super::effect::{Effect, effect};
use super::evaluate::{Depth, Evaluation};
use super::figure::{Extremes, FigureKind};
use super::network::ArcKind;
use super::stated::Knowledge;

/// A stream evaluated at the likely numbers, and at corners of its estimates.
#[derive(Clone, Debug)]
pub(super) struct Ranges {
    pub(super) likely: Evaluation,
    tried: Vec<Evaluation>,
    /// The extremes of the critical WIP, where they are known for certain.
    critical: Option<(f64, f64)>,
    extremes: [Extremes; FigureKind::ALL.len()],
}

impl Ranges {
    /// Evaluates a stream: once if nothing is estimated; else also at two corners for each set of
    /// results that the estimates move the same way. Where the way is not clear beforehand, all
    /// corners are tried if there are few, else one estimate at a time at its bounds.
    ///
    /// Results that rise or fall steadily with each estimate have their extremes at the corners;
    /// those of the critical WIP are calculated ([`critical_wip`]).
    pub(super) fn of(stream: &Stream) -> Self {
        let values = stream.likely();
        let likely = Evaluation::of(stream, &values, None, Depth::All);
        let mut ranges = Self {
            likely,
            tried: Vec::new(),
            critical: None,
            extremes: [Extremes::Exact; FigureKind::ALL.len()],
        };
        let estimates = stream.quantities.iter().enumerate();
        let estimates: Vec<usize> = estimates
            .filter(|(_, quantity)| {
                quantity.knowledge == Knowledge::Estimated && quantity.low < quantity.high
            })
            .map(|(index, _)| index)
            .collect();
        if !estimates.is_empty() {
            ranges.explore(stream, &values, &estimates);
        }
        ranges
    }

    fn explore(&mut self, stream: &Stream, values: &[Option<f64>], estimates: &[usize]) {
        let grows = self.may_grow(stream, values, estimates);
        let effects: Vec<Vec<Effect>> = FigureKind::ALL
            .iter()
            .map(|figure| effects(stream, *figure, estimates, grows))
            .collect();
        // Which results rise with an estimate, found by trying where it is not clear.
        let mut rises: Vec<Vec<bool>> = effects
            .iter()
            .map(|row| {
                let falls = |effect: &Effect| matches!(effect, Effect::Down | Effect::MostlyDown);
                row.iter().map(|effect| !falls(effect)).collect()
            })
            .collect();
        for (row, extremes) in effects.iter().zip(&mut self.extremes) {
            let sure = |effect: &Effect| matches!(effect, Effect::None | Effect::Up | Effect::Down);
            if !row.iter().all(sure) {
                *extremes = Extremes::Explored;
            }
        }
        self.critical = critical_wip(stream, &self.likely);
        if self.critical.is_some() {
            self.extremes[FigureKind::CriticalWip as usize] = Extremes::Exact;
        }
        let corners = 1_usize
            .checked_shl(estimates.len() as u32)
            .unwrap_or(usize::MAX);
        let open = (0..FigureKind::ALL.len()).any(|row| self.extremes[row] == Extremes::Explored);
        if open && corners.saturating_mul(stream.stations.len()) <= MOST_TRIED {
            for corner in 0..corners {
                let side = |(number, index): (usize, &usize)| {
                    let quantity = &stream.quantities[*index];
                    let high = corner >> number & 1 == 1;
                    (*index, if high { quantity.high } else { quantity.low })
                };
                let changes: Vec<(usize, f64)> = estimates.iter().enumerate().map(side).collect();
                let tried = self.with(stream, values, &changes);
                self.tried.push(tried);
            }
        }
        for (column, index) in estimates.iter().copied().enumerate() {
            let unclear = effects.iter().any(|row| row[column] == Effect::Unclear);
            if !unclear {
                continue;
            }
            let quantity = &stream.quantities[index];
            let low = self.with(stream, values, &[(index, quantity.low)]);
            let high = self.with(stream, values, &[(index, quantity.high)]);
            for (row, figure) in FigureKind::ALL.iter().enumerate() {
                if effects[row][column] == Effect::Unclear {
                    rises[row][column] = low.figure(*figure) <= high.figure(*figure);
                }
            }
            self.tried.extend([low, high]);
        }
        let mut seen: Vec<&Vec<bool>> = Vec::new();
        for (row, pattern) in rises.iter().enumerate() {
            let matters = effects[row].iter().any(|effect| *effect != Effect::None);
            if !matters || seen.contains(&pattern) {
                continue;
            }
            seen.push(pattern);
            let corner = |high_side: &dyn Fn(bool) -> bool| -> Vec<(usize, f64)> {
                let chosen = estimates.iter().zip(pattern);
                chosen
                    .map(|(index, rises)| {
                        let quantity = &stream.quantities[*index];
                        let high = high_side(*rises);
                        (*index, if high { quantity.high } else { quantity.low })
                    })
                    .collect()
            };
            let least = self.with(stream, values, &corner(&|rises| !rises));
            let most = self.with(stream, values, &corner(&|rises| rises));
            self.tried.extend([least, most]);
        }
    }

    /// Whether more may be asked for than can be done, with the estimates at their worst.
    fn may_grow(&self, stream: &Stream, values: &[Option<f64>], estimates: &[usize]) -> bool {
        if self.likely.demand.is_none() || stream.throughput().is_some() {
            return false;
        }
        let worst = |index: &usize| {
            let quantity = &stream.quantities[*index];
            let moves = effect(
                FigureKind::Utilisation,
                quantity.measure,
                arc_of(stream, *index),
            );
            let value = match moves {
                Effect::Down => quantity.low,
                _ => quantity.high,
            };
            (*index, value)
        };
        let mut changed = values.to_vec();
        for (index, value) in estimates.iter().map(worst) {
            changed[index] = Some(value);
        }
        // Shares may make it worse at either end.
        estimates
            .iter()
            .any(|index| stream.moves_shares(&stream.quantities[*index]))
            || !Evaluation::of(stream, &changed, Some(&self.likely.traffic), Depth::Main)
                .rates
                .is_steady()
    }

    /// The stream with some quantities changed.
    fn with(
        &self,
        stream: &Stream,
        values: &[Option<f64>],
        changes: &[(usize, f64)],
    ) -> Evaluation {
        let mut values = values.to_vec();
        let mut same_shares = true;
        for (index, value) in changes {
            values[*index] = Some(*value);
            same_shares &= !stream.moves_shares(&stream.quantities[*index]);
        }
        let known = same_shares.then_some(&self.likely.traffic);
        Evaluation::of(stream, &values, known, Depth::All)
    }

    /// The extremes of a result, of a station if one is given, and whether they are exact; none
    /// if nothing moves it.
    pub(super) fn bounds(
        &self,
        stream: &Stream,
        kind: FigureKind,
        station: Option<usize>,
    ) -> Option<(f64, f64, Extremes)> {
        let of = |evaluation: &Evaluation| match station {
            Some(station) => evaluation.station_figure(stream, kind, station),
            None => evaluation.figure(kind),
        };
        let likely = of(&self.likely)?;
        if let (FigureKind::CriticalWip, Some((low, high))) = (kind, self.critical) {
            return (low < high).then_some((low, high, Extremes::Exact));
        }
        let (mut low, mut high) = (likely, likely);
        for value in self.tried.iter().filter_map(of) {
            (low, high) = (low.min(value), high.max(value));
        }
        (low < high).then(|| (low, high, self.extremes[kind as usize]))
    }

    /// Keeps only the likely numbers; afterwards nothing has bounds.
    pub(super) fn forget_corners(&mut self) {
        self.tried = Vec::new();
    }

    /// The traffic at the likely numbers, for evaluations with the same shares.
    pub(super) const fn traffic(&self) -> &Result<Rc<super::Traffic>, super::TrafficError> {
        &self.likely.traffic
    }
}

/// All corners of the estimates are tried where that is at most so many stations evaluated.
const MOST_TRIED: usize = 1_500;

/// The kind of flow that a quantity is of, if it is of one.
fn arc_of(stream: &Stream, index: usize) -> Option<ArcKind> {
    let record = stream.quantities[index].record?;
    let flow = stream.flows.binary_search(&record).ok()?;
    Some(stream.shape.arcs[flow].kind)
}

/// The effect of each estimate on a result. `grows` says whether more may be asked for than can be
/// done, so that times follow from what can be done.
fn effects(stream: &Stream, figure: FigureKind, estimates: &[usize], grows: bool) -> Vec<Effect> {
    let single_way = stream.shape.entries.len() == 1
        && stream
            .order
            .as_ref()
            .is_ok_and(|order| order.onwards.iter().all(|arcs| arcs.len() < 2));
    // Shares move times along the way only where Little's law counts visits.
    let counted = stream
        .quantities
        .iter()
        .any(|quantity| quantity.measure == MeasureKind::WorkInProgress);
    let along = matches!(
        figure,
        FigureKind::LeadTime | FigureKind::ProcessTime | FigureKind::StationWaiting
    );
    let ratio = matches!(
        figure,
        FigureKind::ActivityRatio | FigureKind::FlowEfficiency
    );
    let process = figure == FigureKind::ProcessTime;
    let of = |index: &usize| {
        let quantity = &stream.quantities[*index];
        let measure = quantity.measure;
        let found = effect(figure, measure, arc_of(stream, *index));
        let by_share = effect(figure, MeasureKind::Share, Some(ArcKind::Forward));
        if measure == MeasureKind::Demand
            && stream.moves_shares(quantity)
            && by_share != Effect::None
        {
            return Effect::Unclear;
        }
        if let Some(grown) = grows.then(|| grown(figure, measure, counted)).flatten() {
            return grown;
        }
        match (found, measure) {
            (Effect::None, _) if figure == FigureKind::Throughput => {
                // What comes out follows from the items in the stream and how long they take.
                match measure {
                    MeasureKind::WorkInProgress if quantity.record.is_none() => Effect::Up,
                    MeasureKind::WaitingTime | MeasureKind::WorkInProgress => Effect::Down,
                    _ => Effect::None,
                }
            }
            (Effect::Unclear, MeasureKind::Share) if !counted && (along || ratio) => Effect::None,
            // With one way only, process time makes up more of it, and waiting less.
            (Effect::MostlyUp | Effect::MostlyDown, _) if single_way && process => match measure {
                MeasureKind::ProcessTime => Effect::Up,
                _ => Effect::None,
            },
            (Effect::MostlyUp, _) if single_way && ratio => Effect::Up,
            (Effect::MostlyDown, _) if single_way && ratio => Effect::Down,
            _ => found,
        }
    };
    estimates.iter().map(of).collect()
}

/// The effect of what decides the capacity on times that follow from items over capacity.
/// Without items that are `counted` only what comes out follows from it, and how much is under way.
const fn grown(figure: FigureKind, measure: MeasureKind, counted: bool) -> Option<Effect> {
    use FigureKind as F;
    use MeasureKind as M;
    let more = matches!(
        measure,
        M::Servers | M::Batch | M::Uptime | M::ResourceShare | M::Pieces
    );
    let less = matches!(measure, M::Changeover);
    if !counted {
        let moves = more || less || matches!(measure, M::ProcessTime | M::Share);
        return match figure {
            F::WorkInProgress if moves => Some(Effect::Unclear),
            _ => None,
        };
    }
    match figure {
        F::LeadTime | F::ExpectedLeadTime | F::ArrivingLeadTime if more => Some(Effect::Down),
        F::LeadTime | F::ExpectedLeadTime | F::ArrivingLeadTime if less => Some(Effect::Up),
        F::StationWaiting if more => Some(Effect::Down),
        F::StationWaiting if less => Some(Effect::Up),
        F::StationWaiting if matches!(measure, M::ProcessTime) => Some(Effect::Unclear),
        F::WorkInProgress
        | F::InventoryTime
        | F::ProcessTime
        | F::ActivityRatio
        | F::FlowEfficiency
            if more || less || matches!(measure, M::ProcessTime | M::Share) =>
        {
            Some(Effect::Unclear)
        }
        F::InventoryTime if matches!(measure, M::Demand) => Some(Effect::Unclear),
        _ => None,
    }
}

/// The true extremes of the critical WIP rb x T0, where every estimate it depends on moves the load
/// or the servers of one resource alone, and items take one way at a time.
///
/// With loads L between l and h and servers C, rb = min C / L and T0 = sum of L. Divided by the
/// largest L / C, a sum is quasi-concave in the loads: so it is least at a corner, and the corners
/// that count have one load high, or none. It is largest with the largest l / C = d as the
/// bottleneck, and every other load as high as it can be without becoming one: sum of
/// min(h, C d) / d.
fn critical_wip(stream: &Stream, likely: &Evaluation) -> Option<(f64, f64)> {
    let traffic = likely.traffic.as_ref().ok()?;
    let estimated = |kinds: &[MeasureKind]| {
        stream.quantities.iter().any(|quantity| {
            quantity.knowledge == Knowledge::Estimated
                && kinds.contains(&quantity.measure)
                && quantity.low < quantity.high
        })
    };
    let one_way = traffic.forks.is_empty() && traffic.starts.len() == 1;
    let shared = stream.others.iter().any(Option::is_some);
    // As many items before as after, and one at a time, so that T0 is the sum of the loads.
    let network = &likely.network;
    let plain = network.nodes.iter().all(|node| node.pieces == 1.0)
        && network.arcs.iter().all(|arc| arc.items_in_one == 1.0);
    let moved = [
        MeasureKind::Share,
        MeasureKind::Pieces,
        MeasureKind::ItemsInOne,
    ];
    if !stream.products.is_empty() {
        return None;
    }
    if !plain || !one_way || shared || estimated(&moved) || !stream.partings.is_empty() {
        return None;
    }
    let corner = |towards: Effect| {
        let mut values = stream.likely();
        for (value, quantity) in values.iter_mut().zip(&stream.quantities) {
            let moves = effect(FigureKind::EffectiveTime, quantity.measure, None);
            let servers = effect(FigureKind::StationCapacity, quantity.measure, None);
            if quantity.knowledge != Knowledge::Estimated {
                continue;
            }
            // Servers go with the loads: many where loads are low, for the most of rb.
            match (moves, servers) {
                (Effect::Up | Effect::Down, _) => {
                    *value = Some(if moves == towards {
                        quantity.high
                    } else {
                        quantity.low
                    });
                }
                (_, Effect::Up) => {
                    *value = Some(if towards == Effect::Down {
                        quantity.high
                    } else {
                        quantity.low
                    });
                }
                _ => {}
            }
        }
        let evaluation = Evaluation::of(stream, &values, Some(&likely.traffic), Depth::Main);
        let loads = evaluation.loads.iter();
        let loads = loads.map(|load| Some((load.load?, load.servers? * load.share)));
        loads.collect::<Option<Vec<(f64, f64)>>>()
    };
    // Low loads with many servers, and high loads with few.
    let (low, high) = (corner(Effect::Down)?, corner(Effect::Up)?);
    let pairs: Vec<_> = low.into_iter().zip(high).collect();
    if pairs.is_empty() || pairs.iter().any(|((load, _), _)| *load <= 0.0) {
        return None;
    }
    let critical = |loads: &[f64]| {
        let few = pairs.iter().map(|(_, (_, few))| *few);
        let slowest = loads.iter().zip(few).map(|(load, few)| load / few);
        loads.iter().sum::<f64>() / slowest.fold(0.0, f64::max)
    };
    let lows: Vec<f64> = pairs.iter().map(|((low, _), _)| *low).collect();
    let mut least = critical(&lows);
    for (number, (_, (high, _))) in pairs.iter().enumerate() {
        let mut loads = lows.clone();
        loads[number] = *high;
        least = least.min(critical(&loads));
    }
    let slowest = pairs
        .iter()
        .map(|((low, many), _)| low / many)
        .fold(0.0, f64::max);
    let most = pairs
        .iter()
        .map(|((_, many), (high, _))| high.min(many * slowest));
    Some((least, most.sum::<f64>() / slowest))
}
