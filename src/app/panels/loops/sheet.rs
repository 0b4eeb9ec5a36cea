//! A sheet of the workbench: rows that light up what they are about, with what can be done.

use leptos::prelude::AnyView;

use crate::app::panels::exhibit::{exhibit, waiting};
use crate::app::plain::{Line, Value, lines, show, tag, text_of};
use crate::app::state::App;
use crate::editor::{Command, Event};
use crate::format::read_patch;
use crate::lean;
use crate::model::Id;
use crate::workbench::{Block, Row, RowKind, SheetKind};

/// The sheet of this kind, once the workbench has written it.
pub fn sheet(app: App, kind: SheetKind) -> AnyView {
    let rows = lines(move || {
        let blocks = app.sheet(kind).unwrap_or_default().into_iter().enumerate();
        blocks
            .map(|(place, block)| Line {
                key: format!("{place} {}", block.key()),
                view: Box::new(move || block_view(app, &block)),
            })
            .collect()
    });
    tag("div")
        .class("sheet")
        .on("pointerleave", move |_| point(app, &[]))
        .child(waiting(app, kind))
        .child(rows)
        .view()
}

fn point(app: App, about: &[Id]) {
    app.dispatch(Event::PointAt(lean::set_of(about.iter().copied())));
}

fn block_view(app: App, block: &Block) -> AnyView {
    match block {
        Block::Heading(words) => tag("h3").class("sheet-heading").text(words.clone()).view(),
        Block::Words(words) => tag("p").class("muted small").text(words.clone()).view(),
        Block::Row(row) => row_view(app, row),
        other => exhibit(app, other),
    }
}

fn row_view(app: App, row: &Row) -> AnyView {
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
    let words = tag("span")
        .class("loop-words")
        .maybe(part("finding-title", &row.title))
        .maybe(part("finding-text", &row.text))
        .maybe(part("loop-meta", &row.meta));
    let opens = !row.detail.is_empty();
    let open = Value::new(false);
    let detail = row.detail.clone();
    let (about, focused) = (row.about.clone(), row.about.clone());
    let select = lean::set_of(row.about.iter().copied());
    let main = tag("button")
        .class("finding-main")
        .press(move || {
            if opens {
                open.update(|open| *open = !*open);
            }
            if !select.is_empty() {
                app.dispatch(Event::Select(select.clone()));
            }
        })
        .on("pointerenter", move |_| point(app, &about))
        .on("focus", move |_| point(app, &focused))
        .on("blur", move |_| point(app, &[]))
        .maybe(part("loop-code", &row.code))
        .child(words);
    let main = if opens {
        main.with("aria-expanded", text_of(move || open.get().to_string()))
    } else {
        main
    };
    let actions = row.actions.iter().map(|action| {
        let (label, patch) = (action.label.clone(), action.patch.clone());
        tag("button")
            .class("button button-small")
            .press(move || {
                // The workbench wrote it for this document, or for one just before it.
                if let Ok(patch) = read_patch(&patch) {
                    point(app, &[]);
                    app.dispatch(Event::Do(Command::Apply(patch)));
                }
            })
            .text(label)
    });
    let actions: Vec<_> = actions.collect();
    let has_actions = !actions.is_empty();
    let actions = has_actions.then(|| tag("div").class("finding-actions").children(actions));
    tag("div")
        .class(class)
        .style("--depth", row.depth.to_string())
        .child(main)
        .child(show(
            move || open.get(),
            move || tag("p").class("finding-detail").text(detail.clone()).view(),
        ))
        .maybe(actions)
        .view()
}
