//! Sliders for constants: the model runs again as they move.

use leptos::prelude::*;

use super::follow_run;
use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::services::run;
use crate::app::state::{Page, use_app};
use crate::model::{Id, exact_text, number_text};
use crate::worker::Slider;

/// How many places a slider has.
const PLACES: f64 = 200.0;
/// The most sliders that are shown at first.
const FIRST: usize = 12;

/// The sliders of the constants.
#[component]
pub fn Sliders() -> impl IntoView {
    let app = use_app();
    let all = RwSignal::new(false);
    let keys = follow_run(app, |view| {
        view.sliders.iter().map(|one| one.id).collect::<Vec<_>>()
    });
    let shown = move || {
        let most = if all.get() { usize::MAX } else { FIRST };
        keys.get().into_iter().take(most).collect::<Vec<_>>()
    };
    let more = Memo::new(move |_| keys.with(Vec::len).saturating_sub(FIRST));
    let is_tried = Memo::new(move |_| app.run_choice.with(|choice| !choice.tried.is_empty()));
    view! {
        <div class="run-sliders">
            <For each=shown key=|id| *id let:id>
                <SliderRow id/>
            </For>
        </div>
        <Show when=move || { more.get() > 0 }>
            <button class="button" on:click=move |_| all.update(|all| *all = !*all)>
                {move || match all.get() {
                    true => "Show fewer".to_owned(),
                    false => format!("Show {} more", more.get()),
                }}
            </button>
        </Show>
        <Show when=move || is_tried.get()>
            <div class="button-row">
                <button
                    class="button"
                    on:click=move |_| run::choose(app, |choice| {
                        choice.tried.clear();
                        choice.of = None;
                    })
                >
                    "Back to the model"
                </button>
                {(app.page == Page::Editor)
                    .then(|| {
                        view! {
                            <button class="button" on:click=move |_| run::write_tried(app)>
                                "Write into the model"
                            </button>
                        }
                    })}
            </div>
        </Show>
    }
}

#[component]
fn SliderRow(id: Id) -> impl IntoView {
    let app = use_app();
    let slider = follow_run(app, move |view| {
        view.sliders.iter().find(|one| one.id == id).cloned()
    });
    let read =
        move |read: fn(&Slider) -> f64| slider.with(|slider| slider.as_ref().map_or(0.0, read));
    let value = Memo::new(move |_| {
        let tried = app.run_choice.with(|choice| {
            let mut tried = choice.tried.iter();
            tried.find(|one| one.about == id).map(|one| one.value)
        });
        tried.unwrap_or_else(|| read(|slider| slider.value))
    });
    let name = move || {
        slider.with(|slider| {
            slider
                .as_ref()
                .map(|one| one.name.clone())
                .unwrap_or_default()
        })
    };
    let units = move || {
        slider.with(|slider| {
            slider
                .as_ref()
                .map(|one| one.units.clone())
                .unwrap_or_default()
        })
    };
    let is_changed = Memo::new(move |_| {
        app.run_choice
            .with(|choice| choice.tried.iter().any(|one| one.about == id))
    });
    let place = move || {
        let (least, most) = (read(|one| one.least), read(|one| one.most));
        let share = (value.get() - least) / (most - least);
        (share.clamp(0.0, 1.0) * PLACES).round().to_string()
    };
    let slide = move |event| {
        let Ok(place) = event_target_value(&event).parse::<f64>() else {
            return;
        };
        let (least, most) = (read(|one| one.least), read(|one| one.most));
        let value = least + (most - least) * place / PLACES;
        // As many digits as a place of the slider is worth.
        let digits = ((most - least) / PLACES).log10().floor();
        let unit = 10_f64.powf(digits);
        let rounded = if unit < 1.0 {
            (value / unit).round() / (1.0 / unit).round()
        } else {
            value.round()
        };
        run::try_value(app, id, rounded);
    };
    let type_in = move |typed: String| {
        if let Ok(value) = typed.trim().replace(',', ".").parse::<f64>()
            && value.is_finite()
        {
            run::try_value(app, id, value);
        }
    };
    view! {
        <div class="run-slider" class:run-slider-changed=move || is_changed.get()>
            <span class="run-slider-name" dir="auto">
                {name}
            </span>
            <span class="run-slider-units muted">{units}</span>
            <input
                type="range"
                min="0"
                max=PLACES.to_string()
                step="1"
                aria-label=name
                aria-valuetext=move || format!("{} {}", number_text(value.get()), units())
                prop:value=place
                on:input=slide
            />
            <InputField
                value=Signal::derive(move || exact_text(value.get()))
                keep=type_in
                attr:class="field field-small"
                attr:inputmode="decimal"
                attr:aria-label=move || format!("Value of {}", name())
                attr:autocomplete="off"
            />
            <Show when=move || is_changed.get()>
                <IconButton
                    picture=icondata_lu::LuUndo2
                    name=move || format!("Back to the model's value of {}", name())
                    title="Back to the model's value"
                    on:click=move |_| run::try_value(app, id, read(|one| one.value))
                />
            </Show>
        </div>
    }
}
