//! Direct connections to other pages: inviting one guest, answering an invitation, and what the
//! program of the room sends and hears by them.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use web_sys::RtcPeerConnection;

use crate::app::browser::in_time;
use crate::app::browser::peer::{self, Peer, PeerEvent};
use crate::app::services::room_program::send;
use crate::app::state::{App, Core, DirectPeers, Introduction, OnePeer, RoomProgram};
use crate::sync::{Contact, Invitation, Mid, Rights, Role, Way, read_sdp};
use crate::together::{Request, Response};

/// Two pages find each other within so many milliseconds, or they do not.
const FINDS_WITHIN: u32 = 20_000;
const UNABLE: &str = "This browser cannot connect to other pages directly. Use a relay.";
const OUT_OF_REACH: &str = "The two pages cannot reach each other. Directly it works within one \
                            network, and not in every one: try a new invitation, or use a relay.";
const GONE: &str = "The invitation was given up: the other page was not there in time. Ask for a \
                    new one.";

/// The program for which connections are made: one on its way into a room, else that of the open
/// document.
fn program(core: &mut Core) -> Option<&mut RoomProgram> {
    match &mut core.arriving {
        Some(arriving) => Some(&mut arriving.program),
        None => core.room.as_mut()?.program.as_mut(),
    }
}

/// Tells the program for which the connections are.
fn tell(app: App, request: Request) {
    app.change(|core| {
        let number = core.direct.program;
        let room = core.room.as_mut().and_then(|room| room.program.as_mut());
        let arriving = core.arriving.as_mut().map(|one| &mut one.program);
        let mut programs = room.into_iter().chain(arriving);
        if let Some(program) = programs.find(|program| program.number == number) {
            send(program, request);
        }
    });
}

/// Closes all connections that are for a program.
pub fn end(app: App, program: u64) {
    if app.with(|core| core.direct.program != program) {
        return;
    }
    let peers = app.change(|core| std::mem::take(&mut core.direct));
    // Closing them may call back here.
    drop(peers);
    app.introduction.set(Introduction::Nothing);
}

/// Begins a connection under a number, or under the next of the invitations.
fn begin(app: App, number: Option<u64>) -> Option<(u64, RtcPeerConnection)> {
    let is_other = app.change(|core| {
        let number = program(core).map(|program| program.number);
        number.is_none_or(|number| number != core.direct.program)
    });
    if is_other {
        let number = app.change(|core| Some(program(core)?.number))?;
        let before = app.change(|core| {
            let fresh = DirectPeers {
                program: number,
                ..DirectPeers::default()
            };
            std::mem::replace(&mut core.direct, fresh)
        });
        drop(before);
    }
    let number = number.unwrap_or_else(|| {
        app.change(|core| {
            core.direct.invitations += 1;
            core.direct.invitations
        })
    });
    let peer = Peer::new(move |event| happens(app, number, event))?;
    let connection = peer.connection();
    let one = OnePeer {
        peer,
        mid: Mid::default(),
        is_open: false,
    };
    let before = app.change(|core| core.direct.peers.insert(number, one));
    drop(before);
    Some((number, connection))
}

/// What a browser says of a connection, for the other page. Keeps what the answer must have.
fn contact(app: App, number: u64, sdp: &str) -> Result<Contact, String> {
    let described = read_sdp(sdp).map_err(|error| format!("{error}."))?;
    app.change(|core| {
        if let Some(one) = core.direct.peers.get_mut(&number) {
            one.mid = described.mid;
        }
    });
    Ok(described.contact)
}

/// Makes an invitation for one guest into the room of the open document.
pub fn invite(app: App, rights: Rights) {
    let link = app.room.with_untracked(|room| {
        let room = room.as_ref()?;
        match rights {
            Rights::Edit => Some(room.link.clone()),
            Rights::View(_) => room.view_link.clone(),
        }
    });
    let invitation = link.and_then(|link| Invitation::read(&link).ok());
    let Some(invitation) = invitation else {
        return;
    };
    give_up_unanswered(app);
    let Some((number, connection)) = begin(app, None) else {
        app.introduction.set(Introduction::Told(UNABLE.to_owned()));
        return;
    };
    app.introduction.set(Introduction::Prepares);
    in_time(async move {
        let sdp = peer::offer(connection).await.unwrap_or_default();
        let shown = match contact(app, number, &sdp) {
            Ok(contact) => {
                let way = Way::Direct(Some(contact));
                let link = Invitation { way, ..invitation }.fragment();
                Introduction::Invites(number, link, rights)
            }
            Err(why) => Introduction::Told(why),
        };
        app.introduction.set(shown);
    });
}

/// An invitation that nobody has answered is of no use once there is another.
fn give_up_unanswered(app: App) {
    if let Introduction::Invites(number, ..) = app.introduction.get_untracked() {
        close(app, number);
    }
}

/// Takes the line that a guest has sent back; says what is wrong with it.
///
/// # Errors
/// It is not such a line: a sentence.
pub fn take_answer(app: App, line: &str) -> Result<(), String> {
    let Introduction::Invites(number, ..) = app.introduction.get_untracked() else {
        return Ok(());
    };
    let contact = Contact::read_line(line, Role::Answer);
    let contact = contact.map_err(|error| format!("Answer: {error}."))?;
    app.introduction.set(Introduction::Connects);
    accept(app, number, &contact);
    Ok(())
}

