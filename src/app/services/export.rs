//! The diagram in other formats: asked of the workbench, then copied or downloaded.

use wasm_bindgen_futures::JsFuture;

use crate::app::browser::in_time;
use crate::app::components::toast::{Offer, Tone};
use crate::app::services::clipboard::{PromisedText, system_clipboard};
use crate::app::services::files::download_text;
use crate::app::state::App;
use crate::model::isolated;
use crate::workbench::{Request, WriteFor, Written};

impl App {
    /// Has the diagram written in a format, by the key of its writer.
    pub fn write_as(self, key: &str, purpose: WriteFor) {
        if purpose == WriteFor::Copying {
            self.promise_text(key);
        }
        self.ask(Request::Write {
            key: key.to_owned(),
            purpose,
            theme: self.with(|core| core.theme),
        });
    }

    /// Promises to the clipboard what is asked of the writer of this key. One promise at a time:
    /// the clipboard holds what was copied last.
    fn promise_text(self, key: &str) {
        self.break_promise();
        let promised = PromisedText::new(key);
        self.change(|core| core.promised_text = promised);
    }

    /// Breaks the promise to the clipboard, if one stands: nothing comes that would keep it.
    pub fn break_promise(self) {
        if let Some(promised) = self.change(|core| core.promised_text.take()) {
            promised.break_it();
        }
    }

    /// Copies or downloads what was written, and says what it does not carry.
    pub fn take_written(self, written: Written) {
        let Written {
            key,
            name,
            ending,
            media_type,
            text,
            warnings,
            purpose,
        } = written;
        if purpose == WriteFor::Printing {
            self.print_picture(&text);
            return;
        }
        let file = self.file_name(&ending);
        if purpose == WriteFor::Saving {
            download_text(&file, &text, &media_type);
            self.tell_details(
                format!("Exported {}.", isolated(&file)),
                warnings,
                Tone::News,
                None,
            );
            return;
        }
        let promised = self.change(|core| core.promised_text.take_if(|one| one.key == key));
        let copying = match promised {
            Some(promised) => Some(promised.keep(&text)),
            None => system_clipboard().map(|clipboard| JsFuture::from(clipboard.write_text(&text))),
        };
        in_time(async move {
            let copied = match copying {
                Some(copying) => copying.await.is_ok(),
                None => false,
            };
            let words = match copied {
                true => format!("Copied as {name}."),
                false => {
                    format!("The browser lets no text be copied; here is the {name} as a file.")
                }
            };
            let offer = Offer::Download {
                label: format!("Download {}", isolated(&file)),
                name: file,
                text,
                media_type,
            };
            self.tell_details(words, warnings, Tone::News, Some(offer));
        });
    }
}
