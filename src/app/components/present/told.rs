//! The step that is told, below the diagram.

use leptos::html;
use leptos::prelude::*;

use crate::app::components::words::blocks;
use crate::app::state::{App, use_app};
use crate::editor::ToldStep;
use crate::worker::ToldFigure;

/// The figures of the step that is shown.
pub fn figures_of(app: App) -> Vec<ToldFigure> {
    app.step.track();
    let step = app.with(|core| core.editor.presenting()?.step_id());
    app.story_figures.with(|all| {
        let mut all = all.iter();
        let found = all.find(|(id, _)| Some(*id) == step);
        found.map_or_else(Vec::new, |(_, figures)| figures.clone())
    })
}

/// Title, words, loops, figures, and what is gone.
#[component]
pub fn Told(
    /// What is told.
    told: Memo<Option<ToldStep>>,
    /// The figures beside it.
    figures: Memo<Vec<ToldFigure>>,
) -> impl IntoView {
    let app = use_app();
    let element = NodeRef::<html::Div>::new();
    // A long text is read from its beginning, and can be scrolled by keys.
    let is_long = RwSignal::new(false);
    Effect::new(move |_| {
        told.track();
        figures.track();
        app.view.track();
        if let Some(element) = element.get() {
            is_long.set(element.scroll_height() > element.client_height() + 1);
        }
    });
    let place = Memo::new(move |_| told.with(|told| told.as_ref().map(|told| told.number)));
    Effect::new(move |_| {
        let is_told = place.get().is_some();
        if let Some(element) = element.get_untracked().filter(|_| is_told) {
            element.set_scroll_top(0);
        }
    });
    view! {
        <div
            class="present-told"
            node_ref=element
            tabindex=move || is_long.get().then_some("0")
            role=move || is_long.get().then_some("group")
            aria-label=move || is_long.get().then_some("Words of the step")
        >
            {move || told.with(|told| told.as_ref().and_then(title))}
            <div class="present-said">
                {move || told.with(|told| told.as_ref().map(step))}
                {move || figures.with(|figures| (!figures.is_empty()).then(|| list(figures)))}
            </div>
        </div>
    }
}

fn title(told: &ToldStep) -> Option<impl IntoView + use<>> {
    let title = told.title.clone();
    (!title.is_empty()).then(|| view! { <h2 class="present-title" dir="auto">{title}</h2> })
}

fn step(told: &ToldStep) -> impl IntoView + use<> {
    let loops = told.loops.iter().map(|(name, sentence)| {
        view! {
            <p>
                <strong>{name.clone()}</strong>
                {(!sentence.is_empty()).then(|| format!(": {sentence}"))}
            </p>
        }
    });
    view! {
        <div class="present-words">
            {blocks(told.words.clone())}
            {loops.collect_view()}
        </div>
        {told.gone.clone().map(|gone| view! { <p class="present-gone">{gone}</p> })}
    }
}

fn list(figures: &[ToldFigure]) -> impl IntoView + use<> {
    let rows = figures.iter().map(|figure| {
        let value = figure.value.clone();
        let value = value.unwrap_or_else(|| "unknown".to_owned());
        let trust = (!figure.trust.is_empty()).then(|| {
            view! {
                " "
                <span class="present-trust">{figure.trust.clone()}</span>
            }
        });
        view! {
            <div>
                <dt>{figure.name.clone()}</dt>
                <dd>
                    {value}
                    {trust}
                </dd>
            </div>
        }
    });
    view! { <dl class="present-figures">{rows.collect_view()}</dl> }
}
