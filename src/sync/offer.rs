//! What two pages tell each other to connect without a server: the offer of the one, and the answer
//! of the other.
//!
//! Of the description that a browser writes (SDP) a [`Contact`] has what no template can have: about
//! 100 bytes of 700. In bytes, in this order:
//!
//! | what | bytes |
//! | --- | --- |
//! | the version in the upper four bits, 0 for an offer or 1 for an answer in the lower | 1 |
//! | the name fragment of ICE: how many letters, then six bits for each | 1 + 3 |
//! | the password of ICE, in the same way | 1 + 18 |
//! | the SHA-256 fingerprint of the certificate | 32 |
//! | each candidate: its kind and that of its address, the address, the port | 1 + 4 or 16 + 2 |

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use super::checked_text::{self, TextFault};

/// The most candidates that are passed on.
pub const MOST_CANDIDATES: usize = 8;
/// How many letters a name fragment and a password of ICE have; RFC 8839 allows up to 256, and
/// browsers write 4 and 22 to 32.
const UFRAG: RangeInclusive<usize> = 4..=64;
const PASSWORD: RangeInclusive<usize> = 22..=64;
/// The letters of ICE (`ice-char` of RFC 8839), by their six bits.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// The version of the layout that this program writes, and the only one that it reads.
const VERSION: u8 = 1;
/// The longest line that somebody pastes, in bytes.
const LONGEST_LINE: usize = 1_000;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The page that invites.
    Offer,
    /// The page that was invited.
    Answer,
}

/// How a page can be reached directly.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    role: Role,
    ufrag: String,
    password: String,
    fingerprint: [u8; 32],
    candidates: Vec<Candidate>,
}

/// One place at which a page can be reached over UDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Whose place it is.
    pub kind: CandidateKind,
    /// Where it is.
    pub address: CandidateAddress,
    /// The port, not 0.
    pub port: u16,
}

/// Whose place a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateKind {
    /// The computer itself.
    Host,
    /// Its router, as a STUN server saw it.
    Reflexive,
    /// A TURN server, which passes on what comes.
    Relayed,
}

/// Where a candidate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateAddress {
    /// A random name in the local network, `UUID.local`, by which browsers hide the address.
    Name([u8; 16]),
    /// An address of version 4.
    V4(Ipv4Addr),
    /// An address of version 6.
    V6(Ipv6Addr),
}

/// Why there can be no such contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContactError {
    /// A newer version wrote it.
    #[error("a newer version of Loopstream wrote it: reload the page")]
    Newer,
    /// The bytes are no contact.
    #[error("it is not what a browser says of itself")]
    Damaged,
    /// The name fragment or the password is too short or too long, or has other letters.
    #[error("the browser's name or password for the connection has an unusual form")]
    Credentials,
    /// There is no candidate, or there are too many, or one has the port 0.
    #[error("it says no place at which the browser can be reached")]
    Places,
}

/// Why a pasted line is no offer or answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasteError {
    /// It is something else.
    #[error("this is not the line that is needed here: that begins with {}", word(*.0))]
    Other(Role),
    /// It is the line of the wrong side.
    #[error("this is the line of the other side: the one that is needed here begins with {}", word(*.0))]
    Side(Role),
    /// A newer version wrote it.
    #[error("the line was written by a newer version of Loopstream: reload the page")]
    Newer,
    /// Letters are missing.
    #[error("a part of the line is missing: copy it once more in full")]
    Short,
    /// Letters are others than those that were written.
    #[error("the line was changed on its way: copy it once more in full")]
    Changed,
    /// It has more letters than such a line.
    #[error("the text is too long: copy nothing but the line")]
    Long,
    /// It is whole, and says nothing of use.
    #[error("the line is of no use, ask for a new one: {0}")]
    Contact(#[from] ContactError),
}

/// The word with which a line begins.
const fn word(role: Role) -> &'static str {
    match role {
        Role::Offer => "offer=",
        Role::Answer => "answer=",
    }
}

