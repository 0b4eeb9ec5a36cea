//! What two rooms say to each other: entries, or what is there.

use super::entry::Entry;
use super::parcel::{Parcel, ParcelError, covered_of, numbers_of, read_parcel};
use super::piece::{About, PieceError, cut};
use crate::store::{Covered, DocumentCodec};

const ENTRIES: u8 = 0;
const HELD: u8 = 1;

/// Why bytes are no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// A frame is no piece of one.
    #[error(transparent)]
    Piece(#[from] PieceError),
    /// It has entries that cannot be read.
    #[error(transparent)]
    Parcel(#[from] ParcelError),
    /// It is of a kind that this version does not know, or says more than it may.
    #[error("it is no message of a room")]
    Unknown,
}

impl MessageError {
    /// Whether a newer version of the program made it.
    #[must_use]
    pub const fn is_newer(&self) -> bool {
        matches!(
            self,
            Self::Piece(PieceError::Newer) | Self::Parcel(ParcelError::Newer)
        )
    }
}

/// What a room says.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Entries.
    Entries(Vec<Entry>),
    /// Up to which number it has the entries of each tab.
    Held(Covered),
}

/// The frames of a message with entries.
pub fn frames_of_parcel(parcel: &Parcel, limit: usize) -> Result<Vec<Vec<u8>>, MessageError> {
    let about = About {
        tab: parcel.tab.bits(),
        first: parcel.first,
        last: parcel.last,
    };
    let mut message = vec![ENTRIES];
    message.extend(&parcel.bytes);
    Ok(cut(&message, Some(about), limit)?)
}

/// The frames of a message that says what is there.
pub fn frames_of_held(held: &Covered, limit: usize) -> Result<Vec<Vec<u8>>, MessageError> {
    let mut message = vec![HELD];
    message.extend(postcard::to_allocvec(&numbers_of(held)).map_err(PieceError::from)?);
    Ok(cut(&message, None, limit)?)
}

/// Reads a message.
pub fn read(bytes: &[u8], rules: u32, codec: &dyn DocumentCodec) -> Result<Message, MessageError> {
    match bytes.split_first() {
        Some((&ENTRIES, parcel)) => Ok(Message::Entries(read_parcel(parcel, rules, codec)?)),
        Some((&HELD, numbers)) => {
            let read = postcard::take_from_bytes::<Vec<(u64, u64)>>(numbers);
            let (numbers, rest) = read.map_err(PieceError::from)?;
            let held = covered_of(&numbers).filter(|_| rest.is_empty());
            held.map(Message::Held).ok_or(MessageError::Unknown)
        }
        _ => Err(MessageError::Unknown),
    }
}
