//! Updates of a relay, read before they are merged: only what belongs to a log gets that far.
//!
//! A relay merges whatever anybody sends. A log is one array of bytes, so of all that an update can
//! say (y-protocols, version 1) little is left. That is read here with bounds, which tells what is
//! new and what was taken out, and cut where a relay takes no large messages.

use yrs::encoding::write::Write;

use super::reader::Reader;

/// The name of the array.
pub const LOG: &str = "log";

/// The kinds of contents.
const BLANK: u8 = 0;
const DELETED: u8 = 1;
const BINARY: u8 = 3;
const VALUES: u8 = 8;
const SKIP: u8 = 10;
/// Which of the values is bytes.
const BUFFER: u8 = 116;
/// What the first byte of an item says besides.
const HAS_LEFT: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const HAS_KEY: u8 = 0x20;
const KIND: u8 = 0x1F;
/// No client counts further.
const MOST: u32 = 1 << 31;

/// It is no update of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is no update of a log")]
pub struct NotALog;

/// An update.
pub struct Update<'u> {
    parts: Vec<Part<'u>>,
    /// What was taken out: the client, the first number, and how many.
    pub removed: Vec<(u64, u32, u32)>,
    /// How it is written.
    removals: &'u [u8],
}

/// What one client has put in in a row.
struct Part<'u> {
    client: u64,
    /// The number of the first element.
    clock: u32,
    /// How many numbers it takes.
    length: u32,
    /// What stands before the contents, its first byte among it.
    head: &'u [u8],
    /// What stands right of it, as it is written.
    right: &'u [u8],
    contents: Contents<'u>,
}

