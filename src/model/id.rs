//! Names of records that no two people will ever choose alike.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::de::{DeserializeSeed, Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::record::merge_as_a_whole;

/// A globally unique name of a record: 64 random bits, written in base 62 (`0-9A-Za-z`).
///
/// The text has no leading zeros, so a short readable word such as `risk` is an id too, and it
/// reads and writes as itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(u64);

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

impl Id {
    /// The id with these bits.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The bits of the id.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0_u8; 11];
        let mut start = digits.len();
        let mut rest = self.0;
        loop {
            start -= 1;
            digits[start] = DIGITS[(rest % 62) as usize];
            rest /= 62;
            if rest == 0 {
                break;
            }
        }
        for digit in &digits[start..] {
            fmt::Write::write_char(formatter, char::from(*digit))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{self}")
    }
}

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Empty, or more than eleven characters, or more than 64 bits.
    #[error("an id has 1 to 11 characters and at most 64 bits")]
    Length,
    /// A character outside `0-9A-Za-z`.
    #[error("an id has only letters a to z, A to Z and digits")]
    Character,
    /// A leading zero: the same bits would have two texts.
    #[error("an id does not start with 0")]
    LeadingZero,
}

impl FromStr for Id {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.is_empty() || text.len() > 11 {
            return Err(IdError::Length);
        }
        if text.len() > 1 && text.starts_with('0') {
            return Err(IdError::LeadingZero);
        }
        let mut bits = 0_u64;
        for byte in text.bytes() {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'A'..=b'Z' => byte - b'A' + 10,
                b'a'..=b'z' => byte - b'a' + 36,
                _ => return Err(IdError::Character),
            };
            bits = bits
                .checked_mul(62)
                .and_then(|shifted| shifted.checked_add(u64::from(digit)))
                .ok_or(IdError::Length)?;
        }
        Ok(Self(bits))
    }
}

merge_as_a_whole!(Id);

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Id;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an id in quotes")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
                let id = text.parse();
                id.map_err(|error: IdError| {
                    let start: String = text.chars().take(40).collect();
                    E::custom(format_args!("{start:?} is no id: {error}"))
                })
            }
        }

        reader.deserialize_str(Text)
    }
}

/// These ids in their order, each once.
pub(super) fn in_order(ids: impl IntoIterator<Item = Id>) -> Box<[Id]> {
    let ids: BTreeSet<Id> = ids.into_iter().collect();
    ids.into_iter().collect()
}

/// Reads a list of ids in any order, of which none may be there twice.
pub(super) fn each_once<'de, D: Deserializer<'de>>(reader: D) -> Result<Box<[Id]>, D::Error> {
    /// Reads an id that is not among those before it.
    struct Other<'a>(&'a BTreeSet<Id>);

    impl<'de> DeserializeSeed<'de> for Other<'_> {
        type Value = Id;

        fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Id, D::Error> {
            let id = Id::deserialize(reader)?;
            if self.0.contains(&id) {
                let message = format_args!("\"{id}\" is in this list already");
                return Err(D::Error::custom(message));
            }
            Ok(id)
        }
    }

    struct List;

    impl<'de> Visitor<'de> for List {
        type Value = Box<[Id]>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a list of ids")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut ids = BTreeSet::new();
            while let Some(id) = list.next_element_seed(Other(&ids))? {
                ids.insert(id);
            }
            Ok(ids.into_iter().collect())
        }
    }

    reader.deserialize_seq(List)
}

/// A stream of fresh ids from one random seed (`SplitMix64`, Steele, Lea & Flood 2014).
///
/// The seed comes from outside, because no room below `app` draws a random number; 64 bits of
/// entropy make the streams of two people meet with negligible probability.
#[derive(Clone, Debug)]
pub struct IdSource {
    state: u64,
}

impl IdSource {
    /// A stream that starts at `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next id of the stream.
    pub fn fresh(&mut self) -> Id {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Id(bits ^ (bits >> 31))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bits_agree_at_the_edges() {
        for bits in [0, 1, 61, 62, 3843, u64::MAX - 1, u64::MAX] {
            let id = Id::from_bits(bits);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!(
            "risk".parse::<Id>().map(|id| id.to_string()),
            Ok("risk".to_owned())
        );
    }

    #[test]
    fn what_is_not_an_id_says_why() {
        assert_eq!("".parse::<Id>(), Err(IdError::Length));
        assert_eq!("zzzzzzzzzzzz".parse::<Id>(), Err(IdError::Length));
        assert_eq!("zzzzzzzzzzz".parse::<Id>(), Err(IdError::Length));
        assert_eq!("a b".parse::<Id>(), Err(IdError::Character));
        assert_eq!("0a".parse::<Id>(), Err(IdError::LeadingZero));
    }

    #[test]
    fn a_source_does_not_repeat_itself() {
        let mut source = IdSource::new(7);
        let ids: std::collections::BTreeSet<Id> = (0..10_000).map(|_| source.fresh()).collect();
        assert_eq!(ids.len(), 10_000);
    }
}
