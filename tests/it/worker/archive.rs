//! Requests to the storage, as the page sends them: it lends its texts, and makes the changes.

use loopstream::format::json;
use loopstream::model::{Delay, Document, Edit, Id, Patch, Polarity, Properties};
use loopstream::store::{InMemory, KeyValue, OpenDocument, Store, backup, library, text_checksum};
use loopstream::worker::{
    Block, NativeFormat, Promise, ReadFor, Request, ResponseBody, Row, RowCommand, StorageCall,
    StorageRequest,
};

use crate::worker::{Desk, diagram};

pub(super) const ID: Id = Id::from_bits(u64::MAX / 3);
const MINUTE: u64 = 60_000;

/// The storage of the page.
#[derive(Default)]
pub(super) struct Page(InMemory);

impl Page {
    pub(super) fn store(&self) -> Store<'_> {
        Store {
            storage: &self.0,
            codec: &NativeFormat,
        }
    }

    /// Sends a request and makes the changes; gives the other bodies.
    pub(super) fn send(
        &self,
        desk: &mut Desk,
        request: StorageRequest,
        now: u64,
    ) -> Vec<ResponseBody> {
        let texts = self.0.texts().into_iter().collect();
        let bodies = desk.ask(Request::Storage(StorageCall {
            request,
            now,
            seed: 5,
            elsewhere: 0,
            texts,
        }));
        let mut rest = Vec::new();
        for one in bodies {
            let ResponseBody::Changes { changes, done, .. } = one else {
                rest.push(one);
                continue;
            };
            for change in changes {
                let now = self.0.get(&change.key).unwrap();
                assert_eq!(now.map(|text| text_checksum(&text)), change.before);
                match change.after {
                    Some(text) => self.0.set(&change.key, &text).unwrap(),
                    None => self.0.remove(&change.key).unwrap(),
                }
            }
            rest.push(ResponseBody::Notice(done));
        }
        rest
    }

    fn rows(&self, desk: &mut Desk, request: StorageRequest, now: u64) -> Vec<Row> {
        let bodies = self.send(desk, request, now);
        let reports = bodies.into_iter().filter_map(|bodies| match bodies {
            ResponseBody::Report { blocks, .. } => Some(blocks),
            _ => None,
        });
        let rows = reports.flatten().filter_map(|block| match block {
            Block::Row(row) => Some(row),
            _ => None,
        });
        rows.collect()
    }
}

fn press(row: &Row, label: &str) -> StorageRequest {
    let action = row.actions.iter().find(|action| action.label == label);
    match &action
        .unwrap_or_else(|| panic!("{label} is not among {:?}", row.actions))
        .command
    {
        RowCommand::Storage(request) => request.clone(),
        RowCommand::Patch(_)
        | RowCommand::Page(_)
        | RowCommand::Name(_)
        | RowCommand::Equation(..) => panic!("{label} is no request"),
    }
}

/// A page with a document of two versions, and the worker with the newer one.
fn two_versions() -> (Page, Desk, Document) {
    let page = Page::default();
    let older = diagram(&["batch size", "risk"], &[]);
    let link = (0, 1, Polarity::Positive, Delay::None);
    let newer = diagram(&["batch size", "risk", "fear"], &[link]);
    let tab = Id::from_bits(3);
    let mut open = OpenDocument::create(page.store(), ID, older.clone(), tab, MINUTE);
    let mut desk = Desk::new(newer.clone());
    assert_eq!(
        page.send(&mut desk, StorageRequest::Record(ID), MINUTE),
        [ResponseBody::Notice(String::new())]
    );
    let patch = Patch::between(&older, &newer);
    let _ = open.record(page.store(), &patch, 3 * MINUTE);
    (page, desk, older)
}

#[test]
fn versions_are_told_compared_and_restored() {
    let (page, mut desk, older) = two_versions();
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].title, "1970-01-01 00:03 UTC");
    assert_eq!(rows[0].text, "1 variable and 1 link added");
    assert_eq!(rows[1].text, "The oldest version");

    let bodies = page.send(&mut desk, press(&rows[1], "Compare with now"), 5 * MINUTE);
    let Some(ResponseBody::Compared(comparison)) = bodies.last() else {
        panic!("{bodies:?}");
    };
    assert_eq!((comparison.pictures.len(), comparison.parts.len()), (2, 2));
    // As time goes, in words of time, and on one piece of canvas.
    let names: Vec<&str> = comparison
        .pictures
        .iter()
        .map(|p| p.name.as_str())
        .collect();
    assert_eq!(names, ["1970-01-01 00:01 UTC", "Now"]);
    assert!(comparison.parts.iter().all(|part| part.how == "only now"));
    let shown = |place: usize| {
        let svg = &comparison.pictures[place].light;
        svg.split("viewBox=")
            .nth(1)
            .unwrap()
            .split('>')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(shown(0), shown(1));

    let bodies = page.send(
        &mut desk,
        press(&rows[1], "Restore this version"),
        5 * MINUTE,
    );
    let patch = bodies.iter().find_map(|bodies| match bodies {
        ResponseBody::TakenOver(patch) => Some(patch.clone()),
        _ => None,
    });
    let mut restored = desk.document.clone();
    restored.apply(&patch.unwrap()).unwrap();
    assert_eq!(restored, older);
}

