//! The report of the storage: what is used, by what, and what can go.

use crate::store::backup::{self, Contents};
use crate::store::library::{self, Listed};
use crate::store::usage::{OfDocument, QUOTA, Usage};
use crate::store::{StorageError, Store, read};
use crate::worker::list::Table;
use crate::worker::report::{Block, PageCommand, Row, RowAction, RowKind};
use crate::worker::request::ReportKind;
use crate::worker::response::ResponseBody;
use crate::worker::storage_request::{Promise, StorageRequest};

/// How many diagrams.
pub fn diagrams(count: usize) -> String {
    plural(count, "diagram", "diagrams")
}

/// How many texts.
pub fn texts(count: usize) -> String {
    plural(count, "text", "texts")
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// What a backup has, in words.
pub fn contents_in_words(contents: &Contents) -> String {
    let mut words = diagrams(contents.documents);
    if contents.deleted > 0 {
        words += &format!(" ({} of them deleted)", contents.deleted);
    }
    let histories = plural(contents.histories, "history", "histories");
    words += &format!(", {histories}");
    if contents.texts > 0 {
        words += &format!(", {} that cannot be read", texts(contents.texts));
    }
    words
}

/// A size in the units that people know: a letter for a byte, as most browsers count.
fn size(letters: usize) -> String {
    let tenths = letters.div_ceil(100);
    match tenths {
        0 => "0 kB".to_owned(),
        1..1_000 => format!("{}.{} kB", tenths / 10, tenths % 10),
        1_000..10_000 => format!("{} kB", tenths / 10),
        _ => format!("{}.{} MB", tenths / 10_000, tenths % 10_000 / 1_000),
    }
}

fn name_of(store: Store<'_>, listed: &Listed) -> String {
    let title = read(store, listed.id).map(|document| document.properties().title.clone());
    let mut name = match title {
        Ok(title) if title.is_empty() => "Untitled diagram".to_owned(),
        Ok(title) => title,
        Err(_) => "Unreadable diagram".to_owned(),
    };
    if listed.deleted_at.is_some() {
        name += " (deleted)";
    }
    name
}

/// What is used by what, and what can go; `promise` is what the browser has said.
pub fn report(
    store: Store<'_>,
    promise: Promise,
    elsewhere: usize,
) -> Result<ResponseBody, StorageError> {
    let usage = Usage::of(store.storage)?;
    let listed = library::list(store)?;
    let contents = backup::contents(store)?;
    let all = usage.total() + elsewhere;
    let share = match all * 100 / QUOTA {
        0 => "less than 1 %".to_owned(),
        share => format!("{share} %"),
    };
    let mut blocks = vec![Block::Words(format!(
        "About {} of about {} are used, {share}. Browsers count differently, so this is approximate.",
        size(all),
        size(QUOTA),
    ))];
    let mut add = |title: &str, text: String, actions: Vec<RowAction>| {
        let mut row = Row::new(title, RowKind::Plain, title);
        row.text = text;
        row.actions = actions;
        blocks.push(Block::Row(row));
    };
    add(
        "Everything as one file",
        format!(
            "{}. A restored diagram never takes the place of one that is here.",
            contents_in_words(&contents)
        ),
        vec![
            RowAction::storage("Back up everything", StorageRequest::BackUp),
            RowAction::page("Restore a backup", PageCommand::ChooseFile),
        ],
    );
    match promise {
        Promise::Given => add(
            "The browser keeps this",
            "It has promised not to clear the storage of this site by itself.".to_owned(),
            Vec::new(),
        ),
        Promise::NotGiven => add(
            "The browser may clear this",
            "It has not promised to keep the storage of this site when its disk is full. Safari \
             also clears it after seven days in which you use Safari but not Loopstream, unless \
             Loopstream is installed. A backup is safe from that."
                .to_owned(),
            vec![RowAction::page(
                "Ask the browser to keep it",
                PageCommand::AskForPromise,
            )],
        ),
        Promise::Unknown => {}
    }
    let of = |listed: &Listed| usage.documents.get(&listed.id).copied().unwrap_or_default();
    let histories: usize = usage.documents.values().map(|of| of.history).sum();
    if histories > 0 {
        add(
            "Histories",
            format!(
                "{}. Thinned, only the newest version and pinned ones stay.",
                size(histories)
            ),
            vec![RowAction::storage(
                "Thin all histories",
                StorageRequest::ThinAll,
            )],
        );
    }
    let bin = listed.iter().filter(|one| one.deleted_at.is_some());
    let (count, bin) = bin.fold((0, 0), |(count, sum), one| {
        (count + 1, sum + of(one).total())
    });
    if count > 0 {
        add(
            "Deleted diagrams",
            format!(
                "{}, {}. My diagrams brings them back.",
                diagrams(count),
                size(bin)
            ),
            vec![RowAction::storage(
                "Empty the bin",
                StorageRequest::EmptyBin,
            )],
        );
    }
    if usage.quarantine > 0 {
        add(
            "Set aside",
            format!("{} that could not be read.", size(usage.quarantine)),
            vec![
                RowAction::storage("Download", StorageRequest::DownloadAside),
                RowAction::storage("Discard", StorageRequest::DiscardAside),
            ],
        );
    }
    let mut documents: Vec<(String, OfDocument)> = listed
        .iter()
        .map(|one| (name_of(store, one), of(one)))
        .collect();
    documents.sort_by_key(|(_, of)| std::cmp::Reverse(of.total()));
    let mut rows: Vec<Vec<String>> = documents
        .into_iter()
        .map(|(name, of)| {
            let sizes = [of.snapshots, of.journal, of.history, of.total()].map(size);
            [vec![name], sizes.to_vec()].concat()
        })
        .collect();
    let mut rest = |name: &str, letters: usize| {
        let dash = || "–".to_owned();
        rows.push(vec![name.to_owned(), dash(), dash(), dash(), size(letters)]);
    };
    if usage.quarantine > 0 {
        rest("Set aside", usage.quarantine);
    }
    rest("Everything else", usage.other + elsewhere);
    rest("All", all);
    let heads = ["What", "Diagram", "Latest changes", "History", "Together"];
    blocks.push(Block::Table(Table::new(&heads, rows)));
    Ok(ResponseBody::Report {
        kind: ReportKind::Storage,
        about: Vec::new(),
        blocks,
    })
}
