//! What the loops are called, and the archetypes that the diagram is consistent with.

use leptos::prelude::*;

use super::loops::{Found, Listed, keys_of, listed, row_of};
use crate::app::components::field::InputField;
use crate::app::components::panels::fold::{Fold, Shown};
use crate::app::components::report::ReportPart;
use crate::app::dispatch::dispatch;
use crate::app::state::use_app;
use crate::editor::{Command, Event};
use crate::model::LoopKey;
use crate::worker::ReportKind;

/// A field for the name of each loop, and the archetypes.
#[component]
pub fn Names() -> impl IntoView {
    let app = use_app();
    let loops = listed(app);
    let keys = keys_of(loops);
    view! {
        <Show when=move || keys.with(Vec::is_empty)>
            <p class="muted">"There is no loop to name yet."</p>
        </Show>
        <ul class="retro-names" aria-label="Names of the loops">
            <For each=move || keys.get() key=Clone::clone let:key>
                <Name key loops/>
            </For>
        </ul>
        <Show when=move || keys.with(|keys| !keys.is_empty())>
            <Fold title="Archetypes that fit" id="retro-archetypes" first=Shown::Closed>
                <ReportPart kind=ReportKind::Archetypes/>
            </Fold>
        </Show>
    }
}

/// The name of a loop, over the way round.
#[component]
fn Name(key: LoopKey, loops: Listed) -> impl IntoView {
    let app = use_app();
    let row = row_of(loops, key.clone());
    let part = move |of: fn(&Found) -> String| {
        move || row.with(|row| row.as_ref().map(of)).unwrap_or_default()
    };
    let class = move || row.with(|row| row.as_ref().map_or("loop", |row| row.class));
    let named = key.clone();
    let keep = move |typed: String| {
        dispatch(app, Event::Do(Command::NameLoop(named.clone(), typed)));
    };
    let code = part(|row| row.code.clone());
    view! {
        <li class=class>
            <label class="retro-loop">
                <span class="loop-code" aria-hidden="true">{code}</span>
                <span class="loop-words">
                    <InputField
                        value=Signal::derive(part(|row| row.name.clone()))
                        keep=keep
                        attr:class="field"
                        attr:aria-label=move || format!("Name of {}", code())
                        attr:placeholder="What people would call it"
                        attr:autocomplete="off"
                        attr:maxlength="200"
                        on:focus=move |_| {
                            dispatch(app, Event::PointAtLoop(Some(key.clone())));
                        }
                        on:blur=move |_| dispatch(app, Event::PointAtLoop(None))
                    />
                    <span class="loop-meta">
                        {part(|row| format!("{} · {}", row.kind, row.sentence))}
                    </span>
                </span>
            </label>
        </li>
    }
}
