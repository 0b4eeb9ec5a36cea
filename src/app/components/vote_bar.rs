//! A vote with dots: what begins it, and the bar over the canvas while there is one.

use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::dispatch::{act, dispatch};
use crate::app::services::{panels, reports, retrospectives, vote};
use crate::app::state::{App, Counted, DotPlace, Tab, VoteView, use_app};
use crate::editor::{Action, Event, Tool};
use crate::model::isolated;
use crate::sync::{LONGEST_QUESTION, MOST_DOTS, Stage, USUAL_DOTS};
use crate::worker::ReportKind;

/// What begins a vote, where there is none and the person may change the diagram.
#[component]
pub fn VoteStart(
    /// Whether the list that it stands in is open: the bar is under it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let app = use_app();
    let can_begin = Memo::new(move |_| {
        app.mode.track();
        let may_edit = app.with(|core| !core.editor.access().only_looks());
        may_edit && app.vote.with(Option::is_none)
    });
    let question = RwSignal::new(String::new());
    let dots = RwSignal::new(USUAL_DOTS);
    let begin = move || {
        open.set(false);
        vote::begin(app, &question.get_untracked(), dots.get_untracked());
        focus("#canvas");
    };
    view! {
        <Show when=move || can_begin.get()>
            <form
                class="people-ways vote-start"
                aria-label="A vote with dots"
                on:submit=move |event| {
                    event.prevent_default();
                    begin();
                }
            >
                <label class="vote-question">
                    <span class="people-word">"A vote with dots: the question"</span>
                    <input
                        class="field"
                        dir="auto"
                        maxlength=LONGEST_QUESTION
                        prop:value=question
                        on:input=move |event| question.set(event_target_value(&event))
                    />
                </label>
                <label class="vote-dots">
                    <span class="people-word">"Dots each"</span>
                    <input
                        class="field"
                        type="number"
                        min="1"
                        max=MOST_DOTS
                        prop:value=move || dots.get().to_string()
                        on:input=move |event| {
                            if let Ok(typed) = event_target_value(&event).parse() {
                                dots.set(typed);
                            }
                        }
                    />
                </label>
                <button class="button">"Start the vote"</button>
            </form>
        </Show>
    }
}

/// The vote in the room, while there is one.
#[component]
pub fn VoteBar() -> impl IntoView {
    let app = use_app();
    let is_there = Memo::new(move |_| app.vote.with(Option::is_some));
    view! {
        <Show when=move || is_there.get()>
            <Bar/>
        </Show>
    }
}

#[component]
fn Bar() -> impl IntoView {
    let app = use_app();
    // Names change, and loops and findings are known later than the dots for them are heard of.
    Effect::new(move |_| {
        app.document.track();
        app.loops.track();
        app.reports.track();
        vote::show(app);
    });
    let question = Memo::new(move |_| {
        app.vote.with(|view| {
            let view = view.as_ref();
            view.map_or_else(String::new, |view| vote::question_of(&view.vote))
        })
    });
    let is_open = Memo::new(move |_| {
        app.vote.with(|view| {
            let stage = view.as_ref().map(|view| view.vote.stage);
            stage == Some(Stage::Open)
        })
    });
    let may_edit = Memo::new(move |_| {
        app.mode.track();
        app.with(|core| !core.editor.access().only_looks())
    });
    view! {
        <section class="vote-bar" aria-label="Vote">
            <h2 class="vote-title">{question}</h2>
            <Show when=move || is_open.get() fallback=move || view! { <Result may_edit/> }>
                <Show when=move || may_edit.get()>
                    <Giving/>
                </Show>
                <Progress may_edit/>
            </Show>
        </section>
    }
}

/// The own dots, while the vote is open.
#[component]
fn Giving() -> impl IntoView {
    let app = use_app();
    let seen = |read: fn(&VoteView) -> usize| {
        Memo::new(move |_| app.vote.with(|view| view.as_ref().map_or(0, read)))
    };
    let left = seen(vote::left);
    let all = seen(|view| view.vote.dots);
    let gives = Memo::new(move |_| {
        app.mode.track();
        app.with(|core| core.editor.tool() == Tool::Dot)
    });
    let has_none = move || left.get() == all.get();
    let toggle = move |_| {
        let action = match gives.get_untracked() {
            true => Action::ToolSelect,
            false => Action::ToolDot,
        };
        act(app, action);
    };
    view! {
        <div class="vote-line">
            <span>{move || format!("{} of {} left", left.get(), vote::dots_in_words(all.get()))}</span>
            <button
                class="button button-small"
                aria-pressed=move || gives.get().to_string()
                data-tip="Then click what you choose; or select it and press . (a dot)"
                on:click=toggle
            >
                "Give dots"
            </button>
            <button
                class="button button-small"
                data-tip="Takes back the dot that you gave last"
                aria-disabled=move || has_none().to_string()
                on:click=move |_| vote::take_last(app)
            >
                "Take back"
            </button>
        </div>
    }
}

