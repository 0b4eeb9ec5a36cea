//! Trying an improvement: its steps, what changes there and by how much, and keeping it under a name.

use leptos::ev;
use leptos::prelude::*;

use super::{follow_stream, name_of};
use crate::app::components::field::Choice;
use crate::app::components::icon::IconButton;
use crate::app::components::naming_form::NamingForm;
use crate::app::components::report::TableView;
use crate::app::services::improvements as service;
use crate::app::services::worker;
use crate::app::state::{App, Trying, use_app};
use crate::model::{
    Adjustment, Id, MeasureChange, MeasureKind, StationKind, adjustments_of, measure_text,
};
use crate::worker::{Lever, Request};

/// What changes first while nobody has said: the constraint gets faster.
fn first_change(app: App, constraint: Option<Id>, steps: &[Id]) -> Option<MeasureChange> {
    let about = constraint.or_else(|| {
        app.with(|core| {
            let stations = core.editor.document().stations();
            let is_step = |id: &&Id| {
                let station = stations.get(id);
                station.is_some_and(|station| station.kind == StationKind::Step)
            };
            steps.iter().find(is_step).copied()
        })
    })?;
    let (measure, change) = *choices(app, about).first()?;
    Some(MeasureChange {
        about,
        measure,
        change,
    })
}

/// What can be changed of a record, each with what it begins with.
fn choices(app: App, id: Id) -> &'static [(MeasureKind, Adjustment)] {
    app.with(|core| {
        let element = core.editor.document().element(id);
        element.as_ref().map_or(&[][..], adjustments_of)
    })
}

/// Tries an improvement.
#[component]
pub fn TryOut() -> impl IntoView {
    let app = use_app();
    let stations = follow_stream(app, |part| part.stations.clone());
    let flows = follow_stream(app, |part| part.flows.clone());
    let limit = follow_stream(app, |part| part.constraint);
    Effect::new(move |_| {
        app.document.track();
        let (stations, limit) = (stations.get(), limit.get());
        let mut trying = app.trying.get();
        let is_there = |id: Id| app.with(|core| core.editor.document().element(id).is_some());
        trying.changes.retain(|change| is_there(change.about));
        if trying.of.is_some_and(|id| !is_there(id)) {
            trying.of = None;
        }
        let none_saved = app.with(|core| core.editor.document().improvements().is_empty());
        if trying.changes.is_empty() && trying.of.is_none() && none_saved {
            trying.changes.extend(first_change(app, limit, &stations));
        }
        if app.trying.get_untracked() != trying {
            app.trying.set(trying);
        }
        service::follow(app);
    });
    app.tried.set(None);
    Effect::new(move |_| {
        app.document.track();
        app.stream.track();
        match app.trying.with(lever) {
            Some((step, lever)) => worker::request(app, Request::TryOut(step, lever)),
            None => app.tried.set(None),
        }
    });
    let places = Memo::new(move |_| app.trying.with(|trying| trying.changes.len()));
    let records = Memo::new(move |_| {
        app.document.track();
        let of_stream = stations.get().into_iter().chain(flows.get());
        let can_change = |id: &Id| {
            let is_changed = |trying: &Trying| trying.changes.iter().any(|one| one.about == *id);
            !choices(app, *id).is_empty() || app.trying.with(is_changed)
        };
        of_stream.filter(can_change).collect::<Vec<_>>()
    });
    let another = move |_| {
        let taken = app.trying.get_untracked().changes;
        let is_free = |about: Id, measure: MeasureKind| {
            let mut changes = taken.iter();
            !changes.any(|change| change.about == about && change.measure == measure)
        };
        let all = records.get_untracked().into_iter();
        let mut free = all.flat_map(|about| {
            let offered = choices(app, about).iter();
            let change = move |(measure, change): &(MeasureKind, Adjustment)| MeasureChange {
                about,
                measure: *measure,
                change: *change,
            };
            offered
                .map(change)
                .filter(|one| is_free(one.about, one.measure))
                .collect::<Vec<_>>()
        });
        // First what limits, then what comes first in the stream.
        let constraint = limit.get_untracked();
        let first = constraint.and_then(|about| {
            let offered = choices(app, about).iter();
            let mut offered = offered.filter(|(measure, _)| is_free(about, *measure));
            let (measure, change) = *offered.next()?;
            Some(MeasureChange {
                about,
                measure,
                change,
            })
        });
        if let Some(change) = first.or_else(|| free.next()) {
            app.trying.update(|trying| trying.changes.push(change));
        }
    };
    view! {
        <section class="try-out" aria-label="Try an improvement">
            <h4>
                {move || match app.trying.with(|trying| trying.of) {
                    Some(_) => "Edit the improvement",
                    None => "Try an improvement",
                }}
            </h4>
            <For each=move || 0..places.get() key=|place| *place let:place>
                <ChangeRow place records/>
            </For>
            <button class="button" on:click=another>
                {move || match places.get() {
                    0 => "Try another",
                    _ => "Change something else too",
                }}
            </button>
            <Show when=move || { places.get() > 0 || app.trying.with(|trying| trying.of.is_some()) }>
                <Outcome/>
                <Keeping/>
            </Show>
        </section>
    }
}