enum Contents<'u> {
    /// Nothing that is there, as it is written.
    Gone(&'u [u8]),
    Bytes(&'u [u8]),
    /// A row of elements.
    Row(Vec<&'u [u8]>),
}

impl<'u> Update<'u> {
    /// Reads an update.
    ///
    /// # Errors
    /// It is none, or does something else than to add bytes to a log and to take them out.
    pub fn read(bytes: &'u [u8]) -> Result<Self, NotALog> {
        Self::taken_apart(bytes).ok_or(NotALog)
    }

    fn taken_apart(bytes: &'u [u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let mut parts = Vec::new();
        for _ in 0..reader.count(3)? {
            let count = reader.count(2)?;
            let client = reader.number()?;
            let mut clock = reader.small()?;
            for _ in 0..count {
                let part = part(&mut reader, client, clock)?;
                clock = clock.checked_add(part.length).filter(|end| *end < MOST)?;
                parts.push(part);
            }
        }
        let removals = reader.0;
        let mut removed = Vec::new();
        for _ in 0..reader.count(2)? {
            let client = reader.number()?;
            for _ in 0..reader.count(2)? {
                let (clock, length) = (reader.small()?, reader.small()?);
                clock.checked_add(length).filter(|end| *end < MOST)?;
                removed.push((client, clock, length));
            }
        }
        reader.is_empty().then_some(Self {
            parts,
            removed,
            removals,
        })
    }

    /// The elements that it adds: the client, the number, and the bytes.
    pub fn elements(&self) -> impl Iterator<Item = (u64, u32, &'u [u8])> {
        self.parts.iter().flat_map(|part| {
            let bytes = match &part.contents {
                Contents::Gone(_) => &[][..],
                Contents::Bytes(bytes) => std::slice::from_ref(bytes),
                Contents::Row(row) => row.as_slice(),
            };
            let numbers = part.clock..;
            let elements = numbers.zip(bytes);
            elements.map(|(clock, bytes)| (part.client, clock, *bytes))
        })
    }

    /// The same in updates of about so many bytes at most; one element may have more.
    #[must_use]
    pub fn cut(&self, limit: usize) -> Vec<Vec<u8>> {
        let mut chunks = Vec::new();
        let mut open = Chunk::default();
        for part in &self.parts {
            let mut from = 0;
            while from < part.length {
                let room = limit.saturating_sub(open.length);
                let to = part.reaching(from, room);
                if to == from && open.length > 0 {
                    chunks.push(std::mem::take(&mut open).closed(&[0]));
                    continue;
                }
                let to = to.max(part.least(from));
                open.add(part, from, to);
                from = to;
            }
        }
        if self.removed.is_empty() || open.length + self.removals.len() <= limit {
            chunks.push(open.closed(self.removals));
        } else {
            chunks.push(open.closed(&[0]));
            chunks.push(Chunk::default().closed(self.removals));
        }
        chunks
    }
}

impl Part<'_> {
    /// Up to which of its elements it goes at least from one on.
    const fn least(&self, from: u32) -> u32 {
        match self.contents {
            Contents::Row(_) => from + 1,
            Contents::Gone(_) | Contents::Bytes(_) => self.length,
        }
    }

    /// Up to which of its elements it has at most so many bytes from one on.
    fn reaching(&self, from: u32, room: usize) -> u32 {
        // About what stands before contents: two ids of 15 bytes, a client and numbers.
        const HEAD: usize = 48;
        let Contents::Row(row) = &self.contents else {
            let length = match &self.contents {
                Contents::Bytes(bytes) | Contents::Gone(bytes) => bytes.len(),
                Contents::Row(_) => 0,
            };
            return if length + HEAD <= room {
                self.length
            } else {
                from
            };
        };
        let mut left = room.saturating_sub(HEAD);
        let mut to = from;
        for bytes in row.iter().skip(from as usize) {
            let Some(rest) = left.checked_sub(bytes.len() + 6) else {
                break;
            };
            left = rest;
            to += 1;
        }
        to
    }

    /// Writes its elements from one up to another.
    fn write(&self, from: u32, to: u32, into: &mut Vec<u8>) {
        let kind = match &self.contents {
            Contents::Gone(_) => None,
            Contents::Bytes(_) => Some(BINARY),
            Contents::Row(_) => Some(VALUES),
        };
        match (kind, from) {
            (None, _) | (_, 0) => into.extend(self.head),
            // It follows the element before it.
            (Some(kind), _) => {
                let right = if self.right.is_empty() { 0 } else { HAS_RIGHT };
                into.push(kind | HAS_LEFT | right);
                into.write_var(self.client);
                into.write_var(self.clock + from - 1);
                into.extend(self.right);
            }
        }
        match &self.contents {
            Contents::Gone(length) => into.extend(*length),
            Contents::Bytes(bytes) => into.write_buf(bytes),
            Contents::Row(row) => {
                into.write_var(to - from);
                for bytes in row.iter().take(to as usize).skip(from as usize) {
                    into.push(BUFFER);
                    into.write_buf(bytes);
                }
            }
        }
    }
}

/// Parts of an update, each run of one client under its head.
#[derive(Default)]
struct Chunk {
    /// Per run the client, the first number, the next one, how many parts, and their bytes.
    runs: Vec<(u64, u32, u32, u32, Vec<u8>)>,
    length: usize,
}

impl Chunk {
    fn add(&mut self, part: &Part<'_>, from: u32, to: u32) {
        let clock = part.clock + from;
        let is_next = |run: &(u64, u32, u32, u32, Vec<u8>)| run.0 == part.client && run.2 == clock;
        if !self.runs.last().is_some_and(is_next) {
            self.runs.push((part.client, clock, clock, 0, Vec::new()));
            self.length += 16;
        }
        if let Some((_, _, next, count, bytes)) = self.runs.last_mut() {
            let before = bytes.len();
            part.write(from, to, bytes);
            *next = part.clock + to;
            *count += 1;
            self.length += bytes.len() - before;
        }
    }

    fn closed(self, removals: &[u8]) -> Vec<u8> {
        let mut update = Vec::new();
        update.write_var(self.runs.len());
        for (client, clock, _, count, bytes) in self.runs {
            update.write_var(count);
            update.write_var(client);
            update.write_var(clock);
            update.extend(bytes);
        }
        update.extend(removals);
        update
    }
}

fn part<'u>(reader: &mut Reader<'u>, client: u64, clock: u32) -> Option<Part<'u>> {
    let start = reader.0;
    let first = reader.byte()?;
    let mut right: &[u8] = &[];
    let is_item = first != BLANK && first != SKIP;
    if is_item {
        let has_parent = first & (HAS_LEFT | HAS_RIGHT) == 0;
        if first & HAS_LEFT != 0 {
            let _ = id(reader)?;
        }
        if first & HAS_RIGHT != 0 {
            right = id(reader)?;
        }
        if has_parent && (reader.number()? != 1 || reader.text()? != LOG) {
            return None;
        }
        if first & HAS_KEY != 0 && has_parent {
            return None;
        }
    }
    let head = &start[..start.len() - reader.0.len()];
    let before = reader.0;
    let (length, contents) = match (is_item, first & KIND) {
        (false, _) | (true, DELETED) => {
            let length = reader.small()?;
            (
                length,
                Contents::Gone(&before[..before.len() - reader.0.len()]),
            )
        }
        (true, BINARY) => (1, Contents::Bytes(reader.bytes()?)),
        (true, VALUES) => {
            let count = reader.count(2)?;
            let mut row = Vec::new();
            for _ in 0..count {
                if reader.byte()? != BUFFER {
                    return None;
                }
                row.push(reader.bytes()?);
            }
            (u32::try_from(count).ok()?, Contents::Row(row))
        }
        _ => return None,
    };
    (length > 0).then_some(Part {
        client,
        clock,
        length,
        head,
        right,
        contents,
    })
}

/// The id of an element, as it is written.
fn id<'u>(reader: &mut Reader<'u>) -> Option<&'u [u8]> {
    let start = reader.0;
    let _ = (reader.number()?, reader.small()?);
    Some(&start[..start.len() - reader.0.len()])
}
