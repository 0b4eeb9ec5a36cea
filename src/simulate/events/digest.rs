//! Quantiles of many spans in bounded memory.

/// Spans as they came, up to a number; beyond it, of two neighbours in order one stands for both.
///
/// Exact while there are at most 4,096. Then all are put in order, every second one is kept, and
/// each kept one counts twice; so on at each doubling (Munro & Paterson 1980, *Theor. Comput. Sci.*
/// 12; Manku, Rajagopalan & Lindsay 1998). Which of two is kept takes turns, so that errors cancel.
/// A rank is off by at most log2(n / 4,096) / 4,096 of all, and it is the same in every run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Digest {
    /// Single spans, not yet in order.
    fresh: Vec<f64>,
    /// By level: spans in order, each of which stands for 2^(level + 1).
    levels: Vec<Vec<f64>>,
    count: u64,
    keeps_second: bool,
}

/// How many spans are kept of each weight.
pub const MOST_EXACT: usize = 4_096;

impl Digest {
    /// None.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            fresh: Vec::new(),
            levels: Vec::new(),
            count: 0,
            keeps_second: false,
        }
    }

    /// How many spans it has seen.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Whether every span is kept as it was.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.levels.is_empty()
    }

    /// Adds a span.
    #[inline]
    pub fn push(&mut self, span: f64) {
        self.fresh.push(span);
        self.count += 1;
        if self.fresh.len() > MOST_EXACT {
            self.compact();
        }
    }

    /// Halves the single spans, and each level that is full.
    fn compact(&mut self) {
        // One is left over if their number is odd: no weight is lost.
        let rest = (self.fresh.len() % 2 == 1)
            .then(|| self.fresh.pop())
            .flatten();
        let mut carried = std::mem::take(&mut self.fresh);
        self.fresh.extend(rest);
        carried.sort_unstable_by(f64::total_cmp);
        let mut level = 0;
        loop {
            let skip = usize::from(self.keeps_second);
            self.keeps_second = !self.keeps_second;
            let half = carried.iter().skip(skip).step_by(2).copied();
            let half: Vec<f64> = half.collect();
            if self.levels.len() <= level {
                self.levels.push(half);
                return;
            }
            let here = std::mem::take(&mut self.levels[level]);
            if here.is_empty() {
                self.levels[level] = half;
                return;
            }
            carried = merge(&here, &half);
            if carried.len() <= MOST_EXACT / 2 || carried.len() % 2 == 1 {
                self.levels[level] = carried;
                return;
            }
            level += 1;
        }
    }

    /// The spans with what each counts, in order.
    #[must_use]
    pub fn weighted(&self) -> Vec<(f64, u64)> {
        Self::weighted_of(std::slice::from_ref(self))
    }

    /// The spans of several digests together, with what each counts, in order.
    #[must_use]
    pub fn weighted_of(digests: &[Self]) -> Vec<(f64, u64)> {
        let mut all: Vec<(f64, u64)> = Vec::new();
        for digest in digests {
            all.extend(digest.fresh.iter().map(|span| (*span, 1)));
            for (level, spans) in digest.levels.iter().enumerate() {
                all.extend(spans.iter().map(|span| (*span, 2_u64 << level)));
            }
        }
        all.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        all
    }
}

/// Bars of equal width over weighted spans in order, from the least to the greatest: how many are in
/// each. None of nothing.
#[must_use]
pub fn histogram_of(weighted: &[(f64, u64)], bars: usize) -> Option<(f64, f64, Vec<u64>)> {
    let (low, high) = (weighted.first()?.0, weighted.last()?.0);
    let bars = bars.max(1);
    let width = (high - low) / bars as f64;
    let mut counts = vec![0; bars];
    for (span, weight) in weighted {
        let bar = if width > 0.0 {
            ((span - low) / width) as usize
        } else {
            0
        };
        counts[bar.min(bars - 1)] += weight;
    }
    Some((low, width, counts))
}

fn merge(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut all: Vec<f64> = one.iter().chain(other).copied().collect();
    // The stable sort finds that these are two rows in order, and joins them.
    all.sort_by(f64::total_cmp);
    all
}

/// The quantile of weighted spans in order: the least span that this share of all is no more than
/// (type 1 of Hyndman & Fan 1996); none of nothing.
#[must_use]
pub fn quantile_of(weighted: &[(f64, u64)], share: f64) -> Option<f64> {
    let total: u64 = weighted.iter().map(|(_, weight)| weight).sum();
    let aim = (share * total as f64).ceil().max(1.0);
    let mut below = 0;
    for (span, weight) in weighted {
        below += weight;
        if below as f64 >= aim {
            return Some(*span);
        }
    }
    weighted.last().map(|(span, _)| *span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_hold_all_spans() {
        let spans = [(1.0, 2), (1.5, 1), (2.0, 4), (5.0, 1)];
        assert_eq!(histogram_of(&spans, 4), Some((1.0, 1.0, vec![3, 4, 0, 1])));
        assert_eq!(
            histogram_of(&[(3.0, 7)], 3),
            Some((3.0, 0.0, vec![7, 0, 0]))
        );
        assert_eq!(histogram_of(&[], 3), None);
    }

    #[test]
    fn few_are_kept_as_they_are_and_many_are_off_by_no_more_than_is_said() {
        let mut digest = Digest::new();
        let mut state = 9_u64;
        let mut all = Vec::new();
        for number in 1..=300_000_usize {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(7);
            let span = -(((state >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0).ln();
            digest.push(span);
            all.push(span);
            if [1, 5, 4_096, 4_097, 20_000, 300_000].contains(&number) {
                let mut sorted = all.clone();
                sorted.sort_by(f64::total_cmp);
                let weighted = digest.weighted();
                let total: u64 = weighted.iter().map(|(_, weight)| weight).sum();
                assert_eq!(total, number as u64);
                for share in [0.01, 0.1, 0.5, 0.85, 0.95, 0.99] {
                    let found = quantile_of(&weighted, share).unwrap();
                    let rank = sorted.partition_point(|span| *span < found) as f64;
                    let off = (rank / number as f64 - share).abs();
                    let levels = (number as f64 / MOST_EXACT as f64).log2().max(0.0);
                    let bound = levels.ceil() / MOST_EXACT as f64 + 1.0 / number as f64;
                    assert!(off <= bound, "{number} {share} {off} {bound}");
                }
                assert_eq!(digest.is_exact(), number <= MOST_EXACT);
            }
        }
        let kept = digest.weighted().len();
        assert!(kept < 12 * MOST_EXACT, "{kept}");
    }
}
