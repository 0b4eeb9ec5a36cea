//! The stories of the diagram: begun, chosen, and told step by step.

mod begin;
mod figures;
mod loops;
mod marks;
mod row;
mod step;
mod steps;

use leptos::prelude::*;

use self::begin::Beginnings;
use self::steps::Steps;
use crate::app::components::field::{Choice, InputField};
use crate::app::components::icon::IconButton;
use crate::app::dispatch::act;
use crate::app::services::stories;
use crate::app::state::use_app;
use crate::editor::{Action, rename_story};
use crate::model::{Id, in_sentence};

/// The panel.
#[component]
pub fn StoryPanel() -> impl IntoView {
    let app = use_app();
    let story = Memo::new(move |_| {
        app.document.track();
        app.selection.track();
        app.with(|core| core.editor.story())
    });
    // Whether a further story is to begin, beside those that there are.
    let begins = RwSignal::new(false);
    // Once another story is chosen, it has begun.
    Effect::new(move |_| {
        story.track();
        begins.set(false);
    });
    view! {
        <h2 class="panel-title">"Story"</h2>
        <Show
            when=move || story.with(Option::is_some)
            fallback=|| {
                view! {
                    <p class="muted">
                        "A story takes people through the diagram, step by step. How is it to begin?"
                    </p>
                    <Beginnings/>
                }
            }
        >
            <Head story begins/>
            <Show when=move || begins.get()>
                <Beginnings/>
            </Show>
            <Steps story/>
        </Show>
    }
}

/// Which story it is, its name, and what can be done with it as a whole.
#[component]
fn Head(story: Memo<Option<Id>>, begins: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let stories = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let stories = core.editor.document().stories_in_order().into_iter();
            let named = stories.zip(1..).map(|((id, story), number)| {
                let name = match story.name.trim() {
                    "" => format!("Story {number}, unnamed"),
                    name => name.to_owned(),
                };
                (id.to_string(), name)
            });
            named.collect::<Vec<_>>()
        })
    });
    let chosen = Signal::derive(move || {
        let id = story.get().map(|id| id.to_string());
        id.unwrap_or_default()
    });
    let choose = move |value: String| {
        if let Ok(id) = value.parse() {
            stories::choose(app, id);
        }
    };
    let name = Memo::new(move |_| {
        app.document.track();
        let id = story.get()?;
        app.with(|core| Some(core.editor.document().stories().get(&id)?.name.clone()))
    });
    let rename = move |typed: String| {
        if let Some(id) = story.get_untracked() {
            stories::change(app, |document| rename_story(document, id, &typed));
        }
    };
    let spoken = move || in_sentence(&name.get().unwrap_or_default());
    view! {
        <Show when=move || stories.with(Vec::len) != 1>
            <Choice options=stories chosen keep=choose attr:aria-label="Which story"/>
        </Show>
        <div class="story-head">
            <InputField
                value=Signal::derive(move || name.get().unwrap_or_default())
                keep=rename
                attr:class="field"
                attr:id="story-name"
                attr:aria-label="Name of the story"
                attr:placeholder="Name of the story"
                attr:autocomplete="off"
                attr:maxlength="500"
            />
            <IconButton
                picture=icondata_lu::LuPresentation
                name="Present"
                title="Present (Ctrl+Enter)"
                on:click=move |_| act(app, Action::Present)
            />
            <IconButton
                picture=icondata_lu::LuPlus
                name="Another story"
                title="Another story"
                attr:aria-expanded=move || begins.get().to_string()
                on:click=move |_| begins.update(|begins| *begins = !*begins)
            />
            <IconButton
                picture=icondata_lu::LuTrash2
                name=move || format!("Remove the story {}", spoken())
                title="Remove this story"
                on:click=move |_| {
                    if let Some(id) = story.get_untracked() {
                        stories::remove_story(app, id);
                    }
                }
            />
        </div>
    }
}
