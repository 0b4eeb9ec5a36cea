//! A constant with a range, to be chosen.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::model::{Id, exact_text};
use crate::worker::{Slider, SpreadRange};

/// A constant: whether it is chosen, and between which numbers it is.
#[component]
pub fn RangeRow(
    /// The constant.
    id: Id,
    /// All constants.
    sliders: Memo<Vec<Slider>>,
    /// Those that are chosen.
    ranges: RwSignal<Vec<SpreadRange>>,
    /// Its least and greatest number at first.
    first: fn(&Slider) -> (f64, f64),
) -> impl IntoView {
    let slider =
        Memo::new(move |_| sliders.with(|all| all.iter().find(|one| one.id == id).cloned()));
    let name =
        move || slider.with(|one| one.as_ref().map(|one| one.name.clone()).unwrap_or_default());
    let range =
        Memo::new(move |_| ranges.with(|all| all.iter().find(|one| one.about == id).copied()));
    let toggle = move |_| {
        let first = slider.with_untracked(|slider| {
            let (low, high) = first(slider.as_ref()?);
            Some(SpreadRange {
                about: id,
                low,
                high,
            })
        });
        ranges.update(|all| match all.iter().position(|one| one.about == id) {
            Some(place) => {
                all.remove(place);
            }
            None => all.extend(first),
        });
    };
    let keep = move |typed: String, change: fn(&mut SpreadRange, f64)| {
        if let Ok(number) = typed.trim().replace(',', ".").parse::<f64>()
            && number.is_finite()
        {
            ranges.update(|all| {
                if let Some(one) = all.iter_mut().find(|one| one.about == id) {
                    change(one, number);
                }
            });
        }
    };
    let bound = move |read: fn(&SpreadRange) -> f64| {
        Signal::derive(move || {
            range.with(|range| {
                range
                    .as_ref()
                    .map(|one| exact_text(read(one)))
                    .unwrap_or_default()
            })
        })
    };
    view! {
        <div class="run-range">
            <label>
                <input
                    type="checkbox"
                    prop:checked=move || range.with(Option::is_some)
                    on:change=toggle
                />
                <span dir="auto">{name}</span>
            </label>
            <Show when=move || range.with(Option::is_some)>
                <span class="run-bounds">
                    <InputField
                        value=bound(|one| one.low)
                        keep=move |typed| keep(typed, |one, number| one.low = number)
                        attr:class="field field-small"
                        attr:inputmode="decimal"
                        attr:aria-label=move || format!("Least {}", name())
                    />
                    <span>"to"</span>
                    <InputField
                        value=bound(|one| one.high)
                        keep=move |typed| keep(typed, |one, number| one.high = number)
                        attr:class="field field-small"
                        attr:inputmode="decimal"
                        attr:aria-label=move || format!("Greatest {}", name())
                    />
                </span>
            </Show>
        </div>
    }
}
