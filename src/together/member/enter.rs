//! Coming into a room: the link, the keys, and what was kept.

use super::direct::Direct;
use super::session::{RelayPlace, Session};
use super::{Output, reach::Reach};
use crate::model::{Document, Id};
use crate::store::{Covered, DocumentCodec};
use crate::sync::{
    Body, Entry, Invitation, InvitationError, Line, Other, RULES, Rights, Room, Snapshot, Way,
};
use crate::together::entropy::Entropy;
use crate::together::frames::Protocol;
use crate::together::keys::{Keys, NoKey};
use crate::together::member::poll::PollTeller;
use crate::together::member::presence::Tellers;
use crate::together::relay_log::RelayLog;
use crate::together::request::{Base, Contents, Enter, Gesture, Kept};
use crate::together::response::Response;
use crate::worker::NativeFormat;

/// The longest message to a relay, in bytes.
const LARGEST_FRAME: usize = 64 * 1024;

/// Why nobody comes into a room.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotEnter {
    /// The link cannot be read.
    #[error("{}.", capital(&.0.to_string()))]
    Link(#[from] InvitationError),
    /// The key of the link is none.
    #[error("{}.", capital(&.0.to_string()))]
    Key(#[from] NoKey),
    /// Who may only view cannot begin a room.
    #[error("With a link to view no room can be begun.")]
    OnlyViewing,
    /// What was kept or what the room is to begin with cannot be read.
    #[error("What is kept of this room cannot be read: {0}")]
    Kept(String),
}

/// A sentence begins with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

impl Session {
    /// Comes into a room.
    pub fn enter(enter: Enter, entropy: &Entropy, now: u64) -> Result<Self, CannotEnter> {
        let invitation = Invitation::read(&enter.link)?;
        let keys = Keys::new(invitation.secret, invitation.rights)?;
        let relay = match &invitation.way {
            Way::Relay(relay) => Some(RelayPlace {
                protocol: Protocol::new(relay, keys.room()),
                url: relay.url(keys.room()),
            }),
            Way::Direct(_) => None,
        };
        let reach = match relay {
            Some(_) => Reach::new(now),
            None => Reach::apart(),
        };
        let seal = keys.entry_seal(entropy.clone());
        let maker = entropy.id();
        let room = match enter.contents {
            Contents::Begin(_) if invitation.rights != Rights::Edit => {
                return Err(CannotEnter::OnlyViewing);
            }
            Contents::Begin(text) => Room::open(maker, document(&text)?, RULES, now),
            Contents::Nothing => Room::join(maker, RULES),
            Contents::Kept(kept) => restored(*kept, Room::join(maker, RULES))?,
        };
        let makes_snapshots = seal.is_some().then_some(maker);
        Ok(Self {
            out: vec![Output::Say(Response::Entered {
                view_link: keys.view_link(&invitation),
            })],
            now,
            ahead: 0,
            buffered: 0,
            entropy: entropy.clone(),
            opener: keys.entry_opener(),
            seal,
            relay,
            tab: Id::from_bits(enter.tab),
            room,
            line: Line::new(Other::Log),
            log: RelayLog::new(entropy.number(53)),
            reach,
            direct: Direct::new(keys.channel_seal(entropy.clone())),
            tellers: Tellers::new(
                keys.presence_seal(entropy.clone()),
                entropy,
                makes_snapshots,
            ),
            poll: PollTeller::new(keys.poll_opener(), keys.poll_seal(entropy.clone()), entropy),
            limit: LARGEST_FRAME,
            sent_large: None,
            heard_at: now,
            asked_at: now,
            fruitless: 0,
            changed_at: None,
            told_grounds: 0,
            told: Covered::new(),
            is_newer: false,
            gaps_since: None,
            unsent: 0,
            missing: 0,
            is_changed: true,
            said: None,
            has_told_unreadable: false,
        })
    }
}

fn document(text: &str) -> Result<Document, CannotEnter> {
    let read = NativeFormat.read_document(text);
    read.map_err(|why| CannotEnter::Kept(why.to_string()))
}

/// The room with what was kept of it.
fn restored(kept: Kept, mut room: Room) -> Result<Room, CannotEnter> {
    let rules = kept.base.rules;
    let mut entries = vec![snapshot(&kept.base)?];
    for gesture in &kept.gestures {
        let entry = entry_of(gesture, rules);
        entries.push(entry.map_err(CannotEnter::Kept)?);
    }
    let _ = room.take(entries);
    Ok(room)
}

fn snapshot(base: &Base) -> Result<Entry, CannotEnter> {
    let base = base.read(&NativeFormat);
    let base = base.map_err(|why| CannotEnter::Kept(why.to_string()))?;
    let snapshot = Snapshot {
        covered: base.covered,
        let_go: base.let_go,
        document: base.document,
    };
    if !snapshot.fits(base.order) {
        return Err(CannotEnter::Kept("it contradicts itself.".to_owned()));
    }
    Ok(Entry {
        order: base.order,
        at: base.at,
        rules: base.rules,
        body: Body::Snapshot(Box::new(snapshot)),
    })
}

/// The entry of a gesture that was made by such rules.
pub fn entry_of(gesture: &Gesture, rules: u32) -> Result<Entry, String> {
    let read = gesture.read(&NativeFormat).map_err(|why| why.to_string())?;
    Ok(Entry {
        order: read.order,
        at: read.at,
        rules,
        body: Body::Patch(Box::new(read.patch)),
    })
}
