//! The part of the panel of runs that is about the value-stream map: it runs on the canvas, or many
//! times for what a person asks.

mod settings;

use leptos::prelude::*;

use crate::app::components::field::{Choice, InputField};
use crate::app::components::icon::Icon;
use crate::app::components::panels::fold::{Fold, Shown};
use crate::app::components::panels::progress::ProgressRow;
use crate::app::components::report::{Blocks, Setting};
use crate::app::dispatch::act;
use crate::app::services::map_run;
use crate::app::state::{App, Ask, Freshness, MapChoice, MapRunState, Page, use_app};
use crate::editor::Action;
use crate::model::{Document, number_text};
use crate::worker::{Block, Longer, Showing, improvement_name};

use settings::Settings;

/// Whether a map can be asked about: work flows from a station to another.
pub fn has_map(app: App) -> Memo<bool> {
    Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let mut flows = core.editor.document().flows().values();
            flows.any(|flow| flow.kind.carries_work())
        })
    })
}

/// The part.
#[component]
pub fn MapRun() -> impl IntoView {
    let app = use_app();
    let is_editor = app.page == Page::Editor;
    view! {
        <section class="map-run" aria-label="Runs of the map">
            <div class="button-row">
                <button class="button button-primary" on:click=move |_| act(app, Action::WatchMap)>
                    <Icon picture=icondata_lu::LuPlay/>
                    "Run on the map"
                </button>
            </div>
            <p class="muted">
                "Items move over the map one by one, as chance has it. To know more than one run tells, \
                 ask:"
            </p>
            <Question/>
            <Answer/>
            {is_editor
                .then(|| {
                    view! {
                        <Fold title="How it runs" id="map-run-settings" first=Shown::Closed>
                            <Settings/>
                        </Fold>
                    }
                })}
        </section>
    }
}

/// Whose numbers can be run: each by a word of its own, with its words.
fn futures(document: &Document) -> Vec<(String, String)> {
    let saved = document.improvements_in_order().into_iter();
    let saved = saved.map(|(id, one)| (id.to_string(), improvement_name(one)));
    std::iter::once((TODAY.to_owned(), "Today".to_owned()))
        .chain(saved)
        .collect()
}

/// The word for the map as it is; no id is written so.
const TODAY: &str = "";

fn word_of(showing: &Showing) -> String {
    match showing {
        Showing::Saved(id) => id.to_string(),
        Showing::Today | Showing::Tried(_) => TODAY.to_owned(),
    }
}

fn showing_of(word: &str) -> Showing {
    match word {
        TODAY => Showing::Today,
        word => word.parse().map_or(Showing::Today, Showing::Saved),
    }
}

