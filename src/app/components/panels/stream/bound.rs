//! Binding a variable to the stream, and a link's delay to a part of the map.

use leptos::prelude::*;

use super::inspector::choice;
use super::name_of;
use crate::app::dispatch::dispatch;
use crate::app::plain::{tag, text_of, together, view_of};
use crate::app::state::App;
use crate::editor::{Command, Event};
use crate::model::{
    Binding, Document, Element, Id, Link, MeasureKind, Segment, StationKind, StepResult,
    StreamResult, duration_text,
};
use crate::stream::{BoundValue, LinkDelay, bound_value, delay_of, step_figure, stream_figure};

const STREAM_RESULTS: [StreamResult; 8] = [
    StreamResult::LeadTime,
    StreamResult::ProcessTime,
    StreamResult::FlowEfficiency,
    StreamResult::RolledCompleteAndAccurate,
    StreamResult::Throughput,
    StreamResult::WorkInProgress,
    StreamResult::TaktTime,
    StreamResult::Capacity,
];
const STEP_RESULTS: [StepResult; 3] = [
    StepResult::Capacity,
    StepResult::Utilisation,
    StepResult::Waiting,
];

/// Everything that a variable can be bound to, with its words.
fn choices(document: &Document, now: Option<&Binding>) -> Vec<(Binding, String)> {
    let mut list: Vec<(Binding, String)> = STREAM_RESULTS
        .into_iter()
        .map(|result| {
            let words = format!("Stream: {}", stream_figure(result).words().name);
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
            list.extend(STEP_RESULTS.map(|result| {
                let words = format!("{name}: {}", step_figure(result).words().name);
                (Binding::Step(*id, result), words)
            }));
        }
    }
    if let Some(now) = now
        && !list.iter().any(|(binding, _)| binding == now)
    {
        list.push((*now, "Something that is gone".to_owned()));
    }
    list
}

/// What a variable is bound to.
pub fn binding_field(app: App, id: Id) -> AnyView {
    let now = Memo::new(move |_| {
        app.stream.track();
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let binding = document.variables().get(&id)?.binding;
            let value =
                binding.map(|binding| bound_value(document, core.editor.stream(), &binding));
            Some((choices(document, binding.as_ref()), binding, value))
        })
    });
    let value = move || match now.get().and_then(|(_, _, value)| value) {
        None => String::new(),
        Some(BoundValue::Known(words)) => format!("Now {words}"),
        Some(BoundValue::Unknown) => "Nobody knows it yet.".to_owned(),
        Some(BoundValue::Broken) => "What it was bound to is gone.".to_owned(),
    };
    let field = view_of(move || {
        let Some((list, binding, _)) = now.get() else {
            return crate::app::plain::nothing();
        };
        let place = list.iter().position(|(choice, _)| Some(*choice) == binding);
        let chosen = place.map_or(String::new(), |place| place.to_string());
        let none = [(String::new(), "Not bound to the stream".to_owned())];
        let words = list.iter().enumerate();
        let words = words.map(|(place, (_, words))| (place.to_string(), words.clone()));
        let words: Vec<_> = none.into_iter().chain(words).collect();
        choice("Shows of the stream", words, &chosen, move |typed| {
            let place: Option<usize> = typed.parse().ok();
            let binding = place
                .and_then(|place| list.get(place))
                .map(|(binding, _)| *binding);
            if let Some(Element::Variable(mut variable)) =
                app.with(|core| core.editor.document().element(id))
            {
                variable.binding = binding;
                dispatch(
                    app,
                    Event::Do(Command::Replace(id, Element::Variable(variable))),
                );
            }
        })
        .view()
    });
    together(vec![
        field,
        tag("p").class("muted").text(text_of(value)).view(),
    ])
}

/// The part of the map that a link takes its delay from.
pub fn delay_field(app: App, id: Id) -> AnyView {
    let now = Memo::new(move |_| {
        app.stream.track();
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let link = document.links().get(&id)?;
            let delay = delay_of(document, core.editor.stream(), link);
            let words = match delay {
                None => String::new(),
                Some(LinkDelay::Known(seconds)) => {
                    duration_text(seconds, &document.properties().stream.calendar())
                }
                Some(LinkDelay::Unknown) => "Something on this way is not known.".to_owned(),
                Some(LinkDelay::Broken) => "No way leads from the one to the other.".to_owned(),
            };
            let stations = document.stations().keys();
            let stations = stations.map(|id| (id.to_string(), name_of(document, *id)));
            Some((stations.collect::<Vec<_>>(), link.delay_source, words))
        })
    });
    let keep = move |change: &dyn Fn(&mut Link)| {
        if let Some(Element::Link(mut link)) = app.with(|core| core.editor.document().element(id)) {
            change(&mut link);
            dispatch(app, Event::Do(Command::Replace(id, Element::Link(link))));
        }
    };
    let ends = view_of(move || {
        let Some((stations, segment, _)) = now.get() else {
            return crate::app::plain::nothing();
        };
        let end = |label: &'static str, at: Option<Id>, put: fn(&mut Segment, Id)| {
            let none = [(String::new(), "Delay not from the map".to_owned())];
            let words: Vec<_> = none.into_iter().chain(stations.iter().cloned()).collect();
            let chosen = at.map(|id| id.to_string()).unwrap_or_default();
            choice(label, words, &chosen, move |typed| {
                let station: Option<Id> = typed.parse().ok();
                keep(&|link| {
                    link.delay_source = station.map(|id| {
                        let mut segment = link.delay_source.unwrap_or(Segment { from: id, to: id });
                        put(&mut segment, id);
                        segment
                    });
                    if link.delay_source.is_some() {
                        link.delay = crate::model::Delay::Delayed;
                    }
                });
            })
            .view()
        };
        together(vec![
            end(
                "Delay from the start of",
                segment.map(|s| s.from),
                |segment, id| segment.from = id,
            ),
            end("to the end of", segment.map(|s| s.to), |segment, id| {
                segment.to = id
            }),
        ])
    });
    let words = text_of(move || now.get().map(|(_, _, words)| words).unwrap_or_default());
    together(vec![ends, tag("p").class("muted").text(words).view()])
}
