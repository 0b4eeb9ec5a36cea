//! The ready diagrams: fetched when asked for, opened as new documents.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::app::browser::{in_time, window};
use crate::app::services::{files, notify};
use crate::app::state::{App, Tone, use_app};

/// A line of the list of templates.
#[derive(Clone, Debug, PartialEq)]
struct Template {
    file: String,
    kind: Kind,
    title: String,
    description: String,
    /// How many loops or steps it has.
    size: u32,
}

/// What a template shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A causal loop diagram.
    Loops,
    /// A value-stream map.
    Stream,
}

/// The groups of the list, with their headings.
const GROUPS: [(Kind, &str); 2] = [(Kind::Loops, "Loops"), (Kind::Stream, "Value streams")];

impl Template {
    /// How much there is in it, in words.
    fn size_words(&self) -> String {
        let word = match self.kind {
            Kind::Loops => "loop",
            Kind::Stream => "step",
        };
        let plural = if self.size == 1 { "" } else { "s" };
        format!("{} {word}{plural}", self.size)
    }
}

/// The templates of a list; `None` if it is not one.
fn listed(text: &str) -> Option<Vec<Template>> {
    let list = js_sys::JSON::parse(text).ok()?;
    let templates = list.dyn_ref::<js_sys::Array>()?.iter();
    let template = templates.map(|entry| {
        let field = |name: &str| js_sys::Reflect::get(&entry, &name.into()).ok();
        let words = |name: &str| field(name)?.as_string();
        let (kind, size) = match words("kind").as_deref() {
            Some("stream") => (Kind::Stream, "steps"),
            _ => (Kind::Loops, "loops"),
        };
        Some(Template {
            file: words("file")?,
            kind,
            title: words("title")?,
            description: words("description")?,
            size: field(size)?.as_f64()? as u32,
        })
    });
    template.collect()
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
    let list: RwSignal<Option<Result<Vec<Template>, String>>> = RwSignal::new(None);
    in_time(async move {
        let found = match fetch("templates/index.json").await {
            Ok(text) => listed(&text).ok_or_else(|| "their list cannot be read".to_owned()),
            Err(error) => Err(error),
        };
        list.set(Some(found));
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
        title, description, ..
    } = template.clone();
    view! {
        <li>
            <button class="template" on:click=move |_| open(app, template.clone())>
                <strong>{title}</strong>
                <span class="template-words">{description}</span>
                <span class="template-size">{size}</span>
            </button>
        </li>
    }
}

fn open(app: App, template: Template) {
    in_time(async move {
        match fetch(&format!("templates/{}", template.file)).await {
            Ok(text) => {
                files::open_text(app, &text, &template.title);
            }
            Err(why) => {
                let words = format!("{} was not opened: {why}.", template.title);
                notify::show(app, words, Tone::Trouble, None);
            }
        }
    });
}
