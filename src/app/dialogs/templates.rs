//! The ready diagrams: fetched when asked for, opened as new documents.

use leptos::prelude::*;

use crate::app::plain::{on, view_of};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

use crate::app::browser::window;
use crate::app::state::use_app;

/// A line of the list of templates.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Template {
    file: String,
    title: String,
    description: String,
    loops: u32,
}

/// Fetches a text of this site, under wherever the site stands.
async fn fetch(path: &str) -> Result<String, String> {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let url = web_sys::Url::new_with_base(path, &base).map_err(|_| path.to_owned())?;
    let answer = JsFuture::from(window().fetch_with_str(&url.href()))
        .await
        .map_err(|_| "there is no connection".to_owned())?;
    let answer: Response = answer
        .dyn_into()
        .map_err(|_| "there is no answer".to_owned())?;
    if !answer.ok() {
        return Err(format!("the answer was {}", answer.status()));
    }
    let text = answer
        .text()
        .map_err(|_| "the answer has no text".to_owned())?;
    let text = JsFuture::from(text)
        .await
        .map_err(|_| "the answer broke off".to_owned())?;
    text.as_string()
        .ok_or_else(|| "the answer has no text".to_owned())
}

/// The list of templates.
#[component]
pub fn Templates() -> impl IntoView {
    let app = use_app();
    let list: RwSignal<Option<Result<Vec<Template>, String>>> = RwSignal::new(None);
    spawn_local(async move {
        let found = match fetch("templates/index.json").await {
            Ok(text) => serde_json::from_str(&text).map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        list.set(Some(found));
    });
    let open = move |template: Template| {
        spawn_local(async move {
            match fetch(&format!("templates/{}", template.file)).await {
                Ok(text) => {
                    app.open_text(&text, &template.title);
                }
                Err(why) => {
                    let words = format!("{} was not opened: {why}.", template.title);
                    app.show(words, crate::app::toast::Tone::Trouble, None);
                }
            }
        });
    };
    view! {
        <p class="muted">"Each opens as a new diagram of your own."</p>
        {view_of(move || match list.get() {
            None => view! { <p>"Fetching…"</p> }.into_any(),
            Some(Err(why)) => view! {
                <p class="trouble">{format!("The templates cannot be fetched: {why}.")}</p>
            }.into_any(),
            Some(Ok(templates)) => view! {
                <ul class="templates">
                    {templates.into_iter().map(|template| {
                        let chosen = template.clone();
                        view! {
                            <li>
                                <button class="template" on:click=on(move |_| open(chosen.clone()))>
                                    <strong>{template.title}</strong>
                                    <span class="template-words">{template.description}</span>
                                    <span class="template-loops">
                                        {match template.loops {
                                            1 => "1 loop".to_owned(),
                                            loops => format!("{loops} loops"),
                                        }}
                                    </span>
                                </button>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            }.into_any(),
        })}
    }
}
