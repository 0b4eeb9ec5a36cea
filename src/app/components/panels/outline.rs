//! The outline: the diagram as lists and sentences, for the keyboard and for screen readers.

use std::collections::BTreeSet;

use leptos::ev;
use leptos::prelude::*;

use super::frame::FrameControls;
use super::outline_controls::{KindControls, LinkControls, LookControls, TextControls};
use super::outline_forms::{AddFlow, AddLink, AddVariable};
use super::outline_improvement::OutlineImprovement;
use super::outline_rows::{PAGE, rows};
use super::outline_scenario::OutlineScenario;
use crate::app::browser::key_name;
use crate::app::components::field::{Choice, InputField};
use crate::app::components::icon::IconButton;
use crate::app::dispatch::{act, dispatch};
use crate::app::state::use_app;
use crate::app::text::grouped;
use crate::editor::{Action, Command, Event, Seek, Tagged, describe, role_of};
use crate::model::{ElementKind, Id};

/// The outline.
#[component]
pub fn Outline() -> impl IntoView {
    let app = use_app();
    // What is looked for on the canvas, which the outline looks for as well.
    let filter = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| {
            let find = core.editor.find();
            find.map(|find| find.words().to_owned()).unwrap_or_default()
        })
    });
    let seek = move |seek: Seek| dispatch(app, Event::Find(seek));
    let on_filter = move |event: ev::Event| match event_target_value(&event) {
        words if words.is_empty() => seek(Seek::Close),
        words => seek(Seek::For(words)),
    };
    let on_filter_key = move |event: ev::KeyboardEvent| {
        match key_name(&event).as_str() {
            "Enter" if event.shift_key() => seek(Seek::Previous),
            "Enter" => seek(Seek::Next),
            "Escape" => seek(Seek::Close),
            _ => return,
        }
        event.prevent_default();
    };
    let any_notes = move || {
        app.document.track();
        app.with(|core| !core.editor.document().notes().is_empty())
    };
    let any_frames = move || {
        app.document.track();
        app.with(|core| !core.editor.document().frames().is_empty())
    };
    let any_stations = move || {
        app.document.track();
        app.with(|core| !core.editor.document().stations().is_empty())
    };
    let any_improvements = move || {
        app.document.track();
        app.with(|core| !core.editor.document().improvements().is_empty())
    };
    let any_scenarios = move || {
        app.document.track();
        app.with(|core| !core.editor.document().scenarios().is_empty())
    };
    view! {
        <h2 class="panel-title">"Outline"</h2>
        <InputField
            value=filter
            attr:id="outline-filter"
            attr:class="field"
            attr:r#type="search"
            attr:placeholder="Find by name"
            attr:aria-label="Find in the outline"
            on:input=on_filter
            on:keydown=on_filter_key
        />
        <TagFilter/>
        <AddVariable/>
        <Section kind=ElementKind::Variable title="Variables" filter/>
        <AddLink/>
        <Section kind=ElementKind::Link title="Links" filter/>
        <Show when=any_notes>
            <Section kind=ElementKind::Note title="Notes" filter/>
        </Show>
        <Show when=any_frames>
            <Section kind=ElementKind::Frame title="Frames" filter/>
        </Show>
        <Show when=any_stations>
            <Section kind=ElementKind::Station title="Steps" filter/>
            <AddFlow/>
            <Section kind=ElementKind::Flow title="Flows" filter/>
        </Show>
        <Show when=any_improvements>
            <Section kind=ElementKind::Improvement title="Improvements" filter/>
        </Show>
        <Show when=any_scenarios>
            <Section kind=ElementKind::Scenario title="Scenarios" filter/>
        </Show>
    }
}

