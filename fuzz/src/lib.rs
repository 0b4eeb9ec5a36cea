//! Everything that reads what others wrote, as targets for a fuzzer.
//!
//! To add a reader, write a line in [`TARGETS`].

use std::sync::Arc;

use loopstream::format::{
    ImportResult, ReadError, csv, decode, dot, json, kumu, link, loopy, mermaid, open_text, png,
    read_patch, sage, sd_json, vensim, write_patch, xmile,
};
use loopstream::model::{Document, Id, IdSource, Patch};
use loopstream::simulate;
use loopstream::store::{InMemory, Store, backup, library, text_checksum};
use loopstream::sync::{
    Contact, Invitation, Line, Other, Poll, Presence, RULES, Relay, RelayAddress, RelayKind, Rights,
    Role, Room, Secret, read_parcel, read_sdp, write_parcel,
};
use loopstream::together::{ChannelFrame, Entropy, Frame, Keys, Protocol, RelayLog, Update};
use loopstream::worker::{NativeFormat, Press, Request, TableText, WorkerState};

/// A reader under a name, and what must hold of whatever it reads.
#[derive(Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    run: Run,
}

#[derive(Clone, Copy)]
enum Run {
    Text(fn(&str)),
    Bytes(fn(&[u8])),
}

impl Target {
    const fn text(name: &'static str, run: fn(&str)) -> Self {
        Self {
            name,
            run: Run::Text(run),
        }
    }

    const fn bytes(name: &'static str, run: fn(&[u8])) -> Self {
        Self {
            name,
            run: Run::Bytes(run),
        }
    }

    /// Gives the reader an input.
    pub fn run(&self, input: &[u8]) {
        match self.run {
            Run::Text(run) => run(&String::from_utf8_lossy(input)),
            Run::Bytes(run) => run(input),
        }
    }
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target::text("json", |text| opened(json::read(text))),
    Target::text("patch", patched),
    Target::text("loopy", |text| opened(loopy::read(text, &mut ids()))),
    Target::text("sd-json", |text| opened(sd_json::read(text, &mut ids()))),
    Target::text("csv", |text| opened(csv::read(text, &mut ids()))),
    Target::text("kumu", |text| opened(kumu::read(text, &mut ids()))),
    Target::text("sage", |text| opened(sage::read(text, &mut ids()))),
    Target::text("dot", |text| opened(dot::read(text, &mut ids()))),
    Target::text("mermaid", |text| opened(mermaid::read(text, &mut ids()))),
    Target::text("vensim", |text| opened(vensim::read(text, &mut ids()))),
    Target::text("xmile", |text| opened(xmile::read(text, &mut ids()))),
    Target::text("simulate", simulated),
    Target::text("link", unpacked),
    Target::text("table", measured),
    Target::text("svg", |text| drop(open_text(text, &mut ids()))),
    Target::text("backup", restored),
    Target::bytes("png", pictured),
    Target::bytes("room", shared),
    Target::bytes("relay", relayed),
    Target::bytes("channel", channelled),
    Target::text("invitation", invited),
    Target::bytes("any", |bytes| {
        if let Ok(text) = decode(bytes) {
            drop(open_text(&text, &mut ids()));
        }
    }),
];

/// The target of a name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().copied().find(|known| known.name == name)
}

fn ids() -> IdSource {
    IdSource::new(7)
}

