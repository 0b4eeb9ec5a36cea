//! Sorting, and reading and writing numbers, with little code: every kilobyte is paid by a user's wait.
//!
//! The standard library's sort is compiled anew for every kind of thing, some kilobytes each; here
//! one copy sorts places, whatever stands in them. Its reading of numbers brings ten kilobytes of
//! powers of five along; `minimal-lexical` reads the same numbers, more slowly, without them.

mod decimal;
mod trigonometry;

use std::cmp::Ordering;
use std::collections::BTreeSet;

pub use decimal::{Fixed, Shortest};
pub use trigonometry::sine_and_cosine;

/// Sorts a list; what is equal keeps its order.
pub fn sort_by<T>(items: &mut Vec<T>, order: impl Fn(&T, &T) -> Ordering) {
    let places = sorted_places(items.len(), &|one, other| order(&items[one], &items[other]));
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(places.into_iter().filter_map(|place| taken[place].take()));
}

/// Sorts a list by what a function makes of each; what is equal keeps its order.
pub fn sort_by_key<T, K: Ord>(items: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Puts things in rising order and leaves each of them once.
pub fn put_in_order<T: Ord + Copy>(items: &mut Vec<T>) {
    let places = sorted_places(items.len(), &|one, other| items[one].cmp(&items[other]));
    *items = places.into_iter().map(|place| items[place]).collect();
    items.dedup();
}

/// A number within bounds that are worked out. Where they are not constant, `f64::clamp` can fail
/// with words about them, and brings all along that writes numbers; here the upper one wins.
#[must_use]
pub fn clamp(number: f64, low: f64, high: f64) -> f64 {
    let number = if number < low { low } else { number };
    if number > high { high } else { number }
}

/// The places of a list in the order in which they are to stand.
#[inline(never)]
fn sorted_places(count: usize, order: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    // Merging runs that are sorted already, each time twice as long ones.
    let mut length = 1;
    while length < count {
        let mut merged = Vec::with_capacity(count);
        for pair in places.chunks(2 * length) {
            let (one, other) = pair.split_at(length.min(pair.len()));
            let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
            while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
                let first = match order(**a, **b) {
                    Ordering::Greater => &mut other,
                    Ordering::Less | Ordering::Equal => &mut one,
                };
                merged.extend(first.next());
            }
            merged.extend(one.chain(other));
        }
        places = merged;
        length *= 2;
    }
    places
}

/// The set of these things. Collecting into a set would sort them first, with code for that.
pub fn set_of<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The number that a decimal text such as `-12.5e3` stands for, to the last bit; `None` where the
/// text is none, and infinite where it is too large.
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, small_integer(exponent)?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let number: f64 = minimal_lexical::parse_float(
        whole.as_bytes().iter(),
        fraction.as_bytes().iter(),
        exponent,
    );
    Some(if negative { -number } else { number })
}

/// An exponent; one beyond all numbers becomes just as far beyond them.
fn small_integer(text: &str) -> Option<i32> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_i32;
    for byte in digits.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        // Further than any text that is read is long.
        value = (value * 10 + i32::from(byte - b'0')).min(100_000_000);
    }
    Some(sign * value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in proptest::collection::vec((0_u8..9, 0_u16..99), 0..80)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by_key(&mut ours, |item| item.0);
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(ours, theirs);
        }

        #[test]
        fn it_reads_every_number_to_the_last_bit(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            for text in [number.to_string(), format!("{number:e}"), format!("{number:.20e}")] {
                prop_assert_eq!(parse_number(&text).map(f64::to_bits), Some(number.to_bits()));
            }
        }

        #[test]
        fn it_reads_digits_as_the_standard_library_does(
            text in "-?[0-9]{1,40}(\\.[0-9]{1,40})?(e[+-]?[0-9]{1,3})?",
        ) {
            let theirs: f64 = text.parse().unwrap();
            prop_assert_eq!(parse_number(&text).map(f64::to_bits), Some(theirs.to_bits()));
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in [
            "", "-", ".", ".5", "1.e", "e3", "1e", "1e+", "--1", "+1", "1,5", "NaN", "inf",
        ] {
            assert_eq!(parse_number(text), None, "{text}");
        }
        assert_eq!(parse_number("1e999999999999"), Some(f64::INFINITY));
        assert_eq!(parse_number("1e-999999999999"), Some(0.0));
    }
}
