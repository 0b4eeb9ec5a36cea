//! The field over the canvas in which words are looked for, and others put in their place.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::app::browser::{focus, key_name};
use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::dispatch;
use crate::app::services::find;
use crate::app::state::{App, Page, use_app};
use crate::editor::{Action, Command, Event, Find, Pattern, Seek, Which};

/// The bar, while words are looked for.
#[component]
pub fn FindBar() -> impl IntoView {
    let app = use_app();
    let is_open = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.find().is_some())
    });
    view! {
        <Show when=move || is_open.get()>
            <OpenBar/>
        </Show>
    }
}

/// How far one is with what was found, in words.
fn count_of(find: &Find) -> String {
    match (find.at(), find.found().len()) {
        _ if Pattern::new(find.words()).is_none() => String::new(),
        (_, 0) => "No match".to_owned(),
        (Some(at), count) => format!("{} of {count}", at + 1),
        (None, count) => format!("{count} found"),
    }
}

fn seek(app: App, seek: Seek) {
    dispatch(app, Event::Find(seek));
}

fn close(app: App) {
    seek(app, Seek::Close);
    focus("#canvas");
}

#[component]
fn OpenBar() -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| {
            let find = core.editor.find();
            find.map(|find| (find.words().to_owned(), count_of(find), find.found().len()))
                .unwrap_or_default()
        })
    });
    let nothing = move || now.with(|now| now.2 == 0);
    let on_key = move |event: ev::KeyboardEvent| {
        match key_name(&event).as_str() {
            "Enter" if event.shift_key() => seek(app, Seek::Previous),
            "Enter" => seek(app, Seek::Next),
            "Escape" => close(app),
            _ => return,
        }
        event.prevent_default();
    };
    let may_replace = app.page == Page::Editor;
    // At once, since keys that follow are meant for it; what was looked for last is written over. Words
    // typed into the filter of the outline open the bar as well, and leave the focus where it is.
    let field = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(field) = field.get()
            && app.find_asked.get()
        {
            app.find_asked.set(false);
            // It comes to hold this a moment later, which would leave nothing selected.
            field.set_value(&now.get_untracked().0);
            // Fails for an element that takes no focus.
            let _ = field.focus();
            field.select();
        }
    });
    view! {
        <search class="find-bar" aria-label="Find">
            <div class="find-row">
                <InputField
                    value=Signal::derive(move || now.get().0)
                    node_ref=field
                    attr:id="find"
                    attr:class="field"
                    attr:placeholder="Find on the canvas"
                    attr:aria-label="Find on the canvas"
                    attr:autocomplete="off"
                    attr:spellcheck="false"
                    on:input=move |event| seek(app, Seek::For(event_target_value(&event)))
                    on:keydown=on_key
                />
                <output class="find-count">{move || now.get().1}</output>
                <IconButton
                    picture=icondata_lu::LuChevronUp
                    name="Previous"
                    title="Previous (Shift+Enter)"
                    attr:disabled=nothing
                    on:click=move |_| seek(app, Seek::Previous)
                />
                <IconButton
                    picture=icondata_lu::LuChevronDown
                    name="Next"
                    title="Next (Enter)"
                    attr:disabled=nothing
                    on:click=move |_| seek(app, Seek::Next)
                />
                {may_replace.then(|| view! {
                    <IconButton
                        picture=icondata_lu::LuReplace
                        name="Replace"
                        title=format!("Replace ({})", Action::Replace.shortcut())
                        attr:aria-expanded=move || app.replacing.get().to_string()
                        on:click=move |_| find::toggle_replacing(app)
                    />
                })}
                <IconButton
                    picture=icondata_lu::LuX
                    name="Close"
                    title="Close (Esc)"
                    on:click=move |_| close(app)
                />
            </div>
            <Show when=move || may_replace && app.replacing.get()>
                <ReplaceRow/>
            </Show>
        </search>
    }
}

#[component]
fn ReplaceRow() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    let replace = move |which: Which| {
        let with = field.get_untracked().map(|field| field.value());
        let command = Command::ReplaceFound(which, with.unwrap_or_default());
        dispatch(app, Event::Do(command));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        match key_name(&event).as_str() {
            "Enter" => replace(Which::Shown),
            "Escape" => close(app),
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <div class="find-row">
            <input
                dir="auto"
                id="replace-with"
                class="field"
                node_ref=field
                placeholder="Replace with"
                aria-label="Replace with"
                autocomplete="off"
                on:keydown=on_key
            />
            <button class="button" on:click=move |_| replace(Which::Shown)>
                "Replace"
            </button>
            <button class="button" on:click=move |_| replace(Which::All)>
                "Replace all"
            </button>
        </div>
    }
}
