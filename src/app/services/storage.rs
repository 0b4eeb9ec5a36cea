//! Requests to the storage, which the worker does with copies of the texts.

use wasm_bindgen_futures::JsFuture;

use crate::app::browser::storage::LocalStorage;
use crate::app::browser::{in_time, now, random_bits, window};
use crate::app::services::worker;
use crate::app::state::App;
use crate::store::KeyValue;
use crate::store::usage::is_ours;
use crate::worker::{Promise, ReportKind, Request, StorageCall, StorageRequest};

/// How long no version is taken after one, in milliseconds.
const VERSION_AFTER: u64 = 60_000;

/// Sends a request with the texts that it needs.
pub fn request(app: App, request: StorageRequest) {
    // Of one document: its texts, and the histories, among which it has to find its room.
    let of = request.document().map(|id| id.to_string());
    let (mut texts, mut elsewhere) = (Vec::new(), 0);
    for key in LocalStorage.keys().unwrap_or_default() {
        let Ok(Some(text)) = LocalStorage.get(&key) else {
            continue;
        };
        let needed = of
            .as_ref()
            .is_none_or(|of| key.contains(of) || key.contains("/history/"));
        if is_ours(&key) && needed {
            texts.push((key, text));
        } else {
            elsewhere += (key.len() + text.len()) as u64;
        }
    }
    worker::request(
        app,
        Request::Storage(StorageCall {
            request,
            now: now(),
            seed: random_bits(),
            elsewhere,
            texts,
        }),
    );
}

/// Takes a version of the open document, if the last one was taken a while ago.
pub fn record_version(app: App) {
    let due = app.change(|core| {
        let due = core.open.is_some() && core.version_at + VERSION_AFTER <= now();
        if due {
            core.version_at = now();
        }
        due.then_some(core.id)
    });
    if let Some(id) = due {
        request(app, StorageRequest::Record(id));
    }
}

/// Takes a version of the open document as it is now.
pub fn record_version_now(app: App) {
    app.change(|core| core.version_at = 0);
    record_version(app);
}

/// Asks for a report that is about the storage; says whether it is one.
pub fn request_report(app: App, kind: ReportKind) -> bool {
    match kind {
        ReportKind::History => {
            let id = app.with(|core| core.id);
            request(app, StorageRequest::History(id));
        }
        ReportKind::Structure => {
            let id = app.with(|core| core.id);
            request(app, StorageRequest::Structure(id));
        }
        ReportKind::Storage => in_time(async move {
            let promised = window().navigator().storage().persisted();
            let said = match promised {
                Ok(promised) => JsFuture::from(promised).await.ok(),
                Err(_) => None,
            };
            let promise = match said.and_then(|said| said.as_bool()) {
                Some(true) => Promise::Given,
                Some(false) => Promise::NotGiven,
                None => Promise::Unknown,
            };
            request(app, StorageRequest::Storage(promise));
        }),
        _ => return false,
    }
    true
}

/// Asks the browser to keep what is stored, then says in the report what came of it.
pub fn ask_for_promise(app: App) {
    in_time(async move {
        if let Ok(asked) = window().navigator().storage().persist() {
            // The report says what came of it.
            let _ = JsFuture::from(asked).await;
        }
        request_report(app, ReportKind::Storage);
    });
}
