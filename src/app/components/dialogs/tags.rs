//! The tags of what is selected, whether that is one thing or several.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::{ev, html};

use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::app::text::counted;
use crate::editor::{Command, Event};
use crate::model::{Id, Tagging, Tags};

/// A tag, and how many of what is selected have it.
type TagRow = (String, usize);

/// What is selected and can have tags.
fn selected(app: App) -> BTreeSet<Id> {
    app.with(|core| {
        let document = core.editor.document();
        let selection = core.editor.selection().iter().copied();
        selection
            .filter(|id| document.tags_of(*id).is_some())
            .collect()
    })
}

/// The list of all tags, as boxes to tick, and a field for another one.
#[component]
pub fn TagsOfSelection() -> impl IntoView {
    let app = use_app();
    // A dialog keeps the page: nothing else is selected while it is open.
    let ids = selected(app);
    let count = ids.len();
    let ids = StoredValue::new(ids);
    let rows = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let having = |tag: &str| {
                ids.with_value(|ids| {
                    let mut having = ids
                        .iter()
                        .filter_map(|id| document.tags_of(*id))
                        .collect::<Vec<_>>();
                    having.retain(|tags| tags.contains(tag));
                    having.len()
                })
            };
            let tags = document.tags().into_iter();
            tags.map(|(tag, _)| (tag.to_owned(), having(tag)))
                .collect::<Vec<TagRow>>()
        })
    });
    let tag_all = move |(tag, tagging): (String, Tagging)| {
        let ids = ids.get_value();
        dispatch(app, Event::Do(Command::Tag { ids, tag, tagging }));
    };
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // Fails only for an element that takes none.
            let _ = field.focus();
        }
    });
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        for tag in Tags::typed(&field.value()).iter() {
            tag_all((tag.to_owned(), Tagging::On));
        }
        field.set_value("");
    };
    let tags = move || rows.with(|rows| rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>());
    view! {
        <p class="muted">{format!("Of {} selected", counted(count, "thing"))}</p>
        <form class="add-form" on:submit=add>
            <input
                dir="auto"
                class="field"
                node_ref=field
                placeholder="New tag"
                aria-label="New tag"
                autocomplete="off"
                maxlength="200"
            />
            <button class="button" type="submit">
                "Add"
            </button>
        </form>
        <ul class="tag-list" aria-label="Tags">
            <For each=tags key=Clone::clone let:tag>
                <TagBox tag rows count tag_all/>
            </For>
        </ul>
    }
}

/// A box to tick: on where all have the tag, mixed where some have.
#[component]
fn TagBox(
    tag: String,
    rows: Memo<Vec<TagRow>>,
    count: usize,
    #[prop(into)] tag_all: Callback<(String, Tagging)>,
) -> impl IntoView {
    let own = tag.clone();
    let having = Memo::new(move |_| {
        rows.with(|rows| rows.iter().find(|row| row.0 == own).map_or(0, |row| row.1))
    });
    let checked = move || match having.get() {
        0 => "false",
        having if having == count => "true",
        _ => "mixed",
    };
    let words = tag.clone();
    let press = move |_| {
        let tagging = match having.get_untracked() == count {
            true => Tagging::Off,
            false => Tagging::On,
        };
        tag_all.run((tag.clone(), tagging));
    };
    view! {
        <li>
            <button class="chip tag" role="checkbox" aria-checked=checked on:click=press>
                <bdi>{words}</bdi>
            </button>
        </li>
    }
}
