//! The step that is presented, as its speaker sees it, and the one after it.

use leptos::html;
use leptos::prelude::*;

use crate::app::browser::files::image_address;
use crate::app::components::words::words;
use crate::editor::{SpeakerStep, StepWords};

/// What is said where a step has no notes.
pub const NO_NOTES: &str = "No notes for this step.";

/// The notes, in letters that are read from a lectern.
#[component]
pub fn Said(
    /// The step that is shown.
    step: Memo<Option<SpeakerStep>>,
) -> impl IntoView {
    let notes = Memo::new(move |_| {
        step.with(|step| step.as_ref().map(|step| (step.number, step.notes.clone())))
    });
    let element = NodeRef::<html::Section>::new();
    // Long notes are read from their beginning, and can be scrolled by keys.
    let is_long = RwSignal::new(false);
    Effect::new(move |_| {
        notes.track();
        if let Some(element) = element.get() {
            element.set_scroll_top(0);
            is_long.set(element.scroll_height() > element.client_height() + 1);
        }
    });
    let is_empty =
        move || notes.with(|notes| notes.as_ref().is_none_or(|(_, text)| text.is_empty()));
    let text = move || {
        notes.with(|notes| match notes {
            Some((_, text)) if !text.is_empty() => text.clone(),
            _ => NO_NOTES.to_owned(),
        })
    };
    view! {
        <section
            class="notes-said"
            class:notes-none=is_empty
            node_ref=element
            aria-label="Notes for the speaker"
            tabindex=move || is_long.get().then_some("0")
        >
            <p dir="auto">{text}</p>
        </section>
    }
}

/// What the audience is told now.
#[component]
pub fn Told(
    /// The step that is shown.
    step: Memo<Option<SpeakerStep>>,
) -> impl IntoView {
    let told = Memo::new(move |_| step.with(|step| step.as_ref().map(|step| step.told.clone())));
    view! {
        <section class="notes-step" aria-label="Now">
            <h2>"Now"</h2>
            {move || told.with(|told| told.as_ref().map(texts))}
        </section>
    }
}

/// What comes next, small: its picture, once it is drawn, its title and its words.
#[component]
pub fn Next(
    /// The step that is shown.
    step: Memo<Option<SpeakerStep>>,
    /// The picture: the presentation, the number of the step before it, an SVG.
    picture: RwSignal<Option<(String, usize, String)>>,
) -> impl IntoView {
    let next =
        Memo::new(move |_| step.with(|step| step.as_ref().and_then(|step| step.next.clone())));
    let shown = Memo::new(move |_| {
        step.with(|step| {
            let step = step.as_ref().filter(|step| step.next.is_some())?;
            picture.with(|picture| {
                let (of, after, svg) = picture.as_ref()?;
                (*of == step.of && *after == step.number).then(|| image_address(svg))
            })
        })
    });
    view! {
        <section class="notes-step notes-next" aria-label="Next">
            <h2>"Next"</h2>
            {move || shown.get().map(|address| view! { <img src=address alt=""/> })}
            {move || {
                next.with(|next| match next {
                    Some(next) => texts(next),
                    None => view! { <p class="muted">"This is the last step."</p> }.into_any(),
                })
            }}
        </section>
    }
}

fn texts(told: &StepWords) -> AnyView {
    let title = told.title.clone();
    view! {
        {(!title.is_empty()).then(|| view! { <h3 dir="auto">{title}</h3> })}
        <div class="notes-words">{words(&told.words)}</div>
    }
    .into_any()
}
