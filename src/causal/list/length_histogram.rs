//! How many paths of each length and kind a bundle stands for.

use super::filter::LoopFilter;
use crate::causal::graph::GraphLink;
use crate::causal::path_bundle::{BundleId, Form, PathBundles};

/// The length and the kind of a path in one number: five bits of kind below the length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u64);

impl Key {
    /// No links, and of no kind.
    pub(super) const NONE: Self = Self(0);
    /// One link.
    pub(super) const STEP: Self = Self(Self::KINDS);
    /// With a link of unknown polarity.
    pub(super) const UNKNOWN: Self = Self(1);
    /// With an odd number of negative links and none unknown.
    pub(super) const NEGATIVE: Self = Self(2);
    /// With a delayed link.
    pub(super) const DELAYED: Self = Self(4);
    /// With a link or variable that a filter is about.
    pub(super) const PASSING: Self = Self(8);
    /// With one of the variables that a filter is about.
    pub(super) const ANY: Self = Self(16);

    const KINDS: u64 = 32;
    const KIND: u64 = Self::KINDS - 1;

    /// The key with the kinds of another, of which it has none.
    pub(super) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The key with this many links.
    pub(super) const fn of_length(self, length: u32) -> Self {
        Self(self.kind().0 + length as u64 * Self::KINDS)
    }

    /// How many links.
    pub(super) const fn length(self) -> u32 {
        // Cannot truncate: a path has at most as many links as there are variables.
        (self.0 / Self::KINDS) as u32
    }

    /// The kind alone.
    pub(super) const fn kind(self) -> Self {
        Self(self.0 & Self::KIND)
    }

    /// The key of a path followed by another.
    pub(super) const fn then(self, next: Self) -> Self {
        let lengths = (self.0 & !Self::KIND) + (next.0 & !Self::KIND);
        let mut kind = ((self.0 | next.0) & Self::KIND & !Self::NEGATIVE.0)
            | ((self.0 ^ next.0) & Self::NEGATIVE.0);
        if kind & Self::UNKNOWN.0 != 0 {
            kind &= !Self::NEGATIVE.0;
        }
        Self(lengths | kind)
    }
}

/// How many paths have a key; `u64::MAX` for that many or more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bin {
    pub(super) key: Key,
    pub(super) count: u64,
}

/// The one path of no links.
pub(super) const ONE: Bin = Bin {
    key: Key::NONE,
    count: 1,
};

/// The bins of every bundle that was asked for: each key once, in rising order.
#[derive(Clone, Debug)]
pub(super) struct LengthHistograms {
    filter: LoopFilter,
    /// Where the bins of a bundle begin and end; nowhere before they are asked for.
    ranges: Vec<(u32, u32)>,
    bins: Vec<Bin>,
    to_make: Vec<BundleId>,
    product: Product,
}

/// The workshop of products.
#[derive(Clone, Debug, Default)]
pub(super) struct Product {
    counts: Vec<u64>,
}

impl Product {
    /// Appends the lines of the paths of `one` followed by those of `other`.
    pub(super) fn append(&mut self, to: &mut Vec<Bin>, one: &[Bin], other: &[Bin], step: Step) {
        if let ([one], [other]) = (one, other) {
            to.push(Bin {
                key: one.key.then(other.key),
                count: one.count.saturating_mul(other.count),
            });
            return;
        }
        let (Some((one_first, one_last)), Some((first, last))) = (ends(one), ends(other)) else {
            return;
        };
        // Lines are in order of length, so the first keys are the shortest.
        let base = (one_first.0 & !Key::KIND) + (first.0 & !Key::KIND);
        let top = ((one_last.0 & !Key::KIND) + (last.0 & !Key::KIND)) | Key::KIND;
        self.counts.clear();
        self.counts.resize((top - base) as usize + 1, 0);
        for a in one {
            for b in other {
                let position = (a.key.then(b.key).0 - base) as usize;
                let paths = a.count.saturating_mul(b.count);
                self.counts[position] = self.counts[position].saturating_add(paths);
            }
        }
        let every = match step {
            Step::Length => Key::KINDS as usize,
            Step::Kind => 1,
        };
        for (position, &count) in self.counts.iter().enumerate().step_by(every) {
            if count != 0 {
                to.push(Bin {
                    key: Key(base + position as u64),
                    count,
                });
            }
        }
    }
}

/// How far apart keys can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// They differ in length only.
    Length,
    /// They differ in length or kind.
    Kind,
}

fn ends(bins: &[Bin]) -> Option<(Key, Key)> {
    Some((bins.first()?.key, bins.last()?.key))
}

impl LengthHistograms {
    /// The histograms for a filter, none of them made yet.
    pub(super) fn new(filter: LoopFilter) -> Self {
        Self {
            filter,
            ranges: Vec::new(),
            bins: Vec::new(),
            to_make: Vec::new(),
            product: Product::default(),
        }
    }

