//! What the channels of a world carry, and what its pages say of themselves.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use loopstream::sync::{
    Candidate, CandidateAddress, CandidateKind, Contact, Invitation, Rights, Role, Secret, Way,
};
use loopstream::together::{ChannelFrame, ChannelSeal, EntryOpener, Keys};

use super::super::world::entropy;

/// The secret of the link to edit.
pub const SECRET: Secret = Secret([7; 16]);

/// The link to edit of a room without a relay.
pub fn link() -> Invitation {
    Invitation {
        way: Way::Direct(None),
        rights: Rights::Edit,
        secret: SECRET,
    }
}

/// The keys of a link.
pub fn keys(link: &str) -> Keys {
    let link = Invitation::read(link).unwrap();
    Keys::new(link.secret, link.rights).unwrap()
}

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Here,
    Entries,
    Held,
    /// What is there, by who may only view.
    Viewed,
    Told,
    Contact,
    /// Of nobody in this room.
    Strange,
}

/// Tells what frames are.
pub struct Reader {
    seal: ChannelSeal,
    opener: EntryOpener,
}

impl Reader {
    pub fn new() -> Self {
        let keys = keys(&link().fragment());
        Self {
            seal: keys.channel_seal(entropy(1)),
            opener: keys.entry_opener(),
        }
    }

    pub fn kind(&self, sealed: &[u8]) -> Kind {
        let Some(opened) = self.seal.open(sealed) else {
            return Kind::Strange;
        };
        match ChannelFrame::read(&opened) {
            Some(ChannelFrame::Here { .. }) => Kind::Here,
            Some(ChannelFrame::Signed(sealed)) => {
                let frame = self.opener.open(sealed).expect("it is signed");
                // After the page and the layout: whether it is about entries.
                match frame[9] {
                    0 => Kind::Held,
                    _ => Kind::Entries,
                }
            }
            Some(ChannelFrame::Held(_)) => Kind::Viewed,
            Some(ChannelFrame::Told { .. }) => Kind::Told,
            Some(ChannelFrame::Contact { .. }) => Kind::Contact,
            None => Kind::Strange,
        }
    }

    /// The page that says with a frame who it is, and to whom it has channels.
    pub fn here(&self, sealed: &[u8]) -> Option<(u64, Vec<u64>)> {
        match ChannelFrame::read(&self.seal.open(sealed)?)? {
            ChannelFrame::Here { page, others } => Some((page, others)),
            _ => None,
        }
    }
}

/// How many frames of each kind there were.
pub type Counts = BTreeMap<Kind, usize>;

/// How a seat is reached.
pub fn contact(role: Role, seat: usize) -> Vec<u8> {
    let mut fingerprint = [0; 32];
    fingerprint[..8].copy_from_slice(&(seat as u64).to_be_bytes());
    let candidate = Candidate {
        kind: CandidateKind::Host,
        address: CandidateAddress::V4(Ipv4Addr::LOCALHOST),
        port: 9,
    };
    let contact = Contact::new(
        role,
        "abcd".to_owned(),
        "abcdefghijklmnopqrstuv".to_owned(),
        fingerprint,
        vec![candidate],
    );
    contact.unwrap().to_bytes()
}

/// The seat that is reached so.
pub fn seat_of(contact: &Contact) -> usize {
    let (seat, _) = contact.fingerprint().split_first_chunk().unwrap();
    u64::from_be_bytes(*seat) as usize
}
