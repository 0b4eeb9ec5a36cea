//! Sets of rows, as the bits of words.

/// How many words a set of so many rows has.
pub(super) const fn words(rows: usize) -> usize {
    rows.div_ceil(64)
}

/// Adds a row.
pub(super) fn add(set: &mut [u64], row: usize) {
    set[row / 64] |= 1 << (row % 64);
}

/// Whether there is none.
pub(super) fn is_empty(set: &[u64]) -> bool {
    set.iter().all(|word| *word == 0)
}

/// Writes what two sets share into a third, and says whether that is anything.
pub(super) fn share(one: &[u64], other: &[u64], into: &mut [u64]) -> bool {
    let mut any = 0;
    for ((one, other), into) in one.iter().zip(other).zip(into) {
        *into = one & other;
        any |= *into;
    }
    any != 0
}

/// The rows of a set, in order.
pub(super) fn rows(set: &[u64]) -> impl Iterator<Item = usize> {
    set.iter().enumerate().flat_map(|(at, &word)| {
        let mut left = word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(at * 64 + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{add, is_empty, rows, share, words};

    #[test]
    fn sets_hold_what_was_added() {
        let mut one = vec![0; words(130)];
        let mut other = one.clone();
        for row in [0, 63, 64, 129] {
            add(&mut one, row);
        }
        for row in [1, 64, 128, 129] {
            add(&mut other, row);
        }
        let mut both = vec![0; words(130)];
        assert!(share(&one, &other, &mut both));
        assert_eq!(rows(&both).collect::<Vec<_>>(), [64, 129]);
        assert!(!is_empty(&one));
        assert!(!share(&one, &[2, 0, 0], &mut both) && is_empty(&both));
        assert_eq!((words(0), words(64), words(65)), (0, 1, 2));
    }
}
