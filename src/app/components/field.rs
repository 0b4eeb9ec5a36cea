//! Fields that are not written over while somebody types in them, and choices.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

/// What a field shows, and whether somebody types in it.
///
/// While somebody types, the field holds what they type. A new value waits: it shows once they
/// commit what they typed, or leave the field. What was typed and refused stays in the field, so
/// that it can be mended, until there is a new value.
#[derive(Clone, Copy)]
struct Held {
    typing: RwSignal<bool>,
    shown: Memo<String>,
}

impl Held {
    fn of(value: Signal<String>) -> Self {
        let typing = RwSignal::new(false);
        let shown = Memo::new(
            move |before: Option<&String>| match (typing.get(), before) {
                (true, Some(before)) => before.clone(),
                _ => value.get(),
            },
        );
        Self { typing, shown }
    }

    fn begins(self) {
        self.typing.set(true);
    }

    fn ends(self) {
        self.typing.set(false);
    }
}

/// A field of one line. Attributes are given with `attr:`, further handlers with `on:`.
#[component]
pub fn InputField(
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Hears what was typed, once it is committed.
    #[prop(optional, into)]
    keep: Option<Callback<String>>,
    /// Finds the field.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let held = Held::of(value);
    view! {
        <input
            dir="auto"
            node_ref=node_ref
            prop:value=held.shown
            on:input=move |_| held.begins()
            on:blur=move |_| held.ends()
            on:change=move |event: ev::Event| {
                held.ends();
                if let Some(keep) = keep {
                    // A field that is taken away says once more what is in it, to nobody.
                    let _ = keep.try_run(event_target_value(&event));
                }
            }
        />
    }
}

/// A field of several lines. Attributes are given with `attr:`, further handlers with `on:`.
#[component]
pub fn TextArea(
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Hears what was typed, once it is committed.
    #[prop(optional, into)]
    keep: Option<Callback<String>>,
    /// Finds the field.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
) -> impl IntoView {
    let held = Held::of(value);
    view! {
        <textarea
            dir="auto"
            node_ref=node_ref
            prop:value=held.shown
            on:input=move |_| held.begins()
            on:blur=move |_| held.ends()
            on:change=move |event: ev::Event| {
                held.ends();
                if let Some(keep) = keep {
                    // A field that is taken away says once more what is in it, to nobody.
                    let _ = keep.try_run(event_target_value(&event));
                }
            }
        ></textarea>
    }
}

/// The value of each option of a choice, and its words.
pub type Options = Vec<(String, String)>;

/// A choice of one of a few words. Attributes are given with `attr:`.
#[component]
pub fn Choice(
    /// The value of each option and its words; two options of one value are one.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value that is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// Options of a group under its name, after the others.
    #[prop(optional)]
    group: Option<(&'static str, Signal<Options>)>,
    /// Hears the value that a person chooses.
    #[prop(optional, into)]
    keep: Option<Callback<String>>,
) -> impl IntoView {
    let chosen = Memo::new(move |_| chosen.get());
    let option = move |(value, words): (String, String)| {
        let own = value.clone();
        view! {
            <option
                dir="auto"
                value=value
                prop:selected=move || chosen.with(|chosen| *chosen == own)
            >
                {words}
            </option>
        }
    };
    view! {
        <select
            class="field"
            on:change=move |event: ev::Event| {
                if let Some(keep) = keep {
                    // A field that is taken away says once more what is in it, to nobody.
                    let _ = keep.try_run(event_target_value(&event));
                }
            }
        >
            <For each=move || options.get() key=Clone::clone children=option/>
            {group
                .map(|(name, options)| {
                    let is_any = move || !options.with(Vec::is_empty);
                    view! {
                        <Show when=is_any>
                            <optgroup label=name>
                                <For
                                    each=move || options.get()
                                    key=Clone::clone
                                    children=option
                                />
                            </optgroup>
                        </Show>
                    }
                })}
        </select>
    }
}
