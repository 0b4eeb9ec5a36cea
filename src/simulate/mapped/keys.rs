//! What the random numbers of the places of a map hang on.
//!
//! A key comes from the bits of a record and nothing else, so that a place keeps its numbers when
//! others are inserted or left out, and in two futures of one map.

use crate::model::Id;

/// What of a record a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyFor {
    /// The station itself, or the time on a flow.
    Itself,
    /// Where several items of a flow become one.
    Pack,
    /// The lane of a flow, or where what takes it waits.
    Lane,
    /// A place that a flow leads through, so that two flows do not lead to one place at once.
    Way,
    /// Items that come in there.
    Source,
}

/// The key of a place.
pub(super) const fn key(record: Id, what: KeyFor) -> u64 {
    mixed(record.bits(), what as u64)
}

/// The key of what has a name and no record: people of several steps, items of a product.
pub(super) fn key_of_name(name: &str, what: KeyFor) -> u64 {
    // FNV-1a: short, and the same on every machine.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    mixed(hash, 64 + what as u64)
}

/// The finaliser of SplitMix64 (Stafford's mix 13), over both.
pub(super) const fn mixed(bits: u64, salt: u64) -> u64 {
    let mut z = bits ^ (salt + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
