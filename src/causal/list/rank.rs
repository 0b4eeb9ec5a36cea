//! The loops of a ring by number: the loop of a rank written out without those before it.

use super::spectrum::{Key, Line, ONE, Product, Spectra};
use crate::causal::piece::{Form, PieceId, Pieces};

/// The links of the loop of this rank, among those of the ring whose key is `key`. The pieces of
/// the ring come in order of travel; their spectra must have been made.
pub(super) fn write_loop(
    ring: &[PieceId],
    key: Key,
    rank: u64,
    pieces: &Pieces,
    spectra: &Spectra,
) -> Vec<u32> {
    let mut route = Vec::with_capacity(key.length() as usize);
    let mut product = Product::default();
    // What can follow after each piece, from the last to the first.
    let mut after: Vec<Vec<Line>> = vec![vec![ONE]];
    for &piece in ring.iter().skip(1).rev() {
        let mut lines = Vec::new();
        let rest = &after[after.len() - 1];
        product.append(&mut lines, spectra.get(piece), rest, spectra.step());
        after.push(lines);
    }
    let (mut key, mut rank) = (key, rank);
    for (&piece, rest) in ring.iter().zip(after.iter().rev()) {
        let Some((own, others)) = divide(spectra.get(piece), rest, key, rank) else {
            break;
        };
        write_piece(piece, own, pieces, spectra, &mut route);
        (key, rank) = others;
    }
    route
}

/// A path, by its key and its rank among those that have it.
type Numbered = (Key, u64);

/// Which path of `one` and which of `other` make the path of this rank among those of both.
fn divide(one: &[Line], other: &[Line], key: Key, mut rank: u64) -> Option<(Numbered, Numbered)> {
    for a in one {
        for b in other.iter().filter(|b| a.key.then(b.key) == key) {
            let ways = a.count.saturating_mul(b.count);
            if rank < ways {
                return Some(((a.key, rank / b.count), (b.key, rank % b.count)));
            }
            rank -= ways;
        }
    }
    None
}

fn write_piece(
    piece: PieceId,
    path: Numbered,
    pieces: &Pieces,
    spectra: &Spectra,
    route: &mut Vec<u32>,
) {
    let mut due = vec![(piece, path)];
    while let Some((piece, (key, rank))) = due.pop() {
        match pieces.get(piece).form {
            Form::Link(link) => route.push(link),
            Form::Series(first, second) => {
                let (one, other) = (spectra.get(first), spectra.get(second));
                if let Some((one, other)) = divide(one, other, key, rank) {
                    due.extend([(second, other), (first, one)]);
                }
            }
            Form::Choice(first, second) => {
                let of_first = spectra.get(first).iter().find(|line| line.key == key);
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
