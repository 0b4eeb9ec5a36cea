//! The canvas on the page: pointers in, pixels out, and what stands over it.

use leptos::html::{Canvas, Main};
use leptos::prelude::*;

use super::plain::{on, text_of};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MouseEvent, PointerEvent, ResizeObserver, WheelEvent};

use super::browser::window;
use super::canvas::Painter;
use super::context_bar::ContextBar;
use super::empty_state::EmptyState;
use super::icon::icon;
use super::panels::counted;
use super::state::{App, use_app};
use super::text_field::TextField;
use crate::editor::{Action, Button, Event, Held, Modifiers, Pointer, PointerKind};
use crate::model::{Point, Vector};

/// The canvas with its overlays.
#[component]
pub fn Stage() -> impl IntoView {
    let app = use_app();
    let canvas = NodeRef::<Canvas>::new();
    let stage = NodeRef::<Main>::new();
    Effect::new(move |started: Option<()>| {
        let (Some(canvas), Some(stage)) = (canvas.get(), stage.get()) else {
            return;
        };
        if started.is_none() || app.with(|core| core.painter.is_none()) {
            begin(app, canvas, stage);
        }
    });
    let cursor = move || {
        app.mode.track();
        app.selection.track();
        app.with(|core| match core.space {
            Held::Down => "grab",
            Held::Up => core.editor.cursor(),
        })
    };
    let hint = move || {
        app.mode.track();
        app.selection.track();
        app.document.track();
        app.with(|core| core.editor.hint())
    };
    let label = move || {
        app.document.track();
        app.with(|core| {
            let document = core.editor.document();
            format!(
                "Diagram with {} and {}. The outline beside it has the same.",
                counted(document.variables().len(), "variable"),
                counted(document.links().len(), "link")
            )
        })
    };
    view! {
        <main class="stage" node_ref=stage>
            <canvas
                id="canvas"
                node_ref=canvas
                tabindex="0"
                role="application"
                aria-roledescription="diagram"
                aria-label=text_of(label)
                style:cursor=text_of(cursor)
                on:pointerdown=on(move |event: PointerEvent| pointer_down(app, &event))
                on:pointermove=on(move |event: PointerEvent| app.dispatch(Event::Move(pointer(app, &event))))
                on:pointerup=on(move |event: PointerEvent| app.dispatch(Event::Up(pointer(app, &event))))
                on:pointercancel=on(move |event: PointerEvent| {
                    app.dispatch(Event::Lost(event.pointer_id()));
                })
                on:pointerleave=on(move |event: PointerEvent| {
                    if event.buttons() == 0 {
                        app.dispatch(Event::Leave);
                    }
                })
                on:dblclick=on(move |event: MouseEvent| {
                    app.dispatch(Event::DoubleClick(mouse(app, &event)));
                })
                on:contextmenu=on(move |event: MouseEvent| event.prevent_default())
            ></canvas>
            <EmptyState/>
            <ContextBar/>
            <TextField/>
            <p class="hint" aria-hidden="true">{text_of(hint)}</p>
            <ZoomBar/>
        </main>
    }
}

/// Sets the painter to work on the canvas.
fn begin(app: App, canvas: web_sys::HtmlCanvasElement, stage: web_sys::HtmlElement) {
    let wheel_target: web_sys::EventTarget = canvas.clone().into();
    app.change(|core| core.painter = Painter::new(canvas.clone()));
    let fit = move || {
        let size = Vector::new(
            f64::from(stage.client_width()).max(1.0),
            f64::from(stage.client_height()).max(1.0),
        );
        app.dispatch(Event::Resized(size));
    };
    fit();
    app.open_first();
    paint_first(app);
    // Without this option the browser would zoom the page on its own.
    gloo::events::EventListener::new_with_options(
        &wheel_target,
        "wheel",
        gloo::events::EventListenerOptions::enable_prevent_default(),
        move |event| {
            if let Some(event) = event.dyn_ref::<WheelEvent>() {
                event.prevent_default();
                wheel(app, event);
            }
        },
    )
    .forget();
    let resized = Closure::<dyn Fn()>::new(fit);
    if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
        if let Some(parent) = canvas.parent_element() {
            observer.observe(&parent);
        }
        // The canvas lives as long as the page.
        resized.forget();
        std::mem::forget(observer);
    }
}

/// Paints without waiting for a frame: from now on a person can draw.
fn paint_first(app: App) {
    app.paint();
    if let Some(performance) = window().performance() {
        // The mark is for `./dev bench`; a browser without it draws all the same.
        let _ = performance.mark("drawable");
    }
}

fn pointer_down(app: App, event: &PointerEvent) {
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
        .and_then(|t| t.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // Fails where the pointer is gone already.
        let _ = target.set_pointer_capture(event.pointer_id());
        let _ = target.focus();
    }
    app.dispatch(Event::Down(pointer(app, event), button));
}

fn wheel(app: App, event: &WheelEvent) {
    // Lines and pages of old mice, in pixels.
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => 24.0,
        WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    };
    let delta = Vector::new(event.delta_x() * unit, event.delta_y() * unit);
    app.dispatch(Event::Wheel(mouse(app, event), delta));
}

fn pointer(app: App, event: &PointerEvent) -> Pointer {
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

fn mouse(app: App, event: &MouseEvent) -> Pointer {
    let modifiers = Modifiers {
        ctrl: (event.ctrl_key() || event.meta_key()).into(),
        shift: event.shift_key().into(),
        alt: event.alt_key().into(),
        space: app.with(|core| core.space),
    };
    let at = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
    Pointer {
        number: 0,
        at,
        kind: PointerKind::Fine,
        modifiers,
    }
}

/// How large, and back to a size that helps.
#[component]
fn ZoomBar() -> impl IntoView {
    let app = use_app();
    let percent = move || {
        app.view.track();
        app.with(|core| format!("{:.0} %", core.editor.view().zoom * 100.0))
    };
    view! {
        <div class="zoom-bar" role="group" aria-label="Zoom">
            <button class="icon-button" aria-label="Zoom out" title="Zoom out (Ctrl+−)"
                on:click=on(move |_| app.act(Action::ZoomOut))>{icon(icondata_lu::LuMinus)}</button>
            <button class="zoom-value" aria-label="Zoom to 100 %" title="100 % (Ctrl+0)"
                on:click=on(move |_| app.act(Action::ZoomActual))>{text_of(percent)}</button>
            <button class="icon-button" aria-label="Zoom in" title="Zoom in (Ctrl++)"
                on:click=on(move |_| app.act(Action::ZoomIn))>{icon(icondata_lu::LuPlus)}</button>
            <button class="icon-button" aria-label="Fit the diagram" title="Fit (Shift+1)"
                on:click=on(move |_| app.act(Action::ZoomFit))>{icon(icondata_lu::LuMaximize)}</button>
        </div>
    }
}
