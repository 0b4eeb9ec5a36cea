//! The report of versions.

use super::TellTime;
use crate::editor::describe_change;
use crate::model::{Id, Patch};
use crate::store::Store;
use crate::store::history::{self as versions, HistoryError, Recorded};
use crate::worker::report::{Block, Row, RowAction, RowKind};
use crate::worker::request::ReportKind;
use crate::worker::response::ResponseBody;
use crate::worker::storage_request::StorageRequest;

/// All versions of a document, each with what it changed and what can be done with it.
pub fn report(
    store: Store<'_>,
    id: Id,
    recorded: Result<Recorded, HistoryError>,
    time: &dyn TellTime,
) -> ResponseBody {
    let mut blocks = Vec::new();
    let mut say = |words: &str| blocks.push(Block::Words(words.to_owned()));
    match &recorded {
        Ok(Recorded::Yes) => say(
            "Versions are taken while you draw. Of the last hour one a minute stays, of the last \
             day one an hour, of the last thirty days one a day, then one a week.",
        ),
        Ok(Recorded::NoRoom) => say(
            "There is no room for another version: diagrams come first. “Storage” says what can go.",
        ),
        Err(error) => say(&format!("No version could be taken: {error}.")),
    }
    if let Ok(Some(history)) = versions::open(store, id) {
        let mut versions = history.documents().peekable();
        let mut place = 0;
        while let Some((version, document)) = versions.next() {
            let changed = match versions.peek() {
                Some((_, before)) => describe_change(&Patch::between(before, &document), &document),
                None => "The oldest version".to_owned(),
            };
            let act = |label: &str, request: StorageRequest| RowAction::storage(label, request);
            let at = version.at;
            let mut row = Row::new(format!("version {at}"), RowKind::Plain, time.words(at));
            row.text = changed;
            row.meta = version.name.clone().unwrap_or_default();
            // Without room for another version the newest is not how things are now.
            if place > 0 || !matches!(recorded, Ok(Recorded::Yes)) {
                row.actions = vec![
                    act("Compare with now", StorageRequest::CompareWith(id, at)),
                    act("Restore this version", StorageRequest::Restore(id, at)),
                ];
            } else {
                row.code = "Now".to_owned();
            }
            row.actions.push(match version.name {
                None => act("Pin", StorageRequest::Keep(id, at)),
                Some(_) => act("Unpin", StorageRequest::LetGo(id, at)),
            });
            blocks.push(Block::Row(row));
            place += 1;
        }
    }
    ResponseBody::Report {
        kind: ReportKind::History,
        about: Vec::new(),
        blocks,
    }
}
