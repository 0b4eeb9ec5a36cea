//! Rings of pieces, each beginning held once.

use crate::causal::piece::PieceId;

/// A ring of pieces: a path of the tree, and the piece that leads back to its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::causal) struct Ring {
    /// The last node of the path, [`RingTree::ROOT`] for a ring of one piece.
    pub(in crate::causal) node: u32,
    pub(in crate::causal) closing: PieceId,
}

/// Rings as paths of a tree, in the order in which they were found. Rings that begin alike share
/// the nodes of their beginning; found by a depth-first search, most need one node of their own.
#[derive(Clone, Debug, Default)]
pub(in crate::causal) struct RingTree {
    /// The parent of each node, which has a lower number, and the piece that leads on from there.
    nodes: Vec<(u32, PieceId)>,
    rings: Vec<Ring>,
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

    /// How many rings there are.
    pub(in crate::causal) const fn len(&self) -> usize {
        self.rings.len()
    }

    /// The memory it fills, in bytes.
    pub(in crate::causal) const fn bytes(&self) -> usize {
        self.nodes.len() * size_of::<(u32, PieceId)>() + self.rings.len() * size_of::<Ring>()
    }

    /// Adds a node below `parent`.
    pub(in crate::causal) fn add_node(&mut self, parent: u32, piece: PieceId) -> u32 {
        let node = self.nodes.len() as u32;
        self.nodes.push((parent, piece));
        node
    }

    /// Adds a ring of so many loops that ends at `node`.
    pub(in crate::causal) fn add_ring(&mut self, node: u32, closing: PieceId, loops: u64) {
        self.rings.push(Ring { node, closing });
        self.add_loops(loops);
    }

    /// Counts loops of a ring that was added without them.
    pub(in crate::causal) const fn add_loops(&mut self, loops: u64) {
        self.loops = self.loops.saturating_add(loops);
    }

    /// The ring of this number.
    pub(in crate::causal) fn ring(&self, number: usize) -> Ring {
        self.rings[number]
    }

    /// The parent of a node, and its piece.
    pub(in crate::causal) fn node(&self, node: u32) -> (u32, PieceId) {
        self.nodes[node as usize]
    }

    /// The pieces of a ring in reverse order of travel.
    pub(in crate::causal) fn reversed(&self, ring: Ring) -> impl Iterator<Item = PieceId> {
        let mut node = ring.node;
        let path = std::iter::from_fn(move || {
            let (parent, piece) = *self.nodes.get(node as usize)?;
            node = parent;
            Some(piece)
        });
        std::iter::once(ring.closing).chain(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_share_their_beginning() {
        let mut tree = RingTree::default();
        let first = tree.add_node(RingTree::ROOT, 5);
        let second = tree.add_node(first, 6);
        tree.add_ring(second, 7, 1);
        tree.add_ring(first, 8, 2);
        tree.add_ring(RingTree::ROOT, 9, 3);
        let pieces = |ring| tree.reversed(tree.ring(ring)).collect::<Vec<_>>();
        assert_eq!(
            [pieces(0), pieces(1), pieces(2)],
            [vec![7, 6, 5], vec![8, 5], vec![9]]
        );
    }
}
