//! What is selected, with the fields of its measures.

use leptos::prelude::*;

use super::bound::{BindingField, DelayFields};
use super::measure_field::MeasureField;
use super::pick::Pick;
use super::products::ProductFields;
use super::whose_numbers::ShapeFields;
use crate::app::components::field::InputField;
use crate::app::dispatch::dispatch;
use crate::app::services::notify;
use crate::app::state::{App, Tone, use_app};
use crate::editor::{Command, Event};
use crate::model::{
    Element, ElementKind, FlowKind, Id, MeasureKind, StationKind, StepRole, StepValue, may_flow,
};

const STATION_KINDS: [(StationKind, &str); 6] = [
    (StationKind::Step, "Step"),
    (StationKind::Queue, "Queue"),
    (StationKind::Supermarket, "Supermarket"),
    (StationKind::Supplier, "Supplier"),
    (StationKind::Customer, "Customer"),
    (StationKind::Control, "Control"),
];
/// The kinds of flows with their words.
pub const FLOW_KINDS: [(FlowKind, &str); 6] = [
    (FlowKind::Push, "Push"),
    (FlowKind::Pull, "Pull"),
    (FlowKind::Fifo, "FIFO lane"),
    (FlowKind::Rework, "Rework"),
    (FlowKind::ManualInformation, "Information, by people"),
    (FlowKind::ElectronicInformation, "Information, electronic"),
];
const ROLES: [(StepRole, &str); 3] = [
    (StepRole::Plain, "Plain step"),
    (StepRole::Commit, "Commits the change"),
    (StepRole::Deployment, "Deploys to production"),
];

const VALUES: [(StepValue, &str); 4] = [
    (StepValue::Unmarked, "Value: not marked"),
    (StepValue::ValueAdding, "Value-adding (VA)"),
    (StepValue::Necessary, "Necessary, not value-adding (NNVA)"),
    (StepValue::Waste, "Waste (NVA)"),
];

/// The fields of the one record that is selected.
#[component]
pub fn Inspector() -> impl IntoView {
    let app = use_app();
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let mut ids = core.editor.selection().iter();
            let (Some(id), None) = (ids.next(), ids.next()) else {
                return None;
            };
            let kind = document.kind_of(*id)?;
            let has_fields = match kind {
                ElementKind::Station | ElementKind::Flow => true,
                ElementKind::Variable | ElementKind::Link => !document.stations().is_empty(),
                ElementKind::Note
                | ElementKind::LoopLabel
                | ElementKind::FindingReview
                | ElementKind::Frame
                | ElementKind::Comment
                | ElementKind::Image
                | ElementKind::Improvement
                | ElementKind::Scenario
                | ElementKind::Story
                | ElementKind::StoryStep
                | ElementKind::Retrospective
                | ElementKind::Fact
                | ElementKind::Variation
                | ElementKind::Experiment => false,
            };
            has_fields.then_some((*id, kind))
        })
    });
    // Each record has fields of its own: what is typed for one is never kept for another.
    view! {
        <For each=move || selected.get() key=|record| *record let((id, kind))>
            <Inspected id kind/>
        </For>
    }
}

/// The fields of a record, under its name.
#[component]
fn Inspected(id: Id, kind: ElementKind) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.describe(id))
    });
    let is_of_map = kind.can_be_improved();
    let fields = match kind {
        ElementKind::Station => view! { <StationFields id/> }.into_any(),
        ElementKind::Flow => view! { <FlowFields id/> }.into_any(),
        ElementKind::Variable => view! { <BindingField id/> }.into_any(),
        ElementKind::Link => view! { <DelayFields id/> }.into_any(),
        ElementKind::Note
        | ElementKind::LoopLabel
        | ElementKind::FindingReview
        | ElementKind::Frame
        | ElementKind::Comment
        | ElementKind::Image
        | ElementKind::Improvement
        | ElementKind::Scenario
        | ElementKind::Story
        | ElementKind::StoryStep
        | ElementKind::Retrospective
        | ElementKind::Fact
        | ElementKind::Variation
        | ElementKind::Experiment => ().into_any(),
    };
    view! {
        <section class="inspector" id="inspector" aria-label="What is selected">
            <h3>{move || words.get()}</h3>
            {fields}
            {is_of_map.then(|| view! { <ShapeFields id/> })}
        </section>
    }
}

