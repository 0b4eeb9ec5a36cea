//! A field in which a measure is typed as people write it, with its source and date.

use leptos::prelude::*;

use crate::app::browser::today;
use crate::app::components::field::{InputField, TextArea};
use crate::app::services::improvements;
use crate::app::state::{App, use_app};
use crate::model::{
    Amount, Calendar, Date, Id, Improvement, Measure, MeasureKind, Times, Unit, calendar_of_times,
    duration_text, grouped, improved_measure, measure_text, parse_measure, parse_times,
};
use crate::worker::Showing;

/// What is known of a measure of a record on the map of today.
fn today_of(app: App, id: Id, kind: MeasureKind) -> Option<Measure> {
    app.with(|core| {
        let nothing = Improvement::default();
        improved_measure(core.editor.document(), &nothing, (id, kind))
    })
}

/// What a list of measured times says of a kind of measure: their mean, and each of them; none of what
/// is no list of several.
fn listed(app: App, kind: MeasureKind, typed: &str) -> Option<Measure> {
    if !kind.can_have_times() {
        return None;
    }
    let calendar = app.with(|core| core.editor.document().calendar());
    let (times, count) = parse_times(typed, kind, None, &calendar).ok()??;
    (count > 1).then(|| Measure {
        times: Some(times.clone()),
        ..Measure::measured(times.stated_mean(), times.unit)
    })
}

/// The field of one measure of a station or flow, on the map that the canvas shows.
#[component]
pub fn MeasureField(
    /// The station or flow, or a step that the improvement puts in which the canvas shows.
    id: Id,
    /// What is measured.
    kind: MeasureKind,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.showing.track();
        improvements::measure(app, (id, kind))
    });
    // What it is today, where an improvement is shown that changes it.
    let before = Memo::new(move |_| {
        app.document.track();
        let is_shown = app.showing.with(|showing| *showing != Showing::Today);
        let today = today_of(app, id, kind);
        let is_there = app.with(|core| core.editor.document().kind_of(id).is_some());
        let differs = is_shown && is_there && now.with(|now| *now != today);
        differs.then(|| today.as_ref().map_or("not stated".to_owned(), measure_text))
    });
    let is_today = Memo::new(move |_| app.showing.with(|showing| *showing == Showing::Today));
    let wrong = RwSignal::new(String::new());
    let keep = move |typed: String| match parse_measure(&typed, kind) {
        Err(error) => match listed(app, kind, &typed) {
            Some(measure) => {
                wrong.set(String::new());
                improvements::state(app, vec![((id, kind), Some(measure))]);
            }
            None => wrong.set(error.to_string()),
        },
        Ok(amount) => {
            wrong.set(String::new());
            let before = improvements::measure(app, (id, kind));
            let measure = amount.map(|(amount, unit)| {
                let before = before.unwrap_or_else(|| Measure::new(Amount::Unknown, unit));
                before.restated(amount, unit)
            });
            improvements::state(app, vec![((id, kind), measure)]);
        }
    };
    let slug = kind.name().replace([' ', '%', '&'], "-");
    // Steps that are put in stand beside each other, and beside their flow.
    let field_id = match app.with(|core| core.editor.document().kind_of(id).is_some()) {
        true => format!("measure-{slug}"),
        false => format!("measure-{slug}-{id}"),
    };
    let title = move || {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let pack = document.properties().stream.pack;
            let flow = document.flows().get(&id);
            flow.map_or_else(
                || kind.title(pack),
                |flow| kind.title_on_flow(flow.kind, pack),
            )
        })
    };
    let shown = move || {
        now.with(|now| now.as_ref().map(measure_text))
            .unwrap_or_default()
    };
    let word = move || now.with(|now| now.as_ref().map_or("", Measure::knowledge_word));
    view! {
        <div class="measure">
            <label class="measure-name" for=field_id.clone()>
                {title}
            </label>
            <InputField
                value=Signal::derive(shown)
                keep=keep
                attr:class="field"
                attr:id=field_id
                attr:placeholder=kind.placeholder()
                attr:autocomplete="off"
                attr:aria-invalid=move || (!wrong.get().is_empty()).to_string()
            />
            <span class="measure-knowledge muted">{word}</span>
            <Trouble wrong/>
            <Show when=move || before.with(Option::is_some)>
                <p class="muted measure-before">"Today: " {move || before.get()}</p>
            </Show>
            // What is wished for comes from nowhere.
            <Show when=move || is_today.get() && now.with(Option::is_some)>
                <Provenance id kind now/>
            </Show>
            <Show when=move || {
                is_today.get() && kind.can_have_times() && now.with(Option::is_some)
            }>
                <MeasuredTimes id kind now/>
            </Show>
        </div>
    }
}

