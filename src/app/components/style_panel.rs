//! How what is selected looks, and how it lines up: colours, sizes, strengths, alignment. It stands
//! beside the selection, so that it hides nothing of it.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement};

use crate::app::browser::{focus, key_name, window};
use crate::app::components::icon::{Icon, IconButton};
use crate::app::dispatch::act;
use crate::app::state::{App, StylePart, use_app};
use crate::editor::{Action, CommonLook};
use crate::model::{Colour, Point, Rect, Size, Strength};

/// How far the panel stands from the selection, in CSS pixels.
const GAP: f64 = 20.0;
/// About how wide it is, in CSS pixels.
const WIDTH: f64 = 270.0;

const COLOURS: [(Option<Colour>, Action); 7] = [
    (None, Action::ColourNone),
    (Some(Colour::Red), Action::ColourRed),
    (Some(Colour::Orange), Action::ColourOrange),
    (Some(Colour::Yellow), Action::ColourYellow),
    (Some(Colour::Green), Action::ColourGreen),
    (Some(Colour::Blue), Action::ColourBlue),
    (Some(Colour::Violet), Action::ColourViolet),
];

const SIZES: [(Size, Action, &str); 3] = [
    (Size::Small, Action::SizeSmall, "S"),
    (Size::Medium, Action::SizeMedium, "M"),
    (Size::Large, Action::SizeLarge, "L"),
];

const STRENGTHS: [(Strength, Action, &str); 3] = [
    (Strength::Weak, Action::StrengthWeak, "Weak"),
    (Strength::Medium, Action::StrengthMedium, "Medium"),
    (Strength::Strong, Action::StrengthStrong, "Strong"),
];

const LINES: [(Action, icondata_core::Icon); 8] = [
    (
        Action::AlignLeft,
        icondata_lu::LuAlignHorizontalJustifyStart,
    ),
    (
        Action::AlignCenter,
        icondata_lu::LuAlignHorizontalJustifyCenter,
    ),
    (Action::AlignRight, icondata_lu::LuAlignHorizontalJustifyEnd),
    (Action::AlignTop, icondata_lu::LuAlignVerticalJustifyStart),
    (
        Action::AlignMiddle,
        icondata_lu::LuAlignVerticalJustifyCenter,
    ),
    (Action::AlignBottom, icondata_lu::LuAlignVerticalJustifyEnd),
    (
        Action::DistributeAcross,
        icondata_lu::LuAlignHorizontalSpaceBetween,
    ),
    (
        Action::DistributeDown,
        icondata_lu::LuAlignVerticalSpaceBetween,
    ),
];

/// What the panel shows of the selection.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shown {
    look: CommonLook,
    /// Whether several can be aligned, and whether enough can be distributed.
    lines: (bool, bool),
}

fn shown_of(app: App) -> Option<Shown> {
    app.with(|core| {
        let editor = &core.editor;
        let holds = |action: Action| editor.holds(action.row().when);
        let look = editor.common_look();
        let lines = (holds(Action::AlignLeft), holds(Action::DistributeAcross));
        (look.colour.is_some() || lines.0).then_some(Shown { look, lines })
    })
}

/// Where the panel stands, in CSS pixels of the canvas: beside the selection where there is room,
/// else under it.
fn spot_of(app: App) -> Option<(Point, Point)> {
    app.with(|core| {
        let editor = &core.editor;
        let (view, scene) = (editor.view(), editor.scene());
        let rects = editor.selection().iter();
        let rects = rects.filter_map(|id| scene.bounds_of(*id));
        let rect = rects.reduce(|all, rect| all.union(&rect))?;
        let corner = view.to_screen(Point::new(rect.left, rect.top));
        let other = view.to_screen(Point::new(rect.right, rect.bottom));
        let rect = Rect::from_points(corner, other);
        let room = Point::new(view.size.x, view.size.y);
        let at = if rect.right + GAP + WIDTH <= room.x {
            Point::new(rect.right + GAP, rect.top)
        } else if rect.left - GAP - WIDTH >= 0.0 {
            Point::new(rect.left - GAP - WIDTH, rect.top)
        } else {
            Point::new(rect.center().x - WIDTH / 2.0, rect.bottom + GAP)
        };
        Some((at, room))
    })
}

/// The panel, while it is asked for and something is selected that it is about.
#[component]
pub fn StylePanel() -> impl IntoView {
    let app = use_app();
    let panel = NodeRef::<html::Div>::new();
    close_beside(app);
    let shown = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        shown_of(app)
    });
    // It stays where it came up while what it is about changes its size.
    let spot = Memo::new(move |_| {
        app.styling.track();
        app.view.track();
        spot_of(app)
    });
    let is_open = move || {
        app.styling.get().is_some() && shown.with(Option::is_some) && spot.with(Option::is_some)
    };
    Effect::new(move |_| {
        if shown.with(Option::is_none) {
            app.styling.set(None);
        }
    });
    Effect::new(move |_| {
        let part = match app.styling.get() {
            Some(StylePart::Lines) => ".style-lines button",
            _ => "button",
        };
        if let Some(panel) = panel.get() {
            focus_in(&panel, part);
        }
    });
    let on_key = move |event: ev::KeyboardEvent| {
        if key_name(&event) == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            app.styling.set(None);
            focus("#canvas");
        }
    };
    let length = move |of: fn((Point, Point)) -> f64| {
        move || spot.get().map(|spot| format!("{}px", of(spot)))
    };
    view! {
        <Show when=is_open>
            <div
                class="style-panel"
                role="dialog"
                aria-label="Style"
                node_ref=panel
                style=("--x", length(|spot| spot.0.x))
                style=("--y", length(|spot| spot.0.y))
                style=("--room-x", length(|spot| spot.1.x))
                style=("--room-y", length(|spot| spot.1.y))
                on:keydown=on_key
            >
                <Looks shown/>
                <Lines shown/>
            </div>
        </Show>
    }
}

