//! The pointer of a presentation: a dot, and behind it a trace that fades. It has a canvas of its
//! own over everything else, which is painted only while something of it moves.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::app::browser::{milliseconds, wants_no_motion, window};
use crate::app::components::icon::IconButton;
use crate::app::dispatch::act;
use crate::app::state::{App, use_app};
use crate::editor::Action;
use crate::model::Point;
use crate::scene::Ink;

/// How long the trace takes to fade, in milliseconds.
const FADES: f64 = 900.0;
/// The radius of the dot, in CSS pixels.
const DOT: f64 = 9.0;
/// How wide the trace is where it begins, in CSS pixels.
const TRACE: f64 = 8.0;

/// Where it points, and where it has pointed.
#[derive(Default)]
struct Trace {
    dot: Option<Point>,
    /// The places, the newest last, each with when it was there, in milliseconds.
    places: Vec<(f64, Point)>,
    /// Whether a frame is on its way.
    runs: bool,
}

/// The pointer.
#[derive(Clone, Copy)]
pub struct Pointer {
    app: App,
    canvas: NodeRef<html::Canvas>,
    trace: StoredValue<Trace, LocalStorage>,
}

impl Pointer {
    /// One that points nowhere yet.
    pub fn new(app: App) -> Self {
        app.pointing.set(false);
        let pointer = Self {
            app,
            canvas: NodeRef::new(),
            trace: StoredValue::new_local(Trace::default()),
        };
        Effect::new(move |_| {
            if !app.pointing.get() {
                pointer.leave();
            }
        });
        pointer
    }

    /// Whether a person points with it; who reads it here follows it.
    pub fn is_on(self) -> bool {
        self.app.pointing.get()
    }

    /// It points at the place of this event.
    pub fn moves(self, event: &ev::PointerEvent) {
        if !self.app.pointing.get_untracked() {
            return;
        }
        let at = Point::new(f64::from(event.client_x()), f64::from(event.client_y()));
        self.trace.update_value(|trace| {
            trace.dot = Some(at);
            if !wants_no_motion() {
                trace.places.push((milliseconds(), at));
            }
        });
        self.run();
    }

    /// It points nowhere any more: a finger has gone.
    pub fn leave(self) {
        self.trace.update_value(|trace| trace.dot = None);
        self.run();
    }

    /// Asks for a frame, if none is on its way.
    fn run(self) {
        let runs = self
            .trace
            .try_update_value(|trace| std::mem::replace(&mut trace.runs, true));
        if runs == Some(false) {
            request_animation_frame(move || self.frame());
        }
    }

    fn frame(self) {
        // None where the presentation has ended meanwhile.
        let goes_on = self.trace.try_update_value(|trace| {
            trace.runs = false;
            let now = milliseconds();
            trace.places.retain(|(at, _)| now - at < FADES);
            if let Some(canvas) = self.canvas.get_untracked() {
                paint(self.app, &canvas, trace, now);
            }
            !trace.places.is_empty()
        });
        if goes_on == Some(true) {
            self.run();
        }
    }
}

/// What it is painted on.
#[component]
pub fn PointerLayer(pointer: Pointer) -> impl IntoView {
    view! {
        <canvas class="present-pointer" node_ref=pointer.canvas aria-hidden="true"></canvas>
    }
}

/// The button that takes it, or lays it down.
#[component]
pub fn PointerButton() -> impl IntoView {
    let app = use_app();
    view! {
        <IconButton
            picture=icondata_lu::LuPointer
            name="Pointer"
            title="Pointer (L)"
            attr:aria-pressed=move || app.pointing.get().to_string()
            on:click=move |_| act(app, Action::PresentPointer)
        />
    }
}

fn paint(app: App, canvas: &HtmlCanvasElement, trace: &Trace, now: f64) {
    let context = canvas.get_context("2d").ok().flatten();
    let Some(context) = context.and_then(|one| one.dyn_into::<CanvasRenderingContext2d>().ok())
    else {
        return;
    };
    let ratio = window().device_pixel_ratio();
    let size = [canvas.client_width(), canvas.client_height()];
    let size = size.map(|side| (f64::from(side) * ratio).round().max(1.0) as u32);
    if [canvas.width(), canvas.height()] != size {
        canvas.set_width(size[0]);
        canvas.set_height(size[1]);
    }
    // Fails only for numbers that are none.
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
    let [width, height] = size.map(f64::from);
    context.clear_rect(0.0, 0.0, width / ratio, height / ratio);
    let (ink, paper) = app.with(|core| {
        let theme = core.canvas_theme;
        (theme.color(Ink::Reinforcing), theme.color(Ink::Paper))
    });
    context.set_line_cap("round");
    context.set_stroke_style_str(ink);
    for pair in trace.places.windows(2) {
        let [(_, from), (at, to)] = pair else {
            continue;
        };
        let left = 1.0 - ((now - at) / FADES).clamp(0.0, 1.0);
        context.set_global_alpha(left * 0.8);
        context.set_line_width(TRACE * left.max(0.2));
        context.begin_path();
        context.move_to(from.x, from.y);
        context.line_to(to.x, to.y);
        context.stroke();
    }
    context.set_global_alpha(1.0);
    if let Some(dot) = trace.dot {
        context.begin_path();
        // Fails only for a negative radius.
        let _ = context.arc(dot.x, dot.y, DOT, 0.0, std::f64::consts::TAU);
        context.set_fill_style_str(ink);
        context.fill();
        context.set_stroke_style_str(paper);
        context.set_line_width(2.0);
        context.stroke();
    }
}
