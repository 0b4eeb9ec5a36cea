//! Writing numbers with little code.
//!
//! The standard library writes numbers fast, with fifteen kilobytes of methods and tables for it.
//! Here a number is first written out to its last digit, by multiplying as on paper, and then
//! rounded; the text is the same.

use std::fmt::{self, Write};

use super::parse_number;

/// The exact decimal digits of a number that is not negative.
struct Digits {
    /// Each from 0 to 9, the first one not 0; none for zero.
    digits: Vec<u8>,
    /// How many of them stand before the point; below zero, so many zeros stand after it first.
    point: i32,
}

/// Where what is just in the middle is rounded to.
#[derive(Clone, Copy, PartialEq)]
enum Halves {
    /// To the even digit.
    Even,
    /// To the greater digit.
    Up,
}

/// One step of a number written in blocks of nine digits, the lowest first.
const BLOCK: u64 = 1_000_000_000;

impl Digits {
    fn of(number: f64) -> Self {
        let bits = number.to_bits();
        let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i32);
        // number = mantissa * 2^power
        let (mantissa, power) = match exponent {
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, exponent - 1075),
        };
        if mantissa == 0 {
            return Self {
                digits: Vec::new(),
                point: 0,
            };
        }
        let spare = (mantissa.trailing_zeros() as i32).min(-power).max(0);
        let (mantissa, power) = (mantissa >> spare, power + spare);
        let mut blocks = vec![mantissa % BLOCK, mantissa / BLOCK];
        // A half is five tenths: halving so often is multiplying by five and moving the point.
        let factor = if power < 0 { 5 } else { 2 };
        for _ in 0..power.unsigned_abs() {
            let mut carried = 0;
            for block in &mut blocks {
                let product = *block * factor + carried;
                *block = product % BLOCK;
                carried = product / BLOCK;
            }
            if carried > 0 {
                blocks.push(carried);
            }
        }
        let mut digits = Vec::new();
        for mut block in blocks {
            for _ in 0..9 {
                digits.push((block % 10) as u8);
                block /= 10;
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        digits.reverse();
        let point = digits.len() as i32 + power.min(0);
        Self { digits, point }
    }

    /// The first `count` digits, rounded to the nearest.
    fn rounded(&self, count: usize, halves: Halves) -> Self {
        let Some(next) = self.digits.get(count) else {
            return Self {
                digits: self.digits.clone(),
                point: self.point,
            };
        };
        let mut digits = self.digits[..count].to_vec();
        let mut point = self.point;
        let more = self.digits[count + 1..].iter().any(|digit| *digit > 0);
        let upwards = digits.last().is_some_and(|digit| digit % 2 == 1) || halves == Halves::Up;
        if *next > 5 || *next == 5 && (more || upwards) {
            let nines = digits.iter().rev().take_while(|digit| **digit == 9).count();
            digits.truncate(count - nines);
            match digits.last_mut() {
                Some(digit) => *digit += 1,
                None => {
                    digits.push(1);
                    point += 1;
                }
            }
        }
        Self { digits, point }
    }

    fn without_last_zeros(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        self
    }

    /// The digit that stands so many places after the point, counted from 0.
    fn digit(&self, place: i32) -> char {
        let digit = usize::try_from(self.point + place).ok();
        let digit = digit.and_then(|index| self.digits.get(index));
        char::from(b'0' + digit.copied().unwrap_or(0))
    }

    /// Appends the number with so many decimals.
    fn plain(&self, out: &mut String, decimals: i32) {
        out.extend((-self.point.max(1)..0).map(|place| self.digit(place)));
        if decimals > 0 {
            out.push('.');
            out.extend((0..decimals).map(|place| self.digit(place)));
        }
    }

    /// Appends the number with its digits and no other, with an exponent where it is very small
    /// or very large.
    fn short(&self, out: &mut String) {
        let count = self.digits.len() as i32;
        if self.digits.is_empty() || (-3..=16).contains(&self.point) {
            self.plain(out, count - self.point);
            return;
        }
        let leading = Self {
            digits: self.digits.clone(),
            point: 1,
        };
        leading.plain(out, count - 1);
        // Writing to a String does not fail.
        let _ = write!(out, "e{}", self.point - 1);
    }
}

