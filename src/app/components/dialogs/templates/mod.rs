//! The templates of the site and one's own, each with a picture: searched by words and by kind.

mod own;

use leptos::html;
use leptos::prelude::*;

use crate::app::browser::in_time;
use crate::app::components::icon::Icon;
use crate::app::services::pictures::show_small;
use crate::app::services::retrospectives;
use crate::app::services::templates::{self, Kind, Template};
use crate::app::state::use_app;
use crate::format::json;

use own::OwnTemplates;

/// The groups of the list, with their headings.
const GROUPS: [(Kind, &str); 3] = [
    (Kind::Loops, "Loops"),
    (Kind::Stream, "Value streams"),
    (Kind::Model, "Models that run"),
];

/// Which templates are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Wanted {
    #[default]
    All,
    Yours,
    Of(Kind),
}

impl Wanted {
    fn has(self, kind: Kind) -> bool {
        self == Self::All || self == Self::Of(kind)
    }
}

/// The list of templates.
#[component]
pub fn Templates() -> impl IntoView {
    let app = use_app();
    let list: RwSignal<Option<Result<Vec<Template>, String>>> = RwSignal::new(None);
    in_time(async move {
        list.set(Some(templates::list().await));
    });
    let words = RwSignal::new(String::new());
    let wanted = RwSignal::new(Wanted::default());
    let yours = RwSignal::new(own::listed());
    let own = Memo::new(move |_| match wanted.get() {
        Wanted::Of(_) => Vec::new(),
        _ => words.with(|words| yours.with(|yours| own::found(yours, words))),
    });
    let ready = Memo::new(move |_| {
        let list = list
            .get()
            .and_then(Result::ok)
            .unwrap_or_default()
            .into_iter();
        let is_found = |one: &Template| {
            wanted.get().has(one.kind) && words.with(|words| has(&one.text(), words))
        };
        list.filter(is_found).collect::<Vec<_>>()
    });
    let count = Memo::new(move |_| own.with(Vec::len) + ready.with(Vec::len));
    view! {
        <button class="retrospective-way" on:click=move |_| retrospectives::start(app)>
            <Icon picture=icondata_lu::LuHistory/>
            <strong>"Start a retrospective"</strong>
            <span class="muted">
                "From an event to the structure behind it, in about an hour and without blame: a \
                 guided sheet beside the canvas."
            </span>
        </button>
        <p class="muted">"Each opens as a new diagram of your own."</p>
        <Search words wanted any_own=Signal::derive(move || yours.with(|own| !own.is_empty()))/>
        <p class="muted" role="status">
            {move || match (list.with(Option::is_some), count.get()) {
                (false, _) => String::new(),
                (true, 0) => "No template has these words.".to_owned(),
                (true, 1) => "1 template.".to_owned(),
                (true, count) => format!("{count} templates."),
            }}
        </p>
        <OwnTemplates shown=own again=move || yours.set(own::listed())/>
        {move || match list.get() {
            None => view! { <p>"Fetching…"</p> }.into_any(),
            Some(Err(why)) => view! {
                <p class="trouble">{format!("The templates cannot be fetched: {why}.")}</p>
            }
            .into_any(),
            Some(Ok(_)) => view! { <Groups ready/> }.into_any(),
        }}
    }
}

/// Whether a text has each of these words or parts of words, in any case.
fn has(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    let words = words.to_lowercase();
    words.split_whitespace().all(|word| text.contains(word))
}

/// The field for words, and the choice of a kind.
#[component]
fn Search(
    words: RwSignal<String>,
    wanted: RwSignal<Wanted>,
    any_own: Signal<bool>,
) -> impl IntoView {
    let choice = move |of: Wanted, name: &'static str| {
        view! {
            <button
                class="button button-plain"
                aria-pressed=move || (wanted.get() == of).to_string()
                on:click=move |_| wanted.set(of)
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="templates-search">
            <input
                class="field"
                dir="auto"
                type="search"
                id="templates-search"
                placeholder="Search templates"
                aria-label="Search templates"
                on:input=move |event| words.set(event_target_value(&event))
            />
            <div role="group" aria-label="Kinds of templates">
                {choice(Wanted::All, "All")}
                <Show when=move || any_own.get()>{choice(Wanted::Yours, "Yours")}</Show>
                {GROUPS.map(|(kind, name)| choice(Wanted::Of(kind), name)).collect_view()}
            </div>
        </div>
    }
}

/// The templates of the site, under a heading for each kind.
#[component]
fn Groups(ready: Memo<Vec<Template>>) -> impl IntoView {
    let group = |(kind, heading)| {
        let cards = Memo::new(move |_| {
            let ready = ready.get().into_iter();
            let of_kind = ready.filter(|template| template.kind == kind);
            of_kind.collect::<Vec<_>>()
        });
        view! {
            <Show when=move || cards.with(|cards| !cards.is_empty())>
                <section>
                    <h3 class="templates-heading">{heading}</h3>
                    <ul class="templates">
                        <For each=move || cards.get() key=|one| one.file.clone() let:template>
                            <Card template/>
                        </For>
                    </ul>
                </section>
            </Show>
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
