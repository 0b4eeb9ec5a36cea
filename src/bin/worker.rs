//! The web worker: hears requests, works a slice at a time, and posts answers.
//!
//! What it does is in the room `worker`; here is only how a worker talks and waits.

fn main() {
    #[cfg(target_arch = "wasm32")]
    worker::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("The worker runs in a browser: `./dev serve`");
}

#[cfg(target_arch = "wasm32")]
mod worker {
    mod engine;

    use std::cell::RefCell;
    use std::rc::Rc;

    use gloo::timers::callback::Timeout;
    use js_sys::{Array, Date, Intl, Object, Reflect, Uint8Array};
    use loopstream::import_data::TimeZone;
    use loopstream::scene::{EstimatedText, Font, MeasureText};
    use loopstream::worker::{
        Request, Response, ResponseBody, TellTime, WireError, Work, WorkerState, decode, encode,
    };
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen::{JsCast, JsValue};
    use web_sys::{
        DedicatedWorkerGlobalScope, File, FileReaderSync, MessageEvent, OffscreenCanvas,
        OffscreenCanvasRenderingContext2d, TextDecoder,
    };

    /// How long a slice of work lasts, in milliseconds: so long a new request may have to wait.
    const SLICE: f64 = 24.0;
    /// How much is done between two looks at the clock.
    const BUDGET: u64 = 200_000;

    /// Measures words with the font of the page; where a worker has no canvas, by estimate.
    struct Letters(Option<OffscreenCanvasRenderingContext2d>);

    impl Letters {
        fn new() -> Self {
            let canvas = OffscreenCanvas::new(1, 1).ok();
            let context = canvas.and_then(|canvas| canvas.get_context("2d").ok()?);
            Self(context.and_then(|context| context.dyn_into().ok()))
        }
    }

    impl MeasureText for Letters {
        fn width(&self, text: &str, font: Font) -> f64 {
            let measured = self.0.as_ref().and_then(|context| {
                context.set_font(&font.css());
                context.measure_text(text).ok()
            });
            measured.map_or_else(
                || EstimatedText.width(text, font),
                |metrics| metrics.width(),
            )
        }
    }

    /// Tells times in the words, the order and the time zone of the person.
    struct LocalTime;

    impl TellTime for LocalTime {
        fn words(&self, at: u64) -> String {
            let date = Date::new(&JsValue::from_f64(at as f64));
            let options = Object::new();
            for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
                // Fails only for an object that is frozen.
                let _ = Reflect::set(&options, &name.into(), &value.into());
            }
            String::from(date.to_locale_string("default", &options))
        }
    }

    /// A text in an encoding that the browser knows; none where something in it is no character.
    fn decoded(label: &str, bytes: &[u8]) -> Option<String> {
        let decoder = TextDecoder::new_with_label(label).ok()?;
        let text = decoder.decode_with_u8_array(bytes).ok()?;
        (!text.contains('\u{FFFD}')).then_some(text)
    }

    impl TimeZone for LocalTime {
        fn ahead(&self, instant: f64) -> f64 {
            let date = Date::new(&JsValue::from_f64(instant * 1_000.0));
            // None for an instant beyond all dates.
            let behind = Some(date.get_timezone_offset()).filter(|minutes| minutes.is_finite());
            behind.unwrap_or_default() * -60.0
        }

        fn name(&self) -> String {
            let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
            let zone = Reflect::get(&format.resolved_options(), &"timeZone".into());
            zone.ok()
                .and_then(|zone| zone.as_string())
                .unwrap_or_default()
        }
    }

    struct Worker {
        bench: WorkerState,
        /// Whether a slice is on its way.
        waits: bool,
    }

    /// Listens for as long as the worker lives.
    pub fn start() {
        std::panic::set_hook(Box::new(|info| {
            web_sys::console::error_1(&JsValue::from_str(&info.to_string()));
        }));
        let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
        let worker = Rc::new(RefCell::new(Worker {
            bench: WorkerState::new(
                Box::new(Letters::new()),
                Box::new(LocalTime),
                Box::new(LocalTime),
            )
            .decoding_with(decoded)
            .running_with(Box::new(engine::Browser::default())),
            waits: false,
        }));
        let speaker = scope.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // The bytes of the message, and the file that goes with it.
            let parts = Array::from(&event.data());
            let answers = match decode(&Uint8Array::new(&parts.get(0)).to_vec()) {
                Ok(request) => {
                    let mut worker = worker.borrow_mut();
                    worker.bench.hear_time(Date::now() / 1_000.0);
                    match with_file(request, parts.get(1)) {
                        Ok(request) => worker.bench.take(request),
                        Err(name) => vec![not_read(name)],
                    }
                }
                // Of a page of another version.
                Err(error) => vec![not_understood(&error)],
            };
            say(&speaker, answers);
            work_soon(&speaker, &worker);
        });
        scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        hear.forget();
        // The page sends nothing before it has heard this.
        say(&scope, vec![Response::ready()]);
    }

    fn say(scope: &DedicatedWorkerGlobalScope, answers: Vec<Response>) {
        for answer in answers {
            let bytes = encode(&answer).or_else(|error| encode(&not_understood(&error)));
            let bytes = Uint8Array::from(bytes.unwrap_or_default().as_slice());
            let handed_over = Array::of1(&bytes.buffer());
            // Fails only for what cannot be handed over; this buffer is new.
            let _ = scope.post_message_with_transfer(&bytes, &handed_over);
        }
    }

    /// The request with the bytes of its file, or the name of a file that the browser cannot read.
    fn with_file(request: Request, file: JsValue) -> Result<Request, String> {
        let (Request::ReadFile { name, purpose, .. }, Some(file)) =
            (&request, file.dyn_ref::<File>())
        else {
            return Ok(request);
        };
        let read = FileReaderSync::new().and_then(|reader| reader.read_as_array_buffer(file));
        match read {
            Ok(buffer) => Ok(Request::ReadFile {
                content: Uint8Array::new(&buffer).to_vec(),
                name: name.clone(),
                purpose: *purpose,
            }),
            Err(_) => Err(name.clone()),
        }
    }

    /// Says that the browser could not read a file.
    fn not_read(name: String) -> Response {
        Response {
            revision: 0,
            body: ResponseBody::NotOpened {
                name,
                why: "the browser could not read it".to_owned(),
                note: None,
            },
        }
    }

    /// Says that a message could not be read or written.
    fn not_understood(error: &WireError) -> Response {
        Response {
            revision: 0,
            body: ResponseBody::Refused(format!(
                "The analysis did not understand the page: {error}."
            )),
        }
    }

    /// Works a slice after what has come in since.
    fn work_soon(scope: &DedicatedWorkerGlobalScope, worker: &Rc<RefCell<Worker>>) {
        let waits = std::mem::replace(&mut worker.borrow_mut().waits, true);
        if waits || worker.borrow().bench.work() == Work::None {
            worker.borrow_mut().waits = waits;
            return;
        }
        let (scope, worker) = (scope.clone(), worker.clone());
        Timeout::new(0, move || {
            let began = Date::now();
            worker.borrow_mut().waits = false;
            loop {
                let answers = worker.borrow_mut().bench.advance(BUDGET);
                say(&scope, answers);
                let more = worker.borrow().bench.work() == Work::Waits;
                if !more || Date::now() - began >= SLICE {
                    break;
                }
            }
            work_soon(&scope, &worker);
        })
        .forget();
    }
}
