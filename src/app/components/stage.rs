//! The canvas on the page: pointers in, pixels out, and what stands over it.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlCanvasElement, HtmlElement, ResizeObserver};

use crate::app::browser::{pointing, window};
use crate::app::canvas::{Painter, images};
use crate::app::components::context_bar::ContextBar;
use crate::app::components::context_menu::ContextMenu;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::find_bar::FindBar;
use crate::app::components::lit_chip::LitChip;
use crate::app::components::loop_name_field::LoopNameField;
use crate::app::components::minimap::Minimap;
use crate::app::components::people_on_canvas::PeopleLayer;
use crate::app::components::play_bar::PlayBar;
use crate::app::components::present::Present;
use crate::app::components::push_bar::PushBar;
use crate::app::components::room_top::RoomTop;
use crate::app::components::shown_chip::ShownChip;
use crate::app::components::step_chip::StepChip;
use crate::app::components::style_panel::StylePanel;
use crate::app::components::text_field::TextField;
use crate::app::components::view_bar::{NothingToSee, WayBack, WayOut, WayToStory};
use crate::app::components::watch_bar::WatchBar;
use crate::app::components::zoom_bar::ZoomBar;
use crate::app::dispatch::{act, dispatch};
use crate::app::services::{address, arrange, documents, frame, offline};
use crate::app::state::{App, Page, use_app};
use crate::app::text::contents_of;
use crate::editor::{Action, Button, Event, Modifiers, Pointer, PointerKind, describe};
use crate::model::{Point, Vector};
use crate::scene::Hit;

/// How long a finger rests for a menu, in milliseconds.
const LONG_PRESS: u32 = 500;

/// The canvas with its overlays.
#[component]
pub fn Stage() -> impl IntoView {
    let app = use_app();
    let overlays = match app.page {
        Page::Editor => view! {
            <PeopleLayer/>
            <EmptyState/>
            <RoomTop/>
            <ContextBar/>
            <StylePanel/>
            <FindingTip/>
            <ContextMenu/>
            <TextField/>
            <LoopNameField/>
            <FindBar/>
            <LitChip/>
            <ShownChip/>
            <StepChip/>
            <Minimap/>
            <PlayBar/>
            <WatchBar/>
            <Hint/>
            <Progress/>
            <ZoomBar/>
        }
        .into_any(),
        Page::View => view! {
            <NothingToSee/>
            <PushBar/>
            <ContextMenu/>
            <FindBar/>
            <LitChip/>
            <ShownChip/>
            <Minimap/>
            <PlayBar/>
            <WatchBar/>
            <Hint/>
            <ZoomBar/>
        }
        .into_any(),
        Page::Embed => view! {
            <NothingToSee/>
            <PushBar/>
            <FindBar/>
            <PlayBar/>
            <WatchBar/>
            <WayBack/>
            {address::tells().then(|| view! { <WayToStory/> })}
            <WayOut/>
        }
        .into_any(),
        Page::Notes => ().into_any(),
    };
    view! {
        <main class="stage">
            <Canvas/>
            {overlays}
            <Present/>
        </main>
    }
}

/// The canvas. What the pointer does goes to the editor by plain calls, past all signals.
#[component]
fn Canvas() -> impl IntoView {
    let app = use_app();
    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        if let Some(canvas) = canvas.get()
            && app.with(|core| core.painter.is_none())
        {
            begin(app, canvas);
        }
    });
    // The finger that rests on the canvas, and when its menu opens.
    let long_press: StoredValue<Option<(Pointer, Timeout)>, LocalStorage> =
        StoredValue::new_local(None);
    // How far a pinch has come since it began.
    let scale = StoredValue::new(1.0);
    // A handler of an element may prevent that wheel and pinch zoom the page; only one of the
    // window, the document or its body needs an option for that.
    view! {
        <canvas
            id="canvas"
            node_ref=canvas
            tabindex="0"
            role="application"
            aria-roledescription="diagram"
            aria-label=move || label(app)
            aria-describedby="canvas-keys"
            style:cursor=move || cursor(app)
            on:contextmenu=move |event| context_menu(app, &event)
            on:pointerdown=move |event| {
                let pressed = pointer(app, &event);
                long_press.update_value(|held| *held = hold(app, pressed));
                pointer_down(app, &event);
            }
            on:pointermove=move |event| {
                let moved = pointer(app, &event);
                // A finger is never quite still.
                long_press.update_value(|held| {
                    held.take_if(|(start, _)| {
                        start.at.distance(moved.at) > start.kind.drag_threshold()
                    });
                });
                dispatch(app, Event::Move(moved));
            }
            on:pointerup=move |event| {
                long_press.set_value(None);
                dispatch(app, Event::Up(pointer(app, &event)));
            }
            on:pointercancel=move |event| {
                long_press.set_value(None);
                dispatch(app, Event::Lost(event.pointer_id()));
            }
            on:pointerleave=move |event| {
                if event.buttons() == 0 {
                    dispatch(app, Event::Leave);
                }
            }
            on:dblclick=move |event| dispatch(app, Event::DoubleClick(mouse(app, &event)))
            on:wheel=move |event| wheel(app, &event)
            on:gesturestart=move |event: ev::Event| pinch(app, &event, scale)
            on:gesturechange=move |event: ev::Event| pinch(app, &event, scale)
            on:gestureend=move |event: ev::Event| pinch(app, &event, scale)
        ></canvas>
        <p class="visually-hidden" id="canvas-keys">{keys(app)}</p>
    }
}

