//! The ballots of one vote: a set that only grows, so that every page that has heard the same ones
//! counts the same. A ballot is a random id and its dots; it does not say whose it is.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde_json::{Value, json};

use crate::model::{Id, Lever};

/// The most ballots of a vote. Of more, those with the lowest ids count, on every page the same.
pub const MOST_BALLOTS: usize = 200;
/// The most dots of a ballot.
pub const MOST_DOTS: usize = 10;

/// What a dot is for. It may be gone from the document.
///
/// Its text is a letter and an id, so it is short whatever it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DotTarget {
    /// A record.
    Record(Id),
    /// A loop: the fingerprint of its links.
    Loop(Id),
    /// A finding of a check: the fingerprint of its topic and its records.
    Finding(Id),
}

/// A text names nothing that a dot could be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this names nothing that a dot could be for")]
pub struct NoTarget;

impl DotTarget {
    /// What names this.
    #[must_use]
    pub fn of(lever: &Lever) -> Self {
        match lever {
            Lever::Record(id) => Self::Record(*id),
            Lever::Loop(key) => Self::Loop(fingerprint(&[], key.links())),
        }
    }

    /// What names the finding of this topic about these records, in whatever order they are. It
    /// stays when the words of the finding change.
    #[must_use]
    pub fn of_finding(topic: &str, about: &[Id]) -> Self {
        let mut about = about.to_vec();
        about.sort_unstable();
        about.dedup();
        // What no topic has in it stands before the records.
        let topic = [topic.as_bytes(), &[0]].concat();
        Self::Finding(fingerprint(&topic, &about))
    }

    /// Whether it is a finding.
    #[must_use]
    pub const fn is_finding(&self) -> bool {
        matches!(self, Self::Finding(_))
    }
}

impl fmt::Display for DotTarget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(id) => write!(formatter, "r{id}"),
            Self::Loop(id) => write!(formatter, "l{id}"),
            Self::Finding(id) => write!(formatter, "f{id}"),
        }
    }
}

impl FromStr for DotTarget {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        let make = match text.as_bytes().first() {
            Some(b'r') => Self::Record,
            Some(b'l') => Self::Loop,
            Some(b'f') => Self::Finding,
            _ => return Err(NoTarget),
        };
        let id = text.get(1..).and_then(|id| id.parse().ok());
        id.map(make).ok_or(NoTarget)
    }
}

/// A text and records as one number (FNV-1a of 64 bits): many records would make a ballot long.
fn fingerprint(text: &[u8], records: &[Id]) -> Id {
    let records = records.iter().flat_map(|id| id.bits().to_be_bytes());
    let hash = text
        .iter()
        .copied()
        .chain(records)
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    Id::from_bits(hash)
}

/// All ballots of a vote that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ballots(BTreeMap<Id, Vec<DotTarget>>);

impl Ballots {
    /// Adds a ballot; says whether that changes anything. One without a dot is none. Of two with one
    /// id the greater counts, so it does not matter which was heard first.
    pub fn add(&mut self, ballot: Id, mut dots: Vec<DotTarget>) -> bool {
        dots.sort_unstable();
        let known = self.0.get(&ballot);
        if dots.is_empty() || dots.len() > MOST_DOTS || known.is_some_and(|known| *known >= dots) {
            return false;
        }
        self.0.insert(ballot, dots);
        let mut is_in = true;
        while self.0.len() > MOST_BALLOTS {
            is_in &= self.0.pop_last().is_some_and(|(last, _)| last != ballot);
        }
        is_in
    }

    /// Adds all of another set; says whether that changes anything.
    pub fn join(&mut self, other: &Self) -> bool {
        let all = other.0.iter();
        all.fold(false, |is_changed, (ballot, dots)| {
            self.add(*ballot, dots.clone()) || is_changed
        })
    }

    /// Leaves out the ballots with more dots than a person has.
    pub fn leave_out_above(&mut self, most: usize) {
        self.0.retain(|_, dots| dots.len() <= most);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many dots each thing has.
    #[must_use]
    pub fn tally(&self) -> BTreeMap<DotTarget, usize> {
        let mut tally = BTreeMap::new();
        for target in self.0.values().flatten() {
            *tally.entry(*target).or_insert(0) += 1;
        }
        tally
    }

    /// As a part of the text of a poll.
    pub(super) fn write(&self) -> Value {
        let ballots = self.0.iter().map(|(id, dots)| {
            let dots: Vec<String> = dots.iter().map(DotTarget::to_string).collect();
            (id.to_string(), json!(dots))
        });
        Value::Object(ballots.collect())
    }

    /// Reads such a part. A ballot that has another form is left out.
    pub(super) fn read(value: &Value) -> Self {
        let mut ballots = Self::default();
        for (id, dots) in value.as_object().into_iter().flatten() {
            let dots = dots.as_array().filter(|dots| dots.len() <= MOST_DOTS);
            let dots: Option<Vec<DotTarget>> = dots.and_then(|dots| {
                let dots = dots.iter().map(|dot| dot.as_str()?.parse().ok());
                dots.collect()
            });
            if let (Ok(id), Some(dots)) = (id.parse(), dots) {
                ballots.add(id, dots);
            }
        }
        ballots
    }
}
