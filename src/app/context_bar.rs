//! What can be done with the selection, by click, beside it.

use icondata_core::Icon;
use leptos::prelude::*;

use super::plain::{on, show, text_of, view_of};

use super::icon::icon;
use super::state::use_app;
use crate::editor::{Action, Gesture, When};
use crate::model::{Delay, Hold, Link, Polarity, Rect, VariableKind};

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
}

/// The bar, over the selection.
#[component]
pub fn ContextBar() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.mode.track();
        app.with(|core| {
            let editor = &core.editor;
            let quiet = matches!(editor.gesture(), Gesture::Idle | Gesture::Pressed { .. });
            if !quiet || editor.text_edit().is_some() || !editor.holds(When::Selected) {
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
                nodes: (
                    nodes.len(),
                    nodes.iter().all(|place| place.hold == Hold::Locked),
                ),
                words: selection.len() == 1 && nodes.len() == 1,
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
                    let link = editor.document().links().get(id);
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
            let left = rect.center().x.clamp(0.0, view.size.x);
            Some(format!(
                "top:{top}px;--top:{top}px;--lift:{lift};--center:{left}px;--room:{}px",
                view.size.x
            ))
        })
        .unwrap_or_default()
    };
    view! {
        {show(move || shown.get().is_some(), move || view! {
            <div class="context-bar" style=text_of(style) role="toolbar" aria-label="Selection">
                {view_of(move || match shown.get() {
                    Some(shown) => view! { <Buttons shown=shown/> }.into_any(),
                    None => ().into_any(),
                })}
            </div>
        }.into_any())}
    }
}

#[component]
fn Buttons(
    /// What is selected.
    shown: Shown,
) -> impl IntoView {
    let Shown {
        links,
        variables,
        nodes,
        words,
    } = shown;
    let signs = links.map(|(sign, delayed)| {
        view! {
            <Sign polarity=Polarity::Positive now=sign action=Action::PolarityPositive/>
            <Sign polarity=Polarity::Negative now=sign action=Action::PolarityNegative/>
            <Sign polarity=Polarity::Unknown now=sign action=Action::PolarityUnknown/>
            <span class="context-rule"></span>
            <Toggle action=Action::ToggleDelay picture=icondata_lu::LuTimer name="Delay" is_on=delayed/>
            <Press action=Action::ReverseLink picture=icondata_lu::LuArrowLeftRight name="Reverse"/>
        }
    });
    let editing = words.then(|| {
        view! { <Press action=Action::EditText picture=icondata_lu::LuPencil name="Edit the words"/> }
    });
    let stock = variables.map(|stock| {
        view! { <Toggle action=Action::ToggleStock picture=icondata_lu::LuSquare name="Stock" is_on=stock/> }
    });
    let grow = (variables.is_some() && words).then(|| {
        view! {
            <Press action=Action::GrowRight picture=icondata_lu::LuMoveUpRight
                name="Add a linked variable"/>
        }
    });
    let many = (nodes.0 > 1).then(|| {
        view! {
            <Press action=Action::Group picture=icondata_lu::LuGroup name="Group"/>
            <Press action=Action::Ungroup picture=icondata_lu::LuUngroup name="Ungroup"/>
        }
    });
    let hold = (nodes.0 > 0).then(|| {
        view! {
            <Toggle action=Action::ToggleHold picture=icondata_lu::LuLock name="Lock" is_on=nodes.1/>
            <Press action=Action::Duplicate picture=icondata_lu::LuCopy name="Duplicate"/>
        }
    });
    view! {
        {signs}
        {editing}
        {stock}
        {grow}
        {many}
        {hold}
        <Press action=Action::Delete picture=icondata_lu::LuTrash2 name="Delete"/>
    }
}

fn titled(action: Action) -> String {
    match action.shortcut().as_str() {
        "" => action.label().to_owned(),
        keys => format!("{} ({keys})", action.label()),
    }
}

#[component]
fn Sign(
    /// The sign of this button.
    polarity: Polarity,
    /// The sign of the selected links, if they have one in common.
    now: Option<Polarity>,
    /// What the button does.
    action: Action,
) -> impl IntoView {
    let app = use_app();
    view! {
        <button class="sign-button" title=titled(action) aria-label=action.label()
            aria-pressed=(now == Some(polarity)).to_string()
            on:click=on(move |_| app.act(action))>{polarity.symbol().to_string()}</button>
    }
}

#[component]
fn Press(
    /// What the button does.
    action: Action,
    /// Its picture.
    picture: Icon,
    /// Its name.
    name: &'static str,
) -> impl IntoView {
    let app = use_app();
    view! {
        <button class="icon-button" title=titled(action) aria-label=name
            on:click=on(move |_| app.act(action))>{icon(picture)}</button>
    }
}

#[component]
fn Toggle(
    /// What the button does.
    action: Action,
    /// Its picture.
    picture: Icon,
    /// Its name.
    name: &'static str,
    /// Whether it is on.
    is_on: bool,
) -> impl IntoView {
    let app = use_app();
    view! {
        <button class="icon-button" title=titled(action) aria-label=name
            aria-pressed=is_on.to_string() on:click=on(move |_| app.act(action))>{icon(picture)}</button>
    }
}
