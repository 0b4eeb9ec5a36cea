//! The canvas on the page: pointers in, pixels out, and what stands over it.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, HtmlCanvasElement, HtmlElement, MouseEvent, PointerEvent, ResizeObserver, WheelEvent,
};

use crate::app::browser::window;
use crate::app::canvas::Painter;
use crate::app::components::context_bar::ContextBar;
use crate::app::components::empty_state::EmptyState;
use crate::app::components::icon::icon_button;
use crate::app::components::text_field::TextField;
use crate::app::components::view_bar::{NothingToSee, WayBack, WayOut};
use crate::app::dispatch::{act, dispatch};
use crate::app::plain::{Place, Tag, effect, show, tag, text_of};
use crate::app::services::{address, arrange, documents, frame};
use crate::app::state::{App, Page, use_app};
use crate::app::text::contents_of;
use crate::editor::{Action, Button, Event, Modifiers, Pointer, PointerKind};
use crate::model::{Point, Vector};

/// The canvas with its overlays.
pub fn stage() -> AnyView {
    let app = use_app();
    let canvas = Place::new();
    let stage = Place::new();
    effect(move || {
        let (Some(canvas), Some(stage)) = (canvas.get(), stage.get()) else {
            return;
        };
        if app.with(|core| core.painter.is_none()) {
            begin(app, canvas, stage);
        }
    });
    let cursor = move || {
        app.mode.track();
        app.selection.track();
        app.with(|core| match core.space_held {
            true => "grab",
            false => core.editor.cursor(),
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
            let contents = contents_of(document);
            let pairs = contents.chunks(2).map(|pair| pair.join(" and "));
            format!(
                "Diagram with {}. The outline beside it has the same.",
                pairs.collect::<Vec<_>>().join(", ")
            )
        })
    };
    // A handler of the pointer, and what it does.
    let hears = |tag: Tag, name: &'static str, run: fn(App, &PointerEvent)| {
        tag.on(name, move |event| run(app, event.unchecked_ref()))
    };
    let painted = tag("canvas")
        .with("id", "canvas")
        .at(canvas)
        .with("tabindex", "0")
        .with("role", "application")
        .with("aria-roledescription", "diagram")
        .label(text_of(label))
        .style("cursor", text_of(cursor))
        .on("contextmenu", |event| event.prevent_default());
    let painted = hears(painted, "pointerdown", pointer_down);
    let painted = hears(painted, "pointermove", |app, event| {
        dispatch(app, Event::Move(pointer(app, event)));
    });
    let painted = hears(painted, "pointerup", |app, event| {
        dispatch(app, Event::Up(pointer(app, event)));
    });
    let painted = hears(painted, "pointercancel", |app, event| {
        dispatch(app, Event::Lost(event.pointer_id()));
    });
    let painted = hears(painted, "pointerleave", |app, event| {
        if event.buttons() == 0 {
            dispatch(app, Event::Leave);
        }
    });
    let painted = hears(painted, "dblclick", |app, event| {
        dispatch(app, Event::DoubleClick(mouse(app, event)));
    });
    let hint = tag("p")
        .class("hint")
        .with("aria-hidden", "true")
        .text(text_of(hint));
    let stage = tag("main").class("stage").at(stage).child(painted);
    match app.page {
        Page::Editor => stage
            .child(view! { <EmptyState/> })
            .child(view! { <ContextBar/> })
            .child(view! { <TextField/> })
            .child(hint)
            .child(progress(app))
            .child(zoom_bar(app)),
        Page::View => stage
            .child(view! { <NothingToSee/> })
            .child(hint)
            .child(zoom_bar(app)),
        Page::Embed => stage
            .child(view! { <NothingToSee/> })
            .child(view! { <WayBack/> })
            .child(view! { <WayOut/> }),
    }
    .view()
}

