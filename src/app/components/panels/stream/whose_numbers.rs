//! Changing an improvement where the canvas shows one: whose numbers are changed, what is left out, and the
//! steps that are put in.

use leptos::prelude::*;

use super::measure_field::MeasureField;
use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::services::improvements;
use crate::app::state::{Page, use_app};
use crate::model::{Id, Improvement, MeasureKind, can_be_left_out, can_have_steps, in_sentence};
use crate::worker::{Showing, improvement_name};

/// The measures that are asked of a step which is put in.
const OF_ADDED: [MeasureKind; 4] = [
    MeasureKind::ProcessTime,
    MeasureKind::WaitingTime,
    MeasureKind::CompleteAndAccurate,
    MeasureKind::Servers,
];

/// The improvement that the canvas shows; none of today.
fn shown() -> Memo<Option<Improvement>> {
    let app = use_app();
    Memo::new(move |_| {
        app.document.track();
        app.showing
            .with(|showing| app.with(|core| showing.improvement(core.editor.document())))
    })
}

/// Says that an improvement is changed and not today, while the canvas shows one, with the way back.
#[component]
pub fn WhoseNumbers() -> impl IntoView {
    let app = use_app();
    let shown = shown();
    let name = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(improvement_name)));
    move || {
        name.get().filter(|_| app.page == Page::Editor).map(|name| {
            view! {
                <div class="whose-numbers" role="status">
                    <p>
                        "You change the improvement "
                        <strong>{name}</strong>
                        ", not today."
                    </p>
                    <button
                        class="button button-small"
                        on:click=move |_| improvements::show(app, Showing::Today, "")
                    >
                        "Back to today"
                    </button>
                </div>
            }
        })
    }
}

/// What is done with the shape of the map that an improvement makes, while the canvas shows one: leaving
/// out what is selected, putting steps in on a flow.
#[component]
pub fn ShapeFields(
    /// The station or flow.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let shown = shown();
    let is_shown = Memo::new(move |_| shown.with(Option::is_some) && app.page == Page::Editor);
    let is_out = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().is_some_and(|one| one.leaves_out(id)))
    });
    let what = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let station = document.stations().get(&id);
            let flow = document.flows().get(&id);
            let is_flow = flow.is_some();
            let may_go = is_flow || station.is_some_and(can_be_left_out);
            let takes_steps = flow.is_some_and(can_have_steps);
            (is_flow, may_go, takes_steps)
        })
    });
    let words = move || match (is_out.get(), what.get().0) {
        (false, false) => "Leave this step out",
        (true, false) => "Take this step back in",
        (false, true) => "Leave this flow out",
        (true, true) => "Take this flow back in",
    };
    let steps = Memo::new(move |_| {
        shown.with(|shown| {
            let steps = shown.as_ref().map(|one| one.added_on(id));
            let steps = steps.into_iter().flatten();
            steps.map(|step| step.id).collect::<Vec<Id>>()
        })
    });
    let takes_steps = move || what.get().2 && !is_out.get();
    view! {
        <Show when=move || is_shown.get()>
            <div class="shape-fields">
                <Show when=move || what.get().1>
                    <button
                        class="button"
                        on:click=move |_| improvements::leave_out_or_take_back(app, id)
                    >
                        {words}
                    </button>
                </Show>
                <Show when=takes_steps>
                    <For each=move || steps.get() key=|step| *step let:step>
                        <AddedFields step shown/>
                    </For>
                    <button class="button" on:click=move |_| improvements::put_step_in(app, id)>
                        "Put a step in here"
                    </button>
                </Show>
            </div>
        </Show>
    }
}

/// The name and the measures of a step that is put in.
#[component]
fn AddedFields(step: Id, shown: Memo<Option<Improvement>>) -> impl IntoView {
    let app = use_app();
    let name = Memo::new(move |_| {
        shown.with(|shown| {
            let mut steps = shown.iter().flat_map(|one| one.added.iter());
            let found = steps.find(|one| one.id == step);
            found.map(|one| one.name.clone()).unwrap_or_default()
        })
    });
    let spoken = move || in_sentence(&name.get());
    view! {
        <section class="added-step" aria-label=move || format!("Put in: {}", spoken())>
            <div class="added-head">
                <InputField
                    value=name
                    keep=move |typed: String| improvements::name_added(app, step, &typed)
                    attr:class="field"
                    attr:id=format!("added-name-{step}")
                    attr:aria-label="Name of the step that is put in"
                    attr:maxlength="200"
                    attr:autocomplete="off"
                />
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Take {} out again", spoken())
                    title="Take it out again"
                    on:click=move |_| improvements::take_added_out(app, step)
                />
            </div>
            {OF_ADDED.map(|kind| view! { <MeasureField id=step kind/> }).collect_view()}
        </section>
    }
}