/// What was read is a valid document, and keeps what it says when it is saved.
fn opened(read: Result<ImportResult, ReadError>) {
    match read {
        Ok(opened) => {
            let document = opened.document;
            let mut again = Document::default();
            again
                .apply(&Patch::between(&again, &document))
                .expect("what was read is a valid document");
            assert_eq!(again, document);
            let saved = json::read(&json::write(&document)).expect("what was read can be saved");
            assert_eq!(saved.document, document);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A model is refused with reasons, or runs for a while.
fn simulated(text: &str) {
    let compiled = simulate::read(text)
        .and_then(|source| simulate::compile(&source, &simulate::Settings::default()));
    match compiled {
        Ok(compiled) => {
            if let Ok(mut run) = simulate::Run::new(Arc::new(compiled)) {
                run.advance(100_000);
            }
        }
        Err(faults) => assert!(faults.iter().all(|fault| !fault.to_string().is_empty())),
    }
}

/// A frame of a channel is read to what it was written from, or is none; so are what a page tells of its
/// person and of a vote.
fn channelled(bytes: &[u8]) {
    if let Some(frame) = ChannelFrame::read(bytes) {
        assert_eq!(ChannelFrame::read(&frame.write()), Some(frame));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        drop(Presence::read(text));
        drop(Poll::read(text));
    }
}

/// An invitation and a line have one form; a description can be written again.
fn invited(text: &str) {
    if let Ok(invitation) = Invitation::read(text) {
        assert_eq!(Invitation::read(&invitation.fragment()), Ok(invitation));
    }
    for role in [Role::Offer, Role::Answer] {
        if let Ok(contact) = Contact::read_line(text, role) {
            assert_eq!(Contact::read_line(&contact.line(), role), Ok(contact));
        }
    }
    if let Ok(described) = read_sdp(text) {
        read_sdp(&described.contact.sdp(&described.mid)).expect("what was read can be written");
    }
}

/// A link unpacks within its limits, or is refused.
fn unpacked(text: &str) {
    if let Ok(text) = link::unpack(text) {
        drop(json::read(&text));
    }
}

/// A table makes a form and, as it is guessed, a map.
fn measured(text: &str) {
    let mut bench = WorkerState::default();
    bench.take(Request::Document {
        revision: 1,
        seed: 7,
        document: Document::default(),
    });
    bench.take(Request::Look(TableText {
        name: "table.csv".to_owned(),
        text: text.to_owned(),
        memory: String::new(),
    }));
    bench.take(Request::Press(Press::NewMap));
}

/// What was read as a patch comes back when it is written.
fn patched(text: &str) {
    if let Ok(patch) = read_patch(text) {
        assert_eq!(read_patch(&write_patch(&patch)), Ok(patch.clone()));
        let mut document = Document::default();
        if document.apply(&patch).is_err() {
            assert_eq!(document, Document::default());
        }
    }
}

/// The entries of a parcel, which is given unpacked, read back, and no room stumbles over them; nor
/// does a line over the bytes as a frame.
fn shared(bytes: &[u8]) {
    let mut room = Room::join(Id::from_bits(1), RULES);
    let mut line = Line::new(Other::Room);
    drop(line.hear(bytes, &room, &NativeFormat));
    line.lose(bytes);
    // A layout, and a block that is stored as it is (RFC 1951, section 3.2.4).
    let bytes = &bytes[..bytes.len().min(usize::from(u16::MAX))];
    let length = u16::try_from(bytes.len()).unwrap_or_default();
    let mut parcel = vec![1, 1];
    parcel.extend(length.to_le_bytes());
    parcel.extend((!length).to_le_bytes());
    parcel.extend(bytes);
    let Ok(entries) = read_parcel(&parcel, RULES, &NativeFormat) else {
        return;
    };
    for entry in &entries {
        let written = write_parcel(entry, &NativeFormat).expect("what was read can be written");
        let again = read_parcel(&written, RULES, &NativeFormat);
        assert_eq!(again.as_deref(), Ok(std::slice::from_ref(entry)));
    }
    room.take(entries.iter().cloned());
    let document = room.document().cloned();
    room.take(entries);
    assert_eq!(room.document(), document.as_ref());
    room.forget();
}

/// What a relay sends is read within its bounds, and an update that is cut is one still. The bytes are
/// tried as a frame of each kind of relay, as an update, and as something sealed.
fn relayed(bytes: &[u8]) {
    let address = RelayAddress::read("wss://relay.example.org").expect("it is an address");
    for kind in [RelayKind::YWebsocket, RelayKind::Hocuspocus] {
        let address = address.clone();
        let protocol = Protocol::new(&Relay { kind, address }, "room");
        let named = [b"\x04room".as_slice(), bytes].concat();
        for frame in [bytes, &named] {
            if let Some(Frame::All(update) | Frame::New(update)) = protocol.read(frame) {
                merged(update);
            }
        }
    }
    merged(bytes);
    let keys = Keys::new(Secret([7; 16]), Rights::Edit).expect("it is a key");
    assert_eq!(keys.entry_opener().open(bytes), None);
    let presence = keys.presence_seal(Entropy::new(|_| {}));
    assert_eq!(presence.open(1, 1, &String::from_utf8_lossy(bytes)), None);
}

/// A log that hears an update twice is the same after it as after the first.
fn merged(update: &[u8]) {
    if let Ok(read) = Update::read(update) {
        for chunk in read.cut(100) {
            assert!(Update::read(&chunk).is_ok());
        }
    }
    let mut log = RelayLog::new(7);
    if log.hear(update, |sealed| Some(sealed.to_vec())).is_ok() {
        let again = log.hear(update, |_| None).expect("it was taken before");
        assert!(again.frames.is_empty() && again.lost.is_empty());
    }
    log.append(b"frame", b"sealed");
    log.sweep(|start| start.len() % 2 == 0);
    log.lacking(&log.state(), 100);
}

/// A backup never makes a storage that cannot be read, and a backup of what it made brings the same
/// back. The text is tried as a whole backup, and as what a sound entry of each kind holds.
fn restored(text: &str) {
    restored_whole(text);
    for (kind, number, key) in [
        ("document", 0, "0000000000000007"),
        ("history", 1, "loopstream/history/0000000000000007"),
        (
            "text",
            2,
            "loopstream/journal/0000000000000007/0000000000000001/1",
        ),
    ] {
        let checksum = text_checksum(&format!("{number}\n{key}\n0\n0\n{text}"));
        let entry = serde_json::json!({
            "kind": kind, "key": key, "checksum": checksum, "text": text,
        });
        restored_whole(&format!(
            "{{\"format\":\"loopstream-backup\",\"version\":1,\"entries\":[\n{entry}\n]}}"
        ));
    }
}

fn restored_whole(text: &str) {
    let storage = InMemory::default();
    restore_into(&storage, text);
    let copy = InMemory::default();
    restore_into(
        &copy,
        &backup::write(store(&storage), None, 2).expect("memory does not fail"),
    );
    for one in library::list(store(&storage)).expect("memory does not fail") {
        let kept = loopstream::store::read(store(&storage), one.id);
        assert_eq!(kept, loopstream::store::read(store(&copy), one.id));
    }
}

fn restore_into(storage: &InMemory, text: &str) {
    backup::restore(store(storage), text, Id::from_bits(9), " (copy)", 1)
        .expect("memory does not fail");
}

fn store(storage: &InMemory) -> Store<'_> {
    Store {
        storage,
        codec: &NativeFormat,
    }
}

/// A text that was put into a picture is found there. The bytes are tried as a picture, and as what
/// the chunks of a sound one hold, since hardly any random bytes have the right checksum.
fn pictured(bytes: &[u8]) {
    for picture in [bytes.to_vec(), picture_of(bytes)] {
        drop(png::text_of(&picture));
        if let Ok(with) = png::with_text(&picture, "{}") {
            assert_eq!(png::text_of(&with).as_deref(), Ok("{}"));
        }
    }
}

/// A picture of chunks: a byte for the kind, one for the length, then what it holds.
fn picture_of(mut bytes: &[u8]) -> Vec<u8> {
    const KINDS: [&[u8; 4]; 6] = [b"iTXt", b"zTXt", b"tEXt", b"IHDR", b"IDAT", b"IEND"];
    let mut picture = b"\x89PNG\r\n\x1a\n".to_vec();
    while let [kind, length, rest @ ..] = bytes {
        let (held, rest) = rest.split_at(rest.len().min(usize::from(*length)));
        let named = [KINDS[usize::from(*kind) % KINDS.len()].as_slice(), held].concat();
        picture.extend((held.len() as u32).to_be_bytes());
        picture.extend(&named);
        picture.extend(crc32fast::hash(&named).to_be_bytes());
        bytes = rest;
    }
    picture
}
