//! The fields of an experiment: the hypothesis, what it changes and should move, who and when, and
//! what came of it.

use leptos::prelude::*;

use super::changes::{Changes, Level, about};
use super::numbers::Numbers;
use crate::app::browser::focus_soon;
use crate::app::components::field::{Choice, InputField, TextArea};
use crate::app::components::panels::retrospective::keep_on_enter;
use crate::app::components::panels::stream::bindings;
use crate::app::services::retrospectives;
use crate::app::state::use_app;
use crate::editor::{ExperimentText, change_experiment, write_experiment};
use crate::model::{
    Aim, Date, Experiment, ExperimentState, Id, Lever, StoryFigure, Target, Verdict,
};
use crate::story::{lever_words, target_name};

/// Which way something should go: a value, words, and the way.
const WAYS: [(&str, &str, Option<Aim>); 3] = [
    ("", "should change", None),
    ("rise", "should rise", Some(Aim::Rise)),
    ("fall", "should fall", Some(Aim::Fall)),
];

/// The experiment as it is now.
pub type Now = Memo<Option<Experiment>>;

/// All fields of an experiment.
#[component]
pub fn Fields(
    /// The sheet in which it is shown, if it is.
    sheet: Option<Id>,
    /// The experiment.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now: Now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().experiments().get(&id).cloned())
    });
    view! {
        <div class="story-fields">
            <Words id now of=ExperimentText::Action label="If we …" example="ask for a second pair of eyes before noon"/>
            <Words id now of=ExperimentText::Outcome label="then …" example="fewer releases wait for Friday"/>
            <Words id now of=ExperimentText::Because label="because …" example="small changes are looked at the same day"/>
            <Changes sheet id now/>
            <Level id now/>
            <Moves sheet id now/>
            <Planned id now/>
            <Numbers id now/>
            <CameOf id now/>
        </div>
    }
}

const fn text_of(experiment: &Experiment, of: ExperimentText) -> &String {
    match of {
        ExperimentText::Action => &experiment.action,
        ExperimentText::Outcome => &experiment.outcome,
        ExperimentText::Because => &experiment.because,
        ExperimentText::Amount => &experiment.amount,
        ExperimentText::Owner => &experiment.owner,
        ExperimentText::Measured => &experiment.measured,
        ExperimentText::Unit => &experiment.unit,
        ExperimentText::Learned => &experiment.learned,
    }
}

pub fn text(now: Now, of: ExperimentText) -> Signal<String> {
    Signal::derive(move || {
        now.with(|now| now.as_ref().map(|now| text_of(now, of).clone()))
            .unwrap_or_default()
    })
}

/// A text of several lines.
#[component]
fn Words(
    id: Id,
    now: Now,
    of: ExperimentText,
    label: &'static str,
    example: &'static str,
) -> impl IntoView {
    let app = use_app();
    let own = matches!(of, ExperimentText::Action).then(|| format!("retro-action-{id}"));
    view! {
        <label class="story-field">
            <span>{label}</span>
            <TextArea
                value=text(now, of)
                keep=move |typed: String| {
                    retrospectives::change(app, |document| {
                        write_experiment(document, id, of, &typed)
                    });
                }
                attr:class="field retro-grows"
                attr:id=own
                attr:rows="1"
                attr:maxlength="20000"
                attr:placeholder=example
                on:keydown=move |event| keep_on_enter(&event)
            />
        </label>
    }
}

/// A text of one line.
#[component]
pub fn Line(id: Id, now: Now, of: ExperimentText, label: &'static str) -> impl IntoView {
    let app = use_app();
    view! {
        <label class="story-field">
            <span>{label}</span>
            <InputField
                value=text(now, of)
                keep=move |typed: String| {
                    retrospectives::change(app, |document| {
                        write_experiment(document, id, of, &typed)
                    });
                }
                attr:class="field"
                attr:autocomplete="off"
                attr:maxlength="500"
            />
        </label>
    }
}

