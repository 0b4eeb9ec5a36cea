//! What can be done with the selection, by click, beside it.

use icondata_core::Icon;
use leptos::prelude::*;

use crate::app::components::icon::icon_button;
use crate::app::dispatch::act;
use crate::app::plain::{Tag, nothing, show, tag, text_of, together, view_of};
use crate::app::state::{App, use_app};
use crate::editor::{Action, Condition, Gesture};
use crate::model::{Delay, Link, NoteKind, Polarity, Rect, VariableKind};

/// How far the bar stands over the selection, in CSS pixels.
const GAP: f64 = 14.0;
/// About how high the bar is, in CSS pixels.
const HEIGHT: f64 = 44.0;

/// What the bar shows of the selection.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    /// The signs of the selected links, and whether all are delayed.
    links: Option<(Option<Polarity>, bool)>,
    /// Whether all selected variables are stocks.
    variables: Option<bool>,
    /// How many things stand by themselves, and whether all are locked.
    nodes: (usize, bool),
    /// Whether words can be edited.
    words: bool,
    /// Whether another can follow.
    grows: bool,
    /// Whether a station or a flow is among them.
    stream: bool,
    /// Whether all selected notes are kaizen bursts.
    burst: Option<bool>,
}

/// The bar, over the selection.
pub fn context_bar() -> AnyView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.mode.track();
        app.with(|core| {
            let editor = &core.editor;
            let quiet = matches!(editor.gesture(), Gesture::Idle | Gesture::Pressed { .. });
            if !quiet || editor.text_edit().is_some() || !editor.holds(Condition::Selected) {
                return None;
            }
            let (document, selection) = (editor.document(), editor.selection());
            let links: Vec<&Link> = selection
                .iter()
                .filter_map(|id| document.links().get(id))
                .collect();
            let variables: Vec<_> = selection
                .iter()
                .filter_map(|id| document.variables().get(id))
                .collect();
            let nodes: Vec<_> = selection
                .iter()
                .filter_map(|id| document.placement(*id))
                .collect();
            let first = links.first().map(|link| link.polarity);
            Some(Shown {
                links: first.map(|sign| {
                    let same = links.iter().all(|link| link.polarity == sign);
                    let delayed = links.iter().all(|link| link.delay == Delay::Delayed);
                    (same.then_some(sign), delayed)
                }),
                variables: (!variables.is_empty())
                    .then(|| variables.iter().all(|v| v.kind == VariableKind::Stock)),
                nodes: (nodes.len(), nodes.iter().all(|place| place.locked)),
                words: selection.len() == 1 && nodes.len() == 1,
                grows: editor.holds(Condition::GrowerSelected),
                stream: editor.holds(Condition::StreamSelected),
                burst: editor.holds(Condition::NoteSelected).then(|| {
                    let mut notes = selection.iter().filter_map(|id| document.notes().get(id));
                    notes.all(|note| note.kind == NoteKind::Burst)
                }),
            })
        })
    });
    let style = move || {
        app.view.track();
        app.selection.track();
        app.document.track();
        app.mode.track();
        app.with(|core| {
            let editor = &core.editor;
            let scene = editor.scene();
            let rect = editor
                .selection()
                .iter()
                .filter_map(|id| {
                    // With the names at its ends, which the bar must not hide.
                    let link = editor.document().edge(*id);
                    let ends = link.map_or([*id; 2], |link| [link.from, link.to]);
                    let curve = scene.links().get(id).map(|link| link.curve.bounds());
                    let rects = ends.into_iter().filter_map(|end| scene.bounds_of(end));
                    rects.chain(curve).reduce(|all, rect| all.union(&rect))
                })
                .reduce(|all, rect| all.union(&rect))?;
            let view = editor.view();
            let corner = view.to_screen(crate::model::Point::new(rect.left, rect.top));
            let other = view.to_screen(crate::model::Point::new(rect.right, rect.bottom));
            let rect = Rect::from_points(corner, other);
            // Over the selection where there is room, else under it, always in sight.
            let (top, lift) = if rect.top - GAP - HEIGHT >= 8.0 {
                (rect.top - GAP, "-100%")
            } else {
                (rect.bottom + GAP, "0%")
            };
            let top = top.clamp(8.0, (view.size.y - HEIGHT - 56.0).max(8.0));
            let left = rect.center().x.clamp(0.0, view.size.x.max(0.0));
            let room = view.size.x;
            Some(format!(
                "top:{top}px;--top:{top}px;--lift:{lift};--center:{left}px;--room:{room}px"
            ))
        })
        .unwrap_or_default()
    };
    show(
        move || shown.with(Option::is_some),
        move || {
            tag("div")
                .class("context-bar")
                .styles(text_of(style))
                .with("role", "toolbar")
                .label("Selection")
                .child(view_of(move || match shown.get() {
                    Some(shown) => buttons(app, &shown),
                    None => nothing(),
                }))
                .view()
        },
    )
}

