//! Opening, joining and leaving rooms: what a person asks for, and what comes of it.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::storage::{LocalStorage, STORE};
use crate::app::browser::{now, random_bytes, random_id};
use crate::app::services::{direct, documents, notify, room, saving};
use crate::app::state::{App, Arrival, Dialog, Purpose, Tone};
use crate::model::Id;
use crate::store::rooms::{PersonRecord, RelayRecord, RoomRecord};
use crate::store::{OpenDocument, rooms, session};
use crate::sync::{
    AddressError, Invitation, Relay, RelayAddress, RelayKind, Rights, Secret, Way, is_invitation,
};
use crate::together::{Base, Contents, NO_ANSWER, Response, RoomState};

/// How long a relay may take to answer when it is tried, in milliseconds.
const PATIENCE: u32 = 10_000;
/// What is said of the name of a room without a way to it.
const NO_WAY: &str = "This link has no invitation in it: ask somebody in the room for one.";
/// What is said where a browser has no entropy.
const NO_ENTROPY: &str = "This browser cannot make a secret for a room.";

/// The kinds of relays: as they are kept, and as people read them.
pub const KINDS: [(RelayKind, &str, &str); 2] = [
    (RelayKind::YWebsocket, "y-websocket", "y-websocket"),
    (RelayKind::Hocuspocus, "hocuspocus", "Hocuspocus"),
];

/// The relay of a kind, as [`KINDS`] has it, at an address that somebody typed.
///
/// # Errors
/// It is no address of a relay.
pub fn relay_of(kind: &str, address: &str) -> Result<Relay, AddressError> {
    let known = KINDS.iter().find(|(_, kept, _)| *kept == kind);
    Ok(Relay {
        kind: known.map_or(RelayKind::YWebsocket, |(kind, ..)| *kind),
        address: RelayAddress::read(address)?,
    })
}

/// Keeps the name under which others see a person.
pub fn keep_name(name: &str) {
    let known = rooms::person(&LocalStorage);
    let person = PersonRecord {
        id: known.as_ref().map_or_else(random_id, |known| known.id),
        name: name.trim().to_owned(),
        colour: known.and_then(|known| known.colour),
    };
    // A comfort: without it the next room asks again.
    let _ = rooms::keep_person(&LocalStorage, &person);
}

/// Takes up an invitation, if this is one: a person is asked before anything is sent. A room that is
/// here already is opened.
pub fn ask(app: App, address: &str) -> bool {
    if !is_invitation(address) {
        return false;
    }
    let arrival = match Invitation::read(address) {
        Ok(invitation) => {
            if let Some(id) = known(&invitation) {
                app.dialog.set(None);
                documents::open(app, id);
                notify::announce(app, "This room is here already.");
                return_directly(app, id, invitation);
                return true;
            }
            match invitation.way {
                Way::Direct(None) => Arrival::Told(NO_WAY.to_owned()),
                _ => Arrival::Asked(invitation),
            }
        }
        Err(error) => Arrival::Told(format!("This link cannot be followed: {error}.")),
    };
    room::stop_arriving(app);
    app.arrival.set(arrival);
    app.dialog.set(Some(Dialog::Together));
    true
}

/// The document of a room that is here already.
fn known(invitation: &Invitation) -> Option<Id> {
    let known = rooms::list(&LocalStorage).unwrap_or_default().into_iter();
    let mut same = known.filter(|(_, record)| {
        let here = Invitation::read(&record.link);
        here.is_ok_and(|here| here.secret == invitation.secret)
    });
    same.next().map(|(id, _)| id)
}

/// Answers the invitation into a room that is here already, where that is what leads into it.
fn return_directly(app: App, id: Id, invitation: Invitation) {
    if let Way::Direct(Some(offer)) = invitation.way
        && app.with(|core| core.id == id && core.room.is_some())
    {
        direct::answer(app, offer);
        app.dialog.set(Some(Dialog::Together));
    }
}

/// Comes into the room that a person was asked about.
pub fn join(app: App) {
    if let Arrival::Asked(invitation) = app.arrival.get_untracked() {
        let link = invitation.kept().fragment();
        let purpose = Purpose::Join(link.clone());
        room::arrive(app, purpose, link, random_id(), Contents::Nothing, None);
        if let Way::Direct(Some(offer)) = invitation.way {
            direct::answer(app, offer);
        }
    }
}

/// Opens a room without a relay.
pub fn begin_directly(app: App) {
    open_room(app, Way::Direct(None));
}

/// Opens a room with what the open document has; that stays as it is.
pub fn begin(app: App, relay: Relay) {
    let kept = KINDS.iter().find(|(kind, ..)| *kind == relay.kind);
    let record = RelayRecord {
        kind: kept.map_or("", |(_, kept, _)| kept).to_owned(),
        address: relay.address.as_str().to_owned(),
    };
    // A comfort: without it the next room asks again.
    let _ = rooms::keep_relay(&LocalStorage, &record);
    open_room(app, Way::Relay(relay));
}

