//! The bar of a play: its clock, its rounds in words, and how the variables end.

use leptos::prelude::*;

use crate::app::components::clock_controls::{PauseButton, SpeedChoice, keep_focus, tick_while};
use crate::app::components::icon::{Icon, IconButton};
use crate::app::dispatch::{act, dispatch};
use crate::app::services::{run, run_moment};
use crate::app::state::{App, Page, use_app};
use crate::causal::play::{OutcomeRow, Standing};
use crate::editor::{Action, Event, Pace, PlayInput, Playing, Speed};
use crate::model::Polarity;

/// What the bar shows.
#[derive(Clone, PartialEq)]
struct Shown {
    /// What was pushed, and which way.
    title: String,
    /// Which round it is.
    round: String,
    /// What has just arrived, or how it ended.
    now: String,
    pace: Pace,
    speed: Speed,
    is_over: bool,
    ticks: bool,
}

fn shown_of(app: App) -> Option<Shown> {
    app.play.track();
    app.document.track();
    app.loops.track();
    app.with(|core| {
        let playing = core.editor.playing()?;
        let (play, about, round) = (
            playing.play(),
            core.editor.account(),
            playing.moment().round,
        );
        let now = match (playing.is_over(), round) {
            (true, _) => play.spoken_end(),
            (false, 0) => play.pushed_words(about),
            (false, round) => first_of(play.arrivals(about, round)),
        };
        Some(Shown {
            title: play.pushed_words(about),
            round: play.round_words(round),
            now,
            pace: playing.pace(),
            speed: playing.speed(),
            is_over: playing.is_over(),
            ticks: playing.wants_ticks(),
        })
    })
}

/// The first few of these sentences, and how many more there are.
fn first_of(mut sentences: Vec<String>) -> String {
    const MOST: usize = 2;
    let more = sentences.len().saturating_sub(MOST);
    sentences.truncate(MOST);
    if more > 0 {
        sentences.push(format!("And {more} more"));
    }
    sentences.join(". ")
}

/// The bar, while a play is shown.
#[component]
pub fn PlayBar() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| shown_of(app));
    let is_shown = Memo::new(move |_| shown.with(Option::is_some));
    let ticks = move || shown.with(|shown| shown.as_ref().is_some_and(|one| one.ticks));
    tick_while(app, Signal::derive(ticks));
    // What had the focus may be gone: the bar at what was pushed, or this one.
    keep_focus(is_shown, "#play-pause");
    let unfolded = RwSignal::new(false);
    view! {
        <Show when=move || is_shown.get()>
            <section class="play-bar" role="group" aria-label="Play">
                <Show when=move || unfolded.get()>
                    <Rounds/>
                </Show>
                <p class="play-now">
                    {move || shown.with(|one| one.as_ref().map(|one| one.now.clone()))}
                </p>
                <Controls shown unfolded/>
            </section>
        </Show>
    }
}

/// Where the diagram has equations, its run says more than signs: it leads there.
#[component]
fn PlayRun() -> impl IntoView {
    let app = use_app();
    let has_run = Memo::new(move |_| app.page != Page::Embed && run::has_model(app));
    let show = move |_| {
        act(app, Action::EndPlay);
        run_moment::play(app);
    };
    view! {
        <Show when=move || has_run.get()>
            <button
                class="button button-plain"
                data-tip="This shows signs alone. The diagram has equations"
                on:click=show
            >
                <Icon picture=icondata_lu::LuChartSpline/>
                "Play its run"
            </button>
        </Show>
    }
}

