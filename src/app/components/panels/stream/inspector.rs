//! What is selected, with the fields of its measures.

use leptos::prelude::*;

use super::bound::{binding_field, delay_field};
use super::measure_field::MeasureField;
use crate::app::dispatch::dispatch;
use crate::app::plain::{Tag, Words, nothing, tag, text_of, together, view_of, written};
use crate::app::services::notify;
use crate::app::state::App;
use crate::editor::{Command, Event};
use crate::model::{
    Element, ElementKind, FlowKind, Id, MeasureKind, StationKind, StepRole, may_flow,
};

const STATION_KINDS: [(StationKind, &str); 6] = [
    (StationKind::Step, "Step"),
    (StationKind::Queue, "Queue"),
    (StationKind::Supermarket, "Supermarket"),
    (StationKind::Supplier, "Supplier"),
    (StationKind::Customer, "Customer"),
    (StationKind::Control, "Control"),
];
/// The kinds of flows with their words.
pub const FLOW_KINDS: [(FlowKind, &str); 6] = [
    (FlowKind::Push, "Push"),
    (FlowKind::Pull, "Pull"),
    (FlowKind::Fifo, "FIFO lane"),
    (FlowKind::Rework, "Rework"),
    (FlowKind::ManualInformation, "Information, by people"),
    (FlowKind::ElectronicInformation, "Information, electronic"),
];
const ROLES: [(StepRole, &str); 3] = [
    (StepRole::Plain, "Plain step"),
    (StepRole::Commit, "Commits the change"),
    (StepRole::Deployment, "Deploys to production"),
];

/// What is alone selected, and what kind of thing it is: while these stay, so do the fields.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Selected {
    Nothing,
    Station(Id, StationKind),
    Flow(Id, FlowKind),
    Other(Id, ElementKind),
}

/// The fields of what is selected.
pub fn inspector(app: App) -> AnyView {
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            let mut ids = core.editor.selection().iter();
            let (Some(id), None) = (ids.next(), ids.next()) else {
                return Selected::Nothing;
            };
            if let Some(station) = document.stations().get(id) {
                return Selected::Station(*id, station.kind);
            }
            if let Some(flow) = document.flows().get(id) {
                return Selected::Flow(*id, flow.kind);
            }
            let any = !document.stations().is_empty();
            match document.kind_of(*id) {
                Some(kind @ (ElementKind::Variable | ElementKind::Link)) if any => {
                    Selected::Other(*id, kind)
                }
                _ => Selected::Nothing,
            }
        })
    });
    view_of(move || match selected.get() {
        Selected::Nothing => nothing(),
        Selected::Station(id, kind) => station(app, id, kind),
        Selected::Flow(id, kind) => flow(app, id, kind),
        Selected::Other(id, ElementKind::Variable) => framed(app, id, vec![binding_field(app, id)]),
        Selected::Other(id, _) => framed(app, id, vec![delay_field(app, id)]),
    })
}

/// The fields under the name of what they are about.
fn framed(app: App, id: Id, fields: Vec<AnyView>) -> AnyView {
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.describe(id))
    });
    tag("section")
        .class("inspector")
        .with("id", "inspector")
        .label("What is selected")
        .child(tag("h3").text(text_of(move || words.get())))
        .child(together(fields))
        .view()
}

/// A choice of one of a few words.
pub fn choice(
    label: impl Into<Words>,
    words: impl IntoIterator<Item = (String, String)>,
    chosen: &str,
    keep: impl Fn(String) + Send + 'static,
) -> Tag {
    let mut list = Vec::new();
    for pair in words {
        list.push(pair);
    }
    select(label.into(), list, chosen, Box::new(keep))
}

/// The same, with its code there once for all choices.
#[inline(never)]
fn select(
    label: Words,
    words: Vec<(String, String)>,
    chosen: &str,
    keep: Box<dyn Fn(String) + Send>,
) -> Tag {
    let options = words.into_iter().map(|(value, words)| {
        let is_chosen = value == chosen;
        let option = tag("option").with("value", value).text(words);
        if is_chosen {
            option.with("selected", "")
        } else {
            option
        }
    });
    tag("select")
        .class("field")
        .label(label)
        .on("change", move |event| keep(written(&event)))
        .children(options)
}