/// How many have voted: nobody sees who, or what for.
#[component]
fn Progress(
    /// Whether the person may close the vote.
    may_edit: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.people.with(|view| {
            let list = view.as_ref().map_or(&[][..], |view| &view.list);
            let voted = list.iter().filter(|one| one.dots > 0).count();
            let dots: usize = list.iter().map(|one| one.dots).sum();
            let people = match list.len() {
                1 => "1 person".to_owned(),
                people => format!("{people} people"),
            };
            format!("{voted} of {people}, {}", vote::dots_in_words(dots))
        })
    });
    view! {
        <div class="vote-line">
            <span class="vote-progress">{words}</span>
            <Show when=move || may_edit.get()>
                <button class="button button-small" on:click=move |_| vote::close(app)>
                    "Close the vote"
                </button>
                <button
                    class="button button-small"
                    data-tip="Ends the vote without a result"
                    on:click=move |_| vote::end(app)
                >
                    "Cancel the vote"
                </button>
            </Show>
        </div>
    }
}

/// What has dots, once the vote is closed.
#[component]
fn Result(
    /// Whether the person may keep it, and put it away.
    may_edit: Memo<bool>,
) -> impl IntoView {
    let app = use_app();
    let results = Memo::new(move |_| {
        let view = app.vote.get();
        view.map(|view| view.results).unwrap_or_default()
    });
    let voted = Memo::new(move |_| {
        let ballots = app
            .vote
            .with(|view| view.as_ref().map_or(0, |view| view.ballots));
        match ballots {
            0 => "Nobody gave a dot".to_owned(),
            1 => "1 person voted".to_owned(),
            ballots => format!("{ballots} people voted"),
        }
    });
    let line = move |one: Counted| {
        let dots = vote::dots_in_words(one.dots);
        // In the sentence of a finding the names are isolated already.
        let name = match one.target.is_finding() {
            true => one.name,
            false => isolated(&one.name).into_owned(),
        };
        let words = match one.on {
            Some(place) => view! {
                <button class="button vote-name" on:click=move |_| show_place(app, &place)>
                    {name}
                </button>
            }
            .into_any(),
            None => view! { <span class="vote-name">{name}</span> }.into_any(),
        };
        view! {
            <li>
                <span class="vote-count">{dots}</span>
                {words}
            </li>
        }
    };
    let counts_findings = Memo::new(move |_| {
        app.vote
            .with(|view| view.as_ref().is_some_and(VoteView::counts_findings))
    });
    view! {
        <Show when=move || counts_findings.get()>
            <KnownFindings/>
        </Show>
        <ol class="vote-results" aria-label="Result">
            {move || results.get().into_iter().map(line).collect_view()}
        </ol>
        <div class="vote-line">
            <span class="vote-progress">{voted}</span>
            <Show when=move || may_edit.get()>
                <button class="button button-small" on:click=move |_| vote::keep_as_note(app)>
                    "Keep as a note"
                </button>
                <button class="button button-small" on:click=move |_| vote::end(app)>
                    "End"
                </button>
            </Show>
        </div>
    }
}

/// Has the worker tell of the findings for as long as some are in the result, since the tab of the
/// checks need not be open.
#[component]
fn KnownFindings() -> impl IntoView {
    let app = use_app();
    reports::open_part(app, ReportKind::Checks);
    Effect::new(move |_| untrack(|| reports::request_part(app, ReportKind::Checks)));
    on_cleanup(move || reports::close_part(app, ReportKind::Checks));
}

/// Shows where something is that has dots.
fn show_place(app: App, place: &DotPlace) {
    match place {
        DotPlace::Lever(lever) => retrospectives::show_lever(app, lever),
        // It is about the diagram as a whole.
        DotPlace::Finding(about) if about.is_empty() => panels::show_tab(app, Tab::Checks),
        DotPlace::Finding(about) => dispatch(app, Event::Select(about.iter().copied().collect())),
    }
}
