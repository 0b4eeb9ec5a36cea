//! The scale of an axis: round steps, where a value stands, and how it is written.

use crate::model::number_text;

use super::sheet::Sheet;

/// What is larger than this, positive or negative, is left out of a chart like what is no number.
pub const LARGEST: f64 = 1.0e300;
/// What is smaller than this, positive or negative, is as good as zero.
const SMALLEST: f64 = 1.0e-290;

/// Whether a number can be shown.
pub fn is_usable(number: f64) -> bool {
    number.abs() <= LARGEST
}

/// The range of values of an axis; at first zero alone.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The least value.
    pub low: f64,
    /// The greatest value.
    pub high: f64,
}

impl Range {
    /// Takes a value in, if it can be shown.
    pub fn take(&mut self, value: f64) {
        if is_usable(value) && value.abs() > SMALLEST {
            self.low = self.low.min(value);
            self.high = self.high.max(value);
        }
    }

    /// The largest value, whatever its sign.
    fn size(&self) -> f64 {
        self.high.max(-self.low)
    }
}

/// How the two ends of an axis are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// They are those of the range.
    Exact,
    /// They are whole steps.
    Round,
}

/// An axis: values between two ends, with a mark at every whole step.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// The value at its beginning.
    pub low: f64,
    /// The value at its end, more than at its beginning.
    pub high: f64,
    /// The values and the texts of the marks, in rising order.
    pub ticks: Vec<(f64, String)>,
    /// The power of ten that every text is to be multiplied with; 0 for most.
    pub power: i32,
}

impl Scale {
    /// The scale of a range, of `most` steps at most, each 1, 2 or 5 times a power of ten.
    pub fn new(range: &Range, ends: Ends, most: u8) -> Self {
        let mut range = *range;
        if range.size() <= SMALLEST {
            range.high = 1.0;
        }
        let (digit, exponent) = step_of(&range, f64::from(most.max(1)));
        let value = |number: f64| times_ten(number * digit, exponent);
        let (mut first, mut last) = (range.low / value(1.0), range.high / value(1.0));
        // A little, so that what is a whole step but for its last bits is taken for one.
        // Values of a run come in single precision, and their sums miss a round number by as much.
        const SLACK: f64 = 1.0e-6;
        match ends {
            Ends::Exact => {
                first = (first - SLACK).ceil();
                last = (last + SLACK).floor();
            }
            Ends::Round => {
                first = (first + SLACK).floor();
                last = (last - SLACK).ceil();
                range.low = value(first).min(range.low);
                range.high = value(last).max(range.high);
            }
        }
        let power = power_of(range.size());
        let mut ticks = Vec::new();
        let mut number = first;
        while number <= last {
            // Adding zero makes the negative zero a positive one.
            let text = number_text(times_ten(number * digit, exponent - power) + 0.0);
            ticks.push((value(number) + 0.0, text));
            number += 1.0;
        }
        Self {
            low: range.low,
            high: range.high,
            ticks,
            power,
        }
    }

    /// The scale of a range, of as many steps as their texts have room for side by side on a
    /// width in world units.
    pub fn fitting(range: &Range, width: f64, sheet: &Sheet<'_>) -> Self {
        const APART: f64 = 14.0;
        let mut most = (width / 56.0).clamp(1.0, 9.0) as u8;
        loop {
            let scale = Self::new(range, Ends::Exact, most);
            let widths = scale.ticks.iter().map(|(_, text)| sheet.room(text, 200.0));
            let widest = widths.fold(0.0, f64::max);
            let steps = scale.ticks.windows(2);
            let steps = steps.map(|pair| (scale.share(pair[1].0) - scale.share(pair[0].0)) * width);
            if most == 1 || steps.fold(f64::INFINITY, f64::min) >= widest + APART {
                return scale;
            }
            most -= 1;
        }
    }

    /// Where a value stands between the beginning, 0, and the end, 1.
    pub fn share(&self, value: f64) -> f64 {
        // Halves, so that the difference of the largest numbers is one still.
        let whole = self.high / 2.0 - self.low / 2.0;
        ((value / 2.0 - self.low / 2.0) / whole).clamp(0.0, 1.0)
    }

    /// The words beside an axis, with the power of its numbers.
    pub fn label(&self, words: &str) -> String {
        if self.power == 0 {
            words.to_owned()
        } else {
            format!("{words} (\u{d7}{})", power_text(self.power))
                .trim_start()
                .to_owned()
        }
    }
}

