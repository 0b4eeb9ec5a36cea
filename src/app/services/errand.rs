//! Errands to the storage, which the workbench does with copies of the texts.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::app::browser::{in_time, now, random_bits, window};
use crate::app::components::toast::Tone;
use crate::app::services::local::LocalStorage;
use crate::app::state::App;
use crate::store::usage::is_ours;
use crate::store::{KeyValue, text_checksum};
use crate::workbench::{Call, Errand, PageDeed, Promise, Request, SheetKind, TextChange};

/// How long no version is taken after one, in milliseconds.
const VERSION_AFTER: u64 = 60_000;

impl App {
    /// Does what only the page can.
    pub fn page_deed(self, deed: PageDeed) {
        match deed {
            PageDeed::ChooseFile => self.choose_file(),
            PageDeed::AskForPromise => self.ask_for_promise(),
        }
    }

    /// Sends an errand with the texts that it needs.
    pub fn errand(self, errand: Errand) {
        // Of one document: its texts, and the histories, among which it has to find its room.
        let of = errand.document().map(|id| id.to_string());
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
        self.ask(Request::Errand(Call {
            errand,
            now: now(),
            seed: random_bits(),
            elsewhere,
            texts,
        }));
    }

    /// Takes a version of the open document, if the last one was taken a while ago.
    pub fn take_version(self) {
        let due = self.change(|core| {
            let due = core.open.is_some() && core.version_at + VERSION_AFTER <= now();
            if due {
                core.version_at = now();
            }
            due.then_some(core.id)
        });
        if let Some(id) = due {
            self.errand(Errand::Record(id));
        }
    }

    /// Asks for a sheet that is about the storage; says whether it is one.
    pub fn ask_about_storage(self, kind: SheetKind) -> bool {
        match kind {
            SheetKind::History => {
                let id = self.with(|core| core.id);
                self.errand(Errand::History(id));
            }
            SheetKind::Storage => in_time(async move {
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
                self.errand(Errand::Storage(promise));
            }),
            _ => return false,
        }
        true
    }

    fn ask_for_promise(self) {
        in_time(async move {
            if let Ok(asked) = window().navigator().storage().persist() {
                // What came of it the sheet says.
                let _ = JsFuture::from(asked).await;
            }
            self.ask_about_storage(SheetKind::Storage);
        });
    }

    /// Makes changes that the workbench has worked out, where the texts still are what it saw.
    pub fn change_storage(self, changes: Vec<TextChange>, done: &str, failed: &str) {
        let made = changes.into_iter().all(|change| {
            let now = LocalStorage.get(&change.key).ok().flatten();
            now.map(|text| text_checksum(&text)) == change.before
                && match change.after {
                    Some(text) => LocalStorage.set(&change.key, &text),
                    None => LocalStorage.remove(&change.key),
                }
                .is_ok()
        });
        let (words, tone) = match made {
            true => (done, Tone::News),
            false => (failed, Tone::Trouble),
        };
        if !words.is_empty() {
            self.show(words, tone, None);
            self.document.update(|version| *version += 1);
            self.look_again_soon();
        }
    }
}