/// Takes the answer of another page.
fn accept(app: App, number: u64, contact: &Contact) {
    let found = app.with(|core| {
        let one = core.direct.peers.get(&number)?;
        Some((one.peer.connection(), contact.sdp(&one.mid)))
    });
    let Some((connection, sdp)) = found else {
        return;
    };
    in_time(async move {
        if peer::accept(connection, &sdp).await.is_err() {
            happens(app, number, PeerEvent::Closed);
        }
    });
    Timeout::new(FINDS_WITHIN, move || give_up(app, number)).forget();
}

/// Closes a connection that has not come about.
fn give_up(app: App, number: u64) {
    let is_open = app.with(|core| {
        let one = core.direct.peers.get(&number);
        one.is_none_or(|one| one.is_open)
    });
    if !is_open {
        happens(app, number, PeerEvent::Closed);
    }
}

/// Answers an invitation: the page then shows the line to send back.
pub fn answer(app: App, offer: Contact) {
    let Some((number, connection)) = begin(app, None) else {
        app.introduction.set(Introduction::Told(UNABLE.to_owned()));
        return;
    };
    app.introduction.set(Introduction::Prepares);
    in_time(async move {
        let described = offer.sdp(&Mid::default());
        let sdp = peer::answer(connection, &described).await;
        let shown = match contact(app, number, &sdp.unwrap_or_default()) {
            Ok(contact) => Introduction::Answers(contact.line()),
            Err(why) => Introduction::Told(why),
        };
        app.introduction.set(shown);
    });
}

/// Does what the program says of connections; returns what is about something else.
pub fn take(app: App, program: u64, said: Response) -> Option<Response> {
    let is_ours = app.with(|core| core.direct.program == program);
    match said {
        Response::ToPeer {
            peer,
            frame,
            urgency,
        } => {
            if is_ours {
                app.with(|core| {
                    if let Some(one) = core.direct.peers.get(&peer) {
                        one.peer.send(frame, urgency);
                    }
                });
            }
            None
        }
        Response::ClosePeer(peer) => {
            if is_ours {
                close(app, peer);
            }
            None
        }
        Response::Meet { peer, contact } => {
            if is_ours {
                meet(app, peer, contact);
            }
            None
        }
        other => Some(other),
    }
}

/// Meets another page of the room, by way of one that knows both.
fn meet(app: App, page: u64, said: Option<Vec<u8>>) {
    let contact_of = said.as_ref().map(|bytes| Contact::from_bytes(bytes));
    match contact_of {
        None => {
            let Some((_, connection)) = begin(app, Some(page)) else {
                return;
            };
            in_time(async move {
                let sdp = peer::offer(connection).await.unwrap_or_default();
                say_where(app, page, &sdp);
            });
        }
        Some(Ok(contact)) if contact.role() == Role::Offer => {
            let Some((_, connection)) = begin(app, Some(page)) else {
                return;
            };
            let offer = contact.sdp(&Mid::default());
            in_time(async move {
                let sdp = peer::answer(connection, &offer).await.unwrap_or_default();
                say_where(app, page, &sdp);
            });
            Timeout::new(FINDS_WITHIN, move || give_up(app, page)).forget();
        }
        Some(Ok(contact)) => accept(app, page, &contact),
        Some(Err(_)) => {}
    }
}

fn say_where(app: App, page: u64, sdp: &str) {
    match contact(app, page, sdp) {
        Ok(contact) => tell(
            app,
            Request::PeerMeets {
                peer: page,
                contact: contact.to_bytes(),
            },
        ),
        Err(_) => close(app, page),
    }
}

/// Something happens to a connection.
fn happens(app: App, number: u64, event: PeerEvent) {
    match event {
        PeerEvent::Heard(frame) => tell(app, Request::PeerHeard(number, frame)),
        PeerEvent::Opened => {
            let is_there = app.change(|core| {
                let one = core.direct.peers.get_mut(&number)?;
                one.is_open = true;
                Some(())
            });
            if is_there.is_some() {
                tell(app, Request::PeerOpened(number));
                if is_introduced(app, number) {
                    end_introduction(app);
                }
            }
        }
        PeerEvent::Closed => {
            let was_open = app.with(|core| Some(core.direct.peers.get(&number)?.is_open));
            close(app, number);
            if was_open == Some(false) && is_introduced(app, number) {
                let words = match app.introduction.get_untracked() {
                    Introduction::Answers(_) => GONE,
                    _ => OUT_OF_REACH,
                };
                app.introduction.set(Introduction::Told(words.to_owned()));
            }
        }
    }
}

/// The two pages are connected. Who came back to a room that is here already is in it now.
fn end_introduction(app: App) {
    let before = app.introduction.get_untracked();
    app.introduction.set(Introduction::Nothing);
    let is_back = app.with(|core| core.arriving.is_none());
    if is_back && matches!(before, Introduction::Answers(_)) {
        app.dialog.set(None);
    }
}

/// Whether what is shown is about this connection: the last that a person has made.
fn is_introduced(app: App, number: u64) -> bool {
    app.with(|core| core.direct.invitations == number)
}

fn close(app: App, number: u64) {
    let gone = app.change(|core| core.direct.peers.remove(&number));
    if let Some(gone) = gone {
        tell(app, Request::PeerClosed(number));
        // What closes it may be what runs now.
        Timeout::new(0, move || drop(gone)).forget();
    }
}
