//! The ready diagrams of this site: fetched when asked for, opened as new documents.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::app::browser::{in_time, window};
use crate::app::services::{files, notify};
use crate::app::state::{App, Offer, Tone};

/// The diagram that is shown to who asks for an example, and its title.
const EXAMPLE: (&str, &str) = ("fear-of-deploying.json", "Fear of deploying");

/// A line of the list of templates.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// The name of its file.
    pub file: String,
    /// What it shows.
    pub kind: Kind,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// How many loops or steps it has.
    pub size: u32,
    /// How many steps the story has that tells it; 0 of one without a story.
    pub story: u32,
}

/// What a template shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A causal loop diagram.
    Loops,
    /// A value-stream map.
    Stream,
    /// A model that runs.
    Model,
}

impl Template {
    /// What is searched: its title and what it is about.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} {}", self.title, self.description)
    }

    /// How much there is in it, in words: `2 loops, a story of 5 steps`.
    #[must_use]
    pub fn size_words(&self) -> String {
        let word = match self.kind {
            Kind::Loops | Kind::Model => "loop",
            Kind::Stream => "step",
        };
        let plural = if self.size == 1 { "" } else { "s" };
        let story = match self.story {
            0 => String::new(),
            steps => format!(", a story of {steps} steps"),
        };
        format!("{} {word}{plural}{story}", self.size)
    }
}

/// Fetches the list of them.
///
/// # Errors
/// Why they cannot be had, as the end of a sentence.
pub async fn list() -> Result<Vec<Template>, String> {
    let text = fetch("templates/index.json").await?;
    listed(&text).ok_or_else(|| "their list cannot be read".to_owned())
}

/// Fetches the text of one.
///
/// # Errors
/// Why it cannot be had, as the end of a sentence.
pub async fn text_of(file: &str) -> Result<String, String> {
    fetch(&format!("templates/{file}")).await
}

/// Opens one as a new document.
pub fn open(app: App, file: String, title: String) {
    in_time(async move {
        match text_of(&file).await {
            Ok(text) => {
                if files::open_text(app, &text, &title) {
                    offer_story(app);
                }
            }
            Err(why) => {
                let words = format!("{title} was not opened: {why}.");
                notify::show(app, words, Tone::Trouble, None);
            }
        }
    });
}

/// Offers to present the story of the template that was opened, if it has one.
fn offer_story(app: App) {
    let steps = app.with(|core| core.editor.document().story_steps().len());
    if steps > 0 {
        let words = format!("A story of {steps} steps tells it.");
        notify::show(app, words, Tone::Info, Some(Offer::Present));
    }
}

/// Opens a diagram to look at, and to change.
pub fn open_example(app: App) {
    open(app, EXAMPLE.0.to_owned(), EXAMPLE.1.to_owned());
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
            Some("model") => (Kind::Model, "loops"),
            _ => (Kind::Loops, "loops"),
        };
        Some(Template {
            file: words("file")?,
            kind,
            title: words("title")?,
            description: words("description")?,
            size: field(size)?.as_f64()? as u32,
            story: field("story")
                .and_then(|steps| steps.as_f64())
                .unwrap_or_default() as u32,
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
