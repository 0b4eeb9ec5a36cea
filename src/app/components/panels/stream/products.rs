//! The products of a customer, with what is asked for of each, and their times at a step.

use leptos::prelude::*;

use super::measure_field::Trouble;
use crate::app::components::field::InputField;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{
    Command, Event, add_product, products_at, remove_product, rename_product, state_product,
};
use crate::model::{
    Document, Id, Measure, MeasureKind, Patch, StationKind, measure_text, parse_measure,
};

/// Changes the document by a patch that is made of it.
fn change(app: App, make: impl FnOnce(&Document) -> Patch) -> bool {
    let patch = app.with(|core| make(core.editor.document()));
    let changes = !patch.is_empty();
    if changes {
        dispatch(app, Event::Do(Command::Apply(patch)));
    }
    changes
}

/// The products of a customer or step; nothing at a step while no customer names any.
#[component]
pub fn ProductFields(
    /// The station.
    id: Id,
    /// What it is.
    kind: StationKind,
) -> impl IntoView {
    let app = use_app();
    let names = Memo::new(move |_| {
        app.document.track();
        app.with(|core| products_at(core.editor.document(), id))
    });
    let is_customer = kind == StationKind::Customer;
    let shows = move || is_customer || names.with(|names| !names.is_empty());
    view! {
        <Show when=shows>
            <div class="products">
                <h4>"Products"</h4>
                <For each=move || 0..names.with(Vec::len) key=|place| *place let:place>
                    <ProductRow id kind names place/>
                </For>
                {is_customer
                    .then(|| {
                        view! {
                            <button
                                class="button"
                                on:click=move |_| {
                                    change(app, |document| add_product(document, id));
                                }
                            >
                                "Add a product"
                            </button>
                        }
                    })}
            </div>
        </Show>
    }
}

/// One product: at a customer its name and what is known of it, at a step its time.
#[component]
fn ProductRow(id: Id, kind: StationKind, names: Memo<Vec<String>>, place: usize) -> impl IntoView {
    let name =
        Memo::new(move |_| names.with(|names| names.get(place).cloned().unwrap_or_default()));
    let fields = move || {
        let kinds = MeasureKind::of_product(kind).iter();
        kinds
            .map(|measure| view! { <ProductMeasure id kind name place measure=*measure/> })
            .collect_view()
    };
    match kind {
        StationKind::Customer => view! {
            <div class="product" role="group" aria-label=name>
                <ProductName id name/>
                {fields()}
            </div>
        }
        .into_any(),
        _ => fields().into_any(),
    }
}

/// The name of a product of a customer, and the button that takes it out.
#[component]
fn ProductName(id: Id, name: Memo<String>) -> impl IntoView {
    let app = use_app();
    let wrong = RwSignal::new(String::new());
    let keep = move |typed: String| {
        let now = name.get_untracked();
        let is_kept =
            typed.trim() == now || change(app, |document| rename_product(document, &now, &typed));
        wrong.set(match is_kept {
            true => String::new(),
            false if typed.trim().is_empty() => "A product needs a name.".to_owned(),
            false => "Another product has this name.".to_owned(),
        });
    };
    let remove = move |_| {
        let now = name.get_untracked();
        change(app, |document| remove_product(document, id, &now));
    };
    view! {
        <div class="product-name">
            <InputField
                value=name
                keep=keep
                attr:class="field"
                attr:aria-label="Name of the product"
                attr:maxlength="200"
                attr:autocomplete="off"
                attr:aria-invalid=move || (!wrong.get().is_empty()).to_string()
            />
            <IconButton
                picture=icondata_lu::LuX
                name=move || format!("Remove {}", name.get())
                title="Remove this product"
                on:click=remove
            />
            <Trouble wrong/>
        </div>
    }
}

/// What is known of a product at a station.
fn stated(app: App, id: Id, name: &str, measure: MeasureKind) -> Option<Measure> {
    app.with(|core| {
        let station = core.editor.document().stations().get(&id)?;
        let product = station.products.get(name)?;
        product.measures.get(measure).cloned()
    })
}

/// The field of a measure of a product.
#[component]
fn ProductMeasure(
    id: Id,
    kind: StationKind,
    name: Memo<String>,
    place: usize,
    measure: MeasureKind,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        name.with(|name| stated(app, id, name, measure))
    });
    // At a step its own time holds for products that say none.
    let own = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let station = core.editor.document().stations().get(&id)?;
            station.measures.get(measure).map(measure_text)
        })
    });
    let is_step = kind == StationKind::Step;
    let wrong = RwSignal::new(String::new());
    let keep = move |typed: String| match parse_measure(&typed, measure) {
        Err(error) => wrong.set(error.to_string()),
        Ok(amount) => {
            wrong.set(String::new());
            let name = name.get_untracked();
            let before = stated(app, id, &name, measure);
            let said = amount.map(|(amount, unit)| match before {
                Some(before) => before.restated(amount, unit),
                None => Measure::new(amount, unit),
            });
            change(app, |document| {
                state_product(document, id, &name, measure, said)
            });
        }
    };
    let label = move || {
        app.document.track();
        match is_step {
            true => name.get(),
            false => {
                let pack = app.with(|core| core.editor.document().properties().stream.pack);
                measure.title(pack).to_owned()
            }
        }
    };
    let shown = move || now.with(|now| now.as_ref().map(measure_text).unwrap_or_default());
    let placeholder = move || match own.get().filter(|_| is_step) {
        Some(own) => format!("as the step: {own}"),
        None => measure.placeholder().to_owned(),
    };
    let word = move || match now.get() {
        Some(now) => now.knowledge_word(),
        None if is_step && own.get().is_some() => "",
        None => "not stated",
    };
    let field_id = field_id(measure, place);
    view! {
        <div class="measure">
            <label class="measure-name" for=field_id.clone()>
                {label}
            </label>
            <InputField
                value=Signal::derive(shown)
                keep=keep
                attr:class="field"
                attr:id=field_id
                attr:placeholder=placeholder
                attr:autocomplete="off"
                attr:aria-invalid=move || (!wrong.get().is_empty()).to_string()
            />
            <span class="measure-knowledge muted">{word}</span>
            <Trouble wrong/>
        </div>
    }
}

/// The id of the field of a measure of the product at a place of the list.
fn field_id(measure: MeasureKind, place: usize) -> String {
    format!("product-{place}-{}", measure.name().replace(' ', "-"))
}

/// The id of the field of a measure of a product of a station, if it has one.
pub fn product_field(
    document: &Document,
    station: Id,
    product: &str,
    measure: MeasureKind,
) -> Option<String> {
    let names = products_at(document, station);
    let place = names.iter().position(|name| name == product)?;
    Some(field_id(measure, place))
}
