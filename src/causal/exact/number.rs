//! Whole numbers of any size: how many loops there are, to the last digit.

use std::cmp::Ordering;
use std::fmt;

/// A number of loops, however large. It is written in decimal, without groups.
///
/// The house needs sums, one halving and decimal text of these numbers and nothing else, which is
/// less than a hundred lines; a crate for big numbers would bring division, parsing and signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ExactNumber {
    /// From the lowest 64 bits up; the highest is not zero.
    limbs: Vec<u64>,
}

impl ExactNumber {
    pub(super) fn of_limbs(limbs: &[u64]) -> Self {
        let used = limbs.iter().rposition(|&limb| limb != 0);
        Self {
            limbs: limbs[..used.map_or(0, |highest| highest + 1)].to_vec(),
        }
    }

    /// The number, if 64 bits hold it.
    #[must_use]
    pub fn to_u64(&self) -> Option<u64> {
        match self.limbs[..] {
            [] => Some(0),
            [only] => Some(only),
            _ => None,
        }
    }

    /// The nearest number of floating point, or one of its two neighbours; infinite beyond 2^1024.
    #[must_use]
    pub fn approximate(&self) -> f64 {
        let up = |so_far: f64, limb: &u64| so_far * 18_446_744_073_709_551_616.0 + *limb as f64;
        self.limbs.iter().rev().fold(0.0, up)
    }

    /// The sum of two numbers.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let limbs = self.limbs.len().max(other.limbs.len()) + 1;
        let mut sum = self.limbs.clone();
        sum.resize(limbs, 0);
        add(&mut sum, &other.limbs);
        Self::of_limbs(&sum)
    }
}

/// `sum += other`, modulo two to the bits of `sum`.
pub(super) fn add(sum: &mut [u64], other: &[u64]) {
    let mut carry = false;
    for (index, limb) in sum.iter_mut().enumerate() {
        let (once, over) = limb.overflowing_add(other.get(index).copied().unwrap_or(0));
        let (twice, over_again) = once.overflowing_add(u64::from(carry));
        *limb = twice;
        carry = over || over_again;
    }
}

/// `sum += one * other`, modulo two to the bits of `sum`; all three have as many limbs.
pub(super) fn add_product(sum: &mut [u64], one: &[u64], other: &[u64]) {
    for (index, &limb) in one.iter().enumerate() {
        if limb == 0 {
            continue;
        }
        let mut carry = 0;
        for (sum, &factor) in sum[index..].iter_mut().zip(other) {
            let product =
                u128::from(limb) * u128::from(factor) + u128::from(*sum) + u128::from(carry);
            *sum = product as u64;
            carry = (product >> 64) as u64;
        }
    }
}

/// `number /= divisor`; returns the remainder.
fn divide(number: &mut [u64], divisor: u64) -> u64 {
    let mut rest = 0;
    for limb in number.iter_mut().rev() {
        let whole = (u128::from(rest) << 64) | u128::from(*limb);
        *limb = (whole / u128::from(divisor)) as u64;
        rest = (whole % u128::from(divisor)) as u64;
    }
    rest
}

/// Halves a number, dropping what is left over.
pub(super) fn halve(number: &mut [u64]) {
    let mut carry = 0;
    for limb in number.iter_mut().rev() {
        (*limb, carry) = (*limb >> 1 | carry, *limb << 63);
    }
}

impl From<u64> for ExactNumber {
    fn from(number: u64) -> Self {
        Self::of_limbs(&[number])
    }
}

impl PartialEq<u64> for ExactNumber {
    fn eq(&self, other: &u64) -> bool {
        self.to_u64() == Some(*other)
    }
}

impl PartialOrd<u64> for ExactNumber {
    fn partial_cmp(&self, other: &u64) -> Option<Ordering> {
        Some(
            self.to_u64()
                .map_or(Ordering::Greater, |number| number.cmp(other)),
        )
    }
}

impl PartialOrd for ExactNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ExactNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        let downwards = |one: &Self| one.limbs.iter().rev().copied().collect::<Vec<u64>>();
        let sizes = self.limbs.len().cmp(&other.limbs.len());
        sizes.then_with(|| downwards(self).cmp(&downwards(other)))
    }
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The largest power of ten that 64 bits hold, and how many digits it cuts off.
        const CHUNK: u64 = 10_000_000_000_000_000_000;
        const DIGITS: usize = 19;
        let mut rest = self.limbs.clone();
        let mut digits = Vec::new();
        while rest.iter().any(|&limb| limb != 0) {
            let mut chunk = divide(&mut rest, CHUNK);
            for _ in 0..DIGITS {
                digits.push(b'0' + (chunk % 10) as u8);
                chunk /= 10;
            }
        }
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        if digits.is_empty() {
            digits.push(b'0');
        }
        let text: String = digits.iter().rev().map(|&digit| digit as char).collect();
        formatter.pad_integral(true, "", &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn power_of_two(exponent: usize) -> ExactNumber {
        let mut limbs = vec![0; exponent / 64 + 1];
        limbs[exponent / 64] = 1 << (exponent % 64);
        ExactNumber::of_limbs(&limbs)
    }

    #[test]
    fn large_numbers_are_written_to_the_last_digit() {
        assert_eq!(ExactNumber::default().to_string(), "0");
        assert_eq!(
            ExactNumber::from(10_000_000_000_000_000_000).to_string(),
            "10000000000000000000"
        );
        assert_eq!(
            power_of_two(128).to_string(),
            "340282366920938463463374607431768211456"
        );
        assert_eq!(power_of_two(1023).approximate(), 2_f64.powi(1023));
    }

    #[test]
    fn numbers_compare_with_each_other_and_with_64_bits() {
        let large = power_of_two(64);
        let seven = ExactNumber::from(7);
        assert!(large > u64::MAX && seven == 7 && seven < 8 && seven > 6);
        assert!(seven < large && power_of_two(65) > large);
        assert!(large < large.plus(&ExactNumber::from(1)));
        assert_eq!(large.plus(&large), power_of_two(65));
    }

    #[test]
    fn products_and_halves_carry_over_limbs() {
        let mut sum = [0, 0, 0];
        add_product(&mut sum, &[u64::MAX, 0, 0], &[u64::MAX, 0, 0]);
        assert_eq!(sum, [1, u64::MAX - 1, 0]);
        add_product(&mut sum, &[u64::MAX; 3], &[1, 0, 0]);
        assert_eq!(sum, [0, u64::MAX - 1, 0], "adding -1");
        halve(&mut sum);
        assert_eq!(sum, [0, u64::MAX >> 1, 0]);
    }
}
