//! A sheet of the workbench: rows that light up what they are about, with what can be done.

use std::collections::BTreeSet;
use std::sync::Mutex;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use crate::app::browser::focus_if_lost;
use crate::app::components::panels::exhibit::{exhibit, waiting};
use crate::app::dispatch::{dispatch, run_page_deed};
use crate::app::plain::{Line, Tag, effect, lines, nothing, show, tag, text_of};
use crate::app::services::{notify, reports, storage};
use crate::app::state::App;
use crate::editor::{Command, Event};
use crate::model::Id;
use crate::workbench::{Block, Deed, Row, RowKind, SheetKind};

/// What stays while a sheet is written anew.
#[derive(Clone, Copy)]
struct Standing {
    /// The rows and folds that a person has opened, by what they say.
    open: RwSignal<BTreeSet<String>>,
    /// The place of the row that had the focus last.
    focused: RwSignal<Option<usize>>,
}

impl Standing {
    fn is_open(self, key: &str) -> bool {
        self.open.get().contains(key)
    }

    fn toggle(self, key: &str) {
        self.open.update(|open| {
            if !open.remove(key) {
                open.insert(key.to_owned());
            }
        });
    }
}

/// The blocks that are shown, each with the key of its line.
#[derive(Default)]
struct Shown {
    blocks: Vec<(Block, u64)>,
    /// How many keys were given.
    given: u64,
}

impl Shown {
    /// Keys for these blocks: one that says and does in its place what it did before keeps its own.
    fn keys_of(&mut self, blocks: &[Block]) -> Vec<u64> {
        let before = std::mem::take(&mut self.blocks);
        for (place, block) in blocks.iter().enumerate() {
            let same = before.get(place).filter(|(shown, _)| shown == block);
            let key = same.map_or(self.given, |(_, key)| *key);
            self.given = self.given.max(key + 1);
            self.blocks.push((block.clone(), key));
        }
        self.blocks.iter().map(|(_, key)| *key).collect()
    }
}

/// The sheet of this kind, once the workbench has written it.
pub fn sheet(app: App, kind: SheetKind) -> AnyView {
    let standing = Standing {
        open: RwSignal::new(BTreeSet::new()),
        focused: RwSignal::new(None),
    };
    let shown = Mutex::new(Shown::default());
    let rows = lines(move || {
        let blocks = reports::sheet(app, kind).unwrap_or_default();
        let keys = shown.lock().map(|mut shown| shown.keys_of(&blocks));
        let lines = blocks.into_iter().zip(keys.unwrap_or_default()).enumerate();
        lines
            .map(|(place, (block, key))| Line {
                key: key.to_string(),
                view: Box::new(move || block_view(app, &block, place, standing)),
            })
            .collect()
    });
    effect(move || {
        app.sheets.track();
        // Where the row with the focus has gone, the one in its place takes it.
        if let Some(place) = standing.focused.get_untracked() {
            Timeout::new(0, move || {
                focus_if_lost(&format!("#finding-{place}"));
                focus_if_lost(".sheet .finding-main");
                focus_if_lost("[role=tab][aria-selected=true]");
            })
            .forget();
        }
    });
    tag("div")
        .class("sheet")
        .on("pointerleave", move |_| point(app, &[]))
        .child(waiting(app, kind))
        .child(rows)
        .view()
}

fn point(app: App, about: &[Id]) {
    dispatch(app, Event::PointAt(about.iter().copied().collect()));
}

fn block_view(app: App, block: &Block, place: usize, standing: Standing) -> AnyView {
    match block {
        Block::Heading(words) => tag("h3").class("sheet-heading").text(words.clone()).view(),
        Block::Words(words) => tag("p").class("muted small").text(words.clone()).view(),
        Block::Row(row) => row_view(app, row, place, standing),
        Block::Fold(words, rows) => fold_view(app, words, rows.clone(), place, standing),
        other => exhibit(app, other),
    }
}

/// Rows behind a button.
fn fold_view(app: App, words: &str, rows: Vec<Row>, place: usize, standing: Standing) -> AnyView {
    let key = format!("fold {words}");
    let (same, shown) = (key.clone(), key.clone());
    let button = tag("button")
        .class("chip fold-more")
        .with(
            "aria-expanded",
            text_of(move || standing.is_open(&same).to_string()),
        )
        .press(move || standing.toggle(&key))
        .text(words.to_owned());
    let rows = move || {
        let rows = rows.iter();
        let rows = rows.map(|row| row_view(app, row, place, standing));
        crate::app::plain::together(rows.collect())
    };
    tag("div")
        .child(button)
        .child(show(move || standing.is_open(&shown), rows))
        .view()
}