/// What a screen reader says of the diagram.
fn label(app: App) -> String {
    app.document.track();
    let stream = app.stream.with(|view| view.streams.first().cloned());
    app.with(|core| {
        let document = core.editor.document();
        let contents = contents_of(document);
        let pairs = contents.chunks(2).map(|pair| pair.join(" and "));
        let pairs = pairs.collect::<Vec<_>>().join(", ");
        let is_map = !document.stations().is_empty() && document.variables().is_empty();
        let mut words = match is_map {
            true => format!("Value-stream map with {pairs}"),
            false => format!("Diagram with {pairs}"),
        };
        if let Some(stream) = stream.filter(|_| !document.stations().is_empty()) {
            if !stream.lead_time.is_empty() {
                words.push_str(&format!("; lead time: {}", stream.lead_time));
            }
            if let Some(id) = stream.constraint {
                words.push_str(&format!("; constraint: {}", describe(document, id)));
            }
        }
        words.push_str(". The outline beside it has the same.");
        words
    })
}

/// The first keys to know, for who cannot see the hint.
fn keys(app: App) -> &'static str {
    match app.page {
        Page::Editor => {
            "Enter adds a variable, or opens the name of the selected one. Right and left bracket \
             select the next and the previous. Ctrl and an arrow draw the next variable. Plus, minus \
             and D sign the selected link. Question mark lists all keys."
        }
        Page::View | Page::Embed | Page::Notes => {
            "Right and left bracket select the next and the previous. Alt and an arrow up or \
             down push the selected variable. Arrows move the picture."
        }
    }
}

/// The look of the pointer, as the style sheet has it.
fn cursor(app: App) -> &'static str {
    app.mode.track();
    app.selection.track();
    app.with(|core| match core.space_held {
        true => "grab",
        false => core.editor.cursor(),
    })
}

/// One line on what the next click does.
#[component]
fn Hint() -> impl IntoView {
    let app = use_app();
    view! {
        <p class="hint" aria-hidden="true">
            {move || {
                app.mode.track();
                app.selection.track();
                app.document.track();
                let pointing = pointing();
                app.with(|core| core.editor.hint(pointing).to_owned())
            }}
        </p>
    }
}

/// What checks have found of the record at whose mark the pointer is.
#[component]
fn FindingTip() -> impl IntoView {
    let app = use_app();
    let tip = Memo::new(move |_| {
        app.selection.track();
        app.view.track();
        app.with(|core| {
            let editor = &core.editor;
            let Some(Hit::Finding(id)) = editor.overlay().hover else {
                return None;
            };
            let at = editor.overlay().finding_place(editor.scene(), id)?;
            let at = editor.view().to_screen(at);
            Some((at.x, at.y, editor.finding_of(id)?.to_owned()))
        })
    });
    move || {
        let (x, y, words) = tip.get()?;
        Some(view! {
            <p
                class="tip"
                role="tooltip"
                style=("--x", format!("{x}px"))
                style=("--y", format!("{y}px"))
            >
                {words}
            </p>
        })
    }
}

/// How far the worker is with arranging, with a way to give it up.
#[component]
fn Progress() -> impl IntoView {
    let app = use_app();
    view! {
        <Show when=move || app.arranging.get().is_some()>
            <div class="progress">
                <span>"Arranging…"</span>
                <progress
                    aria-label="Arranging"
                    max="100"
                    value=move || app.arranging.get().unwrap_or(100).to_string()
                ></progress>
                <button class="button button-small" on:click=move |_| arrange::stop(app)>
                    "Stop"
                </button>
            </div>
        </Show>
    }
}

/// Sets the painter to work on the canvas.
fn begin(app: App, canvas: HtmlCanvasElement) {
    let Some(stage) = canvas.parent_element() else {
        return;
    };
    app.change(|core| core.painter = Painter::new(canvas));
    images::when_decoded(move || frame::request(app));
    let measured = stage.clone();
    let fit = move || {
        let size = Vector::new(
            f64::from(measured.client_width()).max(1.0),
            f64::from(measured.client_height()).max(1.0),
        );
        dispatch(app, Event::Resized(size));
        if app.page == Page::Embed {
            act(app, Action::ZoomFit);
        }
    };
    fit();
    if !address::open(app) {
        documents::open_first(app);
    }
    paint_first(app);
    offline::begin(app);
    let resized = Closure::<dyn Fn()>::new(fit);
    if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
        observer.observe(&stage);
        // The canvas lives as long as the page.
        resized.forget();
        std::mem::forget(observer);
    }
}

