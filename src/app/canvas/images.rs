//! Images as the browser can draw them: each is decoded once, and drawn when it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use crate::app::browser::in_time;
use crate::model::{Document, ImageData};

/// Where more than this many are kept, those that the document has no more are let go.
const MANY: usize = 64;

/// What became of decoding an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It is on its way.
    Coming,
    /// It can be drawn.
    Ready,
    /// The browser cannot decode it: its file is damaged inside.
    Broken,
}

struct Entry {
    data: ImageData,
    element: HtmlImageElement,
    state: Rc<Cell<State>>,
}

thread_local! {
    static ENTRIES: RefCell<Vec<Entry>> = const { RefCell::new(Vec::new()) };
    static DECODED: Cell<u32> = const { Cell::new(0) };
    static THEN: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
}

/// What is to be done whenever an image has been decoded: paint again.
pub fn when_decoded(then: impl Fn() + 'static) {
    THEN.set(Some(Rc::new(then)));
}

/// How many images have been decoded so far: where it has risen, what was painted is out of date.
#[must_use]
pub(super) fn decoded() -> u32 {
    DECODED.get()
}

/// The image as the browser can draw it, if it has been decoded; else that begins.
#[must_use]
pub(super) fn drawable(data: &ImageData) -> Option<HtmlImageElement> {
    let found = ENTRIES.with_borrow(|entries| {
        let mut entries = entries.iter();
        let entry = entries.find(|entry| entry.data == *data)?;
        Some((entry.state.get() == State::Ready).then(|| entry.element.clone()))
    });
    found.unwrap_or_else(|| {
        let promise = begin(data)?;
        in_time(async move {
            promise.await;
        });
        None
    })
}

/// Begins to decode the images of a document, also those out of sight: a picture of everything may
/// be asked for at once.
pub(super) fn prepare(document: &Document) {
    ENTRIES.with_borrow_mut(|entries| {
        if entries.len() > MANY {
            let images = document.images().values();
            let images: Vec<_> = images.map(|image| &image.data).collect();
            entries.retain(|entry| images.contains(&&entry.data));
        }
    });
    for image in document.images().values() {
        let _ = drawable(&image.data);
    }
}

/// Waits until every image of a document can be drawn, or is known to be damaged inside.
pub async fn all_decoded(document: &Document) {
    let images = document.images().values();
    let coming: Vec<_> = images.filter_map(|image| begin(&image.data)).collect();
    for promise in coming {
        promise.await;
    }
}

/// Whether every image of a document can be drawn, or is known to be damaged inside.
#[must_use]
pub fn are_decoded(document: &Document) -> bool {
    ENTRIES.with_borrow(|entries| {
        document.images().values().all(|image| {
            let mut entries = entries.iter();
            let entry = entries.find(|entry| entry.data == image.data);
            entry.is_some_and(|entry| entry.state.get() != State::Coming)
        })
    })
}

/// Begins to decode an image, or waits for it once more; `None` where that is done.
fn begin(data: &ImageData) -> Option<impl Future<Output = ()> + use<>> {
    let known = ENTRIES.with_borrow(|entries| {
        let mut entries = entries.iter();
        let entry = entries.find(|entry| entry.data == *data)?;
        Some((entry.element.clone(), Rc::clone(&entry.state)))
    });
    let (element, state) = match known {
        Some((_, state)) if state.get() != State::Coming => return None,
        Some(known) => known,
        None => {
            let element = HtmlImageElement::new().ok()?;
            // Under the page's policy: `img-src data:`. No media type of a document is ever one in
            // which something runs.
            element.set_src(data.url());
            let state = Rc::new(Cell::new(State::Coming));
            let entry = Entry {
                data: data.clone(),
                element: element.clone(),
                state: Rc::clone(&state),
            };
            ENTRIES.with_borrow_mut(|entries| entries.push(entry));
            (element, state)
        }
    };
    Some(async move {
        let is_whole = JsFuture::from(element.decode()).await.is_ok();
        if state.get() != State::Coming {
            return;
        }
        state.set(if is_whole {
            State::Ready
        } else {
            State::Broken
        });
        DECODED.set(DECODED.get() + 1);
        if let Some(then) = THEN.with_borrow(Clone::clone) {
            then();
        }
    })
}
