//! The loops of a ring by number: the loop of a rank written out without those before it.

use super::length_histogram::{Bin, Key, LengthHistograms, ONE, Product};
use crate::causal::path_bundle::{BundleId, Form, PathBundles};

/// The links of the loop of this rank, among those of the ring whose key is `key`. The bundles of
/// the ring come in order of travel; their histograms must have been made.
pub(super) fn write_loop(
    ring: &[BundleId],
    key: Key,
    rank: u64,
    bundles: &PathBundles,
    histograms: &LengthHistograms,
) -> Vec<u32> {
    let mut route = Vec::with_capacity(key.length() as usize);
    let mut product = Product::default();
    // What can follow after each bundle, from the last to the first.
    let mut after: Vec<Vec<Bin>> = vec![vec![ONE]];
    for &bundle in ring.iter().skip(1).rev() {
        let mut bins = Vec::new();
        let rest = &after[after.len() - 1];
        product.append(&mut bins, histograms.get(bundle), rest, histograms.step());
        after.push(bins);
    }
    let (mut key, mut rank) = (key, rank);
    for (&bundle, rest) in ring.iter().zip(after.iter().rev()) {
        let Some((own, others)) = divide(histograms.get(bundle), rest, key, rank) else {
            break;
        };
        write_bundle(bundle, own, bundles, histograms, &mut route);
        (key, rank) = others;
    }
    route
}

/// A path, by its key and its rank among those that have it.
type Numbered = (Key, u64);

/// Which path of `one` and which of `other` make the path of this rank among those of both.
fn divide(one: &[Bin], other: &[Bin], key: Key, mut rank: u64) -> Option<(Numbered, Numbered)> {
    for a in one {
        for b in other.iter().filter(|b| a.key.then(b.key) == key) {
            let paths = a.count.saturating_mul(b.count);
            if rank < paths {
                return Some(((a.key, rank / b.count), (b.key, rank % b.count)));
            }
            rank -= paths;
        }
    }
    None
}

fn write_bundle(
    bundle: BundleId,
    path: Numbered,
    bundles: &PathBundles,
    histograms: &LengthHistograms,
    route: &mut Vec<u32>,
) {
    let mut due = vec![(bundle, path)];
    while let Some((bundle, (key, rank))) = due.pop() {
        match bundles.get(bundle).form {
            Form::Link(link) => route.push(link),
            Form::Series(first, second) => {
                let (one, other) = (histograms.get(first), histograms.get(second));
                if let Some((one, other)) = divide(one, other, key, rank) {
                    due.extend([(second, other), (first, one)]);
                }
            }
            Form::Choice(first, second) => {
                let of_first = histograms.get(first).iter().find(|line| line.key == key);
                let count = of_first.map_or(0, |line| line.count);
                due.push(if rank < count {
                    (first, (key, rank))
                } else {
                    (second, (key, rank - count))
                });
            }
        }
    }
}