/// What it should move, which way, and by how much.
#[component]
fn Moves(sheet: Option<Id>, id: Id, now: Now) -> impl IntoView {
    let app = use_app();
    let offered = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let mut all: Vec<(Target, String)> = about(document, sheet)
                .into_iter()
                .filter_map(|id| {
                    let words = lever_words(document, None, &Lever::Record(id))?;
                    Some((Target::Variable(id), words))
                })
                .collect();
            if !document.stations().is_empty() {
                let figures = bindings(document).into_iter();
                all.extend(
                    figures.map(|(binding, words)| {
                        (Target::Figure(StoryFigure::Bound(binding)), words)
                    }),
                );
            }
            // What was chosen before stays to be seen, wherever it is.
            let chosen = now.with(|now| {
                let target = now.as_ref()?.target?;
                Some((target, target_name(document, now.as_ref()?)?))
            });
            if let Some(chosen) = chosen.filter(|(one, _)| !all.iter().any(|(two, _)| one == two)) {
                all.push(chosen);
            }
            all
        })
    });
    let options = Signal::derive(move || {
        let first = [(String::new(), "nothing on the diagram".to_owned())];
        let named = offered.get().into_iter().zip(1..);
        let named = named.map(|((_, words), number): (_, usize)| (number.to_string(), words));
        first.into_iter().chain(named).collect::<Vec<_>>()
    });
    let chosen = Signal::derive(move || {
        let target = now.with(|now| now.as_ref().and_then(|now| now.target));
        let at = offered.with(|all| all.iter().position(|(one, _)| Some(*one) == target));
        at.map(|at| (at + 1).to_string()).unwrap_or_default()
    });
    let keep = move |value: String| {
        let number = value
            .parse::<usize>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let found = number.and_then(|at| offered.with_untracked(|all| all.get(at).cloned()));
        let target = found.map(|(target, _)| target);
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.target = target)
        });
    };
    let way = Signal::derive(move || {
        let way = now.with(|now| now.as_ref().and_then(|now| now.way));
        let found = WAYS.iter().find(|(_, _, other)| *other == way);
        found.map_or("", |(value, ..)| *value).to_owned()
    });
    let keep_way = move |value: String| {
        let found = WAYS.iter().find(|(other, ..)| *other == value);
        let way = found.and_then(|(_, _, way)| *way);
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.way = way)
        });
    };
    view! {
        <div class="story-part" role="group" aria-label="What it should move">
            <label class="story-field">
                <span>"What should show that it works"</span>
                <Choice options chosen keep/>
            </label>
            <div class="retro-pair">
                <label class="story-field">
                    <span>"Which way"</span>
                    <Choice
                        options=WAYS
                            .map(|(value, words, _)| (value.to_owned(), words.to_owned()))
                            .to_vec()
                        chosen=way
                        keep=keep_way
                    />
                </label>
                <Line id now of=ExperimentText::Amount label="By how much (optional)"/>
            </div>
        </div>
    }
}

/// Who looks after it, from when to when, and how far it is.
#[component]
fn Planned(id: Id, now: Now) -> impl IntoView {
    let app = use_app();
    let day = move |of: fn(&Experiment) -> Option<Date>| {
        Signal::derive(move || {
            let day = now.with(|now| now.as_ref().and_then(of));
            day.map(|day| day.to_string()).unwrap_or_default()
        })
    };
    let keep_begin = move |typed: String| {
        let day = Date::parse(&typed);
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.begins = day)
        });
    };
    let keep_end = move |typed: String| {
        let day = Date::parse(&typed);
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.ends = day)
        });
    };
    let state = Signal::derive(move || {
        let state = now.with(|now| now.as_ref().map(|now| now.state));
        state.unwrap_or_default().words().to_owned()
    });
    let keep_state = move |value: String| {
        let state = ExperimentState::ALL
            .into_iter()
            .find(|one| one.words() == value);
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.state = state.unwrap_or_default())
        });
        // In the panel it stands in another group now, and the field was made anew.
        focus_soon(format!("#experiment-state-{id}"));
    };
    view! {
        <div class="story-part" role="group" aria-label="Who and when">
            <div class="retro-pair">
                <Line id now of=ExperimentText::Owner label="Who looks after it"/>
                <label class="story-field">
                    <span>"It is"</span>
                    <Choice
                        options=ExperimentState::ALL
                            .map(|state| (state.words().to_owned(), state.words().to_owned()))
                            .to_vec()
                        chosen=state
                        keep=keep_state
                        attr:id=format!("experiment-state-{id}")
                    />
                </label>
                <label class="story-field">
                    <span>"Begins"</span>
                    <InputField
                        value=day(|one| one.begins)
                        keep=keep_begin
                        attr:class="field"
                        attr:r#type="date"
                    />
                </label>
                <label class="story-field">
                    <span>"We look at it"</span>
                    <InputField
                        value=day(|one| one.ends)
                        keep=keep_end
                        attr:class="field"
                        attr:r#type="date"
                    />
                </label>
            </div>
        </div>
    }
}

/// What came of it, once it has begun or something was said.
#[component]
fn CameOf(id: Id, now: Now) -> impl IntoView {
    let app = use_app();
    let is_shown = Memo::new(move |_| {
        now.with(|now| {
            now.as_ref().is_some_and(|now| {
                now.state != ExperimentState::Planned
                    || now.verdict.is_some()
                    || !now.measured.is_empty()
                    || !now.learned.is_empty()
            })
        })
    });
    let verdict = Signal::derive(move || {
        let verdict = now.with(|now| now.as_ref().and_then(|now| now.verdict));
        verdict.map_or("", |verdict| verdict.words()).to_owned()
    });
    let first = [(String::new(), "not said yet".to_owned())];
    let offered = Verdict::ALL.map(|one| (one.words().to_owned(), one.words().to_owned()));
    let options: Vec<(String, String)> = first.into_iter().chain(offered).collect();
    let options = StoredValue::new(options);
    let keep = move |value: String| {
        let verdict = Verdict::ALL.into_iter().find(|one| one.words() == value);
        retrospectives::change(app, |document| {
            change_experiment(document, id, |one| one.verdict = verdict)
        });
    };
    view! {
        <Show when=move || is_shown.get()>
            <div class="story-part" role="group" aria-label="What came of it">
                <Words
                    id
                    now
                    of=ExperimentText::Measured
                    label="What we saw"
                    example="numbers, and what people noticed"
                />
                <label class="story-field">
                    <span>"How it went"</span>
                    <Choice options=options.get_value() chosen=verdict keep=keep/>
                </label>
                <Words
                    id
                    now
                    of=ExperimentText::Learned
                    label="What we learned"
                    example="also about our picture of the system"
                />
            </div>
        </Show>
    }
}
