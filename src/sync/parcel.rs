//! Entries as bytes: several of one tab in one parcel.
//!
//! A byte that counts the layouts, then deflated: the tab, the number of the first entry and how
//! many they are, then of each its Lamport time, when it was made, its rules, its kind and what it
//! does. The layout stays, so that an older version of the program can pass on what it cannot read.
//! Patches and documents are texts of the file format.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::{Deserialize, Serialize};

use super::entry::{Body, Entry, LARGEST_NUMBER, Raw};
use super::snapshot::{MOST_TABS, Snapshot};
use crate::model::Id;
use crate::store::{Covered, DocumentCodec, Order, Unreadable};

/// The most entries of one parcel.
pub const MOST_ENTRIES_OF_PARCEL: u64 = 1_000;
/// The most bytes that a parcel may have unpacked: a document as large as a file may be, and what
/// is said of it.
pub const LARGEST_UNPACKED: usize = 34 * 1024 * 1024;

/// About how many bytes of patches one parcel takes before it is packed.
const FULL: usize = 256 * 1024;
/// The layout that this program writes, and the newest that it reads.
const LAYOUT: u8 = 1;
/// A good balance of DEFLATE's levels between time and size.
const LEVEL: u8 = 6;
const PATCH: u8 = 0;
const SNAPSHOT: u8 = 1;

/// Why bytes are no parcel.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// A newer version of the program packed it.
    #[error("a newer version of Loopstream packed it")]
    Newer,
    /// It does not unpack, or to more than it may.
    #[error("it is cut off, was changed, or is too large")]
    Packing,
    /// It is not what a parcel says.
    #[error("it is no parcel: {0}")]
    Postcard(#[from] postcard::Error),
    /// It has no entries, or too many, or numbers out of range.
    #[error("it has no entries, too many, or numbers out of range")]
    Numbers,
    /// More follows than it says.
    #[error("{0} bytes follow the last entry")]
    Longer(usize),
}

/// What stands before the entries.
#[derive(Serialize, Deserialize)]
struct Head {
    tab: u64,
    first: u64,
    count: u64,
}

/// An entry without its tab and number.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    lamport: u64,
    at: u64,
    rules: u32,
    kind: u8,
    #[serde(borrow, with = "serde_bytes")]
    bytes: &'a [u8],
}

/// What a snapshot says before its document.
#[derive(Serialize, Deserialize)]
struct WrittenSnapshot {
    covered: Vec<(u64, u64)>,
    let_go: Vec<(u64, u64)>,
}

/// Bytes of entries, and which they are.
pub struct Parcel {
    /// Who made them.
    pub tab: Id,
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Packs entries, as many in each parcel as stand together.
pub fn parcels<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    codec: &dyn DocumentCodec,
) -> Result<Vec<Parcel>, ParcelError> {
    let mut entries: Vec<&Entry> = entries.into_iter().collect();
    entries.sort_by_key(|entry| (entry.order.tab, entry.order.number));
    let mut parcels = Vec::new();
    let mut open: Option<Open> = None;
    for entry in entries {
        let raw = raw_of(entry, codec)?;
        if let Some(full) = open.take_if(|open| !open.takes(entry, raw.bytes.len())) {
            parcels.push(full.closed()?);
        }
        open.get_or_insert_with(|| Open::at(entry.order))
            .add(entry, &raw)?;
    }
    if let Some(last) = open {
        parcels.push(last.closed()?);
    }
    Ok(parcels)
}

/// A parcel in the making.
struct Open {
    head: Head,
    bytes: Vec<u8>,
}

impl Open {
    const fn at(order: Order) -> Self {
        let head = Head {
            tab: order.tab.bits(),
            first: order.number,
            count: 0,
        };
        Self {
            head,
            bytes: Vec::new(),
        }
    }

    /// Whether the entry comes next and has room.
    const fn takes(&self, entry: &Entry, length: usize) -> bool {
        entry.order.tab.bits() == self.head.tab
            && entry.order.number == self.head.first + self.head.count
            && self.head.count < MOST_ENTRIES_OF_PARCEL
            && self.bytes.len() + length <= FULL
    }

    fn add(&mut self, entry: &Entry, raw: &Raw) -> Result<(), ParcelError> {
        let written = Written {
            lamport: entry.order.lamport,
            at: entry.at,
            rules: entry.rules,
            kind: raw.kind,
            bytes: &raw.bytes,
        };
        self.bytes.extend(postcard::to_allocvec(&written)?);
        self.head.count += 1;
        Ok(())
    }

    fn closed(self) -> Result<Parcel, ParcelError> {
        let mut whole = postcard::to_allocvec(&self.head)?;
        whole.extend(self.bytes);
        let mut bytes = vec![LAYOUT];
        bytes.extend(compress_to_vec(&whole, LEVEL));
        Ok(Parcel {
            tab: Id::from_bits(self.head.tab),
            first: self.head.first,
            last: self.head.first + self.head.count - 1,
            bytes,
        })
    }
}

