//! What stays lit on the canvas while all else steps back, in words, with the way out of it.

use leptos::prelude::*;

use crate::app::components::icon::IconButton;
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{Event, FARTHEST};
use crate::model::isolated;

/// What is lit for as long as a person wants.
#[derive(Clone, PartialEq)]
enum Kept {
    /// A loop, by its code and name.
    Loop(String),
    /// What is so many links away from something.
    Neighbours(String, u32),
    /// What has a tag.
    Tag(String),
}

fn kept(app: App) -> Option<Kept> {
    app.selection.track();
    app.loops.track();
    app.document.track();
    app.with(|core| {
        let (editor, document) = (&core.editor, core.editor.document());
        if let Some(key) = editor.chosen_loop() {
            let mut loops = editor.report().loops.iter();
            let code = loops.find(|named| named.key == *key);
            let code = code.map_or("Loop", |named| named.code.as_str());
            let label = document.label_of(key).map(|(_, label)| label.name.trim());
            return Some(Kept::Loop(match label {
                None | Some("") => code.to_owned(),
                Some(name) => format!("{code} {}", isolated(name)),
            }));
        }
        let Some(shown) = editor.neighbours() else {
            let tag = &editor.tagged()?.tag;
            return Some(Kept::Tag(isolated(tag).into_owned()));
        };
        let first = shown.of.iter().next()?;
        let name = match shown.of.len() {
            1 => isolated(&editor.describe(*first)).into_owned(),
            count => format!("{count} selected"),
        };
        Some(Kept::Neighbours(name, shown.steps))
    })
}

/// The chip on the canvas that says what is lit.
#[component]
pub fn LitChip() -> impl IntoView {
    let app = use_app();
    let kept = Memo::new(move |_| kept(app));
    move || {
        kept.get().map(|kept| match kept {
            Kept::Loop(name) => view! {
                <div class="lit-chip" role="group" aria-label="Highlighted">
                    <span class="lit-words">{name} " lit"</span>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Show everything"
                        title="Show everything (Esc)"
                        on:click=move |_| dispatch(app, Event::ChooseLoop(None))
                    />
                </div>
            }
            .into_any(),
            Kept::Tag(tag) => view! {
                <div class="lit-chip" role="group" aria-label="Highlighted">
                    <span class="lit-words">"Tagged " {tag}</span>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Show everything"
                        title="Show everything (Esc)"
                        on:click=move |_| dispatch(app, Event::ShowTag(None))
                    />
                </div>
            }
            .into_any(),
            Kept::Neighbours(name, steps) => {
                let (is_nearest, is_farthest) = (steps <= 1, steps >= FARTHEST);
                view! {
                <div class="lit-chip" role="group" aria-label="Highlighted">
                    <span class="lit-words">"Near " {name} ", " {words_of(steps)}</span>
                    <IconButton
                        picture=icondata_lu::LuMinus
                        name="One step less"
                        title="One step less"
                        attr:disabled=is_nearest
                        on:click=move |_| dispatch(app, Event::NeighboursWithin(steps - 1))
                    />
                    <IconButton
                        picture=icondata_lu::LuPlus
                        name="One step more"
                        title="One step more (Shift+N)"
                        attr:disabled=is_farthest
                        on:click=move |_| dispatch(app, Event::NeighboursWithin(steps + 1))
                    />
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Show everything"
                        title="Show everything (Esc)"
                        on:click=move |_| dispatch(app, Event::NeighboursWithin(0))
                    />
                </div>
                }
                .into_any()
            }
        })
    }
}

fn words_of(steps: u32) -> String {
    match steps {
        1 => "1 step".to_owned(),
        steps => format!("{steps} steps"),
    }
}