/// What a row is, for who cannot see its mark.
const fn spoken_kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Problem => "Problem: ",
        RowKind::Warning => "Warning: ",
        RowKind::Hint => "Hint: ",
        RowKind::Answered => "Answered: ",
        RowKind::Plain | RowKind::Reinforcing | RowKind::Balancing | RowKind::Undetermined => "",
    }
}

fn row_view(app: App, row: &Row, place: usize, standing: Standing) -> AnyView {
    let class = match row.kind {
        RowKind::Plain => "finding",
        RowKind::Reinforcing => "finding loop-reinforcing",
        RowKind::Balancing => "finding loop-balancing",
        RowKind::Undetermined => "finding loop-undetermined",
        RowKind::Problem => "finding finding-problem",
        RowKind::Warning => "finding finding-warning",
        RowKind::Hint => "finding finding-hint",
        RowKind::Answered => "finding finding-answered",
    };
    let part = |class: &'static str, words: &str| {
        let words = words.to_owned();
        (!words.is_empty()).then(|| tag("span").class(class).text(words))
    };
    let title = if row.text.is_empty() && row.actions.is_empty() {
        "finding-title finding-plain"
    } else {
        "finding-title"
    };
    let title = part(title, &row.title).map(|title| {
        let spoken = tag("span").class("visually-hidden");
        title.child(spoken.text(spoken_kind(row.kind)))
    });
    let words = tag("span")
        .class("loop-words")
        .maybe(title)
        .maybe(part("finding-text", &row.text))
        .maybe(part("loop-meta", &row.meta));
    let opens = !row.detail.is_empty();
    let key = format!("{} {}", row.title, row.text);
    let (expanded, shown) = (key.clone(), key.clone());
    let detail = row.detail.clone();
    let (about, focused) = (row.about.clone(), row.about.clone());
    let select: BTreeSet<Id> = row.about.iter().copied().collect();
    let main = tag("button")
        .class("finding-main")
        .with("id", format!("finding-{place}"))
        .press(move || {
            if opens {
                standing.toggle(&key);
            }
            if !select.is_empty() {
                dispatch(app, Event::Select(select.clone()));
            }
        })
        .on("pointerenter", move |_| point(app, &about))
        .on("focus", move |_| {
            standing.focused.set(Some(place));
            point(app, &focused);
        })
        .on("blur", move |_| point(app, &[]))
        .maybe(part("loop-code", &row.code))
        .child(words);
    let main = if opens {
        let is_open = move || standing.is_open(&expanded).to_string();
        main.with("aria-expanded", text_of(is_open))
    } else {
        main
    };
    let detail = move || tag("p").class("finding-detail").text(detail.clone()).view();
    let detail = if opens {
        show(move || standing.is_open(&shown), detail)
    } else {
        nothing()
    };
    tag("div")
        .class(class)
        .style("--depth", row.depth.to_string())
        .child(main)
        .child(detail)
        .maybe(actions(app, row, place, standing))
        .view()
}

/// What can be done about a row.
fn actions(app: App, row: &Row, place: usize, standing: Standing) -> Option<Tag> {
    if row.actions.is_empty() {
        return None;
    }
    let actions = row.actions.iter().map(|action| {
        let (label, deed) = (action.label.clone(), action.deed.clone());
        let words = label.clone();
        tag("button")
            .class("button button-small")
            .on("focus", move |_| standing.focused.set(Some(place)))
            .press(move || {
                standing.focused.set(Some(place));
                // The workbench wrote it for this document, or for one just before it.
                let patch = match &deed {
                    Deed::Errand(errand) => return storage::request(app, errand.clone()),
                    Deed::Page(deed) => return run_page_deed(app, *deed),
                    Deed::Patch(patch) => (**patch).clone(),
                };
                point(app, &[]);
                let said = app.said.get_untracked();
                dispatch(app, Event::Do(Command::Apply(patch)));
                // What is new of the loops is told first.
                if app.said.get_untracked() == said {
                    notify::announce(app, format!("Done: {label}"));
                }
            })
            .text(words)
    });
    Some(tag("div").class("finding-actions").children(actions))
}
