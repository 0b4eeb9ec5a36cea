//! The calendar of the stream, its limit of work, and the words people see.

use leptos::prelude::*;

use super::follow;
use super::inspector::choice;
use super::measure_field::Trouble;
use crate::app::dispatch::dispatch;
use crate::app::plain::{tag, text_of, together, view_of, written};
use crate::app::state::App;
use crate::editor::{Command, Event};
use crate::model::{
    Calendar, Measure, MeasureKind, Pack, StreamSettings, TimeBasis, duration_text, measure_text,
    number_text, parse_measure,
};

/// One of the measures of the stream as a whole.
type Whole = fn(&mut StreamSettings) -> &mut Option<Measure>;

fn change(app: App, change: impl FnOnce(&mut StreamSettings)) {
    let mut settings = app.with(|core| core.editor.document().properties().stream.clone());
    change(&mut settings);
    dispatch(app, Event::Do(Command::SetStream(settings)));
}

/// A field whose text may be wrong.
fn field(
    label: &'static str,
    value: impl Fn() -> String + Send + 'static,
    keep: impl Fn(String) -> Result<(), String> + Send + 'static,
) -> AnyView {
    let wrong = RwSignal::new(String::new());
    let input = tag("input")
        .class("field")
        .label(label)
        .value(text_of(value))
        .with("autocomplete", "off")
        .on("change", move |event| {
            wrong.set(keep(written(&event)).err().unwrap_or_default());
        });
    tag("div")
        .class("measure")
        .child(
            tag("span")
                .class("measure-name")
                .with("aria-hidden", "true")
                .text(label),
        )
        .child(input)
        .child(view! { <Trouble wrong/> })
        .view()
}

/// The settings of the stream.
pub fn settings(app: App) -> AnyView {
    let now = follow(app, |document, _| document.properties().stream.clone());
    let basis = view_of(move || {
        let working = now.with(|now| now.basis == TimeBasis::Working);
        let words = [
            ("working", "Working time: a day is a day's work"),
            ("clock", "The clock: a day is 24 h"),
        ];
        let words = words.map(|(value, words)| (value.to_owned(), words.to_owned()));
        choice(
            "Spans of time are",
            words,
            if working { "working" } else { "clock" },
            move |typed| {
                change(app, |settings| {
                    settings.basis = if typed == "clock" {
                        TimeBasis::Clock
                    } else {
                        TimeBasis::Working
                    };
                });
            },
        )
        .view()
    });
    let pack = view_of(move || {
        let software = now.with(|now| now.pack == Pack::Software);
        let words = [
            ("software", "Software delivery"),
            ("manufacturing", "Manufacturing"),
        ];
        let words = words.map(|(value, words)| (value.to_owned(), words.to_owned()));
        choice(
            "Words",
            words,
            if software {
                "software"
            } else {
                "manufacturing"
            },
            move |typed| {
                change(app, |settings| {
                    settings.pack = if typed == "manufacturing" {
                        Pack::Manufacturing
                    } else {
                        Pack::Software
                    };
                });
            },
        )
        .view()
    });
    let clock = Calendar {
        basis: TimeBasis::Clock,
        ..Calendar::default()
    };
    let day = field(
        "Work a day",
        move || {
            now.with(|now| {
                let hours = now.seconds_per_day;
                if hours >= 10_800.0 {
                    format!("{} h", number_text(hours / 3_600.0))
                } else {
                    duration_text(hours, &clock)
                }
            })
        },
        move |typed| {
            let parsed = parse_measure(&typed, MeasureKind::ProcessTime)
                .map_err(|error| error.to_string())?;
            let amount =
                parsed.and_then(|(amount, unit)| Some(clock.seconds(amount.likely()?, unit)));
            let amount = amount.filter(|seconds| (1.0..=86_400.0).contains(seconds));
            let seconds = amount.ok_or("a span up to 24 h is needed, such as 8 h")?;
            change(app, |settings| settings.seconds_per_day = seconds);
            Ok(())
        },
    );
    let week = field(
        "Days a week",
        move || now.with(|now| number_text(now.days_per_week)),
        move |typed| {
            let days = typed
                .trim()
                .parse()
                .ok()
                .filter(|days| (0.1..=7.0).contains(days));
            let days = days.ok_or("a number up to 7 is needed")?;
            change(app, |settings| settings.days_per_week = days);
            Ok(())
        },
    );
    let stated = |label: &'static str, kind: MeasureKind, of: Whole| {
        field(
            label,
            move || {
                now.with(|now| of(&mut now.clone()).as_ref().map(measure_text))
                    .unwrap_or_default()
            },
            move |typed| {
                let parsed = parse_measure(&typed, kind).map_err(|error| error.to_string())?;
                change(app, |settings| {
                    *of(settings) = parsed.map(|(amount, unit)| Measure::new(amount, unit));
                });
                Ok(())
            },
        )
    };
    let limit = stated("WIP limit", MeasureKind::Limit, |now| &mut now.work_limit);
    let work = stated("WIP, counted", MeasureKind::WorkInProgress, |now| {
        &mut now.work_in_progress
    });
    let throughput = stated("Throughput, counted", MeasureKind::Demand, |now| {
        &mut now.throughput
    });
    together(vec![basis, day, week, limit, work, throughput, pack])
}
