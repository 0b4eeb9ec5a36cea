//! The installed app: working without a network, taking up a new version, and files that the
//! system hands over.

use gloo::timers::callback::{Interval, Timeout};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, File, Response, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
};

use crate::app::browser::{hash, home, in_time, window};
use crate::app::services::{files, notify, saving};
use crate::app::state::{App, Offer, Page, Tone};

/// How long after the first paint the program is kept for later, in milliseconds.
const REGISTER_AFTER: u32 = 1_500;
/// How often a page that stays open looks for a new version, in milliseconds.
const LOOK_EVERY: u32 = 3_600_000;
/// The fragment under which the service worker shows the page for what another app has shared.
const SHARED: &str = "#shared";

/// Has the service worker keep the program, and listens for files of the system.
pub fn begin(app: App) {
    if app.page == Page::Embed {
        return;
    }
    listen_for_files(app);
    if hash() == SHARED {
        take_shared(app);
    }
    // Without a name of its script the page is one under development, or there is no need.
    let (Some(script), Some(container)) =
        (crate::app::browser::meta("service-worker"), container())
    else {
        return;
    };
    // What is kept for later waits for what is needed now.
    Timeout::new(REGISTER_AFTER, move || {
        let promise = container.register(&script);
        in_time(async move {
            // Where the browser refuses, the page works as long as there is a network.
            let registration = JsFuture::from(promise).await.ok();
            if let Some(registration) = registration.and_then(|one| one.dyn_into().ok()) {
                watch(app, &container, registration);
            }
        });
    })
    .forget();
}

/// The browser's service workers; a page that did not come over HTTPS has none.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    Reflect::get(&navigator, &"serviceWorker".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// Offers a version that waits, now or later.
fn watch(app: App, container: &ServiceWorkerContainer, registration: ServiceWorkerRegistration) {
    // The first version of all has nothing to take the place of.
    if container.controller().is_some() && registration.waiting().is_some() {
        offer(app);
    }
    let (known, seen) = (container.clone(), registration.clone());
    listens(&registration, "updatefound", move || {
        let Some(coming) = seen.installing() else {
            return;
        };
        let (known, seen) = (known.clone(), seen.clone());
        listens(&coming, "statechange", move || {
            if known.controller().is_some() && seen.waiting().is_some() {
                offer(app);
            }
        });
    });
    Interval::new(LOOK_EVERY, move || {
        if let Ok(promise) = registration.update() {
            // Without a network there is nothing new to hear of.
            in_time(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    })
    .forget();
}

fn offer(app: App) {
    let words = "A new version of Loopstream is ready. Reload to use it; your diagram stays as it \
                 is.";
    notify::show(app, words, Tone::Info, Some(Offer::Reload));
}

/// Takes up the version that waits, once everything is kept.
pub fn take_new_version(app: App) {
    saving::flush(app);
    let Some(container) = container() else {
        return;
    };
    listens(&container, "controllerchange", || {
        // Fails only where the page is gone already.
        let _ = window().location().reload();
    });
    let registration = container.ready();
    in_time(async move {
        let Some(registration) = registration.ok() else {
            return;
        };
        if let Ok(registration) = JsFuture::from(registration).await {
            let registration: ServiceWorkerRegistration = registration.unchecked_into();
            let waiting: Option<ServiceWorker> = registration.waiting();
            let asked = waiting.map(|waiting| waiting.post_message(&"take over".into()));
            // Another tab has let it in already, or it cannot be asked.
            if !matches!(asked, Some(Ok(()))) {
                let _ = window().location().reload();
            }
        }
    });
}

/// Opens files that the system hands over, since the app is installed for their kind.
fn listen_for_files(app: App) {
    let Ok(queue) = Reflect::get(&window(), &"launchQueue".into()) else {
        return;
    };
    let Ok(listen) = Reflect::get(&queue, &"setConsumer".into()) else {
        return;
    };
    let Ok(listen) = listen.dyn_into::<Function>() else {
        return;
    };
    let take = Closure::<dyn Fn(JsValue)>::new(move |launch: JsValue| {
        let files = Reflect::get(&launch, &"files".into()).unwrap_or_default();
        for handle in Array::from(&files) {
            let Some(promise) = file_of(&handle) else {
                continue;
            };
            in_time(async move {
                if let Ok(file) = JsFuture::from(promise).await {
                    files::open(app, file.unchecked_into());
                }
            });
        }
    });
    // Fails only for a queue that is none.
    let _ = listen.call1(&queue, &take.into_js_value());
}

/// The promise of a file that its handle gives.
fn file_of(handle: &JsValue) -> Option<Promise> {
    let get = Reflect::get(handle, &"getFile".into()).ok()?;
    let get: Function = get.dyn_into().ok()?;
    get.call0(handle).ok()?.dyn_into().ok()
}

/// Opens what another app has shared, which the service worker has kept.
fn take_shared(app: App) {
    if let Ok(history) = window().history() {
        // A reload is not to ask for it again. Fails for no address of ours.
        let _ = history.replace_state_with_url(&"".into(), "", Some(&home()));
    }
    let promise = window().fetch_with_str("shared");
    in_time(async move {
        let opened = async {
            let response: Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
            let name = response.headers().get("X-Name").ok()??;
            let name = js_sys::decode_uri_component(&name).ok()?;
            let blob: Blob = JsFuture::from(response.blob().ok()?)
                .await
                .ok()?
                .dyn_into()
                .ok()?;
            let file = File::new_with_blob_sequence(&Array::of1(&blob), &String::from(name));
            files::open(app, file.ok()?);
            Some(())
        };
        if opened.await.is_none() {
            notify::show(app, "What was shared did not arrive.", Tone::Trouble, None);
        }
    });
}

/// Listens for as long as the page lives.
fn listens(target: &web_sys::EventTarget, name: &'static str, run: impl Fn() + 'static) {
    gloo::events::EventListener::new(target, name, move |_| run()).forget();
}
