//! What a variable is counted in, and between which values it is expected.

use leptos::prelude::*;

use super::tell;
use crate::app::components::field::InputField;
use crate::app::services::notify;
use crate::app::state::use_app;
use crate::editor::{Command, typed_number};
use crate::model::{Id, ValueRange, Variable, VariableKind};

/// The fields.
#[component]
pub fn Facts(id: Id, variable: Memo<Variable>) -> impl IntoView {
    let app = use_app();
    let has_limit = move || variable.with(|variable| variable.kind != VariableKind::Plain);
    let is_never = move || variable.with(|variable| variable.non_negative);
    view! {
        <label class="equation-label">
            <span>"Units"</span>
            <InputField
                value=Signal::derive(move || variable.with(|variable| variable.units.clone()))
                keep=move |typed| tell(app, Command::SetUnits(id, typed))
                attr:class="field"
                attr:autocomplete="off"
                attr:placeholder="people/week"
            />
        </label>
        <RangeFields id variable/>
        <Show when=has_limit>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=is_never
                    on:change=move |event| {
                        let is_on = event_target_checked(&event);
                        tell(app, Command::SetNonNegative(id, is_on));
                    }
                />
                "Never below 0"
            </label>
        </Show>
    }
}

/// The least and the most value. One alone is kept here until there is the other.
#[component]
fn RangeFields(id: Id, variable: Memo<Variable>) -> impl IntoView {
    let app = use_app();
    let range = Memo::new(move |_| variable.with(|variable| variable.range));
    let ends = [(); 2].map(|()| RwSignal::new(String::new()));
    let said = RwSignal::new(None::<&'static str>);
    Effect::new(move |_| {
        let range = range.get();
        let words = range.map(|range| [range.least, range.most].map(|end| end.to_string()));
        for (end, words) in ends.iter().zip(words.unwrap_or_default()) {
            end.set(words);
        }
        said.set(None);
    });
    let keep = move || {
        let typed = ends.map(|end| end.get_untracked().trim().to_owned());
        let numbers = [typed_number(&typed[0]), typed_number(&typed[1])];
        let told = match (typed.each_ref().map(String::as_str), numbers) {
            (["", ""], _) => {
                tell(app, Command::SetRange(id, None));
                None
            }
            (_, [Some(least), Some(most)]) if least > most => {
                Some("The least value is above the greatest")
            }
            (_, [Some(least), Some(most)]) => {
                tell(app, Command::SetRange(id, Some(ValueRange { least, most })));
                None
            }
            // The other end may be typed next.
            (["", _] | [_, ""], _) => None,
            _ => Some("A range has two numbers"),
        };
        said.set(told);
        if let Some(told) = told {
            notify::announce(app, told.to_owned());
        }
    };
    let [least, most] = ends;
    let field = move |end: RwSignal<String>, label: &'static str, hint: &'static str| {
        view! {
            <InputField
                value=end
                keep=move |typed: String| {
                    end.set(typed);
                    keep();
                }
                attr:class="field"
                attr:aria-label=label
                attr:inputmode="decimal"
                attr:autocomplete="off"
                attr:placeholder=hint
            />
        }
    };
    view! {
        <div class="equation-range" role="group" aria-label="Expected range">
            <span class="equation-caption">"Range"</span>
            {field(least, "Least value expected", "least")}
            <span aria-hidden="true">"to"</span>
            {field(most, "Greatest value expected", "most")}
        </div>
        <p class="equation-fault trouble">{move || said.get()}</p>
    }
}
