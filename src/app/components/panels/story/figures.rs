//! The figures of the value stream that a step shows beside its words.

use leptos::prelude::*;

use crate::app::components::field::Choice;
use crate::app::components::icon::IconButton;
use crate::app::components::panels::stream::bindings;
use crate::app::services::{stories, worker};
use crate::app::state::use_app;
use crate::editor::show_figures;
use crate::model::{Id, StoryFigure, StoryStep};
use crate::story::{figure_name, gone};
use crate::worker::Request;

/// The figures of the step, and the choice of a further one; nothing where there is no stream.
#[component]
pub fn Figures(
    /// The step.
    id: Id,
    /// What it is now.
    step: Memo<Option<StoryStep>>,
) -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            step.with(|step| {
                let Some(step) = step else {
                    return Vec::new();
                };
                let gone = gone(document, step).figures;
                let figures = step.figures.iter().copied();
                let there = figures.filter(|figure| !gone.contains(figure));
                there
                    .map(|figure| (figure, figure_name(document, figure)))
                    .collect()
            })
        })
    });
    // What they are, once the worker has said it.
    let is_any_shown = Memo::new(move |_| shown.with(|shown| !shown.is_empty()));
    Effect::new(move |_| {
        app.document.track();
        // Runs of the map may have said more.
        app.stream.track();
        let story = step.with(|step| step.as_ref().map(|step| step.story));
        if let Some(story) = story.filter(|_| is_any_shown.get()) {
            worker::request(app, Request::StoryFigures(story));
        }
    });
    let value_of = move |name: &str| {
        app.story_figures.with(|all| {
            let (_, told) = all.iter().find(|(step, _)| *step == id)?;
            let told = told.iter().find(|told| told.name == name)?;
            let value = told.value.as_deref().unwrap_or("unknown");
            Some((value.to_owned(), told.trust.clone()))
        })
    };
    let others = Memo::new(move |_| {
        app.document.track();
        let all = app.with(|core| {
            let document = core.editor.document();
            match document.stations().is_empty() {
                true => Vec::new(),
                false => bindings(document),
            }
        });
        let taken = step.with(|step| step.as_ref().map(|step| step.figures.to_vec()));
        let taken = taken.unwrap_or_default();
        let all = all.into_iter();
        let all = all.map(|(binding, words)| (StoryFigure::Bound(binding), words));
        all.filter(|(figure, _)| !taken.contains(figure))
            .collect::<Vec<_>>()
    });
    let options = Signal::derive(move || {
        let first = [(String::new(), "Show a figure…".to_owned())];
        let others = others.get().into_iter();
        // The words are different: each begins with the name of what it is about.
        let others = others.map(|(_, words)| (words.clone(), words));
        first.into_iter().chain(others).collect::<Vec<_>>()
    });
    let all = move || step.with_untracked(|step| step.as_ref().map(|step| step.figures.to_vec()));
    let add = move |value: String| {
        let figure = others.with_untracked(|others| {
            let found = others.iter().find(|(_, words)| *words == value);
            found.map(|(figure, _)| *figure)
        });
        if let (Some(mut figures), Some(figure)) = (all(), figure) {
            figures.push(figure);
            stories::change(app, |document| show_figures(document, id, figures));
        }
    };
    let remove = move |gone: StoryFigure| {
        if let Some(mut figures) = all() {
            figures.retain(|figure| *figure != gone);
            stories::change(app, |document| show_figures(document, id, figures));
        }
    };
    let line = move |(figure, name): (StoryFigure, String)| {
        let spoken = format!("Do not show {name}");
        let value = {
            let name = name.clone();
            move || {
                value_of(&name).map(|(value, trust)| {
                    let trust = (!trust.is_empty()).then(|| {
                        view! {
                            " "
                            <span class="story-trust">{trust}</span>
                        }
                    });
                    view! {
                        <span class="story-value">{value} {trust}</span>
                    }
                })
            }
        };
        view! {
            <li class="story-line">
                <span dir="auto">{name} {value}</span>
                <IconButton
                    picture=icondata_lu::LuX
                    name=spoken
                    title="Do not show it"
                    on:click=move |_| remove(figure)
                />
            </li>
        }
    };
    let is_any = move || shown.with(|all| !all.is_empty()) || others.with(|all| !all.is_empty());
    view! {
        <Show when=is_any>
            <div class="story-part" role="group" aria-label="Figures beside the words">
                <ul class="story-lines">
                    <For each=move || shown.get() key=Clone::clone children=line/>
                </ul>
                <Choice
                    options
                    chosen=String::new()
                    keep=add
                    attr:aria-label="Show a figure"
                />
            </div>
        </Show>
    }
}
