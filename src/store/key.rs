//! The names under which things are kept.

use std::fmt;

use crate::model::Id;

/// Every key of the app starts with this.
pub const PREFIX: &str = "loopstream/";

/// One of the two places in which the snapshots of a document take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// The first.
    A,
    /// The second.
    B,
}

impl Slot {
    /// Both, in order.
    pub const BOTH: [Self; 2] = [Self::A, Self::B];

    /// The one whose turn is next.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }
}

/// What stands under a key. Its text is the key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A whole document as it was at one time.
    Snapshot {
        /// The document.
        document: Id,
        /// Its place.
        slot: Slot,
    },
    /// One patch.
    Journal {
        /// The document.
        document: Id,
        /// The tab that made it.
        tab: Id,
        /// Counts the patches of that tab, from 1.
        number: u64,
    },
    /// The versions of a document.
    History(Id),
    /// The time at which a document was deleted; it is still there.
    Deleted(Id),
    /// The time at which a document was made a template of its owner.
    Template(Id),
    /// By which link the room of a document is reached.
    Room(Id),
    /// The dots that the person gave in the vote in the room of a document.
    Vote(Id),
    /// From which number on the patches of a tab are held back in the room of a document.
    Held {
        /// The document.
        document: Id,
        /// The tab.
        tab: Id,
    },
    /// Who the person before this browser is in rooms.
    Person,
    /// The relay that was used last.
    Relay,
    /// Where on the canvas a person was looking.
    View(Id),
    /// The document that was open last.
    Last,
    /// A text that could not be read, kept for its owner.
    Quarantine {
        /// Where it stood: a key without the prefix.
        from: String,
        /// The checksum of the text, so that it is kept once.
        checksum: String,
    },
}

impl Key {
    /// What a key of the storage stands for; `None` if it is not one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.strip_prefix(PREFIX)?.split_once('/').unzip();
        let key = match (kind, rest) {
            (None, None) => match text.strip_prefix(PREFIX)? {
                "last" => Self::Last,
                "person" => Self::Person,
                "relay" => Self::Relay,
                _ => return None,
            },
            (Some("document"), Some(rest)) => {
                let (document, slot) = rest.split_once('/')?;
                let slot = match slot {
                    "a" => Slot::A,
                    "b" => Slot::B,
                    _ => return None,
                };
                Self::Snapshot {
                    document: document.parse().ok()?,
                    slot,
                }
            }
            (Some("journal"), Some(rest)) => {
                let mut parts = rest.splitn(3, '/');
                Self::Journal {
                    document: parts.next()?.parse().ok()?,
                    tab: parts.next()?.parse().ok()?,
                    number: parts.next()?.parse().ok()?,
                }
            }
            (Some("history"), Some(id)) => Self::History(id.parse().ok()?),
            (Some("deleted"), Some(id)) => Self::Deleted(id.parse().ok()?),
            (Some("template"), Some(id)) => Self::Template(id.parse().ok()?),
            (Some("room"), Some(id)) => Self::Room(id.parse().ok()?),
            (Some("vote"), Some(id)) => Self::Vote(id.parse().ok()?),
            (Some("held"), Some(rest)) => {
                let (document, tab) = rest.split_once('/')?;
                Self::Held {
                    document: document.parse().ok()?,
                    tab: tab.parse().ok()?,
                }
            }
            (Some("view"), Some(id)) => Self::View(id.parse().ok()?),
            (Some("aside"), Some(rest)) => {
                let (from, checksum) = rest.rsplit_once('/')?;
                Self::Quarantine {
                    from: from.to_owned(),
                    checksum: checksum.to_owned(),
                }
            }
            _ => return None,
        };
        // One thing has one key: `01` and `+1` are not the number 1.
        (key.to_string() == text).then_some(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(PREFIX)?;
        match self {
            Self::Snapshot { document, slot } => {
                let slot = match slot {
                    Slot::A => 'a',
                    Slot::B => 'b',
                };
                write!(formatter, "document/{document}/{slot}")
            }
            Self::Journal {
                document,
                tab,
                number,
            } => write!(formatter, "journal/{document}/{tab}/{number}"),
            Self::History(document) => write!(formatter, "history/{document}"),
            Self::Deleted(document) => write!(formatter, "deleted/{document}"),
            Self::Template(document) => write!(formatter, "template/{document}"),
            Self::Room(document) => write!(formatter, "room/{document}"),
            Self::Vote(document) => write!(formatter, "vote/{document}"),
            Self::Held { document, tab } => write!(formatter, "held/{document}/{tab}"),
            Self::Person => formatter.write_str("person"),
            Self::Relay => formatter.write_str("relay"),
            Self::View(document) => write!(formatter, "view/{document}"),
            Self::Last => formatter.write_str("last"),
            Self::Quarantine { from, checksum } => write!(formatter, "aside/{from}/{checksum}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_as_itself() {
        let document = Id::from_bits(u64::MAX);
        let keys = [
            Key::Snapshot {
                document,
                slot: Slot::B,
            },
            Key::Journal {
                document,
                tab: Id::from_bits(0),
                number: 7,
            },
            Key::History(document),
            Key::Deleted(document),
            Key::Template(document),
            Key::Room(document),
            Key::Vote(document),
            Key::Held {
                document,
                tab: Id::from_bits(3),
            },
            Key::Person,
            Key::Relay,
            Key::View(document),
            Key::Last,
            Key::Quarantine {
                from: "document/x/a".to_owned(),
                checksum: "12".to_owned(),
            },
        ];
        for key in keys {
            assert_eq!(Key::parse(&key.to_string()), Some(key));
        }
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        for text in [
            "",
            "loopstream",
            "loopstream/",
            "other/last",
            "loopstream/last/",
            "loopstream/document/x",
            "loopstream/document/x/c",
            "loopstream/journal/x/y/01",
            "loopstream/journal/x/y/+1",
            "loopstream/journal/x/y/1/2",
        ] {
            assert_eq!(Key::parse(text), None, "{text}");
        }
    }
}