/// Paints without waiting for a frame: from now on a person can draw.
fn paint_first(app: App) {
    frame::paint(app);
    if let Some(performance) = window().performance() {
        // The mark is for `./dev bench`; a browser without it draws all the same.
        let _ = performance.mark("drawable");
    }
}

fn pointer_down(app: App, event: &ev::PointerEvent) {
    let button = match event.button() {
        0 => Button::Primary,
        1 => Button::Middle,
        _ => Button::Secondary,
    };
    if button == Button::Middle {
        // The browser would scroll.
        event.prevent_default();
    }
    if let Some(target) = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlElement>().ok())
    {
        // Fails where the pointer is gone already.
        let _ = target.set_pointer_capture(event.pointer_id());
        // Elsewhere the browser does so itself, and shows no ring for a pointer.
        if app.page == Page::Editor {
            let _ = target.focus();
        }
    }
    dispatch(app, Event::Down(pointer(app, event), button));
}

/// A right click asks for the menu of what it is on. A finger asks by a long press, which not every
/// browser tells, and the keyboard by keys of the table of actions.
fn context_menu(app: App, event: &ev::MouseEvent) {
    event.prevent_default();
    // In a frame there is nothing to choose from.
    let by_mouse = app.page != Page::Embed && (event.button() == 2 || event.ctrl_key());
    let kind = event
        .dyn_ref::<ev::PointerEvent>()
        .map(ev::PointerEvent::pointer_type);
    if by_mouse && kind.as_deref() != Some("touch") {
        dispatch(app, Event::Menu(mouse(app, event)));
    }
}

/// Waits for a long press of a finger.
fn hold(app: App, pressed: Pointer) -> Option<(Pointer, Timeout)> {
    (pressed.kind == PointerKind::Touch && app.page != Page::Embed).then(|| {
        let open = move || dispatch(app, Event::Menu(pressed));
        (pressed, Timeout::new(LONG_PRESS, open))
    })
}

fn wheel(app: App, event: &ev::WheelEvent) {
    // The page around a frame scrolls on.
    if app.page == Page::Embed && !event.ctrl_key() && !event.meta_key() {
        return;
    }
    event.prevent_default();
    // Lines and pages of old mice, in pixels.
    let unit = match event.delta_mode() {
        ev::WheelEvent::DOM_DELTA_LINE => 24.0,
        ev::WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    };
    let delta = Vector::new(event.delta_x() * unit, event.delta_y() * unit);
    dispatch(app, Event::Wheel(mouse(app, event), delta));
}

/// Takes the pinch of a trackpad in Safari, which sends no wheel for it and else zooms the page.
fn pinch(app: App, event: &ev::Event, scale: StoredValue<f64>) {
    event.prevent_default();
    // Since the gesture began.
    let now = number_of(event, "scale").unwrap_or(1.0);
    let before = scale.get_value();
    scale.set_value(now);
    if event.type_() == "gesturechange" {
        dispatch(app, Event::Pinch(place_of(event), now / before));
    }
}

/// Where on its element an event is that is known to one browser only.
fn place_of(event: &ev::Event) -> Point {
    let target = event.current_target();
    let element = target
        .as_ref()
        .and_then(|target| target.dyn_ref::<Element>());
    let corner = element.map_or_else(Point::default, |element| {
        let area = element.get_bounding_client_rect();
        Point::new(area.left(), area.top())
    });
    let [x, y] = ["clientX", "clientY"].map(|name| number_of(event, name).unwrap_or(0.0));
    Point::new(x - corner.x, y - corner.y)
}

fn number_of(event: &ev::Event, name: &str) -> Option<f64> {
    js_sys::Reflect::get(event, &name.into()).ok()?.as_f64()
}

fn pointer(app: App, event: &ev::PointerEvent) -> Pointer {
    let kind = match event.pointer_type().as_str() {
        "touch" => PointerKind::Touch,
        _ => PointerKind::Fine,
    };
    Pointer {
        number: event.pointer_id(),
        kind,
        ..mouse(app, event)
    }
}

fn mouse(app: App, event: &ev::MouseEvent) -> Pointer {
    let modifiers = Modifiers {
        ctrl: event.ctrl_key() || event.meta_key(),
        shift: event.shift_key(),
        alt: event.alt_key(),
        space: app.with(|core| core.space_held),
    };
    let at = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
    Pointer {
        number: 0,
        at,
        kind: PointerKind::Fine,
        modifiers,
    }
}