    /// How the keys of its lines may differ.
    pub(super) fn step(&self) -> Step {
        if self.filter.is_any() {
            Step::Length
        } else {
            Step::Kind
        }
    }

    /// The bins of a bundle; none if they were not made.
    pub(super) fn get(&self, bundle: BundleId) -> &[Bin] {
        let range = self.ranges.get(bundle as usize).copied();
        let (start, end) = range.unwrap_or_default();
        &self.bins[start as usize..end as usize]
    }

    /// Makes the bins of a bundle, and of all it is made of; returns how many bins that took.
    #[inline]
    pub(super) fn make(
        &mut self,
        bundle: BundleId,
        bundles: &PathBundles,
        links: &[GraphLink],
    ) -> u64 {
        match self.ranges.get(bundle as usize) {
            Some((start, end)) if start < end => 0,
            _ => self.make_all(bundle, bundles, links),
        }
    }

    fn make_all(&mut self, bundle: BundleId, bundles: &PathBundles, links: &[GraphLink]) -> u64 {
        self.ranges.resize(bundles.len(), (0, 0));
        let before = self.bins.len();
        self.to_make.push(bundle);
        while let Some(&bundle) = self.to_make.last() {
            if self.is_made(bundle) {
                self.to_make.pop();
                continue;
            }
            let start = self.bins.len() as u32;
            match bundles.get(bundle).form {
                Form::Link(index) => self.bins.push(Bin {
                    key: self.filter.key(index, &links[index as usize]),
                    count: 1,
                }),
                Form::Series(one, other) | Form::Choice(one, other)
                    if !self.is_made(one) || !self.is_made(other) =>
                {
                    self.to_make.extend([one, other]);
                    continue;
                }
                Form::Series(one, other) => {
                    let mut bins = Vec::new();
                    let step = self.step();
                    let (a, b) = (self.ranges[one as usize], self.ranges[other as usize]);
                    let of = |(start, end): (u32, u32)| &self.bins[start as usize..end as usize];
                    self.product.append(&mut bins, of(a), of(b), step);
                    self.bins.append(&mut bins);
                }
                Form::Choice(one, other) => {
                    let mut bins = [self.get(one), self.get(other)].concat();
                    bins.sort_unstable_by_key(|line| line.key);
                    bins.dedup_by(|next, kept| {
                        let is_same = next.key == kept.key;
                        if is_same {
                            kept.count = kept.count.saturating_add(next.count);
                        }
                        is_same
                    });
                    self.bins.append(&mut bins);
                }
            }
            self.ranges[bundle as usize] = (start, self.bins.len() as u32);
            self.to_make.pop();
        }
        (self.bins.len() - before) as u64
    }

    fn is_made(&self, bundle: BundleId) -> bool {
        let (start, end) = self.ranges[bundle as usize];
        start < end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::causal::found::LoopPolarity;
    use crate::model::{Delay, Polarity};

    fn link(polarity: Polarity) -> GraphLink {
        GraphLink {
            from: 0,
            to: 1,
            polarity,
            delay: Delay::None,
        }
    }

    #[test]
    fn keys_join_lengths_and_kinds() {
        let minus = Key::STEP.with(Key::NEGATIVE);
        assert_eq!(minus.then(minus), Key::NONE.of_length(2));
        let unknown = Key::STEP.with(Key::UNKNOWN).with(Key::DELAYED);
        let all = minus.then(unknown).then(minus);
        assert_eq!((all.length(), all.kind()), (3, unknown.kind()));
    }

    #[test]
    fn a_bundle_has_a_bin_for_each_length_and_kind_that_is_asked_about() {
        let links = [Polarity::Positive, Polarity::Negative, Polarity::Negative].map(link);
        let mut bundles = PathBundles::of_links(&links);
        let either = bundles.choice(0, 1);
        let long = bundles.series(either, 2);
        let all = bundles.choice(long, either);
        let bins = |filter: LoopFilter| {
            let mut histograms = LengthHistograms::new(filter);
            histograms.make(all, &bundles, &links);
            let bins = histograms.get(all).iter();
            bins.map(|line| (line.key.length(), line.key.kind(), line.count))
                .collect::<Vec<_>>()
        };
        let (plus, minus) = (Key::NONE, Key::NEGATIVE);
        assert_eq!(bins(LoopFilter::default()), [(1, plus, 2), (2, plus, 2)]);
        let signed = LoopFilter {
            polarity: Some(LoopPolarity::Balancing),
            ..LoopFilter::default()
        };
        assert_eq!(
            bins(signed),
            [(1, plus, 1), (1, minus, 1), (2, plus, 1), (2, minus, 1)]
        );
    }
}
