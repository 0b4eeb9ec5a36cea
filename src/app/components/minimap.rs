//! The whole of a large diagram in a corner, with the part in sight: press or drag to look there.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::app::browser::window;
use crate::app::canvas::new_canvas;
use crate::app::dispatch::dispatch;
use crate::app::state::{App, use_app};
use crate::editor::Event;
use crate::model::{Point, Rect, Vector};
use crate::scene::{Ink, View};

/// Its size in CSS pixels; the style sheet has the same.
const SIZE: Vector = Vector { x: 184.0, y: 124.0 };
/// A diagram is large that does not fit at this zoom.
const LARGE: f64 = 0.6;
/// The least that is drawn of a thing, in CSS pixels.
const SPECK: f64 = 1.5;

/// The overview; only where the diagram is large.
#[component]
pub fn Minimap() -> impl IntoView {
    let app = use_app();
    let is_shown = Memo::new(move |_| {
        app.view.track();
        app.document.track();
        app.minimap.get() && is_large(app)
    });
    view! {
        <Show when=move || is_shown.get()>
            <Overview/>
        </Show>
    }
}

fn is_large(app: App) -> bool {
    app.with(|core| {
        let size = core.editor.view().size;
        let bounds = core.editor.scene().bounds();
        bounds.is_some_and(|all| all.width() * LARGE > size.x || all.height() * LARGE > size.y)
    })
}

#[component]
fn Overview() -> impl IntoView {
    let app = use_app();
    let canvas = NodeRef::<html::Canvas>::new();
    // The things alone, painted when they change; the frame of what is in sight moves over them.
    let things: StoredValue<Option<(View, HtmlCanvasElement)>, LocalStorage> =
        StoredValue::new_local(None);
    Effect::new(move |_| {
        app.document.track();
        app.theme.track();
        app.loops.track();
        things.set_value(painted_things(app));
    });
    Effect::new(move |_| {
        app.document.track();
        app.theme.track();
        app.loops.track();
        app.view.track();
        if let Some(canvas) = canvas.get() {
            things.with_value(|things| {
                if let Some((map, things)) = things {
                    show(app, &canvas, map, things);
                }
            });
        }
    });
    let look = move |event: &ev::PointerEvent| {
        let at = Point::new(f64::from(event.offset_x()), f64::from(event.offset_y()));
        let world = things.with_value(|things| things.as_ref().map(|(map, _)| map.to_world(at)));
        if let Some(world) = world {
            dispatch(app, Event::LookAt(world));
        }
    };
    view! {
        <canvas
            class="minimap"
            node_ref=canvas
            aria-hidden="true"
            on:pointerdown=move |event| {
                event.prevent_default();
                if let Some(target) = canvas.get_untracked() {
                    // Fails where the pointer is gone already.
                    let _ = target.set_pointer_capture(event.pointer_id());
                }
                look(&event);
            }
            on:pointermove=move |event| {
                if event.buttons() != 0 {
                    look(&event);
                }
            }
        ></canvas>
    }
}

/// The things of the diagram on a canvas of their own, and the view in which they are drawn.
fn painted_things(app: App) -> Option<(View, HtmlCanvasElement)> {
    let ratio = window().device_pixel_ratio();
    let pixels = SIZE * ratio;
    let (canvas, context) = new_canvas(pixels.x as u32, pixels.y as u32)?;
    app.with(|core| {
        let scene = core.editor.scene();
        let whole = View {
            size: SIZE,
            ..View::default()
        };
        let map = whole.fitted(&scene.bounds()?, LARGE);
        context.set_fill_style_str(core.theme.color(Ink::Paper));
        context.fill_rect(0.0, 0.0, pixels.x, pixels.y);
        context.set_fill_style_str(core.theme.color(Ink::Line));
        for node in scene.nodes().values() {
            let rect = on_map(&map, &node.rect);
            let (width, height) = (rect.width().max(SPECK), rect.height().max(SPECK));
            context.fill_rect(
                rect.left * ratio,
                rect.top * ratio,
                width * ratio,
                height * ratio,
            );
        }
        context.set_stroke_style_str(core.theme.color(Ink::Muted));
        context.set_line_width(ratio);
        for frame in scene.frames().values() {
            let rect = on_map(&map, &frame.rect);
            context.stroke_rect(
                rect.left * ratio,
                rect.top * ratio,
                rect.width() * ratio,
                rect.height() * ratio,
            );
        }
        Some((map, canvas))
    })
}

fn on_map(map: &View, rect: &Rect) -> Rect {
    Rect::from_points(
        map.to_screen(Point::new(rect.left, rect.top)),
        map.to_screen(Point::new(rect.right, rect.bottom)),
    )
}

/// Shows the things, with a frame around what is in sight.
fn show(app: App, canvas: &HtmlCanvasElement, map: &View, things: &HtmlCanvasElement) {
    if canvas.width() != things.width() || canvas.height() != things.height() {
        canvas.set_width(things.width());
        canvas.set_height(things.height());
    }
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) =
        context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok())
    else {
        return;
    };
    // Fails only for a canvas without pixels.
    let _ = context.draw_image_with_html_canvas_element(things, 0.0, 0.0);
    let ratio = f64::from(things.width()) / SIZE.x;
    app.with(|core| {
        let seen = on_map(map, &core.editor.view().visible());
        context.set_stroke_style_str(core.theme.color(Ink::Accent));
        context.set_line_width(1.5 * ratio);
        context.stroke_rect(
            seen.left * ratio,
            seen.top * ratio,
            seen.width() * ratio,
            seen.height() * ratio,
        );
    });
}
