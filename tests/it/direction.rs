//! The direction of texts against an independent reading of the Unicode Bidirectional Algorithm.

use loopstream::model::{Direction, in_sentence, isolated, line_read_as};
use proptest::prelude::*;
use unicode_bidi::{
    BidiClass, BidiInfo, Direction as Oracle, Level, bidi_class, get_base_direction,
};

/// Letters, points, digits and signs of many scripts, and what steers directions.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        3 => prop::char::range(' ', '~'),
        // Latin with accents, Greek, Cyrillic, Armenian: letters alone, as names have them.
        2 => prop::char::range('\u{c0}', '\u{52f}').prop_filter("letters", |c| c.is_alphabetic()),
        4 => prop::char::range('\u{590}', '\u{8ff}'),
        2 => prop::char::range('\u{905}', '\u{939}'),
        1 => prop::char::range('\u{e01}', '\u{e30}'),
        2 => prop::char::range('\u{3041}', '\u{3096}'),
        2 => prop::char::range('\u{4e00}', '\u{9fff}'),
        1 => prop::char::range('\u{ac00}', '\u{d7a3}'),
        1 => prop::char::range('\u{fb1d}', '\u{feff}').prop_filter("assigned", |c| assigned(*c)),
        1 => prop::char::range('\u{10800}', '\u{10fff}').prop_filter("assigned", |c| assigned(*c)),
        1 => prop::char::range('\u{1e800}', '\u{1efff}').prop_filter("assigned", |c| assigned(*c)),
        2 => prop::sample::select(vec!['\u{200e}', '\u{200f}', '\u{61c}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']),
        1 => prop::sample::select(vec!['→', '−', '×', '“', '…', '·', '%', '🚚', '☀']),
    ]
    .prop_filter("assigned", |c| assigned(*c))
}

/// The table of the oracle knows the character: in the blocks from right to left it takes what it
/// does not know for left to right, where the algorithm reserves it for right to left.
fn assigned(character: char) -> bool {
    let reserved = matches!(u32::from(character),
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff);
    !(reserved && bidi_class(character) == BidiClass::L)
}

fn oracle(text: &str) -> Direction {
    match get_base_direction(text) {
        Oracle::Rtl => Direction::RightToLeft,
        Oracle::Ltr | Oracle::Mixed => Direction::LeftToRight,
    }
}

#[test]
fn every_letter_there_is_has_the_direction_of_the_standard() {
    let mut letters = 0;
    for character in '\0'..=char::MAX {
        let text = format!("{character}א");
        let (found, class) = (Direction::of(&text), bidi_class(character));
        let alone = Direction::of(&character.to_string());
        match class {
            BidiClass::R | BidiClass::AL => {
                letters += 1;
                assert_eq!(
                    alone,
                    Direction::RightToLeft,
                    "U+{:04X}",
                    u32::from(character)
                );
            }
            BidiClass::L if character.is_alphabetic() => {
                letters += 1;
                assert_eq!(
                    found,
                    Direction::LeftToRight,
                    "U+{:04X}",
                    u32::from(character)
                );
            }
            // Digits, punctuation, points and what is not assigned never turn a text to the right.
            _ if assigned(character) => {
                assert_eq!(
                    alone,
                    Direction::LeftToRight,
                    "U+{:04X}",
                    u32::from(character)
                );
            }
            _ => {}
        }
    }
    assert!(letters > 100_000, "{letters}");
}

proptest! {
    #[test]
    fn texts_have_the_direction_of_the_standard(
        text in prop::collection::vec(character(), 0..12).prop_map(String::from_iter)
    ) {
        prop_assert_eq!(Direction::of(&text), oracle(&text), "{:?}", text);
    }

    /// Whatever a name has in it, the words around it stay in their order, which the standard
    /// gives as levels: even ones are read from left to right.
    #[test]
    fn a_sentence_keeps_its_order_around_any_name(
        name in prop::collection::vec(character(), 1..12).prop_map(String::from_iter),
        other in prop::collection::vec(character(), 1..12).prop_map(String::from_iter),
    ) {
        let (name, other) = (isolated(&name), isolated(&other));
        let sentence = format!("{name} up → {other} down, 12 %.");
        let info = BidiInfo::new(&sentence, Some(Level::ltr()));
        let around = [name.len()..name.len() + " up → ".len(),
            sentence.len() - " down, 12 %.".len()..sentence.len() - ", 12 %.".len(),
            sentence.len() - ", 12 %.".len()..sentence.len()];
        for part in around {
            for level in &info.levels[part.clone()] {
                // Digits have level 2 within words from left to right only next to other ones.
                prop_assert!(level.is_ltr(), "{:?} at {:?}: {:?}", sentence, part, info.levels);
            }
        }
        prop_assert_eq!(Direction::of(&sentence), Direction::LeftToRight);
    }

    #[test]
    fn a_line_is_read_as_it_is_wanted(
        line in prop::collection::vec(character(), 0..12).prop_map(String::from_iter)
    ) {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            prop_assert_eq!(oracle(&line_read_as(line.clone(), direction)), direction);
        }
    }

    /// Names that need no signs get none: files, reports and searches have them as they are.
    #[test]
    fn names_from_left_to_right_are_spoken_as_they_are(name in "[a-z0-9 àéßжλ需%()-]{1,20}") {
        let trimmed = name.trim();
        prop_assume!(!trimmed.is_empty());
        prop_assert_eq!(in_sentence(&name), trimmed);
    }
}
