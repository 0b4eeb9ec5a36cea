//! How large a picture may be as a bitmap.

/// Pixels for a world unit, where nobody has said how many.
pub const SHARP: f64 = 2.0;
/// The longest side, in pixels.
const LONGEST_SIDE: f64 = 8_192.0;
/// The largest area, in pixels: Safari on a phone makes no larger canvas than 4,096 by 4,096. Sides
/// are rounded up, which adds less than two of the longest.
const LARGEST_AREA: f64 = 4_096.0 * 4_096.0 - 2.0 * (LONGEST_SIDE + 1.0);

/// Pixels for a world unit in a bitmap of something so wide and high, that every browser can make: as
/// many as are wanted, or fewer.
#[must_use]
pub fn bitmap_scale(wanted: f64, width: f64, height: f64) -> f64 {
    let side = LONGEST_SIDE / width.max(height);
    let area = (LARGEST_AREA / (width * height)).sqrt();
    wanted.min(side).min(area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_picture_of_usual_size_has_as_many_pixels_as_are_wanted() {
        for wanted in [1.0, SHARP, 3.0] {
            assert_eq!(bitmap_scale(wanted, 1_200.0, 800.0), wanted);
        }
    }

    proptest! {
        #[test]
        fn every_browser_can_make_the_bitmap(
            wanted in 1.0..3.0,
            width in 1.0..200_000.0,
            height in 1.0..200_000.0,
        ) {
            let scale = bitmap_scale(wanted, width, height);
            let [width, height] = [width, height].map(|side| (side * scale).ceil().max(1.0));
            prop_assert!(width.max(height) <= LONGEST_SIDE);
            prop_assert!(width * height <= 4_096.0 * 4_096.0);
        }
    }
}