/// What an improvement of one lever is to the theorems of the line, if it is one.
fn lever(trying: &Trying) -> Option<(Id, Lever)> {
    let [change] = &trying.changes[..] else {
        return None;
    };
    let lever = match (change.measure, change.change) {
        (MeasureKind::ProcessTime, Adjustment::Part(part)) => Lever::Time(part),
        (MeasureKind::Servers, Adjustment::More(more)) => Lever::Servers(more),
        _ => return None,
    };
    Some((change.about, lever))
}

/// Why the stream answers as it does, where one step is improved.
#[component]
fn Outcome() -> impl IntoView {
    let app = use_app();
    let figures = Memo::new(move |_| {
        let figures = app
            .tried
            .with(|tried| tried.as_ref().map(|(_, figures)| figures.clone()));
        figures.unwrap_or_default()
    });
    view! {
        <Show when=move || app.tried.with(Option::is_some)>
            <p class="what-if-sentence" role="status">
                {move || app.tried.get().map(|(sentence, _)| sentence)}
            </p>
            <TableView table=figures/>
        </Show>
    }
}

/// The name under which what is tried is kept.
#[component]
fn Keeping() -> impl IntoView {
    let app = use_app();
    let name = Memo::new(move |_| app.trying.with(|trying| trying.name.clone()));
    let is_edited = Memo::new(move |_| app.trying.with(|trying| trying.of.is_some()));
    view! {
        <NamingForm
            label="Name of the improvement"
            placeholder="Name, such as Two testers"
            name
            rename=move |typed: String| app.trying.update(|it| it.name = typed)
            is_edited
            keep=move |()| service::keep(app)
            cancel=move |()| app.trying.set(Trying::default())
        />
    }
}

/// One change of what is tried: of what, what of it, and by how much.
#[component]
fn ChangeRow(place: usize, records: Memo<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let change = Memo::new(move |_| app.trying.with(|trying| trying.changes.get(place).copied()));
    let alter = move |alter: &dyn Fn(&mut MeasureChange)| {
        app.trying.update(|trying| {
            if let Some(change) = trying.changes.get_mut(place) {
                alter(change);
            }
        });
    };
    let options = Signal::derive(move || {
        app.document.track();
        let records = records.get().into_iter();
        app.with(|core| {
            let document = core.editor.document();
            records
                .map(|id| (id.to_string(), name_of(document, id)))
                .collect::<Vec<_>>()
        })
    });
    let about = Memo::new(move |_| change.get().map(|change| change.about));
    let levers = Signal::derive(move || {
        app.document.track();
        let offered = about
            .get()
            .map_or(&[][..], |about| choices(app, about))
            .iter();
        // What was changed on the canvas may be any measure.
        let own = change.get().map(|change| change.measure).into_iter();
        let own = own.filter(|own| !offered.clone().any(|(kind, _)| kind == own));
        let kinds = offered.clone().map(|(kind, _)| *kind).chain(own);
        kinds
            .map(|kind| (kind.to_string(), lever_words(kind).to_owned()))
            .collect::<Vec<_>>()
    });
    let keep_about = move |typed: String| {
        if let Ok(about) = typed.parse::<Id>() {
            let offered = choices(app, about);
            alter(&|change| {
                change.about = about;
                let same = offered.iter().any(|(kind, _)| *kind == change.measure);
                if let (false, Some((measure, first))) = (same, offered.first()) {
                    (change.measure, change.change) = (*measure, *first);
                }
            });
        }
    };
    let keep_measure = move |typed: String| {
        let offered = about
            .get_untracked()
            .map_or(&[][..], |about| choices(app, about));
        let chosen = offered.iter().find(|(kind, _)| kind.to_string() == typed);
        if let Some((measure, first)) = chosen {
            alter(&|change| (change.measure, change.change) = (*measure, *first));
        }
    };
    let numbered = move |words: &str| match place {
        0 => words.to_owned(),
        place => format!("{words} {}", place + 1),
    };
    let scale = Memo::new(move |_| change.get().and_then(|change| scale_of(change.change)));
    let alone = move || app.trying.with(|trying| trying.changes.len() < 2);
    let label = numbered("How much");
    view! {
        <div class="change-row">
            <Choice
                options
                chosen=Signal::derive(move || about.get().map(|id| id.to_string()).unwrap_or_default())
                keep=keep_about
                attr:aria-label=numbered("Step to improve")
            />
            <Choice
                options=levers
                chosen=Signal::derive(move || {
                    change.get().map(|change| change.measure.to_string()).unwrap_or_default()
                })
                keep=keep_measure
                attr:aria-label=numbered("How")
            />
            <div class="slider-row">
                // Another lever has another scale: then the slider is made anew.
                <For each=move || scale.get() key=|scale| *scale let:scale>
                    <Slider place scale label=label.clone()/>
                </For>
                <output class="figure-value">
                    {move || change.get().map(|change| amount_words(&change))}
                </output>
                <Show when=move || !alone()>
                    <IconButton
                        picture=icondata_lu::LuX
                        name=numbered("Leave this out")
                        title="Leave this out"
                        on:click=move |_| {
                            app.trying.update(|trying| {
                                if place < trying.changes.len() {
                                    trying.changes.remove(place);
                                }
                            });
                        }
                    />
                </Show>
            </div>
        </div>
    }
}

