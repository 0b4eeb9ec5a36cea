//! Which loops are sums of others.

/// Loops as sets of links, added modulo two: a link in both of two loops is in neither's sum.
///
/// Loops that are independent so are independent with rational coefficients as well.
#[derive(Clone, Debug)]
pub(super) struct Independence {
    words: usize,
    /// The rows of an elimination, by the first link of each.
    rows: Vec<Option<Box<[u64]>>>,
    rank: usize,
}

impl Independence {
    /// No loops yet, of so many links.
    pub(super) fn new(links: usize) -> Self {
        Self {
            words: links.div_ceil(64),
            rows: vec![None; links],
            rank: 0,
        }
    }

    /// How many loops were added.
    pub(super) const fn rank(&self) -> usize {
        self.rank
    }

    /// Adds a loop, unless it is a sum of those that were added; returns whether it was added.
    pub(super) fn add(&mut self, links: &[u32]) -> bool {
        let mut row = vec![0_u64; self.words].into_boxed_slice();
        for &link in links {
            row[link as usize / 64] ^= 1 << (link % 64);
        }
        let mut word = 0;
        while let Some(bits) = row.get(word) {
            if *bits == 0 {
                word += 1;
                continue;
            }
            let first = word * 64 + bits.trailing_zeros() as usize;
            let Some(other) = &self.rows[first] else {
                self.rows[first] = Some(row);
                self.rank += 1;
                return true;
            };
            for (bits, others) in row.iter_mut().zip(other).skip(word) {
                *bits ^= others;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_of_two_is_not_independent_of_them() {
        let mut independence = Independence::new(70);
        assert!(independence.add(&[0, 1, 69]) && independence.add(&[1, 2, 66]));
        assert!(!independence.add(&[0, 2, 66, 69]));
        assert!(independence.add(&[0, 2, 66, 68]));
        assert_eq!(independence.rank(), 3);
    }
}
