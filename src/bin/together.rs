//! The program that is in a room with others: hears the page, holds the line to the relay.
//!
//! What it does is in the room `together`; here is only how it talks, waits and reaches the relay. It
//! opens sockets to the address of the link alone that the page gave it, and sends binary frames.

fn main() {
    #[cfg(target_arch = "wasm32")]
    program::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("The program runs in a browser: `./dev serve`");
}

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::RefCell;
    use std::rc::Rc;

    use gloo::timers::callback::Timeout;
    use js_sys::{Array, Date, Uint8Array};
    use loopstream::together::{Entropy, Input, Member, Output, Request, Response};
    use loopstream::worker::{WireError, decode, encode};
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{
        BinaryType, CloseEvent, Crypto, DedicatedWorkerGlobalScope, Event, MessageEvent, WebSocket,
    };

    /// The code of a socket that closed without one.
    const NO_CODE: u16 = 1006;

    struct Program {
        scope: DedicatedWorkerGlobalScope,
        member: RefCell<Member>,
        socket: RefCell<Option<Socket>>,
        /// What is due next.
        timer: RefCell<Option<Timeout>>,
    }

    /// A socket, and what hears it.
    struct Socket {
        socket: WebSocket,
        _opened: Closure<dyn FnMut(Event)>,
        _heard: Closure<dyn FnMut(MessageEvent)>,
        _closed: Closure<dyn FnMut(CloseEvent)>,
    }

    impl Drop for Socket {
        fn drop(&mut self) {
            self.socket.set_onopen(None);
            self.socket.set_onmessage(None);
            self.socket.set_onclose(None);
            // Fails only for a code that there cannot be.
            let _ = self.socket.close();
        }
    }

    /// Listens for as long as the program lives.
    pub fn start() {
        std::panic::set_hook(Box::new(|info| {
            web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        }));
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let Ok(crypto) = scope.crypto() else {
            say(
                &scope,
                &Response::Failed("The browser gives no random numbers.".to_owned()),
            );
            return;
        };
        let program = Rc::new(Program {
            scope: scope.clone(),
            member: RefCell::new(Member::new(Entropy::new(move |bytes| fill(&crypto, bytes)))),
            socket: RefCell::new(None),
            timer: RefCell::new(None),
        });
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match decode::<Request>(&Uint8Array::new(&event.data()).to_vec()) {
                Ok(request) => take(&program, Input::Asked(request)),
                // Of a page of another version.
                Err(error) => say(&program.scope, &not_understood(&error)),
            }
        });
        scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        hear.forget();
        // The page sends nothing before it has heard this.
        say(&scope, &Response::Ready);
    }

    /// Fills bytes with random ones. Keys would be guessed without, so it stops where there are none.
    fn fill(crypto: &Crypto, bytes: &mut [u8]) {
        if crypto.get_random_values_with_u8_array(bytes).is_err() {
            wasm_bindgen::throw_str("the browser gives no random numbers");
        }
    }

    /// Gives the member something that happens, and does what it says.
    fn take(program: &Rc<Program>, input: Input<'_>) {
        let buffered = match &*program.socket.borrow() {
            Some(Socket { socket, .. }) => socket.buffered_amount() as usize,
            None => 0,
        };
        let outputs = program
            .member
            .borrow_mut()
            .take(input, Date::now() as u64, buffered);
        let mut lost = None;
        for output in outputs {
            match output {
                Output::Say(response) => say(&program.scope, &response),
                Output::Connect { socket, url } => {
                    let opened = connect(program, socket, &url);
                    lost = opened.is_none().then_some(socket);
                    program.socket.replace(opened);
                }
                Output::Send(frame) => {
                    if let Some(Socket { socket, .. }) = &*program.socket.borrow() {
                        // A socket that is closing says so by itself.
                        let _ = socket.send_with_u8_array(&frame);
                    }
                }
                Output::Disconnect => drop(program.socket.take()),
            }
        }
        if let Some(socket) = lost {
            let closed = Input::Closed {
                socket,
                code: NO_CODE,
                reason: "",
            };
            take(program, closed);
            return;
        }
        let due = program.member.borrow().due();
        let timer = due.map(|due| {
            let wait = (due as f64 - Date::now())
                .clamp(0.0, f64::from(i32::MAX))
                .ceil();
            let program = program.clone();
            Timeout::new(wait as u32, move || take(&program, Input::Tick))
        });
        // The one before is off.
        program.timer.replace(timer);
    }

    /// Opens a socket; none where the browser does not.
    fn connect(program: &Rc<Program>, number: u64, url: &str) -> Option<Socket> {
        let socket = WebSocket::new(url).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let heard_by = program.clone();
        let opened = Closure::<dyn FnMut(Event)>::new(move |_: Event| {
            take(&heard_by, Input::Opened { socket: number });
        });
        let heard_by = program.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A text is none of ours; its bytes are none.
            let frame = Uint8Array::new(&event.data()).to_vec();
            take(
                &heard_by,
                Input::Heard {
                    socket: number,
                    frame: &frame,
                },
            );
        });
        let heard_by = program.clone();
        let closed = Closure::<dyn FnMut(CloseEvent)>::new(move |event: CloseEvent| {
            let (code, reason) = (event.code(), event.reason());
            take(
                &heard_by,
                Input::Closed {
                    socket: number,
                    code,
                    reason: &reason,
                },
            );
        });
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Socket {
            socket,
            _opened: opened,
            _heard: heard,
            _closed: closed,
        })
    }

    fn say(scope: &DedicatedWorkerGlobalScope, response: &Response) {
        let bytes = encode(response).or_else(|error| encode(&not_understood(&error)));
        let bytes = Uint8Array::from(bytes.unwrap_or_default().as_slice());
        let handed_over = Array::of1(&bytes.buffer());
        // Fails only for what cannot be handed over; this buffer is new.
        let _ = scope.post_message_with_transfer(&bytes, &handed_over);
    }

    /// Says that a message could not be read or written.
    fn not_understood(error: &WireError) -> Response {
        Response::Failed(format!("The page was not understood: {error}."))
    }
}
