//! The comments: threads by what they are about, to read, to answer, to resolve.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::{ev, html};

use crate::app::browser::storage::{author, keep_author};
use crate::app::browser::{focus_soon, key_name, today};
use crate::app::components::field::{Choice, InputField, TextArea};
use crate::app::components::icon::IconButton;
use crate::app::dispatch::{act, dispatch};
use crate::app::state::{App, Page, use_app};
use crate::editor::{Action, Command, CommentMarks, Event, describe};
use crate::model::{Comment, Date, Id, ThreadState, isolated};

/// Which threads are listed.
const LISTED: [(&str, &str, Option<ThreadState>); 3] = [
    ("open", "Open", Some(ThreadState::Open)),
    ("resolved", "Resolved", Some(ThreadState::Resolved)),
    ("all", "All", None),
];

/// How many threads are open, beside the words on the button.
pub fn count(app: App) -> String {
    app.document.track();
    match threads(app, Some(ThreadState::Open)).len() {
        0 => String::new(),
        count => count.to_string(),
    }
}

/// What has a thread in this state, or in any: the open ones first, by their words.
fn threads(app: App, state: Option<ThreadState>) -> Vec<Id> {
    app.with(|core| {
        let document = core.editor.document();
        let comments = document.comments().values();
        let about: BTreeSet<Id> = comments.map(|comment| comment.about).collect();
        let mut found: Vec<(ThreadState, String, Id)> = about
            .into_iter()
            .filter_map(|id| {
                let words = describe(document, id).to_lowercase();
                Some((document.thread_state(id)?, words, id))
            })
            .filter(|(stands, ..)| state.is_none_or(|state| state == *stands))
            .collect();
        found.sort();
        found.into_iter().map(|(.., id)| id).collect()
    })
}

/// The panel.
#[component]
pub fn Comments() -> impl IntoView {
    let app = use_app();
    let listed = RwSignal::new("open".to_owned());
    let found = Memo::new(move |_| {
        app.document.track();
        let key = listed.get();
        let row = LISTED.iter().find(|(other, ..)| *other == key);
        threads(app, row.and_then(|(.., state)| *state))
    });
    let marks = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.comment_marks() == CommentMarks::Shown)
    });
    let options: Vec<_> = LISTED
        .iter()
        .map(|(key, words, _)| ((*key).to_owned(), (*words).to_owned()))
        .collect();
    let none = move || match listed.get().as_str() {
        "open" => "No open comments.",
        "resolved" => "No resolved comments.",
        _ => "No comments yet.",
    };
    view! {
        <h2 class="panel-title">"Comments"</h2>
        {(app.page == Page::Editor).then(|| view! { <Composer/> })}
        <label class="comment-filter">
            "Show "
            <Choice options chosen=listed keep=move |key| listed.set(key)/>
        </label>
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || marks.get()
                on:change=move |_| act(app, Action::ToggleCommentMarks)
            />
            "Marks on the canvas"
        </label>
        <For each=move || found.get() key=|id| *id let:id>
            <Thread id/>
        </For>
        <Show when=move || found.with(Vec::is_empty)>
            <p class="muted">{none}</p>
        </Show>
    }
}

/// What one thing alone is selected that can be commented on.
fn subject(app: App) -> Option<Id> {
    app.with(|core| {
        let only = core.editor.overlay().handle_of()?;
        let kind = core.editor.document().kind_of(only)?;
        kind.can_be_commented().then_some(only)
    })
}

/// The field for a further comment on what is selected.
#[component]
fn Composer() -> impl IntoView {
    let app = use_app();
    let about = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        subject(app)
    });
    let words = move || {
        app.document.track();
        about
            .get()
            .map(|id| app.with(|core| describe(core.editor.document(), id)))
    };
    let field = NodeRef::<html::Textarea>::new();
    let name = RwSignal::new(author());
    let add = move || {
        let (Some(field), Some(about)) = (field.get_untracked(), about.get_untracked()) else {
            return;
        };
        if field.value().trim().is_empty() {
            return;
        }
        dispatch(
            app,
            Event::Do(Command::AddComment {
                about,
                text: field.value(),
                author: name.get_untracked(),
                date: Date::parse(&today()),
            }),
        );
        field.set_value("");
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let sends = event.ctrl_key() || event.meta_key();
        if sends && key_name(&event) == "Enter" {
            event.prevent_default();
            add();
        }
    };
    view! {
        <Show
            when=move || about.get().is_some()
            fallback=|| view! { <p class="muted">"Select one element to comment on it."</p> }
        >
            <form
                class="comment-form"
                on:submit=move |event: ev::SubmitEvent| {
                    event.prevent_default();
                    add();
                }
            >
                <label for="comment-new">"Comment on " {words}</label>
                <textarea
                    dir="auto"
                    id="comment-new"
                    class="field"
                    rows="3"
                    maxlength="5000"
                    node_ref=field
                    on:keydown=on_key
                ></textarea>
                <div class="comment-send">
                    <InputField
                        value=name
                        keep=move |typed: String| {
                            keep_author(&typed);
                            name.set(typed);
                        }
                        attr:class="field"
                        attr:aria-label="Your name, if others are to see it"
                        attr:placeholder="Your name (optional)"
                        attr:autocomplete="off"
                        attr:maxlength="100"
                    />
                    <button class="button button-primary" type="submit" title="Comment (Ctrl+Enter)">
                        "Comment"
                    </button>
                </div>
            </form>
        </Show>
    }
}

