//! Opening a file or a text: what it is, and what is made of it.

use super::WorkerState;
use crate::format::{self, FileText, OpeningReport, csv, json};
use crate::import_data::{TableKind, is_even_table, seems_measured};
use crate::store::backup::recognises;
use crate::worker::measuring::pasted_steps;
use crate::worker::naming::Naming;
use crate::worker::request::ReadFor;
use crate::worker::response::ResponseBody;
use crate::worker::storage_request::StorageRequest;

/// What is added where a file that is called a table is none.
const NO_TABLE: &str = ". It is no table of steps or work items either, whose rows have as many \
                        cells as the head; \"Import measurements\" in the File menu reads those";

impl WorkerState {
    pub(super) fn opened_file(
        &mut self,
        bytes: &[u8],
        name: String,
        purpose: ReadFor,
    ) -> ResponseBody {
        // A file of our own is that, whatever else may be found in it.
        let text = String::from_utf8_lossy(bytes);
        if purpose == ReadFor::Opening && (json::READER.recognises)(&text) {
            return opened_own(text.trim_start_matches('\u{feff}'), name);
        }
        if let Some(why) = format::vensim::binary_warning(&name, bytes) {
            let note = None;
            return ResponseBody::NotOpened { name, why, note };
        }
        match format::text_of_file(bytes, self.decode) {
            Ok(FileText { text, encoding }) => {
                let mut bodies = self.opened(text, name, purpose);
                if let ResponseBody::Opened { report, .. } = &mut bodies {
                    report.notes.extend(encoding.note().map(str::to_owned));
                }
                bodies
            }
            Err(error) => ResponseBody::NotOpened {
                name,
                why: error.to_string(),
                note: None,
            },
        }
    }

    pub(super) fn opened(&mut self, text: String, name: String, purpose: ReadFor) -> ResponseBody {
        if recognises(&text) {
            // Everything that is kept must be at hand before anything of it is restored.
            self.backup = Some(text);
            return ResponseBody::StorageNeeded(StorageRequest::RestoreBackup);
        }
        // What is called a table is shown as one, whatever it says, unless it is known better.
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        let is_called_table = matches!(ending.as_deref(), Some("csv" | "tsv"));
        // Moves lead from a state to a state, and are no links for that.
        let has_moves =
            || csv::recognises(&text) && seems_measured(&text) == Some(TableKind::Moves);
        let is_table = match purpose {
            ReadFor::Measuring => true,
            ReadFor::Pasting | ReadFor::Opening => match format::sniff(&text) {
                None => match (seems_measured(&text), purpose) {
                    // What a map is made of without a question is put on the canvas.
                    (Some(TableKind::Steps), ReadFor::Pasting) => {
                        let zone = &*self.zone.0;
                        let pasted =
                            pasted_steps(&text, &self.document, self.now, zone, &mut self.ids);
                        match pasted {
                            Some(bodies) => return bodies,
                            None => true,
                        }
                    }
                    (Some(_), _) => true,
                    (None, ReadFor::Opening) if is_called_table && is_even_table(&text) => true,
                    (None, _) => {
                        if let Some(naming) = Naming::of(&text, &name, purpose) {
                            return self.naming.insert(naming).asked();
                        }
                        false
                    }
                },
                Some(_) => has_moves(),
            },
        };
        if is_table {
            return ResponseBody::IsTable(name, text);
        }
        match format::open_text(&text, &mut self.ids) {
            Ok(opened) => ResponseBody::Opened {
                opening: 0,
                name,
                report: format::report_of(&text, &opened),
                positions: opened.positions,
                document: opened.document,
                purpose,
            },
            Err(error) => ResponseBody::NotOpened {
                why: match &error {
                    format::OpenError::Unknown { .. } => {
                        let table = if is_called_table { NO_TABLE } else { "" };
                        let can = format::openable().join("\n");
                        format!("{error}{table}\nWhat can be opened:\n{can}")
                    }
                    format::OpenError::Unreadable { .. } | format::OpenError::Nothing { .. } => {
                        error.to_string()
                    }
                },
                name,
                // What is no diagram at all is pasted as a note.
                note: match (purpose, &error) {
                    (ReadFor::Pasting, format::OpenError::Unknown { .. }) => Some(text),
                    _ => None,
                },
            },
        }
    }
}

/// A file of our own, opened.
fn opened_own(text: &str, name: String) -> ResponseBody {
    match json::read(text) {
        Ok(opened) => ResponseBody::Opened {
            opening: 0,
            name,
            document: opened.document,
            // It opens as it was: there is nothing to tell.
            report: OpeningReport::default(),
            positions: opened.positions,
            purpose: ReadFor::Opening,
        },
        Err(error) => ResponseBody::NotOpened {
            name,
            why: format!("it cannot be read: {error}"),
            note: None,
        },
    }
}
