//! Requests to the storage: versions, backups, and what is used.

mod history;
mod snapshot;
mod storage;

use jiff::Timestamp;

use super::comparing::Other;
use super::native::NativeFormat;
use super::response::ResponseBody;
use super::storage_request::{StorageCall, StorageRequest, TextChange};
use super::structure::Moment;
use crate::model::{Document, Id, IdSource, Patch};
use crate::store::history::{self as versions, HistoryError, Recorded};
use crate::store::{StorageError, Store, backup, library, quarantine, read};
use snapshot::Snapshot;

/// Says when something was, in the words and the time zone of a person.
pub trait TellTime {
    /// A time, in milliseconds since the epoch, in words.
    fn words(&self, at: u64) -> String;
}

/// Tells the time in UTC, for where no browser is at hand.
#[derive(Clone, Copy, Debug)]
pub struct UniversalTime;

impl TellTime for UniversalTime {
    fn words(&self, at: u64) -> String {
        let at = i64::try_from(at).map_or(Timestamp::MAX, |at| {
            Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX)
        });
        at.strftime("%Y-%m-%d %H:%M UTC").to_string()
    }
}

/// What storage requests need of the worker.
pub(super) struct Desk<'a> {
    /// The document of the page.
    pub document: &'a Document,
    /// The document that it is compared with.
    pub other: &'a mut Option<Other>,
    /// The backup that was opened last.
    pub backup: &'a mut Option<String>,
    /// How times are told.
    pub time: &'a dyn TellTime,
    /// How words are measured.
    pub measure: &'a dyn crate::scene::MeasureText,
}

/// Does a request; what is to change in the storage comes first in what it tells.
pub(super) fn run(call: StorageCall, desk: &mut Desk<'_>) -> Vec<ResponseBody> {
    let snapshot = Snapshot::new(call.texts);
    let store = Store {
        storage: &snapshot,
        codec: &NativeFormat,
    };
    let handler = Handler {
        store,
        now: call.now,
        seed: call.seed,
        elsewhere: usize::try_from(call.elsewhere).unwrap_or(usize::MAX),
    };
    let told = match handler.run(&call.request, desk) {
        Ok(told) => told,
        Err(trouble) => Outcome {
            bodies: trouble.map(ResponseBody::Refused).into_iter().collect(),
            ..Outcome::default()
        },
    };
    let changes = snapshot.changes();
    let mut bodies = Vec::new();
    let is_aside = |change: &TextChange| change.after.is_some() && quarantine::is_key(&change.key);
    if matches!(
        call.request,
        StorageRequest::Record(_) | StorageRequest::History(_)
    ) && changes.iter().any(is_aside)
    {
        bodies.push(ResponseBody::Notice(SET_ASIDE.to_owned()));
    }
    if !changes.is_empty() {
        bodies.push(ResponseBody::Changes {
            changes,
            done: told.done,
            failed: told.failed,
        });
    } else if !told.done.is_empty() {
        bodies.push(ResponseBody::Notice(told.done));
    }
    bodies.extend(told.bodies);
    bodies
}

const SET_ASIDE: &str = "The history of this diagram cannot be read and begins anew. What there was \
                         is set aside: “Storage and backup” offers it for download.";

/// What a request has to say beside what changes.
#[derive(Default)]
struct Outcome {
    bodies: Vec<ResponseBody>,
    /// What is said once the changes are made.
    done: String,
    /// What is said where they cannot be made; empty where that is nothing to a person.
    failed: String,
}

impl Outcome {
    fn of(bodies: ResponseBody) -> Self {
        Self {
            bodies: vec![bodies],
            ..Self::default()
        }
    }

    fn done(done: impl Into<String>, failed: &str) -> Self {
        Self {
            done: done.into(),
            failed: failed.to_owned(),
            ..Self::default()
        }
    }
}

/// What stands in the way; `None` where that is nothing to a person.
type Failure = Option<String>;

/// The versions of a document that are kept, each with when it was so and what a person has called it:
/// the oldest first, and the document as it is last. None of them where the history cannot be read.
pub(super) fn kept_versions(call: StorageCall, id: Id, desk: &Desk<'_>) -> Vec<(Moment, Document)> {
    let snapshot = Snapshot::new(call.texts);
    let store = Store {
        storage: &snapshot,
        codec: &NativeFormat,
    };
    let moment = |at: u64, words: String, name: String| Moment { at, words, name };
    let mut kept: Vec<(Moment, Document)> = Vec::new();
    if let Ok(Some(history)) = versions::open(store, id) {
        kept.extend(history.documents().map(|(version, document)| {
            let name = version.name.clone().unwrap_or_default();
            (
                moment(version.at, desk.time.words(version.at), name),
                document,
            )
        }));
    }
    kept.reverse();
    // A clock that was put back does not put now before what was.
    let last = kept.last().map_or(0, |(moment, _)| moment.at);
    let now = moment(call.now.max(last), "Now".to_owned(), String::new());
    kept.push((now, desk.document.clone()));
    kept
}