/// Packs one entry, as it is kept.
///
/// # Errors
/// It cannot be written; no entry that was made or read is such.
pub fn write_parcel(entry: &Entry, codec: &dyn DocumentCodec) -> Result<Vec<u8>, ParcelError> {
    let mut open = Open::at(entry.order);
    open.add(entry, &raw_of(entry, codec)?)?;
    Ok(open.closed()?.bytes)
}

/// Reads the entries of a parcel. What an entry does is read up to the given rules; one that cannot
/// be read is [`Body::Damaged`], and the others are not.
///
/// # Errors
/// It is no parcel, or more than a parcel may be.
pub fn read_parcel(
    bytes: &[u8],
    rules: u32,
    codec: &dyn DocumentCodec,
) -> Result<Vec<Entry>, ParcelError> {
    let (layout, packed) = bytes.split_first().ok_or(ParcelError::Packing)?;
    match *layout {
        LAYOUT => {}
        layout if layout > LAYOUT => return Err(ParcelError::Newer),
        _ => return Err(ParcelError::Packing),
    }
    let whole =
        decompress_to_vec_with_limit(packed, LARGEST_UNPACKED).map_err(|_| ParcelError::Packing)?;
    let (head, mut rest) = postcard::take_from_bytes::<Head>(&whole)?;
    let is_fitting = (1..=MOST_ENTRIES_OF_PARCEL).contains(&head.count)
        && (1..=LARGEST_NUMBER - head.count).contains(&head.first);
    if !is_fitting {
        return Err(ParcelError::Numbers);
    }
    let mut entries = Vec::new();
    for number in head.first..head.first + head.count {
        let written: Written<'_>;
        (written, rest) = postcard::take_from_bytes(rest)?;
        let order = Order {
            lamport: written.lamport,
            tab: Id::from_bits(head.tab),
            number,
        };
        entries.push(Entry {
            order,
            at: written.at,
            rules: written.rules,
            body: read_body(&written, order, rules, codec),
        });
    }
    match rest.len() {
        0 => Ok(entries),
        more => Err(ParcelError::Longer(more)),
    }
}

fn raw_of(entry: &Entry, codec: &dyn DocumentCodec) -> Result<Raw, ParcelError> {
    Ok(match &entry.body {
        Body::Patch(patch) => Raw {
            kind: PATCH,
            bytes: codec.write_patch(patch).into_bytes(),
        },
        Body::Snapshot(snapshot) => {
            let mut bytes = postcard::to_allocvec(&WrittenSnapshot {
                covered: numbers_of(&snapshot.covered),
                let_go: numbers_of(&snapshot.let_go),
            })?;
            bytes.extend(codec.write_document(&snapshot.document).into_bytes());
            Raw {
                kind: SNAPSHOT,
                bytes,
            }
        }
        Body::Newer(raw) | Body::Damaged(raw) => raw.clone(),
    })
}

fn read_body(written: &Written<'_>, order: Order, rules: u32, codec: &dyn DocumentCodec) -> Body {
    let raw = || Raw {
        kind: written.kind,
        bytes: written.bytes.to_vec(),
    };
    if written.rules > rules {
        return Body::Newer(raw());
    }
    let damaged = || Unreadable::Damaged(String::new());
    let read = match written.kind {
        _ if order.lamport > LARGEST_NUMBER => Err(damaged()),
        PATCH => std::str::from_utf8(written.bytes)
            .map_err(|_| damaged())
            .and_then(|text| codec.read_patch(text))
            .map(|patch| Body::Patch(Box::new(patch))),
        SNAPSHOT => read_snapshot(written.bytes, order, codec)
            .map(|snapshot| Body::Snapshot(Box::new(snapshot))),
        _ => Err(damaged()),
    };
    read.unwrap_or_else(|why| match why {
        Unreadable::Newer(_) => Body::Newer(raw()),
        Unreadable::Damaged(_) => Body::Damaged(raw()),
    })
}

fn read_snapshot(
    bytes: &[u8],
    order: Order,
    codec: &dyn DocumentCodec,
) -> Result<Snapshot, Unreadable> {
    let damaged = || Unreadable::Damaged("it is no snapshot".to_owned());
    let read = postcard::take_from_bytes::<WrittenSnapshot>(bytes);
    let (written, text) = read.map_err(|_| damaged())?;
    let covered = covered_of(&written.covered).ok_or_else(damaged)?;
    let let_go = covered_of(&written.let_go).ok_or_else(damaged)?;
    let text = std::str::from_utf8(text).map_err(|_| damaged())?;
    let snapshot = Snapshot {
        covered,
        let_go,
        document: codec.read_document(text)?,
    };
    snapshot.fits(order).then_some(snapshot).ok_or_else(damaged)
}

/// Tabs and numbers as they are written.
pub fn numbers_of(covered: &Covered) -> Vec<(u64, u64)> {
    let covered = covered.iter();
    covered.map(|(tab, number)| (tab.bits(), *number)).collect()
}

/// Tabs and numbers as they were written, each tab once; none where there are too many.
pub fn covered_of(numbers: &[(u64, u64)]) -> Option<Covered> {
    let all = numbers.iter();
    let covered: Covered = all
        .map(|(tab, number)| (Id::from_bits(*tab), *number))
        .collect();
    (covered.len() == numbers.len() && covered.len() <= MOST_TABS).then_some(covered)
}
