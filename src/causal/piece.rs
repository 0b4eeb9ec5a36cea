//! Pieces of loops: a link, two pieces in series, or a choice between two pieces.

use super::graph::GraphLink;
use super::tally::Tally;

/// The number of a piece in its [`Pieces`].
pub(super) type PieceId = u32;

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One link, by index.
    Link(u32),
    /// The first piece, then the second.
    Series(PieceId, PieceId),
    /// Either piece; the first holds a path at least as short as any of the second.
    Choice(PieceId, PieceId),
}

/// One or more paths from one variable to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) form: Form,
    /// How many paths.
    pub(super) tally: Tally,
    /// The links of the shortest path.
    pub(super) length: u32,
}

/// All pieces of a search. A piece refers to others by number, so a path that belongs to many
/// pieces is held once.
#[derive(Clone, Debug, Default)]
pub(super) struct Pieces {
    all: Vec<Piece>,
}

impl Pieces {
    /// One piece for each link, under the number of the link.
    pub(super) fn of_links(links: &[GraphLink]) -> Self {
        let piece = |(index, link)| Piece {
            form: Form::Link(index),
            tally: Tally::of(link),
            length: 1,
        };
        Self {
            all: (0..).zip(links).map(piece).collect(),
        }
    }

    /// How many pieces there are; they are numbered from zero, each after what it is made of.
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }

    /// The memory they fill, in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.all.len() * size_of::<Piece>()
    }

    /// The piece of this number.
    pub(super) fn get(&self, id: PieceId) -> &Piece {
        &self.all[id as usize]
    }

    /// The paths that follow `first`, then `second`.
    pub(super) fn series(&mut self, first: PieceId, second: PieceId) -> PieceId {
        let (a, b) = (self.get(first), self.get(second));
        let (tally, length) = (a.tally.then(b.tally), a.length + b.length);
        self.push(Piece {
            form: Form::Series(first, second),
            tally,
            length,
        })
    }

    /// The paths that follow `one` or `other`.
    pub(super) fn choice(&mut self, one: PieceId, other: PieceId) -> PieceId {
        let (a, b) = (self.get(one), self.get(other));
        let (tally, length) = (a.tally.or(b.tally), a.length.min(b.length));
        let form = if a.length <= b.length {
            Form::Choice(one, other)
        } else {
            Form::Choice(other, one)
        };
        self.push(Piece {
            form,
            tally,
            length,
        })
    }

    fn push(&mut self, piece: Piece) -> PieceId {
        let id = self.all.len() as PieceId;
        self.all.push(piece);
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Delay;
    use crate::model::Polarity;

    #[test]
    fn a_choice_puts_the_shorter_piece_first() {
        let link = GraphLink {
            from: 0,
            to: 1,
            polarity: Polarity::Negative,
            delay: Delay::None,
        };
        let mut pieces = Pieces::of_links(&[link; 3]);
        let long = pieces.series(0, 1);
        let either = pieces.choice(long, 2);
        let piece = pieces.get(either);
        assert_eq!((piece.form, piece.length), (Form::Choice(2, long), 1));
        let counts = piece.tally.counts();
        assert_eq!((counts.reinforcing, counts.balancing), (1, 1));
    }
}