#[test]
fn a_title_that_was_another_is_a_difference() {
    let (page, _, _) = two_versions();
    let mut now = loopstream::store::read(page.store(), ID).unwrap();
    let mut edit = Edit::new(&now);
    edit.set_properties(Properties {
        title: "Another".to_owned(),
        ..now.properties().clone()
    });
    now.apply(&edit.finish()).unwrap();
    let mut desk = Desk::new(now);
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE);
    let bodies = page.send(&mut desk, press(&rows[1], "Compare with now"), 5 * MINUTE);
    let Some(ResponseBody::Compared(comparison)) = bodies.last() else {
        panic!("{bodies:?}");
    };
    assert!(comparison.parts.iter().any(|part| part.name == "Title"));
}

#[test]
fn what_was_there_before_a_restore_stays_a_version() {
    let (page, mut desk, older) = two_versions();
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE);
    // More is drawn and restored away, all within a minute of the version that was just taken.
    let newer = desk.document.clone();
    let precious = diagram(&["batch size", "risk", "fear", "precious"], &[]);
    let mut open = OpenDocument::open(page.store(), ID, Id::from_bits(4), 4 * MINUTE + 1).unwrap();
    let _ = open.record(
        page.store(),
        &Patch::between(&newer, &precious),
        4 * MINUTE + 2,
    );
    let mut desk = Desk::new(precious.clone());
    let words = press(&rows[1], "Restore this version");
    let bodies = page.send(&mut desk, words, 4 * MINUTE + 3);
    assert!(
        matches!(&bodies[0], ResponseBody::Notice(done) if done.contains("is restored")),
        "{bodies:?}"
    );
    let _ = open.record(
        page.store(),
        &Patch::between(&precious, &older),
        4 * MINUTE + 4,
    );
    let mut desk = Desk::new(older);
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE + 5);
    let kept = rows
        .iter()
        .find(|row| row.meta.starts_with("Before the version of"))
        .unwrap();
    let bodies = page.send(&mut desk, press(kept, "Restore this version"), 5 * MINUTE);
    let patch = bodies.iter().find_map(|bodies| match bodies {
        ResponseBody::TakenOver(patch) => Some(patch.clone()),
        _ => None,
    });
    desk.document.apply(&patch.unwrap()).unwrap();
    assert_eq!(desk.document, precious);
}

#[test]
fn a_history_that_cannot_be_read_is_told() {
    let (page, mut desk, _) = two_versions();
    let key = format!("loopstream/history/{ID}");
    page.0.set(&key, "rubbish").unwrap();
    let bodies = page.send(&mut desk, StorageRequest::Record(ID), 4 * MINUTE);
    let told = |bodies: &ResponseBody| matches!(bodies, ResponseBody::Notice(words) if words.contains("set aside"));
    assert!(bodies.iter().any(told), "{bodies:?}");
}

#[test]
fn a_backup_has_the_diagram_on_the_page_though_it_is_not_saved() {
    let (page, _, _) = two_versions();
    let unsaved = diagram(&["never kept"], &[]);
    let mut desk = Desk::new(unsaved.clone());
    let bodies = page.send(&mut desk, StorageRequest::BackUp, 4 * MINUTE);
    let [
        ResponseBody::Notice(told),
        ResponseBody::Download { text, .. },
    ] = bodies.as_slice()
    else {
        panic!("{bodies:?}");
    };
    assert!(
        told.contains("2 diagrams") && told.contains("not saved"),
        "{told}"
    );
    let other = Page::default();
    let report = backup::restore(other.store(), text, Id::from_bits(5), "", 1).unwrap();
    assert_eq!(report.restored.len(), 2);
    let listed = library::list(other.store()).unwrap();
    let documents = listed
        .iter()
        .map(|one| loopstream::store::read(other.store(), one.id));
    assert!(documents.into_iter().any(|one| one == Ok(unsaved.clone())));
}

#[test]
fn a_version_that_is_kept_outlasts_thinning() {
    let (page, mut desk, _) = two_versions();
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE);
    page.send(&mut desk, press(&rows[1], "Pin"), 4 * MINUTE);
    page.send(&mut desk, StorageRequest::ThinAll, 4 * MINUTE);
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE);
    assert_eq!((rows.len(), rows[1].meta.as_str()), (2, "Pinned"));
    page.send(&mut desk, press(&rows[1], "Unpin"), 4 * MINUTE);
    page.send(&mut desk, StorageRequest::ThinAll, 4 * MINUTE);
    let rows = page.rows(&mut desk, StorageRequest::History(ID), 4 * MINUTE);
    assert_eq!(rows.len(), 1);
}

#[test]
fn a_backup_that_is_opened_is_restored_with_the_texts_at_hand() {
    let (page, mut desk, _) = two_versions();
    let rows = page.rows(&mut desk, StorageRequest::Storage(Promise::Unknown), MINUTE);
    let bodies = page.send(&mut desk, press(&rows[0], "Back up everything"), 4 * MINUTE);
    let Some(ResponseBody::Download { name, text }) = bodies.last() else {
        panic!("{bodies:?}");
    };
    assert_eq!(name, "loopstream-backup-1970-01-01-00-04-UTC.json");
    let other = Page::default();
    let opened = desk.ask(Request::Read {
        text: text.clone(),
        name: name.clone(),
        purpose: ReadFor::Opening,
    });
    let [ResponseBody::StorageNeeded(request)] = opened.as_slice() else {
        panic!("{opened:?}");
    };
    let bodies = other.send(&mut desk, request.clone(), 9 * MINUTE);
    assert_eq!(
        bodies,
        [ResponseBody::Notice(
            "Restored: An untitled diagram.".to_owned()
        )]
    );
    let read = |page: &Page| loopstream::store::read(page.store(), ID).unwrap();
    assert_eq!(json::write(&read(&other)), json::write(&read(&page)));
}
