//! A seal for tests: no cipher, but it shows who sealed and what was changed.

use loopstream::sync::{Carrier, Down, RULES, Room, Seal, Sealed};

use crate::sync::{drawn, make, small, tab};

pub struct ToySeal {
    pub key: u64,
    pub nonce: u64,
}

impl ToySeal {
    fn mixed(&self, nonce: u64, bytes: &[u8]) -> Vec<u8> {
        let mut state = self.key ^ nonce;
        let mix = |byte: &u8| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            byte ^ (state >> 56) as u8
        };
        bytes.iter().map(mix).collect()
    }

    fn sum(&self, nonce: u64, bytes: &[u8]) -> u64 {
        let start = self.key.wrapping_add(nonce) ^ 0xcbf2_9ce4_8422_2325;
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        bytes.iter().fold(start, step)
    }
}

impl Seal for ToySeal {
    fn overhead(&self) -> usize {
        16
    }

    fn seal(&mut self, frame: &[u8]) -> Vec<u8> {
        self.nonce += 1;
        let mut sealed = self.nonce.to_le_bytes().to_vec();
        sealed.extend(self.sum(self.nonce, frame).to_le_bytes());
        sealed.extend(self.mixed(self.nonce, frame));
        sealed
    }

    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_first_chunk()?;
        let (sum, rest) = rest.split_first_chunk()?;
        let nonce = u64::from_le_bytes(*nonce);
        let frame = self.mixed(nonce, rest);
        (self.sum(nonce, &frame) == u64::from_le_bytes(*sum)).then_some(frame)
    }
}

/// A carrier that keeps what leaves, until it breaks.
pub struct Out {
    pub frames: Vec<Vec<u8>>,
    pub limit: usize,
    /// After how many frames it breaks.
    pub left: Option<usize>,
}

impl Out {
    pub fn new(limit: usize) -> Self {
        Self {
            frames: Vec::new(),
            limit,
            left: None,
        }
    }
}

impl Carrier for Out {
    fn limit(&self) -> usize {
        self.limit
    }

    fn send(&mut self, frame: &[u8]) -> Result<(), Down> {
        match &mut self.left {
            Some(0) => return Err(Down),
            Some(left) => *left -= 1,
            None => {}
        }
        assert!(frame.len() <= self.limit, "no frame is over the limit");
        self.frames.push(frame.to_vec());
        Ok(())
    }
}

#[test]
fn a_sealed_carrier_sends_frames_that_only_the_key_opens() {
    use loopstream::sync::{Heard, Line, Other};
    use loopstream::worker::NativeFormat;

    let mut room = Room::open(tab(1), small(), RULES, 0);
    for number in 1..40 {
        make(&mut room, |document| drawn(document, number));
    }
    let mut out = Out::new(300);
    let mut seal = ToySeal { key: 5, nonce: 0 };
    let mut line = Line::new(Other::Log);
    line.heard_all();
    let mut sealed = Sealed {
        carrier: &mut out,
        seal: &mut seal,
    };
    line.offer(&room, &NativeFormat, &mut sealed).unwrap();
    assert!(out.frames.len() > 1, "cut into pieces below the limit");
    let stranger = ToySeal { key: 6, nonce: 0 };
    let mut other = Line::new(Other::Log);
    let mut joined = Room::join(tab(2), RULES);
    for frame in &out.frames {
        assert_eq!(stranger.open(frame), None);
        let mut changed = frame.clone();
        changed[20] ^= 1;
        assert_eq!(seal.open(&changed), None);
        let frame = seal.open(frame).unwrap();
        if let Heard::Entries(entries) = other.hear(&frame, &joined, &NativeFormat).unwrap() {
            joined.take(entries);
        }
    }
    assert_eq!(joined.document(), room.document());
}
