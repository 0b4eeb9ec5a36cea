//! One's own templates: documents of this browser that open as copies.

use leptos::prelude::*;

use super::has;
use crate::app::browser::storage::STORE;
use crate::app::components::dialogs::document_card::SmallPicture;
use crate::app::components::icon::IconButton;
use crate::app::services::documents;
use crate::app::state::use_app;
use crate::app::text::contents_in_words;
use crate::model::{Id, isolated};
use crate::store::library::{self, Contents};

/// A template of one's own.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnTemplate {
    id: Id,
    /// As it was written; may be empty.
    title: String,
    changed_at: u64,
    /// How much it holds, in words.
    size: String,
}

/// The templates that are in this browser, those changed last first.
pub fn listed() -> Vec<OwnTemplate> {
    let all = library::list(STORE).unwrap_or_default().into_iter();
    let own = all.filter(|one| one.is_template && one.deleted_at.is_none());
    let own = own.filter_map(|one| match one.contents {
        Contents::Sound {
            title,
            changed_at,
            counts,
        } => Some(OwnTemplate {
            id: one.id,
            title,
            changed_at,
            size: contents_in_words(counts).join(", "),
        }),
        Contents::Unreadable => None,
    });
    own.collect()
}

/// Those that have these words.
pub fn found(own: &[OwnTemplate], words: &str) -> Vec<OwnTemplate> {
    let own = own.iter().filter(|one| has(&one.title, words));
    own.cloned().collect()
}

/// One's own templates; nothing where there are none.
#[component]
pub fn OwnTemplates(
    /// Those that are shown.
    shown: Memo<Vec<OwnTemplate>>,
    /// Lists them again.
    #[prop(into)]
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <Show when=move || shown.with(|shown| !shown.is_empty())>
            <section>
                <h3 class="templates-heading">"Yours"</h3>
                <ul class="templates">
                    <For each=move || shown.get() key=|one| one.id let:template>
                        <OwnCard template again/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn OwnCard(template: OwnTemplate, again: Callback<()>) -> impl IntoView {
    let app = use_app();
    let OwnTemplate {
        id,
        title,
        changed_at,
        size,
    } = template;
    let name = match title.as_str() {
        "" => "Untitled diagram".to_owned(),
        title => isolated(title).into_owned(),
    };
    let open = {
        let title = title.clone();
        move |_| documents::open_template(app, id, title.clone())
    };
    let remove = move |_| {
        documents::delete(app, id, &title);
        again.run(());
    };
    let changed_at = Memo::new(move |_| changed_at);
    view! {
        <li class="template-own">
            <button class="template" on:click=open>
                <SmallPicture id changed_at/>
                <strong>{name.clone()}</strong>
                <span class="template-size">{size}</span>
            </button>
            <IconButton
                picture=icondata_lu::LuTrash2
                name=format!("Delete {name}")
                title="Delete"
                on:click=remove
            />
        </li>
    }
}
