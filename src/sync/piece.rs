//! Messages cut into pieces that a relay or a data channel takes, and put together again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The longest message, in bytes.
pub const LARGEST_MESSAGE: usize = 36 * 1024 * 1024;
/// How many bytes of unfinished messages are kept; the oldest are dropped first.
const MOST_UNFINISHED: usize = 2 * LARGEST_MESSAGE;
/// How many unfinished messages are kept.
const MOST_MESSAGES: usize = 256;
/// The most bytes that stand before those of the message.
const LONGEST_HEAD: usize = 64;
/// A frame has at least so many bytes, whatever the carrier says.
const SMALLEST_FRAME: usize = 256;
/// The layout that this program writes, and the only one that it reads.
const LAYOUT: u8 = 1;

/// Why a frame is no piece of a message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PieceError {
    /// A newer version of the program cut it.
    #[error("a newer version of Loopstream cut it")]
    Newer,
    /// It is not what a piece says.
    #[error("it is no piece of a message: {0}")]
    Postcard(#[from] postcard::Error),
    /// It contradicts itself or the other pieces, or the message would be too long.
    #[error("it does not belong to a message")]
    Stray,
}

/// Which entries a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct About {
    /// Who made them.
    pub tab: u64,
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
}

/// What stands before the bytes of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Head {
    message: Message,
    index: u32,
}

/// What all pieces of one message have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Message {
    about: Option<About>,
    /// How many pieces it has.
    count: u32,
    /// How many bytes it has.
    length: u32,
    /// The CRC-32 of its bytes.
    sum: u32,
}

/// Cuts a message into frames of at most so many bytes.
///
/// # Errors
/// It is too long.
pub fn cut(message: &[u8], about: Option<About>, limit: usize) -> Result<Vec<Vec<u8>>, PieceError> {
    let room = limit.max(SMALLEST_FRAME) - LONGEST_HEAD;
    if message.is_empty() || message.len() > LARGEST_MESSAGE {
        return Err(PieceError::Stray);
    }
    let number = |length: usize| u32::try_from(length).map_err(|_| PieceError::Stray);
    let whole = Message {
        about,
        count: number(message.len().div_ceil(room))?,
        length: number(message.len())?,
        sum: crc32fast::hash(message),
    };
    let mut frames = Vec::new();
    for (bytes, index) in message.chunks(room).zip(0_u32..) {
        let head = Head {
            message: whole,
            index,
        };
        let mut frame = vec![LAYOUT];
        frame.extend(postcard::to_allocvec(&head)?);
        frame.extend(bytes);
        frames.push(frame);
    }
    Ok(frames)
}

/// Which entries a frame is about.
///
/// # Errors
/// It is no frame.
pub fn about(frame: &[u8]) -> Result<Option<About>, PieceError> {
    Ok(taken_apart(frame)?.0.message.about)
}

fn taken_apart(frame: &[u8]) -> Result<(Head, &[u8]), PieceError> {
    match frame.split_first() {
        Some((&LAYOUT, rest)) => Ok(postcard::take_from_bytes(rest)?),
        Some((layout, _)) if *layout > LAYOUT => Err(PieceError::Newer),
        _ => Err(PieceError::Stray),
    }
}

/// The messages of which some pieces are here.
#[derive(Clone, Debug, Default)]
pub struct Unfinished {
    messages: BTreeMap<Message, Pieces>,
    /// How many messages were begun.
    begun: u64,
    /// How many bytes all of them have.
    bytes: usize,
}

#[derive(Clone, Debug, Default)]
struct Pieces {
    begun: u64,
    bytes: BTreeMap<u32, Vec<u8>>,
    length: usize,
}

impl Unfinished {
    /// Takes a frame; returns the message that it completes, if it does.
    ///
    /// # Errors
    /// It is no piece of a message, or the pieces of this one do not belong together.
    pub fn take(&mut self, frame: &[u8]) -> Result<Option<Vec<u8>>, PieceError> {
        let (Head { message, index }, bytes) = taken_apart(frame)?;
        let length = message.length as usize;
        let is_fitting = length <= LARGEST_MESSAGE
            && bytes.len() <= length
            && !bytes.is_empty()
            && message.count <= message.length
            && index < message.count;
        if !is_fitting {
            return Err(PieceError::Stray);
        }
        if message.count == 1 {
            return whole(&message, bytes.to_vec()).map(Some);
        }
        let begun = self.begun;
        let pieces = self.messages.entry(message).or_insert_with(|| Pieces {
            begun,
            ..Pieces::default()
        });
        if pieces.begun == begun {
            self.begun += 1;
        }
        if pieces.bytes.contains_key(&index) {
            return Ok(None);
        }
        if pieces.length + bytes.len() > length {
            self.drop(&message);
            return Err(PieceError::Stray);
        }
        pieces.length += bytes.len();
        pieces.bytes.insert(index, bytes.to_vec());
        self.bytes += bytes.len();
        if pieces.bytes.len() < message.count as usize {
            self.make_room(&message);
            return Ok(None);
        }
        let pieces = self.drop(&message);
        let bytes = pieces
            .into_iter()
            .flat_map(|pieces| pieces.bytes.into_values());
        whole(&message, bytes.flatten().collect()).map(Some)
    }

    fn drop(&mut self, message: &Message) -> Option<Pieces> {
        let pieces = self.messages.remove(message)?;
        self.bytes -= pieces.length;
        Some(pieces)
    }

    /// Drops the oldest messages but this one, while there are too many.
    fn make_room(&mut self, but: &Message) {
        while self.bytes > MOST_UNFINISHED || self.messages.len() > MOST_MESSAGES {
            let others = self.messages.iter().filter(|(message, _)| *message != but);
            let Some((oldest, _)) = others.min_by_key(|(_, pieces)| pieces.begun) else {
                return;
            };
            let oldest = *oldest;
            self.drop(&oldest);
        }
    }
}

/// The bytes of a message, if they are those that were cut.
fn whole(message: &Message, bytes: Vec<u8>) -> Result<Vec<u8>, PieceError> {
    let is_same = bytes.len() == message.length as usize && crc32fast::hash(&bytes) == message.sum;
    is_same.then_some(bytes).ok_or(PieceError::Stray)
}