impl Contact {
    /// A contact of these parts. Candidates come in the order in which they are tried.
    ///
    /// # Errors
    /// A part is not what a browser says.
    pub fn new(
        role: Role,
        ufrag: String,
        password: String,
        fingerprint: [u8; 32],
        candidates: Vec<Candidate>,
    ) -> Result<Self, ContactError> {
        let is_text = |text: &str, lengths: RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|letter| LETTERS.contains(&letter))
        };
        if !is_text(&ufrag, UFRAG) || !is_text(&password, PASSWORD) {
            return Err(ContactError::Credentials);
        }
        let is_count = (1..=MOST_CANDIDATES).contains(&candidates.len());
        if !is_count || candidates.iter().any(|candidate| candidate.port == 0) {
            return Err(ContactError::Places);
        }
        Ok(Self {
            role,
            ufrag,
            password,
            fingerprint,
            candidates,
        })
    }

    /// Who speaks.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The name fragment of ICE.
    #[must_use]
    pub fn ufrag(&self) -> &str {
        &self.ufrag
    }

    /// The password of ICE.
    #[must_use]
    pub fn password(&self) -> &str {
        &self.password
    }

    /// The SHA-256 fingerprint of the certificate.
    #[must_use]
    pub const fn fingerprint(&self) -> &[u8; 32] {
        &self.fingerprint
    }

    /// The places, in the order in which they are tried.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The bytes of it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let role = match self.role {
            Role::Offer => 0,
            Role::Answer => 1,
        };
        let mut bytes = vec![VERSION << 4 | role];
        pack(&mut bytes, &self.ufrag);
        pack(&mut bytes, &self.password);
        bytes.extend(self.fingerprint);
        for candidate in &self.candidates {
            let kind = match candidate.kind {
                CandidateKind::Host => 0,
                CandidateKind::Reflexive => 1,
                CandidateKind::Relayed => 2,
            };
            match candidate.address {
                CandidateAddress::Name(uuid) => {
                    bytes.push(kind);
                    bytes.extend(uuid);
                }
                CandidateAddress::V4(address) => {
                    bytes.push(1 << 4 | kind);
                    bytes.extend(address.octets());
                }
                CandidateAddress::V6(address) => {
                    bytes.push(2 << 4 | kind);
                    bytes.extend(address.octets());
                }
            }
            bytes.extend(candidate.port.to_be_bytes());
        }
        bytes
    }

    /// Reads bytes. The same contact has the same bytes.
    ///
    /// # Errors
    /// They are no contact, or a newer version wrote them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ContactError> {
        let damaged = ContactError::Damaged;
        let (head, mut rest) = bytes.split_first().ok_or(damaged)?;
        let role = match (head >> 4, head & 15) {
            (VERSION, 0) => Role::Offer,
            (VERSION, 1) => Role::Answer,
            (version, _) if version > VERSION => return Err(ContactError::Newer),
            _ => return Err(damaged),
        };
        let ufrag = unpack(&mut rest).ok_or(damaged)?;
        let password = unpack(&mut rest).ok_or(damaged)?;
        let fingerprint = *taken(&mut rest).ok_or(damaged)?;
        let mut candidates = Vec::new();
        while !rest.is_empty() {
            if candidates.len() == MOST_CANDIDATES {
                return Err(damaged);
            }
            candidates.push(candidate(&mut rest).ok_or(damaged)?);
        }
        Self::new(role, ufrag, password, fingerprint, candidates)
    }

    /// The line that somebody copies.
    #[must_use]
    pub fn line(&self) -> String {
        let text = checked_text::write(&self.to_bytes());
        format!("{}{VERSION}.{text}", word(self.role))
    }

    /// Reads the line that somebody pasted, where one of this side is needed.
    ///
    /// # Errors
    /// It is not such a line, or not the whole of it.
    pub fn read_line(line: &str, needed: Role) -> Result<Self, PasteError> {
        if line.len() > LONGEST_LINE {
            return Err(PasteError::Long);
        }
        let other = match needed {
            Role::Offer => Role::Answer,
            Role::Answer => Role::Offer,
        };
        let line = line.trim();
        let Some(rest) = line.strip_prefix(word(needed)) else {
            let is_start = !line.is_empty() && word(needed).starts_with(line);
            return Err(match line.strip_prefix(word(other)) {
                Some(_) => PasteError::Side(needed),
                None if is_start => PasteError::Short,
                None => PasteError::Other(needed),
            });
        };
        let (version, text) = rest.split_once('.').ok_or(PasteError::Short)?;
        match version.parse::<u8>() {
            Ok(VERSION) => {}
            Ok(newer) if newer > VERSION => return Err(PasteError::Newer),
            _ => return Err(PasteError::Changed),
        }
        let bytes = checked_text::read(text).map_err(|fault| match fault {
            TextFault::Short => PasteError::Short,
            TextFault::Changed => PasteError::Changed,
        })?;
        let contact = Self::from_bytes(&bytes)?;
        if contact.role != needed {
            return Err(PasteError::Side(needed));
        }
        Ok(contact)
    }
}

impl fmt::Debug for Contact {
    /// Whoever has the password can take the place of the page.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Contact")
            .field("role", &self.role)
            .field("candidates", &self.candidates.len())
            .finish_non_exhaustive()
    }
}

/// Six bits for each letter, after how many there are.
fn pack(bytes: &mut Vec<u8>, text: &str) {
    bytes.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for (letter, shift) in four.iter().zip([18, 12, 6, 0]) {
            let value = LETTERS
                .iter()
                .zip(0_u32..)
                .find(|(known, _)| *known == letter);
            bits |= value.map_or(0, |(_, value)| value) << shift;
        }
        let [_, packed @ ..] = bits.to_be_bytes();
        bytes.extend(&packed[..packed_length(four.len())]);
    }
}

const fn packed_length(letters: usize) -> usize {
    (letters * 6).div_ceil(8)
}

fn unpack(rest: &mut &[u8]) -> Option<String> {
    let [length] = *taken::<1>(rest)?;
    let length = usize::from(length);
    let (packed, after) = rest.split_at_checked(packed_length(length))?;
    *rest = after;
    let mut text = String::new();
    for three in packed.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for shift in [18, 12, 6, 0] {
            let value = (bits >> shift & 63) as usize;
            if text.len() < length {
                text.push(char::from(LETTERS[value]));
            } else if value != 0 {
                // Bits that no letter has.
                return None;
            }
        }
    }
    Some(text)
}

fn candidate(rest: &mut &[u8]) -> Option<Candidate> {
    let [head] = *taken::<1>(rest)?;
    let kind = match head & 15 {
        0 => CandidateKind::Host,
        1 => CandidateKind::Reflexive,
        2 => CandidateKind::Relayed,
        _ => return None,
    };
    let address = match head >> 4 {
        0 => CandidateAddress::Name(*taken(rest)?),
        1 => CandidateAddress::V4(Ipv4Addr::from(*taken::<4>(rest)?)),
        2 => CandidateAddress::V6(Ipv6Addr::from(*taken::<16>(rest)?)),
        _ => return None,
    };
    let port = u16::from_be_bytes(*taken(rest)?);
    Some(Candidate {
        kind,
        address,
        port,
    })
}

fn taken<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(first)
}