/// What is asked.
#[component]
fn Question() -> impl IntoView {
    let app = use_app();
    let choice = app.map_choice;
    let asks = Ask::ALL.map(|ask| (ask.words().to_owned(), ask.words().to_owned()));
    let ask = Memo::new(move |_| choice.with(|choice| choice.ask));
    let options = Memo::new(move |_| {
        app.document.track();
        app.with(|core| futures(core.editor.document()))
    });
    // What was removed is not chosen any more.
    Effect::new(move |_| {
        let words: Vec<String> = options.get().into_iter().map(|(word, _)| word).collect();
        let gone = |showing: &Showing| !words.contains(&word_of(showing));
        let before = choice.get_untracked();
        let kept = |showing: Showing| {
            if gone(&showing) {
                Showing::Today
            } else {
                showing
            }
        };
        let after = MapChoice {
            showing: kept(before.showing.clone()),
            against: kept(before.against.clone()),
            ..before.clone()
        };
        if after != before {
            choice.set(after);
        }
    });
    let has_futures = Memo::new(move |_| options.with(|options| options.len() > 1));
    let is = move |wanted: Ask| move || ask.get() == wanted;
    let how_far = move || {
        app.map_run.with(|state| match state {
            MapRunState::Running(share) => Some(format!("{share} %")),
            _ => None,
        })
    };
    let keep_items = move |typed: Option<f64>| {
        let items = typed.map(|items| items.max(1.0) as u64);
        choice.update(|choice| choice.items = items);
    };
    let keep_days = move |typed: Option<f64>| {
        if let Some(days) = typed {
            choice.update(|choice| choice.days = days);
        }
    };
    let lacks_futures = move || ask.get() == Ask::Compare && !has_futures.get();
    let can_compare = move || ask.get() != Ask::Compare || has_futures.get();
    view! {
        <label class="run-pair">
            <span>"Ask"</span>
            <Choice
                options=asks.to_vec()
                chosen=Signal::derive(move || ask.get().words().to_owned())
                keep=move |words: String| {
                    if let Some(ask) = Ask::ALL.into_iter().find(|ask| ask.words() == words) {
                        let first = options.with_untracked(|options| {
                            options.get(1).map(|(word, _)| showing_of(word))
                        });
                        choice.update(|choice| {
                            choice.ask = ask;
                            // A map beside itself says nothing.
                            if ask == Ask::Compare && choice.showing == choice.against {
                                choice.against = Showing::Today;
                                choice.showing = first.unwrap_or_default();
                            }
                        });
                    }
                }
            />
        </label>
        <Show when=is(Ask::Compare)>
            <label class="run-pair">
                <span>"Beside"</span>
                <Choice
                    options=Signal::derive(move || options.get())
                    chosen=Signal::derive(move || choice.with(|choice| word_of(&choice.against)))
                    keep=move |word: String| {
                        choice.update(|choice| choice.against = showing_of(&word));
                    }
                />
            </label>
        </Show>
        <Show when=move || has_futures.get()>
            <label class="run-pair">
                <span>"Of"</span>
                <Choice
                    options=Signal::derive(move || options.get())
                    chosen=Signal::derive(move || choice.with(|choice| word_of(&choice.showing)))
                    keep=move |word: String| {
                        choice.update(|choice| choice.showing = showing_of(&word));
                    }
                />
            </label>
        </Show>
        <Show when=lacks_futures>
            <p class="muted">
                "There is no improvement yet. Make one in the panel of the value stream, under \
                 Improvements: it says which measures change."
            </p>
        </Show>
        <Show when=is(Ask::WhenDone)>
            <NumberField
                label="Items"
                hint="empty: those in it now"
                value=Signal::derive(move || {
                    choice.with(|choice| choice.items.map(|items| items.to_string()).unwrap_or_default())
                })
                keep=keep_items
            />
        </Show>
        <Show when=is(Ask::HowMany)>
            <NumberField
                label="Within working days"
                hint=""
                value=Signal::derive(move || choice.with(|choice| number_text(choice.days)))
                keep=keep_days
            />
        </Show>
        <ProgressRow
            words="Run many times"
            is_ready=Signal::derive(can_compare)
            how_far=Signal::derive(how_far)
            begin=move |()| map_run::ask(app)
            stop=move |()| map_run::stop(app)
        />
    }
}

/// A field for a number.
#[component]
fn NumberField(
    /// Its name.
    label: &'static str,
    /// What it says while it is empty.
    hint: &'static str,
    /// What it holds.
    value: Signal<String>,
    /// Hears the number; none where it is empty.
    #[prop(into)]
    keep: Callback<Option<f64>>,
) -> impl IntoView {
    let wrong = RwSignal::new(false);
    let typed = move |typed: String| match typed.trim() {
        "" => {
            wrong.set(false);
            keep.run(None);
        }
        typed => match typed.replace(',', ".").parse::<f64>() {
            Ok(number) if number.is_finite() && number > 0.0 => {
                wrong.set(false);
                keep.run(Some(number));
            }
            _ => wrong.set(true),
        },
    };
    view! {
        <label class="run-pair">
            <span>{label}</span>
            <InputField
                value
                keep=typed
                attr:class="field"
                attr:inputmode="decimal"
                attr:placeholder=hint
                attr:autocomplete="off"
                attr:aria-invalid=move || wrong.get().to_string()
            />
        </label>
        <Show when=move || wrong.get()>
            <p class="trouble" role="alert">
                "A number above 0 is needed."
            </p>
        </Show>
    }
}

/// What came of it.
#[component]
fn Answer() -> impl IntoView {
    let app = use_app();
    let blocks = Memo::new(move |_| {
        app.map_run.with(|state| match state {
            MapRunState::Done(view, _) => view.blocks.clone(),
            MapRunState::Refused(blocks) => blocks.clone(),
            MapRunState::Ended => vec![Block::Words(
                "The map was changed meanwhile: run it again.".to_owned(),
            )],
            MapRunState::Nothing | MapRunState::Running(_) => Vec::new(),
        })
    });
    let longer = Memo::new(move |_| {
        app.map_run.with(
            |state| matches!(state, MapRunState::Done(view, _) if view.longer == Longer::Helps),
        )
    });
    let is_outdated = Memo::new(move |_| {
        app.map_run
            .with(|state| matches!(state, MapRunState::Done(_, Freshness::Outdated)))
    });
    view! {
        <Show when=move || is_outdated.get()>
            <p class="trouble" role="status">
                "The map was changed since: this is of the one before. Run it again."
            </p>
        </Show>
        <div class="map-run-answer" role="region" aria-label="What came of the runs">
            <Blocks blocks setting=Setting::Part/>
        </div>
        <Show when=move || longer.get()>
            <div class="button-row">
                <button class="button" on:click=move |_| map_run::ask_longer(app)>
                    "Run again, four times as long"
                </button>
            </div>
        </Show>
    }
}
