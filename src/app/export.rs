//! The diagram in other formats: asked of the workbench, then copied or downloaded.

use wasm_bindgen_futures::JsFuture;

use super::browser::in_time;
use super::clipboard::system_clipboard;
use super::files::download_text;
use super::state::App;
use super::toast::{Offer, Tone};
use crate::model::isolated;
use crate::workbench::{Request, WriteFor, Written};

impl App {
    /// Has the diagram written in a format, by the key of its writer.
    pub fn write_as(self, key: &str, purpose: WriteFor) {
        self.ask(Request::Write {
            key: key.to_owned(),
            purpose,
            theme: self.with(|core| core.theme),
        });
    }

    /// Copies or downloads what was written, and says what it does not carry.
    pub(super) fn take_written(self, written: Written) {
        let Written {
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
        let promise = system_clipboard().map(|clipboard| clipboard.write_text(&text));
        in_time(async move {
            let copied = match promise {
                Some(promise) => JsFuture::from(promise).await.is_ok(),
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