/// Changes a record.
fn change(app: App, id: Id, change: impl FnOnce(&mut Element)) {
    if let Some(mut element) = app.with(|core| core.editor.document().element(id)) {
        change(&mut element);
        dispatch(app, Event::Do(Command::Replace(id, element)));
    }
}

#[component]
fn StationFields(id: Id) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let station = core.editor.document().stations().get(&id);
            station.map(|station| station.kind).unwrap_or_default()
        })
    });
    let keep = move |kind: StationKind| {
        change(app, id, |element| {
            if let Element::Station(station) = element {
                station.set_kind(kind);
            }
        });
    };
    let measures = move || MeasureKind::of_station(now.get());
    view! {
        <Pick label="Kind of step" list=&STATION_KINDS now keep=keep/>
        <Show when=move || !measures().is_empty()>
            <p class="muted">
                "2 h stated \u{b7} ~2 h guess \u{b7} 1-2-5 h range \u{b7} ? unknown"
            </p>
        </Show>
        <For each=measures key=|kind| **kind let:kind>
            <MeasureField id kind=*kind/>
        </For>
        {move || {
            let kind = now.get();
            let has_products = !MeasureKind::of_product(kind).is_empty();
            has_products.then(|| view! { <ProductFields id kind/> })
        }}
        <Show when=move || now.get() == StationKind::Step>
            <StepFields id/>
        </Show>
    }
}

/// What the time of a step is worth, who works there, and what it means for delivery.
#[component]
fn StepFields(id: Id) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let station = core.editor.document().stations().get(&id);
            station
                .map(|station| (station.resource.clone(), station.role, station.value))
                .unwrap_or_default()
        })
    });
    let keep_resource = move |typed: String| {
        change(app, id, |element| {
            if let Element::Station(station) = element {
                station.resource = typed.trim().to_owned();
            }
        });
    };
    let keep_role = move |role: StepRole| {
        change(app, id, |element| {
            if let Element::Station(station) = element {
                station.role = role;
            }
        });
    };
    let keep_value = move |value: StepValue| {
        change(app, id, |element| {
            if let Element::Station(station) = element {
                station.value = value;
            }
        });
    };
    view! {
        <Pick
            label="Value to the customer"
            list=&VALUES
            now=Signal::derive(move || now.with(|now| now.2))
            keep=keep_value
        />
        <InputField
            value=Signal::derive(move || now.get().0)
            keep=keep_resource
            attr:class="field"
            attr:aria-label="Shared people or machines"
            attr:placeholder="Shared people or machines, by name"
            attr:maxlength="200"
            attr:autocomplete="off"
        />
        <Pick
            label="Role of the step"
            list=&ROLES
            now=Signal::derive(move || now.with(|now| now.1))
            keep=keep_role
        />
    }
}

#[component]
fn FlowFields(id: Id) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let flow = core.editor.document().flows().get(&id);
            flow.map(|flow| flow.kind).unwrap_or_default()
        })
    });
    let keep = move |kind: FlowKind| {
        let refusal = app.with(|core| {
            let document = core.editor.document();
            let flow = document.flows().get(&id)?;
            may_flow(document, flow.from, flow.to, kind).err()
        });
        if let Some(refusal) = refusal {
            notify::announce(app, refusal.to_string());
            notify::show(app, format!("{refusal}."), Tone::Trouble, None);
            return;
        }
        change(app, id, |element| {
            if let Element::Flow(flow) = element {
                flow.kind = kind;
                flow.measures.retain(MeasureKind::of_flow(kind));
            }
        });
    };
    view! {
        <Pick label="Kind of flow" list=&FLOW_KINDS now keep=keep/>
        <For each=move || MeasureKind::of_flow(now.get()) key=|kind| **kind let:kind>
            <MeasureField id kind=*kind/>
        </For>
    }
}