/// A choice among a fixed list, by place.
fn pick<T: Copy + PartialEq + Send + Sync + 'static>(
    label: &'static str,
    list: &'static [(T, &'static str)],
    now: T,
    keep: impl Fn(T) + Send + 'static,
) -> Tag {
    let place = list
        .iter()
        .position(|(value, _)| *value == now)
        .unwrap_or(0);
    let words = list.iter().enumerate();
    let words = words.map(|(place, (_, word))| (place.to_string(), (*word).to_owned()));
    choice(label, words, &place.to_string(), move |typed| {
        if let Some((value, _)) = typed.parse().ok().and_then(|place: usize| list.get(place)) {
            keep(*value);
        }
    })
}

/// Changes the station that is shown.
fn change(app: App, id: Id, change: impl FnOnce(&mut Element)) {
    if let Some(mut element) = app.with(|core| core.editor.document().element(id)) {
        change(&mut element);
        dispatch(app, Event::Do(Command::Replace(id, element)));
    }
}

fn station(app: App, id: Id, kind: StationKind) -> AnyView {
    let kinds = pick("Kind of station", &STATION_KINDS, kind, move |kind| {
        change(app, id, |element| {
            if let Element::Station(station) = element {
                station.kind = kind;
                station.measures.retain(MeasureKind::of_station(kind));
            }
        });
    });
    let mut fields = vec![kinds.view()];
    fields.extend(
        MeasureKind::of_station(kind)
            .iter()
            .map(|kind| view! { <MeasureField id kind=*kind/> }.into_any()),
    );
    if kind == StationKind::Step {
        fields.push(step_fields(app, id));
    }
    if !MeasureKind::of_station(kind).is_empty() {
        let help = "2 h \u{b7} ~2 h a guess \u{b7} 1-2-5 h low, likely, high \u{b7} ? nobody knows";
        fields.insert(1, tag("p").class("muted").text(help).view());
    }
    framed(app, id, fields)
}

/// Who works at a step, and what it means for delivery.
fn step_fields(app: App, id: Id) -> AnyView {
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let station = core.editor.document().stations().get(&id);
            station
                .map(|station| (station.resource.clone(), station.role))
                .unwrap_or_default()
        })
    });
    let resource = tag("input")
        .class("field")
        .label("Shared people or machines")
        .with("placeholder", "Shared people or machines, by name")
        .with("maxlength", "200")
        .with("autocomplete", "off")
        .value(text_of(move || now.get().0))
        .on("change", move |event| {
            let typed = written(&event);
            change(app, id, |element| {
                if let Element::Station(station) = element {
                    station.resource = typed.trim().to_owned();
                }
            });
        });
    let role = pick(
        "Role of the step",
        &ROLES,
        now.get_untracked().1,
        move |role| {
            change(app, id, |element| {
                if let Element::Station(station) = element {
                    station.role = role;
                }
            });
        },
    );
    together(vec![resource.view(), role.view()])
}

fn flow(app: App, id: Id, kind: FlowKind) -> AnyView {
    let kinds = pick("Kind of flow", &FLOW_KINDS, kind, move |kind| {
        let refusal = app.with(|core| {
            let document = core.editor.document();
            let flow = document.flows().get(&id)?;
            may_flow(document, flow.from, flow.to, kind).err()
        });
        if let Some(refusal) = refusal {
            notify::announce(app, refusal.to_string());
            notify::show(
                app,
                format!("{refusal}."),
                crate::app::state::Tone::Trouble,
                None,
            );
            return;
        }
        change(app, id, |element| {
            if let Element::Flow(flow) = element {
                flow.kind = kind;
                flow.measures.retain(MeasureKind::of_flow(kind));
            }
        });
    });
    let mut fields = vec![kinds.view()];
    fields.extend(
        MeasureKind::of_flow(kind)
            .iter()
            .map(|kind| view! { <MeasureField id kind=*kind/> }.into_any()),
    );
    framed(app, id, fields)
}
