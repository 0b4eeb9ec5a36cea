//! Local storage and the file format behind the traits of the store.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Storage;

use super::window;
use crate::editor::PictureChoices;
use crate::model::{Id, IdSource};
use crate::store::{KeyValue, StorageError, Store};
use crate::worker::NativeFormat;

/// The browser's local storage. It may be blocked at any time, so it is asked for each time.
pub struct LocalStorage;

/// Local storage with the native file format.
pub const STORE: Store<'static> = Store {
    storage: &LocalStorage,
    codec: &NativeFormat,
};

fn storage() -> Result<Storage, StorageError> {
    window()
        .local_storage()
        .map_err(|_| StorageError::Blocked)?
        .ok_or(StorageError::Blocked)
}

fn error(error: &JsValue) -> StorageError {
    let Some(exception) = error.dyn_ref::<js_sys::Error>() else {
        return StorageError::Other(format!("{error:?}"));
    };
    match String::from(exception.name()).as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => StorageError::Full,
        "SecurityError" => StorageError::Blocked,
        _ => StorageError::Other(exception.message().into()),
    }
}

impl KeyValue for LocalStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        storage()?.get_item(key).map_err(|e| error(&e))
    }

    fn has(&self, key: &str) -> Result<bool, StorageError> {
        // Without a copy of the text.
        js_sys::Reflect::has(&storage()?.into(), &key.into()).map_err(|e| error(&e))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
        storage()?.set_item(key, value).map_err(|e| error(&e))
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        storage()?.remove_item(key).map_err(|e| error(&e))
    }

    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let storage = storage()?;
        let count = storage.length().map_err(|e| error(&e))?;
        let mut keys = Vec::new();
        for index in 0..count {
            keys.extend(storage.key(index).map_err(|e| error(&e))?);
        }
        Ok(keys)
    }
}

/// Fresh ids from the browser's entropy.
#[must_use]
pub fn fresh_ids() -> IdSource {
    IdSource::new(crate::app::browser::random_bits())
}

/// Whether a person has hidden the marks of checks on the canvas.
const MARKS: &str = "loopstream/marks";

/// What was chosen for tables of measured data, as the worker writes it.
const MAPPING: &str = "loopstream/mapping";

/// What was chosen for tables of measured data.
#[must_use]
pub fn mapping() -> String {
    LocalStorage.get(MAPPING).ok().flatten().unwrap_or_default()
}

/// Keeps what was chosen for tables of measured data.
pub fn keep_mapping(text: &str) {
    // A comfort: without it the next table is guessed anew.
    let _ = LocalStorage.set(MAPPING, text);
}

/// What was chosen for pictures that leave the program.
const PICTURES: &str = "loopstream/pictures";

/// What was chosen for pictures that leave the program, as it was kept.
#[must_use]
pub fn kept_pictures() -> PictureChoices {
    PictureChoices::kept(
        &LocalStorage
            .get(PICTURES)
            .ok()
            .flatten()
            .unwrap_or_default(),
    )
}

/// Keeps what was chosen for pictures that leave the program.
pub fn keep_pictures(choices: PictureChoices) {
    // A comfort: without it the next visit begins as the first one.
    let _ = LocalStorage.set(PICTURES, &choices.text());
}

/// Whether findings of checks are marked on the canvas.
#[must_use]
pub fn marks_shown() -> bool {
    !matches!(LocalStorage.get(MARKS), Ok(Some(said)) if said == "hidden")
}

/// Keeps whether findings of checks are marked on the canvas.
pub fn keep_marks(shown: bool) {
    // Where nothing can be kept, the choice holds until the page is left.
    let _ = match shown {
        true => LocalStorage.remove(MARKS),
        false => LocalStorage.set(MARKS, "hidden"),
    };
}

/// The name under which a person comments, if they gave one.
const AUTHOR: &str = "loopstream/author";

/// The name under which a person comments; empty where they gave none.
#[must_use]
pub fn author() -> String {
    LocalStorage.get(AUTHOR).ok().flatten().unwrap_or_default()
}

/// Keeps the name under which a person comments; nothing where it is empty.
pub fn keep_author(name: &str) {
    // A comfort: without it the next comment asks again.
    let _ = match name.trim() {
        "" => LocalStorage.remove(AUTHOR),
        name => LocalStorage.set(AUTHOR, name),
    };
}

/// Where this tab remembers its document, so that a reload comes back to it.
const TAB_KEY: &str = "loopstream/open";

/// The document that was open in this tab, if it remembers one.
#[must_use]
pub fn tab_document() -> Option<Id> {
    window()
        .session_storage()
        .ok()??
        .get_item(TAB_KEY)
        .ok()??
        .parse()
        .ok()
}

/// Remembers which document is open in this tab.
pub fn keep_tab_document(id: Id) {
    if let Ok(Some(storage)) = window().session_storage() {
        // A comfort: without it a reload opens the document that was open last of all.
        let _ = storage.set_item(TAB_KEY, &id.to_string());
    }
}
