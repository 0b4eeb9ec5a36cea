//! The link by which somebody comes into a room: `#room=1.` and what [`Invitation`] has.
//!
//! No browser sends the fragment of an address to a server, so the secret goes no further than the
//! link itself does.

use std::fmt;

use super::checked_text::{self, TextFault};
use super::offer::{Contact, ContactError, Role};
use super::relay::{AddressError, Relay, RelayAddress, RelayKind};

/// The word of the fragment.
const WORD: &str = "room=";
/// The version of the layout that this program writes, and the only one that it reads.
const VERSION: &str = "1";
/// The longest part of a link after the word, in bytes: all that a link may have fits well.
const LONGEST: usize = 1_000;
/// What a sentence or a chat puts after a link.
const AFTER_LINKS: [char; 12] = ['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'', '*'];

const DIRECT: u8 = 0;
const Y_WEBSOCKET: u8 = 1;
const HOCUSPOCUS: u8 = 2;
const EDIT: u8 = 0;
const VIEW: u8 = 1;

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// How the room is reached.
    pub way: Way,
    /// What one may do in it.
    pub rights: Rights,
    /// What opens it.
    pub secret: Secret,
}

/// How a room is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a relay.
    Relay(Relay),
    /// Without a server: the offer of the page that invites. It is for one guest, and for as long as
    /// that page is open. There is none in what a browser keeps of its own rooms.
    Direct(Option<Contact>),
}

/// What one may do in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Everything.
    Edit,
    /// See it.
    View(Signer),
}

/// The random bytes of which the name and the keys of a room are made. Those of a link to view are
/// other ones, made of those of the link to edit, and do not lead back to them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret(pub [u8; 16]);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

/// By what a page that only views tells entries of those who may edit: the public half of the key
/// that signs them (Ed25519).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signer(pub [u8; 32]);

impl fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Signer")
    }
}

/// Why an address is no invitation that can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// It is another link.
    #[error("the link is no invitation to a room")]
    Other,
    /// A newer version made it.
    #[error("the invitation was made by a newer version of Loopstream: reload the page")]
    Newer,
    /// Letters are missing.
    #[error("a part of the invitation is missing: copy the link once more in full")]
    Short,
    /// Letters are others than those that were written.
    #[error("the invitation was changed on its way: copy the link once more in full")]
    Changed,
    /// It has more letters than an invitation.
    #[error("the link is too long for an invitation: copy nothing but the link")]
    Long,
    /// It is whole, and says what no invitation says.
    #[error("the invitation contradicts itself: ask for a new one")]
    Damaged,
    /// The relay cannot be reached by its address.
    #[error("the invitation leads to a relay that is not used: {0}")]
    Address(#[from] AddressError),
}

/// What follows the word of an invitation in an address.
fn part_of(address: &str) -> Option<&str> {
    address.trim().split_once('#')?.1.strip_prefix(WORD)
}

/// The address is meant as an invitation, whole or not.
#[must_use]
pub fn is_invitation(address: &str) -> bool {
    part_of(address).is_some()
}

impl Invitation {
    /// The fragment of the link, with its `#`.
    #[must_use]
    pub fn fragment(&self) -> String {
        let (kind, end) = match &self.way {
            Way::Direct(offer) => {
                let bytes = offer.as_ref().map(Contact::to_bytes);
                (DIRECT, bytes.unwrap_or_default())
            }
            Way::Relay(relay) => {
                let kind = match relay.kind {
                    RelayKind::YWebsocket => Y_WEBSOCKET,
                    RelayKind::Hocuspocus => HOCUSPOCUS,
                };
                (kind, relay.address.as_str().as_bytes().to_vec())
            }
        };
        let mut bytes = vec![kind];
        match self.rights {
            Rights::Edit => bytes.push(EDIT),
            Rights::View(Signer(key)) => {
                bytes.push(VIEW);
                bytes.extend(key);
            }
        }
        bytes.extend(self.secret.0);
        bytes.extend(end);
        format!("#{WORD}{VERSION}.{}", checked_text::write(&bytes))
    }

    /// What a browser keeps of it: an offer counts once.
    #[must_use]
    pub fn kept(&self) -> Self {
        let way = match &self.way {
            Way::Direct(_) => Way::Direct(None),
            Way::Relay(relay) => Way::Relay(relay.clone()),
        };
        Self {
            way,
            rights: self.rights,
            secret: self.secret,
        }
    }

    /// Reads an address with such a fragment, as a browser has it or as somebody pastes it.
    ///
    /// # Errors
    /// It is no invitation, not the whole of one, or one that cannot be followed.
    pub fn read(address: &str) -> Result<Self, InvitationError> {
        let part = part_of(address).ok_or(InvitationError::Other)?;
        if part.len() > LONGEST {
            return Err(InvitationError::Long);
        }
        let part = part.trim_end_matches(AFTER_LINKS);
        let Some((version, text)) = part.split_once('.') else {
            // The fragment ends within the version.
            let is_start = part.bytes().all(|letter| letter.is_ascii_digit());
            return Err(if is_start {
                InvitationError::Short
            } else {
                InvitationError::Other
            });
        };
        if version != VERSION {
            let is_number = !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit());
            return Err(if is_number && !version.starts_with('0') {
                InvitationError::Newer
            } else {
                InvitationError::Other
            });
        }
        let bytes = checked_text::read(text).map_err(|fault| match fault {
            TextFault::Short => InvitationError::Short,
            TextFault::Changed => InvitationError::Changed,
        })?;
        taken_apart(&bytes)
    }
}

fn taken_apart(bytes: &[u8]) -> Result<Invitation, InvitationError> {
    let damaged = InvitationError::Damaged;
    let ([kind, rights], rest) = bytes.split_first_chunk().ok_or(damaged)?;
    let (rights, rest) = match *rights {
        EDIT => (Rights::Edit, rest),
        VIEW => {
            let (key, rest) = rest.split_first_chunk().ok_or(damaged)?;
            (Rights::View(Signer(*key)), rest)
        }
        _ => return Err(InvitationError::Newer),
    };
    let (secret, rest) = rest.split_first_chunk().ok_or(damaged)?;
    let way = match *kind {
        DIRECT => Way::Direct(offer_in(rest)?),
        Y_WEBSOCKET => Way::Relay(relay_in(RelayKind::YWebsocket, rest)?),
        HOCUSPOCUS => Way::Relay(relay_in(RelayKind::Hocuspocus, rest)?),
        _ => return Err(InvitationError::Newer),
    };
    Ok(Invitation {
        way,
        rights,
        secret: Secret(*secret),
    })
}

fn offer_in(bytes: &[u8]) -> Result<Option<Contact>, InvitationError> {
    if bytes.is_empty() {
        return Ok(None);
    }
    match Contact::from_bytes(bytes) {
        Ok(contact) if contact.role() == Role::Offer => Ok(Some(contact)),
        Err(ContactError::Newer) => Err(InvitationError::Newer),
        _ => Err(InvitationError::Damaged),
    }
}

fn relay_in(kind: RelayKind, bytes: &[u8]) -> Result<Relay, InvitationError> {
    let text = str::from_utf8(bytes).map_err(|_| InvitationError::Damaged)?;
    let address = RelayAddress::read(text)?;
    // An address has one form, and so has an invitation.
    if address.as_str() != text {
        return Err(InvitationError::Damaged);
    }
    Ok(Relay { kind, address })
}