/// The least step, as a digit and an exponent of ten, that divides a range into `most` at most.
fn step_of(range: &Range, most: f64) -> (f64, i32) {
    let size = range.size();
    // How many times the larger side the whole range is.
    let sides = range.high / size - range.low / size;
    let mut exponent = exponent_of(size / most * sides.min(1.0));
    loop {
        for digit in [1.0, 2.0, 5.0] {
            // 1.001: a range of just so many steps has not one more for its last bits.
            if times_ten(size / digit, -exponent) * sides <= most * 1.001 {
                return (digit, exponent);
            }
        }
        exponent += 1;
    }
}

/// The power of ten that is taken out of the texts of an axis: a multiple of three.
fn power_of(size: f64) -> i32 {
    if (0.01..1.0e5).contains(&size) || size <= SMALLEST {
        0
    } else {
        exponent_of(size).div_euclid(3) * 3
    }
}

/// The exponent of ten of a positive number.
fn exponent_of(size: f64) -> i32 {
    let mut exponent = 0;
    let mut rest = size;
    while rest >= 10.0 {
        rest /= 10.0;
        exponent += 1;
    }
    while rest < 1.0 && rest > 0.0 {
        rest *= 10.0;
        exponent -= 1;
    }
    exponent
}

/// A number times a power of ten. It divides by powers above one, which are exact for longer.
fn times_ten(number: f64, exponent: i32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent.unsigned_abs().min(308) {
        power *= 10.0;
    }
    if exponent < 0 {
        number / power
    } else {
        number * power
    }
}

/// A power of ten as people write it: `10⁶`.
fn power_text(power: i32) -> String {
    const RAISED: [char; 10] = [
        '\u{2070}', '\u{b9}', '\u{b2}', '\u{b3}', '\u{2074}', '\u{2075}', '\u{2076}', '\u{2077}',
        '\u{2078}', '\u{2079}',
    ];
    let raised = |character: char| match character.to_digit(10) {
        Some(digit) => RAISED[digit as usize],
        None => '\u{207b}',
    };
    let mut text = String::from("10");
    text.extend(power.to_string().chars().map(raised));
    text
}

/// A value in a sentence.
pub fn value_text(value: f64) -> String {
    let power = power_of(value.abs());
    let text = number_text(times_ten(value, -power) + 0.0);
    if power == 0 {
        text
    } else {
        format!("{text} \u{d7} {}", power_text(power))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(low: f64, high: f64, ends: Ends, most: u8) -> (Vec<String>, i32) {
        let scale = Scale::new(&Range { low, high }, ends, most);
        let texts = scale.ticks.into_iter().map(|(_, text)| text);
        (texts.collect(), scale.power)
    }

    #[test]
    fn steps_are_round_and_few() {
        assert_eq!(
            texts(0.0, 9.3, Ends::Round, 5).0,
            ["0", "2", "4", "6", "8", "10"]
        );
        assert_eq!(
            texts(0.0, 0.3, Ends::Round, 3).0,
            ["0", "0.1", "0.2", "0.3"]
        );
        assert_eq!(
            texts(0.0, 24.0, Ends::Exact, 5).0,
            ["0", "5", "10", "15", "20"]
        );
        assert_eq!(
            texts(-30.0, 50.0, Ends::Round, 4).0,
            ["-40", "-20", "0", "20", "40", "60"]
        );
        assert_eq!(texts(0.0, 0.0, Ends::Round, 2).0, ["0", "0.5", "1"]);
    }

    #[test]
    fn large_and_small_numbers_share_a_power() {
        let (large, power) = texts(0.0, 3.9e7, Ends::Round, 4);
        assert_eq!((large.join(" "), power), ("0 10 20 30 40".to_owned(), 6));
        let (small, power) = texts(0.0, 2.0e-5, Ends::Round, 2);
        assert_eq!((small.join(" "), power), ("0 10 20".to_owned(), -6));
        for size in [1.0e-300, 1.0e-9, 0.004, 99_999.0, 1.0e22, 9.9e299] {
            for low in [0.0, -size, -size / 3.0] {
                let (texts, _) = texts(low, size, Ends::Round, 5);
                assert!((2..=8).contains(&texts.len()), "{size} {texts:?}");
                assert!(texts.iter().all(|text| text.len() <= 6), "{texts:?}");
            }
        }
        assert_eq!(value_text(1.25e9), "1.25 \u{d7} 10\u{2079}");
        assert_eq!(value_text(-12.5), "-12.5");
        assert_eq!(value_text(-0.0), "0");
    }

    #[test]
    fn every_value_has_its_place() {
        let scale = Scale::new(
            &Range {
                low: -LARGEST,
                high: LARGEST,
            },
            Ends::Round,
            4,
        );
        assert!((scale.share(0.0) - 0.5).abs() < 1.0e-9);
        let scale = Scale::new(
            &Range {
                low: 0.0,
                high: 8.0,
            },
            Ends::Exact,
            4,
        );
        assert!((scale.share(2.0) - 0.25).abs() < 1.0e-9);
    }
}