/// The buttons of the bar.
#[component]
fn Controls(shown: Memo<Option<Shown>>, unfolded: RwSignal<bool>) -> impl IntoView {
    let app = use_app();
    let of = move |read: fn(&Shown) -> bool| shown.with(|one| one.as_ref().is_some_and(read));
    let pace = move || shown.with(|one| one.as_ref().map_or(Pace::Paused, |one| one.pace));
    let pace = Signal::derive(pace);
    let is_over = Memo::new(move |_| of(|one| one.is_over));
    let speed = Signal::derive(move || {
        let speed = shown.with(|one| one.as_ref().map(|one| one.speed));
        speed.unwrap_or_default().word().to_owned()
    });
    let choose = move |chosen: String| {
        let speed = Speed::ALL.into_iter().find(|speed| speed.word() == chosen);
        if let Some(speed) = speed {
            dispatch(app, Event::Play(PlayInput::Speed(speed)));
        }
    };
    view! {
        <div class="play-controls">
            <IconButton
                picture=icondata_lu::LuSkipBack
                name="Back to the start"
                title="Back to the start (,)"
                on:click=move |_| act(app, Action::RewindPlay)
            />
            <PauseButton id="play-pause" pace go_on="Play"/>
            <IconButton
                picture=icondata_lu::LuStepForward
                name="Next round"
                title="Next round (.)"
                attr:aria-disabled=move || is_over.get().to_string()
                on:click=move |_| act(app, Action::StepPlay)
            />
            <span class="play-round">
                {move || shown.with(|one| one.as_ref().map(|one| one.round.clone()))}
            </span>
            <SpeedChoice
                words=Speed::ALL.map(Speed::word).to_vec()
                now=speed
                keep=choose
            />
            <IconButton
                picture=icondata_lu::LuArrowBigUp
                name="Push up"
                title="Push up (Alt+↑)"
                on:click=move |_| act(app, Action::PushUp)
            />
            <IconButton
                picture=icondata_lu::LuArrowBigDown
                name="Push down"
                title="Push down (Alt+↓)"
                on:click=move |_| act(app, Action::PushDown)
            />
            <PlayRun/>
            <IconButton
                picture=icondata_lu::LuListOrdered
                name="Rounds in words"
                title="Rounds in words"
                attr:aria-expanded=move || unfolded.get().to_string()
                on:click=move |_| unfolded.update(|shown| *shown = !*shown)
            />
            <IconButton
                picture=icondata_lu::LuX
                name="End the play"
                title="End the play (Esc)"
                on:click=move |_| act(app, Action::EndPlay)
            />
        </div>
    }
}

/// What happened, round by round, and at the end how the variables end.
#[derive(Clone, PartialEq)]
struct Story {
    title: String,
    rounds: Vec<(u32, Vec<String>)>,
    ends: Vec<OutcomeRow>,
}

fn story_of(app: App) -> Option<Story> {
    app.play.track();
    app.document.track();
    app.loops.track();
    app.with(|core| {
        let (about, playing) = (core.editor.account(), core.editor.playing()?);
        let play = playing.play();
        let rounds = (1..=playing.moment().round)
            .map(|round| (round, play.arrivals(about, round)))
            .collect();
        Some(Story {
            title: play.pushed_words(about),
            rounds,
            ends: ends_of(playing, || play.ends(about)),
        })
    })
}

/// The ends, once everything has arrived.
fn ends_of(playing: &Playing, ends: impl FnOnce() -> Vec<OutcomeRow>) -> Vec<OutcomeRow> {
    match playing.is_over() {
        true => ends(),
        false => Vec::new(),
    }
}

/// The rounds in words.
#[component]
fn Rounds() -> impl IntoView {
    let app = use_app();
    let story = Memo::new(move |_| story_of(app));
    let rounds = move |story: &Story| {
        let last = story.rounds.len();
        story
            .rounds
            .iter()
            .enumerate()
            .map(|(place, (round, arrivals))| {
                let is_last = place + 1 == last;
                view! {
                    <li aria-current=is_last.then_some("step")>
                        <b>"Round " {*round}</b>
                        <ul>
                            {arrivals
                                .iter()
                                .map(|words| view! { <li>{words.clone()}</li> })
                                .collect_view()}
                        </ul>
                    </li>
                }
            })
            .collect_view()
    };
    let ends = |story: &Story| {
        (!story.ends.is_empty()).then(|| {
            view! {
                <p class="play-heading">"How it ends"</p>
                <ul class="play-ends">{story.ends.iter().map(end_row).collect_view()}</ul>
            }
        })
    };
    view! {
        <div class="play-list" tabindex="0" role="region" aria-label="Rounds in words">
            {move || story.with(|story| story.as_ref().map(|story| view! {
                <p>{story.title.clone()}</p>
                {ends(story)}
                <ol>{rounds(story)}</ol>
            }))}
        </div>
    }
}

/// How variables end, with the sign that the canvas has for it.
fn end_row(row: &OutcomeRow) -> impl IntoView + use<> {
    let (sign, class) = match row.standing {
        Standing::Rises | Standing::Pushed(Polarity::Positive) => ("▲", "play-up"),
        Standing::Falls | Standing::Pushed(_) => ("▼", "play-down"),
        Standing::SoFar(Polarity::Positive) => ("△", "play-up"),
        Standing::SoFar(Polarity::Negative) => ("▽", "play-down"),
        Standing::Depends => ("▲▼", ""),
        Standing::Unknown | Standing::SoFar(Polarity::Unknown) => ("?", "play-quiet"),
        Standing::Unreached => ("–", "play-quiet"),
    };
    view! {
        <li>
            <span class=format!("play-sign {class}") aria-hidden="true">{sign}</span>
            <span>
                {row.words.clone()}
                {row.reasons
                    .iter()
                    .map(|reason| view! { <span class="play-reason">{reason.clone()}</span> })
                    .collect_view()}
            </span>
        </li>
    }
}
