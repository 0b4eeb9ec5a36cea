//! Rings of bundles, each beginning held once.

use crate::causal::path_bundle::BundleId;

/// A node, and perhaps the ring that ends there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Node {
    /// Has a lower number; [`RingTree::ROOT`] for none.
    parent: u32,
    /// The bundle that leads here from the parent.
    bundle: BundleId,
    /// The bundle that leads from here back to the beginning; [`OPEN`] if none does, [`CLOSED`] if
    /// this is the beginning.
    back: BundleId,
    /// See [`Ring::single`].
    single: u32,
}

/// There is no ring here.
const OPEN: BundleId = u32::MAX;
/// The ring is closed already: it is of one bundle.
const CLOSED: BundleId = u32::MAX - 1;

/// A ring of bundles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::causal) struct Ring {
    /// The node it ends at.
    pub(in crate::causal) node: u32,
    /// The bundle that leads from there back to the beginning; `None` if it is there.
    pub(in crate::causal) back: Option<BundleId>,
    /// The links of its one loop; zero if it stands for several.
    pub(in crate::causal) single: u32,
}

/// How many loops a ring stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::causal) struct RingSize {
    /// How many; `u64::MAX` for that many or more.
    pub(in crate::causal) loops: u64,
    /// The links of the shortest.
    pub(in crate::causal) length: u32,
}

/// Rings as paths of a tree, in the order in which they were found. Rings that begin alike share
/// the nodes of their beginning; found by a depth-first search, most need one node of their own.
#[derive(Clone, Debug, Default)]
pub(in crate::causal) struct RingTree {
    nodes: Vec<Node>,
    /// How many loops the rings stand for; `u64::MAX` for that many or more.
    loops: u64,
    /// The length of the rings that are wanted, if it matters.
    length: Option<u32>,
}

impl RingTree {
    /// The parent of the first nodes.
    pub(in crate::causal) const ROOT: u32 = u32::MAX;

    /// Whether rings of this length are wanted.
    #[inline]
    pub(in crate::causal) fn wants(&self, length: u32) -> bool {
        self.length.is_none_or(|wanted| wanted == length)
    }

    /// From now on only rings of this length are wanted.
    pub(in crate::causal) const fn want(&mut self, length: u32) {
        self.length = Some(length);
    }

    /// How many loops the rings stand for; `u64::MAX` for that many or more.
    pub(in crate::causal) const fn loops(&self) -> u64 {
        self.loops
    }

    /// How many nodes there are.
    pub(in crate::causal) const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The memory it fills, in bytes.
    pub(in crate::causal) const fn bytes(&self) -> usize {
        self.nodes.len() * size_of::<Node>()
    }

    /// Adds a node below `parent` where no ring ends.
    pub(in crate::causal) fn add_node(&mut self, parent: u32, bundle: BundleId) -> u32 {
        self.add(Node {
            parent,
            bundle,
            back: OPEN,
            single: 0,
        })
    }

    /// Adds a node below `parent` and the ring that ends there.
    #[inline]
    pub(in crate::causal) fn add_ring(
        &mut self,
        parent: u32,
        bundle: BundleId,
        back: BundleId,
        size: RingSize,
    ) -> u32 {
        self.add_loops(size.loops);
        self.add(Node {
            parent,
            bundle,
            back,
            single: if size.loops == 1 { size.length } else { 0 },
        })
    }

    /// Adds a ring of one bundle.
    pub(in crate::causal) fn add_closed(&mut self, bundle: BundleId, size: RingSize) {
        self.add_ring(Self::ROOT, bundle, CLOSED, size);
    }

    /// Counts loops of a ring that was added without them.
    pub(in crate::causal) const fn add_loops(&mut self, loops: u64) {
        self.loops = self.loops.saturating_add(loops);
    }

    #[inline]
    fn add(&mut self, node: Node) -> u32 {
        let number = self.nodes.len() as u32;
        self.nodes.push(node);
        number
    }

    /// The ring that ends at the node of this number.
    #[inline]
    pub(in crate::causal) fn ring(&self, number: usize) -> Option<Ring> {
        let node = self.nodes.get(number)?;
        (node.back != OPEN).then_some(Ring {
            node: number as u32,
            back: Some(node.back).filter(|&back| back != CLOSED),
            single: node.single,
        })
    }

    /// The parent of a node, and its bundle.
    pub(in crate::causal) fn node(&self, number: u32) -> (u32, BundleId) {
        let node = self.nodes[number as usize];
        (node.parent, node.bundle)
    }

    /// The bundles of a ring in reverse order of travel.
    pub(in crate::causal) fn reversed(&self, ring: Ring) -> impl Iterator<Item = BundleId> {
        let mut number = ring.node;
        let path = std::iter::from_fn(move || {
            let node = self.nodes.get(number as usize)?;
            number = node.parent;
            Some(node.bundle)
        });
        ring.back.into_iter().chain(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_share_their_beginning() {
        let size = |loops| RingSize { loops, length: 4 };
        let mut tree = RingTree::default();
        let first = tree.add_ring(RingTree::ROOT, 5, 8, size(2));
        let second = tree.add_node(first, 6);
        let third = tree.add_ring(second, 7, 9, size(1));
        tree.add_closed(3, size(4));
        assert_eq!((tree.loops(), tree.len()), (7, 4));
        let bundles = |number: u32| {
            let ring = tree.ring(number as usize)?;
            Some((tree.reversed(ring).collect::<Vec<_>>(), ring.single))
        };
        assert_eq!(bundles(first), Some((vec![8, 5], 0)));
        assert_eq!(bundles(second), None);
        assert_eq!(bundles(third), Some((vec![9, 7, 6, 5], 4)));
        assert_eq!(bundles(3), Some((vec![3], 0)));
    }
}