/// The times of single items that were measured, each of which counts in a run.
#[component]
fn MeasuredTimes(id: Id, kind: MeasureKind, now: Memo<Option<Measure>>) -> impl IntoView {
    let app = use_app();
    let wrong = RwSignal::new(String::new());
    // What became of a list that was typed and was too long.
    let thinned = RwSignal::new(String::new());
    let keep = move |typed: String| {
        let calendar = app.with(|core| core.editor.document().calendar());
        let Some(before) = improvements::measure(app, (id, kind)) else {
            return;
        };
        thinned.set(String::new());
        match parse_times(&typed, kind, Some(before.unit), &calendar) {
            Err(error) => wrong.set(error.to_string()),
            Ok(read) => {
                wrong.set(String::new());
                if let Some((times, count)) = &read
                    && *count > times.values.len()
                {
                    thinned.set(format!(
                        "{} times were typed: {} that stand for all of them are kept.",
                        grouped(*count as u64),
                        times.values.len()
                    ));
                }
                let times = read.map(|(times, _)| times);
                let measure = Measure { times, ..before };
                improvements::state(app, vec![((id, kind), Some(measure))]);
            }
        }
    };
    let times = move || now.with(|now| now.as_ref().and_then(|now| now.times.clone()));
    let shown = move || times().as_ref().map(Times::text).unwrap_or_default();
    let words = move || {
        let calendar = app.with(|core| core.editor.document().calendar());
        now.with(|now| {
            now.as_ref()
                .and_then(|now| times_in_words(now, kind, &calendar))
        })
    };
    view! {
        <div class="measured-times">
            <TextArea
                value=Signal::derive(shown)
                keep=keep
                attr:class="field field-small"
                attr:rows="1"
                attr:aria-label=format!("Measured times of {}", kind.name())
                attr:placeholder="Measured times: 3 h, 5 h, 2 d"
                attr:autocomplete="off"
                attr:aria-invalid=move || (!wrong.get().is_empty()).to_string()
            />
            <Trouble wrong/>
            <p class="muted" role="status">
                {move || words().unwrap_or_default()}
                " "
                {move || thinned.get()}
            </p>
        </div>
    }
}

/// What is said of measured times beside the number with which the figures count.
fn times_in_words(measure: &Measure, kind: MeasureKind, calendar: &Calendar) -> Option<String> {
    let times = measure.times.as_ref()?;
    let calendar = calendar_of_times(kind, calendar);
    let text = |amount: f64, unit: Unit| duration_text(calendar.seconds(amount, unit), &calendar);
    let mean = text(times.mean(), times.unit);
    let counted = times.counted();
    let likely = measure
        .amount
        .likely()
        .map(|likely| text(likely, measure.unit));
    Some(match likely {
        Some(likely) if likely != mean => format!(
            "{counted}, drawn in runs as they were. Their mean is {mean}; the figures count with \
             {likely}."
        ),
        _ => format!("{counted}, drawn in runs as they were. Their mean is {mean}."),
    })
}

/// What is wrong with what was typed, beside its field.
#[component]
pub fn Trouble(
    /// What is wrong; empty where nothing is.
    wrong: RwSignal<String>,
) -> impl IntoView {
    view! {
        <Show when=move || !wrong.get().is_empty()>
            <p class="trouble" role="alert">
                {move || wrong.get()}
            </p>
        </Show>
    }
}

/// Where a measure comes from, and when it was taken.
#[component]
fn Provenance(id: Id, kind: MeasureKind, now: Memo<Option<Measure>>) -> impl IntoView {
    let app = use_app();
    let change = move |change: &dyn Fn(&mut Measure)| {
        if let Some(mut measure) = improvements::measure(app, (id, kind)) {
            change(&mut measure);
            improvements::state(app, vec![((id, kind), Some(measure))]);
        }
    };
    let source = Signal::derive(move || {
        now.with(|now| now.as_ref().map(|now| now.source.clone()))
            .unwrap_or_default()
    });
    let date = Signal::derive(move || {
        now.with(|now| now.as_ref().and_then(|now| now.date))
            .map_or_else(String::new, |date| date.to_string())
    });
    let keep_source = move |typed: String| {
        change(&|measure| measure.source = typed.trim().to_owned());
    };
    let keep_date = move |typed: String| {
        change(&|measure| measure.date = Date::parse(&typed));
    };
    let is_stated = Memo::new(move |_| {
        now.with(|now| {
            let now = now.as_ref();
            now.is_some_and(|now| now.amount.likely().is_some() && now.knowledge_word() == "stated")
        })
    });
    let measured = move |_| change(&|measure| measure.date = Date::parse(&today()));
    view! {
        <Show when=move || is_stated.get()>
            <button
                class="button button-small"
                aria-label=format!("The {} was measured", kind.name())
                on:click=measured
            >
                "Measured today"
            </button>
        </Show>
        <div class="provenance">
            <InputField
                value=source
                keep=keep_source
                attr:class="field field-small"
                attr:aria-label=format!("Source of {}", kind.name())
                attr:placeholder="Source: who or what says so"
                attr:maxlength="200"
                attr:autocomplete="off"
            />
            <InputField
                value=date
                keep=keep_date
                attr:class="field field-small"
                attr:r#type="date"
                attr:aria-label=format!("Date of {}", kind.name())
            />
        </div>
    }
}