/// Sets the painter to work on the canvas.
fn begin(app: App, canvas: HtmlCanvasElement, stage: HtmlElement) {
    let wheel_target: web_sys::EventTarget = canvas.clone().into();
    app.change(|core| core.painter = Painter::new(canvas.clone()));
    let fit = move || {
        let size = Vector::new(
            f64::from(stage.client_width()).max(1.0),
            f64::from(stage.client_height()).max(1.0),
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
    crate::app::services::offline::begin(app);
    // Without this option the browser would zoom the page on its own.
    gloo::events::EventListener::new_with_options(
        &wheel_target,
        "wheel",
        gloo::events::EventListenerOptions::enable_prevent_default(),
        move |event| {
            let Some(event) = event.dyn_ref::<WheelEvent>() else {
                return;
            };
            // The page around a frame scrolls on.
            if app.page != Page::Embed || event.ctrl_key() || event.meta_key() {
                event.prevent_default();
                wheel(app, event);
            }
        },
    )
    .forget();
    pinches(app, &wheel_target);
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
    frame::paint(app);
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

fn wheel(app: App, event: &WheelEvent) {
    // Lines and pages of old mice, in pixels.
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => 24.0,
        WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    };
    let delta = Vector::new(event.delta_x() * unit, event.delta_y() * unit);
    dispatch(app, Event::Wheel(mouse(app, event), delta));
}

/// Listens for the pinch of a trackpad in Safari, which sends no wheel for it and else zooms the page.
fn pinches(app: App, canvas: &web_sys::EventTarget) {
    let scale = Rc::new(Cell::new(1.0));
    for name in ["gesturestart", "gesturechange", "gestureend"] {
        let scale = Rc::clone(&scale);
        gloo::events::EventListener::new_with_options(
            canvas,
            name,
            gloo::events::EventListenerOptions::enable_prevent_default(),
            move |event| {
                event.prevent_default();
                // Since the gesture began.
                let now = number_of(event, "scale").unwrap_or(1.0);
                let before = scale.replace(now);
                if name == "gesturechange" {
                    dispatch(app, Event::Pinch(place_of(event), now / before));
                }
            },
        )
        .forget();
    }
}

/// Where on its element an event is that is known to one browser only.
fn place_of(event: &web_sys::Event) -> Point {
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

fn number_of(event: &web_sys::Event, name: &str) -> Option<f64> {
    js_sys::Reflect::get(event, &name.into()).ok()?.as_f64()
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

/// The button that brings the whole diagram in sight.
pub fn fit_button(app: App) -> Tag {
    icon_button(
        icondata_lu::LuMaximize,
        "Fit the diagram",
        "Fit (Shift+1)",
        move || act(app, Action::ZoomFit),
    )
}

/// How large, and back to a size that helps.
fn zoom_bar(app: App) -> Tag {
    let percent = move || {
        app.view.track();
        app.with(|core| format!("{:.0} %", core.editor.view().zoom * 100.0))
    };
    let press = |picture, name: &'static str, title: &'static str, action: Action| {
        icon_button(picture, name, title, move || act(app, action))
    };
    let actual = tag("button")
        .class("zoom-value")
        .label("Zoom to 100 %")
        .title("100 % (Ctrl+0)")
        .press(move || act(app, Action::ZoomActual))
        .text(text_of(percent));
    let bar = tag("div")
        .class("zoom-bar")
        .with("role", "group")
        .label("Zoom and arrange")
        .child(press(
            icondata_lu::LuMinus,
            "Zoom out",
            "Zoom out (Ctrl+−)",
            Action::ZoomOut,
        ))
        .child(actual)
        .child(press(
            icondata_lu::LuPlus,
            "Zoom in",
            "Zoom in (Ctrl++)",
            Action::ZoomIn,
        ))
        .child(fit_button(app));
    if app.page == Page::View {
        return bar;
    }
    bar.child(press(
        icondata_lu::LuWandSparkles,
        "Arrange the diagram",
        "Arrange (A); tidy up, keeping places (Shift+A)",
        Action::Arrange,
    ))
}

/// How far the workbench is with arranging, with a way to give it up.
fn progress(app: App) -> AnyView {
    show(
        move || app.arranging.get().is_some(),
        move || {
            let percent = move || app.arranging.get().unwrap_or(100);
            tag("div")
                .class("progress")
                .child(tag("span").text("Arranging…"))
                .child(
                    tag("progress")
                        .label("Arranging")
                        .with("max", "100")
                        .with("value", text_of(move || percent().to_string())),
                )
                .child(
                    tag("button")
                        .class("button button-small")
                        .press(move || arrange::stop(app))
                        .text("Stop"),
                )
                .view()
        },
    )
}
