//! The keys of a room, made of the secret of its link (HKDF, RFC 5869, with SHA-256).
//!
//! The secret of the link to edit gives that of the link to view and the key that signs entries. All
//! else is made of the secret of the link to view, so it is the same for both, and there is no way
//! back.

use std::fmt;

use aes_gcm::{Aes256Gcm, KeyInit};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ed25519_dalek::{SigningKey, VerifyingKey};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::entropy::Entropy;
use super::seal::{ChannelSeal, EntryOpener, EntrySeal, PresenceSeal, Signed};
use crate::sync::{Invitation, Rights, Secret, Signer};

/// Stands before the word of each use: another layout of the room has other keys.
const USE: &str = "loopstream room 1 ";

/// What opens one room.
pub struct Keys {
    room: String,
    view: Secret,
    entries: Zeroizing<[u8; 32]>,
    presence: Zeroizing<[u8; 32]>,
    /// Only who may edit has it.
    signing: Option<SigningKey>,
    verifying: VerifyingKey,
}

/// The key by which a link tells entries is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the invitation contradicts itself: ask for a new one")]
pub struct NoKey;

impl Keys {
    /// Makes the keys of a room.
    ///
    /// # Errors
    /// The link to view has a key that is none.
    pub fn new(secret: Secret, rights: Rights) -> Result<Self, NoKey> {
        let (view, signing, verifying) = match rights {
            Rights::Edit => {
                let seed: Zeroizing<[u8; 32]> = made_of(&secret, "sign");
                let signing = SigningKey::from_bytes(&seed);
                let verifying = signing.verifying_key();
                let view: Zeroizing<[u8; 16]> = made_of(&secret, "view");
                (Secret(*view), Some(signing), verifying)
            }
            Rights::View(Signer(key)) => {
                let verifying = VerifyingKey::from_bytes(&key).map_err(|_| NoKey)?;
                (secret, None, verifying)
            }
        };
        // By a weak key anybody's signature is right.
        if verifying.is_weak() {
            return Err(NoKey);
        }
        let name: Zeroizing<[u8; 16]> = made_of(&view, "name");
        Ok(Self {
            room: BASE64_URL_SAFE_NO_PAD.encode(*name),
            entries: made_of(&view, "entries"),
            presence: made_of(&view, "presence"),
            view,
            signing,
            verifying,
        })
    }

    /// The name of the room at a relay: all that a relay is told of it.
    #[must_use]
    pub fn room(&self) -> &str {
        &self.room
    }

    /// The link to view of the same room, with its `#`; none for who may only view.
    #[must_use]
    pub fn view_link(&self, invitation: &Invitation) -> Option<String> {
        self.signing.as_ref()?;
        let link = Invitation {
            way: invitation.way.clone(),
            rights: Rights::View(Signer(self.verifying.to_bytes())),
            secret: self.view,
        };
        Some(link.fragment())
    }

    /// Opens entries.
    #[must_use]
    pub fn entry_opener(&self) -> EntryOpener {
        self.opener(Signed::Entry)
    }

    /// Opens what is told of a vote.
    #[must_use]
    pub fn poll_opener(&self) -> EntryOpener {
        self.opener(Signed::Poll)
    }

    fn opener(&self, what: Signed) -> EntryOpener {
        EntryOpener::new(cipher(&self.entries), &self.room, self.verifying, what)
    }

    /// Seals entries; none for who may only view.
    #[must_use]
    pub fn entry_seal(&self, entropy: Entropy) -> Option<EntrySeal> {
        let signing = self.signing.clone()?;
        Some(EntrySeal::new(self.entry_opener(), signing, entropy))
    }

    /// Seals what is told of a vote; none for who may only view.
    #[must_use]
    pub fn poll_seal(&self, entropy: Entropy) -> Option<EntrySeal> {
        let signing = self.signing.clone()?;
        Some(EntrySeal::new(self.poll_opener(), signing, entropy))
    }

    /// Seals and opens what pages tell of their persons.
    #[must_use]
    pub fn presence_seal(&self, entropy: Entropy) -> PresenceSeal {
        PresenceSeal::new(cipher(&self.presence), &self.room, entropy)
    }

    /// Seals and opens what goes by a channel to another page.
    #[must_use]
    pub fn channel_seal(&self, entropy: Entropy) -> ChannelSeal {
        ChannelSeal::new(cipher(&self.presence), &self.room, entropy)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keys")
    }
}

fn cipher(key: &[u8; 32]) -> Aes256Gcm {
    Aes256Gcm::new(key.into())
}

/// The bytes that a secret gives for a use.
fn made_of<const N: usize>(secret: &Secret, what: &str) -> Zeroizing<[u8; N]> {
    let mut bytes = Zeroizing::new([0; N]);
    let info = format!("{USE}{what}");
    // Fails only for more than 8,160 bytes.
    let made = Hkdf::<Sha256>::new(None, &secret.0).expand(info.as_bytes(), &mut *bytes);
    debug_assert!(made.is_ok());
    bytes
}
