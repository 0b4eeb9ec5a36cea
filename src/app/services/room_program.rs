//! The program of a room: started, spoken to, and asked to leave. Each room has one of its own.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use crate::app::browser::start_worker;
use crate::app::state::{App, RoomProgram};
use crate::together::{Contents, Enter, Request};
use crate::worker::{decode, encode};

/// How long a program may take to say goodbye, in milliseconds.
const GOODBYE: u32 = 5_000;

/// Starts a program and sends it into a room; none where it cannot be had. `lost` hears its number
/// where it fails.
pub fn start(
    app: App,
    link: String,
    contents: Contents,
    lost: fn(App, u64),
) -> Option<RoomProgram> {
    let worker = start_worker("together")?;
    let (number, tab) = app.change(|core| {
        core.rooms += 1;
        (core.rooms, core.tab)
    });
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = event.data().dyn_into::<Uint8Array>();
        let said = bytes.ok().and_then(|bytes| decode(&bytes.to_vec()).ok());
        if let Some(said) = said {
            app.hear_room(number, said);
        }
    });
    worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    let failed = Closure::<dyn FnMut(ErrorEvent)>::new(move |_| lost(app, number));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let enter = Request::Enter(Box::new(Enter {
        link,
        tab: tab.bits(),
        contents,
    }));
    Some(RoomProgram {
        number,
        worker,
        queue: Some(vec![enter]),
        _hears: hear,
        _failed: failed,
    })
}

/// Sends a request, or keeps it until the program listens.
pub fn send(program: &mut RoomProgram, request: Request) {
    match &mut program.queue {
        Some(queue) => queue.push(request),
        None => post(&program.worker, &request),
    }
}

/// Sends a request to a program that listens.
pub fn post(worker: &Worker, request: &Request) {
    if let Ok(bytes) = encode(request) {
        let bytes = Uint8Array::from(bytes.as_slice());
        let handed_over = Array::of1(&bytes.buffer());
        // Fails only for what cannot be handed over; this buffer is new.
        let _ = worker.post_message_with_transfer(&bytes, &handed_over);
    }
}

/// A program says goodbye, and is heard no more.
pub fn dismiss(mut program: RoomProgram) {
    send(&mut program, Request::Leave);
    program.worker.set_onmessage(None);
    program.worker.set_onerror(None);
    // What hears it may be what runs now, so it goes with the program.
    Timeout::new(GOODBYE, move || program.worker.terminate()).forget();
}
