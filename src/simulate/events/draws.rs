//! Random numbers that hang on what they are for, and on nothing else.
//!
//! A number is a function of the seed, the replication, the key of a place (a station, a source, a
//! crew), the purpose, and which item it is for on which visit. So nothing is used up: an item needs
//! the same work in two futures, also where a step was inserted or others come in another order
//! (common random numbers; Law, *Simulation Modeling and Analysis*, ch. 11).
//!
//! The numbers of a place and purpose are those of SplitMix64 (Steele, Lea & Flood 2014), whose n-th
//! number can be had at once; its start is mixed from the rest.

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The time from one arrival to the next.
    Arrival,
    /// Whether an item is expedited.
    Expedite,
    /// The work of a step, or a delay.
    Work,
    /// A set-up.
    SetUp,
    /// Whether an item goes back, and where to.
    Back,
    /// Which way an item takes.
    Onward,
    /// How long a server stays up.
    Up,
    /// How long a server is down.
    Down,
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of SplitMix64 (Stafford's mix 13).
const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// One seed and replication: from it come the streams of all places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    start: u64,
}

impl Chance {
    /// The chance of a replication.
    #[must_use]
    pub const fn new(seed: u64, replication: u32) -> Self {
        let start =
            mix(mix(seed.wrapping_add(GOLDEN)) ^ (replication as u64 + 1).wrapping_mul(GOLDEN));
        Self { start }
    }

    /// The numbers of a place for a purpose.
    #[must_use]
    pub const fn stream(self, key: u64, purpose: Purpose) -> Stream {
        let place = mix(key.wrapping_add(GOLDEN) ^ 0xd1b5_4a32_d192_ed03);
        let purpose = (purpose as u64 + 1).wrapping_mul(0x8cb9_2ba7_2f3d_8dd7);
        Stream {
            start: mix(mix(self.start ^ place).wrapping_add(purpose)),
        }
    }
}

/// The numbers of one place for one purpose in one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    start: u64,
}

/// Visits of an item are so far apart in a stream: an item's number stays below.
const VISIT: u32 = 40;

impl Stream {
    /// The number for an item on a visit, from 0 to 1, neither of them.
    ///
    /// Items count from 0 up to 2^40, visits up to 2^24.
    #[must_use]
    pub const fn unit(self, item: u64, visit: u32) -> f64 {
        let place = item.wrapping_add((visit as u64) << VISIT).wrapping_add(1);
        let bits = mix(self.start.wrapping_add(place.wrapping_mul(GOLDEN))) >> 12;
        (bits as f64 + 0.5) / 4_503_599_627_370_496.0
    }
}

/// The number of an item in all streams: of the key of its source and which of its items it is, from
/// 0. So items of two sources have numbers of their own.
#[must_use]
pub const fn item_number(source: u64, index: u64) -> u64 {
    mix(source ^ 0x2545_f491_4f6c_dd1d)
        .wrapping_shr(64 - VISIT)
        .wrapping_add(index)
}
