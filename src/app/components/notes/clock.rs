//! The time of day, and the time since the presentation began.

use gloo::timers::callback::Interval;
use leptos::prelude::*;

use crate::app::browser::now;
use crate::app::components::icon::IconButton;
use crate::editor::{SpeakerStep, Stopwatch};

/// How often it looks at the time, in milliseconds: no second is left out that a person would miss.
const TICK: u32 = 250;

/// The time of day where the person is, such as `14:05`.
fn time_of_day() -> String {
    let date = js_sys::Date::new_0();
    format!("{}:{:02}", date.get_hours(), date.get_minutes())
}

/// Both times, and what halts and resets the second.
#[component]
pub fn Clock(
    /// The step that is shown.
    step: Memo<Option<SpeakerStep>>,
) -> impl IntoView {
    let day = RwSignal::new(time_of_day());
    let watch = RwSignal::new(Stopwatch::Halted(0.0));
    let shown = RwSignal::new(String::new());
    let look = move || {
        // Each is set only when it is another, so that nothing is painted in between.
        let time = time_of_day();
        if day.with_untracked(|before| *before != time) {
            day.set(time);
        }
        let read = watch.get_untracked().read(now() as f64);
        if shown.with_untracked(|before| *before != read) {
            shown.set(read);
        }
    };
    let ticks = StoredValue::new_local(Some(Interval::new(TICK, look)));
    on_cleanup(move || ticks.set_value(None));
    let of = Memo::new(move |_| {
        let told = step.get();
        told.map(|step| (step.of, step.began))
    });
    Effect::new(move |before: Option<Option<(String, u64)>>| {
        let now_of = of.get();
        let changed = before.is_none_or(|before| before != now_of);
        match &now_of {
            Some((_, began)) if changed => watch.set(Stopwatch::Running(*began as f64)),
            // At the end it stands where it was.
            None if watch.get_untracked().is_running() => {
                watch.update(|watch| *watch = watch.toggled(now() as f64));
            }
            _ => {}
        }
        look();
        now_of
    });
    let is_told = move || of.with(Option::is_some);
    view! {
        <div class="notes-clock" role="group" aria-label="Time">
            <p class="notes-day" role="timer" aria-label="Time of day">{day}</p>
            <p class="notes-watch" role="timer" aria-label="Since the start">{shown}</p>
            <IconButton
                picture=icondata_lu::LuTimer
                name=move || match watch.get().is_running() {
                    true => "Pause the time".to_owned(),
                    false => "Go on with the time".to_owned(),
                }
                title="Pause the time, or go on"
                attr:aria-pressed=move || (!watch.get().is_running()).to_string()
                prop:disabled=move || !is_told()
                on:click=move |_| {
                    watch.update(|watch| *watch = watch.toggled(now() as f64));
                    look();
                }
            />
            <IconButton
                picture=icondata_lu::LuSkipBack
                name="Time from the start"
                title="Begin the time afresh"
                prop:disabled=move || !is_told()
                on:click=move |_| {
                    watch.update(|watch| *watch = watch.reset(now() as f64));
                    look();
                }
            />
        </div>
    }
}