/// What is said about one element.
#[component]
fn Thread(id: Id) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let state = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().thread_state(id))
    });
    let comments = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let thread = core.editor.document().thread_on(id).into_iter();
            thread.map(|(id, _)| id).collect::<Vec<_>>()
        })
    });
    let is_selected = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.selection().contains(&id))
    });
    let is_resolved = move || state.get() == Some(ThreadState::Resolved);
    let turn = move |_| {
        let to = match state.get_untracked() {
            Some(ThreadState::Resolved) => ThreadState::Open,
            Some(ThreadState::Open) | None => ThreadState::Resolved,
        };
        dispatch(app, Event::Do(Command::SetThread(id, to)));
    };
    let select = move || dispatch(app, Event::Select(BTreeSet::from([id])));
    let answer = move |_| {
        select();
        focus_soon("#comment-new");
    };
    view! {
        <section
            class="thread"
            class:thread-selected=move || is_selected.get()
            class:thread-resolved=is_resolved
            aria-label=move || format!("Comments on {}", words.get())
        >
            <h3>
                <button
                    class="outline-words"
                    aria-pressed=move || is_selected.get().to_string()
                    on:click=move |_| select()
                >
                    {move || words.get()}
                </button>
                <Show when=is_resolved>
                    <span class="count">"resolved"</span>
                </Show>
            </h3>
            <ul>
                <For each=move || comments.get() key=|id| *id let:comment>
                    <CommentRow id=comment/>
                </For>
            </ul>
            {(app.page == Page::Editor)
                .then(|| {
                    view! {
                        <div class="thread-actions">
                            <button class="button" on:click=answer>
                                "Answer"
                            </button>
                            <button class="button" on:click=turn>
                                {move || if is_resolved() { "Open again" } else { "Resolve" }}
                            </button>
                        </div>
                    }
                })}
        </section>
    }
}

/// Who said it and when, as far as that is known.
fn said(comment: &Comment) -> String {
    let name = comment.author.trim();
    let name = (!name.is_empty()).then(|| isolated(name).into_owned());
    let parts = name
        .into_iter()
        .chain(comment.date.map(|date| date.to_string()));
    parts.collect::<Vec<_>>().join(" · ")
}

/// One comment, to be read and, where the document may be changed, put otherwise.
#[component]
fn CommentRow(id: Id) -> impl IntoView {
    let app = use_app();
    let comment = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().comments().get(&id).cloned())
    });
    let text = Signal::derive(move || comment.get().map(|one| one.text).unwrap_or_default());
    let meta = move || comment.get().map(|one| said(&one)).unwrap_or_default();
    let edited = RwSignal::new(false);
    let can_edit = app.page == Page::Editor;
    view! {
        <li class="comment">
            <Show
                when=move || edited.get()
                fallback=move || {
                    view! {
                        <p class="comment-text" dir="auto">
                            {move || text.get()}
                        </p>
                    }
                }
            >
                <TextArea
                    value=text
                    keep=move |typed| {
                        dispatch(app, Event::Do(Command::SetText(id, typed)));
                        edited.set(false);
                    }
                    attr:class="field"
                    attr:rows="3"
                    attr:aria-label="Text of the comment"
                    attr:maxlength="5000"
                />
            </Show>
            <div class="comment-foot">
                <span class="muted">{meta}</span>
                {can_edit
                    .then(|| {
                        view! {
                            <IconButton
                                picture=icondata_lu::LuPencil
                                name="Edit the comment"
                                title="Edit"
                                attr:aria-pressed=move || edited.get().to_string()
                                on:click=move |_| edited.update(|edited| *edited = !*edited)
                            />
                            <IconButton
                                picture=icondata_lu::LuTrash2
                                name="Delete the comment"
                                title="Delete"
                                on:click=move |_| dispatch(app, Event::Do(Command::Remove(id)))
                            />
                        }
                    })}
            </div>
        </li>
    }
}
