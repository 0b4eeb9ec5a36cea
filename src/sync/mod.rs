//! Working together on one document: a room is a log of entries, and the document follows from it.
//! Uses `model` and `store`.
//!
//! An [`Entry`] is a gesture or a snapshot, under the tab that made it and a number. A [`Room`] has
//! the document as a function of the *set* of its entries, so rooms that know the same ones have the
//! same document, whatever carried them and in whatever order they came. A [`Line`] brings two rooms,
//! or a room and a relay, to the same set. What is on the way is a [`Carrier`], which sees frames of
//! bytes, and with [`Sealed`] only sealed ones.
//!
//! An [`Invitation`] is the link by which others come in. A [`Contact`] is what two pages tell each
//! other to connect without a server: an offer or an answer of WebRTC, without what a template has.
//! A [`Presence`] is what one page tells of the person before it, a [`Teller`] when it does, and
//! [`People`] is who is there.
//! A [`Meeting`] is what holds for the moment: a timer, quiet writing, a wish, a call.
//! A [`Poll`] is a vote with dots, and [`Ballots`] what was given.
//!
//! The room knows no network, no clock and no key. `docs/dev/together.md` says how it works.

mod ballots;
mod base;
mod carrier;
mod checked_text;
mod entry;
mod ground;
mod invitation;
mod line;
mod log;
mod meeting;
mod message;
mod offer;
mod offer_places;
mod offer_sdp;
mod parcel;
mod people;
mod people_page;
mod people_seen;
mod people_words;
mod piece;
mod pointer_path;
mod poll;
mod presence;
mod relay;
mod room;
mod snapshot;
mod standing;
mod teller;

pub use ballots::{Ballots, DotTarget, MOST_BALLOTS, MOST_DOTS, NoTarget};
pub use base::Base;
pub use carrier::{Carrier, Down, Seal, Sealed};
pub use entry::{Body, Entry, FARTHEST_AHEAD, LARGEST_NUMBER, RULES, Raw};
pub use invitation::{Invitation, InvitationError, Rights, Secret, Signer, Way, is_invitation};
pub use line::{Heard, Line, Other};
pub use meeting::{
    Agenda, Edits, Holds, LONGEST_TIMER, Meeting, MeetingNews, Said, Timer, Writing,
};
pub use message::MessageError;
pub use offer::{
    Candidate, CandidateAddress, CandidateKind, Contact, ContactError, MOST_CANDIDATES, PasteError,
    Role,
};
pub use offer_places::Lost;
pub use offer_sdp::{Described, Mid, SdpError, read_sdp};
pub use parcel::{
    LARGEST_UNPACKED, MOST_ENTRIES_OF_PARCEL, ParcelError, read_parcel, write_parcel,
};
pub use people::{
    AWAY_AFTER, Activity, FORGOTTEN_AFTER, MOST_PAGES, People, PeopleNews, Person, Reception, Who,
};
pub use people_seen::{FADES_AFTER, NameTag, PersonPointer};
pub use people_words::{announcement, count_words, hands_words, naming_words, quiet_words, words};
pub use piece::{LARGEST_MESSAGE, PieceError};
pub use pointer_path::{GLIDE, PointerMotion, PointerPath};
pub use poll::{
    LONGEST_POLL, LONGEST_QUESTION, Poll, PollError, PollNews, Stage, USUAL_DOTS, Vote,
};
pub use presence::{Editing, Hand, LONGEST_PRESENCE, MOST_SELECTED, Presence, PresenceError};
pub use relay::{AddressError, Relay, RelayAddress, RelayKind};
pub use room::{MOST_ENTRIES, Room};
pub use snapshot::{FORGET_AFTER, MOST_TABS, SNAPSHOT_AFTER, Snapshot};
pub use standing::{Closed, Gap, News, NoSnapshot, Refusal, Standing};
pub use teller::{
    CROWD, TELLING_GAP, TELLING_GAP_IN_CROWD, TELLS_AGAIN_AFTER, Teller, Telling, VIEW_GAP,
};
