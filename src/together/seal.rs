//! Sealing what leaves the page: entries signed and encrypted, presence encrypted.
//!
//! A sealed entry is a byte that counts the layouts, 12 random bytes, and what AES-256-GCM makes of a
//! signature (Ed25519) and the frame. Name of the room and kind are authenticated with it. What a
//! page tells of its person is not signed, since who views tells it too; its page and its number are
//! authenticated instead, so nobody can say it again for another. What is told of a vote is sealed as
//! entries are: the key that signs is that of all who may edit, so it says that one of them votes and
//! not who.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use super::entropy::Entropy;
use crate::sync::Seal;

/// The layout that this program writes, and the only one that it reads.
const LAYOUT: u8 = 1;
const NONCE: usize = 12;
const TAG: usize = 16;
const SIGNATURE: usize = 64;
/// The kinds of what is sealed.
const ENTRY: u8 = 0;
const PRESENCE: u8 = 1;
const CHANNEL: u8 = 2;
const POLL: u8 = 3;

/// What is signed by who may edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signed {
    /// An entry of the log.
    Entry,
    /// What a page knows of a vote.
    Poll,
}

/// Opens entries, or what is told of a vote, that those sealed who may edit.
#[derive(Clone)]
pub struct EntryOpener {
    cipher: Aes256Gcm,
    /// What is authenticated besides, and signed before the frame.
    context: Vec<u8>,
    verifying: VerifyingKey,
}

impl EntryOpener {
    pub(super) fn new(
        cipher: Aes256Gcm,
        room: &str,
        verifying: VerifyingKey,
        what: Signed,
    ) -> Self {
        let kind = match what {
            Signed::Entry => ENTRY,
            Signed::Poll => POLL,
        };
        Self {
            cipher,
            context: context(kind, room),
            verifying,
        }
    }

    /// The frame of a sealed one; none if it is of another room, was changed, or was signed by
    /// nobody who may edit.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let mut opened = opened(&self.cipher, &self.context, sealed)?;
        let (signature, frame) = opened.split_first_chunk::<SIGNATURE>()?;
        let signature = Signature::from_bytes(signature);
        let signed = [self.context.as_slice(), frame].concat();
        self.verifying.verify_strict(&signed, &signature).ok()?;
        Some(opened.split_off(SIGNATURE))
    }
}

/// Seals entries, or what is told of a vote. Only who may edit has one.
pub struct EntrySeal {
    opener: EntryOpener,
    signing: SigningKey,
    entropy: Entropy,
}

impl EntrySeal {
    pub(super) const fn new(opener: EntryOpener, signing: SigningKey, entropy: Entropy) -> Self {
        Self {
            opener,
            signing,
            entropy,
        }
    }
}

impl Seal for EntrySeal {
    fn overhead(&self) -> usize {
        1 + NONCE + SIGNATURE + TAG
    }

    fn seal(&mut self, frame: &[u8]) -> Vec<u8> {
        let context = &self.opener.context;
        let signature = self.signing.sign(&[context, frame].concat()).to_bytes();
        let whole = [signature.as_slice(), frame].concat();
        sealed(&self.opener.cipher, context, &whole, &self.entropy)
    }

    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.opener.open(sealed)
    }
}

/// Seals and opens what pages tell of their persons.
pub struct PresenceSeal {
    cipher: Aes256Gcm,
    context: Vec<u8>,
    entropy: Entropy,
}

impl PresenceSeal {
    pub(super) fn new(cipher: Aes256Gcm, room: &str, entropy: Entropy) -> Self {
        Self {
            cipher,
            context: context(PRESENCE, room),
            entropy,
        }
    }

    /// What a page tells with this number, as the text of a JSON string.
    #[must_use]
    pub fn seal(&self, page: u64, number: u32, told: &[u8]) -> String {
        let context = self.context_of(page, number);
        as_text(&sealed(&self.cipher, &context, told, &self.entropy))
    }

    /// What a page told with this number; none if it did not.
    #[must_use]
    pub fn open(&self, page: u64, number: u32, text: &str) -> Option<Vec<u8>> {
        let sealed = of_text(text)?;
        opened(&self.cipher, &self.context_of(page, number), &sealed)
    }

    fn context_of(&self, page: u64, number: u32) -> Vec<u8> {
        let (page, number) = (page.to_be_bytes(), number.to_be_bytes());
        [self.context.as_slice(), &page, &number].concat()
    }
}

/// Seals and opens what goes by a channel to another page. Entries are sealed and signed within.
pub struct ChannelSeal {
    cipher: Aes256Gcm,
    context: Vec<u8>,
    entropy: Entropy,
}

impl ChannelSeal {
    pub(super) fn new(cipher: Aes256Gcm, room: &str, entropy: Entropy) -> Self {
        Self {
            cipher,
            context: context(CHANNEL, room),
            entropy,
        }
    }

    /// The sealed bytes.
    #[must_use]
    pub fn seal(&self, frame: &[u8]) -> Vec<u8> {
        sealed(&self.cipher, &self.context, frame, &self.entropy)
    }

    /// The bytes that were sealed; none if nobody of this room sealed them.
    #[must_use]
    pub fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        opened(&self.cipher, &self.context, sealed)
    }
}

/// Sealed bytes as the text of a JSON string.
pub(super) fn as_text(sealed: &[u8]) -> String {
    format!("\"{}\"", BASE64_STANDARD_NO_PAD.encode(sealed))
}

/// The sealed bytes of such a text; none if it is none.
pub(super) fn of_text(text: &str) -> Option<Vec<u8>> {
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    BASE64_STANDARD_NO_PAD.decode(text).ok()
}

/// What is authenticated with everything of a kind in a room.
fn context(kind: u8, room: &str) -> Vec<u8> {
    let mut context = vec![LAYOUT, kind];
    context.extend(room.as_bytes());
    context
}

fn sealed(cipher: &Aes256Gcm, context: &[u8], message: &[u8], entropy: &Entropy) -> Vec<u8> {
    let nonce: [u8; NONCE] = entropy.bytes();
    let mut whole = vec![LAYOUT];
    whole.extend(nonce);
    let payload = Payload {
        msg: message,
        aad: context,
    };
    // Fails only for more than 64 GB.
    whole.extend(
        cipher
            .encrypt(&Nonce::from(nonce), payload)
            .unwrap_or_default(),
    );
    whole
}

fn opened(cipher: &Aes256Gcm, context: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (layout, rest) = sealed.split_first()?;
    let (nonce, encrypted) = rest.split_first_chunk::<NONCE>()?;
    let payload = Payload {
        msg: encrypted,
        aad: context,
    };
    let opened = cipher.decrypt(&Nonce::from(*nonce), payload).ok()?;
    (*layout == LAYOUT).then_some(opened)
}