/// Which tag is shown, where there are any; all else steps back on the canvas.
#[component]
fn TagFilter() -> impl IntoView {
    let app = use_app();
    let tags = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let tags = core.editor.document().tags().into_iter();
            let counted = tags.map(|(tag, count)| (tag.to_owned(), format!("{tag} ({count})")));
            counted.collect::<Vec<_>>()
        })
    });
    let options = Signal::derive(move || {
        let none = [(String::new(), "All tags".to_owned())];
        none.into_iter().chain(tags.get()).collect()
    });
    let chosen = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        let tag = |tagged: &Tagged| tagged.tag.clone();
        app.with(|core| core.editor.tagged().map(tag).unwrap_or_default())
    });
    let keep = move |tag: String| {
        let tag = Some(tag).filter(|tag| !tag.is_empty());
        dispatch(app, Event::ShowTag(tag));
    };
    view! {
        <Show when=move || tags.with(|tags| !tags.is_empty())>
            <Choice options chosen keep attr:aria-label="Show only what is tagged"/>
        </Show>
    }
}

/// The records of a kind whose words have those of the filter.
#[component]
fn Section(kind: ElementKind, title: &'static str, filter: Memo<String>) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        app.document.track();
        rows(app, kind, &filter.get())
    });
    let count = Memo::new(move |_| found.with(|found| found.1));
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.selection().clone())
    });
    let is_longer = move || count.get() > PAGE;
    // By what they are: a line whose words change stays, and so does the focus in it.
    let ids = move || found.with(|found| found.0.iter().map(|row| row.id).collect::<Vec<_>>());
    view! {
        <section class="outline-section" aria-label=title>
            <h3>
                {title} " " <span class="count">{move || grouped(count.get() as u64)}</span>
            </h3>
            <ul class="outline">
                <For each=ids key=|id| *id let:id>
                    {match kind {
                        ElementKind::Improvement => view! { <OutlineImprovement id/> }.into_any(),
                        ElementKind::Scenario => view! { <OutlineScenario id/> }.into_any(),
                        _ => view! { <OutlineRow id kind selected/> }.into_any(),
                    }}
                </For>
            </ul>
            <Show when=is_longer>
                <p class="muted">
                    {format!("The first {PAGE} are shown. Find narrows the list.")}
                </p>
            </Show>
        </section>
    }
}

#[component]
fn OutlineRow(id: Id, kind: ElementKind, selected: Memo<BTreeSet<Id>>) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let role = Memo::new(move |_| {
        app.document.track();
        app.with(|core| role_of(core.editor.document(), id))
    });
    let is_selected = Memo::new(move |_| selected.with(|ids| ids.contains(&id)));
    let has_look = matches!(
        kind,
        ElementKind::Variable | ElementKind::Note | ElementKind::Link | ElementKind::Station
    );
    let alone = move || selected.with(|ids| ids.len() == 1 && ids.contains(&id));
    view! {
        <li class="outline-row" class:outline-selected=move || is_selected.get()>
            <button
                class="outline-words"
                aria-pressed=move || is_selected.get().to_string()
                on:click=move |_| dispatch(app, Event::Select(BTreeSet::from([id])))
            >
                {move || words.get()}
                {move || {
                    let role = role.get();
                    role.map(|role| view! { <span class="outline-role">", " {role}</span> })
                }}
            </button>
            <Show when=alone>
                {match kind {
                    ElementKind::Variable => {
                        view! { <TextControls id/> <KindControls id/> }.into_any()
                    }
                    ElementKind::Note | ElementKind::Station => {
                        view! { <TextControls id/> }.into_any()
                    }
                    ElementKind::Frame => view! { <FrameControls id/> }.into_any(),
                    ElementKind::Link => view! { <LinkControls id/> }.into_any(),
                    ElementKind::Flow
                    | ElementKind::LoopLabel
                    | ElementKind::FindingReview
                    | ElementKind::Comment
                    | ElementKind::Image
                    | ElementKind::Improvement
                    | ElementKind::Scenario
                    | ElementKind::Story
                    | ElementKind::StoryStep
                    | ElementKind::Retrospective
                    | ElementKind::Fact
                    | ElementKind::Variation
                    | ElementKind::Experiment => ().into_any(),
                }}
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Delete {}", words.get())
                    title="Delete"
                    on:click=move |_| dispatch(app, Event::Do(Command::Remove(id)))
                />
                <IconButton
                    picture=icondata_lu::LuMessageSquare
                    name=move || format!("Comment on {}", words.get())
                    title="Comment"
                    on:click=move |_| act(app, Action::CommentOn)
                />
                {has_look.then(|| view! { <LookControls id/> })}
            </Show>
        </li>
    }
}
