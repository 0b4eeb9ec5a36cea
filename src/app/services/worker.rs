//! The web worker: started when it is first needed, told of every change.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ErrorEvent, File, MessageEvent, Worker};

use crate::app::browser::{random_bits, start_worker};
use crate::app::state::{App, Port, PortState};
use crate::model::Patch;
use crate::worker::{Drive, ReadFor, Request, decode, encode};

/// Asks the worker for something about the document as it is.
pub fn request(app: App, request: Request) {
    request_with_file(app, request, None);
}

/// Asks for something about a file.
pub fn request_with_file(app: App, request: Request, file: Option<File>) {
    // What is pasted may belong to what is there.
    let is_pasted =
        matches!(&request, Request::Read { purpose, .. } if *purpose == ReadFor::Pasting);
    let is_read = matches!(request, Request::Read { .. } | Request::ReadFile { .. });
    let about_document = is_pasted || !(is_read || matches!(request, Request::Drive(_)));
    if app.with(|core| matches!(core.port.state, PortState::Failed)) {
        app.hand_back(vec![(request, file)]);
        return;
    }
    start(app);
    let stale = app.change(|core| {
        let port = &mut core.port;
        let stale = about_document && port.sent != Some(port.revision);
        if stale {
            port.sent = Some(port.revision);
        }
        stale.then_some(port.revision)
    });
    if let Some(revision) = stale {
        let document = Request::Document {
            revision,
            seed: random_bits(),
            document: app.with(|core| core.editor.committed_document()),
        };
        post(app, document, None);
    }
    post(app, request, file);
}

fn start(app: App) {
    if app.with(|core| !matches!(core.port.state, PortState::None)) {
        return;
    }
    let Some(worker) = start_worker("worker") else {
        fail(app);
        return;
    };
    // A worker lives as long as the page, and so do what listens to it.
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = event.data().dyn_into::<Uint8Array>();
        let answer = bytes.ok().and_then(|bytes| decode(&bytes.to_vec()).ok());
        if let Some(answer) = answer {
            app.respond(answer);
        }
    });
    worker.set_onmessage(Some(hear.into_js_value().unchecked_ref()));
    let failed = Closure::<dyn FnMut(ErrorEvent)>::new(move |_| fail(app));
    worker.set_onerror(Some(failed.into_js_value().unchecked_ref()));
    app.change(|core| core.port.state = PortState::Starting(worker));
}

/// The worker cannot be had: what waits for it goes back to who knows what to do without.
fn fail(app: App) {
    let waiting = app.change(|core| {
        core.port.state = PortState::Failed;
        std::mem::take(&mut core.port.queue)
    });
    app.hand_back(waiting);
}

/// Sends a request with its file, or keeps it until the worker listens.
fn post(app: App, request: Request, file: Option<File>) {
    app.change(|core| match &core.port.state {
        PortState::Ready(worker) => send(worker, &request, file.as_ref()),
        PortState::Starting(_) | PortState::None => core.port.queue.push((request, file)),
        PortState::Failed => {}
    });
}

/// Has the worker keep the document that it has opened and that is shown as it is.
pub fn keep_opened(app: App, opening: u64) {
    let seed = random_bits();
    let request = app.change(|core| {
        let port = &mut core.port;
        let revision = port.revision;
        let unknown = port.sent != Some(revision);
        port.sent = Some(revision);
        unknown.then_some(Request::Keep {
            opening,
            revision,
            seed,
        })
    });
    if let Some(request) = request {
        post(app, request, None);
    }
}

/// Pauses the listing of loops, lets it go on, or stops it.
pub fn drive_search(app: App, drive: Drive) {
    request(app, Request::Drive(drive));
}

/// Notes that the document has changed, by this patch if it is known, and sends the patch to a worker
/// that knows what it applies to.
pub fn document_changed(app: App, patch: Option<&Patch>) {
    let request = app.change(|core| {
        let port = &mut core.port;
        let in_step = port.sent == Some(port.revision);
        port.revision += 1;
        let patch = patch.filter(|_| in_step)?;
        port.sent = Some(port.revision);
        Some(Request::Patch {
            revision: port.revision,
            patch: patch.clone(),
        })
    });
    if let Some(request) = request {
        post(app, request, None);
    }
}

/// The worker listens: it gets what has waited for it.
pub fn ready(app: App) {
    app.change(|core| {
        let Port { state, queue, .. } = &mut core.port;
        if let PortState::Starting(worker) = std::mem::take(state) {
            for (request, file) in queue.drain(..) {
                send(&worker, &request, file.as_ref());
            }
            *state = PortState::Ready(worker);
        }
    });
}

/// Sends a message: its bytes, and the file that goes with it.
fn send(worker: &Worker, request: &Request, file: Option<&File>) {
    let Ok(bytes) = encode(request) else {
        return;
    };
    let bytes = Uint8Array::from(bytes.as_slice());
    let handed_over = Array::of1(&bytes.buffer());
    let message = Array::of1(&bytes);
    if let Some(file) = file {
        message.push(file);
    }
    // Fails only for what cannot be handed over; this buffer is new.
    let _ = worker.post_message_with_transfer(&message, &handed_over);
}
