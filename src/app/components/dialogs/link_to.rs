//! What to link the selected variable or station to, found by its name.

use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::components::chooser::{Aside, Choice, Chooser, Found, has_words};
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event};
use crate::model::{Id, may_connect};

/// What a link leads from: the one thing that is selected.
fn cause(app: App) -> Option<Id> {
    app.with(|core| {
        let mut selection = core.editor.selection().iter();
        let document = core.editor.document();
        let can_grow = |id: &&Id| {
            document.variables().contains_key(id) || document.stations().contains_key(id)
        };
        selection.find(can_grow).copied()
    })
}

/// What may be linked to, and has every typed word in its name; by name.
fn found(app: App, from: Id, typed: &str) -> Vec<Found> {
    app.with(|core| {
        let document = core.editor.document();
        let ends = document
            .variables()
            .keys()
            .chain(document.stations().keys());
        let others = ends.filter(|id| **id != from && may_connect(document, from, **id).is_ok());
        let mut found: Vec<Found> = others
            .map(|id| Found {
                choice: Choice::Record(*id),
                words: core.editor.describe(*id),
                aside: Aside::Nothing,
            })
            .filter(|found| has_words(&found.words, typed))
            .collect();
        found.sort_by_cached_key(|one| one.words.to_lowercase());
        found
    })
}

/// The names of what can be linked to.
#[component]
pub fn LinkTo() -> impl IntoView {
    let app = use_app();
    let from = cause(app);
    let words = match from {
        Some(id) => app.with(|core| core.editor.describe(id)),
        None => String::new(),
    };
    let choose = move |choice| {
        if let (Choice::Record(to), Some(from)) = (choice, from) {
            app.dialog.set(None);
            app.send(Event::Do(Command::LinkTo { from, to }));
            // The next key signs the link.
            focus("#canvas");
        }
    };
    view! {
        <p class="muted">{format!("From {words}")}</p>
        <Chooser
            label="Link to"
            list_label="Names"
            placeholder="Type a name"
            nothing="No such name"
            find=move |typed: String| from.map_or_else(Vec::new, |from| found(app, from, &typed))
            choose
        />
    }
}
