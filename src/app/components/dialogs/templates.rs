//! The ready diagrams, each with a picture.

use leptos::html;
use leptos::prelude::*;

use crate::app::browser::in_time;
use crate::app::services::pictures::show_small;
use crate::app::services::templates::{self, Kind, Template};
use crate::app::state::use_app;
use crate::format::json;

/// The groups of the list, with their headings.
const GROUPS: [(Kind, &str); 3] = [
    (Kind::Loops, "Loops"),
    (Kind::Stream, "Value streams"),
    (Kind::Model, "Models that run"),
];

/// The list of templates.
#[component]
pub fn Templates() -> impl IntoView {
    let list: RwSignal<Option<Result<Vec<Template>, String>>> = RwSignal::new(None);
    in_time(async move {
        list.set(Some(templates::list().await));
    });
    view! {
        <p class="muted">"Each opens as a new diagram of your own."</p>
        {move || match list.get() {
            None => view! { <p>"Fetching…"</p> }.into_any(),
            Some(Err(why)) => view! {
                <p class="trouble">{format!("The templates cannot be fetched: {why}.")}</p>
            }
            .into_any(),
            Some(Ok(templates)) => view! { <Groups templates/> }.into_any(),
        }}
    }
}

#[component]
fn Groups(templates: Vec<Template>) -> impl IntoView {
    let group = |(kind, heading)| {
        let group = templates.iter().filter(|template| template.kind == kind);
        let cards = group.map(|template| view! { <Card template=template.clone()/> });
        view! {
            <section>
                <h3 class="templates-heading">{heading}</h3>
                <ul class="templates">{cards.collect_view()}</ul>
            </section>
        }
    };
    view! { <div>{GROUPS.map(group).collect_view()}</div> }
}

#[component]
fn Card(template: Template) -> impl IntoView {
    let app = use_app();
    let size = template.size_words();
    let Template {
        file,
        title,
        description,
        ..
    } = template;
    let open = {
        let (file, title) = (file.clone(), title.clone());
        move |_| templates::open(app, file.clone(), title.clone())
    };
    view! {
        <li>
            <button class="template" on:click=open>
                <Picture file/>
                <strong>{title}</strong>
                <span class="template-words">{description}</span>
                <span class="template-size">{size}</span>
            </button>
        </li>
    }
}

/// Its picture, painted once it was fetched; without one the words say enough.
#[component]
fn Picture(file: String) -> impl IntoView {
    let app = use_app();
    let place = NodeRef::<html::Span>::new();
    in_time(async move {
        let text = templates::text_of(&file).await.unwrap_or_default();
        if let (Ok(read), Some(Some(place))) = (json::read(&text), place.try_get_untracked()) {
            show_small(app, &read.document, &place);
        }
    });
    view! { <span class="picture" aria-hidden="true" node_ref=place></span> }
}