/// One request under way.
struct Handler<'a> {
    store: Store<'a>,
    now: u64,
    seed: u64,
    elsewhere: usize,
}

fn because(error: &HistoryError) -> Failure {
    Some(format!("The history cannot be read: {error}."))
}

fn failed(error: &StorageError) -> Failure {
    Some(format!("That did not work: {error}."))
}

impl Handler<'_> {
    fn run(&self, request: &StorageRequest, desk: &mut Desk<'_>) -> Result<Outcome, Failure> {
        let store = self.store;
        match request {
            StorageRequest::Record(id) => {
                // A version that cannot be taken now is part of the next.
                let _ = versions::record(store, *id, self.now, self.elsewhere);
                Ok(Outcome::default())
            }
            StorageRequest::History(id) => {
                let recorded = versions::record(store, *id, self.now, self.elsewhere);
                Ok(Outcome::of(history::report(
                    store, *id, recorded, desk.time,
                )))
            }
            // It is worked out step by step, and told as a report.
            StorageRequest::Structure(_) => Ok(Outcome::default()),
            StorageRequest::CompareWith(id, at) => {
                let version = self.version(*id, *at)?;
                let name = desk.time.words(*at);
                let other = Other::version(name, version);
                let comparison = other.compared(desk.document, desk.measure);
                *desk.other = Some(other);
                Ok(Outcome::of(ResponseBody::Compared(comparison)))
            }
            StorageRequest::Restore(id, at) => {
                let version = self.version(*id, *at)?;
                let patch = Patch::between(desk.document, &version);
                let when = desk.time.words(*at);
                self.keep_newest(*id, format!("Before the version of {when} was restored"));
                Ok(Outcome {
                    bodies: vec![ResponseBody::TakenOver(patch)],
                    done: format!("The version of {when} is restored. Undo takes it back."),
                    failed: format!(
                        "The version of {when} is restored. Undo takes it back; there was no room \
                         for a version of what was here before."
                    ),
                })
            }
            StorageRequest::Keep(id, at) => self.call(*id, *at, Some("Pinned".to_owned())),
            StorageRequest::LetGo(id, at) => self.call(*id, *at, None),
            StorageRequest::ThinAll => {
                for id in self.histories().map_err(|error| failed(&error))? {
                    self.thin(id)?;
                }
                Ok(Outcome::done("The histories were thinned.", NOT_THINNED))
            }
            StorageRequest::Storage(promise) => storage::report(store, *promise, self.elsewhere)
                .map(Outcome::of)
                .map_err(|error| failed(&error)),
            StorageRequest::EmptyBin => self.empty_bin(),
            StorageRequest::DownloadAside => {
                let all = quarantine::list(store.storage).map_err(|error| failed(&error))?;
                let texts = all
                    .iter()
                    .map(|one| format!("{}\n{}\n", one.stood_under, one.text));
                Ok(Outcome::of(ResponseBody::Download {
                    name: "loopstream-set-aside.txt".to_owned(),
                    text: texts.collect::<Vec<_>>().join("\n"),
                }))
            }
            StorageRequest::DiscardAside => {
                let all = quarantine::list(store.storage).map_err(|error| failed(&error))?;
                for one in &all {
                    quarantine::discard(store.storage, one).map_err(|error| failed(&error))?;
                }
                Ok(Outcome::done(
                    "What was set aside is gone.",
                    "Not all could be discarded.",
                ))
            }
            StorageRequest::BackUp => self.back_up(desk),
            StorageRequest::RestoreBackup => match desk.backup.take() {
                Some(text) => self.restore(&text),
                None => Ok(Outcome::default()),
            },
        }
    }

    fn version(&self, id: Id, at: u64) -> Result<Document, Failure> {
        let history = versions::open(self.store, id).map_err(|error| because(&error))?;
        let found = history.and_then(|history| history.document_at(at));
        found.ok_or_else(|| Some("This version is no longer there.".to_owned()))
    }

    /// Takes a version of a document as it is, and names it, so that it is not thinned while its
    /// minute lasts. Where there is no room for it, everything stays as it is.
    fn keep_newest(&self, id: Id, name: String) {
        let recorded = versions::record(self.store, id, self.now, self.elsewhere);
        if let (Ok(Recorded::Yes), Ok(Some(mut history))) =
            (recorded, versions::open(self.store, id))
            && let Some(newest) = history.versions().first()
            && newest.name.is_none()
        {
            history.call(newest.at, Some(name));
            // What was recorded is there without its name.
            let _ = self.rewrite(id, history);
        }
    }

    /// Writes a history anew.
    fn rewrite(&self, id: Id, history: versions::History) -> Result<(), Failure> {
        match versions::rewrite(self.store, id, history, self.now, self.elsewhere) {
            Ok(Recorded::Yes) => Ok(()),
            Ok(Recorded::NoRoom) => Err(Some("There is no room for the history.".to_owned())),
            Err(error) => Err(because(&error)),
        }
    }

    fn call(&self, id: Id, at: u64, name: Option<String>) -> Result<Outcome, Failure> {
        let history = versions::open(self.store, id).map_err(|error| because(&error))?;
        let Some(mut history) = history else {
            return Err(Some("This version is no longer there.".to_owned()));
        };
        let done = match name {
            Some(_) => "This version stays until you unpin it.",
            None => "This version may be thinned out.",
        };
        history.call(at, name);
        self.rewrite(id, history)?;
        Ok(Outcome::done(
            done,
            "That did not work: the history changed meanwhile, or there is no room.",
        ))
    }

    fn thin(&self, id: Id) -> Result<(), Failure> {
        match versions::open(self.store, id) {
            Ok(Some(mut history)) => {
                history.thin_hard();
                self.rewrite(id, history)
            }
            // What a newer version of the program wrote is left alone.
            Ok(None) | Err(HistoryError::Newer(_)) => Ok(()),
            Err(error) => Err(because(&error)),
        }
    }

    /// The documents that have a history.
    fn histories(&self) -> Result<Vec<Id>, StorageError> {
        let documents = library::list(self.store)?.into_iter().map(|one| one.id);
        Ok(documents.collect())
    }

    fn empty_bin(&self) -> Result<Outcome, Failure> {
        let listed = library::list(self.store).map_err(|error| failed(&error))?;
        let mut gone = 0;
        for one in listed.iter().filter(|one| one.deleted_at.is_some()) {
            library::purge(self.store.storage, one.id)
                .map_err(|error| Some(format!("{error}.")))?;
            gone += 1;
        }
        let done = match gone {
            1 => "1 diagram was removed for good.".to_owned(),
            gone => format!("{gone} diagrams were removed for good."),
        };
        Ok(Outcome::done(
            done,
            "Not all could be removed: another tab is using them.",
        ))
    }

    fn back_up(&self, desk: &Desk<'_>) -> Result<Outcome, Failure> {
        let kept = |id| read(self.store, id).as_ref() == Ok(desk.document);
        let listed = library::list(self.store).map_err(|error| failed(&error))?;
        let is_kept =
            desk.document == &Document::default() || listed.into_iter().any(|one| kept(one.id));
        let unsaved = (!is_kept).then(|| (IdSource::new(self.seed).fresh(), desk.document));
        let mut contents = backup::contents(self.store).map_err(|error| failed(&error))?;
        contents.documents += usize::from(unsaved.is_some());
        let text = backup::write(self.store, unsaved, self.now).map_err(|error| failed(&error))?;
        let day: String = desk.time.words(self.now);
        let day: Vec<&str> = day.split(|c: char| !c.is_alphanumeric()).collect();
        let day: Vec<&str> = day.into_iter().filter(|part| !part.is_empty()).collect();
        Ok(Outcome {
            bodies: vec![ResponseBody::Download {
                name: format!("loopstream-backup-{}.json", day.join("-")),
                text,
            }],
            done: format!(
                "Backed up: {}.{}",
                storage::contents_in_words(&contents),
                match unsaved {
                    Some(_) => " One of them is the diagram on the page, which is not saved here.",
                    None => "",
                }
            ),
            ..Outcome::default()
        })
    }

    fn restore(&self, text: &str) -> Result<Outcome, Failure> {
        let tab = IdSource::new(self.seed).fresh();
        let called = "from the backup";
        let report = backup::restore(self.store, text, tab, called, self.now);
        let report = report.map_err(|error| failed(&error))?;
        let mut words = Vec::new();
        let listed = |names: &[String]| {
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            names.sort();
            let more = names.len().saturating_sub(5);
            names.truncate(5);
            match more {
                0 => names.join(", "),
                more => format!("{} and {more} more", names.join(", ")),
            }
        };
        if !report.restored.is_empty() {
            words.push(format!("Restored: {}.", listed(&report.restored)));
        }
        if !report.copies.is_empty() {
            let names = listed(&report.copies);
            words.push(format!("As copies, since what is here differs: {names}."));
        }
        if report.same > 0 {
            words.push(format!("Here already: {}.", storage::diagrams(report.same)));
        }
        if report.texts > 0 {
            let texts = storage::texts(report.texts);
            words.push(format!("As it was, though it cannot be read: {texts}."));
        }
        let more = report.lost.len().saturating_sub(5);
        words.extend(report.lost.into_iter().take(5));
        if more > 0 {
            words.push(format!("{more} more could not be restored."));
        }
        Ok(Outcome::done(
            words.join(" "),
            "Not all could be restored: the browser's storage is full. Make room and restore the \
             backup again; what is here already is left as it is.",
        ))
    }
}

const NOT_THINNED: &str = "Not all could be thinned: another tab is using it.";
