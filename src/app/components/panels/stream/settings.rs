//! The calendar of the stream, its limit of work, and the words people see.

use leptos::prelude::*;

use super::follow;
use super::measure_field::Trouble;
use super::pick::Pick;
use crate::app::components::field::InputField;
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event};
use crate::model::{
    Calendar, Measure, MeasureKind, Pack, StreamSettings, TimeBasis, duration_text, measure_text,
    number_text, parse_measure,
};

const BASES: [(TimeBasis, &str); 2] = [
    (TimeBasis::Working, "Working time: a day is a day's work"),
    (TimeBasis::Clock, "The clock: a day is 24 h"),
];
const PACKS: [(Pack, &str); 2] = [
    (Pack::Software, "Software delivery"),
    (Pack::Manufacturing, "Manufacturing"),
];

/// One of the measures of the stream as a whole.
type Whole = fn(&mut StreamSettings) -> &mut Option<Measure>;

fn change(app: App, change: impl FnOnce(&mut StreamSettings)) {
    let mut settings = app.with(|core| core.editor.document().properties().stream.clone());
    change(&mut settings);
    dispatch(app, Event::Do(Command::SetStream(settings)));
}

/// A field whose text may be wrong.
#[component]
pub fn SettingField(
    /// Its name.
    label: &'static str,
    /// What it holds.
    #[prop(into)]
    value: Signal<String>,
    /// Keeps what was typed, or says what is wrong with it.
    #[prop(into)]
    keep: Callback<String, Result<(), String>>,
) -> impl IntoView {
    let wrong = RwSignal::new(String::new());
    let keep = move |typed| wrong.set(keep.run(typed).err().unwrap_or_default());
    view! {
        <div class="measure">
            <span class="measure-name" aria-hidden="true">
                {label}
            </span>
            <InputField
                value
                keep=keep
                attr:class="field"
                attr:aria-label=label
                attr:autocomplete="off"
            />
            <Trouble wrong/>
        </div>
    }
}

/// The calendar by which a day's work itself is told: that of the clock.
fn clock() -> Calendar {
    Calendar {
        basis: TimeBasis::Clock,
        ..Calendar::default()
    }
}

/// The work of a day, as it is told.
fn day_text(settings: &StreamSettings) -> String {
    let seconds = settings.seconds_per_day;
    if seconds >= 10_800.0 {
        format!("{} h", number_text(seconds / 3_600.0))
    } else {
        duration_text(seconds, &clock())
    }
}

/// Keeps what was typed as the work of a day.
fn keep_day(app: App, typed: &str) -> Result<(), String> {
    let parsed =
        parse_measure(typed, MeasureKind::ProcessTime).map_err(|error| error.to_string())?;
    let amount = parsed.and_then(|(amount, unit)| Some(clock().seconds(amount.likely()?, unit)));
    let amount = amount.filter(|seconds| (1.0..=86_400.0).contains(seconds));
    let seconds = amount.ok_or("a span up to 24 h is needed, such as 8 h")?;
    change(app, |settings| settings.seconds_per_day = seconds);
    Ok(())
}

/// Keeps what was typed as the days of a week.
fn keep_week(app: App, typed: &str) -> Result<(), String> {
    let days = typed
        .trim()
        .parse()
        .ok()
        .filter(|days| (0.1..=7.0).contains(days));
    let days = days.ok_or("a number up to 7 is needed")?;
    change(app, |settings| settings.days_per_week = days);
    Ok(())
}

/// Keeps what was typed as a measure of the stream as a whole.
fn keep_measure(app: App, kind: MeasureKind, of: Whole, typed: &str) -> Result<(), String> {
    let parsed = parse_measure(typed, kind).map_err(|error| error.to_string())?;
    change(app, |settings| {
        *of(settings) = parsed.map(|(amount, unit)| Measure::new(amount, unit));
    });
    Ok(())
}

/// The settings of the stream.
#[component]
pub fn Settings() -> impl IntoView {
    let app = use_app();
    let now = follow(app, |document| document.properties().stream.clone());
    let stated = move |label: &'static str, kind: MeasureKind, of: Whole| {
        let value = move || {
            now.with(|now| of(&mut now.clone()).as_ref().map(measure_text))
                .unwrap_or_default()
        };
        let keep = move |typed: String| keep_measure(app, kind, of, &typed);
        view! { <SettingField label value=Signal::derive(value) keep=keep/> }
    };
    view! {
        <Pick
            label="Spans of time are"
            list=&BASES
            now=Signal::derive(move || now.with(|now| now.basis))
            keep=move |basis: TimeBasis| change(app, |settings| settings.basis = basis)
        />
        <SettingField
            label="Work a day"
            value=Signal::derive(move || now.with(day_text))
            keep=move |typed: String| keep_day(app, &typed)
        />
        <SettingField
            label="Days a week"
            value=Signal::derive(move || now.with(|now| number_text(now.days_per_week)))
            keep=move |typed: String| keep_week(app, &typed)
        />
        {stated("WIP limit", MeasureKind::Limit, |now| &mut now.work_limit)}
        {stated("WIP, counted", MeasureKind::WorkInProgress, |now| &mut now.work_in_progress)}
        {stated("Throughput, counted", MeasureKind::Demand, |now| &mut now.throughput)}
        <Pick
            label="Words"
            list=&PACKS
            now=Signal::derive(move || now.with(|now| now.pack))
            keep=move |pack: Pack| change(app, |settings| settings.pack = pack)
        />
    }
}