/// What can be done with what is selected. Each stands in a place of its own, so that the focus
/// stays where it was when others come and go.
fn buttons(app: App, shown: &Shown) -> AnyView {
    let Shown {
        links,
        variables,
        nodes,
        words,
        grows,
        stream,
        burst,
    } = *shown;
    let sign = |polarity: Polarity, action| {
        let is_on = links.is_some_and(|(now, _)| now == Some(polarity));
        tag("button")
            .class("sign-button")
            .title(titled(action))
            .label(action.label())
            .with("aria-pressed", is_on)
            .press(move || act(app, action))
            .text(polarity.symbol().to_string())
    };
    let press = |is_there: bool, action: Action, picture: Icon, name: &'static str| {
        is_there.then(|| icon_button(picture, name, titled(action), move || act(app, action)))
    };
    let toggle = |is_on: Option<bool>, action: Action, picture: Icon, name: &'static str| {
        let button = press(is_on.is_some(), action, picture, name)?;
        Some(button.with("aria-pressed", is_on == Some(true)))
    };
    let many = nodes.0 > 1;
    let any = nodes.0 > 0;
    let delayed = links.map(|(_, delayed)| delayed);
    let signed = |polarity, action| delayed.map(|_| sign(polarity, action));
    let in_order: [Option<Tag>; 16] = [
        signed(Polarity::Positive, Action::PolarityPositive),
        signed(Polarity::Negative, Action::PolarityNegative),
        signed(Polarity::Unknown, Action::PolarityUnknown),
        delayed.map(|_| tag("span").class("context-rule")),
        toggle(delayed, Action::ToggleDelay, icondata_lu::LuTimer, "Delay"),
        press(
            delayed.is_some(),
            Action::ReverseLink,
            icondata_lu::LuArrowLeftRight,
            "Reverse",
        ),
        press(
            words,
            Action::EditText,
            icondata_lu::LuPencil,
            "Edit the words",
        ),
        toggle(
            variables,
            Action::ToggleStock,
            icondata_lu::LuSquare,
            "Stock",
        ),
        press(
            grows && words,
            Action::GrowRight,
            icondata_lu::LuMoveUpRight,
            "Add the next",
        ),
        toggle(
            burst,
            Action::ToggleBurst,
            icondata_lu::LuZap,
            "Kaizen burst",
        ),
        press(
            stream,
            Action::EditMeasures,
            icondata_lu::LuGauge,
            "Measures",
        ),
        press(many, Action::Group, icondata_lu::LuGroup, "Group"),
        press(many, Action::Ungroup, icondata_lu::LuUngroup, "Ungroup"),
        toggle(
            any.then_some(nodes.1),
            Action::ToggleLock,
            icondata_lu::LuLock,
            "Lock",
        ),
        press(any, Action::Duplicate, icondata_lu::LuCopy, "Duplicate"),
        press(true, Action::Delete, icondata_lu::LuTrash2, "Delete"),
    ];
    let views = in_order.into_iter();
    together(
        views
            .map(|view| view.map_or_else(nothing, Tag::view))
            .collect(),
    )
}

fn titled(action: Action) -> String {
    match action.shortcut().as_str() {
        "" => action.label().to_owned(),
        keys => format!("{} ({keys})", action.label()),
    }
}
