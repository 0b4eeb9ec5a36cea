//! A step of the sheet: what it asks, what has come of it, its clock, and the way on.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::draw::Draw;
use super::event::Happened;
use super::lever::LeveragePoint;
use super::loops::Loops;
use super::names::Names;
use super::tell::Tell;
use super::trial::Trials;
use super::varied::Varied;
use crate::app::browser::milliseconds;
use crate::app::components::icon::Icon;
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::editor::StepMove;
use crate::model::Id;
use crate::story::{Prompt, SheetStep};

/// A minute, in milliseconds.
const MINUTE: f64 = 60_000.0;

/// One step: its head, and what it has while it is open.
#[component]
pub fn Step(
    /// The sheet.
    id: Id,
    /// The step.
    step: SheetStep,
) -> impl IntoView {
    let app = use_app();
    let Prompt { title, minutes, .. } = step.prompt();
    let is_open = Memo::new(move |_| app.sheet.with(|choice| choice.step == Some(step)));
    let now = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        app.with(|core| {
            let (document, report) = (core.editor.document(), core.editor.report());
            let is_done = step.is_done(document, report, id);
            (is_done, step.summary(document, report, id))
        })
    });
    let toggle = move |_| match is_open.get_untracked() {
        true => retrospectives::open_step(app, None),
        false => retrospectives::go_to(app, step),
    };
    let is_done = move || now.with(|now| now.0);
    let spoken = move || {
        now.with(|(is_done, summary)| {
            let content = if *is_done { "has content" } else { "open" };
            let mut words = vec![
                format!("Step {}: {title}", step.number()),
                content.to_owned(),
            ];
            if !summary.is_empty() {
                words.push(summary.clone());
            }
            if minutes > 0 {
                words.push(format!("{minutes} minutes"));
            }
            words.join(", ")
        })
    };
    view! {
        <li class="retro-step" class:retro-step-open=move || is_open.get()>
            <h3>
                <button
                    class="retro-head"
                    id=format!("retro-step-{}", step.number())
                    aria-expanded=move || is_open.get().to_string()
                    aria-label=spoken
                    aria-keyshortcuts="Alt+PageDown Alt+PageUp"
                    on:click=toggle
                >
                    <span class="retro-number" class:retro-done=is_done>
                        <Show
                            when=is_done
                            fallback=move || view! { <span>{step.number()}</span> }
                        >
                            <Icon picture=icondata_lu::LuCheck/>
                        </Show>
                    </span>
                    <span class="retro-title">{title}</span>
                    <span class="retro-minutes">
                        {(minutes > 0).then(|| format!("{minutes} min"))}
                    </span>
                    <span class="retro-summary" dir="auto">
                        {move || now.with(|now| now.1.clone())}
                    </span>
                </button>
            </h3>
            <Show when=move || is_open.get()>
                <Body id step/>
            </Show>
        </li>
    }
}

/// What a step has while it is open.
#[component]
fn Body(id: Id, step: SheetStep) -> impl IntoView {
    let app = use_app();
    let Prompt {
        question,
        words,
        avoid,
        minutes,
        ..
    } = step.prompt();
    let content = match step {
        SheetStep::Happened => view! { <Happened id/> }.into_any(),
        SheetStep::Varied => view! { <Varied id/> }.into_any(),
        SheetStep::Draw => view! { <Draw id/> }.into_any(),
        SheetStep::Loops => view! { <Loops id/> }.into_any(),
        SheetStep::Name => view! { <Names/> }.into_any(),
        SheetStep::Lever => view! { <LeveragePoint id/> }.into_any(),
        SheetStep::Experiment => view! { <Trials id/> }.into_any(),
        SheetStep::Tell => view! { <Tell id/> }.into_any(),
    };
    view! {
        <div class="retro-body">
            <div class="retro-prompt">
                <p class="retro-question">{question}</p>
                <p>{words}</p>
                {(!avoid.is_empty())
                    .then(|| {
                        view! {
                            <p class="retro-avoid">
                                <Icon picture=icondata_lu::LuShieldCheck/>
                                <span>{avoid}</span>
                            </p>
                        }
                    })}
            </div>
            {content}
            <div class="retro-foot">
                {(minutes > 0).then(|| view! { <Clock step minutes/> })}
                <span class="spacer"></span>
                {step
                    .back()
                    .map(|_| {
                        view! {
                            <button
                                class="button"
                                data-tip="Back (Alt+Page Up)"
                                on:click=move |_| retrospectives::go_by(app, StepMove::Earlier)
                            >
                                "Back"
                            </button>
                        }
                    })}
                {step
                    .next()
                    .map(|next| {
                        view! {
                            <button
                                class="button retro-next"
                                data-tip="Next (Alt+Page Down)"
                                aria-label=format!("Next: {}", next.prompt().title)
                                on:click=move |_| retrospectives::go_by(app, StepMove::Later)
                            >
                                "Next"
                            </button>
                        }
                    })}
            </div>
        </div>
    }
}

/// The clock of a step: it goes once somebody starts it, and stops nothing.
#[component]
fn Clock(step: SheetStep, minutes: u32) -> impl IntoView {
    let app = use_app();
    let since = Memo::new(move |_| {
        let clock = app.sheet.with(|choice| choice.clock);
        clock
            .filter(|clock| clock.step == step)
            .map(|clock| clock.since)
    });
    let passed = RwSignal::new(0_u32);
    let next: StoredValue<Option<Timeout>, LocalStorage> = StoredValue::new_local(None);
    Effect::new(move |_| match since.get() {
        Some(since) => tick(since, passed, next),
        None => next.set_value(None),
    });
    let goes = move || since.with(Option::is_some);
    let words = move || match goes() {
        true => format!("{} of {minutes} min", passed.get()),
        false => "Start the clock".to_owned(),
    };
    let spoken = move || match goes() {
        true => format!("Clock: {} of {minutes} minutes. Stop it", passed.get()),
        false => format!("Start the clock: {minutes} minutes"),
    };
    view! {
        <button
            class="button retro-clock"
            aria-pressed=move || goes().to_string()
            aria-label=spoken
            on:click=move |_| retrospectives::toggle_clock(app, step)
        >
            <Icon picture=icondata_lu::LuTimer/>
            {words}
        </button>
    }
}

/// Shows how many minutes have passed, and looks again when the next one has.
fn tick(since: f64, passed: RwSignal<u32>, next: StoredValue<Option<Timeout>, LocalStorage>) {
    let gone = (milliseconds() - since).max(0.0);
    let whole = (gone / MINUTE).floor();
    // The panel may be gone by then.
    let _ = passed.try_set(whole as u32);
    let wait = ((whole + 1.0) * MINUTE - gone).ceil().max(1.0);
    let timer = Timeout::new(wait as u32, move || tick(since, passed, next));
    let _ = next.try_set_value(Some(timer));
}