/// What is not finite, as the standard library has it.
fn not_finite(number: f64) -> &'static str {
    match () {
        () if number.is_nan() => "NaN",
        () if number > 0.0 => "inf",
        () => "-inf",
    }
}

/// A number as the shortest text that reads back as the same; `-0` is `0`.
///
/// Very small and very large ones have an exponent.
#[derive(Clone, Copy, Debug)]
pub struct Shortest(pub f64);

impl fmt::Display for Shortest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0.abs();
        if !number.is_finite() {
            return formatter.write_str(not_finite(self.0));
        }
        let mut text = String::new();
        let exact = Digits::of(number);
        // Fifteen digits always survive a number of full precision; those below have less of it.
        let fewest = if number < f64::MIN_POSITIVE { 1 } else { 15 };
        for count in fewest..=17 {
            text.clear();
            exact
                .rounded(count, Halves::Up)
                .without_last_zeros()
                .short(&mut text);
            // Fewer digits than that are all of them.
            let whole = exact.digits.len() <= count && count >= 15;
            if whole || parse_number(&text) == Some(number) {
                break;
            }
        }
        if self.0 < 0.0 {
            formatter.write_str("-")?;
        }
        formatter.write_str(&text)
    }
}

/// A number with so many decimals.
#[derive(Clone, Copy, Debug)]
pub struct Fixed(pub f64, pub u8);

impl fmt::Display for Fixed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, decimals) = *self;
        if !number.is_finite() {
            return formatter.write_str(not_finite(number));
        }
        let exact = Digits::of(number.abs());
        let decimals = i32::from(decimals);
        let rounded = match usize::try_from(exact.point + decimals) {
            Ok(count) => exact.rounded(count, Halves::Even),
            // Less than a tenth of the last decimal.
            Err(_) => Digits::of(0.0),
        };
        let mut text = String::new();
        rounded.plain(&mut text, decimals);
        if number.is_sign_negative() {
            formatter.write_str("-")?;
        }
        formatter.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn theirs(number: f64) -> String {
        let text = format!("{:?}", number + 0.0);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn it_writes_every_number_as_the_standard_library_does(bits in any::<u64>()) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            prop_assert_eq!(Shortest(number).to_string(), theirs(number));
        }

        #[test]
        fn it_writes_everyday_numbers_as_the_standard_library_does(
            whole in -1_000_000_i64..1_000_000, parts in prop::sample::select(vec![1.0, 2.0, 3.0, 8.0, 10.0, 1e3, 1e7]),
        ) {
            let number = whole as f64 / parts;
            prop_assert_eq!(Shortest(number).to_string(), theirs(number));
            for decimals in 0..4_u8 {
                let theirs = format!("{number:.0$}", usize::from(decimals));
                prop_assert_eq!(Fixed(number, decimals).to_string(), theirs);
            }
        }

        #[test]
        fn it_rounds_every_number_as_the_standard_library_does(bits in any::<u64>(), decimals in 0_u8..9) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            let theirs = format!("{number:.0$}", usize::from(decimals));
            prop_assert_eq!(Fixed(number, decimals).to_string(), theirs);
        }
    }

    #[test]
    fn the_edges() {
        for number in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            0.0,
            -0.0,
            1.0,
            0.5,
            9.5,
            99.95,
            1e15,
            1e16,
            9_999_999_999_999_998.0,
            1e-4,
            9.9e-5,
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::EPSILON,
            0.1 + 0.2,
            123_456.789,
            2.0_f64.powi(60),
            2.0_f64.powi(-60),
        ] {
            assert_eq!(Shortest(number).to_string(), theirs(number));
            for decimals in 0..4_u8 {
                let theirs = format!("{number:.0$}", usize::from(decimals));
                assert_eq!(Fixed(number, decimals).to_string(), theirs, "{number}");
            }
        }
    }
}