fn open_room(app: App, way: Way) {
    if let Some(link) = fresh_link(app, way) {
        let document = app.with(|core| core.editor.committed_document());
        let contents = Contents::Begin(STORE.codec.write_document(&document));
        let purpose = Purpose::Begin(link.clone());
        room::arrive(app, purpose, link, random_id(), contents, None);
    }
}

/// Asks a relay once whether it answers, by a room in which nobody is.
pub fn try_relay(app: App, relay: Relay) {
    if let Some(link) = fresh_link(app, Way::Relay(relay)) {
        let patience = Timeout::new(PATIENCE, move || {
            room::end_arriving(app, NO_ANSWER.to_owned());
        });
        let (id, nothing) = (random_id(), Contents::Nothing);
        room::arrive(app, Purpose::Try, link, id, nothing, Some(patience));
    }
}

/// The link of a new room.
fn fresh_link(app: App, way: Way) -> Option<String> {
    let Some(secret) = random_bytes() else {
        app.arrival.set(Arrival::Told(NO_ENTROPY.to_owned()));
        return None;
    };
    let invitation = Invitation {
        way,
        rights: Rights::Edit,
        secret: Secret(secret),
    };
    Some(invitation.fragment())
}

/// Takes what a program says that is on its way into a room.
pub fn hear(app: App, said: Response) {
    match said {
        Response::Entered { view_link } => app.change(|core| {
            if let Some(arriving) = &mut core.arriving {
                arriving.view_link = view_link;
            }
        }),
        Response::Based(base) => arrived(app, &base),
        Response::State(state) => take_state(app, state),
        Response::HeardPoll(text) => app.change(|core| {
            if let Some(arriving) = &mut core.arriving {
                arriving.poll = Some(text);
            }
        }),
        Response::Failed(why) => room::end_arriving(app, why),
        // Who is there and what holds in the room is taken up with the document.
        Response::Heard { page, number, told } => app.change(|core| {
            if let Some(arriving) = &mut core.arriving {
                arriving.heard.insert(page, (number, told));
            }
        }),
        // There is no document yet for anything else.
        _ => {}
    }
}

fn take_state(app: App, state: RoomState) {
    let tries = app.with(|core| {
        let arriving = core.arriving.as_ref();
        arriving.is_some_and(|one| one.purpose == Purpose::Try)
    });
    if !tries {
        app.arrival.set(Arrival::Waits(Some(state)));
    } else if let Some(words) = state.tried_words() {
        room::end_arriving(app, words);
    }
}

/// The document of the room is here: it is kept as one of its own, and opened.
fn arrived(app: App, base: &Base) {
    let Some((document, purpose, tab)) = app.with(|core| {
        let arriving = core.arriving.as_ref()?;
        Some((arriving.document, arriving.purpose.clone(), core.tab))
    }) else {
        return;
    };
    let (Purpose::Begin(link) | Purpose::Join(link)) = &purpose else {
        return;
    };
    let base = match base.read(STORE.codec) {
        Ok(base) => base,
        Err(error) => {
            let words = format!("The diagram of the room cannot be read: {error}.");
            room::end_arriving(app, words);
            return;
        }
    };
    if !saving::may_leave(app) {
        room::stop_arriving(app);
        return;
    }
    let record = RoomRecord {
        link: link.clone(),
        since: now(),
        is_view_only: Invitation::read(link).is_ok_and(|one| one.rights != Rights::Edit),
        agenda: None,
    };
    // Where it cannot be kept, the mark of saving says so; the room is there until the page goes.
    let _ = rooms::keep(&LocalStorage, document, &record);
    let open = OpenDocument::create_in_room(STORE, document, tab, base, now());
    // Who opens a room goes on looking at the same.
    let view = matches!(purpose, Purpose::Begin(_)).then(|| {
        app.with(|core| {
            let view = core.editor.view();
            session::View {
                center: view.center(),
                zoom: view.zoom,
            }
        })
    });
    let editor = documents::editor_of(app, open.document().clone(), view);
    documents::show(app, editor, document, Some(open));
    saving::remember_open(app);
    // Who opened it needs its links next.
    if matches!(purpose, Purpose::Join(_)) {
        app.dialog.set(None);
    }
}

/// What becomes of the document of a room that is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// It stays, as an ordinary document.
    Keep,
    /// It goes from this browser.
    Remove,
}

/// Leaves the room of the open document for good.
pub fn leave(app: App, afterwards: Afterwards) {
    app.dialog.set(None);
    let (id, title) = app.with(|core| {
        let title = core.editor.document().properties().title.clone();
        (core.id, title)
    });
    match afterwards {
        Afterwards::Keep => {
            documents::leave_room(app, id);
            let words = "You have left the room. The diagram stays here as one of your own.";
            notify::show(app, words, Tone::Info, None);
        }
        Afterwards::Remove => documents::delete(app, id, &title),
    }
}
