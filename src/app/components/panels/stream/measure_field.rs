//! A field in which a measure is typed as people write it, with its source and date.

use leptos::prelude::*;

use crate::app::dispatch::dispatch;
use crate::app::plain::{show, tag, text_of, written};
use crate::app::state::App;
use crate::editor::{Command, Event};
use crate::model::{
    Amount, Date, Element, Id, Measure, MeasureKind, Measures, measure_text, parse_measure,
};

/// What is known of a measure of a record.
fn stated(app: App, id: Id, kind: MeasureKind) -> Option<Measure> {
    app.with(|core| {
        let document = core.editor.document();
        let station = document
            .stations()
            .get(&id)
            .map(|station| &station.measures);
        let measures = station.or_else(|| document.flows().get(&id).map(|flow| &flow.measures));
        measures.and_then(|measures| measures.get(kind)).cloned()
    })
}

/// States a measure of a record, or takes it back.
fn state(app: App, id: Id, kind: MeasureKind, measure: Option<Measure>) {
    let Some(mut element) = app.with(|core| core.editor.document().element(id)) else {
        return;
    };
    let measures: &mut Measures = match &mut element {
        Element::Station(station) => &mut station.measures,
        Element::Flow(flow) => &mut flow.measures,
        _ => return,
    };
    measures.set(kind, measure);
    dispatch(app, Event::Do(Command::Replace(id, element)));
}

/// How sure an amount is, in a word.
const fn knowledge_word(amount: &Amount) -> &'static str {
    match amount {
        Amount::Unknown => "unknown",
        Amount::Guessed(_) => "guess",
        Amount::Estimated(_) => "estimate",
        Amount::Measured(_) => "measured",
    }
}

/// The field of one measure of a station or flow.
pub fn measure_field(app: App, id: Id, kind: MeasureKind) -> AnyView {
    let now = Memo::new(move |_| {
        app.document.track();
        stated(app, id, kind)
    });
    let wrong = RwSignal::new(String::new());
    let keep = move |typed: String| match parse_measure(&typed, kind) {
        Err(error) => wrong.set(error.to_string()),
        Ok(amount) => {
            wrong.set(String::new());
            let before = stated(app, id, kind);
            let measure = amount.map(|(amount, unit)| {
                let before = before.unwrap_or_else(|| Measure::new(Amount::Unknown, unit));
                before.restated(amount, unit)
            });
            state(app, id, kind, measure);
        }
    };
    let field_id = format!("measure-{}", kind.name().replace([' ', '%', '&'], "-"));
    let shown = move || {
        now.with(|now| now.as_ref().map(measure_text))
            .unwrap_or_default()
    };
    let word = move || now.with(|now| now.as_ref().map_or("", |now| knowledge_word(&now.amount)));
    let field = tag("input")
        .class("field")
        .with("id", field_id.clone())
        .value(text_of(shown))
        .with("placeholder", kind.placeholder())
        .with("autocomplete", "off")
        .with(
            "aria-invalid",
            text_of(move || (!wrong.get().is_empty()).to_string()),
        )
        .on("change", move |event| keep(written(&event)));
    let label = tag("label")
        .class("measure-name")
        .with("for", field_id)
        .text(text_of(move || {
            app.document.track();
            app.with(|core| kind.title(core.editor.document().properties().stream.pack))
        }));
    let trouble = trouble(wrong);
    let provenance = show(
        move || now.with(Option::is_some),
        move || provenance(app, id, kind, now),
    );
    tag("div")
        .class("measure")
        .child(label)
        .child(field)
        .child(
            tag("span")
                .class("measure-knowledge muted")
                .text(text_of(word)),
        )
        .child(trouble)
        .child(provenance)
        .view()
}

/// What is wrong with what was typed, beside its field.
pub fn trouble(wrong: RwSignal<String>) -> AnyView {
    show(
        move || !wrong.get().is_empty(),
        move || {
            tag("p")
                .class("trouble")
                .with("role", "alert")
                .text(text_of(move || wrong.get()))
                .view()
        },
    )
}

/// Where a measure comes from, and when it was taken.
fn provenance(app: App, id: Id, kind: MeasureKind, now: Memo<Option<Measure>>) -> AnyView {
    let change = move |change: &dyn Fn(&mut Measure)| {
        if let Some(mut measure) = stated(app, id, kind) {
            change(&mut measure);
            state(app, id, kind, Some(measure));
        }
    };
    let source = tag("input")
        .class("field field-small")
        .label(format!("Source of {}", kind.name()))
        .with("placeholder", "Source: who or what says so")
        .with("maxlength", "200")
        .with("autocomplete", "off")
        .value(text_of(move || {
            now.with(|now| now.as_ref().map(|now| now.source.clone()))
                .unwrap_or_default()
        }))
        .on("change", move |event| {
            let typed = written(&event);
            change(&|measure| measure.source = typed.trim().to_owned());
        });
    let date = tag("input")
        .class("field field-small")
        .with("type", "date")
        .label(format!("Date of {}", kind.name()))
        .value(text_of(move || {
            now.with(|now| now.as_ref().and_then(|now| now.date))
                .map_or_else(String::new, |date| date.to_string())
        }))
        .on("change", move |event| {
            let typed = written(&event);
            change(&|measure| measure.date = Date::parse(&typed));
        });
    tag("div")
        .class("provenance")
        .child(source)
        .child(date)
        .view()
}