/// Gives the focus to the first that fits, or to the one of them that is on.
fn focus_in(panel: &Element, part: &str) {
    let find = |selector: &str| panel.query_selector(selector).ok().flatten();
    let found = find(&format!("{part}[aria-pressed=true]")).or_else(|| find(part));
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        // Fails only for an element that takes none.
        let _ = found.focus();
    }
}

/// A choice of the panel: what all that is selected has in common, and what of it a button is.
fn is_on<T: PartialEq + Copy + Send + Sync + 'static>(
    shown: Memo<Option<Shown>>,
    part: fn(&CommonLook) -> Option<Option<T>>,
    value: T,
) -> Memo<bool> {
    Memo::new(move |_| {
        shown.with(|shown| {
            let look = shown.as_ref().and_then(|shown| part(&shown.look));
            look == Some(Some(value))
        })
    })
}

#[component]
fn Looks(shown: Memo<Option<Shown>>) -> impl IntoView {
    let app = use_app();
    let has = move |part: fn(&CommonLook) -> bool| {
        move || shown.with(|shown| shown.as_ref().is_some_and(|shown| part(&shown.look)))
    };
    let swatch = move |(colour, action): (Option<Colour>, Action)| {
        let is_on = is_on(shown, |look| look.colour, colour);
        view! {
            <button
                class="swatch"
                class:swatch-none=colour.is_none()
                style=("--swatch", colour.map(|colour| format!("var(--{})", colour.name())))
                style=("--tint", colour.map(|colour| format!("var(--{}-tint)", colour.name())))
                data-tip=action.label()
                aria-label=action.label()
                aria-pressed=move || is_on.get().to_string()
                on:click=move |_| act(app, action)
            ></button>
        }
    };
    let size = move |(size, action, words): (Size, Action, &'static str)| {
        let is_on = is_on(shown, |look| look.size, size);
        view! { <WordButton action words is_on/> }
    };
    let strength = move |(strength, action, words): (Strength, Action, &'static str)| {
        let is_on = is_on(shown, |look| look.strength, strength);
        view! { <WordButton action words is_on/> }
    };
    let is_emphasized = is_on(shown, |look| look.emphasis, true);
    view! {
        <Show when=has(|look| look.colour.is_some())>
            <div class="style-row" role="group" aria-label="Colour">
                {COLOURS.map(swatch).collect_view()}
            </div>
        </Show>
        <Show when=has(|look| look.size.is_some())>
            <div class="style-row" role="group" aria-label="Size">
                <span class="style-title">"Size"</span>
                {SIZES.map(size).collect_view()}
            </div>
        </Show>
        <Show when=has(|look| look.strength.is_some())>
            <div class="style-row" role="group" aria-label="Strength">
                <span class="style-title">"Strength"</span>
                {STRENGTHS.map(strength).collect_view()}
            </div>
        </Show>
        <Show when=has(|look| look.emphasis.is_some())>
            <div class="style-row">
                <button
                    class="button style-emphasis"
                    aria-pressed=move || is_emphasized.get().to_string()
                    on:click=move |_| act(app, Action::ToggleEmphasis)
                >
                    <Icon picture=icondata_lu::LuBold/>
                    "Emphasis"
                </button>
            </div>
        </Show>
    }
}

/// A choice with a word on it.
#[component]
fn WordButton(action: Action, words: &'static str, is_on: Memo<bool>) -> impl IntoView {
    let app = use_app();
    view! {
        <button
            class="button style-word"
            data-tip=action.label()
            aria-label=action.label()
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| act(app, action)
        >
            {words}
        </button>
    }
}

#[component]
fn Lines(shown: Memo<Option<Shown>>) -> impl IntoView {
    let app = use_app();
    let lines = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().map_or((false, false), |shown| shown.lines))
    });
    let button = move |(action, picture): (Action, icondata_core::Icon)| {
        let is_there = move || match action {
            Action::DistributeAcross | Action::DistributeDown => lines.get().1,
            _ => lines.get().0,
        };
        view! {
            <Show when=is_there>
                <IconButton
                    picture
                    name=action.label()
                    title=action.label()
                    on:click=move |_| act(app, action)
                />
            </Show>
        }
    };
    view! {
        <Show when=move || lines.get().0>
            <div class="style-row style-lines" role="group" aria-label="Align and distribute">
                {LINES.map(button).collect_view()}
            </div>
        </Show>
    }
}

/// Takes the panel away when a press is beside it and beside the bar that opens it.
fn close_beside(app: App) {
    let heard = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let inside = target.is_some_and(|target| {
            let found = target.closest(".style-panel, .context-bar, .context-menu");
            found.ok().flatten().is_some()
        });
        if !inside && app.styling.get_untracked().is_some() {
            app.styling.set(None);
        }
    });
    // Fails for no kind of event.
    let _ = window().add_event_listener_with_callback_and_bool(
        "pointerdown",
        heard.as_ref().unchecked_ref(),
        true,
    );
    // The panel's place is there as long as the page.
    heard.forget();
}
