//! What estimates do to results: the corners of what is possible.

use std::rc::Rc;

use crate::model::MeasureKind;

use super::derive::Stream;
use super::effect::{Effect, effect};
use super::evaluate::Evaluation;
use super::figure::{Extremes, FigureKind};
use super::network::ArcKind;
use super::stated::Knowledge;

/// A stream evaluated at the likely numbers, and at corners of its estimates.
#[derive(Clone, Debug)]
pub(super) struct Ranges {
    pub(super) likely: Evaluation,
    tried: Vec<Evaluation>,
    extremes: [Extremes; FigureKind::ALL.len()],
}

impl Ranges {
    /// Evaluates a stream: once if nothing is estimated; else also at two corners for each set of
    /// results that the estimates move the same way, and where the way is not clear beforehand,
    /// with one estimate at a time at its bounds.
    ///
    /// Results that rise or fall steadily with each estimate have their extremes at the corners.
    pub(super) fn of(stream: &Stream) -> Self {
        let values = stream.likely();
        let likely = Evaluation::of(stream, &values, None);
        let mut ranges = Self {
            likely,
            tried: Vec::new(),
            extremes: [Extremes::Exact; FigureKind::ALL.len()],
        };
        let estimates = stream.quantities.iter().enumerate();
        let estimates: Vec<usize> = estimates
            .filter(|(_, quantity)| {
                quantity.knowledge == Knowledge::Estimated
                    && quantity.low < quantity.high
                    && quantity.record.is_some()
            })
            .map(|(place, _)| place)
            .collect();
        if !estimates.is_empty() {
            ranges.explore(stream, &values, &estimates);
        }
        ranges
    }

    fn explore(&mut self, stream: &Stream, values: &[Option<f64>], estimates: &[usize]) {
        let effects: Vec<Vec<Effect>> = FigureKind::ALL
            .iter()
            .map(|figure| effects(stream, *figure, estimates))
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
        for (column, place) in estimates.iter().copied().enumerate() {
            let unclear = effects.iter().any(|row| row[column] == Effect::Unclear);
            if !unclear {
                continue;
            }
            let quantity = &stream.quantities[place];
            let low = self.with(stream, values, &[(place, quantity.low)]);
            let high = self.with(stream, values, &[(place, quantity.high)]);
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
                    .map(|(place, rises)| {
                        let quantity = &stream.quantities[*place];
                        let high = high_side(*rises);
                        (*place, if high { quantity.high } else { quantity.low })
                    })
                    .collect()
            };
            let least = self.with(stream, values, &corner(&|rises| !rises));
            let most = self.with(stream, values, &corner(&|rises| rises));
            self.tried.extend([least, most]);
        }
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
        for (place, value) in changes {
            values[*place] = Some(*value);
            same_shares &= stream.quantities[*place].measure != MeasureKind::Share;
        }
        let known = same_shares.then_some(&self.likely.traffic);
        Evaluation::of(stream, &values, known)
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
        let (mut low, mut high) = (likely, likely);
        for value in self.tried.iter().filter_map(of) {
            (low, high) = (low.min(value), high.max(value));
        }
        (low < high).then(|| (low, high, self.extremes[kind as usize]))
    }

    /// The traffic at the likely numbers, for evaluations with the same shares.
    pub(super) const fn traffic(&self) -> &Result<Rc<super::Traffic>, super::TrafficError> {
        &self.likely.traffic
    }
}

/// The effect of each estimate on a result.
fn effects(stream: &Stream, figure: FigureKind, estimates: &[usize]) -> Vec<Effect> {
    let arc_of = |place: usize| -> Option<ArcKind> {
        let record = stream.quantities[place].record?;
        let flow = stream.flows.binary_search(&record).ok()?;
        Some(stream.shape.arcs[flow].kind)
    };
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
    let of = |place: &usize| {
        let measure = stream.quantities[*place].measure;
        let found = effect(figure, measure, arc_of(*place));
        match (found, measure) {
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
