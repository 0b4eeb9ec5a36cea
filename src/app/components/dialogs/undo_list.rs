//! The changes since the document was opened, and the way to any of them.

use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::dispatch::dispatch;
use crate::app::state::use_app;
use crate::editor::{Command, Event};

/// What the document was before the first change.
const OPENED: &str = "As it was opened";

/// The list: the newest change first, what was undone over the present one.
#[component]
pub fn UndoList() -> impl IntoView {
    let app = use_app();
    // Every change in its words, the oldest first, and how many of them are done.
    let list = Memo::new(move |_| {
        app.document.track();
        app.with(|core| (core.editor.changes(), core.editor.history_depth().0))
    });
    let rows = move || {
        let (words, _) = list.get();
        let words = std::iter::once(OPENED.to_owned()).chain(words);
        let mut rows: Vec<(usize, String)> = words.enumerate().collect();
        rows.reverse();
        rows
    };
    let done = Memo::new(move |_| list.with(|(_, done)| *done));
    let go = move |depth: usize| {
        dispatch(app, Event::Do(Command::GoTo(depth)));
        // A row that is gone on with stays, and so does the focus in it.
        focus(&format!("#change-{depth}"));
    };
    view! {
        <p class="muted">"Choose a change to go back to it, or forward."</p>
        <ol class="undo-list" aria-label="Changes, the newest first" reversed>
            <For each=rows key=Clone::clone let((depth, words))>
                <li>
                    <button
                        id=format!("change-{depth}")
                        class="undo-row"
                        class:undo-undone=move || done.get() < depth
                        aria-current=move || (done.get() == depth).then_some("step")
                        on:click=move |_| go(depth)
                    >
                        <bdi>{words}</bdi>
                        <span class="muted">
                            {move || match done.get().cmp(&depth) {
                                std::cmp::Ordering::Less => "undone",
                                std::cmp::Ordering::Equal => "now",
                                std::cmp::Ordering::Greater => "",
                            }}
                        </span>
                    </button>
                </li>
            </For>
        </ol>
    }
}