/// How much, with a scale that stays.
#[component]
fn Slider(place: usize, scale: [i32; 3], label: String) -> impl IntoView {
    let app = use_app();
    let [least, most, step] = scale;
    let number = move || {
        let number = app.trying.with(|trying| {
            trying
                .changes
                .get(place)
                .map(|change| number_of(change.change))
        });
        number.unwrap_or_default().to_string()
    };
    let slide = move |event: ev::Event| {
        if let Ok(typed) = event_target_value(&event).parse() {
            app.trying.update(|trying| {
                if let Some(change) = trying.changes.get_mut(place) {
                    change.change = with_number(change.change, typed);
                }
            });
        }
    };
    view! {
        <input
            dir="auto"
            class="slider"
            type="range"
            min=least.to_string()
            max=most.to_string()
            step=step.to_string()
            aria-label=label
            prop:value=number
            on:input=slide
        />
    }
}

/// Least, greatest and step of the slider: hundredths of a part or a share, or a count; none where a
/// measure was typed on the canvas.
const fn scale_of(change: Adjustment) -> Option<[i32; 3]> {
    match change {
        Adjustment::Part(_) => Some([10, 200, 5]),
        Adjustment::More(_) => Some([0, 10, 1]),
        Adjustment::To(_) => Some([0, 100, 1]),
        Adjustment::Is(_) => None,
    }
}

/// The number on the slider.
fn number_of(change: Adjustment) -> i32 {
    let number = match change {
        Adjustment::Part(part) => part * 100.0,
        Adjustment::More(number) | Adjustment::To(number) => number,
        // It has no slider.
        Adjustment::Is(_) => 0.0,
    };
    number.round() as i32
}

fn with_number(change: Adjustment, number: i32) -> Adjustment {
    let number = f64::from(number);
    match change {
        Adjustment::Part(_) => Adjustment::Part(number / 100.0),
        Adjustment::More(_) => Adjustment::More(number),
        Adjustment::To(_) => Adjustment::To(number),
        Adjustment::Is(_) => change,
    }
}

fn amount_words(change: &MeasureChange) -> String {
    let number = number_of(change.change);
    match (change.change, change.measure) {
        (Adjustment::Part(_), MeasureKind::ProcessTime) => format!("{number} % of its time"),
        (Adjustment::Part(_), _) => format!("{number} % of it"),
        (Adjustment::More(_), _) => format!("{number} more"),
        (Adjustment::To(_), _) => format!("{number} %"),
        (Adjustment::Is(stated), kind) => measure_text(&stated.measure(kind)),
    }
}

/// What a change of a measure is called in the choice.
const fn lever_words(kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::ProcessTime => "Faster",
        MeasureKind::Servers => "More people or machines",
        MeasureKind::WaitingTime => "Shorter wait",
        MeasureKind::CompleteAndAccurate => "Better %C&A",
        MeasureKind::Batch => "Smaller batch",
        MeasureKind::Changeover => "Shorter changeover",
        MeasureKind::Uptime => "More uptime",
        MeasureKind::WorkInProgress => "Less work waiting",
        MeasureKind::Share => "Less rework",
        _ => kind.name(),
    }
}
