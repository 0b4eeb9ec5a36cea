//! The loops that a step lights.

use leptos::prelude::*;

use crate::app::components::field::Choice;
use crate::app::components::icon::IconButton;
use crate::app::services::stories;
use crate::app::state::{App, use_app};
use crate::editor::light_loops;
use crate::model::{Id, LoopKey, StoryStep, isolated};
use crate::story::travel_order;

/// What a loop is told apart by in a list of options.
fn value_of(key: &LoopKey) -> String {
    let links = key.links().iter().map(ToString::to_string);
    links.collect::<Vec<_>>().join(" ")
}

/// The loops that the page knows, each with its code and its name, else its sentence.
fn known(app: App) -> Vec<(LoopKey, String)> {
    app.with(|core| {
        let document = core.editor.document();
        let loops = core.editor.report().loops.iter();
        let words = loops.map(|one| {
            let label = document
                .label_of(&one.key)
                .map(|(_, label)| label.name.trim());
            let name = match label {
                None | Some("") => one.sentence(document),
                Some(name) => isolated(name).into_owned(),
            };
            (one.key.clone(), format!("{} {name}", one.code))
        });
        words.collect()
    })
}

/// The loops that the step lights and that are there, each by its place in the step, in words.
fn lit(app: App, step: &StoryStep) -> Vec<(LoopKey, String)> {
    let known = known(app);
    let is_there =
        |key: &&LoopKey| app.with(|core| travel_order(core.editor.document(), key).is_some());
    let keys = step.loops.iter().filter(is_there);
    let words = keys.map(|key| {
        let words = known.iter().find(|(other, _)| other == key);
        // The list of loops may end before it.
        let words = words.map_or_else(
            || format!("A loop of {} links", key.links().len()),
            |(_, words)| words.clone(),
        );
        (key.clone(), words)
    });
    words.collect()
}

/// The loops of the step, and the choice of a further one.
#[component]
pub fn LitLoops(
    /// The step.
    id: Id,
    /// What it is now.
    step: Memo<Option<StoryStep>>,
) -> impl IntoView {
    let app = use_app();
    let lit = Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        step.with(|step| step.as_ref().map(|step| lit(app, step)))
            .unwrap_or_default()
    });
    let others = Memo::new(move |_| {
        app.loops.track();
        app.document.track();
        let mut others = known(app);
        step.with(|step| {
            let lit = step.iter().flat_map(|step| &step.loops);
            let lit: Vec<&LoopKey> = lit.collect();
            others.retain(|(key, _)| !lit.contains(&key));
        });
        others
    });
    let options = Signal::derive(move || {
        let first = [(String::new(), "Light a loop…".to_owned())];
        let others = others.get().into_iter();
        let others = others.map(|(key, words)| (value_of(&key), words));
        first.into_iter().chain(others).collect::<Vec<_>>()
    });
    let all = move || step.with_untracked(|step| step.as_ref().map(|step| step.loops.to_vec()));
    let add = move |value: String| {
        let key = others.with_untracked(|others| {
            let found = others.iter().find(|(key, _)| value_of(key) == value);
            found.map(|(key, _)| key.clone())
        });
        if let (Some(mut loops), Some(key)) = (all(), key) {
            loops.push(key);
            stories::change(app, |document| light_loops(document, id, loops));
        }
    };
    let remove = move |gone: &LoopKey| {
        if let Some(mut loops) = all() {
            loops.retain(|key| key != gone);
            stories::change(app, |document| light_loops(document, id, loops));
        }
    };
    let line = move |(key, words): (LoopKey, String)| {
        let spoken = format!("Do not light {words}");
        view! {
            <li class="story-line">
                <span dir="auto">{words}</span>
                <IconButton
                    picture=icondata_lu::LuX
                    name=spoken
                    title="Do not light it"
                    on:click=move |_| remove(&key)
                />
            </li>
        }
    };
    let is_any = move || lit.with(|lit| !lit.is_empty()) || others.with(|all| !all.is_empty());
    view! {
        <Show when=is_any>
            <div class="story-part" role="group" aria-label="Loops that are lit">
                <ul class="story-lines">
                    <For each=move || lit.get() key=Clone::clone children=line/>
                </ul>
                <Show when=move || others.with(|others| !others.is_empty())>
                    <Choice
                        options
                        chosen=String::new()
                        keep=add
                        attr:aria-label="Light a loop"
                    />
                </Show>
            </div>
        </Show>
    }
}
