//! Bundles of paths that loops are made of: a link, two bundles in series, or a choice between two
//! bundles.

use super::graph::GraphLink;
use super::tally::Tally;

/// The number of a bundle in its [`PathBundles`].
pub(super) type BundleId = u32;

/// What a bundle is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One link, by index.
    Link(u32),
    /// The first bundle, then the second.
    Series(BundleId, BundleId),
    /// Either bundle; the first holds a path at least as short as any of the second.
    Choice(BundleId, BundleId),
}

/// One or more paths from one variable to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathBundle {
    pub(super) form: Form,
    /// How many paths.
    pub(super) tally: Tally,
    /// The links of the shortest path.
    pub(super) length: u32,
}

/// All bundles of a search. A bundle refers to others by number, so a path that belongs to many
/// bundles is held once.
#[derive(Clone, Debug, Default)]
pub(super) struct PathBundles {
    all: Vec<PathBundle>,
}

impl PathBundles {
    /// One bundle for each link, under the number of the link.
    pub(super) fn of_links(links: &[GraphLink]) -> Self {
        let bundle = |(index, link)| PathBundle {
            form: Form::Link(index),
            tally: Tally::of(link),
            length: 1,
        };
        Self {
            all: (0..).zip(links).map(bundle).collect(),
        }
    }

    /// How many bundles there are; they are numbered from zero, each after what it is made of.
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// The memory they fill, in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.all.len() * size_of::<PathBundle>()
    }

    /// The bundle of this number.
    pub(super) fn get(&self, id: BundleId) -> &PathBundle {
        &self.all[id as usize]
    }

    /// The paths that follow `first`, then `second`.
    pub(super) fn series(&mut self, first: BundleId, second: BundleId) -> BundleId {
        let (a, b) = (self.get(first), self.get(second));
        let (tally, length) = (a.tally.then(b.tally), a.length + b.length);
        self.push(PathBundle {
            form: Form::Series(first, second),
            tally,
            length,
        })
    }

    /// The paths that follow `one` or `other`.
    pub(super) fn choice(&mut self, one: BundleId, other: BundleId) -> BundleId {
        let (a, b) = (self.get(one), self.get(other));
        let (tally, length) = (a.tally.or(b.tally), a.length.min(b.length));
        let form = if a.length <= b.length {
            Form::Choice(one, other)
        } else {
            Form::Choice(other, one)
        };
        self.push(PathBundle {
            form,
            tally,
            length,
        })
    }

    fn push(&mut self, bundle: PathBundle) -> BundleId {
        let id = self.all.len() as BundleId;
        self.all.push(bundle);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Delay;
    use crate::model::Polarity;

    #[test]
    fn a_choice_puts_the_shorter_bundle_first() {
        let link = GraphLink {
            from: 0,
            to: 1,
            polarity: Polarity::Negative,
            delay: Delay::None,
        };
        let mut bundles = PathBundles::of_links(&[link; 3]);
        let long = bundles.series(0, 1);
        let either = bundles.choice(long, 2);
        let bundle = bundles.get(either);
        assert_eq!((bundle.form, bundle.length), (Form::Choice(2, long), 1));
        let counts = bundle.tally.counts();
        assert_eq!((counts.reinforcing, counts.balancing), (1, 1));
    }
}
