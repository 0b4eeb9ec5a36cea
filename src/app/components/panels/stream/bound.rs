//! Binding a variable to the stream, and a link's delay to a part of the map.

use leptos::prelude::*;

use super::name_of;
use crate::app::components::field::Choice;
use crate::app::dispatch::dispatch;
use crate::app::state::use_app;
use crate::editor::{Command, Event};
use crate::model::{
    Binding, Delay, Document, Element, Id, MeasureKind, Segment, SimulatedResult,
    SimulatedStepResult, StationKind, StepResult, StreamResult, duration_text, term_in_sentence,
};
use crate::worker::{BoundValue, LinkDelay};

/// Everything of a stream that can be shown elsewhere, with its words.
pub fn bindings(document: &Document) -> Vec<(Binding, String)> {
    let mut list: Vec<(Binding, String)> = StreamResult::ALL
        .into_iter()
        .map(|result| {
            let words = format!("Stream: {}", result.name());
            (Binding::Stream(result), words)
        })
        .collect();
    for (id, station) in document.stations() {
        let name = name_of(document, *id);
        for kind in MeasureKind::of_station(station.kind) {
            list.push((
                Binding::Measure(*id, *kind),
                format!("{name}: {}", kind.name()),
            ));
        }
        if station.kind == StationKind::Step {
            list.extend(StepResult::ALL.map(|result| {
                let words = format!("{name}: {}", result.name());
                (Binding::Step(*id, result), words)
            }));
        }
    }
    list.extend(SimulatedResult::ALL.map(|result| {
        let words = format!("Stream: {}", term_in_sentence(result.name()));
        (Binding::Simulated(result), words)
    }));
    for (id, station) in document.stations() {
        if station.kind == StationKind::Step {
            let name = name_of(document, *id);
            list.extend(SimulatedStepResult::ALL.map(|result| {
                let words = format!("{name}: {}", term_in_sentence(result.name()));
                (Binding::SimulatedStep(*id, result), words)
            }));
        }
    }
    list
}

/// Everything that a variable can be bound to, and what it is bound to, if that is gone.
fn choices(document: &Document, now: Option<&Binding>) -> Vec<(Binding, String)> {
    let mut list = bindings(document);
    if let Some(now) = now
        && !list.iter().any(|(binding, _)| binding == now)
    {
        list.push((*now, "Something that was deleted".to_owned()));
    }
    list
}

/// What a variable is bound to.
#[component]
pub fn BindingField(
    /// The variable.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let binding = document.variables().get(&id)?.binding;
            Some((choices(document, binding.as_ref()), binding))
        })
    });
    // The value of an option is its place among the choices.
    let offered = move |wanted: fn(&Binding) -> bool| {
        now.with(|now| {
            let list = now.iter().flat_map(|(list, _)| list).enumerate();
            let list = list.filter(|(_, (binding, _))| wanted(binding));
            let each = list.map(|(place, (_, words))| (place.to_string(), words.clone()));
            each.collect::<Vec<_>>()
        })
    };
    let options = Signal::derive(move || {
        let none = [(String::new(), "Not bound to the stream".to_owned())];
        let others = offered(|binding| !binding.is_simulated());
        none.into_iter().chain(others).collect::<Vec<_>>()
    });
    let simulated = Signal::derive(move || offered(Binding::is_simulated));
    let chosen = Signal::derive(move || {
        now.with(|now| {
            let (list, binding) = now.as_ref()?;
            let place = list
                .iter()
                .position(|(choice, _)| Some(*choice) == *binding);
            place.map(|place| place.to_string())
        })
        .unwrap_or_default()
    });
    let keep = move |typed: String| {
        let place: Option<usize> = typed.parse().ok();
        let binding = now.with_untracked(|now| {
            let (list, _) = now.as_ref()?;
            list.get(place?).map(|(binding, _)| *binding)
        });
        if let Some(Element::Variable(mut variable)) =
            app.with(|core| core.editor.document().element(id))
        {
            variable.binding = binding;
            dispatch(
                app,
                Event::Do(Command::Replace(id, Element::Variable(variable))),
            );
        }
    };
    let value = Memo::new(move |_| app.stream.with(|view| view.value_of(id).cloned()));
    let lines = Memo::new(move |_| match value.get() {
        None => Vec::new(),
        Some(BoundValue::Known(words)) => vec![format!("Now {words}")],
        Some(BoundValue::Simulated(words)) => {
            let first = format!("Now {}, simulated: {}.", words.value, words.runs);
            std::iter::once(first).chain(words.facts).collect()
        }
        Some(BoundValue::Running) => vec!["Simulating\u{2026}".to_owned()],
        Some(BoundValue::NotSimulated(_, why)) => vec![why],
        Some(BoundValue::Unknown) => vec!["Nobody knows it yet.".to_owned()],
        Some(BoundValue::Broken) => vec!["What it was bound to was deleted.".to_owned()],
    });
    view! {
        <Choice
            options
            chosen
            group=("Simulated", simulated)
            keep=keep
            attr:aria-label="Shows from the stream"
        />
        <div class="bound-value" role="status">
            <For each=move || lines.get() key=Clone::clone let:words>
                <p class="muted">{words}</p>
            </For>
        </div>
    }
}

/// The part of the map that a link takes its delay from.
#[component]
pub fn DelayFields(
    /// The link.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        let delay = app.stream.with(|view| view.delay_of(id));
        app.with(|core| {
            let document = core.editor.document();
            let link = document.links().get(&id)?;
            let words = match delay {
                None => String::new(),
                Some(LinkDelay::Known(seconds)) => duration_text(seconds, &document.calendar()),
                Some(LinkDelay::Unknown) => "Something on this path is not known.".to_owned(),
                Some(LinkDelay::Broken) => "No path leads from one to the other.".to_owned(),
            };
            let stations = document.stations().keys();
            let stations = stations.map(|id| (id.to_string(), name_of(document, *id)));
            Some((stations.collect::<Vec<_>>(), link.delay_source, words))
        })
    });
    let options = Signal::derive(move || {
        let none = [(String::new(), "Delay not from the map".to_owned())];
        now.with(|now| {
            let stations = now.iter().flat_map(|(stations, _, _)| stations).cloned();
            none.into_iter().chain(stations).collect::<Vec<_>>()
        })
    });
    let end = move |label: &'static str, at: fn(&mut Segment) -> &mut Id| {
        let chosen = Signal::derive(move || {
            let segment = now.with(|now| now.as_ref().and_then(|(_, segment, _)| *segment));
            let station = segment.map(|mut segment| *at(&mut segment));
            station.map(|id| id.to_string()).unwrap_or_default()
        });
        let keep = move |typed: String| {
            let station: Option<Id> = typed.parse().ok();
            let Some(Element::Link(mut link)) = app.with(|core| core.editor.document().element(id))
            else {
                return;
            };
            link.delay_source = station.map(|id| {
                let mut segment = link.delay_source.unwrap_or(Segment { from: id, to: id });
                *at(&mut segment) = id;
                segment
            });
            if link.delay_source.is_some() {
                link.delay = Delay::Delayed;
            }
            dispatch(app, Event::Do(Command::Replace(id, Element::Link(link))));
        };
        view! { <Choice options chosen keep=keep attr:aria-label=label/> }
    };
    view! {
        {end("Delay from the start of", |segment| &mut segment.from)}
        {end("to the end of", |segment| &mut segment.to)}
        <p class="muted">{move || now.get().map(|(_, _, words)| words).unwrap_or_default()}</p>
    }
}
