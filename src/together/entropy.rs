//! Random bytes, which the program gives.

use std::cell::RefCell;
use std::rc::Rc;

use crate::model::Id;

/// Fills bytes with random ones.
type Fill = Box<dyn FnMut(&mut [u8])>;

/// Where random bytes come from: in the browser its `crypto`, in tests a seed.
#[derive(Clone)]
pub struct Entropy(Rc<RefCell<Fill>>);

impl Entropy {
    /// Takes them from a function that fills bytes.
    #[must_use]
    pub fn new(fill: impl FnMut(&mut [u8]) + 'static) -> Self {
        Self(Rc::new(RefCell::new(Box::new(fill))))
    }

    /// Random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0.borrow_mut())(&mut bytes);
        bytes
    }

    /// A number of so many bits, at most 64.
    #[must_use]
    pub fn number(&self, bits: u32) -> u64 {
        let number = u64::from_le_bytes(self.bytes());
        number.checked_shr(64 - bits).unwrap_or_default()
    }

    /// A number from the first to the last.
    #[must_use]
    pub fn between(&self, first: u64, last: u64) -> u64 {
        first + self.number(32) % (last.saturating_sub(first) + 1)
    }

    /// An id that nobody else has.
    #[must_use]
    pub fn id(&self) -> Id {
        Id::from_bits(self.number(64))
    }
}
