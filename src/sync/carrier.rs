//! What carries frames from one room to another: other tabs, a relay, a direct peer, a file.

/// The way on which frames leave. What comes is given to [`Line::hear`](super::Line::hear).
pub trait Carrier {
    /// How many bytes one frame may have.
    fn limit(&self) -> usize;

    /// Sends a frame.
    ///
    /// # Errors
    /// The way is down; nothing was sent.
    fn send(&mut self, frame: &[u8]) -> Result<(), Down>;
}

/// A carrier sends nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the line is down")]
pub struct Down;

/// Seals frames with the key of one room, so that who carries them reads nothing and changes nothing.
/// To send a frame again is harmless; nonces are the business of the seal.
pub trait Seal {
    /// By how many bytes a sealed frame is longer.
    fn overhead(&self) -> usize;

    /// The sealed frame.
    fn seal(&mut self, frame: &[u8]) -> Vec<u8>;

    /// The frame that was sealed; none if somebody else sealed it, or changed it.
    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>>;
}

/// A carrier whose frames are sealed. A program whose cipher answers later seals in its own carrier.
pub struct Sealed<'a> {
    /// What carries the sealed frames.
    pub carrier: &'a mut dyn Carrier,
    /// What seals them.
    pub seal: &'a mut dyn Seal,
}

impl Carrier for Sealed<'_> {
    fn limit(&self) -> usize {
        self.carrier.limit().saturating_sub(self.seal.overhead())
    }

    fn send(&mut self, frame: &[u8]) -> Result<(), Down> {
        self.carrier.send(&self.seal.seal(frame))
    }
}
