//! Two futures of a line under the same chance: differences replication by replication.

use super::digest::quantile_of;
use super::intervals::Interval;
use super::results::SHARES;
use super::study::Study;

/// Differences of two studies, the second less the first. An interval that holds 0 is within noise.
#[derive(Clone, Debug, PartialEq)]
pub struct Differences {
    /// Mean lead time; none if in some replication nothing left.
    pub lead: Option<Interval>,
    /// The lead times that 50, 85 and 95 of 100 items are within.
    pub percentiles: Option<[Interval; 3]>,
    /// Items that leave, per unit of time.
    pub throughput: Interval,
    /// Items in the line and outside.
    pub inside: Interval,
    /// By replication: the differences of mean lead time, throughput and items.
    pub each: Vec<[f64; 3]>,
}

/// Why two studies cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// Other seeds or lengths.
    #[error("only studies with one seed and one length can be compared")]
    OtherSettings,
    /// Fewer than two replications are over in both.
    #[error("at least two replications of each have to be over")]
    TooFew,
}

/// Compares two studies with the same seed and length: replication k of one with replication k of
/// the other, in which each item needs the same work at each step that both have (common random
/// numbers; t interval of the paired differences: Law, *Simulation Modeling and Analysis*, ch. 10).
/// Of both the longer warm-up is left out.
///
/// # Errors
/// Other seeds or lengths, or too few replications.
pub fn compare(one: &Study, other: &Study) -> Result<Differences, CompareError> {
    let (first, second) = (one.settings(), other.settings());
    if first.seed != second.seed || first.length.to_bits() != second.length.to_bits() {
        return Err(CompareError::OtherSettings);
    }
    let cuts = (one.results(), other.results());
    let (Some(results), Some(others)) = cuts else {
        return Err(CompareError::TooFew);
    };
    let cut = results.left_out.max(others.left_out);
    let pairs = one.replications().iter().zip(other.replications());
    let mut each = Vec::new();
    let mut percentiles: [Vec<f64>; 3] = Default::default();
    for (one, other) in pairs {
        let (before, after) = (one.since(cut), other.since(cut));
        let lead = |span: &super::tally::Totals| span.lead / span.left as f64;
        let items = |span: &super::tally::Totals| (span.inside + span.outside) / span.time;
        each.push([
            lead(&after) - lead(&before),
            after.left as f64 / after.time - before.left as f64 / before.time,
            items(&after) - items(&before),
        ]);
        let leads = (one.history.leads_from(cut), other.history.leads_from(cut));
        for (share, numbers) in SHARES.into_iter().zip(&mut percentiles) {
            let quantiles = (quantile_of(&leads.0, share), quantile_of(&leads.1, share));
            if let (Some(before), Some(after)) = quantiles {
                numbers.push(after - before);
            }
        }
    }
    if each.len() < 2 {
        return Err(CompareError::TooFew);
    }
    let column = |index: usize| -> Vec<f64> { each.iter().map(|row| row[index]).collect() };
    let of = |numbers: &[f64]| Interval::of(numbers, first.level);
    let all_known = percentiles
        .iter()
        .all(|numbers| numbers.len() == each.len());
    let leads = column(0);
    let (Some(throughput), Some(inside)) = (of(&column(1)), of(&column(2))) else {
        return Err(CompareError::TooFew);
    };
    Ok(Differences {
        lead: leads
            .iter()
            .all(|lead| lead.is_finite())
            .then(|| of(&leads))
            .flatten(),
        percentiles: match percentiles.map(|numbers| of(&numbers)) {
            [Some(half), Some(most), Some(nearly)] if all_known => Some([half, most, nearly]),
            _ => None,
        },
        throughput,
        inside,
        each,
    })
}
